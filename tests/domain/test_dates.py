from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.domain.dates import PartialDate, check_order
from graph.errors import InvalidValue

YEARS = st.integers(1, 9998)
DAYS = st.dates(date(1, 1, 1), date(9998, 12, 31))


def test_a_year_means_any_of_its_days() -> None:
    year = PartialDate.parse("2019")

    assert (year.first, year.last, year.after) == (date(2019, 1, 1), date(2019, 12, 31), date(2020, 1, 1))


def test_a_month_ends_on_its_own_last_day() -> None:
    assert [PartialDate.parse(text).last for text in ("2023-02", "2024-02", "1900-02", "2000-02", "2024-12")] == [
        date(2023, 2, 28),
        date(2024, 2, 29),
        date(1900, 2, 28),
        date(2000, 2, 29),
        date(2024, 12, 31),
    ]


def test_a_day_is_first_and_last_at_once() -> None:
    day = PartialDate.parse(" 2019-05-03 ")

    assert str(day) == "2019-05-03"
    assert day.first == day.last == date(2019, 5, 3)
    assert day == PartialDate.of_day(date(2019, 5, 3))


NO_DATES = ("", "19", "2019-5", "2019-05-3", "2019/05", "2019-13", "2019-00", "2019-02-29", "0000", "9999", "2019-")


@pytest.mark.parametrize("text", [*NO_DATES, "-2019", "2019-05-03T10:00", "٢٠١٩", "2019-05\n-03", "today"])
def test_anything_else_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(InvalidValue, match=r"^deadline: .*\.$") as refused:
        PartialDate.parse(text, "deadline")

    assert refused.value.text == text


@given(DAYS)
def test_every_day_lies_in_its_month_and_its_month_in_its_year(day: date) -> None:
    texts = (f"{day:%Y}".rjust(4, "0"), day.isoformat()[:7], day.isoformat())
    year, month, exact = (PartialDate.parse(text) for text in texts)

    assert year.first <= month.first <= exact.first <= exact.last <= month.last <= year.last
    assert month.after.day == 1
    assert year.after == date(day.year + 1, 1, 1)


@given(DAYS, DAYS)
def test_dates_of_one_precision_sort_by_time(one: date, other: date) -> None:
    for length in (4, 7, 10):
        left, right = (PartialDate.parse(day.isoformat()[:length]) for day in (one, other))
        assert (left < right) == (left.first < right.first)


@given(DAYS, st.integers(0, 4000))
def test_a_period_may_end_in_the_year_or_month_it_started_in(start: date, length: int) -> None:
    """`check_order` raises for a period that is not in order; here it must not."""
    end = min(start + timedelta(days=length), date(9998, 12, 31))
    for precision in (4, 7, 10):
        check_order(PartialDate.of_day(start), PartialDate.parse(end.isoformat()[:precision]))
        check_order(PartialDate.parse(start.isoformat()[:precision]), PartialDate.of_day(end))


@given(DAYS.filter(lambda day: day.year > 1))
def test_a_period_that_certainly_ends_before_it_starts_is_refused(start: date) -> None:
    for before in (start - timedelta(days=1), start.replace(year=start.year - 1, day=1)):
        with pytest.raises(InvalidValue, match="lies before the start"):
            check_order(PartialDate.of_day(start), PartialDate.of_day(before))


def test_an_open_end_or_an_unknown_start_is_in_order() -> None:
    """`check_order` raises for a period that is not in order; here it must not."""
    check_order(PartialDate.parse("2020"), None)
    check_order(None, PartialDate.parse("1990"))
    check_order(None, None)
