"""What is read in one question is of one state: it is asked again where a write came in between."""

import threading
from collections.abc import Iterator

import pytest

from graph.cache.memory import Cache, cached_rows
from graph.cache.once import in_one_state, state_read_once
from graph.connection import Graph
from graph.domain.marks import Audience
from graph.domain.programmes import Rating
from graph.errors import NotFound, Unavailable
from graph.services.imports.ingest import ingest
from graph.services.matching import snapshot
from graph.services.matching.match import MatchQuery, OpeningMatch, match_opening
from graph.statement import VERSIONS, Statement
from graph.store import openings, reference, transfers
from tests import factories
from tests.conftest import OFFICER, today
from tests.factories import a_small_world, day, expert


@pytest.fixture
def world(graph: Graph) -> Graph:
    ingest(graph, "tests", a_small_world())
    return graph


def renamed(graph: Graph, name: str) -> None:
    ingest(graph, "tests", [expert(id="ama", name=name)])


def name_twice(graph: Graph, meanwhile: Iterator[str]) -> tuple[str, str]:
    """The name of Ama read before and after she gets the next of these names."""
    before = transfers.person_names(graph, OFFICER)["ama"]
    cached_rows(graph, reference.COLUMNS)
    if name := next(meanwhile, ""):
        renamed(graph, name)
    return before, transfers.person_names(graph, OFFICER)["ama"]


def test_what_a_write_tore_is_asked_again(world: Graph) -> None:
    meanwhile = iter(["Ama One", "Ama Two"])

    assert in_one_state(lambda: name_twice(world, meanwhile)) == ("Ama Two", "Ama Two")


def test_while_writes_do_not_end_the_last_answer_is_given(world: Graph) -> None:
    names = (f"Ama {count}" for count in range(9))

    before, after = in_one_state(lambda: name_twice(world, names))

    assert (before, after) == ("Ama 1", "Ama 2")


def test_a_write_to_what_it_does_not_read_leaves_it(world: Graph) -> None:
    asked = []

    def ask() -> None:
        asked.append("asked")
        cached_rows(world, reference.COLUMNS)
        openings.save_weights(world, "togo-mentor", "")

    in_one_state(ask)

    assert asked == ["asked"]


@pytest.mark.parametrize("failure", [KeyError("ama"), NotFound("expert", "ama"), ValueError("no")])
def test_what_fails_because_of_a_write_is_asked_again(world: Graph, failure: Exception) -> None:
    failures = iter([failure])

    def ask() -> str:
        before, after = name_twice(world, iter([f"Ama {failure}"]))
        for one in failures:
            raise one
        return before + after

    assert in_one_state(ask) == f"Ama {failure}" * 2


def test_what_fails_without_a_write_fails_at_once(world: Graph) -> None:
    asked = []

    def ask() -> None:
        asked.append("asked")
        cached_rows(world, reference.COLUMNS)
        raise KeyError("ama")

    with pytest.raises(KeyError, match="ama"):
        in_one_state(ask)
    assert asked == ["asked"]


def test_what_fails_at_every_try_because_of_writes_says_so(world: Graph) -> None:
    names = (f"Ama {count}" for count in range(9))

    def ask() -> None:
        name_twice(world, names)
        raise KeyError("ama")

    with pytest.raises(Unavailable, match="being changed at this moment; try again") as caught:
        in_one_state(ask)
    assert isinstance(caught.value.__cause__, KeyError)


def test_what_comes_out_of_the_caches_alone_asks_for_the_versions_once(
    world: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: list[Statement] = []
    usual = type(world)._read

    def told(self: Graph, statement: Statement, parameters: dict[str, object]) -> object:
        run.append(statement)
        return usual(self, statement, parameters)  # type: ignore[attr-defined]

    in_one_state(lambda: cached_rows(world, reference.COLUMNS))
    monkeypatch.setattr(type(world), "_read", told)
    in_one_state(lambda: cached_rows(world, reference.COLUMNS))
    assert run == [VERSIONS]


def test_a_value_of_the_caches_of_before_another_write_of_this_process_counts_too(world: Graph) -> None:
    cache: Cache[str, str] = Cache()

    def name() -> str:
        return cache.fetch(world, "ama", lambda: transfers.person_names(world, OFFICER)["ama"])

    def another_request(called: str) -> None:
        renamed(world, called)
        with state_read_once():
            name()

    meanwhile = iter(["Ama One"])

    def ask() -> tuple[str, str]:
        before = name()
        for called in meanwhile:
            writer = threading.Thread(target=another_request, args=(called,))
            writer.start()
            writer.join()
        return before, name()

    name()
    assert in_one_state(ask) == ("Ama One", "Ama One")


def test_a_ranking_knows_everything_that_its_opening_asks(world: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """An import puts a capability, and a need of it, between the people and the openings of one question."""
    usual, imported = snapshot.read_asks, iter(["first-area", "", "second-area"])

    def torn(graph: Graph, audience: Audience, ids: list[str]) -> object:
        if area := next(imported, ""):
            rating = Rating(target=area, level=1, target_level=4)
            sheet = factories.assessment(id=area, programme="togo-cert", assessed_on=day("2026-11"), ratings=(rating,))
            ingest(world, "tests", [factories.capability(id=area, name=area, code=area), sheet])
        return usual(graph, audience, ids)

    monkeypatch.setattr(snapshot, "read_asks", torn)

    def match() -> OpeningMatch:
        return match_opening(world, OFFICER, "togo-mentor", MatchQuery(10, today()))

    with pytest.raises(KeyError, match="first-area"):
        match()
    match()
    openings.save_weights(world, "togo-mentor", '{"gap": 1}')
    assert in_one_state(match).opening.id == "togo-mentor"
    assert next(imported, "all imported") == "all imported"
