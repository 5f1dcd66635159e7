"""Claim: whom one actor could have taught, over a million interval ties, takes at most 0.15 s.

Each contender gets the same synthetic ties in memory, sorted by their start, and answers how many actors one source
reaches, how many could have taught it, and how many another one (both keep what they turned); the answers must be
equal. No graph package follows interval ties in time, so igraph, rustworkx and networkx get
the graph of events, a node for each day on which something leaves or reaches an actor, which `prepare` builds. CPU
seconds, and peak memory, each in a process of its own.
Run `python -m benchmarks.reach`, with `--quick` for the smallest size.
"""

import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import igraph
import networkx as nx
import numpy as np
import rustworkx
from numpy.typing import NDArray

from benchmarks.apart.processes import alone
from benchmarks.snapshots import YEARS, synthetic
from graph.evolution.log.ties import (
    OPEN,
    TieColumns,
    TieLog,
    tie_log,
)
from graph.evolution.paths.backward_paths import latest_departure
from graph.evolution.paths.paths import earliest_arrival

SIZES = (10_000, 100_000, 1_000_000)
QUICK = SIZES[:1]
BY = YEARS[-1].last_exclusive
DAYS = 2 * BY  # more than any day
MOST = {"networkx": 10_000}  # ties; more take it minutes

Arrays = tuple[NDArray[np.int32], ...]


def plain_arrival(arcs: list[tuple[int, int, int, int]], actors: int, source: int, since: int) -> list[int]:
    """The earliest arrivals by one loop over (start, end, giver, receiver) in the order of starts."""
    day = [OPEN] * actors
    day[source] = since
    for start, end, giver, receiver in arcs:
        if day[giver] <= start and end < day[receiver]:
            day[receiver] = end
    return day


def ours(columns: Arrays) -> Iterator[Callable[[], int]]:
    """Forward, backward and again, by our own passes; the log is the preparation."""
    source, target, start, end = columns
    log = tie_log([str(actor) for actor in range(len(source) // 5)], TieColumns(source, target, start, end))
    yield from _passes(log)


def _passes(log: TieLog) -> Iterator[Callable[[], int]]:
    yield lambda: int(np.count_nonzero(earliest_arrival(log, 0, 0).day < OPEN))
    for target in (0, 1):
        yield lambda target=target: int(1 + latest_departure(log, target, BY).teachers.size)  # type: ignore[misc]


def plain(columns: Arrays) -> Iterator[Callable[[], int]]:
    """The same by the plain loop; sorting is a part of what both do backward."""
    source, target, start, end = (column.tolist() for column in columns)
    actors = len(source) // 5
    forward = sorted(zip(start, end, source, target, strict=True))

    def reached(arcs: list[tuple[int, int, int, int]], one: int, since: int) -> int:
        return sum(day < OPEN for day in plain_arrival(arcs, actors, one, since))

    def turned() -> list[tuple[int, int, int, int]]:
        return sorted((-end, -start, receiver, giver) for start, end, giver, receiver in forward if end <= BY)

    yield lambda: reached(forward, 0, 0)
    arcs = []
    yield lambda: reached(arcs.extend(turned()) or arcs, 0, -BY)  # type: ignore[func-returns-value]
    yield lambda: reached(arcs, 1, -BY)


@dataclass(frozen=True, slots=True)
class Events:
    """The graph of events: `moments` are actor x DAYS + day, sorted; `edges` lead from moment to later moment."""

    moments: NDArray[np.int64]
    edges: NDArray[np.int64]

    @classmethod
    def of(cls, columns: Arrays) -> "Events":
        """From the columns of the ties."""
        source, target, start, end = (column.astype(np.int64) for column in columns)
        moments, place = np.unique(np.concatenate((source * DAYS + start, target * DAYS + end)), return_inverse=True)
        waits = np.flatnonzero(np.diff(moments // DAYS) == 0)
        leaves, arrives = np.split(place, 2)
        edges = np.concatenate((np.column_stack((leaves, arrives)), np.column_stack((waits, waits + 1))))
        return cls(moments, edges)

    def first(self, actor: int) -> list[int]:
        """The first moment of an actor, as a list of one or none."""
        place = int(np.searchsorted(self.moments, actor * DAYS))
        return [place] if place < len(self.moments) and self.moments[place] // DAYS == actor else []

    def last(self, actor: int) -> list[int]:
        """The last moment of an actor until BY."""
        place = int(np.searchsorted(self.moments, actor * DAYS + BY, side="right")) - 1
        return [place] if place >= 0 and self.moments[place] // DAYS == actor else []

    def actors(self, found: Iterable[Collection[int]], actor: int) -> int:
        """How many actors these moments belong to, with the one that was asked about."""
        places = [np.fromiter(some, np.int64, len(some)) for some in found]
        reached = self.moments[np.concatenate(places)] // DAYS if places else np.empty(0, np.int64)
        return int(np.union1d(reached, [actor]).size)


Search = Callable[[int], Collection[int]]


def by_events(onward: Callable[[Events], tuple[Search, Search]]) -> Callable[[Arrays], Iterator[Callable[[], int]]]:
    """The questions put to a package that can tell what lies after and what before a node."""

    def asked(columns: Arrays) -> Iterator[Callable[[], int]]:
        events = Events.of(columns)
        after, before = onward(events)
        yield lambda: events.actors(map(after, events.first(0)), 0)
        yield lambda: events.actors(map(before, events.last(0)), 0)
        yield lambda: events.actors(map(before, events.last(1)), 1)

    return asked


def with_igraph(events: Events) -> tuple[Search, Search]:
    """Its subcomponents."""
    graph = igraph.Graph(n=len(events.moments), edges=events.edges, directed=True)
    return lambda node: graph.subcomponent(node, mode="out"), lambda node: graph.subcomponent(node, mode="in")


def with_rustworkx(events: Events) -> tuple[Search, Search]:
    """Its descendants and ancestors, which leave out the node itself: it belongs to the actor asked about."""
    graph: rustworkx.PyDiGraph[None, None] = rustworkx.PyDiGraph()
    graph.extend_from_edge_list(list(map(tuple, events.edges.tolist())))
    return lambda node: rustworkx.descendants(graph, node), lambda node: rustworkx.ancestors(graph, node)


def with_networkx(events: Events) -> tuple[Search, Search]:
    """The same."""
    graph: nx.DiGraph[int] = nx.DiGraph(events.edges.tolist())
    return lambda node: nx.descendants(graph, node), lambda node: nx.ancestors(graph, node)


CONTENDERS: Mapping[str, Callable[[Arrays], Iterator[Callable[[], int]]]] = {
    "baton": ours,
    "plain loop": plain,
    "igraph": by_events(with_igraph),
    "rustworkx": by_events(with_rustworkx),
    "networkx": by_events(with_networkx),
}


def timed(contender: str, ties: int) -> tuple[list[float], list[int]]:
    """Seconds to prepare and for each question, and the answers."""
    columns = synthetic(ties)
    began = time.process_time()
    seconds, answers = [], []
    for question in CONTENDERS[contender](columns):
        seconds += [time.process_time() - began] if not seconds else []
        began = time.process_time()
        answers.append(question())
        seconds.append(time.process_time() - began)
    return seconds, answers


def compare(ties: int) -> None:
    """Print one line a contender; stop with an error when two disagree."""
    expected: list[int] = []
    for contender in (name for name in CONTENDERS if ties <= MOST.get(name, ties)):
        (seconds, answers), peak = alone(timed, contender, ties)
        expected = expected or answers
        assert answers == expected, f"{contender} and baton disagree at {ties} ties: {answers}, {expected}"
        spent = " ".join(f"{each:>10.4f}" for each in seconds)
        print(f"{ties:>9,}  {contender:<10} {spent} {peak:>6.0f} {answers[0]:>9,}")


def report(sizes: Iterable[int]) -> None:
    """Print the table for these numbers of ties."""
    names = " ".join(f"{name:>10}" for name in ("prepare", "forward", "backward", "again"))
    print(f"{'ties':>9}  {'':<10} {names} {'MB':>6} {'reached':>9}")
    for ties in sizes:
        compare(ties)


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
