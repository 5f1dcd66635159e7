"""Claim: whom one actor could have taught, over a million interval ties, takes at most 0.15 s.

Each contender gets the same synthetic ties in memory, sorted by their start, and answers how many actors one source
reaches, how many could have taught it, how many another one (both keep what they turned), and how many 64 sources
reach; the answers must be equal. CPU seconds.
Run `python -m benchmarks.reach`, with `--quick` for the two smaller sizes.
"""

import sys
import time
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from benchmarks.snapshots import YEARS, synthetic
from graph.evolution.backward_paths import latest_departure
from graph.evolution.paths import earliest_arrival
from graph.evolution.reach_tables import earliest_arrivals
from graph.evolution.ties import OPEN, TieColumns, TieLog, tie_log

SIZES = (10_000, 100_000, 1_000_000)
QUICK = SIZES[:1]
SOURCES = range(64)
BY = YEARS[-1].last_exclusive

Arrays = tuple[NDArray[np.int32], ...]


def plain_arrival(arcs: list[tuple[int, int, int, int]], actors: int, source: int, since: int) -> list[int]:
    """The earliest arrivals by one loop over (start, end, giver, receiver) in the order of starts."""
    day = [OPEN] * actors
    day[source] = since
    for start, end, giver, receiver in arcs:
        if day[giver] <= start and end < day[receiver]:
            day[receiver] = end
    return day


def ours(log: TieLog) -> Iterable[Callable[[], int]]:
    """Forward, backward and 64 at once, by our own passes."""
    yield lambda: int(np.count_nonzero(earliest_arrival(log, 0, 0).day < OPEN))
    for target in (0, 1):
        yield lambda target=target: int(1 + latest_departure(log, target, BY).teachers.size)  # type: ignore[misc]
    yield lambda: int(np.count_nonzero(earliest_arrivals(log, SOURCES, 0) < OPEN))


def plain(columns: Arrays) -> Iterable[Callable[[], int]]:
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
    yield lambda: sum(reached(forward, one, 0) for one in SOURCES)


def compare(ties: int) -> None:
    """Print one line a contender; stop with an error when the two disagree."""
    columns = source, target, start, end = synthetic(ties)
    log = tie_log([str(actor) for actor in range(ties // 5)], TieColumns(source, target, start, end))
    answers = []
    for name, asked in (("baton", ours(log)), ("plain loop", plain(columns))):
        seconds, found = [], []
        for question in asked:
            began = time.process_time()
            found.append(question())
            seconds.append(time.process_time() - began)
        answers.append(found)
        print(f"{ties:>9,}  {name:<10} " + " ".join(f"{spent:>9.4f}" for spent in seconds) + f" {found[0]:>9,}")
    assert answers[0] == answers[1], f"the contenders disagree at {ties} ties: {answers}"


def report(sizes: Iterable[int]) -> None:
    """Print the table for these numbers of ties."""
    print(f"{'ties':>9}  {'':<10} {'forward':>9} {'backward':>9} {'again':>9} {'64 at once':>9} {'reached':>9}")
    for ties in sizes:
        compare(ties)


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
