"""How far apart two actors of one component can be."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Matrix = csr_array[np.float64, tuple[int, int]]

BUDGET = 300_000_000
"""Entries of the matrix that may be walked before a bound has to do: every graph up to some 10,000 ties is exact."""


@dataclass(frozen=True, slots=True)
class Diameter:
    """The longest of the shortest paths is at least `at_least` ties long, and no longer where `exact`."""

    at_least: int
    exact: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Layers:
    """Who can be reached from one actor, nearest first: layer k stands at order[bounds[k]:bounds[k + 1]]."""

    order: NDArray[np.int32]
    before: NDArray[np.int32]
    bounds: list[int]

    @property
    def depth(self) -> int:
        return len(self.bounds) - 2

    def at(self, depth: int) -> list[int]:
        found: list[int] = self.order[self.bounds[depth] : self.bounds[depth + 1]].tolist()
        return found


def diameter(neighbours: Matrix, inside: int, budget: int = BUDGET) -> Diameter:
    """The diameter of the component of the actor `inside`, in a symmetric matrix of float64 ones.

    A double sweep gives a long path; from its middle the layers are searched inward, until no two actors of the layers
    left can be farther apart than what was found. Each search is O(actors + ties); few are needed as a rule, and when
    `budget` entries have been walked the longest distance found stands as a lower bound.

    Arguments: `neighbours` (actors, actors), symmetric; `inside`, a position; `budget`, entries to be walked.
    Returns: a length in ties, and whether it is exact.
    Reference: Crescenzi, Grossi, Habib, Lanzi and Marino, On computing the diameter of real-world undirected graphs,
    2013 (iFUB).

    >>> path = csr_array([[0.0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]])
    >>> diameter(path, inside=1)
    Diameter(at_least=3, exact=True)
    """
    first = _layers(neighbours, inside)
    sweep = _layers(neighbours, first.at(first.depth)[0])
    middle = _layers(neighbours, _halfway(sweep))
    searches = budget // (neighbours.nnz + neighbours.shape[0])
    longest = max(sweep.depth, middle.depth)
    for depth in range(middle.depth, 0, -1):
        if longest >= 2 * depth:
            break
        fringe = middle.at(depth)
        searches -= len(fringe)
        if searches < 0:
            return Diameter(longest, exact=False)
        longest = max(longest, *(_layers(neighbours, actor).depth for actor in fringe))
    return Diameter(longest, exact=True)


def _halfway(sweep: _Layers) -> int:
    """The actor in the middle of a path from the start of a search to one of the farthest."""
    here = sweep.at(sweep.depth)[0]
    for _ in range(sweep.depth // 2):
        here = int(sweep.before[here])
    return here


def _layers(neighbours: Matrix, start: int) -> _Layers:
    from scipy.sparse.csgraph import breadth_first_order  # brings scipy.linalg along, which few commands need

    order, before = breadth_first_order(neighbours, start, directed=True, return_predecessors=True)
    place = np.empty(neighbours.shape[0], np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    # The search visits parents in order, so the places of the parents only grow.
    parents = place[before[order[1:]]]
    bounds = [0, 1]
    while bounds[-1] < len(order):
        bounds.append(1 + int(np.searchsorted(parents, bounds[-1])))
    return _Layers(order, before, bounds)
