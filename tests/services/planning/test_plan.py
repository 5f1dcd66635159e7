"""Plans out of the graph, worked out by hand, on both engines."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.connection import Graph
from graph.domain.agreements import Proposal, ProposalStatus
from graph.domain.people import Cefr, Speaks
from graph.errors import Conflict, InvalidValue, NotFound
from graph.matching.problem.regions import Quota
from graph.matching.solvers.plans import Objective
from graph.services.accounts.wishes import note_wishes
from graph.services.matching.weigh import set_weights
from graph.services.planning.contradictions import contradiction
from graph.services.planning.plan import (
    PlanReport,
    Proof,
    RegionShare,
)
from graph.services.planning.teams import Given
from graph.services.planning.workspace import PlanRequest, load_workspace
from tests import factories
from tests.conftest import OFFICER
from tests.services.agreement_world import OFFICER as PLANNER
from tests.services.bench_world import able, asking, bench_world, plan_openings, ready, seated, spring, wanted


def pairs(plan: PlanReport) -> set[tuple[str, str, int]]:
    return {(found.expert, found.opening, found.points) for found in plan.placements}


def test_the_best_total_moves_the_strongest_to_where_only_they_can_go(graph: Graph) -> None:
    plan = plan_openings(bench_world(graph), OFFICER, wanted(), Objective.BEST)

    assert pairs(plan) == {("xena", "accra-mentor", 10_000), ("yves", "togo-mentor", 9_500)}
    assert plan.worth.total == 19_500
    assert (plan.worth.served, plan.worth.openings, plan.worth.filled, plan.worth.seats) == (2, 2, 2, 2)
    assert (plan.worth.worst, plan.worth.tenth, plan.worth.blocking) == (9_500, 9_500, 0)
    assert plan.regions == (RegionShare("Western Africa", 2, 2, 2, 2, 19_500),)
    assert plan.empty == ()


def test_locks_exclusions_and_the_choice_of_people_are_kept(graph: Graph) -> None:
    bench_world(graph)

    locked = plan_openings(graph, OFFICER, wanted(locks=(("zoe", "togo-mentor"),)), Objective.BEST)
    without = plan_openings(graph, OFFICER, wanted(exclusions=(("xena", "accra-mentor"),)), Objective.BEST)
    two = plan_openings(graph, OFFICER, wanted(people=("yves", "zoe")), Objective.BEST)

    assert pairs(locked) == {("xena", "accra-mentor", 10_000), ("zoe", "togo-mentor", 7_500)}
    assert [found.locked for found in locked.placements] == [False, True]
    assert pairs(without) == {("yves", "accra-mentor", 4_500), ("xena", "togo-mentor", 10_000)}
    # 4,500 + 7,500 ties with 9,500 + 2,500 in points; one of the two it is.
    assert two.worth.total == 12_000
    assert {found.expert for found in two.placements} == {"yves", "zoe"}


def test_a_rule_switched_off_admits_whom_it_removed(graph: Graph) -> None:
    english = (Speaks(target="en", level=Cefr.C2),)
    bench_world(graph, *ready(able("wole", 4, languages=english)))

    ruled = plan_openings(graph, OFFICER, wanted(openings=("togo-mentor",)), Objective.BEST)
    admitted = plan_openings(
        graph,
        OFFICER,
        wanted(openings=("togo-mentor",), people=("wole",), switched_off=frozenset({"language"})),
        Objective.BEST,
    )

    assert pairs(ruled) == {("xena", "togo-mentor", 10_000)}
    assert pairs(admitted) == {("wole", "togo-mentor", 10_000)}


def test_somebody_with_room_for_two_fills_two_seats_and_nobody_more_than_they_carry(graph: Graph) -> None:
    bench_world(graph, *ready(able("vera", 4, capacity=2)))

    plan = plan_openings(graph, OFFICER, wanted(people=("vera",)), Objective.BEST)

    assert pairs(plan) == {("vera", "accra-mentor", 10_000), ("vera", "togo-mentor", 10_000)}
    assert plan.worth.busiest == 1.0


def test_an_opening_nobody_can_fill_stays_empty_and_says_so(graph: Graph) -> None:
    bench_world(graph)

    plan = plan_openings(graph, OFFICER, wanted(people=("xena",)), Objective.FEWEST_UNSERVED)

    (empty,) = plan.empty
    assert (empty.free, empty.seats, empty.eligible) == (1, 1, 1)


def test_no_openings_named_means_all_that_still_take_people(graph: Graph) -> None:
    over = factories.opening(id="over", programme="togo-cert", deadline=factories.day("2020-01-01"))
    bench_world(graph, over)

    plan = plan_openings(graph, OFFICER, wanted(openings=()), Objective.BEST)

    assert plan.worth.openings == 2


def test_what_cannot_be_is_one_sentence(graph: Graph) -> None:
    asking(graph, *ready(able("weak", 1)))

    with pytest.raises(InvalidValue, match=r"Weak does not state a capability .* switch the rule capability off"):
        plan_openings(graph, OFFICER, wanted(locks=(("weak", "togo-mentor"),)), Objective.BEST)
    with pytest.raises(NotFound):
        plan_openings(graph, OFFICER, wanted(openings=("nowhere",)), Objective.BEST)
    with pytest.raises(NotFound):
        plan_openings(graph, OFFICER, wanted(people=("nobody",)), Objective.BEST)
    both = (("xena", "togo-mentor"), ("yves", "togo-mentor"))
    with pytest.raises(Conflict, match=r"Xena for Forensics mentor, Yves for .+ Forensics mentor has 1 seat"):
        plan_openings(graph, OFFICER, wanted(locks=both), Objective.BEST)


def test_each_opening_counts_by_the_weights_kept_with_it(graph: Graph) -> None:
    bench_world(graph)
    set_weights(graph, factories.account(), "togo-mentor", {"gap": 1})

    plan = plan_openings(
        graph, OFFICER, wanted(weights=None, openings=("togo-mentor",), people=("zoe",)), Objective.BEST
    )

    assert pairs(plan) == {("zoe", "togo-mentor", 7_500)}


def bounds(**seats: tuple[int, int]) -> tuple[Quota, ...]:
    return tuple(Quota(region.replace("_", "-"), *limits) for region, limits in seats.items())


def test_a_region_fills_no_more_seats_than_it_may_and_no_fewer_than_it_must(graph: Graph) -> None:
    bench_world(graph)

    one = plan_openings(graph, OFFICER, wanted(bounds=bounds(m49_011=(0, 1))), Objective.BEST)
    named = plan_openings(graph, OFFICER, wanted(bounds=(Quota("Western Africa", 2, 2),)), Objective.FAIR)

    assert [found.filled for found in one.regions] == [1]
    assert one.worth.total == 10_000
    assert (named.worth.total, named.proof) == (19_500, Proof(19_500, 9_500, 0))


def test_no_pair_is_made_below_the_floor(graph: Graph) -> None:
    plan = plan_openings(bench_world(graph), OFFICER, wanted(floor=9_600), Objective.BEST)

    assert pairs(plan) in ({("xena", "accra-mentor", 10_000)}, {("xena", "togo-mentor", 10_000)})


def test_what_was_wanted_is_kept_as_text_and_older_texts_are_understood() -> None:
    asked = wanted(bounds=bounds(m49_011=(1, 2)), floor=500, teams=True, efforts=True)
    newer = ("bounds", "floor", "teams", "efforts")
    older = {name: value for name, value in json.loads(wanted().to_text()).items() if name not in newer}

    assert PlanRequest.from_text(asked.to_text()) == asked
    assert PlanRequest.from_text(json.dumps(older)) == wanted()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"bounds": bounds(m49_011=(3, 9))}, "The quota Western Africa at least 3 cannot be kept"),
        (
            {"bounds": bounds(m49_011=(2, 9)), "floor": 9_600, "exclusions": (("zoe", "accra-mentor"),)},
            "At least 2 and at most 9 in Western Africa and the floor of 9,600 points cannot hold together",
        ),
        (
            {"bounds": bounds(m49_011=(0, 1)), "locks": (("zoe", "togo-mentor"), ("yves", "accra-mentor"))},
            "The lock of Zoe for Forensics mentor, the lock of Yves for Accra mentor and at most 1 in Western Africa",
        ),
        (
            {"floor": 8_000, "locks": (("zoe", "togo-mentor"), ("xena", "accra-mentor"))},
            "The lock of Zoe for Forensics mentor and the floor of 8,000 points cannot hold together",
        ),
    ],
)
def test_what_cannot_hold_together_is_named_and_no_more(fresh: Graph, asked: dict[str, Any], says: str) -> None:
    with pytest.raises(Conflict) as caught:
        plan_openings(bench_world(fresh), OFFICER, wanted(**asked), Objective.BEST)

    assert says in str(caught.value)


def test_a_region_without_openings_has_no_bounds_and_stable_plans_know_none(fresh: Graph) -> None:
    bench_world(fresh)

    with pytest.raises(InvalidValue, match=r"has no opening on this bench; choose from Western Africa \(m49-011\)"):
        plan_openings(fresh, OFFICER, wanted(bounds=bounds(m49_999=(0, 1))), Objective.BEST)
    with pytest.raises(InvalidValue, match="plan for best, fewest-unserved or fair"):
        plan_openings(fresh, OFFICER, wanted(bounds=bounds(m49_011=(0, 1))), Objective.HOST_STABLE)


def test_somebody_confirmed_to_their_capacity_is_not_offered_again(graph: Graph) -> None:
    status = ProposalStatus.CONFIRMED
    bench_world(graph, Proposal(id="proposal-1", opening="accra-mentor", expert="xena", status=status))

    plan = plan_openings(graph, OFFICER, wanted(), Objective.BEST)

    # The mentee is not named, so no mentorship stands for it yet; Accra's seat and Xena's hand are taken all the same.
    assert pairs(plan) == {("yves", "togo-mentor", 9_500)}


def test_without_any_one_of_what_is_named_there_is_a_plan(graph: Graph) -> None:
    locks = (("zoe", "togo-mentor"), ("xena", "accra-mentor"))
    asked = wanted(bounds=bounds(m49_011=(2, 9)), floor=9_600, locks=locks, exclusions=(("yves", "togo-mentor"),))
    bench = load_workspace(bench_world(graph), OFFICER, asked, date(2026, 1, 1))

    found = contradiction(bench)

    assert found
    assert (found.locks, found.exclusions, found.bounds, found.floor) == ((), (), asked.bounds, 9_600)
    for less in ({"floor": 9_600}, {"bounds": asked.bounds}):
        assert contradiction(replace(bench, request=wanted(**less))) is None


def test_a_team_closes_a_gap_once_and_says_what_each_adds(graph: Graph) -> None:
    asked = wanted(openings=("togo-mentor",), people=("yves", "zoe"), teams=True, weights={"gap": 1, "load": 1})

    plan = plan_openings(seated(graph), OFFICER, asked, Objective.BEST)

    # Each brings 5,000 of load; of the gap Yves closes 95 of a hundred, Zoe 75, together 98.75.
    assert (plan.worth.total, plan.worth.worst) == (14_938, 7_469)
    assert [(found.expert, found.points) for found in plan.placements] == [("yves", 9_750), ("zoe", 8_750)]
    assert [found.marginal for found in plan.placements] == pytest.approx([6_187.5, 5_187.5], abs=1)
    ((team,), (gap,)) = plan.teams, plan.teams[0].gaps
    assert (team.experts, team.points) == (("yves", "zoe"), 14_938)
    assert (gap.capability, gap.share, gap.weight) == ("area-forensics", 0.9875, 5_000)
    assert plan.proof.total_bound == plan.worth.total
    assert plan.regions[0].points == plan.worth.total


def test_teams_change_nothing_where_every_opening_takes_one(graph: Graph) -> None:
    plain = plan_openings(bench_world(graph), OFFICER, wanted(), Objective.FAIR)

    assert plan_openings(graph, OFFICER, wanted(teams=True), Objective.FAIR) == plain


def test_a_team_spreads_people_whom_plain_points_would_put_together(graph: Graph) -> None:
    asked = wanted(people=("xena", "yves"), exclusions=(("xena", "accra-mentor"),))
    seated(graph)

    plain, teams = (
        plan_openings(graph, OFFICER, replace(asked, teams=counted), Objective.BEST) for counted in (False, True)
    )

    assert {found.opening for found in plain.placements} == {"togo-mentor"}
    assert pairs(teams) == {("xena", "togo-mentor", 10_000), ("yves", "accra-mentor", 4_500)}


@pytest.mark.parametrize("objective", [Objective.FAIR, Objective.HOST_STABLE, Objective.EXPERT_STABLE])
def test_objectives_that_know_no_teams_say_so_in_one_sentence(fresh: Graph, objective: Objective) -> None:
    seated(fresh)
    note_wishes(fresh, PLANNER, "zoe", ["togo-mentor"])
    with pytest.raises(InvalidValue, match="teams; plan for best"):
        plan_openings(fresh, OFFICER, wanted(teams=True), objective)


def test_nobody_gives_more_days_than_they_are_free_with_each_hand(graph: Graph) -> None:
    asked = wanted(people=("vera", "yves"), efforts=True)
    bench_world(graph, able("vera", 4, capacity=2), spring("vera"), spring("yves"))

    plain = plan_openings(graph, OFFICER, replace(asked, efforts=False), Objective.BEST)
    counted = plan_openings(graph, OFFICER, asked, Objective.BEST)

    assert pairs(plain) == {("vera", "accra-mentor", 10_000), ("vera", "togo-mentor", 10_000)}
    # Yves has 120 days for openings of 150, Vera twice as many.
    assert counted.days == (Given("vera", "Vera", 150, 240),)
    assert (counted.worth.total, counted.worth.filled) == (10_000, 1)
    assert plain.days == ()


def test_who_states_no_days_may_have_them_all_and_locks_beyond_them_are_told(graph: Graph) -> None:
    bench_world(graph, able("vera", 4, capacity=2), spring("yves"))
    asked = wanted(people=("vera",), efforts=True, switched_off=frozenset({"presence"}))

    both = plan_openings(graph, OFFICER, asked, Objective.FAIR)

    assert both.days == (Given("vera", "Vera", 300, 300),)
    with pytest.raises(Conflict, match="Forensics mentor and the 120 days that Yves has cannot"):
        plan_openings(graph, OFFICER, replace(asked, locks=(("yves", "togo-mentor"),)), Objective.BEST)
    with pytest.raises(InvalidValue, match="not for efforts"):
        plan_openings(graph, OFFICER, asked, Objective.HOST_STABLE)
