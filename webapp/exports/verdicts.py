"""Whether a sealed research bundle is what it says: every checksum compared, every number counted again."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

from graph.errors import InvalidValue
from graph.evolution.bundles import BundledActor, BundledContact, BundleTerms, Contents, Discrepancy, differences
from graph.evolution.log.ties import OPEN
from graph.evolution.log.windows import Window, day_of
from graph.evolution.measures.counting import Count
from graph.evolution.measures.measures import MEASURES
from graph.services.network.evolution import LONGEST
from webapp.exports.archives import unpacked
from webapp.exports.bundles import ACTORS, CONTACTS, FORMAT, MANIFEST

MEMBERS = frozenset(
    ("README.txt", "actors.csv", "definitions.json", MANIFEST, "numbers.json", "query.json", "contacts.csv")
)
_BUNDLE = "research bundle of Baton"
_MOST_CONTACTS = 2_000_000
_YES = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class BundleVerdict:
    """What became of a check: `altered` members have another checksum, `differing` numbers another value.

    `seal` is the checksum of the manifest, `program` the version that wrote the bundle, `numbers` how many were
    counted again.
    """

    seal: str
    program: str
    windows: int
    contacts: int
    numbers: int
    altered: tuple[str, ...]
    differing: tuple[Discrepancy, ...]

    @property
    def equal(self) -> bool:
        """Whether the bundle is as it was sealed and its numbers are those of its contacts."""
        return not self.altered and not self.differing


def verify(path: Path, quoted: str | None = None) -> BundleVerdict:
    """Check a bundle, and whether it has the seal that was quoted with it. The cost is that of its measures.

    Raises InvalidValue for a file that is no bundle or one under another seal.
    """
    members = unpacked(path, MEMBERS, _BUNDLE)
    manifest = _manifest(path, members[MANIFEST])
    seal = sha256(members[MANIFEST]).hexdigest()
    if quoted and quoted.strip().lower() != seal:
        raise InvalidValue("seal", quoted, f"is not the seal of this bundle, which is {seal}; it is another bundle")
    altered = tuple(
        name
        for name in sorted(MEMBERS - {MANIFEST})
        if sha256(members[name]).hexdigest() != manifest["sha256"].get(name)
    )
    try:
        return BundleVerdict(seal, manifest["program"], altered=altered, **_counted(members))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError, csv.Error, InvalidValue) as error:
        raise InvalidValue("file", path.name, _unreadable(altered, error)) from None


def _counted(members: Mapping[str, bytes]) -> dict[str, Any]:
    """Count every number of a bundle again; any of many errors where its members are not what they should be."""
    contents = Contents(_actors(members["actors.csv"]), _contacts(members["contacts.csv"]))
    windows, terms = _windows(members["query.json"]), _terms(members["query.json"])
    differing = tuple(differences(_stated(members["numbers.json"]), contents.numbers(windows, terms)))
    sizes = {"windows": len(windows), "contacts": len(contents.contacts), "numbers": len(MEASURES) * len(windows)}
    return {**sizes, "differing": differing}


def _manifest(path: Path, content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or found.get("format") != FORMAT or not isinstance(found.get("sha256"), dict):
        raise InvalidValue("file", path.name, f"is no {_BUNDLE} that this version reads: its manifest is not one")
    return {"program": str(found.get("program", "")), "sha256": found["sha256"]}


def _unreadable(altered: Sequence[str], error: Exception) -> str:
    if altered:
        return f"was altered after it was sealed and cannot be counted any more: {', '.join(altered)}"
    # The words of Python about a shape it did not expect help nobody.
    why = "" if isinstance(error, TypeError | KeyError | RecursionError) else f" ({str(error).rstrip('.')})"
    return f"holds contacts or numbers that cannot be counted{why}; ask for it again"


def _actors(content: bytes) -> tuple[BundledActor, ...]:
    return tuple(BundledActor(*row) for row in _rows(content, ACTORS))


def _contacts(content: bytes) -> tuple[BundledContact, ...]:
    return tuple(_contact(dict(zip(CONTACTS, row, strict=True))) for row in _rows(content, CONTACTS))


def _contact(cells: Mapping[str, str]) -> BundledContact:
    last = cells["last_day"]
    return BundledContact(
        start=_day(cells["first_day"]),
        end=_day(last) + 1 if last else OPEN,
        source=cells["source"],
        target=cells["target"],
        channel=cells["channel"],
        funder=cells["funder"],
        mutual=_YES[cells["mutual"]],
        weight=float(cells["weight"]),
        engagement=cells["engagement"],
        fraction=float(cells["fraction"]),
        share=_known(cells["share"]),
        outside=_known(cells["outside"]),
        amount=_known(cells["amount"]),
        currency=cells["currency"],
    )


def _known(cell: str) -> float | None:
    return float(cell) if cell else None


def _rows(content: bytes, names: Sequence[str]) -> Iterator[list[str]]:
    """The rows below the heading, each as wide as it. Raises ValueError."""
    rows = csv.reader(StringIO(content.decode(), newline=""), strict=True)
    if next(rows, None) != list(names):
        raise ValueError(f"the columns are not {', '.join(names)}")
    for number, row in enumerate(rows, 2):
        if len(row) != len(names) or number > _MOST_CONTACTS:
            raise ValueError(f"row {number} is not one of {len(names)} cells, or one too many")
        yield row


def _windows(content: bytes) -> tuple[Window, ...]:
    found = json.loads(content)["windows"]
    if not isinstance(found, list) or not 0 < len(found) <= LONGEST:
        raise ValueError(f"there are not 1 to {LONGEST} windows")
    return tuple(Window(_day(first), _day(last)) for first, last in found)


def _terms(content: bytes) -> BundleTerms:
    found = json.loads(content)
    count, until = found["count"], found["until"]
    since = tuple(_day(day) for day in found["south_since"])
    return BundleTerms(Count(count) if count else None, _day(until) if until else OPEN, since)


def _stated(content: bytes) -> list[Mapping[str, Any]]:
    found = json.loads(content)
    if not isinstance(found, list) or not all(isinstance(window, dict) for window in found):
        raise ValueError("the numbers are not a list of windows")
    return found


def _day(text: str) -> int:
    return day_of(date.fromisoformat(text))
