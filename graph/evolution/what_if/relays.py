"""Relays: which legs of a programme end with nobody to take over what they carried.

A leg is an engagement that brings capabilities to a programme. A capability is handed on when another leg of the same
programme carries it and begins on the day after the end or sooner and lasts longer, or when somebody local can do it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

REPEATED = 2
"""How many engagements of practice make somebody able to take over."""

LATELY = 1460
"""Days before the end for which practice counts: as long as a level keeps more than half when nobody confirms it."""

ANY = ""
"""The capability of a leg that states none: every other leg of its programme carries it too."""

Carried = tuple[str, str]
"""A programme and a capability."""


@dataclass(frozen=True, slots=True)
class RelayLeg:
    """An engagement for a programme on [start, end) in days since 1970; OPEN is an end nobody knows."""

    id: str
    programme: str
    start: int
    end: int
    capabilities: Set[str]


@dataclass(frozen=True, slots=True)
class Practice:
    """Somebody local who practised something in an engagement that was completed with the exclusive day `end`."""

    person: str
    engagement: str
    end: int


@dataclass(frozen=True, slots=True)
class Locals:
    """What a programme's own people can do: what somebody holds far enough, and who practised what and when."""

    held: Set[Carried]
    practised: Mapping[Carried, Sequence[Practice]]


@dataclass(frozen=True, slots=True)
class Drop:
    """A leg that ends, and the capabilities nobody takes over, in order; (ANY,) where it states none."""

    leg: RelayLeg
    capabilities: tuple[str, ...]


def drops(legs: Sequence[RelayLeg], first: int, last: int, local: Locals) -> tuple[Drop, ...]:
    """The legs whose last day is from `first` to `last`, both included, that leave something behind; by their end.

    An engagement never vouches for itself: its own mentee counts once they hold enough.

    Arguments: `legs`, in any order; `first` and `last`, days since 1970; `local`, what the own people can do.
    Returns: the legs with the capabilities that nobody takes over.
    Complexity: O(legs of a programme), for each that ends.

    >>> watch = RelayLeg("watch", "reef", 0, 10, frozenset({"monitoring"}))
    >>> [drop.capabilities for drop in drops([watch], 0, 9, Locals(frozenset(), {}))]
    [('monitoring',)]
    """
    beside: dict[str, list[RelayLeg]] = {}
    for leg in legs:
        beside.setdefault(leg.programme, []).append(leg)
    ending = (leg for leg in legs if first < leg.end <= last + 1)
    found = (Drop(leg, _dropped(leg, beside[leg.programme], local)) for leg in ending)
    return tuple(sorted((drop for drop in found if drop.capabilities), key=lambda drop: (drop.leg.end, drop.leg.id)))


def _dropped(leg: RelayLeg, beside: Iterable[RelayLeg], local: Locals) -> tuple[str, ...]:
    after = [other for other in beside if other.id != leg.id and other.start <= leg.end < other.end]
    if not leg.capabilities:
        return () if after else (ANY,)
    followed = frozenset[str]().union(*(other.capabilities for other in after))
    return tuple(sorted(each for each in leg.capabilities - followed if not _is_local(leg, each, local)))


def _is_local(leg: RelayLeg, capability: str, local: Locals) -> bool:
    """Whether somebody holds it, or practised it often enough in other engagements, not too long before the end."""
    carried = (leg.programme, capability)
    lately = {
        (each.person, each.engagement)
        for each in local.practised.get(carried, ())
        if each.engagement != leg.id and leg.end - LATELY < each.end <= leg.end
    }
    often = Counter(person for person, _ in lately)
    return carried in local.held or max(often.values(), default=0) >= REPEATED
