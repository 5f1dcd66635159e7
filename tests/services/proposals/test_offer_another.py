"""Who loses a seat hears what is next, on both engines."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.marks import Role
from graph.domain.programmes import Opening
from graph.services.imports.ingest import ingest
from graph.services.planning.next_best import NextBest
from graph.services.proposals.answer import Answer, answer_proposal
from graph.services.proposals.offer_another import offer_another
from graph.store import proposals
from tests import factories
from tests.factories import a_small_world
from tests.services.agreement_world import (
    ADMIN,
    EXPERT_NO,
    HOST,
    HOST_NO,
    LATER,
    OFFICER,
    TODAY,
    confirm,
    opening_to_come,
    published,
)
from tests.services.bench_world import able, bench_world, ready

ZOE = factories.account(id="account-zoe", role=Role.MEMBER, expert="zoe")
ACCRA = ("accra-mentor", "Accra mentor")


@pytest.fixture
def market(graph: Graph) -> Graph:
    """Two openings of one seat and three people who could sit there."""
    bench_world(graph)
    togo = next(record for record in a_small_world() if isinstance(record, Opening))
    ingest(graph, "x", [replace(togo, deadline=LATER)])
    return graph


def offered(graph: Graph, account: Account, proposal_id: str, day: date = TODAY) -> NextBest | None:
    proposal, row = proposals.find(graph, proposals.reader(account, day), proposal_id)
    return offer_another(graph, account, proposal, row, day)


def test_whoever_comes_too_late_for_the_last_seat_hears_what_is_next(market: Graph) -> None:
    zoe = published(market, "zoe", "togo-mentor")
    assert offered(market, ZOE, zoe) is None
    confirm(market, published(market, "xena", "togo-mentor"))

    own, told = offered(market, ZOE, zoe), offered(market, OFFICER, zoe)

    assert own == NextBest("zoe", "Zoe", *ACCRA)
    assert told
    assert told.opening == "accra-mentor"
    assert told.points is not None
    assert offered(market, HOST, zoe) is None


def test_what_somebody_is_asked_for_already_is_not_offered_again(market: Graph) -> None:
    ingest(market, "y", ready(replace(able("zoe", 2.5), capacity=2)))
    zoe, accra = published(market, "zoe", "togo-mentor"), published(market, "zoe", "accra-mentor")
    confirm(market, published(market, "xena", "togo-mentor"))

    assert offered(market, ZOE, zoe) == NextBest("zoe", "Zoe", because="no other opening takes people now")
    answer_proposal(market, OFFICER, accra, HOST_NO, TODAY)
    found = offered(market, ZOE, zoe)
    assert found
    assert (found.opening, found.because) == (
        "",
        "for most openings that take people, Zoe was refused or refused this opening before",
    )


@pytest.mark.parametrize(("no", "hears"), [(HOST_NO, True), (EXPERT_NO, False)])
def test_only_whom_the_host_declines_is_offered_more(market: Graph, no: Answer, hears: bool) -> None:
    zoe = published(market, "zoe", "togo-mentor")
    answer_proposal(market, OFFICER, zoe, no, TODAY)

    assert (offered(market, ZOE, zoe) == NextBest("zoe", "Zoe", *ACCRA)) is hears


def test_what_administrators_alone_see_is_offered_to_nobody_else(market: Graph) -> None:
    zoe = published(market, "zoe", "togo-mentor")
    confirm(market, published(market, "xena", "togo-mentor"))
    ingest(market, "y", [opening_to_come(id="aaa", name="Closed", tlp="RED")])

    seen = [offered(market, account, zoe) for account in (ADMIN, OFFICER, ZOE)]

    assert [found and found.opening for found in seen] == ["aaa", "accra-mentor", "accra-mentor"]


def test_after_the_last_day_something_else_is_offered(market: Graph) -> None:
    zoe = published(market, "zoe", "togo-mentor")

    assert offered(market, ZOE, zoe, LATER.last + timedelta(days=1)) == NextBest("zoe", "Zoe", *ACCRA)
