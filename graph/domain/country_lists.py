"""Which countries are the South: three published lists, each by ISO 3166 codes in lower case.

DAC: the list of recipients of official development assistance of the OECD's Development Assistance Committee, by the
year of the flows it is for. Here from 2005 to 2026; an earlier year has the list of 2005, a later one that of 2026.
Montserrat, whose case was put off to the end of 2025, is taken to have stayed.
G77: the members of the Group of 77, China and the State of Palestine among them, as of 2024.
M49: the developing regions as the United Nations Statistics Division published them with its standard M49 until
December 2021: all but Europe, Northern America, Australia and New Zealand, Cyprus, Israel and Japan.
"""

from collections.abc import Iterable
from enum import StrEnum


class SouthList(StrEnum):
    """A list that says what the South is."""

    M49 = "m49"
    DAC = "dac"
    G77 = "g77"

    @property
    def label(self) -> str:
        """The list as a choice calls it."""
        return {SouthList.M49: "by M49", SouthList.DAC: "DAC recipients", SouthList.G77: "Group of 77"}[self]

    @property
    def words(self) -> str:
        """The list as the words of a number name it."""
        return _WORDS[self]


_WORDS = {
    SouthList.M49: "the developing regions of M49 as published until 2021",
    SouthList.DAC: "the DAC list of recipients of the year",
    SouthList.G77: "the Group of 77 as of 2024",
}

FIRST_DAC_YEAR = 2005


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DAC_OF_2026 = _codes(
    "af ao bd bj bf bi kh cf td km cd dj er et gm gn gw ht ki la ls lr mg mw ml mr mz mm np ne rw st sn sl sb so "
    "ss sd tz tl tg tv ug ye zm kp sy dz bt bo cv cm cg ci eg sv sz gh hn in ir jo ke kg lb ma fm mn ni ng pk pg "
    "ph ps ws lk tj tk tn ua uz vu vn zw al ar am az by bz ba bw br cn co cr cu dm do ec gq fj ga ge gd gt gy id "
    "iq jm kz xk ly my mv mh mu mx md me ms na nu mk pw pa py pe sh lc vc rs za sr th to tr tm ve wf"
)

_DAC_LAST_YEAR = {
    **dict.fromkeys(("sa", "tc"), 2007),
    **dict.fromkeys(("bb", "hr", "yt", "om", "tt"), 2010),
    **dict.fromkeys(("ai", "kn"), 2013),
    **dict.fromkeys(("cl", "sc", "uy"), 2017),
    "ck": 2019,
    "ag": 2021,
    "nr": 2025,
}
"""The last year in which a country that has left was on the list."""

_DAC_FIRST_YEAR = {"xk": 2009, "ss": 2011}
"""The first year of those that came later."""

DAC_YEARS = (
    FIRST_DAC_YEAR,
    *sorted({*_DAC_FIRST_YEAR.values(), *(year + 1 for year in _DAC_LAST_YEAR.values())}),
)
"""The years with which another list begins."""

_G77 = _codes(
    "af dz ao ag ar az bs bh bd bb bz bj bt bo ba bw br bn bf bi cv kh cm cf td cl cn co km cg cd cr ci cu dj dm "
    "do ec eg sv gq er sz et fj ga gm gh gd gt gn gw gy ht hn in id ir iq jm jo ke ki kp kw la lb ls lr ly mg mw "
    "my mv ml mh mr mu fm mn ma mz mm na nr np ni ne ng om pk pa pg py pe ph ps qa rw kn lc vc ws st sa sn sc sl "
    "sg sb so za ss lk sd sr sy tj tz th tl tg to tt tn tm ug ae uy vu ve vn ye zm zw"
)

_DEVELOPED_REGIONS = frozenset(("150", "021", "053"))
_DEVELOPED_COUNTRIES = frozenset(("cy", "il", "jp"))


def is_southern(chosen: SouthList, country: str, regions: Iterable[str], year: int) -> bool:
    """Whether a country is on a list; `regions` are the M49 codes of all regions around it.

    >>> [is_southern(SouthList.DAC, "uy", ["005", "419", "019"], year) for year in (2017, 2018)]
    [True, False]
    """
    if chosen is SouthList.G77:
        return country in _G77
    if chosen is SouthList.DAC:
        return _is_recipient(country, year)
    return country not in _DEVELOPED_COUNTRIES and _DEVELOPED_REGIONS.isdisjoint(regions)


def _is_recipient(country: str, year: int) -> bool:
    year = max(year, FIRST_DAC_YEAR)
    if country in _DAC_LAST_YEAR:
        return year <= _DAC_LAST_YEAR[country]
    return country in _DAC_OF_2026 and year >= _DAC_FIRST_YEAR.get(country, FIRST_DAC_YEAR)
