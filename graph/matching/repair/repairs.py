"""After a plan was confirmed something changes: the best plan that leaves nearly everybody where they are.

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
from graph.matching.repair.move_limit import Cap, capped, short_chain
from graph.matching.sensitivity.priced_solution import (
    PricedSolution,
    ends_of,
    places,
    price_solution,
    row_of,
    sum_of,
)
from graph.matching.solvers.moves import Move, moves_between
from graph.matching.solvers.plans import (
    Aim,
    Objective,
    Pair,
    make_plan,
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
    `blocking` is how many pairs would both rather have each other, told of stable plans alone; without a limit none.
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


def drop_out(standing: PricedSolution, person: int, most: int = MOST) -> Repair:
    """The plan after somebody has left it, a row of the input; all other pairs of the plan are confirmed.

    Without the limit a shortest path for each of their seats (`residuals.settle`); with it, where they had one seat,
    one chain of bounded length (`caps.short_chain`), else the integer solver (`caps.capped`). Exact, and a few
    milliseconds beside O(n + m) to tell of it in a market of 10,000 by 10,000. `standing` stays as it is.
    """
    check_limit(most)
    row = row_of("person", person, standing.market.person_row)
    if (standing.market.person[standing.market.locked] == row).any():
        return repair(
            _left(standing.market, row), standing.plan.pairs, most, standing.plan.objective, standing.plan.aim
        )
    left, freed = leave(standing, row)
    full = left.copy()
    settle(full, freed)
    cap = Cap(left.made, most, standing.seat)
    made, proven = within(left, full, cap, freed)
    return Repair(
        pairs=standing.pairs(made),
        moves=standing.moves(made),
        ended=ended(cap, made),
        before=standing.plan.total,
        total=standing.total(made),
        proven=proven,
        full=standing.pairs(full.made),
        full_total=standing.total(full.made),
        full_ended=ended(cap, full.made),
    )


def leave(standing: PricedSolution, row: int) -> tuple[FlowState, list[int]]:
    """The flow after somebody has left it, by their row in the market, and the openings that have a seat free now."""
    freed = standing.choice.opening[standing.flow.held(PEOPLE, row)].tolist()
    return standing.flow.without(row), freed


def within(left: FlowState, full: FlowState, cap: Cap, freed: Sequence[int]) -> tuple[Flags, bool]:
    """The arcs (b,) of the best plan under the cap, and whether it is proven.

    `left` is what is left of a plan that was optimal before these seats became free, `full` the best plan now.
    """
    if ended(cap, full.made) <= cap.most:
        return full.made, True
    chained = left.copy()
    for opening in freed:
        changes = list(short_chain(chained, opening, cap.most - ended(cap, chained.made)))
        chained.made[changes] = ~chained.made[changes]
    return (chained.made, True) if len(freed) == 1 else capped(full, cap, chained.made)


def repair(
    market: AssignmentProblem,
    before: Sequence[Pair],
    most: int = MOST,
    objective: Objective = Objective.BEST,
    aim: Aim = Aim.MOST,
) -> Repair:
    """The plan of a market that has changed, ending at most so many of the pairs confirmed before.

    Any change will do: people or openings gone (a load or seats of 0) or new, pairs gone or new, other points. Rows
    are those of the new market; pairs that it has not, or has no room for beside its locks, the change itself has
    ended. For BEST and FEWEST_UNSERVED. One full plan, one with all confirmed pairs frozen, and between the two the
    integer solver (`caps.capped`, exact as said there).

    Raises InvalidValue for a limit below 0 or another objective, Conflict when quotas have shrunk so far that more
    confirmed pairs have to end.
    """
    check_limit(most)
    standing = price_solution(market, make_plan(market, objective, aim))
    rows = places(market, ends_of(before))
    cap = Cap(np.isin(standing.choice.arcs, rows), most, standing.seat)
    full, made, proven = standing.flow, standing.flow.made, True
    if ended(cap, full.made) > most:
        made, proven = capped(full, cap, _frozen(standing, cap))
    pairs = standing.pairs(made)
    return Repair(
        pairs=pairs,
        moves=moves_between(before, pairs),
        ended=ended(cap, made),
        before=sum_of(np.array([pair.points for pair in before])) if before else 0,
        total=standing.total(made),
        proven=proven,
        full=standing.plan.pairs,
        full_total=standing.total(full.made),
        full_ended=ended(cap, full.made),
    )


def ended(cap: Cap, made: Flags) -> int:
    """How many confirmed pairs a plan has not."""
    return int((cap.confirmed & ~made).sum())


def check_limit(most: int) -> None:
    """Raise InvalidValue for a limit below 0."""
    if most < 0:
        raise InvalidValue("most", most, "is not a number of pairs; give 0 or more")


def _frozen(standing: PricedSolution, cap: Cap) -> Flags | None:
    """The best plan that ends no confirmed pair, as arcs (b,); None where they have no room together."""
    choice, market = standing.choice, standing.market
    for owner, quota in ((choice.person, choice.loads), (choice.opening, choice.seats)):
        if (np.bincount(owner[cap.confirmed], minlength=len(quota)) > quota).any():
            return None
    locked = market.locked.copy()
    locked[choice.arcs[cap.confirmed]] = True
    plan = make_plan(replace(market, locked=locked), standing.plan.objective, standing.plan.aim)
    made: Flags = np.isin(choice.arcs, places(market, ends_of(plan.pairs)))
    return made


def _left(market: AssignmentProblem, row: int) -> AssignmentProblem:
    """The same market after somebody has left it, with their locks."""
    loads = market.loads.copy()
    loads[row] = 0
    return replace(market, loads=loads, locked=market.locked & (market.person != row))
