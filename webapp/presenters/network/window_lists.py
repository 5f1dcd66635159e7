"""Every actor and every tie of one window of the network, as lists to sort and to take away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.connection import Row
from graph.services.network.evolution import Evolution
from graph.services.network.window_ties import WindowTie
from graph.store.pages import Page, Query
from webapp.listings import Column, paged
from webapp.presenters import words
from webapp.presenters.network.pages import href_of
from webapp.presenters.network.window_outlines import around


@dataclass(frozen=True, slots=True)
class List:
    """A list of a window: its columns, and the sort in which it stands where nothing else is asked for."""

    columns: tuple[Column, ...]
    first: str

    @property
    def sorts(self) -> tuple[str, ...]:
        """What it can be sorted by, the usual one first."""
        return tuple(sorted((column.sort for column in self.columns if column.sort), key=self.first.__ne__))


TIES = List(
    (
        Column("giver", "From", "giver"),
        Column("receiver", "To", "receiver"),
        Column("channels", "As"),
        Column("contacts", "Contacts", "contacts", numeric=True),
        Column("engagements", "Engagements", "engagements", numeric=True),
        Column("person_days", "Person-days", "person_days", numeric=True),
        Column("first", "Since", "first"),
        Column("last", "Until", "last"),
    ),
    "contacts",
)
ACTORS = List(
    (
        Column("name", "Name", "name"),
        Column("group", "Region", "group"),
        Column("partners", "Partners", "partners", numeric=True),
        Column("given", "Contacts given", "given", numeric=True),
        Column("received", "Contacts received", "received", numeric=True),
    ),
    "partners",
)


def list_ties(traced: Evolution, ties: Sequence[WindowTie], query: Query) -> Page:
    """One page of the ties; equal ones stand by their names."""
    return paged(sorted((_tie(traced, tie) for tie in ties), key=lambda row: (row["giver"], row["receiver"])), query)


def _tie(traced: Evolution, tie: WindowTie) -> Row:
    level, giver, receiver = traced.query.level, traced.actors[tie.giver], traced.actors[tie.receiver]
    return {
        "giver_id": giver.id,
        "giver": giver.name,
        "giver_href": href_of(level, giver.id, named=giver.named),
        "receiver": receiver.name,
        "receiver_href": href_of(level, receiver.id, named=receiver.named),
        "channels": ", ".join((*map(words.kind, tie.channels), *(["only planned"] if tie.planned else []))),
        "contacts": tie.contacts,
        "engagements": tie.engagements,
        "person_days": tie.person_days if tie.days_unknown < tie.contacts else None,
        "days_unknown": tie.days_unknown,
        "first": tie.first.isoformat(),
        "last": tie.last.isoformat() if tie.last else "",
    }


def list_actors(traced: Evolution, ties: Sequence[WindowTie], query: Query) -> Page:
    """One page of those tied, with what the picture sizes them by; equal ones stand by their names."""
    rows = [_actor(traced, actor, partners) for actor, partners in around(ties).items()]
    return paged(sorted(rows, key=lambda row: row["name"]), query)


def _actor(traced: Evolution, actor: int, partners: Mapping[int, Sequence[int]]) -> Row:
    found = traced.actors[actor]
    return {
        "id": found.id,
        "name": found.name,
        "href": href_of(traced.query.level, found.id, named=found.named),
        "group": found.group,
        "partners": len(partners),
        "given": sum(given for given, _, _ in partners.values()),
        "received": sum(received for _, received, _ in partners.values()),
    }
