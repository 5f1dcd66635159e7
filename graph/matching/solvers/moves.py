"""The differences of two plans, as people who go from one opening to another."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from graph.matching.solvers.plans import Pair


@dataclass(frozen=True, slots=True)
class Move:
    """A person goes from one opening to another, by rows of the input; None is no opening."""

    person: int
    origin: int | None
    destination: int | None


def moves_between(before: Iterable[Pair], after: Iterable[Pair]) -> tuple[Move, ...]:
    """Who goes where, by person and opening. What a person gives up and what they get are paired in that order.

    >>> moves_between([Pair(0, 1, 5, False, 5)], [Pair(0, 2, 4, False, 4), Pair(1, 1, 3, False, 3)])
    (Move(person=0, origin=1, destination=2), Move(person=1, origin=None, destination=1))
    """
    ends = [{(pair.person, pair.opening) for pair in pairs} for pairs in (before, after)]
    given_up, got = _by_person(ends[0] - ends[1]), _by_person(ends[1] - ends[0])
    return tuple(
        Move(person, origin, destination)
        for person in sorted({*given_up, *got})
        for origin, destination in zip_longest(given_up.get(person, ()), got.get(person, ()))
    )


def _by_person(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    openings = defaultdict(list)
    for person, opening in sorted(pairs):
        openings[person].append(opening)
    return dict(openings)
