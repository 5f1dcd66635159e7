"""Every statement of the product runs on both engines, with equal rows."""

import importlib
import pkgutil
from typing import Any

import graph.store
from graph import schema
from graph.connection import Database, Graph
from graph.domain.agreements import PairTie, Plan, Proposal, ProposalStatus
from graph.domain.marks import Role
from graph.domain.records import Record
from graph.domain.topics import EVERY_TOPIC
from graph.services.imports.ingest import ingest
from graph.statement import CATALOGUE, Statement
from tests.factories import a_small_world, account

for module in pkgutil.iter_modules(graph.store.__path__):
    importlib.import_module(f"graph.store.{module.name}")

READS = [statement for statement in CATALOGUE if statement.reads]
WRITES = [statement for statement in CATALOGUE if statement.changes and statement not in schema.CONSTRAINTS]

# A value for every parameter name of the catalogue; `id` is tried with each of `IDS`.
VALUES: dict[str, Any] = {
    "batch": "batch-x",
    "capability": "area-forensics",
    "changes": {"status": "confirmed"},
    "consents": ["directory"],
    "constraints": schema._ALL,
    "country": "gh",
    "at": 0,
    "before": 0,
    "email": "officer@example.org",
    "ids": [
        "ama",
        "ben",
        "cert-gh",
        "cert-tg",
        "centre-accra",
        "togo-cert",
        "togo-mentor",
        "ama-ben",
        "ama-away",
        "ben-studies",
        "joint",
        "course",
        "proposal-ama",
        "plan",
    ],
    "institution": "",
    "instant": "2026-01-01T00:00:00Z",
    "kind": "",
    "language": "",
    "limit": 10,
    "mark": "mark",
    "marks": ["CLEAR", "GREEN", "AMBER"],
    "known": "9999",
    "mentee": "ben",
    "open_to": ["admin"],
    "pairs": [{"expert": "ama", "opening": "togo-mentor"}],
    "people": ["ama", "ben"],
    "plan": "",
    "programme": "",
    "region": "",
    "role": "officer",
    "roles": ["officer", "member"],
    "properties": {"id": "opened"},
    "silent": "2026-01-01T00:00:00Z",
    "sort": "country",
    "source": "catalogue",
    "speaks_for": "cert-tg",
    "stage": "",
    "status": "",
    "today": "2026-06-01",
    "until": "2026-06-30",
    "versions": {"people": "word"},
    "viewer": "",
    "weights": '{"gap": 1}',
    "words": [],
    "writer": "writer",
}
IDS = [
    *("ama", "cert-gh", "cert-tg", "academy", "centre-accra", "togo-cert", "togo-mentor", "tg"),
    *("ama-ben", "ama-away", "ben-studies", "course", "joint"),
]
# A hub of rows that fits every upsert: nodes by id with properties, ties by source and target.
ROWS = [{"id": "ama", "source": "ama", "target": "cert-gh", "key": "k", "digest": "d", "properties": {"id": "ama"}}]

EVERYTHING = Statement(
    """
    MATCH (n) WHERE NOT n:Revision OPTIONAL MATCH (n)-[t]->(m)
    RETURN labels(n)[0] AS label, n.id AS id, n.tlp AS tlp, n.search AS search, type(t) AS tie, m.id AS target
    ORDER BY label, id, tie, target
""",
    reads=EVERY_TOPIC,
)
CATALOGUE.remove(EVERYTHING)


def values(statement: Statement, id_: str) -> dict[str, Any]:
    known = {**VALUES, "id": id_, "rows": ROWS}
    return {name: known[name] for name in statement.parameters}


def a_small_agreement() -> list[Record]:
    """A plan with a draft, and a mentor whom both sides agreed on, in the small world."""
    lock = PairTie(target="ama", opening="togo-mentor")
    agreed = {"status": ProposalStatus.CONFIRMED, "expert": "ama", "mentee": "ben"}
    return [
        Plan(id="plan", name="Spring", objective="best", created_at="2026-01-01T00:00:00Z", locks=(lock,)),
        Proposal(id="proposal-ama", plan="plan", opening="togo-mentor", **agreed),
        Proposal(id="proposal-ben", plan="plan", opening="togo-mentor", expert="ben"),
        account(id="account-ama", role=Role.MEMBER, expert="ama"),
    ]


def plain(value: Any) -> Any:
    """Rows without the order of collected lists that no statement promises."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in sorted(value.items())}
    if isinstance(value, list):
        return sorted((plain(item) for item in value), key=repr)
    return value


def test_every_read_gives_equal_rows_on_both_engines(both: tuple[Database, Database]) -> None:
    for engine in both:
        schema.bootstrap(engine)
        ingest(engine, "catalogue", [*a_small_world(), *a_small_agreement()])
    filled = set()
    for statement in READS:
        for id_ in IDS if "id" in statement.parameters else IDS[:1]:
            rows = [
                [without_stamps(row) for row in engine.read(statement, **values(statement, id_))] for engine in both
            ]
            assert plain(rows[0]) == plain(rows[1]), statement.text
            if rows[0]:
                filled.add(statement)
    assert len(filled) > 0.8 * len(READS), "most statements should find something in the small world"


def without_stamps(row: dict[str, Any]) -> dict[str, Any]:
    """The batch and the instant of writing differ from engine to engine, and so do the ids of batches."""
    if any(str(id_).startswith("batch-") for id_ in (row.get("id"), *(row.get("ids") or []))):
        return {}
    stamps = ("batch", "recorded_at", "recorded", "started_at", "finished_at", "versions")
    kept = {key: value for key, value in row.items() if key not in stamps}
    return {key: without_stamps(value) if isinstance(value, dict) else value for key, value in kept.items()}


def test_every_write_leaves_both_engines_alike(both: tuple[Graph, Graph]) -> None:
    for engine in both:
        ingest(engine, "catalogue", [*a_small_world(), *a_small_agreement()])
    for statement in WRITES:
        for engine in both:
            engine.write(statement, **values(statement, "ama"))
    one, other = (engine.read(EVERYTHING) for engine in both)
    assert one == other


def test_every_column_has_a_name_and_every_read_of_records_takes_the_marks() -> None:
    names_with_ids = {name for statement in READS for name in statement.columns}
    assert names_with_ids
    for statement in READS:
        assert statement.columns, statement.text
        personal = ":Expert" in statement.text and "marks" not in statement.parameters
        assert not personal or statement in WITHOUT_A_VIEWER, statement.text


def _without_a_viewer() -> set[Statement]:
    """Reads that no viewer sees: sign-in, bookkeeping of imports and agreements, and the placing of transfers."""
    from graph.store import accounts, commitments, plans, proposals, records, transfers

    bookkeeping = (*records.KNOWN.values(), records.LIVE_IDS, *records.COUNT_OF_SOURCE.values())
    agreed = (plans.DRAFTS, proposals.UNSETTLED, proposals.ROOM, proposals.ASKED, commitments.OF_PEOPLE)
    sign_in = (accounts.FIND, accounts.FIND_BY_EMAIL, accounts.VIEWERS)
    return {*sign_in, transfers.POSTS, transfers.BASES, *bookkeeping, *agreed}


WITHOUT_A_VIEWER = _without_a_viewer()
