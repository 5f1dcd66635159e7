"""One place for every actor over all the years, so that a picture can move through time without jumping."""

import igraph
import numpy as np
from numpy.typing import NDArray

from graph.evolution.chance import seeded
from graph.evolution.ties import TieLog

SPRINGS_UP_TO = 1_000
_PULLS = 3_000_000  # ties x epochs: keeps a dense network to a few seconds
QUANTUM = int(np.iinfo(np.int16).max)

Places = NDArray[np.float64]


def stable_layout(log: TieLog, seed: int = 0) -> Places:
    """A place in [0, 1] x [0, 1] for every actor, from the union of all ties ever held: shape (actors, 2).

    Every weak component is laid out by itself and gets a square as large as its number of actors; the squares
    stand on shelves, the largest first, so actors without a tie end as a grid at the far edge. Up to
    `SPRINGS_UP_TO` actors a component is drawn by springs, O(actors squared) (Fruchterman and Reingold, 1991),
    larger ones by UMAP, O(ties) (McInnes, Healy and Melville, 2018). The same ties and seed give the same places.

    >>> from graph.evolution.ties import TieColumns, tie_log
    >>> log = tie_log("abc", TieColumns(source=[0], target=[1], start=[0], end=[9]))
    >>> stable_layout(log).shape
    (3, 2)
    """
    if not log.actors:
        return np.empty((0, 2))
    union = _union(log)
    groups = sorted(union.connected_components(), key=lambda group: (-len(group), group[0]))
    sides = np.sqrt([len(group) for group in groups])
    places = np.empty((len(log.actors), 2))
    with seeded(seed):
        for group, side, corner in zip(groups, sides, _shelves(sides), strict=True):
            margin = 0.5 / side
            places[group] = corner + side * (margin + (1 - 2 * margin) * _drawn(union, group, seed))
    return _centred(places)


def quantised(places: Places) -> NDArray[np.int16]:
    """Places as whole numbers from 0 to `QUANTUM`, two bytes a coordinate, for sending to a browser."""
    return np.rint(places * QUANTUM).astype(np.int16)


def _union(log: TieLog) -> igraph.Graph:
    ends = np.sort(np.column_stack((log.source, log.target)), axis=1)
    return igraph.Graph(n=len(log.actors), edges=np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0))


def _shelves(sides: Places) -> Places:
    """The corner of each square, put side by side on shelves about as wide as all of them are high."""
    width = max(float(sides[0]), 1.1 * float(np.sqrt(np.sum(sides**2))))
    corners = np.empty((len(sides), 2))
    x = y = height = 0.0
    for place, side in enumerate(sides.tolist()):
        if x + side > width:
            x, y, height = 0.0, y + height, 0.0
        corners[place] = x, y
        x, height = x + side, max(height, side)
    return corners


def _drawn(union: igraph.Graph, group: list[int], seed: int) -> Places:
    """One component in the unit square."""
    if len(group) == 1:
        return np.full((1, 2), 0.5)
    graph = union.induced_subgraph(group)
    start = np.random.default_rng(seed).random((len(group), 2)) * 10
    if len(group) <= SPRINGS_UP_TO:
        drawing = graph.layout_fruchterman_reingold(seed=start.tolist(), niter=300, grid="nogrid")
    else:
        epochs = min(200, max(50, _PULLS // graph.ecount()))
        drawing = graph.layout_umap(seed=start.tolist(), epochs=epochs)
    return _centred(_gathered(np.array(drawing.coords)))


def _gathered(places: Places) -> Places:
    """Draw the far-flung in: the outer twelfth keeps its direction and order but ends within twice the rest's reach."""
    middle = np.median(places, axis=0)
    distance = np.hypot(*(places - middle).T)
    reach = float(np.quantile(distance, 11 / 12))
    far = distance > reach
    pull = np.ones(len(places))
    pull[far] = (2 - reach / distance[far]) * reach / distance[far]
    return np.asarray(middle + (places - middle) * pull[:, None])


def _centred(places: Places) -> Places:
    """Into the unit square with the proportions kept."""
    low, high = places.min(axis=0), places.max(axis=0)
    extent = float(np.max(high - low)) or 1.0
    return np.asarray(np.clip(0.5 + (places - (low + high) / 2) / extent, 0.0, 1.0))
