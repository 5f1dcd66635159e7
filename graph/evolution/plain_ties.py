"""Ties of a plain file, on whatever clock it keeps: what counts, and how time is cut."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, Self

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
    has not ended. Sorted by first moment, equal ones in the order of the file, when built with `sort`. `mutual` ties
    carry both ways, and are one contact all the same; groups are codes, -1 where none is known. These three are None
    where the file says nothing of it.
    """

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    first: NDArray[np.float64]
    last: NDArray[np.float64]
    weight: NDArray[np.float64]
    mutual: NDArray[np.bool_] | None = None
    source_group: NDArray[np.int32] | None = None
    target_group: NDArray[np.int32] | None = None

    def __len__(self) -> int:
        """How many ties there are."""
        return len(self.source)

    def at(self, rows: Rows | NDArray[np.bool_]) -> Self:
        """The chosen ties, in the order chosen."""
        columns: dict[str, Any] = {column.name: getattr(self, column.name) for column in fields(self)}
        return replace(self, **{name: column[rows] for name, column in columns.items() if column is not None})

    def sort(self) -> Self:
        """The same ties in the order in which they began. O(m log m)."""
        return self.at(np.argsort(self.first, kind="stable"))

    def network(self, rows: Rows, direction: TieDirection) -> Structure:
        """The network that the chosen ties make, whatever their time."""
        mutual = None if self.mutual is None else self.mutual[rows]
        return structure(self.source[rows], self.target[rows], direction, self.weight[rows], mutual)

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


def without_self_ties(ties: PlainTies) -> tuple[PlainTies, PlainTies]:
    """The ties between two different actors, and the others."""
    apart = ties.source != ties.target
    return ties.at(apart), ties.at(~apart)


def without_repeats(ties: PlainTies, direction: TieDirection) -> tuple[PlainTies, int]:
    """Each tie once that has the same ends and moments as others, with their weights summed, and how many went.

    Without direction, a tie from b to a repeats one from a to b, and of two mutual ties one the other whichever end is
    named first. The first of the equals stays.

    Complexity: O(m log m).

    >>> pair = np.array([0, 1]), np.array([1, 0])
    >>> ties = PlainTies(*pair, np.zeros(2), np.zeros(2), np.ones(2))
    >>> [without_repeats(ties, direction)[1] for direction in TieDirection]
    [0, 1]
    """
    if not len(ties):
        return ties, 0
    columns = ties.last, ties.first, *_pairs(ties, direction)
    order = np.lexsort(columns)
    heads = np.concatenate(([0], 1 + np.flatnonzero(_changes(columns, order))))
    kept = order[heads]
    weight = np.add.reduceat(ties.weight[order], heads)
    by_place = np.argsort(kept)
    merged = replace(ties.at(kept[by_place]), weight=weight[by_place])
    return merged, len(ties) - len(merged)


def without_gaps(ties: PlainTies, gap: float, direction: TieDirection) -> tuple[PlainTies, int]:
    """Records of one pair no further apart than `gap` as one contact, and how many went.

    What counts is the time from the last moment at which any of the records before holds to the first of the next:
    days from one to the other, or the file's own units. A contact holds from the first moment of its records to the
    last, weighs as much as all of them, and stands where the first of them does. Pairs are those of `without_repeats`.

    Arguments: `ties`, in any order; `gap`, at least 0; `direction`, whether an order of the ends counts.
    Returns: the contacts, and how many records more there were.
    Raises: InvalidValue for a gap that is no number of at least 0.
    Complexity: O(m log m).

    >>> ties = PlainTies(*np.zeros((2, 3), int), np.array([0.0, 3, 9]), np.array([1.0, 3, 9]), np.ones(3))
    >>> merged, went = without_gaps(ties, 2, TieDirection.DIRECTED)
    >>> merged.first.tolist(), merged.last.tolist(), merged.weight.tolist(), went
    ([0.0, 9.0], [3.0, 9.0], [2.0, 1.0], 1)
    """
    if not 0 <= gap < np.inf:
        raise InvalidValue("merge-gap", gap, "is no length of time; give a number of 0 or more")
    if not len(ties):
        return ties, 0
    pairs = _pairs(ties, direction)
    order = np.lexsort((ties.last, ties.first, *pairs))
    fresh = _changes(pairs, order)
    held = _held_until(ties.last[order], fresh)[:-1]
    apart = ties.first[order][1:] - held
    # Rounding of two decimals makes 1.1 - 0.9 more than 0.2.
    fresh |= apart > gap + 4 * np.spacing(np.abs(ties.first).max())
    heads = np.concatenate(([0], 1 + np.flatnonzero(fresh)))
    last, weight = np.maximum.reduceat(ties.last[order], heads), np.add.reduceat(ties.weight[order], heads)
    by_place = np.argsort(order[heads])
    merged = replace(ties.at(order[heads][by_place]), last=last[by_place], weight=weight[by_place])
    return merged, len(ties) - len(merged)


def _held_until(last: NDArray[np.float64], fresh: NDArray[np.bool_]) -> NDArray[np.float64]:
    """For each row the last moment of any row of its pair so far; `fresh` says which rows begin a pair."""
    moments, place = np.unique(last, return_inverse=True)
    pair = np.concatenate(([0], np.cumsum(fresh)))
    held: NDArray[np.float64] = moments[np.maximum.accumulate(pair * len(moments) + place) % len(moments)]
    return held


def _pairs(ties: PlainTies, direction: TieDirection) -> tuple[NDArray[Any], ...]:
    """Columns that are equal where two ties have the same ends and the same direction."""
    one, other = ties.source, ties.target
    mutual = np.zeros(len(ties), np.bool_) if ties.mutual is None else ties.mutual
    if direction is TieDirection.UNDIRECTED:
        mutual = np.ones(len(ties), np.bool_)
    return mutual, np.where(mutual, np.maximum(one, other), other), np.where(mutual, np.minimum(one, other), one)


def _changes(columns: Iterable[NDArray[Any]], order: Rows) -> NDArray[np.bool_]:
    """For each row in this order but the first, whether it differs from the one before in any column."""
    changed: NDArray[np.bool_] = np.any([column[order][1:] != column[order][:-1] for column in columns], axis=0)
    return changed


def held_within(ties: PlainTies, cut: Cut) -> int:
    """How many sorted ties hold at some moment of a window, all of them where it is that over everything.

    Complexity: O(begun).
    """
    return len(ties) if cut.closed else len(_held(ties, cut.first, cut.last))


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
