"""Repairs where pairs have no prices: of fair and stable plans, and of those with quotas of groups, efforts or teams.

"At most k confirmed pairs end" is "at least all but k are made": one row more in the integer programs of
`integer_programs`, `team_coverage`, `fairness` and `near_stable`, and as exact as they are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from graph.matching.columns import Flags
from graph.matching.problem.assignment_problem import AssignmentProblem, Kept, ReducedProblem
from graph.matching.repair.move_limit import MoveLimit, too_few
from graph.matching.repair.repairs import (
    MOST,
    Repair,
    check_limit,
    ended,
)
from graph.matching.sensitivity.priced_solution import ends_of, places
from graph.matching.solvers import integer_programs, team_coverage
from graph.matching.solvers.fairness import fair
from graph.matching.solvers.integer_programs import is_possible
from graph.matching.solvers.moves import moves_between
from graph.matching.solvers.near_stable import fewest_blocking
from graph.matching.solvers.outcomes import Outcome
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
    problem: AssignmentProblem, before: Sequence[Pair], most: int = MOST, objective: Objective = Objective.BEST
) -> Repair:
    """The plan of a problem that has changed, as `repairs.repair`, for any objective and limit; for points only.

    A stable plan is repaired to the one with the fewest blocking pairs within the limit and, of those, the best total.

    Arguments: `problem`, as it is now; `before`, the confirmed pairs by rows of the input; `most`, how many of them may
    end; `objective`, as for the plan.
    Returns: the repair; `proven` is false where the integer solver was cut off.
    Raises: InvalidValue for a limit below 0 or an objective that does not know a limit of the problem; Conflict when
    quotas cannot be kept or more confirmed pairs have to end; Unavailable when the solver found no plan at all.
    Complexity: exponential in the worst case.
    """
    check_limit(most)
    full = make_plan(problem, objective)
    choice = problem.choice()
    limit = MoveLimit(np.isin(choice.arcs, places(problem, ends_of(before))), most, 0)
    best: Flags = np.isin(choice.arcs, places(problem, ends_of(full.pairs)))
    made, proven = (best, full.is_proven) if ended(limit, best) <= most else _within(choice, limit, objective)
    chosen = problem.locked.copy()
    chosen[choice.arcs[made]] = True
    pairs = pairs_at(problem, np.flatnonzero(chosen))
    return Repair(
        pairs=pairs,
        moves=moves_between(before, pairs),
        ended=ended(limit, made),
        before=sum(pair.points for pair in before),
        total=total_of(problem, chosen),
        proven=proven,
        full=full.pairs,
        full_total=full.total,
        full_ended=ended(limit, best),
        blocking=len(blocking(choice, np.flatnonzero(made))) if objective in STABLE else 0,
    )


def _within(choice: ReducedProblem, limit: MoveLimit, objective: Objective) -> tuple[Flags, bool]:
    """The arcs (b,) of the best plan under the limit, and whether it is proven."""
    least = int(limit.confirmed.sum()) - limit.most
    asked = np.flatnonzero(_in_question(choice, limit, least) | (objective in STABLE))
    kept = replace(choice.only(asked), kept=Kept(limit.confirmed[asked], least))
    if not is_possible(kept):
        raise too_few(limit.most)
    found = _METHODS[objective](kept)
    made = np.zeros(len(choice.arcs), np.bool_)
    made[asked[found.made]] = True
    return made, not (found.fewer or found.lower or found.short)


def _in_question(choice: ReducedProblem, limit: MoveLimit, least: int) -> Flags:
    """Arcs (b,) that some best plan under the limit is made of.

    It has at most so many new pairs. Where it has one with a person who has capacity left beside all that is confirmed,
    and who is not among so many of the best such people of the opening, one of these is in no new pair and would do
    as well. Not so where people differ in more than points, by efforts or in teams.
    """
    if choice.efforts or choice.teams:
        return np.ones(len(choice.arcs), np.bool_)
    filled = np.minimum(choice.seats, np.bincount(choice.opening, minlength=len(choice.seats)))
    busy = np.bincount(choice.person[limit.confirmed], minlength=len(choice.loads)) >= choice.loads
    spare = np.flatnonzero(~limit.confirmed & ~busy[choice.person])
    order = spare[np.lexsort((choice.ties[spare], -choice.points[spare], choice.opening[spare]))]
    place = np.arange(len(order)) - np.searchsorted(choice.opening[order], choice.opening[order])
    asked: Flags = limit.confirmed | busy[choice.person]
    asked[order[place < filled.sum() - least]] = True
    return asked
