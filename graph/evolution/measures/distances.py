"""How far apart two actors of one component are on average."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

if TYPE_CHECKING:
    import igraph

Matrix = csr_array[np.float64, tuple[int, int]]

BUDGET = 300_000_000
"""Entries of the matrix that may be walked before a sample has to do: every graph up to some 10,000 ties is exact."""

DRAWN = 64
"""The starting points of a sample."""


@dataclass(frozen=True, slots=True)
class MeanDistance:
    """The mean number of ties on a shortest path, with the standard error of an estimate (0.0 if exact)."""

    value: float
    standard_error: float = 0.0


def mean_distance(neighbours: Matrix, members: NDArray[np.intp], budget: int = BUDGET) -> MeanDistance:
    """The mean length of the shortest paths between two different actors of one component.

    All pairs are looked at where actors x (actors + 2 x ties) is within the budget; else the shortest paths from
    `DRAWN` of the actors, no one twice and always the same ones.

    Arguments: `neighbours` (actors, actors), symmetric ones; `members`, positions of all actors of a component;
    `budget`, entries to be walked.
    Returns: ties on a path, 0.0 for one actor alone.
    Complexity: O(members x (members + ties)), or `DRAWN` times (members + ties).
    Reference: Watts and Strogatz, Collective dynamics of small-world networks, 1998.

    >>> path = csr_array([[0.0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]])
    >>> mean_distance(path, np.arange(4)).value
    1.6666666666666667
    """
    size = len(members)
    if size < 2:
        return MeanDistance(0.0)
    within = neighbours[members][:, members]
    graph = _graph(within)
    if size * (size + within.nnz) <= budget or size <= DRAWN:
        lengths = graph.path_length_hist(directed=False).bins()
        return MeanDistance(sum(int(length) * int(count) for length, _, count in lengths) / (size * (size - 1) // 2))
    drawn = np.random.default_rng(0).choice(size, DRAWN, replace=False)
    means = np.array([_sum_from(graph, start) for start in drawn.tolist()]) / (size - 1)
    # Whoever is drawn is not drawn again, so the error of a sample of all would be none.
    spread = float(means.std(ddof=1)) / len(means) ** 0.5 * (1 - len(means) / size) ** 0.5
    return MeanDistance(float(means.mean()), spread)


def _graph(within: Matrix) -> "igraph.Graph":
    import igraph  # a tenth of a second that few commands need

    one, other = within.nonzero()
    once = one < other
    return igraph.Graph(n=within.shape[0], edges=np.column_stack((one[once], other[once])), directed=False)


def _sum_from(graph: "igraph.Graph", start: int) -> int:
    """The lengths of the shortest paths from one actor to all others, added up: each layer lies one tie farther."""
    _, bounds, _ = graph.bfs(start)
    return int(np.dot(np.arange(len(bounds) - 1), np.diff(bounds)))
