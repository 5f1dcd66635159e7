"""Flows between countries and regions as their page shows them: sentences, the map, the matrix and the tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil, sqrt

from flask import url_for

from graph.connection import Row
from graph.evolution.measures.counting import Count
from graph.services.network.evolution import EvolutionQuery
from graph.services.network.flows import (
    CountryFlow,
    CountryTotal,
    Flows,
    RegionMatrix,
)
from graph.store.pages import Page, Query
from webapp.listings import Column, paged
from webapp.presenters import words
from webapp.presenters.charts import Histogram, histogram
from webapp.presenters.network.groups import ActorGroup, grouped
from webapp.presenters.network.maps import (
    FlowLeg,
    FlowMap,
    FlowStop,
    flow_map,
)
from webapp.presenters.network.terms import counted, much, terms

SORTS = ("counted", "giver", "receiver", "lasting")
_SHADES = 5


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One cell of the matrix: how much, its share in words, and a shade from 0 (none) to 5 (the most)."""

    count: str
    share: str
    shade: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """What one region gave to each of the others, itself included."""

    region: str
    cells: tuple[MatrixCell, ...]
    total: str


@dataclass(frozen=True, slots=True)
class FlowPage:
    """Everything the page of flows places beside its list; `unit` is what all of it counts."""

    headline: str
    lead: str
    map: FlowMap
    groups: tuple[ActorGroup, ...]
    regions: tuple[str, ...]
    matrix: tuple[MatrixRow, ...]
    received: tuple[str, ...]
    everything: str
    totals: tuple[CountryTotal, ...]
    track: Histogram
    years: tuple[int, ...]
    unit: str
    terms: tuple[str, ...]
    left_out: tuple[str, ...]


def columns(count: Count) -> tuple[Column, ...]:
    """The columns of the list of flows; the one that counts says what."""
    return (
        Column("giver", "From", "giver"),
        Column("receiver", "To", "receiver"),
        Column("counted", count.unit.capitalize(), "counted", numeric=True),
        Column("lasting", "Going on after", "lasting", numeric=True),
        Column("share", "Share of all flows", numeric=True),
    )


def flow_page(found: Flows, query: EvolutionQuery, years: str) -> FlowPage:
    """Lay the flows of some years out; `years` are their words."""
    grouping = grouped([actor.group for actor in found.actors])
    tones = {actor.id: grouping.group(position).tone for position, actor in enumerate(found.actors)}
    stops = [_stop(each, tones, found.count) for each in found.totals]
    return FlowPage(
        headline=_headline(found, years),
        lead=_lead(found),
        map=flow_map(stops, [_leg(flow, found.count) for flow in found.flows]),
        groups=tuple(group for group in grouping.groups if group.tone in {stop.tone for stop in stops}),
        regions=found.matrix.regions,
        matrix=_matrix(found.matrix),
        received=tuple(much(sum(column)) for column in zip(*found.matrix.counts, strict=True)),
        everything=much(found.matrix.total),
        totals=found.totals,
        track=histogram([(str(year), count) for year, count in found.course]),
        years=tuple(year for year, _ in found.course),
        unit=found.count.unit,
        terms=(*terms(query), *_unmeasured(found)),
        left_out=tuple(f"{count:,} of all years left out: {reason.value}" for reason, count in found.left_out.items()),
    )


def _headline(found: Flows, years: str) -> str:
    if not found.crossing and not found.staying:
        return f"No transfer of know-how in {years}"
    crossed = f"{counted(found.crossing, found.count)} crossed borders in {years}"
    return f"{crossed}, {much(found.staying)} stayed within a country"


def _unmeasured(found: Flows) -> Iterator[str]:
    """That person-days are not known of every contact."""
    if found.count is Count.DAYS and found.unmeasured:
        yield f"{words.counted(found.unmeasured, 'contact')} of these years without person-days left out."


def _lead(found: Flows) -> str:
    """Where the largest flow went and how much left its region; empty where nothing crossed a border."""
    if not found.flows:
        return ""
    first, matrix = found.flows[0], found.matrix
    outside = matrix.total - sum(matrix.counts[place][place] for place in range(len(matrix.regions)))
    return (
        f"The largest flow went from {first.giver.name} to {first.receiver.name}: "
        f"{counted(first.counted, found.count)}, {share(first.share)} of what crossed. "
        f"{share(outside / matrix.total)} of everything left its region."
    )


def share(value: float) -> str:
    """A share of one in per cent, with the decimal that tells small flows apart."""
    return f"{100 * value:.1f}\N{NO-BREAK SPACE}%"


def _stop(total: CountryTotal, tones: Mapping[str, str], count: Count) -> FlowStop:
    return FlowStop(
        id=total.country.id,
        name=total.country.name,
        words=(
            f"{total.country.name}: {counted(total.given, count)} given, {much(total.received)} received, "
            f"{much(total.within)} within"
        ),
        size=total.given + total.received,
        tone=tones[total.country.id],
        href=url_for("institutions.index", country=total.country.id),
    )


def _leg(flow: CountryFlow, count: Count) -> FlowLeg:
    text = f"{flow.giver.name} to {flow.receiver.name}: {counted(flow.counted, count)}"
    return FlowLeg(flow.giver.id, flow.receiver.id, text, flow.counted)


def _matrix(matrix: RegionMatrix) -> tuple[MatrixRow, ...]:
    most = max((count for row in matrix.counts for count in row), default=0) or 1
    rows = zip(matrix.regions, matrix.counts, matrix.shares, strict=True)
    return tuple(
        MatrixRow(
            region,
            tuple(
                MatrixCell(much(n) if n else "", share(part), _shade(n, most))
                for n, part in zip(counts, shares, strict=True)
            ),
            much(sum(counts)),
        )
        for region, counts, shares in rows
    )


def _shade(count: float, most: float) -> int:
    """By the square root, so that one large count does not make all others alike."""
    return ceil(_SHADES * sqrt(count / most))


def listed(found: Flows, query: Query) -> Page:
    """One page of the flows as a list; equal ones stand by their names."""
    return paged(sorted(map(_row, found.flows), key=lambda row: (row["giver"], row["receiver"])), query)


def _row(flow: CountryFlow) -> Row:
    return {
        "giver_id": flow.giver.id,
        "giver": flow.giver.name,
        "receiver_id": flow.receiver.id,
        "receiver": flow.receiver.name,
        "counted": _plain(flow.counted),
        "lasting": _plain(flow.lasting),
        "share": share(flow.share),
    }


def _plain(value: float) -> float:
    """A whole number without a decimal, as sheets have it."""
    return int(value) if value == int(value) else value
