"""Answer a proposal, for oneself or noted for somebody else, and say who the mentee is."""

from dataclasses import dataclass
from datetime import date

from graph.connection import Graph, Row
from graph.domain.accounts import Account
from graph.domain.agreements import ANSWERS, Party, Proposal, ProposalStatus, Verdict, after
from graph.domain.marks import PLANNERS
from graph.domain.programmes import OpeningKind
from graph.domain.properties import Properties
from graph.errors import Conflict, InvalidValue, NotAllowed
from graph.services import audit
from graph.services.matching.promises import has_place, no_place
from graph.services.proposals.settle import settle_proposal
from graph.store import commitments
from graph.store import proposals as store

LONGEST_WORDS = 1_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What one side says; a refusal needs its reason in `words`, an acceptance may have a condition there."""

    party: Party
    verdict: Verdict
    words: str = ""

    def __post_init__(self) -> None:
        if self.verdict is Verdict.DECLINE and not self.words.strip():
            raise InvalidValue("reason", self.words, "is empty; say in a sentence why, so that the next plan is better")
        if len(self.words) > LONGEST_WORDS:
            raise InvalidValue("reason", self.words, f"is too long; use {LONGEST_WORDS:,} characters at most")


def parties_of(account: Account, row: Row) -> tuple[Party, ...]:
    """The sides this account may answer for: its own, and for those who plan both, as a note of what was said.

    `row` is the second of `proposals.find`.
    """
    if account.role in PLANNERS:
        return tuple(Party)
    own = {Party.HOST: row["mine"], Party.EXPERT: account.expert == row["expert"]}
    return tuple(party for party in Party if own[party])


def answer_proposal(graph: Graph, account: Account, proposal_id: str, answer: Answer, today: date) -> ProposalStatus:
    """Accept or decline; where the proposal stands then. The same answer twice counts once.

    The second acceptance confirms, if a seat and the capacity of the person are left, and makes the engagement in the
    same transaction. Raises NotFound, NotAllowed, and Conflict for a step the proposal does not allow, for a seat that
    somebody else was faster to take, or for a person who has no place left.
    """
    return graph.transaction(lambda within: _answer(within, account, proposal_id, answer, today))


def name_mentee(graph: Graph, account: Account, proposal_id: str, mentee_id: str, today: date) -> None:
    """Say whom a confirmed mentor is for, somebody of the owner or the host; the mentorship is made by it.

    Raises NotFound, NotAllowed, InvalidValue for somebody who works elsewhere, and Conflict.
    """
    graph.transaction(lambda within: _name_mentee(within, account, proposal_id, mentee_id, today))


def _name_mentee(graph: Graph, account: Account, proposal_id: str, mentee_id: str, today: date) -> None:
    viewer = store.reader(account, today)
    proposal, row = store.hold(graph, viewer, proposal_id)
    _check_party(account, row, Party.HOST)
    _check_mentorship(proposal, row)
    if mentee_id not in {person["id"] for person in store.mentees(graph, viewer, proposal_id)}:
        raise InvalidValue("mentee", mentee_id, "works neither at the owner nor at the host; choose one who does")
    if proposal.mentee and proposal.mentee != mentee_id:
        raise Conflict("Another mentee was named already; the mentorship is theirs.")
    if not proposal.mentee:
        store.name_mentee(graph, proposal_id, mentee_id, audit.instant())
        audit.note(graph, account, f"mentee named: {mentee_id}", [proposal_id])
    settle_proposal(graph, proposal_id, today)


def _answer(graph: Graph, account: Account, proposal_id: str, answer: Answer, today: date) -> ProposalStatus:
    proposal, row = store.hold(graph, store.reader(account, today), proposal_id)
    _check_party(account, row, answer.party)
    reached = after(proposal.status, ANSWERS[answer.party, answer.verdict])
    if reached is proposal.status:
        return reached
    if reached is ProposalStatus.CONFIRMED:
        _check_room(graph, store.room(graph, proposal_id), row, today)
    store.change(graph, proposal_id, _changes(reached, answer), audit.instant())
    audit.note(graph, account, f"proposal: {answer.party} says {answer.verdict}, {reached}", [proposal_id])
    if reached is ProposalStatus.CONFIRMED:
        settle_proposal(graph, proposal_id, today)
    return reached


def _changes(reached: ProposalStatus, answer: Answer) -> Properties:
    words = answer.words.strip()
    if answer.verdict is Verdict.DECLINE:
        return {"status": reached.value, "reason": words, "declined_by": answer.party.value}
    said = {f"{answer.party}_said": words} if words else {}
    return {"status": reached.value, **said}


def _check_room(graph: Graph, room: Row, row: Row, today: date) -> None:
    if room["held"]:
        raise Conflict(
            f"{row['expert_name']} has a seat of {row['opening']['name']} already, by another proposal; "
            "decline this one, or have it taken back."
        )
    if room["seats"] < 1:
        raise Conflict(
            f"The last seat of {row['opening']['name']} was taken a moment ago; "
            "the proposal stays open in case it comes free again."
        )
    agreed = [promise for promise in commitments.of_people(graph, [room["expert"]], today) if not promise["waits"]]
    if not has_place(agreed, room):
        raise Conflict(
            f"{row['expert_name']} {no_place(room)}; one engagement must end first, or the person must take more."
        )


def _check_party(account: Account, row: Row, party: Party) -> None:
    if party not in parties_of(account, row):
        raise NotAllowed(f"You cannot answer for the {party}; they do it themselves, or a programme officer notes it.")


def _check_mentorship(proposal: Proposal, row: Row) -> None:
    if row["opening"]["kind"] != OpeningKind.MENTORSHIP:
        raise Conflict("This is no mentorship, so it has no mentee.")
    if proposal.status is not ProposalStatus.CONFIRMED:
        raise Conflict("The mentee is named once both sides have accepted.")
