"""Find bridges: programmes in different regions, one past a gap the other has, with no short path between them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

import numpy as np
from numpy.typing import NDArray

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.errors import InvalidValue
from graph.evolution.log.ties import TieLog
from graph.evolution.log.windows import day_of
from graph.evolution.what_if.bridges import (
    Gain,
    gains,
    near,
    newly_reached,
)
from graph.services.capability_levels import read_above
from graph.services.transfers.actors import Level
from graph.services.transfers.filters import WITH_PLANNED
from graph.services.transfers.followed import (
    LogQuery,
    SubjectShare,
    follow,
    narrower_and_broader,
    read_followed,
    read_subject,
    share_of,
)
from graph.services.transfers.log import TransferLog
from graph.store import bridges as store
from graph.store import programmes

HORIZON = 5
"""Years after its end for which a tie still makes a short path."""
LONGEST = 60


@dataclass(frozen=True, slots=True)
class BridgeEnd:
    """One end of a bridge: a programme and the institution that owns it."""

    programme: str
    programme_name: str
    stage: str
    institution: str
    institution_name: str
    country_name: str
    region_name: str


@dataclass(frozen=True, slots=True)
class SharedGap:
    """A capability both rate: `level` and `target` of the receiver, and how far the `giver` is, at least there.

    `newly` counts the institutions whose know-how of it a tie would bring to the receiver for the first time.
    """

    id: str
    name: str
    level: float
    target: float
    giver: float
    newly: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """A tie worth making, from `giver` to `receiver`, and what it would bring.

    `gaps` are those about which no short path leads there. `gain` is that of the one which reaches most newly.
    """

    giver: BridgeEnd
    receiver: BridgeEnd
    gaps: tuple[SharedGap, ...]
    gain: Gain


@dataclass(frozen=True, slots=True)
class Bridges:
    """The first of `pairs` bridges: the most newly reached first, then the widest gaps.

    `subject` says what was asked for, and how many contacts are about it.
    """

    on: str
    horizon: int
    subject: SubjectShare
    pairs: int
    bridges: tuple[Bridge, ...]


@dataclass(frozen=True, slots=True)
class BridgeQuery:
    """The first `top` bridges as of the day `on`, for gaps in `about` (a capability by id or name) or in anything.

    A tie that ended more than `horizon` years before makes no short path. Raises InvalidValue.
    """

    top: int
    on: date
    horizon: int = HORIZON
    about: str = ""

    def __post_init__(self) -> None:
        if self.top < 1:
            raise InvalidValue("top", self.top, "is no number of pairs; give 1 or more")
        if not 1 <= self.horizon <= LONGEST:
            raise InvalidValue("horizon", self.horizon, f"is not a number of years; give 1 to {LONGEST}")

    @property
    def since(self) -> int:
        """The day, since 1970, on which a tie must not have ended yet: so many years before, to the day."""
        day = min(self.on.day, 28) if self.on.month == 2 else self.on.day
        return day_of(date(self.on.year - self.horizon, self.on.month, day))


def find_bridges(graph: Graph, audience: Audience, query: BridgeQuery) -> Bridges:
    """What this viewer may see, by the latest assessment of each programme. Raises InvalidValue for no capability.

    A gap needs a bridge where no short path about it leads from the giver to the receiver: one of at most two ties
    that respects time, neither over for longer than the horizon. What is planned counts, so that nothing is proposed
    that is on its way. O(pairs of programmes that rate the same capability).
    """
    sides = {row["id"]: row for row in store.owned(graph, audience)}
    rated = _rated(programmes.latest_ratings(graph, audience, sorted(sides)))
    subject, asked = read_subject(graph, [query.about]), LogQuery(Level.INSTITUTION, query.on, WITH_PLANNED)
    whole = _with_owners(read_followed(graph, audience, asked), {row["owner"] for row in sides.values()})
    ends, above = _Ends.of(sides, whole.log), read_above(graph)
    codes = [code for code in sorted(rated) if not subject.wanted or code in subject.wanted]
    parts = []
    for place, code in enumerate(codes):
        about = _About(follow(whole, narrower_and_broader([code], above)).log, query)
        parts.append(_far(_gaps_of(rated[code], place, ends), about))
    far = _Gaps.together(parts)
    return Bridges(
        query.on.isoformat(),
        query.horizon,
        share_of(graph, audience, asked, subject),
        len(np.unique(far.pair)),
        tuple(_bridges(far, [rated[code] for code in codes], ends, _About(whole.log, query))),
    )


_Rated = Mapping[str, Mapping[str, Row]]
"""The ratings by capability and programme."""


def _rated(ratings: Sequence[Row]) -> _Rated:
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in ratings:
        found[row["capability"]][row["programme"]] = row
    return found


def _with_owners(read: TransferLog, owners: Set[str]) -> TransferLog:
    """The log with a place for institutions without a transfer: a first tie is what these need most."""
    actors = (*read.log.actors, *sorted(owners - set(read.log.actors)))
    return replace(read, log=replace(read.log, actors=actors))


@dataclass(frozen=True, slots=True, eq=False)
class _Ends:
    """The programmes by id, what is known of them, their regions, and the places of their owners in the log."""

    names: Sequence[str]
    sides: Sequence[Row]
    place: Mapping[str, int]
    region: NDArray[np.intp]
    owner: NDArray[np.intp]

    @classmethod
    def of(cls, sides: Mapping[str, Row], log: TieLog) -> Self:
        names, actor = sorted(sides), {id_: position for position, id_ in enumerate(log.actors)}
        rows = [sides[id_] for id_ in names]
        _, region = np.unique([row["region"] for row in rows], return_inverse=True)
        owner = np.array([actor[row["owner"]] for row in rows], np.intp)
        return cls(names, rows, {id_: position for position, id_ in enumerate(names)}, region, owner)


@dataclass(frozen=True, slots=True, eq=False)
class _Gaps:
    """Columns (k,): who is past which gap of whom, another region's.

    `pair` is giver x programmes + receiver, `ends` (k, 2) the places of their owners, `what` the place of the
    capability, `width` how wide the gap is, and `newly` whom it would newly reach.
    """

    pair: NDArray[np.intp]
    ends: NDArray[np.intp]
    what: NDArray[np.intp]
    width: NDArray[np.float64]
    newly: NDArray[np.int64]

    @classmethod
    def together(cls, parts: Sequence[Self]) -> Self:
        places, counts = np.empty(0, np.intp), np.empty(0, np.int64)
        none = cls(places, np.empty((0, 2), np.intp), places, np.empty(0), counts)
        return cls(*(np.concatenate([getattr(part, name) for part in (none, *parts)]) for name in cls.__slots__))


@dataclass(frozen=True, slots=True)
class _About:
    """The ties about something, and what is asked."""

    log: TieLog
    query: BridgeQuery


def _gaps_of(rows: Mapping[str, Row], what: int, ends: _Ends) -> _Gaps:
    """Who, in another region, is past a gap of whom in one capability; nobody is known to be reached yet."""
    who = np.array([ends.place[id_] for id_ in rows], np.intp)
    level, target = (np.array([row[name] for row in rows.values()], float) for name in ("level", "target"))
    apart = ends.region[who][:, None] != ends.region[who]
    receiver, giver = np.nonzero((level < target)[:, None] & (target[:, None] <= level) & apart)
    return _Gaps(
        who[giver] * len(ends.names) + who[receiver],
        np.stack((ends.owner[who[giver]], ends.owner[who[receiver]]), axis=1),
        np.full(len(giver), what, np.intp),
        (target - level)[receiver],
        np.zeros(len(giver), np.int64),
    )


def _far(gaps: _Gaps, about: _About) -> _Gaps:
    """Those whose giver has no short path to the receiver, with whom a tie would newly reach."""
    recent = about.log.where(about.log.end > about.query.since)
    givers, column = np.unique(gaps.ends[:, 0], return_inverse=True)
    far = ~near(recent, givers.tolist())[gaps.ends[:, 1], column]
    kept = {name: getattr(gaps, name)[far] for name in _Gaps.__slots__}
    newly = newly_reached(about.log, kept["ends"], day_of(about.query.on))
    return _Gaps(**{**kept, "newly": newly})


def _bridges(far: _Gaps, rated: Sequence[Mapping[str, Row]], ends: _Ends, whole: _About) -> Iterator[Bridge]:
    """The most newly reached first, then the widest gaps, then by id."""
    pairs, which = np.unique(far.pair, return_inverse=True)
    newly = np.zeros(len(pairs), np.int64)
    np.maximum.at(newly, which, far.newly)
    width = np.bincount(which, far.width, len(pairs))
    giver, receiver = np.divmod(pairs, max(len(ends.names), 1))
    first = np.lexsort((giver, receiver, -width, -newly))[: whole.query.top]
    owners = np.stack((ends.owner[giver[first]], ends.owner[receiver[first]]), axis=1)
    for pair, gain in zip(first.tolist(), gains(whole.log, owners, day_of(whole.query.on)), strict=True):
        one, other = int(giver[pair]), int(receiver[pair])
        names, rows = (ends.names[one], ends.names[other]), np.flatnonzero(which == pair).tolist()
        gaps = tuple(_gap(rated[far.what[row]], *names, int(far.newly[row])) for row in rows)
        yield Bridge(_side(ends.sides[one]), _side(ends.sides[other]), gaps, replace(gain, newly=int(newly[pair])))


def _gap(rows: Mapping[str, Row], giver: str, receiver: str, newly: int) -> SharedGap:
    row = rows[receiver]
    return SharedGap(row["capability"], row["name"], row["level"], row["target"], rows[giver]["level"], newly)


def _side(row: Row) -> BridgeEnd:
    names = ("stage", "owner_name", "country_name", "region_name")
    stage, owner_name, country_name, region_name = (row[name] for name in names)
    return BridgeEnd(row["id"], row["name"], stage, row["owner"], owner_name, country_name, region_name)
