"""Flows between the actors of a window: who gave whom how much, what stayed at home, and the same between groups."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.evolution.log.ties import OPEN, TieLog
from graph.evolution.log.windows import Window, active
from graph.evolution.measures.counting import Count, all_together, each_way

Int64s = NDArray[np.int64]
Float64s = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class FlowColumns:
    """The flows of a window as columns, sorted by giver, then receiver; positions are those of the log's actors.

    `counted` is how much carries from giver to receiver on at least one day of the window, `lasting` how much of that
    goes on after it. `within` is, for each actor, what has both ends there. `crossing` and `staying` are all that
    goes between two actors and all that does not, each contact once, also the mutual ones, which stand in two flows;
    an engagement that does both is crossing.
    """

    giver: Int64s
    receiver: Int64s
    counted: Float64s
    lasting: Float64s
    within: Float64s
    crossing: float
    staying: float

    @property
    def given(self) -> Float64s:
        """For each actor what carries from there to others."""
        return self._summed(self.giver)

    @property
    def received(self) -> Float64s:
        """For each actor what carries there from others."""
        return self._summed(self.receiver)

    def between(self, group: Int64s, groups: int) -> Float64s:
        """A groups x groups matrix, givers down and receivers across, over the group of each actor. O(flows + actors).

        The diagonal holds the flows between two actors of one group and what stayed within each of them, so that the
        sum of all is that of `counted` and `within`.
        """
        matrix = np.zeros((groups, groups))
        np.add.at(matrix, (group[self.giver], group[self.receiver]), self.counted)
        np.add.at(matrix, (group, group), self.within)
        return matrix

    def _summed(self, end: Int64s) -> Float64s:
        return np.bincount(end, self.counted, len(self.within)).astype(np.float64)


def flows(log: TieLog, window: Window, count: Count = Count.CONTACTS, until: int = OPEN) -> FlowColumns:
    """Count the flows of a window: contacts, engagements by their fractional counts, or the person-days known.

    Arguments: `log`, m ties; `window`, days [first, last); `count`; `until`, the first day of which nothing is known.
    Returns: a row for each ordered pair of actors, and totals by actor.
    Complexity: O(begun + active log active + actors).
    Reference: Perianes-Rodriguez, Waltman and van Eck, Constructing bibliometric networks, 2016.

    >>> from graph.evolution.log.ties import TieColumns, tie_log
    >>> log = tie_log("ab", TieColumns([0, 0, 1], [1, 1, 1], [0, 0, 0], [9, 4, 9], mutual=[False, True, False]))
    >>> found = flows(log, Window(0, 6))
    >>> found.given.tolist(), found.received.tolist(), found.within.tolist(), found.crossing
    ([2.0, 1.0], [1.0, 2.0], [0.0, 1.0], 2.0)
    >>> found.lasting.tolist()
    [1.0, 0.0]
    """
    rows = active(log, window)
    apart = log.source[rows] != log.target[rows]
    arcs, giver, receiver = log.arcs(rows[apart])
    size = len(log.actors)
    pair, place = np.unique(giver.astype(np.int64) * size + receiver, return_inverse=True)
    weight = np.nan_to_num(each_way(log, arcs, count, window, until))
    lasts = log.end[arcs] > window.last_exclusive
    inner = rows[~apart]
    at_home = np.nan_to_num(each_way(log, inner, count, window, until))
    crossing, every = (float(np.nansum(all_together(log, some, count, window, until))) for some in (rows[apart], rows))
    return FlowColumns(
        giver=pair // max(size, 1),
        receiver=pair % max(size, 1),
        counted=np.bincount(place, weight, len(pair)).astype(np.float64),
        lasting=np.bincount(place[lasts], weight[lasts], len(pair)).astype(np.float64),
        within=np.bincount(log.source[inner], at_home, size).astype(np.float64),
        crossing=round(crossing, 9),
        staying=round(every - crossing, 9),
    )
