"""Repairs of fair and stable plans, where pairs have no prices, against every plan there is within the limit."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import Conflict, InvalidValue
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem, dense_columns
from graph.matching.problem.regions import Quota
from graph.matching.repair.limited_repairs import repair_limited
from graph.matching.repair.repairs import Repair
from graph.matching.sensitivity.priced_solution import ends_of
from graph.matching.solvers.plans import (
    STABLE,
    Objective,
    Pair,
    make_plan,
)
from tests.matching.limits import rank
from tests.matching.markets import Made, all_plans, worth
from tests.matching.repair.test_repairs import rows_of, standing_pairs
from tests.matching.solvers.test_stability import blocking_arcs, plans_of

MANY = settings(max_examples=100, deadline=None)
limits = st.integers(0, 2)


def confirmed(columns: ProblemColumns, made: Made) -> tuple[Pair, ...]:
    return tuple(
        Pair(int(columns.person[row]), int(columns.opening[row]), columns.points[row], locked=False, marginal=0)
        for row in sorted(made)
    )


@st.composite
def changed(draw: st.DrawFn) -> tuple[ProblemColumns, tuple[Pair, ...]]:
    """A market, and a full plan that was confirmed before one of its people left."""
    cells = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), unique=True, min_size=7, max_size=10))
    columns = ProblemColumns(
        people=[f"p{row}" for row in range(4)],
        openings=[f"o{row}" for row in range(3)],
        person=[person for person, _ in cells],
        opening=[opening for _, opening in cells],
        points=draw(numbers(len(cells), 0, 9)),
        wishes=draw(numbers(len(cells), 0, 3)),
        seats=draw(numbers(3, 1, 2)),
        loads=draw(numbers(4, 1, 2)),
    )
    plans = list(all_plans(columns))
    full = max(len(made) for made in plans)
    before = confirmed(columns, draw(st.sampled_from([made for made in plans if len(made) == full])))
    left = draw(st.integers(0, 4))
    loads = [load * (row != left) for row, load in enumerate(columns.loads or ())]
    return replace(columns, loads=loads), before


def numbers(count: int, least: int, most: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(least, most), min_size=count, max_size=count)


def within(columns: ProblemColumns, before: tuple[Pair, ...], most: int) -> list[Made]:
    kept = standing_pairs(columns, before)
    return [made for made in all_plans(columns) if len(kept - made) <= most]


def mended(columns: ProblemColumns, before: tuple[Pair, ...], most: int, objective: Objective) -> tuple[Repair, Made]:
    found = repair_limited(build_problem(columns), before, most, objective)
    made = rows_of(columns, found.pairs)
    assert found.proven
    assert found.ended == len(standing_pairs(columns, before) - made) <= most
    assert found.total == worth(columns, made).total
    return found, made


@MANY
@given(changed(), limits)
def test_no_fairer_plan_ends_as_few_pairs(case: tuple[ProblemColumns, tuple[Pair, ...]], most: int) -> None:
    columns, before = case
    plans = within(columns, before, most)
    if not plans:
        with pytest.raises(Conflict, match="No plan ends at most"):
            repair_limited(build_problem(columns), before, most, Objective.FAIR)
        return
    found, made = mended(columns, before, most, Objective.FAIR)
    assert made in plans
    assert rank(columns, made, Objective.FAIR) == max(rank(columns, one, Objective.FAIR) for one in plans)
    assert found.full_total == make_plan(build_problem(columns), Objective.FAIR).total


@MANY
@given(changed(), limits, st.sampled_from(sorted(STABLE, key=str)))
def test_no_plan_that_ends_as_few_pairs_has_fewer_blocking(
    case: tuple[ProblemColumns, tuple[Pair, ...]], most: int, objective: Objective
) -> None:
    columns, before = case
    if not within(columns, before, most):
        with pytest.raises(Conflict, match="No plan ends at most"):
            repair_limited(build_problem(columns), before, most, objective)
        return
    found, _ = mended(columns, before, most, objective)
    market = build_problem(columns)
    choice, plans = plans_of(columns)
    ends = list(zip(market.person_row[choice.person], market.opening_row[choice.opening], strict=True))
    kept = frozenset(arc for arc, pair in enumerate(ends) if pair in set(ends_of(before)))
    chosen = frozenset(arc for arc, pair in enumerate(ends) if pair in set(ends_of(found.pairs)))

    def rank(plan: Made) -> tuple[int, int]:
        return -len(blocking_arcs(choice, plan)), int(choice.points[sorted(plan)].sum())

    assert found.blocking == len(blocking_arcs(choice, chosen))
    if found.full_ended > most:
        assert rank(chosen) == max(rank(plan) for plan in plans if len(kept - plan) <= most)
    else:
        assert (found.blocking, found.pairs) == (0, make_plan(market, objective).pairs)


def test_a_fair_plan_is_mended_for_the_worst_served_first() -> None:
    # Whoever of the two is left has more points in the first opening and is missed more in the second.
    columns = dense_columns(np.array([[9, 0], [8, 5], [7, 0]]))
    before = confirmed(columns, frozenset({0, 3}))
    left = build_problem(replace(columns, loads=[1, 0, 1]))

    frozen = repair_limited(left, before, 0, Objective.FAIR)
    fair = repair_limited(build_problem(columns), confirmed(columns, frozenset({2})), 1, Objective.FAIR)

    assert ends_of(frozen.pairs) == [(0, 0), (2, 1)]
    assert ends_of(fair.pairs) == [(0, 0), (1, 1)]
    assert (fair.ended, fair.full) == (1, fair.pairs)


def test_a_stable_plan_keeps_a_blocking_pair_where_the_limit_asks_for_it() -> None:
    # The first person has left, and the second is wanted in their seat and would rather have it.
    columns = dense_columns(np.array([[9, 1], [8, 5], [1, 4]]))
    before = confirmed(columns, frozenset({0, 3}))
    left = build_problem(replace(columns, loads=[0, 1, 1]))

    frozen, free = (repair_limited(left, before, most, Objective.HOST_STABLE) for most in (0, 1))

    assert (ends_of(frozen.pairs), frozen.blocking, frozen.full_ended) == ([(1, 1), (2, 0)], 1, 1)
    assert (ends_of(free.pairs), free.blocking) == ([(1, 0), (2, 1)], 0)
    assert frozen.full == free.pairs


def test_in_a_market_too_large_for_the_integer_solver_all_stay_and_that_is_said() -> None:
    columns = dense_columns(np.random.default_rng(4).integers(0, 1000, (250, 250)))
    before = make_plan(build_problem(columns), Objective.HOST_STABLE).pairs
    left = build_problem(replace(columns, loads=[0] + [1] * 249))

    found = repair_limited(left, before, 0, Objective.HOST_STABLE)

    assert set(ends_of(found.pairs)) == {pair for pair in ends_of(before) if pair[0]}
    assert not found.proven
    assert found.ended == 0
    assert found.blocking > 0


def test_a_stable_plan_with_limits_of_regions_is_refused() -> None:
    columns = replace(dense_columns(np.array([[5]])), groups=["n"], quotas=[Quota("n", 0, 1)])
    with pytest.raises(InvalidValue, match="is for seats and loads alone"):
        repair_limited(build_problem(columns), (), 1, Objective.HOST_STABLE)
