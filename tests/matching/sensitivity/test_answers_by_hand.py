"""Every answer about one small plan, worked out by hand, and all answers about a few fixed markets."""

from dataclasses import replace

import numpy as np
import pytest

from graph.matching.problem.assignment_problem import ProblemColumns, build_problem, dense_columns
from graph.matching.sensitivity.changes import FreeTime
from graph.matching.sensitivity.priced_solution import PricedSolution, _seat_worth, price_solution, sum_of
from graph.matching.sensitivity.shortfalls import (
    RunnerUp,
    Shortfall,
    Vacancy,
    VacancyReason,
    lock_cost,
    nearest_misses,
    points_short,
    runners_up,
    vacancy,
)
from graph.matching.solvers.moves import Move
from graph.matching.solvers.plans import Aim, Objective, make_plan
from tests.matching.cases import START, UNTIL, Person, roster_of
from tests.matching.markets import all_plans, arcs_of, crowded
from tests.matching.sensitivity.test_shortfalls import ASKED, FULL, Asked, ends, lost, open_pairs, standing_of

# The best plan is 8 + 7, ana (0) in the second opening and bo (1) in the first; the third stays empty.
TWO = dense_columns(np.array([[9, 8, 7], [7, 1, 3]]))
# Of two openings ana would do for both and bo for the first alone: ana goes to the second.
FILLED = ProblemColumns(
    people=["ana", "bo"], openings=["0", "1"], person=[0, 0, 1], opening=[0, 1, 0], points=[9, 2, 3]
)


def priced(columns: ProblemColumns, objective: Objective = Objective.BEST, aim: Aim = Aim.MOST) -> PricedSolution:
    problem = build_problem(columns)
    return price_solution(problem, make_plan(problem, objective, aim))


def test_an_empty_seat_names_the_people_nearest_to_it() -> None:
    # Ana there leaves 7 + 7, one less; bo there and ana in the first leaves 3 + 9, three less.
    ana = Shortfall(0, 2, lost=1, seats=0, rivals=(), moves=(Move(0, 1, 2),))
    bo = Shortfall(1, 2, lost=3, seats=0, rivals=(), moves=(Move(1, 0, 2), Move(0, 1, 0)))
    assert vacancy(priced(TWO), 2) == Vacancy(2, VacancyReason.ELSEWHERE, (ana, bo))
    assert vacancy(priced(TWO), 2, count=1) == Vacancy(2, VacancyReason.ELSEWHERE, (ana,))


def test_the_nearest_misses_of_somebody_come_in_order() -> None:
    # Ana in the first opening sends bo to the third: 9 + 3.
    found = nearest_misses(priced(TWO), 0, count=2)
    assert [(miss.opening, miss.lost, miss.rivals, miss.needed) for miss in found] == [(2, 1, (), 2), (0, 3, (1,), 4)]
    assert [miss.opening for miss in nearest_misses(priced(TWO), 0)] == [2]
    assert [(miss.opening, miss.lost) for miss in nearest_misses(priced(TWO), 1, count=5)] == [(2, 3), (1, 5)]


def test_the_runner_up_for_a_seat_is_who_costs_the_least() -> None:
    assert runners_up(priced(TWO), 1, 0) == (RunnerUp(0, 3, 0),)
    three = dense_columns(np.array([[9, 1], [8, 1], [5, 1]]))
    assert runners_up(priced(three), 0, 0) == (RunnerUp(1, 1, 0), RunnerUp(2, 4, 0))
    assert runners_up(priced(three), 0, 0, count=1) == (RunnerUp(1, 1, 0),)
    assert runners_up(priced(three), 0, 0, count=0) == ()


def test_where_seats_go_first_a_pair_may_cost_a_seat_and_points() -> None:
    plan = priced(FILLED, *FULL)
    assert plan.plan.total == 5
    short = points_short(plan, 0, 0)
    # Alone in the first opening ana has 9 points, four more than the two pairs together.
    assert (short.seats, short.lost, short.needed, short.rivals) == (1, -4, None, (1,))
    assert short.moves == (Move(0, 1, 0), Move(1, 0, None))
    assert runners_up(plan, 1, 0) == (RunnerUp(0, -4, 1),)
    assert repr(runners_up(plan, 1, 0)) == "(RunnerUp(person=0, lost=-4, seats=1),)"
    assert plan.seat == _seat_worth(plan.problem) == 4 * 9 * 2 + 1


def test_a_lock_costs_what_the_plan_without_it_has_more() -> None:
    locked = replace(TWO, locks=[(1, 2)])
    # 3 + 9 with the lock, 8 + 7 without it.
    assert lock_cost(priced(locked), 1, 2) == (3, 0)
    assert lock_cost(priced(replace(TWO, locks=[(1, 0)])), 1, 0) == (0, 0)
    first = replace(FILLED, locks=[(0, 0)])
    assert repr(lock_cost(priced(first, *FULL), 0, 0)) == "(-4, 1)"


def test_costs_are_short_by_what_they_are_too_dear() -> None:
    costs = dense_columns(np.array([[1, 4], [3, 5]]))
    plan = priced(costs, Objective.BEST, Aim.LEAST)
    assert plan.plan.total == 6
    assert points_short(plan, 0, 1).lost == 1
    assert points_short(plan, 0, 1).moves == (Move(0, 0, 1), Move(1, 1, 0))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("asked", ASKED)
def test_every_pair_lock_and_empty_seat_of_a_few_markets_costs_what_counting_says(seed: int, asked: Asked) -> None:
    columns = crowded(seed)
    plan, plans = standing_of(columns, asked), list(all_plans(columns))
    for row in open_pairs(columns, plan):
        short = points_short(plan, *ends(columns, row))
        assert (short.lost, short.seats) == lost(columns, asked, [made for made in plans if row in made])
    made = arcs_of(columns, plan.plan)
    for row in made:
        person, opening = ends(columns, row)
        found = runners_up(plan, person, opening, count=4)
        rivals = {
            ends(columns, other)[0]: other for other in open_pairs(columns, plan) if columns.opening[other] == opening
        }
        for rival in found:
            left = [some for some in plans if rivals[rival.person] in some and row not in some]
            assert (rival.lost, rival.seats) == lost(columns, asked, left)
    for row in range(len(columns.points)):
        locked = replace(columns, locks=[ends(columns, row)])
        points, seats = lost(columns, asked, [some for some in plans if row in some])
        assert lock_cost(standing_of(locked, asked), *ends(columns, row)) == (points, seats)
    seats_left = [int(columns.seats[row]) for row in range(3)] if columns.seats else []
    for opening in range(3):
        if sum(columns.opening[row] == opening for row in made) < seats_left[opening]:
            why = vacancy(plan, opening, count=2)
            there = [row for row in open_pairs(columns, plan) if columns.opening[row] == opening]
            costs = sorted(
                (short.seats, short.lost) for short in (points_short(plan, *ends(columns, row)) for row in there)
            )
            assert [(short.seats, short.lost) for short in why.shortfalls] == costs[:2]


def test_sums_of_whole_numbers_are_whole_and_of_others_exact() -> None:
    assert repr(sum_of(np.array([2, 3]))) == "5"
    assert repr(sum_of(np.array([0.1] * 10))) == "1.0"


def test_free_time_keeps_the_kind_of_every_column() -> None:
    roster = roster_of(Person("a"), Person("b"))
    after = FreeTime(START, UNTIL, 0).apply(roster, 1)
    for name in ("person", "first", "until", "mode", "share", "row"):
        column = getattr(after.windows, name)
        assert column.dtype == getattr(roster.windows, name).dtype
        assert not column.flags.writeable
    assert after.windows.person.tolist() == [1]
