"""Stable plans of a few fixed markets, pair by pair."""

from dataclasses import replace

import numpy as np
import pytest

from graph.errors import InvalidValue
from graph.matching.problem.assignment_problem import ProblemColumns, ReducedProblem, build_problem, dense_columns
from graph.matching.solvers.assignment import best_total, flowed, fullest, gains_of
from graph.matching.solvers.duals import Prices, check, prices, turned_prices
from graph.matching.solvers.plans import Aim, Objective, make_plan
from graph.matching.solvers.stability import blocking, expert_stable, host_stable
from tests.matching.markets import crowded
from tests.matching.solvers.test_duals import plans_of, total


def wished(seed: int) -> ReducedProblem:
    columns = crowded(seed)
    return build_problem(replace(columns, wishes=[(5 * row + seed) % 4 for row in range(9)])).choice()


def rivals(choice: ReducedProblem, made: set[int], arc: int, side: str) -> bool:
    """Whether the owner of an arc on this side has room for it or has somebody they like less."""
    owner, quota, liking = (
        (choice.person, choice.loads, choice.wishes)
        if side == "person"
        else (choice.opening, choice.seats, choice.points)
    )
    own = [other for other in made if owner[other] == owner[arc]]
    rank = {other: (int(liking[other]), -int(choice.ties[other])) for other in [*own, arc]}
    return len(own) < quota[owner[arc]] or min(rank[other] for other in own) < rank[arc]


def blocks(choice: ReducedProblem, made: set[int]) -> list[int]:
    return [
        arc
        for arc in range(len(choice.arcs))
        if arc not in made and rivals(choice, made, arc, "person") and rivals(choice, made, arc, "opening")
    ]


@pytest.mark.parametrize("seed", range(6))
def test_blocking_pairs_are_those_whose_two_ends_would_rather_have_each_other(seed: int) -> None:
    choice = wished(seed)
    for plan in plans_of(choice)[-30:]:
        made = np.array(sorted(plan), np.int64)
        assert blocking(choice, made).tolist() == blocks(choice, set(plan))


@pytest.mark.parametrize("seed", range(6))
def test_of_all_stable_plans_one_is_the_best_for_openings_and_one_for_people(seed: int) -> None:
    choice = wished(seed)
    stable = [set(plan) for plan in plans_of(choice) if not blocks(choice, set(plan))]
    for found, owner, liking in (
        (host_stable(choice), choice.opening, choice.points),
        (expert_stable(choice), choice.person, choice.wishes),
    ):
        made = set(found.tolist())
        assert made in stable
        for row in range(int(owner.max()) + 1):
            own = sorted((int(liking[arc]) for arc in made if owner[arc] == row), reverse=True)
            others = [sorted((int(liking[arc]) for arc in plan if owner[arc] == row), reverse=True) for plan in stable]
            assert own == max(others)


@pytest.mark.parametrize("seed", range(6))
def test_both_prices_of_the_best_plan_prove_it(seed: int) -> None:
    choice = build_problem(crowded(seed)).choice()
    made = best_total(choice)
    assert total(choice, frozenset(made.tolist())) == max(total(choice, plan) for plan in plans_of(choice))
    low, high = prices(choice, made), turned_prices(choice, made)
    for found in (low, high):
        check(choice, made, found)
        assert not found.people.flags.writeable
        assert not found.openings.flags.writeable
    assert (low.people >= high.people).all()
    assert (low.openings <= high.openings).all()


TWO = build_problem(dense_columns(np.array([[1, 2]]))).choice()


@pytest.mark.parametrize(
    ("made", "why"),
    [
        ([0, 1], "pairs break a seat or a load; give a plan that keeps both"),
        ([0], "pairs are not an optimal plan, so they have no prices"),
        ([], "pairs are not an optimal plan, so they have no prices"),
    ],
)
def test_what_is_no_best_plan_has_no_prices(made: list[int], why: str) -> None:
    with pytest.raises(InvalidValue) as error:
        prices(TWO, np.array(made, np.int64))
    assert (error.value.field, error.value.text, error.value.why) == ("made", len(made), why)


@pytest.mark.parametrize(
    ("made", "people", "openings"),
    [
        ([1], [0], [0, 0]),
        ([1], [3], [0, 0]),
        ([1], [2], [-1, 0]),
        ([1], [1], [1, 1]),
        ([0], [1], [0, 1]),
        ([0, 1], [1], [0, 1]),
    ],
)
def test_prices_that_prove_nothing_are_refused(made: list[int], people: list[int], openings: list[int]) -> None:
    check(TWO, np.array([1]), Prices(np.array([2]), np.array([0, 0])))
    check(TWO, np.array([1]), Prices(np.array([1]), np.array([0, 1])))
    with pytest.raises(InvalidValue) as error:
        check(TWO, np.array(made), Prices(np.array(people), np.array(openings)))
    why = "pairs are not proved optimal by them; find the prices of this plan"
    assert (error.value.field, error.value.text, error.value.why) == ("prices", len(made), why)


def test_dense_tables_and_sparse_networks_have_the_same_optimum_and_full_ones_fill_all() -> None:
    columns = dense_columns(np.array([[5, -1, 2], [4, 3, -6], [-2, -3, -4]]))
    dense = build_problem(columns).choice()
    sparse = build_problem(replace(columns, loads=[1, 1, 2])).choice()
    for choice in (dense, sparse):
        assert total(choice, frozenset(best_total(choice).tolist())) == 8
        assert total(choice, frozenset(fullest(choice).tolist())) == 4
        made = flowed(choice, gains_of(choice))
        assert made is not None
        assert made.tolist() == best_total(choice).tolist()


def test_points_that_leave_no_room_are_refused_word_for_word() -> None:
    choice = replace(build_problem(dense_columns(np.array([[3, 1]]))).choice(), points=np.array([-(2**62), 2**61]))
    for solve in (best_total, fullest, gains_of):
        with pytest.raises(InvalidValue) as error:
            solve(choice)
        why = "is too large to be counted exactly here; use smaller numbers"
        assert (error.value.field, error.value.text, error.value.why) == ("points", 2**62, why)


def test_whole_points_are_told_as_whole_numbers_and_objectives_by_name() -> None:
    columns = replace(dense_columns(np.array([[3, 1], [2, 5]])), seats=[1, 0])
    plan = make_plan(build_problem(columns), Objective.BEST)
    assert repr((plan.total, plan.worst, plan.total_bound)) == "(3, 3, 3.0)"
    assert (plan.objective, plan.aim, plan.unserved, plan.blocking) == (Objective.BEST, Aim.MOST, (), 0)
    assert (plan.gini, plan.floor_bound, plan.count_gap) == (0.0, None, 0)
    assert plan.is_proven
    assert not replace(plan, total_bound=4).is_proven
    assert not replace(plan, floor_bound=4).is_proven
    assert not replace(plan, count_gap=1).is_proven


def test_how_unequally_points_fall_counts_whom_somebody_could_serve() -> None:
    columns = ProblemColumns(
        people=["a"], openings=["0", "1", "2"], person=[0, 0], opening=[0, 1], points=[4, 3], loads=[1]
    )
    plan = make_plan(build_problem(columns), Objective.BEST)
    # The points are 4 and 0: half of all is the most that two can differ by. Nobody would do for the third.
    assert (plan.gini, plan.unserved) == (0.5, (1, 2))
    assert make_plan(build_problem(replace(columns, loads=[0])), Objective.BEST).gini is None
