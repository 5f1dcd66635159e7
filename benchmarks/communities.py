"""Claim: communities of thirty windows keep their ids, no worse than networkx finds them, many times sooner.

The same synthetic ties, nine of ten within groups of thirty actors. Ours starts each window from the one before and
hands the ids on; networkx (Louvain) and igraph (multilevel) look at each window by itself, without ids. `modularity` is
the mean over the windows on the same undirected graphs, ties as heavy as their contacts; ours may not be lower than the
peers' by more than a hundredth. CPU seconds, and peak memory, each in a process of its own.
Run `python -m benchmarks.communities`, with `--quick` for the smallest.
"""

import sys
import time
from collections.abc import Callable, Iterable, Sequence

import igraph
import networkx as nx
import numpy as np

from benchmarks.apart.processes import alone
from benchmarks.snapshots import YEARS
from graph.evolution.communities import generations
from graph.evolution.ties import TieColumns, TieLog, tie_log
from graph.evolution.windows import Snapshot, snapshot

SIZES = (1_000, 10_000)
QUICK = (300,)
GROUP = 30
WORSE = 0.01

Edges = list[tuple[int, int, float]]


def grouped(actors: int) -> TieLog:
    """Five ties an actor of about two years each, over thirty years."""
    chance = np.random.default_rng(actors)
    ties = 5 * actors
    source = chance.integers(0, actors, ties)
    near = source // GROUP * GROUP + chance.integers(0, GROUP, ties)
    target = np.where(chance.random(ties) < 0.9, np.minimum(near, actors - 1), chance.integers(0, actors, ties))
    start = chance.integers(YEARS[0].first, YEARS[-1].last_exclusive, ties)
    return tie_log([str(actor) for actor in range(actors)], TieColumns(source, target, start, start + 700))


def ours(shots: Sequence[Snapshot]) -> list[float]:
    """Leiden, each window from the one before."""
    return [found.modularity or 0.0 for found in generations(shots)]


def with_networkx(shots: Sequence[Snapshot]) -> list[float]:
    """Louvain, each window by itself."""
    found = []
    for shot in shots:
        graph: nx.Graph[int] = nx.Graph()
        graph.add_weighted_edges_from(undirected(shot))
        parts = nx.community.louvain_communities(graph, seed=1)
        found.append(nx.community.modularity(graph, parts))
    return found


def with_igraph(shots: Sequence[Snapshot]) -> list[float]:
    """Multilevel, each window by itself."""
    found = []
    for shot in shots:
        graph = igraph.Graph.TupleList(undirected(shot), weights=True)
        found.append(float(graph.community_multilevel(weights="weight").modularity))
    return found


def undirected(shot: Snapshot) -> Edges:
    """Each pair once, as heavy as its contacts both ways."""
    both = (shot.pairs + shot.pairs.T).tocoo()
    once = both.row < both.col
    return list(zip(both.row[once].tolist(), both.col[once].tolist(), both.data[once].tolist(), strict=True))


CONTENDERS: dict[str, Callable[[Sequence[Snapshot]], list[float]]] = {
    "baton": ours,
    "igraph": with_igraph,
    "networkx": with_networkx,
}


def timed(contender: str, actors: int) -> tuple[float, float]:
    """Seconds, and the mean modularity of the windows."""
    log = grouped(actors)
    shots = [snapshot(log, year) for year in YEARS]
    began = time.process_time()
    found = CONTENDERS[contender](shots)
    return time.process_time() - began, float(np.mean(found))


def compare(actors: int) -> None:
    """Print one line a contender; stop with an error when a peer finds better communities."""
    seconds, best = 0.0, 0.0
    for name in CONTENDERS:
        (spent, modularity), peak = alone(timed, name, actors)
        seconds, best = seconds or spent, best or modularity
        assert best >= modularity - WORSE, f"{name} finds better communities among {actors} actors"
        print(f"{actors:>8,}  {name:<9} {spent:>8.2f} {spent / seconds:>7.1f} x {peak:>6.0f} {modularity:>10.3f}")


def report(sizes: Iterable[int]) -> None:
    """Print the table for these numbers of actors."""
    print(f"{'actors':>8}  {'':<9} {'seconds':>8} {'ratio':>9} {'MB':>6} {'modularity':>10}")
    for actors in sizes:
        compare(actors)


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
