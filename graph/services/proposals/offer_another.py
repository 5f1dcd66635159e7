"""Offer another opening: what is next for somebody whose proposal came to nothing, as far as the viewer may see."""

from dataclasses import replace
from datetime import date

from graph.connection import Graph, Row
from graph.domain.accounts import Account
from graph.domain.agreements import AWAITS, Party, Proposal, ProposalStatus
from graph.domain.marks import PLANNERS, planner_for
from graph.services.planning.next_best import NextBest, next_best
from graph.services.planning.workspace import PlanRequest, load_workspace
from graph.store import openings, proposals


def offer_another(graph: Graph, account: Account, proposal: Proposal, row: Row, today: date) -> NextBest | None:
    """The next best opening for the person of a proposal that can no longer be confirmed; None where there is no need.

    `row` is the second of `proposals.find`. For those who plan and for the person, who alone decide on it; points stand
    there for those who plan. Nothing is offered that the person is asked for already, or that the account may not see.
    O(people x openings x criteria), once until one of them changes.
    """
    plans = account.role in PLANNERS
    if not (plans or account.expert == proposal.expert) or not _is_lost(proposal, row):
        return None
    seen = tuple(openings.open_ids(graph, account.audience, today.isoformat()))
    if not seen:
        return None
    bench = load_workspace(graph, planner_for(account.audience), PlanRequest(openings=seen), today)
    if proposal.expert not in bench.people.experts.index:
        return None
    asked = {*proposals.openings_asked(graph, proposal.expert, today), proposal.opening}
    barred = [(proposal.expert, opening) for opening in asked]
    found = next_best(bench, bench.person(proposal.expert), {}, barred)
    return found if plans else replace(found, points=None)


def _is_lost(proposal: Proposal, row: Row) -> bool:
    """Whether somebody else has the seat, the host declined, or the day to answer by is over."""
    if proposal.status in AWAITS:
        return bool(row["taken"] >= row["opening"]["seats"])
    refused = proposal.status is ProposalStatus.DECLINED and proposal.declined_by is Party.HOST
    return refused or proposal.status is ProposalStatus.EXPIRED
