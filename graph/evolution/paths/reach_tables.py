"""Earliest arrivals from many sources in one pass over the ties."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graph.errors import InvalidValue
from graph.evolution.log.ties import OPEN, TieLog

MOST = 64
"""How many sources one pass carries: a table of actors x 64 days stays small beside the log."""


def earliest_arrivals(log: TieLog, sources: Sequence[int], since: int) -> NDArray[np.int32]:
    """The `day` of `earliest_arrival` for each of up to 64 sources, one column each: actors x sources.

    One batch for each day on which ties begin, as for one source; the ties of a day stand by receiver, so that the
    earliest of them is one reduction. O(m (log m + sources)). Raises InvalidValue for a source that is no actor and
    for more than 64.

    >>> from graph.evolution.log.ties import TieColumns, tie_log
    >>> log = tie_log("abc", TieColumns(source=[0, 1], target=[1, 2], start=[0, 4], end=[4, 9]))
    >>> earliest_arrivals(log, [0, 1], since=0).tolist()
    [[0, 2147483647], [4, 0], [9, 9]]
    """
    _check(log, sources)
    day = np.full((len(log.actors), len(sources)), OPEN, np.int32)
    day[list(sources), np.arange(len(sources))] = since
    rows, giver, receiver = log.arcs(np.arange(int(np.searchsorted(log.start, since)), len(log)))
    order = np.lexsort((receiver, log.start[rows]))
    rows, giver, receiver = rows[order], giver[order], receiver[order]
    start, end = log.start[rows], log.end[rows, np.newaxis]
    for first, last in pairwise([*_changes(start), len(start)]):
        arriving = np.where(day[giver[first:last]] <= start[first], end[first:last], OPEN)
        groups = _changes(receiver[first:last])
        reached = receiver[first:last][groups]
        day[reached] = np.minimum(day[reached], np.minimum.reduceat(arriving, groups))
    return day


def _check(log: TieLog, sources: Sequence[int]) -> None:
    for source in sources:
        if not 0 <= source < len(log.actors):
            raise InvalidValue("source", source, f"is not one of the {len(log.actors)} actors, counted from 0")
    if len(sources) > MOST:
        raise InvalidValue("sources", len(sources), f"is more than one pass carries; give at most {MOST} at a time")


def _changes(values: NDArray[np.int32]) -> list[int]:
    """The positions at which a run of equal values begins."""
    return np.flatnonzero(np.diff(values, prepend=values[:1] - 1)).tolist()
