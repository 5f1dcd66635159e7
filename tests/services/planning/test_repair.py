"""A stored plan mended after somebody dropped out, worked out by hand, on both engines."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.agreements import Party, Verdict
from graph.errors import InvalidValue, NotFound
from graph.matching.solvers.plans import Objective
from graph.services.accounts.wishes import note_wishes
from graph.services.imports.ingest import ingest
from graph.services.planning.next_best import TAKEN, NextBest
from graph.services.planning.plan import report_plan
from graph.services.planning.repair import (
    Repaired,
    RepairRequest,
    Served,
    repair_plan,
)
from graph.services.planning.save_workspace import save_workspace
from graph.services.planning.workspace import load_workspace
from graph.services.proposals.answer import Answer, answer_proposal
from graph.services.proposals.publish import publish_plan
from graph.store import plans
from tests import factories
from tests.conftest import OFFICER, today
from tests.factories import day
from tests.services.bench_world import able, bench_world, free, wanted

ACCOUNT = factories.account(id="officer")


def kept(graph: Graph, account: Account = ACCOUNT, objective: Objective = Objective.BEST) -> str:
    """The plan of the small bench, stored: Xena in Accra (10,000), Yves in Togo (9,500), Zoe nowhere."""
    bench_world(graph)
    if objective is Objective.EXPERT_STABLE:
        note_wishes(graph, account, "xena", ["accra-mentor"])
    bench = load_workspace(graph, OFFICER, wanted(), today())
    return save_workspace(graph, account, bench, report_plan(bench, objective), "West Africa")


def mended(graph: Graph, plan: str, *without: str, most: int = 3) -> Repaired:
    return repair_plan(graph, OFFICER, RepairRequest(plan, without, most=most), today())


def who(found: Repaired) -> set[tuple[str, str]]:
    return {(placement.expert, placement.opening) for placement in found.placements}


def test_nothing_moves_when_nothing_happened(graph: Graph) -> None:
    found = mended(graph, kept(graph))

    assert (found.turns, found.ended, found.gone) == ((), 0, 0)
    assert found.before == found.total == found.full_total == 19_500


def test_whoever_was_next_takes_the_seat_of_a_drop_out(graph: Graph) -> None:
    found = mended(graph, kept(graph), "yves")

    assert who(found) == {("xena", "accra-mentor"), ("zoe", "togo-mentor")}
    assert (found.gone, found.ended, found.before, found.total) == (1, 0, 19_500, 17_500)
    assert [(turn.expert, turn.destination) for turn in found.turns] == [("yves", ""), ("zoe", "togo-mentor")]


def test_a_drop_out_of_a_plan_that_is_no_longer_the_best_is_mended_all_the_same(graph: Graph) -> None:
    plan = kept(graph)
    ingest(graph, "better", [able("zoe", 3)])

    found = mended(graph, plan, "yves")

    # Zoe brings 10,000 to Togo by now, more than Yves did, and 5,000 to Accra.
    assert who(found) == {("xena", "accra-mentor"), ("zoe", "togo-mentor")}
    assert (found.gone, found.ended, found.total, found.full_total) == (1, 0, 20_000, 20_000)


def test_the_limit_holds_and_says_what_it_costs(graph: Graph) -> None:
    plan = kept(graph)

    frozen, free = mended(graph, plan, "xena", most=0), mended(graph, plan, "xena")

    # Yves to Accra and Zoe to Togo ties with Zoe to Accra: 4,500 + 7,500 against 9,500 + 2,500.
    assert who(frozen) == {("yves", "togo-mentor"), ("zoe", "accra-mentor")}
    assert (frozen.ended, frozen.total, frozen.full_total) == (0, 12_000, 12_000)
    assert free.total == 12_000


def test_a_fair_plan_is_mended_for_the_worst_served(graph: Graph) -> None:
    plan = kept(graph, objective=Objective.FAIR)

    frozen, free = mended(graph, plan, "xena", most=0), mended(graph, plan, "xena")

    # Zoe brings 2,500 to Accra and 7,500 to Togo, Yves 4,500 and 9,500: moving Yves lifts the worst served.
    assert (frozen.served, frozen.full_served) == (Served(2, 2, 2_500), Served(2, 2, 4_500))
    assert (frozen.full_ended, free.ended, free.served) == (1, 1, Served(2, 2, 4_500))
    assert who(free) == {("yves", "accra-mentor"), ("zoe", "togo-mentor")}


@pytest.mark.parametrize("objective", [Objective.HOST_STABLE, Objective.EXPERT_STABLE])
def test_a_stable_plan_is_mended_to_one_where_the_fewest_would_rather_swap(graph: Graph, objective: Objective) -> None:
    found = mended(graph, kept(graph, objective=objective), "yves")

    assert who(found) == {("xena", "accra-mentor"), ("zoe", "togo-mentor")}
    assert (found.ended, found.blocking, found.full_ended) == (0, 0, 0)


def test_what_the_plan_itself_has_settled_is_no_load_and_takes_no_seat_of_its_own(graph: Graph) -> None:
    plan = kept(graph)
    asked = [row["id"] for row in plans.drafts(graph, plan, datetime.now(UTC).date())]
    publish_plan(graph, ACCOUNT, plan, today())
    for proposal in asked:
        for party in Party:
            answer_proposal(graph, ACCOUNT, proposal, Answer(party, Verdict.ACCEPT), today())

    assert mended(graph, plan).turns == ()
    assert who(mended(graph, plan, "yves")) == {("xena", "accra-mentor"), ("zoe", "togo-mentor")}


def test_whoever_loses_a_seat_hears_what_is_next_or_why_nothing_is(graph: Graph) -> None:
    plan = kept(graph)
    autumn = {"start": day("2028-09-01"), "end": day("2028-12-31")}
    ingest(graph, "later", [replace(free("yves"), **autumn)])

    (without,) = mended(graph, plan).offers
    ingest(graph, "more", [factories.opening(id="accra-autumn", name="Autumn", programme="accra", **autumn)])
    (offer,) = mended(graph, plan).offers

    why = "for most openings that take people, Yves does not offer enough of the days of the opening"
    assert without == NextBest("yves", "Yves", because=why)
    assert offer == NextBest("yves", "Yves", "accra-autumn", "Autumn", 4_500)
    assert mended(graph, plan, "yves").offers == ()


def test_no_seat_that_is_taken_is_offered(graph: Graph) -> None:
    plan = kept(graph)
    ingest(graph, "better", [able("zoe", 4)])

    found = mended(graph, plan)

    assert {expert for expert, _ in who(found)} == {"xena", "zoe"}
    assert found.offers == (NextBest("yves", "Yves", because=TAKEN),)


def test_what_cannot_be_mended_is_one_sentence(graph: Graph) -> None:
    plan = kept(graph)

    with pytest.raises(NotFound):
        mended(graph, "nowhere")
    with pytest.raises(NotFound):
        mended(graph, plan, "nobody")
    with pytest.raises(InvalidValue, match="'zoe' is not in the plan"):
        mended(graph, plan, "zoe")
    with pytest.raises(InvalidValue, match="give 0 or more"):
        mended(graph, plan, most=-1)
