"""Export the network: the ties that hold within the windows asked for, and who they tie, as far as a viewer may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graph.connection import Graph
from graph.domain.marks import Audience
from graph.evolution.layout import kept_layout
from graph.evolution.log.ties import OPEN, TieLog
from graph.evolution.log.windows import Window, active, date_of
from graph.services.network.evolution import EvolutionQuery
from graph.services.transfers.actors import Actor
from graph.services.transfers.log import TransferLog, read_log
from graph.services.transfers.transfers import Left


@dataclass(frozen=True, slots=True)
class ExportedTie:
    """A transfer of know-how between the ids of two actors, on its first day, its `last` and all days between.

    `last` is None while it goes on; `mutual` ties carry both ways, those `planned` have not begun.
    """

    source: str
    target: str
    first: date
    last: date | None
    channel: str
    funder: str
    mutual: bool
    weight: float
    about: tuple[str, ...] = ()
    planned: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Extract:
    """The ties that hold on at least one day of `span`, with their true dates, and the actors they tie."""

    query: EvolutionQuery
    span: Window
    actors: tuple[Actor, ...]
    ties: tuple[ExportedTie, ...]
    left_out: Mapping[Left, int]
    log: TieLog

    def places(self) -> dict[str, tuple[float, float]]:
        """A place in the unit square by actor, the same whatever the span: that of the picture of all years."""
        places = zip(self.log.actors, kept_layout(self.log).tolist(), strict=True)
        shown = {actor.id for actor in self.actors}
        return {id_: (x, y) for id_, (x, y) in places if id_ in shown}


def extract(graph: Graph, audience: Audience, query: EvolutionQuery) -> Extract:
    """Read what this viewer may see. O(transfers). Raises InvalidValue."""
    return extract_from(read_log(graph, audience, query.level, query.today, query.transfer_filter), query)


def extract_from(found: TransferLog, query: EvolutionQuery) -> Extract:
    """What of a log holds within the windows asked for. O(transfers). Raises InvalidValue."""
    span = span_of(query)
    rows = active(found.log, span).tolist()
    ties = tuple(_tie(found.log, row) for row in rows)
    tied = {end for tie in ties for end in (tie.source, tie.target)}
    actors = tuple(actor for actor in found.actors if actor.id in tied)
    return Extract(query, span, actors, ties, found.left_out, found.log)


def span_of(query: EvolutionQuery) -> Window:
    """From the first day of all windows asked for to the last. Raises InvalidValue."""
    windows = query.windows()
    return Window(min(window.first for window in windows), max(window.last_exclusive for window in windows))


def _tie(log: TieLog, row: int) -> ExportedTie:
    names, end, funder = log.names, int(log.end[row]), int(log.funder[row])
    return ExportedTie(
        source=log.actors[log.source[row]],
        target=log.actors[log.target[row]],
        first=date_of(int(log.start[row])),
        last=None if end == OPEN else date_of(end - 1),
        channel=names.channels[log.channel[row]],
        funder="" if funder < 0 else names.funders[funder],
        mutual=bool(log.mutual[row]),
        weight=float(log.weight[row]),
        about=tuple(names.capabilities[code] for code in log.about.of(row)),
        planned=bool(log.planned[row]),
    )
