"""Small markets for hypothesis, and every plan they have, counted one by one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from graph.matching.problem.assignment_problem import ProblemColumns
from graph.matching.solvers.plans import Solution

Made = frozenset[int]


@dataclass(frozen=True)
class Worth:
    """What a plan comes to: openings served, pairs, points by opening served, total."""

    served: int
    pairs: int
    total: int
    by_opening: dict[int, int]

    @property
    def floor(self) -> int:
        return min(self.by_opening.values(), default=0)


def free_per_seat(columns: ProblemColumns, plan: Worth) -> list[Fraction]:
    """The points a seat of the openings served, but for those whose seats are all locked."""
    decided, seats = decided_openings(columns), columns.seats or [1] * len(columns.openings)
    return [Fraction(points, seats[row]) for row, points in plan.by_opening.items() if row not in decided]


@st.composite
def markets(draw: st.DrawFn, least: int = -2, most: int = 4, quota: int = 2) -> ProblemColumns:
    """At most 4 people and 3 openings; few different points, so that ties are common."""
    people, openings = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    cells = [(person, opening) for person in range(people) for opening in range(openings)]
    arcs = draw(st.lists(st.sampled_from(cells), unique=True, max_size=9))
    columns = ProblemColumns(
        people=[f"p{row}" for row in range(people)],
        openings=[f"o{row}" for row in range(openings)],
        person=[person for person, _ in arcs],
        opening=[opening for _, opening in arcs],
        points=draw(st.lists(st.integers(least, most), min_size=len(arcs), max_size=len(arcs))),
        wishes=draw(st.lists(st.integers(0, 3), min_size=len(arcs), max_size=len(arcs))),
        seats=draw(st.lists(st.integers(0, quota), min_size=openings, max_size=openings)),
        loads=draw(st.lists(st.integers(0, quota), min_size=people, max_size=people)),
    )
    decided = draw(st.sampled_from([*all_plans(columns)]))
    locks = draw(st.lists(st.sampled_from(sorted(decided)), unique=True, max_size=2)) if decided else []
    others = [arc for arc in range(len(arcs)) if arc not in locks]
    excluded = draw(st.lists(st.sampled_from(others), unique=True, max_size=2)) if others else []
    return replace(columns, locks=[arcs[arc] for arc in locks], exclusions=[arcs[arc] for arc in excluded])


def crowded(seed: int) -> ProblemColumns:
    """Four people with up to two engagements each, three openings of up to two seats, and nine of the twelve pairs."""
    chance = np.random.default_rng(seed)
    cells = chance.permutation(12)[:9]
    return ProblemColumns(
        people=[f"p{row}" for row in range(4)],
        openings=[f"o{row}" for row in range(3)],
        person=(cells // 3).tolist(),
        opening=(cells % 3).tolist(),
        points=chance.integers(-1, 10, 9).tolist(),
        seats=chance.integers(1, 3, 3).tolist(),
        loads=chance.integers(1, 3, 4).tolist(),
    )


def all_plans(columns: ProblemColumns) -> Iterator[Made]:
    """Every set of arcs that keeps seats, loads, locks and exclusions."""
    arcs = list(zip(columns.person, columns.opening, strict=True))
    usable = [arc for arc, pair in enumerate(arcs) if pair not in columns.exclusions]
    for size in range(len(usable) + 1):
        for made in combinations(usable, size):
            if _is_kept(columns, [arcs[arc] for arc in made]):
                yield frozenset(made)


def worth(columns: ProblemColumns, made: Made) -> Worth:
    by_opening: dict[int, int] = {}
    for arc in made:
        opening = int(columns.opening[arc])
        by_opening[opening] = by_opening.get(opening, 0) + int(columns.points[arc])
    return Worth(len(by_opening), len(made), sum(by_opening.values()), by_opening)


def arcs_of(columns: ProblemColumns, plan: Solution) -> Made:
    """The rows of the columns that a plan has made."""
    rows = {pair: row for row, pair in enumerate(zip(columns.person, columns.opening, strict=True))}
    return frozenset(rows[(pair.person, pair.opening)] for pair in plan.pairs)


def decided_openings(columns: ProblemColumns) -> set[int]:
    """Openings without a seat that is not locked."""
    locked = [opening for _, opening in columns.locks]
    return {row for row, seats in enumerate(columns.seats or ()) if locked.count(row) >= seats}


def _is_kept(columns: ProblemColumns, pairs: list[tuple[int, int]]) -> bool:
    people, openings = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return (
        all(people.count(row) <= load for row, load in enumerate(columns.loads or ()))
        and all(openings.count(row) <= seats for row, seats in enumerate(columns.seats or ()))
        and all(lock in pairs for lock in columns.locks)
    )
