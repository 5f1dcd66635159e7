"""Stable plans against every stable plan there is."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from graph.matching.problem.assignment_problem import (
    ProblemColumns,
    ReducedProblem,
    build_problem,
    dense_columns,
)
from graph.matching.solvers.plans import Aim, Objective, make_plan
from graph.matching.solvers.stability import blocking, expert_stable, host_stable
from tests.matching.markets import Made, all_plans, arcs_of, markets

MANY = settings(max_examples=300, deadline=None)


def order_of(choice: ReducedProblem, liking: np.ndarray, arc: int) -> tuple[int, int]:
    """The greater, the better liked."""
    return int(liking[arc]), -int(choice.ties[arc])


def ends(choice: ReducedProblem) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    return [(choice.opening, choice.seats, choice.points), (choice.person, choice.loads, choice.wishes)]


def blocking_arcs(choice: ReducedProblem, made: Made) -> Made:
    """The definition itself: arcs outside that are wanted at both of their ends."""
    outside = frozenset(range(len(choice.arcs))) - made
    return frozenset(arc for arc in outside if all(is_wanted(choice, end, made, arc) for end in ends(choice)))


def is_wanted(choice: ReducedProblem, end: tuple[np.ndarray, ...], made: Made, arc: int) -> bool:
    owner, quota, liking = end
    held = [order_of(choice, liking, other) for other in made if owner[other] == owner[arc]]
    return len(held) < quota[owner[arc]] or order_of(choice, liking, arc) > min(held)


def plans_of(columns: ProblemColumns) -> tuple[ReducedProblem, list[Made]]:
    """All plans of a market without locks, as arcs of its choice."""
    choice = build_problem(columns).choice()
    free = ProblemColumns(
        people=columns.people,
        openings=columns.openings,
        person=choice.person.tolist(),
        opening=choice.opening.tolist(),
        points=choice.points.tolist(),
        seats=choice.seats.tolist(),
        loads=choice.loads.tolist(),
    )
    return choice, list(all_plans(free))


def stable_plans(columns: ProblemColumns) -> tuple[ReducedProblem, list[Made]]:
    """All stable plans of a market without locks, as arcs of its choice."""
    choice, plans = plans_of(columns)
    return choice, [made for made in plans if not blocking_arcs(choice, made)]


def holdings(choice: ReducedProblem, end: tuple[np.ndarray, ...], made: Made) -> list[list[tuple[int, int]]]:
    owner, quota, liking = end
    return [
        sorted((order_of(choice, liking, arc) for arc in made if owner[arc] == row), reverse=True)
        for row in range(len(quota))
    ]


def no_worse(mine: list[list[tuple[int, int]]], other: list[list[tuple[int, int]]]) -> bool:
    """Everybody has as many as in the other plan, and the first, second ... of them are liked at least as well."""
    return all(
        len(a) == len(b) and all(x >= y for x, y in zip(a, b, strict=True)) for a, b in zip(mine, other, strict=True)
    )


@MANY
@given(markets(least=0))
def test_each_side_gets_the_stable_plan_that_all_of_it_like_best(columns: ProblemColumns) -> None:
    choice, stable = stable_plans(replace(columns, locks=[]))
    for side, made in zip(ends(choice), (host_stable(choice), expert_stable(choice)), strict=True):
        mine = frozenset(made.tolist())
        assert mine in stable
        assert all(no_worse(holdings(choice, side, mine), holdings(choice, side, other)) for other in stable)


@MANY
@given(markets(least=0))
def test_the_blocking_pairs_are_those_of_the_definition(columns: ProblemColumns) -> None:
    choice = build_problem(columns).choice()
    made = frozenset(range(0, len(choice.arcs), 3))
    expected = [
        arc
        for arc in range(len(choice.arcs))
        if arc not in made and all(is_wanted(choice, end, made, arc) for end in ends(choice))
    ]
    assert blocking(choice, np.array(sorted(made), np.int64)).tolist() == expected


@MANY
@given(markets())
def test_a_stable_plan_keeps_quotas_locks_and_exclusions_and_nothing_blocks_it(columns: ProblemColumns) -> None:
    for objective in (Objective.HOST_STABLE, Objective.EXPERT_STABLE):
        for aim in Aim:
            plan = make_plan(build_problem(columns), objective, aim)
            assert arcs_of(columns, plan) in set(all_plans(columns))
            assert plan.blocking == 0


def test_when_tastes_cross_each_side_proposing_gets_its_own_way() -> None:
    columns = replace(dense_columns(np.array([[2, 1], [1, 2]])), wishes=[1, 2, 2, 1])
    host = make_plan(build_problem(columns), Objective.HOST_STABLE)
    expert = make_plan(build_problem(columns), Objective.EXPERT_STABLE)
    assert [(pair.person, pair.opening) for pair in host.pairs] == [(0, 0), (1, 1)]
    assert [(pair.person, pair.opening) for pair in expert.pairs] == [(0, 1), (1, 0)]


@pytest.mark.parametrize("objective", [Objective.HOST_STABLE, Objective.EXPERT_STABLE])
def test_of_costs_the_lower_is_preferred(objective: Objective) -> None:
    plan = make_plan(build_problem(dense_columns(np.array([[5, 3], [4, 1]]))), objective, Aim.LEAST)
    assert [(pair.person, pair.opening) for pair in plan.pairs] == [(0, 0), (1, 1)]
