"""What is counted: contacts one by one, engagements by fractions, or the days that people spent."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from graph.errors import InvalidValue
from graph.evolution.log.ties import OPEN, TieLog
from graph.evolution.log.windows import Window

Rows = NDArray[np.intp]
Weights = NDArray[np.float64]

FRACTIONAL_COUNTING = (
    "fractional counting: Perianes-Rodriguez, Waltman and van Eck, Constructing bibliometric networks: a comparison "
    "between full and fractional counting, 2016"
)
"""Where the method comes from, as definitions name it."""


class Count(StrEnum):
    """The three ways to count what passes between actors."""

    ENGAGEMENTS = "engagements"
    CONTACTS = "contacts"
    DAYS = "days"

    @property
    def unit(self) -> str:
        """What a sentence calls what is counted."""
        return "person-days" if self is Count.DAYS else self.value


def count_named(text: str) -> Count:
    """The count of that name.

    Raises: InvalidValue.
    """
    if text not in {count.value for count in Count}:
        raise InvalidValue("count", text, f"is nothing to count; use {', '.join(Count)}")
    return Count(text)


def person_days(log: TieLog, rows: Rows, window: Window, until: int = OPEN) -> Weights:
    """The days of a window that people spent on each contact: its days there x people x their part of full time.

    Arguments: `log`; `rows` of it that hold in the window; `window`; `until`, the first day of which nothing is known.
    Returns: days (rows,), NaN where people, part of full time or days are not known.
    Complexity: O(rows).

    >>> from graph.evolution.log.quantities import quantities
    >>> from graph.evolution.log.ties import TieColumns, tie_log
    >>> log = tie_log("ab", TieColumns([0], [1], [5], [90], quantities=quantities(1, share=[0.5])))
    >>> person_days(log, np.array([0]), Window(0, 25)).tolist()
    [10.0]
    """
    if log.quantities.alone:
        return np.full(len(rows), np.nan)
    return np.asarray(held_days(log, rows, window, until) * log.quantities.share[rows])


def held_days(log: TieLog, rows: Rows, window: Window, until: int = OPEN) -> Weights:
    """On how many days of a window each contact holds.

    Complexity: O(rows).
    """
    last = np.minimum(log.end[rows].astype(np.float64), min(window.last_exclusive, until))
    days: Weights = np.maximum(last - np.maximum(log.start[rows], window.first), 0.0)
    return days


def each_way(log: TieLog, rows: Rows, count: Count, window: Window, until: int = OPEN) -> Weights:
    """How much each contact counts in every direction that it carries: what strengths and flows add up.

    A contact is 1, an engagement its fractional count: with n receivers 1/n for each, a project of k partners 1/(k-1)
    each way between two of them. So what an actor gives, or receives in projects, adds up to engagements.

    Arguments: as for `person_days`, and `count`.
    Returns: weights (rows,), NaN where person-days are not known.
    Complexity: O(rows).
    Reference: Perianes-Rodriguez, Waltman and van Eck, Constructing bibliometric networks, 2016.
    """
    if count is Count.DAYS:
        return person_days(log, rows, window, until)
    return log.quantities.fraction[rows] if count is Count.ENGAGEMENTS else np.ones(len(rows), np.float64)


def all_together(log: TieLog, rows: Rows, count: Count, window: Window, until: int = OPEN) -> Weights:
    """How much each contact counts in a whole: what shares are taken of.

    Every engagement is 1, split evenly over those of its contacts that are among the rows, so that the sum is the
    number of engagements.

    Arguments: as for `each_way`.
    Returns: weights (rows,), NaN where person-days are not known.
    Complexity: O(rows + engagements).
    """
    if count is not Count.ENGAGEMENTS:
        return each_way(log, rows, count, window, until)
    return np.ones(len(rows)) if log.quantities.alone else 1.0 / log.quantities.sizes(rows)
