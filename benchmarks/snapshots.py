"""Claim: thirty yearly snapshots of a million interval ties take at most 0.3 s and lose no tie.

Each contender gets the same synthetic ties in memory and answers, for each of thirty years, how many distinct
directed pairs held and how many actors they joined; the answers must be equal. Two packages for graphs in time stand
beside them in environments of their own: what they make of intervals is not the same, as `pair-years` shows, so theirs
need not be. CPU seconds to prepare once and to answer, and peak memory, each in a process of its own.
Run `python -m benchmarks.snapshots`, with `--quick` for the smallest size.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import igraph
import networkx as nx
import numpy as np
import rustworkx
from numpy.typing import NDArray

from benchmarks.apart import DYNETX, MISSING, RAPHTORY
from benchmarks.apart.processes import alone
from graph.evolution.log.ties import TieColumns, tie_log
from graph.evolution.log.windows import snapshot, yearly
from graph.evolution.measures.brokers import present

YEARS = yearly(1990, 2019)
SIZES = (10_000, 100_000, 1_000_000)
QUICK = SIZES[:1]
APART = {DYNETX: 10_000, RAPHTORY: 100_000}  # and the most ties they are given, as more take them minutes

Answer = list[tuple[int, int]]
Columns = tuple[NDArray[np.int32], ...]


@dataclass(frozen=True, slots=True)
class Run:
    """One contender on one size."""

    contender: str
    prepared: float
    seconds: float
    answer: Answer


def synthetic(ties: int) -> Columns:
    """Source, target, start and end of ties among a fifth as many actors, of one day to about four years each."""
    chance = np.random.default_rng(ties)
    source, target = chance.integers(0, ties // 5, (2, ties), np.int32)
    target = np.where(source == target, (target + 1) % (ties // 5), target)
    start = chance.integers(YEARS[0].first, YEARS[-1].last_exclusive, ties, np.int32)
    return source, target, start, start + chance.integers(1, 1_400, ties, np.int32)


def with_baton(columns: Columns) -> Iterator[Answer]:
    """Our own snapshots; checking, sorting and freezing the log is the preparation."""
    source, target, start, end = columns
    log = tie_log([str(actor) for actor in range(len(source) // 5)], TieColumns(source, target, start, end))
    yield []
    shots = (snapshot(log, year) for year in YEARS)
    yield [(shot.pairs.nnz, len(present(shot))) for shot in shots]


def with_igraph(columns: Columns) -> Iterator[Answer]:
    """One igraph graph a year, simplified, from the same array mask."""
    yield []
    size = len(columns[0]) // 5
    answer = []
    for held in alive(columns):
        graph = igraph.Graph(n=size, edges=held, directed=True).simplify()
        answer.append((graph.ecount(), size - graph.degree().count(0)))
    yield answer


def with_rustworkx(columns: Columns) -> Iterator[Answer]:
    """One rustworkx PyDiGraph a year from the same array mask."""
    yield []
    answer = []
    for held in alive(columns):
        graph: rustworkx.PyDiGraph[None, None] = rustworkx.PyDiGraph(multigraph=False)
        graph.extend_from_edge_list(list(map(tuple, held.tolist())))
        answer.append((graph.num_edges(), graph.num_nodes() - len(rustworkx.isolates(graph))))
    yield answer


def with_networkx(columns: Columns) -> Iterator[Answer]:
    """One networkx DiGraph a year from the same array mask."""
    yield []
    graphs: Iterator[nx.DiGraph[int]] = (nx.DiGraph(held.tolist()) for held in alive(columns))
    yield [(graph.number_of_edges(), graph.number_of_nodes()) for graph in graphs]


def alive(columns: Columns) -> Iterator[NDArray[np.int32]]:
    """The pairs that hold in each year, repeats included."""
    source, target, start, end = columns
    for year in YEARS:
        held = (start < year.last_exclusive) & (end > year.first)
        yield np.column_stack((source[held], target[held]))


# Each yields once when it has prepared and once with its answer, so that the two are timed apart.
CONTENDERS: Mapping[str, Callable[[Columns], Iterator[Answer]]] = {
    "baton": with_baton,
    "igraph": with_igraph,
    "rustworkx": with_rustworkx,
    "networkx": with_networkx,
}


def timed(contender: str, ties: int) -> Run:
    """Run one contender."""
    steps = CONTENDERS[contender](synthetic(ties))
    began = time.process_time()
    next(steps)
    ready = time.process_time()
    answer = next(steps)
    done = time.process_time()
    return Run(contender, ready - began, done - ready, answer)


def compare(ties: int) -> None:
    """Print one line a contender; stop with an error when two of them disagree that look at the same graph a year."""
    ours, peak = alone(timed, "baton", ties)
    _say(ties, ours, peak, ours)
    for contender in (name for name in CONTENDERS if name != "baton"):
        run, peak = alone(timed, contender, ties)
        assert run.answer == ours.answer, f"{run.contender} and {ours.contender} disagree at {ties} ties"
        _say(ties, run, peak, ours)
    for peer in (peer for peer, most in APART.items() if ties <= most):
        if not peer.is_there:
            print(f"{ties:>9,}  {peer.title:<15} {MISSING}")
            continue
        years = [(year.first, year.last_exclusive) for year in YEARS]
        told = peer.ask({"ties": np.column_stack(synthetic(ties)).tolist(), "years": years})
        _say(ties, Run(peer.title, told["prepare"], told["solve"], told["years"]), told["megabytes"], ours)


def _say(ties: int, run: Run, peak: float, ours: Run) -> None:
    pair_years = sum(pairs for pairs, _ in run.answer)
    spent = f"{run.prepared:>8.3f} {run.seconds:>9.3f} {run.seconds / ours.seconds:>7.1f}"
    print(f"{ties:>9,}  {run.contender:<15} {spent} {peak:>6.0f} {pair_years:>11,}")


def report(sizes: Iterable[int]) -> None:
    """Print the table for these numbers of ties."""
    print(f"{'ties':>9}  {'':<15} {'prepare':>8} {'30 years':>9} {'ratio':>7} {'MB':>6} {'pair-years':>11}")
    for ties in sizes:
        compare(ties)


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
