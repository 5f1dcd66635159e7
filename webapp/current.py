"""What a request works with: the graph of this process and the audience of the viewer."""

from datetime import UTC, date, datetime

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from graph.cache.once import in_one_state, state_read_once
from graph.cache.store import MEGABYTE, STORE
from graph.connection import Database, Graph
from graph.domain.accounts import Account
from graph.domain.marks import PUBLIC, Audience
from graph.errors import NotAllowed
from webapp.connection import Connection, open_graph
from webapp.settings import Settings


class App(Flask):
    """The application, whose requests ask the graph once what has changed since the last one."""

    def dispatch_request(self) -> ResponseReturnValue:
        """The answer to the request; what only reads is read again where a write came in between."""
        if request.method in ("GET", "HEAD"):
            return in_one_state(super().dispatch_request)
        with state_read_once():
            return super().dispatch_request()


def install(app: Flask, settings: Settings, graph: Database | None) -> None:
    """Give the app its connection: to this graph, or to the one the settings name."""
    app.extensions["baton"] = Connection(lambda progress: graph or open_graph(settings, progress))
    app.extensions["baton-settings"] = settings
    STORE.limit_to(settings.cache_megabytes * MEGABYTE)


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
