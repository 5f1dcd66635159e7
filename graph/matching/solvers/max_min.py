"""The highest floor when several people add up to what an opening is served with, by integer programming.

What no floor exceeds is known first, from each opening's own best people and from plans that may split a person. That
floor is tried, because it is nearly always reached; else bisection, each step asking for a whole plan with many points
above a given floor. Asking for the floor as a variable of the integer programme is far slower.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.optimize import LinearConstraint
from scipy.sparse import csr_array, hstack

from graph.errors import Unavailable
from graph.matching.columns import Flags, Fractions, Indexes, Integers
from graph.matching.problem.assignment_problem import ReducedProblem
from graph.matching.solvers.assignment import best_total, fullest
from graph.matching.solvers.integer_programs import (
    UNSETTLED,
    Outcome,
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

_STEPS = 10**6  # the integer solver cannot tell floors apart that are closer than this part of the largest points
_TRIES = 3  # so many floors may stay undecided before the search settles for what it has
_SPARED = 1 / 3  # of the time is for the last question, the most points at the floor found
_NEAR = 0.01  # on the way to the floor a plan within a hundredth of the best total will do


@dataclass(frozen=True, slots=True)
class FairTerms:
    """What a fair plan must keep beside the limits of the choice: openings served, and pairs made at least."""

    served: int
    pairs: int


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """The best plan so far with its floor, the floor no plan exceeds, and the gain no plan at its floor exceeds."""

    made: Integers
    floor: int
    bound: int
    most: float


def above_floor(choice: ReducedProblem, terms: FairTerms, solver: Solver) -> Outcome:
    """The plan with the most points among those with the highest floor, or the best found with bounds on both.

    The floor is exact for points up to a million, and else to a millionth of the largest points. Raises Unavailable
    when not even one plan was found in time. About log(range of points) questions to the integer solver.
    """
    programme = _Programme(choice, terms, solver)
    found = _begun(programme)
    if found.floor < found.bound:
        first = programme.tried(found.bound, 0.0)
        if first.found is not None:
            made = programme.made(first)
            return _concluded(programme, replace(found, made=made), first)
        found = _raised(programme, found, first)
    if programme.is_best(found):
        # The best plan of all is also the best of those with its own floor, if that is the highest found.
        return Outcome(found.made, lower=found.bound - found.floor)
    return _concluded(programme, found, programme.above(found.floor))


def most_served(choice: ReducedProblem, pairs: int, solver: Solver) -> tuple[int, int]:
    """The most openings with a free seat that were found to be served at once, and the number no plan exceeds.

    Those that have somebody by lock are counted; `pairs` is how many pairs are to be made at least.
    """
    answer = _Programme(choice, FairTerms(0, pairs), solver).served()
    if answer.found is None:
        raise Unavailable(UNSETTLED)
    served = int(np.rint(answer.found[len(choice.arcs) :]).sum())
    return served, max(served, int(whole_bound(answer, 1.0)))


def _begun(programme: "_Programme") -> _Search:
    """A plan to begin with: the best of all plans, where it serves as many openings as can be."""
    made, most = programme.easy, np.inf
    if made is None or np.isinf(programme.floor(made)):
        answer = programme.tried(None, _NEAR)
        made, most = programme.made(answer), answer.bound
    floor = int(programme.floor(made))
    return _Search(made, floor, programme.bound(floor), most)


def _raised(programme: "_Programme", found: _Search, first: ProgramAnswer) -> _Search:
    """The highest floor that bisection finds after its bound was asked for in vain, with at most `_TRIES` undecided."""
    reach, tries = found.bound - 1, 0 if first.impossible else 1
    if first.impossible:
        found = replace(found, bound=reach)
    while reach - found.floor >= programme.step and tries < _TRIES:
        middle = found.floor + max((reach - found.floor + 1) // 2, programme.step)
        answer = programme.tried(middle, _NEAR)
        if answer.found is not None:
            made = programme.made(answer)
            found = _Search(made, max(int(programme.floor(made)), found.floor), found.bound, answer.bound)
            continue
        reach = middle - 1
        tries += not answer.impossible
        found = replace(found, bound=reach) if answer.impossible else found
    return found


def _concluded(programme: "_Programme", found: _Search, answer: ProgramAnswer) -> Outcome:
    """The better of two plans with this floor, with what is known about others."""
    points = programme.choice.points
    plans = [found.made] if answer.found is None else [programme.made(answer), found.made]
    made = max(plans, key=lambda plan: int(points[plan].sum()))
    known = ProgramAnswer(None, min(answer.bound, found.most))
    return Outcome(
        made,
        lower=max(found.bound - int(programme.floor(made)), 0),
        short=short_of(known, int(points[made].sum()), unit_of(points)),
    )


class _Programme:
    """A variable an arc (made or not), then one an opening (served or not); openings with a free seat count."""

    def __init__(self, choice: ReducedProblem, terms: FairTerms, solver: Solver) -> None:
        largest = max(int(np.abs(choice.points).max()), 1)
        self.choice, self.step = choice, max(largest // _STEPS, 1)
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
            raise Unavailable(UNSETTLED)
        return made

    def floor(self, made: Integers) -> float:
        """The points of the worst served opening; minus infinity when fewer are served than can be."""
        points, people = self.choice.granted.copy(), self.choice.given.copy()
        np.add.at(points, self.choice.opening[made], self.choice.points[made])
        np.add.at(people, self.choice.opening[made], 1)
        served = self._counted & (people > 0)
        return float("-inf") if served.sum() < self._terms.served else int(points[served].min())

    def bound(self, floor: int) -> int:
        """A floor that no plan exceeds, for this one was reached; the solver is asked only where that can say more."""
        top = max(self._top_bound(), floor)
        return max(min(top, self._relaxed_bound(top)), floor) if self._all_served and top > floor else top

    def is_best(self, found: _Search) -> bool:
        """Whether what was found is still the best plan of all."""
        return found.made is self.easy

    def above(self, floor: int) -> ProgramAnswer:
        """The plan with the most points at this floor."""
        return self._solver.ask(self._above(floor))

    def tried(self, floor: int | None, gap: float) -> ProgramAnswer:
        """As `above`, to this gap, with time spared for a last question. None is any floor."""
        return self._solver.ask(replace(self._above(floor), gap=gap, spared=_SPARED))

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
        return int(np.sort(tops[self._counted])[-self._terms.served])

    def _relaxed_bound(self, top: int) -> int:
        """The highest floor of plans that may split a person, every counted opening being served."""
        arcs = len(self.choice.arcs)
        floor = csr_array(np.where(self._counted, -1.0, 0.0)[:, None])
        low = -self.choice.granted * self._unit
        answer = self._solver.ask(
            Question(
                np.append(np.zeros(arcs), 1.0),
                [
                    *limits(self.choice, 1),
                    pairs_at_least(arcs, self._terms.pairs, 1),
                    LinearConstraint(
                        hstack([self._sums, floor], format="csr"), np.where(self._counted, low, -np.inf), np.inf
                    ),
                ],
                np.append(np.zeros(arcs), -np.inf),
                np.append(np.ones(arcs), np.inf),
                np.zeros(arcs + 1, np.int64),
            )
        )
        return int(whole_bound(answer, self._unit)) if np.isfinite(answer.bound) else top

    def _above(self, floor: int | None) -> Question:
        gains = np.append(gains_of(self.choice), np.zeros(len(self.choice.seats)))
        return self._question(gains, self._floors(floor))

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

    def _floors(self, floor: int | None) -> list[LinearConstraint]:
        """Points by opening at or above the floor wherever an opening is served."""
        if floor is None:
            return []
        # Half a step below: sums are whole, and the solver's tolerance must not shut out a plan on the edge.
        height = (floor - self.step / 2) * self._unit
        served = _diagonal(np.full(len(self.choice.seats), -height))
        low = np.where(self._counted, -self.choice.granted * self._unit, -np.inf)
        return [LinearConstraint(hstack([self._sums, served], format="csr"), low, np.inf)]


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
