"""Quotas, efforts and teams at once: no plan is better, taking one back costs nothing, repairs are exact."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.errors import Conflict, InvalidValue
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem, dense_columns
from graph.matching.problem.regions import Quota
from graph.matching.repair.limited_repairs import repair_limited
from graph.matching.solvers.plans import Objective, Pair, Solution
from tests.matching.limits import kept_plans, planned
from tests.matching.markets import Made
from tests.matching.problem.test_regions import named
from tests.matching.problem.test_teams import moved, points, teamed

SOUGHT = (Objective.BEST, Objective.FEWEST_UNSERVED)


@st.composite
def limited(draw: st.DrawFn) -> ProblemColumns:
    """A market of teams with a quota and efforts beside."""
    columns = draw(teamed())
    people, openings = len(columns.people), len(columns.openings)
    low, high = sorted(draw(st.tuples(st.integers(0, 1), st.integers(0, 3))))
    return replace(
        columns,
        groups=[*draw(st.lists(st.sampled_from(["n", None]), min_size=openings - 1, max_size=openings - 1)), "n"],
        quotas=[Quota("n", low, high)],
        efforts=draw(st.lists(st.integers(0, 3), min_size=openings, max_size=openings)),
        capacities=draw(st.lists(st.integers(2, 6), min_size=people, max_size=people)),
    )


@settings(max_examples=60, deadline=None)
@given(limited(), st.sampled_from(SOUGHT))
def test_no_plan_within_all_limits_is_better(columns: ProblemColumns, objective: Objective) -> None:
    plans = kept_plans(columns)
    if not plans:
        with pytest.raises(Conflict):
            planned(columns, objective)
        return
    assert rank_of(columns, planned(columns, objective), objective) == pytest.approx(best(columns, plans, objective))


@settings(max_examples=40, deadline=None)
@given(limited(), st.sampled_from(SOUGHT), st.data())
def test_nothing_taken_back_ever_lowers_the_optimum(
    columns: ProblemColumns, objective: Objective, data: st.DataObject
) -> None:
    assume(kept_plans(columns))
    before = rank_of(columns, planned(columns, objective), objective)
    less = [
        *(replace(columns, locks=[one for one in columns.locks if one != lock]) for lock in columns.locks),
        *(
            replace(columns, exclusions=[one for one in columns.exclusions if one != pair])
            for pair in columns.exclusions
        ),
        replace(columns, quotas=()),
        replace(columns, efforts=None, capacities=None),
    ]
    freer = data.draw(st.sampled_from(less))
    after = rank_of(freer, planned(freer, objective), objective)
    assert after[0] > before[0] or after[1] >= before[1] - 1e-4


@settings(max_examples=60, deadline=None)
@given(limited(), st.sampled_from(SOUGHT), st.integers(0, 2), st.data())
def test_no_repair_within_limits_and_moves_is_better(
    columns: ProblemColumns, objective: Objective, most: int, data: st.DataObject
) -> None:
    plans = kept_plans(columns)
    assume(plans)
    confirmed = data.draw(st.sampled_from(plans))
    before = tuple(
        Pair(int(columns.person[arc]), int(columns.opening[arc]), columns.points[arc], locked=False, marginal=0)
        for arc in sorted(confirmed)
    )
    free = {arc for arc in confirmed if pair_of(columns, arc) not in columns.locks}
    within = [made for made in plans if len(free - made) <= most]
    found = repair_limited(build_problem(columns), before, most, objective)
    made = frozenset(row for row in range(len(columns.points)) if pair_of(columns, row) in ends(found.pairs))
    assert made in within
    assert len(free - made) == found.ended <= most
    assert (worth(columns, made, objective)) == pytest.approx(best(columns, within, objective), abs=1e-4)
    assert found.total == pytest.approx(points(columns, made), abs=1e-9)
    assert found.proven


@settings(max_examples=30, deadline=None)
@given(limited(), st.randoms(use_true_random=False))
def test_shuffled_input_gives_the_same_pairs(columns: ProblemColumns, chance: Random) -> None:
    assume(kept_plans(columns))
    other = moved(columns, chance)
    order = [columns.openings.index(name) for name in other.openings]
    assert columns.groups is not None
    assert columns.efforts is not None
    assert columns.capacities is not None
    other = replace(
        other,
        quotas=columns.quotas,
        groups=[columns.groups[row] for row in order],
        efforts=[columns.efforts[row] for row in order],
        capacities=[columns.capacities[columns.people.index(name)] for name in other.people],
    )
    assert named(other, Objective.BEST) == named(columns, Objective.BEST)


def test_a_repair_that_cannot_leave_so_many_says_so_and_stable_plans_know_no_efforts() -> None:
    columns = replace(dense_columns(np.array([[5], [4]])), efforts=[3], capacities=[3, 3])
    before = (Pair(0, 0, 5, locked=False, marginal=5), Pair(1, 0, 4, locked=False, marginal=4))
    market = build_problem(columns)
    assert repair_limited(market, before, 1).total == 5
    with pytest.raises(Conflict, match="No plan ends at most 0"):
        repair_limited(market, before, 0)
    with pytest.raises(InvalidValue, match="is for seats and loads alone"):
        repair_limited(market, before, 1, Objective.HOST_STABLE)
    with pytest.raises(InvalidValue, match="give 0 or more"):
        repair_limited(market, before, -1)


def pair_of(columns: ProblemColumns, arc: int) -> tuple[int, int]:
    return int(columns.person[arc]), int(columns.opening[arc])


def ends(pairs: tuple[Pair, ...]) -> set[tuple[int, int]]:
    return {(pair.person, pair.opening) for pair in pairs}


def worth(columns: ProblemColumns, made: Made, objective: Objective) -> tuple[int, float]:
    return (len(made) if objective is Objective.FEWEST_UNSERVED else 0), points(columns, made)


def best(columns: ProblemColumns, plans: list[Made], objective: Objective) -> tuple[int, float]:
    return max(worth(columns, made, objective) for made in plans)


def rank_of(columns: ProblemColumns, plan: Solution, objective: Objective) -> tuple[int, float]:
    return (len(plan.pairs) if objective is Objective.FEWEST_UNSERVED else 0), plan.total
