"""Research bundles: the network under pseudonyms that do not lead back to ids, so that its numbers can be checked.

A pseudonym is a keyed hash (HMAC-SHA256, its first 16 hexadecimal digits) of the id; the key, a random salt, is in
no bundle. Whoever keeps the salt gets the same pseudonyms another time.
"""

import hmac
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from enum import StrEnum

from graph.connection import Graph
from graph.domain.marks import Audience, Role
from graph.errors import InvalidValue
from graph.evolution.bundles import BundledActor, BundledTie, Contents
from graph.evolution.log.ties import OPEN
from graph.evolution.log.windows import Window, day_of
from graph.services.network.evolution import EvolutionQuery
from graph.services.network.export import ExportedTie, Extract, extract
from graph.services.transfers.actors import NOWHERE, Actor, Level
from graph.services.transfers.regions import RegionTree
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
    left_out: Mapping[Left, int]


def build_bundle(graph: Graph, request: BundleRequest) -> Bundle:
    """Read the network as a researcher sees it and put pseudonyms in the place of ids. O(transfers log).

    Raises InvalidValue.
    """
    found = extract(graph, READER, request.query)
    tree = RegionTree.read(graph)
    south = frozenset(name for id_, name in tree.names.items() if tree.is_southern(id_))
    actors = _actors(request, found, south)
    contents = Contents(tuple(sorted(actors)), tuple(sorted(_tie(request, tie) for tie in found.ties)))
    return Bundle(request, request.query.windows(), contents, found.left_out)


def _actors(request: BundleRequest, found: Extract, south: Set[str]) -> Iterator[BundledActor]:
    sizes = Counter(actor.group for actor in found.actors)
    for actor in found.actors:
        side = "" if actor.group == NOWHERE else "yes" if actor.group in south else "no"
        yield BundledActor(request.actor(actor.id), _region(request, actor, sizes), side)


def _region(request: BundleRequest, actor: Actor, sizes: Mapping[str, int]) -> str:
    """The region of an actor: empty where unknown, and under a pseudonym where few come from there.

    Countries and regions are no people, so at their levels a small group gives nobody away.
    """
    if actor.group == NOWHERE:
        return ""
    public = request.query.level in (Level.COUNTRY, Level.REGION)
    return actor.group if public or sizes[actor.group] >= SMALLEST_GROUP else request.pseudonym("region", actor.group)


def _tie(request: BundleRequest, tie: ExportedTie) -> BundledTie:
    return BundledTie(
        start=day_of(tie.first),
        end=OPEN if tie.last is None else day_of(tie.last) + 1,
        source=request.actor(tie.source),
        target=request.actor(tie.target),
        channel=tie.channel,
        funder=request.institution(tie.funder),
        mutual=tie.mutual,
        weight=tie.weight,
    )
