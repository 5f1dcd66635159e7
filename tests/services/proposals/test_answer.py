"""Both sides answer; within the seats and the capacity of people, the second acceptance confirms."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier
from typing import Any

import pytest

from graph.connection import Graph
from graph.domain.agreements import Party, Proposal, ProposalStatus, Verdict
from graph.domain.engagements import EngagementStatus
from graph.domain.topics import Topic
from graph.errors import Conflict, InvalidValue, NotAllowed, NotFound
from graph.services.imports.ingest import ingest
from graph.services.planning.save_draft import save_draft
from graph.services.proposals.answer import Answer, answer_proposal
from graph.services.proposals.expire import expire_proposals
from graph.services.proposals.settle import settle_proposals
from graph.statement import CATALOGUE, Statement
from graph.store import plans, proposals
from tests import factories
from tests.services.agreement_world import (
    AMA,
    BEN,
    ENGAGED,
    EXPERT_NO,
    EXPERT_YES,
    FINISH,
    GONE,
    HOST,
    HOST_NO,
    HOST_YES,
    OFFICER,
    OTHER_HOST,
    RESEARCHER,
    TODAY,
    actions,
    draft,
    listed,
    opening_to_come,
    published,
    stands,
)
from tests.transactions.traces import ROUNDS


@pytest.mark.parametrize("answers", [(HOST_YES, EXPERT_YES), (EXPERT_YES, HOST_YES)])
def test_both_sides_confirm_in_either_order(world: Graph, answers: tuple[Answer, Answer]) -> None:
    ama, who = published(world), {Party.HOST: HOST, Party.EXPERT: AMA}

    reached = [answer_proposal(world, who[answer.party], ama, answer, TODAY) for answer in answers]

    assert reached == [ProposalStatus(f"accepted_by_{answers[0].party}"), ProposalStatus.CONFIRMED]


@pytest.mark.parametrize("before", [(), (HOST_YES,), (EXPERT_YES,)])
@pytest.mark.parametrize("no", [HOST_NO, EXPERT_NO])
def test_either_side_can_decline_until_it_is_confirmed(here: Graph, before: Iterable[Answer], no: Answer) -> None:
    ama = published(here)
    for answer in before:
        answer_proposal(here, OFFICER, ama, answer, TODAY)

    account = {Party.HOST: HOST, Party.EXPERT: AMA}[no.party]
    assert answer_proposal(here, account, ama, no, TODAY) is ProposalStatus.DECLINED

    assert (stands(here, ama).reason, stands(here, ama).declined_by) == (no.words, no.party)
    with pytest.raises(Conflict, match="was declined"):
        answer_proposal(here, AMA, ama, EXPERT_YES, TODAY)


def test_what_an_officer_notes_for_a_side_is_in_the_trail(here: Graph) -> None:
    ama = published(here)
    answer_proposal(here, OFFICER, ama, replace(EXPERT_YES, words="Told me on the phone."), TODAY)
    answer_proposal(here, HOST, ama, HOST_YES, TODAY)

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
            answer_proposal(here, account, ama, answer, TODAY)
    for account in (BEN, OTHER_HOST, RESEARCHER):
        with pytest.raises(NotFound):
            answer_proposal(here, account, ama, EXPERT_YES, TODAY)
    assert stands(here, ama).status is ProposalStatus.PROPOSED


@pytest.mark.parametrize(("words", "says"), [("  ", "say in a sentence why"), ("x" * 1001, "is too long")])
def test_a_refusal_without_a_readable_reason_is_none(words: str, says: str) -> None:
    with pytest.raises(InvalidValue, match=says):
        Answer(Party.EXPERT, Verdict.DECLINE, words)


def test_the_same_answer_twice_counts_once(here: Graph) -> None:
    ama = published(here)
    for _ in range(2):
        answer_proposal(here, HOST, ama, HOST_YES, TODAY)
    for _ in range(2):
        assert answer_proposal(here, AMA, ama, EXPERT_YES, TODAY) is ProposalStatus.CONFIRMED

    assert len(actions(here, ama)) == 3
    assert here.read(ENGAGED) == [{"total": 1}]


def test_after_the_last_day_a_proposal_has_expired_written_down_or_not(world: Graph) -> None:
    ama = published(world)
    move = Statement("MATCH (p:Proposal {id: $id}) SET p.answer_by_last = $day", changes=Topic.PROPOSALS)
    CATALOGUE.remove(move)
    world.write(move, id=ama, day=TODAY.isoformat())
    assert stands(world, ama).status is ProposalStatus.PROPOSED, "the last day itself still counts"

    world.write(move, id=ama, day=GONE.text)

    assert stands(world, ama).status is ProposalStatus.EXPIRED
    assert proposals.count_waiting(world, proposals.reader(AMA, TODAY)) == 0
    with pytest.raises(Conflict, match="has expired"):
        answer_proposal(world, AMA, ama, EXPERT_YES, TODAY)
    assert [expire_proposals(world, OFFICER, TODAY) for _ in range(2)] == [1, 0]
    assert stands(world, ama, date(2020, 1, 1)).status is ProposalStatus.EXPIRED
    assert ("officer", "proposal expired") in actions(world, ama)


def crowd(graph: Graph, people: int, openings: int, capacity: int = 1, **given: Any) -> dict[tuple[str, str], str]:
    """So many people, each proposed for each of so many openings and accepted by the hosts: (person, opening) -> id."""
    experts_ = [factories.expert(id=f"e{n}", name=f"Person {n}", capacity=capacity) for n in range(people)]
    places = [opening_to_come(id=f"o{n}", **given) for n in range(openings)]
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
            answer_proposal(graph, OFFICER, id_, EXPERT_YES, TODAY)
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


@pytest.mark.parametrize("round_", range(min(ROUNDS, 10)))
def test_of_480_answers_of_sixteen_rivals_none_fails_and_each_seat_is_taken_once(world: Graph, round_: int) -> None:
    openings = 30 if ROUNDS > 1 else 4
    found = crowd(world, 16, openings, capacity=30, seats=5)

    for number in range(openings):
        ids = [found[f"e{person}", f"o{number}"] for person in range(16)]
        told = all_at_once(world, ids)
        assert (told.count(""), confirmed(world, ids)) == (5, 5)
        assert all("was taken a moment ago" in words for words in told if words)

    assert world.read(ENGAGED) == [{"total": 5 * openings}]
    assert settle_proposals(world, TODAY) == 0


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
    load = factories.secondment(
        id="load", expert="e0", host="cert-gh", end=factories.day("2099"), status=EngagementStatus.ACTIVE
    )
    ingest(world, "y", [load])
    with pytest.raises(Conflict, match="has no place left"):
        answer_proposal(world, OFFICER, first, EXPERT_YES, TODAY)
    ingest(world, "y", [replace(load, status=EngagementStatus.COMPLETED)])
    answer_proposal(world, OFFICER, first, EXPERT_YES, TODAY)
    with pytest.raises(Conflict, match="has no place left"):
        answer_proposal(world, OFFICER, second, EXPERT_YES, TODAY)

    world.write(FINISH, id=first)

    assert answer_proposal(world, OFFICER, second, EXPERT_YES, TODAY) is ProposalStatus.CONFIRMED


def test_a_person_takes_one_seat_of_an_opening_however_many_proposals_offer_it(world: Graph) -> None:
    ingest(world, "y", [opening_to_come(id="wide", seats=3), factories.expert(id="dan", name="Dan", capacity=3)])
    ids = [proposed(world, f"{name} plan") for name in ("First", "Second")]  # two planners at the same instant

    told = all_at_once(world, ids)

    assert (told.count(""), confirmed(world, ids)) == (1, 1)
    assert max(told).startswith("Dan has a seat of Forensics mentor already")


def proposed(graph: Graph, name: str) -> str:
    """Dan for the wide opening, in a plan of its own, accepted by the host without a look at other plans."""
    plan = save_draft(graph, OFFICER, draft(("dan", "wide"), name=name))
    (row,) = listed(graph, OFFICER, plan=plan)
    plans.publish(graph, [row["id"]], {"status": "accepted_by_host"}, "2026-01-01T00:00:00Z")
    return str(row["id"])
