"""The real server for benchmarks of pages, a reader who has signed in, and the browser that looks."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import waitress
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from graph import engine
from graph.domain.accounts import Account
from graph.domain.marks import Role
from graph.services.imports.ingest import ingest
from tests.browser.chromium import executable
from webapp import create_app, current
from webapp.settings import Settings

HOST = "127.0.0.1"
PATIENCE = 180_000
"""Milliseconds until a page that does not come is given up."""

SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
"""Waits for the second frame from now."""

_READER = "benchmark"
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--enable-precise-memory-info")


def application(folder: Path, role: Role) -> Flask:
    """The application over an empty graph, with one reader of that role."""
    app = create_app(Settings(home=folder, secret_key=_READER))
    app.login_manager.session_protection = None  # type: ignore[attr-defined]
    account = Account(
        id=_READER,
        email="reader@benchmark.example",
        name="Reader",
        role=role,
        password_hash="none",  # noqa: S106 -- nobody signs in with it
    )
    with app.app_context():
        ingest(current.graph(), _READER, [account])
    return app


@contextmanager
def served(app: Flask, folder: Path) -> Iterator[str]:
    """The address of the application while it is served; its engine ends with it."""
    server = waitress.create_server(app.wsgi_app, host=HOST, port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://{HOST}:{server.effective_port}"
    server.close()
    with app.app_context():
        current.connection().close()
    engine.stop(folder / "engine")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that draws in software."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(executable()), args=list(_FLAGS))
        yield browser
        browser.close()


def signed_in(browser: Browser, app: Flask, address: str) -> BrowserContext:
    """A window of the reader, as if they had signed in."""
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    context = browser.new_context(base_url=address, reduced_motion="reduce")
    cookie = str(signer.dumps({"_user_id": _READER, "_fresh": True}))
    context.add_cookies([{"name": "session", "value": cookie, "url": address}])
    context.set_default_timeout(PATIENCE)
    return context
