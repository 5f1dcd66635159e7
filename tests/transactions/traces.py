"""What a use case needs before it and leaves behind, as the database holds it."""

import os
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from graph.connection import Database, Row
from graph.domain.marks import Audience, Role
from graph.domain.topics import Topic
from graph.services.planning.save_draft import save_draft
from graph.services.proposals.answer import answer_proposal
from graph.statement import CATALOGUE, Statement
from graph.store import batches
from tests.conftest import today
from tests.services.agreement_world import HOST, HOST_YES, OFFICER, draft, published
from tests.transactions.dying import chain

ROUNDS = int(os.environ.get("BATON_ROUNDS", "1"))  # `make soak` asks for more

ALL = Statement(
    """
    MATCH (n) WHERE NOT n:Revision AND NOT n:Batch OPTIONAL MATCH (n)-[t]->(m)
    RETURN labels(n)[0] AS label, n.id AS id, n.status AS status, n.digest AS digest, n.action AS action,
           type(t) AS tie, m.id AS target
    ORDER BY label, id, tie, target
""",
    reads=Topic.BOOKKEEPING,
)
CATALOGUE.remove(ALL)


def an_accepted_proposal(graph: Database) -> str:
    proposal = published(graph)
    answer_proposal(graph, HOST, proposal, HOST_YES, today())
    return proposal


def a_draft(graph: Database) -> str:
    return save_draft(graph, OFFICER, draft(("ama", "stay"), ("ben", "togo-mentor")))


def trail(rows: list[Row]) -> set[str]:
    return {row["id"] for row in rows if row["label"] == "AuditEvent"}


def shape(rows: Iterable[Row]) -> Counter[tuple[str, ...]]:
    """How many there are of each kind of record and tie, whatever their ids and times."""
    return Counter(tuple(str(row[name]) for name in ("label", "status", "action", "tie")) for row in rows)


def whole_portions(rows: Iterable[Row]) -> int:
    """How many links of the chain there are: the first ones, each tied to the next."""
    found = [row for row in rows if row["label"] == "Institution" and row["id"].startswith("link-")]
    links = sorted({row["id"] for row in found})
    assert links == [record.id for record in chain()][: len(links)]
    assert {(row["id"], row["target"]) for row in found if row["tie"] == "PART_OF"} == {*pairwise(links)}
    return len(links)


def shown_runs(graph: Database) -> list[str]:
    """How the runs that sent the chain are shown once they have long been silent, newest first."""
    runs = batches.latest(graph, Audience(Role.ADMIN), "9999", 100)
    return [run["status"] for run in runs if run["source"] == "chain"]
