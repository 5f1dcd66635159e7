"""Trace how know-how flowed between countries and regions in one window."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from graph.connection import Graph
from graph.domain.marks import Audience
from graph.evolution.log.ties import OPEN, TieLog
from graph.evolution.log.windows import (
    Window,
    active,
    date_of,
    day_of,
    yearly,
)
from graph.evolution.measures.flows import FlowColumns, flows
from graph.services.network.evolution import EvolutionQuery
from graph.services.transfers.actors import NOWHERE, Actor, Level
from graph.services.transfers.log import TransferLog, read_log
from graph.services.transfers.transfers import Left


@dataclass(frozen=True, slots=True)
class CountryFlow:
    """What one country gave another: transfers in the window, how many go on at its end, the share of all that cross.

    A joint project carries both ways and so stands in two flows.
    """

    giver: Actor
    receiver: Actor
    transfers: int
    lasting: int
    share: float


@dataclass(frozen=True, slots=True)
class CountryTotal:
    """A country and its transfers: given to others, received from others, and within it."""

    country: Actor
    given: int
    received: int
    within: int


@dataclass(frozen=True, slots=True)
class RegionMatrix:
    """Transfers from the region of each row to that of each column; `shares` are those of `total`, 0 without any."""

    regions: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def total(self) -> int:
        """All transfers, one that carries both ways counted in both."""
        return sum(map(sum, self.counts))

    @property
    def shares(self) -> tuple[tuple[float, ...], ...]:
        """The same as shares of the total."""
        return tuple(tuple(count / (self.total or 1) for count in row) for row in self.counts)


@dataclass(frozen=True, slots=True)
class Flows:
    """What crossed borders in a window, largest first, and what did not; `course` counts the transfers of each year.

    `actors` are the countries of all years, those that take part in this window and the others. `crossing` and
    `staying` count every transfer once, whichever ways it carries.
    """

    window: Window
    actors: tuple[Actor, ...]
    flows: tuple[CountryFlow, ...]
    totals: tuple[CountryTotal, ...]
    crossing: int
    staying: int
    matrix: RegionMatrix
    course: tuple[tuple[int, int], ...]
    left_out: Mapping[Left, int]


def trace_flows(graph: Graph, audience: Audience, query: EvolutionQuery) -> Flows:
    """Trace what this viewer may see from the first year asked for to the last, as one window. O(transfers).

    It closes with today unless what is planned was asked for, so that `lasting` says what goes on now.
    The level, step and window of `query` have no say here. Raises InvalidValue.
    """
    windows = query.windows()
    known = windows[-1].last_exclusive
    if not query.transfer_filter.planned:
        known = min(known, day_of(query.today) + 1)
    window = Window(min(each.first for each in windows), known)
    found = read_log(graph, audience, Level.COUNTRY, query.today, query.transfer_filter)
    counted = flows(found.log, window)
    return Flows(
        window=window,
        actors=found.actors,
        flows=_flows(found.actors, counted),
        totals=_totals(found.actors, counted),
        crossing=counted.crossing,
        staying=int(counted.within.sum()),
        matrix=_matrix(found.actors, counted),
        course=_course(found.log, None if query.transfer_filter.planned else query.today),
        left_out=found.left_out,
    )


def region_matrix(found: TransferLog, window: Window) -> RegionMatrix:
    """The flows between regions in a window of the log between countries. O(transfers)."""
    return _matrix(found.actors, flows(found.log, window))


def _flows(actors: tuple[Actor, ...], counted: FlowColumns) -> tuple[CountryFlow, ...]:
    every = int(counted.contacts.sum())
    columns = (counted.giver, counted.receiver, counted.contacts, counted.lasting)
    found = (
        CountryFlow(actors[giver], actors[receiver], transfers, lasting, transfers / every)
        for giver, receiver, transfers, lasting in zip(*(column.tolist() for column in columns), strict=True)
    )
    return tuple(sorted(found, key=lambda flow: (-flow.transfers, flow.giver.name, flow.receiver.name)))


def _totals(actors: tuple[Actor, ...], counted: FlowColumns) -> tuple[CountryTotal, ...]:
    columns = (counted.given.tolist(), counted.received.tolist(), counted.within.tolist())
    totals = (CountryTotal(*row) for row in zip(actors, *columns, strict=True))
    taking_part = (each for each in totals if each.given or each.received or each.within)
    return tuple(sorted(taking_part, key=lambda each: (-each.given - each.received, each.country.name)))


def _matrix(actors: tuple[Actor, ...], counted: FlowColumns) -> RegionMatrix:
    busy = counted.given + counted.received + counted.within > 0
    present = {actor.group for actor, takes_part in zip(actors, busy.tolist(), strict=True) if takes_part}
    regions = sorted(present, key=lambda name: (name == NOWHERE, name))
    # An actor that takes no part adds nothing, wherever it is counted.
    number = {name: place for place, name in enumerate(regions)}
    group = np.array([number.get(actor.group, 0) for actor in actors], np.int64)
    counts = counted.between(group, len(regions)) if regions else np.zeros((0, 0), np.int64)
    return RegionMatrix(tuple(regions), tuple(tuple(row) for row in counts.tolist()))


def _course(log: TieLog, until: date | None) -> tuple[tuple[int, int], ...]:
    """(year, transfers) from the first year in which one began to the last of which a beginning or end is known.

    No year that begins after `until` is among them.
    """
    if not len(log):
        return ()
    last = max(int(log.start[-1]), int(np.max(log.end - 1, where=log.end != OPEN, initial=0)))
    known = min(last, day_of(until)) if until else last
    years = yearly(date_of(int(log.start[0])).year, date_of(known).year)
    return tuple((date_of(year.first).year, len(active(log, year))) for year in years)
