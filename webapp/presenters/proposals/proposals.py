"""Proposals and plans in words: where each stands, what both sides said, what the points are made of."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from graph.connection import Row
from graph.domain.agreements import AWAITS, Party, Proposal, ProposalStatus
from graph.services.planning.next_best import NextBest
from webapp.presenters import words
from webapp.presenters.charts import ScoreBar, score_bar
from webapp.presenters.matching.matches import CRITERION, MEANING
from webapp.presenters.planning.repair_sentences import offer_in_words
from webapp.presenters.planning.workspaces import address
from webapp.presenters.proposals.statuses import STATUS
from webapp.urls.workspace import WorkspaceQuery

TONE = {
    ProposalStatus.DRAFT: "",
    ProposalStatus.PROPOSED: "warn",
    ProposalStatus.ACCEPTED_BY_HOST: "warn",
    ProposalStatus.ACCEPTED_BY_EXPERT: "warn",
    ProposalStatus.CONFIRMED: "good",
    ProposalStatus.DECLINED: "bad",
    ProposalStatus.EXPIRED: "",
}
OBJECTIVE = {
    "best": "best total",
    "fewest-unserved": "fewest left unserved",
    "fair": "worst served first",
    "host-stable": "stable, hosts propose",
    "expert-stable": "stable, experts propose",
}
PARTY = {Party.HOST: "Host", Party.EXPERT: "Expert"}


@dataclass(frozen=True, slots=True)
class PartySide:
    """One of the two that agree: who, what they answered in a word and its tone, and in their own words."""

    party: Party
    label: str
    name: str
    verdict: str
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class Points:
    """The stored score: its bar, and each criterion with its meaning, points and most."""

    bar: ScoreBar
    parts: tuple[tuple[str, str, int, int | None], ...]


def status_rows(rows: Sequence[Row]) -> list[Row]:
    """The facet of statuses in the words of the pages."""
    return [{**row, "name": STATUS[ProposalStatus(row["id"])]} for row in rows]


@dataclass(frozen=True, slots=True)
class OtherOffer:
    """What else there is, in a sentence, with the page of that opening and the bench that has the person locked to it.

    Both are empty where nothing is left.
    """

    sentence: str
    href: str = ""
    bench_href: str = ""


def points(proposal: Proposal) -> Points | None:
    """The points as they were stored with the plan; None where none were."""
    stored: Mapping[str, Mapping[str, Any]] = json.loads(proposal.parts)
    if not stored:
        return None
    weights = sum(part.get("weight", 0) for part in stored.values())
    parts = tuple(
        (CRITERION.get(name, name), MEANING.get(name, ""), int(part["points"]), _most(part, weights))
        for name, part in stored.items()
    )
    return Points(score_bar([(name, scored) for name, _, scored, _ in parts]), parts)


def sides(proposal: Proposal, row: Row) -> tuple[PartySide, PartySide]:
    """What host and expert answered so far."""
    return _side(proposal, Party.HOST, row["host_name"] or row["owner_name"] or ""), _side(
        proposal, Party.EXPERT, row["expert_name"]
    )


def headline(total: int, waiting: int) -> str:
    """The answer of the list: what waits for the viewer, else how many there are."""
    if waiting:
        return f"{words.counted(waiting, 'proposal waits', 'proposals wait')} for you"
    return f"{words.counted(total, 'proposal')}, none waits for you" if total else "No proposals"


def other(offer: NextBest | None) -> OtherOffer | None:
    """What is next for somebody whose proposal came to nothing."""
    if offer is None:
        return None
    if not offer.opening:
        return OtherOffer(offer_in_words(offer))
    locked = WorkspaceQuery(openings=(offer.opening,), locks=((offer.expert, offer.opening),))
    return OtherOffer(offer_in_words(offer), url_for("openings.show", record_id=offer.opening), address(locked))


def status_text(proposal: Proposal, row: Row) -> str:
    """The one sentence on what has to happen next."""
    if proposal.status is ProposalStatus.CONFIRMED:
        return _confirmed(proposal, row)
    if proposal.status in AWAITS and row["taken"] >= row["opening"]["seats"]:
        return "All seats are taken by now; it can be confirmed only if one comes free again."
    return {
        ProposalStatus.DRAFT: "Nobody outside the planners sees it until its plan is published.",
        ProposalStatus.DECLINED: "It is over; the pair is not suggested for this opening again.",
        ProposalStatus.EXPIRED: "Nobody is bound by it; a new plan can ask again.",
    }.get(proposal.status, "It is confirmed as soon as both sides have accepted.")


def _confirmed(proposal: Proposal, row: Row) -> str:
    if row["opening"]["kind"] == "mentorship" and not proposal.mentee:
        return "Both sides have accepted. The mentorship begins in the record once the host names the mentee."
    return "Both sides have accepted, and the engagement is planned."


def _side(proposal: Proposal, party: Party, name: str) -> PartySide:
    verdict, tone = _verdict(proposal, party)
    said = proposal.host_said if party is Party.HOST else proposal.expert_said
    words = proposal.reason if proposal.declined_by is party else said
    return PartySide(party, PARTY[party], name, verdict, tone, words)


def _verdict(proposal: Proposal, party: Party) -> tuple[str, str]:
    if proposal.declined_by is party:
        return "declined", "bad"
    accepted = {ProposalStatus.CONFIRMED.value, f"accepted_by_{party}"}
    if proposal.status.value in accepted:
        return "accepted", "good"
    if party in AWAITS.get(proposal.status, frozenset()):
        return "has not answered yet", "warn"
    return "did not answer" if proposal.status is not ProposalStatus.DRAFT else "not asked yet", ""


def _most(part: Mapping[str, Any], weights: float) -> int | None:
    return round(10_000 * part["weight"] / weights) if weights and "weight" in part else None
