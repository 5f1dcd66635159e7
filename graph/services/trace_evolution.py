"""Trace how a network of transfers evolves: one row of measures per window, and the actors and ties to draw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from graph.connection import Graph
from graph.domain.marks import Audience
from graph.errors import InvalidValue
from graph.evolution.layout import stable_layout
from graph.evolution.measures import Ranked, WindowMeasures, measure_all
from graph.evolution.ties import TieColumns, TieLog, tie_log
from graph.evolution.windows import STEPS, Window
from graph.services.transfers import Left, Transfer, Transfers, between_institutions, between_people
from graph.store import transfers as store

LONGEST = 200


class Level(StrEnum):
    """From how far away the network is seen."""

    PERSON = "person"
    INSTITUTION = "institution"
    COUNTRY = "country"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Asked:
    """What to trace: a level, the years from first to last (both included) and the step of the windows."""

    level: Level
    from_year: int
    to_year: int
    step: str = "year"

    def windows(self) -> tuple[Window, ...]:
        """The windows in order. Raises InvalidValue for an unknown step, years out of order or a span too long."""
        if self.step not in STEPS:
            raise InvalidValue("step", self.step, f"is not a step; use {', '.join(STEPS)}")
        if not 1900 <= self.from_year <= self.to_year <= 2200:
            raise InvalidValue("to", self.to_year, "does not fit; give years from 1900 to 2200, the earlier one first")
        found = STEPS[self.step](self.from_year, self.to_year)
        if len(found) > LONGEST:
            raise InvalidValue("step", self.step, f"makes {len(found)} windows; ask for {LONGEST} or fewer")
        return found


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody on the network: `group` is the name of their region, `named` false for a withheld name."""

    id: str
    name: str
    group: str
    named: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Evolution:
    """The log with its actors in the order of its positions, one measure a window, and what was left out.

    `transfers` are the records behind the ties: the tie in row r comes from `transfers[log.origin[r]]`.
    """

    asked: Asked
    actors: tuple[Actor, ...]
    log: TieLog
    transfers: tuple[Transfer, ...]
    windows: tuple[WindowMeasures, ...]
    left_out: Mapping[Left, int]

    def places(self) -> list[tuple[float, float]]:
        """A place in the unit square per actor, the same for every window."""
        return [(float(x), float(y)) for x, y in stable_layout(self.log)]

    def who(self, ranked: Sequence[Ranked]) -> list[Actor]:
        """The actors behind a ranking, in its order."""
        position = {id_: number for number, id_ in enumerate(self.log.actors)}
        return [self.actors[position[found.actor]] for found in ranked]


def trace_evolution(graph: Graph, audience: Audience, asked: Asked) -> Evolution:
    """Trace what this viewer may see. O(transfers), and betweenness per window. Raises InvalidValue."""
    windows = asked.windows()
    atlas = _Atlas.read(graph, audience)
    found = between_people(graph, audience) if asked.level is Level.PERSON else between_institutions(graph, audience)
    placed, left_out = _at_level(asked.level, found, atlas)
    ids = sorted({end for transfer in placed for end in (transfer.source, transfer.target)})
    actors = atlas.actors(asked.level, ids)
    shown = {id_: actor.id for id_, actor in zip(ids, actors, strict=True)}
    # From here on nothing holds the id of a person whose name is withheld.
    transfers = tuple(transfer.between(shown) for transfer in placed)
    log = _log([actor.id for actor in actors], transfers)
    return Evolution(
        asked=asked,
        actors=actors,
        log=log,
        transfers=transfers,
        windows=measure_all(log, windows),
        left_out=left_out,
    )


def span(graph: Graph, audience: Audience) -> tuple[int, int] | None:
    """The first and last year in which something began that this viewer may see; None where nothing did."""
    years = store.years(graph, audience)
    return (min(years), max(years)) if years else None


def _log(ids: Sequence[str], transfers: Sequence[Transfer]) -> TieLog:
    position = {id_: number for number, id_ in enumerate(ids)}
    columns = TieColumns(
        source=np.array([position[transfer.source] for transfer in transfers], np.int32),
        target=np.array([position[transfer.target] for transfer in transfers], np.int32),
        start=np.array([transfer.start for transfer in transfers], np.int32),
        end=np.array([transfer.end for transfer in transfers], np.int32),
        mutual=np.array([transfer.mutual for transfer in transfers], np.bool_),
    )
    return tie_log(ids, columns)


def _at_level(level: Level, found: Transfers, atlas: "_Atlas") -> tuple[tuple[Transfer, ...], Mapping[Left, int]]:
    """The transfers between the actors of a level; ends that the viewer may not see, or without a place, fall away."""
    if level is Level.PERSON:
        return found.found, found.left_out
    homes = atlas.homes(level)
    moved = tuple(transfer.between(homes) for transfer in found.found)
    placed = tuple(transfer for transfer in moved if transfer.source and transfer.target)
    without = len(moved) - len(placed) + found.left_out.get(Left.NO_PLACE, 0)
    return placed, {**found.left_out, **({Left.NO_PLACE: without} if without else {})}


@dataclass(frozen=True, slots=True)
class _Atlas:
    """Names and homes: who is called what, and where institutions and countries lie."""

    people: Mapping[str, str]
    bases: Mapping[str, str]
    institutions: Mapping[str, str]
    countries: Mapping[str, str]
    regions: Mapping[str, str]
    country_of: Mapping[str, str]
    region_of: Mapping[str, str]

    @classmethod
    def read(cls, graph: Graph, audience: Audience) -> "_Atlas":
        houses, lands, bases = store.institutions(graph, audience), store.countries(graph), store.bases(graph)
        return cls(
            people=store.person_names(graph, audience),
            bases=dict(zip(bases["people"], bases["countries"], strict=True)),
            institutions=dict(zip(houses["ids"], houses["names"], strict=True)),
            countries=dict(zip(lands["ids"], lands["names"], strict=True)),
            regions=dict(zip(lands["regions"], lands["region_names"], strict=True)),
            country_of=dict(zip(houses["ids"], houses["countries"], strict=True)),
            region_of=dict(zip(lands["ids"], lands["regions"], strict=True)),
        )

    def homes(self, level: Level) -> Mapping[str, str]:
        """Institution -> the actor it is at this level; empty or absent where that is not known."""
        if level is Level.INSTITUTION:
            return {id_: id_ for id_ in self.institutions}
        if level is Level.COUNTRY:
            return self.country_of
        return {id_: self.region_of.get(country, "") for id_, country in self.country_of.items()}

    def actors(self, level: Level, ids: Sequence[str]) -> tuple[Actor, ...]:
        """The actors behind ids; a person the viewer may not see gets a number instead of id and name."""
        if level is Level.PERSON:
            return tuple(self._person(id_, number) for number, id_ in enumerate(ids, 1))
        if level is Level.INSTITUTION:
            return tuple(Actor(id_, self.institutions[id_], self._region(self.country_of[id_])) for id_ in ids)
        if level is Level.COUNTRY:
            return tuple(Actor(id_, self.countries[id_], self._region(id_)) for id_ in ids)
        return tuple(Actor(id_, self.regions[id_], self.regions[id_]) for id_ in ids)

    def _person(self, id_: str, number: int) -> Actor:
        group = self._region(self.bases.get(id_, ""))
        if id_ in self.people:
            return Actor(id_, self.people[id_], group)
        return Actor(f"withheld-{number}", f"Person {number}, name withheld", group, named=False)

    def _region(self, country: str) -> str:
        return self.regions.get(self.region_of.get(country, ""), "") or "Region not known"
