"""Fair plans: as many openings served as can be, then the worst served of them as well as can be, then most points.

What an opening gets is the points of all its people over its seats, so that a large opening is not well served by many
people who hardly fit, nor by one who does. What the worst served opening gets, as high as it can be, is the max-min
value. With one free seat an opening it is found by bisection over the points, each step one maximum
flow. With several seats people add up and the question is hard (max-min allocation; Bansal and Sviridenko 2006):
`max_min` puts it to an integer solver.
"""

from dataclasses import replace

import numpy as np

from graph.matching.columns import Integers
from graph.matching.problem.assignment_problem import ReducedProblem
from graph.matching.solvers.assignment import fullest
from graph.matching.solvers.integer_programs import Solver, most_made
from graph.matching.solvers.max_min import FairTerms, best_max_min, most_served
from graph.matching.solvers.outcomes import Outcome, Search
from graph.matching.solvers.region_flow import are_possible, most_pairs


def fair(choice: ReducedProblem, search: Search | None = None) -> Outcome:
    """The fair plan.

    Openings whose seats are all locked are decided and do not lower the max-min value.

    Where the integer solver cannot settle it within its limits, the best plan found, with bounds.

    Arguments: `choice`, what is left to decide; `search`, how long the integer solver may, as usual where not given.
    Returns: the arcs made (k,), with bounds where the optimum was not proved.
    Raises: Unavailable when it found none.
    Complexity: O(log a) maximum flows with one free seat an opening; exponential in the worst case, cut off by those
    limits, with several.
    """
    if _is_flow(choice):
        return Outcome(_max_min_flow(choice))
    return _max_min_program(choice, 0, Solver(search))


def fair_and_full(choice: ReducedProblem, search: Search | None = None) -> Outcome:
    """As `fair`, among the plans that fill the most seats: what is asked for when points are costs."""
    if _is_flow(choice):
        return Outcome(_max_min_flow(choice))
    solver = Solver(search)
    pairs = most_pairs(choice, choice.seats)
    pairs, most = (pairs, pairs) if choice.efforts is None else most_made(choice, solver)
    found = _max_min_program(choice, pairs, solver)
    return replace(found, fewer=max(most - pairs, found.fewer))


def _is_flow(choice: ReducedProblem) -> bool:
    single = choice.seats.max(initial=0) <= 1 and not (choice.given[choice.seats > 0]).any()
    return not len(choice.arcs) or bool(single and choice.efforts is None and choice.kept is None)


def _max_min_program(choice: ReducedProblem, pairs: int, solver: Solver) -> Outcome:
    if choice.regions is None and choice.efforts is None and choice.kept is None:
        served = most = _most_served(choice)
    else:
        served, most = most_served(choice, pairs, solver)
    if not served:
        return Outcome(np.empty(0, np.int64), fewer=most)
    found = best_max_min(choice, FairTerms(served, pairs), solver)
    return replace(found, fewer=most - served)


def _most_served(choice: ReducedProblem) -> int:
    """The most openings with a free seat that can have somebody, those that have by lock included."""
    bare = np.minimum(choice.seats, 1) * (choice.given == 0)
    return most_pairs(choice, bare.astype(np.int32)) + int(((choice.given > 0) & (choice.seats > 0)).sum())


def _max_min_flow(choice: ReducedProblem) -> Integers:
    values = np.unique(choice.points)
    if not len(values):
        return np.empty(0, np.int64)
    served = most_pairs(choice, choice.seats)
    low, high = 0, len(values) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _are_served(choice, int(values[middle]), served) else (low, middle - 1)
    kept = np.flatnonzero(choice.points >= values[low])
    return kept[fullest(choice.only(choice.points >= values[low]))]


def _are_served(choice: ReducedProblem, worst: int, served: int) -> bool:
    """Whether so many openings can be served, and every region enough, by pairs at or above the max-min value."""
    above = choice.only(choice.points >= worst)
    regions = choice.regions
    return most_pairs(above, choice.seats) == served and (regions is None or are_possible(above, regions.least))
