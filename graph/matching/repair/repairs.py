"""Repair a confirmed plan after a change: the best plan that leaves nearly all people where they are.

The best plan of all would often move a dozen people for a point each. A repair ends at most so many of the confirmed
pairs that could still stand; one end is a person moved to another opening or out. What the change itself has ended,
because somebody left or dates no longer fit, does not count, and whoever had nothing may get something.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from graph.errors import InvalidValue
from graph.matching.columns import Flags
from graph.matching.problem.assignment_problem import AssignmentProblem
from graph.matching.repair.move_limit import MoveLimit, best_within_limit, short_chain
from graph.matching.sensitivity.priced_solution import (
    PricedSolution,
    ends_of,
    places,
    price_solution,
    row_of,
    sum_of,
)
from graph.matching.solvers.moves import Move, moves_between
from graph.matching.solvers.outcomes import Outcome
from graph.matching.solvers.plans import (
    Aim,
    Objective,
    Pair,
    make_plan,
    solution_of,
)
from graph.matching.solvers.residual_network import PEOPLE, FlowState, settle

MOST = 3
"""How many confirmed pairs a repair may end where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A repaired plan beside the one before and the best one; people and openings by rows of the input.

    `moves` are all changes, `ended` how many of the pairs that could have stayed did not, `before` and `total` the
    points before and after. `proven` is false only where the integer solver ran out of time: then a better repair
    within the limit may exist. `full`, `full_total` and `full_ended` are the same for a best plan without a limit.
    `blocking` is how many pairs would both rather have each other, of stable plans only; without a limit there is none.
    """

    pairs: tuple[Pair, ...]
    moves: tuple[Move, ...]
    ended: int
    before: float
    total: float
    proven: bool
    full: tuple[Pair, ...]
    full_total: float
    full_ended: int
    blocking: int = 0

    @property
    def price(self) -> float:
        """What a best plan without a limit would gain over this one; below 0 when points are costs."""
        return self.full_total - self.total


def drop_out(priced: PricedSolution, person: int, most: int = MOST) -> Repair:
    """The plan after somebody has left it; all other pairs of the plan are confirmed.

    Without the limit a shortest path for each of their seats (`residual_network.settle`). With it, for somebody with
    one seat one chain of bounded length (`short_chain`), else the integer solver (`best_within_limit`). Exact.

    Arguments: `priced`, the plan before, which is not changed; `person`, a row of the input; `most`, how many of the
    other pairs may end.
    Returns: the repair, with the best plan without the limit beside it.
    Raises: InvalidValue for a limit below 0 and for a person who is not there.
    Complexity: a few milliseconds in a problem of 10,000 by 10,000, beside O(n + m) to report it.
    """
    check_limit(most)
    row = row_of("person", person, priced.problem.person_row)
    if (priced.problem.person[priced.problem.locked] == row).any():
        return repair(_left(priced.problem, row), priced.plan.pairs, most, priced.plan.objective, priced.plan.aim)
    left, freed = leave(priced, row)
    full = left.copy()
    settle(full, freed)
    limit = MoveLimit(left.made, most, priced.seat)
    made, proven = within(left, full, limit, freed)
    return Repair(
        pairs=priced.pairs(made),
        moves=priced.moves(made),
        ended=ended(limit, made),
        before=priced.plan.total,
        total=priced.total(made),
        proven=proven,
        full=priced.pairs(full.made),
        full_total=priced.total(full.made),
        full_ended=ended(limit, full.made),
    )


def price_pairs(problem: AssignmentProblem, pairs: Sequence[Pair], objective: Objective) -> PricedSolution | None:
    """The prices of a plan that was made earlier, if it is still one of the best.

    Arguments: `problem`, as it is now; `pairs` of the plan, by rows of the input; `objective`, what it was made for.
    Returns: the plan with its prices; None where a pair is gone, where there is no room for all of them, where a plan
    with more points has become possible, and where the objective or a limit knows no prices.
    Complexity: that of `duals.prices`, without a plan being made.
    """
    rows, choice = places(problem, ends_of(pairs)), problem.choice()
    if (rows < 0).any():
        return None
    made = np.flatnonzero(np.isin(choice.arcs, rows))
    plan = solution_of(problem, choice, (objective, Aim.MOST), Outcome(made))
    try:
        return price_solution(problem, plan)
    except InvalidValue:
        return None


def leave(priced: PricedSolution, row: int) -> tuple[FlowState, list[int]]:
    """The flow after somebody has left it, by their row in the problem, and the openings that have a seat free now."""
    freed = priced.choice.opening[priced.flow.held(PEOPLE, row)].tolist()
    return priced.flow.without(row), freed


def within(left: FlowState, full: FlowState, limit: MoveLimit, freed: Sequence[int]) -> tuple[Flags, bool]:
    """The arcs (b,) of the best plan under the limit, and whether it is proven.

    `left` is what is left of a plan that was optimal before these seats became free, `full` the best plan now.
    """
    if ended(limit, full.made) <= limit.most:
        return full.made, True
    chained = left.copy()
    for opening in freed:
        changes = list(short_chain(chained, opening, limit.most - ended(limit, chained.made)))
        chained.made[changes] = ~chained.made[changes]
    return (chained.made, True) if len(freed) == 1 else best_within_limit(full, limit, chained.made)


def repair(
    problem: AssignmentProblem,
    before: Sequence[Pair],
    most: int = MOST,
    objective: Objective = Objective.BEST,
    aim: Aim = Aim.MOST,
) -> Repair:
    """The plan of a problem that has changed, ending at most so many of the pairs confirmed before.

    Any change will do: people or openings gone (a load or seats of 0) or new, pairs gone or new, other points. Rows are
    those of the new problem; pairs that it has not, or has no room for beside its locks, the change itself has ended.
    For BEST and FEWEST_UNSERVED. One full plan, one with all confirmed pairs frozen, and between the two the integer
    solver (`best_within_limit`, exact as said there).

    Arguments: `problem`, as it is now; `before`, the confirmed pairs by rows of the input; `most`, how many of them may
    end; `objective` and `aim`, as for the plan.
    Returns: the repair, with the best plan without the limit beside it.
    Raises: InvalidValue for a limit below 0 or another objective, Conflict when quotas have shrunk so far that more
    confirmed pairs have to end.
    """
    check_limit(most)
    priced = price_solution(problem, make_plan(problem, objective, aim))
    rows = places(problem, ends_of(before))
    limit = MoveLimit(np.isin(priced.choice.arcs, rows), most, priced.seat)
    full, made, proven = priced.flow, priced.flow.made, True
    if ended(limit, full.made) > most:
        made, proven = best_within_limit(full, limit, _frozen(priced, limit))
    pairs = priced.pairs(made)
    return Repair(
        pairs=pairs,
        moves=moves_between(before, pairs),
        ended=ended(limit, made),
        before=sum_of(np.array([pair.points for pair in before])) if before else 0,
        total=priced.total(made),
        proven=proven,
        full=priced.plan.pairs,
        full_total=priced.total(full.made),
        full_ended=ended(limit, full.made),
    )


def ended(limit: MoveLimit, made: Flags) -> int:
    """How many confirmed pairs a plan has not."""
    return int((limit.confirmed & ~made).sum())


def check_limit(most: int) -> None:
    """Raise InvalidValue for a limit below 0."""
    if most < 0:
        raise InvalidValue("most", most, "is not a number of pairs; give 0 or more")


def _frozen(priced: PricedSolution, limit: MoveLimit) -> Flags | None:
    """The best plan that ends no confirmed pair, as arcs (b,); None where they have no room together."""
    choice, problem = priced.choice, priced.problem
    for owner, quota in ((choice.person, choice.loads), (choice.opening, choice.seats)):
        if (np.bincount(owner[limit.confirmed], minlength=len(quota)) > quota).any():
            return None
    locked = problem.locked.copy()
    locked[choice.arcs[limit.confirmed]] = True
    plan = make_plan(replace(problem, locked=locked), priced.plan.objective, priced.plan.aim)
    made: Flags = np.isin(choice.arcs, places(problem, ends_of(plan.pairs)))
    return made


def _left(problem: AssignmentProblem, row: int) -> AssignmentProblem:
    """The same problem after somebody has left it, with their locks."""
    loads = problem.loads.copy()
    loads[row] = 0
    return replace(problem, loads=loads, locked=problem.locked & (problem.person != row))
