"""Every objective against every plan there is, on hundreds of small markets."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.matching.problem.assignment_problem import ProblemColumns, build_problem, dense_columns
from graph.matching.solvers.plans import (
    Aim,
    Objective,
    Solution,
    make_plan,
)
from tests.matching.markets import Worth, all_plans, arcs_of, free_per_seat, markets, worth

MANY = settings(max_examples=300, deadline=None)
HARD = settings(max_examples=150, deadline=None)


def planned(columns: ProblemColumns, objective: Objective, aim: Aim = Aim.MOST) -> Solution:
    return make_plan(build_problem(columns), objective, aim)


def found(columns: ProblemColumns, objective: Objective, aim: Aim = Aim.MOST) -> Worth:
    made = arcs_of(columns, planned(columns, objective, aim))
    assert made in set(all_plans(columns))
    return worth(columns, made)


def fairness(columns: ProblemColumns, plan: Worth, sign: int = 1) -> tuple[int, Fraction]:
    """Openings served among those not wholly locked, and the points a seat of the worst of them."""
    free = free_per_seat(columns, plan)
    return len(free), min((sign * points for points in free), default=Fraction(0))


@MANY
@given(markets())
def test_the_best_plan_has_the_highest_total_of_all_plans(columns: ProblemColumns) -> None:
    best = max(worth(columns, made).total for made in all_plans(columns))
    assert found(columns, Objective.BEST).total == best


@MANY
@given(markets(least=0))
def test_a_seat_of_the_best_plan_stays_empty_only_where_nobody_eligible_is_free(columns: ProblemColumns) -> None:
    made = arcs_of(columns, planned(columns, Objective.BEST))
    plans = set(all_plans(columns))
    assert not any(made | {arc} in plans for arc in range(len(columns.points)) if arc not in made)


@MANY
@given(markets(), st.sampled_from([Objective.FEWEST_UNSERVED, Objective.BEST]))
def test_seats_are_filled_first_and_costs_are_compared_among_the_fullest_plans(
    columns: ProblemColumns, objective: Objective
) -> None:
    worths = [worth(columns, made) for made in all_plans(columns)]
    pairs = max(plan.pairs for plan in worths)
    least = found(columns, objective, Aim.LEAST)
    assert (least.pairs, least.total) == (pairs, min(plan.total for plan in worths if plan.pairs == pairs))
    most = found(columns, Objective.FEWEST_UNSERVED)
    assert (most.pairs, most.total) == max((plan.pairs, plan.total) for plan in worths)


@HARD
@given(markets())
def test_the_fair_plan_serves_most_then_raises_the_worst_then_the_total(columns: ProblemColumns) -> None:
    best = max((*fairness(columns, plan), plan.total) for plan in (worth(columns, made) for made in all_plans(columns)))
    fair = found(columns, Objective.FAIR)
    assert (*fairness(columns, fair), fair.total) == best


@HARD
@given(st.integers(0, 10**6))
def test_the_fair_plan_is_exact_where_it_costs_points(seed: int) -> None:
    chance = np.random.default_rng(seed)
    columns = replace(dense_columns(chance.integers(0, 60, (3, 3))), seats=[2, 2, 1], loads=[2, 2, 1])
    best = max((*fairness(columns, plan), plan.total) for plan in (worth(columns, made) for made in all_plans(columns)))
    fair = found(columns, Objective.FAIR)
    assert (*fairness(columns, fair), fair.total) == best


@HARD
@given(markets(quota=1))
def test_the_fair_plan_is_as_exact_with_single_seats(columns: ProblemColumns) -> None:
    best = max((*fairness(columns, plan), plan.total) for plan in (worth(columns, made) for made in all_plans(columns)))
    fair = found(columns, Objective.FAIR)
    assert (*fairness(columns, fair), fair.total) == best


@HARD
@given(markets())
def test_the_fair_plan_of_costs_fills_the_seats_and_lowers_the_highest_cost(columns: ProblemColumns) -> None:
    worths = [worth(columns, made) for made in all_plans(columns)]
    pairs = max(plan.pairs for plan in worths)
    best = max((*fairness(columns, plan, -1), -plan.total) for plan in worths if plan.pairs == pairs)
    fair = found(columns, Objective.FAIR, Aim.LEAST)
    assert fair.pairs == pairs
    assert (*fairness(columns, fair, -1), -fair.total) == best


@MANY
@given(markets(), st.sampled_from(Objective), st.sampled_from(Aim), st.randoms(use_true_random=False))
def test_shuffled_input_gives_the_same_pairs(
    columns: ProblemColumns, objective: Objective, aim: Aim, chance: Random
) -> None:
    assert named(shuffled(columns, chance), objective, aim) == named(columns, objective, aim)


@MANY
@given(markets(), st.sampled_from([Objective.BEST, Objective.FEWEST_UNSERVED, Objective.FAIR]))
def test_taking_a_lock_back_never_lowers_the_optimum(columns: ProblemColumns, objective: Objective) -> None:
    without = replace(columns, locks=columns.locks[1:])
    before, after = found(columns, objective), found(without, objective)
    if objective is Objective.BEST:
        assert after.total >= before.total
    elif objective is Objective.FEWEST_UNSERVED:
        assert (after.pairs, after.total) >= (before.pairs, before.total)
    else:
        assert (after.served, after.floor) >= (before.served, before.floor)


@MANY
@given(st.integers(1, 7), st.integers(1, 7), st.integers(0, 3), st.randoms(use_true_random=False))
def test_dense_and_sparse_solvers_give_the_same_pairs(people: int, openings: int, most: int, chance: Random) -> None:
    points = np.array([[chance.randint(0, most) for _ in range(openings)] for _ in range(people)])
    dense = dense_columns(points)
    # Somebody with two hands whom no opening wants sends the market to the flow solver.
    beside = replace(dense, people=[*dense.people, "beside"], loads=[*[1] * people, 2])
    for aim in Aim:
        pairs = planned(dense, Objective.FEWEST_UNSERVED, aim).pairs
        assert pairs == planned(beside, Objective.FEWEST_UNSERVED, aim).pairs
    assert planned(dense, Objective.BEST).pairs == planned(beside, Objective.BEST).pairs


def test_a_plan_says_what_it_is_worth() -> None:
    columns = replace(dense_columns(np.array([[9, 8, 7], [7, 1, 2]])), seats=[1, 1, 0])
    plan = planned(columns, Objective.BEST)
    assert [(pair.person, pair.opening, pair.points) for pair in plan.pairs] == [(0, 1, 8), (1, 0, 7)]
    assert (plan.total, plan.worst, plan.unserved, plan.blocking) == (15, 7, (), 1)
    assert plan.gini == pytest.approx(1 / 30)
    assert isinstance(plan.total, int)


def test_an_opening_nobody_may_fill_is_unserved_and_does_not_count_as_worst() -> None:
    columns = ProblemColumns(people=["ana"], openings=["a", "b"], person=[0], opening=[1], points=[4])
    plan = planned(columns, Objective.FAIR)
    assert (plan.unserved, plan.worst, plan.gini) == ((0,), 4, 0.0)


@pytest.mark.parametrize("objective", Objective)
@pytest.mark.parametrize("aim", Aim)
def test_a_market_without_arcs_or_without_people_has_an_empty_plan(objective: Objective, aim: Aim) -> None:
    nobody = ProblemColumns(people=[], openings=["a"], person=[], opening=[], points=[])
    plan = planned(nobody, objective, aim)
    assert (plan.pairs, plan.total, plan.unserved, plan.worst, plan.gini) == ((), 0, (0,), None, None)
    nothing = ProblemColumns(people=["ana"], openings=[], person=[], opening=[], points=[])
    assert planned(nothing, objective, aim).unserved == ()
    neither = ProblemColumns(people=[], openings=[], person=[], opening=[], points=[])
    assert planned(neither, objective, aim).pairs == ()


@pytest.mark.parametrize("objective", Objective)
def test_a_locked_pair_stays_although_it_is_the_worst(objective: Objective) -> None:
    columns = replace(dense_columns(np.array([[9, 0], [0, 9]])), locks=[(0, 1)])
    plan = planned(columns, objective)
    assert [(pair.person, pair.opening, pair.locked) for pair in plan.pairs] == [(0, 1, True), (1, 0, False)]


def test_people_add_up_in_the_fair_plan_of_openings_with_several_seats() -> None:
    points = np.array([[9, 8], [9, 8], [1, 1], [1, 1]])
    plan = planned(replace(dense_columns(points), seats=[2, 2]), Objective.FAIR)
    assert (plan.worst, plan.total) == (4.5, 19)


def named(columns: ProblemColumns, objective: Objective, aim: Aim) -> set[tuple[str, str]]:
    pairs = planned(columns, objective, aim).pairs
    return {(columns.people[pair.person], columns.openings[pair.opening]) for pair in pairs}


def shuffled(columns: ProblemColumns, chance: Random) -> ProblemColumns:
    people, openings, arcs = (
        chance.sample(range(count), count)
        for count in (len(columns.people), len(columns.openings), len(columns.points))
    )

    def moved(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(people.index(person), openings.index(opening)) for person, opening in pairs]

    return ProblemColumns(
        people=[columns.people[row] for row in people],
        openings=[columns.openings[row] for row in openings],
        person=[people.index(columns.person[arc]) for arc in arcs],
        opening=[openings.index(columns.opening[arc]) for arc in arcs],
        points=[columns.points[arc] for arc in arcs],
        wishes=[columns.wishes[arc] for arc in arcs] if columns.wishes is not None else None,
        seats=[columns.seats[row] for row in openings] if columns.seats is not None else None,
        loads=[columns.loads[row] for row in people] if columns.loads is not None else None,
        locks=moved(list(columns.locks)),
        exclusions=moved(list(columns.exclusions)),
    )
