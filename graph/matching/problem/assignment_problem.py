"""Who may fill what, and for how many points: the input of every plan, checked once.

A problem is sparse: a pair that is not among its arcs is not eligible, which is not the same as a low score.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.errors import InvalidValue
from graph.matching.columns import (
    Flags,
    Fractions,
    Indexes,
    Integers,
    check_distinct,
    check_length,
    frozen,
    integers,
)
from graph.matching.problem.arc_order import among, arc_order, ends_at, places_of
from graph.matching.problem.efforts import Efforts, by_pair, check_locks_of_efforts, read_efforts
from graph.matching.problem.locks import Pair, Sides, check_compatible, known_pairs
from graph.matching.problem.regions import (
    Quota,
    Regions,
    check_locks_of_regions,
    read_regions,
)
from graph.matching.problem.scales import (
    Numbers,
    read_numbers,
    scale_of,
    whole_points,
)
from graph.matching.problem.teams import (
    TeamColumns,
    Teams,
    placed,
    read_teams,
)
from graph.matching.problem.tiebreaks import (
    Keys,
    canonical_order,
    id_keys,
    keys_at,
    largest_points,
)

Wholes: TypeAlias = Sequence[int] | Indexes | Integers

_MANY = 2**31 - 1
_COSTS = 2**59  # the flow solver multiplies costs by the number of nodes, and its prices grow to several times that


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemColumns:
    """Everything a problem is made of: n people, m openings, and a row an arc, in any order.

    `person`, `opening` and `points` have shape (a,). `wishes` (a,) are the people's own numbers for the openings and
    are the points where not given; only stable plans look at them. `seats` (m,) and `loads` (n,) are 1 where not
    given. Locks and exclusions are pairs (person, opening).

    `groups` (m,) name the region of an opening, which `quotas` limit. A seat of an opening takes its `efforts` (m,),
    or a pair its `pair_efforts` (a,), and a person gives at most `capacities` (n,), in the same units; `loads` are then
    without end where not given. `teams` adds points for gaps that people close together. Stable plans know none of the
    three. `called` are the names of people (n,) and openings (m,) in sentences about what cannot be; their ids where
    not given. `marks` (n,) and (m,) settle the order and the ties where ids are no more than positions; the ids where
    not given.
    """

    people: Sequence[str]
    openings: Sequence[str]
    person: Wholes
    opening: Wholes
    points: Numbers
    wishes: Numbers | None = None
    seats: Wholes | None = None
    loads: Wholes | None = None
    locks: Sequence[Pair] = ()
    exclusions: Sequence[Pair] = ()
    groups: Sequence[str | None] | None = None
    quotas: Sequence[Quota] = ()
    efforts: Wholes | None = None
    pair_efforts: Wholes | None = None
    capacities: Wholes | None = None
    teams: TeamColumns | None = None
    called: tuple[Sequence[str], Sequence[str]] | None = None
    marks: tuple[Sequence[str], Sequence[str]] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """Arcs (b,) of which a plan has at least so many: what a repair leaves as it was."""

    confirmed: Flags
    least: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReducedProblem:
    """What is left to decide once locked pairs have their seats: b arcs, each with a free seat and a free hand.

    `given` and `granted` (m,) are the people and the points an opening has by lock, `arcs` (b,) the places of the
    arcs in the problem. Regions, efforts and teams are what locked pairs leave of them. Only integer programmes know of
    anything `kept`.
    """

    person: Indexes
    opening: Indexes
    points: Integers
    wishes: Integers
    ties: Keys
    seats: Indexes
    loads: Indexes
    given: Indexes
    granted: Integers
    arcs: Integers
    regions: Regions | None = None
    efforts: Efforts | None = None
    teams: Teams | None = None
    kept: Kept | None = None

    @property
    def pairs(self) -> int:
        """An upper bound on the pairs a plan can have."""
        return _pairs(self.seats, self.loads, len(self.arcs))

    @property
    def room(self) -> int:
        """The largest cost an arc may have in the flow solver, which multiplies costs by the number of nodes."""
        groups = len(self.regions.names) if self.regions else 0
        return _room(len(self.seats) + len(self.loads) + groups)

    def only(self, kept: Flags | Integers) -> Self:
        """The same choice from fewer arcs."""
        columns = {name: getattr(self, name)[kept] for name in _ARC_COLUMNS}
        efforts, teams = self.efforts and self.efforts.only(kept), self.teams and self.teams.only(kept)
        return replace(self, **columns, efforts=efforts, teams=teams)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AssignmentProblem:
    """A checked problem in read-only columns, in an order that depends on ids alone.

    Arcs go by person and opening, and these by `canonical_order`; `person_row` (n,) and `opening_row` (m,) lead back
    to the rows of the input. `values` (a,) are the numbers as given, `points` and `wishes` whole multiples of them:
    `scale` times each.
    """

    person: Indexes
    opening: Indexes
    values: Integers | Fractions
    points: Integers
    wishes: Integers
    ties: Keys
    locked: Flags
    seats: Indexes
    loads: Indexes
    person_row: Indexes
    opening_row: Indexes
    scale: float
    regions: Regions | None
    efforts: Efforts | None
    teams: Teams | None

    @property
    def is_limited(self) -> bool:
        """Whether there are quotas of groups, efforts or teams: limits under which a pair has no price."""
        return bool(self.regions or self.efforts or self.teams)

    def turned(self) -> Self:
        """The same problem where fewer points are better."""
        return replace(self, points=-self.points, wishes=-self.wishes)

    def choice(self) -> ReducedProblem:
        """What is left once the locked pairs have their seats. O(a)."""
        locked = np.flatnonzero(self.locked)
        given = np.bincount(self.opening[locked], minlength=len(self.seats)).astype(np.int32)
        carried = np.bincount(self.person[locked], minlength=len(self.loads)).astype(np.int32)
        granted = np.zeros(len(self.seats), np.int64)
        np.add.at(granted, self.opening[locked], self.points[locked])
        seats, loads = self.seats - given, self.loads - carried
        efforts = self.efforts and self.efforts.beside(self.person, self.locked)
        free = self._free(seats, loads, efforts)
        columns = {name: getattr(self, name)[free] for name in _ARC_COLUMNS if name != "arcs"}
        arcs = np.arange(len(self.points))[free]
        return ReducedProblem(
            **columns,
            arcs=arcs,
            seats=seats,
            loads=loads,
            given=given,
            granted=granted,
            regions=self.regions and self.regions.beside(given),
            efforts=efforts and efforts.only(free),
            teams=self.teams and self.teams.beside(self.locked).only(arcs),
        )

    def _free(self, seats: Indexes, loads: Indexes, efforts: Efforts | None) -> Integers | slice:
        """The arcs that can still be made; all of them, uncopied, where nothing is in the way."""
        if not self.locked.any() and seats.min(initial=1) > 0 and loads.min(initial=1) > 0 and not efforts:
            return slice(None)
        free = ~self.locked & (seats[self.opening] > 0) & (loads[self.person] > 0)
        return np.flatnonzero(free & efforts.fits(self.person) if efforts else free)


_ARC_COLUMNS = ("person", "opening", "points", "wishes", "ties", "arcs")


def build_problem(columns: ProblemColumns) -> AssignmentProblem:
    """Check the columns and bring them into an order of their own.

    Arguments: `columns`, n people, m openings and a arcs as given.
    Returns: the problem, in an order that depends on ids or marks alone.
    Raises: InvalidValue for an id or a pair stated twice, for numbers that are not finite or quotas below 0, and for
    a lock on a pair that is not eligible; Conflict for locks that cannot hold together, naming the fewest that cannot.
    Complexity: O((n + m) log(n + m) + a log a), and O(a) for the arcs of a table that has most of its cells.

    >>> problem = build_problem(dense_columns(np.array([[7, 9], [4, 8]])))
    >>> problem.points.tolist()
    [7, 9, 4, 8]
    """
    sides = _read_sides(columns)
    marks = _read_marks(columns)
    people, openings = (canonical_order(side) for side in marks)
    arranged = _arranged(columns, sides, (people, openings))
    order, person, opening = arranged.order, arranged.person, arranged.opening
    values, points, wishes = _read_points(columns, sides, order)
    scale = scale_of(values, points)
    regions, efforts = _read_limits(columns, sides)
    return AssignmentProblem(
        person=frozen(person),
        opening=frozen(opening),
        values=values,
        points=frozen(points),
        wishes=frozen(wishes),
        ties=frozen(keys_at(_by_row(marks[0], people), _by_row(marks[1], openings), (person, opening))),
        locked=frozen(arranged.locked),
        seats=frozen(sides.seats[openings]),
        loads=frozen(sides.loads[people]),
        person_row=frozen(people),
        opening_row=frozen(openings),
        scale=scale,
        regions=regions and regions.moved(openings),
        efforts=efforts and efforts.moved(people, order),
        teams=_read_teams(columns, scale, (order, openings)),
    )


def dense_columns(points: NDArray[np.int64] | NDArray[np.float64]) -> ProblemColumns:
    """A table of points as columns: everybody is eligible, ids are the numbers of the rows.

    Arguments: `points` (n, m), people by openings.
    Returns: the columns of n people, m openings and n * m arcs.
    Complexity: O(n m).
    """
    person, opening = np.indices(points.shape, np.int32)
    return ProblemColumns(
        people=[str(row) for row in range(points.shape[0])],
        openings=[str(column) for column in range(points.shape[1])],
        person=person.ravel(),
        opening=opening.ravel(),
        points=points.ravel(),
    )


def _read_sides(columns: ProblemColumns) -> Sides:
    check_distinct("people", columns.people)
    check_distinct("openings", columns.openings)
    load = 1 if columns.capacities is None else len(columns.openings)
    loads = _read_quotas("loads", columns.loads, (len(columns.people), load))
    seats = _read_quotas("seats", columns.seats, (len(columns.openings), 1))
    return Sides(columns.people, columns.openings, loads, seats, columns.called)


def _read_marks(columns: ProblemColumns) -> tuple[Sequence[str], Sequence[str]]:
    if columns.marks is None:
        return columns.people, columns.openings
    for side, ids in zip(columns.marks, (columns.people, columns.openings), strict=True):
        check_length("marks", len(side), len(ids))
        check_distinct("marks", side)
    return columns.marks


def _read_quotas(field: str, quotas: Wholes | None, usual: tuple[int, int]) -> Indexes:
    count, quota = usual
    if quotas is None:
        return np.full(count, quota, np.int32)
    check_length(field, len(quotas), count)
    return integers(field, quotas, 0, _MANY)  # type: ignore[arg-type]


def _read_ends(field: str, rows: Wholes, count: int, arcs: int) -> Indexes:
    check_length(field, len(rows), arcs)
    return integers(field, rows, 0, count)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, eq=False)
class _Arranged:
    """The places of the arcs in the input, their ends in the canonical orders, and which are locked; all (a,)."""

    order: Integers | slice
    person: Indexes
    opening: Indexes
    locked: Flags


def _arranged(columns: ProblemColumns, sides: Sides, orders: tuple[Indexes, Indexes]) -> _Arranged:
    """The arcs by person and opening, without those that are excluded."""
    shape, arcs = (len(orders[0]), len(orders[1])), len(columns.points)
    rows = _read_ends("person", columns.person, shape[0], arcs), _read_ends("opening", columns.opening, shape[1], arcs)
    order, keys = arc_order(rows, orders)
    _check_stated_once(keys, *orders, sides)
    locked, excluded = _decided(columns, sides, keys, orders)
    if excluded.any():
        order, keys, locked = np.arange(arcs)[order][~excluded], keys[~excluded], locked[~excluded]
    return _Arranged(order, *ends_at(keys, shape), locked)


def _check_stated_once(keys: Integers, people: Indexes, openings: Indexes, sides: Sides) -> None:
    repeated = np.flatnonzero(keys[1:] == keys[:-1])
    if repeated.size:
        person, opening = divmod(int(keys[repeated[0]]), len(openings))
        name = sides.name((int(people[person]), int(openings[opening])))
        raise InvalidValue("person=opening", name, "is stated twice; state each pair once")


def _decided(
    columns: ProblemColumns, sides: Sides, keys: Integers, orders: tuple[Indexes, Indexes]
) -> tuple[Flags, Flags]:
    """Which arcs are locked and which excluded, in the order of their keys; both (a,)."""
    locks = known_pairs("lock", columns.locks, sides)
    exclusions = known_pairs("exclusion", columns.exclusions, sides)
    check_compatible(locks, exclusions, sides)
    places = [places_of(order) for order in orders]
    locked, excluded = (
        np.array([places[0][person] * len(orders[1]) + places[1][opening] for person, opening in pairs], np.int64)
        for pairs in (locks, exclusions)
    )
    held, barred = among(locked, keys), among(excluded, keys)
    there = np.isin(locked, keys[held])
    if not there.all():
        name = sides.name(locks[int(np.argmin(there))])
        raise InvalidValue("lock", name, "is not an eligible pair; lock one that is, or take the lock back")
    return held, barred


def _read_points(
    columns: ProblemColumns, sides: Sides, order: Integers | slice
) -> tuple[Integers | Fractions, Integers, Integers]:
    """Values, points and wishes of the arcs in this order, and one column for all that are the same."""
    values = read_numbers("points", columns.points)
    pairs = _pairs(sides.seats, sides.loads, len(values))
    nodes = len(sides.seats) + len(sides.loads) + len(columns.quotas)
    points = whole_points("points", values, largest_points(pairs, _room(nodes)))
    if columns.wishes is not None:
        check_length("wishes", len(columns.wishes), len(values))
    whole = points[order]
    given = whole if values.dtype.kind == "i" else values[order]
    if columns.wishes is None:
        return given, whole, whole
    return given, whole, whole_points("wishes", read_numbers("wishes", columns.wishes), _COSTS)[order]


def _read_limits(columns: ProblemColumns, sides: Sides) -> tuple[Regions | None, Efforts | None]:
    regions = read_regions(columns.groups, columns.quotas, len(columns.openings))
    given = by_pair(columns.efforts, columns.pair_efforts, columns.opening, len(columns.openings))
    efforts = read_efforts(given, columns.capacities, (len(columns.points), len(columns.people)))
    locks = sorted(set(columns.locks))
    if regions:
        check_locks_of_regions(regions, locks, sides)
    if efforts:
        check_locks_of_efforts(efforts, (columns.person, columns.opening), locks, sides)
    return regions, efforts


def _read_teams(columns: ProblemColumns, scale: float, orders: tuple[Integers | slice, Indexes]) -> Teams | None:
    if columns.teams is None:
        return None
    arcs, openings = orders
    read = read_teams(columns.teams, np.asarray(columns.opening, np.int32), len(columns.openings))
    return placed(replace(read, weight=read.weight * scale), np.arange(len(columns.points))[arcs], openings)


def _by_row(ids: Sequence[str], order: Indexes) -> Keys:
    return id_keys(ids)[order]


def _pairs(seats: Indexes, loads: Indexes, arcs: int) -> int:
    return min(int(seats.sum()), int(loads.sum()), arcs)


def _room(nodes: int) -> int:
    return _COSTS // (nodes + 4)
