"""What matching stands on is read once for each state of the graph, and never outlives a write."""

import threading
from datetime import UTC, date, datetime
from weakref import WeakKeyDictionary

import pytest

from graph.cache.memory import Cache
from graph.connection import Graph
from graph.domain.labels import Label
from graph.domain.marks import Audience, Purpose, Role
from graph.domain.topics import EVERY_TOPIC, Topic
from graph.errors import NotFound
from graph.services.imports.ingest import ingest
from graph.services.matching import snapshot
from graph.services.matching.read_ahead import kept_warm, warm
from graph.services.matching.snapshot import matching_snapshot
from graph.services.planning.workspace import PlanRequest, load_workspace
from graph.statement import CATALOGUE, Statement
from graph.store import openings, records
from tests.conftest import MEMBER, OFFICER
from tests.factories import a_small_world, account, expert
from tests.services.bench_world import bench_world

TODAY = date(2026, 11, 23)
UNSTAMPED = Statement("MATCH (r:Revision) DELETE r", changes=EVERY_TOPIC)
SEATS = Statement("MATCH (o:Opening {id: $id}) SET o.seats = 7", changes=Topic.OPENINGS)
for statement in (UNSTAMPED, SEATS):
    CATALOGUE.remove(statement)


def test_every_write_leaves_a_revision_and_no_read_does(graph: Graph) -> None:
    ingest(graph, "tests", a_small_world())
    first = graph.versions()
    openings.find(graph, OFFICER, "togo-mentor")

    assert first
    assert graph.versions() == first
    openings.save_weights(graph, "togo-mentor", "")
    assert graph.versions() != first


def test_the_ground_is_kept_while_nothing_is_written(graph: Graph) -> None:
    bench_world(graph)
    found = matching_snapshot(graph, OFFICER, TODAY)

    assert matching_snapshot(graph, OFFICER, TODAY) is found
    assert matching_snapshot(graph, OFFICER, date(2026, 11, 24)) is not found
    assert matching_snapshot(graph, MEMBER, TODAY) is not found
    (ask, need), *_ = found.asked(["togo-mentor"])
    weights = {"gap": 1}
    assert found.scored(need, weights, frozenset()) is found.scored(need, dict(weights), frozenset())
    assert found.asked(["togo-mentor"])[0] == (ask, need)


def test_a_graph_that_nobody_wrote_to_since_revisions_exist_has_a_ground_too(graph: Graph) -> None:
    bench_world(graph)
    graph.define(UNSTAMPED)

    assert graph.versions() == {}
    assert matching_snapshot(graph, OFFICER, TODAY) is matching_snapshot(graph, OFFICER, TODAY)


def test_a_withdrawn_consent_is_seen_at_once(graph: Graph) -> None:
    bench_world(graph)
    before = matching_snapshot(graph, OFFICER, TODAY).people
    assert "zoe" in before.experts.index

    ingest(graph, "tests", [expert(id="zoe", name="Zoe", consents=frozenset({Purpose.RESEARCH}))])

    assert "zoe" not in matching_snapshot(graph, OFFICER, TODAY).people.experts.index


def test_an_opening_that_is_not_there_is_named(graph: Graph) -> None:
    bench_world(graph)
    with pytest.raises(NotFound, match="'nowhere'"):
        matching_snapshot(graph, OFFICER, TODAY).asked(["nowhere", "togo-mentor"])


def test_other_weights_measure_nobody_anew(graph: Graph) -> None:
    bench_world(graph)
    found = matching_snapshot(graph, OFFICER, TODAY)
    ((_, need),) = found.asked(["togo-mentor"])
    one, other = (found.scored(need, weights, frozenset()) for weights in ({"gap": 1}, {"gap": 1, "load": 3}))

    assert one.values is other.values
    assert one.points.tolist() != other.points.tolist()
    assert found.scored(need, {"gap": 1}, frozenset({"presence"})).values is not one.values


def test_a_bench_on_a_warm_ground_reads_and_measures_nobody(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    bench_world(graph)
    cold = load_workspace(graph, OFFICER, PlanRequest(), TODAY)
    bench_world(graph)
    warm(graph, TODAY)
    for name in ("read_people", "read_asks", "measure"):
        monkeypatch.setattr(f"graph.services.matching.snapshot.{name}", lambda *_: pytest.fail("worked again"))

    found = load_workspace(graph, OFFICER, PlanRequest(), TODAY)

    assert [place.scored.points.tolist() for place in found.openings] == [
        place.scored.points.tolist() for place in cold.openings
    ]


def test_whoever_looked_lately_need_not_wait_either(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    bench_world(graph)
    host = Audience(Role.HOST, "zoe")
    matching_snapshot(graph, host, TODAY)
    ingest(graph, "tests", [expert(id="new", name="New")])
    warm(graph, TODAY)
    monkeypatch.setattr("graph.services.matching.snapshot.read_people", lambda *_: pytest.fail("read again"))

    assert "zoe" in matching_snapshot(graph, host, TODAY).people.experts.index


def test_whoever_has_an_account_to_match_with_need_not_wait_at_the_first_look(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "_CACHE", Cache[tuple[Audience, date], snapshot.MatchingSnapshot]())
    monkeypatch.setattr(snapshot, "_LOOKED", WeakKeyDictionary())
    bench_world(graph)
    ingest(graph, "tests", [account(id="of-host", role=Role.HOST), account(id="of-member", role=Role.MEMBER)])
    warm(graph, TODAY)
    monkeypatch.setattr(
        "graph.services.matching.snapshot.read_people", lambda *_: pytest.fail("read for the first time")
    )

    assert matching_snapshot(graph, OFFICER, TODAY).people.experts.ids
    assert matching_snapshot(graph, Audience(Role.HOST), TODAY).people.experts.ids
    with pytest.raises(pytest.fail.Exception, match="first time"):
        matching_snapshot(graph, MEMBER, TODAY)


def test_a_draft_leaves_what_was_measured_and_a_changed_opening_is_measured_anew_alone(graph: Graph) -> None:
    bench_world(graph)
    found = matching_snapshot(graph, OFFICER, TODAY)
    ids = [need.id for _, need in found.asked(openings.open_ids(graph, OFFICER, TODAY.isoformat()))]
    scored = {need.id: found.scored(need, {"gap": 1}, frozenset()) for _, need in found.asked(ids)}
    records.save_nodes(graph, Label.PROPOSAL, [{"id": "draft", "status": "draft", "tlp": "AMBER"}])
    assert matching_snapshot(graph, OFFICER, TODAY) is found
    assert all(found.scored(need, {"gap": 1}, frozenset()) is scored[need.id] for _, need in found.asked(ids))

    graph.write(SEATS, id="togo-mentor")

    assert matching_snapshot(graph, OFFICER, TODAY) is found
    after = {need.id: found.scored(need, {"gap": 1}, frozenset()) for _, need in found.asked(ids)}
    assert len(ids) > 1
    assert {id_ for id_ in ids if after[id_] is not scored[id_]} == {"togo-mentor"}
    assert {need.id: need.seats for _, need in found.asked(ids)}["togo-mentor"] == 7


def test_the_ground_is_read_behind_the_pages_after_a_write(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    read = threading.Event()

    def told(graph: Graph, today: date) -> None:
        warm(graph, today)
        read.set()

    monkeypatch.setattr("graph.services.matching.read_ahead.warm", told)
    with kept_warm(graph, pause=0.02):
        for _ in range(2):
            bench_world(graph)
            assert read.wait(10)
            read.clear()
    found = matching_snapshot(graph, OFFICER, datetime.now(UTC).date())
    monkeypatch.setattr("graph.services.matching.snapshot.read_people", lambda *_: pytest.fail("read again"))
    assert matching_snapshot(graph, OFFICER, datetime.now(UTC).date()) is found
