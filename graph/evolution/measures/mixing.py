"""Who mixes with whom: inside and outside of regions, and among the countries of the South."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.evolution.log.windows import Snapshot

SOUTH = frozenset(("002", "009", "142", "419"))
"""M49 codes of Africa, Oceania, Asia, and Latin America and the Caribbean."""

NOT_SOUTH = frozenset(("053",))
"""M49 codes within these that do not belong: Australia and New Zealand."""

UNKNOWN = -1


@dataclass(frozen=True, slots=True, eq=False)
class ActorGroups:
    """Where the actors of a log stand, in the order of its positions.

    `region` numbers the region of each, UNKNOWN where it is not known; `south` is 1 in the South, 0 elsewhere,
    UNKNOWN where the region is.
    """

    region: NDArray[np.int32]
    south: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Mixing:
    """Shares over the ties whose ends are both placed; None where no tie is. `unplaced` counts the other ties."""

    ei_index: float | None
    south_south: float | None
    unplaced: int


def nowhere(actors: int) -> ActorGroups:
    """The groups of actors about whom nothing is known."""
    return ActorGroups(np.full(actors, UNKNOWN, np.int32), np.full(actors, UNKNOWN, np.int8))


def mixing(shot: Snapshot, groups: ActorGroups) -> Mixing:
    """The E-I index by region and the share of ties within the South, each ordered pair of actors once.

    E-I = (external - internal) / (external + internal): -1 where every tie stays in its region, 1 where every tie
    leaves it.

    Arguments: `shot`, the network of one window; `groups`, region and South of every actor.
    Returns: two shares, None where no tie is placed, and the number of ties left aside.
    Complexity: O(ties).
    Reference: Krackhardt and Stern, Informal networks and organizational crises, 1988.

    >>> from graph.evolution.log.ties import TieColumns, tie_log
    >>> from graph.evolution.log.windows import Window, snapshot
    >>> log = tie_log("abc", TieColumns(source=[0, 0], target=[1, 2], start=[0, 0], end=[9, 9]))
    >>> mixing(snapshot(log, Window(0, 1)), ActorGroups(np.array([7, 7, 8]), np.array([1, 1, 0], np.int8)))
    Mixing(ei_index=0.0, south_south=0.5, unplaced=0)
    """
    giver, receiver = shot.pairs.nonzero()
    one, other = groups.region[giver], groups.region[receiver]
    placed = (one != UNKNOWN) & (other != UNKNOWN)
    ties = int(np.count_nonzero(placed))
    if not ties:
        return Mixing(None, None, len(giver))
    internal = int(np.count_nonzero(placed & (one == other)))
    southern = int(np.count_nonzero(placed & (groups.south[giver] == 1) & (groups.south[receiver] == 1)))
    return Mixing((ties - 2 * internal) / ties, southern / ties, len(giver) - ties)
