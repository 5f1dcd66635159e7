"""Groups of openings, such as regions, with quotas on how many of their seats a plan fills."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from graph.errors import Conflict, InvalidValue
from graph.matching.columns import UNKNOWN, Indexes, check_distinct, check_length, integers
from graph.matching.problem.locks import Pair, Sides
from graph.matching.problem.tiebreaks import canonical_order

_MANY = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Quota:
    """A plan fills at least `least` and at most `most` seats of the openings in `group`, locked ones included."""

    group: str
    least: int = 0
    most: int = _MANY


@dataclass(frozen=True, slots=True, eq=False)
class Regions:
    """The r groups with a quota, by `canonical_order` of their names; `region` (m,) is UNKNOWN for all others."""

    names: tuple[str, ...]
    region: Indexes
    least: Indexes
    most: Indexes

    def filled(self, seats: Indexes) -> Indexes:
        """A number of seats an opening (m,) as a number a group (r,)."""
        grouped = self.region >= 0
        filled = np.bincount(self.region[grouped], seats[grouped].astype(np.float64), len(self.names))
        return np.minimum(filled, _MANY).astype(np.int32)

    def beside(self, given: Indexes) -> Self:
        """The quotas that are left when openings have `given` (m,) people by lock."""
        filled = self.filled(given)
        return replace(self, least=np.maximum(self.least - filled, 0), most=self.most - filled)

    def moved(self, order: Indexes) -> Self:
        """The same for openings in another order."""
        return replace(self, region=self.region[order])


def bounds_of(least: Iterable[tuple[str, int]], most: Iterable[tuple[str, int]]) -> tuple[Quota, ...]:
    """Quotas out of groups with the least seats and groups with the most, in the order of the groups.

    Raises: InvalidValue for a group stated twice on one side.
    """
    low, high = _by_group("at least", least), _by_group("at most", most)
    return tuple(Quota(group, low.get(group, 0), high.get(group, _MANY)) for group in sorted({*low, *high}))


def _by_group(side: str, named: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for group, seats in named:
        if group in found:
            raise InvalidValue(side, group, "is stated twice; state each region once")
        found[group] = seats
    return found


def read_regions(groups: Sequence[str | None] | None, quotas: Sequence[Quota], openings: int) -> Regions | None:
    """The groups that have a quota, None when none has.

    Raises: InvalidValue for quotas stated twice, upside down, below 0 or of a group that no opening names.
    """
    if groups is not None:
        check_length("groups", len(groups), openings)
    check_distinct("quotas", [quota.group for quota in quotas])
    for quota in quotas:
        _check(quota, groups or ())
    if not quotas:
        return None
    order = canonical_order([quota.group for quota in quotas]).tolist()
    names = [quotas[place].group for place in order]
    rows = {name: row for row, name in enumerate(names)}
    return Regions(
        tuple(names),
        np.array([rows.get(group, UNKNOWN) if group is not None else UNKNOWN for group in groups or ()], np.int32),
        integers("least", [quotas[place].least for place in order], 0, _MANY + 1),
        integers("most", [quotas[place].most for place in order], 0, _MANY + 1),
    )


def check_locks_of_regions(regions: Regions, locks: Sequence[Pair], sides: Sides) -> None:
    """Raise Conflict when the locked pairs alone fill more of a group than it may have."""
    for row, (name, most) in enumerate(zip(regions.names, regions.most.tolist(), strict=True)):
        inside = [sides.name(pair) for pair in locks if regions.region[pair[1]] == row]
        if len(inside) > most:
            listed = ", ".join(inside[: most + 1])
            what = f"The locks {listed} cannot hold together" if most else f"The lock {listed} cannot hold"
            raise Conflict(f"{what}: group {name} fills at most {most}; take one of them back, or raise its most.")


def check_least(regions: Regions, possible: Callable[[Indexes], bool]) -> None:
    """Raise Conflict when the least quotas cannot be kept, naming few of them that cannot be kept together.

    `possible` says of any least quotas (r,) whether they can. Those named are shrunk by deletion: without any one of
    them the rest can be kept.

    Complexity: O(r) questions.
    """
    if possible(regions.least):
        return
    left = regions.least.copy()
    for row in np.flatnonzero(left):
        without = left.copy()
        without[row] = 0
        if not possible(without):
            left = without
    raise Conflict(_sentence(regions, left))


def _sentence(regions: Regions, least: Indexes) -> str:
    named = [f"{regions.names[row]} at least {least[row]}" for row in np.flatnonzero(least)]
    if len(named) == 1:
        what = f"The quota {named[0]} cannot be kept"
    else:
        what = f"The quotas {', '.join(named)} cannot be kept together"
    return f"{what}, locked seats aside; lower one, or give these openings more seats, people or time of people."


def _check(quota: Quota, groups: Sequence[str | None]) -> None:
    if quota.group not in groups:
        raise InvalidValue("quota", quota.group, "is the group of no opening; name one that is")
    if not 0 <= quota.least <= quota.most <= _MANY:
        text = f"{quota.group}: {quota.least} to {quota.most}"
        raise InvalidValue("quota", text, "does not run from a least to a most, both 0 or more; turn it round")
