"""The map of flows and the matrix of regions, on their page."""

import pytest

from graph.connection import Graph
from graph.domain.marks import Role
from graph.domain.topics import EVERY_TOPIC
from graph.services.imports.ingest import ingest
from graph.statement import CATALOGUE, Statement
from tests.factories import country, day, institution, secondment
from tests.web.browsers import ClientFor, flaws
from webapp.presenters.network.maps import (
    FlowLeg,
    FlowStop,
    flow_map,
    ribbon,
    world,
)

ALL_BUT_ACCOUNTS = Statement("MATCH (n) WHERE NOT n:Account DETACH DELETE n", changes=EVERY_TOPIC)
CATALOGUE.remove(ALL_BUT_ACCOUNTS)


def stop(id_: str, size: int = 4) -> FlowStop:
    return FlowStop(id_, id_.upper(), f"{id_} and its transfers", size, "c1", f"/{id_}")


def test_the_address_holds_the_years_and_the_kind(client_for: ClientFor) -> None:
    text = client_for(Role.RESEARCHER).get("/network/map?from=2021&to=2023&filter=channel%3DSecondment").text

    assert "<h1>1 engagement crossed borders in 2021 to 2023, 0 stayed within a country</h1>" in text
    assert "The largest flow went from Ghana to Togo: 1 engagement" in text
    assert '<option value="channel=Secondment" selected>' in text
    assert "Ghana: 1 engagement given, 0 received, 0 within" in text


def test_without_years_the_latest_beginnings_are_shown(client_for: ClientFor) -> None:
    assert "crossed borders in 2023" in client_for(Role.MEMBER).get("/network/map").text


def test_years_without_transfers_teach_what_would_stand_there(client_for: ClientFor) -> None:
    answer = client_for(Role.MEMBER).get("/network/map?from=1990&to=1991")
    assert (answer.status_code, flaws(answer.text)) == (200, [])
    assert "<h1>No transfer of know-how in 1990 to 1991</h1>" in answer.text
    assert 'href="/network/map?from=2020&amp;to=2023">Take all years</a>' in answer.text


def test_filters_that_nothing_passes_can_be_taken_off(client_for: ClientFor) -> None:
    answer = client_for(Role.MEMBER).get("/network/map?filter=funder%3Dacademy")
    assert (answer.status_code, flaws(answer.text)) == (200, [])
    assert 'href="/network/map">Take the filters off</a>' in answer.text
    assert "They ask for funder=academy." in answer.text


def test_an_empty_graph_has_a_page_too(client_for: ClientFor, graph: Graph) -> None:
    client = client_for(Role.MEMBER)
    graph.write(ALL_BUT_ACCOUNTS)
    answer = client.get("/network/map")
    assert (answer.status_code, flaws(answer.text)) == (200, [])
    assert "No flow to draw yet" in answer.text


@pytest.mark.parametrize("query", ["from=soon", "from=2023&to=2020", "filter=colour%3Dred", "filter=region%3DAtlantis"])
def test_a_question_that_makes_no_sense_is_refused(client_for: ClientFor, query: str) -> None:
    answer = client_for(Role.OFFICER).get(f"/network/map?{query}")
    assert (answer.status_code, flaws(answer.text)) == (422, [])


def test_flows_are_sorted_as_asked(client_for: ClientFor, graph: Graph) -> None:
    client = client_for(Role.OFFICER)
    east = [
        country(id="ke", name="Kenya", code="KE"),
        institution(id="cert-ke", country="ke"),
        secondment(id="east", expert="ama", home="cert-ke", host="cert-gh", start=day("2022"), end=day("2022")),
    ]
    ingest(graph, "tests", east)
    first = '<tr><td data-label="From"><a href="/institutions?country={}">'

    for sort, giver in (("giver", "gh"), ("-giver", "ke"), ("-counted", "gh"), ("nonsense", "gh")):
        table = client.get(f"/network/map?from=2022&to=2022&sort={sort}").text.partition("Every flow between")[2]
        assert table.partition("<tbody>")[2].lstrip().startswith(first.format(giver)), sort


def test_the_flows_can_be_taken_away_as_a_sheet(client_for: ClientFor) -> None:
    answer = client_for(Role.MEMBER).get("/network/map?from=2023&to=2023&format=csv")
    assert answer.mimetype == "text/csv"
    rows = [line.replace("\N{NO-BREAK SPACE}", " ") for line in answer.text.splitlines()]
    assert rows[1:] == ["Ghana,Togo,2,2,66.7 %", "Togo,Ghana,1,1,33.3 %"]


def test_a_small_state_is_a_dot_that_can_be_hit() -> None:
    drawn = flow_map([stop("tv"), stop("fj", 9)], [FlowLeg("fj", "tv", "Fiji to Tuvalu", 2)])

    assert world().countries["tv"].path == ""
    assert [dot.stop.id for dot in drawn.dots] == ["fj", "tv"]
    # A phone scrolls the map at 960 pixels of 2000 units.
    assert all(2 * dot.reach * 960 / drawn.width >= 24 for dot in drawn.dots)
    assert [(each.words, each.tone) for each in drawn.ribbons] == [("Fiji to Tuvalu", "c1")]
    assert world().countries["to"].at in drawn.specks


def test_a_country_on_no_map_is_left_to_the_tables() -> None:
    drawn = flow_map([stop("fj"), stop("atlantis")], [FlowLeg("fj", "atlantis", "", 1)])
    assert ([dot.stop.id for dot in drawn.dots], drawn.ribbons) == (["fj"], ())


def test_the_flows_of_a_pair_bend_to_different_sides() -> None:
    there, back = ribbon((0, 0), (100, 0), 2), ribbon((100, 0), (0, 0), 2)
    assert there.partition("Q")[2].startswith("50.0 17")
    assert back.partition("Q")[2].startswith("50.0 -17")
