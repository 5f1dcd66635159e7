"""Plans as near to stable as may be, where what has to stay as it was leaves no stable one.

The fewest pairs that would both rather have each other, then the most points, as an integer program. A pair is made,
or one of its ends is full with others it likes better, or the pair blocks: the linear inequalities of stable plans
(Rothblum 1992; for quotas Baiou and Balinski 2000) with one variable more in each.
"""

from dataclasses import replace

import numpy as np
from scipy.optimize import LinearConstraint
from scipy.sparse import csr_array, diags_array, eye_array, hstack

from graph.matching.columns import Fractions, Indexes, Integers
from graph.matching.problem.assignment_problem import ReducedProblem
from graph.matching.solvers.integer_programs import (
    Question,
    Solver,
    gains_of,
    limits,
    short_of,
    unit_of,
)
from graph.matching.solvers.outcomes import Outcome
from graph.matching.solvers.stability import blocking, host_stable

_LARGEST = 4_000_000
"""How many entries the program may have; the integer solver is not through with more in the time there is."""


def fewest_blocking(choice: ReducedProblem) -> Outcome:
    """The plan with the fewest blocking pairs of all that keep what is `kept`, and with the most points among those.

    `fewer` of the outcome is how many blocking pairs there may be too many. Where the choice is too large for the
    integer solver, or it is cut off, all that is confirmed stays and the rest is stable beside it. Exponential in the
    worst case; memory O(sum of squared degrees).

    Arguments: `choice`, what is left to decide and what is kept.
    Returns: the arcs made (k,), with bounds where the optimum was not proved.
    Raises: Unavailable when no plan was found at all.
    """
    if not len(choice.arcs):
        return Outcome(np.empty(0, np.int64))
    begun, solver = _beside_kept(choice), Solver()
    if _entries(choice.person) + _entries(choice.opening) > _LARGEST:
        return _begun(choice, begun, solver)
    program, arcs = _IntegerProgram(choice), len(choice.arcs)
    first = solver.ask(program.fewest())
    made = first.made(arcs)
    if made is None:
        return _begun(choice, begun, solver)
    count = len(blocking(choice, made))
    second = solver.ask(program.most_points(count))
    made = made if (better := second.made(arcs)) is None else better
    short = short_of(second, int(choice.points[made].sum()), unit_of(choice.points))
    return Outcome(made, fewer=count - int(np.ceil(-first.bound - 0.5)), short=short)


def _begun(choice: ReducedProblem, made: Integers | None, solver: Solver) -> Outcome:
    """What there is without the solver."""
    if made is None:
        raise solver.unsettled
    return Outcome(made, fewer=len(blocking(choice, made)))


def _beside_kept(choice: ReducedProblem) -> Integers | None:
    """All that is confirmed, and a stable plan of what is left; None where there is no room for it."""
    kept = choice.kept.confirmed if choice.kept else np.zeros(len(choice.arcs), np.bool_)
    seats = choice.seats - np.bincount(choice.opening[kept], minlength=len(choice.seats)).astype(np.int32)
    loads = choice.loads - np.bincount(choice.person[kept], minlength=len(choice.loads)).astype(np.int32)
    if min(seats.min(initial=0), loads.min(initial=0)) < 0:
        return None
    free = ~kept & (seats[choice.opening] > 0) & (loads[choice.person] > 0)
    rest = host_stable(replace(choice.only(free), seats=seats, loads=loads))
    return np.sort(np.append(np.flatnonzero(kept), np.flatnonzero(free)[rest]))


class _IntegerProgram:
    """Four variables an arc: made, its person full with better ones, its opening so, and whether it blocks."""

    def __init__(self, choice: ReducedProblem) -> None:
        self._choice, arcs = choice, len(choice.arcs)
        loads, seats = choice.loads[choice.person], choice.seats[choice.opening]
        people = _better(choice.person, choice.wishes, choice)
        openings = _better(choice.opening, choice.points, choice)
        empty, one = csr_array((arcs, arcs)), eye_array(arcs, format="csr")
        self._rows = [
            *limits(choice, 3 * arcs),
            LinearConstraint(hstack([people, -diags_array(loads.astype(float)), empty, empty]), 0, np.inf),
            LinearConstraint(hstack([openings, empty, -diags_array(seats.astype(float)), empty]), 0, np.inf),
            LinearConstraint(hstack([one, one, one, one]), 1, np.inf),
        ]
        # Where one is all, full is as whole as the arcs are.
        self._whole = np.concatenate([np.ones(arcs), loads > 1, seats > 1, np.zeros(arcs)]).astype(np.int64)

    def fewest(self) -> Question:
        """The fewest blocking pairs."""
        return self._question(-self._blocking)

    def most_points(self, count: int) -> Question:
        """The most points with at most so many blocking pairs."""
        row = LinearConstraint(csr_array(self._blocking[np.newaxis]), 0, count)
        return self._question(np.append(gains_of(self._choice), np.zeros(3 * len(self._choice.arcs))), row)

    @property
    def _blocking(self) -> Fractions:
        return np.repeat([0.0, 0.0, 0.0, 1.0], len(self._choice.arcs))

    def _question(self, gains: Fractions, *rows: LinearConstraint) -> Question:
        return Question(gains, [*self._rows, *rows], np.zeros(len(gains)), np.ones(len(gains)), self._whole)


def _better(owner: Indexes, liking: Integers, choice: ReducedProblem) -> csr_array:
    """For each arc (a row) the arcs of the same owner that it likes better."""
    order = np.lexsort((choice.ties, -liking, owner))
    place = np.arange(len(order)) - np.searchsorted(owner[order], owner[order])
    ends = np.cumsum(place)
    step = np.arange(place.sum()) - np.repeat(ends - place, place)
    first = np.repeat(np.arange(len(order)) - place, place)
    return csr_array((np.ones(len(step)), (np.repeat(order, place), order[first + step])), (len(order), len(order)))


def _entries(owner: Indexes) -> int:
    counts = np.bincount(owner).astype(np.int64)
    return int((counts * (counts - 1) // 2).sum())
