"""Ties of a plain file, on whatever clock it keeps: what counts, and how time is cut."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from graph.errors import InvalidValue
from graph.evolution.log.windows import STEPS, Window, day_of
from graph.evolution.measures.structures import Structure, TieDirection, structure

LONGEST = 100_000
"""The most windows of one answer."""

CALENDAR = tuple(STEPS)

Rows = NDArray[np.intp]


class SelfTies(StrEnum):
    """What becomes of a tie of an actor with itself."""

    DROP = "drop"
    KEEP = "keep"


class Repeats(StrEnum):
    """What becomes of ties that have the same ends and the same time."""

    MERGE = "merge"
    KEEP = "keep"


@dataclass(frozen=True, slots=True, eq=False)
class PlainTies:
    """Columns with one entry a tie: positions of the ends, first and last moment (both included), weight.

    Moments are days since 1970 or whatever numbers a file counts time in; the last one is infinite for a tie that
    has not ended. Sorted by first moment, equal ones in the order of the file, when built with `sort`.
    """

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    first: NDArray[np.float64]
    last: NDArray[np.float64]
    weight: NDArray[np.float64]

    def __len__(self) -> int:
        """How many ties there are."""
        return len(self.source)

    def at(self, rows: Rows | NDArray[np.bool_]) -> Self:
        """The chosen ties, in the order chosen."""
        return type(self)(*(getattr(self, column.name)[rows] for column in fields(self)))

    def sort(self) -> Self:
        """The same ties in the order in which they began. O(m log m)."""
        return self.at(np.argsort(self.first, kind="stable"))

    def network(self, rows: Rows, direction: TieDirection) -> Structure:
        """The network that the chosen ties make, whatever their time."""
        return structure(self.source[rows], self.target[rows], direction, self.weight[rows])

    @property
    def end(self) -> float:
        """The last moment that is known: open ties are known only to have begun."""
        return float(np.where(np.isfinite(self.last), self.last, self.first).max(initial=-np.inf))


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A span of time and the rows of the ties in it; `last` belongs to it where `closed`."""

    first: float
    last: float
    rows: Rows
    closed: bool = False


def without_self_ties(ties: PlainTies) -> tuple[PlainTies, int]:
    """The ties between two different actors, and how many others there were."""
    apart = ties.at(ties.source != ties.target)
    return apart, len(ties) - len(apart)


def without_repeats(ties: PlainTies, direction: TieDirection) -> tuple[PlainTies, int]:
    """Each tie once that has the same ends and moments as others, with their weights summed, and how many went.

    Without direction, a tie from b to a repeats one from a to b. The first of the equals stays.

    Complexity: O(m log m).

    >>> pair = np.array([0, 1]), np.array([1, 0])
    >>> ties = PlainTies(*pair, np.zeros(2), np.zeros(2), np.ones(2))
    >>> [without_repeats(ties, direction)[1] for direction in TieDirection]
    [0, 1]
    """
    if not len(ties):
        return ties, 0
    one, other = ties.source, ties.target
    if direction is TieDirection.UNDIRECTED:
        one, other = np.minimum(one, other), np.maximum(one, other)
    columns = ties.last, ties.first, other, one
    order = np.lexsort(columns)
    new = np.any([column[order][1:] != column[order][:-1] for column in columns], axis=0)
    heads = np.concatenate(([0], 1 + np.flatnonzero(new)))
    kept = order[heads]
    weight = np.add.reduceat(ties.weight[order], heads)
    by_place = np.argsort(kept)
    first = ties.at(kept[by_place])
    merged = PlainTies(first.source, first.target, first.first, first.last, weight[by_place])
    return merged, len(ties) - len(merged)


def whole(ties: PlainTies) -> Iterator[Cut]:
    """One window over everything, from the first moment to the last one known, both included."""
    yield Cut(float(ties.first.min(initial=np.inf)), ties.end, np.arange(len(ties)), closed=True)


def by_window(ties: PlainTies, windows: Iterable[Window]) -> Iterator[Cut]:
    """The ties that hold on at least one day of each window; days are the clock.

    Complexity: O(begun) a window.
    """
    return (Cut(each.first, each.last_exclusive, _held(ties, each.first, each.last_exclusive)) for each in windows)


def by_width(ties: PlainTies, width: float) -> Iterator[Cut]:
    """The ties that hold at some moment of each span of `width`, the first span beginning with the first tie.

    Spans are half-open and go on until the last known moment lies in one.

    Raises: InvalidValue for a width that is no positive number or makes too many windows.

    >>> ties = PlainTies(np.array([0, 1]), np.array([1, 2]), np.array([0.0, 4]), np.array([2.0, 4]), np.ones(2))
    >>> [(cut.first, cut.last, len(cut.rows)) for cut in by_width(ties, 2)]
    [(0.0, 2.0, 1), (2.0, 4.0, 1), (4.0, 6.0, 1)]
    """
    if not 0 < width < np.inf:
        raise InvalidValue("width", width, "is no length of time; give a number above zero")
    if not len(ties):
        return iter(())
    start = float(ties.first[0])
    if ties.end + width <= ties.end:
        raise InvalidValue("width", width, f"is too short to tell apart beside {ties.end:g}; give a larger one")
    count = _bounded("width", width, (ties.end - start) // width + 1)
    # Rounding may leave the last moment on the edge of the last span, which is outside.
    count += start + count * width <= ties.end
    spans = ((start + number * width, start + (number + 1) * width) for number in range(count))
    return (Cut(first, last, _held(ties, first, last)) for first, last in spans)


def by_count(ties: PlainTies, edges: int) -> Iterator[Cut]:
    """Every `edges` ties that began one after the other, the last window with what is left.

    The window reaches from the beginning of its first tie to that of its last one, both included; when ties end plays
    no part.

    Raises: InvalidValue for fewer than one tie or too many windows.
    """
    if edges < 1:
        raise InvalidValue("edges", edges, "is too few; give at least 1")
    _bounded("edges", edges, -(-len(ties) // edges))
    for first in range(0, len(ties), edges):
        rows = np.arange(first, min(first + edges, len(ties)))
        yield Cut(float(ties.first[rows[0]]), float(ties.first[rows[-1]]), rows, closed=True)


def calendar(first: date, last: date, step: str) -> tuple[Window, ...]:
    """The whole years, quarters, months or days from the one that holds `first` to the one that holds `last`.

    Raises: InvalidValue for dates out of order, an unknown step or too many windows.

    >>> [str(window) for window in calendar(date(2019, 2, 3), date(2019, 7, 1), "quarter")]
    ['2019-Q1', '2019-Q2', '2019-Q3']
    """
    if last < first:
        raise InvalidValue("to", last, f"lies before {first}; swap the two")
    if step not in CALENDAR:
        raise InvalidValue("step", step, f"is not a step; use {', '.join(CALENDAR)}")
    _bounded("step", step, (last - first).days + 1 if step == "day" else 0)
    if step == "day":
        return tuple(Window(day, day + 1) for day in range(day_of(first), day_of(last) + 1))
    found = STEPS[step](first.year, last.year)
    return tuple(each for each in found if day_of(first) < each.last_exclusive and each.first <= day_of(last))


def _held(ties: PlainTies, first: float, last_exclusive: float) -> Rows:
    """Rows of sorted ties that hold at some moment of [first, last_exclusive)."""
    begun = int(np.searchsorted(ties.first, last_exclusive))
    return np.flatnonzero(ties.last[:begun] >= first)


def _bounded(field: str, text: object, count: float) -> int:
    if count > LONGEST:
        raise InvalidValue(field, text, f"makes {count:,.0f} windows; ask for {LONGEST:,} or fewer")
    return int(count)
