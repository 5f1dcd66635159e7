"""`proposals`, `publish` and `answer` as a user runs them."""

import json
from datetime import UTC, datetime, timedelta

from graph.connection import Graph
from graph.domain.marks import Role
from graph.services.ingest import ingest
from graph.services.publish_plan import DraftPair, DraftPlan, save_draft
from tests import factories
from tests.commands.conftest import Run
from tests.factories import a_small_world

OFFICER = factories.account(role=Role.OFFICER)
PAIRS = (DraftPair("ama", "togo-mentor", 9_500),)
LATER = (datetime.now(UTC).date() + timedelta(days=9)).isoformat()


def test_a_plan_is_published_answered_and_listed(run: Run, stored: Graph) -> None:
    ingest(stored, "x", a_small_world())
    plan = save_draft(stored, OFFICER, DraftPlan(name="Spring", objective="best", inputs={}, pairs=PAIRS))

    assert run("publish", plan, "--answer-by", LATER).out == "1 proposal waits for both sides now.\n"
    (row,) = json.loads(run("proposals", "--json").out)
    assert (row["expert"], row["opening"], row["status"], row["last_day"]) == ("ama", "togo-mentor", "proposed", LATER)
    assert "waits for the host" in run("answer", row["id"], "accept", "--as", "expert").out
    assert "confirmed" in run("answer", row["id"], "accept", "--as", "host", "--reason", "Gladly").out
    assert json.loads(run("proposals", "--status", "proposed", "--json").out) == []
    assert "Ama Owusu" in run("proposals", "--status", "confirmed").out
    assert "is confirmed" in run("answer", row["id"], "decline", "--as", "host", "--reason", "Late").sentence


def test_what_cannot_be_is_one_sentence(run: Run, stored: Graph) -> None:
    assert "no plan 'nowhere'" in run("publish", "nowhere").sentence
    assert "write a year, a month or a day" in run("publish", "nowhere", "--answer-by", "soon").sentence
    assert "no proposal 'nothing'" in run("answer", "nothing", "accept", "--as", "host").sentence
    assert "say in a sentence why" in run("answer", "nothing", "decline", "--as", "host").sentence
