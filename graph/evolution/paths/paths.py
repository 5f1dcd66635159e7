"""Who could have learned from whom, and when: paths that never run against time.

A tie can carry know-how only if its giver had it when the tie began, and it has arrived when the tie ends: leave
at start, arrive at end. A tie without an end has not delivered yet, so it carries nothing on. A giver reached on
the very day a tie begins may still leave with it. Ties last a day at least, so one pass in the order of their
starts is exact.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graph.errors import InvalidValue, NotFound
from graph.evolution.log.ties import OPEN, Int32s, TieLog


@dataclass(frozen=True, slots=True, eq=False)
class Arrivals:
    """What starts with one actor on one day, and when it can have reached each of the others at the earliest.

    `day` has an entry an actor: the source's own is `since`, `OPEN` means never. `carrier` is the row of the tie
    that brought it, -1 for the source and for those it never reaches.
    """

    source: int
    since: int
    day: NDArray[np.int32]
    carrier: NDArray[np.int32]

    @property
    def reached(self) -> int:
        """How many actors other than the source it can have reached by any day."""
        return int(np.count_nonzero(self.carrier >= 0))


@dataclass(frozen=True, slots=True)
class Hop:
    """One tie of a path: who gave, who received, from when to when, and the row of the log it stands in."""

    giver: str
    receiver: str
    start: int
    end: int
    row: int


def earliest_arrival(log: TieLog, source: int, since: int) -> Arrivals:
    """The earliest day on which what `source` knows on day `since` can have reached everyone.

    One tie after the other, or all of a day at once where there are many. Method: the one-pass earliest-arrival
    algorithm of Wu, Cheng, Huang, Ke, Lu and Xu, Path problems in temporal graphs, 2014, on intervals.

    Arguments: `log`, m ties; `source`, a position; `since`, the first day that counts.
    Returns: for every actor (actors,) the first day, OPEN where nothing arrives, and the tie that brings it.
    Raises: InvalidValue when `source` is no actor.
    Complexity: O(m) time and memory.

    >>> from graph.evolution.log.ties import TieColumns, tie_log
    >>> log = tie_log("abc", TieColumns(source=[0, 1], target=[1, 2], start=[0, 4], end=[4, 9]))
    >>> earliest_arrival(log, source=0, since=0).day.tolist()
    [0, 4, 9]
    """
    if not 0 <= source < len(log.actors):
        raise InvalidValue("source", source, f"is not one of the {len(log.actors)} actors, counted from 0")
    rows, giver, receiver = log.arcs(np.arange(int(np.searchsorted(log.start, since)), len(log)))
    arcs = _Arcs(rows, giver, receiver, log.start[rows], log.end[rows])
    days = np.flatnonzero(np.diff(arcs.start, prepend=arcs.start[:1] - 1))
    found = np.full(len(log.actors), OPEN, np.int32), np.full(len(log.actors), -1, np.int32)
    found[0][source] = since
    day, carrier = _by_ties(arcs, *found) if len(rows) < FEW * len(days) else _by_days(arcs, days, *found)
    return Arrivals(source, since, day, carrier)


FEW = 20
"""Ties a day below which looking at each by itself is quicker than at all of a day at once."""


@dataclass(frozen=True, slots=True, eq=False)
class _Arcs:
    """One-way ties in the order of their starts; within a day they stand by their end."""

    row: NDArray[np.intp]
    giver: Int32s
    receiver: Int32s
    start: Int32s
    end: Int32s


def _by_ties(arcs: _Arcs, day: Int32s, carrier: Int32s) -> tuple[Int32s, Int32s]:
    """The pass over one tie after the other."""
    days, carriers = day.tolist(), carrier.tolist()
    columns = (column.tolist() for column in (arcs.row, arcs.giver, arcs.receiver, arcs.start, arcs.end))
    for row, giver, receiver, start, end in zip(*columns, strict=True):
        if days[giver] <= start and end < days[receiver]:
            days[receiver] = end
            carriers[receiver] = row
    return np.array(days, np.int32), np.array(carriers, np.int32)


def _by_days(arcs: _Arcs, days: NDArray[np.intp], day: Int32s, carrier: Int32s) -> tuple[Int32s, Int32s]:
    """The pass over one day after the other, which writes what it was given."""
    for first, last in pairwise([*days.tolist(), len(arcs.row)]):
        # The earliest of a day comes first; written backward, it is the one that stays.
        held = day[arcs.giver[first:last]] <= arcs.start[first]
        sooner = first + np.flatnonzero(held & (arcs.end[first:last] < day[arcs.receiver[first:last]]))[::-1]
        day[arcs.receiver[sooner]] = arcs.end[sooner]
        carrier[arcs.receiver[sooner]] = arcs.row[sooner]
    return day, carrier


def path_to(log: TieLog, arrivals: Arrivals, target: int) -> tuple[Hop, ...]:
    """The ties of an earliest path from the source of `arrivals` to `target`, in the order of time.

    Empty for the source itself.

    Raises: NotFound when nothing can have arrived.
    Complexity: O(length of the path).
    """
    hops: list[Hop] = []
    here = target
    while here != arrivals.source:
        row = int(arrivals.carrier[here])
        if row < 0:
            raise NotFound("path to", log.actors[target])
        ends = int(log.source[row]), int(log.target[row])
        giver = ends[0] if ends[1] == here else ends[1]
        hops.append(Hop(log.actors[giver], log.actors[here], int(log.start[row]), int(log.end[row]), row))
        here = giver
    return tuple(reversed(hops))
