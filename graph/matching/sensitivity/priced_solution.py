"""An optimal plan made ready for questions: its prices, its arcs, and the way from rows of the input to both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import fsum
from types import MappingProxyType

import numpy as np

from graph.errors import InvalidValue
from graph.matching.columns import Flags, Fractions, Indexes, Integers, frozen
from graph.matching.problem.assignment_problem import AssignmentProblem, ReducedProblem
from graph.matching.solvers.duals import flags_of, prices, turned_prices
from graph.matching.solvers.moves import Move, moves_between
from graph.matching.solvers.plans import (
    Aim,
    Objective,
    Pair,
    Solution,
    pairs_at,
)
from graph.matching.solvers.residual_network import FlowState

_FILLS: Mapping[tuple[Objective, Aim], bool] = MappingProxyType(
    {
        (Objective.BEST, Aim.MOST): False,
        (Objective.BEST, Aim.LEAST): True,
        (Objective.FEWEST_UNSERVED, Aim.MOST): True,
        (Objective.FEWEST_UNSERVED, Aim.LEAST): True,
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class PricedSolution:
    """A problem, its plan, and the plan as a flow.

    `seat` is what a filled seat counts in the flow beside its points: 0 where only points count, more than all points
    together where the most seats are filled first. Costs count as points below 0. `flow` has the highest prices of
    people and the lowest of openings, `turned` is the same plan with the lowest of people and the highest of openings:
    what one more load of a person would bring, and what one seat less would cost.
    """

    problem: AssignmentProblem
    plan: Solution
    flow: FlowState
    turned: FlowState
    seat: int

    @property
    def choice(self) -> ReducedProblem:
        """What was left to decide."""
        return self.flow.choice

    def arc(self, person: int, opening: int) -> int:
        """The place of a pair in the choice. Raises InvalidValue for a pair that was not to be decided, with why."""
        place = int(places(self.problem, [(person, opening)])[0])
        if place < 0:
            raise InvalidValue("pair", f"{person}={opening}", "is not eligible; ask for the rule that removed it")
        if self.problem.locked[place]:
            raise InvalidValue("pair", f"{person}={opening}", "is locked; ask what the lock costs")
        arc = int(np.searchsorted(self.choice.arcs, place))
        if arc == len(self.choice.arcs) or self.choice.arcs[arc] != place:
            why = "has no free seat, or the person no free capacity, beside the locks; take a lock back or add a seat"
            raise InvalidValue("pair", f"{person}={opening}", why)
        return arc

    def pair(self, arc: int) -> Pair:
        """An arc of the choice as a pair by rows of the input."""
        return pairs_at(self.problem, self.choice.arcs[[arc]])[0]

    def changes(self, made: Flags) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
        """What a plan that makes these arcs (b,) beside the locks gives up of this one, and what it has instead."""
        arcs, held = self.choice.arcs, self.flow.made
        return pairs_at(self.problem, arcs[held & ~made]), pairs_at(self.problem, arcs[made & ~held])

    def pairs(self, made: Flags) -> tuple[Pair, ...]:
        """All pairs of the plan that makes these arcs (b,) beside the locks, in the order of person and opening."""
        given_up, got = self.changes(made)
        gone = set(ends_of(given_up))
        kept = [pair for pair in self.plan.pairs if (pair.person, pair.opening) not in gone]
        return tuple(sorted([*kept, *got], key=lambda pair: (pair.person, pair.opening)))

    def moves(self, made: Flags) -> tuple[Move, ...]:
        """Who goes where between this plan and the one that makes these arcs (b,) beside the locks."""
        return moves_between(*self.changes(made))

    def total(self, made: Flags) -> float:
        """The total, in the numbers as given, of the plan that makes these arcs (b,) beside the locks."""
        return sum_of(self.problem.values[np.append(self.choice.arcs[made], np.flatnonzero(self.problem.locked))])


def price_solution(problem: AssignmentProblem, plan: Solution) -> PricedSolution:
    """The plan made ready, as `make_plan` made it from this problem.

    As `duals.prices`.

    Arguments: `problem`, and the `plan` that `make_plan` made of it.
    Returns: the plan as a flow with the lowest and the highest prices, in points.
    Raises: InvalidValue for an objective other than BEST and FEWEST_UNSERVED, for a problem with quotas of groups,
    efforts or teams, and for a plan that is no optimum of this problem.
    """
    sought, fills = question(problem, plan.objective, plan.aim)
    seat = _seat_worth(sought) if fills else 0
    choice = filling(sought.choice(), seat)
    made = np.flatnonzero(np.isin(choice.arcs, places(problem, ends_of(plan.pairs))))
    flow = FlowState(choice, flags_of(choice, made), prices(choice, made))
    return PricedSolution(problem, plan, flow, flow.copy(turned_prices(choice, made)), seat)


def question(problem: AssignmentProblem, objective: Objective, aim: Aim) -> tuple[AssignmentProblem, bool]:
    """The problem in which more points are better, and whether seats are filled first.

    Raises: as `price_solution`.
    """
    if (objective, aim) not in _FILLS:
        why = "has no price for a pair; plan for the best total or the fewest unserved instead"
        raise InvalidValue("objective", objective.value, why)
    for limit, text in ((problem.regions, "quotas of groups"), (problem.efforts, "efforts"), (problem.teams, "teams")):
        if limit is not None:
            why = "leave no price for a pair; plan without them instead"
            raise InvalidValue("limits", text, why)
    return (problem if aim is Aim.MOST else problem.turned()), _FILLS[objective, aim]


def filling(choice: ReducedProblem, seat: int) -> ReducedProblem:
    """The same choice where every pair is worth so many points more.

    With more than twice what two plans can differ by, the best total is the most seats filled and then the most
    points, so that prices and every question after them hold for the fullest plans too.
    """
    return replace(choice, points=frozen(choice.points + seat))


def _seat_worth(problem: AssignmentProblem) -> int:
    """More than twice what two plans can differ by in points."""
    pairs = min(int(problem.seats.sum()), int(problem.loads.sum()), len(problem.points))
    return 4 * int(np.abs(problem.points).max(initial=0)) * pairs + 1


def places(problem: AssignmentProblem, pairs: Iterable[tuple[int, int]]) -> Integers:
    """The places of pairs of input rows among the arcs of a problem, (k,); -1 for what is not an eligible pair."""
    rows = np.array(list(pairs), np.int64).reshape(-1, 2)
    known = (rows >= 0).all(axis=1) & (rows[:, 0] < len(problem.loads)) & (rows[:, 1] < len(problem.seats))
    found = np.full(len(rows), -1)
    person, opening = (np.argsort(order)[rows[known, end]] for end, order in enumerate(_orders(problem)))
    keys = problem.person.astype(np.int64) * len(problem.seats) + problem.opening
    asked = person * len(problem.seats) + opening
    place = np.searchsorted(keys, asked)
    there = (place < len(keys)) & (keys[np.minimum(place, len(keys) - 1)] == asked) if len(keys) else place < 0
    found[known] = np.where(there, place, -1)
    return found


def row_of(field: str, row: int, order: Indexes) -> int:
    """Where a row of the input stands in a problem.

    Raises: InvalidValue for one that is not there.
    """
    if not 0 <= row < len(order):
        raise InvalidValue(field, row, f"is not there; give 0 to {len(order) - 1}")
    return int(np.flatnonzero(order == row)[0])


def sum_of(numbers: Integers | Fractions) -> float:
    """Their sum, whole when all are and exact."""
    return int(numbers.sum()) if numbers.dtype.kind == "i" else fsum(numbers.tolist())


def ends_of(pairs: Iterable[Pair]) -> list[tuple[int, int]]:
    """Person and opening of each pair."""
    return [(pair.person, pair.opening) for pair in pairs]


def unlocked(problem: AssignmentProblem, place: int) -> AssignmentProblem:
    """The same problem with one lock taken back."""
    locked = problem.locked.copy()
    locked[place] = False
    return replace(problem, locked=locked)


def _orders(problem: AssignmentProblem) -> tuple[Integers, Integers]:
    return problem.person_row.astype(np.int64), problem.opening_row.astype(np.int64)
