"""What people have in common, as rows and indexes in which peers are found, as far as the viewer may see it."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from scipy.sparse import csr_array

from graph.cache.memory import Cache
from graph.connection import Graph, Row
from graph.domain.engagements import EngagementStatus
from graph.domain.labels import Label, TieType
from graph.domain.marks import Audience
from graph.matching.columns import UNKNOWN
from graph.matching.people.peers import (
    History,
    Mentoring,
    Stay,
    Task,
    touching,
)
from graph.services.matching.evidence_text import EvidenceStop
from graph.store import peers as store

_GOES_ON = date.max.toordinal()
_HOSTING = (TieType.TO, TieType.AT)
_UNDER_WAY = (EngagementStatus.PLANNED, EngagementStatus.ACTIVE)


@dataclass(frozen=True, slots=True)
class Engaged:
    """An engagement with its dates at the precision they are known by; `since` and `until` as in `Stay`."""

    label: Label
    id: str
    name: str
    start: str
    end: str
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class SharedHistory:
    """People, engagements and things (places, programmes, capabilities) by index, and what is shared among them.

    `index` gives the number of a person by id; `ties` holds ones, people by things. `held_by` says who held a record,
    `held_in` at which institution or in which country it was, each as a thing.
    """

    people: tuple[EvidenceStop, ...]
    index: Mapping[str, int]
    headlines: tuple[str, ...]
    countries: tuple[str, ...]
    records: tuple[Engaged, ...]
    things: tuple[EvidenceStop, ...]
    history: History
    held_by: Mapping[int, int]
    held_in: Mapping[int, int]
    ties: csr_array


@dataclass(frozen=True, slots=True)
class _Part:
    """A person's part in an engagement; `name` is the type of the tie."""

    name: str
    person: int
    record: int


_Key = tuple[str, str]
_Places = Mapping[_Key, list[tuple[str, int]]]

_CACHE: Cache[Audience, SharedHistory] = Cache()


def read_shared_history(graph: Graph, audience: Audience) -> SharedHistory:
    """Everything that can be shared, as far as the viewer may see it; kept until the rows behind it change.

    O(r log r) in the rows read.
    """
    return _CACHE.fetch(graph, audience, lambda: _read(graph, audience))


def _read(graph: Graph, audience: Audience) -> SharedHistory:
    crowd = store.people(graph, audience)
    index = {person: number for number, person in enumerate(crowd["ids"])}
    parts, places, profiles = (
        store.parts(graph, audience),
        store.places(graph, audience),
        store.profiles(graph, audience),
    )
    things = sorted({name for columns in (profiles, *places.values()) for name in _names(columns)}, key=_by_key)
    number = {_key(thing): place for place, thing in enumerate(things)}
    around = _around(places, number)
    records = sorted({engaged for label, columns in parts.items() for engaged in _engaged(label, columns)}, key=_by_key)
    taken = list(_taken(parts, index, records))
    held_in = _first(records, around, _HOSTING)
    hosts = {record: thing for record, thing in held_in.items() if things[thing].label != Label.COUNTRY}
    history = History(
        stays=[stay for part in taken for stay in _stay(part, records[part.record], hosts)],
        mentorings=list(_mentorings(taken)),
        tasks=list(_tasks(taken, records, around, _lacking(store.ratings(graph, audience), number))),
    )
    stated = zip(profiles["people"], profiles["labels"], profiles["ids"], strict=True)
    touched = [(index[person], number[label, id_]) for person, label, id_ in stated]
    touched += [(part.person, thing) for part in taken for _, thing in around.get(_key(records[part.record]), ())]
    return SharedHistory(
        people=tuple(EvidenceStop(Label.EXPERT, *row) for row in zip(crowd["ids"], crowd["names"], strict=True)),
        index=index,
        headlines=tuple(crowd["headlines"]),
        countries=tuple(crowd["countries"]),
        records=tuple(records),
        things=tuple(things),
        history=history,
        held_by=_first(records, around, (TieType.HELD_BY,)),
        held_in=held_in,
        ties=touching([row for row, _ in touched], [column for _, column in touched], (len(index), len(things))),
    )


def _names(columns: Row) -> Iterator[EvidenceStop]:
    return (EvidenceStop(*row) for row in zip(columns["labels"], columns["ids"], columns["names"], strict=True))


def _by_key(found: EvidenceStop | Engaged) -> _Key:
    return found.id, found.label


def _key(found: EvidenceStop | Engaged) -> _Key:
    return found.label, found.id


def _around(places: Mapping[Label, Row], number: Mapping[_Key, int]) -> _Places:
    """Engagement -> its places, programmes and capabilities, each with the type of the tie."""
    around: defaultdict[_Key, list[tuple[str, int]]] = defaultdict(list)
    for label, columns in places.items():
        names = ("engagements", "ties", "labels", "ids")
        for engagement, tie, kind, id_ in zip(*(columns[name] for name in names), strict=True):
            around[label, engagement].append((tie, number[kind, id_]))
    return around


def _first(records: Iterable[Engaged], around: _Places, ties: Container[str]) -> dict[int, int]:
    """The first thing to which each record, by its place, has one of these ties; those without one are left out."""
    found = {}
    for place, record in enumerate(records):
        tied = [thing for tie, thing in around.get(_key(record), ()) if tie in ties]
        if tied:
            found[place] = min(tied)
    return found


def _engaged(label: Label, columns: Row) -> Iterator[Engaged]:
    names = ("engagements", "names", "starts", "ends", "start_last", "end_first", "statuses")
    for id_, name, start, end, since, until, status in zip(*(columns[name] for name in names), strict=True):
        last = _GOES_ON if not end and status in _UNDER_WAY else _ordinal(until)
        yield Engaged(label, id_, name, start, end, _ordinal(since), last)


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal() if day else UNKNOWN


def _taken(parts: Mapping[Label, Row], people: Mapping[str, int], records: Iterable[Engaged]) -> Iterator[_Part]:
    number = {_key(record): place for place, record in enumerate(records)}
    for label, columns in parts.items():
        for part, person, id_ in zip(columns["parts"], columns["people"], columns["engagements"], strict=True):
            yield _Part(part, people[person], number[label, id_])


def _stay(part: _Part, record: Engaged, hosts: Mapping[int, int]) -> Iterator[Stay]:
    """At which institution the part was played; nowhere in particular for a mentorship.

    Whoever held a training is no host of those who attended, and a whole country is none either.
    """
    if record.label is Label.MENTORSHIP:
        return
    place = hosts.get(part.record, UNKNOWN)
    yield Stay(part.person, part.record, place, record.since, record.until, record.label is Label.SCHOLARSHIP)


def _mentorings(taken: Iterable[_Part]) -> Iterator[Mentoring]:
    pairs: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for part in taken:
        if part.name in (TieType.MENTOR, TieType.MENTEE):
            pairs[part.record][part.name] = part.person
    for record, pair in pairs.items():
        if len(pair) == 2:
            yield Mentoring(pair[TieType.MENTOR], pair[TieType.MENTEE], record)


def _tasks(
    taken: Iterable[_Part], records: list[Engaged], around: _Places, lacking: set[tuple[int, int]]
) -> Iterator[Task]:
    for part in taken:
        ties = around.get(_key(records[part.record]), ())
        programmes = [thing for tie, thing in ties if tie == TieType.FOR]
        subjects = [thing for tie, thing in ties if tie == TieType.ABOUT]
        for programme in programmes:
            yield from (
                Task(part.person, part.record, programme, subject)
                for subject in subjects
                if (programme, subject) in lacking
            )


def _lacking(ratings: Row, number: Mapping[_Key, int]) -> set[tuple[int, int]]:
    """Programme and capability, where the latest assessment lies below its target."""
    latest: dict[str, str] = {}
    found = set()
    names = ("programmes", "assessments", "capabilities", "lacking")
    for programme, assessment, capability, lacks in zip(*(ratings[name] for name in names), strict=True):
        keys = (Label.PROGRAMME.value, programme), (Label.CAPABILITY.value, capability)
        if latest.setdefault(programme, assessment) == assessment and lacks and number.keys() >= set(keys):
            found.add((number[keys[0]], number[keys[1]]))
    return found
