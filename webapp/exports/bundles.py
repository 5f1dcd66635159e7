"""Sealed research bundles as files; `docs/bundle.md` says what is in one and how to check it by hand."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from graph import VERSION
from graph.evolution.bundles import last_day
from graph.evolution.log.ties import OPEN
from graph.evolution.log.windows import date_of
from graph.evolution.measures.definitions import DEFINITIONS
from graph.services.network.research_bundle import READER, Bundle
from webapp.exports.archives import archive
from webapp.exports.csv_tables import for_programs

FORMAT = "baton research bundle 2"
MANIFEST = "manifest.json"
ACTORS = ("id", "region", "south")
CONTACTS = (
    *("source", "target", "first_day", "last_day", "channel", "funder", "mutual", "weight"),
    *("engagement", "fraction", "share", "outside", "amount", "currency"),
)

_READ_ME = """\
A sealed research bundle of Baton: contacts between pseudonyms, and the numbers counted from them.

contacts.csv      one row a contact (an engagement between two actors); first and last day both belong to it, without a
                  last day it goes on; rows of one engagement share its pseudonym
actors.csv        whose contacts they are, with their region where it is known and five or more come from there
numbers.json      every measure of every window
definitions.json  what each measure counts, in which unit, after whom
query.json        what was asked for: level and windows, and what was left out for which reason
manifest.json     the version of the program, and the SHA-256 checksum of every other member

Check it with `python -m webapp bundle verify FILE`: it compares every checksum, counts every number again from the
contacts, and says which one differs and where. The seal it prints is the SHA-256 checksum of manifest.json; quote it
where you cite the bundle, since whoever rewrites a bundle as a whole can write new checksums but not the old seal.

Pseudonyms are keyed hashes; the key is not in here. Do not try to find out who somebody is.
"""


def write(bundle: Bundle) -> bytes:
    """The bundle as a ZIP archive: equal bundles give equal bytes. The cost is that of the measures."""
    members = {
        "README.txt": _READ_ME.encode(),
        "actors.csv": for_programs(ACTORS, ((one.id, one.region, one.south) for one in bundle.contents.actors)),
        "definitions.json": _json({name: asdict(meant) for name, meant in DEFINITIONS.items()}),
        "numbers.json": _json(bundle.contents.numbers(bundle.windows, bundle.terms)),
        "query.json": _json(_query(bundle)),
        "contacts.csv": for_programs(CONTACTS, _contacts(bundle)),
    }
    checksums = {name: sha256(content).hexdigest() for name, content in members.items()}
    manifest = {"format": FORMAT, "program": f"baton {VERSION}", "sha256": checksums}
    return archive({**members, MANIFEST: _json(manifest)})


def seal(content: bytes) -> str:
    """The seal of a written bundle: the SHA-256 checksum of its manifest."""
    with ZipFile(BytesIO(content)) as file:
        return sha256(file.read(MANIFEST)).hexdigest()


def _query(bundle: Bundle) -> dict[str, Any]:
    asked, wanted = bundle.request.query, bundle.request
    return {
        "level": asked.level.value,
        "step": asked.step,
        "window": asked.window,
        "filter": wanted.filters,
        "count": asked.count or "",
        "until": "" if bundle.terms.until == OPEN else _day(bundle.terms.until),
        "south": asked.lists.south,
        "south_since": [_day(day) for day in bundle.terms.since],
        "regions": asked.lists.regions.words,
        "windows": [[_day(window.first), _day(window.last_exclusive)] for window in bundle.windows],
        "institutions": wanted.institutions.value,
        "marks": READER.marks,
        "left_out": {reason.value: count for reason, count in sorted(bundle.left_out.items())},
    }


def _contacts(bundle: Bundle) -> Iterable[Sequence[str]]:
    for one in bundle.contents.contacts:
        days, mutual = (_day(one.start), last_day(one.end)), "yes" if one.mutual else "no"
        measured = (repr(one.fraction), *map(_known, (one.share, one.outside, one.amount)), one.currency)
        yield (
            one.source,
            one.target,
            *days,
            one.channel,
            one.funder,
            mutual,
            repr(one.weight),
            one.engagement,
            *measured,
        )


def _known(value: float | None) -> str:
    return "" if value is None else repr(value)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _day(day: int) -> str:
    return date_of(day).isoformat()
