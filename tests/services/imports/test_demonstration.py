"""The demonstration comes in whole, once, and goes without a trace."""

import dataclasses

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.marks import EVERYTHING, Purpose, Role
from graph.domain.outcomes import Outcome
from graph.domain.records import Record
from graph.domain.topics import EVERY_TOPIC, Topic
from graph.services.accounts.consents import choose_consents
from graph.services.accounts.passwords import new_account, sign_in
from graph.services.imports.demonstration import SOURCE, load_demonstration, remove_demonstration
from graph.services.imports.ingest import ingest
from graph.statement import CATALOGUE, Statement
from graph.store import totals
from importers import reference, scenario
from tests import factories

PASSWORD = "a plain demonstration"
COUNTS = Statement("MATCH (n) RETURN labels(n)[0] AS label, count(n) AS total ORDER BY label", reads=EVERY_TOPIC)
OF_SOURCE = Statement("MATCH (n) WHERE n.source = 'demonstration' RETURN count(n) AS total", reads=EVERY_TOPIC)
LOOSE = Statement(
    "MATCH (e:AuditEvent) WHERE e.subject STARTS WITH 'demo-' RETURN count(e) AS total", reads=Topic.BOOKKEEPING
)
for statement in (COUNTS, OF_SOURCE, LOOSE):
    CATALOGUE.remove(statement)


def counts(graph: Graph) -> dict[str, int]:
    return {row["label"]: row["total"] for row in graph.read(COUNTS)}


def sign_ins() -> list[tuple[Account, str]]:
    account = new_account("member@demo.example", "Isatu", Role.MEMBER)
    return [(dataclasses.replace(account, source=SOURCE, expert="demo-expert-isatu"), PASSWORD)]


def small_scenario() -> list[Outcome]:
    world = factories.a_small_world()
    return [dataclasses.replace(record, id=record.id, source=SOURCE) for record in world if own(record)]


def own(record: Record) -> bool:
    return str(record.label) not in ("Region", "Country", "Language", "Capability")


def test_the_whole_scenario_loads_once_and_its_removal_leaves_the_reference_data(graph: Graph) -> None:
    ingest(graph, "reference", reference.read())
    before = counts(graph)

    first = load_demonstration(graph, scenario.read(), sign_ins())
    loaded = counts(graph)
    second = load_demonstration(graph, scenario.read(), sign_ins())

    assert (first.rejected, first.warnings, first.changed, first.created) == ((), (), 0, first.read)
    assert (second.unchanged, second.retired) == (first.read, 0)
    assert {**counts(graph), "Batch": 0} == {**loaded, "Batch": 0}
    assert totals.holds_demonstration(graph, EVERYTHING)
    assert sign_in(graph, "member@demo.example", PASSWORD) is not None

    remove_demonstration(graph)

    assert counts(graph) == before
    assert graph.read(OF_SOURCE)[0]["total"] == 0
    assert not totals.holds_demonstration(graph, EVERYTHING)


def test_a_sign_in_that_is_there_keeps_its_password(graph: Graph) -> None:
    load_demonstration(graph, small_scenario(), sign_ins())
    load_demonstration(graph, small_scenario(), [(sign_ins()[0][0], "another password")])

    assert sign_in(graph, "member@demo.example", PASSWORD) is not None


def test_removal_leaves_what_others_stated_and_accounts_of_real_people(graph: Graph) -> None:
    ingest(graph, "reference", [record for record in factories.a_small_world() if not own(record)])
    ingest(graph, "real", [factories.expert(id="real", source="real", country="gh")])
    load_demonstration(graph, small_scenario(), [(new_account("real@example.org", "", Role.ADMIN), PASSWORD)])

    assert remove_demonstration(graph) > 0

    assert totals.totals(graph, EVERYTHING) == {
        "programmes": 0,
        "experts": 1,
        "institutions": 0,
        "centres": 0,
        "openings": 0,
        "engagements": 0,
    }
    assert sign_in(graph, "real@example.org", PASSWORD) is not None
    assert counts(graph)["Country"] == 2
    assert remove_demonstration(graph) == 0


def test_what_a_demonstration_person_chose_goes_with_them(graph: Graph) -> None:
    isatu = factories.expert(id="demo-expert-isatu", source=SOURCE, country="")
    load_demonstration(graph, [isatu], sign_ins())
    account = sign_in(graph, "member@demo.example", PASSWORD)
    assert account is not None
    choose_consents(graph, account, frozenset({Purpose.MATCHING}))

    remove_demonstration(graph)

    assert graph.read(LOOSE)[0]["total"] == 0
