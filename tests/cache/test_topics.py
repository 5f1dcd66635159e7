"""What a statement reads or changes is declared: never too few topics, and few enough to be of use."""

import re
from collections.abc import Callable, Iterator

import pytest

from graph.connection import Graph, Row
from graph.domain.kinds import TIE_SLOTS
from graph.domain.labels import Label
from graph.domain.marks import Purpose
from graph.domain.topics import EVERY_TOPIC, NOTHING, TOPIC_OF, Topic, topic_of_tie, topics_erased_with
from graph.services.audit import instant
from graph.services.imports.ingest import ingest
from graph.statement import ANNOUNCE, CATALOGUE, VERSIONS, Statement
from graph.store import conflicts, consents, experts, locks, openings, plans, proposals, records, wishes
from tests.factories import a_small_world, expert, institution, opening, programme, secondment
from tests.test_catalogue import IDS, READS, WRITES, a_small_agreement, plain, values

WRITING = re.compile(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|DROP)\b")
LABEL = re.compile(r":([A-Z]\w*[a-z]\w*)")
EXCLUDED = re.compile(r"NOT \w+:\w+")
TIE = re.compile(r"\[\w*:([A-Z_|]+)")


def written(statement: Statement, **others: object) -> Callable[[Graph], object]:
    return lambda graph: graph.write(statement, **(values(statement, "ama") | others))


CHANGES: dict[str, Callable[[Graph], object]] = {
    "a person": lambda g: ingest(g, "tests", [expert(id="ama", name="Ama B", consents=frozenset({Purpose.MATCHING}))]),
    "an institution": lambda g: ingest(g, "tests", [institution(id="cert-gh", name="Another name")]),
    "a programme": lambda g: ingest(g, "tests", [programme(id="togo-cert", name="Another name", owner="cert-tg")]),
    "an opening": lambda g: ingest(g, "tests", [opening(id="togo-mentor", name="Another name", programme="togo-cert")]),
    "a secondment": lambda g: ingest(g, "tests", [secondment(id="new", expert="ben", host="cert-gh")]),
    "weights": written(openings.SAVE_WEIGHTS, id="togo-mentor"),
    "consents": written(consents.SAVE),
    "a wish kept": written(wishes.KEEP, rows=[{"opening": "togo-mentor", "rank": 1}]),
    "a conflict declared": written(conflicts.DECLARE, institution="cert-tg"),
    "capabilities confirmed": written(experts.CONFIRM),
    "a plan published": written(plans.PUBLISH),
    "a source erased": lambda g: records.erase_source(g, "old"),
    "moved": written(proposals.CHANGE, id="proposal-ben", changes={"status": "proposed"}),
    "locked": written(locks.LOCK[Label.EXPERT]),
    "a mentee named": written(proposals.NAME_MENTEE, id="proposal-ama", mentee="ama"),
    "expired": written(proposals.EXPIRE, today="2099-01-01"),
    "ties dropped": lambda g: records.drop_ties(g, Label.EXPERT, ["ama", "ben"]),
    "sealed": written(records.SEAL[Label.EXPERT]),
    "retracted": lambda g: records.retract(g, Label.MENTORSHIP, ["ama-ben"], instant=instant(), batch="b"),
    "every institution erased": written(records.ERASE[Label.INSTITUTION], source="tests", limit=100),
    "every person erased": written(records.ERASE[Label.EXPERT], source="tests", limit=100),
}


SEEN_BY_SOME_STATEMENT = {"a person", "weights", "consents", "a secondment", "moved", "expired", "retracted"}


def test_what_reads_otherwise_after_a_write_reads_a_topic_that_got_a_new_version(fresh: Graph) -> None:
    ingest(fresh, "tests", [*a_small_world(), *a_small_agreement(), expert(id="zoe", source="old")])
    before, versions, seen = all_rows(fresh), fresh.versions(), set()
    for name, change in CHANGES.items():
        change(fresh)
        after, later = all_rows(fresh), fresh.versions()
        for statement in before:
            if before[statement] != after[statement]:
                seen.add(name)
                told = [topic for topic in statement.reads.names if versions.get(topic) != later.get(topic)]
                assert told, f"{name}: {statement.text}"
        before, versions = after, later

    assert seen >= SEEN_BY_SOME_STATEMENT


def all_rows(graph: Graph) -> dict[Statement, list[Row]]:
    return {
        statement: [
            plain(graph.read(statement, **values(statement, id_)))
            for id_ in (IDS if "id" in statement.parameters else IDS[:1])
        ]
        for statement in READS
        if statement is not VERSIONS
    }


def test_a_statement_that_declares_no_topic_is_an_error() -> None:
    with pytest.raises(TypeError, match="declares the topics"):
        Statement("MATCH (n:Expert) RETURN n.id AS id")


def test_a_statement_that_declares_both_is_an_error() -> None:
    with pytest.raises(TypeError, match="declares the topics"):
        Statement("MATCH (n:Expert) SET n.id = 'a'", reads=Topic.PEOPLE, changes=Topic.PEOPLE)


def test_a_wrong_statement_does_not_get_into_the_catalogue() -> None:
    before = len(CATALOGUE)
    with pytest.raises(TypeError, match="declares the topics"):
        Statement("RETURN 1 AS one")

    assert len(CATALOGUE) == before


def test_what_is_declared_as_reading_holds_no_word_that_writes() -> None:
    assert READS
    for statement in READS:
        assert not WRITING.search(statement.text), statement.text


def test_what_is_declared_as_changing_holds_a_word_that_writes() -> None:
    assert WRITES
    for statement in WRITES:
        assert WRITING.search(statement.text), statement.text


@pytest.mark.parametrize("statement", READS, ids=lambda statement: " ".join(statement.text.split())[:60])
def test_a_reading_statement_declares_the_topics_of_everything_it_names(statement: Statement) -> None:
    for topic in named_topics(statement.text):
        assert topic & statement.reads, f"{topic} in {statement.text}"


def named_topics(text: str) -> Iterator[Topic]:
    """The topic of each label that is not ruled out; of each pattern of ties the topics of all that may state them."""
    for label in LABEL.findall(EXCLUDED.sub("", text)):
        yield Topic.BOOKKEEPING if label == "Revision" else TOPIC_OF[Label(label)]
    for names in TIE.findall(text):
        found = NOTHING
        for slot in TIE_SLOTS:
            if slot[1] in names.split("|"):
                found |= topic_of_tie(slot)
        yield found


def test_every_label_has_a_topic() -> None:
    assert set(TOPIC_OF) == set(Label)


def test_the_generated_statements_of_a_label_change_its_topic_alone() -> None:
    for label, topic in TOPIC_OF.items():
        for generated in (records.UPSERT, records.SEAL, records.RETRACT):
            assert generated[label].changes == topic, label


def test_the_generated_statements_of_a_tie_change_the_topic_of_the_record_that_states_it() -> None:
    for slot in TIE_SLOTS:
        for generated in (records.UPSERT_TIE, records.DROP_TIES):
            assert generated[slot].changes == TOPIC_OF[slot[0]], slot


def test_erasing_records_changes_also_the_topics_of_those_that_point_at_them() -> None:
    assert topics_erased_with(Label.AUDIT_EVENT) == Topic.BOOKKEEPING
    assert topics_erased_with(Label.PLAN) == Topic.PLANS | Topic.PROPOSALS
    for source, _, target in TIE_SLOTS:
        assert TOPIC_OF[source] in topics_erased_with(target), (source, target)


def test_a_saved_draft_or_an_audit_entry_leaves_the_topics_of_people_and_network_alone() -> None:
    drafts = records.UPSERT[Label.PROPOSAL].changes | records.UPSERT[Label.PLAN].changes
    entries = records.UPSERT[Label.AUDIT_EVENT].changes
    assert not (drafts | entries) & (Topic.PEOPLE | Topic.NETWORK | Topic.OPENINGS)


def test_an_announcement_gives_every_topic_a_new_version(fresh: Graph) -> None:
    before = fresh.versions()
    fresh.write(ANNOUNCE)
    after = fresh.versions()

    assert all(after[topic] != before.get(topic) for topic in EVERY_TOPIC.names)


def test_a_statement_that_changes_something_is_not_read(fresh: Graph) -> None:
    with pytest.raises(TypeError, match="written, not read"):
        fresh.read(openings.SAVE_WEIGHTS, id="togo-mentor", weights="")


def test_a_statement_that_changes_nothing_is_not_written(fresh: Graph) -> None:
    with pytest.raises(TypeError, match="read, not written"):
        fresh.write(openings.FIND, id="togo-mentor", marks=[], role="", viewer="")
