"""Claim: two hundred donors, each taken away alone from 100,000 ties, take seconds; equal to counting again each time.

Ours counts all removals in one pass each way; the peer takes one donor's ties out at a time and asks the same of what
is left, networkx for the shape and one search a hub for the paths, on the first few donors. Run
`python -m benchmarks.removals`, with `--quick` for the smaller size.
"""

import sys
import time
from collections.abc import Callable, Sequence

import networkx as nx
import numpy as np

from benchmarks.snapshots import synthetic
from graph.evolution.log.ties import OPEN, TieColumns, TieLog, tie_log
from graph.evolution.paths.paths import earliest_arrival
from graph.evolution.what_if.removals import Removal, remove

SIZES = (10_000, 100_000)
QUICK = SIZES[:1]
DONORS = 200
HUBS = tuple(range(8))
_COMPARED = 3

Answer = tuple[int, int, int]


def funded(ties: int) -> TieLog:
    """Synthetic ties, each paid for by one of the donors."""
    source, target, start, end = synthetic(ties)
    funder = np.random.default_rng(ties).integers(0, DONORS, ties, np.int32)
    return tie_log([str(actor) for actor in range(ties // 5)], TieColumns(source, target, start, end, funder=funder))


def with_baton(log: TieLog, donors: int) -> list[Answer]:
    """Actors, components and actors reached from a hub without each of the first donors."""
    nobody = np.zeros(len(log.actors), np.bool_)
    removals = [Removal(log.funder == donor, nobody, nobody) for donor in range(donors)]
    found = remove(log, HUBS, removals)
    return [(each.after.actors, each.after.components, int(each.after.taught.sum())) for each in found]


def one_by_one(log: TieLog, donors: int) -> list[Answer]:
    """The same, counted again on the log without the donor's ties."""
    return [_counted(log.where(log.funder != donor)) for donor in range(donors)]


def _counted(log: TieLog) -> Answer:
    shape: nx.Graph[int] = nx.Graph(zip(log.source.tolist(), log.target.tolist(), strict=True))
    known = np.any([earliest_arrival(log, hub, -OPEN).day < OPEN for hub in HUBS], axis=0)
    return len(shape), nx.number_connected_components(shape), int(known.sum())


def report(sizes: Sequence[int]) -> None:
    """Two rows a size: CPU seconds for as many donors as each was asked, and for one of them."""
    print(f"{'ties':>10}  {'contender':<12}{'donors':>8}{'seconds':>10}{'a donor':>10}")
    for ties in sizes:
        log = funded(ties)
        ours = _timed("baton", log, with_baton, DONORS)
        theirs = _timed("one by one", log, one_by_one, _COMPARED)
        if ours[:_COMPARED] != theirs:
            raise AssertionError("the two ways differ")


def _timed(name: str, log: TieLog, answer: Callable[[TieLog, int], list[Answer]], donors: int) -> list[Answer]:
    began = time.process_time()
    found = answer(log, donors)
    took = time.process_time() - began
    print(f"{len(log):>10,}  {name:<12}{donors:>8}{took:>10.2f}{took / donors:>10.4f}")
    return found


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv else SIZES)
