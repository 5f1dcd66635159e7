"""The same network seen from further away: people as their institutions, institutions as countries, regions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from graph.errors import InvalidValue
from graph.evolution.log.ties import TieColumns, TieLog, tie_log


@dataclass(frozen=True, slots=True, eq=False)
class Collapsed:
    """A log at a coarser level, and how many ties found no place in it because an end has no known home."""

    log: TieLog
    unplaced: int


def collapse(log: TieLog, actors: Sequence[str], home: ArrayLike) -> Collapsed:
    """Carry every tie over to the homes of its two ends.

    `home` gives for each actor of `log` the position of its home in `actors`, or -1 where it is not known. Ties between
    actors of one home become self-ties: a snapshot leaves them out and counts them. Weights, days, subjects and
    `origin` stay, so each tie still leads to its record.

    Arguments: `log`, m ties; `actors`, ids of the new level; `home` (actors of `log`,), positions.
    Returns: the log of the new level, and the ties without a home.
    Raises: InvalidValue when a home is missing or unknown.
    Complexity: O(m log m).

    >>> people = tie_log("abc", TieColumns(source=[0, 0], target=[1, 2], start=[0, 0], end=[9, 9]))
    >>> countries = collapse(people, ["KE", "GH"], [0, 0, 1])
    >>> list(zip(countries.log.source.tolist(), countries.log.target.tolist()))
    [(0, 0), (0, 1)]
    """
    homes = np.asarray(home)
    if homes.shape != (len(log.actors),):
        raise InvalidValue("home", homes.shape, f"is its shape; give one home for each of {len(log.actors)} actors")
    if homes.size and homes.min() < -1:
        raise InvalidValue("home", homes.min(), "is no position; write -1 where the home is not known")
    homes = homes.astype(np.int64)
    placed = log.where((homes[log.source] >= 0) & (homes[log.target] >= 0))
    ties = TieColumns(
        source=homes[placed.source],
        target=homes[placed.target],
        start=placed.start,
        end=placed.end,
        channel=placed.channel,
        mutual=placed.mutual,
        weight=placed.weight,
        funder=placed.funder,
        recorded=placed.recorded,
        retracted=placed.retracted,
        about=[placed.about.of(row) for row in range(len(placed))],
        origin=placed.origin,
    )
    return Collapsed(tie_log(actors, ties, log.names), len(log) - len(placed))
