"""Who helps whom in a given year: from donors far away at first, from neighbours and centres later."""

from dataclasses import dataclass
from datetime import date
from random import Random

from importers.scenario.cast import Cast
from importers.scenario.clock import LATE_COUNTRY, LATE_SINCE, LATE_UNTIL, day_in
from importers.scenario.places import HELPERS, PARTNERS, Area, CountryPlace

FIRST_YEAR, LAST_YEAR = 2012, 2026
_SOUTH_FIRST, _SOUTH_LAST = 0.02, 0.82
_SAME_REGION = 0.75
_HUB_WEIGHT = 9.0
# In the first years two large donors do most of the work.
_EARLY_WEIGHT = {"gb": 5.0, "us": 5.0, "fr": 2.0, "au": 2.0, "jp": 2.0, "nl": 0.8, "ee": 0.4}
_AFFINITY = {
    ("gb", Area.WEST_AFRICA): 2.0,
    ("fr", Area.WEST_AFRICA): 3.0,
    ("us", Area.CENTRAL_AMERICA): 3.0,
    ("au", Area.PACIFIC): 4.0,
    ("au", Area.SOUTHEAST_ASIA): 1.5,
    ("jp", Area.SOUTHEAST_ASIA): 3.0,
    ("jp", Area.PACIFIC): 1.5,
}


@dataclass(frozen=True, slots=True)
class KnowHowMove:
    """Know-how on its way: from where, to where, from which day."""

    source: CountryPlace
    receiver: CountryPlace
    start: date

    @property
    def is_south_south(self) -> bool:
        """Whether both ends build capacity themselves."""
        return self.source.area is not Area.OUTSIDE


def next_move(cast: Cast, year: int, rng: Random) -> KnowHowMove:
    """Draw who receives, whether a neighbour or a donor helps, and who exactly."""
    start = day_in(year, rng)
    receiver = _receiver(cast, start, rng)
    if rng.random() < _south_south_chance(year):
        return KnowHowMove(_neighbour(cast, receiver, start, rng), receiver, start)
    return KnowHowMove(_helper(receiver, year, rng), receiver, start)


def _south_south_chance(year: int) -> float:
    """The chance that help comes from another partner country; it grows evenly over the years."""
    return _SOUTH_FIRST + (_SOUTH_LAST - _SOUTH_FIRST) * (year - FIRST_YEAR) / (LAST_YEAR - FIRST_YEAR)


def _receiver(cast: Cast, day: date, rng: Random) -> CountryPlace:
    weights = [_thirst(cast, place, day) for place in PARTNERS]
    return rng.choices(PARTNERS, weights)[0]


def _thirst(cast: Cast, place: CountryPlace, day: date) -> float:
    """Countries with a running programme receive more; the late country nothing before its first."""
    if place.country == LATE_COUNTRY:
        return 3.5 if LATE_SINCE <= day < LATE_UNTIL else float(day >= LATE_UNTIL)
    return 2.0 if any(p.start and p.start.first <= day for p in cast.programmes[place.country]) else 1.0


def _neighbour(cast: Cast, receiver: CountryPlace, day: date, rng: Random) -> CountryPlace:
    near = rng.random() < _SAME_REGION
    others = [
        place
        for place in PARTNERS
        if (place.area is receiver.area) == near and place.country not in (receiver.country, LATE_COUNTRY)
    ]
    return rng.choices(others, [_HUB_WEIGHT if cast.centre(place.country, day) else 1.0 for place in others])[0]


def _helper(receiver: CountryPlace, year: int, rng: Random) -> CountryPlace:
    evenness = (year - FIRST_YEAR) / (LAST_YEAR - FIRST_YEAR)
    weights = [
        (_EARLY_WEIGHT[place.country] * (1 - evenness) + evenness) * _AFFINITY.get((place.country, receiver.area), 1.0)
        for place in HELPERS
    ]
    return rng.choices(HELPERS, weights)[0]
