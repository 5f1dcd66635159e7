"""Fair plans that are hard to settle: what is said is true, and the floor is the highest where it is said to be."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import Unavailable
from graph.matching.problem.assignment_problem import ProblemColumns, dense_columns
from graph.matching.solvers import integer_programs
from graph.matching.solvers.plans import Aim, Objective, Solution
from tests.matching.limits import check_best, kept_plans, planned, rank
from tests.matching.markets import arcs_of, markets
from tests.matching.problem.test_regions import named
from tests.matching.solvers.test_plans import shuffled


def contested(people: int, openings: int, seats: int) -> ProblemColumns:
    """Openings of a few subjects want the same people, and there is nobody to spare."""
    chance = np.random.default_rng(1)
    one, other = (chance.dirichlet(np.full(6, 0.2), count) for count in (people, openings))
    points = np.rint(8_000 * one @ other.T + chance.integers(0, 2_000, (people, openings))).astype(np.int64)
    return replace(dense_columns(points), seats=[seats] * openings)


def reviewed(people: int = 177, openings: int = 118) -> ProblemColumns:
    """Three reviewers a paper, at most four papers a reviewer."""
    chance = np.random.default_rng(5)
    one, other = (chance.dirichlet(np.full(25, 0.15), count) for count in (people, openings))
    cosine = one @ other.T / np.linalg.norm(one, axis=1)[:, None] / np.linalg.norm(other, axis=1)
    points = np.round(np.clip(0.1 + 0.7 * cosine, 0, 1), 4)
    return replace(dense_columns(points), seats=[3] * openings, loads=[4] * people)


@settings(max_examples=60, deadline=None)
@given(markets(quota=3), st.sampled_from(Aim))
def test_a_settled_plan_is_the_fairest_and_says_so(columns: ProblemColumns, aim: Aim) -> None:
    check_best(columns, Objective.FAIR, aim)


def test_three_reviewers_a_paper_are_settled_to_the_optimum() -> None:
    plan, best = planned(reviewed(), Objective.FAIR), planned(reviewed(), Objective.BEST)
    assert plan.worst is not None
    assert best.worst is not None
    assert best.worst < plan.worst == plan.floor_bound
    assert plan.total == plan.total_bound
    assert plan.total < best.total


def test_where_the_worst_served_has_its_own_best_the_best_plan_is_fair_and_no_solver_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    columns = dense_columns(np.array([[30, 90, 80], [20, 85, 95], [10, 88, 70]]))
    monkeypatch.setattr(integer_programs.Solver, "ask", lambda *_: pytest.fail("asked"))
    fair, best = planned(columns, Objective.FAIR), planned(columns, Objective.BEST)

    assert fair.worst == fair.floor_bound == 30
    assert fair.total == best.total == 30 + 88 + 95


def test_a_search_that_is_cut_off_returns_a_plan_with_bounds_and_the_same_for_shuffled_input(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    columns = contested(12, 4, 3)
    settled = planned(columns, Objective.FAIR)
    monkeypatch.setattr(integer_programs, "NODES", 0)
    cut = planned(columns, Objective.FAIR)
    check_bounds(cut, settled)
    assert settled.worst == settled.floor_bound
    assert cut.worst is not None
    assert cut.worst < settled.worst
    assert named(columns, Objective.FAIR) == named(shuffled(columns, Random(7)), Objective.FAIR)


def test_without_any_time_the_best_plan_is_offered_with_what_no_floor_exceeds(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = contested(12, 4, 3)
    settled, best = planned(columns, Objective.FAIR), planned(columns, Objective.BEST)
    monkeypatch.setattr(integer_programs, "SECONDS", 0.0)
    hasty = planned(columns, Objective.FAIR)
    assert hasty.total >= best.total - 1
    check_bounds(hasty, settled)
    labour = replace(columns, efforts=[1] * 4, capacities=[1] * 12)
    with pytest.raises(Unavailable, match="plan fewer openings"):
        planned(labour, Objective.FAIR)


@settings(max_examples=30, deadline=None)
@given(markets(least=0))
def test_bounds_hold_however_short_the_search(columns: ProblemColumns) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(integer_programs, "SECONDS", 0.0)
        hasty = planned(columns, Objective.FAIR)
    made = arcs_of(columns, hasty)
    best = max(rank(columns, other, Objective.FAIR) for other in kept_plans(columns))
    assert rank(columns, made, Objective.FAIR) <= best
    assert best[0] <= rank(columns, made, Objective.FAIR)[0] + hasty.count_gap


def check_bounds(plan: Solution, settled: Solution) -> None:
    """What the shorter search says is true of what the longer one found."""
    assert plan.worst is not None
    assert settled.worst is not None
    assert plan.floor_bound is not None
    assert plan.worst <= settled.worst <= plan.floor_bound
    assert plan.total_bound is not None
    assert plan.total <= plan.total_bound < float("inf")


def test_a_large_opening_is_not_well_served_by_many_who_hardly_fit() -> None:
    # Added up, the large one would have 4 + 1 + 1 = 6 without the best person: 2 a seat. With them it has 10 for three.
    columns = replace(dense_columns(np.array([[8, 8], [4, 4], [1, 0], [1, 0]])), seats=[3, 1])
    plan = planned(columns, Objective.FAIR)
    assert sorted((pair.person, pair.opening) for pair in plan.pairs) == [(0, 0), (1, 1), (2, 0), (3, 0)]
    assert (plan.worst, plan.floor_bound, plan.total) == (10 / 3, 10 / 3, 14)
