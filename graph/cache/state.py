"""The state of a graph at one moment: the versions of its topics, and its last commit."""

import time
from collections.abc import Mapping
from functools import cached_property
from weakref import WeakKeyDictionary

from graph.cache.once import block
from graph.connection import Graph
from graph.domain.topics import Topic

Versions = tuple[tuple[str, str | None], ...]
"""Topics with their versions, None for a topic nobody wrote to."""

_COMMITS: WeakKeyDictionary[Graph, tuple[str, float]] = WeakKeyDictionary()  # the last one seen, and when


class GraphState:
    """What the graph tells of itself. What is read after this is at least as new as `versions` and `commit` say."""

    def __init__(self, graph: Graph) -> None:
        """Ask the graph for its versions. Raises Unavailable."""
        self._graph = graph
        self.write = graph.latest_write
        self.at = time.monotonic()
        self.versions: Mapping[str, str] = graph.versions()

    @cached_property
    def commit(self) -> str:
        """The last commit, whoever made it; asked for where it is needed, because it may cost a statement."""
        now = time.monotonic()
        found = self._graph.last_commit()
        _COMMITS[self._graph] = found, now
        return found

    def versions_of(self, topics: Topic) -> Versions:
        """The versions of these topics."""
        return tuple((name, self.versions.get(name)) for name in topics.names)

    def has(self, versions: Versions) -> bool:
        """Whether these are the versions of their topics."""
        return all(self.versions.get(name) == version for name, version in versions)

    def trusts(self, at: float, commit: str) -> bool:
        """Whether what was read at that time and last commit is recent enough, or nobody has committed since.

        A commit that was seen a short time ago is not asked for again.
        """
        if self._is_recent(at):
            return True
        seen, when = _COMMITS.get(self._graph, ("", at))
        if seen == commit != "" and self._is_recent(when):
            return True
        return self.commit == commit != ""

    def _is_recent(self, at: float) -> bool:
        return self.at - at < self._graph.cache_seconds


def state_of(graph: Graph) -> GraphState:
    """The state of the graph, as old as the block of `state_read_once` at most. Raises Unavailable."""
    asked = block()
    if asked is None:
        return GraphState(graph)
    known = asked.latest.get(graph)
    if known is None or known.write is not graph.latest_write:
        known = asked.latest[graph] = GraphState(graph)
        asked.first.setdefault(graph, known)
    return known
