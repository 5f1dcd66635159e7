"""Openings of unequal effort: nobody gives more than they have, and no plan within that is better."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import Conflict, InvalidValue
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem, dense_columns
from graph.matching.problem.efforts import MOST, in_whole_units
from graph.matching.problem.regions import Quota
from graph.matching.solvers.plans import Aim, Objective
from tests.matching.limits import check_best, planned
from tests.matching.markets import markets
from tests.matching.problem.test_regions import KNOWN, STABLE, named
from tests.matching.solvers.test_plans import shuffled

PERCENT = replace(dense_columns(np.array([[9, 6, 5], [1, 1, 0]])), efforts=[100, 60, 40], capacities=[100, 50])


@st.composite
def laborious(draw: st.DrawFn) -> ProblemColumns:
    columns = draw(markets())
    efforts = draw(st.lists(st.integers(0, 5), min_size=3, max_size=3))[: len(columns.openings)]
    capacities = draw(st.lists(st.integers(0, 9), min_size=4, max_size=4))[: len(columns.people)]
    groups = draw(st.sampled_from([None, ["g"] * len(efforts)]))
    quotas = [Quota("g", draw(st.integers(0, 2)))] if groups else []
    return replace(columns, efforts=efforts, capacities=capacities, groups=groups, quotas=quotas)


@settings(max_examples=120, deadline=None)
@given(laborious(), st.sampled_from(KNOWN), st.sampled_from(Aim))
def test_no_plan_within_the_efforts_is_better(columns: ProblemColumns, objective: Objective, aim: Aim) -> None:
    check_best(columns, objective, aim)


@st.composite
def unequal(draw: st.DrawFn) -> ProblemColumns:
    """As `laborious`, where what an opening takes depends on who takes it."""
    columns = draw(laborious())
    arcs = len(columns.points)
    return replace(columns, efforts=None, pair_efforts=draw(st.lists(st.integers(0, 5), min_size=arcs, max_size=arcs)))


@settings(max_examples=120, deadline=None)
@given(unequal(), st.sampled_from(KNOWN), st.sampled_from(Aim))
def test_no_plan_is_better_where_people_differ_in_what_an_opening_takes_of_them(
    columns: ProblemColumns, objective: Objective, aim: Aim
) -> None:
    check_best(columns, objective, aim)


@settings(max_examples=40, deadline=None)
@given(laborious(), st.sampled_from(KNOWN), st.randoms(use_true_random=False))
def test_shuffled_input_gives_the_same_pairs(columns: ProblemColumns, objective: Objective, chance: Random) -> None:
    efforts = dict(zip(columns.openings, columns.efforts, strict=True))
    capacities = dict(zip(columns.people, columns.capacities, strict=True))
    other = replace(columns, groups=None, quotas=())
    moved = shuffled(other, chance)
    moved = replace(
        moved,
        efforts=[efforts[name] for name in moved.openings],
        capacities=[capacities[name] for name in moved.people],
    )
    try:
        pairs = named(other, objective)
    except Conflict:
        with pytest.raises(Conflict):
            named(moved, objective)
        return
    assert named(moved, objective) == pairs


def test_two_smaller_postings_can_be_worth_more_than_one_that_takes_all() -> None:
    plan = planned(PERCENT, Objective.BEST)
    assert [(pair.person, pair.opening) for pair in plan.pairs] == [(0, 1), (0, 2)]
    assert (plan.total, plan.total_bound) == (11, 11)


def test_whoever_needs_less_effort_for_an_opening_can_take_one_more() -> None:
    # Person 0 has 10: both openings take 12 of them, which leaves one to person 1, who needs 9 for either.
    table = np.array([[5, 4], [3, 3]])
    dear = replace(dense_columns(table), pair_efforts=[7, 5, 9, 9], capacities=[10, 10])
    cheap = replace(dear, pair_efforts=[6, 4, 9, 9])
    assert [(pair.person, pair.opening) for pair in planned(dear, Objective.BEST).pairs] == [(0, 0), (1, 1)]
    assert [(pair.person, pair.opening) for pair in planned(cheap, Objective.BEST).pairs] == [(0, 0), (0, 1)]
    locked = replace(dear, locks=[(0, 1), (0, 0)])
    with pytest.raises(Conflict, match="The locks 0=0, 0=1 cannot hold together: person 0 has 10 to give and they"):
        build_problem(locked)


def test_counts_hold_beside_efforts_where_both_are_given() -> None:
    plan = planned(replace(PERCENT, loads=[1, 1]), Objective.BEST)
    assert [(pair.person, pair.opening) for pair in plan.pairs] == [(0, 0), (1, 2)]


def test_an_empty_roster_and_nobody_with_time_make_an_empty_plan() -> None:
    nobody = ProblemColumns(people=[], openings=["a"], person=[], opening=[], points=[], efforts=[5], capacities=[])
    idle = replace(PERCENT, capacities=[0, 0])
    for objective in KNOWN:
        assert planned(nobody, objective).pairs == planned(idle, objective).pairs == ()


def test_of_locks_that_take_more_than_a_person_has_the_fewest_are_named() -> None:
    locked = replace(PERCENT, locks=[(0, 2), (0, 0)])
    with pytest.raises(Conflict, match="The locks 0=0, 0=2 cannot hold together: person 0 has 100 to give"):
        build_problem(locked)
    with pytest.raises(Conflict, match="The lock 1=0 cannot hold: person 1 has 50 to give and they take 100"):
        build_problem(replace(PERCENT, locks=[(1, 0), (1, 2)]))


def test_least_quotas_that_the_efforts_do_not_allow_are_a_conflict() -> None:
    columns = replace(PERCENT, groups=["g", "g", None], quotas=[Quota("g", least=2)])
    with pytest.raises(Conflict, match="The quota g at least 2 cannot be kept"):
        planned(columns, Objective.BEST)


@pytest.mark.parametrize("objective", STABLE)
def test_stable_plans_know_no_efforts_and_say_so(objective: Objective) -> None:
    with pytest.raises(InvalidValue, match="not for efforts"):
        planned(PERCENT, objective)


def test_efforts_without_capacities_and_below_zero_are_refused() -> None:
    with pytest.raises(InvalidValue, match="capacities: 'None' has to be given beside efforts"):
        build_problem(replace(PERCENT, capacities=None))
    with pytest.raises(InvalidValue, match="efforts: '-1' in row 1"):
        build_problem(replace(PERCENT, efforts=[1, -1, 1]))
    with pytest.raises(InvalidValue, match="are given by opening and by pair"):
        build_problem(replace(PERCENT, pair_efforts=[1] * 6))
    with pytest.raises(InvalidValue, match="efforts: '5' is not the number of rows"):
        build_problem(replace(PERCENT, efforts=None, pair_efforts=[1] * 5))


def test_efforts_and_budgets_become_whole_units() -> None:
    efforts, person = np.array([0.75, 1.5, 0.0, 3.0]), np.array([0, 0, 1, 1])
    whole, most = in_whole_units(efforts, person, [2.0, 100.0, 7.0])
    # The unit is 0.75: of 2.0 two are whole, all of person 1 together are 4, and person 2 has nothing to take.
    assert (whole.tolist(), most.tolist()) == ([1, 2, 0, 4], [2, 4, 0])
    large, budgets = in_whole_units(np.array([2e9, 3e9]), np.array([0, 0]), [4.9e9])
    assert (large.tolist(), budgets.tolist()) == ([2, 3], [4])
    tenths, have = in_whole_units(np.array([0.1, 0.2]), np.array([0, 0]), [0.3])
    assert (tenths.tolist(), have.tolist()) == ([1, 2], [3])
    assert in_whole_units(np.zeros(0), np.zeros(0, np.int32), [1.0])[1].tolist() == [0]
    with pytest.raises(InvalidValue, match=r"efforts: '0\.1234567' is not exact"):
        in_whole_units(np.array([1.0, 0.1234567]), np.array([0, 0]), [1.0])
    with pytest.raises(InvalidValue, match="efforts: '1,000,001' units are more than can be counted exactly"):
        in_whole_units(np.array([1.0, MOST]), np.array([0, 0]), [2e6])
