"""Research bundles: the network under pseudonyms that do not lead back to ids, so that its numbers can be checked.

A pseudonym is a keyed hash (HMAC-SHA256, its first 16 hexadecimal digits) of the id; the key, a random salt, is in
no bundle. Whoever keeps the salt gets the same pseudonyms another time.
"""

import hmac
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isnan

from graph.connection import Graph
from graph.domain.marks import Audience, Role
from graph.errors import InvalidValue
from graph.evolution.bundles import BundledActor, BundledContact, BundleTerms, Contents
from graph.evolution.log.quantities import NONE
from graph.evolution.log.ties import OPEN
from graph.evolution.log.windows import Window, day_of
from graph.evolution.measures.mixing import ActorGroups
from graph.services.network.evolution import EvolutionQuery
from graph.services.network.export import ExportedContact, Extract, extract_from
from graph.services.transfers.actors import NOWHERE, Actor, Level
from graph.services.transfers.log import TransferLog, read_log
from graph.services.transfers.transfers import Left

SMALLEST_GROUP = 5
"""A region with fewer actors than this has a pseudonym too."""

SHORTEST_SALT = 16

# A bundle is made to be passed on, so it holds what a researcher may see, whoever draws it.
READER = Audience(Role.RESEARCHER)


class Institutions(StrEnum):
    """Whether institutions, public bodies for the most part, keep their ids in a bundle."""

    PSEUDONYM = "pseudonym"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class BundleRequest:
    """What to put into a bundle. Raises InvalidValue for a salt that could be guessed."""

    query: EvolutionQuery
    salt: bytes
    institutions: Institutions = Institutions.PSEUDONYM

    def __post_init__(self) -> None:
        if len(self.salt) < SHORTEST_SALT:
            why = f"is too short for a salt; give {SHORTEST_SALT} random bytes or more"
            raise InvalidValue("salt", f"{len(self.salt)} bytes", why)

    def pseudonym(self, kind: str, id_: str) -> str:
        """The pseudonym of an id of that kind: its first letter, a dash and 16 digits."""
        return f"{kind[0]}-{hmac.digest(self.salt, f'{kind}:{id_}'.encode(), 'sha256').hex()[:16]}"

    def institution(self, id_: str) -> str:
        """An institution as the bundle names it; empty stays empty."""
        if not id_ or self.institutions is Institutions.NAMED:
            return id_
        return self.pseudonym("institution", id_)

    @property
    def filters(self) -> list[str]:
        """The filters of the query as the bundle writes them."""
        asked_for = self.query.transfer_filter
        return replace(asked_for, funder=tuple(map(self.institution, asked_for.funder))).to_texts()

    def actor(self, id_: str) -> str:
        """An actor of the level asked for; countries and regions keep their codes."""
        if self.query.level is Level.PERSON:
            return self.pseudonym("person", id_)
        return self.institution(id_) if self.query.level is Level.INSTITUTION else id_


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle before it becomes a file."""

    request: BundleRequest
    windows: tuple[Window, ...]
    contents: Contents
    terms: BundleTerms
    left_out: Mapping[Left, int]


def build_bundle(graph: Graph, request: BundleRequest) -> Bundle:
    """Read the network as a researcher sees it and put pseudonyms in the place of ids. O(transfers log).

    Raises InvalidValue.
    """
    query = request.query
    read = read_log(graph, READER, query.level, query.today, query.transfer_filter, query.lists)
    found = extract_from(read, query)
    actors = _actors(request, read, found)
    contacts = (_contact(request, read, contact) for contact in found.contacts)
    contents = Contents(tuple(sorted(actors)), tuple(sorted(contacts, key=lambda one: one.order)))
    terms = BundleTerms(query.count, query.until, tuple(read.groups.since.tolist()))
    return Bundle(request, query.windows(), contents, terms, found.left_out)


def _actors(request: BundleRequest, read: TransferLog, found: Extract) -> Iterator[BundledActor]:
    sizes = Counter(actor.group for actor in found.actors)
    place = {actor.id: number for number, actor in enumerate(read.actors)}
    for actor in found.actors:
        side = _side(read.groups, place[actor.id])
        yield BundledActor(request.actor(actor.id), _region(request, actor, sizes), side)


def _side(groups: ActorGroups, place: int) -> str:
    """Whether an actor is in the South, by each version of the list."""
    versions = groups.south.reshape(max(len(groups.since), 1), -1)[:, place]
    return ",".join({1: "yes", 0: "no"}.get(side, "") for side in versions.tolist())


def _region(request: BundleRequest, actor: Actor, sizes: Mapping[str, int]) -> str:
    """The region of an actor: empty where unknown, and under a pseudonym where few come from there.

    Countries and regions are no people, so at their levels a small group gives nobody away.
    """
    if actor.group == NOWHERE:
        return ""
    public = request.query.level in (Level.COUNTRY, Level.REGION)
    return actor.group if public or sizes[actor.group] >= SMALLEST_GROUP else request.pseudonym("region", actor.group)


def _contact(request: BundleRequest, read: TransferLog, contact: ExportedContact) -> BundledContact:
    amounts, row = read.log.quantities, contact.row
    code = int(amounts.currency[row])
    return BundledContact(
        start=day_of(contact.first),
        end=OPEN if contact.last is None else day_of(contact.last) + 1,
        source=request.actor(contact.source),
        target=request.actor(contact.target),
        channel=contact.channel,
        funder=request.institution(contact.funder),
        mutual=contact.mutual,
        weight=contact.weight,
        engagement=request.pseudonym("engagement", f"{contact.channel}:{contact.engagement}"),
        fraction=contact.fraction,
        share=_known(amounts.share[row]),
        outside=_known(amounts.outside[row]),
        amount=_known(amounts.amount[row]),
        currency="" if code == NONE else read.log.names.currencies[code],
    )


def _known(value: float) -> float | None:
    return None if isnan(value) else float(value)
