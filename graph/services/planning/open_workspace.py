"""Open a bench: what its owner may plan for, and out of what they asked for, all that can be."""

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
from graph.store import benches
from graph.store.benches import PlanningScope


@dataclass(frozen=True, slots=True, eq=False)
class OpenWorkspace:
    """A bench on which every lock holds, what it was opened with, and a sentence for all that was left out.

    `wanted` is what was asked for without what was left out; `bench` is None where there is no opening to plan for.
    """

    bench: PlanWorkspace | None
    wanted: PlanRequest
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
    return len(benches.open_ids(graph, reach_of(account, today)))


def open_workspace(graph: Graph, account: Account, wanted: PlanRequest, today: date) -> OpenWorkspace:
    """The bench as far as it can be had; whatever is unknown, not theirs or impossible is left out and told.

    Locks are kept in the order they were set: one that does not fit those before it goes. Raises NotAllowed as
    `reach_of`, and what `load_workspace` raises for rules and weights.
    """
    reach = reach_of(account, today)
    kept, left_out = _known_openings(graph, reach, wanted)
    chosen = {*kept.openings, *(opening for _, opening in kept.locks)}
    if not wanted.openings:
        chosen.update(benches.open_ids(graph, reach))
    if not chosen:
        return OpenWorkspace(None, kept, left_out)
    base = PlanRequest(openings=tuple(sorted(chosen)), switched_off=wanted.switched_off, weights=wanted.weights)
    return _settled(load_workspace(graph, account.audience, base, today), wanted, kept, left_out)


def vary(opened: OpenWorkspace, wanted: PlanRequest) -> OpenWorkspace | None:
    """The same openings, rules and weights with other people, locks or exclusions, without reading anything again.

    None where `wanted` asks for more than that.
    """
    bench, here = opened.bench, opened.wanted
    if bench is None or _read_for(wanted) != _read_for(here):
        return None
    there = {place.opening.id for place in bench.places}
    if not {opening for _, opening in wanted.locks} <= there:
        return None
    return _settled(bench, wanted, wanted, ())


def _read_for(wanted: PlanRequest) -> tuple[object, ...]:
    return wanted.openings, wanted.switched_off, dict(wanted.weights or {})


def _known_openings(graph: Graph, reach: PlanningScope, wanted: PlanRequest) -> tuple[PlanRequest, tuple[str, ...]]:
    named = dict.fromkeys((*wanted.openings, *(opening for _, opening in (*wanted.locks, *wanted.exclusions))))
    known = set(benches.known_ids(graph, reach, list(named))) if named else set()
    kept = replace(
        wanted,
        openings=tuple(opening for opening in wanted.openings if opening in known),
        locks=tuple(names for names in wanted.locks if names[1] in known),
        exclusions=tuple(names for names in wanted.exclusions if names[1] in known),
    )
    return kept, tuple(_absent("opening", opening) for opening in named if opening not in known)


def _settled(bench: PlanWorkspace, asked: PlanRequest, kept: PlanRequest, left_out: tuple[str, ...]) -> OpenWorkspace:
    """The bench with everybody invited who was, and those locks and exclusions that can be."""
    index = bench.people.experts.index
    named = dict.fromkeys((*kept.people, *(expert for expert, _ in (*kept.locks, *kept.exclusions))))
    told = [*left_out, *(_absent("person", expert) for expert in named if expert not in index)]
    there = {place.opening.id for place in bench.places}
    found = replace(
        kept,
        people=tuple(expert for expert in kept.people if expert in index),
        locks=tuple(names for names in kept.locks if names[0] in index),
        exclusions=tuple(names for names in kept.exclusions if names[0] in index and names[1] in there),
    )
    locks, refused = _holding(bench, found)
    found = replace(found, locks=locks)
    return OpenWorkspace(_with(bench, found, everybody=not asked.people), found, (*told, *refused))


def _with(bench: PlanWorkspace, wanted: PlanRequest, *, everybody: bool) -> PlanWorkspace:
    invited = np.full(len(bench.people.roster), everybody, np.bool_)
    named = (*wanted.people, *(expert for expert, _ in wanted.locks))
    invited[[bench.person(expert) for expert in named]] = True
    decided = replace(wanted, openings=bench.wanted.openings)
    return replace(bench, wanted=decided, invited=invited)


def _holding(bench: PlanWorkspace, wanted: PlanRequest) -> tuple[tuple[Names, ...], tuple[str, ...]]:
    """The locks that hold together, and why each other one does not. One market where all do, else one a lock."""
    allowed = [names for names in wanted.locks if not _forbidden(bench, names)]
    told = [_forbidden(bench, names) for names in wanted.locks if names not in allowed]
    if not allowed or not _conflict(bench, wanted, allowed):
        return tuple(allowed), tuple(told)
    held: list[Names] = []
    for names in allowed:
        why = _conflict(bench, wanted, [*held, names])
        if why:
            told.append(f"{why} The lock of {bench.in_words(names)} was left out.")
        else:
            held.append(names)
    return tuple(held), tuple(told)


def _forbidden(bench: PlanWorkspace, names: Names) -> str:
    """Why a rule forbids the lock; empty where none does."""
    person, place = bench.pair(names)
    reasons = bench.places[place].scored.eligibility.reasons(person)
    if not reasons:
        return ""
    return f"The lock of {bench.in_words(names)} was left out: {bench.called[0][person]} {reasons[0].sentence}."


def _conflict(bench: PlanWorkspace, wanted: PlanRequest, locks: Iterable[Names]) -> str:
    """Why these locks cannot hold together, whatever the bounds; empty where they can."""
    tried = replace(wanted, locks=tuple(locks), bounds=(), floor=0, teams=False)
    try:
        build_problem(_with(bench, tried, everybody=not tried.people).market())
    except Conflict as error:
        return str(error)
    return ""


def _absent(kind: str, record_id: str) -> str:
    return f"There is no {kind} {record_id[:80]!r} that you may plan with; it was left out."
