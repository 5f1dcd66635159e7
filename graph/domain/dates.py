"""Dates that keep their precision: "2019", "2019-05" and "2019-05-03" are three different things to know."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from graph.errors import InvalidValue

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, a month or a year, with the first and last day it can mean.

    `text` is the value as known ("2019", "2019-05", "2019-05-03"); `first` and `last` bound it, both included.
    Comparison goes by text, which sorts by time within one precision; compare `first` or `last` across precisions.
    """

    text: str
    first: date
    last: date

    @classmethod
    def parse(cls, text: str, field: str = "date") -> Self:
        """Read ISO text of year, month or day precision. Raises InvalidValue for anything else."""
        shape = _SHAPE.fullmatch(text.strip())
        if not shape:
            raise InvalidValue(
                field, text, "is not a date; write a year, a month or a day like 2019, 2019-05 or 2019-05-03"
            )
        try:
            return cls(shape.group(0), *_bounds(*(int(part) if part else None for part in shape.groups())))
        except ValueError:
            raise InvalidValue(field, text, "is not in the calendar; check its year, month and day") from None

    @classmethod
    def of_day(cls, day: date) -> Self:
        """The day itself, as exact as a date gets."""
        return cls(day.isoformat(), day, day)

    @property
    def after(self) -> date:
        """The first day that is certainly later: the exclusive end of a half-open interval."""
        return self.last + timedelta(days=1)

    def __str__(self) -> str:
        return self.text


def _bounds(year: int | None, month: int | None, day: int | None) -> tuple[date, date]:
    if year is None or not 1 <= year < date.max.year:
        raise ValueError(year)
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def check_order(start: PartialDate | None, end: PartialDate | None) -> None:
    """Raise InvalidValue when a period certainly ends before it starts."""
    if start and end and end.last < start.first:
        raise InvalidValue("end", end.text, f"lies before the start {start.text}; swap the two or correct one")
