"""Repair: a plan after somebody dropped out or something changed, moving as few people as asked and pricing that.

The plan is drawn again on what holds today: openings that moved, levels that changed and people who left are all
seen. Pairs that still can be stay, but for at most so many.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.errors import InvalidValue, NotFound
from graph.matching.columns import frozen
from graph.matching.problem.assignment_problem import AssignmentProblem, build_problem
from graph.matching.repair.limited_repairs import repair_limited
from graph.matching.repair.repairs import MOST, Repair, repair
from graph.matching.solvers.moves import moves_between
from graph.matching.solvers.plans import Objective, Pair
from graph.services.planning.explain import Turn, turns
from graph.services.planning.next_best import NextBest, next_best
from graph.services.planning.plan import PRICED, Placement, placements
from graph.services.planning.teams import points_by_opening, worth_of
from graph.services.planning.workspace import (
    Names,
    PlanRequest,
    PlanWorkspace,
    load_workspace,
)
from graph.store import plans


@dataclass(frozen=True, slots=True)
class RepairRequest:
    """What is to be mended: a plan, who drops out, openings that join it, and how many pairs may end for it."""

    plan: str
    without: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    most: int = MOST


@dataclass(frozen=True, slots=True)
class Served:
    """How many openings have somebody, how many seats are filled, and the points of the worst served opening."""

    openings: int
    seats: int
    worst: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """The mended plan: who moves, how many pairs that could have stayed end, and what a full plan would gain.

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


def repair_plan(graph: Graph, audience: Audience, change: RepairRequest) -> Repaired:
    """Mend a stored plan on what holds today; nothing is stored.

    Raises NotFound for a plan, person or opening that the viewer may not see, InvalidValue for a limit below 0 or
    somebody who is not in the plan, Conflict and Unavailable as `repair_limited`. The objective, bounds, teams and
    efforts of the plan are kept.
    """
    plan = plans.find(graph, audience, change.plan)
    rows = plans.pairs(graph, audience, change.plan)
    wanted, today = _wanted(PlanRequest.from_text(plan.inputs), rows, change), datetime.now(UTC).date()
    bench = _relieved(load_workspace(graph, audience, wanted, today), rows)
    before = tuple(_pairs(bench, rows))
    worth = worth_of(bench, before) if wanted.teams else round(sum(pair.points for pair in before))
    bench = _without(bench, change.without, {row["expert"] for row in rows})
    found = _mended(build_problem(bench.market()), before, change.most, Objective(plan.objective))
    placed = placements(bench, found.pairs)
    lost = {pair.person for pair in before if bench.invited[pair.person]} - {pair.person for pair in found.pairs}
    stayed = {(pair.person, pair.opening) for pair in before} & {(pair.person, pair.opening) for pair in found.pairs}
    return Repaired(
        plan=plan.id,
        name=plan.name,
        objective=plan.objective,
        turns=turns(bench, moves_between(before, found.pairs)),
        placements=placed,
        gone=len(before) - len(stayed) - found.ended,
        ended=found.ended,
        most=change.most,
        before=worth,
        total=round(found.total),
        served=_served(bench, found.pairs),
        blocking=found.blocking,
        proven=found.proven,
        full_total=round(found.full_total),
        full_ended=found.full_ended,
        full_served=_served(bench, found.full),
        confirmed=tuple((row["expert"], row["opening"]) for row in rows if row["confirmed"]),
        offers=_offers(bench, _relieved(_everywhere(graph, audience, wanted, today), rows), placed, lost)
        if lost
        else (),
    )


def _mended(market: AssignmentProblem, before: Sequence[Pair], most: int, objective: Objective) -> Repair:
    """By prices where pairs have any, which is exact in no time; else by the integer solver."""
    mend = repair_limited if market.is_limited or objective not in PRICED else repair
    return mend(market, before, most, objective)


def _served(bench: PlanWorkspace, pairs: Sequence[Pair]) -> Served:
    points = points_by_opening(bench, pairs).values()
    return Served(len(points), len(pairs), min(points, default=None))


def _everywhere(graph: Graph, audience: Audience, wanted: PlanRequest, today: date) -> PlanWorkspace:
    """Everything that takes people now, by the rules and weights of the plan."""
    return load_workspace(graph, audience, PlanRequest(switched_off=wanted.switched_off, weights=wanted.weights), today)


def _offers(
    bench: PlanWorkspace, wide: PlanWorkspace, placed: Iterable[Placement], lost: Iterable[int]
) -> tuple[NextBest, ...]:
    """What is next for people (indexes of the first bench) on the second, once the placements are made."""
    filled = Counter(placement.opening for placement in placed)
    experts = [bench.people.experts.ids[person] for person in sorted(lost)]
    return tuple(next_best(wide, wide.person(expert), filled, bench.wanted.exclusions) for expert in experts)


def _wanted(kept: PlanRequest, rows: Sequence[Row], change: RepairRequest) -> PlanRequest:
    """What the plan was made from, with its own openings by name: the repair is about them and what joins them."""
    own = {row["opening"] for row in rows}
    return replace(
        kept,
        openings=tuple(sorted({*kept.openings, *own, *change.openings})),
        people=tuple(sorted({*kept.people, *(row["expert"] for row in rows)})) if kept.people else (),
        locks=tuple(names for names in kept.locks if names[0] not in change.without),
    )


def _relieved(bench: PlanWorkspace, rows: Sequence[Row]) -> PlanWorkspace:
    """The bench as if what the plan itself has settled were still to be decided: its seats free, its load not there."""
    settled = Counter(row["expert"] for row in rows if row["settled"])
    confirmed = Counter(row["opening"] for row in rows if row["confirmed"])
    load = bench.people.roster.load.copy()
    for expert, count in settled.items():
        if expert in bench.people.experts.index:
            load[bench.people.experts.index[expert]] -= count
    roster = replace(bench.people.roster, load=frozen(load))
    places = (
        replace(place, seats=min(place.seats + confirmed[place.opening.id], place.opening.seats))
        for place in bench.places
    )
    return replace(
        bench,
        people=replace(bench.people, roster=roster),
        places=tuple(place.rescored(roster, bench.wanted) for place in places),
    )


def _without(bench: PlanWorkspace, experts: Iterable[str], planned: Set[str]) -> PlanWorkspace:
    invited = bench.invited.copy()
    for expert in experts:
        person = bench.person(expert)
        if expert not in planned:
            raise InvalidValue("without", expert, "is not in the plan; name somebody who is, or leave it out")
        invited[person] = False
    return replace(bench, invited=frozen(invited))


def _pairs(bench: PlanWorkspace, rows: Iterable[Row]) -> Iterator[Pair]:
    """The plan's pairs by the rows of the bench; somebody who may no longer be seen is on none."""
    for row in rows:
        try:
            person, place = bench.pair((row["expert"], row["opening"]))
        except NotFound:
            continue
        yield Pair(person, place, row["score"], locked=False, marginal=row["score"])
