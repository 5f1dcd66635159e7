"""Windows and snapshots, with the wrong answers of other tools as tests."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given

from graph.errors import InvalidValue
from graph.evolution.log.ties import OPEN
from graph.evolution.log.windows import (
    Window,
    active,
    cumulative,
    daily,
    date_of,
    day_of,
    monthly,
    quarterly,
    rolling,
    snapshot,
    window_of,
    yearly,
)
from tests.evolution.graphs import ACTORS, Row, digraph, log_of, log_of_rows, tie_rows, windows


def test_years_are_both_included_and_touch() -> None:
    years = yearly(2018, 2020)
    assert [str(year) for year in years] == ["2018", "2019", "2020"]
    assert all(one.last_exclusive == other.first for one, other in pairwise(years))
    assert sum(year.days for year in years) == 365 + 365 + 366


def test_quarters_and_months_are_named_as_people_name_them() -> None:
    assert [str(quarter) for quarter in quarterly(2019, 2019)] == ["2019-Q1", "2019-Q2", "2019-Q3", "2019-Q4"]
    assert [str(month) for month in monthly(2019, 2020)][10:14] == ["2019-11", "2019-12", "2020-01", "2020-02"]


def test_any_other_window_is_named_by_its_first_and_last_day() -> None:
    assert str(Window(day_of(date(2019, 5, 3)), day_of(date(2019, 6, 1)))) == "2019-05-03 to 2019-05-31"
    assert str(Window(0, 0)) == "1970-01-01, no days"
    assert str(Window(0, 1)) == "1970-01-01"


def _between(first: date, last: date) -> Window:
    return Window(day_of(first), day_of(last) + 1)


def test_twelve_months_are_a_year_only_from_january_on() -> None:
    assert str(_between(date(2019, 1, 1), date(2019, 12, 31))) == "2019"
    assert str(_between(date(2019, 4, 1), date(2020, 3, 31))) == "2019-04-01 to 2020-03-31"


def test_three_months_are_a_quarter_only_from_the_first_month_of_a_quarter_on() -> None:
    assert str(_between(date(2019, 10, 1), date(2019, 12, 31))) == "2019-Q4"
    assert str(_between(date(2019, 2, 1), date(2019, 4, 30))) == "2019-02-01 to 2019-04-30"
    assert str(_between(date(2019, 3, 1), date(2019, 5, 31))) == "2019-03-01 to 2019-05-31"


def test_months_that_are_not_whole_have_no_short_name() -> None:
    assert str(_between(date(2019, 1, 2), date(2019, 12, 31))) == "2019-01-02 to 2019-12-31"
    assert str(_between(date(2019, 1, 1), date(2019, 3, 30))) == "2019-01-01 to 2019-03-30"
    assert str(_between(date(2019, 2, 1), date(2019, 2, 27))) == "2019-02-01 to 2019-02-27"


@pytest.mark.parametrize("text", ["2019", "2019-Q2", "2019-05", "2019-05-03", "2019-05-03 to 2019-06-01"])
def test_the_name_of_a_window_is_read_as_that_window(text: str) -> None:
    assert str(window_of(text)) == text


def test_a_day_number_leads_back_to_its_day() -> None:
    assert date_of(day_of(date(2026, 2, 28))) == date(2026, 2, 28)


@pytest.mark.parametrize("years", [(2020, 2019), (0, 2019), (2019, 9999)])
def test_years_that_are_no_span_are_refused(years: tuple[int, int]) -> None:
    with pytest.raises(InvalidValue, match="does not close a span that opens in") as error:
        yearly(*years)
    assert error.value.text == years[1]


def test_a_window_that_runs_backward_is_refused() -> None:
    with pytest.raises(InvalidValue):
        Window(5, 4)


def test_a_tie_holds_on_its_first_day_and_not_on_its_end() -> None:
    log = log_of("ab", ("a>b", 5, 8))
    held = [day for day in range(12) if len(active(log, Window(day, day + 1)))]
    assert held == [5, 6, 7]


def test_overlapping_ties_of_one_pair_do_not_end_each_other() -> None:
    log = log_of("ab", ("a>b", 0, 10), ("a>b", 5, 20))
    assert snapshot(log, Window(12, 13)).pairs.nnz == 1


def test_parallel_ties_are_one_pair_and_two_contacts() -> None:
    shot = snapshot(log_of("ab", ("a>b", 0, 10), ("a>b", 5, 20)), Window(6, 7))
    assert shot.pairs.toarray().tolist() == [[0, 2], [0, 0]]


def test_a_window_holds_its_first_day_and_not_its_end() -> None:
    log = log_of("ab", ("a>b", 5, 8))
    held = [len(active(log, Window(first, end))) for first, end in ((0, 5), (0, 6), (7, 9), (8, 9))]
    assert held == [0, 1, 1, 0]


def test_a_window_of_no_days_holds_nothing_even_within_a_tie() -> None:
    assert len(active(log_of("ab", ("a>b", 0, 10)), Window(5, 5))) == 0


def test_a_tie_that_never_ends_holds_for_ever() -> None:
    assert len(active(log_of("ab", ("a>b", 0, OPEN)), Window(OPEN - 2, OPEN - 1))) == 1


def test_self_ties_are_left_out_and_counted() -> None:
    shot = snapshot(log_of("ab", ("a>a", 0, 9), ("a=a", 0, 9), ("a>b", 0, 9)), Window(0, 1))
    assert (shot.self_ties, shot.pairs.nnz, len(shot.rows)) == (2, 1, 1)


@given(tie_rows(), windows)
def test_a_directed_slice_is_complete_and_has_nothing_else(rows: list[Row], window: Window) -> None:
    shot = snapshot(log_of_rows(ACTORS, rows), window)
    giver, receiver = shot.pairs.nonzero()
    assert set(zip(giver.tolist(), receiver.tolist(), strict=True)) == set(digraph(rows, window).edges)


@given(tie_rows(), windows)
def test_contacts_are_counted_one_row_at_a_time(rows: list[Row], window: Window) -> None:
    shot = snapshot(log_of_rows(ACTORS, rows), window)
    held = [row for row in rows if row[2] < window.last_exclusive and row[3] > window.first and window.days]
    apart = [row for row in held if row[0] != row[1]]
    assert (len(shot.rows), shot.self_ties) == (len(apart), len(held) - len(apart))
    assert int(shot.pairs.sum()) == sum(1 + row[4] for row in apart)


def test_days_of_a_leap_year_touch_and_are_all_there() -> None:
    days = daily(2020, 2020)
    assert (len(days), str(days[59])) == (366, "2020-02-29")
    assert window_of("2020-02-29") == window_of("2020-02-29..2020-02-29") == days[59]
    assert all(one.last_exclusive == other.first for one, other in pairwise(days))


def test_a_rolling_window_closes_with_each_step() -> None:
    found = rolling(quarterly(2019, 2019), "3y")
    assert [str(window) for window in found[:2]] == ["2016-04-01 to 2019-03-31", "2016-07-01 to 2019-06-30"]
    assert [window.last_exclusive for window in found] == [step.last_exclusive for step in quarterly(2019, 2019)]
    assert rolling(yearly(2019, 2019), "1y") == yearly(2019, 2019)


def test_a_month_back_from_a_long_month_leads_to_the_end_of_a_short_one() -> None:
    (found,) = rolling([Window(0, day_of(date(2021, 3, 31)))], "1m")
    assert date_of(found.first) == date(2021, 2, 28)


@pytest.mark.parametrize(
    ("end", "months_before"),
    [
        (date(2021, 3, 30), date(2021, 2, 28)),
        (date(2020, 3, 31), date(2020, 2, 29)),
        (date(2021, 5, 31), date(2021, 4, 30)),
        (date(2021, 8, 30), date(2021, 7, 30)),
        (date(2021, 1, 31), date(2020, 12, 31)),
    ],
)
def test_a_month_back_keeps_the_day_of_the_month_where_that_month_has_it(end: date, months_before: date) -> None:
    (found,) = rolling([Window(0, day_of(end))], "1m")
    assert date_of(found.first) == months_before
    assert date_of(found.last_exclusive) == end


def test_a_window_of_ninety_days_has_ninety_days() -> None:
    (found,) = rolling(yearly(2019, 2019), "90d")
    assert found.days == 90
    assert str(found) == "2019-10-03 to 2019-12-31"


@pytest.mark.parametrize("length", ["", "3", "0y", "-1y", "3w", "201y", "1.5y", "99999m"])
def test_a_length_that_is_none_is_refused(length: str) -> None:
    with pytest.raises(InvalidValue):
        rolling(yearly(2019, 2019), length)


def test_cumulative_windows_open_together() -> None:
    found = cumulative(yearly(2018, 2020))
    assert [str(window) for window in found] == ["2018", "2018-01-01 to 2019-12-31", "2018-01-01 to 2020-12-31"]
    assert cumulative([]) == ()
    since = day_of(date(2010, 1, 1))
    assert [window.first for window in cumulative(yearly(2018, 2019), since)] == [since, since]
