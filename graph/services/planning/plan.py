"""Plan: who fills which opening under one objective, what the plan is worth, and to whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from graph.errors import Conflict
from graph.matching.large_scale.plans import plan_any_size
from graph.matching.problem.assignment_problem import AssignmentProblem, build_problem
from graph.matching.scoring.rules import RULES
from graph.matching.solvers.plans import Certificate, Objective, Pair, Solution
from graph.services.planning.contradictions import contradiction
from graph.services.planning.teams import (
    Given,
    Team,
    days_given,
    least_asked,
    per_seat,
    points_by_opening,
    teams_of,
)
from graph.services.planning.workspace import PlanWorkspace

NO_WISHES = (
    "Nobody on the bench has said which of these openings they would take, so there is no plan by their wishes; ask "
    "them to rank openings on their account page, or plan host-stable."
)
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
class PastDeadline:
    """An opening that is planned because somebody named it, although it takes people no more since this day."""

    opening: str
    opening_name: str
    deadline: str


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
    """A plan in numbers, each comparable between plans of one workspace.

    `worst` and `tenth` are the points a seat of the worst served opening and of the one at the 10th percentile, among
    the served, an empty seat counting 0; `asked` is the least share of what an opening asks that the people of a served
    one are known to meet together, None where none asks for a capability. `gini` is how unequally points a seat fall
    on the openings somebody could fill. `blocking` pairs would both
    rather have each other. `busiest` is the share of all placements that falls on the busiest tenth of the placed.
    """

    total: int
    openings: int
    served: int
    seats: int
    filled: int
    worst: int | None
    tenth: int | None
    asked: float | None
    gini: float | None
    blocking: int
    busiest: float | None


@dataclass(frozen=True, slots=True)
class Proof:
    """The bounds that no plan of the workspace can pass, as in `Solution`. A plan that reaches them is proved best.

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

    `teams` and `days` are there where these were asked for, `past` where an opening past its deadline was.
    """

    objective: str
    worth: Worth
    placements: tuple[Placement, ...]
    empty: tuple[Empty, ...]
    regions: tuple[RegionShare, ...]
    proof: Proof = Proof()
    teams: tuple[Team, ...] = ()
    days: tuple[Given, ...] = ()
    past: tuple[PastDeadline, ...] = ()

    @property
    def is_proved(self) -> bool:
        """Whether it is certain that no plan of the bench does better."""
        bounds = (self.proof.total_bound, self.worth.total), (self.proof.floor_bound, self.worth.worst)
        return not self.proof.count_gap and all(bound in (None, reached) for bound, reached in bounds)


@dataclass(frozen=True, slots=True, eq=False)
class SolvedPlan:
    """A plan as it was computed, with all it was computed from; its rows are those of the workspace."""

    workspace: PlanWorkspace
    problem: AssignmentProblem
    solution: Solution

    @property
    def is_priced(self) -> bool:
        """Whether the plan says how far off anybody is: only a best total or fullest plan without limits does."""
        return self.solution.objective in PRICED and not self.problem.is_limited


def report_plan(workspace: PlanWorkspace, objective: Objective) -> PlanReport:
    """The plan of a workspace, in records."""
    return to_report(solve_workspace(workspace, objective))


def solve_workspace(workspace: PlanWorkspace, objective: Objective) -> SolvedPlan:
    """The plan of a workspace. Any order of openings and people gives the same.

    Raises Conflict naming few locks, exclusions and bounds that cannot hold together, where they cannot, and for a plan
    by wishes where nobody has any.
    """
    if objective is Objective.EXPERT_STABLE and workspace.openings and not workspace.knows_wishes:
        raise Conflict(NO_WISHES)
    try:
        problem = build_problem(workspace.problem_columns())
        return SolvedPlan(workspace, problem, plan_any_size(problem, objective))
    except Conflict as error:
        found = contradiction(workspace)
        raise Conflict(found.sentence if found else str(error)) from error


def to_report(solved: SolvedPlan) -> PlanReport:
    """A plan in records."""
    workspace, problem, made = solved.workspace, solved.problem, solved.solution
    return PlanReport(
        objective=made.objective.value,
        worth=_worth(workspace, made),
        placements=placements(workspace, made.pairs),
        empty=_empty(workspace, problem, made),
        regions=_regions(workspace, made),
        proof=Proof(_total_bound(made), _floor_bound(made), made.count_gap, made.certificate),
        teams=teams_of(workspace, made.pairs),
        days=days_given(workspace, made.pairs),
        past=tuple(
            PastDeadline(opening.record.id, opening.record.name, opening.over)
            for opening in sorted(workspace.openings, key=lambda opening: opening.record.id)
            if opening.over
        ),
    )


def _total_bound(made: Solution) -> float | None:
    """In whole points, as the total is: what teams close together is not."""
    if made.total_bound is None:
        return None
    return round(made.total) if made.total_bound == made.total else ceil(made.total_bound)


def _floor_bound(made: Solution) -> float | None:
    """In whole points, as the worst served is."""
    if made.floor_bound is None or made.worst is None:
        return made.floor_bound
    return round(made.worst) if made.floor_bound == made.worst else ceil(made.floor_bound)


def placements(workspace: PlanWorkspace, pairs: Iterable[Pair]) -> tuple[Placement, ...]:
    """Pairs by the rows of a workspace in records, by opening, the most points first."""
    made = tuple(pairs)
    admitted = _admitted(workspace, made)
    return tuple(sorted((_placement(workspace, pair, tuple(admitted[pair])) for pair in made), key=_order))


def _admitted(workspace: PlanWorkspace, pairs: Iterable[Pair]) -> Mapping[Pair, list[str]]:
    """The switched off rules that would remove each pair. O(openings x rules x people) where any is off."""
    off = [rule for rule in RULES if rule.name in workspace.request.switched_off]
    found: dict[Pair, list[str]] = defaultdict(list)
    by_place: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs if off else ():
        by_place[pair.opening].append(pair)
    for index, seated in by_place.items():
        for rule in off:
            removed = rule.removes(workspace.people.roster, workspace.openings[index].need)
            for pair in seated:
                found[pair] += [rule.name] if removed[pair.person] else []
    return found


def _order(placement: Placement) -> tuple[str, int, str]:
    return placement.opening, -placement.points, placement.expert


def _placement(workspace: PlanWorkspace, pair: Pair, admitted: tuple[str, ...]) -> Placement:
    opening, experts = workspace.openings[pair.opening], workspace.people.experts
    return Placement(
        expert=experts.ids[pair.person],
        expert_name=experts.names[pair.person],
        opening=opening.record.id,
        opening_name=opening.record.name,
        programme=opening.row["programme"],
        programme_name=opening.row["programme_name"],
        points=opening.points_of(pair.person) or 0,
        locked=pair.locked,
        marginal=round(pair.marginal),
        admitted=admitted,
    )


def _worth(workspace: PlanWorkspace, made: Solution) -> Worth:
    served = sorted(per_seat(workspace, made.pairs).values())
    return Worth(
        total=round(made.total),
        openings=len(workspace.openings),
        served=len(served),
        seats=sum(opening.seats for opening in workspace.openings),
        filled=len(made.pairs),
        worst=None if made.worst is None else round(made.worst),
        tenth=int(np.percentile(served, 10, method="lower")) if served else None,
        asked=least_asked(workspace, made.pairs),
        gini=None if made.gini is None else round(made.gini, 4),
        blocking=made.blocking,
        busiest=_busiest(made),
    )


def _busiest(made: Solution) -> float | None:
    loads = sorted(Counter(pair.person for pair in made.pairs).values(), reverse=True)
    if not loads:
        return None
    return round(sum(loads[: ceil(len(loads) / 10)]) / sum(loads), 4)


def _empty(workspace: PlanWorkspace, problem: AssignmentProblem, made: Solution) -> tuple[Empty, ...]:
    filled = Counter(pair.opening for pair in made.pairs)
    eligible = np.zeros(len(workspace.openings), np.int64)
    eligible[problem.opening_row] = np.bincount(problem.opening, minlength=len(workspace.openings))
    found = (
        Empty(
            opening.record.id,
            opening.record.name,
            free,
            opening.seats,
            int(eligible[index]),
            workspace.below_floor(opening),
        )
        for index, opening in enumerate(workspace.openings)
        if (free := opening.seats - filled[index])
    )
    return tuple(sorted(found, key=lambda empty: empty.opening))


def _regions(workspace: PlanWorkspace, made: Solution) -> tuple[RegionShare, ...]:
    names = sorted({opening.region for opening in workspace.openings})
    points = points_by_opening(workspace, made.pairs)
    return tuple(_region(workspace, name, made.pairs, points) for name in names)


def _region(workspace: PlanWorkspace, name: str, pairs: Sequence[Pair], points: Mapping[int, int]) -> RegionShare:
    inside = {index for index, opening in enumerate(workspace.openings) if opening.region == name}
    placed = [pair for pair in pairs if pair.opening in inside]
    return RegionShare(
        region=name,
        openings=len(inside),
        served=len({pair.opening for pair in placed}),
        seats=sum(workspace.openings[index].seats for index in inside),
        filled=len(placed),
        points=sum(points[index] for index in inside & points.keys()),
    )
