"""What a market refuses, in one sentence each, and what it keeps exact."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Conflict, GraphError, InvalidValue
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem, dense_columns
from graph.matching.problem.scales import whole_points
from graph.matching.problem.tiebreaks import (
    id_keys,
    largest_points,
    lifted,
    pair_keys,
)
from graph.matching.solvers.plans import Aim, Objective, make_plan

SQUARE = dense_columns(np.array([[3, 4], [5, 6]]))


def refused(columns: ProblemColumns, kind: type[GraphError]) -> str:
    with pytest.raises(kind) as error:
        build_problem(columns)
    return str(error.value)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_is_not_finite_is_refused(number: float) -> None:
    assert "in row 1 is not a finite number" in refused(replace(SQUARE, points=[1, number, 2, 3]), InvalidValue)


def test_negative_seats_and_loads_are_refused() -> None:
    assert refused(replace(SQUARE, seats=[1, -1]), InvalidValue).startswith("seats: '-1' in row 1")
    assert refused(replace(SQUARE, loads=[-2, 1]), InvalidValue).startswith("loads: '-2' in row 0")


def test_a_pair_or_an_id_stated_twice_is_refused() -> None:
    twice = ProblemColumns(people=["ana"], openings=["a"], person=[0, 0], opening=[0, 0], points=[1, 2])
    assert refused(twice, InvalidValue).startswith("person=opening: 'ana=a' is stated twice")
    assert "stated twice" in refused(replace(SQUARE, people=["ana", "ana"]), InvalidValue)


def test_rows_that_nobody_has_are_refused() -> None:
    assert "in row 3 is out of range" in refused(replace(SQUARE, person=[0, 0, 1, 2]), InvalidValue)
    assert "'0=2' is not there" in refused(replace(SQUARE, locks=[(0, 2)]), InvalidValue)
    assert "'-1=0' is not there" in refused(replace(SQUARE, exclusions=[(-1, 0)]), InvalidValue)


def test_columns_of_unequal_length_are_refused() -> None:
    for name in ("points", "wishes", "seats", "loads"):
        refused(replace(SQUARE, **{name: [1, 2, 3]}), InvalidValue)


def test_a_lock_on_a_pair_that_is_not_eligible_is_refused() -> None:
    one = ProblemColumns(people=["ana"], openings=["a", "b"], person=[0], opening=[0], points=[1], locks=[(0, 1)])
    assert "'ana=b' is not an eligible pair" in refused(one, InvalidValue)


def test_a_pair_both_locked_and_excluded_is_a_conflict() -> None:
    assert "1=0 is both locked and excluded" in refused(replace(SQUARE, locks=[(1, 0)], exclusions=[(1, 0)]), Conflict)


def test_of_locks_that_cannot_hold_together_the_fewest_are_named() -> None:
    points = np.ones((3, 3), np.int64)
    columns = replace(dense_columns(points), seats=[2, 3, 3], loads=[1, 3, 3])
    locks = [(0, 0), (1, 0), (2, 0), (0, 2)]
    sentence = refused(replace(columns, locks=locks), Conflict)
    assert sentence == ("The locks 0=0, 0=2 cannot hold together: person 0 takes at most 1; take one of them back.")
    alone = replace(columns, seats=[0, 1, 1], locks=[(0, 0)])
    assert "The lock 0=0 cannot hold: opening 0 has 0 seats" in refused(alone, Conflict)


def test_an_exclusion_of_a_pair_that_is_not_eligible_anyway_changes_nothing() -> None:
    one = ProblemColumns(people=["ana"], openings=["a", "b"], person=[0], opening=[0], points=[1], exclusions=[(0, 1)])
    assert make_plan(build_problem(one), Objective.BEST).total == 1


def test_decimals_add_up_as_written() -> None:
    tenths = np.array([[0.1, 0.2], [0.2, 0.3]])
    plan = make_plan(build_problem(dense_columns(tenths)), Objective.BEST)
    assert plan.total == pytest.approx(0.4, abs=1e-15)
    assert whole_points("points", tenths.ravel(), 10**6).tolist() == [1, 2, 2, 3]


def test_numbers_with_more_digits_than_fit_keep_as_many_as_do() -> None:
    assert whole_points("points", np.array([1 / 3, 0.5]), 1000).tolist() == [333, 500]


def test_points_too_large_to_count_exactly_are_refused() -> None:
    assert "too large to be counted exactly" in refused(dense_columns(np.array([[2**62, 1]])), InvalidValue)


@pytest.mark.parametrize("objective", [Objective.BEST, Objective.FEWEST_UNSERVED, Objective.FAIR])
def test_the_largest_points_a_market_takes_are_planned_exactly(objective: Objective) -> None:
    most = largest_points(2, build_problem(SQUARE).choice().room)
    points = np.array([[most, most - 1], [most - 1, most - 3]])
    assert make_plan(build_problem(dense_columns(points)), objective).total == 2 * most - 2
    assert make_plan(build_problem(dense_columns(points)), objective, Aim.LEAST).total == 2 * most - (
        2 if objective is Objective.FAIR else 3
    )
    refused(dense_columns(points + 1), InvalidValue)


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=8), st.integers(1, 8), st.integers(1, 62), st.data())
def test_ties_never_outweigh_a_point_and_a_pair_is_always_better_than_none(
    points: list[int], pairs: int, bits: int, data: st.DataObject
) -> None:
    ties = pair_keys(id_keys([str(row) for row in range(len(points))]), id_keys(["o"] * len(points)))
    gains = lifted(np.array(points), ties, pairs, 2**bits)
    assert (gains is None) == (max(map(abs, points)) > largest_points(pairs, 2**bits))
    if gains is None:
        return
    assert np.abs(gains).max() <= 2**bits
    one, other = (data.draw(st.sets(st.sampled_from(range(len(points))), max_size=pairs)) for _ in range(2))
    by_points = sum(points[row] for row in one) - sum(points[row] for row in other)
    by_gains = sum(int(gains[row]) for row in one) - sum(int(gains[row]) for row in other)
    assert by_points == 0 or (by_points > 0) == (by_gains > 0)
    assert all((gain > 0) == (value >= 0) for gain, value in zip(gains.tolist(), points, strict=True))


def test_the_hash_of_a_pair_is_not_that_of_the_pair_turned_round() -> None:
    keys = id_keys(["ana", "bo"])
    assert pair_keys(keys, keys[::-1])[0] != pair_keys(keys, keys[::-1])[1]
