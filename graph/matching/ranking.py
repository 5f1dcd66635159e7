"""The shortlist of one opening: who is left, in order, with points per criterion and the gaps they close."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from graph.errors import InvalidValue
from graph.matching.columns import Indexes, Integers
from graph.matching.criteria import CRITERIA, Scores, closing
from graph.matching.eligibility import Eligibility, judge
from graph.matching.needs import Gap, Need
from graph.matching.points import add_up, read_weights, split
from graph.matching.roster import Roster

NAMES = tuple(criterion.name for criterion in CRITERIA)
DEFAULT_WEIGHTS: Mapping[str, int] = MappingProxyType(
    {"gap": 40, "maturity": 15, "context": 15, "language": 10, "availability": 20}
)


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion of one candidate: its value and interval in [0, 1], and the points it brings to the total."""

    criterion: str
    low: float
    value: float
    high: float
    points: int


@dataclass(frozen=True, slots=True)
class CoveredGap:
    """A capability that the candidate can take from one level to another."""

    capability: int
    start: float
    reach: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person (index) with `points` of 10,000, at least `low` and at most `high` once the missing facts are known.

    The points of `parts` add up exactly to `points`.
    """

    person: int
    points: int
    low: int
    high: int
    parts: tuple[Part, ...]
    covers: tuple[CoveredGap, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The best candidates first, how everybody else was ruled out, and the open gaps that nobody eligible closes.

    `considered` is how many people were scored; `candidates` holds the first of them.
    """

    candidates: tuple[Candidate, ...]
    eligibility: Eligibility
    considered: int
    uncovered: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How an officer or host wants to see the shortlist: weights, length, and rules switched off for once."""

    weights: Mapping[str, int] = DEFAULT_WEIGHTS
    top: int = 20
    switched_off: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.top < 1:
            raise InvalidValue("top", self.top, "is not a length; give 1 or more")
        read_weights(self.weights, NAMES)
