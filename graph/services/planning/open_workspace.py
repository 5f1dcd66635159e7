"""Open a workspace: what an account may plan for and, of what was asked for, all that is possible."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.marks import Role
from graph.errors import Conflict, NotAllowed
from graph.matching.problem.assignment_problem import build_problem
from graph.services.planning.workspace import (
    Names,
    PlanRequest,
    PlanWorkspace,
    load_workspace,
)
from graph.store import benches, openings
from graph.store.benches import PlanningScope


@dataclass(frozen=True, slots=True, eq=False)
class OpenWorkspace:
    """A workspace in which every lock holds, what it was opened with, and a sentence for all that was left out.

    `request` is what was asked for without what was left out; `workspace` is None where no opening is left to plan.
    """

    workspace: PlanWorkspace | None
    request: PlanRequest
    left_out: tuple[str, ...]


def reach_of(account: Account, today: date) -> PlanningScope:
    """What an account may plan for: a host only the openings of programmes owned by or held at their institution.

    Raises NotAllowed for a host whose account names no institution.
    """
    if account.role is not Role.HOST:
        return PlanningScope(audience=account.audience, today=today.isoformat())
    if not account.institution:
        raise NotAllowed("Your account names no institution to plan for; ask the administrator to add it.")
    return PlanningScope(audience=account.audience, today=today.isoformat(), institution=account.institution)


def count_open(graph: Graph, account: Account, today: date) -> int:
    """How many openings this account may plan for take people on that day."""
    if account.role is Role.HOST and not account.institution:
        return 0
    return len(_open_ids(graph, reach_of(account, today)))


def open_workspace(graph: Graph, account: Account, request: PlanRequest, today: date) -> OpenWorkspace:
    """The workspace for a request. What is unknown, forbidden or impossible is left out, with a reason.

    Locks are kept in the order they were set: one that does not fit those before it goes. Raises NotAllowed as
    `reach_of`, and what `load_workspace` raises for rules and weights.
    """
    reach = reach_of(account, today)
    kept, left_out = _known_openings(graph, reach, request)
    chosen = {*kept.openings, *(opening for _, opening in kept.locks)}
    if not request.openings:
        chosen.update(_open_ids(graph, reach))
    if not chosen:
        return OpenWorkspace(None, kept, left_out)
    base = PlanRequest(openings=tuple(sorted(chosen)), switched_off=request.switched_off, weights=request.weights)
    return _settled(load_workspace(graph, account.audience, base, today), request, kept, left_out)


def vary(opened: OpenWorkspace, request: PlanRequest) -> OpenWorkspace | None:
    """The same openings, rules and weights with other people, locks or exclusions, without reading anything again.

    None where `request` asks for more than that.
    """
    workspace, here = opened.workspace, opened.request
    if workspace is None or _read_for(request) != _read_for(here):
        return None
    there = {opening.record.id for opening in workspace.openings}
    if not {locked for _, locked in request.locks} <= there:
        return None
    return _settled(workspace, request, request, ())


def _open_ids(graph: Graph, reach: PlanningScope) -> list[str]:
    return openings.open_ids(graph, reach.audience, reach.today, reach.institution)


def _read_for(request: PlanRequest) -> tuple[object, ...]:
    return request.openings, request.switched_off, dict(request.weights or {})


def _known_openings(graph: Graph, reach: PlanningScope, request: PlanRequest) -> tuple[PlanRequest, tuple[str, ...]]:
    named = dict.fromkeys((*request.openings, *(opening for _, opening in (*request.locks, *request.exclusions))))
    known = set(benches.known_ids(graph, reach, list(named))) if named else set()
    kept = replace(
        request,
        openings=tuple(opening for opening in request.openings if opening in known),
        locks=tuple(names for names in request.locks if names[1] in known),
        exclusions=tuple(names for names in request.exclusions if names[1] in known),
    )
    return kept, tuple(_absent("opening", opening) for opening in named if opening not in known)


def _settled(
    workspace: PlanWorkspace, asked: PlanRequest, kept: PlanRequest, left_out: tuple[str, ...]
) -> OpenWorkspace:
    """The workspace with everybody invited who was, and those locks and exclusions that can be."""
    index = workspace.people.experts.index
    named = dict.fromkeys((*kept.people, *(expert for expert, _ in (*kept.locks, *kept.exclusions))))
    messages = [*left_out, *(_absent("person", expert) for expert in named if expert not in index)]
    there = {opening.record.id for opening in workspace.openings}
    found = replace(
        kept,
        people=tuple(expert for expert in kept.people if expert in index),
        locks=tuple(names for names in kept.locks if names[0] in index),
        exclusions=tuple(names for names in kept.exclusions if names[0] in index and names[1] in there),
    )
    locks, refused = _holding(workspace, found)
    found = replace(found, locks=locks)
    return OpenWorkspace(_with(workspace, found, everybody=not asked.people), found, (*messages, *refused))


def _with(workspace: PlanWorkspace, request: PlanRequest, *, everybody: bool) -> PlanWorkspace:
    invited = np.full(len(workspace.people.roster), everybody, np.bool_)
    named = (*request.people, *(expert for expert, _ in request.locks))
    invited[[workspace.person(expert) for expert in named]] = True
    decided = replace(request, openings=workspace.request.openings)
    return replace(workspace, request=decided, invited=invited)


def _holding(workspace: PlanWorkspace, request: PlanRequest) -> tuple[tuple[Names, ...], tuple[str, ...]]:
    """The locks that hold together, and why each other one does not.

    One assignment problem where all do, else one for each lock.
    """
    allowed = [names for names in request.locks if not _forbidden(workspace, names)]
    messages = [_forbidden(workspace, names) for names in request.locks if names not in allowed]
    if not allowed or not _conflict(workspace, request, allowed):
        return tuple(allowed), tuple(messages)
    held: list[Names] = []
    for names in allowed:
        why = _conflict(workspace, request, [*held, names])
        if why:
            messages.append(f"{why} The lock of {workspace.in_words(names)} was left out.")
        else:
            held.append(names)
    return tuple(held), tuple(messages)


def _forbidden(workspace: PlanWorkspace, names: Names) -> str:
    """Why a rule forbids the lock; empty where none does."""
    person, opening = workspace.pair(names)
    reasons = workspace.openings[opening].scored.eligibility.reasons(person)
    if not reasons:
        return ""
    return f"The lock of {workspace.in_words(names)} was left out: {workspace.called[0][person]} {reasons[0].sentence}."


def _conflict(workspace: PlanWorkspace, request: PlanRequest, locks: Iterable[Names]) -> str:
    """Why these locks cannot hold together, whatever the bounds; empty where they can."""
    tried = replace(request, locks=tuple(locks), bounds=(), floor=0, teams=False)
    try:
        build_problem(_with(workspace, tried, everybody=not tried.people).problem_columns())
    except Conflict as error:
        return str(error)
    return ""


def _absent(kind: str, record_id: str) -> str:
    return f"There is no {kind} {record_id[:80]!r} that you may plan with; it was left out."
