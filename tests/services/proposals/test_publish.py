"""Plans are kept as drafts, put to both sides, and taken back."""

import json
from dataclasses import replace
from typing import Any

import pytest

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.agreements import PairTie, ProposalStatus
from graph.domain.labels import Label
from graph.domain.marks import Purpose, Role
from graph.errors import Conflict, GraphError, InvalidValue, NotAllowed, NotFound
from graph.services.accounts.conflicts import declare_conflict
from graph.services.accounts.consents import choose_consents
from graph.services.imports.ingest import ingest
from graph.services.matching.match import PartOfScore
from graph.services.planning.save_draft import DraftPair, parts_text, save_draft
from graph.services.proposals.answer import answer_proposal
from graph.services.proposals.publish import Published, publish_plan, withdraw_proposal
from graph.store import plans, proposals, records
from tests import factories
from tests.services.agreement_world import (
    ADMIN,
    AMA,
    EVENTS,
    GONE,
    HOST,
    HOST_NO,
    HOST_YES,
    LATER,
    OFFICER,
    OTHER_HOST,
    RESEARCHER,
    TODAY,
    actions,
    confirm,
    draft,
    listed,
    opening_to_come,
    published,
    seen_by,
    stands,
)


def test_a_draft_keeps_what_it_was_made_from_and_only_planners_see_it(world: Graph) -> None:
    lock = PairTie(target="ama", opening="stay")
    plan_id = save_draft(world, OFFICER, draft(("ama", "stay"), locks=(lock,), seed=3))

    plan = plans.find(world, OFFICER.audience, plan_id)
    assert (plan.name, plan.objective, plan.seed, plan.tlp) == ("Spring", "best", 3, "AMBER")
    assert json.loads(plan.inputs) == {"openings": ["stay"]}
    (decision,) = plans.decisions(world, OFFICER.audience, plan_id)
    assert (decision["decision"], decision["expert"], decision["opening"]) == ("LOCKS", "ama", "stay")
    (row,) = listed(world, OFFICER)
    assert row["status"] == "draft"
    assert row["score"] == 9_500.0
    assert row["waits"] is True
    assert seen_by(world, row["id"]) == {"officer", "admin"}
    for account in (HOST, AMA, RESEARCHER):
        with pytest.raises(NotFound):
            plans.find(world, account.audience, plan_id)


def test_the_same_draft_twice_is_one_plan(world: Graph) -> None:
    pairs = (("ama", "stay"), ("ben", "togo-mentor"))
    first = save_draft(world, OFFICER, draft(*pairs))

    assert save_draft(world, ADMIN, draft(*reversed(pairs))) == first
    assert len(listed(world, OFFICER)) == 2
    assert save_draft(world, OFFICER, draft(*pairs, name="Autumn")) != first
    publish_plan(world, OFFICER, first, TODAY)
    with pytest.raises(Conflict, match="published already"):
        save_draft(world, OFFICER, draft(*pairs))


def test_a_draft_cut_off_half_way_is_completed_by_the_next(world: Graph) -> None:
    plan_id = save_draft(world, OFFICER, draft(("ama", "stay")))
    (before,) = listed(world, OFFICER)
    records.seal(world, Label.PLAN, {plan_id: ""})
    records.drop_ties(world, Label.PROPOSAL, [before["id"]])
    assert listed(world, OFFICER) == []

    assert save_draft(world, OFFICER, draft(("ama", "stay"))) == plan_id
    assert [row["id"] for row in listed(world, OFFICER)] == [before["id"]]


@pytest.mark.parametrize(
    ("wrong", "error", "says"),
    [
        ({"name": "  "}, InvalidValue, "give the plan a name"),
        ({"pairs": ()}, InvalidValue, "a plan without anybody is no plan"),
        ({"pairs": (DraftPair("ama", "stay", 1), DraftPair("ama", "stay", 2))}, InvalidValue, "is there twice"),
        ({"pairs": (DraftPair("ama", "stay", 10_001),)}, InvalidValue, "give 0 to 10,000 points"),
        ({"pairs": (DraftPair("ama", "stay", float("nan")),)}, InvalidValue, "give 0 to 10,000 points"),
        ({"pairs": (DraftPair("ama", "stay", 1, "[]"),)}, InvalidValue, "are not a JSON object"),
        ({"pairs": (DraftPair("ama", "stay", 1, "{"),)}, InvalidValue, "are not a JSON object"),
        ({"pairs": (DraftPair("nobody", "stay", 1),)}, NotFound, "no expert 'nobody'"),
        ({"pairs": (DraftPair("cleo", "stay", 1),)}, NotFound, "no expert 'cleo'"),
        ({"pairs": (DraftPair("ama", "nowhere", 1),)}, NotFound, "no opening 'nowhere'"),
        ({"inputs": {"floor": float("inf")}}, InvalidValue, "cannot be kept"),
    ],
)
def test_a_draft_that_cannot_be_is_told_so_and_leaves_nothing(
    here: Graph, wrong: dict[str, Any], error: type[GraphError], says: str
) -> None:
    with pytest.raises(error, match=says):
        save_draft(here, OFFICER, draft(**{"pairs": (DraftPair("ama", "stay", 1),), **wrong}))
    assert (listed(here, OFFICER), here.read(EVENTS)) == ([], [])


def test_parts_are_kept_by_criterion_in_their_order() -> None:
    parts = [PartOfScore("language", 500, 0.5, 0.5, 10), PartOfScore("gap", 4000, 0.75, 1.0, 40)]

    kept = json.loads(parts_text(parts))

    assert list(kept) == ["language", "gap"]
    assert kept["gap"] == {"points": 4000, "value": 0.75, "high": 1.0, "weight": 40}


def test_publishing_puts_every_draft_to_both_sides_once(world: Graph) -> None:
    plan_id = save_draft(world, OFFICER, draft(("ama", "stay"), ("ben", "togo-mentor")))

    assert publish_plan(world, OFFICER, plan_id, TODAY) == Published(put=2, kept=0)
    assert publish_plan(world, ADMIN, plan_id, TODAY) == Published(put=0, kept=0)
    rows = listed(world, OFFICER)
    assert {row["status"] for row in rows} == {"proposed"}
    for row in rows:
        assert actions(world, row["id"]) == [("officer", "proposal published")]


def test_everybody_sees_what_is_theirs_and_nobody_sees_more(world: Graph) -> None:
    ama, ben = published(world, "ama", "stay"), published(world, "ben", "togo-mentor")

    assert seen_by(world, ama) == {"officer", "admin", "host", "account-ama"}
    assert seen_by(world, ben) == {"officer", "admin", "host", "account-ben"}
    assert proposals.count_waiting(world, proposals.reader(AMA, TODAY)) == 1
    assert proposals.count_waiting(world, proposals.reader(HOST, TODAY)) == 2
    assert proposals.count_waiting(world, proposals.reader(OTHER_HOST, TODAY)) == 0


def test_who_withdraws_consent_leaves_every_list_but_their_own(here: Graph) -> None:
    ama = published(here)

    choose_consents(here, AMA, frozenset({Purpose.RESEARCH}))

    assert seen_by(here, ama) == {"admin", "account-ama"}


def test_a_member_whose_record_is_amber_still_sees_what_they_are_proposed_for(here: Graph) -> None:
    ingest(here, "y", [factories.expert(id="eve", name="Eve", tlp="AMBER")])
    eve = factories.account(role=Role.MEMBER, expert="eve")

    published(here, "eve", "stay")

    (row,) = listed(here, eve)
    assert row["opening_name"] == "Stay in Lomé"
    assert row["opened"] is True


def test_more_people_than_free_seats_are_not_asked(here: Graph) -> None:
    plan_id = save_draft(here, OFFICER, draft(("ama", "stay"), ("ben", "stay")))

    with pytest.raises(Conflict, match="has 1 of 1 seats left and the plan asks 2 people"):
        publish_plan(here, OFFICER, plan_id, TODAY)
    confirm(here, published(here, "ama", "stay"))
    with pytest.raises(Conflict, match="has 0 of 1 seats left and the plan asks 1 person for it"):
        publish_plan(here, OFFICER, save_draft(here, OFFICER, draft(("ben", "stay"), name="Second")), TODAY)


def test_open_proposals_of_another_plan_take_no_seat(here: Graph) -> None:
    published(here, "ama", "stay")

    assert stands(here, published(here, "ben", "stay")).status is ProposalStatus.PROPOSED


def test_nobody_is_asked_for_one_opening_by_two_plans_at_once(world: Graph) -> None:
    ama = published(world, "ama", "stay")
    second = save_draft(world, OFFICER, draft(("ama", "stay"), ("ben", "togo-mentor"), name="Second"))

    assert publish_plan(world, OFFICER, second, TODAY) == Published(put=1, kept=1)
    assert publish_plan(world, OFFICER, second, TODAY) == Published(put=0, kept=1)
    withdraw_proposal(world, OFFICER, ama, TODAY)
    assert publish_plan(world, OFFICER, second, TODAY) == Published(put=1, kept=0)
    confirm(world, next(row["id"] for row in listed(world, OFFICER, plan=second) if row["expert"] == "ama"))
    assert publish_plan(world, OFFICER, stands(world, ama).plan, TODAY) == Published(put=0, kept=1)


def test_somebody_who_no_longer_agrees_is_not_asked(here: Graph) -> None:
    plan_id = save_draft(here, OFFICER, draft(("ama", "stay")))
    choose_consents(here, AMA, frozenset({Purpose.DIRECTORY}))

    with pytest.raises(Conflict, match="no longer agrees to be suggested"):
        publish_plan(here, OFFICER, plan_id, TODAY)


def test_whoever_declares_a_conflict_before_the_plan_is_published_is_not_asked(here: Graph) -> None:
    plan_id = save_draft(here, OFFICER, draft(("ama", "stay")))
    off = save_draft(here, OFFICER, draft(("ama", "stay"), name="Off", inputs={"switched_off": ["conflict"]}))
    declare_conflict(here, AMA, "cert-tg", TODAY)

    with pytest.raises(Conflict, match="Stay in Lomé is no longer to be asked: the person has a declared"):
        publish_plan(here, OFFICER, plan_id, TODAY)
    assert publish_plan(here, OFFICER, off, TODAY).put == 1


def test_whoever_declined_is_not_asked_again_by_an_older_plan(here: Graph) -> None:
    second = save_draft(here, OFFICER, draft(("ama", "stay"), name="Second"))
    answer_proposal(here, OFFICER, published(here, "ama", "stay"), HOST_NO, TODAY)

    with pytest.raises(Conflict, match="was refused or refused this opening before"):
        publish_plan(here, OFFICER, second, TODAY)


def test_a_deadline_that_is_over_needs_a_day_to_answer_by(here: Graph) -> None:
    ingest(here, "y", [opening_to_come(id="late", deadline=GONE)])
    plan_id = save_draft(here, OFFICER, draft(("ama", "late")))

    with pytest.raises(Conflict, match="give a day by which both sides answer"):
        publish_plan(here, OFFICER, plan_id, TODAY)
    with pytest.raises(InvalidValue, match="is still to come"):
        publish_plan(here, OFFICER, plan_id, TODAY, GONE)
    assert publish_plan(here, OFFICER, plan_id, TODAY, LATER).put == 1
    (row,) = listed(here, OFFICER)
    assert (row["status"], row["last_day"]) == ("proposed", LATER.text)


@pytest.mark.parametrize("account", [HOST, AMA, RESEARCHER], ids=lambda account: account.id)
def test_plans_are_for_those_who_plan(here: Graph, account: Account) -> None:
    plan_id = save_draft(here, OFFICER, draft(("ama", "stay")))

    with pytest.raises(NotAllowed):
        save_draft(here, account, draft(("ama", "stay")))
    with pytest.raises(NotAllowed):
        publish_plan(here, account, plan_id, TODAY)
    with pytest.raises(NotAllowed):
        withdraw_proposal(here, account, listed(here, OFFICER)[0]["id"], TODAY)


def test_what_is_taken_back_is_a_draft_again_and_no_refusal(world: Graph) -> None:
    ama = published(world)
    answer_proposal(world, HOST, ama, replace(HOST_YES, words="Gladly."), TODAY)

    withdraw_proposal(world, OFFICER, ama, TODAY)
    withdraw_proposal(world, OFFICER, ama, TODAY)

    assert seen_by(world, ama) == {"officer", "admin"}
    assert (stands(world, ama).status, stands(world, ama).host_said) == (ProposalStatus.DRAFT, "")
    assert publish_plan(world, OFFICER, stands(world, ama).plan, TODAY).put == 1
    confirm(world, ama)
    with pytest.raises(Conflict, match="is confirmed"):
        withdraw_proposal(world, OFFICER, ama, TODAY)
