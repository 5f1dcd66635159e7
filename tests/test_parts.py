"""Which parts of the graph a statement stands on: never too few, and few enough to be of use."""

from collections.abc import Callable

import pytest

from graph.connection import Graph, Row
from graph.domain.labels import Label
from graph.domain.marks import Purpose
from graph.parts import EVERY, WHOLE, note, read_parts, watched, written_parts
from graph.services.audit import instant
from graph.services.imports.ingest import ingest
from graph.shelves import Shelves, recall
from graph.statement import STAMPS, Statement
from graph.store import openings, proposals, records, rosters, transfers
from tests.conftest import OFFICER
from tests.factories import a_small_world, expert, secondment
from tests.test_catalogue import IDS, READS, a_small_agreement, plain, values

WRITES: dict[str, Callable[[Graph], object]] = {
    "a person": lambda g: ingest(g, "tests", [expert(id="ama", name="Ama B", consents=frozenset({Purpose.MATCHING}))]),
    "a secondment": lambda g: ingest(g, "tests", [secondment(id="new", expert="ben", host="cert-gh")]),
    "weights": lambda g: openings.save_weights(g, "togo-mentor", "{}"),
    "retracted": lambda g: records.retract(g, Label.MENTORSHIP, ["ama-ben"], instant=instant(), batch="b"),
    "erased": lambda g: records.erase_source(g, "old"),
    "moved": lambda g: g.write(proposals.CHANGE, id="proposal-ben", changes={"status": "proposed"}, instant=instant()),
    "expired": lambda g: g.write(proposals.EXPIRE, today="2099-01-01", instant=instant()),
}


def test_the_parts_of_a_statement_are_what_its_text_names() -> None:
    text = "MATCH (e:Expert)-[w:WORKS_AT|BASED_IN]->(x:Region) RETURN e.id AS id"
    assert read_parts(text) == {"Expert", "WORKS_AT", "BASED_IN", "Region"}
    assert read_parts("MATCH (n)-[:MENTEE]->(e:Expert) RETURN n.id AS id") == {"MENTEE", "Expert", "Mentorship"}


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n) RETURN n.id AS id",
        "MATCH (n:Expert)-[t]->(m:Region) RETURN m.id AS id",
        "MATCH (n:Expert)--(m:Region) RETURN m.id AS id",
        "MATCH (n:Expert), (m) RETURN m.id AS id",
        "MATCH (n) WHERE NOT n:Opening RETURN n.id AS id",
        "MATCH (n:Expert) WHERE EXISTS { MATCH (n)-[]->() } RETURN n.id AS id",
    ],
)
def test_a_statement_that_may_go_anywhere_stands_on_the_whole(text: str) -> None:
    assert read_parts(text) == {WHOLE}


def test_a_write_that_takes_ties_along_changes_every_part() -> None:
    assert written_parts("MATCH (n:Expert) WHERE n.id = $id DETACH DELETE n") == EVERY
    assert written_parts("MATCH (n) SET n.id = $id") == EVERY
    assert records.UPSERT[Label.EXPERT].parts == {"Expert"}


@pytest.mark.parametrize("name", WRITES)
def test_what_reads_otherwise_after_a_write_stood_on_what_it_stamped(embedded: Graph, name: str) -> None:
    ingest(embedded, "tests", [*a_small_world(), *a_small_agreement(), expert(id="zoe", source="old")])
    before, stamps = all_rows(embedded), embedded.stamps()
    WRITES[name](embedded)
    after, later = all_rows(embedded), embedded.stamps()

    changed = [statement for statement in before if before[statement] != after[statement]]
    assert changed
    for statement in changed:
        assert any(stamps.get(part) != later.get(part) for part in statement.parts), statement.text


def all_rows(graph: Graph) -> dict[Statement, list[Row]]:
    return {
        statement: [
            plain(graph.read(statement, **values(statement, id_)))
            for id_ in (IDS if "id" in statement.parameters else IDS[:1])
        ]
        for statement in READS
        if statement is not STAMPS
    }


def test_rows_are_read_again_only_when_their_part_was_written_to(graph: Graph) -> None:
    ingest(graph, "tests", a_small_world())
    trainings = recall(graph, transfers.TRAININGS, marks=OFFICER.marks, known="9999")
    posts = recall(graph, rosters.TONGUES)

    ingest(graph, "tests", [secondment(id="new", expert="ben", host="cert-gh")])

    assert recall(graph, rosters.TONGUES) is posts
    assert recall(graph, transfers.TRAININGS, marks=OFFICER.marks, known="9999") is trainings


def test_what_stands_on_rows_that_are_the_same_again_is_kept(graph: Graph) -> None:
    ingest(graph, "tests", a_small_world())
    shelves, made = Shelves[str, list[str]](2), []

    def make() -> list[str]:
        made.append("made")
        return [row["ids"] for row in recall(graph, transfers.PERSON_NAMES, **OFFICER.parameters)]

    first = shelves.fetch(graph, "names", make)
    openings.save_weights(graph, "togo-mentor", "")
    assert shelves.fetch(graph, "names", make) is first
    graph.write(records.SEAL[Label.EXPERT], rows=[{"id": "ama", "digest": "other"}])
    assert shelves.fetch(graph, "names", make) is first
    assert made == ["made"]
    ingest(graph, "tests", [expert(id="zoe", name="Zoe")])
    assert shelves.fetch(graph, "names", make) is not first


def test_whoever_stands_on_something_kept_stands_on_what_it_stands_on(graph: Graph) -> None:
    ingest(graph, "tests", a_small_world())
    inner, outer = Shelves[str, object](2), Shelves[str, object](2)

    def made() -> object:
        inner.fetch(graph, "key", lambda: recall(graph, transfers.PERSON_NAMES, **OFFICER.parameters))
        return object()

    inner.fetch(graph, "key", lambda: recall(graph, transfers.PERSON_NAMES, **OFFICER.parameters))
    first = outer.fetch(graph, "key", made)
    ingest(graph, "tests", [expert(id="zoe", name="Zoe")])

    assert outer.fetch(graph, "key", made) is not first


def test_who_does_not_watch_hears_nothing() -> None:
    with watched() as outer:
        with watched() as inner:
            note(["Expert"])
        note(["Region"])

    assert (outer, inner) == ({"Region"}, {"Expert"})


def test_what_was_asked_for_longest_ago_is_forgotten_first(graph: Graph) -> None:
    shelves = Shelves[str, object](2)
    first = shelves.fetch(graph, "first", object)
    shelves.fetch(graph, "second", object)
    assert shelves.fetch(graph, "first", object) is first
    shelves.fetch(graph, "third", object)

    assert shelves.keys(graph) == ["first", "third"]
    assert shelves.fetch(graph, "first", object) is first
