"""The ties of one window: who gave to whom, how often, from when to when and in which ways."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from graph.evolution.log.ties import OPEN, TieLog
from graph.evolution.log.windows import Window, date_of, snapshot


@dataclass(frozen=True, slots=True)
class WindowTie:
    """All contacts from one actor to another, both by their positions in the log, that hold within a window.

    `first` is the day the first of them began, `last` the day the last of them ends, None while one goes on;
    `channels` are the labels of their engagements; `planned` says that none of them has begun.
    """

    giver: int
    receiver: int
    contacts: int
    first: date
    last: date | None
    channels: tuple[str, ...]
    planned: bool = False


def ties_in(log: TieLog, window: Window) -> tuple[WindowTie, ...]:
    """The ties of a window by giver and receiver, ties to oneself left out. O(begun + held log held).

    >>> from graph.evolution.log.ties import TieColumns, tie_log
    >>> log = tie_log("ab", TieColumns([0, 0], [1, 1], [0, 5], [9, OPEN]))
    >>> [(tie.contacts, tie.first.day, tie.last) for tie in ties_in(log, Window(6, 7))]
    [(2, 1, None)]
    """
    rows, giver, receiver = log.arcs(snapshot(log, window).rows)
    if not len(rows):
        return ()
    order = np.lexsort((receiver, giver))
    rows, giver, receiver = rows[order], giver[order], receiver[order]
    fresh = (giver[1:] != giver[:-1]) | (receiver[1:] != receiver[:-1])
    begins = np.concatenate(([0], np.flatnonzero(fresh) + 1))
    columns = (
        giver[begins],
        receiver[begins],
        np.diff(np.append(begins, len(rows))),
        np.minimum.reduceat(log.start[rows], begins),
        np.maximum.reduceat(log.end[rows], begins),
        np.bitwise_or.reduceat(1 << log.channel[rows].astype(np.int64), begins),
        np.logical_and.reduceat(log.planned[rows], begins),
    )
    return tuple(_tie(log, row) for row in zip(*(column.tolist() for column in columns), strict=True))


def _tie(log: TieLog, row: tuple[int, ...]) -> WindowTie:
    giver, receiver, contacts, start, end, used, planned = row
    channels = tuple(name for code, name in enumerate(log.names.channels) if used >> code & 1)
    last = None if end == OPEN else date_of(end - 1)
    return WindowTie(giver, receiver, contacts, date_of(start), last, channels, bool(planned))
