"""Windows and snapshots, with the wrong answers of other tools as tests."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given

from graph.errors import InvalidValue
from graph.evolution import (
    OPEN,
    Window,
    active,
    date_of,
    day_of,
    monthly,
    quarterly,
    snapshot,
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


def test_a_day_number_leads_back_to_its_day() -> None:
    assert date_of(day_of(date(2026, 2, 28))) == date(2026, 2, 28)


@pytest.mark.parametrize("years", [(2020, 2019), (0, 2019), (2019, 9999)])
def test_years_that_are_no_span_are_refused(years: tuple[int, int]) -> None:
    with pytest.raises(InvalidValue):
        yearly(*years)


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
