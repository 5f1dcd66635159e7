"""Plans made of few candidates are, pair for pair, those made of all pairs, and a proof shows why."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InvalidValue
from graph.matching.large_scale.candidates import Limits, candidate_arcs
from graph.matching.large_scale.certificates import best_of_candidates
from graph.matching.large_scale.plans import MANY_PAIRS, plan_any_size
from graph.matching.problem.assignment_problem import ProblemColumns, ReducedProblem, build_problem, dense_columns
from graph.matching.problem.regions import Quota
from graph.matching.solvers.assignment import best_total
from graph.matching.solvers.plans import Aim, Certificate, Objective, make_plan
from tests.matching.markets import markets

NARROW = Limits(per_opening=1, per_person=1)
# Everybody is best at the first two openings, the first two people are best at all, and nobody's list holds the rest.
CROWDED = np.array([[20, 20, 3, 3], [20, 20, 3, 3], [10, 10, 2, 2], [10, 10, 2, 2]])

limits = st.builds(Limits, per_opening=st.integers(1, 3), per_person=st.integers(1, 3))


@st.composite
def choices(draw: st.DrawFn) -> ReducedProblem:
    """Up to 30 people and openings, all pairs or few of them, with locks, exclusions, seats and loads."""
    chance = np.random.default_rng(draw(st.integers(0, 10_000)))
    people, openings = draw(st.integers(1, 30)), draw(st.integers(1, 30))
    share, most = draw(st.sampled_from([0.05, 0.5, 1.0])), draw(st.sampled_from([1, 4, 10_000]))
    cells = np.flatnonzero(chance.random(people * openings) < share)
    person, opening = np.divmod(cells, openings)
    seats, loads = chance.integers(1, draw(st.sampled_from([2, 4])), openings), chance.integers(1, 3, people)
    pairs = [(int(person[arc]), int(opening[arc])) for arc in chance.permutation(len(cells))[:3]]
    columns = ProblemColumns(
        people=[f"p{row}" for row in range(people)],
        openings=[f"o{row}" for row in range(openings)],
        person=person,
        opening=opening,
        points=chance.integers(-most // 4, most, len(cells)),
        seats=seats,
        loads=loads,
        locks=pairs[:1],
        exclusions=pairs[1:],
    )
    return build_problem(columns).choice()


@settings(max_examples=150)
@given(markets(), limits)
def test_a_small_plan_of_candidates_is_the_plan_of_all_pairs(columns: ProblemColumns, kept: Limits) -> None:
    choice = build_problem(columns).choice()
    found = best_of_candidates(choice, kept)
    assert found.made.tolist() == best_total(choice).tolist()
    assert found.certificate is not None
    assert found.certificate.pairs == len(choice.arcs)


@settings(max_examples=150, deadline=None)
@given(choices(), limits)
def test_a_plan_of_candidates_is_the_plan_of_all_pairs(choice: ReducedProblem, kept: Limits) -> None:
    found = best_of_candidates(choice, kept)
    assert found.made.tolist() == best_total(choice).tolist()
    assert found.certificate is not None


@settings(max_examples=150, deadline=None)
@given(choices(), limits, st.integers(0, 3))
def test_where_hashes_leave_plans_equal_the_plan_is_that_of_all_pairs(
    choice: ReducedProblem, kept: Limits, bits: int
) -> None:
    alike = replace(choice, ties=choice.ties & np.uint64(2**bits - 1))
    assert best_of_candidates(alike, kept).made.tolist() == best_total(alike).tolist()


def test_pairs_that_are_best_for_neither_end_are_added_when_the_plan_needs_them() -> None:
    choice = build_problem(dense_columns(CROWDED)).choice()
    first = candidate_arcs(choice, choice.points, NARROW)
    assert not {10, 11, 14, 15} & set(first.tolist())
    found = best_of_candidates(choice, NARROW)
    assert choice.points[found.made].sum() == 44
    assert found.certificate is not None
    assert found.certificate.rounds > 1
    assert found.certificate.added >= 2


def test_a_list_holds_the_best_of_each_side_and_nothing_that_gains_nothing() -> None:
    points = np.array([[9, 8, 7, 1], [0, 6, 5, 2], [-1, 4, 3, 3]])
    choice = build_problem(dense_columns(points)).choice()
    found = candidate_arcs(choice, choice.points, NARROW)
    assert found.tolist() == [0, 1, 2, 5, 6, 7, 9, 10, 11]


def test_a_sparse_choice_has_the_lists_of_a_dense_one() -> None:
    points = np.array([[9, 8, 7], [4, 6, 5], [1, 2, 3]])
    columns = dense_columns(points)
    wide = replace(columns, people=[str(row) for row in range(40)])
    dense, sparse = (build_problem(each).choice() for each in (columns, wide))
    assert candidate_arcs(dense, dense.points, NARROW).tolist() == [0, 1, 2, 3, 4, 5, 7, 8]
    assert candidate_arcs(sparse, sparse.points, NARROW).tolist() == [0, 1, 2, 3, 4, 5, 7, 8]


def test_where_every_pair_loses_points_the_plan_is_empty_and_proved() -> None:
    found = best_of_candidates(build_problem(dense_columns(np.full((3, 2), -1))).choice())
    assert found.made.tolist() == []
    assert found.certificate == Certificate(pairs=6, candidates=0, added=0, rounds=1)


@pytest.mark.parametrize("name", ["per_opening", "per_person"])
def test_a_list_has_room_for_one_at_least(name: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        Limits(**{name: 0})
    assert refused.value.field == name


def test_a_plan_of_a_million_pairs_is_that_of_all_pairs_with_a_certificate() -> None:
    chance = np.random.default_rng(3)
    quality, taste = chance.integers(0, 6_000, (2_000, 1)), chance.integers(0, 3_000, (2_000, 500))
    columns = replace(
        dense_columns(quality + taste),
        seats=chance.integers(1, 4, 500),
        loads=chance.integers(1, 4, 2_000),
        locks=[(5, 7)],
    )
    market = build_problem(columns)
    plan = plan_any_size(market, Objective.BEST)
    assert replace(plan, certificate=None) == make_plan(market, Objective.BEST)
    assert plan.certificate is not None
    assert plan.certificate.candidates * 10 < plan.certificate.pairs


def test_fewer_pairs_other_objectives_costs_and_limits_are_planned_over_all_pairs() -> None:
    points = np.random.default_rng(3).integers(0, 10_000, (2_000, 500))
    market = build_problem(dense_columns(points))
    limited = build_problem(replace(dense_columns(points), groups=["all"] * 500, quotas=[Quota("all", 0, 3)]))
    fewer = build_problem(dense_columns(points[:-1]))
    assert len(market.points) == MANY_PAIRS
    assert plan_any_size(fewer, Objective.BEST).certificate is None
    assert plan_any_size(market, Objective.FEWEST_UNSERVED).certificate is None
    assert plan_any_size(market, Objective.BEST, Aim.LEAST).certificate is None
    assert len(plan_any_size(limited, Objective.BEST).pairs) == 3
