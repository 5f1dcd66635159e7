"""Killed at any step, a use case happened with its trail or it did not; nothing is left to settle afterwards."""

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from itertools import count
from multiprocessing.context import ForkServerContext
from typing import Any

import pytest

from graph.connection import Database
from graph.domain.agreements import ProposalStatus
from graph.services.imports.ingest import ingest
from graph.services.proposals.settle import settle_proposals
from tests.conftest import today
from tests.transactions import dying
from tests.transactions.dying import Where, chain
from tests.transactions.traces import (
    ALL,
    ROUNDS,
    a_draft,
    an_accepted_proposal,
    shown_runs,
    trail,
    whole_portions,
)

Prepare = Callable[[Database], str]


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Children that begin with everything imported, so that one takes a tenth of a second."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.transactions.dying"])
    return context


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


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_an_import_that_is_killed_leaves_whole_portions_and_is_completed_by_sending_it_again(
    world: Database, where: Where, processes: Any, round_: int
) -> None:
    left = set()
    for _ in deaths(processes, where, "import a file", "chain"):
        left.add(whole_portions(world.read(ALL)))

    assert {0, 4, 12} < left, "it was killed before the first portion, between two, and not at all"
    assert {*shown_runs(world)} == {"interrupted", "complete"}
    assert ingest(world, "chain", chain()).unchanged == 12
