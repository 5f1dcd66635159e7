"""Handovers: engagements that end soon without a successor, and people who could take over."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph.cache.memory import Cache
from graph.connection import Graph, Row
from graph.domain.dates import PartialDate
from graph.domain.labels import Label
from graph.domain.marks import Audience
from graph.domain.programmes import Opening, OpeningKind
from graph.errors import InvalidValue
from graph.evolution.log.ties import OPEN
from graph.evolution.log.windows import date_of, day_of
from graph.evolution.what_if.relays import (
    Drop,
    Locals,
    RelayLeg,
    Taught,
    drops,
)
from graph.matching.scoring.ranking import rank
from graph.services.matching.roster import Ask, People, need_of
from graph.services.matching.snapshot import matching_snapshot
from graph.store import programmes
from graph.store import relays as store

LONGEST = 60
_LOOKED_BACK, _MONTHS = timedelta(days=365), 18
_LASTS = timedelta(days=182)
_UNRATED = 3.0
_TOP = 4.0


@dataclass(frozen=True, slots=True)
class HandoverQuery:
    """Ends from `on` to as many months later; up to `candidates` people for each, 0 where no names may be shown.

    `programme` is the one to watch, all where it is empty.
    """

    on: date
    months: int = 6
    candidates: int = 0
    programme: str = ""

    @property
    def until(self) -> date:
        """The last day. Raises InvalidValue for less than a month, more than five years, or what no calendar holds."""
        if not 1 <= self.months <= LONGEST:
            raise InvalidValue("within", self.months, f"is not a number of months; give 1 to {LONGEST}")
        month = self.on.month - 1 + self.months
        year = self.on.year + month // 12
        if year >= date.max.year:
            raise InvalidValue("on", self.on, f"leaves no {self.months} months to look ahead; give an earlier day")
        after = date(year, month % 12 + 1, 1)
        last = (after + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return min(last, after + timedelta(days=self.on.day - 1))


@dataclass(frozen=True, slots=True)
class Dropped:
    """A capability left behind, and the levels where the programme rates it."""

    id: str
    name: str
    level: float | None
    target: float | None


@dataclass(frozen=True, slots=True)
class Successor:
    """Somebody who could take over, with points of 10,000 by the usual weights and the gaps they close."""

    expert: str
    name: str
    points: int
    closes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relay:
    """An engagement whose last day is `end`; `carrier` is empty where this viewer may not see the person."""

    engagement: str
    kind: str
    status: str
    programme: str
    programme_name: str
    owner: str
    owner_name: str
    carrier: str
    carrier_name: str
    start: str
    end: str
    dropped: tuple[Dropped, ...]
    reasons: tuple[str, ...]
    candidates: tuple[Successor, ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """The relays by their end, out of how many engagements that end in these months."""

    on: str
    until: str
    ending: int
    relays: tuple[Relay, ...]


_CACHE: Cache[tuple[Audience, HandoverQuery], Watch] = Cache()


def watch_relays(graph: Graph, audience: Audience, query: HandoverQuery) -> Watch:
    """What ends without an overlapping successor and without a trained local known to this viewer.

    A local is somebody who works at the owner and holds the capability at the target (level 3 where nobody rated it),
    or learned it in another engagement completed while this one ran. Successors come from matching an opening that
    would begin the day after, last half a year and ask one level more than the programme has, within what is dropped.
    Kept while nothing it was read from changes. Raises InvalidValue.
    """
    return _CACHE.fetch(graph, (audience, query), lambda: _watch(graph, audience, query))


def watch_programme(
    graph: Graph, audience: Audience, programme: str, today: date, candidates: int = 0
) -> tuple[Relay, ...]:
    """The engagements of one programme that end without a successor, from a year ago to half a year ahead."""
    return watch_relays(graph, audience, HandoverQuery(today - _LOOKED_BACK, _MONTHS, candidates, programme)).relays


def _watch(graph: Graph, audience: Audience, query: HandoverQuery) -> Watch:
    until = query.until
    rows = {row["id"]: row for row in store.legs(graph, audience, query.programme)}
    legs = [_leg(row) for row in rows.values()]
    first, last = day_of(query.on), day_of(until)
    ending = [leg for leg in legs if first < leg.end <= last + 1]
    ids = sorted({leg.programme for leg in ending})
    ratings: dict[str, list[Row]] = defaultdict(list)
    for row in programmes.latest_ratings(graph, audience, ids):
        ratings[row["programme"]].append(row)
    found = drops(legs, first, last, _locals(graph, audience, ids, query.on, ratings))
    named = store.capability_names(graph, sorted({each for drop in found for each in drop.capabilities}))
    people = matching_snapshot(graph, audience, query.on).people if query.candidates and found else None
    return Watch(
        on=query.on.isoformat(),
        until=until.isoformat(),
        ending=len(ending),
        relays=tuple(
            _relay(
                rows[drop.leg.id],
                tuple(_dropped(each, named, ratings[drop.leg.programme]) for each in drop.capabilities if each),
                _successors(people, rows[drop.leg.id], drop, ratings[drop.leg.programme], query.candidates),
            )
            for drop in found
        ),
    )


Ratings = Mapping[str, Sequence[Row]]


def _leg(row: Row) -> RelayLeg:
    start = day_of(date.fromisoformat(row["first"]))
    end = day_of(date.fromisoformat(row["last"])) + 1 if row["last"] else OPEN
    return RelayLeg(row["id"], row["programme"], start, end, frozenset(row["capabilities"]))


def _locals(graph: Graph, audience: Audience, ids: Sequence[str], on: date, ratings: Ratings) -> Locals:
    targets = {(row["programme"], row["capability"]): row["target"] for rows in ratings.values() for row in rows}
    taught: dict[tuple[str, str], list[Taught]] = defaultdict(list)
    for row in store.taught(graph, audience, ids, on):
        learned = Taught(row["engagement"], day_of(date.fromisoformat(row["last"])) + 1)
        taught[row["programme"], row["capability"]].append(learned)
    held = store.held(graph, audience, ids, on)
    able = ((row["programme"], row["capability"], row["level"]) for row in held)
    reached = frozenset((whose, what) for whose, what, level in able if level >= targets.get((whose, what), _UNRATED))
    return Locals(reached, taught)


def _dropped(capability: str, named: Mapping[str, str], ratings: Sequence[Row]) -> Dropped:
    for row in ratings:
        if row["capability"] == capability:
            return Dropped(capability, named[capability], row["level"], row["target"])
    return Dropped(capability, named[capability], None, None)


def _relay(row: Row, dropped: tuple[Dropped, ...], candidates: tuple[Successor, ...]) -> Relay:
    return Relay(
        engagement=row["id"],
        kind=row["label"],
        status=row["status"],
        programme=row["programme"],
        programme_name=row["programme_name"],
        owner=row["owner"] or "",
        owner_name=row["owner_name"] or "",
        carrier=row["expert"] or "",
        carrier_name=row["name"] or "",
        start=row["first"],
        end=row["last"],
        dropped=dropped,
        reasons=tuple(_reasons(dropped)),
        candidates=candidates,
    )


def _reasons(dropped: Sequence[Dropped]) -> list[str]:
    if not dropped:
        return ["no other engagement for this programme goes on beyond it"]
    return [f"no engagement follows on {each.name} and {_local(each)}" for each in dropped]


def _local(dropped: Dropped) -> str:
    at = "level 3" if dropped.target is None else f"the target, level {dropped.target:g}"
    return f"nobody known at the owner holds it at {at} or has learned it meanwhile"


def _successors(people: People | None, row: Row, drop: Drop, ratings: Sequence[Row], top: int) -> tuple[Successor, ...]:
    if people is None:
        return ()
    lacking = {rating["capability"]: rating for rating in ratings}
    needs = [
        {"capability": each, "name": each, "level": _needed_level(lacking.get(each)), "must": True, "weight": 1.0}
        for each in drop.capabilities
        if each in people.capabilities.index
    ]
    asked = {**row, "needs": needs, "languages": [], "refused": [row["expert"] or ""]}
    ask = Ask(_opening(row, drop.leg), asked, tuple(ratings))
    found = rank(people.roster, need_of(people, ask), top=top).candidates
    names = people.capabilities.names
    return tuple(
        Successor(
            expert=people.experts.ids[each.person],
            name=people.experts.names[each.person],
            points=int(each.points),
            closes=tuple(names[gap.capability] for gap in each.closable_gaps),
        )
        for each in found
    )


def _needed_level(rating: Row | None) -> float:
    return min(rating["level"] + 1.0, _TOP) if rating else _UNRATED


def _opening(row: Row, leg: RelayLeg) -> Opening:
    """What a successor would be asked: never stored."""
    begins = date_of(leg.end)
    kind = OpeningKind.MENTORSHIP if row["label"] == Label.MENTORSHIP else OpeningKind.SECONDMENT
    return Opening(
        id=f"after-{leg.id}",
        name=f"Successor at {row['programme_name']}",
        kind=kind,
        start=PartialDate.of_day(begins),
        end=PartialDate.of_day(begins + _LASTS),
        programme=leg.programme,
    )
