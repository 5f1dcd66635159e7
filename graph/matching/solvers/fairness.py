"""Fair plans: as many openings served as can be, then the worst served of them as well as can be, then most points.

What an opening is served with is the points of all its people. With one free seat an opening the floor is found by
bisection over the points, each step one maximum flow. With several, people add up and the question is a hard one
(max-min allocation; Bansal and Sviridenko 2006), which `floors` puts to an integer solver.
"""

from dataclasses import replace

import numpy as np

from graph.matching.columns import Fractions, Integers
from graph.matching.problem.assignment_problem import ReducedProblem
from graph.matching.solvers.assignment import fullest
from graph.matching.solvers.integer_programs import Outcome, Solver, most_made
from graph.matching.solvers.max_min import FairTerms, above_floor, most_served
from graph.matching.solvers.region_flow import are_possible, most_pairs


def fair(choice: ReducedProblem) -> Outcome:
    """The fair plan. Openings whose seats are all locked are decided and hold no floor down.

    Where the integer solver cannot settle it within its limits, the best plan found, with bounds. Raises Unavailable
    when it found none. O(log a) maximum flows with one free seat an opening; exponential in the worst case, cut off
    by those limits, with several.
    """
    if _is_flow(choice):
        return Outcome(_above_single_floor(choice))
    return _above_floor(choice, 0, Solver())


def fair_and_full(choice: ReducedProblem) -> Outcome:
    """As `fair`, among the plans that fill the most seats: what is asked for when points are costs."""
    if _is_flow(choice):
        return Outcome(_above_single_floor(choice))
    solver = Solver()
    pairs = most_pairs(choice, choice.seats)
    pairs, most = (pairs, pairs) if choice.efforts is None else most_made(choice, solver)
    found = _above_floor(choice, pairs, solver)
    return replace(found, fewer=max(most - pairs, found.fewer))


def gini(amounts: Fractions) -> float | None:
    """How unequal amounts are: 0 when all are alike, near 1 when one has everything; None where that means nothing.

    sum over all pairs of |x - y| / (2 n squared mean), by ranks in O(n log n). It means nothing for no amounts, for
    amounts below 0 and for all 0.

    >>> gini(np.array([1.0, 1.0, 2.0]))
    0.16666666666666666
    """
    total = amounts.sum()
    if total <= 0 or amounts.min() < 0:
        return None
    count = len(amounts)
    ranks = 2 * np.arange(1, count + 1) - count - 1
    return float((ranks * np.sort(amounts)).sum() / (count * total))


def _is_flow(choice: ReducedProblem) -> bool:
    single = choice.seats.max(initial=0) <= 1 and not (choice.given[choice.seats > 0]).any()
    return not len(choice.arcs) or bool(single and choice.efforts is None and choice.kept is None)


def _above_floor(choice: ReducedProblem, pairs: int, solver: Solver) -> Outcome:
    if choice.regions is None and choice.efforts is None and choice.kept is None:
        served = most = _most_served(choice)
    else:
        served, most = most_served(choice, pairs, solver)
    if not served:
        return Outcome(np.empty(0, np.int64), fewer=most)
    found = above_floor(choice, FairTerms(served, pairs), solver)
    return replace(found, fewer=most - served)


def _most_served(choice: ReducedProblem) -> int:
    """The most openings with a free seat that can have somebody, those that have by lock included."""
    bare = np.minimum(choice.seats, 1) * (choice.given == 0)
    return most_pairs(choice, bare.astype(np.int32)) + int(((choice.given > 0) & (choice.seats > 0)).sum())


def _above_single_floor(choice: ReducedProblem) -> Integers:
    floors = np.unique(choice.points)
    if not len(floors):
        return np.empty(0, np.int64)
    served = most_pairs(choice, choice.seats)
    low, high = 0, len(floors) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _are_served(choice, int(floors[middle]), served) else (low, middle - 1)
    kept = np.flatnonzero(choice.points >= floors[low])
    return kept[fullest(choice.only(choice.points >= floors[low]))]


def _are_served(choice: ReducedProblem, floor: int, served: int) -> bool:
    """Whether so many openings can be served, and every region enough, by pairs at or above the floor."""
    above = choice.only(choice.points >= floor)
    regions = choice.regions
    return most_pairs(above, choice.seats) == served and (regions is None or are_possible(above, regions.least))
