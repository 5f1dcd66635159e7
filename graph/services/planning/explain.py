"""Explain why a person is in an opening or is not, how far off, and the smallest change that would put them in.

Every number is a difference between two plans, and every change was tried and planned again before it is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce

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
from graph.services.planning.plan import SolvedPlan, solve_workspace
from graph.services.planning.workspace import PlanRequest, PlanWorkspace

UNPROVEN = "How far off a pair is cannot be said here: the solver has not settled the plan with it or without it."
_ROUNDED = 2  # points of a team and of its members alone are rounded apart


class PairVerdict(StrEnum):
    """What a plan says about a person and an opening."""

    PLACED = "placed"
    LOCKED = "locked"
    EXCLUDED = "excluded"
    UNINVITED = "uninvited"
    RULED_OUT = "ruled_out"
    BELOW_FLOOR = "below_floor"
    TOO_LONG = "too_long"
    SEATS_LOCKED = "seats_locked"
    CAPACITY_LOCKED = "hands_locked"
    LEFT_OUT = "left_out"


_DECIDED = (PairVerdict.EXCLUDED, PairVerdict.UNINVITED, PairVerdict.SEATS_LOCKED, PairVerdict.CAPACITY_LOCKED)
"""Verdicts that only the planner can change, not the person."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that removes the person, and whether it may be switched off."""

    rule: str
    sentence: str
    firm: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """A person goes from one opening to another in the plan compared with; an empty id is no opening."""

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
    `proven` is false where the solver has not settled one of the plans, so that these are unknown. `rivals` hold the
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


def including(request: PlanRequest, opening: str) -> PlanRequest:
    """The request with this opening (id) among those to plan for, so that a pair of it can be explained."""
    return replace(request, openings=(*request.openings, opening)) if request.openings else request


def explain(solved: SolvedPlan, names: tuple[str, str]) -> Why:
    """Why an expert is or is not in an opening (both by id), in this plan.

    Raises NotFound for a person or an opening that is not in the workspace, and what `make_plan` raises. O(b log b) for
    how far off the pair is, and one plan for every change that is tried.
    """
    workspace = solved.workspace
    person, opening = pair = workspace.pair(names)
    verdict = _verdict(solved, pair)
    found = Why(
        expert=names[0],
        expert_name=workspace.people.experts.names[person],
        opening=names[1],
        opening_name=workspace.openings[opening].record.name,
        objective=solved.solution.objective.value,
        verdict=verdict,
        points=_points(workspace, pair),
        rules=_rules(workspace, pair),
    )
    if verdict is PairVerdict.PLACED:
        return _with_runners_up(solved, pair, found)
    if verdict is PairVerdict.LOCKED:
        lost = _lock_cost(solved, pair)
        return replace(found, lost=lost, proven=lost is not None)
    if verdict in (PairVerdict.RULED_OUT, PairVerdict.BELOW_FLOOR, PairVerdict.TOO_LONG):
        return replace(found, changes=_smallest_changes(solved, pair))
    if verdict is PairVerdict.SEATS_LOCKED:
        return replace(found, rivals=_rivals(solved, opening), seat=_one_more_seat(solved, pair))
    if verdict is PairVerdict.LEFT_OUT:
        return _left_out(solved, pair, found)
    return found


def _verdict(solved: SolvedPlan, pair: tuple[int, int]) -> PairVerdict:
    workspace, (person, opening) = solved.workspace, pair
    held = {(found.person, found.opening): found.locked for found in solved.solution.pairs}
    if pair in held:
        return PairVerdict.LOCKED if held[pair] else PairVerdict.PLACED
    if not workspace.openings[opening].scored.eligibility.eligible[person]:
        return PairVerdict.RULED_OUT
    if not workspace.invited[person]:
        return PairVerdict.UNINVITED
    if pair in {workspace.pair(names) for names in workspace.request.exclusions}:
        return PairVerdict.EXCLUDED
    return _limit(workspace, pair) or PairVerdict.LEFT_OUT


def _limit(workspace: PlanWorkspace, pair: tuple[int, int]) -> PairVerdict | None:
    """What keeps an eligible pair out of any plan of this workspace."""
    if (_points(workspace, pair) or 0) < workspace.request.floor:
        return PairVerdict.BELOW_FLOOR
    if workspace.request.efforts and workspace.openings[pair[1]].need.days > workspace.days[pair[0]]:
        return PairVerdict.TOO_LONG
    locks = [workspace.pair(names) for names in workspace.request.locks]
    if sum(opening == pair[1] for _, opening in locks) >= workspace.openings[pair[1]].seats:
        return PairVerdict.SEATS_LOCKED
    if sum(person == pair[0] for person, _ in locks) >= workspace.loads[pair[0]]:
        return PairVerdict.CAPACITY_LOCKED
    return None


def _points(workspace: PlanWorkspace, pair: tuple[int, int]) -> int | None:
    return workspace.openings[pair[1]].points_of(pair[0])


def _rules(workspace: PlanWorkspace, pair: tuple[int, int]) -> tuple[Broken, ...]:
    reasons = workspace.openings[pair[1]].scored.eligibility.reasons(pair[0])
    return tuple(Broken(rule.name, rule.sentence, rule.firm) for rule in reasons)


def _with_runners_up(solved: SolvedPlan, pair: tuple[int, int], found: Why) -> Why:
    """The answer with the next people for the seat or, where there are no prices, the best plan without the pair."""
    if solved.is_priced:
        return replace(found, runners_up=_runners_up(solved, pair))
    columns = solved.workspace.problem_columns()
    return _with_shortfall(found, _compared(solved, replace(columns, exclusions=[*columns.exclusions, pair])))


def _left_out(solved: SolvedPlan, pair: tuple[int, int], found: Why) -> Why:
    return replace(
        _with_shortfall(found, _shortfall(solved, pair)),
        rivals=_rivals(solved, pair[1]),
        changes=_smallest_changes(solved, pair),
        seat=_one_more_seat(solved, pair),
    )


def _with_shortfall(found: Why, short: _Shortfall) -> Why:
    return replace(
        found, lost=short.lost, fewer=short.fewer, needed=short.needed, turns=short.turns, proven=short.proven
    )


def _shortfall(solved: SolvedPlan, pair: tuple[int, int]) -> _Shortfall:
    """What forcing the pair costs."""
    if solved.is_priced:
        found = points_short(price_solution(solved.problem, solved.solution), *pair)
        return _Shortfall(found.lost, found.seats, found.needed, turns(solved.workspace, found.moves))
    columns = solved.workspace.problem_columns()
    return _compared(solved, replace(columns, locks=[*columns.locks, pair]))


def _compared(solved: SolvedPlan, columns: ProblemColumns) -> _Shortfall:
    """What the plan of another problem loses, and who moves for it; nothing where there is no such plan."""
    one = solved.solution
    try:
        other = make_plan(build_problem(columns), one.objective)
    except Conflict:
        return _Shortfall()
    if not (one.is_proven and other.is_proven):
        return _Shortfall(proven=False)
    moved = turns(solved.workspace, moves_between(one.pairs, other.pairs))
    return _Shortfall(round(one.total - other.total), max(len(one.pairs) - len(other.pairs), 0), None, moved)


def turns(workspace: PlanWorkspace, moves: Iterable[Move]) -> tuple[Turn, ...]:
    """Moves between rows of a workspace, in records."""
    experts = workspace.people.experts

    def named(opening: int | None) -> tuple[str, str]:
        if opening is None:
            return "", ""
        record = workspace.openings[opening].record
        return record.id, record.name

    return tuple(
        Turn(experts.ids[move.person], experts.names[move.person], *named(move.origin), *named(move.destination))
        for move in moves
    )


def _other(workspace: PlanWorkspace, pair: tuple[int, int], lost: int | None = None) -> OtherPerson:
    experts = workspace.people.experts
    return OtherPerson(experts.ids[pair[0]], experts.names[pair[0]], _points(workspace, pair) or 0, lost)


def _rivals(solved: SolvedPlan, opening: int) -> tuple[OtherPerson, ...]:
    holders = [found for found in solved.solution.pairs if found.opening == opening]
    if len(holders) < solved.workspace.openings[opening].seats:
        return ()
    return tuple(_other(solved.workspace, (found.person, opening)) for found in holders)


def _runners_up(solved: SolvedPlan, pair: tuple[int, int]) -> tuple[OtherPerson, ...]:
    found = runners_up(price_solution(solved.problem, solved.solution), *pair)
    return tuple(_other(solved.workspace, (runner.person, pair[1]), runner.lost) for runner in found)


def _lock_cost(solved: SolvedPlan, pair: tuple[int, int]) -> int | None:
    """What the plan's total would gain without this lock, None where that is not settled."""
    if solved.is_priced:
        return lock_cost(price_solution(solved.problem, solved.solution), *pair)[0]
    columns = solved.workspace.problem_columns()
    problem = build_problem(replace(columns, locks=[lock for lock in columns.locks if lock != pair]))
    free = make_plan(problem, solved.solution.objective)
    return round(free.total - solved.solution.total) if free.is_proven and solved.solution.is_proven else None


def _one_more_seat(solved: SolvedPlan, pair: tuple[int, int]) -> bool:
    columns = solved.workspace.problem_columns()
    seats = [opening.seats + (index == pair[1]) for index, opening in enumerate(solved.workspace.openings)]
    return _has(make_plan(build_problem(replace(columns, seats=seats)), solved.solution.objective).pairs, pair)


def _smallest_changes(solved: SolvedPlan, pair: tuple[int, int]) -> tuple[str, ...]:
    """What the rules leave no choice about and, where that is not enough, the smallest one more; proved by a plan."""
    workspace, (person, opening) = solved.workspace, pair
    broken = [rule.name for rule in workspace.openings[opening].scored.eligibility.reasons(person)]
    needed = repairs(workspace.people.roster, workspace.openings[opening].need, person, broken)
    if needed is None:
        return ()
    mended = solve_workspace(_changed(workspace, person, needed), solved.solution.objective) if needed else solved
    if _verdict(mended, pair) in _DECIDED:
        return ()
    if _has(mended.solution.pairs, pair):
        return tuple(words(workspace.people, change) for change in needed)
    more = _smallest_step(mended, pair)
    return tuple(words(workspace.people, change) for change in joined(needed, more)) if more else ()


def _smallest_step(solved: SolvedPlan, pair: tuple[int, int]) -> Step | None:
    workspace, (person, opening) = solved.workspace, pair
    least = (_points(workspace, pair) or 0) + _least_gain(solved, pair)
    for change in changes(workspace.people.roster, workspace.openings[opening].need, person):
        points = (
            workspace.openings[opening]
            .rescored(change.apply(workspace.people.roster, person), workspace.request)
            .points_of(person)
        )
        if points is not None and points >= least:
            after = solve_workspace(_changed(workspace, person, [change]), solved.solution.objective)
            if _has(after.solution.pairs, pair):
                return change
    return None


def _least_gain(solved: SolvedPlan, pair: tuple[int, int]) -> int:
    """Fewer points more than this cannot do. A person who can take a second opening might come from there."""
    missing = solved.workspace.request.floor - (_points(solved.workspace, pair) or 0)
    if missing > 0:
        return missing
    if solved.workspace.request.efforts:  # more days may be all that is missing
        return 0
    if solved.solution.objective is Objective.BEST and solved.workspace.loads[pair[0]] == 1:
        lost = _shortfall(solved, pair).lost
        return 1 if lost is None else lost - (_ROUNDED if solved.problem.teams else 0)
    return 1


def _changed(workspace: PlanWorkspace, person: int, made: Iterable[Change]) -> PlanWorkspace:
    """The workspace with everybody scored again, after these changes to a person."""
    roster = reduce(lambda before, change: change.apply(before, person), made, workspace.people.roster)
    openings = tuple(opening.rescored(roster, workspace.request) for opening in workspace.openings)
    return replace(workspace, people=replace(workspace.people, roster=roster), openings=openings)


def _has(pairs: Iterable[Pair], pair: tuple[int, int]) -> bool:
    return any((found.person, found.opening) == pair for found in pairs)
