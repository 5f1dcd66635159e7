"""A host weighs what counts for an opening, a person confirms what they can do: who may, and what it changes."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from graph.connection import Graph
from graph.domain.marks import EVERYTHING, Role
from graph.domain.people import HasCapability
from graph.matching.scoring.kinds import BRINGS
from graph.services.imports.ingest import ingest
from graph.services.matching.weigh import weights_of
from graph.store import experts, openings
from tests import factories
from tests.web.browsers import PASSWORD, ClientFor, flaws, sign_in, token
from tests.web.conftest import PASSWORD_HASH

PAGE = "/openings/togo-mentor"
WEIGH = f"{PAGE}/weights"


def _form(**changed: object) -> dict[str, str]:
    return {name: str(weight) for name, weight in {**BRINGS.weights, **changed}.items()}


def _kept(graph: Graph) -> object:
    return weights_of(openings.find(graph, EVERYTHING, "togo-mentor")[0])


def test_the_host_saves_own_weights_and_goes_back_to_the_usual_ones(graph: Graph, client_for: ClientFor) -> None:
    client = client_for(Role.HOST)
    assert "the usual weights" in client.get(PAGE).text
    assert 'href="/match?focus=togo-mentor#shortlist"' in client.get(PAGE).text

    answer = client.post(WEIGH, data={"csrf_token": token(client, PAGE), **_form(gap=7, text=0)})
    page = client.get(PAGE).text

    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert _kept(graph) == {**BRINGS.weights, "gap": 7, "text": 0}
    assert "own weights" in page
    assert flaws(page) == []

    client.post(WEIGH, data={"csrf_token": token(client, PAGE), "usual": "1"})
    assert _kept(graph) == BRINGS.weights


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (_form(gap=101), "Give a whole number from 0 to 100."),
        (_form(gap="much"), "Not a valid integer value."),
        (dict.fromkeys(BRINGS.weights, "0"), "add up to nothing"),
        ({}, "Give a whole number from 0 to 100."),
    ],
)
def test_weights_that_will_not_do_are_put_back_on_the_form(
    graph: Graph, client_for: ClientFor, form: dict[str, str], said: str
) -> None:
    client = client_for(Role.OFFICER)
    answer = client.post(WEIGH, data={"csrf_token": token(client, PAGE), **form})
    assert answer.status_code == 422
    assert said in answer.text
    assert flaws(answer.text) == []
    assert _kept(graph) == BRINGS.weights


def test_a_host_of_another_programme_may_not_weigh(graph: Graph, app: Flask) -> None:
    other = factories.account(
        id="account-other",
        email="other@example.org",
        role=Role.HOST,
        password_hash=PASSWORD_HASH,
        institution="cert-gh",
    )
    ingest(graph, "tests", [other])
    client = app.test_client()
    assert sign_in(client, "other@example.org", PASSWORD) == (302, "/")

    assert "Change the weights" not in client.get(PAGE).text
    for form in (_form(gap=7), {"usual": "1"}, {}):
        answer = client.post(WEIGH, data={"csrf_token": token(client, "/"), **form})
        assert answer.status_code == 403
    assert _kept(graph) == BRINGS.weights


@pytest.mark.parametrize(("role", "status"), [(Role.PUBLIC, 302), (Role.MEMBER, 403), (Role.RESEARCHER, 403)])
def test_nobody_else_comes_near_the_weights(client_for: ClientFor, role: Role, status: int) -> None:
    client = client_for(role)
    page = "/sign-in" if role is Role.PUBLIC else "/"
    assert "Change the weights" not in client.get(PAGE).text
    assert client.post(WEIGH, data={"csrf_token": token(client, page), **_form()}).status_code == status


@pytest.mark.parametrize("page", [WEIGH, "/account/confirm"])
def test_both_forms_ask_for_their_token(client_for: ClientFor, page: str) -> None:
    assert client_for(Role.OFFICER).post(page, data=_form()).status_code == 400


def test_one_click_confirms_ones_own_capabilities_alone(graph: Graph, client_for: ClientFor) -> None:
    skills = (HasCapability(target="area-forensics", level=2, confirmed_on=factories.day("2019-05")),)
    ingest(graph, "tests", [factories.expert(id="ben", name="Ben Adjovi", country="tg", capabilities=skills)])
    client = client_for(Role.MEMBER)
    page = client.get("/account").text
    assert "It all still holds" in page
    assert flaws(page) == []

    answer = client.post("/account/confirm", data={"csrf_token": token(client, "/account")})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/account")
    today = datetime.now(UTC).date().isoformat()
    assert [row["confirmed_on"] for row in experts.capabilities(graph, EVERYTHING, "ben")] == [today]
    assert [row["confirmed_on"] for row in experts.capabilities(graph, EVERYTHING, "ama")] == ["2026-01"]


def test_an_account_without_a_person_has_nothing_to_confirm(client_for: ClientFor) -> None:
    client = client_for(Role.OFFICER)
    answer = client.post("/account/confirm", data={"csrf_token": token(client, "/account")})
    assert answer.status_code == 403
    assert "It all still holds" not in client.get("/account").text


def test_a_conflict_of_interest_is_declared_and_taken_back(client_for: ClientFor) -> None:
    client = client_for(Role.MEMBER)

    def send(action: str, **form: str) -> tuple[int, str]:
        answer = client.post(f"/account/conflicts{action}", data={"csrf_token": token(client, "/account"), **form})
        return answer.status_code, answer.text

    assert "Nothing is declared" in client.get("/account").text
    assert send("", institution="Academy")[0] == 302
    page = client.get("/account").text
    assert "since" in page
    assert flaws(page) == []
    assert "/account/conflicts/academy/take-back" in page
    for wrong, why in (("", "Write the name"), ("Nowhere", "the name of no institution"), ("e", "may mean several")):
        status, text = send("", institution=wrong)
        assert status == 422, wrong
        assert why in text, wrong
        assert flaws(text) == [], wrong
    assert send("/nowhere/take-back")[0] == 404
    assert send("/academy/take-back")[0] == 302
    assert "Nothing is declared" in client.get("/account").text


def test_an_account_without_a_person_declares_no_conflict(client_for: ClientFor) -> None:
    client = client_for(Role.RESEARCHER)
    form = {"csrf_token": token(client, "/account"), "institution": "Academy"}

    assert client.post("/account/conflicts", data=form).status_code == 403
    assert "Whom you keep away from" not in client.get("/account").text


def test_an_opening_is_put_on_the_list_of_what_one_would_take_and_taken_off(client_for: ClientFor) -> None:
    client = client_for(Role.MEMBER)

    def send(opening: str, move: str) -> int:
        form = {"csrf_token": token(client, "/account"), "opening": opening, "move": move}
        return client.post("/account/wishes", data=form).status_code

    assert "You have ranked no opening" in client.get("/account").text
    assert "Put it on my list" in client.get(PAGE).text
    assert send("togo-mentor", "add") == 302
    account, opening = client.get("/account").text, client.get(PAGE).text
    assert "Take off" in account
    assert "It is number 1 on" in opening
    assert (flaws(account), flaws(opening)) == ([], [])
    assert [send("togo-mentor", step) for step in ("up", "off")] == [302, 302]
    assert "You have ranked no opening" in client.get("/account").text
    assert (send("nowhere", "add"), send("togo-mentor", "sideways")) == (404, 422)
