"""Gap points of everybody for one opening after the other, out of sparse levels: no table of people by openings.

What a person closes of a gap depends on the one level held, and on nothing else. So the levels are kept by capability
and from the lowest up: those who stand above a gap are one stretch of its column, found by bisection, and an opening
costs as much as there are levels above its gaps, however many people state other things.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph.errors import InvalidValue
from graph.matching.columns import (
    Flags,
    Fractions,
    Indexes,
    Integers,
    Levels,
    check_distinct,
    check_length,
    frozen,
    integers,
)
from graph.matching.people.needs import Gap, OpeningNeed
from graph.matching.people.roster import Roster
from graph.matching.problem.tiebreaks import Keys, id_keys
from graph.matching.scoring.criteria import closing
from graph.matching.scoring.eligibility import judge
from graph.matching.scoring.points import FULL, add_up

Eligible: TypeAlias = Callable[[range], Flags]
"""Who may fill these openings (rows): True where no hard rule stands against it, shape (openings asked for, n)."""

_MANY = 2**31 - 1
_ALONE = np.ones(1, np.int64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Crowd:
    """n people: ids, `levels` (n, capabilities) as a sparse table, 0 to 4, and how many seats each can still take.

    A level that is not stored is not stated, and closes nothing. `faded`, in the order of `levels.data`, is what is
    certainly left of each and is all of it where not given. `loads` (n,) are 1 where not given.
    """

    ids: Sequence[str]
    levels: csr_array[Any, tuple[int, int]]
    faded: Levels | None = None
    loads: Sequence[int] | Integers | Indexes | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Openings:
    """m openings: ids, the open gaps of each as `Need.open_gaps` has them, and `seats` (m,), 1 where not given."""

    ids: Sequence[str]
    gaps: Sequence[tuple[Gap, ...]]
    seats: Sequence[int] | Integers | Indexes | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Covered:
    """Who brings an opening enough points: people (k,), ascending, and points (k,), out of so many eligible ones."""

    opening: int
    people: Indexes
    points: Integers
    eligible: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Pool:
    """People and openings before anything is chosen. Build it with `build_pool`; all columns are read-only.

    `holder` and `level` (rows,) are stated levels by capability, then level, then person, and `faded` (rows,) what is
    left of them, if that differs; capability c has the rows from `starts[c]` to `starts[c + 1]`. `block` openings are
    checked for eligibility at once.
    """

    crowd: Crowd
    openings: Openings
    holder: Indexes
    level: Levels
    faded: Levels | None
    starts: Integers
    loads: Indexes
    seats: Indexes
    eligible: Eligible
    block: int

    @cached_property
    def person_keys(self) -> Keys:
        """A hash of each person's id, (n,)."""
        return id_keys(self.crowd.ids)

    @cached_property
    def opening_keys(self) -> Keys:
        """A hash of each opening's id, (m,)."""
        return id_keys(self.openings.ids)

    def covered(self, least: Integers) -> Iterator[Covered]:
        """Every eligible pair worth `least` (m,) points or more, at least one, an opening at a time.

        Points are those of `criteria.gap_coverage` alone. Who can take no seat and openings that have none are left
        out. O(m x n) bits to read and O(levels above the gaps) to add up; memory O(n) and the block's n bytes an
        opening.
        """
        able = self.loads > 0
        for start in range(0, len(self.seats), self.block):
            rows = range(start, min(start + self.block, len(self.seats)))
            allowed = self.eligible(rows) & able
            for place, opening in enumerate(rows):
                if self.seats[opening] and self.openings.gaps[opening]:
                    yield self._cover(opening, allowed[place], max(int(least[opening]), 1))

    def _cover(self, opening: int, allowed: Flags, least: int) -> Covered:
        gaps = self.openings.gaps[opening]
        share = self._share(gaps)
        # Two points of slack: what is asked here is rounded otherwise, and the whole points decide.
        people = np.flatnonzero((share > max(least - 2, 0) / FULL) & allowed)
        points = add_up(share[people][np.newaxis], _ALONE)
        enough = points >= least
        return Covered(opening, people[enough].astype(np.int32), points[enough], int(np.count_nonzero(allowed)))

    def _share(self, gaps: tuple[Gap, ...]) -> Fractions:
        """The part of the gaps that everybody closes, (n,): the middle of what is certain and what was stated."""
        lack = sum(gap.size for gap in gaps)
        stretches = [self._above(gap) for gap in gaps]
        holders = np.concatenate([self.holder[rows] for rows in stretches], dtype=np.intp)
        stated = self._closed(self.level, gaps, stretches, holders) / lack
        if self.faded is None:
            return stated
        sure = self._closed(self.faded, gaps, stretches, holders) / lack
        return (sure + stated) / 2

    def _closed(
        self, levels: Levels, gaps: tuple[Gap, ...], stretches: list[slice], holders: NDArray[np.intp]
    ) -> Fractions:
        """Levels times weight that everybody closes, (n,)."""
        parts = [closing(levels[rows], gap) * gap.weight for rows, gap in zip(stretches, gaps, strict=True)]
        # Added up in the order of the gaps and in double precision, as the criterion does: equal to the last bit.
        closed: Fractions = np.bincount(holders, np.concatenate(parts, dtype=np.float64), len(self.loads))  # type: ignore[assignment]
        return closed

    def _above(self, gap: Gap) -> slice:
        start, end = self.starts[gap.capability : gap.capability + 2].tolist()
        # Single precision on both sides: 0.1 stored and 0.1 asked for are the same level.
        return slice(start + int(np.searchsorted(self.level[start:end], np.float32(gap.level), "right")), end)


def build_pool(crowd: Crowd, openings: Openings, eligible: Eligible | None = None, block: int = 64) -> Pool:
    """Check both sides and sort the levels. Everybody is eligible where no rule is given.

    Raises InvalidValue for ids or levels stated twice, levels that are not from 0 to 4 or have grown since they were
    stated, gaps that are closed or in capabilities that the levels do not have, quotas below 0 or a block below 1.
    O(n + m + rows log rows); 12 bytes a stated level.
    """
    check_distinct("people", crowd.ids)
    check_distinct("openings", openings.ids)
    check_length("levels", crowd.levels.shape[0], len(crowd.ids))
    check_length("gaps", len(openings.gaps), len(openings.ids))
    if block < 1:
        raise InvalidValue("block", block, "is not a number of openings; give 1 or more")
    _check_gaps(openings.gaps, crowd.levels.shape[1])
    order = _order(crowd.levels)
    level = crowd.levels.data[order].astype(np.float32)
    return Pool(
        crowd=crowd,
        openings=openings,
        holder=frozen(_rows(crowd.levels)[order]),
        level=frozen(level),
        faded=None if crowd.faded is None else _read_faded(crowd.faded, order, level),
        starts=frozen(np.searchsorted(crowd.levels.indices[order], np.arange(crowd.levels.shape[1] + 1))),
        loads=_read_quotas("loads", crowd.loads, len(crowd.ids)),
        seats=_read_quotas("seats", openings.seats, len(openings.ids)),
        eligible=eligible or (lambda rows: np.ones((len(rows), len(crowd.ids)), np.bool_)),
        block=block,
    )


def pool_of(roster: Roster, needs: Sequence[OpeningNeed], switched_off: frozenset[str] = frozenset()) -> Pool:
    """The pool of a roster and its needs, each rule of `eligibility` asked block by block.

    Loads are what capacity leaves. Raises what `judge` and `build_pool` raise.
    """
    person, capability = np.nonzero(~np.isnan(roster.levels))
    levels = csr_array((roster.levels[person, capability], (person, capability)), roster.levels.shape)
    crowd = Crowd(
        ids=roster.ids,
        levels=levels,
        faded=roster.faded[person, capability],
        loads=np.maximum(roster.capacity - roster.load, 0),
    )
    openings = Openings(
        ids=[need.id for need in needs],
        gaps=[need.open_gaps for need in needs],
        seats=[need.seats for need in needs],
    )
    return build_pool(
        crowd, openings, lambda rows: np.stack([judge(roster, needs[row], switched_off).eligible for row in rows])
    )


def _rows(levels: csr_array[Any, tuple[int, int]]) -> Indexes:
    """The person of each stored level, in the order they are stored."""
    return np.repeat(np.arange(levels.shape[0], dtype=np.int32), np.diff(levels.indptr))


def _order(levels: csr_array[Any, tuple[int, int]]) -> Integers:
    """The places of the stored levels by capability, level and person."""
    fits = (levels.data >= 0.0) & (levels.data <= 4.0)
    if not fits.all():
        raise InvalidValue("levels", levels.data[np.argmin(fits)], "is not a level; give 0 to 4")
    check_distinct("levels", _rows(levels) * np.int64(levels.shape[1]) + levels.indices)
    return np.lexsort((_rows(levels), levels.data, levels.indices))


def _read_faded(faded: Levels, order: Integers, level: Levels) -> Levels:
    check_length("faded", len(faded), len(level))
    left = faded[order].astype(np.float32)
    fits = (left >= 0.0) & (left <= level)
    if not fits.all():
        raise InvalidValue("faded", left[np.argmin(fits)], "is more than was stated; give 0 up to the level")
    return frozen(left)


def _check_gaps(gaps: Sequence[tuple[Gap, ...]], capabilities: int) -> None:
    for gap in (gap for row in gaps for gap in row):
        if not 0 <= gap.capability < capabilities:
            why = f"is not a column of the levels; give 0 to {capabilities - 1}"
            raise InvalidValue("gap.capability", gap.capability, why)
        if not gap.size:
            raise InvalidValue("gap", gap.capability, "is closed or has no weight; leave it out")


def _read_quotas(field: str, quotas: Sequence[int] | Integers | Indexes | None, count: int) -> Indexes:
    if quotas is None:
        return frozen(np.ones(count, np.int32))
    check_length(field, len(quotas), count)
    return integers(field, quotas, 0, _MANY)  # type: ignore[arg-type]
