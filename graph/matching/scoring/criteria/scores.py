"""What every criterion gives: what is known, and what could be once missing facts are known.

One rule for what nobody stated: it counts nothing and could count everything. So to take back a fact never pays.
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
    """What is known, `value`, and what could be, `high`: value <= high in [0, 1], of shape (people asked about,)."""

    value: Fractions
    high: Fractions

    @classmethod
    def known(cls, value: Fractions) -> Self:
        """Nothing is missing."""
        return cls(value, value)

    @classmethod
    def unless_silent(cls, states: Flags, value: Fractions) -> Self:
        """The value for those who state something, 0 and perhaps 1 for the others."""
        return cls(np.where(states, value, 0.0), np.where(states, value, 1.0))

    def at_most(self, unknown: Flags, most: float | Fractions = 1.0) -> "Scores":
        """The same, but up to `most` where these are unknown."""
        return Scores(self.value, np.where(unknown, np.maximum(most, self.high), self.high))


@dataclass(frozen=True, slots=True)
class Criterion:
    """A side of a fit. `measure(roster, need, people)` scores the people with these indexes, vectorised."""

    name: str
    sentence: str
    measure: Callable[[Roster, OpeningNeed, Indexes], Scores]
