"""Read what viewers match on before they ask for it, so that the first look after a write need not wait."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from graph.cache.once import in_one_state
from graph.cache.store import STORE
from graph.connection import Graph
from graph.domain.marks import PLANNER, Audience, Role
from graph.errors import GraphError
from graph.services.matching.snapshot import VIEWERS, latest_viewers, read_ahead_snapshot
from graph.services.matching.weigh import weights_of
from graph.store import accounts, openings

_MATCHERS = (Role.OFFICER, Role.HOST, Role.ADMIN)
_MOST = 500  # openings; what is measured of each stays in memory
_PAUSE = 1.0  # seconds; whoever writes in a row is let finish first


def warm(graph: Graph, today: date) -> None:
    """Read and score what a plan of all open openings needs, for whoever looked lately or may look.

    O(viewers x people x openings x criteria) where all of it changed. Ends where memory would have to forget something
    for it. Raises Unavailable.
    """
    in_one_state(lambda: _warm_all(graph, today))


def _warm_all(graph: Graph, today: date) -> None:
    for audience in _viewers(graph):
        _warm(graph, audience, today)


def _warm(graph: Graph, audience: Audience, today: date) -> None:
    snapshot = read_ahead_snapshot(graph, audience, today)
    chosen = openings.open_ids(graph, audience, today.isoformat())[:_MOST]
    for ask, need in snapshot.asked(chosen):
        if STORE.is_nearly_full:
            return
        snapshot.scored(need, weights_of(ask.opening), frozenset())


def _viewers(graph: Graph) -> list[Audience]:
    """Those who looked, the last first, then officers, then whoever else has an account to match with."""
    looked, may_look = reversed(latest_viewers(graph)), accounts.viewers(graph, _MATCHERS, VIEWERS)
    return list(dict.fromkeys((*looked, PLANNER, *may_look)))[:VIEWERS]


@contextmanager
def kept_warm(graph: Graph, pause: float = _PAUSE) -> Iterator[None]:
    """Within this block, snapshots are read anew behind the pages once `pause` seconds have passed without a write."""
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
            now = graph.versions(), today
            if now == seen != warmed:
                warm(graph, today)
                warmed = now
            seen = now
        except GraphError:
            continue  # whoever opens the bench is told; the next write is another chance
