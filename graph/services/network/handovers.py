"""Handovers: engagements that end soon without a successor, and people who could take over."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

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
    RelayLeg,
    drops,
)
from graph.matching.scoring.ranking import Scored, candidates_of, first_places, score
from graph.services.matching.roster import Ask, People, need_of
from graph.services.matching.snapshot import matching_snapshot
from graph.services.network.local_people import SHORT_OF, UNRATED, LocalLearner, LocalPeople, read_locals
from graph.store import programmes
from graph.store import relays as store

LONGEST = 60
_LOOKED_BACK, _MONTHS = timedelta(days=365), 18
_LASTS = timedelta(days=182)


@dataclass(frozen=True, slots=True)
class HandoverQuery:
    """Ends from `on` to as many months later; up to `candidates` people for each, 0 where no names may be shown.

    `programme` is the one to watch, all where it is empty. `today` is the day as of which people are looked at, `on`
    where none is given.
    """

    on: date
    months: int = 6
    candidates: int = 0
    programme: str = ""
    today: date | None = None

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
    """A capability left behind, the levels where the programme rates it, and who at the owner is learning it now."""

    id: str
    name: str
    level: float | None
    target: float | None
    on_the_way: tuple[LocalLearner, ...] = ()

    @property
    def aim(self) -> float:
        """The target, or what stands for it where the programme never rated it."""
        return UNRATED if self.target is None else self.target


@dataclass(frozen=True, slots=True)
class Successor:
    """Somebody who can take all of it to its target, with points of 10,000 by the usual weights and the gaps closed."""

    expert: str
    name: str
    points: int
    closes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relay:
    """An engagement whose last day is `end`; `carrier` is empty where this viewer may not see the person.

    `dropped` are the capabilities left behind, those that the programme never rated last.
    """

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

    @property
    def on_the_way(self) -> bool:
        """Whether somebody at the owner is learning all that it leaves behind."""
        return bool(self.dropped) and all(each.on_the_way for each in self.dropped)


@dataclass(frozen=True, slots=True)
class Watch:
    """The relays by their end, out of how many engagements that end in these months."""

    on: str
    until: str
    ending: int
    relays: tuple[Relay, ...]


_CACHE: Cache[tuple[Audience, HandoverQuery], Watch] = Cache()


def watch_relays(graph: Graph, audience: Audience, query: HandoverQuery) -> Watch:
    """What ends without an overlapping successor and without a local, known to this viewer, who has taken over.

    A local works at the owner and is known to hold the capability at the target less one (level 3 less one where nobody
    rated it), or practised it in two other engagements that ended within four years before. One course is not enough;
    who is mentored in it now is on the way, and named. Successors come from matching an opening that would begin the
    day after and last half a year: those who may be asked, state the target of all that is dropped and are known to
    close its open gaps. Kept while nothing it was read from changes. Raises InvalidValue.
    """
    return _CACHE.fetch(graph, (audience, query), lambda: _watch(graph, audience, query))


def watch_programme(
    graph: Graph, audience: Audience, programme: str, today: date, candidates: int = 0
) -> tuple[Relay, ...]:
    """The engagements of one programme that end without a successor, from a year ago to half a year ahead."""
    query = HandoverQuery(today - _LOOKED_BACK, _MONTHS, candidates, programme, today)
    return watch_relays(graph, audience, query).relays


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
    targets = {id_: {row["capability"]: row["target"] for row in ratings[id_]} for id_ in ids}
    people = read_locals(graph, audience, targets, query.today or query.on)
    found = drops(legs, first, last, people.able)
    named = store.capability_names(graph, sorted({each for drop in found for each in drop.capabilities}))
    roster = matching_snapshot(graph, audience, query.today or query.on).people if query.candidates and found else None
    relays = []
    for drop in found:
        dropped = _left_behind(drop, named, ratings[drop.leg.programme], people)
        ask = _ask(rows[drop.leg.id], drop.leg, dropped, ratings[drop.leg.programme])
        relays.append(_relay(rows[drop.leg.id], dropped, _successors(roster, ask, dropped, query.candidates)))
    return Watch(on=query.on.isoformat(), until=until.isoformat(), ending=len(ending), relays=tuple(relays))


Ratings = Mapping[str, Sequence[Row]]


def _leg(row: Row) -> RelayLeg:
    start = day_of(date.fromisoformat(row["first"]))
    end = day_of(date.fromisoformat(row["last"])) + 1 if row["last"] else OPEN
    return RelayLeg(row["id"], row["programme"], start, end, frozenset(row["capabilities"]))


def _left_behind(
    drop: Drop, named: Mapping[str, str], ratings: Sequence[Row], people: LocalPeople
) -> tuple[Dropped, ...]:
    """What a leg leaves behind: the widest gap first, and what the programme never rated last."""
    rated = {row["capability"]: (row["level"], row["target"]) for row in ratings}
    found = []
    for each in drop.capabilities:
        if each:
            learning = {one.expert: one for one in people.learning.get((drop.leg.programme, each), ())}
            level, target = rated.get(each, (None, None))
            found.append(Dropped(each, named[each], level, target, tuple(learning.values())))
    return tuple(sorted(found, key=_by_gap))


def _by_gap(dropped: Dropped) -> tuple[bool, float, str]:
    gap = dropped.target - dropped.level if dropped.target is not None and dropped.level is not None else 0.0
    return dropped.target is None, -gap, dropped.id


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
    at = f"level {dropped.aim - SHORT_OF:g}, one short of the {'usual ' if dropped.target is None else ''}target"
    able = f"nobody at the owner is known to hold it at {at}, or has practised it twice of late"
    if not dropped.on_the_way:
        return able
    who = " and ".join(each.name for each in dropped.on_the_way)
    return f"{able}; {who} {'is' if len(dropped.on_the_way) == 1 else 'are'} learning it here now: on the way"


def _ask(row: Row, leg: RelayLeg, dropped: Sequence[Dropped], ratings: Sequence[Row]) -> Ask:
    """What a successor would be asked: all that is dropped, at its target."""
    needs = [
        {"capability": each.id, "name": each.name, "level": each.aim, "must": True, "weight": 1.0} for each in dropped
    ]
    asked = {**row, "needs": needs, "languages": [], "refused": [row["expert"] or ""]}
    return Ask(_opening(row, leg), asked, tuple(ratings))


def _successors(people: People | None, ask: Ask, dropped: Sequence[Dropped], top: int) -> tuple[Successor, ...]:
    """The best of those who are known to close every open gap that is left."""
    if people is None:
        return ()
    need = need_of(people, ask)
    scored = score(people.roster, need)
    able = np.ones(len(scored.people), np.bool_)
    for each in dropped:
        if each.level is not None and each.target is not None and each.level < each.target:
            able &= people.roster.known[scored.people, people.capabilities.index[each.id]] >= each.target
    kept = Scored(scored.people[able], scored.points[able], scored.values[:, able], scored.eligibility)
    best = first_places(kept.points, people.roster.id_rank[kept.people], top)
    return tuple(
        Successor(
            expert=people.experts.ids[each.person],
            name=people.experts.names[each.person],
            points=int(each.points),
            closes=tuple(people.capabilities.names[gap.capability] for gap in each.closable_gaps),
        )
        for each in candidates_of(people.roster, need, kept, best, None)
    )


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
