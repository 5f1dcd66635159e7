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
from graph.evolution.ties import OPEN, TieLog


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

    One batch for each day on which ties begin. O(m log m) with few mutual ties or many, no more than O(m) memory.
    Method: the one-pass earliest-arrival algorithm of Wu, Cheng, Huang, Ke, Lu and Xu, Path problems in temporal
    graphs, 2014, on intervals. Raises InvalidValue when `source` is no actor.

    >>> from graph.evolution.ties import TieColumns, tie_log
    >>> log = tie_log("abc", TieColumns(source=[0, 1], target=[1, 2], start=[0, 4], end=[4, 9]))
    >>> earliest_arrival(log, source=0, since=0).day.tolist()
    [0, 4, 9]
    """
    if not 0 <= source < len(log.actors):
        raise InvalidValue("source", source, f"is not one of the {len(log.actors)} actors, counted from 0")
    day = np.full(len(log.actors), OPEN, np.int32)
    carrier = np.full(len(log.actors), -1, np.int32)
    day[source] = since
    rows, giver, receiver = log.arcs(np.arange(int(np.searchsorted(log.start, since)), len(log)))
    start, end = log.start[rows], log.end[rows]
    bounds = [*np.flatnonzero(np.diff(start, prepend=start[:1] - 1)).tolist(), len(start)]
    for first, last in pairwise(bounds):
        # Within a day the ties stand by their end; written backward, the earliest is the one that stays.
        held = day[giver[first:last]] <= start[first]
        sooner = first + np.flatnonzero(held & (end[first:last] < day[receiver[first:last]]))[::-1]
        day[receiver[sooner]] = end[sooner]
        carrier[receiver[sooner]] = rows[sooner]
    return Arrivals(source, since, day, carrier)


def path_to(log: TieLog, arrivals: Arrivals, target: int) -> tuple[Hop, ...]:
    """The ties of an earliest path from the source of `arrivals` to `target`, in the order of time.

    Empty for the source itself. Raises NotFound when nothing can have arrived. O(length of the path).
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
