"""The application over a small world, with an account for each role."""

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.marks import Role
from graph.services.imports.ingest import ingest
from tests.factories import a_small_world, account
from tests.web.browsers import PASSWORD, SIGNED_IN, ClientFor, address, sign_in
from webapp import create_app
from webapp.settings import Settings

PASSWORD_HASH = PasswordHasher().hash(PASSWORD)
_OWN = {Role.MEMBER: {"expert": "ben"}, Role.HOST: {"institution": "cert-tg"}}


@pytest.fixture
def graph(fresh: Graph) -> Graph:
    """The embedded engine alone: catalogue, store and services run on both, and pages add no statement of their own."""
    return fresh


@pytest.fixture
def app(graph: Graph, tmp_path: Path) -> Flask:
    return app_over(graph, tmp_path)


def app_over(graph: Graph, home: Path) -> Flask:
    """The application over the small world in an empty graph."""
    ingest(graph, "tests", [*a_small_world(), *(_account(role) for role in SIGNED_IN)])
    return create_app(Settings(home=home, secret_key="for tests only"), graph)


@pytest.fixture
def client_for(app: Flask) -> ClientFor:
    return clients_of(app)


def clients_of(app: Flask) -> ClientFor:
    """A browser of somebody with that role, signed in through the form; for the public just a browser."""

    def client(role: Role) -> FlaskClient:
        browser = app.test_client()
        if role is not Role.PUBLIC:
            assert sign_in(browser, address(role), PASSWORD) == (302, "/")
        return browser

    return client


def _account(role: Role) -> Account:
    return account(
        id=f"account-{role.value}",
        email=address(role),
        name=f"The {role.value}",
        role=role,
        password_hash=PASSWORD_HASH,
        **_OWN.get(role, {}),
    )
