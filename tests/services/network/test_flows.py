"""What flowed between countries and regions, as far as the viewer may see it."""

import pytest

from graph.connection import Graph
from graph.domain.marks import Audience
from graph.domain.records import Record
from graph.errors import InvalidValue
from graph.services.imports.ingest import ingest
from graph.services.network.evolution import EvolutionQuery
from graph.services.network.flows import Flows, trace_flows
from graph.services.transfers.actors import Level
from graph.services.transfers.filters import TransferFilter
from graph.services.transfers.transfers import Left
from tests.conftest import MEMBER, OFFICER
from tests.factories import TODAY, a_small_world, country, day, institution, region, secondment


def traced(graph: Graph, years: tuple[int, int], audience: Audience = OFFICER, *filters: str) -> Flows:
    return trace_flows(
        graph,
        audience,
        EvolutionQuery(Level.COUNTRY, *years, transfer_filter=TransferFilter.from_texts(filters), today=TODAY),
    )


def rows(found: Flows) -> list[tuple[str, str, float, float]]:
    return [(flow.giver.id, flow.receiver.id, flow.counted, flow.lasting) for flow in found.flows]


def the_east() -> list[Record]:
    return [
        region(id="m49-014", name="Eastern Africa", code="014", parent="m49-002"),
        country(id="ke", name="Kenya", code="KE", region="m49-014"),
        institution(id="cert-ke", country="ke"),
        institution(id="adrift", country=""),
        secondment(id="east", expert="ama", home="cert-gh", host="cert-ke", start=day("2023"), end=day("2023")),
        secondment(id="home", expert="ama", home="cert-gh", host="academy", start=day("2023"), end=day("2023")),
        secondment(id="away", expert="ama", home="cert-gh", host="adrift", start=day("2023"), end=day("2023")),
    ]


def test_flows_cross_borders_and_the_rest_stays_at_home(graph: Graph) -> None:
    ingest(graph, "tests", [*a_small_world(), *the_east()])

    found = traced(graph, (2023, 2023))

    # The course of 2021 goes on, and the project of 2023 carries both ways.
    assert rows(found) == [("gh", "tg", 2, 2), ("gh", "ke", 1, 0), ("tg", "gh", 1, 1)]
    assert (found.crossing, found.staying) == (3, 1)
    assert [(each.country.id, each.given, each.received, each.within) for each in found.totals] == [
        ("gh", 3, 1, 1),
        ("tg", 1, 2, 0),
        ("ke", 0, 1, 0),
    ]
    assert found.left_out == {Left.NO_PLACE: 1}


def test_regions_count_what_stays_within_them(graph: Graph) -> None:
    ingest(graph, "tests", [*a_small_world(), *the_east()])

    matrix = traced(graph, (2023, 2023)).matrix

    assert matrix.regions == ("Eastern Africa", "Western Africa")
    assert (matrix.counts, matrix.total) == (((0, 0), (1, 4)), 5)
    assert matrix.shares == ((0.0, 0.0), (0.2, 0.8))


def test_filters_and_years_narrow_the_flows(graph: Graph) -> None:
    ingest(graph, "tests", a_small_world())

    assert rows(traced(graph, (2021, 2023), OFFICER, "channel=secondment")) == [("gh", "tg", 1, 0)]
    assert rows(traced(graph, (2010, 2015))) == []


def test_a_hidden_institution_does_not_show_through_its_country(graph: Graph) -> None:
    hidden = institution(id="academy", name="Academy", tlp="AMBER")
    ingest(graph, "tests", [hidden if each.id == "academy" else each for each in a_small_world()])

    assert rows(traced(graph, (2020, 2020), OFFICER)) == [("gh", "tg", 2, 1)]
    assert rows(traced(graph, (2020, 2020), MEMBER)) == [("gh", "tg", 1, 1)]


def test_an_empty_graph_has_no_flows(graph: Graph) -> None:
    found = traced(graph, (2019, 2020))
    assert (found.flows, found.totals, found.course, found.matrix.counts, found.crossing) == ((), (), (), (), 0)


def test_years_out_of_order_are_refused(fresh: Graph) -> None:
    with pytest.raises(InvalidValue):
        traced(fresh, (2020, 2019))
