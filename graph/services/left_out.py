"""Who is left out of a plan, and what was missing: the opening each was nearest to, and who stands there."""

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np

from graph.matching.deficits import deficient
from graph.matching.eligibility import commonest
from graph.matching.shortfalls import Reason, Shortfall, nearest_misses, vacancy
from graph.matching.standings import Standing, stand
from graph.services.benches import Bench, Place
from graph.services.explain_plan import Other
from graph.services.plan_openings import Draft


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
    rivals: tuple[Other, ...]


@dataclass(frozen=True, slots=True)
class LockedOut:
    """Somebody eligible whom locks and exclusions leave no seat to be near to: the opening they have most points for.

    `holders` are locked there; without any, the pair itself is excluded or no seat of it is free to move.
    """

    expert: str
    expert_name: str
    opening: str
    opening_name: str
    points: int
    holders: tuple[Other, ...]


@dataclass(frozen=True, slots=True)
class Vacant:
    """Why an opening has an empty seat: nobody is eligible, locks hold them all, or they are worth more elsewhere.

    `nearest` are the people nearest to the seat. `rule` is the rule that alone removes most, with how many.
    """

    opening: str
    opening_name: str
    reason: Reason
    nearest: tuple[Other, ...]
    rule: str
    removes: int


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
    with prices everybody on the bench is in it, one of `people` or `locked_out`, or eligible for no opening.
    """

    people: tuple[LeftOut, ...]
    openings: tuple[Vacant, ...]
    nowhere: dict[str, int]
    gaps: tuple[Uncovered, ...] = ()
    shortage: Shortage | None = None
    locked_out: tuple[LockedOut, ...] = ()


def left_over(draft: Draft) -> Leftovers:
    """What the plan leaves. Plans without prices (`Draft.is_priced`) leave people and openings out of it.

    O((people + openings) x b log b) in the worst case, a fraction of a millisecond a person in practice.
    """
    if not draft.is_priced:
        return Leftovers((), (), _nowhere(draft), _uncovered(draft.bench), _shortage(draft))
    standing = stand(draft.market, draft.plan)
    people, openings = _people(draft, standing), _openings(draft, standing)
    locked_out = _locked_out(draft, {left.expert for left in people})
    return Leftovers(people, openings, _nowhere(draft), _uncovered(draft.bench), _shortage(draft), locked_out)


def _people(draft: Draft, standing: Standing) -> tuple[LeftOut, ...]:
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


def _locked_out(draft: Draft, told: set[str]) -> tuple[LockedOut, ...]:
    """The eligible who are neither in the plan nor told, by name."""
    experts, bench = draft.bench.people.experts, draft.bench
    placed = {pair.person for pair in draft.plan.pairs}
    waiting = [
        person
        for person in np.arange(len(experts.ids))[bench.invited].tolist()
        if person not in placed and experts.ids[person] not in told
    ]
    found = []
    for person in waiting:
        points = ((place.points_of(person), index) for index, place in enumerate(bench.places))
        eligible = [(worth, index) for worth, index in points if worth is not None]
        if eligible:
            worth, index = max(eligible, key=lambda each: (each[0], -each[1]))
            found.append(_held_up(draft, person, index, worth))
    return tuple(sorted(found, key=lambda each: (each.expert_name, each.expert)))


def _held_up(draft: Draft, person: int, index: int, points: int) -> LockedOut:
    experts, opening = draft.bench.people.experts, draft.bench.places[index].opening
    holders = [pair.person for pair in draft.plan.pairs if pair.locked and pair.opening == index]
    return LockedOut(
        expert=experts.ids[person],
        expert_name=experts.names[person],
        opening=opening.id,
        opening_name=opening.name,
        points=points,
        holders=tuple(_other(draft, holder, index) for holder in holders),
    )


def _other(draft: Draft, person: int, place: int, lost: int | None = None) -> Other:
    experts = draft.bench.people.experts
    return Other(experts.ids[person], experts.names[person], draft.bench.places[place].points_of(person) or 0, lost)


def _openings(draft: Draft, standing: Standing) -> tuple[Vacant, ...]:
    filled = Counter(pair.opening for pair in draft.plan.pairs)
    empty = [index for index, place in enumerate(draft.bench.places) if filled[index] < place.seats]
    return tuple(sorted((_vacant(draft, standing, index) for index in empty), key=lambda vacant: vacant.opening))


def _vacant(draft: Draft, standing: Standing, index: int) -> Vacant:
    place, found = draft.bench.places[index], vacancy(standing, index)
    rule = max(
        (count for count in place.scored.eligibility.counts if not count.rule.firm), key=lambda count: count.alone
    )
    return Vacant(
        opening=place.opening.id,
        opening_name=place.opening.name,
        reason=found.reason,
        nearest=tuple(_other(draft, miss.person, index, miss.lost) for miss in found.shortfalls),
        rule=rule.rule.name if rule.alone else "",
        removes=rule.alone,
    )


def _uncovered(bench: Bench) -> tuple[Uncovered, ...]:
    """By capability. Somebody who states no level covers nothing."""
    held = np.nan_to_num(bench.people.roster.levels[bench.invited], nan=-1.0)
    best = held.max(axis=0, initial=-1.0)
    lacking: dict[int, list[Place]] = defaultdict(list)
    for place in bench.places:
        for gap in place.need.open_gaps:
            if best[gap.capability] <= gap.level:
                lacking[gap.capability].append(place)
    axis = bench.people.capabilities
    found = (_gap(axis.ids[index], axis.names[index], places) for index, places in lacking.items())
    return tuple(sorted(found, key=lambda gap: gap.capability))


def _gap(capability: str, name: str, places: list[Place]) -> Uncovered:
    openings = sorted((place.opening for place in places), key=lambda opening: opening.id)
    ids, names = tuple(opening.id for opening in openings), tuple(opening.name for opening in openings)
    return Uncovered(capability, name, ids, names)


def _shortage(draft: Draft) -> Shortage | None:
    found, experts = deficient(draft.market), draft.bench.people.experts
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
