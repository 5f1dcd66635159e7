"""The ties of one window: who gave to whom, how often, from when to when and in which ways."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from graph.evolution.log.ties import OPEN, TieLog
from graph.evolution.log.windows import Window, date_of, snapshot
from graph.evolution.measures.counting import person_days


@dataclass(frozen=True, slots=True)
class WindowTie:
    """All contacts from one actor to another, both by their positions in the log, that hold within a window.

    `first` is the day the first of them began, `last` the day the last of them ends, None while one goes on;
    `channels` are the labels of their engagements; `planned` says that none of them has begun. `engagements` adds up
    their fractional counts, `person_days` those of them that are known, of the days within the window;
    `days_unknown` counts the others.
    """

    giver: int
    receiver: int
    contacts: int
    first: date
    last: date | None
    channels: tuple[str, ...]
    planned: bool = False
    engagements: float = 0.0
    person_days: float = 0.0
    days_unknown: int = 0


def ties_in(log: TieLog, window: Window, until: int = OPEN) -> tuple[WindowTie, ...]:
    """The ties of a window by giver and receiver, ties to oneself left out; days count up to `until`.

    O(begun + held log held).

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
    days = person_days(log, rows, window, until)
    columns = (
        giver[begins],
        receiver[begins],
        np.diff(np.append(begins, len(rows))),
        np.minimum.reduceat(log.start[rows], begins),
        np.maximum.reduceat(log.end[rows], begins),
        np.bitwise_or.reduceat(1 << log.channel[rows].astype(np.int64), begins),
        np.logical_and.reduceat(log.planned[rows], begins),
        np.add.reduceat(log.quantities.fraction[rows], begins).round(9),
        np.add.reduceat(np.nan_to_num(days), begins).round(9),
        np.add.reduceat(np.isnan(days).astype(np.int64), begins),
    )
    return tuple(_tie(log, row) for row in zip(*(column.tolist() for column in columns), strict=True))


def _tie(log: TieLog, row: tuple[Any, ...]) -> WindowTie:
    giver, receiver, contacts, start, end, used, planned, engagements, days, unknown = row
    channels = tuple(name for code, name in enumerate(log.names.channels) if used >> code & 1)
    last = None if end == OPEN else date_of(end - 1)
    begun = date_of(start)
    return WindowTie(giver, receiver, contacts, begun, last, channels, bool(planned), engagements, days, unknown)
