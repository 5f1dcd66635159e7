"""Who could have taught whom by a date: the paths of `paths`, followed from their end to their beginning.

A log read backward in time has giver and receiver changed over and every tie from minus its end to minus its start.
What leaves at its start and arrives at its end then does so in the other order, and a tie that one may take on the
day of arrival stays one, so the forward pass gives the exact answer on it. A tie without an end has not delivered,
in this direction neither, and is left out.
"""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from graph.errors import NotFound
from graph.evolution.log.ties import (
    OPEN,
    TieColumns,
    TieLog,
    tie_log,
)
from graph.evolution.paths.paths import (
    Arrivals,
    Hop,
    earliest_arrival,
    path_to,
)

_REVERSED: WeakKeyDictionary[TieLog, TieLog] = WeakKeyDictionary()
"""Turning a log costs more than a pass over it, so its reverse is kept as long as the log itself is."""

TOO_LATE = -OPEN
"""The departure of an actor from whom nothing can arrive in time."""


@dataclass(frozen=True, slots=True, eq=False)
class Departures:
    """The last day on which know-how must leave each actor, at the latest, to have reached `target` by day `by`.

    `day` has an entry an actor: the target's own is `by`, `TOO_LATE` means that nothing arrives in time. `reverse`
    holds the ties read backward, `arrivals` the pass over them.
    """

    target: int
    by: int
    day: NDArray[np.int32]
    reverse: TieLog
    arrivals: Arrivals

    @property
    def teachers(self) -> NDArray[np.intp]:
        """The actors other than the target who could have taught it by then, in the order of the log."""
        return np.flatnonzero(self.arrivals.carrier >= 0)


def reversed_in_time(log: TieLog) -> TieLog:
    """The ties that ended, read backward; `origin` is the row of `log`, so that the way back is not lost.

    Complexity: O(m log m).

    >>> log = tie_log("ab", TieColumns(source=[0, 0], target=[1, 1], start=[2, 3], end=[5, OPEN]))
    >>> back = reversed_in_time(log)
    >>> back.source.tolist(), back.target.tolist(), back.start.tolist(), back.end.tolist()
    ([1], [0], [-5], [-2])
    """
    ended = np.flatnonzero(log.end < OPEN)
    columns = TieColumns(
        source=log.target[ended],
        target=log.source[ended],
        start=-log.end[ended],
        end=-log.start[ended],
        mutual=log.mutual[ended],
        origin=ended,
    )
    return tie_log(log.actors, columns)


def latest_departure(log: TieLog, target: int, by: int) -> Departures:
    """The latest day on which know-how can leave everyone and still have reached `target` by day `by`.

    Method: latest-departure paths of Wu, Cheng, Huang, Ke, Lu and Xu, Path problems in temporal graphs, 2014, as the
    earliest arrival on reversed time.

    Arguments: `log`, m ties; `target`, a position; `by`, a day, exclusive.
    Returns: for every actor (actors,) the last day, and the tie that is taken.
    Raises: InvalidValue when `target` is no actor.
    Complexity: O(m log m) the first time for a log, then O(m).

    >>> log = tie_log("abc", TieColumns(source=[0, 1], target=[1, 2], start=[0, 4], end=[4, 9]))
    >>> latest_departure(log, target=2, by=9).day.tolist()
    [0, 4, 9]
    """
    reverse = _REVERSED.get(log) or _REVERSED.setdefault(log, reversed_in_time(log))
    arrivals = earliest_arrival(reverse, target, -by)
    return Departures(target, by, -arrivals.day, reverse, arrivals)


def path_from(log: TieLog, departures: Departures, source: int) -> tuple[Hop, ...]:
    """The ties of a path that leaves `source` as late as can be, in the order of time.

    Empty for the target itself.

    Raises: NotFound when nothing can arrive in time.
    Complexity: O(length of the path).
    """
    if source != departures.target and departures.day[source] == TOO_LATE:
        raise NotFound("path from", log.actors[source])
    hops = path_to(departures.reverse, departures.arrivals, source)
    rows = [int(departures.reverse.origin[hop.row]) for hop in hops]
    forward = (Hop(hop.receiver, hop.giver, -hop.end, -hop.start, row) for hop, row in zip(hops, rows, strict=True))
    return tuple(reversed(list(forward)))
