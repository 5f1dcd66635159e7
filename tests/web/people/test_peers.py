"""The page and the command of peers: whose they are, what stands there, and what to do when nothing does."""

import json
from pathlib import Path

import pytest
from flask import Flask

from graph.connection import Graph
from graph.domain.marks import Role
from graph.services.imports.ingest import ingest
from tests import factories
from tests.commands.conftest import invoking
from tests.factories import day
from tests.web.browsers import PASSWORD, SIGNED_IN, ClientFor, address, flaws, token
from tests.web.conftest import PASSWORD_HASH

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def shared(graph: Graph, app: Flask) -> Graph:
    """Ama and Efua were at one host with Ben, who signs in as the member."""
    ingest(
        graph,
        "shared",
        [
            factories.expert(id="efua", name="Efua Mensah", headline="Analyst"),
            factories.secondment(
                id="efua-away", expert="efua", host="academy", start=day("2019-10"), end=day("2020-03")
            ),
            factories.mentorship(id="cleo-ben", mentor="cleo", mentee="ben"),
            factories.mentorship(id="ama-efua", mentor="ama", mentee="efua", start=day("2024-05-03"), end=None),
        ],
    )
    return graph


def test_a_member_sees_who_shares_their_path_and_why(shared: Graph, client_for: ClientFor) -> None:
    answer = client_for(Role.MEMBER).get("/peers")

    assert (answer.status_code, flaws(answer.text)) == (200, [])
    assert "<h1>1 person shares part of your path</h1>" in answer.text
    for piece in (
        "Guests of the same host",
        "at the same time, 2019 to 2020: ",
        '<a href="/institutions/academy"><bdi>Academy</bdi></a>',
        '<a href="/engagements/Secondment/efua-away"><bdi>secondment, Oct 2019 to Mar 2020</bdi></a>',
        '<a href="/experts/efua"><bdi>Efua Mensah</bdi></a>',
        "1 more reason",
        ", you (",
        "Analyst · Ghana",
    ):
        assert piece in answer.text, piece
    assert "Cleo" not in answer.text
    assert 'href="/peers" aria-current="page"' in answer.text


@pytest.mark.parametrize("role", SIGNED_IN)
def test_only_officers_and_administrators_ask_for_others(shared: Graph, client_for: ClientFor, role: Role) -> None:
    client, may = client_for(role), role in (Role.OFFICER, Role.ADMIN)
    for expert in ("efua", "ama", "cleo", "nobody"):
        answer = client.get(f"/peers/{expert}")
        found = expert in ("efua", "ama") or (expert == "cleo" and role is Role.ADMIN)
        assert answer.status_code == (403 if not may else 200 if found else 404), expert
        assert flaws(answer.text) == []
        assert may or "Efua" not in answer.text


def test_an_officer_searches_for_a_person_and_reads_their_peers(shared: Graph, client_for: ClientFor) -> None:
    client = client_for(Role.OFFICER)
    pages = [client.get(page).text for page in ("/peers", "/peers?q=efua", "/peers?q=zzz", "/peers/efua")]

    assert [flaws(page) for page in pages] == [[], [], [], []]
    assert "Whose peers?" in pages[0]
    assert 'href="/peers/efua"' in pages[1]
    assert "Nobody of that name" in pages[2]
    assert "share part of \u2068Efua Mensah\u2069’s path" in pages[3].replace("shares", "share")
    assert "you" not in pages[3].partition("<main")[2].partition("</main>")[0].replace("Young", "")


def test_a_sign_in_without_a_record_is_told_what_comes_next(client_for: ClientFor) -> None:
    answer = client_for(Role.RESEARCHER).get("/peers")

    assert (answer.status_code, flaws(answer.text)) == (200, [])
    assert "belongs to no record yet" in answer.text


def test_without_consent_nobody_is_shown_and_the_account_page_is_the_next_step(
    shared: Graph, client_for: ClientFor
) -> None:
    member, officer = client_for(Role.MEMBER), client_for(Role.OFFICER)
    assert "Ben Adjovi" in officer.get("/peers/efua").text
    member.post("/account", data={"csrf_token": token(member, "/account"), "consents": ["matching"]})

    text = member.get("/peers").text
    assert flaws(text) == []
    assert "You are not in the directory" in text
    assert "Efua" not in text
    assert 'href="/account"' in text.partition("<main")[2]
    assert "Ben Adjovi" not in officer.get("/peers/efua").text
    assert "Not in the directory" in officer.get("/peers/ben").text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ([], "Nothing is on record yet that others could share"),
        ([factories.training(id="alone", organiser="lab", attendees=("new",))], "Nobody shares it yet"),
    ],
)
def test_an_empty_list_says_why_and_what_to_do(
    graph: Graph, client_for: ClientFor, more: list[factories.Record], words: str
) -> None:
    account = factories.account(
        id="account-new", email="new@example.org", role=Role.MEMBER, password_hash=PASSWORD_HASH, expert="new"
    )
    client = client_for(Role.PUBLIC)
    ingest(
        graph, "new", [factories.institution(id="lab"), factories.expert(id="new", name="Newly Come"), account, *more]
    )
    assert client.post(
        "/sign-in",
        data={"csrf_token": token(client, "/sign-in"), "email": account.email, "password": PASSWORD},
    ).status_code == 302  # fmt: skip

    text = client.get("/peers").text

    assert flaws(text) == []
    assert words in text
    assert "Nobody on your path yet" in text
    assert 'href="/experts"' in text.partition("<main")[2]


def test_no_name_is_taken_for_markup(shared: Graph, client_for: ClientFor) -> None:
    hostile = factories.training(id="evil", name=EVIL, organiser="academy", attendees=("ben", "mallory"))
    ingest(shared, "hostile", [factories.expert(id="mallory", name=EVIL, headline=EVIL), hostile])

    for role, page in ((Role.MEMBER, "/peers"), (Role.OFFICER, "/peers/mallory"), (Role.OFFICER, f"/peers?q={EVIL}")):
        text = client_for(role).get(page).text
        assert "<script>alert" not in text
        assert flaws(text) == []
        assert "&lt;script&gt;" in text


def test_the_command_tells_peers_as_lines_and_as_json(shared: Graph, tmp_path: Path) -> None:
    run = invoking(shared, tmp_path)

    lines = run("peers", "ben").output.splitlines()
    found = json.loads(run("peers", "ben", "--top", "1", "--json").output)

    assert lines[0] == "Ben Adjovi: people who share part of the path: 1; peers listed: 1"
    assert lines[1] == "  1  Efua Mensah (Analyst, Ghana)"
    assert lines[2].startswith("     - Both guests of Academy at the same time, 2019 to 2020: Efua Mensah (")
    (peer,) = found["peers"]
    assert found["expert"] == "ben"
    assert found["agreed"] is True
    assert found["recorded"] is True
    assert found["reached"] == 1
    assert (peer["expert"], [reason["kind"] for reason in peer["reasons"]]) == ("efua", ["host", "mentor"])
    assert peer["reasons"][0]["sentence"] == "".join(piece["name"] for piece in peer["reasons"][0]["pieces"])
    assert "example.org" not in json.dumps(found)
    for expert in ("nobody", "cleo"):
        assert f"There is no expert '{expert}'" in str(run("peers", expert).exception)
    assert address(Role.MEMBER) not in "".join(lines)
