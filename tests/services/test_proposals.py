"""From a plan to what was agreed: published, answered by both sides, confirmed within the seats, and made real."""

import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.agreements import PairTie, Party, Proposal, ProposalStatus, Verdict
from graph.domain.dates import PartialDate
from graph.domain.engagements import EngagementStatus
from graph.domain.labels import Label
from graph.domain.marks import Purpose, Role
from graph.domain.people import WorksAt
from graph.domain.programmes import Need, Opening, OpeningKind
from graph.errors import Conflict, GraphError, InvalidValue, NotAllowed, NotFound
from graph.services import settle_proposals as settling
from graph.services.answer_proposal import Answer, answer_proposal, name_mentee
from graph.services.consents import choose_consents
from graph.services.expire_proposals import expire_proposals
from graph.services.ingest import ingest, ingest_whole
from graph.services.match_openings import PartOfScore
from graph.services.publish_plan import (
    DraftPair,
    DraftPlan,
    parts_text,
    publish_plan,
    save_draft,
    withdraw_proposal,
)
from graph.services.settle_proposals import settle_proposals
from graph.statement import CATALOGUE, Statement
from graph.store import engagements, experts, plans, proposals, records
from graph.store.pages import Query
from tests import factories
from tests.conftest import WIPE
from tests.factories import a_small_world

OFFICER = factories.account(id="officer", role=Role.OFFICER)
ADMIN = factories.account(id="admin", role=Role.ADMIN)
HOST = factories.account(id="host", role=Role.HOST, institution="cert-tg")
OTHER_HOST = factories.account(id="other-host", role=Role.HOST, institution="cert-gh")
AMA = factories.account(id="account-ama", role=Role.MEMBER, expert="ama")
BEN = factories.account(id="account-ben", role=Role.MEMBER, expert="ben")
RESEARCHER = factories.account(id="researcher", role=Role.RESEARCHER)
EVERYBODY = (OFFICER, ADMIN, HOST, OTHER_HOST, AMA, BEN, RESEARCHER)
TODAY = datetime.now(UTC).date()
# The world's own deadline lies in the past of some day: these tests do not age.
LATER = PartialDate.of_day(TODAY + timedelta(days=30))
GONE = PartialDate.of_day(TODAY - timedelta(days=1))

HOST_YES = Answer(Party.HOST, Verdict.ACCEPT)
HOST_NO = Answer(Party.HOST, Verdict.DECLINE, "We need somebody on site.")
EXPERT_YES = Answer(Party.EXPERT, Verdict.ACCEPT)
EXPERT_NO = Answer(Party.EXPERT, Verdict.DECLINE, "Not this spring.")

EVENTS = Statement("MATCH (a:AuditEvent) RETURN a.action AS action, a.subject AS subject, a.actor AS actor")
ENGAGED = Statement("MATCH (n:Secondment) WHERE n.id STARTS WITH 'proposal-' RETURN count(n) AS total")
FORGET_TIES = Statement("MATCH (n:Secondment {id: $id})-[t:BY]->() SET n.digest = null DELETE t")
FINISH = Statement("MATCH (n:Secondment {id: $id}) SET n.status = 'completed'")
for statement in (EVENTS, ENGAGED, FORGET_TIES, FINISH):
    CATALOGUE.remove(statement)


@pytest.fixture
def world(graph: Graph) -> Graph:
    """A small world with a second opening, once on each engine."""
    return _filled(graph)


@pytest.fixture
def here(embedded: Graph) -> Graph:
    """The same on one engine, for rules that no statement decides."""
    embedded.write(WIPE)
    return _filled(embedded)


def _filled(graph: Graph) -> Graph:
    stay = replace(
        _opening(), id="stay", name="Stay in Lomé", deadline=LATER, needs=(Need(target="area-forensics", level=2),)
    )
    known = [replace(r, deadline=LATER) if isinstance(r, Opening) else r for r in a_small_world()]
    ingest(graph, "x", [*known, stay, *(replace(account, email=f"{account.id}@example.org") for account in EVERYBODY)])
    return graph


def _opening(**given: Any) -> Opening:
    """A stay at the Togolese team, whose day to answer by is still to come."""
    stay = {"programme": "togo-cert", "host": "cert-tg", "kind": OpeningKind.SECONDMENT, "deadline": LATER}
    return factories.opening(**{**stay, **given})


def draft(*pairs: tuple[str, str], **given: Any) -> DraftPlan:
    found = tuple(DraftPair(expert, opening, 9_500, '{"gap": {"points": 9500}}') for expert, opening in pairs)
    return DraftPlan(
        **{"name": "Spring", "objective": "best", "inputs": {"openings": ["stay"]}, "pairs": found, **given}
    )


def published(graph: Graph, expert: str = "ama", opening: str = "stay") -> str:
    """A proposal that both sides have before them; its id."""
    plan = save_draft(graph, OFFICER, draft((expert, opening), name=f"{expert} for {opening}"))
    publish_plan(graph, OFFICER, plan)
    (row,) = listed(graph, OFFICER, plan=plan)
    return str(row["id"])


def listed(graph: Graph, account: Account, **facets: str) -> list[dict[str, Any]]:
    return proposals.search(
        graph, proposals.reader(account, TODAY), Query(sort="waiting", facets=tuple(facets.items()))
    ).rows


def stands(graph: Graph, proposal_id: str, today: date = TODAY) -> Proposal:
    return proposals.find(graph, proposals.reader(ADMIN, today), proposal_id)[0]


def actions(graph: Graph, subject: str) -> list[tuple[str, str]]:
    return sorted((event["actor"], event["action"]) for event in graph.read(EVENTS) if event["subject"] == subject)


def seen_by(graph: Graph, proposal_id: str) -> set[str]:
    """Who sees it on its page; the same see it in their list."""
    found = set()
    for account in EVERYBODY:
        try:
            proposals.find(graph, proposals.reader(account, TODAY), proposal_id)
        except NotFound:
            pass
        else:
            found.add(account.id)
    assert found == {a.id for a in EVERYBODY if proposal_id in {row["id"] for row in listed(graph, a)}}
    return found


# Drafts


def test_a_draft_keeps_what_it_was_made_from_and_only_planners_see_it(world: Graph) -> None:
    lock = PairTie(target="ama", opening="stay")
    plan_id = save_draft(world, OFFICER, draft(("ama", "stay"), locks=(lock,), seed=3))

    plan = plans.find(world, OFFICER.audience, plan_id)
    assert (plan.name, plan.objective, plan.seed, plan.tlp) == ("Spring", "best", 3, "AMBER")
    assert json.loads(plan.inputs) == {"openings": ["stay"]}
    (decision,) = plans.decisions(world, OFFICER.audience, plan_id)
    assert (decision["decision"], decision["expert"], decision["opening"]) == ("LOCKS", "ama", "stay")
    (row,) = listed(world, OFFICER)
    assert (row["status"], row["score"], row["waits"]) == ("draft", 9_500.0, True)
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
    publish_plan(world, OFFICER, first)
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
    parts = [PartOfScore("language", 500, 0.5, 0.5, 0.5, 10), PartOfScore("gap", 4000, 1.0, 1.0, 1.0, 40)]

    kept = json.loads(parts_text(parts))

    assert list(kept) == ["language", "gap"]
    assert kept["gap"] == {"points": 4000, "value": 1.0, "low": 1.0, "high": 1.0, "weight": 40}


# Publishing


def test_publishing_puts_every_draft_to_both_sides_once(world: Graph) -> None:
    plan_id = save_draft(world, OFFICER, draft(("ama", "stay"), ("ben", "togo-mentor")))

    assert publish_plan(world, OFFICER, plan_id) == 2
    assert publish_plan(world, ADMIN, plan_id) == 0
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
    assert (row["opening_name"], row["opened"]) == ("Stay in Lomé", True)


def test_more_people_than_free_seats_are_not_asked(here: Graph) -> None:
    plan_id = save_draft(here, OFFICER, draft(("ama", "stay"), ("ben", "stay")))

    with pytest.raises(Conflict, match="has 1 of 1 seats left and the plan asks 2 people"):
        publish_plan(here, OFFICER, plan_id)
    confirm(here, published(here, "ama", "stay"))
    with pytest.raises(Conflict, match="has 0 of 1 seats left and the plan asks 1 people"):
        publish_plan(here, OFFICER, save_draft(here, OFFICER, draft(("ben", "stay"), name="Second")))


def test_open_proposals_of_another_plan_take_no_seat(here: Graph) -> None:
    published(here, "ama", "stay")

    assert stands(here, published(here, "ben", "stay")).status is ProposalStatus.PROPOSED


def test_somebody_who_no_longer_agrees_is_not_asked(here: Graph) -> None:
    plan_id = save_draft(here, OFFICER, draft(("ama", "stay")))
    choose_consents(here, AMA, frozenset({Purpose.DIRECTORY}))

    with pytest.raises(Conflict, match="no longer agrees to be suggested"):
        publish_plan(here, OFFICER, plan_id)


def test_a_deadline_that_is_over_needs_a_day_to_answer_by(here: Graph) -> None:
    ingest(here, "y", [_opening(id="late", deadline=GONE)])
    plan_id = save_draft(here, OFFICER, draft(("ama", "late")))

    with pytest.raises(Conflict, match="give a day by which both sides answer"):
        publish_plan(here, OFFICER, plan_id)
    with pytest.raises(InvalidValue, match="is still to come"):
        publish_plan(here, OFFICER, plan_id, GONE)
    assert publish_plan(here, OFFICER, plan_id, LATER) == 1
    (row,) = listed(here, OFFICER)
    assert (row["status"], row["last_day"]) == ("proposed", LATER.text)


@pytest.mark.parametrize("account", [HOST, AMA, RESEARCHER], ids=lambda account: account.id)
def test_plans_are_for_those_who_plan(here: Graph, account: Account) -> None:
    plan_id = save_draft(here, OFFICER, draft(("ama", "stay")))

    with pytest.raises(NotAllowed):
        save_draft(here, account, draft(("ama", "stay")))
    with pytest.raises(NotAllowed):
        publish_plan(here, account, plan_id)
    with pytest.raises(NotAllowed):
        withdraw_proposal(here, account, listed(here, OFFICER)[0]["id"])


def test_what_is_taken_back_is_a_draft_again_and_no_refusal(world: Graph) -> None:
    ama = published(world)
    answer_proposal(world, HOST, ama, replace(HOST_YES, words="Gladly."))

    withdraw_proposal(world, OFFICER, ama)
    withdraw_proposal(world, OFFICER, ama)

    assert seen_by(world, ama) == {"officer", "admin"}
    assert (stands(world, ama).status, stands(world, ama).host_said) == (ProposalStatus.DRAFT, "")
    assert publish_plan(world, OFFICER, stands(world, ama).plan) == 1
    confirm(world, ama)
    with pytest.raises(Conflict, match="is confirmed"):
        withdraw_proposal(world, OFFICER, ama)


# Answers


@pytest.mark.parametrize("answers", [(HOST_YES, EXPERT_YES), (EXPERT_YES, HOST_YES)])
def test_both_sides_confirm_in_either_order(world: Graph, answers: tuple[Answer, Answer]) -> None:
    ama, who = published(world), {Party.HOST: HOST, Party.EXPERT: AMA}

    reached = [answer_proposal(world, who[answer.party], ama, answer) for answer in answers]

    assert reached == [ProposalStatus(f"accepted_by_{answers[0].party}"), ProposalStatus.CONFIRMED]


@pytest.mark.parametrize("before", [(), (HOST_YES,), (EXPERT_YES,)])
@pytest.mark.parametrize("no", [HOST_NO, EXPERT_NO])
def test_either_side_can_decline_until_it_is_confirmed(here: Graph, before: Iterable[Answer], no: Answer) -> None:
    ama = published(here)
    for answer in before:
        answer_proposal(here, OFFICER, ama, answer)

    assert answer_proposal(here, {Party.HOST: HOST, Party.EXPERT: AMA}[no.party], ama, no) is ProposalStatus.DECLINED

    assert (stands(here, ama).reason, stands(here, ama).declined_by) == (no.words, no.party)
    with pytest.raises(Conflict, match="was declined"):
        answer_proposal(here, AMA, ama, EXPERT_YES)


def test_what_an_officer_notes_for_a_side_is_in_the_trail(here: Graph) -> None:
    ama = published(here)
    answer_proposal(here, OFFICER, ama, replace(EXPERT_YES, words="Told me on the phone."))
    answer_proposal(here, HOST, ama, HOST_YES)

    assert stands(here, ama).expert_said == "Told me on the phone."
    assert actions(here, ama) == [
        ("host", "proposal: host says accept, confirmed"),
        ("officer", "proposal published"),
        ("officer", "proposal: expert says accept, accepted_by_expert"),
    ]


def test_nobody_answers_for_the_other_side(here: Graph) -> None:
    ama = published(here)
    for account, answer in ((HOST, EXPERT_YES), (AMA, HOST_YES), (HOST, EXPERT_NO), (AMA, HOST_NO)):
        with pytest.raises(NotAllowed, match="You cannot answer for the"):
            answer_proposal(here, account, ama, answer)
    for account in (BEN, OTHER_HOST, RESEARCHER):
        with pytest.raises(NotFound):
            answer_proposal(here, account, ama, EXPERT_YES)
    assert stands(here, ama).status is ProposalStatus.PROPOSED


@pytest.mark.parametrize(("words", "says"), [("  ", "say in a sentence why"), ("x" * 1001, "is too long")])
def test_a_refusal_without_a_readable_reason_is_none(words: str, says: str) -> None:
    with pytest.raises(InvalidValue, match=says):
        Answer(Party.EXPERT, Verdict.DECLINE, words)


def test_the_same_answer_twice_counts_once(here: Graph) -> None:
    ama = published(here)
    for _ in range(2):
        answer_proposal(here, HOST, ama, HOST_YES)
    for _ in range(2):
        assert answer_proposal(here, AMA, ama, EXPERT_YES) is ProposalStatus.CONFIRMED

    assert len(actions(here, ama)) == 3
    assert here.read(ENGAGED) == [{"total": 1}]


def test_after_the_last_day_a_proposal_has_expired_written_down_or_not(world: Graph) -> None:
    ama = published(world)
    move = Statement("MATCH (p:Proposal {id: $id}) SET p.answer_by_last = $day")
    CATALOGUE.remove(move)
    world.write(move, id=ama, day=TODAY.isoformat())
    assert stands(world, ama).status is ProposalStatus.PROPOSED, "the last day itself still counts"

    world.write(move, id=ama, day=GONE.text)

    assert stands(world, ama).status is ProposalStatus.EXPIRED
    assert proposals.count_waiting(world, proposals.reader(AMA, TODAY)) == 0
    with pytest.raises(Conflict, match="has expired"):
        answer_proposal(world, AMA, ama, EXPERT_YES)
    assert [expire_proposals(world, OFFICER) for _ in range(2)] == [1, 0]
    assert stands(world, ama, date(2020, 1, 1)).status is ProposalStatus.EXPIRED
    assert ("officer", "proposal expired") in actions(world, ama)


# What becomes of it


def confirm(graph: Graph, proposal_id: str) -> None:
    answer_proposal(graph, OFFICER, proposal_id, HOST_YES)
    answer_proposal(graph, OFFICER, proposal_id, EXPERT_YES)


def parties(graph: Graph, label: Label, id_: str) -> set[tuple[str, str]]:
    return {(row["part"], row["id"]) for row in engagements.parties(graph, ADMIN.audience, label, id_)}


def test_a_confirmed_stay_is_a_planned_secondment(world: Graph) -> None:
    ama = published(world)
    confirm(world, ama)

    made = engagements.find(world, ADMIN.audience, Label.SECONDMENT, ama)
    assert (made["status"], made["start"], made["end"], made["tlp"]) == (
        EngagementStatus.PLANNED,
        "2027-02-01",
        "2027-06-30",
        "CLEAR",
    )
    assert parties(world, Label.SECONDMENT, ama) == {
        ("BY", "ama"),
        ("FROM", "cert-gh"),
        ("TO", "cert-tg"),
        ("FOR", "togo-cert"),
        ("ABOUT", "area-forensics"),
    }
    assert ama in {row["id"] for row in experts.history(world, ADMIN.audience, "ama")}


@pytest.mark.parametrize(
    ("kind", "label", "part"),
    [
        (OpeningKind.RESIDENCY, Label.SECONDMENT, {("BY", "ama"), ("FROM", "cert-gh"), ("TO", "cert-tg")}),
        (OpeningKind.SCHOLARSHIP, Label.SCHOLARSHIP, {("AWARDED_TO", "ama"), ("AT", "cert-tg"), ("FROM", "cert-gh")}),
    ],
)
def test_every_kind_of_opening_has_its_engagement(
    here: Graph, kind: OpeningKind, label: Label, part: set[tuple[str, str]]
) -> None:
    ingest(here, "y", [_opening(id="other", kind=kind)])
    ama = published(here, "ama", "other")
    confirm(here, ama)

    assert part <= parties(here, label, ama)


def test_whoever_works_at_the_host_already_comes_from_nowhere(here: Graph) -> None:
    ben = published(here, "ben", "stay")
    confirm(here, ben)

    assert {part for part, _ in parties(here, Label.SECONDMENT, ben)} == {"BY", "TO", "FOR", "ABOUT"}


def test_a_mentorship_waits_for_its_mentee(world: Graph) -> None:
    ama = published(world, "ama", "togo-mentor")
    with pytest.raises(Conflict, match="once both sides have accepted"):
        name_mentee(world, HOST, ama, "ben")
    confirm(world, ama)
    assert proposals.count_waiting(world, proposals.reader(HOST, TODAY)) == 1
    with pytest.raises(NotFound):
        engagements.find(world, ADMIN.audience, Label.MENTORSHIP, ama)

    with pytest.raises(InvalidValue, match="choose one who does"):
        name_mentee(world, HOST, ama, "dede")
    with pytest.raises(NotAllowed):
        name_mentee(world, AMA, ama, "ben")
    name_mentee(world, HOST, ama, "ben")
    name_mentee(world, OFFICER, ama, "ben")

    assert {("MENTOR", "ama"), ("MENTEE", "ben"), ("FOR", "togo-cert")} <= parties(world, Label.MENTORSHIP, ama)
    assert proposals.count_waiting(world, proposals.reader(HOST, TODAY)) == 0
    ingest(world, "y", [factories.expert(id="kim", name="Kim", posts=(WorksAt(target="cert-tg"),))])
    with pytest.raises(Conflict, match="named already"):
        name_mentee(world, HOST, ama, "kim")
    stay = published(world, "ben", "stay")
    with pytest.raises(Conflict, match="no mentorship"):
        name_mentee(world, HOST, stay, "ben")


def test_a_crash_after_the_confirmation_is_mended_by_the_next_answer(
    world: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    ama = published(world)
    answer_proposal(world, HOST, ama, HOST_YES)
    crash(world, monkeypatch, lambda: answer_proposal(world, AMA, ama, EXPERT_YES))
    assert stands(world, ama).status is ProposalStatus.CONFIRMED
    assert world.read(ENGAGED) == [{"total": 0}]

    answer_proposal(world, AMA, ama, EXPERT_YES)

    assert ("BY", "ama") in parties(world, Label.SECONDMENT, ama)


def crash(graph: Graph, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """The process dies before the first write of an engagement."""

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(settling.records, "save_nodes", die)
        patch.setattr("graph.services.trail.note", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            act()


def test_half_an_engagement_is_completed_and_a_whole_one_left_alone(world: Graph) -> None:
    ama = published(world)
    confirm(world, ama)
    world.write(FORGET_TIES, id=ama)

    assert settle_proposals(world) == 1
    assert ("BY", "ama") in parties(world, Label.SECONDMENT, ama)
    world.write(FINISH, id=ama)
    assert settle_proposals(world) == 0
    assert engagements.find(world, ADMIN.audience, Label.SECONDMENT, ama)["status"] == "completed"


def test_what_was_agreed_outlives_the_next_import_of_its_source(graph: Graph) -> None:
    invented = [replace(record, source="demonstration") for record in a_small_world()]
    stay = _opening(id="stay", source="demonstration")
    ingest_whole(graph, "demonstration", [*invented, stay])
    ama = published(graph)
    confirm(graph, ama)

    ingest_whole(graph, "demonstration", [*invented, stay])

    assert stands(graph, ama).status is ProposalStatus.CONFIRMED
    assert ("BY", "ama") in parties(graph, Label.SECONDMENT, ama)
    records.erase_source(graph, "demonstration")
    assert graph.read(ENGAGED) == [{"total": 0}]


def test_addresses_are_shown_once_both_sides_have_agreed(world: Graph) -> None:
    ama = published(world)
    answer_proposal(world, HOST, ama, HOST_YES)
    assert [proposals.contacts(world, proposals.reader(account, TODAY), ama) for account in EVERYBODY] == [[]] * 7

    answer_proposal(world, AMA, ama, EXPERT_YES)

    for account in (OFFICER, ADMIN, HOST, AMA):
        rows = proposals.contacts(world, proposals.reader(account, TODAY), ama)
        assert [(row["party"], row["email"]) for row in rows] == [
            ("expert", "account-ama@example.org"),
            ("host", "host@example.org"),
        ]
    for account in (BEN, OTHER_HOST, RESEARCHER):
        assert proposals.contacts(world, proposals.reader(account, TODAY), ama) == []


# Seats and capacity


def crowd(graph: Graph, people: int, openings: int, **given: Any) -> dict[tuple[str, str], str]:
    """So many people, each proposed for each of so many openings and accepted by the hosts: (person, opening) -> id."""
    experts_ = [factories.expert(id=f"e{n}", name=f"Person {n}", capacity=1) for n in range(people)]
    places = [_opening(id=f"o{n}", **given) for n in range(openings)]
    found = {(e.id, o.id): f"proposal-{e.id}-{o.id}" for e in experts_ for o in places}
    proposed = [
        Proposal(id=id_, expert=e, opening=o, status=ProposalStatus.ACCEPTED_BY_HOST) for (e, o), id_ in found.items()
    ]
    ingest(graph, "crowd", [*experts_, *places, *proposed])
    return found


def all_at_once(graph: Graph, ids: Iterable[str]) -> list[str]:
    """Everybody accepts at the same moment; what each was told, empty for a confirmation."""
    wanted = list(ids)
    barrier = Barrier(len(wanted))

    def accept(id_: str) -> str:
        barrier.wait()
        try:
            answer_proposal(graph, OFFICER, id_, EXPERT_YES)
        except Conflict as told:
            return str(told)
        return ""

    with ThreadPoolExecutor(len(wanted)) as threads:
        return list(threads.map(accept, wanted))


def confirmed(graph: Graph, ids: Iterable[str]) -> int:
    return sum(stands(graph, id_).status is ProposalStatus.CONFIRMED for id_ in ids)


def test_of_eight_rivals_for_three_seats_three_get_one_ten_times(world: Graph) -> None:
    found = crowd(world, 80, 10, seats=3)
    for number in range(10):
        ids = [found[f"e{person}", f"o{number}"] for person in range(8 * number, 8 * number + 8)]

        told = all_at_once(world, ids)

        assert (told.count(""), confirmed(world, ids)) == (3, 3)
        assert {words.partition(";")[0] for words in told if words} == {
            "The last seat of Forensics mentor was taken a moment ago"
        }
    assert world.read(ENGAGED) == [{"total": 30}]


def test_one_person_with_one_place_is_confirmed_for_one_of_two_openings(world: Graph) -> None:
    found = crowd(world, 5, 2, seats=5)
    for number in range(5):
        ids = [found[f"e{number}", "o0"], found[f"e{number}", "o1"]]

        told = all_at_once(world, ids)

        assert (told.count(""), confirmed(world, ids)) == (1, 1)
        assert max(told).startswith(f"Person {number} takes 1 at once and has no place left")


def test_a_load_from_elsewhere_counts_and_an_engagement_that_is_over_does_not(world: Graph) -> None:
    found = crowd(world, 1, 2)
    first, second = found["e0", "o0"], found["e0", "o1"]
    load = factories.secondment(id="load", expert="e0", host="cert-gh", status=EngagementStatus.ACTIVE)
    ingest(world, "y", [load])
    with pytest.raises(Conflict, match="has no place left"):
        answer_proposal(world, OFFICER, first, EXPERT_YES)
    ingest(world, "y", [replace(load, status=EngagementStatus.COMPLETED)])
    answer_proposal(world, OFFICER, first, EXPERT_YES)
    with pytest.raises(Conflict, match="has no place left"):
        answer_proposal(world, OFFICER, second, EXPERT_YES)

    world.write(FINISH, id=first)

    assert answer_proposal(world, OFFICER, second, EXPERT_YES) is ProposalStatus.CONFIRMED
