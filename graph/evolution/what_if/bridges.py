"""Bridges: pairs of actors without a short path between them, and what a new tie would bring."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from graph.evolution.log.ties import OPEN, TieLog
from graph.evolution.what_if.removals import Mask, heard_by

SHORT = 2
"""How many ties still make a short path."""

Pair = tuple[int, int]
"""Who would give and who would receive, as positions in the log."""


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
    Complexity: O(hops * arcs * givers).

    >>> from graph.evolution.log.ties import TieColumns, tie_log
    >>> log = tie_log("abcd", TieColumns(source=[0, 1, 2], target=[1, 2, 3], start=[0, 4, 9], end=[4, 9, 12]))
    >>> near(log, [0])[:, 0].tolist()
    [True, True, True, False]
    """
    rows, giver, receiver = log.arcs(np.arange(len(log)))
    start, end = log.start[rows, None], log.end[rows, None]
    held = np.full((len(log.actors), len(givers)), OPEN, np.int32)
    held[np.asarray(givers, np.intp), np.arange(len(givers))] = -OPEN
    reached = held < OPEN
    for _ in range(hops):
        carried = held[giver] <= start
        later = held.copy()
        np.minimum.at(later, receiver, np.where(carried, end, OPEN))
        np.logical_or.at(reached, receiver, carried)
        held = later
    return reached


def gains(log: TieLog, pairs: Sequence[Pair], day: int) -> tuple[Gain, ...]:
    """The gain of a tie for each pair, each alone. Two passes over the log whatever the number of pairs.

    Arguments: `log`; `pairs`, positions of giver and receiver; `day`, on which the tie would begin.
    Returns: a gain for each pair.
    Complexity: two passes over the ties, whatever the number of pairs.
    """
    ends = sorted({end for pair in pairs for end in pair})
    case = {end: number for number, end in enumerate(ends)}
    past = log.where(log.end <= day)
    known = np.zeros((len(log.actors), len(ends)), np.bool_)
    known[ends, np.arange(len(ends))] = True
    sources = heard_by(past, known, np.zeros((len(past), len(ends)), np.bool_))
    label, size = _components(log, day)
    tied, giant = int(size[size > 1].sum()), int(size.max(initial=0))
    found = []
    for giver, receiver in pairs:
        newly = int(np.count_nonzero(sources[:, case[giver]] & ~sources[:, case[receiver]]))
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
