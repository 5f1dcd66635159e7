"""Who mixes with whom: inside and outside of regions, and among the countries of the South."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graph.evolution.log.ties import OPEN, TieLog
from graph.evolution.log.windows import Snapshot
from graph.evolution.measures.counting import Count, Weights, all_together

UNKNOWN = -1


@dataclass(frozen=True, slots=True, eq=False)
class ActorGroups:
    """Where the actors of a log stand, in the order of its positions.

    `region` numbers the region of each, UNKNOWN where it is not known; `south` is 1 in the South, 0 elsewhere,
    UNKNOWN where that is not known. Where the list of the South changes with the years, `south` has a row for each of
    its versions and `since` the days on which they begin.
    """

    region: NDArray[np.int32]
    south: NDArray[np.int8]
    since: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))

    def south_on(self, day: int) -> NDArray[np.int8]:
        """Who is in the South by the list of that day; before the first list by the first."""
        if not len(self.since):
            return self.south
        row: NDArray[np.int8] = self.south[max(int(np.searchsorted(self.since, day, side="right")) - 1, 0)]
        return row


@dataclass(frozen=True, slots=True)
class Mixing:
    """Shares over the contacts whose ends are both placed; None where none is. `unplaced` counts the others."""

    ei_index: float | None
    south_south: float | None
    unplaced: float


def nowhere(actors: int) -> ActorGroups:
    """The groups of actors about whom nothing is known."""
    return ActorGroups(np.full(actors, UNKNOWN, np.int32), np.full(actors, UNKNOWN, np.int8))


def mixing(
    log: TieLog, shot: Snapshot, groups: ActorGroups, count: Count = Count.ENGAGEMENTS, until: int = OPEN
) -> Mixing:
    """The E-I index by region and the share within the South, of whatever is counted.

    E-I = (external - internal) / (external + internal): -1 where everything stays in its region, 1 where everything
    leaves it. Both count contacts within one actor, too, so that they are the same from near and from far.

    Arguments: `log`, and `shot`, the network of one window of it; `groups`, region and South of every actor; `count`,
    what is counted; `until`, the first day of which nothing is known.
    Returns: two shares, None where nothing is placed, and how much is left aside by the second.
    Complexity: O(contacts + engagements).
    Reference: Krackhardt and Stern, Informal networks and organizational crises, 1988.

    >>> from graph.evolution.log.ties import TieColumns, tie_log
    >>> from graph.evolution.log.windows import Window, snapshot
    >>> log = tie_log("abc", TieColumns(source=[0, 0], target=[1, 2], start=[0, 0], end=[9, 9]))
    >>> groups = ActorGroups(np.array([7, 7, 8]), np.array([1, 1, 0], np.int8))
    >>> mixing(log, snapshot(log, Window(0, 1)), groups)
    Mixing(ei_index=0.0, south_south=0.5, unplaced=0.0)
    """

    def parts(placed: NDArray[np.bool_], apart: NDArray[np.bool_]) -> tuple[float, float]:
        """How much of what is placed is apart, and how much is not."""
        weight = _known(all_together(log, shot.every[placed], count, shot.window, until))
        chosen = apart[placed]
        return float(weight[chosen].sum()), float(weight[~chosen].sum())

    source, target = log.source[shot.every], log.target[shot.every]
    one, other = groups.region[source], groups.region[target]
    external, internal = parts((one != UNKNOWN) & (other != UNKNOWN), one != other)
    south = groups.south_on(shot.window.last_exclusive - 1)
    giver, receiver = south[source], south[target]
    placed = (giver != UNKNOWN) & (receiver != UNKNOWN)
    within, elsewhere = parts(placed, (giver == 1) & (receiver == 1))
    unplaced = _known(all_together(log, shot.every, count, shot.window, until))[~placed].sum()
    return Mixing(_share(external - internal, external + internal), _share(within, within + elsewhere), float(unplaced))


def _known(weight: Weights) -> Weights:
    """Without what is not known, which is in no share."""
    return np.nan_to_num(weight, nan=0.0)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
