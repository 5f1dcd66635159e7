"""Use cases in steps, which are each statement of a transaction and its commit, and a process that dies at one."""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph.connection import Address, Database, Graph, Transaction, connect, connect_embedded
from graph.domain.organisations import Institution
from graph.services.imports import portions
from graph.services.imports.ingest import ingest
from graph.services.proposals.answer import answer_proposal
from graph.services.proposals.publish import publish_plan
from tests import factories
from tests.conftest import today
from tests.services.agreement_world import AMA, EXPERT_YES, OFFICER


@dataclass(frozen=True, slots=True)
class Where:
    """The engine of a test, as another process finds it."""

    folder: Path | None
    address: Address

    def open(self) -> Database:
        return connect_embedded(self.folder) if self.folder else connect(self.address)


def chain(source: str = "chain") -> list[Institution]:
    """Institutions each of which is a part of the next, so that a tie often leads into a later portion."""
    names = [f"link-{number:02}" for number in range(12)]
    whole = [factories.institution(id=id_, name=id_.title(), source=source) for id_ in names]
    return [replace(one, parents=(after.id,)) for one, after in pairwise(whole)] + whole[-1:]


USE_CASES: dict[str, Callable[[Graph, str], object]] = {
    "confirm a proposal": lambda graph, subject: answer_proposal(graph, AMA, subject, EXPERT_YES, today()),
    "publish a plan": lambda graph, subject: publish_plan(graph, OFFICER, subject, today()),
    "import a file": lambda graph, subject: ingest(graph, subject, chain(subject)),
}


def carry_out(where: Where, use_case: str, subject: str, number: int) -> None:
    """Carry out a use case, and die just before its step of this number; with a number past the last it lives."""
    with where.open() as graph:
        steps = iter(range(1, number))

        def step() -> None:
            if next(steps, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        in_steps(step, pytest.MonkeyPatch())
        USE_CASES[use_case](graph, subject)
        step()
        os._exit(0)


def in_steps(step: Callable[[], None], patch: pytest.MonkeyPatch) -> None:
    """Let the step be taken before each statement of a transaction and before its commit; portions become small."""
    patch.setattr(portions, "_SIZE", 4)
    for owner, name in ((Transaction, "_run"), (neo4j.Transaction, "commit")):
        patch.setattr(owner, name, _after(step, getattr(owner, name)))


def _after(step: Callable[[], None], known: Callable[..., Any]) -> Callable[..., Any]:
    def called(self: Any, *given: Any) -> Any:
        step()
        return known(self, *given)

    return called
