"""What makes a fit, each as a number from 0 to 1 with the interval that missing facts leave open.

One rule for what nobody stated: it widens the interval, and the value is the middle of it. The one exception is a
person's capabilities, where the value stays at the low end: otherwise an empty profile would outrank a stated one,
and stating a first small skill would cost points.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np

from graph.domain.people import Cefr
from graph.matching.columns import UNKNOWN, Flags, Fractions, Indexes, Levels
from graph.matching.needs import Gap, Need
from graph.matching.roster import Roster

_C2 = Cefr.C2.rank
_AT_EASE = Cefr.B2.rank


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """low <= value <= high in [0, 1], each of shape (people asked about,)."""

    low: Fractions
    value: Fractions
    high: Fractions

    @classmethod
    def known(cls, value: Fractions) -> Self:
        """Nothing is missing: the interval is the value."""
        return cls(value, value, value)

    @classmethod
    def between(cls, low: Fractions, high: Fractions) -> Self:
        """Something is missing: the value is the middle of what is possible."""
        return cls(low, (low + high) / 2, high)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A side of a fit. `measure(roster, need, people)` scores the people with these indexes, vectorised."""

    name: str
    sentence: str
    measure: Callable[[Roster, Need, Indexes], Scores]


def gap_coverage(roster: Roster, need: Need, people: Indexes) -> Scores:
    """Share of what the programme lacks that this person can close.

    sum over open gaps of weight * max(min(held, target) - level, 0), over sum of weight * (target - level).
    A level not stated closes nothing. Interval [0, 1] for a person who states no capability at all.
    """
    closed = np.zeros(len(people))
    for gap in need.open_gaps:
        closed += closing(roster.levels[people, gap.capability], gap) * gap.weight
    return _from_low(roster, need, people, closed / (_lack(need) or 1.0))


def maturity_step(roster: Roster, need: Need, people: Indexes) -> Scores:
    """How well the person's levels suit where the programme stands.

    Mean of step(held - level) over the open gaps, each weighing weight * (target - level), gaps the person cannot
    close counting 0. step rises from 0 to 1 over the first level above, stays 1 up to two levels above, then falls
    by a quarter a level: who is far above teaches past the pupils. It is a mean over all gaps, not over those covered,
    so that one more covered gap never costs points. Without an assessment the programme's level is unknown: [0, 1].
    """
    if not need.assessed:
        return Scores.between(np.zeros(len(people)), np.ones(len(people)))
    suited = np.zeros(len(people))
    for gap in need.open_gaps:
        suited += step(roster.levels[people, gap.capability], gap.level) * gap.size
    return _from_low(roster, need, people, suited / (_lack(need) or 1.0))


def context(roster: Roster, need: Need, people: Indexes) -> Scores:
    """How well the person knows the ground.

    place: 1 in the same country or subregion, 0.5 in the same region, else 0; up to 1 where either place is unknown.
    tongue: best rank in an official language of the country that is not required anyway, over B2, at most 1;
    [0, 1] for a person who states no language. Mean of the two, or place alone when no such language is left.
    """
    place = _nearness(roster, need, people)
    extra = extra_tongues(need)
    if not extra:
        return place
    best = roster.ranks[people][:, extra].max(axis=1)
    tongue = _unless_silent(roster.states_languages[people], np.minimum(best / _AT_EASE, 1.0))
    return Scores.between((place.low + tongue.low) / 2, (place.high + tongue.high) / 2)


def language(roster: Roster, need: Need, people: Indexes) -> Scores:
    """How far the person is above the required minimum, in the required language where they are least so.

    (rank - required) / 2 within [0, 1], and 1 at C2. 1 for everybody when no language is required;
    [0, 1] for a person who states no language.
    """
    reached = np.ones(len(people))
    for required in need.required:
        rank = roster.ranks[people, required.language]
        margin = np.clip((rank - required.rank) / 2, 0.0, 1.0)
        reached = np.minimum(reached, np.where(rank == _C2, 1.0, margin))
    if not need.required:
        return Scores.known(reached)
    return _unless_silent(roster.states_languages[people], reached)


def availability(roster: Roster, need: Need, people: Indexes) -> Scores:
    """Share of the opening that the person offers.

    Over the days of the opening: the best on offer that day of share * how far its mode fits, over the number of days.
    It looks only at the need, never at how scarce an offer is, so less stated time never gains.
    [0, 1] for a person who states no availability.
    """
    segments = roster.segments
    offered = segments.days_in(need.start, need.until) * segments.serves[need.mode_index]
    days = np.bincount(segments.person, offered, minlength=len(roster))[people]
    return _unless_silent(roster.states_windows[people], np.minimum(days / need.days, 1.0))


CRITERIA = (
    Criterion("gap", "closes what the programme lacks", gap_coverage),
    Criterion("maturity", "stands one or two levels above the programme", maturity_step),
    Criterion("context", "knows the region and its languages", context),
    Criterion("language", "speaks better than required", language),
    Criterion("availability", "is free when needed, in the way needed", availability),
)


def closing(held: Levels, gap: Gap) -> Levels:
    """Levels of the gap that people holding these levels close; 0 where nothing (NaN) or too little is held."""
    # Levels stay single precision here: 0.1 stored and 0.1 asked for must be the same level.
    return np.where(held > gap.level, np.minimum(held, gap.target) - gap.level, np.float32(0.0))


def step(held: Levels, level: float) -> Levels:
    """The maturity step of `maturity_step`, 0 where nothing (NaN) or too little is held."""
    above = np.where(held > level, held - level, np.float32(0.0))
    return np.minimum(np.minimum(above, 1.0), 1.0 - np.maximum(above - 2.0, 0.0) / 4.0)


def extra_tongues(need: Need) -> list[int]:
    """Official languages of the country beyond those required, in order."""
    return sorted(need.tongues - {required.language for required in need.required})


def _lack(need: Need) -> float:
    return sum(gap.size for gap in need.open_gaps)


def _from_low(roster: Roster, need: Need, people: Indexes, value: Fractions) -> Scores:
    unknown = ~roster.states_capabilities[people] if need.open_gaps else np.full(len(people), not need.assessed)
    return Scores(value, value, np.where(unknown, 1.0, value))


def _unless_silent(states: Flags, value: Fractions) -> Scores:
    return Scores.between(np.where(states, value, 0.0), np.where(states, value, 1.0))


def _nearness(roster: Roster, need: Need, people: Indexes) -> Scores:
    subregion, region = roster.subregion[people], roster.region[people]
    near = _same(roster.country[people], need.place.country) | _same(subregion, need.place.subregion)
    around = _same(region, need.place.region)
    low = np.where(near, 1.0, np.where(around, 0.5, 0.0))
    unsure = np.where(
        around, _either_unknown(subregion, need.place.subregion), _either_unknown(region, need.place.region)
    )
    return Scores.between(low, np.where(unsure & ~near, 1.0, low))


def _same(places: Indexes, place: int) -> Flags:
    same: Flags = (places == place) & (places != UNKNOWN)
    return same


def _either_unknown(places: Indexes, place: int) -> Flags:
    unknown: Flags = (places == UNKNOWN) | (place == UNKNOWN)
    return unknown
