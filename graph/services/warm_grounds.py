"""Read what officers match on before they ask for it, so that the first look after a write need not wait."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from graph.connection import Graph
from graph.domain.marks import Audience, Role
from graph.errors import GraphError
from graph.services.grounds import ground
from graph.services.weigh_openings import weights_of
from graph.store import openings

_OFFICERS = Audience(Role.OFFICER)
_MOST = 500  # openings; what is measured of each stays in memory
_AT_ONCE = 25  # openings asked about before a viewer who waits for the same ground gets a turn
_PAUSE = 1.0  # seconds; whoever writes in a row is let finish first


def warm(graph: Graph, today: date) -> None:
    """Read and score what a bench of all open openings stands on, as an officer without a record of their own sees it.

    O(people x openings x criteria). Raises Unavailable.
    """
    stand = ground(graph, _OFFICERS, today)
    chosen = openings.open_ids(graph, _OFFICERS, today.isoformat())[:_MOST]
    for first in range(0, len(chosen), _AT_ONCE):
        for ask, need in stand.asked(chosen[first : first + _AT_ONCE]):
            stand.scored(need, weights_of(ask.opening), frozenset())


@contextmanager
def kept_warm(graph: Graph, pause: float = _PAUSE) -> Iterator[None]:
    """Within this, the ground is read anew behind the pages once `pause` seconds have passed without a write."""
    ended = threading.Event()
    threading.Thread(target=_keep, args=(graph, ended, pause), daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def _keep(graph: Graph, ended: threading.Event, pause: float) -> None:
    seen = warmed = None
    while not ended.wait(pause):
        today = datetime.now(UTC).date()
        try:
            now = graph.revision(), today
            if now == seen != warmed:
                warmed = now
                warm(graph, today)
            seen = now
        except GraphError:
            continue  # whoever opens the bench is told; the next write is another chance
