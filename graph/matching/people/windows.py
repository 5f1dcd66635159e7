"""When people are free: what they stated, and the same time cut so that no day counts twice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from graph.domain.records import Mode
from graph.errors import InvalidValue
from graph.matching.columns import Flags, Fractions, Indexes, Integers, check_length, fractions, frozen, integers

MODES = tuple(Mode)
DAYS_END = 4_000_000  # past the last ordinal a calendar date has (9999-12-31 is 3,652,059)

# How far an offered mode serves an asked one. Hybrid means partly there and partly from afar, so half of it serves
# a pure need, except that whoever works hybrid can always be reached.
FITS = {
    Mode.ON_SITE: {Mode.ON_SITE: 1.0, Mode.REMOTE: 0.0, Mode.HYBRID: 0.5},
    Mode.REMOTE: {Mode.ON_SITE: 0.5, Mode.REMOTE: 1.0, Mode.HYBRID: 1.0},
    Mode.HYBRID: {Mode.ON_SITE: 0.5, Mode.REMOTE: 0.5, Mode.HYBRID: 1.0},
}
_FIT = np.array([[FITS[asked][offered] for offered in MODES] for asked in MODES])

Piece = tuple[int, int, int, Fractions, Fractions]


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowColumns:
    """Stated periods, a row each: person, first day, first day after, mode, share of full time (0 to 1)."""

    person: Sequence[int] = ()
    first: Sequence[int] = ()
    until: Sequence[int] = ()
    mode: Sequence[Mode] = ()
    share: Sequence[float] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Windows:
    """Stated periods by person and first day. `row` is the place in the columns they came from; all shapes (w,)."""

    person: Indexes
    first: Indexes
    until: Indexes
    mode: Indexes
    share: Fractions
    row: Indexes

    def of(self, person: int) -> slice:
        """The rows of one person, in O(log w)."""
        return slice(*np.searchsorted(self.person, (person, person + 1)).tolist())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Segments:
    """Stretches of time of which no two of one person overlap, by person.

    `person`, `first`, `until` have shape (s,). `serves` has shape (modes, s): the best share on offer in that stretch
    times how far its mode fits, by asked mode; `present` the best share on offer in a mode that fits at all. Stretches
    that offer nothing are left out.
    """

    person: Indexes
    first: Indexes
    until: Indexes
    serves: Fractions
    present: Fractions

    def days_in(self, start: int, until: int) -> Indexes:
        """Days of each stretch within [start, until), shape (s,)."""
        days: Indexes = np.minimum(self.until, until) - np.maximum(self.first, start)
        return np.maximum(days, 0)


def read_windows(columns: WindowColumns, people: int) -> Windows:
    """Check and sort the stated periods.

    Raises: InvalidValue.
    Complexity: O(w log w).
    """
    person = integers("window.person", columns.person, 0, people)
    first = integers("window.first", columns.first, 0, DAYS_END)
    until = integers("window.until", columns.until, 0, DAYS_END)
    share = fractions("window.share", columns.share, 0.0, 1.0)
    for name in ("first", "until", "mode", "share"):
        check_length(f"window.{name}", len(getattr(columns, name)), len(person))
    if (until <= first).any():
        wrong = int(np.argmax(until <= first))
        raise InvalidValue("window.until", until[wrong], f"in row {wrong} is not after the first day {first[wrong]}")
    mode = np.array([MODES.index(mode) for mode in columns.mode], np.int32)
    row = np.lexsort((mode, until, first, person)).astype(np.int32)
    return Windows(
        person=frozen(person[row]),
        first=frozen(first[row]),
        until=frozen(until[row]),
        mode=frozen(mode[row]),
        share=frozen(share[row]),
        row=frozen(row),
    )


def cut(windows: Windows) -> Segments:
    """Cut the stated periods so that each day of a person counts once, at the best they offer that day.

    Stating the same time twice therefore gains nothing.

    Arguments: `windows`, the stated periods (w,), days as ordinals, shares 0 to 1.
    Returns: segments that do not overlap, in the order of people and days.
    Complexity: O(w), and O(k squared) for a person with k crossing periods.
    """
    fit = _FIT[:, windows.mode]
    offered = windows.share * fit, windows.share * (fit > 0)
    crossing = _crossing(windows)
    plain = np.flatnonzero(~crossing & (windows.share > 0))
    pieces = list(_pieces(windows, offered, np.flatnonzero(crossing)))
    person = np.concatenate([windows.person[plain], [piece[0] for piece in pieces]]).astype(np.int32)
    first = np.concatenate([windows.first[plain], [piece[1] for piece in pieces]]).astype(np.int32)
    until = np.concatenate([windows.until[plain], [piece[2] for piece in pieces]]).astype(np.int32)
    serves, present = (
        np.column_stack([table[:, plain], *(piece[3 + number] for piece in pieces)])
        for number, table in enumerate(offered)
    )
    order = np.lexsort((first, person))
    return Segments(
        person=frozen(person[order]),
        first=frozen(first[order]),
        until=frozen(until[order]),
        serves=frozen(np.ascontiguousarray(serves[:, order])),
        present=frozen(np.ascontiguousarray(present[:, order])),
    )


def _crossing(windows: Windows) -> Flags:
    """Rows of people of whom two periods overlap: sorted by first day, two neighbours must then overlap too."""
    same = windows.person[1:] == windows.person[:-1]
    overlaps = same & (windows.first[1:] < windows.until[:-1])
    return np.isin(windows.person, windows.person[1:][overlaps])


def _pieces(windows: Windows, offered: tuple[Fractions, Fractions], rows: Integers) -> Iterator[Piece]:
    for person, group in groupby(rows.tolist(), key=lambda row: int(windows.person[row])):
        own = np.array(list(group))
        edges = np.unique(np.concatenate([windows.first[own], windows.until[own]])).tolist()
        for start, end in pairwise(edges):
            here = own[(windows.first[own] <= start) & (windows.until[own] >= end) & (windows.share[own] > 0)]
            if here.size:
                serves, present = (table[:, here].max(axis=1) for table in offered)
                yield person, start, end, serves, present
