"""What people have promised, and how much of it runs at once: engagements, and openings they are asked for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from graph.errors import InvalidValue
from graph.matching.columns import Flags, Indexes, check_length, flags, frozen, integers
from graph.matching.people.windows import DAYS_END


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentColumns:
    """Promises, a row each: person, first day, first day after, and the opening it came from (id, or empty).

    One that `waits` is a question: the person was asked for the opening and it is not decided. In one that `learns`
    the person goes out to learn.
    """

    person: Sequence[int] = ()
    first: Sequence[int] = ()
    until: Sequence[int] = ()
    opening: Sequence[str] = ()
    waits: Sequence[bool] = ()
    learns: Sequence[bool] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Commitments:
    """c promises of n people as read-only columns, each (c,), and the same time cut into s stretches.

    A stretch says how many promises of a person run on its days; `stretches` has the columns person, first day, first
    day after and count, each (s,). `eased` (n,) is by how many a person is thought to carry fewer.
    """

    person: Indexes
    first: Indexes
    until: Indexes
    opening: tuple[str, ...]
    waits: Flags
    learns: Flags
    eased: Indexes
    stretches: tuple[Indexes, Indexes, Indexes, Indexes] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "stretches", _cut(self.person, self.first, self.until))

    def at_once(self, start: int, until: int, opening: str = "") -> Indexes:
        """The most promises that run on one day of [start, until), for each person, shape (n,).

        Being asked for this very `opening` is no promise that stands in its way.

        Arguments: `start`, `until`, days as ordinals; `opening`, an id.
        Returns: counts (n,), 0 for who has promised nothing in these days.
        Complexity: O(n + s), and O(k log k) for the k promises of those who are asked for this opening.
        """
        most = _most(self.stretches, start, until, len(self.eased))
        own = self._asked_for(opening)
        if own.any():
            people = np.unique(self.person[own])
            rows = np.isin(self.person, people) & ~own
            most[people] = _most(_cut(*self._columns(rows)), start, until, len(self.eased))[people]
        eased: Indexes = np.maximum(most - self.eased, 0)
        return eased

    def easing(self, person: int, fewer: int) -> Self:
        """The same with this person carrying so many fewer at once."""
        eased = self.eased.copy()
        eased[person] += fewer
        return replace(self, eased=frozen(eased))

    def without(self, pairs: Collection[tuple[int, str]]) -> Self:
        """The same without what came from these pairs of a person and an opening. O(c)."""
        found = zip(self.person.tolist(), self.opening, strict=True)
        return self._only(np.array([pair not in pairs for pair in found], np.bool_))

    def to_learn(self) -> Self:
        """Those alone in which the person goes out to learn. O(c)."""
        return self._only(self.learns)

    def _only(self, rows: Flags) -> Self:
        person, first, until = self._columns(rows)
        return replace(
            self,
            person=person,
            first=first,
            until=until,
            opening=tuple(name for name, stays in zip(self.opening, rows, strict=True) if stays),
            waits=frozen(self.waits[rows]),
            learns=frozen(self.learns[rows]),
        )

    def _asked_for(self, opening: str) -> Flags:
        asked = np.zeros(len(self.person), np.bool_)
        for row in np.flatnonzero(self.waits).tolist():
            asked[row] = self.opening[row] == opening
        return asked

    def _columns(self, rows: Flags) -> tuple[Indexes, Indexes, Indexes]:
        return frozen(self.person[rows]), frozen(self.first[rows]), frozen(self.until[rows])


def read_commitments(columns: CommitmentColumns, people: int) -> Commitments:
    """Check what people have promised.

    Raises: InvalidValue.
    Complexity: O(c log c).
    """
    person = integers("commitment.person", columns.person, 0, people)
    first = integers("commitment.first", columns.first, 0, DAYS_END)
    until = integers("commitment.until", columns.until, 0, DAYS_END)
    for name in ("first", "until", "opening", "waits", "learns"):
        check_length(f"commitment.{name}", len(getattr(columns, name)), len(person))
    if (until <= first).any():
        wrong = int(np.argmax(until <= first))
        why = f"in row {wrong} is not after the first day {first[wrong]}"
        raise InvalidValue("commitment.until", until[wrong], why)
    return Commitments(
        person=person,
        first=first,
        until=until,
        opening=tuple(columns.opening),
        waits=flags("commitment.waits", columns.waits),
        learns=flags("commitment.learns", columns.learns),
        eased=frozen(np.zeros(people, np.int32)),
    )


def _cut(person: Indexes, first: Indexes, until: Indexes) -> tuple[Indexes, Indexes, Indexes, Indexes]:
    """How many rows of a person hold between one of their days of change and the next.

    The steps of a person add up to 0, so one running sum serves everybody.
    """
    who, day = np.concatenate([person, person]), np.concatenate([first, until])
    step = np.repeat(np.array([1, -1], np.int32), len(person))
    order = np.lexsort((day, who))
    who, day, running = who[order], day[order], np.cumsum(step[order]).astype(np.int32)
    lasts: Flags = np.zeros(len(who), np.bool_)
    lasts[:-1] = (running[:-1] > 0) & (day[1:] > day[:-1])
    rows = np.flatnonzero(lasts)
    return frozen(who[rows]), frozen(day[rows]), frozen(day[rows + 1]), frozen(running[rows])


def _most(stretches: tuple[Indexes, Indexes, Indexes, Indexes], start: int, until: int, people: int) -> Indexes:
    who, first, after, count = stretches
    there = (first < until) & (after > start)
    most: Indexes = np.zeros(people, np.int32)
    np.maximum.at(most, who[there], count[there])
    return most
