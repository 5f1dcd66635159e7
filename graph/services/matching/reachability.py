"""Which institutions a capability can have reached, and to which it would newly come through a host.

An institution has a capability where a centre of excellence offers it or where it has passed it on in an engagement.
From there it travels with every engagement about it, as `evolution.paths` has it. What people say of themselves does
not count here: somebody who left something out would else seem to bring more.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from graph.cache.store import STORE, weight
from graph.domain.labels import Label
from graph.evolution.log.ties import (
    OPEN,
    TieColumns,
    TieLog,
    tie_log,
)
from graph.evolution.paths.paths import (
    Arrivals,
    Hop,
    earliest_arrival,
    path_to,
)
from graph.services.transfers.transfers import Transfer

HORIZON = timedelta(days=5 * 365).days
"""Days before an opening ends within which a host shows to whom it passes on what it has."""

EPOCH = date(1970, 1, 1).toordinal()
"""The day from which `PathLeg` counts, as an ordinal."""

_EVER = -EPOCH  # a day before all others: when an institution came by what it has is not asked
_ORIGIN = ""  # the capability itself, from which all who have it received it


@dataclass(frozen=True, slots=True)
class PathLeg:
    """One engagement on a path: who gave to whom, from when until when (days since 1970, the end exclusive)."""

    kind: Label
    engagement: str
    giver: str
    receiver: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Opened:
    """Whom a capability newly reaches through a host: of `among`, itself included, `new` had no path to it.

    `known` is the earliest path by which the institution has it already; empty where there is none.
    """

    new: int
    among: int
    known: tuple[PathLeg, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Spread:
    """All ties about one capability, and when it can have come to each institution."""

    log: TieLog
    index: Mapping[str, int]
    ties: Sequence[Transfer | None]
    arrivals: Arrivals

    def reaches(self, actor: str) -> bool:
        """Whether a path leads there from those who have the capability."""
        return actor in self.index and bool(self.arrivals.day[self.index[actor]] != OPEN)

    def known(self, actor: str) -> tuple[PathLeg, ...]:
        """The earliest path to an actor that it reaches."""
        hops = path_to(self.log, self.arrivals, self.index[actor])
        return tuple(found for hop in hops if (found := self.leg(hop)))

    def leg(self, hop: Hop) -> PathLeg | None:
        tie = self.ties[int(self.log.origin[hop.row])]
        return PathLeg(tie.kind, tie.engagement, hop.giver, hop.receiver, hop.start, hop.end) if tie else None


class Reachability:
    """Follows one capability from those who have it and remembers it: one pass each, whoever may be sent."""

    def __init__(self, transfers: Sequence[Transfer], about: Mapping[str, Set[str]]) -> None:
        """`about` names the engagements about each capability."""
        self._about = about
        self._token = object()  # what is kept of this must not keep all of it
        self._of: dict[str, list[Transfer]] = defaultdict(list)
        self._given: dict[str, list[tuple[str, Transfer]]] = defaultdict(list)
        for transfer in transfers:
            self._of[transfer.engagement].append(transfer)
            self._given[transfer.source].append((transfer.target, transfer))
            if transfer.mutual:
                self._given[transfer.target].append((transfer.source, transfer))

    def opened(self, capability: str, holders: frozenset[str], institution: str, day: int) -> Opened:
        """Whom it newly reaches to bring here, by that day (an ordinal), what `holders` have.

        These are the host and whomever it passed anything on to within `HORIZON` before that day, as far as no path
        leads there yet from those who have the capability. O(ties about it + ties of the host).
        """
        spread, day = self._spread(capability, holders), day - EPOCH
        given = self._given.get(institution, ())
        circle = {institution, *(to for to, tie in given if tie.start < day and tie.end > day - HORIZON)}
        new = {actor for actor in circle if not spread.reaches(actor)}
        return Opened(len(new), len(circle), () if institution in new else spread.known(institution))

    def _spread(self, capability: str, holders: frozenset[str]) -> _Spread:
        place = self._token, capability, holders
        found: _Spread | None = STORE.get(place)
        if found is None:
            found = self._follow(capability, holders)
            STORE.put(place, found, weight((found.log, found.index, found.arrivals)))
        return found

    def _follow(self, capability: str, holders: frozenset[str]) -> _Spread:
        about = sorted(self._about.get(capability, frozenset()) & self._of.keys())
        found = [transfer for engagement in about for transfer in self._of[engagement]]
        holders |= {tie.source for tie in found}
        actors = sorted({_ORIGIN, *holders, *(tie.target for tie in found)})
        index = {actor: place for place, actor in enumerate(actors)}
        columns = TieColumns(
            source=[index[_ORIGIN]] * len(holders) + [index[tie.source] for tie in found],
            target=[index[holder] for holder in sorted(holders)] + [index[tie.target] for tie in found],
            start=[_EVER] * len(holders) + [tie.start for tie in found],
            end=[_EVER + 1] * len(holders) + [tie.end for tie in found],
            mutual=[False] * len(holders) + [tie.mutual for tie in found],
        )
        log = tie_log(actors, columns)
        arrivals = earliest_arrival(log, index[_ORIGIN], _EVER)
        return _Spread(log, index, (*[None] * len(holders), *found), arrivals)
