"""What a network loses when rows of its log fall away: last paths, reach, cohesion and received strength.

A hub is an institution that hosts a centre of excellence. Removing
is recomputing: every answer equals that of the log without the rows. Many removals are counted in one pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graph.evolution.log.ties import OPEN, TieLog
from graph.evolution.measures.structures import TieDirection, structure

Mask = NDArray[np.bool_]
Days = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Removal:
    """What falls away: `rows`, an entry a tie; `actors` and hubs that are `closed`, an entry an actor each."""

    rows: Mask
    actors: Mask
    closed: Mask


@dataclass(frozen=True, slots=True, eq=False)
class NetworkFigures:
    """A network at a glance. `ties` are distinct directed pairs; self-ties count nowhere.

    `taught` marks the hubs and whom a path from one reaches, `heard` the hubs and from whom a path leads to one;
    `received` is the summed weight of what each actor receives.
    """

    actors: int
    ties: int
    components: int
    giant_share: float
    taught: Mask
    heard: Mask
    received: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Consequence:
    """A network before and after a removal, and the actors that stay and lose their last path from or to a hub."""

    before: NetworkFigures
    after: NetworkFigures
    lost_from: NDArray[np.intp]
    lost_to: NDArray[np.intp]

    @property
    def received_change(self) -> NDArray[np.float64]:
        """How much more each actor receives afterwards; never above zero."""
        return self.after.received - self.before.received


def nothing_removed(log: TieLog) -> Removal:
    """The removal that leaves everything."""
    nobody = np.zeros(len(log.actors), np.bool_)
    return Removal(np.zeros(len(log), np.bool_), nobody, nobody)


def remove(log: TieLog, hubs: Sequence[int], removals: Sequence[Removal]) -> tuple[Consequence, ...]:
    """What each removal, alone, changes. `hubs` are positions of actors.

    Two passes over the arcs for all removals at once, O(arcs * removals), and one count of the shape a removal.

    Arguments: `log`, m ties; `hubs`, positions; `removals`, each alone.
    Returns: for each removal the network before and after, and who loses the last path.

    >>> from graph.evolution.log.ties import TieColumns, tie_log
    >>> log = tie_log("hab", TieColumns(source=[0, 1], target=[1, 2], start=[0, 4], end=[4, 9]))
    >>> a = np.array([False, True, False])
    >>> without_a = Removal(rows=np.array([True, True]), actors=a, closed=a)
    >>> [found.lost_from.tolist() for found in remove(log, [0], [without_a])]
    [[2]]
    """
    before, *after = network_figures(log, hubs, (nothing_removed(log), *removals))
    return tuple(
        Consequence(
            before,
            found,
            np.flatnonzero(before.taught & ~found.taught & ~removal.actors),
            np.flatnonzero(before.heard & ~found.heard & ~removal.actors),
        )
        for found, removal in zip(after, removals, strict=True)
    )


def network_figures(log: TieLog, hubs: Sequence[int], removals: Sequence[Removal]) -> tuple[NetworkFigures, ...]:
    """How the network stands after each removal; the cost is that of `remove`.

    Arguments: as `remove`.
    Returns: the figures of the network after each removal.
    """
    known = np.zeros((len(log.actors), len(removals)), np.bool_)
    known[np.asarray(hubs, np.intp)] = True
    known &= ~np.stack([removal.closed for removal in removals], axis=1)
    gone = np.stack([removal.rows for removal in removals], axis=1)
    taught, heard = _taught_by(log, known, gone), heard_by(log, known, gone)
    return tuple(_figures(log, removal, taught[:, case], heard[:, case]) for case, removal in enumerate(removals))


def _taught_by(log: TieLog, known: Mask, gone: Mask) -> Mask:
    """Who has what the `known` actors have always known, once every tie has run; (actors, cases) in and out.

    `gone` marks the rows that do not count, (ties, cases).
    """
    rows, giver, receiver = log.arcs(np.flatnonzero((log.end < OPEN) & (log.source != log.target)))
    return _spread(_Arcs(rows, giver, receiver, log.start[rows], log.end[rows]), known, gone)


def heard_by(log: TieLog, known: Mask, gone: Mask) -> Mask:
    """Whose know-how one of the `known` actors has in the end: the same, with time running backward."""
    rows, giver, receiver = log.arcs(np.flatnonzero((log.end < OPEN) & (log.source != log.target)))
    return _spread(_Arcs(rows, receiver, giver, -log.end[rows], -log.start[rows]), known, gone)


@dataclass(frozen=True, slots=True, eq=False)
class _Arcs:
    row: NDArray[np.intp]
    giver: NDArray[np.int32]
    receiver: NDArray[np.int32]
    leave: Days
    arrive: Days


def _spread(arcs: _Arcs, known: Mask, gone: Mask) -> Mask:
    """Who has it in the end; one batch for each day on which arcs leave, the arcs of a receiver side by side."""
    order = np.lexsort((arcs.receiver, arcs.leave))
    row, giver, receiver = arcs.row[order], arcs.giver[order], arcs.receiver[order]
    leave, arrive = arcs.leave[order], arcs.arrive[order, None]
    held = np.where(known, -OPEN, OPEN).astype(np.int32)
    bounds = [*np.flatnonzero(np.diff(leave, prepend=leave[:1] - 1)).tolist(), len(leave)]
    for first, last in pairwise(bounds):
        here = slice(first, last)
        carried = (held[giver[here]] <= leave[first]) & ~gone[row[here]]
        if not carried.any():
            continue
        whom = receiver[here]
        groups = np.flatnonzero(np.diff(whom, prepend=-1))
        soonest = np.minimum.reduceat(np.where(carried, arrive[here], OPEN), groups, axis=0)
        held[whom[groups]] = np.minimum(held[whom[groups]], soonest)
    return held < OPEN


def _figures(log: TieLog, removal: Removal, taught: Mask, heard: Mask) -> NetworkFigures:
    rows, giver, receiver = log.arcs(np.flatnonzero(~removal.rows & (log.source != log.target)))
    weight = log.weight[rows].astype(np.float64)
    shape = structure(giver, receiver, TieDirection.DIRECTED, weight)
    received = np.bincount(receiver, weight, len(log.actors)).astype(np.float64)
    return NetworkFigures(shape.actors, shape.ties, shape.components, shape.giant_share, taught, heard, received)
