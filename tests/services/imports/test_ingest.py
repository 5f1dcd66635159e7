"""Taking records in: every one is accounted for, and the same again changes nothing."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.labels import Label
from graph.domain.marks import EVERYTHING, Purpose, Role
from graph.domain.outcomes import Outcome, Rejected, Warned
from graph.domain.people import Expert, WorksAt
from graph.domain.properties import to_properties
from graph.domain.topics import EVERY_TOPIC, Topic
from graph.errors import InvalidValue, NotFound
from graph.services.accounts.consents import choose_consents
from graph.services.clock import silence
from graph.services.imports.ingest import (
    ImportReport,
    ingest,
    ingest_whole,
    preview,
    preview_whole,
)
from graph.statement import CATALOGUE, Statement
from graph.store import batches, engagements, experts, findings, institutions, records, rosters, totals
from graph.store import transfers as transfer_store
from tests import factories
from tests.conftest import OFFICER
from tests.factories import a_small_world, day

NODES = Statement("MATCH (n) WHERE NOT n:Batch AND NOT n:Revision RETURN count(n) AS total", reads=EVERY_TOPIC)
TIES = Statement("MATCH ()-[t]->() RETURN count(t) AS total", reads=EVERY_TOPIC)
BATCHES = Statement("MATCH (n:Batch) RETURN count(n) AS total", reads=Topic.BOOKKEEPING)
RECORDED = Statement(
    "MATCH (n {id: $id}) RETURN n.recorded_at AS recorded_at, n.batch AS batch, n.digest AS digest", reads=EVERY_TOPIC
)
POSTS = Statement(
    "MATCH (e:Expert {id: $id})-[t:WORKS_AT]->(i) RETURN i.id AS id, t.role AS role ORDER BY id, role",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS | Topic.ACCOUNTS,
)
EXCERPT = Statement(
    """
    MATCH (n) WHERE NOT n:Batch AND NOT n:Revision OPTIONAL MATCH (n)-[t]->(m)
    RETURN labels(n)[0] AS label, properties(n) AS properties, type(t) AS tie, m.id AS target, t.key AS key,
           t.batch AS batch
    ORDER BY label, n.id, tie, target, key
""",
    reads=EVERY_TOPIC,
)
for statement in (NODES, TIES, BATCHES, RECORDED, POSTS, EXCERPT):
    CATALOGUE.remove(statement)

SOURCE = "register"


def counted(graph: Graph) -> tuple[int, int]:
    return graph.read(NODES)[0]["total"], graph.read(TIES)[0]["total"]


def adds_up(report: ImportReport) -> bool:
    became = report.created + report.changed + report.unchanged + report.repeated + len(report.rejected)
    return report.read == became and sum(report.by_label.values()) == report.created + report.changed + report.unchanged


def an_institution(**given: Any) -> Any:
    return factories.institution(**{"source": SOURCE, "country": "", **given})


def test_every_record_is_accounted_for(graph: Graph) -> None:
    ingest(graph, SOURCE, [an_institution(id="a"), an_institution(id="b"), an_institution(id="c")])

    incoming = [
        an_institution(id="a"),
        an_institution(id="b", name="Another name"),
        an_institution(id="d"),
        an_institution(id="e", name="first said"),
        an_institution(id="e", name="last said"),
        an_institution(id="f", country="nowhere"),
        Rejected("line 7", "has no name"),
        Warned("line 8", "is odd"),
    ]
    report = ingest_whole(graph, SOURCE, incoming)

    assert report.counts == {
        "read": 7,
        "created": 3,
        "changed": 1,
        "unchanged": 1,
        "repeated": 1,
        "retired": 1,
        "rejected": 1,
        "warnings": 2,
    }
    assert adds_up(report)
    assert report.by_label == {"Institution": 5}
    assert report.rejected == (Rejected("line 7", "has no name"),)
    assert report.warnings == (
        Warned("line 8", "is odd"),
        Warned("Institution f", "LOCATED_IN nowhere was left out: no such Country is known"),
    )
    assert institutions.find(graph, EVERYTHING, "e")[0].name == "last said"


def test_a_second_run_changes_nothing(graph: Graph) -> None:
    first = ingest_whole(graph, SOURCE, a_small_world())
    before = graph.read(EXCERPT)
    second = ingest_whole(graph, SOURCE, a_small_world())

    assert (first.created, first.read) == (len(a_small_world()), len(a_small_world()))
    assert (second.read, second.unchanged, second.changed, second.created) == (first.read, first.read, 0, 0)
    assert adds_up(first)
    assert adds_up(second)
    assert graph.read(EXCERPT) == before
    assert graph.read(BATCHES)[0]["total"] == 2


def test_the_order_of_a_stream_does_not_matter(graph: Graph) -> None:
    ingest(graph, SOURCE, reversed(a_small_world()))

    assert ingest(graph, SOURCE, a_small_world()).unchanged == len(a_small_world())


def test_a_stream_of_nothing_is_a_run_all_the_same(graph: Graph) -> None:
    report = ingest_whole(graph, SOURCE, [])

    assert (report.read, report.by_label, report.retired) == (0, {}, 0)
    assert [run["status"] for run in batches.latest(graph, EVERYTHING, silence())] == ["complete"]
    assert batches.latest(graph, OFFICER, silence()) == []


def test_more_records_than_fit_one_transaction_all_come_in(graph: Graph) -> None:
    many = [
        an_institution(id=f"part-{number}", parents=("part-0",) if number else ()) for number in range(2 * 2_000 + 1)
    ]

    assert ingest(graph, SOURCE, many).created == 4_001
    assert counted(graph) == (4_001, 4_000)
    assert ingest(graph, SOURCE, many).unchanged == 4_001


def test_a_tie_to_an_absent_end_appears_once_the_end_comes(graph: Graph) -> None:
    ama = factories.expert(id="ama", posts=(WorksAt(target="cert", role="analyst"),), country="")
    first = ingest(graph, SOURCE, [ama])
    assert [warned.what for warned in first.warnings] == ["WORKS_AT cert was left out: no such Institution is known"]
    assert counted(graph) == (1, 0)
    assert ingest(graph, SOURCE, [ama]).unchanged == 1

    ingest(graph, "another", [an_institution(id="cert")])
    report = ingest(graph, SOURCE, [ama])

    assert (report.changed, report.warnings) == (1, ())
    assert graph.read(POSTS, id="ama") == [{"id": "cert", "role": "analyst"}]


def test_ties_within_one_stream_find_both_ends_in_any_order(graph: Graph) -> None:
    report = ingest(graph, SOURCE, [an_institution(id="child", parents=("parent",)), an_institution(id="parent")])

    assert (report.warnings, counted(graph)) == ((), (2, 1))


def test_a_changed_record_drops_what_it_no_longer_states(graph: Graph) -> None:
    institutions = [an_institution(id="cert"), an_institution(id="lab")]
    posts = (WorksAt(target="cert", start=day("2015")), WorksAt(target="cert", start=day("2020"), role="head"))
    ama = factories.expert(id="ama", headline="Analyst", posts=(*posts, WorksAt(target="lab")), country="")
    ingest(graph, SOURCE, [*institutions, ama])
    assert len(graph.read(POSTS, id="ama")) == 3

    report = ingest(graph, SOURCE, [dataclasses.replace(ama, headline="", posts=posts[1:])])

    assert report.changed == 1
    assert graph.read(POSTS, id="ama") == [{"id": "cert", "role": "head"}]
    assert experts.find(graph, EVERYTHING, "ama").headline == ""


def test_a_changed_record_keeps_the_ties_others_state_of_it(graph: Graph) -> None:
    ingest(graph, SOURCE, a_small_world())
    ties = counted(graph)[1]

    ingest(graph, SOURCE, [record for record in a_small_world() if record.id == "cert-tg"])
    changed = an_institution(id="cert-tg", name="Renamed", country="tg")
    assert ingest(graph, SOURCE, [changed]).changed == 1

    assert counted(graph)[1] == ties


def test_the_instant_of_recording_is_that_of_the_first_run(graph: Graph) -> None:
    ingest(graph, SOURCE, [an_institution(id="a", recorded_at="2020-01-01T00:00:00Z"), an_institution(id="b")])
    first = {id_: graph.read(RECORDED, id=id_)[0] for id_ in "ab"}
    assert first["a"]["recorded_at"] == "2020-01-01T00:00:00Z", "late data entry states its own instant"
    assert first["b"]["recorded_at"].startswith("20")

    ingest(graph, SOURCE, [an_institution(id=id_, name="New", recorded_at="2030-01-01T00:00:00Z") for id_ in "ab"])

    for id_ in "ab":
        after = graph.read(RECORDED, id=id_)[0]
        assert after["recorded_at"] == first[id_]["recorded_at"]
        assert after["batch"] != first[id_]["batch"]


def reads(graph: Graph) -> Iterator[tuple[str, list[str]]]:
    """Where people, institutions and engagements show, as ids."""
    yield "search", [row["id"] for rows in findings.search(graph, EVERYTHING, "a").values() for row in rows]
    yield "experts", [row["id"] for row in experts.LISTING.page(graph, EVERYTHING, factories.query()).rows]
    yield "institutions", [row["id"] for row in institutions.LISTING.page(graph, EVERYTHING, factories.query()).rows]
    mentorships = engagements.LISTINGS[Label.MENTORSHIP].page(graph, EVERYTHING, factories.query(sort="start"))
    yield "mentorships", [row["id"] for row in mentorships.rows]
    yield "roster", rosters.people(graph, EVERYTHING)["ids"]
    yield "transfers", transfer_store.columns(graph, EVERYTHING, Label.MENTORSHIP)["ids"]
    yield "names", list(transfer_store.person_names(graph, EVERYTHING))


def test_what_a_whole_source_no_longer_states_leaves_every_read_and_comes_back(graph: Graph) -> None:
    world = [dataclasses.replace(record, source=SOURCE) for record in a_small_world()]
    ingest_whole(graph, SOURCE, world)
    before, numbers = dict(reads(graph)), totals.totals(graph, EVERYTHING)
    gone = {"ama", "cert-tg", "ama-ben"}

    report = ingest_whole(graph, SOURCE, [record for record in world if record.id not in gone])

    assert report.retired == 3
    after = dict(reads(graph))
    for name, ids in before.items():
        assert after[name] == [id_ for id_ in ids if id_ not in gone], name
    with pytest.raises(NotFound):
        experts.find(graph, EVERYTHING, "ama")
    with pytest.raises(NotFound):
        institutions.find(graph, EVERYTHING, "cert-tg")

    report = ingest_whole(graph, SOURCE, world)

    assert (report.changed, report.unchanged, report.retired) == (3, len(world) - 3, 0)
    assert dict(reads(graph)) == before
    assert totals.totals(graph, EVERYTHING) == numbers


def test_a_source_does_not_retire_what_another_states(graph: Graph) -> None:
    ingest_whole(graph, "one", [an_institution(id="a", source="one")])

    assert ingest_whole(graph, "other", [an_institution(id="b", source="other")]).retired == 0
    assert totals.totals(graph, EVERYTHING)["institutions"] == 2


def test_an_extract_of_a_register_retires_nothing(graph: Graph) -> None:
    ingest(graph, SOURCE, [an_institution(id="a"), an_institution(id="b")])

    assert ingest(graph, SOURCE, [an_institution(id="a")]).retired == 0


def test_a_preview_gives_the_report_and_writes_nothing(graph: Graph) -> None:
    ingest(graph, SOURCE, [an_institution(id="a"), an_institution(id="b")])
    before, runs = graph.read(EXCERPT), graph.read(BATCHES)
    incoming: list[Outcome] = [
        an_institution(id="a"),
        an_institution(id="b", name="New"),
        an_institution(id="c"),
        Rejected("line 1", "is bad"),
    ]

    promised = preview(graph, SOURCE, incoming)

    assert (graph.read(EXCERPT), graph.read(BATCHES)) == (before, runs)
    assert promised.batch == ""
    assert promised.counts == ingest(graph, SOURCE, incoming).counts


def test_a_preview_of_a_whole_source_says_what_would_be_retired(graph: Graph) -> None:
    ama, ben = factories.expert(id="ama", source=SOURCE), factories.expert(id="ben", source=SOURCE)
    ingest_whole(graph, SOURCE, [ama, ben, an_institution(id="a")])
    before = graph.read(EXCERPT)

    promised = preview_whole(graph, SOURCE, [ama], {(Label.COUNTRY, "gh")})

    assert (promised.retired, promised.changed, promised.warnings) == (2, 1, ())
    assert graph.read(EXCERPT) == before
    assert preview_whole(graph, SOURCE, [Rejected("line 1", "is bad")]).retired == 0


def test_a_stream_that_breaks_half_way_changes_nothing(graph: Graph) -> None:
    ingest(graph, SOURCE, [an_institution(id="a")])
    before, runs = graph.read(EXCERPT), graph.read(BATCHES)

    def broken() -> Iterator[Outcome]:
        yield an_institution(id="a", name="New")
        yield an_institution(id="b")
        raise InvalidValue("file", "x.json", "is cut off")

    for take in (ingest, ingest_whole, preview, preview_whole):
        with pytest.raises(InvalidValue):
            take(graph, SOURCE, broken())

    assert (graph.read(EXCERPT), graph.read(BATCHES)) == (before, runs)


def test_consents_that_the_person_chose_survive_a_changed_import(graph: Graph) -> None:
    said = factories.expert(id="ama", country="", consents=frozenset(Purpose), source=SOURCE)
    ingest_whole(graph, SOURCE, [said, factories.expert(id="ben", country="", source=SOURCE)])
    choose_consents(graph, person("ama"), frozenset({Purpose.RESEARCH}))
    assert ingest_whole(graph, SOURCE, [said, factories.expert(id="ben", country="", source=SOURCE)]).changed == 0

    for incoming in ([dataclasses.replace(said, headline="New")], [said]):
        ingest_whole(graph, SOURCE, [*incoming, factories.expert(id="ben", country="", source=SOURCE)])
        found = experts.find(graph, EVERYTHING, "ama")
        assert found.consents == {Purpose.RESEARCH}
        assert found.consents_chosen_at
        with pytest.raises(NotFound):
            experts.find(graph, OFFICER, "ama")


def test_consents_that_the_person_chose_survive_being_left_out_for_a_while(graph: Graph) -> None:
    ama, ben = (factories.expert(id=id_, country="", source=SOURCE) for id_ in ("ama", "ben"))
    ingest_whole(graph, SOURCE, [ama, ben])
    choose_consents(graph, person("ama"), frozenset())
    ingest_whole(graph, SOURCE, [ben])
    ingest_whole(graph, SOURCE, [ama, ben])

    assert experts.find(graph, EVERYTHING, "ama").consents == frozenset()
    assert experts.find(graph, EVERYTHING, "ben").consents == ben.consents


def test_consents_that_nobody_chose_follow_the_source(graph: Graph) -> None:
    ama = factories.expert(id="ama", country="", consents=frozenset(Purpose))
    ingest(graph, SOURCE, [ama])
    ingest(graph, SOURCE, [dataclasses.replace(ama, consents=frozenset())])

    with pytest.raises(NotFound):
        experts.find(graph, OFFICER, "ama")


def test_a_run_that_died_before_its_digests_is_completed_by_the_next(graph: Graph) -> None:
    world = a_small_world()
    for record in world:
        records.save_nodes(graph, record.label, [to_properties(record)])
    assert counted(graph)[1] == 0

    report = ingest(graph, SOURCE, world)

    assert (report.changed, report.created, report.unchanged) == (len(world), 0, 0)
    ties = counted(graph)[1]
    assert ties > 0
    assert all(graph.read(RECORDED, id=record.id)[0]["digest"] for record in world)
    assert ingest(graph, SOURCE, world).unchanged == len(world)
    assert counted(graph)[1] == ties


def test_a_run_that_died_between_nodes_and_ties_of_a_change_is_completed_by_the_next(graph: Graph) -> None:
    before = factories.expert(id="ama", country="", posts=(WorksAt(target="cert"),))
    after: Expert = dataclasses.replace(before, posts=(WorksAt(target="lab"),))
    ingest(graph, SOURCE, [an_institution(id="cert"), an_institution(id="lab"), before])
    records.save_nodes(graph, Label.EXPERT, [to_properties(after)])

    assert ingest(graph, SOURCE, [after]).changed == 1
    assert [row["id"] for row in graph.read(POSTS, id="ama")] == ["lab"]


def person(expert: str) -> Account:
    return factories.account(role=Role.MEMBER, expert=expert)
