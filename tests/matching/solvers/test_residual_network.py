"""Chains of changes to a plan: by hand, and against every plan there is."""

import numpy as np
import pytest
from hypothesis import given, settings

from graph.matching.problem.assignment_problem import ProblemColumns, ReducedProblem, build_problem, dense_columns
from graph.matching.solvers.assignment import best_total
from graph.matching.solvers.duals import Prices, check, flags_of, prices, turned_prices
from graph.matching.solvers.residual_network import (
    NO_ARC,
    OPENINGS,
    OUTSIDE,
    PEOPLE,
    ChainStep,
    FlowState,
    between,
    giver,
    joined,
    search,
    settle,
    taker,
)
from tests.matching.markets import markets
from tests.matching.solvers.test_duals import plans_of, total

# The best plan is 8 + 7: ana (0) in the second opening, bo (1) in the first; cem (2) stays without.
# People are worth 8, 1 and 0, the first opening 6 and the second nothing.
THREE = build_problem(dense_columns(np.array([[9, 8], [7, 1], [6, 0]]))).choice()
MADE = np.array([1, 2])
MANY = settings(max_examples=200, deadline=None)


def flow_of(choice: ReducedProblem, made: np.ndarray) -> FlowState:
    return FlowState(choice, flags_of(choice, made), prices(choice, made))


def test_a_flow_knows_who_has_what_and_what_is_free() -> None:
    flow = flow_of(THREE, MADE)
    assert (flow.total, flow.arcs.tolist()) == (15, [1, 2])
    assert [flow.held(PEOPLE, row).tolist() for row in range(3)] == [[1], [2], []]
    assert [flow.held(OPENINGS, row).tolist() for row in range(2)] == [[2], [1]]
    assert [flow.free(PEOPLE, row) for row in range(3)] == [0, 0, 1]
    assert [flow.free(OPENINGS, row) for row in range(2)] == [0, 0]
    assert flow.free_loads().tolist() == [0, 0, 1]
    # Points above both prices: those made 0 or more, all others 0 or less.
    assert flow.over(np.arange(6)).tolist() == [-5, 0, 0, 0, 0, 0]


def test_a_copy_and_a_plan_without_somebody_leave_the_first_plan_alone() -> None:
    flow = flow_of(THREE, MADE)
    copied, turned = flow.copy(), flow.copy(turned_prices(THREE, MADE))
    copied.made[:] = False
    copied.prices[PEOPLE][:] = 99
    copied.prices[OPENINGS][:] = 99
    alone = flow.without(0)
    assert (flow.total, flow.prices[PEOPLE].tolist(), flow.prices[OPENINGS].tolist()) == (15, [8, 1, 0], [6, 0])
    assert (turned.prices[PEOPLE].tolist(), turned.prices[OPENINGS].tolist()) == ([2, 0, 0], [7, 6])
    assert (alone.arcs.tolist(), alone.free_loads().tolist()) == ([2], [0, 0, 1])
    assert alone.free(OPENINGS, 1) == 1
    assert flow.free_loads().tolist() == [0, 0, 1]


def test_the_seat_of_somebody_who_leaves_goes_to_the_best_of_the_others() -> None:
    flow = flow_of(THREE, MADE).without(0)
    # Bo would bring 1 there and leave 7, and cem 6 instead of bo: 1 + 6 - 7 is as good as leaving the seat empty.
    assert settle(flow, [1]) == [0]
    assert flow.total == 7
    assert (0 in flow.choice.person[flow.arcs]) is False


def test_the_cheapest_chain_goes_on_until_somebody_without_an_opening_takes_the_last_seat() -> None:
    flow = flow_of(THREE, MADE)
    found = search(flow, PEOPLE, giver(0))
    # Ana gives her seat up, and the seat stays empty: nobody would bring more than its price of 0.
    assert found.chain == (ChainStep(taker(1), 1), ChainStep(OUTSIDE, NO_ARC))
    assert (found.length, found.arcs) == (0, [1])
    filled = search(flow, OPENINGS, giver(0))
    assert filled.chain == (ChainStep(taker(1), 2), ChainStep(OUTSIDE, NO_ARC))
    assert (filled.length, filled.met[giver(0)]) == (1, 0)


def test_an_arc_that_is_barred_is_not_used() -> None:
    flow = flow_of(THREE, MADE)
    free = search(flow, OPENINGS, taker(1))
    assert (free.arcs, free.length) == ([], 1)
    seat = search(flow, PEOPLE, taker(0))
    assert (seat.arcs, seat.length) == ([4], 0)
    barred = search(flow, PEOPLE, taker(0), barred=4)
    assert (barred.arcs, barred.length) == ([0, 1], 5)


def test_a_goal_that_is_nearer_than_the_outside_ends_the_search() -> None:
    flow = flow_of(THREE, MADE)
    found = search(flow, PEOPLE, taker(0), goal=giver(2))
    assert found.chain == (ChainStep(giver(2), 4),)
    assert found.length == 0


def test_somebody_comes_to_an_opening_inside_the_plan() -> None:
    # With ana in the first opening as well, she gives up the second, and bo goes there: 9 + 1 instead of 8 + 7.
    flow = flow_of(THREE, MADE)
    inside = between(flow, 0, 0, below=100)
    assert inside is not None
    assert sum(half.length for half in inside) == 0
    assert sorted(joined(*inside)) == [1, 2, 3]
    assert between(flow, 0, 0, below=0) is None


def test_a_loop_between_two_halves_is_left_out() -> None:
    flow = flow_of(THREE, MADE)
    out = search(flow, PEOPLE, giver(0))
    assert joined(out, out.__class__(giver(1), 0, {}, ())) == [1]


@MANY
@given(markets(least=-2, most=6))
def test_a_plan_settled_seat_by_seat_is_the_best_and_stays_priced(columns: ProblemColumns) -> None:
    choice = build_problem(columns).choice()
    best = total(choice, frozenset(best_total(choice).tolist()))
    dear = max(int(choice.points.max(initial=0)), 0)
    nobody = np.zeros(len(choice.arcs), np.bool_)
    openings = np.where(choice.seats > 0, dear, 0)
    flow = FlowState(choice, nobody, Prices(np.zeros(len(choice.loads), np.int64), openings))
    gains = settle(flow, np.repeat(np.arange(len(choice.seats)), choice.seats).tolist())
    assert sum(gains) == flow.total == best
    check(choice, flow.arcs, Prices(*flow.prices))


@MANY
@given(markets(least=-2, most=6))
def test_a_plan_settled_person_by_person_is_the_best_and_stays_priced(columns: ProblemColumns) -> None:
    choice = build_problem(columns).choice()
    best = total(choice, frozenset(best_total(choice).tolist()))
    dear = max(int(choice.points.max(initial=0)), 0)
    people = np.where(choice.loads > 0, dear, 0)
    nobody = np.zeros(len(choice.arcs), np.bool_)
    flow = FlowState(choice, nobody, Prices(people, np.zeros(len(choice.seats), np.int64)))
    gains = settle(flow, np.repeat(np.arange(len(choice.loads)), choice.loads).tolist(), PEOPLE)
    assert sum(gains) == flow.total == best
    check(choice, flow.arcs, Prices(*flow.prices))


@MANY
@given(markets(least=0, most=6))
def test_without_somebody_the_plan_is_the_best_of_all_without_them(columns: ProblemColumns) -> None:
    choice = build_problem(columns).choice()
    made = best_total(choice)
    for person in range(len(choice.loads)):
        flow = flow_of(choice, made).without(person)
        left = choice.opening[made[choice.person[made] == person]].tolist()
        gains = settle(flow, left)
        plans = [plan for plan in plans_of(choice) if person not in choice.person[sorted(plan)]]
        assert flow.total == max(total(choice, plan) for plan in plans)
        assert len(gains) == len(left)


@pytest.mark.parametrize("row", range(3))
def test_the_node_of_an_owner_says_which_end_it_is(row: int) -> None:
    assert (giver(row), taker(row)) == (2 * row, 2 * row + 1)
