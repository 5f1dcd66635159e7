"""Which institutions a capability can have reached by now, over paths that never run against time.

An institution has a capability where a centre of excellence offers it or where it has passed it on in an engagement.
From there it travels with every engagement about it, as `evolution.paths` has it. What people say of themselves does
not count here: somebody who left something out would else seem to bring more.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

import numpy as np

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
    """Whom a capability newly reaches through an institution: of `among` that can be reached, `new` had no path to it.

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
        for transfer in transfers:
            self._of[transfer.engagement].append(transfer)

    def opened(self, capability: str, holders: frozenset[str], institution: str, day: int) -> Opened:
        """Whom it newly reaches to bring here, by that day (an ordinal), what `holders` have. O(ties about it)."""
        spread = self._spread(capability, holders)
        place = spread.index.get(institution)
        if place is None:
            return Opened(1, 1, ())
        onward = earliest_arrival(spread.log, place, day - EPOCH).carrier >= 0
        onward[place] = True
        unreached = spread.arrivals.day == OPEN
        hops = () if unreached[place] else path_to(spread.log, spread.arrivals, place)
        known = tuple(leg for hop in hops if (leg := spread.leg(hop)))
        return Opened(int(np.count_nonzero(onward & unreached)), int(np.count_nonzero(onward)), known)

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
