"""What two windows of one log have in common, and what only one of them has."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.evolution.log.windows import Snapshot
from graph.evolution.measures.brokers import present

Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class LogChange:
    """Positions in the log: of actors, shape (n,), or of ties as giver and receiver, shape (n, 2); in order."""

    gained: Positions
    kept: Positions
    lost: Positions


def changed_actors(then: Snapshot, now: Snapshot) -> LogChange:
    """The actors tied only now, in both windows, and only then.

    Complexity: O(actors).

    >>> from graph.evolution.log.ties import TieColumns, tie_log
    >>> from graph.evolution.log.windows import Window, snapshot
    >>> log = tie_log("abc", TieColumns([0, 1], [1, 2], [0, 5], [4, 9]))
    >>> change = changed_actors(snapshot(log, Window(0, 1)), snapshot(log, Window(5, 6)))
    >>> change.gained.tolist(), change.kept.tolist(), change.lost.tolist()
    ([2], [1], [0])
    """
    return _change(present(then).astype(np.int64), present(now).astype(np.int64))


def changed_ties(then: Snapshot, now: Snapshot) -> LogChange:
    """The ordered pairs tied only now, in both windows, and only then.

    Complexity: O(ties log ties).
    """
    size = then.pairs.shape[0]
    found = _change(_keys(then, size), _keys(now, size))
    return LogChange(
        *(np.column_stack(np.divmod(keys, max(size, 1))) for keys in (found.gained, found.kept, found.lost))
    )


def _keys(shot: Snapshot, size: int) -> Positions:
    giver, receiver = shot.pairs.nonzero()
    return giver.astype(np.int64) * size + receiver


def _change(then: Positions, now: Positions) -> LogChange:
    return LogChange(np.setdiff1d(now, then), np.intersect1d(then, now), np.setdiff1d(then, now))
