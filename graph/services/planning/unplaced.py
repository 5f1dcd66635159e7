"""Who is left out of a plan and what was missing: the opening each was nearest to, and who holds its seats."""

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np

from graph.matching.columns import Integers
from graph.matching.scoring.eligibility import commonest
from graph.matching.sensitivity.hall_violators import hall_violator
from graph.matching.sensitivity.priced_solution import PricedSolution, price_solution
from graph.matching.sensitivity.shortfalls import (
    Shortfall,
    VacancyReason,
    nearest_misses,
    vacancy,
)
from graph.services.planning.explain import OtherPerson
from graph.services.planning.plan import SolvedPlan
from graph.services.planning.workspace import PlanWorkspace, WorkspaceOpening


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An eligible person who is not in the plan: the opening they are nearest to, and how far off they are.

    `needed` points more there would put them in for certain; None where no points would. `rivals` hold the seats.
    """

    expert: str
    expert_name: str
    opening: str
    opening_name: str
    points: int
    lost: int
    needed: int | None
    rivals: tuple[OtherPerson, ...]


@dataclass(frozen=True, slots=True)
class LockedOut:
    """An eligible person who has no chance because of locks and exclusions: the opening they have most points for.

    `holders` are locked there; without any, the pair itself is excluded or no seat of it is free to move. `seats` are
    those to plan for: none where confirmed proposals have taken them all.
    """

    expert: str
    expert_name: str
    opening: str
    opening_name: str
    points: int
    holders: tuple[OtherPerson, ...]
    seats: int


@dataclass(frozen=True, slots=True)
class BelowFloor:
    """An eligible person below the floor of the plan at every opening: where they have most points, and how few."""

    expert: str
    expert_name: str
    opening: str
    opening_name: str
    points: int
    short: int


@dataclass(frozen=True, slots=True)
class Vacant:
    """Why an opening has an empty seat: nobody is eligible, locks hold them all, or they are worth more elsewhere.

    `nearest` are the people nearest to the seat. `rule` is the rule that alone removes most people, `removes`
    says how many. `below` people could take the seat without the floor.
    """

    opening: str
    opening_name: str
    reason: VacancyReason
    nearest: tuple[OtherPerson, ...]
    rule: str
    removes: int
    below: int


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A capability that openings lack and that nobody in the workspace has above the level they have already."""

    capability: str
    capability_name: str
    openings: tuple[str, ...]
    opening_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shortage:
    """Openings that cannot all be served: the people eligible for any of them serve at most `hands` of them.

    The smallest such set found; without any one of its openings the rest can be served.
    """

    openings: tuple[str, ...]
    opening_names: tuple[str, ...]
    experts: tuple[str, ...]
    expert_names: tuple[str, ...]
    hands: int


@dataclass(frozen=True, slots=True)
class Leftovers:
    """The people and openings that a plan leaves out: the eligible by how far off they are, and the rest by rule.

    `nowhere` counts the people eligible for no opening, by the rule that removes them from most. `gaps` are closed by
    nobody of the workspace. `shortage` says why not every opening can be served, where that is so. In a plan with
    prices everybody is in the plan, in one of `people`, `locked_out` and `below`, or eligible for no opening.
    """

    people: tuple[LeftOut, ...]
    openings: tuple[Vacant, ...]
    nowhere: dict[str, int]
    gaps: tuple[Uncovered, ...] = ()
    shortage: Shortage | None = None
    locked_out: tuple[LockedOut, ...] = ()
    below: tuple[BelowFloor, ...] = ()


def left_over(solved: SolvedPlan) -> Leftovers:
    """What the plan leaves. Plans without prices (`Draft.is_priced`) leave people and openings out of it.

    O((people + openings) x b log b) in the worst case, a fraction of a millisecond a person in practice.
    """
    if not solved.is_priced:
        return Leftovers((), (), _nowhere(solved), _uncovered(solved.workspace), _shortage(solved))
    priced = price_solution(solved.problem, solved.solution)
    people, openings = _people(solved, priced), _openings(solved, priced)
    held, below = _without_a_seat(solved, {left.expert for left in people})
    return Leftovers(people, openings, _nowhere(solved), _uncovered(solved.workspace), _shortage(solved), held, below)


def _people(solved: SolvedPlan, priced: PricedSolution) -> tuple[LeftOut, ...]:
    placed = {pair.person for pair in solved.solution.pairs}
    waiting = sorted(set(solved.problem.person_row[solved.problem.person].tolist()) - placed)
    found = [miss for person in waiting for miss in nearest_misses(priced, person)]
    left_out = (_left_out(solved, miss) for miss in found)
    return tuple(sorted(left_out, key=lambda left: (left.lost, left.expert)))


def _left_out(solved: SolvedPlan, miss: Shortfall) -> LeftOut:
    experts, opening = solved.workspace.people.experts, solved.workspace.openings[miss.opening]
    return LeftOut(
        expert=experts.ids[miss.person],
        expert_name=experts.names[miss.person],
        opening=opening.record.id,
        opening_name=opening.record.name,
        points=opening.points_of(miss.person) or 0,
        lost=miss.lost,
        needed=miss.needed,
        rivals=tuple(_other(solved, rival, miss.opening) for rival in miss.rivals),
    )


def _without_a_seat(solved: SolvedPlan, left_out: set[str]) -> tuple[tuple[LockedOut, ...], tuple[BelowFloor, ...]]:
    """The other eligible people outside the plan: those kept out by locks and exclusions, and those below the floor."""
    experts, workspace = solved.workspace.people.experts, solved.workspace
    placed = {pair.person for pair in solved.solution.pairs}
    most, where = _favourites(workspace)
    held, below = [], []
    for person in np.flatnonzero(workspace.invited & (most >= 0)).tolist():
        if person in placed or experts.ids[person] in left_out:
            continue
        best = int(most[person]), int(where[person])
        if best[0] >= workspace.request.floor:
            held.append(_held_up(solved, person, *best))
        else:
            below.append(_too_low(workspace, person, *best))
    return (
        tuple(sorted(held, key=lambda each: (each.expert_name, each.expert))),
        tuple(sorted(below, key=lambda each: (each.short, each.expert))),
    )


def _favourites(workspace: PlanWorkspace) -> tuple[Integers, Integers]:
    """The most points of each person (n,) at any opening, -1 for whom rules remove from all, and the first of these."""
    most, where = np.full(len(workspace.people.roster), -1), np.zeros(len(workspace.people.roster), np.int64)
    for index, opening in enumerate(workspace.openings):
        people, points = opening.scored.people, opening.scored.points
        better = points > most[people]
        most[people[better]], where[people[better]] = points[better], index
    return most, where


def _too_low(workspace: PlanWorkspace, person: int, points: int, index: int) -> BelowFloor:
    experts, opening = workspace.people.experts, workspace.openings[index].record
    short = workspace.request.floor - points
    return BelowFloor(experts.ids[person], experts.names[person], opening.id, opening.name, points, short)


def _held_up(solved: SolvedPlan, person: int, points: int, index: int) -> LockedOut:
    experts, opening = solved.workspace.people.experts, solved.workspace.openings[index].record
    holders = [pair.person for pair in solved.solution.pairs if pair.locked and pair.opening == index]
    return LockedOut(
        expert=experts.ids[person],
        expert_name=experts.names[person],
        opening=opening.id,
        opening_name=opening.name,
        points=points,
        holders=tuple(_other(solved, holder, index) for holder in holders),
        seats=solved.workspace.openings[index].seats,
    )


def _other(solved: SolvedPlan, person: int, opening: int, lost: int | None = None) -> OtherPerson:
    experts = solved.workspace.people.experts
    return OtherPerson(
        experts.ids[person], experts.names[person], solved.workspace.openings[opening].points_of(person) or 0, lost
    )


def _openings(solved: SolvedPlan, priced: PricedSolution) -> tuple[Vacant, ...]:
    filled = Counter(pair.opening for pair in solved.solution.pairs)
    empty = [index for index, opening in enumerate(solved.workspace.openings) if filled[index] < opening.seats]
    return tuple(sorted((_vacant(solved, priced, index) for index in empty), key=lambda vacant: vacant.opening))


def _vacant(solved: SolvedPlan, priced: PricedSolution, index: int) -> Vacant:
    opening, found = solved.workspace.openings[index], vacancy(priced, index)
    counts = opening.scored.eligibility.among(solved.workspace.invited).counts
    rule = max((count for count in counts if not count.rule.firm), key=lambda count: count.alone, default=None)
    return Vacant(
        opening=opening.record.id,
        opening_name=opening.record.name,
        reason=found.reason,
        nearest=tuple(_other(solved, miss.person, index, miss.lost) for miss in found.shortfalls),
        rule=rule.rule.name if rule and rule.alone else "",
        removes=rule.alone if rule else 0,
        below=solved.workspace.below_floor(opening),
    )


def _uncovered(workspace: PlanWorkspace) -> tuple[Uncovered, ...]:
    """By capability. Somebody who states no level covers nothing."""
    held = np.nan_to_num(workspace.people.roster.levels[workspace.invited], nan=-1.0)
    best = held.max(axis=0, initial=-1.0)
    lacking: dict[int, list[WorkspaceOpening]] = defaultdict(list)
    for opening in workspace.openings:
        for gap in opening.need.open_gaps:
            if best[gap.capability] <= gap.level:
                lacking[gap.capability].append(opening)
    axis = workspace.people.capabilities
    found = (_gap(axis.ids[index], axis.names[index], openings) for index, openings in lacking.items())
    return tuple(sorted(found, key=lambda gap: gap.capability))


def _gap(capability: str, name: str, openings: list[WorkspaceOpening]) -> Uncovered:
    records = sorted((opening.record for opening in openings), key=lambda record: record.id)
    ids, names = tuple(record.id for record in records), tuple(record.name for record in records)
    return Uncovered(capability, name, ids, names)


def _shortage(solved: SolvedPlan) -> Shortage | None:
    found, experts = hall_violator(solved.problem), solved.workspace.people.experts
    if found is None:
        return None
    openings = [solved.workspace.openings[index].record for index in found.openings]
    return Shortage(
        openings=tuple(opening.id for opening in openings),
        opening_names=tuple(opening.name for opening in openings),
        experts=tuple(experts.ids[person] for person in found.people),
        expert_names=tuple(experts.names[person] for person in found.people),
        hands=found.capacity,
    )


def _nowhere(solved: SolvedPlan) -> dict[str, int]:
    """People whom rules remove from every opening, by the rule that removes them first from most."""
    workspace = solved.workspace
    firsts = np.array([opening.scored.eligibility.first for opening in workspace.openings], np.int8)
    firsts = firsts.reshape(len(workspace.openings), len(workspace.people.roster))
    nowhere = np.flatnonzero(workspace.invited & (firsts >= 0).all(axis=0)).tolist()
    rules = (commonest(firsts[:, person]) for person in nowhere)
    return dict(Counter(rule.name for rule in rules if rule).most_common())
