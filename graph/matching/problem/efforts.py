"""Openings that take unequal effort, and people with so much of it to give."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from graph.errors import Conflict, InvalidValue
from graph.matching.columns import Flags, Indexes, Integers, check_length, integers
from graph.matching.problem.locks import Pair, Sides

MOST = 1_000_000
"""The largest effort and capacity: an integer solver has no more exact digits than that to spare."""


@dataclass(frozen=True, slots=True, eq=False)
class Efforts:
    """What a seat of each opening takes (m,) and what each person has to give (n,), in the same whole units."""

    effort: Indexes
    capacity: Indexes

    def moved(self, people: Indexes, openings: Indexes) -> Self:
        """The same for people and openings in another order."""
        return replace(self, effort=self.effort[openings], capacity=self.capacity[people])

    def beside(self, person: Indexes, opening: Indexes) -> Self:
        """What is left when these pairs (l,) are locked."""
        left = self.capacity.copy()
        np.subtract.at(left, person, self.effort[opening])
        return replace(self, capacity=left)

    def fits(self, person: Indexes, opening: Indexes) -> Flags:
        """Which of these arcs (a,) a person could take on alone."""
        fits: Flags = self.effort[opening] <= self.capacity[person]
        return fits


def read_efforts(
    efforts: Sequence[int] | Indexes | Integers | None,
    capacities: Sequence[int] | Indexes | Integers | None,
    sides: Sides,
) -> Efforts | None:
    """Both columns checked, None when neither is given.

    Raises: InvalidValue when only one of them is, and for what is not a whole number from 0 to `MOST`.
    """
    if efforts is None and capacities is None:
        return None
    if efforts is None or capacities is None:
        missing, given = ("efforts", "capacities") if efforts is None else ("capacities", "efforts")
        raise InvalidValue(missing, None, f"has to be given beside {given}; give both, in the same units")
    check_length("efforts", len(efforts), len(sides.openings))
    check_length("capacities", len(capacities), len(sides.people))
    return Efforts(
        integers("efforts", efforts, 0, MOST + 1),  # type: ignore[arg-type]
        integers("capacities", capacities, 0, MOST + 1),  # type: ignore[arg-type]
    )


def check_locks_of_efforts(efforts: Efforts, locks: Sequence[Pair], sides: Sides) -> None:
    """Raise Conflict with the fewest locks on one person that together take more than the person has."""
    of_person = defaultdict(list)
    for pair in locks:
        of_person[pair[0]].append(pair)
    for person, pairs in sorted(of_person.items()):
        pairs.sort(key=lambda pair: (-int(efforts.effort[pair[1]]), pair))
        taken = np.cumsum([int(efforts.effort[opening]) for _, opening in pairs])
        over = np.flatnonzero(taken > efforts.capacity[person])
        if over.size:
            raise Conflict(_sentence(efforts, pairs[: int(over[0]) + 1], sides))


def _sentence(efforts: Efforts, pairs: Sequence[Pair], sides: Sides) -> str:
    person = pairs[0][0]
    taken = sum(int(efforts.effort[opening]) for _, opening in pairs)
    names = ", ".join(sides.name(pair) for pair in pairs)
    what = f"The locks {names} cannot hold together" if len(pairs) > 1 else f"The lock {names} cannot hold"
    has = f"{sides.person(person)} has {efforts.capacity[person]} to give and they take {taken}"
    return f"{what}: {has}; take one of them back."
