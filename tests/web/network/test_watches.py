"""What hangs by a thread, on its pages: the question in the address, and names only for those who may see them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.connection import Graph
from graph.domain.dates import PartialDate
from graph.domain.marks import Role
from graph.domain.people import Expert
from graph.domain.records import Record
from graph.services.imports.ingest import ingest
from tests import factories
from tests.factories import day
from tests.web.browsers import SIGNED_IN, ClientFor


def test_the_address_holds_who_is_taken_away(client_for: ClientFor) -> None:
    text = client_for(Role.RESEARCHER).get("/network/what-if?without=academy").text

    assert "1 of 2 institutions loses the last path from a centre" in text
    assert 'href="/network/what-if"' in text
    assert "Computer Team of Togo" in text


@pytest.mark.parametrize(
    "page", ["what-if?level=planet", "what-if?pass=soon", "relay?within=0", "relay?within=some", "relay?on=soon"]
)
def test_a_question_that_makes_no_sense_is_refused(client_for: ClientFor, page: str) -> None:
    assert client_for(Role.OFFICER).get(f"/network/{page}").status_code == 422


def test_who_is_hidden_cannot_be_taken_away(client_for: ClientFor) -> None:
    assert client_for(Role.OFFICER).get("/network/what-if?without=cleo").status_code == 404


@pytest.mark.parametrize("role", SIGNED_IN)
def test_candidates_are_for_those_who_decide(client_for: ClientFor, graph: Graph, role: Role) -> None:
    about = {"programme": "togo-cert", "capabilities": ("area-forensics",)}
    ends = factories.mentorship(
        id="ends", mentor="cleo", mentee="ben", start=day("2025"), end=day("2026-12-31"), **about
    )
    ingest(graph, "tests", [ends, able_ama()])

    text = client_for(role).get("/network/relay?on=2026-10-01").text

    assert "December 2026" in text
    assert ("Name withheld" in text) is (role is not Role.ADMIN)
    assert ("Who could follow" in text) is (role in (Role.HOST, Role.OFFICER, Role.ADMIN))
    assert ("Ama Owusu" in text) is (role in (Role.HOST, Role.OFFICER, Role.ADMIN))


def test_a_headline_counts_nothing_in_words(client_for: ClientFor) -> None:
    assert "No engagement ends by" in client_for(Role.OFFICER).get("/network/relay?on=1990-01-01").text


TODAY = datetime.now(UTC).date()


def for_togo(**given: Any) -> Record:
    """A mentorship that carries forensics for the programme in Togo."""
    about = {"programme": "togo-cert", "capabilities": ("area-forensics",), "mentor": "cleo", "mentee": "ben"}
    return factories.mentorship(**{"start": day("2025"), **about, **given})


def able_ama() -> Record:
    """Ama of the small world, who shows now what she states."""
    (ama,) = (each for each in factories.a_small_world() if each.id == "ama")
    assert isinstance(ama, Expert)
    shown = (replace(each, evidence="Runs the laboratory.") for each in ama.capabilities)
    return replace(ama, capabilities=tuple(shown))


def days_from_now(count: int) -> PartialDate:
    return PartialDate.of_day(TODAY + timedelta(days=count))


def test_a_programme_warns_of_a_relay_that_nobody_takes_over(client_for: ClientFor, graph: Graph) -> None:
    ingest(graph, "tests", [for_togo(id="soon", end=days_from_now(60)), able_ama()])
    officer, member = (client_for(role).get("/programmes/togo-cert").text for role in (Role.OFFICER, Role.MEMBER))
    assert "Relay gap on" in officer
    assert "The mentorship ends with no successor for Digital forensics and nobody local who has" in officer
    assert "could follow" in officer
    assert "could follow" not in member

    ingest(graph, "tests", [for_togo(id="next", start=days_from_now(-9), end=day("2099"))])
    assert "Relay gap" not in client_for(Role.OFFICER).get("/programmes/togo-cert").text


def test_a_relay_that_was_dropped_stays_in_sight_until_somebody_takes_it_up(
    client_for: ClientFor, graph: Graph
) -> None:
    ingest(graph, "tests", [for_togo(id="past", end=days_from_now(-60))])
    text = client_for(Role.OFFICER).get("/programmes/togo-cert").text
    assert "Relay gap since" in text
    assert "could follow" not in text

    ingest(graph, "tests", [for_togo(id="later", start=days_from_now(30), end=day("2099"))])
    assert "Relay gap" not in client_for(Role.OFFICER).get("/programmes/togo-cert").text


def test_the_first_page_warns_officers_of_every_relay_and_hosts_of_their_own(
    client_for: ClientFor, graph: Graph
) -> None:
    assert "Relay gaps ahead" not in client_for(Role.OFFICER).get("/").text
    elsewhere = factories.programme(id="ghana-cert", name="Ghana CERT", owner="cert-gh", country="gh")
    ends = days_from_now(60)
    there = for_togo(id="there", end=ends, programme="ghana-cert", capabilities=("nice-analyst",), mentee="dede")
    ingest(graph, "tests", [elsewhere, for_togo(id="soon", end=ends), there])

    officer, host, member = (client_for(role).get("/").text for role in (Role.OFFICER, Role.HOST, Role.MEMBER))
    assert "Togo CERT" in officer[officer.index("Relay gaps ahead") :]
    assert "Ghana CERT" in officer
    assert "Relay gaps of your programmes" in host
    assert "Ghana CERT" not in host
    assert "Relay gaps" not in member
