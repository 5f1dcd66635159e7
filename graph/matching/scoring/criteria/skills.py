"""What a person can do, against what the opening asks and what else the programme lacks."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import numpy as np

from graph.matching.columns import Fractions, Indexes, Levels
from graph.matching.people.needs import Gap, Needed, OpeningNeed
from graph.matching.people.roster import Roster
from graph.matching.scoring.criteria.scores import Scores

Lack = TypeVar("Lack", Needed, Gap)

CLIMB = 2.0
"""Levels that one engagement can lift a programme by; who stands higher brings no more."""

_SHORT = 0.5  # what an ask that is not met counts at most


def asked(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    """Share of what the opening asks that this person meets.

    Over the asked capabilities, each with its weight: 1 where the known level is the asked one or above, else half of
    the share that it is of the asked one, so that to meet one ask counts more than to come near two. 1 for everybody
    where nothing is asked.
    """
    return _share(roster, people, need.asks, met, sum(ask.weight for ask in need.asks))


def gap_coverage(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    """Share of what the programme lacks beyond what the opening asks that this person can close.

    sum over the other open gaps of weight * (levels closed), over the sum of weight * (levels that one engagement can
    close): those from the programme's level up to its target, but no more than CLIMB. A level that is not known closes
    nothing. 1 for everybody where nothing else is lacking; where the programme was never assessed it is not known.
    """
    if not need.assessed:
        return Scores(np.zeros(len(people)), np.ones(len(people)))
    return _share(roster, people, need.other_gaps, closing, sum(climb(gap) * gap.weight for gap in need.other_gaps))


def _share(
    roster: Roster,
    people: Indexes,
    lacks: Iterable[Lack],
    reached: Callable[[Levels, Lack], Levels | Fractions],
    whole: float,
) -> Scores:
    """What these people reach of each lack, by its weight, over the `whole`; 1 where nothing is lacking."""
    if not whole:
        return Scores.known(np.ones(len(people)))
    value, high = np.zeros(len(people)), np.zeros(len(people))
    for lack in lacks:
        value += reached(roster.known[people, lack.capability], lack) * lack.weight
        high += reached(roster.possible[people, lack.capability], lack) * lack.weight
    return Scores(value / whole, high / whole).at_most(~roster.states_capabilities[people])


def network_gain(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    """How much nearer the network comes to what it lacks if this person goes there.

    Mean over the open gaps, each weighing weight * (target - level), of the share of institutions, out of all that
    the capability could reach through this opening, to which no time-respecting path leads yet (`Need.reach`);
    a gap counts for those who stand above the programme. It lies with the place and what a person brings, not with how
    many others could bring it. Not known for a gap whose reach is not.
    """
    reach = {found.capability: found.share for found in need.reach}
    if not need.open_gaps:
        return Scores(np.zeros(len(people)), np.full(len(people), 0.0 if need.assessed else 1.0))
    value, high, most = np.zeros(len(people)), np.zeros(len(people)), 0.0
    for gap in need.open_gaps:
        low, best = (reach[gap.capability],) * 2 if gap.capability in reach else (0.0, 1.0)
        value += (roster.known[people, gap.capability] > gap.level) * (low * gap.size)
        high += (roster.possible[people, gap.capability] > gap.level) * (best * gap.size)
        most += best * gap.size
    return Scores(value / need.lack, high / need.lack).at_most(~roster.states_capabilities[people], most / need.lack)


def met(held: Levels, needed: Needed) -> Fractions:
    """How far people holding these levels meet an ask, as `asked` counts it; 0 where nothing is held (NaN)."""
    # Levels stay single precision here: 0.1 stored and 0.1 asked for must be the same level.
    level = np.float32(needed.level)
    return np.where(held >= level, 1.0, _SHORT * np.nan_to_num(held) / level)


def climb(gap: Gap) -> float:
    """The levels of the gap that one engagement can close."""
    return min(gap.target - gap.level, CLIMB)


def closing(held: Levels, gap: Gap) -> Levels:
    """Levels of the gap that people holding these levels close; 0 where nothing (NaN) or too little is held."""
    most = np.float32(gap.level + climb(gap))
    return np.where(held > gap.level, np.minimum(held, most) - np.float32(gap.level), np.float32(0.0))
