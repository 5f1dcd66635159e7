"""What matching stands on is read once for each state of the graph, and never outlives a write."""

from datetime import date

import pytest

from graph.connection import Graph
from graph.domain.marks import Purpose
from graph.errors import NotFound
from graph.services.grounds import ground
from graph.services.ingest import ingest
from graph.statement import CATALOGUE, Statement
from graph.store import openings
from tests.conftest import MEMBER, OFFICER
from tests.factories import a_small_world, expert
from tests.services.bench_world import bench_world

TODAY = date(2026, 11, 23)
UNSTAMPED = Statement("MATCH (r:Revision) DELETE r")
CATALOGUE.remove(UNSTAMPED)


def test_every_write_leaves_a_revision_and_no_read_does(graph: Graph) -> None:
    ingest(graph, "tests", a_small_world())
    first = graph.revision()
    openings.find(graph, OFFICER, "togo-mentor")

    assert first
    assert graph.revision() == first
    openings.save_weights(graph, "togo-mentor", "")
    assert graph.revision() != first


def test_the_ground_is_kept_while_nothing_is_written(graph: Graph) -> None:
    bench_world(graph)
    found = ground(graph, OFFICER, TODAY)

    assert ground(graph, OFFICER, TODAY) is found
    assert ground(graph, OFFICER, date(2026, 11, 24)) is not found
    assert ground(graph, MEMBER, TODAY) is not found
    (ask, need), *_ = found.asked(["togo-mentor"])
    weights = {"gap": 1}
    assert found.scored(need, weights, frozenset()) is found.scored(need, dict(weights), frozenset())
    assert found.asked(["togo-mentor"])[0] == (ask, need)


def test_a_graph_that_nobody_wrote_to_since_revisions_exist_has_a_ground_too(graph: Graph) -> None:
    bench_world(graph)
    graph.define(UNSTAMPED)

    assert graph.revision() == ""
    assert ground(graph, OFFICER, TODAY) is ground(graph, OFFICER, TODAY)


def test_a_withdrawn_consent_is_seen_at_once(graph: Graph) -> None:
    bench_world(graph)
    before = ground(graph, OFFICER, TODAY).people
    assert "zoe" in before.experts.index

    ingest(graph, "tests", [expert(id="zoe", name="Zoe", consents=frozenset({Purpose.RESEARCH}))])

    assert "zoe" not in ground(graph, OFFICER, TODAY).people.experts.index


def test_an_opening_that_is_not_there_is_named(graph: Graph) -> None:
    bench_world(graph)
    with pytest.raises(NotFound, match="'nowhere'"):
        ground(graph, OFFICER, TODAY).asked(["nowhere", "togo-mentor"])
