"""The graph of one process, opened when first asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.connection import Database
    from webapp.settings import Settings

Progress = Callable[[str], None]


class Connection:
    """The graph of one process, opened when first asked for, so that a command's help starts no engine."""

    def __init__(self, open_graph: Callable[[Progress | None], Database]) -> None:
        self._open = open_graph
        self._lock = threading.Lock()
        self._graph: Database | None = None

    @classmethod
    def to(cls, settings: Settings) -> Connection:
        """A connection to the graph that the settings name."""
        return cls(lambda progress: open_graph(settings, progress))

    def get(self, progress: Progress | None = None) -> Database:
        """The graph, with its constraints in place. Raises Unavailable."""
        from graph import schema  # imports the driver, which commands that ask no graph start without

        with self._lock:
            if self._graph is None:
                graph = self._open(progress)
                schema.bootstrap(graph)
                self._graph = graph
            return self._graph

    def close(self) -> None:
        """Close the graph if it was opened."""
        with self._lock:
            if self._graph:
                self._graph.close()
                self._graph = None


def open_graph(settings: Settings, progress: Progress | None = None) -> Database:
    """Connect as the settings say. Raises Unavailable."""
    from graph.connection import connect, connect_embedded  # as above

    folder = settings.engine_folder
    graph = connect(settings.address) if settings.address else connect_embedded(folder, progress=progress)
    graph.disk_cache = settings.home / "cache"
    graph.cache_seconds = settings.cache_seconds
    return graph
