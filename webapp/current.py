"""What a request works with: the graph of this process and the audience of the viewer."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from flask import Flask, current_app
from flask_login import current_user

from graph.cache.once import state_read_once
from graph.cache.store import MEGABYTE, STORE
from graph.connection import Database, Graph
from graph.domain.accounts import Account
from graph.domain.marks import PUBLIC, Audience
from graph.errors import NotAllowed
from webapp.connection import Connection, open_graph
from webapp.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def install(app: Flask, settings: Settings, graph: Database | None) -> None:
    """Give the app its connection: to this graph, or to the one the settings name."""
    app.extensions["baton"] = Connection(lambda progress: graph or open_graph(settings, progress))
    app.extensions["baton-settings"] = settings
    STORE.limit_to(settings.cache_megabytes * MEGABYTE)
    app.wsgi_app = _with_one_state(app.wsgi_app)  # type: ignore[method-assign, assignment]


def _with_one_state(answer: "WSGIApplication") -> "WSGIApplication":
    """The same, asking the graph once a request what has changed since."""

    def answer_with_one_state(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with state_read_once():
            return answer(environ, start_response)

    return answer_with_one_state


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
