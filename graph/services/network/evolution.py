"""Trace how a network of transfers evolves: one row of measures per window, and the actors and ties to draw."""

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from graph.cache.memory import Cache
from graph.connection import Graph
from graph.domain.marks import Audience
from graph.errors import InvalidValue
from graph.evolution.layout import Places, kept_layout
from graph.evolution.log.ties import OPEN, TieLog
from graph.evolution.log.windows import (
    STEPS,
    Window,
    active,
    day_of,
    looking_back,
)
from graph.evolution.measures.counting import Count
from graph.evolution.measures.measures import (
    MEASURES,
    Ranked,
    Sheet,
    WindowMeasures,
    measure_all,
)
from graph.services.transfers.actors import Actor, Level
from graph.services.transfers.filters import ALL, TransferFilter
from graph.services.transfers.lists import USUAL_LISTS, NetworkLists
from graph.services.transfers.log import read_log
from graph.services.transfers.transfers import Left, Transfer
from graph.store import organisations
from graph.store import transfers as store

LONGEST = 366
"""The most windows of one answer: a year of days."""

USUAL = frozenset(MEASURES) - {"constraint", "communities", "modularity"}
"""The measures that are quick for every window; the others are counted where they are asked for."""


@dataclass(frozen=True, slots=True)
class EvolutionQuery:
    """What to trace: a level, the years from first to last (both included), the step of the windows, and which ties.

    A `window` of "3y" looks back three years from the end of each step, one of "all" to the first day of the first.
    Steps that begin after `today` are left out unless the filter asks for what is planned. Without a `count` shares,
    donors and flows count engagements, and what is about structure counts contacts. `lists` say which countries are
    the South and which regions there are.
    """

    level: Level
    from_year: int
    to_year: int
    step: str = "year"
    window: str = ""
    transfer_filter: TransferFilter = ALL
    count: Count | None = None
    lists: NetworkLists = USUAL_LISTS
    today: date = field(kw_only=True)

    @property
    def until(self) -> int:
        """The first day of which nothing is known, OPEN where what is planned counts."""
        return OPEN if self.transfer_filter.planned else day_of(self.today) + 1

    def windows(self) -> tuple[Window, ...]:
        """The windows in order.

        Raises InvalidValue for an unknown step, years out of order, a span too long or one that lies ahead.
        """
        if self.step not in STEPS:
            raise InvalidValue("step", self.step, f"is not a step; use {', '.join(STEPS)}")
        if not 1900 <= self.from_year <= self.to_year <= 2200:
            raise InvalidValue("to", self.to_year, "does not fit; give years from 1900 to 2200, the earlier one first")
        found = self._begun(STEPS[self.step](self.from_year, self.to_year))
        if len(found) > LONGEST:
            raise InvalidValue("step", self.step, f"makes {len(found)} windows; ask for {LONGEST} or fewer")
        return looking_back(found, self.window)

    def _begun(self, steps: tuple[Window, ...]) -> tuple[Window, ...]:
        if self.transfer_filter.planned:
            return steps
        begun = tuple(step for step in steps if step.first <= day_of(self.today))
        if not begun:
            raise InvalidValue("from", self.from_year, "lies ahead; take in what is planned, or give an earlier year")
        return begun


@dataclass(frozen=True, slots=True, eq=False)
class Evolution:
    """The log with its actors in the order of its positions, one measure a window, and what was left out.

    `transfers` are the records behind the ties: the tie in row r comes from `transfers[log.origin[r]]`. `funders` are
    the names of funders by id.
    """

    query: EvolutionQuery
    actors: tuple[Actor, ...]
    log: TieLog
    transfers: tuple[Transfer, ...]
    windows: tuple[WindowMeasures, ...]
    left_out: Mapping[Left, int]
    funders: Mapping[str, str] = field(default_factory=dict)

    def places(self) -> Places:
        """A place in the unit square per actor, the same for every window: shape (actors, 2)."""
        return kept_layout(self.log)

    def who(self, ranked: Sequence[Ranked]) -> list[Actor]:
        """The actors behind a ranking, in its order."""
        position = {id_: number for number, id_ in enumerate(self.log.actors)}
        return [self.actors[position[found.actor]] for found in ranked]


_CACHE: Cache[tuple[Audience, EvolutionQuery, frozenset[str]], Evolution] = Cache()


class _Latest(dict[bytes, WindowMeasures]):
    """What was counted last, so that after a write only the windows it touched are counted again."""

    _most = 400
    _lock = threading.Lock()

    def __setitem__(self, digest: bytes, counted: WindowMeasures) -> None:
        with self._lock:
            super().__setitem__(digest, counted)
            if len(self) > self._most:
                del self[next(iter(self))]


_COUNTED = _Latest()


def trace_evolution(
    graph: Graph, audience: Audience, query: EvolutionQuery, measures: Collection[str] = USUAL
) -> Evolution:
    """Trace what this viewer may see: kept since the last write, else O(transfers) and what the measures cost.

    Raises InvalidValue.
    """
    names = frozenset(measures)
    return _CACHE.fetch(graph, (audience, query, names), lambda: _trace(graph, audience, query, names))


def busiest(graph: Graph, audience: Audience, query: EvolutionQuery) -> int:
    """How many ties hold in the window that holds most. O(transfers x windows). Raises InvalidValue."""
    log = read_log(graph, audience, query.level, query.today, query.transfer_filter, query.lists).log
    return max(len(active(log, window)) for window in query.windows())


def _trace(graph: Graph, audience: Audience, query: EvolutionQuery, measures: frozenset[str]) -> Evolution:
    windows = query.windows()
    found = read_log(graph, audience, query.level, query.today, query.transfer_filter, query.lists)
    sheet = Sheet(groups=found.groups, names=measures, count=query.count, until=query.until)
    return Evolution(
        query=query,
        actors=found.actors,
        log=found.log,
        transfers=found.transfers,
        windows=measure_all(found.log, windows, sheet, _COUNTED),
        left_out=found.left_out,
        funders=funder_names(graph, audience, found.log),
    )


def funder_names(graph: Graph, audience: Audience, log: TieLog) -> dict[str, str]:
    """Id -> name of the funders of a log, all of whom the viewer may see."""
    institutions = organisations.institutions(graph, audience)
    names = dict(zip(institutions["ids"], institutions["names"], strict=True))
    return {id_: names[id_] for id_ in log.names.funders}


def span(graph: Graph, audience: Audience) -> tuple[int, int] | None:
    """The first and last year in which something began that this viewer may see; None where nothing did."""
    years = store.years(graph, audience)
    return (min(years), max(years)) if years else None
