"""Trace how know-how flowed between countries and regions in one window."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph.connection import Graph
from graph.domain.marks import Audience
from graph.evolution.log.ties import OPEN, TieLog
from graph.evolution.log.windows import (
    Window,
    active,
    date_of,
    yearly,
)
from graph.evolution.measures.counting import Count, all_together
from graph.evolution.measures.flows import FlowColumns, flows
from graph.services.network.evolution import EvolutionQuery
from graph.services.transfers.actors import NOWHERE, Actor, Level
from graph.services.transfers.log import TransferLog, read_log
from graph.services.transfers.transfers import Left


@dataclass(frozen=True, slots=True)
class CountryFlow:
    """What one country gave another: how much in the window, how much goes on at its end, the share of all flows.

    A joint project carries both ways and so stands in two flows.
    """

    giver: Actor
    receiver: Actor
    counted: float
    lasting: float
    share: float


@dataclass(frozen=True, slots=True)
class CountryTotal:
    """A country and what is counted: given to others, received from others, and within it."""

    country: Actor
    given: float
    received: float
    within: float


@dataclass(frozen=True, slots=True)
class RegionMatrix:
    """What goes from the region of each row to that of each column; `shares` are those of `total`, 0 without any."""

    regions: tuple[str, ...]
    counts: tuple[tuple[float, ...], ...]

    @property
    def total(self) -> float:
        """All that is counted, what carries both ways counted in both."""
        return sum(map(sum, self.counts))

    @property
    def shares(self) -> tuple[tuple[float, ...], ...]:
        """The same as shares of the total."""
        return tuple(tuple(count / (self.total or 1) for count in row) for row in self.counts)


@dataclass(frozen=True, slots=True)
class Flows:
    """What crossed borders in a window, largest first, and what did not; `course` is how much there is in each year.

    `actors` are the countries of all years, those that take part in this window and the others. `crossing` and
    `staying` count everything once, whichever ways it carries; `unmeasured` contacts have no person-days.
    """

    window: Window
    count: Count
    actors: tuple[Actor, ...]
    flows: tuple[CountryFlow, ...]
    totals: tuple[CountryTotal, ...]
    crossing: float
    staying: float
    unmeasured: int
    matrix: RegionMatrix
    course: tuple[tuple[int, float], ...]
    left_out: Mapping[Left, int]


def trace_flows(graph: Graph, audience: Audience, query: EvolutionQuery) -> Flows:
    """Trace what this viewer may see from the first year asked for to the last, as one window. O(transfers).

    It closes with today unless what is planned was asked for, so that `lasting` says what goes on now.
    The level, step and window of `query` have no say here. Raises InvalidValue.
    """
    windows = query.windows()
    until, count = query.until, query.count or Count.ENGAGEMENTS
    window = Window(min(each.first for each in windows), min(windows[-1].last_exclusive, until))
    found = read_log(graph, audience, Level.COUNTRY, query.today, query.transfer_filter, query.lists)
    counted = flows(found.log, window, count, until)
    days = all_together(found.log, active(found.log, window), count, window, until)
    return Flows(
        window=window,
        count=count,
        actors=found.actors,
        flows=_flows(found.actors, counted),
        totals=_totals(found.actors, counted),
        crossing=counted.crossing,
        staying=counted.staying,
        unmeasured=int(np.count_nonzero(np.isnan(days))),
        matrix=_matrix(found.actors, counted),
        course=_course(found.log, count, query),
        left_out=found.left_out,
    )


def region_matrix(found: TransferLog, window: Window, count: Count, until: int) -> RegionMatrix:
    """The flows between regions in a window of the log between countries. O(transfers)."""
    return _matrix(found.actors, flows(found.log, window, count, until))


def _flows(actors: tuple[Actor, ...], counted: FlowColumns) -> tuple[CountryFlow, ...]:
    every = float(counted.counted.sum()) or 1.0
    columns = (counted.giver, counted.receiver, counted.counted.round(9), counted.lasting.round(9))
    found = (
        CountryFlow(actors[giver], actors[receiver], much, lasting, much / every)
        for giver, receiver, much, lasting in zip(*(column.tolist() for column in columns), strict=True)
        if much
    )
    return tuple(sorted(found, key=lambda flow: (-flow.counted, flow.giver.name, flow.receiver.name)))


def _totals(actors: tuple[Actor, ...], counted: FlowColumns) -> tuple[CountryTotal, ...]:
    columns = (column.round(9).tolist() for column in (counted.given, counted.received, counted.within))
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
    counts = counted.between(group, len(regions)) if regions else np.zeros((0, 0))
    return RegionMatrix(tuple(regions), tuple(tuple(row) for row in counts.round(9).tolist()))


def _course(log: TieLog, count: Count, query: EvolutionQuery) -> tuple[tuple[int, float], ...]:
    """(year, how much) from the first year in which anything began to the last of which a beginning or end is known.

    No year that begins after today is among them, unless what is planned was asked for.
    """
    if not len(log):
        return ()
    last = max(int(log.start[-1]), int(np.max(log.end - 1, where=log.end != OPEN, initial=0)))
    years = yearly(date_of(int(log.start[0])).year, date_of(min(last, query.until - 1)).year)
    return tuple((date_of(year.first).year, _held(log, count, year, query.until)) for year in years)


def _held(log: TieLog, count: Count, year: Window, until: int) -> float:
    return round(float(np.nansum(all_together(log, active(log, year), count, year, until))), 9)
