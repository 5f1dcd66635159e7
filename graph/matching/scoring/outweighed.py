"""Why somebody who meets everything asked does not stand first: a list has to say so where it happens."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph.matching.columns import Flags, Indexes, Integers
from graph.matching.people.needs import OpeningNeed
from graph.matching.people.roster import Roster
from graph.matching.scoring.kinds import BRINGS, kind_of
from graph.matching.scoring.points import read_weights, split
from graph.matching.scoring.ranking import Scored


@dataclass(frozen=True, slots=True)
class Outweighed:
    """The best of those who state every asked level (`person`) stands at `place`, counted from 1, behind `first`.

    `ahead` are the criteria by which `first` gains more points, with how many, the most first.
    """

    person: int
    first: int
    place: int
    ahead: tuple[tuple[str, int], ...]


def outweighed(
    roster: Roster, need: OpeningNeed, scored: Scored, order: Integers, weights: Mapping[str, int]
) -> Outweighed | None:
    """What outweighs the asks for this list; None where whoever is first states all of them, or nobody does.

    Arguments: `scored`, k people of this need; `order`, their places in the order of the list; `weights`, by name of
    criterion.
    Returns: the people by index, and the criteria that decide.
    Complexity: O(k x asks).
    """
    if kind_of(need) is not BRINGS or not need.asks or not len(order):
        return None
    meets = _meets(roster, need, scored.people[order])
    if meets[0] or not meets.any():
        return None
    place = int(np.argmax(meets))
    pair = order[[0, place]]
    first, other = split(scored.values[:, pair], read_weights(weights, BRINGS.names)).T
    gains = sorted(zip(BRINGS.names, (first - other).tolist(), strict=True), key=lambda gain: -gain[1])
    people = scored.people[pair].tolist()
    return Outweighed(people[1], people[0], place + 1, tuple(gain for gain in gains if gain[1] > 0))


def _meets(roster: Roster, need: OpeningNeed, people: Indexes) -> Flags:
    found = np.ones(len(people), np.bool_)
    for ask in need.asks:
        found &= roster.levels[people, ask.capability] >= np.float32(ask.level)
    return found
