"""Plan: who fills which opening under one objective, what the plan is worth, and to whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil

import numpy as np

from graph.connection import Graph
from graph.domain.marks import Audience
from graph.errors import Conflict
from graph.matching.large_scale.plans import plan_any_size
from graph.matching.problem.assignment_problem import AssignmentProblem, build_problem
from graph.matching.scoring.eligibility import RULES
from graph.matching.solvers.plans import Certificate, Objective, Pair, Solution
from graph.services.planning.contradictions import contradiction
from graph.services.planning.teams import (
    Given,
    Team,
    days_given,
    points_by_opening,
    teams_of,
)
from graph.services.planning.workspace import PlanRequest, PlanWorkspace, load_workspace

PRICED = (Objective.BEST, Objective.FEWEST_UNSERVED)


@dataclass(frozen=True, slots=True)
class Placement:
    """A person in a seat of an opening, with the points of 10,000 that the pair brings.

    `marginal` is what the plan would be worth less without the pair and nobody else moving: fewer than its points
    where others of the team close the same gaps. `admitted` are the rules (names) that would remove the pair, were
    they not switched off.
    """

    expert: str
    expert_name: str
    opening: str
    opening_name: str
    programme: str
    programme_name: str
    points: int
    locked: bool
    marginal: int
    admitted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Empty:
    """An opening with seats left: how many of how many, and how many people could sit there at all.

    Another `below` of them could but for the floor of the plan.
    """

    opening: str
    opening_name: str
    free: int
    seats: int
    eligible: int
    below: int


@dataclass(frozen=True, slots=True)
class RegionShare:
    """What a region gets: its openings, how many of them have somebody, its seats, how many are filled, the points."""

    region: str
    openings: int
    served: int
    seats: int
    filled: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """A plan in numbers, each comparable between plans of one bench.

    `worst` and `tenth` are the points of the worst served opening and of the one at the 10th percentile, among the
    served. `gini` is how unequally points fall on the openings somebody could fill. `blocking` pairs would both
    rather have each other. `busiest` is the share of all placements that falls on the busiest tenth of the placed.
    """

    total: int
    openings: int
    served: int
    seats: int
    filled: int
    worst: int | None
    tenth: int | None
    gini: float | None
    blocking: int
    busiest: float | None


@dataclass(frozen=True, slots=True)
class Proof:
    """What no plan of the bench can do better, as `Solution` says it; equal to what the plan does where that is proved.

    `total_bound` is None for stable plans, `floor_bound` for all but fair ones; `count_gap` is 0 where proved. The
    `certificate` of a plan over very many pairs says how few of them it was made of.
    """

    total_bound: float | None = None
    floor_bound: float | None = None
    count_gap: int = 0
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True)
class PlanReport:
    """A plan in records: its pairs by opening, what stays empty, what it is worth, and how sure it is the best.

    `teams` and `days` are there where these were asked for.
    """

    objective: str
    worth: Worth
    placements: tuple[Placement, ...]
    empty: tuple[Empty, ...]
    regions: tuple[RegionShare, ...]
    proof: Proof = Proof()
    teams: tuple[Team, ...] = ()
    days: tuple[Given, ...] = ()

    @property
    def is_proved(self) -> bool:
        """Whether it is certain that no plan of the bench does better."""
        bounds = (self.proof.total_bound, self.worth.total), (self.proof.floor_bound, self.worth.worst)
        return not self.proof.count_gap and all(bound in (None, reached) for bound, reached in bounds)


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A plan as it was computed, with all it was computed from; its rows are those of the bench."""

    bench: PlanWorkspace
    market: AssignmentProblem
    plan: Solution

    @property
    def is_priced(self) -> bool:
        """Whether the plan says how far off anybody is: only a best total or fullest plan without limits does."""
        return self.plan.objective in PRICED and not self.market.is_limited


def plan_openings(graph: Graph, audience: Audience, wanted: PlanRequest, objective: Objective) -> PlanReport:
    """Read, score and plan; nothing is stored.

    Raises what `load_workspace` and `build_problem` raise: NotFound for unknown ids, InvalidValue for a lock that a
    rule forbids or a bound on a region without openings, Conflict for locks and bounds that cannot hold together.
    """
    return draw(load_workspace(graph, audience, wanted, datetime.now(UTC).date()), objective)


def draw(bench: PlanWorkspace, objective: Objective) -> PlanReport:
    """The plan of a bench, in records."""
    return to_report(make_draft(bench, objective))


def make_draft(bench: PlanWorkspace, objective: Objective) -> Draft:
    """The plan of a bench. Any order of openings and people gives the same.

    Raises Conflict naming few locks, exclusions and bounds that cannot hold together, where they cannot.
    """
    try:
        market = build_problem(bench.market())
        return Draft(bench, market, plan_any_size(market, objective))
    except Conflict as error:
        found = contradiction(bench)
        raise Conflict(found.sentence if found else str(error)) from error


def to_report(draft: Draft) -> PlanReport:
    """A plan in records."""
    bench, market, made = draft.bench, draft.market, draft.plan
    return PlanReport(
        objective=made.objective.value,
        worth=_worth(bench, made),
        placements=placements(bench, made.pairs),
        empty=_empty(bench, market, made),
        regions=_regions(bench, made),
        proof=Proof(_total_bound(made), made.floor_bound, made.count_gap, made.certificate),
        teams=teams_of(bench, made.pairs),
        days=days_given(bench, made.pairs),
    )


def _total_bound(made: Solution) -> float | None:
    """In whole points, as the total is: what teams close together is not."""
    if made.total_bound is None:
        return None
    return round(made.total) if made.total_bound == made.total else ceil(made.total_bound)


def placements(bench: PlanWorkspace, pairs: Iterable[Pair]) -> tuple[Placement, ...]:
    """Pairs by the rows of a bench in records, by opening, the most points first."""
    made = tuple(pairs)
    admitted = _admitted(bench, made)
    return tuple(sorted((_placement(bench, pair, tuple(admitted[pair])) for pair in made), key=_order))


def _admitted(bench: PlanWorkspace, pairs: Iterable[Pair]) -> Mapping[Pair, list[str]]:
    """The switched off rules that would remove each pair. O(openings x rules x people) where any is off."""
    off = [rule for rule in RULES if rule.name in bench.wanted.switched_off]
    found: dict[Pair, list[str]] = defaultdict(list)
    by_place: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs if off else ():
        by_place[pair.opening].append(pair)
    for index, seated in by_place.items():
        for rule in off:
            removed = rule.removes(bench.people.roster, bench.places[index].need)
            for pair in seated:
                found[pair] += [rule.name] if removed[pair.person] else []
    return found


def _order(placement: Placement) -> tuple[str, int, str]:
    return placement.opening, -placement.points, placement.expert


def _placement(bench: PlanWorkspace, pair: Pair, admitted: tuple[str, ...]) -> Placement:
    place, experts = bench.places[pair.opening], bench.people.experts
    return Placement(
        expert=experts.ids[pair.person],
        expert_name=experts.names[pair.person],
        opening=place.opening.id,
        opening_name=place.opening.name,
        programme=place.row["programme"],
        programme_name=place.row["programme_name"],
        points=place.points_of(pair.person) or 0,
        locked=pair.locked,
        marginal=round(pair.marginal),
        admitted=admitted,
    )


def _worth(bench: PlanWorkspace, made: Solution) -> Worth:
    served = sorted(points_by_opening(bench, made.pairs).values())
    return Worth(
        total=round(made.total),
        openings=len(bench.places),
        served=len(served),
        seats=sum(place.seats for place in bench.places),
        filled=len(made.pairs),
        worst=None if made.worst is None else round(made.worst),
        tenth=int(np.percentile(served, 10, method="lower")) if served else None,
        gini=None if made.gini is None else round(made.gini, 4),
        blocking=made.blocking,
        busiest=_busiest(made),
    )


def _busiest(made: Solution) -> float | None:
    loads = sorted(Counter(pair.person for pair in made.pairs).values(), reverse=True)
    if not loads:
        return None
    return round(sum(loads[: ceil(len(loads) / 10)]) / sum(loads), 4)


def _empty(bench: PlanWorkspace, market: AssignmentProblem, made: Solution) -> tuple[Empty, ...]:
    filled = Counter(pair.opening for pair in made.pairs)
    eligible = np.zeros(len(bench.places), np.int64)
    eligible[market.opening_row] = np.bincount(market.opening, minlength=len(bench.places))
    found = (
        Empty(place.opening.id, place.opening.name, free, place.seats, int(eligible[index]), bench.below_floor(place))
        for index, place in enumerate(bench.places)
        if (free := place.seats - filled[index])
    )
    return tuple(sorted(found, key=lambda empty: empty.opening))


def _regions(bench: PlanWorkspace, made: Solution) -> tuple[RegionShare, ...]:
    names = sorted({place.region for place in bench.places})
    points = points_by_opening(bench, made.pairs)
    return tuple(_region(bench, name, made.pairs, points) for name in names)


def _region(bench: PlanWorkspace, name: str, pairs: Sequence[Pair], points: Mapping[int, int]) -> RegionShare:
    inside = {index for index, place in enumerate(bench.places) if place.region == name}
    placed = [pair for pair in pairs if pair.opening in inside]
    return RegionShare(
        region=name,
        openings=len(inside),
        served=len({pair.opening for pair in placed}),
        seats=sum(bench.places[index].seats for index in inside),
        filled=len(placed),
        points=sum(points[index] for index in inside & points.keys()),
    )
