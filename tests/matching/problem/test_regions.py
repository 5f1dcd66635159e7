"""Quotas of groups of openings: kept where they can be, and a sentence where they cannot."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import Conflict, InvalidValue
from graph.matching.problem.assignment_problem import ProblemColumns, dense_columns
from graph.matching.problem.regions import Quota
from graph.matching.solvers.plans import Aim, Objective
from tests.matching.limits import check_best, planned
from tests.matching.markets import markets
from tests.matching.solvers.test_plans import shuffled

KNOWN = [Objective.BEST, Objective.FEWEST_UNSERVED, Objective.FAIR]
STABLE = [Objective.HOST_STABLE, Objective.EXPERT_STABLE]
SIX = replace(
    dense_columns(np.array([[9, 5, 1], [8, 4, 1], [7, 3, 2], [6, 2, 2]])),
    groups=["west", "west", "east"],
    seats=[2, 2, 2],
)


@st.composite
def regional(draw: st.DrawFn, quota: int = 2) -> ProblemColumns:
    columns = draw(markets(quota=quota))
    groups = draw(st.lists(st.sampled_from(["n", "s", None]), min_size=3, max_size=3))[: len(columns.openings)]
    ends = {name: sorted(draw(st.tuples(st.integers(0, 3), st.integers(0, 3)))) for name in ("n", "s")}
    quotas = [Quota(name, *ends[name]) for name in ends if name in groups]
    return replace(columns, groups=groups, quotas=quotas)


@settings(max_examples=120, deadline=None)
@given(regional(), st.sampled_from(KNOWN), st.sampled_from(Aim))
def test_no_plan_within_the_quotas_is_better(columns: ProblemColumns, objective: Objective, aim: Aim) -> None:
    check_best(columns, objective, aim)


@settings(max_examples=80, deadline=None)
@given(regional(quota=1), st.sampled_from(Aim))
def test_no_plan_with_single_seats_within_the_quotas_is_fairer(columns: ProblemColumns, aim: Aim) -> None:
    check_best(columns, Objective.FAIR, aim)


@settings(max_examples=40, deadline=None)
@given(regional(), st.sampled_from(KNOWN), st.randoms(use_true_random=False))
def test_shuffled_input_gives_the_same_pairs(columns: ProblemColumns, objective: Objective, chance: Random) -> None:
    groups = dict(zip(columns.openings, columns.groups or (), strict=True))
    other = shuffled(columns, chance)
    other = replace(other, groups=[groups[name] for name in other.openings], quotas=columns.quotas[::-1])
    try:
        pairs = named(columns, objective)
    except Conflict:
        with pytest.raises(Conflict):
            named(other, objective)
        return
    assert named(other, objective) == pairs


def test_quotas_bring_people_where_they_get_fewer_points() -> None:
    assert planned(SIX, Objective.BEST).total == 22
    most = planned(replace(SIX, quotas=[Quota("west", most=1)]), Objective.BEST)
    assert (most.total, filled(most.pairs, {0, 1})) == (13, 1)
    least = planned(replace(SIX, quotas=[Quota("east", least=2)]), Objective.BEST)
    assert (least.total, filled(least.pairs, {2})) == (21, 2)


def test_locked_seats_count_towards_the_quotas() -> None:
    locked = replace(SIX, locks=[(0, 2)], quotas=[Quota("east", least=1, most=1)])
    plan = planned(locked, Objective.BEST)
    assert (filled(plan.pairs, {2}), plan.total) == (1, 1 + 15 + 2)


def test_the_quotas_that_cannot_be_kept_together_are_named_and_no_others() -> None:
    groups = ["a", "b", "c"]
    three = replace(dense_columns(np.ones((3, 3), np.int64)), groups=groups, seats=[3, 3, 3])
    quotas = [Quota("a", least=2), Quota("b", least=2), Quota("c", most=0)]
    with pytest.raises(Conflict, match=r"The quotas a at least 2, b at least 2 cannot be kept together.*lower one"):
        planned(replace(three, quotas=quotas), Objective.BEST)
    with pytest.raises(Conflict, match=r"The quota b at least 4 cannot be kept,"):
        planned(replace(three, quotas=[Quota("a", least=1), Quota("b", least=4)]), Objective.FAIR)


def test_locks_beyond_a_quota_are_a_conflict_that_names_them() -> None:
    locked = replace(SIX, locks=[(0, 0), (1, 1), (2, 2)], quotas=[Quota("west", most=1)])
    with pytest.raises(Conflict, match=r"The locks 0=0, 1=1 cannot hold together: group west fills at most 1"):
        planned(locked, Objective.BEST)


@pytest.mark.parametrize("objective", STABLE)
def test_stable_plans_know_no_quotas_and_say_so(objective: Objective) -> None:
    with pytest.raises(InvalidValue, match="not for quotas of groups; plan for best, fewest-unserved or fair"):
        planned(replace(SIX, quotas=[Quota("west", most=1)]), objective)


@pytest.mark.parametrize(
    ("quotas", "sentence"),
    [
        ([Quota("north")], "'north' is the group of no opening"),
        ([Quota("west", 2, 1)], "'west: 2 to 1' does not run from a least to a most"),
        ([Quota("west", -1)], "does not run"),
        ([Quota("west"), Quota("west", 1)], "is stated twice"),
    ],
)
def test_quotas_that_mean_nothing_are_refused(quotas: list[Quota], sentence: str) -> None:
    with pytest.raises(InvalidValue, match=sentence):
        planned(replace(SIX, quotas=quotas), Objective.BEST)


def test_a_column_of_groups_that_is_too_short_is_refused() -> None:
    with pytest.raises(InvalidValue, match="groups"):
        planned(replace(SIX, groups=["west"], quotas=[Quota("west")]), Objective.BEST)


def filled(pairs: tuple[object, ...], openings: set[int]) -> int:
    return sum(getattr(pair, "opening", None) in openings for pair in pairs)


def named(columns: ProblemColumns, objective: Objective) -> set[tuple[str, str]]:
    pairs = planned(columns, objective).pairs
    return {(columns.people[pair.person], columns.openings[pair.opening]) for pair in pairs}
