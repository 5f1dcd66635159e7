"""Mending a plan on its page: who moves, what is next for whom, and how it goes on."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from flask.testing import FlaskClient

from graph.connection import Graph
from graph.domain.marks import Role
from graph.matching.solvers.plans import Objective
from graph.services.imports.ingest import ingest
from graph.services.planning.plan import report_plan
from graph.services.planning.save_workspace import save_workspace
from graph.services.planning.workspace import load_workspace
from graph.services.proposals.publish import publish_plan
from tests import factories
from tests.conftest import OFFICER, today
from tests.services.bench_world import able, bench_world, wanted
from tests.web.browsers import SIGNED_IN, ClientFor, flaws

ACCOUNT = factories.account(id="planner", role=Role.OFFICER)
TRIO = ("xena", "yves", "zoe")


@pytest.fixture
def plan(graph: Graph, client_for: ClientFor) -> str:
    """Xena in Accra, Yves in Togo, Zoe nowhere."""
    bench = load_workspace(bench_world(graph), OFFICER, wanted(people=TRIO), datetime.now(UTC).date())
    return save_workspace(graph, ACCOUNT, bench, report_plan(bench, Objective.BEST), "West Africa")


def page(client: FlaskClient, plan: str, query: str = "", status: int = 200) -> str:
    answer = client.get(f"/plans/{plan}/repair{query}")
    assert (answer.status_code, flaws(answer.text)) == (status, [])
    return unescape(answer.text)


def test_somebody_drops_out_and_the_bench_goes_on_with_the_mended_plan(plan: str, client_for: ClientFor) -> None:
    client = client_for(Role.OFFICER)
    asked = page(client, plan)
    mended = page(client, plan, "?without=yves&most=3")

    assert "What happened to the plan?" in asked
    assert all(f'value="{expert}"' in asked for expert in ("xena", "yves"))
    assert "2 people move" in mended
    assert "Zoe comes to Forensics mentor" in mended
    found = re.search(r'href="(/match\?[^"]*)"', mended)
    assert found
    bench = unescape(client.get(found[1]).text)
    assert "Locked, take back" in bench
    assert "17,500" in bench


def test_agreed_pairs_are_told_and_not_planned_again(graph: Graph, plan: str, client_for: ClientFor) -> None:
    publish_plan(graph, ACCOUNT, plan, today())
    mended = page(client_for(Role.OFFICER), plan, "?most=0")

    assert "Nobody has to move" in mended
    assert "as before" in mended
    assert "Planning everything anew would gain nothing." in mended


def test_a_lost_seat_offers_what_is_next_or_says_why_nothing_is(graph: Graph, plan: str, client_for: ClientFor) -> None:
    ingest(graph, "better", [able("zoe", 4)])

    assert "For Yves no other opening is left: every opening" in page(client_for(Role.OFFICER), plan, "?most=3")


def test_a_fair_plan_is_mended_and_says_what_planning_anew_would_do_for_the_worst_served(
    graph: Graph, client_for: ClientFor
) -> None:
    bench = load_workspace(bench_world(graph), OFFICER, wanted(people=TRIO), datetime.now(UTC).date())
    fair = save_workspace(graph, ACCOUNT, bench, report_plan(bench, Objective.FAIR), "Fair")

    mended = page(client_for(Role.OFFICER), fair, "?without=xena&most=0")

    assert "points a seat for the worst served" in mended
    anew = "bring the worst served opening from 2,500 to 4,500 points a seat and end 1 pair."
    assert f"Planning everything anew would {anew}" in mended


def test_what_cannot_be_asked_is_told(plan: str, client_for: ClientFor) -> None:
    client = client_for(Role.OFFICER)

    assert "Give a whole number, 0 or more." in page(client, plan, "?most=-1", 422)
    assert "Give a whole number, 0 or more." in page(client, plan, "?most=few", 422)
    refused = page(client, plan, "?opening=nowhere&most=3", 404)
    assert '<a href="/proposals" aria-current="page">' in refused
    assert "There is no expert 'nobody'" in page(client, plan, "?without=nobody&most=3", 404)
    page(client, "nowhere", status=404)


@pytest.mark.parametrize("role", SIGNED_IN)
def test_planners_alone_mend(plan: str, client_for: ClientFor, role: Role) -> None:
    allowed = role in (Role.OFFICER, Role.ADMIN)
    page(client_for(role), plan, status=200 if allowed else 403)
