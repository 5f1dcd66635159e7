"""Flows between the actors of a window: who gave whom how much, what stayed at home, and the same between groups."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.evolution.log.ties import TieLog
from graph.evolution.log.windows import Window, active

Int64s = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class FlowColumns:
    """The flows of a window as columns, sorted by giver, then receiver; positions are those of the log's actors.

    `contacts` counts the contacts that carry from giver to receiver on at least one day of the window, `lasting`
    those of them that go on after it. `within` counts, for each actor, the contacts with both ends there.
    `crossing` counts the contacts between two actors once, also the mutual ones, which stand in two flows.
    """

    giver: Int64s
    receiver: Int64s
    contacts: Int64s
    lasting: Int64s
    within: Int64s
    crossing: int

    @property
    def given(self) -> Int64s:
        """For each actor the contacts that carry from there to others."""
        return self._summed(self.giver)

    @property
    def received(self) -> Int64s:
        """For each actor the contacts that carry there from others."""
        return self._summed(self.receiver)

    def between(self, group: Int64s, groups: int) -> Int64s:
        """A groups x groups matrix, givers down and receivers across, over the group of each actor. O(flows + actors).

        The diagonal holds the flows between two actors of one group and what stayed within each of them, so that the
        sum of all is that of `contacts` and `within`.
        """
        matrix = np.zeros((groups, groups), np.int64)
        np.add.at(matrix, (group[self.giver], group[self.receiver]), self.contacts)
        np.add.at(matrix, (group, group), self.within)
        return matrix

    def _summed(self, end: Int64s) -> Int64s:
        summed = np.zeros(len(self.within), np.int64)
        np.add.at(summed, end, self.contacts)
        return summed


def flows(log: TieLog, window: Window) -> FlowColumns:
    """Count the flows of a window.

    Arguments: `log`, m ties; `window`, days [first, last).
    Returns: a row for each ordered pair of actors, and totals by actor.
    Complexity: O(begun + active log active + actors).

    >>> from graph.evolution.log.ties import TieColumns, tie_log
    >>> log = tie_log("ab", TieColumns([0, 0, 1], [1, 1, 1], [0, 0, 0], [9, 4, 9], mutual=[False, True, False]))
    >>> found = flows(log, Window(0, 6))
    >>> found.given.tolist(), found.received.tolist(), found.within.tolist(), found.crossing
    ([2, 1], [1, 2], [0, 1], 2)
    >>> found.lasting.tolist()
    [1, 0]
    """
    rows = active(log, window)
    apart = log.source[rows] != log.target[rows]
    each_way, giver, receiver = log.arcs(rows[apart])
    size = len(log.actors)
    pair, place, contacts = np.unique(giver.astype(np.int64) * size + receiver, return_inverse=True, return_counts=True)
    lasts = log.end[each_way] > window.last_exclusive
    return FlowColumns(
        giver=pair // max(size, 1),
        receiver=pair % max(size, 1),
        contacts=contacts.astype(np.int64),
        lasting=np.bincount(place[lasts], minlength=len(pair)).astype(np.int64),
        within=np.bincount(log.source[rows[~apart]], minlength=size).astype(np.int64),
        crossing=int(np.count_nonzero(apart)),
    )
