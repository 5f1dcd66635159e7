"""The whole product behind a real browser: demonstration data, a real server, every other host out of reach."""

import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
import waitress
from playwright.sync_api import Browser, Page, Route, sync_playwright

from graph import engine
from importers.scenario.accounts import ACCOUNTS
from tests.browser.chromium import executable
from webapp import create_app, current
from webapp.commands.serve import load
from webapp.settings import Settings

HOST = "127.0.0.1"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
SIGN_INS = {account.role.value: account for account in ACCOUNTS}

Visitor = Callable[..., Page]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the demonstration data; its address."""
    settings = Settings(home=tmp_path_factory.mktemp("home"), secret_key="browser")
    app = create_app(settings)
    with app.app_context():
        load(current.graph(), factor=1)
    server = waitress.create_server(app.wsgi_app, host=HOST, port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://{HOST}:{server.effective_port}"
    server.close()
    with app.app_context():
        current.connection().close()
    engine.stop(settings.engine_folder)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(executable()), args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visitor]:
    """Open a page as a visitor with a window of that width, signed in as that role; `visit(role, width=390)`.

    Every request to another host is refused and remembered, and so is every error of a script: at the end of the
    test there must have been none.
    """
    trouble: list[str] = []
    contexts = []

    def guard(route: Route) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(address).netloc:
            route.continue_()
        else:
            trouble.append(f"asked another host: {route.request.url}")
            route.abort()

    def open_page(role: str = "", width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=address)
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.route("**/*", guard)
        page.on("pageerror", lambda error: trouble.append(f"script error: {error}"))
        page.goto("/")
        if role:
            sign_in(page, role)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []


def sign_in(page: Page, role: str) -> None:
    account = SIGN_INS[role]
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(account.email)
    page.get_by_label("Password").fill(account.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
