"""The matching snapshot: the people, what openings ask of them and who scores what, kept while these stay the same.

Reading and measuring thousands of people takes seconds and they change rarely, so the snapshot of each viewer is kept
in memory until a write, by whatever process, changes one of them; an opening that changed is measured anew alone.
"""

import threading
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from weakref import WeakKeyDictionary

from cachetools import LRUCache

from graph.cache.memory import Cache
from graph.cache.store import STORE, weight
from graph.connection import Graph
from graph.domain.marks import Audience
from graph.matching.people.needs import OpeningNeed
from graph.matching.scoring.ranking import Measured, Scored, measure
from graph.services.matching.roster import (
    Ask,
    People,
    need_of,
    read_asks,
    read_people,
)

Switches = frozenset[str]
"""The rules that are switched off."""

Weighing = tuple[tuple[str, int], ...]
"""Weights by criterion."""

VIEWERS = 4
"""The viewers who looked last, for whom is read ahead."""

_WEIGHINGS = 16  # openings of one's own weights share one; a slider makes a new one at every move


class _MeasuredOpening:
    """What was measured for an opening that needs just this, and the points by the weights asked for last."""

    def __init__(self, need: OpeningNeed, measured: Measured) -> None:
        self.need = need
        self._measured = measured
        self._scored: LRUCache[Weighing, Scored] = LRUCache(_WEIGHINGS)

    @property
    def size(self) -> int:
        """Bytes, of the points as many as there will be at most."""
        return weight(self._measured) + _WEIGHINGS * 8 * len(self._measured.people)

    def scored(self, weights: Mapping[str, int]) -> Scored:
        """The points by these weights."""
        weighing = tuple(sorted(weights.items()))
        if weighing not in self._scored:
            self._scored[weighing] = self._measured.weighed(weights)
        return self._scored[weighing]


class MatchingSnapshot:
    """The people a viewer may match on a day, and everything already asked about them. Safe between threads."""

    def __init__(self, graph: Graph, audience: Audience, today: date) -> None:
        self._graph = graph
        self._audience = audience
        self._lock = threading.Lock()
        self._token = object()  # what is kept of this must not keep all of it
        self._asked: dict[str, tuple[Ask, OpeningNeed]] = {}
        self.people: People = read_people(graph, audience, today)

    def asked(self, ids: Sequence[str]) -> list[tuple[Ask, OpeningNeed]]:
        """What these openings ask, in the order of the ids. Raises NotFound for the first that is not there."""
        key = self._audience, tuple(ids)
        asks = _ASKS.fetch(self._graph, key, partial(read_asks, self._graph, self._audience, sorted(set(ids))))
        found = {ask.opening.id: self._need(ask) for ask in asks}
        return [found[id_] for id_ in ids]

    def _need(self, ask: Ask) -> tuple[Ask, OpeningNeed]:
        """What an opening asks of these people: another object, for which nothing is measured, once it changed."""
        id_ = ask.opening.id
        with self._lock:
            if id_ not in self._asked or self._asked[id_][0] != ask:
                self._asked[id_] = ask, need_of(self.people, ask)
            return self._asked[id_]

    def scored(self, need: OpeningNeed, weights: Mapping[str, int], switched_off: frozenset[str]) -> Scored:
        """Everybody scored for a need that was `asked`.

        O(people x criteria) the first time, O(eligible x criteria) for other weights, O(1) for the same.
        """
        with self._lock:
            return self._measured(need, switched_off).scored(weights)

    def _measured(self, need: OpeningNeed, switched_off: Switches) -> _MeasuredOpening:
        place = self._token, need.id, switched_off
        before: _MeasuredOpening | None = STORE.get(place)
        if before is not None and before.need is need:
            return before
        found = _MeasuredOpening(need, measure(self.people.roster, need, switched_off))
        STORE.put(place, found, found.size, instead_of=before)
        return found


_CACHE: Cache[tuple[Audience, date], MatchingSnapshot] = Cache()
_ASKS: Cache[tuple[Audience, tuple[str, ...]], tuple[Ask, ...]] = Cache()


_LOOKED: WeakKeyDictionary[Graph, LRUCache[Audience, None]] = WeakKeyDictionary()
_LOCK = threading.Lock()


def matching_snapshot(graph: Graph, audience: Audience, today: date) -> MatchingSnapshot:
    """The snapshot as the graph is now: the one kept where the people are the same, else read. Raises Unavailable."""
    with _LOCK:
        looked = _LOOKED.setdefault(graph, LRUCache(VIEWERS))
        looked.pop(audience, None)  # so that the latest is the last
        looked[audience] = None
    return _CACHE.fetch(graph, (audience, today), partial(MatchingSnapshot, graph, audience, today))


def read_ahead_snapshot(graph: Graph, audience: Audience, today: date) -> MatchingSnapshot:
    """The same for a viewer who has not looked yet."""
    return _CACHE.fetch(graph, (audience, today), partial(MatchingSnapshot, graph, audience, today))


def latest_viewers(graph: Graph) -> list[Audience]:
    """Those who looked last, the latest last."""
    with _LOCK:
        return list(_LOOKED.get(graph, ()))
