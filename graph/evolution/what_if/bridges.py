"""Bridges: pairs of actors without a short path between them, and what a new tie would bring."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from graph.evolution.log.ties import OPEN, Int32s, TieLog
from graph.evolution.what_if.removals import Mask, heard_by

SHORT = 2
"""How many ties still make a short path."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What a tie from giver to receiver beginning on a day would change.

    `newly` counts the actors, the giver among them, whose know-how has reached the giver by then and not the
    receiver. `giant_share` is that of the largest component of the ties that hold on the day, of all actors tied then.
    """

    newly: int
    giant_share_before: float
    giant_share_after: float


def near(log: TieLog, givers: Sequence[int], hops: int = SHORT) -> Mask:
    """Whom a time-respecting path of at most `hops` ties leads to from each giver; (actors, givers).

    The last tie counts even if it has not ended yet: it is on its way.

    Arguments: `log`; `givers` (k,), positions; `hops`, ties.
    Returns: yes or no (actors, k).
    Complexity: for each giver the actors and the arcs that leave whoever was reached before the last hop.

    >>> from graph.evolution.log.ties import TieColumns, tie_log
    >>> log = tie_log("abcd", TieColumns(source=[0, 1, 2], target=[1, 2, 3], start=[0, 4, 9], end=[4, 9, 12]))
    >>> near(log, [0])[:, 0].tolist()
    [True, True, True, False]
    """
    leaving = _Leaving.of(log)
    reached = np.zeros((len(givers), len(log.actors)), np.bool_)
    for mine, giver in zip(reached, givers, strict=True):
        held = np.full(len(log.actors), OPEN, np.int32)
        held[giver], mine[giver] = -OPEN, True
        front = np.array([giver])
        for _ in range(hops):
            arcs = leaving.arcs(front)
            arcs = arcs[held[leaving.giver[arcs]] <= leaving.start[arcs]]
            front = np.unique(leaving.receiver[arcs])
            mine[front] = True
            np.minimum.at(held, leaving.receiver[arcs], leaving.end[arcs])
    return reached.T


@dataclass(frozen=True, slots=True, eq=False)
class _Leaving:
    """The arcs by giver: those of actor i are first[i] to first[i + 1]."""

    first: NDArray[np.int64]
    giver: Int32s
    receiver: Int32s
    start: Int32s
    end: Int32s

    @classmethod
    def of(cls, log: TieLog) -> Self:
        rows, giver, receiver = log.arcs(np.arange(len(log)))
        order = np.argsort(giver, kind="stable")
        rows, giver = rows[order], giver[order]
        first = np.searchsorted(giver, np.arange(len(log.actors) + 1))
        return cls(first, giver, receiver[order], log.start[rows], log.end[rows])

    def arcs(self, givers: NDArray[np.integer]) -> NDArray[np.int64]:
        """The places of all arcs of these actors."""
        begin = self.first[givers]
        many = self.first[givers + 1] - begin
        last = np.cumsum(many)
        return np.asarray(np.repeat(begin - last + many, many) + np.arange(last[-1] if len(last) else 0))


def newly_reached(log: TieLog, pairs: NDArray[np.intp], day: int) -> NDArray[np.int64]:
    """How many actors' know-how has reached the giver by a day, the giver's own among it, and not the receiver.

    Arguments: `log`; `pairs` (k, 2), positions of giver and receiver; `day`.
    Returns: numbers (k,).
    Complexity: O(arcs * ends + actors * ends^2) for the ends that occur in pairs; O(actors * ends + ends^2) memory.

    >>> from graph.evolution.log.ties import TieColumns, tie_log
    >>> log = tie_log("abc", TieColumns(source=[0], target=[1], start=[0], end=[4]))
    >>> newly_reached(log, np.array([[1, 2], [2, 1]]), 9).tolist()
    [2, 1]
    """
    ends, where = np.unique(pairs, return_inverse=True)
    giver, receiver = where.reshape(-1, 2).T
    past = log.where(log.end <= day)
    known = np.zeros((len(log.actors), len(ends)), np.bool_)
    known[ends, np.arange(len(ends))] = True
    sources = heard_by(past, known, np.broadcast_to(np.False_, (len(past), len(ends))))
    # Whole numbers below 2^24 are exact as floats, and only floats are multiplied quickly.
    counted = sources.astype(np.float32)
    both = counted.T @ counted
    return np.asarray((np.diag(both)[giver] - both[giver, receiver]).astype(np.int64))


def gains(log: TieLog, pairs: ArrayLike, day: int) -> tuple[Gain, ...]:
    """The gain of a tie for each pair, each alone.

    Arguments: `log`; `pairs` (k, 2), positions of giver and receiver; `day`, on which the tie would begin.
    Returns: a gain for each pair.
    Complexity: that of `newly_reached` and O(ties).
    """
    label, size = _components(log, day)
    tied, giant = int(size[size > 1].sum()), int(size.max(initial=0))
    columns, found = np.array(pairs, np.intp).reshape(-1, 2), []
    for (giver, receiver), newly in zip(columns.tolist(), newly_reached(log, columns, day).tolist(), strict=True):
        one, other = size[label[giver]], size[label[receiver]]
        joined = int(one + other) if label[giver] != label[receiver] else int(one)
        total = tied + int(one == 1) + int(other == 1)
        found.append(Gain(newly, giant / tied if tied else 0.0, max(giant, joined) / total))
    return tuple(found)


def _components(log: TieLog, day: int) -> tuple[np.ndarray, np.ndarray]:
    """The weak component of each actor by the ties that hold on the day, and how many actors each has."""
    live = (log.start <= day) & (day < log.end) & (log.source != log.target)
    places = (log.source[live], log.target[live])
    pairs = csr_array((np.ones(len(places[0])), places), shape=(len(log.actors), len(log.actors)))
    from scipy.sparse.csgraph import connected_components  # brings scipy.linalg along, which few commands need

    _, label = connected_components(pairs, directed=False)
    return label, np.bincount(label)
