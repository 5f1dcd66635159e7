"""What a person can do, against what the programme lacks. Levels confirmed long ago count between faded and stated."""

import numpy as np

from graph.matching.columns import Flags, Indexes, Levels
from graph.matching.people.needs import Gap, OpeningNeed
from graph.matching.people.roster import Roster
from graph.matching.scoring.criteria.scores import Scores


def gap_coverage(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    """Share of what the programme lacks that this person can close.

    sum over open gaps of weight * max(min(held, target) - level, 0), over sum of weight * (target - level).
    A level not stated closes nothing. What has faded makes the low end, what was stated the high one.
    Interval up to 1 for a person who states no capability at all.
    """
    sure, stated = np.zeros(len(people)), np.zeros(len(people))
    for gap in need.open_gaps:
        sure += closing(roster.faded[people, gap.capability], gap) * gap.weight
        stated += closing(roster.levels[people, gap.capability], gap) * gap.weight
    lack = need.lack or 1.0
    return Scores.between(sure / lack, stated / lack).at_most(_unknown(roster, need, people))


def maturity_step(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    """How well the person's levels suit where the programme stands.

    Mean of step(held - level) over the open gaps, each weighing weight * (target - level), gaps the person cannot
    close counting 0. step rises from 0 to 1 over the first level above, stays 1 up to two levels above, then falls
    by a quarter a level: who is far above teaches past the pupils. It is a mean over all gaps, not over those covered,
    so that one more covered gap never costs points. Without an assessment the programme's level is unknown: [0, 1].

    Between a faded level and the stated one the step may be lower and higher than at either; the value is the middle
    of the least and the stated one, so that confirming a level never costs points.
    """
    if not need.assessed:
        return Scores.between(np.zeros(len(people)), np.ones(len(people)))
    least, stated, most = np.zeros(len(people)), np.zeros(len(people)), np.zeros(len(people))
    for gap in need.open_gaps:
        faded, held = roster.faded[people, gap.capability], roster.levels[people, gap.capability]
        at_ends = step(faded, gap.level), step(held, gap.level)
        best = step(np.clip(np.full_like(held, gap.level + 1.0), faded, held), gap.level)
        least += np.minimum(*at_ends) * gap.size
        stated += at_ends[1] * gap.size
        most += np.maximum(best, np.maximum(*at_ends)) * gap.size
    lack = need.lack or 1.0
    scores = Scores(least / lack, (least + stated) / 2 / lack, most / lack)
    return scores.at_most(_unknown(roster, need, people))


def network_gain(roster: Roster, need: OpeningNeed, people: Indexes) -> Scores:
    """How much nearer the network comes to what it lacks if this person goes there.

    Mean over the open gaps, each weighing weight * (target - level), of the share of institutions, out of all that
    the capability could reach through this opening, to which no time-respecting path leads yet (`Need.reach`);
    a gap counts for those who stand above the programme. It lies with the place and what a person brings, not with how
    many others could bring it. [0, 1] for a gap whose reach is not known.
    """
    reach = {found.capability: found.share for found in need.reach}
    sure, stated, most = np.zeros(len(people)), np.zeros(len(people)), 0.0
    for gap in need.open_gaps:
        low, high = (reach[gap.capability],) * 2 if gap.capability in reach else (0.0, 1.0)
        sure += (roster.faded[people, gap.capability] > gap.level) * (low * gap.size)
        stated += (roster.levels[people, gap.capability] > gap.level) * (high * gap.size)
        most += high * gap.size
    lack = need.lack or 1.0
    scores = Scores.between(sure / lack, stated / lack)
    return scores.at_most(_unknown(roster, need, people), most / lack if need.open_gaps else 1.0)


def closing(held: Levels, gap: Gap) -> Levels:
    """Levels of the gap that people holding these levels close; 0 where nothing (NaN) or too little is held."""
    # Levels stay single precision here: 0.1 stored and 0.1 asked for must be the same level.
    return np.where(held > gap.level, np.minimum(held, gap.target) - gap.level, np.float32(0.0))


def step(held: Levels, level: float) -> Levels:
    """The maturity step of `maturity_step`, 0 where nothing (NaN) or too little is held."""
    above = np.where(held > level, held - level, np.float32(0.0))
    return np.minimum(np.minimum(above, 1.0), 1.0 - np.maximum(above - 2.0, 0.0) / 4.0)


def _unknown(roster: Roster, need: OpeningNeed, people: Indexes) -> Flags:
    """Whose score could still be anything: those who state nothing, and everybody where nothing is asked."""
    return ~roster.states_capabilities[people] if need.open_gaps else np.full(len(people), not need.assessed)
