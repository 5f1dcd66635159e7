"""Compare two windows of the network: who and what came, stayed and went, and whether that is news or late entry."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from graph.cache.memory import Cache
from graph.connection import Graph
from graph.domain.marks import Audience
from graph.errors import InvalidValue
from graph.evolution.comparison import changes
from graph.evolution.comparison.bursts import BURST_DAYS, EntryPattern, entry
from graph.evolution.layout import kept_layout
from graph.evolution.log.ties import OPEN, TieLog
from graph.evolution.log.windows import (
    Snapshot,
    Window,
    date_of,
    day_of,
    snapshot,
)
from graph.evolution.measures.brokers import Betweenness, betweenness
from graph.evolution.measures.communities import CommunityGeneration, Fate, generations
from graph.evolution.measures.concentration import by_funder
from graph.evolution.measures.counting import Count
from graph.evolution.measures.measures import (
    Sheet,
    WindowMeasures,
    measure_all,
    ranked,
)
from graph.services.network.evolution import USUAL, funder_names
from graph.services.network.flows import RegionMatrix, region_matrix
from graph.services.transfers.actors import Actor, Level
from graph.services.transfers.filters import ALL, TransferFilter
from graph.services.transfers.lists import USUAL_LISTS, NetworkLists
from graph.services.transfers.log import TransferLog, read_log
from graph.services.transfers.transfers import Left

BROKERS = 10
"""So many actors with the highest betweenness count as brokers of a window."""

Thing = TypeVar("Thing")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class ComparisonQuery:
    """Which two windows, seen from which level, of which transfers; `count` and `lists` as of an `EvolutionQuery`.

    Raises InvalidValue for a window that begins after today, unless the filter asks for what is planned.
    """

    then: Window
    now: Window
    level: Level = Level.INSTITUTION
    transfer_filter: TransferFilter = ALL
    count: Count | None = None
    lists: NetworkLists = USUAL_LISTS
    today: date = field(kw_only=True)

    @property
    def until(self) -> int:
        """The first day of which nothing is known, OPEN where what is planned counts."""
        return OPEN if self.transfer_filter.planned else day_of(self.today) + 1

    def __post_init__(self) -> None:
        if self.now.first > day_of(self.today) and not self.transfer_filter.planned:
            raise InvalidValue("window", self.now, "lies ahead; take in what is planned, or give an earlier one")


@dataclass(frozen=True, slots=True)
class WindowChange(Generic[Thing]):
    """What only now holds, what held in both windows, and what only then held."""

    gained: tuple[Thing, ...]
    kept: tuple[Thing, ...]
    lost: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Tied:
    """A tie from giver to receiver."""

    giver: Actor
    receiver: Actor


@dataclass(frozen=True, slots=True)
class Broker:
    """An actor with its betweenness in the earlier and in the later window, as shares of all pairs."""

    actor: Actor
    then: float
    now: float


@dataclass(frozen=True, slots=True)
class Community:
    """A community by its number of actors and the one of them with most partners."""

    size: int
    leading: Actor


@dataclass(frozen=True, slots=True)
class CommunityChange:
    """What became of communities: the ones of then and the ones of now that belong together."""

    fate: Fate
    then: tuple[Community, ...]
    now: tuple[Community, ...]


@dataclass(frozen=True, slots=True)
class Donor:
    """A funder in both windows: how much of what is counted it pays for, and its share of what has a known funder.

    `days` is its share of the person-days with a known funder, None where none is known.
    """

    id: str
    name: str
    counted: tuple[float, float]
    share: tuple[float, float]
    days: tuple[float | None, float | None]


class EntryVerdict(StrEnum):
    """What the day of recording says about the contacts of ties gained."""

    NOTHING_NEW = "nothing new"
    CHANGE = "a real change"
    LATE_ENTRY = "late entry"
    TOGETHER = "both windows entered together"
    MIXED = "entered late over time"


@dataclass(frozen=True, slots=True, eq=False)
class WindowComparison:
    """Two windows side by side.

    `places` are those of `everybody`, all actors of the level, for a picture; `entered` tells how the contacts of ties
    gained came into the records, and `verdict` what that means. `recorded_until` is the last day on which any tie of
    the level was recorded, chosen or not, None where no day is known: what began later is in neither window.
    """

    query: ComparisonQuery
    measures: tuple[WindowMeasures, WindowMeasures]
    actors: WindowChange[Actor]
    ties: WindowChange[Tied]
    brokers: WindowChange[Broker]
    communities: tuple[CommunityChange, ...]
    donors: tuple[Donor, ...]
    flows: tuple[RegionMatrix, RegionMatrix]
    entered: EntryPattern
    verdict: EntryVerdict
    recorded_until: date | None
    everybody: tuple[Actor, ...]
    places: NDArray[np.float64]
    funders: Mapping[str, str]
    left_out: Mapping[Left, int]


_CACHE: Cache[tuple[Audience, ComparisonQuery], WindowComparison] = Cache()


def compare_windows(graph: Graph, audience: Audience, query: ComparisonQuery) -> WindowComparison:
    """Compare what this viewer may see: kept while it holds, else O(transfers) and the cost of `betweenness` twice.

    Raises InvalidValue.
    """
    return _CACHE.fetch(graph, (audience, query), lambda: _compare(graph, audience, query))


def _compare(graph: Graph, audience: Audience, query: ComparisonQuery) -> WindowComparison:
    chosen, today = query.transfer_filter, query.today
    found = read_log(graph, audience, query.level, today, chosen, query.lists)
    lands = read_log(graph, audience, Level.COUNTRY, today, chosen, query.lists)
    everything = read_log(graph, audience, query.level, today, TransferFilter(known=chosen.known))
    of_shares = query.count or Count.ENGAGEMENTS
    log = found.log
    shots = (snapshot(log, query.then), snapshot(log, query.now))
    tied = changes.changed_ties(*shots)
    between = (betweenness(shots[0]), betweenness(shots[1]))
    funders = funder_names(graph, audience, log)
    entered, verdict = _entered(log, shots, tied.gained)
    return WindowComparison(
        query=query,
        measures=_measures(found, query, between),
        actors=_mapped(changes.changed_actors(*shots), found.actors.__getitem__),
        ties=_mapped(tied, lambda pair: Tied(found.actors[pair[0]], found.actors[pair[1]])),
        brokers=_brokers(found, between),
        communities=_communities(found, shots),
        donors=_donors(log, shots, funders, query),
        flows=(
            region_matrix(lands, query.then, of_shares, query.until),
            region_matrix(lands, query.now, of_shares, query.until),
        ),
        entered=entered,
        verdict=verdict,
        recorded_until=_recorded_until(everything.log),
        everybody=found.actors,
        places=kept_layout(log),
        funders=funders,
        left_out=found.left_out,
    )


def _recorded_until(log: TieLog) -> date | None:
    latest = int(log.recorded.max(initial=-OPEN))
    return date_of(latest) if latest > -OPEN else None


def _mapped(change: changes.LogChange, made: Callable[..., Made]) -> WindowChange[Made]:
    return WindowChange(*(tuple(map(made, each.tolist())) for each in (change.gained, change.kept, change.lost)))


def _entered(
    log: TieLog, shots: tuple[Snapshot, Snapshot], gained: changes.Positions
) -> tuple[EntryPattern, EntryVerdict]:
    """How the contacts of ties gained were recorded, held against those of the window before."""
    then, now = shots
    size = len(log.actors)
    wanted = gained[:, 0] * size + gained[:, 1]
    rows, giver, receiver = log.arcs(now.rows)
    fresh = np.unique(rows[np.isin(giver.astype(np.int64) * size + receiver, wanted)])
    fresh = fresh[log.recorded[fresh] > -OPEN]  # whose day of recording is known
    found = entry(log.start[fresh], log.recorded[fresh])
    if not found.contacts:
        return found, EntryVerdict.NOTHING_NEW
    if 2 * found.burst < found.contacts:
        return found, EntryVerdict.MIXED if 2 * found.late >= found.contacts else EntryVerdict.CHANGE
    before = log.recorded[then.rows]
    alike = np.count_nonzero((found.last - BURST_DAYS < before) & (before < found.first + BURST_DAYS))
    return found, EntryVerdict.TOGETHER if alike and 2 * alike >= len(before) else EntryVerdict.LATE_ENTRY


def _measures(
    found: TransferLog, query: ComparisonQuery, between: tuple[Betweenness, Betweenness]
) -> tuple[WindowMeasures, WindowMeasures]:
    """The numbers of both windows, with the brokers out of a betweenness counted already."""
    sheet = Sheet(groups=found.groups, names=USUAL - {"brokers"}, count=query.count, until=query.until)
    then, now = (
        replace(seen, brokers=ranked(found.log, one.share, sheet.top, one.standard_error))
        for seen, one in zip(measure_all(found.log, (query.then, query.now), sheet), between, strict=True)
    )
    return then, now


def _brokers(found: TransferLog, between: tuple[Betweenness, Betweenness]) -> WindowChange[Broker]:
    """Who is among the leading brokers only now, in both windows, only then; those with most to do first."""
    then, now = (one.share for one in between)
    leading = [set(_leading(share)) for share in (then, now)]
    parts = (leading[1] - leading[0], leading[1] & leading[0], leading[0] - leading[1])
    return WindowChange(
        *(
            tuple(
                Broker(found.actors[actor], float(then[actor]), float(now[actor]))
                for actor in sorted(part, key=lambda actor: (-max(then[actor], now[actor]), found.actors[actor].name))
            )
            for part in parts
        )
    )


def _leading(share: NDArray[np.float64]) -> list[int]:
    order = np.lexsort((np.arange(len(share)), -share))[:BROKERS]
    return [actor for actor in order.tolist() if share[actor] > 0]


def _communities(found: TransferLog, shots: tuple[Snapshot, Snapshot]) -> tuple[CommunityChange, ...]:
    """Merges, splits, births and deaths, those of most actors first. What only continues is left out."""
    then, now = generations(shots)
    partners = [np.diff((shot.pairs + shot.pairs.T).tocsr().indptr) for shot in shots]
    changes = (
        CommunityChange(
            event.fate,
            tuple(_community(found, partners[0], then, id_) for id_ in event.before),
            tuple(_community(found, partners[1], now, id_) for id_ in event.after),
        )
        for event in now.events
        if event.fate is not Fate.CONTINUE
    )
    return tuple(sorted(changes, key=lambda each: -sum(part.size for part in (*each.then, *each.now))))


def _community(found: TransferLog, partners: NDArray[np.intc], generation: CommunityGeneration, id_: int) -> Community:
    members = np.flatnonzero(generation.member == id_)
    return Community(len(members), found.actors[int(members[np.argmax(partners[members])])])


def _donors(
    log: TieLog, shots: tuple[Snapshot, Snapshot], names: Mapping[str, str], query: ComparisonQuery
) -> tuple[Donor, ...]:
    """Every funder of anything in either window, the largest now first."""
    counted, days = (
        [by_funder(log, shot, count, query.until) for shot in shots]
        for count in (query.count or Count.ENGAGEMENTS, Count.DAYS)
    )
    found = []
    for code, id_ in enumerate(log.names.funders):
        then, now = (round(float(column[code]), 9) for column in counted)
        if then or now:
            share = tuple(float(column[code] / (column.sum() or 1)) for column in counted)
            spent = tuple(float(column[code] / column.sum()) if column.sum() else None for column in days)
            found.append(Donor(id_, names[id_], (then, now), (share[0], share[1]), (spent[0], spent[1])))
    return tuple(sorted(found, key=lambda donor: (-donor.counted[1], -donor.counted[0], donor.name)))
