"""The application over a small world, with an account for each role."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from graph.connection import Graph
from graph.domain.marks import Role
from graph.services.ingest import ingest
from tests.factories import a_small_world, account
from webapp import create_app
from webapp.settings import Settings

PASSWORD = "correct horse battery"
PASSWORD_HASH = PasswordHasher().hash(PASSWORD)
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_OWN = {Role.MEMBER: {"expert": "ben"}, Role.HOST: {"institution": "cert-tg"}}

ClientFor = Callable[[Role], FlaskClient]


def address(role: Role) -> str:
    return f"{role.value}@example.org"


def token(client: FlaskClient, page: str) -> str:
    """The cross-site token of a form on that page."""
    found = _TOKEN.search(client.get(page).text)
    assert found, f"no form on {page}"
    return found[1]


def sign_in(client: FlaskClient, email: str, password: str, *, then: str = "") -> int:
    """Send the sign-in form as a browser would; the status of the answer."""
    page = f"/sign-in?next={then}" if then else "/sign-in"
    form = {"csrf_token": token(client, page), "email": email, "password": password}
    return client.post(page, data=form).status_code


@pytest.fixture
def app(graph: Graph, tmp_path: Path) -> Flask:
    accounts = [
        account(
            id=f"account-{role.value}",
            email=address(role),
            name=f"A {role.value}",
            role=role,
            password_hash=PASSWORD_HASH,
            **_OWN.get(role, {}),
        )
        for role in Role
        if role is not Role.PUBLIC
    ]
    ingest(graph, "tests", [*a_small_world(), *accounts])
    return create_app(Settings(home=tmp_path, secret_key="for tests only"), graph)


@pytest.fixture
def client_for(app: Flask) -> ClientFor:
    """A browser of somebody with that role, signed in through the form; for the public just a browser."""

    def client(role: Role) -> FlaskClient:
        browser = app.test_client()
        if role is not Role.PUBLIC:
            assert sign_in(browser, address(role), PASSWORD) == 302
        return browser

    return client
