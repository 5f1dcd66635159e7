"""Claim: communities of 200,000 actors in five seconds, and of thirty windows with ids that last.

The same synthetic ties, nine of ten within groups of thirty actors. Ours starts each window from the one before and
hands the ids on; networkx (Louvain) and igraph (multilevel) look at each window by itself, without ids. `modularity` is
the mean over the windows on the same undirected graphs, ties as heavy as their contacts; ours may not be lower than the
peers' by more than a hundredth. `NMI` is the mean normalised mutual information of each window's communities with those
of the window before, over the actors in both. CPU seconds, and peak memory, each in a process of its own.
Run `python -m benchmarks.communities`, with `--quick` for the smallest.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

import igraph
import networkx as nx
import numpy as np
from numpy.typing import NDArray

from benchmarks.apart.processes import alone
from benchmarks.snapshots import YEARS
from graph.evolution.log.ties import TieColumns, TieLog, tie_log
from graph.evolution.log.windows import Snapshot, Window, snapshot
from graph.evolution.measures.communities import generations

SIZES = ((1_000, 30), (10_000, 30), (100_000, 30), (200_000, 1))  # actors and windows
QUICK = ((300, 30),)
MOST = {"networkx": 10_000}  # actors; more take it minutes
GROUP = 30
WORSE = 0.01
NOWHERE = -1

Edges = list[tuple[int, int, float]]
Members = NDArray[np.integer]
Found = tuple[float, Members]
"""Modularity, and the community of each actor, NOWHERE for those that are not there."""


def grouped(actors: int) -> TieLog:
    """Five ties an actor of about two years each, over thirty years."""
    chance = np.random.default_rng(actors)
    ties = 5 * actors
    source = chance.integers(0, actors, ties)
    near = source // GROUP * GROUP + chance.integers(0, GROUP, ties)
    target = np.where(chance.random(ties) < 0.9, np.minimum(near, actors - 1), chance.integers(0, actors, ties))
    start = chance.integers(YEARS[0].first, YEARS[-1].last_exclusive, ties)
    return tie_log([str(actor) for actor in range(actors)], TieColumns(source, target, start, start + 700))


def windows(count: int) -> Sequence[Window]:
    """That many years, or all of them as one window."""
    return YEARS if count == len(YEARS) else [Window(YEARS[0].first, YEARS[-1].last_exclusive)]


def ours(shots: Sequence[Snapshot]) -> Iterator[Found]:
    """Leiden, each window from the one before."""
    for found in generations(shots):
        yield found.modularity or 0.0, found.member


def with_networkx(shots: Sequence[Snapshot]) -> Iterator[Found]:
    """Louvain, each window by itself."""
    for shot in shots:
        graph: nx.Graph[int] = nx.Graph()
        graph.add_weighted_edges_from(undirected(shot))
        parts = nx.community.louvain_communities(graph, seed=1)
        member = np.full(shot.pairs.shape[0], NOWHERE, np.int64)
        for number, part in enumerate(parts):
            member[list(part)] = number
        yield nx.community.modularity(graph, parts), member


def with_igraph(shots: Sequence[Snapshot]) -> Iterator[Found]:
    """Multilevel, each window by itself."""
    for shot in shots:
        graph = igraph.Graph.TupleList(undirected(shot), weights=True)
        parts = graph.community_multilevel(weights="weight")
        member = np.full(shot.pairs.shape[0], NOWHERE, np.int64)
        member[graph.vs["name"]] = parts.membership
        yield float(parts.modularity), member


def undirected(shot: Snapshot) -> Edges:
    """Each pair once, as heavy as its contacts both ways."""
    both = (shot.pairs + shot.pairs.T).tocoo()
    once = both.row < both.col
    return list(zip(both.row[once].tolist(), both.col[once].tolist(), both.data[once].tolist(), strict=True))


CONTENDERS: dict[str, Callable[[Sequence[Snapshot]], Iterator[Found]]] = {
    "baton": ours,
    "igraph": with_igraph,
    "networkx": with_networkx,
}


def timed(contender: str, actors: int, count: int) -> tuple[float, float, str]:
    """Seconds, the mean modularity of the windows, and how alike the communities of two in a row are."""
    log = grouped(actors)
    shots = [snapshot(log, window) for window in windows(count)]
    began = time.process_time()
    found = list(CONTENDERS[contender](shots))
    spent = time.process_time() - began
    alike = [_alike(one, other) for (_, one), (_, other) in pairwise(found)]
    return spent, float(np.mean([modularity for modularity, _ in found])), f"{np.mean(alike):.3f}" if alike else "-"


def _alike(one: Members, other: Members) -> float:
    both = (one != NOWHERE) & (other != NOWHERE)
    return float(igraph.compare_communities(one[both].tolist(), other[both].tolist(), method="nmi"))


def compare(actors: int, count: int) -> None:
    """Print one line a contender; stop with an error when a peer finds better communities."""
    seconds, best = 0.0, 0.0
    for name in (name for name in CONTENDERS if actors <= MOST.get(name, actors)):
        (spent, modularity, nmi), peak = alone(timed, name, actors, count)
        seconds, best = seconds or spent, best or modularity
        assert best >= modularity - WORSE, f"{name} finds better communities among {actors} actors"
        told = f"{spent:>8.2f} {spent / seconds:>7.1f} x {peak:>6.0f} {modularity:>10.3f} {nmi:>6}"
        print(f"{actors:>8,} {count:>7}  {name:<9} {told}")


def report(sizes: Iterable[tuple[int, int]]) -> None:
    """Print the table for these numbers of actors and windows."""
    print(f"{'actors':>8} {'windows':>7}  {'':<9} {'seconds':>8} {'ratio':>9} {'MB':>6} {'modularity':>10} {'NMI':>6}")
    for actors, count in sizes:
        compare(actors, count)


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
