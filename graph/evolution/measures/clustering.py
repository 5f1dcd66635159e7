"""Closed and open triples: triangles counted without ever listing them."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Matrix = csr_array[np.float64, tuple[int, int]]
Counts = NDArray[np.int64]

# Entries of two rows laid side by side at a time; some 50 MB while they are compared.
_BLOCK = 2_000_000


def triangles_at(neighbours: Matrix) -> Counts:
    """For each actor the sets of three who all know each other that it is in, in a symmetric matrix, no diagonal.

    Every edge is pointed at its end of higher degree, so that no actor points at more than sqrt(2m) others; a triangle
    is then a third actor at whom both ends of one edge point.

    Arguments: `neighbours` (actors, actors), ones.
    Returns: (actors,), three times as many in all as there are triangles.
    Complexity: O(m sqrt(m)) time, O(m) memory.
    Reference: Chiba and Nishizeki, Arboricity and subgraph listing algorithms, 1985.

    >>> triangles_at(csr_array([[0.0, 1, 1, 1], [1, 0, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0]])).tolist()
    [1, 1, 1, 0]
    """
    rank = _rank(neighbours)
    upward = _upward(neighbours, rank)
    low, high = upward.nonzero()
    cost, size = np.diff(upward.indptr), neighbours.shape[0]
    found = np.zeros(size, np.int64)
    for block in _blocks(cost[low] + cost[high]):
        closed = upward[low[block]].multiply(upward[high[block]]).tocsr()
        of_edge = np.diff(closed.indptr)
        for actors, count in ((low[block], of_edge), (high[block], of_edge), (closed.indices, None)):
            found += np.bincount(actors, count, size).astype(np.int64)
    return found[rank]


def local_clustering(triangles: Counts, degree: Counts) -> NDArray[np.float64]:
    """For each actor the share of the pairs of its neighbours that are tied; 0 with fewer than two neighbours.

    Arguments: `triangles` and `degree` (actors,).
    Returns: (actors,), 0 to 1.
    Complexity: O(actors).
    Reference: Watts and Strogatz, Collective dynamics of small-world networks, 1998.

    >>> local_clustering(np.array([1, 1, 1, 0]), np.array([3, 2, 2, 1])).round(3).tolist()
    [0.333, 1.0, 1.0, 0.0]
    """
    pairs = degree * (degree - 1) // 2
    return np.where(pairs > 0, triangles / np.maximum(pairs, 1), 0.0)


def wedges(degree: NDArray[np.int64]) -> int:
    """Pairs of two neighbours of one actor: the paths of length two, open or closed.

    >>> wedges(np.array([3, 1, 1, 1]))
    3
    """
    return int((degree * (degree - 1) // 2).sum())


def _rank(neighbours: Matrix) -> NDArray[np.int32]:
    """The place of each actor in the order of their degrees."""
    size = neighbours.shape[0]
    rank = np.empty(size, np.int32)
    rank[np.argsort(np.diff(neighbours.indptr), kind="stable")] = np.arange(size, dtype=np.int32)
    return rank


def _upward(neighbours: Matrix, rank: NDArray[np.int32]) -> Matrix:
    """Each edge once, from the end of lower degree to the other, the actors renumbered by their ranks."""
    one, other = (rank[ends] for ends in neighbours.nonzero())
    up = one < other
    upward = csr_array((np.ones(np.count_nonzero(up)), (one[up], other[up])), shape=neighbours.shape)
    upward.sort_indices()
    return upward


def _blocks(cost: NDArray[np.int32]) -> Iterator[slice]:
    """Runs of edges that together cost about one block."""
    done = np.cumsum(cost, dtype=np.int64)
    whole = range(0, int(done[-1]) if done.size else 0, _BLOCK)
    bounds = [*np.searchsorted(done, whole, side="right").tolist(), len(done)]
    return (slice(first, last) for first, last in pairwise(bounds) if first < last)
