"""A person ranks the openings they would take; those who plan see it, and a plan by wishes keeps to it."""

import pytest

from graph.connection import Graph
from graph.domain.marks import Audience, Role
from graph.errors import Conflict, InvalidValue, NotAllowed, NotFound
from graph.matching.solvers.plans import Objective
from graph.services.accounts.wishes import MOST, WishStep, move_wish, note_wishes
from graph.services.imports.ingest import ingest
from graph.services.planning.plan import report_plan
from graph.services.planning.workspace import PlanRequest, load_workspace
from graph.store import wishes
from tests import factories
from tests.conftest import OFFICER, today
from tests.services.agreement_world import opening_to_come
from tests.services.bench_world import bench_world

XENA = factories.account(id="account-xena", role=Role.MEMBER, expert="xena")
PLANNER = factories.account(id="account-officer", role=Role.OFFICER)
HOST = Audience(Role.HOST)


@pytest.fixture
def world(graph: Graph) -> Graph:
    return bench_world(graph)


def ranked(graph: Graph, audience: Audience = OFFICER) -> list[str]:
    return [row["opening"] for row in wishes.of_person(graph, audience, "xena")]


def placed(graph: Graph, objective: Objective, audience: Audience = OFFICER) -> set[tuple[str, str]]:
    bench = load_workspace(graph, audience, PlanRequest(), today())
    return {(found.expert, found.opening) for found in report_plan(bench, objective).placements}


def test_an_opening_is_added_at_the_end_moved_up_and_taken_off(world: Graph) -> None:
    move_wish(world, XENA, "togo-mentor", WishStep.ADD)
    assert move_wish(world, XENA, "accra-mentor", WishStep.ADD) == ("togo-mentor", "accra-mentor")
    assert move_wish(world, XENA, "accra-mentor", WishStep.ADD) == ("togo-mentor", "accra-mentor")

    assert move_wish(world, XENA, "accra-mentor", WishStep.UP) == ("accra-mentor", "togo-mentor")
    assert move_wish(world, XENA, "accra-mentor", WishStep.UP) == ("accra-mentor", "togo-mentor")
    assert ranked(world) == ["accra-mentor", "togo-mentor"]

    move_wish(world, XENA, "accra-mentor", WishStep.OFF)
    assert move_wish(world, XENA, "accra-mentor", WishStep.OFF) == ("togo-mentor",)
    assert ranked(world, XENA.audience) == ["togo-mentor"]


def test_those_who_plan_may_note_it_and_hosts_neither_see_nor_plan_by_it(world: Graph) -> None:
    note_wishes(world, PLANNER, "xena", ["accra-mentor"])

    assert ranked(world) == ["accra-mentor"]
    assert ranked(world, HOST) == []
    assert not load_workspace(world, HOST, PlanRequest(), today()).knows_wishes
    with pytest.raises(NotAllowed):
        note_wishes(world, factories.account(role=Role.HOST), "xena", [])


def test_a_plan_by_wishes_gives_people_what_they_ranked_first(world: Graph) -> None:
    # Xena brings most to both. By points Togo is hers; she would rather go to Accra.
    assert ("xena", "togo-mentor") in placed(world, Objective.HOST_STABLE)

    note_wishes(world, PLANNER, "xena", ["accra-mentor", "togo-mentor"])

    assert ("xena", "accra-mentor") in placed(world, Objective.EXPERT_STABLE)


def test_without_wishes_there_is_no_plan_by_them(world: Graph) -> None:
    with pytest.raises(Conflict, match="Nobody on the bench has said which"):
        placed(world, Objective.EXPERT_STABLE)

    note_wishes(world, PLANNER, "xena", ["accra-mentor"])
    bench = load_workspace(world, OFFICER, PlanRequest(people=("yves", "zoe")), today())
    with pytest.raises(Conflict, match="rank openings on their account page"):
        report_plan(bench, Objective.EXPERT_STABLE)


def test_what_cannot_be_wished_for_is_told_and_nothing_is_lost(world: Graph) -> None:
    note_wishes(world, PLANNER, "xena", ["accra-mentor"])

    for wanted, error in (
        (["togo-mentor", "togo-mentor"], InvalidValue),
        (["nowhere"], NotFound),
        ([f"o{number}" for number in range(MOST + 1)], InvalidValue),
    ):
        with pytest.raises(error):
            note_wishes(world, PLANNER, "xena", wanted)
    with pytest.raises(NotFound):
        note_wishes(world, PLANNER, "nobody", ["accra-mentor"])
    with pytest.raises(NotAllowed):
        move_wish(world, factories.account(role=Role.MEMBER), "accra-mentor", WishStep.ADD)

    assert ranked(world) == ["accra-mentor"]


def test_what_the_person_may_not_see_is_not_ranked(world: Graph) -> None:
    ingest(world, "y", [opening_to_come(id="closed", name="Closed", tlp="RED")])
    with pytest.raises(NotFound):
        move_wish(world, XENA, "closed", WishStep.ADD)
