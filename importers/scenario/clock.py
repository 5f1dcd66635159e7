"""When things held and when they were written down: the two clocks of the scenario."""

from datetime import date, timedelta
from random import Random

from graph.domain.dates import PartialDate

TODAY = date(2026, 11, 15)
OPENED = date(2012, 1, 9)
# One country kept paper lists and typed them in all at once.
LATE_COUNTRY = "vu"
LATE_SINCE = date(2018, 1, 1)
LATE_UNTIL = date(2024, 5, 1)


def day_in(year: int, rng: Random) -> date:
    """Any day of a year, each as likely."""
    return date(year, 1, 1) + timedelta(days=rng.randrange(365))


def known(day: date, rng: Random) -> PartialDate:
    """The day as the records know it: old files often give a month, some only a year."""
    vague = 0.4 if day.year < 2015 else 0.1
    draw = rng.random()
    if draw < vague / 5:
        return PartialDate.parse(str(day.year))
    if draw < vague:
        return PartialDate.parse(day.isoformat()[:7])
    return PartialDate.of_day(day)


def stamp(day: date) -> str:
    """A morning in UTC as the records write it, never before the register opened."""
    return f"{max(day, OPENED).isoformat()}T09:00:00Z"


def soon_after(day: date, rng: Random) -> str:
    """Recorded within weeks; what lies ahead was recorded within the last weeks."""
    return stamp(min(day + timedelta(days=rng.randint(3, 40)), TODAY - timedelta(days=rng.randint(1, 30))))


def is_late(country: str, day: date) -> bool:
    """Whether an engagement of this country was typed in years later."""
    return country == LATE_COUNTRY and LATE_SINCE <= day < LATE_UNTIL


def typed_in_late(rng: Random) -> str:
    """A day of the three weeks in which the paper lists were typed in."""
    return stamp(date(2024, 5, rng.randint(6, 28)))
