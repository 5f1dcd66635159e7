"""The shortlist of one opening: who is left, in order, with points per criterion and the gaps they close."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph.errors import InvalidValue
from graph.matching.columns import Fractions, Indexes, Integers
from graph.matching.people.needs import Gap, OpeningNeed
from graph.matching.people.roster import Roster, stated_level
from graph.matching.scoring.eligibility import Eligibility, judge
from graph.matching.scoring.kinds import LEARNS, kind_of
from graph.matching.scoring.points import (
    FULL,
    add_up,
    read_weights,
    split,
)


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One criterion of one candidate: what is known and could be in [0, 1], and the points it brings to the total."""

    criterion: str
    value: float
    high: float
    points: int


@dataclass(frozen=True, slots=True)
class ClosableGap:
    """A capability that the candidate can take from one level to another."""

    capability: int
    start: float
    reach: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person (index) with `points` of 10,000, and at most `high` once the missing facts are known.

    The points of `parts` add up exactly to `points`.
    """

    person: int
    points: int
    high: int
    parts: tuple[ScorePart, ...]
    closable_gaps: tuple[ClosableGap, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """Values of m people on all criteria, each of shape (criteria, m)."""

    value: Fractions
    high: Fractions


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Everybody eligible for one opening: `people` (m,) by index, their `points` of 10,000 (m,) and `values`.

    `values` are (criteria, m). The intervals around them only matter for whoever is shown: `vectors_of` measures them.
    """

    people: Indexes
    points: Integers
    values: Fractions
    eligibility: Eligibility


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Everybody eligible for one opening before anything is weighed: `people` (m,) by index and their `values`."""

    people: Indexes
    values: Fractions
    eligibility: Eligibility
    names: tuple[str, ...]

    def weighed(self, weights: Mapping[str, int]) -> Scored:
        """The points these weights give. Raises InvalidValue as `read_weights`. O(eligible x criteria)."""
        points = add_up(self.values, read_weights(weights, self.names))
        return Scored(self.people, points, self.values, self.eligibility)


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The best candidates first, how everybody else was ruled out, and the open gaps that nobody eligible closes.

    `considered` is how many people were scored; `candidates` holds the first of them, `scored` all.
    """

    candidates: tuple[Candidate, ...]
    eligibility: Eligibility
    considered: int
    uncovered: tuple[Gap, ...]
    scored: Scored


def score(
    roster: Roster,
    need: OpeningNeed,
    weights: Mapping[str, int] | None = None,
    switched_off: frozenset[str] = frozenset(),
) -> Scored:
    """The points of everybody eligible, in the order of their indexes. Errors and complexity as `rank`."""
    chosen = kind_of(need).weights if weights is None else weights
    read_weights(chosen, kind_of(need).names)  # a wrong weight is refused before anything is measured
    return measure(roster, need, switched_off).weighed(chosen)


def measure(roster: Roster, need: OpeningNeed, switched_off: frozenset[str] = frozenset()) -> Measured:
    """What the criteria say of everybody eligible, whatever they weigh. Errors and complexity as `rank`."""
    eligibility = judge(roster, need, switched_off)
    people = np.flatnonzero(eligibility.eligible).astype(np.int32)
    return Measured(people, vectors_of(roster, need, people).value, eligibility, kind_of(need).names)


def rank(
    roster: Roster,
    need: OpeningNeed,
    weights: Mapping[str, int] | None = None,
    top: int = 20,
    switched_off: frozenset[str] = frozenset(),
) -> Ranking:
    """The `top` eligible people by points, ties by id, whatever the order of the roster's rows.

    `weights` name criteria of this kind of opening, None for the usual ones; `switched_off` rules of RULES.

    Arguments: `roster`, n people; `need`, by the same indexes; `weights`, by name of criterion; `top`, how many to
    list; `switched_off`, names of rules.
    Returns: the candidates with points of 10,000 and their interval, and who was removed by which rule.
    Raises: InvalidValue for what is unknown or out of range, NotAllowed for a rule that must stay on.
    Complexity: O(n x (rules + gaps) + eligible x (gaps + languages) + windows + past engagements + uses of the words of
    the need).

    >>> from graph.domain.programmes import OpeningKind
    >>> from graph.matching.people.roster import LevelColumns, PersonColumns, RosterColumns, build_roster
    >>> people = PersonColumns(ids=["ana", "bo"], consents=[True, True], capacity=[1, 1])
    >>> skills = LevelColumns(person=[0, 1], capability=[0, 0], level=[2, 3], confirmed_on=[-1, -1])
    >>> roster = build_roster(RosterColumns(people=people, capabilities=1, languages=0, levels=skills))
    >>> gap = Gap(0, level=1, target=3)
    >>> need = OpeningNeed(id="o1", kind=OpeningKind.MENTORSHIP, start=100, until=200, gaps=(gap,))
    >>> [(roster.ids[found.person], found.points) for found in rank(roster, need, {"gap": 1}).candidates]
    [('bo', 10000), ('ana', 5000)]
    """
    if top < 1:
        raise InvalidValue("top", top, "is not a length of a list; give 1 or more")
    scored = score(roster, need, weights, switched_off)
    best = first_places(scored.points, roster.id_rank[scored.people], top)
    candidates = candidates_of(roster, need, scored, best, weights)
    uncovered = uncovered_gaps(roster, need, scored.people)
    return Ranking(candidates, scored.eligibility, len(scored.people), uncovered, scored)


def uncovered_gaps(roster: Roster, need: OpeningNeed, people: Indexes) -> tuple[Gap, ...]:
    """The open gaps on which none of these people is known to stand above the programme; none where people learn."""
    if kind_of(need) is LEARNS:
        return ()
    return tuple(gap for gap in need.open_gaps if not (roster.known[people, gap.capability] > gap.level).any())


def vectors_of(roster: Roster, need: OpeningNeed, people: Indexes) -> Vectors:
    """What the criteria say of these people, with what missing facts leave open.

    Arguments: `roster`; `need`, by the same indexes; `people` (m,), indexes.
    Returns: fractions in [0, 1], each (criteria, m).
    Complexity: O(m x (gaps + languages)), and the windows, past engagements and uses of the words of the need.
    """
    scores = [criterion.measure(roster, need, people) for criterion in kind_of(need).criteria]
    return Vectors(
        np.stack([score.value for score in scores]),
        np.stack([score.high for score in scores]),
    )


def first_places(points: Integers, id_rank: Indexes, top: int) -> Integers:
    """Places of the best, by points and then id, in one integer key a person. O(m + top log top)."""
    key = (FULL - points << 32) + id_rank
    if top < len(key):
        best = np.argpartition(key, top - 1)[:top]
        return best[np.argsort(key[best])]
    return np.argsort(key)


def candidates_of(
    roster: Roster, need: OpeningNeed, scored: Scored, places: Integers, weights: Mapping[str, int] | None = None
) -> tuple[Candidate, ...]:
    """The scored people at these places, with everything that is said of a candidate.

    Complexity: that of `vectors_of` for these places.
    """
    kind, people = kind_of(need), scored.people[places]
    column, vectors = (
        read_weights(kind.weights if weights is None else weights, kind.names),
        vectors_of(roster, need, people),
    )
    parts = _parts(kind.names, vectors, split(vectors.value, column))
    closable_gaps = _closable_gaps(roster, need, people)
    columns = (
        people.tolist(),
        scored.points[places].tolist(),
        add_up(vectors.high, column).tolist(),
    )
    return tuple(Candidate(*row) for row in zip(*columns, parts, closable_gaps, strict=True))


def _parts(names: tuple[str, ...], vectors: Vectors, points: Integers) -> list[tuple[ScorePart, ...]]:
    rows = zip(*(table.T.tolist() for table in (vectors.value, vectors.high, points)), strict=True)
    return [tuple(ScorePart(*part) for part in zip(names, *row, strict=True)) for row in rows]


def _closable_gaps(roster: Roster, need: OpeningNeed, people: Indexes) -> list[tuple[ClosableGap, ...]]:
    """What each of these people closes; nothing where people learn."""
    closable_gaps: list[list[ClosableGap]] = [[] for _ in people]
    for gap in () if kind_of(need) is LEARNS else need.open_gaps:
        held = roster.known[people, gap.capability]
        for place in np.flatnonzero(held > gap.level).tolist():
            closable_gaps[place].append(
                ClosableGap(gap.capability, gap.level, min(stated_level(held[place]), gap.target))
            )
    return [tuple(row) for row in closable_gaps]
