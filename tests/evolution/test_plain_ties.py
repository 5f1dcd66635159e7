"""What counts in a plain file of ties, and how its time is cut."""

from datetime import date
from math import inf

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.errors import InvalidValue
from graph.evolution.log.windows import Window
from graph.evolution.measures.structures import TieDirection
from graph.evolution.plain_ties import (
    PlainTies,
    by_count,
    by_width,
    by_window,
    calendar,
    whole,
    without_gaps,
    without_repeats,
    without_self_ties,
)

Tie = tuple[int, int, float, float]

ties = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 20), st.integers(0, 9)).map(
        lambda tie: (tie[0], tie[1], float(tie[2]), float(tie[2] + tie[3]))
    ),
    max_size=25,
)


def plain(*rows: Tie, weight: list[float] | None = None, mutual: list[bool] | None = None) -> PlainTies:
    columns = [*zip(*rows, strict=True)] if rows else [[], [], [], []]
    ends = (np.array(column, np.int32) for column in columns[:2])
    moments = (np.array(column, np.float64) for column in columns[2:])
    carries = None if mutual is None else np.array(mutual)
    return PlainTies(*ends, *moments, np.array(weight or [1.0] * len(rows)), carries).sort()


def test_a_tie_holds_on_its_first_and_on_its_last_day_in_a_file() -> None:
    days = [Window(day, day + 1) for day in range(6)]
    assert [len(cut.rows) for cut in by_window(plain((0, 1, 2, 4)), days)] == [0, 0, 1, 1, 1, 0]


def test_a_tie_of_a_file_without_an_end_holds_in_every_later_window() -> None:
    assert [len(cut.rows) for cut in by_window(plain((0, 1, 2, inf)), [Window(0, 2), Window(900, 901)])] == [0, 1]


def test_a_window_of_no_days_holds_nothing_of_a_file() -> None:
    assert [len(cut.rows) for cut in by_window(plain((0, 1, 3, 3)), [Window(3, 3)])] == [0]


def test_self_ties_of_a_file_are_dropped_and_counted() -> None:
    kept, dropped = without_self_ties(plain((0, 0, 1, 1), (0, 1, 1, 1)))
    assert (len(kept), len(dropped)) == (1, 1)


def test_a_repeat_has_the_same_ends_and_the_same_time() -> None:
    rows = plain((0, 1, 1, 2), (0, 1, 1, 2), (0, 1, 1, 3), (1, 0, 1, 2), weight=[1, 2, 4, 8])
    kept, merged = without_repeats(rows, TieDirection.DIRECTED)
    assert (merged, kept.weight.tolist()) == (1, [3, 4, 8])
    kept, merged = without_repeats(rows, TieDirection.UNDIRECTED)
    assert (merged, kept.weight.tolist()) == (2, [11, 4])


def test_everything_is_one_closed_window() -> None:
    (cut,) = whole(plain((0, 1, 3, 9), (0, 1, 5, inf)))
    assert cut.first == 3
    assert cut.last == 9
    assert cut.closed
    assert len(cut.rows) == 2


def test_consecutive_ties_follow_their_beginnings_and_the_file() -> None:
    cuts = list(by_count(plain((0, 1, 5, 5), (1, 2, 3, 99), (2, 3, 5, 5), (3, 4, 9, 9), (4, 0, 1, 1)), 2))
    assert [(cut.first, cut.last, len(cut.rows)) for cut in cuts] == [(1, 3, 2), (5, 5, 2), (9, 9, 1)]


@pytest.mark.parametrize("width", [0, -1, inf, float("nan"), 1e-9])
def test_a_width_that_cuts_nothing_is_refused(width: float) -> None:
    with pytest.raises(InvalidValue):
        list(by_width(plain((0, 1, 0, 10)), width))


def test_windows_of_no_ties_are_refused_and_no_ties_make_no_windows() -> None:
    with pytest.raises(InvalidValue):
        list(by_count(plain((0, 1, 0, 10)), 0))
    assert list(by_count(plain(), 5)) == list(by_width(plain(), 5)) == []


def test_a_calendar_has_whole_steps() -> None:
    months = calendar(date(2019, 5, 30), date(2019, 7, 1), "month")
    assert [str(month) for month in months] == ["2019-05", "2019-06", "2019-07"]
    assert len(calendar(date(2020, 2, 28), date(2020, 3, 1), "day")) == 3
    assert [str(year) for year in calendar(date(2019, 5, 1), date(2020, 1, 1), "year")] == ["2019", "2020"]


@pytest.mark.parametrize(
    ("last", "step"), [(date(2018, 1, 1), "year"), (date(2020, 1, 1), "week"), (date(2900, 1, 1), "day")]
)
def test_a_calendar_that_makes_no_sense_is_refused(last: date, step: str) -> None:
    with pytest.raises(InvalidValue):
        calendar(date(2019, 1, 1), last, step)


@given(ties, st.integers(1, 7))
def test_a_span_holds_exactly_the_ties_that_overlap_it(rows: list[Tie], width: int) -> None:
    log = plain(*rows)
    for cut in by_width(log, width):
        held = [row for row in rows if row[2] < cut.last and row[3] >= cut.first]
        found = log.at(cut.rows)
        assert sorted(held) == sorted(zip(found.source, found.target, found.first, found.last, strict=True))


@given(ties, st.integers(1, 7))
def test_every_tie_is_in_some_span_and_in_one_run(rows: list[Tie], size: int) -> None:
    log = plain(*rows)
    assert {row for cut in by_width(log, size) for row in cut.rows.tolist()} == set(range(len(rows)))
    assert [row for cut in by_count(log, size) for row in cut.rows.tolist()] == list(range(len(rows)))


@given(
    st.lists(st.floats(-9, 9).map(lambda moment: round(moment, 1)) | st.integers(0, 20).map(lambda step: step / 3)),
    st.sampled_from([0.1, 0.3, 0.7, 1 / 3]),
)
@example(moments=[1.0, 4.666666666666666], width=1 / 3)
def test_an_instant_is_in_one_span_however_broken_the_width(moments: list[float], width: float) -> None:
    log = plain(*((0, 1, moment, moment) for moment in moments))
    assert [row for cut in by_width(log, width) for row in cut.rows.tolist()] == list(range(len(moments)))


def test_a_width_that_moments_cannot_tell_apart_is_refused() -> None:
    with pytest.raises(InvalidValue, match=r"too short to tell apart beside 1e\+300"):
        by_width(plain((0, 1, 1e300, 1e300)), 1)


@given(ties, st.sampled_from(TieDirection))
def test_merging_leaves_one_of_each_and_loses_no_weight(rows: list[Tie], direction: TieDirection) -> None:
    kept, merged = without_repeats(plain(*rows), direction)
    ends = {(*(sorted(row[:2]) if direction is TieDirection.UNDIRECTED else row[:2]), *row[2:]) for row in rows}
    assert (len(kept), merged) == (len(ends), len(rows) - len(ends))
    assert kept.weight.sum() == len(rows)
    assert without_repeats(kept, direction)[1] == 0


def test_a_mutual_tie_repeats_another_whichever_end_is_named_first() -> None:
    rows = plain((0, 1, 1, 2), (1, 0, 1, 2), (0, 1, 1, 2), (1, 0, 1, 2), mutual=[True, True, False, False])
    kept, merged = without_repeats(rows, TieDirection.DIRECTED)
    assert (merged, kept.mutual.tolist() if kept.mutual is not None else []) == (1, [True, False, False])
    assert without_repeats(rows, TieDirection.UNDIRECTED)[1] == 3


def test_records_of_one_pair_no_further_apart_than_the_gap_are_one_contact() -> None:
    """a>b from 0 to 9 outlasts the record within it, so that 11 is 2 apart from it and 14 is 3 apart from 11."""
    rows = plain((0, 1, 0, 9), (0, 1, 2, 3), (0, 1, 11, 11), (0, 1, 14, inf), (0, 1, 99, 99), (1, 0, 10, 10))
    merged, went = without_gaps(rows, 2, TieDirection.DIRECTED)
    assert went == 3
    assert merged.first.tolist() == [0, 10, 14]
    assert merged.last.tolist() == [11, 10, inf]
    assert merged.weight.tolist() == [3, 1, 2]
    assert without_gaps(rows, 3, TieDirection.DIRECTED)[1] == 4
    assert without_gaps(rows, 1.9, TieDirection.DIRECTED)[1] == 2
    assert without_gaps(rows, 2, TieDirection.UNDIRECTED)[1] == 4
    assert without_gaps(plain(), 2, TieDirection.DIRECTED)[1] == 0


def test_rounding_parts_no_records() -> None:
    assert without_gaps(plain((0, 1, 0.9, 0.9), (0, 1, 1.1, 1.1)), 0.2, TieDirection.DIRECTED)[1] == 1


@pytest.mark.parametrize("gap", [-1, inf, float("nan")])
def test_a_gap_that_is_no_time_is_refused(gap: float) -> None:
    with pytest.raises(InvalidValue, match="is no length of time; give a number of 0 or more"):
        without_gaps(plain((0, 1, 0, 10)), gap, TieDirection.DIRECTED)


@given(ties, st.integers(0, 5), st.sampled_from(TieDirection))
def test_merging_over_gaps_joins_exactly_what_is_near(rows: list[Tie], gap: int, direction: TieDirection) -> None:
    merged, went = without_gaps(plain(*rows), gap, direction)
    expected: list[tuple[object, float, float, int]] = []
    for one, other, first, last in sorted(rows, key=lambda row: row[2]):
        pair = frozenset((one, other)) if direction is TieDirection.UNDIRECTED else (one, other)
        near = [place for place, found in enumerate(expected) if found[0] == pair and first - found[2] <= gap]
        if near:
            _, begun, held, records = expected[near[-1]]
            expected[near[-1]] = pair, begun, max(held, last), records + 1
        else:
            expected.append((pair, first, last, 1))
    assert sorted(found[1:] for found in expected) == sorted(
        zip(merged.first.tolist(), merged.last.tolist(), merged.weight.tolist(), strict=True)
    )
    assert went == len(rows) - len(merged)
    assert without_gaps(merged, gap, direction)[1] == 0
