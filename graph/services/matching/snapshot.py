"""What matching stands on: the people, what openings ask of them and who scores what, kept while these stand still.

Reading and measuring thousands of people takes seconds and they change rarely, so each viewer's ground is kept in
memory until a write, by whatever process, changes one of them; an opening that changed is measured anew alone.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

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
from graph.shelves import VIEWERS, Shelves

Key = TypeVar("Key")
Made = TypeVar("Made")

Switches = frozenset[str]
"""The rules that are switched off."""

Weighing = tuple[tuple[tuple[str, int], ...], Switches]
"""Weights by criterion, and the rules that are switched off."""

_SELECTIONS = 16  # of openings
_SWITCHES = 4  # what was measured fills most of the memory
_WEIGHINGS = 16  # openings of one's own weights share one; a slider makes a new one at every move


class MatchingSnapshot:
    """The people a viewer may match on a day, and everything already asked about them. Safe between threads."""

    def __init__(self, graph: Graph, audience: Audience, today: date) -> None:
        self._graph = graph
        self._audience = audience
        self._lock = threading.Lock()
        self._asked: dict[str, tuple[Ask, OpeningNeed]] = {}
        self._measured: OrderedDict[Switches, dict[str, Measured]] = OrderedDict()
        self._scored: OrderedDict[Weighing, dict[str, Scored]] = OrderedDict()
        self.people: People = read_people(graph, audience, today)

    def asked(self, ids: Sequence[str]) -> list[tuple[Ask, OpeningNeed]]:
        """What these openings ask, in the order of the ids. Raises NotFound for the first that is not there."""
        key = self._audience, tuple(ids)
        asks = _ASKS.fetch(self._graph, key, lambda: read_asks(self._graph, self._audience, sorted(set(ids))))
        found = {ask.opening.id: self._need(ask) for ask in asks}
        return [found[id_] for id_ in ids]

    def _need(self, ask: Ask) -> tuple[Ask, OpeningNeed]:
        """What an opening asks of these people; what was measured for it as it stood before is forgotten."""
        id_ = ask.opening.id
        with self._lock:
            if id_ not in self._asked or self._asked[id_][0] != ask:
                for measured in self._measured.values():
                    measured.pop(id_, None)
                for scored in self._scored.values():
                    scored.pop(id_, None)
                self._asked[id_] = ask, need_of(self.people, ask)
            return self._asked[id_]

    def scored(self, need: OpeningNeed, weights: Mapping[str, int], switched_off: frozenset[str]) -> Scored:
        """Everybody scored for a need that was `asked`.

        O(people x criteria) the first time, O(eligible x criteria) for other weights, O(1) for the same.
        """
        weighing = tuple(sorted(weights.items())), switched_off
        with self._lock:
            known = _latest(self._scored, weighing, _WEIGHINGS)
            if need.id not in known:
                known[need.id] = self._measure(need, switched_off).weighed(weights)
            return known[need.id]

    def _measure(self, need: OpeningNeed, switched_off: Switches) -> Measured:
        known = _latest(self._measured, switched_off, _SWITCHES)
        if need.id not in known:
            known[need.id] = measure(self.people.roster, need, switched_off)
        return known[need.id]


def _latest(kept: OrderedDict[Key, dict[str, Made]], key: Key, most: int) -> dict[str, Made]:
    """What is kept under this key, which now is the latest of at most so many."""
    found = kept.setdefault(key, {})
    kept.move_to_end(key)
    if len(kept) > most:
        kept.popitem(last=False)
    return found


_SHELVES: Shelves[tuple[Audience, date], MatchingSnapshot] = Shelves(VIEWERS)
_ASKS: Shelves[tuple[Audience, tuple[str, ...]], tuple[Ask, ...]] = Shelves(_SELECTIONS)


def matching_snapshot(graph: Graph, audience: Audience, today: date) -> MatchingSnapshot:
    """The ground as the graph stands now: the one kept where the people are the same, else read. Raises Unavailable."""
    return _SHELVES.fetch(graph, (audience, today), lambda: MatchingSnapshot(graph, audience, today))


def audiences(graph: Graph) -> list[Audience]:
    """Those whose ground is kept, or was before the last write."""
    return [audience for audience, _ in _SHELVES.keys(graph)]
