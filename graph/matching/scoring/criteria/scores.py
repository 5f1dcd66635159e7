"""What every criterion gives: a value with the interval that missing facts leave open.

One rule for what nobody stated: it widens the interval, and the value is the middle of it. The exception is what a
person states or has done by their own account (capabilities, record, words), where the value stays at the low end:
otherwise an empty profile would outrank a stated one, and stating a first small skill would cost points.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np

from graph.matching.columns import Flags, Fractions, Indexes
from graph.matching.people.needs import OpeningNeed
from graph.matching.people.roster import Roster


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

    @classmethod
    def unless_silent(cls, states: Flags, value: Fractions) -> Self:
        """The value for those who state something, [0, 1] for the others."""
        return cls.between(np.where(states, value, 0.0), np.where(states, value, 1.0))

    def at_most(self, unknown: Flags, most: float | Fractions = 1.0) -> "Scores":
        """The same, but up to `most` where these are unknown; the value stays."""
        return Scores(self.low, self.value, np.where(unknown, np.maximum(most, self.high), self.high))


@dataclass(frozen=True, slots=True)
class Criterion:
    """A side of a fit. `measure(roster, need, people)` scores the people with these indexes, vectorised."""

    name: str
    sentence: str
    measure: Callable[[Roster, OpeningNeed, Indexes], Scores]
