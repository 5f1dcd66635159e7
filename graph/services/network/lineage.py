"""Trace a lineage: whom a person or an engagement taught, whom those taught, and where it all came from."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from graph.connection import Graph, Row
from graph.domain.engagements import SecondmentDirection
from graph.domain.labels import Label
from graph.domain.marks import Audience
from graph.errors import NotFound
from graph.evolution.log.ties import OPEN
from graph.evolution.log.windows import date_of, day_of
from graph.evolution.paths.backward_paths import reversed_in_time
from graph.evolution.paths.lineages import lineage
from graph.services.network.steps import PathStep, resolve, step
from graph.services.transfers.actors import Actor, Level
from graph.services.transfers.filters import ALL, TransferFilter
from graph.services.transfers.followed import LogQuery, SubjectShare, read_followed, read_subject, share_of
from graph.services.transfers.log import TransferLog
from graph.store import experts
from graph.store import lineages as store

_EVER = -OPEN


@dataclass(frozen=True, slots=True)
class LineageMember:
    """A person of a lineage, listed once, in the earliest generation.

    `step` is the tie that reached them; None for those whom the engagement itself taught.

    `day` is the last day of what taught them; among the origins it is the first day of what they taught.
    """

    actor: Actor
    generation: int
    day: date
    step: PathStep | None


@dataclass(frozen=True, slots=True)
class Generation:
    """How many people a generation has, and how many that is for each person of the generation before."""

    number: int
    people: int
    multiplier: float | None


@dataclass(frozen=True, slots=True)
class Lineage:
    """The lineage of a person (`kind` Expert) or of an engagement of that kind.

    A generation is a tie between people. `learner` is the host that a secondee taught, None for everything else.
    `members` are in the order of generation and day; `origins` are those from
    whom it could have come, counted back in the same way. `unfinished` says that the engagement had no end
    yet, `ends` when it does where that is known. `subject` says what was followed.
    """

    id: str
    name: str
    kind: str
    members: tuple[LineageMember, ...]
    generations: tuple[Generation, ...]
    origins: tuple[LineageMember, ...]
    unfinished: bool = False
    ends: date | None = None
    learner: Actor | None = None
    subject: SubjectShare | None = None

    @property
    def reached(self) -> int:
        """How many people it reached in all generations, each counted once."""
        return len(self.members)


@dataclass(frozen=True, slots=True)
class LineageQuery:
    """Whose lineage, of an engagement or of a person by id or name, by the end of which day, and what counts.

    `about` are the capabilities to follow, by id or name, or `ANY`; without them an engagement is followed in what it
    was about, and a person in whatever there is.
    """

    of: str
    by: date
    today: date
    transfer_filter: TransferFilter = ALL
    about: tuple[str, ...] = ()


def trace_lineage(graph: Graph, audience: Audience, query: LineageQuery) -> Lineage:
    """The lineage of an engagement that taught people, or of a person.

    Raises NotFound for what is neither, or not for this viewer.
    """
    engagement = store.maybe_find(graph, audience, query.of)
    subject = read_subject(graph, query.about or (engagement[1]["about"] if engagement else ()))
    asked = LogQuery(Level.PERSON, query.today, query.transfer_filter)
    read = _ended_by(read_followed(graph, audience, asked, subject), query.by)
    share = share_of(graph, audience, asked, subject)
    if engagement:
        label, row = engagement
        taught = not subject.wanted or not subject.wanted.isdisjoint(row["about"])
        return replace(_of_engagement(read, label, row if taught else _of_something_else(row), query), subject=share)
    try:
        return replace(_of_person(read, resolve(read, query.of)), subject=share)
    except NotFound:
        return replace(_without_ties(graph, audience, query.of), subject=share)


def _of_something_else(row: Row) -> Row:
    """An engagement that was not about what is followed: of this it taught nobody."""
    return {**row, "people": [], "names": [], "host": ""}


def _without_ties(graph: Graph, audience: Audience, id_: str) -> Lineage:
    """The empty lineage of a person who is in no tie between people."""
    try:
        name = experts.find(graph, audience, id_).name
    except NotFound:
        raise NotFound("person, mentorship, scholarship, secondment or training", id_) from None
    return Lineage(id_, name, Label.EXPERT.value, (), (), ())


def _ended_by(read: TransferLog, by: date) -> TransferLog:
    """The log without the ties that have not delivered by the end of that day."""
    return replace(read, log=read.log.where(read.log.end <= day_of(by) + 1))


def _of_person(read: TransferLog, person: int) -> Lineage:
    actor = read.actors[person]
    members = _later(read, {person: _EVER}, 0)
    return Lineage(
        actor.id, actor.name, Label.EXPERT.value, members, _generations(members, 1), _earlier(read, {person: _EVER}, 0)
    )


def _of_engagement(read: TransferLog, label: Label, row: Row, query: LineageQuery) -> Lineage:
    end, by = _last_day(row), query.by
    only_planned = row["status"] == "planned" and not query.transfer_filter.planned
    firsts: tuple[LineageMember, ...] = ()
    later: tuple[LineageMember, ...] = ()
    learner = None
    happened = bool(end and end <= by and not only_planned)
    if happened and row["host"] and row["direction"] != SecondmentDirection.LEARNS:
        learner = Actor(row["host"], row["host_name"], "")
    if end and happened and row["direction"] != SecondmentDirection.TEACHES:
        people = zip(row["people"], row["names"], strict=True)
        firsts = tuple(LineageMember(_actor(read, *person), 1, end, None) for person in people)
        roots = {place: day_of(end) + 1 for place in _places(read, row["people"])}
        later = _later(read, roots, 1)
    members = firsts + later
    name = row["name"] or ""
    return Lineage(
        row["id"],
        name,
        label.value,
        members,
        _generations(members, None),
        _carriers(read, row) if learner else _givers(read, row["id"]),
        not happened,
        end,
        learner,
    )


def _carriers(read: TransferLog, row: Row) -> tuple[LineageMember, ...]:
    """The secondee who carried it, and those from whom the secondee could have had it by the first day."""
    if not row["start_first"]:
        return ()
    begun = date.fromisoformat(row["start_first"])
    people = zip(row["people"], row["names"], strict=True)
    first = tuple(LineageMember(_actor(read, *person), 1, begun, None) for person in people)
    return first + _earlier(read, {place: -day_of(begun) for place in _places(read, row["people"])}, 1)


def _givers(read: TransferLog, engagement: str) -> tuple[LineageMember, ...]:
    """Who taught in the engagement, and those before them; empty where an institution taught."""
    rows = [row for row in range(len(read.log)) if read.transfers[int(read.log.origin[row])].engagement == engagement]
    roots = {int(read.log.source[row]): -int(read.log.start[row]) for row in rows}
    first = tuple(LineageMember(read.actors[place], 1, date_of(-day), None) for place, day in roots.items())
    return first + _earlier(read, roots, 1)


def _later(read: TransferLog, roots: Mapping[int, int], above: int) -> tuple[LineageMember, ...]:
    """The people whom the roots taught; `above` generations come before them."""
    return tuple(
        LineageMember(
            read.actors[found.actor],
            above + found.generation,
            date_of(found.day - 1),
            step(read, found.row, found.giver, found.actor),
        )
        for found in lineage(read.log, roots)
    )


def _earlier(read: TransferLog, roots: Mapping[int, int], above: int) -> tuple[LineageMember, ...]:
    """Who could have taught the roots, on the log read backward in time."""
    reverse = reversed_in_time(read.log)
    return tuple(
        LineageMember(
            read.actors[found.actor],
            above + found.generation,
            date_of(-found.day),
            step(read, int(reverse.origin[found.row]), found.actor, found.giver),
        )
        for found in lineage(reverse, roots)
    )


def _generations(members: Iterable[LineageMember], before: int | None) -> tuple[Generation, ...]:
    """How many people each generation has; `before` is that of the one before the first, None where it is no person."""
    counts = Counter(member.generation for member in members)
    found = []
    for number, people in sorted(counts.items()):
        found.append(Generation(number, people, people / before if before else None))
        before = people
    return tuple(found)


def _last_day(row: Row) -> date | None:
    """The last day of an engagement, as transfers count it: without a known end, what is over ends with its start."""
    over = row["status"] not in ("active", "planned")
    text = "" if row["status"] == "cancelled" else row["end_last"] or (row["start_last"] if over else "")
    return date.fromisoformat(text) if text else None


def _places(read: TransferLog, people: Iterable[str]) -> list[int]:
    wanted = set(people)
    return np.flatnonzero([id_ in wanted for id_ in read.log.actors]).tolist()


def _actor(read: TransferLog, id_: str, name: str) -> Actor:
    if id_ in read.log.actors:
        return read.actors[read.position(id_)]
    return Actor(id_, name, "")
