"""What a network loses without an actor, centre or funder: last paths to a centre of excellence, size, strength."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from graph.connection import Graph
from graph.domain.labels import Label
from graph.domain.marks import Audience
from graph.errors import InvalidValue, NotFound
from graph.evolution.log.windows import day_of
from graph.evolution.what_if.removals import (
    Consequence,
    Mask,
    NetworkFigures,
    Removal,
    nothing_removed,
    remove,
)
from graph.services.transfers.actors import Actor, ActorDirectory, Level
from graph.services.transfers.filters import ALL, TransferFilter
from graph.services.transfers.followed import LogQuery, Subject, SubjectShare, read_followed, read_subject, share_of
from graph.services.transfers.log import TransferLog
from graph.services.transfers.transfers import Transfer, between_institutions_through
from graph.store import removals as store

_LISTED = 20


@dataclass(frozen=True, slots=True)
class RemovalQuery:
    """What to take away: ids of actors, people, institutions, centres or funders, and ties that end by a day.

    `words` narrows the list of `connected` actors to names that hold them. `about` is the capability to follow, by id
    or name; empty for whatever there is.
    """

    level: Level
    without: tuple[str, ...] = ()
    passing: date | None = None
    words: str = ""
    transfer_filter: TransferFilter = ALL
    about: str = ""


@dataclass(frozen=True, slots=True)
class Removed:
    """Something taken away and how many ties went with it; ties of two removed are counted with each."""

    id: str
    name: str
    kind: str
    ties: int


@dataclass(frozen=True, slots=True)
class Figures:
    """A network in numbers: `ties` are distinct directed pairs, `giant_share` that of the largest component.

    `taught` are the actors with a centre or a time-respecting path from one, `heard` those with a path to one.
    """

    actors: int
    ties: int
    components: int
    giant_share: float
    taught: int
    heard: int


@dataclass(frozen=True, slots=True)
class Received:
    """The summed weight of what an actor receives, before and after."""

    actor: Actor
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The answer. `received` lists those who lose the most; `connected` the actors with the most ties of all.

    `subject` says what was followed: all numbers are of contacts about it, and hubs host a centre that offers it.
    """

    level: Level
    passing: str
    removed: tuple[Removed, ...]
    contacts: int
    hubs: int
    before: Figures
    after: Figures
    lost_from: tuple[Actor, ...]
    lost_to: tuple[Actor, ...]
    received: tuple[Received, ...]
    connected: tuple[Actor, ...]
    subject: SubjectShare


def what_if(graph: Graph, audience: Audience, query: RemovalQuery, today: date) -> WhatIf:
    """Take away what is asked, all of it together, from what this viewer may see, over all years.

    An actor goes with its ties, a funder with the ties it pays for, a centre with its trainings and as a centre. A
    person goes with the ties they are a party of; of a training or publication of several those of the others stay.
    `passing` takes the ties whose last day is from today to that day.
    Raises NotFound for an id that is none of these, and InvalidValue for a day that is over.
    """
    asked, subject = LogQuery(query.level, today, query.transfer_filter), read_subject(graph, [query.about])
    found = read_followed(graph, audience, asked, subject)
    centres = _centres(graph, audience, found)
    taker = _Taker(graph, audience, found, centres)
    parts = [taker.take(id_) for id_ in dict.fromkeys(query.without)]
    removal = _together(found, [each for _, each in parts])
    if query.passing:
        removal = Removal(removal.rows | _passed(found, query.passing, today), removal.actors, removal.closed)
    offering = _offering(graph, audience, centres, subject)
    hubs = sorted({position for hosts in offering.values() for position in hosts.positions})
    closed = _closed(found, offering, set(query.without)) | removal.actors
    (seen,) = remove(found.log, hubs, [Removal(removal.rows, removal.actors, closed)])
    return WhatIf(
        level=query.level,
        passing=query.passing.isoformat() if query.passing else "",
        removed=tuple(part for part, _ in parts),
        contacts=int(removal.rows.sum()),
        hubs=len(hubs),
        before=_figures(seen.before),
        after=_figures(seen.after),
        lost_from=_who(found, seen.lost_from),
        lost_to=_who(found, seen.lost_to),
        received=_received(found, seen, removal.actors),
        connected=_connected(found, query.words),
        subject=share_of(graph, audience, asked, subject),
    )


@dataclass(frozen=True, slots=True)
class _Hosts:
    """A centre by name, and the positions of its hosts in the log."""

    name: str
    positions: frozenset[int]


def _centres(graph: Graph, audience: Audience, found: TransferLog) -> Mapping[str, _Hosts]:
    """Every centre with the actors of this level that host it; none of them where no host has a transfer."""
    person = found.level is Level.PERSON
    homes: Mapping[str, str] = {} if person else ActorDirectory.read(graph, audience).homes(found.level)
    position = {id_: number for number, id_ in enumerate(found.log.actors)}
    names: dict[str, str] = {}
    places: dict[str, set[int]] = defaultdict(set)
    for row in (*store.hosts(graph, audience), *(store.staff(graph, audience) if person else ())):
        names[row["centre"]] = row["name"]
        home = row["host"] if person else homes.get(row["host"], "")
        if home in position:
            places[row["centre"]].add(position[home])
    return {centre: _Hosts(name, frozenset(places[centre])) for centre, name in names.items()}


def _offering(
    graph: Graph, audience: Audience, centres: Mapping[str, _Hosts], subject: Subject
) -> Mapping[str, _Hosts]:
    """The centres that offer the subject; one that does not say what it offers may offer it."""
    if not subject.wanted:
        return centres
    offers = store.offers(graph, audience)
    return {
        centre: hosts
        for centre, hosts in centres.items()
        if not offers.get(centre) or not subject.wanted.isdisjoint(offers[centre])
    }


@dataclass(frozen=True, slots=True)
class _Taker:
    """Finds what goes with an id."""

    graph: Graph
    audience: Audience
    found: TransferLog
    centres: Mapping[str, _Hosts]

    def take(self, id_: str) -> tuple[Removed, Removal]:
        log = self.found.log
        nothing = nothing_removed(log)
        if id_ in log.actors or id_ in log.names.funders:
            return self._actor_or_funder(id_)
        if id_ in self.centres:
            rows = self._rows_of(store.trainings(self.graph, self.audience, id_))
            return self._removed(id_, self.centres[id_].name, "centre", Removal(rows, nothing.actors, nothing.closed))
        person = store.engagements(self.graph, self.audience, id_)
        if person:
            rows = self._rows_through(id_, zip(person["labels"], person["engagements"], strict=True))
            return self._removed(id_, person["name"], "person", Removal(rows, nothing.actors, nothing.closed))
        raise NotFound(f"{self.found.level.value} with a transfer, person, centre or funder", id_)

    def _actor_or_funder(self, id_: str) -> tuple[Removed, Removal]:
        log = self.found.log
        actors = np.array([actor == id_ for actor in log.actors])
        rows = actors[log.source] | actors[log.target]
        if id_ in log.names.funders:
            rows |= log.funder == log.names.funders.index(id_)
        kind = self.found.level.value if actors.any() else "funder"
        return self._removed(id_, self._name(id_), kind, Removal(rows, actors, actors))

    def _name(self, id_: str) -> str:
        named = {actor.id: actor.name for actor in self.found.actors}
        return named.get(id_) or ActorDirectory.read(self.graph, self.audience).institutions.get(
            id_, "A funder not shown"
        )

    def _removed(self, id_: str, name: str, kind: str, removal: Removal) -> tuple[Removed, Removal]:
        return Removed(id_, name, kind, int(removal.rows.sum())), removal

    def _rows_of(self, engagements: Iterable[str]) -> Mask:
        chosen = frozenset(engagements)
        carried = np.array([transfer.engagement in chosen for transfer in self.found.transfers], np.bool_)
        return carried[self.found.log.origin]

    def _rows_through(self, person: str, engagements: Iterable[tuple[str, str]]) -> Mask:
        """The rows that would not exist without a person; of equal rows as many as are the person's own."""
        carried = np.zeros(len(self.found.transfers), np.bool_)
        if self.found.level is not Level.PERSON:  # where they would be an actor, had they a transfer
            chosen: dict[Label, set[str]] = defaultdict(set)
            for label, engagement in engagements:
                chosen[Label(label)].add(engagement)
            homes = ActorDirectory.read(self.graph, self.audience).homes(self.found.level)
            through = between_institutions_through(self.graph, self.audience, person, chosen).found
            theirs = Counter(_way(transfer.between(homes)) for transfer in through)
            for place, way in enumerate(map(_way, self.found.transfers)):
                carried[place] = theirs[way] > 0
                theirs[way] -= 1
        return carried[self.found.log.origin]


def _way(transfer: Transfer) -> tuple[Label, str, str, str]:
    return transfer.kind, transfer.engagement, transfer.source, transfer.target


def _together(found: TransferLog, parts: Sequence[Removal]) -> Removal:
    whole = nothing_removed(found.log)
    for part in parts:
        whole = Removal(whole.rows | part.rows, whole.actors | part.actors, whole.closed | part.closed)
    return whole


def _passed(found: TransferLog, day: date, today: date) -> Mask:
    if day < today:
        raise InvalidValue("pass", day, f"is over; give a day from {today} on")
    return (found.log.end > day_of(today)) & (found.log.end <= day_of(day) + 1)


def _closed(found: TransferLog, centres: Mapping[str, _Hosts], without: set[str]) -> Mask:
    """The hosts all of whose centres are taken away."""
    stay = {position for centre, hosts in centres.items() if centre not in without for position in hosts.positions}
    closed = np.zeros(len(found.actors), np.bool_)
    closed[[position for hosts in centres.values() for position in hosts.positions if position not in stay]] = True
    return closed


def _figures(figures: NetworkFigures) -> Figures:
    return Figures(
        actors=figures.actors,
        ties=figures.ties,
        components=figures.components,
        giant_share=figures.giant_share,
        taught=int(figures.taught.sum()),
        heard=int(figures.heard.sum()),
    )


def _who(found: TransferLog, positions: NDArray[np.intp]) -> tuple[Actor, ...]:
    return tuple(sorted((found.actors[position] for position in positions.tolist()), key=_by_name))


def _received(found: TransferLog, seen: Consequence, gone: Mask) -> tuple[Received, ...]:
    change = np.where(gone, 0.0, seen.received_change)
    losers = np.flatnonzero(change < 0).tolist()
    order = sorted(losers, key=lambda position: (change[position], _by_name(found.actors[position])))[:_LISTED]
    before, after = seen.before.received, seen.after.received
    return tuple(Received(found.actors[each], float(before[each]), float(after[each])) for each in order)


def _connected(found: TransferLog, words: str) -> tuple[Actor, ...]:
    """The actors with the most contacts whose name holds the words; withheld names are left out."""
    log = found.log
    contacts = np.bincount(np.concatenate((log.source, log.target)), minlength=len(log.actors))
    order = sorted(range(len(log.actors)), key=lambda position: (-contacts[position], found.actors[position].id))
    named = (found.actors[position] for position in order if found.actors[position].named)
    return tuple(islice((actor for actor in named if words.casefold() in actor.name.casefold()), _LISTED))


def _by_name(actor: Actor) -> tuple[str, str]:
    return actor.name, actor.id
