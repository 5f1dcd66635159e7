"""An engagement without a known end is drawn as one, and the picture says what that means."""

import pytest

from graph.connection import Graph
from graph.domain.engagements import EngagementStatus
from graph.domain.marks import Role
from graph.services.imports.ingest import ingest
from tests import factories
from tests.factories import day
from tests.web.browsers import ClientFor


@pytest.mark.parametrize(("end", "open_"), [(None, True), (day("2999"), False)])
def test_a_bar_without_a_known_end_is_open_and_explained(
    client_for: ClientFor, graph: Graph, end: object, open_: bool
) -> None:
    given = {"mentor": "ama", "mentee": "ben", "programme": "togo-cert", "start": day("2025"), "end": end}
    ingest(graph, "tests", [factories.mentorship(id="carries", **given)])
    text = client_for(Role.OFFICER).get("/programmes/togo-cert").text
    chart = text[text.index('class="gantt"') :]
    assert ('class="tone open' in chart) is open_
    assert ("no end known: it may have ended or go on" in chart) is open_


def test_a_tie_without_a_known_end_is_open_on_the_way(client_for: ClientFor, graph: Graph) -> None:
    given = {"mentor": "ben", "mentee": "ama", "start": day("2021"), "end": None, "status": EngagementStatus.ACTIVE}
    ingest(graph, "tests", [factories.mentorship(id="lasting", **given)])
    way = client_for(Role.RESEARCHER).get("/network/paths?from=ben&to=ama&by=2022").text
    assert 'class="tone c1 open"' in way
    assert "no end known, so it has not delivered" in way
    ended = client_for(Role.RESEARCHER).get("/network/paths?from=ama&to=ben").text
    assert "tone c1" in ended
    assert "no end known" not in ended
