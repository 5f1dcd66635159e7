"""The plan whose worst served opening gets the most points a seat (the max-min value), where several people serve one.

An empty seat counts 0, so an opening of three seats with one person has a third of their points.

First an upper bound of the max-min value is worked out, from each opening's own best people and from plans that may
split a person. The bound itself is tried, because it is nearly always reached. Otherwise bisection: each step asks the
integer solver for a plan in which every served opening has at least a given number of points. To make that number a
variable of the integer program is far slower.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from math import lcm

import numpy as np
from scipy.optimize import LinearConstraint
from scipy.sparse import csr_array, hstack

from graph.matching.columns import Flags, Fractions, Indexes, Integers
from graph.matching.problem.assignment_problem import ReducedProblem
from graph.matching.solvers.assignment import best_total, fullest
from graph.matching.solvers.integer_programs import (
    ProgramAnswer,
    Question,
    Solver,
    gains_of,
    incidence,
    limits,
    pairs_at_least,
    short_of,
    unit_of,
    whole_bound,
)
from graph.matching.solvers.outcomes import Outcome

_STEPS = 10**6  # two values closer than this part of the largest points are one to the integer solver
_PARTS = 2520  # divides by every number of seats up to ten
_WHOLE = 2**62
_TRIES = 3  # so many values may stay undecided before the search takes what it has
_SPARED = 1 / 3  # of the time is for the last question: the most points at the value found
_NEAR = 0.01  # during the search a plan within a hundredth of the best total is enough


@dataclass(frozen=True, slots=True)
class FairTerms:
    """What a fair plan must keep beside the limits of the choice: openings served, and pairs made at least."""

    served: int
    pairs: int


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """The best plan so far: its arcs `made`, the points of its `worst` served opening, and what no plan exceeds.

    `bound` bounds the worst served opening of every plan, both in the parts of `_IntegerProgram`; `most` bounds the
    gain of every plan as good as this in that.
    """

    made: Integers
    worst: int
    bound: int
    most: float


def best_max_min(choice: ReducedProblem, terms: FairTerms, solver: Solver) -> Outcome:
    """The plan with the most points among those with the highest max-min value, or the best found with bounds on both.

    The max-min value is exact for points up to a million, and else to a millionth of the largest points.

    Arguments: `choice`, what is left to decide; `terms`, what the plan must keep beside its limits; `solver`, whose
    time is shared with other questions of the same plan.
    Returns: the arcs made (k,), with `lower` and `short` where the optimum was not proved.
    Raises: Unavailable when not even one plan was found in time.
    Complexity: about log(range of points) integer programs.
    """
    program = _IntegerProgram(choice, terms, solver)
    found = _begun(program)
    if found.worst < found.bound:
        first = program.tried(found.bound, 0.0)
        if first.found is not None:
            made = program.made(first)
            return _concluded(program, replace(found, made=made), first)
        found = _raised(program, found, first)
    if program.is_best(found):
        # The best plan of all is also the best of those with its own max-min value, if that is the highest found.
        return Outcome(found.made, lower=program.points(found.bound - found.worst))
    return _concluded(program, found, program.above(found.worst))


def most_served(choice: ReducedProblem, pairs: int, solver: Solver) -> tuple[int, int]:
    """The most openings with a free seat that were found to be served at once, and the number no plan exceeds.

    Those that have somebody by lock are counted; `pairs` is how many pairs are to be made at least.

    Arguments: `choice`, what is left to decide; `solver`, whose time is shared with other questions.
    Returns: openings found to be served, and an upper bound of them.
    Raises: Unavailable when the solver found nothing.
    """
    answer = _IntegerProgram(choice, FairTerms(0, pairs), solver).served()
    if answer.found is None:
        raise solver.unsettled
    served = int(np.rint(answer.found[len(choice.arcs) :]).sum())
    return served, max(served, int(whole_bound(answer, 1.0)))


def _begun(program: "_IntegerProgram") -> _Search:
    """A plan to begin with: the best of all plans, where it serves as many openings as can be."""
    made, most = program.easy, np.inf
    if made is None or np.isinf(program.worst(made)):
        answer = program.tried(None, _NEAR)
        made, most = program.made(answer), answer.bound
    worst = int(program.worst(made))
    return _Search(made, worst, program.bound(worst), most)


def _raised(program: "_IntegerProgram", found: _Search, first: ProgramAnswer) -> _Search:
    """The highest value that bisection finds, once the bound itself was missed; at most `_TRIES` stay undecided."""
    reach, tries = found.bound - 1, 0 if first.impossible else 1
    if first.impossible:
        found = replace(found, bound=reach)
    while reach - found.worst >= program.step and tries < _TRIES:
        middle = found.worst + max((reach - found.worst + 1) // 2, program.step)
        answer = program.tried(middle, _NEAR)
        if answer.found is not None:
            made = program.made(answer)
            found = _Search(made, max(int(program.worst(made)), found.worst), found.bound, answer.bound)
            continue
        reach = middle - 1
        tries += not answer.impossible
        found = replace(found, bound=reach) if answer.impossible else found
    return found


def _concluded(program: "_IntegerProgram", found: _Search, answer: ProgramAnswer) -> Outcome:
    """The better of two plans with this max-min value, with the bounds for all others."""
    points = program.choice.points
    plans = [found.made] if answer.found is None else [program.made(answer), found.made]
    made = max(plans, key=lambda plan: int(points[plan].sum()))
    known = ProgramAnswer(None, min(answer.bound, found.most))
    return Outcome(
        made,
        lower=program.points(max(found.bound - int(program.worst(made)), 0)),
        short=short_of(known, int(points[made].sum()), unit_of(points)),
    )


class _IntegerProgram:
    """A variable an arc (made or not), then one an opening (served or not); openings with a free seat count.

    Points a seat are counted in parts so small that they are whole for every number of seats, as far as that goes.
    """

    def __init__(self, choice: ReducedProblem, terms: FairTerms, solver: Solver) -> None:
        largest = max(int(np.abs(choice.points).max()), 1)
        seats = np.maximum(choice.seats + choice.given, 1)
        self._parts = _parts(seats, largest)
        self._seats = seats / self._parts  # how many points are one part
        self.choice, self.step = choice, max(largest * self._parts // int(seats.max()) // _STEPS, 1)
        self._terms, self._solver = terms, solver
        self._unit = unit_of(choice.points)
        self._counted: Flags = np.zeros(len(choice.seats), np.bool_)
        self._counted[choice.opening] = True
        self._counted |= (choice.seats > 0) & (choice.given > 0)
        self._sums = incidence(choice.opening, choice.points.astype(np.float64) * self._unit, len(choice.seats))
        self._rows = _rows(choice, terms)

    @cached_property
    def easy(self) -> Integers | None:
        """The best plan of all, where a flow finds it."""
        if self.choice.efforts or self.choice.kept:
            return None
        return fullest(self.choice) if self._terms.pairs else best_total(self.choice)

    def made(self, answer: ProgramAnswer) -> Integers:
        """The arcs of an answer."""
        made = answer.made(len(self.choice.arcs))
        if made is None:
            raise self._solver.unsettled
        return made

    def points(self, parts: int) -> float:
        """Parts in points a seat."""
        return parts / self._parts

    def worst(self, made: Integers) -> float:
        """The parts of the worst served opening; minus infinity when fewer are served than can be."""
        points, people = self.choice.granted.copy(), self.choice.given.copy()
        np.add.at(points, self.choice.opening[made], self.choice.points[made])
        np.add.at(people, self.choice.opening[made], 1)
        served = self._counted & (people > 0)
        return float("-inf") if served.sum() < self._terms.served else int(self._per_seat(points)[served].min())

    def bound(self, worst: int) -> int:
        """An upper bound of the max-min value, given that `worst` was reached; the solver runs where it can help."""
        top = max(self._top_bound(), worst)
        return max(min(top, self._relaxed_bound(top)), worst) if self._all_served and top > worst else top

    def is_best(self, found: _Search) -> bool:
        """Whether what was found is still the best plan of all."""
        return found.made is self.easy

    def above(self, worst: int) -> ProgramAnswer:
        """The plan with the most points at this max-min value."""
        return self._solver.ask(self._above(worst))

    def tried(self, worst: int | None, gap: float) -> ProgramAnswer:
        """As `above`, to this gap, with time left for a last question. None asks for no least value."""
        return self._solver.ask(replace(self._above(worst), gap=gap, spared=_SPARED))

    def served(self) -> ProgramAnswer:
        """The plan that serves the most openings."""
        gains = np.append(np.zeros(len(self.choice.arcs)), np.ones(len(self.choice.seats)))
        return self._solver.ask(self._question(gains, []))

    @property
    def _all_served(self) -> bool:
        return self._terms.served == int(self._counted.sum())

    def _top_bound(self) -> int:
        """The least that some opening gets when each has its own best people."""
        order = np.lexsort((-self.choice.points, self.choice.opening))
        opening = self.choice.opening[order]
        place = np.arange(len(order)) - np.searchsorted(opening, opening)
        tops = self.choice.granted.copy()
        first = place < self.choice.seats[opening]
        np.add.at(tops, opening[first], np.maximum(self.choice.points[order][first], 0))
        return int(np.sort(self._per_seat(tops)[self._counted])[-self._terms.served])

    def _per_seat(self, points: Integers) -> Integers:
        """Points by opening in parts, rounded down."""
        seats = self.choice.seats + self.choice.given
        parts: Integers = points * self._parts // np.maximum(seats, 1)
        return parts

    def _relaxed_bound(self, top: int) -> int:
        """The highest max-min value of plans that may split a person, every counted opening being served."""
        arcs = len(self.choice.arcs)
        worst = csr_array(np.where(self._counted, -self._seats, 0.0)[:, None])
        low = -self.choice.granted * self._unit
        answer = self._solver.ask(
            Question(
                np.append(np.zeros(arcs), 1.0),
                [
                    *limits(self.choice, 1),
                    pairs_at_least(arcs, self._terms.pairs, 1),
                    LinearConstraint(
                        hstack([self._sums, worst], format="csr"), np.where(self._counted, low, -np.inf), np.inf
                    ),
                ],
                np.append(np.zeros(arcs), -np.inf),
                np.append(np.ones(arcs), np.inf),
                np.zeros(arcs + 1, np.int64),
            )
        )
        return int(whole_bound(answer, self._unit)) if np.isfinite(answer.bound) else top

    def _above(self, worst: int | None) -> Question:
        gains = np.append(gains_of(self.choice), np.zeros(len(self.choice.seats)))
        return self._question(gains, self._at_least(worst))

    def _question(self, gains: Fractions, rows: list[LinearConstraint]) -> Question:
        arcs, counted = len(self.choice.arcs), self._counted.astype(np.float64)
        least = counted if self._all_served else np.minimum(counted, self.choice.given)
        return Question(
            gains,
            [*self._rows, *rows],
            np.append(np.zeros(arcs), least),
            np.append(np.ones(arcs), counted),
            np.ones(len(gains), np.int64),
        )

    def _at_least(self, worst: int | None) -> list[LinearConstraint]:
        """Points by opening at or above the max-min value wherever an opening is served."""
        if worst is None:
            return []
        # Half a step below: sums are whole, and the solver's tolerance must not shut out a plan on the edge.
        height = (worst - self.step / 2) * self._unit
        served = _diagonal(-height * self._seats)
        low = np.where(self._counted, -self.choice.granted * self._unit, -np.inf)
        return [LinearConstraint(hstack([self._sums, served], format="csr"), low, np.inf)]


def _parts(seats: Indexes, largest: int) -> int:
    """Into how many parts a point is cut: the least number that divides by all numbers of seats over the most of them.

    Where that is too large for whole numbers or for the solver, so many that rounding does not matter.
    """
    most, common = int(seats.max()), 1
    for each in np.unique(seats).tolist():
        common = min(lcm(common, each), _PARTS)
    return max(min(common, _WHOLE // (largest * most)), 1)


def _rows(choice: ReducedProblem, terms: FairTerms) -> list[LinearConstraint]:
    """The limits of the choice, people where served and only there, openings served, and pairs made."""
    arcs, openings = len(choice.arcs), len(choice.seats)
    seated = incidence(choice.opening, np.ones(arcs), openings)
    totals = csr_array(np.append(np.zeros(arcs), np.ones(openings))[None, :])
    return [
        *limits(choice, openings),
        LinearConstraint(hstack([seated, _diagonal(-choice.seats)], format="csr"), -np.inf, 0),
        LinearConstraint(
            hstack([seated, _diagonal(-np.ones(openings))], format="csr"), -np.minimum(choice.given, 1), np.inf
        ),
        LinearConstraint(totals, terms.served, np.inf),
        pairs_at_least(arcs, terms.pairs, openings),
    ]


def _diagonal(values: Fractions | Integers | Indexes) -> csr_array:
    places = np.arange(len(values))
    return csr_array((values.astype(np.float64), (places, places)), (len(values), len(values)))
