"""Time zones by their names ("Africa/Accra"), and which of them a country keeps, out of installed reference data."""

from functools import cache
from zoneinfo import available_timezones

from babel.core import get_global


def is_zone(text: str) -> bool:
    """Whether this names a time zone."""
    return text in _names()


@cache
def zones_of(country: str) -> tuple[str, ...]:
    """The time zones of a country by its ISO 3166 alpha-2 code in either case; none where it is not known."""
    return tuple(sorted(zone for zone in get_global("territory_zones").get(country.upper(), ()) if is_zone(zone)))


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())
