"""What the solver says about a pair, against every plan there is and against planning again."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InvalidValue
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem, dense_columns
from graph.matching.sensitivity.priced_solution import PricedSolution, price_solution
from graph.matching.sensitivity.shortfalls import (
    VacancyReason,
    lock_cost,
    nearest_misses,
    points_short,
    runners_up,
    vacancy,
)
from graph.matching.solvers.moves import Move, moves_between
from graph.matching.solvers.plans import (
    Aim,
    Objective,
    Pair,
    Solution,
    make_plan,
)
from tests.matching.markets import Made, all_plans, arcs_of, markets, worth

MANY = settings(max_examples=150, deadline=None)
BEST, FULL = (Objective.BEST, Aim.MOST), (Objective.FEWEST_UNSERVED, Aim.MOST)
ASKED = [BEST, FULL, (Objective.BEST, Aim.LEAST)]
Asked = tuple[Objective, Aim]


def standing_of(columns: ProblemColumns, asked: Asked = BEST) -> PricedSolution:
    market = build_problem(columns)
    return price_solution(market, make_plan(market, *asked))


def rank_of(columns: ProblemColumns, asked: Asked) -> Callable[[Made], tuple[int, int]]:
    """Seats, where they come first, and points: more is better."""
    sign = 1 if asked[1] is Aim.MOST else -1

    def rank(made: Made) -> tuple[int, int]:
        plan = worth(columns, made)
        return (0 if asked == BEST else plan.pairs, sign * plan.total)

    return rank


def lost(columns: ProblemColumns, asked: Asked, plans: Iterable[Made]) -> tuple[int, int]:
    """Points and seats between the best of all plans and the best of these."""
    rank = rank_of(columns, asked)
    best, other = max(map(rank, all_plans(columns))), max(map(rank, plans))
    return best[1] - other[1], best[0] - other[0]


def open_pairs(columns: ProblemColumns, standing: PricedSolution) -> list[int]:
    """Rows of pairs that are not made and that some plan could make."""
    made, plans = arcs_of(columns, standing.plan), list(all_plans(columns))
    return [row for row in range(len(columns.points)) if row not in made and any(row in plan for plan in plans)]


def ends(columns: ProblemColumns, row: int) -> tuple[int, int]:
    return int(columns.person[row]), int(columns.opening[row])


def raised(columns: ProblemColumns, row: int, points: int) -> ProblemColumns:
    return replace(columns, points=[held + points * (place == row) for place, held in enumerate(columns.points)])


@MANY
@given(markets(most=6), st.sampled_from(ASKED))
def test_what_is_lost_with_a_pair_is_the_difference_to_the_best_plan_that_has_it(
    columns: ProblemColumns, asked: Asked
) -> None:
    standing = standing_of(columns, asked)
    for row in open_pairs(columns, standing):
        short = points_short(standing, *ends(columns, row))
        assert (short.lost, short.seats) == lost(columns, asked, (made for made in all_plans(columns) if row in made))


@MANY
@given(markets(most=6), st.sampled_from(ASKED))
def test_a_pair_raised_by_what_it_needs_is_in_the_plan_and_with_one_less_it_only_ties(
    columns: ProblemColumns, asked: Asked
) -> None:
    standing, sign = standing_of(columns, asked), 1 if asked[1] is Aim.MOST else -1
    for row in open_pairs(columns, standing):
        needed = points_short(standing, *ends(columns, row)).needed
        if needed is None:
            assert row not in arcs_of(columns, make_plan(build_problem(raised(columns, row, 99 * sign)), *asked))
            continue
        enough, tie, less = (raised(columns, row, sign * (needed - under)) for under in range(3))
        assert row in arcs_of(columns, make_plan(build_problem(enough), *asked))
        assert lost(tie, asked, (made for made in all_plans(tie) if row in made)) == (0, 0)
        assert needed == 1 or row not in arcs_of(columns, make_plan(build_problem(less), *asked))


@MANY
@given(markets(most=6), st.sampled_from(ASKED))
def test_the_moves_of_a_shortfall_lead_to_a_plan_that_has_the_pair_and_loses_just_that(
    columns: ProblemColumns, asked: Asked
) -> None:
    standing = standing_of(columns, asked)
    for row in open_pairs(columns, standing):
        short = points_short(standing, *ends(columns, row))
        after = moved(columns, standing.plan, short.moves)
        assert row in after
        assert after in set(all_plans(columns))
        assert lost(columns, asked, [after]) == (short.lost, short.seats)
        assert (short.moves[0].person, short.moves[0].destination) == ends(columns, row)


def moved(columns: ProblemColumns, plan: Solution, moves: Iterable[Move]) -> Made:
    pairs = {(pair.person, pair.opening) for pair in plan.pairs}
    for move in moves:
        pairs -= {(move.person, move.origin)}
        pairs |= {(move.person, move.destination)} if move.destination is not None else set()
    rows = {ends(columns, row): row for row in range(len(columns.points))}
    return frozenset(rows[pair] for pair in pairs)


@MANY
@given(markets(most=6), st.sampled_from(ASKED))
def test_a_lock_costs_what_the_plan_without_it_is_better_by(columns: ProblemColumns, asked: Asked) -> None:
    standing = standing_of(columns, asked)
    for lock in columns.locks:
        without = replace(columns, locks=[other for other in columns.locks if other != lock])
        assert lock_cost(standing, *lock) == lost(without, asked, all_plans(columns))


@MANY
@given(markets(most=6), st.sampled_from(ASKED))
def test_the_runners_up_lose_least_of_all_who_could_have_the_seat_instead(
    columns: ProblemColumns, asked: Asked
) -> None:
    standing = standing_of(columns, asked)
    plans, made = list(all_plans(columns)), arcs_of(columns, standing.plan)
    for pair in standing.plan.pairs:
        if pair.locked:
            continue
        own = next(row for row in made if ends(columns, row) == (pair.person, pair.opening))
        others = [row for row in open_pairs(columns, standing) if columns.opening[row] == pair.opening]
        expected = {row: [plan for plan in plans if row in plan and own not in plan] for row in others}
        costs = {ends(columns, row)[0]: lost(columns, asked, found) for row, found in expected.items()}
        found = runners_up(standing, pair.person, pair.opening, count=9)
        assert {rival.person: (rival.lost, rival.seats) for rival in found} == costs
        assert [(rival.seats, rival.lost) for rival in found] == sorted(
            (seats, points) for points, seats in costs.values()
        )
        assert runners_up(standing, pair.person, pair.opening) == found[:2]


@MANY
@given(markets(most=6), st.sampled_from(ASKED))
def test_an_opening_with_an_empty_seat_says_why(columns: ProblemColumns, asked: Asked) -> None:
    standing = standing_of(columns, asked)
    made, able = arcs_of(columns, standing.plan), open_pairs(columns, standing)
    for opening, seats in enumerate(columns.seats or ()):
        if seats <= sum(columns.opening[row] == opening for row in made):
            with pytest.raises(InvalidValue, match="no empty seat"):
                vacancy(standing, opening)
            continue
        why = vacancy(standing, opening, count=2)
        mine = [points_short(standing, *ends(columns, row)) for row in able if columns.opening[row] == opening]
        nearest = sorted((short.seats, short.lost) for short in mine)[:2]
        assert [(short.seats, short.lost) for short in why.shortfalls] == nearest
        assert (why.reason is VacancyReason.ELSEWHERE) == bool(mine)


def test_an_opening_stays_empty_for_want_of_people_or_because_of_locks() -> None:
    columns = ProblemColumns(
        people=["ana", "bo"], openings=["a", "b", "c"], person=[0, 0, 1], opening=[0, 1, 1], points=[5, 6, 7]
    )
    standing = standing_of(replace(columns, locks=[(1, 1)], loads=[0, 1]))
    assert vacancy(standing, 0).reason is VacancyReason.LOCKED
    assert vacancy(standing, 2).reason is VacancyReason.NOBODY


def test_the_chain_names_who_gives_way_and_where_they_go() -> None:
    standing = standing_of(dense_columns(np.array([[9, 8], [7, 1], [6, 0]])))
    short = points_short(standing, person=2, opening=0)
    assert (short.lost, short.needed, short.seats, short.rivals) == (1, 2, 0, (1,))
    assert short.moves == (Move(2, None, 0), Move(1, 0, None))


def test_somebody_with_two_moves_is_told_of_both() -> None:
    before, after = [Pair(0, 1, 5, False, 5), Pair(0, 2, 5, False, 5)], [Pair(0, 3, 5, False, 5)]
    assert moves_between(before, after) == (Move(0, 1, 3), Move(0, 2, None))


@pytest.mark.parametrize(
    ("pair", "why"),
    [((1, 0), "is in the plan"), ((0, 0), "is locked"), ((2, 1), "no free seat"), ((3, 0), "not eligible")],
)
def test_a_question_that_makes_no_sense_says_what_to_ask_instead(pair: tuple[int, int], why: str) -> None:
    columns = replace(dense_columns(np.array([[9, 8], [7, 1], [6, 2]])), locks=[(0, 0)], seats=[2, 0])
    with pytest.raises(InvalidValue, match=why):
        points_short(standing_of(columns), *pair)


def test_plans_that_are_no_optimum_of_points_answer_no_such_question() -> None:
    market = build_problem(dense_columns(np.array([[9, 8], [7, 1]])))
    fair = make_plan(market, Objective.FAIR)
    with pytest.raises(InvalidValue, match="best total or the fewest unserved"):
        price_solution(market, fair)
    with pytest.raises(InvalidValue, match="not an optimal plan"):
        price_solution(market, replace(make_plan(market, Objective.BEST), pairs=()))


def test_where_more_than_quotas_and_locks_is_to_be_kept_no_price_says_how_far_off_somebody_is() -> None:
    columns = replace(dense_columns(np.array([[9, 8], [7, 1]])), efforts=[1, 1], capacities=[1, 1])
    with pytest.raises(InvalidValue, match="efforts"):
        standing_of(columns)


@MANY
@given(markets(most=6), st.sampled_from(ASKED))
def test_the_nearest_miss_is_the_least_lost_of_all_that_are_open_to_somebody(
    columns: ProblemColumns, asked: Asked
) -> None:
    standing = standing_of(columns, asked)
    for person in range(len(columns.people)):
        rows = [row for row in open_pairs(columns, standing) if columns.person[row] == person]
        shorts = [points_short(standing, *ends(columns, row)) for row in rows]
        least = min(((short.seats, short.lost) for short in shorts), default=None)
        found = nearest_misses(standing, person)
        assert ((found[0].seats, found[0].lost) if found else None) == least


def test_of_two_ways_around_through_the_plan_the_cheaper_one_counts() -> None:
    # The best plan is 9 + 12 + 11; with the first person in the second opening it is 5 + 8 + 11, and not 5 + 12 + 3.
    standing = standing_of(dense_columns(np.array([[12, 5, 9], [12, 10, 8], [11, 11, 3]])))
    short = points_short(standing, 0, 1)
    assert short.lost == 8
    assert short.moves == (Move(0, 2, 1), Move(1, 0, 2), Move(2, 1, 0))
