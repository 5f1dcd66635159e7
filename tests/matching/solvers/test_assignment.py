"""The two optima over all plans, in cases small enough to be worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from graph.matching.problem.assignment_problem import ProblemColumns, build_problem, dense_columns
from graph.matching.problem.regions import Quota
from graph.matching.solvers.plans import Objective, Solution, make_plan

PAIRS = [[5, 1], [1, 4]]


def table(points: list[list[int]]) -> ProblemColumns:
    return dense_columns(np.array(points))


def planned(columns: ProblemColumns, objective: Objective) -> Solution:
    return make_plan(build_problem(columns), objective)


def ends(plan: Solution) -> list[tuple[int, int]]:
    return [(pair.person, pair.opening) for pair in plan.pairs]


def test_the_best_total_leaves_a_seat_empty_rather_than_lose_points() -> None:
    plan = planned(table([[5, -1], [-1, -3]]), Objective.BEST)
    assert ends(plan) == [(0, 0)]
    assert plan.total == 5


def test_the_fullest_plan_fills_a_seat_although_that_loses_points() -> None:
    plan = planned(table([[5, -1], [-1, -3]]), Objective.FEWEST_UNSERVED)
    assert ends(plan) == [(0, 0), (1, 1)]
    assert plan.total == 2


def test_the_fullest_plan_empties_no_seat_outside_a_region_that_must_have_somebody() -> None:
    columns = replace(table([[3, -9], [-9, -2]]), groups=["a", None], quotas=[Quota("a", 1, 1)])
    plan = planned(columns, Objective.FEWEST_UNSERVED)
    assert ends(plan) == [(0, 0), (1, 1)]
    assert plan.total == 1


@pytest.mark.parametrize("objective", [Objective.BEST, Objective.FEWEST_UNSERVED])
def test_a_region_gets_no_more_than_its_quota_where_everybody_could_take_everything(objective: Objective) -> None:
    columns = replace(table(PAIRS), groups=["a", "a"], quotas=[Quota("a", 0, 1)])
    plan = planned(columns, objective)
    assert ends(plan) == [(0, 0)]
    assert plan.total == 5


@pytest.mark.parametrize("objective", [Objective.BEST, Objective.FEWEST_UNSERVED])
def test_a_region_gets_no_less_than_its_quota_although_that_loses_points(objective: Objective) -> None:
    columns = replace(table([[5, -1]]), groups=["a", "b"], quotas=[Quota("b", 1, 1)])
    plan = planned(columns, objective)
    assert ends(plan) == [(0, 1)]
    assert plan.total == -1
