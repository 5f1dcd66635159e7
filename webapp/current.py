"""What a request works with: the graph of this process and the audience of the viewer."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from flask import Flask, current_app
from flask_login import current_user

from graph import schema
from graph.connection import Database, Graph, connect, connect_embedded
from graph.domain.accounts import Account
from graph.domain.marks import PUBLIC, Audience
from graph.errors import NotAllowed
from webapp.settings import Settings

Progress = Callable[[str], None]


class Connection:
    """The graph of one process, opened when first asked for, so that a command's help starts no engine."""

    def __init__(self, open_graph: Callable[[Progress | None], Database]) -> None:
        self._open = open_graph
        self._lock = threading.Lock()
        self._graph: Database | None = None

    def get(self, progress: Progress | None = None) -> Database:
        """The graph, with its constraints in place. Raises Unavailable."""
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


def install(app: Flask, settings: Settings, graph: Database | None) -> None:
    """Give the app its connection: to this graph, or to the one the settings name."""
    app.extensions["baton"] = Connection(lambda progress: graph or open_graph(settings, progress))
    app.extensions["baton-settings"] = settings


def open_graph(settings: Settings, progress: Progress | None = None) -> Database:
    """Connect as the settings say. Raises Unavailable."""
    graph = (
        connect(settings.address) if settings.address else connect_embedded(engine_folder(settings), progress=progress)
    )
    graph.copies = settings.home / "copies"
    return graph


def engine_folder(settings: Settings) -> Path:
    """Where the embedded engine keeps its data."""
    return settings.home / "engine"


def connection() -> Connection:
    """The connection of the running app."""
    found: Connection = current_app.extensions["baton"]
    return found


def graph() -> Graph:
    """The graph of the running app."""
    return connection().get()


def settings() -> Settings:
    """The settings of the running app."""
    found: Settings = current_app.extensions["baton-settings"]
    return found


def today() -> date:
    """The day it is, in Coordinated Universal Time."""
    return datetime.now(UTC).date()


def account() -> Account | None:
    """The signed-in account, None for the public."""
    return current_user.account if current_user.is_authenticated else None


def member() -> Account:
    """The signed-in account. Raises NotAllowed for the public."""
    found = account()
    if found is None:
        raise NotAllowed("Sign in first; this page is about you.")
    return found


def audience() -> Audience:
    """What the viewer of this request may read."""
    signed_in = account()
    return signed_in.audience if signed_in else PUBLIC
