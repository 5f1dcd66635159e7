"""The things matching counts by index, and the places they lie in."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.connection import Graph, Row
from graph.domain.country_context import INCOME, LAW
from graph.matching.columns import UNKNOWN
from graph.matching.people.needs import Place
from graph.store import reference


@dataclass(frozen=True, slots=True)
class Axis:
    """The things of one kind in the order of their indexes."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    index: Mapping[str, int]

    @classmethod
    def of(cls, ids: Sequence[str], names: Sequence[str]) -> "Axis":
        """An axis with the things in this order."""
        return cls(tuple(ids), tuple(names), {id_: place for place, id_ in enumerate(ids)})

    @classmethod
    def of_columns(cls, columns: Row) -> "Axis":
        """An axis out of the columns `ids` and `names`."""
        return cls.of(columns["ids"], columns["names"])

    @classmethod
    def of_ids(cls, ids: Iterable[str]) -> "Axis":
        """An axis of things that go by their ids, each once; the empty id is none."""
        found = sorted(set(ids) - {""})
        return cls.of(found, found)

    def index_of(self, id_: str) -> int:
        """The index of a thing, UNKNOWN for one that is not here."""
        return self.index.get(id_, UNKNOWN)


def names_with_ids(ids: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """The names, with the id behind those that several share.

    >>> names_with_ids(["a", "b", "c"], ["Ama", "Ben", "Ama"])
    ('Ama (a)', 'Ben', 'Ama (c)')
    """
    times = Counter(names)
    return tuple(f"{name} ({id_})" if times[name] > 1 else name for id_, name in zip(ids, names, strict=True))


@dataclass(frozen=True, slots=True)
class CountryRegions:
    """Countries with their subregion and region, as indexes."""

    countries: Axis
    subregions: Axis
    regions: Axis
    places: Mapping[str, Place]


def read_country_regions(graph: Graph) -> CountryRegions:
    """Every country with the regions it lies in."""
    found = reference.countries(graph)
    countries = Axis.of_columns(found)
    subregions = Axis.of_ids(found["regions"])
    regions = Axis.of_ids(found["parents"])
    names = ("ids", "regions", "parents")
    places = {
        id_: Place(
            country=countries.index[id_],
            subregion=subregions.index_of(sub),
            region=regions.index_of(region),
            income=INCOME.get(id_, UNKNOWN),
            law=LAW.get(id_, UNKNOWN),
        )
        for id_, sub, region in zip(*(found[name] for name in names), strict=True)
    }
    return CountryRegions(countries, subregions, regions, places)
