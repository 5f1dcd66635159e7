"""What matching stands on: the people, what openings ask of them and who scores what, kept while the graph rests.

Reading thousands of people takes seconds and the graph changes rarely, so each viewer's ground is kept in memory for
one revision of the graph: after any write, by whatever process, everything is read anew.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import date

from graph.connection import Graph
from graph.domain.marks import Audience
from graph.matching.needs import Need
from graph.matching.ranking import Scored, score
from graph.services.rosters import Ask, People, need_of, read_asks, read_people
from graph.services.shelves import Shelves

Weighing = tuple[tuple[tuple[str, int], ...], frozenset[str]]
"""Weights by criterion, and the rules that are switched off."""

_GROUNDS = 4  # viewers of different rights at one time
_WEIGHINGS = 64  # openings of one's own weights share one; a slider makes a new one at every move


class Ground:
    """The people a viewer may match on a day, and everything already asked about them. Safe between threads."""

    def __init__(self, graph: Graph, audience: Audience, today: date) -> None:
        self._graph = graph
        self._audience = audience
        self._lock = threading.Lock()
        self._asked: dict[str, tuple[Ask, Need]] = {}
        self._scored: OrderedDict[Weighing, dict[str, Scored]] = OrderedDict()
        self.people: People = read_people(graph, audience, today)

    def asked(self, ids: Sequence[str]) -> list[tuple[Ask, Need]]:
        """What these openings ask, in the order of the ids. Raises NotFound for the first that is not there."""
        with self._lock:
            unread = sorted({id_ for id_ in ids if id_ not in self._asked})
            for ask in read_asks(self._graph, self._audience, unread) if unread else ():
                self._asked[ask.opening.id] = ask, need_of(self.people, ask)
            return [self._asked[id_] for id_ in ids]

    def scored(self, need: Need, weights: Mapping[str, int], switched_off: frozenset[str]) -> Scored:
        """Everybody scored for a need that was `asked`. O(people x criteria) the first time."""
        weighing = tuple(sorted(weights.items())), switched_off
        with self._lock:
            known = self._scored.setdefault(weighing, {})
            self._scored.move_to_end(weighing)
            if len(self._scored) > _WEIGHINGS:
                self._scored.popitem(last=False)
            if need.id not in known:
                known[need.id] = score(self.people.roster, need, weights, switched_off)
            return known[need.id]


_SHELVES: Shelves[Ground] = Shelves(_GROUNDS)


def ground(graph: Graph, audience: Audience, today: date) -> Ground:
    """The ground as the graph stands now: the one kept since the last write, else read. Raises Unavailable."""
    return _SHELVES.fetch(graph, (audience, today), lambda: Ground(graph, audience, today))
