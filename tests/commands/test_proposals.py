"""`proposals`, `publish` and `answer`, run within this process: each command in one of its own takes seconds."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from graph.connection import Graph
from graph.domain.marks import Role
from graph.services.imports.ingest import ingest
from graph.services.planning.save_draft import DraftPair, DraftPlan, save_draft
from tests import factories
from tests.commands.conftest import invoking
from tests.conftest import WIPE
from tests.factories import a_small_world

OFFICER = factories.account(role=Role.OFFICER)
PAIRS = (DraftPair("ama", "togo-mentor", 9_500),)
LATER = (datetime.now(UTC).date() + timedelta(days=9)).isoformat()
Invoke = Callable[..., Result]


@pytest.fixture
def invoke(embedded: Graph, tmp_path: Path) -> Invoke:
    embedded.write(WIPE)
    ingest(embedded, "x", a_small_world())
    return invoking(embedded, tmp_path)


def test_a_plan_is_published_answered_and_listed(invoke: Invoke, embedded: Graph) -> None:
    plan = save_draft(embedded, OFFICER, DraftPlan(name="Spring", objective="best", inputs={}, pairs=PAIRS))

    assert invoke("publish", plan, "--answer-by", LATER).output == "1 proposal waits for both sides now.\n"
    (row,) = json.loads(invoke("proposals", "--json").output)
    assert (row["expert"], row["opening"], row["status"], row["last_day"]) == ("ama", "togo-mentor", "proposed", LATER)
    assert "waits for the host" in invoke("answer", row["id"], "accept", "--as", "expert").output
    assert "confirmed" in invoke("answer", row["id"], "accept", "--as", "host", "--reason", "Gladly").output
    assert json.loads(invoke("proposals", "--status", "proposed", "--json").output) == []
    assert "Ama Owusu" in invoke("proposals", "--status", "confirmed").output
    assert "is confirmed" in str(invoke("answer", row["id"], "decline", "--as", "host", "--reason", "No").exception)


def test_what_is_asked_already_stays_a_draft_and_is_told(invoke: Invoke, embedded: Graph) -> None:
    first, second = (
        save_draft(embedded, OFFICER, DraftPlan(name=name, objective="best", inputs={}, pairs=PAIRS))
        for name in ("Spring", "Spring, mended")
    )
    invoke("publish", first, "--answer-by", LATER)

    again, asked = invoke("publish", first).output, invoke("publish", second, "--answer-by", LATER).output

    assert again == "Nothing was left to publish: the plan has no drafts.\n"
    assert asked == "Nobody new is asked. 1 stays a draft: asked already, for the same opening.\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("publish", "nowhere"), "no plan 'nowhere'"),
        (("publish", "nowhere", "--answer-by", "soon"), "write a year, a month or a day"),
        (("answer", "nothing", "accept", "--as", "host"), "no proposal 'nothing'"),
        (("answer", "nothing", "decline", "--as", "host"), "say in a sentence why"),
    ],
)
def test_what_cannot_be_is_one_sentence(invoke: Invoke, words: tuple[str, ...], says: str) -> None:
    assert says in str(invoke(*words).exception)
