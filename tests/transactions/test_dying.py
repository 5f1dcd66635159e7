"""Killed at any step, a use case happened with its trail or it did not; nothing is left to settle afterwards."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from itertools import count, pairwise
from multiprocessing.context import ForkServerContext
from typing import Any

import pytest

from graph.connection import Database, Row
from graph.domain.agreements import ProposalStatus
from graph.domain.marks import Audience, Role
from graph.domain.topics import Topic
from graph.services.imports.ingest import ingest
from graph.services.planning.save_draft import save_draft
from graph.services.proposals.answer import answer_proposal
from graph.services.proposals.settle import settle_proposals
from graph.statement import CATALOGUE, Statement
from graph.store import batches
from tests.conftest import today
from tests.services.agreement_world import HOST, HOST_YES, OFFICER, draft, published
from tests.transactions import dying
from tests.transactions.dying import Where, chain

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

Prepare = Callable[[Database], str]


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Children that begin with everything imported, so that one takes a tenth of a second."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.transactions.dying"])
    return context


def an_accepted_proposal(graph: Database) -> str:
    proposal = published(graph)
    answer_proposal(graph, HOST, proposal, HOST_YES, today())
    return proposal


def a_draft(graph: Database) -> str:
    return save_draft(graph, OFFICER, draft(("ama", "stay"), ("ben", "togo-mentor")))


def deaths(context: ForkServerContext, where: Where, use_case: str, subject: str) -> Iterator[int]:
    """Let a process die at its first step, then one at its second, and so on until one lives; how it ended."""
    for number in count(1):
        child = context.Process(target=dying.carry_out, args=(where, use_case, subject, number))
        child.start()
        child.join(60)
        yield child.exitcode
        if child.exitcode == 0:
            return


@pytest.mark.parametrize("round_", range(ROUNDS))
@pytest.mark.parametrize(
    ("use_case", "prepare", "status"),
    [
        ("confirm a proposal", an_accepted_proposal, ProposalStatus.CONFIRMED),
        ("publish a plan", a_draft, ProposalStatus.PROPOSED),
    ],
)
def test_whoever_is_killed_within_a_use_case_has_done_all_of_it_or_nothing(
    world: Database, where: Where, processes: Any, use_case: str, prepare: Prepare, status: str, round_: int
) -> None:
    subject = prepare(world)
    before, killed = world.read(ALL), 0
    for ended in deaths(processes, where, use_case, subject):
        if world.read(ALL) != before:
            break
        assert ended == -signal.SIGKILL
        killed += 1

    after = world.read(ALL)
    assert killed > 5, "a use case has more statements than that, and is killed at each"
    assert status.value in {row["status"] for row in after if row["label"] == "Proposal"}
    assert trail(after) - trail(before), "what was done is in the trail"
    assert settle_proposals(world, today()) == 0


def trail(rows: list[Row]) -> set[str]:
    return {row["id"] for row in rows if row["label"] == "AuditEvent"}


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_an_import_that_is_killed_leaves_whole_portions_and_is_completed_by_sending_it_again(
    world: Database, where: Where, processes: Any, round_: int
) -> None:
    left = set()
    for _ in deaths(processes, where, "import a file", "chain"):
        rows = [row for row in world.read(ALL) if row["label"] == "Institution" and row["id"].startswith("link-")]
        links = sorted({row["id"] for row in rows})
        assert links == [record.id for record in chain()][: len(links)]
        assert {(row["id"], row["target"]) for row in rows if row["tie"] == "PART_OF"} == {*pairwise(links)}
        left.add(len(links))

    assert {0, 4, 12} < left, "it was killed before the first portion, between two, and not at all"
    runs = batches.latest(world, Audience(Role.ADMIN), "9999", 100)
    assert {run["status"] for run in runs if run["source"] == "chain"} == {"interrupted", "complete"}
    assert ingest(world, "chain", chain()).unchanged == 12
