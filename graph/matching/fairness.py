"""Fair plans: as many openings served as can be, then the worst served of them as well as can be, then most points.

What an opening is served with is the points of all its people. With one free seat an opening the floor is found by
bisection over the points, each step one maximum flow. With several, people add up and the question is a hard one
(max-min allocation; Bansal and Sviridenko 2006), which `floors` puts to an integer solver.
"""

import numpy as np
from ortools.graph.python.max_flow import SimpleMaxFlow

from graph.matching.assignment import fullest
from graph.matching.columns import Fractions, Indexes, Integers
from graph.matching.floors import Terms, above_floor
from graph.matching.markets import Choice


def fair(choice: Choice) -> Integers:
    """The arcs (k,) of the fair plan. Openings whose seats are all locked are decided and hold no floor down.

    Raises Unavailable when the integer solver has not decided in time. O(log a) maximum flows with one free
    seat an opening; exponential in the worst case with several.
    """
    return _above_floor(choice, 0)


def fair_and_full(choice: Choice) -> Integers:
    """As `fair`, among the plans that fill the most seats: what is asked for when points are costs."""
    return _above_floor(choice, most_pairs(choice, choice.seats))


def most_pairs(choice: Choice, seats: Indexes) -> int:
    """The most pairs that can be made at once, each opening taking at most `seats` (m,). One maximum flow."""
    count, loads = len(seats), len(choice.loads)
    source, sink = count + loads, count + loads + 1
    openings, people = np.arange(count), np.arange(count, source)
    tails = np.concatenate([choice.opening, np.full(count, source), people]).astype(np.int32)
    heads = np.concatenate([choice.person + count, openings, np.full(loads, sink)]).astype(np.int32)
    solver = SimpleMaxFlow()
    capacity = np.concatenate([np.ones(len(choice.arcs)), seats, choice.loads]).astype(np.int64)
    solver.add_arcs_with_capacity(tails, heads, capacity)
    solver.solve(source, sink)
    return int(solver.optimal_flow())


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


def _above_floor(choice: Choice, least_pairs: int) -> Integers:
    if not len(choice.arcs):
        return np.empty(0, np.int64)
    if choice.seats.max() <= 1 and not (choice.given[choice.seats > 0]).any():
        return _above_single_floor(choice)
    return above_floor(choice, Terms(most_served(choice), least_pairs))


def most_served(choice: Choice) -> int:
    """The most openings with a free seat that can have somebody, those that have by lock included."""
    bare = np.minimum(choice.seats, 1) * (choice.given == 0)
    return most_pairs(choice, bare.astype(np.int32)) + int(((choice.given > 0) & (choice.seats > 0)).sum())


def _above_single_floor(choice: Choice) -> Integers:
    floors = np.unique(choice.points)
    served = most_pairs(choice, choice.seats)
    low, high = 0, len(floors) - 1
    while low < high:
        middle = (low + high + 1) // 2
        reached = most_pairs(choice.only(choice.points >= floors[middle]), choice.seats) == served
        low, high = (middle, high) if reached else (low, middle - 1)
    kept = np.flatnonzero(choice.points >= floors[low])
    return kept[fullest(choice.only(choice.points >= floors[low]))]
