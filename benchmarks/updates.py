"""Claim: a month of new ties is counted in a fraction of the time that counting all windows again takes.

Thirty years of synthetic ties, measured year by year with every measure but brokerage and constraint; then as many new
ties as a month brings come in at the end. `anew` counts all windows of the new log from nothing, `baton` keeps what it
knew of the windows that hold what they held; both must give the same numbers. CPU seconds.
Run `python -m benchmarks.updates`, with `--quick` for the smallest size.
"""

import sys
import time
from collections.abc import Iterable

import numpy as np

from benchmarks.snapshots import YEARS, Columns, synthetic
from graph.evolution.log.ties import TieColumns, TieLog, tie_log
from graph.evolution.measures.measures import (
    MEASURES,
    Known,
    Sheet,
    measure_all,
)

SIZES = (10_000, 100_000)
QUICK = (2_000,)
SHEET = Sheet(names=frozenset(MEASURES) - {"brokers", "constraint", "communities", "modularity"})
MONTHS = 12 * len(YEARS)


def log_of(columns: Columns) -> TieLog:
    """The log of synthetic ties."""
    source, target, start, end = columns
    actors = 1 + int(max(source.max(), target.max()))
    return tie_log([str(actor) for actor in range(actors)], TieColumns(source, target, start, end))


def a_month_later(columns: Columns) -> Columns:
    """The same ties and the new ones of the last month, between actors already there."""
    new = max(1, len(columns[0]) // MONTHS)
    chance = np.random.default_rng(new)
    source, target, _, _ = (column[:new] for column in columns)
    start = chance.integers(YEARS[-1].last_exclusive - 30, YEARS[-1].last_exclusive, new, np.int32)
    fresh = (source, target, start, start + 400)
    return tuple(np.concatenate(pair) for pair in zip(columns, fresh, strict=True))


def compare(ties: int) -> None:
    """Print one line each; stop with an error when the two disagree."""
    columns = synthetic(ties)
    known: Known = {}
    measure_all(log_of(columns), YEARS, SHEET, known)
    log = log_of(a_month_later(columns))
    began = time.process_time()
    kept = measure_all(log, YEARS, SHEET, known)
    middle = time.process_time()
    anew = measure_all(log, YEARS, SHEET)
    done = time.process_time()
    assert kept == anew, f"what was kept and what was counted anew disagree at {ties} ties"
    for name, spent in (("baton", middle - began), ("anew", done - middle)):
        print(f"{ties:>9,}  {name:<6} {spent:>8.3f} {spent / (middle - began):>7.1f} x")


def report(sizes: Iterable[int]) -> None:
    """Print the table for these numbers of ties."""
    print(f"{'ties':>9}  {'':<6} {'seconds':>8} {'ratio':>9}")
    for ties in sizes:
        compare(ties)


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
