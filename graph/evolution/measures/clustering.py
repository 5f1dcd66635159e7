"""Closed and open triples: triangles counted without ever listing them."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Matrix = csr_array[np.float64, tuple[int, int]]

# Entries of two rows laid side by side at a time; some 50 MB while they are compared.
_BLOCK = 2_000_000


def triangles(neighbours: Matrix) -> int:
    """Sets of three actors who all know each other, in a symmetric matrix without a diagonal.

    Every edge is pointed at its end of higher degree, so that no actor points at more than sqrt(2m) others; a triangle
    is then a third actor at whom both ends of one edge point.

    Complexity: O(m sqrt(m)) time, O(m) memory.
    Reference: Chiba and Nishizeki, Arboricity and subgraph listing algorithms, 1985.

    >>> triangles(csr_array([[0.0, 1, 1, 1], [1, 0, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0]]))
    1
    """
    upward = _upward(neighbours)
    low, high = upward.nonzero()
    cost = np.diff(upward.indptr)
    return sum(int(upward[low[block]].multiply(upward[high[block]]).sum()) for block in _blocks(cost[low] + cost[high]))


def wedges(degree: NDArray[np.int64]) -> int:
    """Pairs of two neighbours of one actor: the paths of length two, open or closed.

    >>> wedges(np.array([3, 1, 1, 1]))
    3
    """
    return int((degree * (degree - 1) // 2).sum())


def _upward(neighbours: Matrix) -> Matrix:
    """Each edge once, from the end of lower degree to the other, the actors renumbered by degree."""
    size = neighbours.shape[0]
    rank = np.empty(size, np.int32)
    rank[np.argsort(np.diff(neighbours.indptr), kind="stable")] = np.arange(size, dtype=np.int32)
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
