"""Plans as integer programs, for limits that are no flow: one variable an arc, made or not.

HiGHS, as it comes with scipy, settles them. Unless a `Search` says otherwise, every question may take `NODES` nodes of
its search and all questions of a plan `SECONDS` together. Where nodes run out, the answer is the same on every machine;
only where the seconds do, a faster machine may find a better plan. Either way what was found comes with a bound that no
plan can exceed.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from graph.errors import Unavailable
from graph.matching.columns import Fractions, Indexes, Integers
from graph.matching.problem.assignment_problem import ReducedProblem
from graph.matching.solvers.outcomes import Outcome, Search

SECONDS = 30.0
"""How long all questions of one plan to the integer solver may take."""

NODES = 200
"""How many nodes of its search the integer solver may look at for one question."""

LARGEST = 10_000.0
"""The size of the largest points in the integer solver's numbers."""

_SETTLED, _IMPOSSIBLE = 0, 2
_NEAR = 1e-4  # what the integer solver calls whole may be off by as much, in points


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """The most of `gains` (v,) within rows and from `low` (v,) to `high` (v,); the first variables are the arcs.

    `whole` (v,) tells variables that count in whole numbers; `gap` is the part of the gain that may be left unproved,
    `spared` the part of the time of the plan that is left for later questions.
    """

    gains: Fractions
    rows: Sequence[LinearConstraint]
    low: Fractions
    high: Fractions
    whole: Integers
    gap: float = 0.0
    spared: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class ProgramAnswer:
    """The variables (v,), None where there is nothing or nothing was found, and the gain no other answer exceeds.

    `bound` is minus infinity where it is certain that there is nothing.
    """

    found: Fractions | None
    bound: float

    @property
    def impossible(self) -> bool:
        """Whether it is certain that there is nothing."""
        return self.bound == -np.inf

    def made(self, arcs: int) -> Integers | None:
        """The arcs made, of so many."""
        return None if self.found is None else np.flatnonzero(self.found[:arcs] > 0.5)


class Solver:
    """The integer solver with one clock for all questions of a plan; without a search to go by the usual limits."""

    def __init__(self, search: Search | None = None) -> None:
        self._search = search or Search(SECONDS, NODES)
        self._ends = time.monotonic() + self._search.seconds

    @property
    def unsettled(self) -> Unavailable:
        """What to raise where nothing was found in time."""
        seconds = f"{self._search.seconds:g} seconds"
        return Unavailable(f"The plan was not settled in {seconds}; plan fewer openings at once, or with fewer limits.")

    def ask(self, question: Question) -> ProgramAnswer:
        """The best answer within the limits of nodes and time. Exponential in the worst case without them."""
        left = self._ends - time.monotonic() - question.spared * self._search.seconds
        most = float(np.maximum(question.gains * question.low, question.gains * question.high).sum())
        if left <= 0:
            return ProgramAnswer(None, most)
        found = milp(
            -question.gains,
            integrality=question.whole,
            bounds=Bounds(question.low, question.high),
            constraints=question.rows,
            options={"mip_rel_gap": question.gap, "time_limit": left, "node_limit": self._search.nodes},
        )
        if found.status == _IMPOSSIBLE:
            return ProgramAnswer(None, -np.inf)
        bound = found.fun if found.status == _SETTLED and not question.gap else found.mip_dual_bound
        return ProgramAnswer(found.x, most if bound is None else min(-float(bound), most))


def unit_of(points: Integers | Fractions) -> float:
    """How much one point is in the integer solver's numbers: a whole number where points leave room for it."""
    unit = LARGEST / max(float(np.abs(points).max(initial=0)), 1.0)
    return float(np.floor(unit)) if unit > 1 else unit


def gains_of(choice: ReducedProblem) -> Fractions:
    """Points (b,) in the integer solver's numbers; a pair of no points is still better than none.

    All such together count less than half a point. The others are left whole: a solver that sees so stops where less
    than a point is left to gain.
    """
    unit = unit_of(choice.points)
    gains: Fractions = choice.points.astype(np.float64) * unit
    gains[choice.points == 0] = min(unit, 1.0) / (2 * len(choice.arcs) + 2)
    return gains


def whole_bound(answer: ProgramAnswer, unit: float) -> float:
    """The answer's bound as whole points."""
    return float(np.floor(answer.bound / unit + _NEAR)) if np.isfinite(answer.bound) else answer.bound


def short_of(answer: ProgramAnswer, total: int, unit: float) -> float:
    """By how many points at most a total falls short of the best there is."""
    return max(whole_bound(answer, unit) - total, 0)


def limits(choice: ReducedProblem, beside: int) -> list[LinearConstraint]:
    """Loads, seats, efforts, what is kept and quotas of groups, for the arcs and so many variables beside them."""
    arcs = len(choice.arcs)
    made = np.ones(arcs)
    tables = [
        (incidence(choice.person, made, len(choice.loads)), 0 * choice.loads, choice.loads),
        (incidence(choice.opening, made, len(choice.seats)), 0 * choice.seats, choice.seats),
    ]
    if choice.efforts:
        effort = choice.efforts.effort.astype(np.float64)
        capacity = choice.efforts.capacity
        tables.append((incidence(choice.person, effort, len(capacity)), 0 * capacity, capacity))
    if choice.kept:
        table = csr_array(choice.kept.confirmed.astype(np.float64)[np.newaxis])
        tables.append((table, np.array([choice.kept.least]), np.array([arcs])))
    if choice.regions:
        inside = choice.regions.region[choice.opening]
        table = incidence(np.maximum(inside, 0), (inside >= 0).astype(np.float64), len(choice.regions.names))
        tables.append((table, choice.regions.least, choice.regions.most))  # the last, as `can_fill` counts on
    return [LinearConstraint(_widened(table, beside), low, high) for table, low, high in tables]


def incidence(rows: Indexes, values: Fractions, count: int) -> csr_array:
    """One entry an arc, in the row of its person, opening or group; shape (count, b)."""
    return csr_array((values, (rows, np.arange(len(rows)))), (count, len(rows)))


def _widened(table: csr_array, beside: int) -> csr_array:
    """The table with so many empty columns at its end."""
    return csr_array(hstack([table, csr_array((table.shape[0], beside))]))


def arcs_question(choice: ReducedProblem, gains: Fractions, rows: Sequence[LinearConstraint]) -> Question:
    """The most of these gains (b,) within the limits of the choice and the rows."""
    arcs = len(choice.arcs)
    return Question(gains, [*limits(choice, 0), *rows], np.zeros(arcs), np.ones(arcs), np.ones(arcs, np.int64))


def pairs_at_least(arcs: int, pairs: int, beside: int) -> LinearConstraint:
    """The row that asks for so many arcs made."""
    return LinearConstraint(csr_array(np.append(np.ones(arcs), np.zeros(beside))[None, :]), pairs, np.inf)


def best(choice: ReducedProblem, search: Search | None = None) -> Outcome:
    """The plan with the most points of all plans of any size, as `assignment.best_total` for any limits.

    Arguments: `choice`, what is left to decide; `search`, how long the solver may, as usual where not given.
    Returns: the arcs made (k,), with a bound where the optimum was not proved.
    Raises: Unavailable when the solver found nothing.
    Complexity: exponential in the worst case, cut off by `NODES` and `SECONDS`.
    """
    if not len(choice.arcs):
        return Outcome(np.empty(0, np.int64))
    return _best_within(choice, [], Solver(search))


def fullest(choice: ReducedProblem, search: Search | None = None) -> Outcome:
    """The plan with the most points among those that fill the most seats, for any limits.

    Arguments: as `best`.
    Returns: the arcs made (k,), with bounds where the optimum was not proved.
    Raises: Unavailable when the solver found nothing.
    Complexity: as `best`, two programs.
    """
    if not len(choice.arcs):
        return Outcome(np.empty(0, np.int64))
    solver = Solver(search)
    pairs, most = most_made(choice, solver)
    found = _best_within(choice, [_seats_filled(choice, pairs)], solver)
    return replace(found, fewer=most - pairs)


def _seats_filled(choice: ReducedProblem, pairs: int) -> LinearConstraint:
    """So many pairs at least; opening by opening where that is all there can be, from which the solver infers more."""
    able = np.minimum(choice.seats, np.bincount(choice.opening, minlength=len(choice.seats)))
    if able.sum() > pairs:
        return pairs_at_least(len(choice.arcs), pairs, 0)
    return LinearConstraint(incidence(choice.opening, np.ones(len(choice.arcs)), len(able)), able, np.inf)


def most_made(choice: ReducedProblem, solver: Solver) -> tuple[int, int]:
    """The most pairs found within any limits, and the number that no plan exceeds."""
    answer = solver.ask(arcs_question(choice, np.ones(len(choice.arcs)), []))
    made = answer.made(len(choice.arcs))
    if made is None:
        raise solver.unsettled
    return len(made), max(len(made), int(min(whole_bound(answer, 1.0), len(choice.arcs))))


def is_possible(choice: ReducedProblem) -> bool:
    """Whether there is any plan within the limits.

    Raises: Unavailable when the integer solver did not settle it.
    """
    if not len(choice.arcs):
        return True
    solver = Solver()
    answer = solver.ask(arcs_question(choice, np.zeros(len(choice.arcs)), []))
    return _is_there(answer, solver)


def can_fill(choice: ReducedProblem, least: Indexes) -> bool:
    """Whether regions can fill at least so many seats (r,) all at once, within any limits.

    Arguments: `choice`, what is left to decide; `least` (r,), seats by region.
    Returns: whether there is such a plan.
    Raises: Unavailable when the integer solver did not settle it.
    Complexity: exponential in the worst case, cut off by `NODES` and `SECONDS`.
    """
    if choice.regions is None or not least.any():
        return True
    inside = choice.regions.region[choice.opening]
    if not len(inside):
        return False
    table = incidence(np.maximum(inside, 0), (inside >= 0).astype(np.float64), len(least))
    free = limits(choice, 0)[:-1]  # all but the quotas themselves
    arcs = len(choice.arcs)
    rows = [*free, LinearConstraint(table, least, choice.regions.most)]
    solver = Solver()
    answer = solver.ask(Question(np.zeros(arcs), rows, np.zeros(arcs), np.ones(arcs), np.ones(arcs, np.int64)))
    return _is_there(answer, solver)


def _is_there(answer: ProgramAnswer, solver: Solver) -> bool:
    """Whether an answer found a plan, where that is settled."""
    if answer.found is None and not answer.impossible:
        raise solver.unsettled
    return answer.found is not None


def _best_within(choice: ReducedProblem, rows: Sequence[LinearConstraint], solver: Solver) -> Outcome:
    answer = solver.ask(arcs_question(choice, gains_of(choice), rows))
    made = answer.made(len(choice.arcs))
    if made is None:
        raise solver.unsettled
    return Outcome(made, short=short_of(answer, int(choice.points[made].sum()), unit_of(choice.points)))
