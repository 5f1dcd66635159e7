"""Repairs against every plan there is within the limit."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import Conflict, InvalidValue
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem, dense_columns
from graph.matching.problem.regions import Quota
from graph.matching.repair.repairs import Repair, drop_out, price_pairs, repair
from graph.matching.sensitivity.hall_violators import hall_violator
from graph.matching.sensitivity.priced_solution import price_solution
from graph.matching.solvers.moves import Move
from graph.matching.solvers.plans import (
    Aim,
    Objective,
    Pair,
    Solution,
    make_plan,
)
from tests.matching.markets import Made, all_plans, markets
from tests.matching.sensitivity.test_shortfalls import (
    ASKED,
    BEST,
    Asked,
    ends,
    rank_of,
)

MANY = settings(max_examples=120, deadline=None)
limits = st.integers(0, 3)


def rows_of(columns: ProblemColumns, pairs: tuple[Pair, ...]) -> Made:
    rows = {ends(columns, row): row for row in range(len(columns.points))}
    return frozenset(rows[(pair.person, pair.opening)] for pair in pairs if (pair.person, pair.opening) in rows)


def standing_pairs(columns: ProblemColumns, before: tuple[Pair, ...]) -> Made:
    """Confirmed pairs that could stay: still eligible, and beside the locks there is room for each."""
    return rows_of(columns, before) & {row for plan in all_plans(columns) for row in plan}


def check_exact(columns: ProblemColumns, before: tuple[Pair, ...], found: Repair, limit: int, asked: Asked) -> None:
    rank, plans, kept = rank_of(columns, asked), set(all_plans(columns)), standing_pairs(columns, before)
    made = rows_of(columns, found.pairs)
    assert made in plans
    assert found.proven
    assert found.ended == len(kept - made) <= limit
    assert rank(made) == max(rank(plan) for plan in plans if len(kept - plan) <= limit)
    assert found.full_total == max((rank(plan), plan) for plan in plans)[0][1] * (1 if asked[1] is Aim.MOST else -1)
    assert (found.before, found.total) == tuple(sum(pair.points for pair in side) for side in (before, found.pairs))
    assert all(move.origin != move.destination for move in found.moves)


def without(columns: ProblemColumns, person: int) -> ProblemColumns:
    loads = [load * (row != person) for row, load in enumerate(columns.loads or [1] * len(columns.people))]
    return replace(columns, loads=loads, locks=[lock for lock in columns.locks if lock[0] != person])


def planned(columns: ProblemColumns, asked: Asked) -> Solution:
    return make_plan(build_problem(columns), *asked)


@MANY
@given(markets(most=6), st.sampled_from(ASKED), limits)
def test_after_a_drop_out_no_plan_within_the_limit_is_better(columns: ProblemColumns, asked: Asked, limit: int) -> None:
    market = build_problem(columns)
    plan = make_plan(market, *asked)
    standing = price_solution(market, plan)
    for person in range(len(columns.people)):
        found = drop_out(standing, person, limit)
        before = tuple(pair for pair in plan.pairs if pair.person != person)
        gone = sum(pair.points for pair in plan.pairs if pair.person == person)
        check_exact(without(columns, person), before, replace(found, before=found.before - gone), limit, asked)
    assert standing.pairs(standing.flow.made) == plan.pairs


@MANY
@given(markets(most=6), st.data(), st.sampled_from(ASKED), limits)
def test_after_any_change_no_plan_within_the_limit_is_better(
    columns: ProblemColumns, data: st.DataObject, asked: Asked, limit: int
) -> None:
    before = planned(columns, asked).pairs
    changed = replace(
        columns,
        points=data.draw(st.permutations(list(columns.points))),
        seats=[seats + 1 for seats in columns.seats or ()],
        locks=[],
        exclusions=data.draw(st.lists(st.sampled_from([ends(columns, row) for row in range(len(columns.points))])))
        if columns.points
        else [],
    )
    market = build_problem(changed)
    check_exact(live(changed), before, repair(market, before, limit, *asked), limit, asked)


def live(columns: ProblemColumns) -> ProblemColumns:
    """The same market without what is excluded, which `standing_pairs` is to take for gone."""
    rows = [row for row in range(len(columns.points)) if ends(columns, row) not in columns.exclusions]
    picked = {name: [getattr(columns, name)[row] for row in rows] for name in ("person", "opening", "points", "wishes")}
    return replace(columns, **picked, exclusions=[])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), limits)
def test_a_long_chain_is_cut_where_the_limit_says(seed: int, limit: int) -> None:
    points = np.random.default_rng(seed).integers(0, 12, (5, 4))
    columns = replace(dense_columns(points), seats=[1] * 4, loads=[1] * 5)
    few = np.random.default_rng(seed).permutation(20)[:11].tolist()
    columns = replace(
        columns, **{name: [int(getattr(columns, name)[row]) for row in few] for name in ("person", "opening", "points")}
    )
    market = build_problem(columns)
    plan = make_plan(market, Objective.BEST)
    for person in range(5):
        found = drop_out(price_solution(market, plan), person, limit)
        before = tuple(pair for pair in plan.pairs if pair.person != person)
        check_exact(
            without(columns, person), before, replace(found, before=sum(pair.points for pair in before)), limit, BEST
        )


def test_a_repair_moves_no_more_people_than_it_may_and_says_what_that_costs() -> None:
    # Each opening can be filled by its own person or the next one, and only the last person has a hand free.
    columns = ProblemColumns(
        people=["a", "b", "c", "d"],
        openings=["0", "1", "2"],
        person=[0, 1, 1, 2, 2, 3],
        opening=[0, 0, 1, 1, 2, 2],
        points=[9, 8, 9, 8, 9, 8],
    )
    market = build_problem(columns)
    standing = price_solution(market, make_plan(market, Objective.BEST))
    free = drop_out(standing, 0, most=2)
    assert (free.before, free.total, free.ended, free.price) == (27, 24, 2, 0)
    assert free.moves == (Move(0, 0, None), Move(1, 1, 0), Move(2, 2, 1), Move(3, None, 2))
    tight = drop_out(standing, 0, most=1)
    assert (tight.total, tight.ended, tight.price, tight.full_ended) == (18, 0, 6, 2)


def test_confirmed_pairs_that_no_longer_have_room_need_a_higher_limit() -> None:
    columns = replace(dense_columns(np.array([[5], [4], [3]])), seats=[3])
    before = planned(columns, BEST).pairs
    market = build_problem(replace(columns, seats=[1]))
    with pytest.raises(Conflict, match="No plan ends at most 1 of the confirmed pairs"):
        repair(market, before, most=1)
    assert repair(market, before, most=2).total == 5


def test_a_repair_for_the_best_total_makes_no_pair_that_costs_points_to_fill_one_seat_more() -> None:
    # The best plan has ana at the second opening, which ends the confirmed pair; ben there would fill both seats.
    columns = ProblemColumns(people=["ana", "ben"], openings=["0", "1"], person=[0, 0, 1], opening=[0, 1, 1], points=[])
    market = build_problem(replace(columns, points=[1, 9, -3]))
    found = repair(market, [Pair(0, 0, 1, locked=False, marginal=0)], most=0)
    assert [(pair.person, pair.opening) for pair in found.pairs] == [(0, 0)]
    assert found.total == 1
    assert found.full_total == 9


def test_a_limit_below_zero_and_an_unknown_person_are_refused() -> None:
    market = build_problem(dense_columns(np.array([[5]])))
    standing = price_solution(market, make_plan(market, Objective.BEST))
    with pytest.raises(InvalidValue, match="0 or more"):
        repair(market, (), most=-1)
    with pytest.raises(InvalidValue, match="give 0 to 0"):
        drop_out(standing, 1)


@MANY
@given(markets(most=6), st.sampled_from([Objective.BEST, Objective.FEWEST_UNSERVED]))
def test_a_plan_of_earlier_has_prices_as_long_as_it_is_among_the_best(
    columns: ProblemColumns, objective: Objective
) -> None:
    market, rank = build_problem(columns), rank_of(columns, (objective, Aim.MOST))
    best = max(rank(plan) for plan in all_plans(columns))
    for made in all_plans(columns):
        pairs = [Pair(*ends(columns, row), columns.points[row], locked=False, marginal=0) for row in made]
        found = price_pairs(market, pairs, objective)
        assert (found is not None) == (rank(made) == best)
        assert found is None or {(pair.person, pair.opening) for pair in found.plan.pairs} == {
            (pair.person, pair.opening) for pair in pairs
        }


def test_a_plan_of_earlier_has_no_prices_where_a_pair_is_gone_or_a_limit_has_none() -> None:
    columns = dense_columns(np.array([[5, 1], [1, 5]]))
    pairs = planned(columns, BEST).pairs
    assert price_pairs(build_problem(columns), pairs, Objective.BEST) is not None
    assert price_pairs(build_problem(replace(columns, exclusions=[(0, 0)])), pairs, Objective.BEST) is None
    assert price_pairs(build_problem(columns), pairs, Objective.FAIR) is None
    limited = replace(columns, groups=["a", "b"], quotas=[Quota("a", 0, 1)])
    assert price_pairs(build_problem(limited), pairs, Objective.BEST) is None


@pytest.mark.parametrize("shape", [(0, 2), (2, 0), (0, 0)])
def test_an_empty_market_is_repaired_to_an_empty_plan(shape: tuple[int, int]) -> None:
    market = build_problem(dense_columns(np.zeros(shape, np.int64)))
    assert repair(market, ()).pairs == ()
    assert (hall_violator(market) is None) is (shape[1] == 0)


@MANY
@given(markets())
def test_the_openings_of_a_deficit_cannot_all_be_served_but_all_but_any_one_can(columns: ProblemColumns) -> None:
    served = [{int(columns.opening[row]) for row in plan} for plan in all_plans(columns)]
    wanted = {row for row, seats in enumerate(columns.seats or ()) if seats}
    found = hall_violator(build_problem(columns))
    assert (found is None) == any(wanted <= plan for plan in served)
    if found is None:
        return
    openings = set(found.openings)
    assert openings <= wanted
    assert not any(openings <= plan for plan in served)
    assert all(any(openings - {one} <= plan for plan in served) for one in openings)
    assert max(len(openings & plan) for plan in served) == found.capacity == len(openings) - 1
    eligible = {
        int(columns.person[row])
        for row in range(len(columns.points))
        if columns.opening[row] in openings and ends(columns, row) not in columns.exclusions
    }
    assert set(found.people) <= eligible


def test_a_free_seat_that_nobody_may_move_into_goes_to_the_best_of_those_with_a_hand_free() -> None:
    # Without the limit dan would move to the first opening and ben take his seat.
    columns = ProblemColumns(
        people=["ana", "ben", "cem", "dan"],
        openings=["0", "1"],
        person=[0, 1, 1, 2, 3, 3],
        opening=[0, 0, 1, 0, 0, 1],
        points=[9, 5, 8, 3, 8, 9],
    )
    market = build_problem(columns)
    found = drop_out(price_solution(market, make_plan(market, Objective.BEST)), 0, most=0)
    assert [(pair.person, pair.opening) for pair in found.pairs] == [(1, 0), (3, 1)]
    assert found.total == 14
    assert found.full_total == 16
