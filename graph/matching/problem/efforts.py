"""Pairs that take unequal effort, and people with so much of it to give: generalised assignment."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self, TypeAlias

import numpy as np

from graph.errors import Conflict, InvalidValue
from graph.matching.columns import Flags, Fractions, Indexes, Integers, check_length, integers
from graph.matching.problem.locks import Pair, Sides

Wholes: TypeAlias = Sequence[int] | Indexes | Integers

_UNITS = tuple(10.0**power for power in range(7))
_NEAR, _WHOLE = 1e-6, 2.0**53

MOST = 1_000_000
"""The largest effort and capacity: an integer solver has no more exact digits than that to spare."""


@dataclass(frozen=True, slots=True, eq=False)
class Efforts:
    """What each pair takes (a,) of what its person has to give (n,), in the same whole units."""

    effort: Indexes
    capacity: Indexes

    def moved(self, people: Indexes, arcs: Integers | slice) -> Self:
        """The same for people and arcs in another order."""
        return replace(self, effort=self.effort[arcs], capacity=self.capacity[people])

    def beside(self, person: Indexes, locked: Flags) -> Self:
        """What is left when the locked of the arcs (a,) of these people are made."""
        left = self.capacity.copy()
        np.subtract.at(left, person[locked], self.effort[locked])
        return replace(self, capacity=left)

    def only(self, kept: Flags | Integers | slice) -> Self:
        """The same for fewer arcs."""
        return replace(self, effort=self.effort[kept])

    def fits(self, person: Indexes) -> Flags:
        """Which arcs (a,) of these people they could take on alone."""
        fits: Flags = self.effort <= self.capacity[person]
        return fits


def read_efforts(efforts: Wholes | None, capacities: Wholes | None, counts: tuple[int, int]) -> Efforts | None:
    """Both columns checked, None when neither is given.

    Arguments: `efforts` (a,), what each pair takes; `capacities` (n,), what each person has; `counts`, how many pairs
    and people there are.
    Raises: InvalidValue when only one of them is given, and for what is not a whole number from 0 to `MOST`.
    """
    if efforts is None and capacities is None:
        return None
    if efforts is None or capacities is None:
        missing, given = ("efforts", "capacities") if efforts is None else ("capacities", "efforts")
        raise InvalidValue(missing, None, f"has to be given beside {given}; give both, in the same units")
    for name, column, count in zip(("efforts", "capacities"), (efforts, capacities), counts, strict=True):
        check_length(name, len(column), count)
    return Efforts(
        integers("efforts", efforts, 0, MOST + 1),  # type: ignore[arg-type]
        integers("capacities", capacities, 0, MOST + 1),  # type: ignore[arg-type]
    )


def in_whole_units(efforts: Fractions, person: Indexes, budgets: Sequence[float]) -> tuple[Indexes, Indexes]:
    """Efforts and budgets as given, such as 1.5 hours, in the largest unit in which all efforts are whole.

    What is left of a budget after its last whole unit pays for nothing, and a budget above all efforts of its person
    together is no limit: neither is counted.

    Arguments: `efforts` (a,) and `budgets` (n,), 0 or more, in one unit; `person` (a,), whose budget an effort is of.
    Returns: the efforts (a,) and the budgets (n,) in whole units.
    Raises: InvalidValue where they are more than `MOST` of these units, or have more than six digits behind the point.
    Complexity: O(a + n).

    >>> efforts, person = np.array([1.5, 2.0]), np.array([0, 0])
    >>> in_whole_units(efforts, person, [3.25])
    (array([3, 4], dtype=int32), array([6], dtype=int32))
    """
    unit = next((unit for unit in _UNITS if _are_whole(efforts * unit).all()), None)
    if unit is None:
        wrong = efforts[np.argmin(_are_whole(efforts * _UNITS[-1]))]
        raise InvalidValue("efforts", f"{wrong:.12g}", "is not exact; give at most six digits behind the point")
    whole = np.rint(efforts * unit)
    common = int(np.gcd.reduce(whole.astype(np.int64))) if whole.max(initial=0) < _WHOLE else 1
    unit, whole = unit / max(common, 1), whole / max(common, 1)
    most = np.minimum(np.floor(np.array(budgets) * unit + _NEAR), np.bincount(person, whole, len(budgets)))
    if (largest := max(whole.max(initial=0), most.max(initial=0))) > MOST:
        why = f"units are more than can be counted exactly; round efforts so that at most {MOST:,} are left"
        raise InvalidValue("efforts", f"{largest:,.0f}", why)
    return whole.astype(np.int32), most.astype(np.int32)


def _are_whole(numbers: Fractions) -> Flags:
    whole: Flags = np.abs(np.rint(numbers) - numbers) < _NEAR
    return whole


def by_pair(efforts: Wholes | None, pair_efforts: Wholes | None, opening: Wholes, openings: int) -> Wholes | None:
    """What each pair (a,) takes, out of what each opening (m,) does or as it was given by pair; None for neither.

    Raises: InvalidValue where both are given, or not one for each opening.
    """
    if efforts is None:
        return pair_efforts
    if pair_efforts is not None:
        raise InvalidValue("efforts", "both", "are given by opening and by pair; give one of the two")
    check_length("efforts", len(efforts), openings)
    return integers("efforts", efforts, 0, MOST + 1)[np.asarray(opening, np.int32)]  # type: ignore[arg-type]


def check_locks_of_efforts(efforts: Efforts, ends: tuple[Wholes, Wholes], locks: Sequence[Pair], sides: Sides) -> None:
    """Raise Conflict with the fewest locks on one person that together take more than the person has.

    Arguments: `efforts` of pairs with these `ends`, people and openings, both (a,); `locks`, some of the pairs.
    """
    takes = _efforts_of(efforts, ends, locks)
    of_person = defaultdict(list)
    for pair in locks:
        of_person[pair[0]].append(pair)
    for person, pairs in sorted(of_person.items()):
        pairs.sort(key=lambda pair: (-takes[pair], pair))
        taken = np.cumsum([takes[pair] for pair in pairs])
        over = np.flatnonzero(taken > efforts.capacity[person])
        if over.size:
            last = int(over[0])
            sums = int(taken[last]), int(efforts.capacity[person])
            raise Conflict(_sentence(pairs[: last + 1], sums, sides))


def _efforts_of(efforts: Efforts, ends: tuple[Wholes, Wholes], locks: Sequence[Pair]) -> Mapping[Pair, int]:
    """What each locked pair takes."""
    held, opening = (np.asarray(end, np.int32) for end in ends)
    arcs = np.flatnonzero(np.isin(held, [person for person, _ in locks]))
    columns = (held[arcs].tolist(), opening[arcs].tolist(), efforts.effort[arcs].tolist())
    return {(person, place): effort for person, place, effort in zip(*columns, strict=True)}


def _sentence(pairs: Sequence[Pair], sums: tuple[int, int], sides: Sides) -> str:
    taken, capacity = sums
    names = ", ".join(sides.name(pair) for pair in pairs)
    what = f"The locks {names} cannot hold together" if len(pairs) > 1 else f"The lock {names} cannot hold"
    has = f"{sides.person(pairs[0][0])} has {capacity} to give and they take {taken}"
    return f"{what}: {has}; take one of them back."
