"""The actors of a network at each level: their names, and where institutions and countries lie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from graph.connection import Graph
from graph.domain.country_lists import DAC_YEARS, SouthList, is_southern
from graph.domain.marks import Audience
from graph.errors import InvalidValue
from graph.evolution.log.windows import day_of
from graph.evolution.measures.mixing import UNKNOWN, ActorGroups
from graph.services.transfers.lists import CONTINENTS, USUAL_LISTS, NetworkLists
from graph.services.transfers.regions import RegionTree
from graph.store import organisations, reference
from graph.store import transfers as store

NOWHERE = "Region not known"
"""The group of an actor whose region is not recorded."""


class Level(StrEnum):
    """From how far away the network is seen."""

    PERSON = "person"
    INSTITUTION = "institution"
    COUNTRY = "country"
    REGION = "region"


def level_named(text: str) -> Level:
    """The level of that name. Raises InvalidValue."""
    if text not in {level.value for level in Level}:
        raise InvalidValue("level", text, f"is not a level; use {', '.join(Level)}")
    return Level(text)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody on the network: `group` is the name of their region, `named` false for a withheld name.

    `kind` is what an institution is in the first place, empty for others.
    """

    id: str
    name: str
    group: str
    named: bool = True
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ActorDirectory:
    """Names and homes: who is called what, and where institutions and countries lie.

    `region_of` is the most specific M49 region of a country; `group_of` the region in which the chosen list has it,
    the names of which are in `regions`.
    """

    people: Mapping[str, str]
    bases: Mapping[str, str]
    institutions: Mapping[str, str]
    kinds: Mapping[str, str]
    countries: Mapping[str, str]
    regions: Mapping[str, str]
    country_of: Mapping[str, str]
    region_of: Mapping[str, str]
    group_of: Mapping[str, str]
    tree: RegionTree
    south: SouthList

    @classmethod
    def read(cls, graph: Graph, audience: Audience, lists: NetworkLists = USUAL_LISTS) -> "ActorDirectory":
        """Raises InvalidValue for a list of regions that names no country there is."""
        institutions, countries = organisations.institutions(graph, audience), reference.countries(graph)
        bases, tree = store.bases(graph), RegionTree.read(graph)
        region_of = dict(zip(countries["ids"], countries["regions"], strict=True))
        group_of = _grouped(lists, region_of, tree)
        return cls(
            people=store.person_names(graph, audience),
            bases=dict(zip(bases["people"], bases["countries"], strict=True)),
            institutions=dict(zip(institutions["ids"], institutions["names"], strict=True)),
            kinds=dict(zip(institutions["ids"], institutions["kinds"], strict=True)),
            countries=dict(zip(countries["ids"], countries["names"], strict=True)),
            regions={id_: tree.names.get(id_, id_) for id_ in {*group_of.values()} - {""}},
            country_of=dict(zip(institutions["ids"], institutions["countries"], strict=True)),
            region_of=region_of,
            group_of=group_of,
            tree=tree,
            south=lists.south,
        )

    def homes(self, level: Level) -> Mapping[str, str]:
        """Institution -> the actor it is at this level; empty or absent where that is not known."""
        if level is Level.INSTITUTION:
            return {id_: id_ for id_ in self.institutions}
        if level is Level.COUNTRY:
            return self.country_of
        return {id_: self.group_of.get(country, "") for id_, country in self.country_of.items()}

    def actors(self, level: Level, ids: Sequence[str]) -> tuple[Actor, ...]:
        """The actors behind ids; a person the viewer may not see gets a number instead of id and name."""
        if level is Level.PERSON:
            return tuple(self._person(id_, number) for number, id_ in enumerate(ids, 1))
        if level is Level.INSTITUTION:
            return tuple(self._institution(id_) for id_ in ids)
        if level is Level.COUNTRY:
            return tuple(Actor(id_, self.countries[id_], self._region(id_)) for id_ in ids)
        return tuple(Actor(id_, self.regions[id_], self.regions[id_]) for id_ in ids)

    def region_id(self, level: Level, id_: str) -> str:
        """The region of an actor by the chosen list; empty where it is not recorded."""
        return id_ if level is Level.REGION else self.group_of.get(self._country_id(level, id_), "")

    def around(self, level: Level, id_: str) -> frozenset[str]:
        """Ids and names of the country of an actor, where it has one, and of all regions around it."""
        country = self._country_id(level, id_)
        land = {country, self.countries[country]} if country in self.countries else set()
        group = self.region_id(level, id_)
        here = group if level is Level.REGION else self.region_of.get(country, "")
        own = {group, self.regions[group]} if group in self.regions else set()
        return self.tree.labels_around(here) | land | own

    def groups(self, level: Level, ids: Sequence[str]) -> ActorGroups:
        """The region of each actor, and whether it counts as the South, in the order of the ids."""
        regions = [self.region_id(level, id_) for id_ in ids]
        number = {region: place for place, region in enumerate(sorted({*regions} - {""}))}
        places = np.array([number.get(region, UNKNOWN) for region in regions], np.int32)
        years = DAC_YEARS if self.south is SouthList.DAC else DAC_YEARS[:1]
        south = np.array([[self._southern(level, id_, year) for id_ in ids] for year in years], np.int8)
        if len(years) == 1:
            return ActorGroups(places, south[0])
        return ActorGroups(places, south, np.array([day_of(date(year, 1, 1)) for year in years], np.int32))

    def _southern(self, level: Level, id_: str, year: int) -> int:
        """1 in the South, 0 elsewhere, UNKNOWN; a region is where all of its countries with an institution are."""
        if level is not Level.REGION:
            country = self._country_id(level, id_)
            return int(self._is_southern(country, year)) if self.region_of.get(country) else UNKNOWN
        countries = {land for land in self.country_of.values() if self.group_of.get(land) == id_}
        sides = {int(self._is_southern(land, year)) for land in countries if self.region_of.get(land)}
        return sides.pop() if len(sides) == 1 else UNKNOWN

    def _is_southern(self, country: str, year: int) -> bool:
        return is_southern(self.south, country, self.tree.codes_around(self.region_of[country]), year)

    def _country_id(self, level: Level, id_: str) -> str:
        if level is Level.COUNTRY:
            return id_
        return {Level.PERSON: self.bases, Level.INSTITUTION: self.country_of}.get(level, {}).get(id_, "")

    def _institution(self, id_: str) -> Actor:
        return Actor(id_, self.institutions[id_], self._region(self.country_of[id_]), kind=self.kinds[id_])

    def _person(self, id_: str, number: int) -> Actor:
        group = self._region(self.bases.get(id_, ""))
        if id_ in self.people:
            return Actor(id_, self.people[id_], group)
        return Actor(f"withheld-{number}", f"Person {number}, name withheld", group, named=False)

    def _region(self, country: str) -> str:
        return self.regions.get(self.group_of.get(country, ""), "") or NOWHERE


def _grouped(lists: NetworkLists, region_of: Mapping[str, str], tree: RegionTree) -> Mapping[str, str]:
    """Country -> its region by the chosen list, empty where it has none."""
    own = lists.regions.of_own
    if own:
        for country in own:
            if country not in region_of:
                raise InvalidValue("regions", country, "is no country; give two letters of ISO 3166, as gh")
        return {country: own.get(country, "") for country in region_of}
    if lists.regions.name == CONTINENTS:
        return {country: tree.continent(region) for country, region in region_of.items()}
    return region_of
