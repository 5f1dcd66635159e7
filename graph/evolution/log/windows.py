"""Windows of time and what a tie log looks like through one of them."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph.errors import InvalidValue
from graph.evolution.log.ties import TieLog

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_EPOCH = date(1970, 1, 1)


def day_of(day: date) -> int:
    """Days since 1970-01-01, the unit of every log and window.

    >>> day_of(date(1970, 1, 2))
    1
    """
    return (day - _EPOCH).days


def date_of(day: int) -> date:
    """The calendar day behind a day number; the other way round from `day_of`."""
    return _EPOCH + timedelta(days=day)


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A half-open span of days: `first` belongs to it, `last_exclusive` does not. It may be empty.

    Raises InvalidValue when the window would end before it begins.

    >>> str(Window(day_of(date(2019, 1, 1)), day_of(date(2020, 1, 1))))
    '2019'
    """

    first: int
    last_exclusive: int

    def __post_init__(self) -> None:
        if self.last_exclusive < self.first:
            why = f"comes before the first day {self.first}; swap the two"
            raise InvalidValue("window", self.last_exclusive, why)

    @property
    def days(self) -> int:
        """Its length in days."""
        return self.last_exclusive - self.first

    def __str__(self) -> str:
        """A year as 2019, a quarter as 2019-Q2, a month as 2019-05, a day as 2019-05-03, else first and last day."""
        if not self.days:
            return f"{date_of(self.first)}, no days"
        first, last = date_of(self.first), date_of(self.last_exclusive - 1)
        months = 12 * (last.year - first.year) + last.month - first.month + 1
        whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
        if whole and months == 12 and first.month == 1:
            return str(first.year)
        if whole and months == 3 and first.month % 3 == 1:
            return f"{first.year}-Q{first.month // 3 + 1}"
        if whole and months == 1:
            return f"{first:%Y-%m}"
        return f"{first} to {last}" if first < last else str(first)


_SHAPE = re.compile(r"([0-9]{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?")


def window_of(text: str) -> Window:
    """The window written as 2019, 2019-Q2, 2019-05, as a day, or as its first and last day.

    Raises: InvalidValue.

    >>> str(window_of("2019-Q2")), str(window_of("2019-01-01..2019-12-31"))
    ('2019-Q2', '2019')
    """
    whole = _SHAPE.fullmatch(text.strip())
    try:
        if whole:
            return _whole(*whole.groups())
        days = [date.fromisoformat(day.strip()) for day in re.split(r"\.\.| to ", text, maxsplit=1)]
    except (ValueError, OverflowError):
        why = "is no window; write one like 2019, 2019-Q2, 2019-05, 2019-05-03 or 2019-01-01..2019-06-30"
        raise InvalidValue("window", text, why) from None
    first, last = days[0], days[-1]
    if last < first:
        raise InvalidValue("window", text, "ends before it begins; write the earlier day first")
    return Window(day_of(first), day_of(last) + 1)


def _whole(year: str, quarter: str | None, month: str | None) -> Window:
    begins = 3 * int(quarter) - 2 if quarter else int(month or 1)
    months = 3 if quarter else 1 if month else 12
    beyond = 12 * int(year) + begins - 1 + months
    return Window(day_of(date(int(year), begins, 1)), day_of(date(beyond // 12, beyond % 12 + 1, 1)))


def yearly(from_year: int, to_year: int) -> tuple[Window, ...]:
    """One window a calendar year, both years included.

    >>> [str(window) for window in yearly(2018, 2020)]
    ['2018', '2019', '2020']
    """
    return _stepped(from_year, to_year, 12)


def quarterly(from_year: int, to_year: int) -> tuple[Window, ...]:
    """One window a quarter, both years included."""
    return _stepped(from_year, to_year, 3)


def monthly(from_year: int, to_year: int) -> tuple[Window, ...]:
    """One window a calendar month, both years included."""
    return _stepped(from_year, to_year, 1)


def daily(from_year: int, to_year: int) -> tuple[Window, ...]:
    """One window a day, both years included."""
    span = _stepped(from_year, to_year, 12)
    return tuple(Window(day, day + 1) for day in range(span[0].first, span[-1].last_exclusive))


def rolling(steps: Iterable[Window], length: str) -> tuple[Window, ...]:
    """For each step the window of this length that closes with it: "3y", "2q", "6m" or "90d".

    Windows may overlap.

    A month back from the last day of a longer month leads to the last day of the shorter one.

    Raises: InvalidValue.

    >>> [str(window) for window in rolling(yearly(2019, 2020), "2y")]
    ['2018-01-01 to 2019-12-31', '2019-01-01 to 2020-12-31']
    """
    shape = _LENGTH.fullmatch(length)
    if not shape:
        raise InvalidValue("window", length, "is no length; write one like 3y, 2q, 6m or 90d, or all")
    count, unit = int(shape.group(1)), shape.group(2)
    if count * _DAYS_AT_MOST[unit] > _LONGEST_DAYS:
        raise InvalidValue("window", length, "is longer than two hundred years; write a shorter one, or all")
    closing = (step.last_exclusive for step in steps)
    return tuple(Window(_back(day, count, unit), day) for day in closing)


def cumulative(steps: Sequence[Window], since: int | None = None) -> tuple[Window, ...]:
    """Windows that all open on day `since`, by default with the first step, and close with one step after the other.

    >>> [window.days for window in cumulative(quarterly(2019, 2019))]
    [90, 181, 273, 365]
    """
    opens = min(steps).first if since is None and steps else since or 0
    return tuple(Window(min(opens, step.first), step.last_exclusive) for step in steps)


def looking_back(steps: Sequence[Window], length: str) -> tuple[Window, ...]:
    """For each step the window that closes with it: `rolling` of this length, `cumulative` for "all", or the step.

    Raises: InvalidValue.

    >>> [str(window) for window in looking_back(yearly(2019, 2020), "all")]
    ['2019', '2019-01-01 to 2020-12-31']
    """
    if length == "all":
        return cumulative(steps)
    return rolling(steps, length) if length else tuple(steps)


_LENGTH = re.compile(r"([1-9][0-9]{0,4})([ymqd])")
_MONTHS = {"y": 12, "q": 3, "m": 1}
_DAYS_AT_MOST = {"y": 366, "q": 92, "m": 31, "d": 1}
_LONGEST_DAYS = 200 * 366


def _back(day: int, count: int, unit: str) -> int:
    if unit == "d":
        return day - count
    then = date_of(day)
    months = 12 * then.year + then.month - 1 - count * _MONTHS[unit]
    year, month = months // 12, months % 12 + 1
    return day_of(date(year, month, min(then.day, monthrange(year, month)[1])))


STEPS: Mapping[str, Callable[[int, int], tuple[Window, ...]]] = {
    "year": yearly,
    "quarter": quarterly,
    "month": monthly,
    "day": daily,
}
"""The calendar steps by the word a person asks for them with."""


def _stepped(from_year: int, to_year: int, months: int) -> tuple[Window, ...]:
    if not date.min.year <= from_year <= to_year < date.max.year:
        raise InvalidValue("to_year", to_year, f"does not close a span that opens in {from_year}; give years in order")
    starts = [day_of(date(year, month, 1)) for year in range(from_year, to_year + 1) for month in range(1, 13, months)]
    return tuple(map(Window, starts, [*starts[1:], day_of(date(to_year + 1, 1, 1))]))


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The ties that hold on at least one day of a window.

    `every` are their places in the log, `rows` those without the self-ties, which are left out elsewhere. `pairs` is an
    actors x actors matrix: entry (i, j) counts the contacts that carry from i to j, a mutual tie in both
    directions, so its stored entries are the distinct directed ties.
    """

    window: Window
    rows: NDArray[np.intp]
    pairs: "csr_array[np.int32, tuple[int, int]]"
    every: NDArray[np.intp]

    @property
    def self_ties(self) -> int:
        """How many self-ties were left out."""
        return len(self.every) - len(self.rows)


def active(log: TieLog, window: Window) -> NDArray[np.intp]:
    """Rows of the ties that hold on at least one day of the window; none for an empty window.

    A binary search over the starts, then one pass over the ties begun by then.

    Arguments: `log`, m ties; `window`, days [first, last).
    Returns: rows of the log, sorted.
    Complexity: O(log m + begun).
    """
    if not window.days:
        return np.empty(0, np.intp)
    begun = int(np.searchsorted(log.start, window.last_exclusive))
    return np.flatnonzero(log.end[:begun] > window.first)


def snapshot(log: TieLog, window: Window) -> Snapshot:
    """The network of one window, every directed pair once with its number of contacts.

    Arguments: `log`, m ties; `window`, days [first, last).
    Returns: a sparse matrix (actors, actors) of contacts, and the rows behind it.
    Complexity: O(begun + actors).

    >>> from graph.evolution.log.ties import TieColumns, tie_log
    >>> log = tie_log("abc", TieColumns(source=[0, 0, 2], target=[1, 1, 2], start=[0, 5, 0], end=[10, 20, 9]))
    >>> shot = snapshot(log, Window(8, 12))
    >>> shot.pairs.toarray().tolist(), shot.self_ties
    ([[0, 2, 0], [0, 0, 0], [0, 0, 0]], 1)
    """
    held = active(log, window)
    rows = held[log.source[held] != log.target[held]]
    return Snapshot(window, rows, _pairs(log, rows), held)


def _pairs(log: TieLog, rows: NDArray[np.intp]) -> "csr_array[np.int32, tuple[int, int]]":
    from scipy.sparse import csr_array  # a fifth of a second that commands about plans need not wait for

    _, giver, receiver = log.arcs(rows)
    size = len(log.actors)
    return csr_array((np.ones(len(giver), np.int32), (giver, receiver)), shape=(size, size))
