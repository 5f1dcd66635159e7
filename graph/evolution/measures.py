"""What one window of the network measures: how big, how dense, how mutual, how connected, and who brokers.

An actor counts in a window when at least one tie of the window touches it. A tie is a distinct ordered pair;
several contacts between the same two are one tie. Self-ties count nowhere but in their own number.
"""

from dataclasses import dataclass

import igraph
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from graph.evolution.ties import TieLog
from graph.evolution.windows import Snapshot, Window, snapshot

EXACT_UP_TO = 3_000
PIVOTS = 64
_SEED = 2026

Matrix = csr_array[np.int32, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Definition:
    """What a number means, in words for a page: its name, meaning, unit and where the measure comes from."""

    key: str
    name: str
    meaning: str
    unit: str
    source: str


DEFINITIONS = (
    Definition("actors", "Actors", "Those with at least one tie in the window.", "actors", "count"),
    Definition("ties", "Ties", "Distinct ordered pairs with a transfer from the first to the second.", "ties", "count"),
    Definition(
        "contacts",
        "Contacts",
        "Transfers behind the ties; several between the same two all count.",
        "transfers",
        "count",
    ),
    Definition(
        "density",
        "Density",
        "Ties as a share of all ordered pairs of actors: ties / (n (n - 1)).",
        "share, 0 to 1",
        "Wasserman and Faust 1994, 4.3",
    ),
    Definition(
        "reciprocity",
        "Reciprocity",
        "Share of ties that are returned: for how many ordered pairs the opposite pair is tied too.",
        "share, 0 to 1",
        "Newman 2010, 7.10",
    ),
    Definition(
        "components",
        "Components",
        "Groups of actors joined by ties of any direction, with nothing between two groups.",
        "groups",
        "count",
    ),
    Definition(
        "giant", "Giant share", "Share of the actors that lie in the largest component.", "share, 0 to 1", "count"
    ),
    Definition(
        "brokers",
        "Top brokers",
        "Actors on most shortest directed paths between others, as a share of all pairs: betweenness.",
        "share, 0 to 1",
        "Freeman 1977",
    ),
)


@dataclass(frozen=True, slots=True)
class Broker:
    """An actor (position in the log) with its normalised betweenness, 0 to 1.

    `error` is the standard error where betweenness was sampled, 0 where it is exact.
    """

    actor: int
    betweenness: float
    error: float = 0.0


@dataclass(frozen=True, slots=True)
class WindowMeasures:
    """The measures of one window; `DEFINITIONS` says what each means. An empty window is all zeros."""

    window: Window
    actors: int
    ties: int
    contacts: int
    density: float
    reciprocity: float
    components: int
    giant: float
    self_ties: int
    brokers: tuple[Broker, ...]


def measure(log: TieLog, window: Window, top: int = 5) -> WindowMeasures:
    """Measure one window. O(ties), and O(actors x ties) for exact betweenness of up to 3,000 actors.

    >>> from graph.evolution.ties import TieColumns, tie_log
    >>> log = tie_log("abc", TieColumns(source=[0, 1], target=[1, 2], start=[0, 0], end=[9, 9]))
    >>> found = measure(log, Window(0, 5))
    >>> found.actors, found.ties, round(found.density, 3), found.components, found.brokers
    (3, 2, 0.333, 1, (Broker(actor=1, betweenness=0.5, error=0.0),))
    """
    shot = snapshot(log, window)
    present, pairs = _present(shot)
    size = len(present)
    components, labels = connected_components(pairs, directed=False) if size else (0, np.empty(0, np.int32))
    return WindowMeasures(
        window=window,
        actors=size,
        ties=pairs.nnz,
        contacts=len(shot.rows),
        density=pairs.nnz / (size * (size - 1)) if size else 0.0,
        reciprocity=_reciprocity(pairs),
        components=int(components),
        giant=float(np.bincount(labels).max() / size) if size else 0.0,
        self_ties=shot.self_ties,
        brokers=_brokers(pairs, present, top),
    )


def strengths(shot: Snapshot) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Contacts given and contacts received per actor of the log, each of shape (actors,). O(ties)."""
    given = np.asarray(shot.pairs.sum(axis=1), np.int64).ravel()
    received = np.asarray(shot.pairs.sum(axis=0), np.int64).ravel()
    return given, received


def _present(shot: Snapshot) -> tuple[NDArray[np.intp], Matrix]:
    """The actors with a tie, and the matrix among just those."""
    given, received = strengths(shot)
    present = np.flatnonzero(given + received)
    return present, csr_array(shot.pairs[present][:, present])


def _reciprocity(pairs: Matrix) -> float:
    if not pairs.nnz:
        return 0.0
    one = pairs.astype(np.bool_)
    returned = csr_array(one.multiply(one.T))
    return float(returned.nnz / pairs.nnz)


def _brokers(pairs: Matrix, present: NDArray[np.intp], top: int) -> tuple[Broker, ...]:
    """The actors with the highest betweenness above zero, ties by position."""
    size = len(present)
    if size < 3:
        return ()
    between, error = _betweenness(pairs)
    scale = (size - 1) * (size - 2)
    best = np.lexsort((present, -between.round(9)))[:top]
    return tuple(
        Broker(int(present[place]), float(between[place] / scale), float(error[place] / scale))
        for place in best
        if between[place] > 0
    )


def _betweenness(pairs: Matrix) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Directed, unweighted betweenness by Brandes' algorithm, and its standard error.

    Exact up to 3,000 actors. Above, from 64 seeded sources: the sum over the sources times n / 64, with the
    standard error of that estimate over the sources (Brandes and Pich 2007).
    """
    size = pairs.shape[0]
    network = igraph.Graph(n=size, edges=np.column_stack(pairs.nonzero()).tolist(), directed=True)
    if size <= EXACT_UP_TO:
        return np.asarray(network.betweenness(directed=True)), np.zeros(size)
    sources = np.random.default_rng(_SEED).choice(size, PIVOTS, replace=False)
    each = np.array([network.betweenness(directed=True, sources=[int(source)]) for source in sources])
    error = each.std(axis=0, ddof=1) * size / np.sqrt(PIVOTS)
    return each.sum(axis=0) * size / PIVOTS, error
