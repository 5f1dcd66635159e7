"""What two windows share, and how late their contacts were entered; by hand and as invariants."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.evolution.comparison.bursts import (
    BURST_DAYS,
    LATE_DAYS,
    EntryPattern,
    entry,
)
from graph.evolution.comparison.changes import changed_actors, changed_ties
from graph.evolution.log.ties import TieColumns, tie_log
from graph.evolution.log.windows import Window, snapshot
from tests.evolution.graphs import log_of

ROWS = st.lists(st.tuples(*[st.integers(0, 4)] * 2, st.integers(0, 20), st.integers(1, 9)), max_size=20)


def test_ties_and_actors_are_gained_kept_and_lost() -> None:
    log = log_of("abcd", ("a>b", 0, 20), ("b>c", 0, 5), ("c>d", 12, 20))
    shots = snapshot(log, Window(0, 4)), snapshot(log, Window(12, 15))

    ties, actors = changed_ties(*shots), changed_actors(*shots)

    assert (ties.gained.tolist(), ties.kept.tolist(), ties.lost.tolist()) == ([[2, 3]], [[0, 1]], [[1, 2]])
    assert (actors.gained.tolist(), actors.kept.tolist(), actors.lost.tolist()) == ([3], [0, 1, 2], [])


@given(ROWS)
def test_gained_and_kept_are_all_of_now_lost_and_kept_all_of_then(rows: list[tuple[int, int, int, int]]) -> None:
    source, target, start, long = (list(column) for column in zip(*rows, strict=True)) if rows else ([],) * 4
    end = [begin + days for begin, days in zip(start, long, strict=True)]
    log = tie_log("abcde", TieColumns(source, target, start, end))
    then, now = snapshot(log, Window(3, 9)), snapshot(log, Window(7, 15))
    expected = [
        {(a, b) for a, b, begin, days in rows if a != b and begin < last and begin + days > first}
        for first, last in ((3, 9), (7, 15))
    ]

    found = changed_ties(then, now)

    gained, kept, lost = ({(a, b) for a, b in part.tolist()} for part in (found.gained, found.kept, found.lost))
    assert (gained | kept, lost | kept) == (expected[1], expected[0])
    assert len(gained) + len(kept) + len(lost) == len(gained | kept | lost)


def column(*days: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array(days, np.int32)


def test_what_is_recorded_within_a_year_is_not_late() -> None:
    assert entry(column(0, 100), column(30, 100 + LATE_DAYS - 1)) == EntryPattern(2, 0, 0, 0, 0, 0.0)
    assert entry(column(), column()) == EntryPattern(0, 0, 0, 0, 0, 0.0)


def test_the_densest_span_is_a_burst_and_one_day_more_is_none_of_it() -> None:
    day = LATE_DAYS
    recorded = column(day, day + BURST_DAYS - 1, day + BURST_DAYS, day + 3 * BURST_DAYS)
    assert entry(column(0, 0, 0, 0), recorded) == EntryPattern(
        4, 4, 2, day, day + BURST_DAYS - 1, day + (BURST_DAYS - 1) / 2
    )


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 1200)), max_size=20))
def test_no_span_holds_more_than_the_burst(days: list[tuple[int, int]]) -> None:
    started, recorded = column(*(begin for begin, _ in days)), column(*(begin + wait for begin, wait in days))
    late = sorted(begin + wait for begin, wait in days if wait >= LATE_DAYS)
    most = max((sum(first <= day < first + BURST_DAYS for day in late) for first in late), default=0)

    found = entry(started, recorded)

    assert (found.contacts, found.late, found.burst) == (len(days), len(late), most)
