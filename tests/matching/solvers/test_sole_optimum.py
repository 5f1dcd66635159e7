"""One plan or several: against every assignment of small tables, and against the plan in which hashes end ties."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from graph.matching.columns import Flags, Fractions
from graph.matching.problem.assignment_problem import ReducedProblem, build_problem, dense_columns
from graph.matching.solvers.assignment import best_total, flowed, fullest, gains_of
from graph.matching.solvers.sole_optimum import is_sole_optimum

MANY = settings(max_examples=300, deadline=None)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Fractions, Flags]:
    """Up to 4 by 4 few-valued costs, and which of the cells are pairs."""
    shape = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    chance = np.random.default_rng(draw(st.integers(0, 10_000)))
    costs = chance.integers(0, draw(st.integers(1, 9)), shape).astype(np.float64)
    return costs, chance.random(shape) < draw(st.sampled_from([0.3, 0.7, 1.1]))


def ways(costs: Fractions, counted: Flags) -> dict[frozenset[tuple[int, int]], float]:
    """What each set of pairs costs at least, out of all full assignments of a table as wide as it is high or wider."""
    found: dict[frozenset[tuple[int, int]], float] = {}
    for columns in permutations(range(costs.shape[1]), costs.shape[0]):
        cells = list(enumerate(columns))
        pairs = frozenset(cell for cell in cells if counted[cell])
        found[pairs] = min(found.get(pairs, np.inf), sum(float(costs[cell]) for cell in cells))
    return found


@MANY
@given(tables())
def test_an_assignment_is_the_only_one_where_every_other_costs_more(table: tuple[Fractions, Flags]) -> None:
    costs, counted = table
    plans = ways(costs, counted) if costs.shape[0] <= costs.shape[1] else ways(costs.T, counted.T)
    least = min(plans.values())
    made = linear_sum_assignment(costs)
    assert is_sole_optimum(costs, made, counted) == (list(plans.values()).count(least) == 1)


@pytest.mark.parametrize(("size", "proved"), [(20, True), (120, False)])
def test_prices_that_take_too_many_rounds_prove_nothing(size: int, proved: bool) -> None:
    """Everybody would rather have the column before their own, so that prices fall one after the other."""
    costs, rows = np.full((size, size), 1e6), np.arange(size)
    costs[rows, rows], costs[rows[1:], rows[:-1]], costs[0, size - 1] = 1, 0, size + 1
    assert linear_sum_assignment(costs)[1].tolist() == rows.tolist()
    assert is_sole_optimum(costs, (rows, rows), np.ones(costs.shape, np.bool_)) == proved


@st.composite
def choices(draw: st.DrawFn) -> ReducedProblem:
    """Up to 12 by 12 points of any sign that leave a float no room for hashes, all different or few of them."""
    shape = draw(st.integers(1, 12)), draw(st.integers(1, 12))
    chance = np.random.default_rng(draw(st.integers(0, 10_000)))
    most = 2**53 // sum(shape)
    steps = draw(st.sampled_from([1, 3, 20, most]))
    points = chance.integers(-draw(st.sampled_from([0, steps])), steps + 1, shape) * (most // steps)
    points[0, 0] = most
    choice = build_problem(dense_columns(points)).choice()
    kept = chance.random(len(choice.arcs)) < draw(st.sampled_from([0.6, 1.1]))
    kept[0] = True
    return choice.only(np.flatnonzero(kept))


@MANY
@given(choices())
def test_long_numbers_make_the_plan_that_hashes_make(choice: ReducedProblem) -> None:
    made = flowed(choice, gains_of(choice))
    assert made is not None
    assert best_total(choice).tolist() == made.tolist()


@pytest.mark.parametrize("size", [60, 200])
def test_a_large_table_of_long_numbers_makes_the_plan_that_hashes_make(size: int) -> None:
    choice = build_problem(dense_columns(np.random.default_rng(size).random((size, size)))).choice()
    made = flowed(choice, gains_of(choice))
    assert made is not None
    assert best_total(choice).tolist() == made.tolist()
    assert fullest(choice).tolist() == made.tolist()


def test_long_numbers_with_a_tie_are_left_to_the_hashes() -> None:
    choice = build_problem(dense_columns(np.full((2, 2), 10**15))).choice()
    ties = np.array([0, 1, 1, 0], np.uint64)
    assert best_total(replace(choice, ties=ties)).tolist() == [1, 2]
    assert best_total(replace(choice, ties=1 - ties)).tolist() == [0, 3]
