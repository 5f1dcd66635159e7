"""Whether contacts are new, or old ones that somebody entered late and at one go: the two clocks of a record."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LATE_DAYS = 365
"""Recorded so long after it began, a contact was entered late."""

BURST_DAYS = 28
"""The longest span of one burst of entry."""


@dataclass(frozen=True, slots=True)
class EntryPattern:
    """How contacts came into the records.

    `late` counts those recorded LATE_DAYS or more after they began; `burst` those of them recorded within the span of
    at most BURST_DAYS that holds most of them, from day `first` to day `last`, on the median `delay` days after they
    began. Without a late one the last three are 0.
    """

    contacts: int
    late: int
    burst: int
    first: int
    last: int
    delay: float


def entry(started: NDArray[np.int32], recorded: NDArray[np.int32]) -> EntryPattern:
    """How contacts with these first days, and days of recording, were entered; of equal spans the first.

    Complexity: O(n log n).

    >>> entry(np.array([0, 0, 9], np.int32), np.array([400, 410, 12], np.int32))
    EntryPattern(contacts=3, late=2, burst=2, first=400, last=410, delay=405.0)
    """
    wait = recorded.astype(np.int64) - started
    late = wait >= LATE_DAYS
    if not late.any():
        return EntryPattern(len(wait), 0, 0, 0, 0, 0.0)
    order = np.argsort(recorded[late], kind="stable")
    days, waits = recorded[late][order], wait[late][order]
    ends = np.searchsorted(days, days + BURST_DAYS)  # the day after the span is no longer in it
    begin = int(np.argmax(ends - np.arange(len(days))))
    span = slice(begin, int(ends[begin]))
    held = days[span]
    return EntryPattern(len(wait), len(days), len(held), int(held[0]), int(held[-1]), float(np.median(waits[span])))
