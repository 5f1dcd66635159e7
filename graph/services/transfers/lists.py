"""Which countries are the South and which regions there are: the viewer chooses, and every number names its lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from graph.domain.country_lists import SouthList
from graph.errors import InvalidValue

LEAVES = "m49"
CONTINENTS = "continents"


@dataclass(frozen=True, slots=True)
class RegionList:
    """A way to put countries into regions: the most specific M49 region, the continent, or a list of one's own.

    `countries` are the pairs (country, region) of an own list, called `name`; empty for the other two.
    """

    name: str = LEAVES
    countries: tuple[tuple[str, str], ...] = ()

    @classmethod
    def named(cls, text: str) -> Self:
        """One of the two that are no own list. Raises InvalidValue."""
        if text not in (LEAVES, CONTINENTS):
            raise InvalidValue("regions", text, f"is no list of regions; use {LEAVES}, {CONTINENTS} or a file")
        return cls(text)

    @classmethod
    def own(cls, name: str, rows: Iterable[tuple[str, str]]) -> Self:
        """A list of one's own. Raises InvalidValue for a country in two regions, and for a list without any."""
        found: dict[str, str] = {}
        for country, region in rows:
            if found.setdefault(country.casefold(), region) != region:
                raise InvalidValue("regions", country, f"is both in {found[country.casefold()]} and in {region}")
        if not found:
            raise InvalidValue("regions", name, "holds no country; write rows like gh,West Africa")
        return cls(name, tuple(sorted(found.items())))

    @property
    def of_own(self) -> Mapping[str, str]:
        """Country -> region of an own list."""
        return dict(self.countries)

    @property
    def words(self) -> str:
        """The list as the words of a number name it."""
        usual = {LEAVES: "the most specific regions of M49", CONTINENTS: "the continents of M49"}
        return f"the list {self.name}" if self.countries else usual[self.name]


@dataclass(frozen=True, slots=True)
class NetworkLists:
    """The lists by which a network is read."""

    south: SouthList = SouthList.M49
    regions: RegionList = RegionList()


USUAL_LISTS = NetworkLists()


def south_named(text: str) -> SouthList:
    """The list of the South of that name. Raises InvalidValue."""
    if text not in {each.value for each in SouthList}:
        raise InvalidValue("south", text, f"is no list of the South; use {', '.join(SouthList)}")
    return SouthList(text)
