"""Where the reply to a change is lost, the change is looked up before anything is said, and never made twice."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from graph.connection import Database, connect
from graph.errors import Unavailable
from graph.services.planning.save_draft import save_draft
from graph.services.proposals.publish import Published, publish_plan
from tests.conftest import today
from tests.services.agreement_world import OFFICER, actions, draft, listed
from tests.transactions.relays import Loss, Relay, relay_to


@pytest.fixture
def relay(world: Database) -> Iterator[Relay]:
    found = urlsplit(world.address.uri)
    with relay_to(found.hostname, found.port) as made:
        yield made


@pytest.fixture
def through(world: Database, relay: Relay) -> Iterator[Database]:
    """The same database over the relay."""
    with connect(replace(world.address, uri=f"bolt://127.0.0.1:{relay.port}")) as graph:
        yield graph


@pytest.mark.parametrize("loss", Loss)
def test_a_plan_is_published_once_whatever_is_lost(
    world: Database, through: Database, relay: Relay, loss: Loss
) -> None:
    plan = save_draft(world, OFFICER, draft(("ama", "stay")))
    relay.lose = loss

    assert publish_plan(through, OFFICER, plan, today()) == Published(put=1, kept=0)

    assert relay.lost == 1
    (row,) = listed(world, OFFICER, plan=plan)
    assert row["status"] == "proposed"
    assert [action for _, action in actions(world, row["id"])] == ["proposal published"]


def test_an_outcome_that_nobody_can_look_up_is_told_as_unknown(
    world: Database, through: Database, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.connection._PATIENCE", 0.2)
    plan = save_draft(world, OFFICER, draft(("ama", "stay")))
    relay.lose, relay.refuses = Loss.REPLY, True

    with pytest.raises(Unavailable, match="look whether it is there before you make it again"):
        publish_plan(through, OFFICER, plan, today())

    (row,) = listed(world, OFFICER, plan=plan)
    assert row["status"] == "proposed"
