"""Answer a proposal, for oneself or noted for somebody else, and say who the mentee is."""

from dataclasses import dataclass
from datetime import UTC, datetime

from graph.connection import Graph, Row
from graph.domain.accounts import Account
from graph.domain.agreements import ANSWERS, Party, Proposal, ProposalStatus, Verdict, after
from graph.domain.marks import Role
from graph.domain.programmes import OpeningKind
from graph.domain.properties import Properties
from graph.errors import Conflict, InvalidValue, NotAllowed
from graph.services import audit
from graph.services.proposals.settle import settle_proposals
from graph.store import proposals as store

LONGEST_WORDS = 1_000
_ATTEMPTS = 5
_PLANNERS = (Role.OFFICER, Role.ADMIN)


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
    if account.role in _PLANNERS:
        return tuple(Party)
    own = {Party.HOST: row["mine"], Party.EXPERT: account.expert == row["expert"]}
    return tuple(party for party in Party if own[party])


def answer_proposal(graph: Graph, account: Account, proposal_id: str, answer: Answer) -> ProposalStatus:
    """Accept or decline; where the proposal stands then. The same answer twice counts once.

    The second acceptance confirms, if a seat and the capacity of the person are left, and makes the engagement.
    Raises NotFound, NotAllowed, and Conflict for a step the proposal does not allow, for a seat that somebody else
    was faster to take, or for a person who has no place left.
    """
    status = _answer(graph, account, proposal_id, answer)
    settle_proposals(graph)
    return status


def name_mentee(graph: Graph, account: Account, proposal_id: str, mentee_id: str) -> None:
    """Say whom a confirmed mentor is for, somebody of the owner or the host; the mentorship is made by it.

    Raises NotFound, NotAllowed, InvalidValue for somebody who works elsewhere, and Conflict.
    """
    viewer = store.reader(account, datetime.now(UTC).date())
    proposal, row = store.find(graph, viewer, proposal_id)
    _check_party(account, row, Party.HOST)
    _check_mentorship(proposal, row)
    if mentee_id not in {person["id"] for person in store.mentees(graph, viewer, proposal_id)}:
        raise InvalidValue("mentee", mentee_id, "works neither at the owner nor at the host; choose one who does")
    if store.name_mentee(graph, proposal_id, mentee_id, audit.instant()):
        audit.note(graph, account, f"mentee named: {mentee_id}", [proposal_id])
    elif store.find(graph, viewer, proposal_id)[0].mentee != mentee_id:
        raise Conflict("Another mentee was named already; the mentorship is theirs.")
    settle_proposals(graph)


def _answer(graph: Graph, account: Account, proposal_id: str, answer: Answer) -> ProposalStatus:
    """Look, decide, and change only what still is as it was when we looked; else look again."""
    viewer = store.reader(account, datetime.now(UTC).date())
    for _ in range(_ATTEMPTS):
        proposal, row = store.find(graph, viewer, proposal_id)
        _check_party(account, row, answer.party)
        reached = after(proposal.status, ANSWERS[answer.party, answer.verdict])
        if reached is proposal.status:
            return reached
        if _move(graph, proposal, reached, answer):
            audit.note(graph, account, f"proposal: {answer.party} says {answer.verdict}, {reached}", [proposal_id])
            return reached
        if store.find(graph, viewer, proposal_id)[0].status is proposal.status:
            raise Conflict(_no_room(graph, proposal, row))
    raise Conflict("Somebody else answered at the same time; look at the proposal again.")


def _move(graph: Graph, proposal: Proposal, reached: ProposalStatus, answer: Answer) -> bool:
    change = store.confirm if reached is ProposalStatus.CONFIRMED else store.move
    return change(graph, proposal.id, proposal.status.value, _changes(reached, answer), audit.instant())


def _changes(reached: ProposalStatus, answer: Answer) -> Properties:
    words = answer.words.strip()
    if answer.verdict is Verdict.DECLINE:
        return {"status": reached.value, "reason": words, "declined_by": answer.party.value}
    said = {f"{answer.party}_said": words} if words else {}
    return {"status": reached.value, **said}


def _no_room(graph: Graph, proposal: Proposal, row: Row) -> str:
    room = store.room(graph, proposal.id)
    if room["held"]:
        return (
            f"{row['expert_name']} has a seat of {row['opening']['name']} already, by another proposal; "
            "decline this one, or have it taken back."
        )
    if room["free"] < 1:
        return (
            f"The last seat of {row['opening']['name']} was taken a moment ago; "
            "the proposal stays open in case it comes free again."
        )
    return (
        f"{row['expert_name']} takes {row['capacity']} at once and has no place left; "
        "one engagement must end first, or the person must take more."
    )


def _check_party(account: Account, row: Row, party: Party) -> None:
    if party not in parties_of(account, row):
        raise NotAllowed(f"You cannot answer for the {party}; they do it themselves, or a programme officer notes it.")


def _check_mentorship(proposal: Proposal, row: Row) -> None:
    if row["opening"]["kind"] != OpeningKind.MENTORSHIP:
        raise Conflict("This is no mentorship, so it has no mentee.")
    if proposal.status is not ProposalStatus.CONFIRMED:
        raise Conflict("The mentee is named once both sides have accepted.")
