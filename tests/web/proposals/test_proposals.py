"""The pages of plans and proposals: who opens them, what they show, and what their buttons do."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.dates import PartialDate
from graph.domain.marks import Role
from graph.services.imports.ingest import ingest
from graph.services.planning.save_draft import DraftPair, DraftPlan, save_draft
from graph.services.proposals.publish import publish_plan
from graph.store import proposals
from graph.store.pages import Query
from tests import factories
from tests.conftest import WIPE
from tests.services.bench_world import free
from tests.web.browsers import SIGNED_IN, ClientFor, flaws, token

OFFICER = factories.account(role=Role.OFFICER)
TODAY = datetime.now(UTC).date()
LATER = PartialDate.of_day(TODAY + timedelta(days=9))
PARTS = '{"gap": {"points": 4000, "weight": 40}, "language": {"points": 500, "weight": 10}}'


@pytest.fixture
def graph(embedded: Graph) -> Graph:
    """One engine is enough for pages: the statements behind them run on both in the tests of the services."""
    embedded.write(WIPE)
    return embedded


def kept(graph: Graph, *experts: str, opening: str = "togo-mentor") -> str:
    pairs = tuple(DraftPair(expert, opening, 4_500, PARTS) for expert in experts)
    return save_draft(
        graph, OFFICER, DraftPlan(name=f"For {' '.join(experts)}", objective="fair", inputs={}, pairs=pairs)
    )


def proposed(graph: Graph, expert: str) -> str:
    """A published proposal; its id."""
    plan = kept(graph, expert)
    publish_plan(graph, OFFICER, plan, TODAY, LATER)
    return only(graph, OFFICER, plan)


def only(graph: Graph, account: Account, plan: str) -> str:
    page = proposals.search(graph, proposals.reader(account, TODAY), Query(facets=(("plan", plan),), sort="day"))
    return str(page.rows[0]["id"])


def send(client: FlaskClient, page: str, action: str, **form: str) -> tuple[int, str]:
    answer = client.post(f"{page}/{action}", data={"csrf_token": token(client, page), **form})
    assert answer.status_code == 302 or flaws(answer.text) == []
    return answer.status_code, answer.text


@pytest.mark.parametrize("role", SIGNED_IN)
def test_each_page_is_for_those_it_concerns(graph: Graph, client_for: ClientFor, role: Role) -> None:
    client, plans = client_for(role), role in (Role.OFFICER, Role.ADMIN)
    assert "No proposals yet" in client.get("/proposals").text
    assert flaws(client.get("/proposals").text) == []
    own, others = proposed(graph, "ben"), proposed(graph, "ama")

    may = {own: plans or role in (Role.HOST, Role.MEMBER), others: plans or role is Role.HOST}
    for id_, allowed in may.items():
        answer = client.get(f"/proposals/{id_}")
        assert answer.status_code == (200 if allowed else 404)
        assert flaws(answer.text) == []
    listed = client.get("/proposals").text
    assert ("Ama Owusu" in listed, "Ben Adjovi" in listed) == (may[others], may[own])
    assert ("Ama Owusu" in client.get("/proposals?format=csv").text) is may[others]
    assert flaws(listed) == []
    for page in ("/plans", f"/plans/{kept(graph, 'ama', 'ben')}"):
        answer = client.get(page)
        assert answer.status_code == (200 if plans else 403), page
        assert flaws(answer.text) == []


@pytest.mark.parametrize("role", [Role.MEMBER, Role.RESEARCHER, Role.HOST])
@pytest.mark.parametrize("action", ["proposals/{id}/withdraw", "plans/{plan}/publish"])
def test_planning_is_for_planners(graph: Graph, client_for: ClientFor, role: Role, action: str) -> None:
    client, plan = client_for(role), kept(graph, "ben")
    path = action.format(id=only(graph, OFFICER, plan), plan=plan)

    assert client.post(f"/{path}", data={"csrf_token": token(client, "/")}).status_code == 403


def test_an_officer_publishes_and_both_sides_find_it_on_their_first_page(graph: Graph, client_for: ClientFor) -> None:
    officer, plan = client_for(Role.OFFICER), kept(graph, "ben")
    assert "1 of 1 proposal is not published" in officer.get(f"/plans/{plan}").text
    assert send(officer, f"/plans/{plan}", "publish", answer_by="nonsense")[0] == 422
    assert "is still to come" in send(officer, f"/plans/{plan}", "publish", answer_by="2020-01-01")[1]

    assert send(officer, f"/plans/{plan}", "publish", answer_by=LATER.text)[0] == 302

    for role in (Role.MEMBER, Role.HOST):
        home = client_for(role).get("/").text
        assert "1 proposal waits for you" in home
        assert "Proposals that wait for you" in home
        assert flaws(home) == []
        assert '<a href="/proposals">Proposals <span>1</span></a>' in home
    assert "wait for you" not in client_for(Role.RESEARCHER).get("/").text


def test_a_page_says_why_by_when_and_what_was_said(graph: Graph, client_for: ClientFor) -> None:
    page = f"/proposals/{proposed(graph, 'ben')}"
    text = client_for(Role.MEMBER).get(page).text
    for words in (
        "4,500 points of 10,000",
        "What else is lacking",
        "4,000 of 8,000 points",
        "Togo CERT",
        "has not answered yet",
    ):
        assert words in text, words
    assert "Note the answer" not in text

    assert send(client_for(Role.HOST), page, "answer", party="host", verdict="accept", words="Come in March.")[0] == 302

    text = client_for(Role.MEMBER).get(page).text
    assert '<q class="long">Come in March.</q>' in text
    assert "waits for the expert" in text


def test_declining_asks_for_the_reason_on_its_field(graph: Graph, client_for: ClientFor) -> None:
    member, page = client_for(Role.MEMBER), f"/proposals/{proposed(graph, 'ben')}"

    status, text = send(member, page, "answer", party="expert", verdict="decline")
    assert status == 422
    assert 'id="error-expert"' in text
    assert send(member, page, "answer", party="expert", verdict="perhaps")[0] == 422
    assert send(member, page, "answer", party="expert", verdict="accept", words="x" * 1001)[0] == 422
    assert send(member, page, "answer", party="expert", verdict="decline", words="No time.")[0] == 302

    text = member.get(page).text
    assert "No time." in text
    assert 'name="verdict"' not in text


def test_nobody_answers_for_the_other_side(graph: Graph, client_for: ClientFor) -> None:
    page = f"/proposals/{proposed(graph, 'ben')}"
    for role, party in ((Role.MEMBER, "host"), (Role.HOST, "expert")):
        assert send(client_for(role), page, "answer", party=party, verdict="accept")[0] == 403
    stranger = client_for(Role.RESEARCHER)
    form = {"csrf_token": token(stranger, "/"), "party": "expert", "verdict": "accept"}
    assert stranger.post(f"{page}/answer", data=form).status_code == 404
    assert client_for(Role.MEMBER).post(f"{page}/answer", data={"party": "expert"}).status_code == 400


def test_a_mentorship_is_agreed_named_and_found_with_the_addresses(graph: Graph, client_for: ClientFor) -> None:
    ingest(graph, "y", [factories.account(email="ama@example.org", role=Role.MEMBER, expert="ama")])
    host, page = client_for(Role.HOST), f"/proposals/{proposed(graph, 'ama')}"
    send(host, page, "answer", party="host", verdict="accept")
    assert "@example.org" not in host.get(page).text

    send(client_for(Role.OFFICER), page, "answer", party="expert", verdict="accept")

    text = host.get(page).text
    assert "ama@example.org" in text
    assert "host@example.org" in text
    assert "Whom is the mentor for?" in text
    assert flaws(text) == []
    assert send(host, page, "mentee", mentee="dede")[0] == 422
    assert send(host, page, "mentee", mentee="ben")[0] == 302
    assert 'href="/experts/ben"' in host.get(page).text
    assert "Ama Owusu" in host.get("/engagements?kind=Mentorship&status=planned").text


def test_who_comes_second_is_told_and_never_by_whom(graph: Graph, client_for: ClientFor) -> None:
    ama, page = proposed(graph, "ama"), f"/proposals/{proposed(graph, 'ben')}"
    officer, member = client_for(Role.OFFICER), client_for(Role.MEMBER)
    for party in ("host", "expert"):
        send(officer, f"/proposals/{ama}", "answer", party=party, verdict="accept")
    send(officer, page, "answer", party="host", verdict="accept")

    status, text = send(member, page, "answer", party="expert", verdict="accept")

    assert status == 409
    assert "The last seat of Forensics mentor was taken a moment ago" in text
    assert "All seats are taken by now" in text
    assert "Ama" not in text
    assert "For Ben Adjovi no other opening is left" in text
    ingest(
        graph,
        "y",
        [
            factories.opening(id="stay", name="Stay in Accra", programme="accra", deadline=LATER),
            factories.programme(id="accra", owner="cert-gh", country="gh"),
            free("ben"),
        ],
    )
    assert "Next best for Ben Adjovi: Stay in Accra." in member.get(page).text
    assert 'lock=ben%3Dstay">Put it on the bench' in officer.get(page).text
    assert "Next best" not in client_for(Role.HOST).get(page).text
    send(member, page, "answer", party="expert", verdict="decline", words="Then not.")
    assert "Ama" not in member.get(page).text


def test_what_is_taken_back_is_gone_for_both_sides(graph: Graph, client_for: ClientFor) -> None:
    officer, page = client_for(Role.OFFICER), f"/proposals/{proposed(graph, 'ben')}"

    assert send(officer, page, "withdraw")[0] == 302

    assert [client_for(role).get(page).status_code for role in (Role.MEMBER, Role.HOST)] == [404, 404]
    assert officer.get(page).status_code == 200
    assert officer.get("/proposals?status=draft&q=ben").text.count(page) == 1
