"""Plans under limits whose best can be counted by hand."""

from dataclasses import replace

import numpy as np
import pytest

from graph.matching.problem.assignment_problem import dense_columns
from graph.matching.problem.regions import Quota
from graph.matching.solvers.integer_programs import LARGEST, unit_of
from graph.matching.solvers.plans import Objective
from tests.matching.limits import planned

TWO_WEST = replace(
    dense_columns(np.array([[9, 8, 1], [9, 7, 2]])), groups=["west", "west", "east"], quotas=[Quota("east", least=1)]
)


def test_a_group_that_needs_somebody_gets_them_from_where_they_cost_the_least() -> None:
    for objective in (Objective.BEST, Objective.FEWEST_UNSERVED):
        plan = planned(TWO_WEST, objective)
        assert [(pair.person, pair.opening) for pair in plan.pairs] == [(0, 0), (1, 2)]
        assert plan.total == 11


def test_two_light_openings_are_better_than_one_that_takes_all_somebody_has() -> None:
    columns = replace(dense_columns(np.array([[9, 6, 5]])), efforts=[100, 60, 40], capacities=[100])
    for objective in (Objective.BEST, Objective.FEWEST_UNSERVED):
        plan = planned(columns, objective)
        assert [(pair.person, pair.opening) for pair in plan.pairs] == [(0, 1), (0, 2)]


def test_efforts_keep_apart_what_counts_alone_would_allow() -> None:
    columns = replace(dense_columns(np.array([[9, 8]])), loads=[2], efforts=[3, 3], capacities=[5])
    assert [(pair.person, pair.opening) for pair in planned(columns, Objective.BEST).pairs] == [(0, 0)]


@pytest.mark.parametrize(
    ("points", "unit"), [([0, 100, -50], 100.0), ([3, -20_000], 0.5), ([0, 0], LARGEST), ([], LARGEST)]
)
def test_the_largest_points_are_ten_thousand_of_the_solver_and_points_below_one_are_not_blown_up(
    points: list[int], unit: float
) -> None:
    assert unit_of(np.array(points, np.int64)) == unit
