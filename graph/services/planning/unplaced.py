"""Who is left out of a plan, and what was missing: the opening each was nearest to, and who stands there."""

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
from graph.services.planning.plan import Draft
from graph.services.planning.workspace import PlanWorkspace, WorkspaceOpening


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody eligible and nowhere in the plan: the opening they are nearest to, and how far off they are.

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
    """Somebody eligible whom locks and exclusions leave no seat to be near to: the opening they have most points for.

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
    """Somebody eligible whose points are below the floor of the plan everywhere: where they are most, and how far."""

    expert: str
    expert_name: str
    opening: str
    opening_name: str
    points: int
    short: int


@dataclass(frozen=True, slots=True)
class Vacant:
    """Why an opening has an empty seat: nobody is eligible, locks hold them all, or they are worth more elsewhere.

    `nearest` are the people nearest to the seat. `rule` is the rule that alone removes most people of the bench, with
    how many. `below` could sit there but for the floor.
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
    """A capability that openings lack and in which nobody on the bench stands above the level they have already."""

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
    """Everybody and everything that a plan leaves: the eligible by how far off they are, and the rest by rule.

    `nowhere` counts the people eligible for no opening of the bench, by the rule that removes them from most.
    `gaps` nobody on the bench covers; `shortage` is why not every opening is served, where that cannot be. Of a plan
    with prices everybody on the bench is in it, one of `people`, `locked_out` or `below`, or eligible for no opening.
    """

    people: tuple[LeftOut, ...]
    openings: tuple[Vacant, ...]
    nowhere: dict[str, int]
    gaps: tuple[Uncovered, ...] = ()
    shortage: Shortage | None = None
    locked_out: tuple[LockedOut, ...] = ()
    below: tuple[BelowFloor, ...] = ()


def left_over(draft: Draft) -> Leftovers:
    """What the plan leaves. Plans without prices (`Draft.is_priced`) leave people and openings out of it.

    O((people + openings) x b log b) in the worst case, a fraction of a millisecond a person in practice.
    """
    if not draft.is_priced:
        return Leftovers((), (), _nowhere(draft), _uncovered(draft.bench), _shortage(draft))
    standing = price_solution(draft.market, draft.plan)
    people, openings = _people(draft, standing), _openings(draft, standing)
    held, below = _without_a_seat(draft, {left.expert for left in people})
    return Leftovers(people, openings, _nowhere(draft), _uncovered(draft.bench), _shortage(draft), held, below)


def _people(draft: Draft, standing: PricedSolution) -> tuple[LeftOut, ...]:
    placed = {pair.person for pair in draft.plan.pairs}
    waiting = sorted(set(draft.market.person_row[draft.market.person].tolist()) - placed)
    found = [miss for person in waiting for miss in nearest_misses(standing, person)]
    told = (_left_out(draft, miss) for miss in found)
    return tuple(sorted(told, key=lambda left: (left.lost, left.expert)))


def _left_out(draft: Draft, miss: Shortfall) -> LeftOut:
    experts, place = draft.bench.people.experts, draft.bench.places[miss.opening]
    return LeftOut(
        expert=experts.ids[miss.person],
        expert_name=experts.names[miss.person],
        opening=place.opening.id,
        opening_name=place.opening.name,
        points=place.points_of(miss.person) or 0,
        lost=miss.lost,
        needed=miss.needed,
        rivals=tuple(_other(draft, rival, miss.opening) for rival in miss.rivals),
    )


def _without_a_seat(draft: Draft, told: set[str]) -> tuple[tuple[LockedOut, ...], tuple[BelowFloor, ...]]:
    """The eligible who are neither in the plan nor told: by name those whom decisions keep out, then the floor's."""
    experts, bench = draft.bench.people.experts, draft.bench
    placed = {pair.person for pair in draft.plan.pairs}
    most, where = _favourites(bench)
    held, below = [], []
    for person in np.flatnonzero(bench.invited & (most >= 0)).tolist():
        if person in placed or experts.ids[person] in told:
            continue
        best = int(most[person]), int(where[person])
        if best[0] >= bench.wanted.floor:
            held.append(_held_up(draft, person, *best))
        else:
            below.append(_too_low(bench, person, *best))
    return (
        tuple(sorted(held, key=lambda each: (each.expert_name, each.expert))),
        tuple(sorted(below, key=lambda each: (each.short, each.expert))),
    )


def _favourites(bench: PlanWorkspace) -> tuple[Integers, Integers]:
    """The most points of each person (n,) at any opening, -1 for whom rules remove from all, and the first of these."""
    most, where = np.full(len(bench.people.roster), -1), np.zeros(len(bench.people.roster), np.int64)
    for index, place in enumerate(bench.places):
        people, points = place.scored.people, place.scored.points
        better = points > most[people]
        most[people[better]], where[people[better]] = points[better], index
    return most, where


def _too_low(bench: PlanWorkspace, person: int, points: int, index: int) -> BelowFloor:
    experts, opening = bench.people.experts, bench.places[index].opening
    short = bench.wanted.floor - points
    return BelowFloor(experts.ids[person], experts.names[person], opening.id, opening.name, points, short)


def _held_up(draft: Draft, person: int, points: int, index: int) -> LockedOut:
    experts, opening = draft.bench.people.experts, draft.bench.places[index].opening
    holders = [pair.person for pair in draft.plan.pairs if pair.locked and pair.opening == index]
    return LockedOut(
        expert=experts.ids[person],
        expert_name=experts.names[person],
        opening=opening.id,
        opening_name=opening.name,
        points=points,
        holders=tuple(_other(draft, holder, index) for holder in holders),
        seats=draft.bench.places[index].seats,
    )


def _other(draft: Draft, person: int, place: int, lost: int | None = None) -> OtherPerson:
    experts = draft.bench.people.experts
    return OtherPerson(
        experts.ids[person], experts.names[person], draft.bench.places[place].points_of(person) or 0, lost
    )


def _openings(draft: Draft, standing: PricedSolution) -> tuple[Vacant, ...]:
    filled = Counter(pair.opening for pair in draft.plan.pairs)
    empty = [index for index, place in enumerate(draft.bench.places) if filled[index] < place.seats]
    return tuple(sorted((_vacant(draft, standing, index) for index in empty), key=lambda vacant: vacant.opening))


def _vacant(draft: Draft, standing: PricedSolution, index: int) -> Vacant:
    place, found = draft.bench.places[index], vacancy(standing, index)
    counts = place.scored.eligibility.among(draft.bench.invited).counts
    rule = max((count for count in counts if not count.rule.firm), key=lambda count: count.alone, default=None)
    return Vacant(
        opening=place.opening.id,
        opening_name=place.opening.name,
        reason=found.reason,
        nearest=tuple(_other(draft, miss.person, index, miss.lost) for miss in found.shortfalls),
        rule=rule.rule.name if rule and rule.alone else "",
        removes=rule.alone if rule else 0,
        below=draft.bench.below_floor(place),
    )


def _uncovered(bench: PlanWorkspace) -> tuple[Uncovered, ...]:
    """By capability. Somebody who states no level covers nothing."""
    held = np.nan_to_num(bench.people.roster.levels[bench.invited], nan=-1.0)
    best = held.max(axis=0, initial=-1.0)
    lacking: dict[int, list[WorkspaceOpening]] = defaultdict(list)
    for place in bench.places:
        for gap in place.need.open_gaps:
            if best[gap.capability] <= gap.level:
                lacking[gap.capability].append(place)
    axis = bench.people.capabilities
    found = (_gap(axis.ids[index], axis.names[index], places) for index, places in lacking.items())
    return tuple(sorted(found, key=lambda gap: gap.capability))


def _gap(capability: str, name: str, places: list[WorkspaceOpening]) -> Uncovered:
    openings = sorted((place.opening for place in places), key=lambda opening: opening.id)
    ids, names = tuple(opening.id for opening in openings), tuple(opening.name for opening in openings)
    return Uncovered(capability, name, ids, names)


def _shortage(draft: Draft) -> Shortage | None:
    found, experts = hall_violator(draft.market), draft.bench.people.experts
    if found is None:
        return None
    openings = [draft.bench.places[index].opening for index in found.openings]
    return Shortage(
        openings=tuple(opening.id for opening in openings),
        opening_names=tuple(opening.name for opening in openings),
        experts=tuple(experts.ids[person] for person in found.people),
        expert_names=tuple(experts.names[person] for person in found.people),
        hands=found.hands,
    )


def _nowhere(draft: Draft) -> dict[str, int]:
    """People whom rules remove from every opening, by the rule that removes them first from most."""
    bench = draft.bench
    firsts = np.array([place.scored.eligibility.first for place in bench.places], np.int32)
    firsts = firsts.reshape(len(bench.places), len(bench.people.roster))
    nowhere = np.flatnonzero(bench.invited & (firsts >= 0).all(axis=0)).tolist()
    rules = (commonest(firsts[:, person]) for person in nowhere)
    return dict(Counter(rule.name for rule in rules if rule).most_common())
