"""Export the network: the contacts that hold within the windows asked for, and whose, as far as a viewer may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isnan

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
class ExportedContact:
    """One engagement between the ids of two actors, on its first day, its `last` and all days between.

    `last` is None while it goes on; `mutual` contacts carry both ways, those `planned` have not begun. `fraction` is
    the fractional count each way, `person_days` those of all its days, None where not known or still going on. `row`
    is its place in the log.
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
    engagement: str = ""
    fraction: float = 1.0
    person_days: float | None = None
    row: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Extract:
    """The contacts that hold on at least one day of `span`, with their true dates, and the actors of them."""

    query: EvolutionQuery
    span: Window
    actors: tuple[Actor, ...]
    contacts: tuple[ExportedContact, ...]
    left_out: Mapping[Left, int]
    log: TieLog

    @property
    def engagements(self) -> int:
        """How many records the contacts are of."""
        return len({(contact.channel, contact.engagement) for contact in self.contacts})

    def places(self) -> dict[str, tuple[float, float]]:
        """A place in the unit square by actor, the same whatever the span: that of the picture of all years."""
        places = zip(self.log.actors, kept_layout(self.log).tolist(), strict=True)
        shown = {actor.id for actor in self.actors}
        return {id_: (x, y) for id_, (x, y) in places if id_ in shown}


def extract(graph: Graph, audience: Audience, query: EvolutionQuery) -> Extract:
    """Read what this viewer may see. O(transfers). Raises InvalidValue."""
    return extract_from(read_log(graph, audience, query.level, query.today, query.transfer_filter, query.lists), query)


def extract_from(found: TransferLog, query: EvolutionQuery) -> Extract:
    """What of a log holds within the windows asked for. O(transfers). Raises InvalidValue."""
    span = span_of(query)
    rows = active(found.log, span).tolist()
    contacts = tuple(_contact(found, row) for row in rows)
    tied = {end for contact in contacts for end in (contact.source, contact.target)}
    actors = tuple(actor for actor in found.actors if actor.id in tied)
    return Extract(query, span, actors, contacts, found.left_out, found.log)


def span_of(query: EvolutionQuery) -> Window:
    """From the first day of all windows asked for to the last. Raises InvalidValue."""
    windows = query.windows()
    return Window(min(window.first for window in windows), max(window.last_exclusive for window in windows))


def _record(found: TransferLog, row: int) -> str:
    """The id of the engagement behind a contact; a number beside a withheld name, so that the record tells no more."""
    ends = (found.actors[int(end[row])] for end in (found.log.source, found.log.target))
    if not all(end.named for end in ends) or not found.transfers:
        return f"engagement {int(found.log.quantities.engagement[row]) + 1}"
    return found.transfers[int(found.log.origin[row])].engagement


def _contact(found: TransferLog, row: int) -> ExportedContact:
    log = found.log
    names, end, funder = log.names, int(log.end[row]), int(log.funder[row])
    share = float(log.quantities.share[row])
    return ExportedContact(
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
        engagement=_record(found, row),
        fraction=float(log.quantities.fraction[row]),
        person_days=None if isnan(share) or end == OPEN else share * (end - int(log.start[row])),
        row=row,
    )
