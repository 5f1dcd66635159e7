"""Explain: why somebody is in a seat or is not, how far off, and the smallest change that would put them in.

Nothing is worded after the event: every number is a difference between two plans, and every change was made and
planned again before it is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import reduce

from graph.connection import Graph
from graph.domain.marks import Audience
from graph.errors import Conflict
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem
from graph.matching.sensitivity.changes import (
    Change,
    Step,
    changes,
    joined,
    repairs,
)
from graph.matching.sensitivity.priced_solution import price_solution
from graph.matching.sensitivity.shortfalls import lock_cost, points_short, runners_up
from graph.matching.solvers.moves import Move, moves_between
from graph.matching.solvers.plans import Objective, Pair, make_plan
from graph.services.matching.change_text import words
from graph.services.planning.plan import Draft, make_draft
from graph.services.planning.workspace import PlanRequest, PlanWorkspace, load_workspace

UNPROVEN = "How far off a pair is cannot be said here: the solver has not settled the plan with it or without it."
_ROUNDED = 2  # points of a team and of its members alone are rounded apart


class PairVerdict(StrEnum):
    """Where a person stands with an opening in a plan."""

    PLACED = "placed"
    LOCKED = "locked"
    EXCLUDED = "excluded"
    UNINVITED = "uninvited"
    RULED_OUT = "ruled_out"
    BELOW_FLOOR = "below_floor"
    TOO_LONG = "too_long"
    SEATS_LOCKED = "seats_locked"
    HANDS_LOCKED = "hands_locked"
    LEFT_OUT = "left_out"


_DECIDED = (PairVerdict.EXCLUDED, PairVerdict.UNINVITED, PairVerdict.SEATS_LOCKED, PairVerdict.HANDS_LOCKED)
"""What no change to the person would alter: the planner alone."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that removes the person, and whether it may be switched off."""

    rule: str
    sentence: str
    firm: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody goes from one opening to another in the plan that was compared; empty is nowhere."""

    expert: str
    expert_name: str
    origin: str
    origin_name: str
    destination: str
    destination_name: str


@dataclass(frozen=True, slots=True)
class OtherPerson:
    """Another person for the same seat, and what the plan loses with them in it; None where that was not asked."""

    expert: str
    expert_name: str
    points: int
    lost: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The answer about one person and one opening; what does not apply is None or empty.

    `points` of the pair, None for the ruled out. `rules` that remove the person. `lost` is what the plan's total
    loses when the pair is forced into it, `fewer` how many seats, with the `turns` this takes; `needed` points more
    would make the pair certain. For a pair of a plan without prices, `lost` is what the best plan without it loses;
    `proven` is false where the solver has not settled one of the plans, so that these are not told. `rivals` hold the
    seats; `runners_up` are next for the person's own. `changes` are the fewest and smallest changes to the person
    after which the plan has the pair, none where no such were found; `seat` says whether one more seat would do.
    """

    expert: str
    expert_name: str
    opening: str
    opening_name: str
    objective: str
    verdict: PairVerdict
    points: int | None = None
    rules: tuple[Broken, ...] = ()
    lost: int | None = None
    fewer: int = 0
    needed: int | None = None
    rivals: tuple[OtherPerson, ...] = ()
    runners_up: tuple[OtherPerson, ...] = ()
    turns: tuple[Turn, ...] = ()
    changes: tuple[str, ...] = ()
    seat: bool = False
    proven: bool = True


@dataclass(frozen=True, slots=True)
class _Shortfall:
    lost: int | None = None
    fewer: int = 0
    needed: int | None = None
    turns: tuple[Turn, ...] = ()
    proven: bool = True


def explain_pair(
    graph: Graph, audience: Audience, wanted: PlanRequest, objective: Objective, names: tuple[str, str]
) -> Why:
    """Why an expert (by id) is or is not in an opening, in the plan of this bench. The opening comes on the bench.

    Raises NotFound for what the viewer may not see, and what `load_workspace` and `make_plan` raise.
    """
    with_it = replace(wanted, openings=(*wanted.openings, names[1])) if wanted.openings else wanted
    return explain(make_draft(load_workspace(graph, audience, with_it, datetime.now(UTC).date()), objective), names)


def explain(draft: Draft, names: tuple[str, str]) -> Why:
    """The same for a plan at hand. O(b log b) for how far off; a plan for every change that is tried."""
    bench = draft.bench
    person, place = pair = bench.pair(names)
    verdict = _verdict(draft, pair)
    found = Why(
        expert=names[0],
        expert_name=bench.people.experts.names[person],
        opening=names[1],
        opening_name=bench.places[place].opening.name,
        objective=draft.plan.objective.value,
        verdict=verdict,
        points=_points(bench, pair),
        rules=_rules(bench, pair),
    )
    if verdict is PairVerdict.PLACED:
        return _placed(draft, pair, found)
    if verdict is PairVerdict.LOCKED:
        lost = _lock_cost(draft, pair)
        return replace(found, lost=lost, proven=lost is not None)
    if verdict in (PairVerdict.RULED_OUT, PairVerdict.BELOW_FLOOR, PairVerdict.TOO_LONG):
        return replace(found, changes=_smallest_changes(draft, pair))
    if verdict is PairVerdict.SEATS_LOCKED:
        return replace(found, rivals=_rivals(draft, place), seat=_one_more_seat(draft, pair))
    if verdict is PairVerdict.LEFT_OUT:
        return _left_out(draft, pair, found)
    return found


def _verdict(draft: Draft, pair: tuple[int, int]) -> PairVerdict:
    bench, (person, place) = draft.bench, pair
    held = {(found.person, found.opening): found.locked for found in draft.plan.pairs}
    if pair in held:
        return PairVerdict.LOCKED if held[pair] else PairVerdict.PLACED
    if not bench.places[place].scored.eligibility.eligible[person]:
        return PairVerdict.RULED_OUT
    if not bench.invited[person]:
        return PairVerdict.UNINVITED
    if pair in {bench.pair(names) for names in bench.wanted.exclusions}:
        return PairVerdict.EXCLUDED
    return _limit(bench, pair) or PairVerdict.LEFT_OUT


def _limit(bench: PlanWorkspace, pair: tuple[int, int]) -> PairVerdict | None:
    """What keeps an eligible pair out of any plan of this bench."""
    if (_points(bench, pair) or 0) < bench.wanted.floor:
        return PairVerdict.BELOW_FLOOR
    if bench.wanted.efforts and bench.places[pair[1]].need.days > bench.days[pair[0]]:
        return PairVerdict.TOO_LONG
    locks = [bench.pair(names) for names in bench.wanted.locks]
    if sum(place == pair[1] for _, place in locks) >= bench.places[pair[1]].seats:
        return PairVerdict.SEATS_LOCKED
    if sum(person == pair[0] for person, _ in locks) >= bench.loads[pair[0]]:
        return PairVerdict.HANDS_LOCKED
    return None


def _points(bench: PlanWorkspace, pair: tuple[int, int]) -> int | None:
    return bench.places[pair[1]].points_of(pair[0])


def _rules(bench: PlanWorkspace, pair: tuple[int, int]) -> tuple[Broken, ...]:
    reasons = bench.places[pair[1]].scored.eligibility.reasons(pair[0])
    return tuple(Broken(rule.name, rule.sentence, rule.firm) for rule in reasons)


def _placed(draft: Draft, pair: tuple[int, int], found: Why) -> Why:
    """Who is next for the seat or, where nobody has a price, what the best plan without the pair is."""
    if draft.is_priced:
        return replace(found, runners_up=_runners_up(draft, pair))
    columns = draft.bench.market()
    return _told(found, _compared(draft, replace(columns, exclusions=[*columns.exclusions, pair])))


def _left_out(draft: Draft, pair: tuple[int, int], found: Why) -> Why:
    return replace(
        _told(found, _shortfall(draft, pair)),
        rivals=_rivals(draft, pair[1]),
        changes=_smallest_changes(draft, pair),
        seat=_one_more_seat(draft, pair),
    )


def _told(found: Why, short: _Shortfall) -> Why:
    return replace(
        found, lost=short.lost, fewer=short.fewer, needed=short.needed, turns=short.turns, proven=short.proven
    )


def _shortfall(draft: Draft, pair: tuple[int, int]) -> _Shortfall:
    """What forcing the pair costs."""
    if draft.is_priced:
        found = points_short(price_solution(draft.market, draft.plan), *pair)
        return _Shortfall(found.lost, found.seats, found.needed, turns(draft.bench, found.moves))
    columns = draft.bench.market()
    return _compared(draft, replace(columns, locks=[*columns.locks, pair]))


def _compared(draft: Draft, columns: ProblemColumns) -> _Shortfall:
    """What the plan of another market loses, and who moves for it; nothing where there is no such plan."""
    one = draft.plan
    try:
        other = make_plan(build_problem(columns), one.objective)
    except Conflict:
        return _Shortfall()
    if not (one.is_proven and other.is_proven):
        return _Shortfall(proven=False)
    moved = turns(draft.bench, moves_between(one.pairs, other.pairs))
    return _Shortfall(round(one.total - other.total), max(len(one.pairs) - len(other.pairs), 0), None, moved)


def turns(bench: PlanWorkspace, moves: Iterable[Move]) -> tuple[Turn, ...]:
    """Moves between rows of a bench, in records."""
    experts = bench.people.experts

    def opening(place: int | None) -> tuple[str, str]:
        if place is None:
            return "", ""
        found = bench.places[place].opening
        return found.id, found.name

    return tuple(
        Turn(experts.ids[move.person], experts.names[move.person], *opening(move.origin), *opening(move.destination))
        for move in moves
    )


def _other(bench: PlanWorkspace, pair: tuple[int, int], lost: int | None = None) -> OtherPerson:
    experts = bench.people.experts
    return OtherPerson(experts.ids[pair[0]], experts.names[pair[0]], _points(bench, pair) or 0, lost)


def _rivals(draft: Draft, place: int) -> tuple[OtherPerson, ...]:
    holders = [found for found in draft.plan.pairs if found.opening == place]
    if len(holders) < draft.bench.places[place].seats:
        return ()
    return tuple(_other(draft.bench, (found.person, place)) for found in holders)


def _runners_up(draft: Draft, pair: tuple[int, int]) -> tuple[OtherPerson, ...]:
    found = runners_up(price_solution(draft.market, draft.plan), *pair)
    return tuple(_other(draft.bench, (runner.person, pair[1]), runner.lost) for runner in found)


def _lock_cost(draft: Draft, pair: tuple[int, int]) -> int | None:
    """What the plan's total would gain without this lock, None where that is not settled."""
    if draft.is_priced:
        return lock_cost(price_solution(draft.market, draft.plan), *pair)[0]
    columns = draft.bench.market()
    market = build_problem(replace(columns, locks=[lock for lock in columns.locks if lock != pair]))
    free = make_plan(market, draft.plan.objective)
    return round(free.total - draft.plan.total) if free.is_proven and draft.plan.is_proven else None


def _one_more_seat(draft: Draft, pair: tuple[int, int]) -> bool:
    columns = draft.bench.market()
    seats = [place.seats + (index == pair[1]) for index, place in enumerate(draft.bench.places)]
    return _has(make_plan(build_problem(replace(columns, seats=seats)), draft.plan.objective).pairs, pair)


def _smallest_changes(draft: Draft, pair: tuple[int, int]) -> tuple[str, ...]:
    """What the rules leave no choice about and, where that is not enough, the smallest one more; proved by a plan."""
    bench, (person, place) = draft.bench, pair
    broken = [rule.name for rule in bench.places[place].scored.eligibility.reasons(person)]
    needed = repairs(bench.people.roster, bench.places[place].need, person, broken)
    if needed is None:
        return ()
    mended = make_draft(_changed(bench, person, needed), draft.plan.objective) if needed else draft
    if _verdict(mended, pair) in _DECIDED:
        return ()
    if _has(mended.plan.pairs, pair):
        return tuple(words(bench.people, change) for change in needed)
    more = _smallest_step(mended, pair)
    return tuple(words(bench.people, change) for change in joined(needed, more)) if more else ()


def _smallest_step(draft: Draft, pair: tuple[int, int]) -> Step | None:
    bench, (person, place) = draft.bench, pair
    least = (_points(bench, pair) or 0) + _least_gain(draft, pair)
    for change in changes(bench.people.roster, bench.places[place].need, person):
        points = bench.places[place].rescored(change.apply(bench.people.roster, person), bench.wanted).points_of(person)
        if points is not None and points >= least:
            after = make_draft(_changed(bench, person, [change]), draft.plan.objective)
            if _has(after.plan.pairs, pair):
                return change
    return None


def _least_gain(draft: Draft, pair: tuple[int, int]) -> int:
    """Fewer points more than this cannot do. With a second hand they might come from another opening."""
    missing = draft.bench.wanted.floor - (_points(draft.bench, pair) or 0)
    if missing > 0:
        return missing
    if draft.bench.wanted.efforts:  # more days may be all that is missing
        return 0
    if draft.plan.objective is Objective.BEST and draft.bench.loads[pair[0]] == 1:
        lost = _shortfall(draft, pair).lost
        return 1 if lost is None else lost - (_ROUNDED if draft.market.teams else 0)
    return 1


def _changed(bench: PlanWorkspace, person: int, made: Iterable[Change]) -> PlanWorkspace:
    """The bench with everybody scored again after the changes."""
    roster = reduce(lambda before, change: change.apply(before, person), made, bench.people.roster)
    places = tuple(place.rescored(roster, bench.wanted) for place in bench.places)
    return replace(bench, people=replace(bench.people, roster=roster), places=places)


def _has(pairs: Iterable[Pair], pair: tuple[int, int]) -> bool:
    return any((found.person, found.opening) == pair for found in pairs)
