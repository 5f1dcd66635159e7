"""Repair a plan after a person dropped out or something changed, ending only a few confirmed pairs.

The plan is made again with what holds today: openings that moved, levels that changed and people who left all count.
Pairs that are still possible stay, except for at most so many.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.errors import InvalidValue, NotFound
from graph.matching.columns import frozen
from graph.matching.problem.assignment_problem import AssignmentProblem, build_problem
from graph.matching.repair.repairs import MOST, Repair, drop_out, price_pairs, repair
from graph.matching.solvers.moves import moves_between
from graph.matching.solvers.plans import Objective, Pair
from graph.services.planning.explain import Turn, turns
from graph.services.planning.next_best import NextBest, next_best
from graph.services.planning.plan import PRICED, Placement, placements
from graph.services.planning.teams import per_seat, worth_of
from graph.services.planning.workspace import (
    Names,
    PlanRequest,
    PlanWorkspace,
    load_workspace,
)
from graph.store import plans


@dataclass(frozen=True, slots=True)
class RepairRequest:
    """What to repair: a plan, who drops out, openings that join it, and how many pairs may end for it."""

    plan: str
    without: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    most: int = MOST


@dataclass(frozen=True, slots=True)
class Served:
    """How many openings have somebody, how many seats are filled, and the points a seat of the worst served opening."""

    openings: int
    seats: int
    worst: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """The repaired plan: who moves, how many pairs that could have stayed end, and what a full plan would gain.

    `gone` counts the pairs that the change itself has ended. `proven` is false only where the solver ran out of time.
    `blocking` counts pairs of a stable plan that would both rather have each other. `full_total`, `full_ended` and
    `full_served` are those of the best plan without the limit. `confirmed` are the pairs that both sides have agreed
    to already; `offers` says what is next for those who stay and have no seat any more.
    """

    plan: str
    name: str
    objective: str
    turns: tuple[Turn, ...]
    placements: tuple[Placement, ...]
    gone: int
    ended: int
    most: int
    before: int
    total: int
    served: Served
    blocking: int
    proven: bool
    full_total: int
    full_ended: int
    full_served: Served
    confirmed: tuple[Names, ...] = ()
    offers: tuple[NextBest, ...] = ()


def repair_plan(graph: Graph, audience: Audience, change: RepairRequest, today: date) -> Repaired:
    """Repair a stored plan with what holds today; nothing is stored.

    Raises NotFound for a plan, person or opening that the viewer may not see, InvalidValue for a limit below 0 or
    somebody who is not in the plan, Conflict and Unavailable as `repair_limited`. The objective, bounds, teams and
    efforts of the plan are kept.
    """
    plan = plans.find(graph, audience, change.plan)
    rows = plans.pairs(graph, audience, change.plan)
    request = _request(PlanRequest.from_text(plan.inputs), rows, change)
    whole = _relieved(load_workspace(graph, audience, request, today), rows)
    before = tuple(_pairs(whole, rows))
    worth = worth_of(whole, before) if request.teams else round(sum(pair.points for pair in before))
    workspace = _without(whole, change.without, {row["expert"] for row in rows})
    found = _dropped_out(whole, before, change, Objective(plan.objective)) or _solve(
        build_problem(workspace.problem_columns()), before, change.most, Objective(plan.objective)
    )
    placed = placements(workspace, found.pairs)
    lost = {pair.person for pair in before if workspace.invited[pair.person]} - {pair.person for pair in found.pairs}
    stayed = {(pair.person, pair.opening) for pair in before} & {(pair.person, pair.opening) for pair in found.pairs}
    return Repaired(
        plan=plan.id,
        name=plan.name,
        objective=plan.objective,
        turns=turns(workspace, moves_between(before, found.pairs)),
        placements=placed,
        gone=len(before) - len(stayed) - found.ended,
        ended=found.ended,
        most=change.most,
        before=worth,
        total=round(found.total),
        served=_served(workspace, found.pairs),
        blocking=found.blocking,
        proven=found.proven,
        full_total=round(found.full_total),
        full_ended=found.full_ended,
        full_served=_served(workspace, found.full),
        confirmed=tuple((row["expert"], row["opening"]) for row in rows if row["confirmed"]),
        offers=_offers(workspace, _relieved(_everywhere(graph, audience, request, today), rows), placed, lost)
        if lost
        else (),
    )


def _dropped_out(
    workspace: PlanWorkspace, before: Sequence[Pair], change: RepairRequest, objective: Objective
) -> Repair | None:
    """The repair by chains, where one person leaving is all that changed about a plan that has prices; else None."""
    if len(change.without) != 1 or change.openings or change.most < 0:
        return None
    priced = price_pairs(build_problem(workspace.problem_columns()), before, objective)
    return None if priced is None else drop_out(priced, workspace.person(change.without[0]), change.most)


def _solve(problem: AssignmentProblem, before: Sequence[Pair], most: int, objective: Objective) -> Repair:
    """The repair, by prices where the plan has them, which is exact and quick; else by the integer solver."""
    if objective in PRICED and not problem.is_limited:
        return repair(problem, before, most, objective)
    from graph.matching.repair.limited_repairs import repair_limited  # brings scipy.optimize along

    return repair_limited(problem, before, most, objective)


def _served(workspace: PlanWorkspace, pairs: Sequence[Pair]) -> Served:
    points = per_seat(workspace, pairs).values()
    return Served(len(points), len(pairs), min(points, default=None))


def _everywhere(graph: Graph, audience: Audience, request: PlanRequest, today: date) -> PlanWorkspace:
    """Everything that takes people now, by the rules and weights of the plan."""
    return load_workspace(
        graph, audience, PlanRequest(switched_off=request.switched_off, weights=request.weights), today
    )


def _offers(
    workspace: PlanWorkspace, wide: PlanWorkspace, placed: Iterable[Placement], lost: Iterable[int]
) -> tuple[NextBest, ...]:
    """What is next for people (indexes of the first workspace) on the second, once the placements are made."""
    filled = Counter(placement.opening for placement in placed)
    experts = [workspace.people.experts.ids[person] for person in sorted(lost)]
    return tuple(next_best(wide, wide.person(expert), filled, workspace.request.exclusions) for expert in experts)


def _request(kept: PlanRequest, rows: Sequence[Row], change: RepairRequest) -> PlanRequest:
    """What the plan was made from, with its own openings by name: the repair is about them and what joins them."""
    own = {row["opening"] for row in rows}
    return replace(
        kept,
        openings=tuple(sorted({*kept.openings, *own, *change.openings})),
        people=tuple(sorted({*kept.people, *(row["expert"] for row in rows)})) if kept.people else (),
        locks=tuple(names for names in kept.locks if names[0] not in change.without),
    )


def _relieved(workspace: PlanWorkspace, rows: Sequence[Row]) -> PlanWorkspace:
    """The workspace without what the plan itself has settled: its seats are free again, and nobody promised it."""
    index = workspace.people.experts.index
    confirmed = Counter(row["opening"] for row in rows if row["confirmed"])
    own = {(index[row["expert"]], row["opening"]) for row in rows if row["expert"] in index}
    roster = workspace.people.roster.without(own)
    openings = (
        replace(opening, seats=min(opening.seats + confirmed[opening.record.id], opening.record.seats))
        for opening in workspace.openings
    )
    return replace(
        workspace,
        people=replace(workspace.people, roster=roster),
        openings=tuple(opening.rescored(roster, workspace.request) for opening in openings),
    )


def _without(workspace: PlanWorkspace, experts: Iterable[str], planned: Set[str]) -> PlanWorkspace:
    invited = workspace.invited.copy()
    for expert in experts:
        person = workspace.person(expert)
        if expert not in planned:
            raise InvalidValue("without", expert, "is not in the plan; name somebody who is, or leave it out")
        invited[person] = False
    return replace(workspace, invited=frozen(invited))


def _pairs(workspace: PlanWorkspace, rows: Iterable[Row]) -> Iterator[Pair]:
    """The plan's pairs by the rows of the workspace; a person who may no longer be seen is left out."""
    for row in rows:
        try:
            person, opening = workspace.pair((row["expert"], row["opening"]))
        except NotFound:
            continue
        yield Pair(person, opening, row["score"], locked=False, marginal=row["score"])
