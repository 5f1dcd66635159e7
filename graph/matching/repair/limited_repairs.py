"""Repairs where pairs have no prices: of fair and stable plans, and of those with quotas of groups, efforts or teams.

At most so many confirmed pairs end where at least all but so many are made: one row more in the integer programmes that
`programmes`, `covers`, `fairness` and `near_stable` settle, and as exact as they are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from graph.matching.columns import Flags
from graph.matching.problem.assignment_problem import AssignmentProblem, Kept, ReducedProblem
from graph.matching.repair.move_limit import Cap, too_few
from graph.matching.repair.repairs import (
    MOST,
    Repair,
    check_limit,
    ended,
)
from graph.matching.sensitivity.priced_solution import ends_of, places
from graph.matching.solvers import integer_programs, team_coverage
from graph.matching.solvers.fairness import fair
from graph.matching.solvers.integer_programs import Outcome, is_possible
from graph.matching.solvers.moves import moves_between
from graph.matching.solvers.near_stable import fewest_blocking
from graph.matching.solvers.plans import (
    STABLE,
    Objective,
    Pair,
    make_plan,
    pairs_at,
    total_of,
)
from graph.matching.solvers.stability import blocking

_METHODS: Mapping[Objective, Callable[[ReducedProblem], Outcome]] = MappingProxyType(
    {
        Objective.BEST: lambda choice: (
            team_coverage.best_teams(choice) if choice.teams else integer_programs.best(choice)
        ),
        Objective.FEWEST_UNSERVED: lambda choice: (
            team_coverage.fullest_teams(choice) if choice.teams else integer_programs.fullest(choice)
        ),
        Objective.FAIR: fair,
        Objective.HOST_STABLE: fewest_blocking,
        Objective.EXPERT_STABLE: fewest_blocking,
    }
)


def repair_limited(
    market: AssignmentProblem, before: Sequence[Pair], most: int = MOST, objective: Objective = Objective.BEST
) -> Repair:
    """The plan of a market that has changed, as `repairs.repair`, whatever its objective and limits; for points only.

    A stable plan is mended to the one with the fewest blocking pairs within the limit, and of those with the best
    total. `proven` is false where the integer solver was cut off. Exponential in the worst case. Raises InvalidValue
    for a limit below 0 or an objective that does not know a limit of the market, Conflict when quotas cannot be kept or
    more confirmed pairs have to end, and Unavailable when the solver found no plan at all.
    """
    check_limit(most)
    full = make_plan(market, objective)
    choice = market.choice()
    cap = Cap(np.isin(choice.arcs, places(market, ends_of(before))), most, 0)
    best: Flags = np.isin(choice.arcs, places(market, ends_of(full.pairs)))
    made, proven = (best, full.is_proven) if ended(cap, best) <= most else _within(choice, cap, objective)
    chosen = market.locked.copy()
    chosen[choice.arcs[made]] = True
    pairs = pairs_at(market, np.flatnonzero(chosen))
    return Repair(
        pairs=pairs,
        moves=moves_between(before, pairs),
        ended=ended(cap, made),
        before=sum(pair.points for pair in before),
        total=total_of(market, chosen),
        proven=proven,
        full=full.pairs,
        full_total=full.total,
        full_ended=ended(cap, best),
        blocking=len(blocking(choice, np.flatnonzero(made))) if objective in STABLE else 0,
    )


def _within(choice: ReducedProblem, cap: Cap, objective: Objective) -> tuple[Flags, bool]:
    """The arcs (b,) of the best plan under the cap, and whether it is proven."""
    least = int(cap.confirmed.sum()) - cap.most
    asked = np.flatnonzero(_in_question(choice, cap, least) | (objective in STABLE))
    kept = replace(choice.only(asked), kept=Kept(cap.confirmed[asked], least))
    if not is_possible(kept):
        raise too_few(cap.most)
    found = _METHODS[objective](kept)
    made = np.zeros(len(choice.arcs), np.bool_)
    made[asked[found.made]] = True
    return made, not (found.fewer or found.lower or found.short)


def _in_question(choice: ReducedProblem, cap: Cap, least: int) -> Flags:
    """Arcs (b,) that some best plan under the cap is made of.

    It has at most so many new pairs. Where it has one with somebody who has a hand free beside all that is confirmed,
    and who is not among so many of the best such people of the opening, one of these is in no new pair and would do
    as well. Not so where people differ in more than points, by efforts or in teams.
    """
    if choice.efforts or choice.teams:
        return np.ones(len(choice.arcs), np.bool_)
    filled = np.minimum(choice.seats, np.bincount(choice.opening, minlength=len(choice.seats)))
    busy = np.bincount(choice.person[cap.confirmed], minlength=len(choice.loads)) >= choice.loads
    spare = np.flatnonzero(~cap.confirmed & ~busy[choice.person])
    order = spare[np.lexsort((choice.ties[spare], -choice.points[spare], choice.opening[spare]))]
    place = np.arange(len(order)) - np.searchsorted(choice.opening[order], choice.opening[order])
    asked: Flags = cap.confirmed | busy[choice.person]
    asked[order[place < filled.sum() - least]] = True
    return asked
