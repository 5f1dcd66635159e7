"""Places for the actors of a whole log, so that nobody moves while the years do."""

import random

import igraph
import numpy as np
from numpy.typing import NDArray

from graph.evolution.ties import TieLog

_SEED = 2026
_FORCES_UP_TO = 2_000
_ROUNDS = 300

Places = NDArray[np.float64]


def place(log: TieLog) -> Places:
    """A place in the unit square for each actor, shape (actors, 2), from the union of all ties.

    Fruchterman and Reingold's forces up to 2,000 tied actors, DrL above (Martin and others 2011), both seeded: the
    same log is placed the same. Actors without a tie to another stand in rows below the others. Ties of every time
    count once, so the places hold for every window.
    """
    pairs = _pairs(log)
    tied = np.unique(pairs)
    places = np.empty((len(log.actors), 2))
    apart = np.setdiff1d(np.arange(len(log.actors)), tied)
    floor = 0.9 if len(apart) and len(tied) else 1.0
    if len(tied):
        places[tied] = _spread(_forces(np.searchsorted(tied, pairs), len(tied))) * (1.0, floor)
    if len(apart):
        places[apart] = _rows(len(apart), floor if len(tied) else 0.0)
    return places


def _pairs(log: TieLog) -> NDArray[np.intp]:
    """Every two actors that are ever tied, once, the lower position first; shape (pairs, 2)."""
    both = np.column_stack((np.minimum(log.source, log.target), np.maximum(log.source, log.target)))
    return np.unique(both[both[:, 0] != both[:, 1]], axis=0).astype(np.intp).reshape(-1, 2)


def _forces(pairs: NDArray[np.intp], size: int) -> Places:
    network = igraph.Graph(n=size, edges=pairs.tolist())
    generator = random.Random(_SEED)
    start = [[generator.random(), generator.random()] for _ in range(size)]
    # igraph draws from one generator for the whole process: borrow it, and give it back.
    igraph.set_random_number_generator(generator)
    try:
        found = _laid_out(network, start)
    finally:
        igraph.set_random_number_generator(random)
    return np.asarray(found.coords, np.float64)


def _laid_out(network: igraph.Graph, start: list[list[float]]) -> igraph.Layout:
    if network.vcount() <= _FORCES_UP_TO:
        return network.layout_fruchterman_reingold(niter=_ROUNDS, seed=start, grid="nogrid")
    return network.layout_drl(seed=start)


def _spread(found: Places) -> Places:
    """Fit into the unit square; the few flung far out are brought to the edge of the 1st to 99th percentile."""
    low, high = np.percentile(found, (1, 99), axis=0)
    fitted: Places = np.clip((found - low) / np.where(high > low, high - low, 1.0), 0.0, 1.0)
    return fitted


def _rows(count: int, top: float) -> Places:
    """`count` places in even rows between `top` and the lower edge."""
    wide = int(np.ceil(np.sqrt(count / max(1.0 - top, 0.05))))
    across, down = np.arange(count) % wide, np.arange(count) // wide
    lines = -(-count // wide)
    return np.column_stack(((across + 0.5) / wide, top + (1.0 - top) * (down + 0.5) / lines))
