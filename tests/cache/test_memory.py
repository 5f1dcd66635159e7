"""What is kept in memory holds until a topic it was read from changes, whoever changes it, and never longer."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from graph.cache import memory
from graph.cache.clear import clear_caches
from graph.cache.memory import Cache, cached_rows
from graph.cache.once import state_read_once
from graph.cache.reads import Reads, collected, note
from graph.cache.state import state_of
from graph.connection import Graph
from graph.domain.labels import Label
from graph.domain.topics import Topic
from graph.services.imports.ingest import ingest
from graph.statement import CATALOGUE, Statement
from graph.store import openings, records, reference, transfers
from tests.conftest import OFFICER
from tests.factories import a_small_world, expert, secondment

ELSEWHERE = Statement("MATCH (e:Expert {id: 'ama'}) SET e.name = $name", changes=Topic.PEOPLE)
CATALOGUE.remove(ELSEWHERE)


def names(graph: Graph) -> dict[str, str]:
    return transfers.person_names(graph, OFFICER)


def another_program_writes(graph: Graph, name: str) -> None:
    """A write that gives no topic a new version."""
    with graph._driver.session(database=graph.address.database) as session:
        session.run(ELSEWHERE.text, {"name": name}).consume()


@pytest.fixture
def world(graph: Graph) -> Iterator[Graph]:
    ingest(graph, "tests", a_small_world())
    usual = graph.cache_seconds
    yield graph
    graph.cache_seconds = usual


def test_rows_are_the_same_after_a_write_to_another_topic_or_one_that_leaves_them_alone(world: Graph) -> None:
    trainings = cached_rows(world, transfers.TRAININGS, marks=OFFICER.marks, known="9999")
    known = cached_rows(world, reference.COLUMNS)

    ingest(world, "tests", [secondment(id="new", expert="ben", host="cert-gh")])

    assert cached_rows(world, reference.COLUMNS) is known
    assert cached_rows(world, transfers.TRAININGS, marks=OFFICER.marks, known="9999") is trainings


def test_what_was_made_of_rows_that_are_the_same_again_is_kept(world: Graph) -> None:
    cache, made = Cache[str, list[str]](), []

    def make() -> list[str]:
        made.append("made")
        return [row["ids"] for row in cached_rows(world, transfers.PERSON_NAMES, **OFFICER.parameters)]

    first = cache.fetch(world, "names", make)
    openings.save_weights(world, "togo-mentor", "")
    assert cache.fetch(world, "names", make) is first
    world.write(records.SEAL[Label.EXPERT], rows=[{"id": "ama", "digest": "other"}])
    assert cache.fetch(world, "names", make) is first
    assert made == ["made"]
    ingest(world, "tests", [expert(id="zoe", name="Zoe")])
    assert cache.fetch(world, "names", make) is not first


def test_what_was_made_of_rows_is_kept_where_memory_was_too_short_for_the_rows(
    world: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache[str, object]()
    first = cache.fetch(world, "names", lambda: names(world) and object())
    monkeypatch.setattr(memory, "_ROWS", Cache(memory._same_rows))
    world.write(records.SEAL[Label.EXPERT], rows=[{"id": "ama", "digest": "other"}])

    assert cache.fetch(world, "names", object) is first


def test_what_reads_the_graph_itself_is_made_anew_after_a_write_to_its_topic_alone(world: Graph) -> None:
    cache = Cache[str, object]()

    def make() -> object:
        return world.read(transfers.PERSON_NAMES, **OFFICER.parameters), object()

    first = cache.fetch(world, "names", make)
    openings.save_weights(world, "togo-mentor", "")
    assert cache.fetch(world, "names", make) is first
    ingest(world, "tests", [expert(id="zoe", name="Zoe")])
    assert cache.fetch(world, "names", make) is not first


def test_whatever_is_made_of_a_kept_value_depends_on_what_that_one_depends_on(world: Graph) -> None:
    inner, outer = Cache[str, object](), Cache[str, object]()

    def made() -> object:
        inner.fetch(world, "key", lambda: cached_rows(world, transfers.PERSON_NAMES, **OFFICER.parameters))
        return object()

    inner.fetch(world, "key", lambda: cached_rows(world, transfers.PERSON_NAMES, **OFFICER.parameters))
    first = outer.fetch(world, "key", made)
    ingest(world, "tests", [expert(id="zoe", name="Zoe")])

    assert outer.fetch(world, "key", made) is not first


def test_whoever_collects_outside_does_not_see_what_is_read_inside() -> None:
    with collected() as outer:
        with collected() as inner:
            note(Topic.PEOPLE)
        note(Topic.REFERENCE)

    assert (outer, inner) == (Reads(Topic.REFERENCE), Reads(Topic.PEOPLE))


def test_two_who_ask_at_once_read_once(world: Graph) -> None:
    cache, made = Cache[str, object](), []

    def make() -> object:
        made.append(time.sleep(0.2))
        return object()

    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda _: cache.fetch(world, "key", make), range(3)))

    assert len(set(map(id, found))) == 1
    assert len(made) == 1


def test_a_failure_is_told_and_the_next_one_makes_it_anew(world: Graph) -> None:
    cache = Cache[str, int]()
    with pytest.raises(ZeroDivisionError):
        cache.fetch(world, "key", lambda: 1 // 0)

    assert cache.fetch(world, "key", lambda: 1) == 1


def test_what_another_program_wrote_is_seen_once_the_entry_is_too_old(world: Graph) -> None:
    world.cache_seconds = 0.5
    before = names(world)
    another_program_writes(world, "Written elsewhere")
    assert names(world) == before
    time.sleep(0.6)

    assert names(world)["ama"] == "Written elsewhere"


def test_what_was_made_of_other_entries_is_not_older_than_they_are(world: Graph) -> None:
    """The outer value is made just before its source is too old, and must not live on for its own time."""
    cache = Cache[str, dict[str, str]]()
    world.cache_seconds = 1.0
    names(world)
    another_program_writes(world, "Written elsewhere")
    time.sleep(0.6)
    assert cache.fetch(world, "key", lambda: names(world))["ama"] != "Written elsewhere"
    time.sleep(0.6)

    assert cache.fetch(world, "key", lambda: names(world))["ama"] == "Written elsewhere"


def test_an_old_entry_is_not_read_again_where_nobody_has_committed_anything(world: Graph) -> None:
    cache = Cache[str, object]()
    world.cache_seconds = 0.0
    first = cache.fetch(world, "key", lambda: (world.read(reference.COLUMNS), object()))

    assert cache.fetch(world, "key", object) is first


def test_the_last_commit_stays_the_same_while_somebody_reads_and_changes_when_anybody_writes(world: Graph) -> None:
    first = world.last_commit()
    world.read(reference.COLUMNS)
    assert world.last_commit() == first
    another_program_writes(world, "Written elsewhere")
    assert world.last_commit() != first


def test_after_clearing_what_another_program_wrote_is_seen_at_once(world: Graph) -> None:
    names(world)
    another_program_writes(world, "Written elsewhere")
    clear_caches(world)

    assert names(world)["ama"] == "Written elsewhere"


def test_in_one_request_the_versions_are_read_once_and_again_after_a_write_of_its_own(world: Graph) -> None:
    with state_read_once():
        first = state_of(world)
        assert state_of(world) is first
        openings.save_weights(world, "togo-mentor", "")
        second = state_of(world)
        assert second is not first
        assert second.versions["openings"] != first.versions["openings"]
        assert second.versions["people"] == first.versions["people"]
    assert state_of(world) is not second


def test_a_request_sees_what_it_has_written_itself(world: Graph) -> None:
    with state_read_once():
        names(world)
        ingest(world, "tests", [expert(id="ama", name="Another Name")])
        assert names(world)["ama"] == "Another Name"


def test_a_graph_that_keeps_nothing_reads_every_time(world: Graph) -> None:
    cache = Cache[str, object]()
    world.caches = False
    try:
        assert cache.fetch(world, "key", object) is not cache.fetch(world, "key", object)
        rows = cached_rows(world, reference.COLUMNS)
        assert cached_rows(world, reference.COLUMNS) is not rows
        assert cached_rows(world, reference.COLUMNS) == rows
    finally:
        world.caches = True
