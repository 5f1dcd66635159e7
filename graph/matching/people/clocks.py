"""How far apart two clocks are, counted in the working hours that two people share."""

from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np

from graph.domain.records import Mode
from graph.matching.columns import Fractions

Zones = tuple[str, ...]
"""The time zones a clock may stand in; none where nobody knows."""

WORKING_HOURS = 8.0
AFAR = {Mode.ON_SITE: 0.0, Mode.HYBRID: 0.5, Mode.REMOTE: 1.0}
"""The part of an engagement in which the clock at home counts: who is on site lives by the clock there."""

_LAST = date.max.toordinal()


def shared(ones: Zones, others: Zones, day: int) -> tuple[float, float]:
    """The least and the most working hours that two clocks share on that day, as parts of a working day, 0 to 1.

    A working day has eight hours at the same local time everywhere, so clocks d hours apart, the short way round,
    share max(8 - d, 0) of them. Several zones make a range; (0, 1) where the zones of one side are not known.

    Arguments: `ones` and `others`, names of time zones of which one holds; `day`, an ordinal.
    Returns: the least and the most, both 0 to 1.

    >>> shared(("Africa/Accra",), ("Africa/Lagos",), date(2027, 2, 1).toordinal())
    (0.875, 0.875)
    """
    found = [_shared(offset(one, day), offset(other, day)) for one in ones for other in others]
    return (min(found), max(found)) if found else (0.0, 1.0)


@cache
def offset(zone: str, day: int) -> float:
    """Hours by which that zone is ahead of Coordinated Universal Time at noon of the day (an ordinal)."""
    noon = datetime.combine(date.fromordinal(min(max(day, 1), _LAST)), time(12), _clock(zone))
    ahead = noon.utcoffset()
    return ahead.total_seconds() / 3600 if ahead else 0.0


@cache
def _clock(zone: str) -> ZoneInfo:
    """The standard library keeps the last eight zones only and reads a file for any other."""
    return ZoneInfo(zone)


def shared_by_zones(zones: tuple[Zones, ...], others: Zones, day: int) -> Fractions:
    """`shared` for each of these and, last of all, for those whose zone is not known; shape (zones + 1, 2)."""
    return np.array([shared(ones, others, day) for ones in (*zones, ())])


def _shared(one: float, other: float) -> float:
    apart = abs(one - other) % 24
    return max(WORKING_HOURS - min(apart, 24 - apart), 0.0) / WORKING_HOURS
