"""Prices against every plan there is: they prove the optimum, and only the optimum."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from graph.errors import InvalidValue
from graph.matching.problem.assignment_problem import (
    ProblemColumns,
    ReducedProblem,
    build_problem,
    dense_columns,
)
from graph.matching.sensitivity.priced_solution import filling, price_solution
from graph.matching.solvers.assignment import best_total, fullest
from graph.matching.solvers.duals import Prices, check, prices
from graph.matching.solvers.plans import Objective, make_plan
from tests.matching.markets import Made, all_plans, markets

MANY = settings(max_examples=200, deadline=None)


def plans_of(choice: ReducedProblem) -> list[Made]:
    """Every plan of what is left to decide, as arcs of the choice."""
    return list(all_plans(columns_of(choice)))


def columns_of(choice: ReducedProblem) -> ProblemColumns:
    return ProblemColumns(
        people=[f"p{row}" for row in range(len(choice.loads))],
        openings=[f"o{row}" for row in range(len(choice.seats))],
        person=choice.person.tolist(),
        opening=choice.opening.tolist(),
        points=choice.points.tolist(),
        seats=choice.seats.tolist(),
        loads=choice.loads.tolist(),
    )


def total(choice: ReducedProblem, made: Made) -> int:
    return int(choice.points[sorted(made)].sum())


@MANY
@given(markets(least=-2, most=6))
def test_prices_prove_the_best_plan_and_say_what_a_seat_more_and_a_hand_less_come_to(columns: ProblemColumns) -> None:
    choice = build_problem(columns).choice()
    made = best_total(choice)
    found = prices(choice, made)
    check(choice, made, found)
    best = total(choice, frozenset(made.tolist()))
    for row in np.flatnonzero(choice.seats):
        more = replace(choice, seats=choice.seats + (np.arange(len(choice.seats)) == row))
        assert max(total(more, plan) for plan in plans_of(more)) == best + found.openings[row]
    for row in np.flatnonzero(choice.loads):
        fewer = replace(choice, loads=choice.loads - (np.arange(len(choice.loads)) == row))
        assert max(total(fewer, plan) for plan in plans_of(fewer)) == best - found.people[row]


@MANY
@given(markets())
def test_only_the_best_plans_have_prices(columns: ProblemColumns) -> None:
    choice = build_problem(columns).choice()
    plans = plans_of(choice)
    best = max(total(choice, plan) for plan in plans)
    found = prices(choice, best_total(choice))
    for plan in plans[-20:]:
        made = np.array(sorted(plan), np.int64)
        if total(choice, plan) == best:
            check(choice, made, found)
            check(choice, made, prices(choice, made))
            continue
        with pytest.raises(InvalidValue, match="not an optimal plan"):
            prices(choice, made)
        with pytest.raises(InvalidValue, match="not proved optimal"):
            check(choice, made, found)


@MANY
@given(markets())
def test_the_fullest_plan_has_prices_where_a_seat_is_worth_more_than_all_points(columns: ProblemColumns) -> None:
    market = build_problem(columns)
    seat = price_solution(market, make_plan(market, Objective.FEWEST_UNSERVED)).seat
    choice = filling(market.choice(), seat)
    made = fullest(market.choice())
    check(choice, made, prices(choice, made))
    assert total(choice, frozenset(made.tolist())) == max(total(choice, plan) for plan in plans_of(choice))


def test_a_plan_that_breaks_a_quota_has_no_prices() -> None:
    choice = build_problem(dense_columns(np.array([[1, 1]]))).choice()
    with pytest.raises(InvalidValue, match="break a seat or a load"):
        prices(choice, np.array([0, 1]))


def test_prices_below_zero_or_on_a_free_seat_prove_nothing() -> None:
    choice = build_problem(dense_columns(np.array([[1, 1]]))).choice()
    for people, openings in (([1], [0, -1]), ([0], [1, 1])):
        with pytest.raises(InvalidValue, match="not proved"):
            check(choice, np.array([0]), Prices(np.array(people), np.array(openings)))


@pytest.mark.parametrize("shape", [(0, 2), (2, 0), (0, 0)])
def test_an_empty_side_has_prices_of_zero(shape: tuple[int, int]) -> None:
    choice = build_problem(dense_columns(np.zeros(shape, np.int64))).choice()
    found = prices(choice, np.empty(0, np.int64))
    assert (found.people.tolist(), found.openings.tolist()) == ([0] * shape[0], [0] * shape[1])
