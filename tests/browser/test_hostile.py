"""Records full of scripts, in the browser: none of them ever runs, on the pages that scripts of ours write on too."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import waitress
from playwright.sync_api import Browser, expect

from graph.connection import Graph
from graph.domain.marks import Role
from graph.services.imports.ingest import ingest
from tests.browser.conftest import HOST
from tests.hostile import hostile_records
from tests.web.browsers import PASSWORD, address
from tests.web.conftest import app_over

PAGES = (
    "/network?level=person&colour=community&at=2020&to=2024",
    "/network?level=institution&colour=kind",
    "/network/map",
    "/network/lineage?of=bad",
    "/network/lineage/picture?of=bad",
    "/network/around?of=bad&level=person&at=2020",
    "/network/what-if?without=bad&level=person",
    "/experts/bad",
    "/openings/bad-opening",
    "/match",
)


@pytest.fixture
def hostile_address(fresh: Graph, tmp_path: Path) -> Iterator[str]:
    app = app_over(fresh, tmp_path)
    ingest(fresh, "hostile", hostile_records())
    server = waitress.create_server(app.wsgi_app, host=HOST, port=0, threads=2)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://{HOST}:{server.effective_port}"
    server.close()


def test_no_stored_script_ever_runs(browser: Browser, hostile_address: str) -> None:
    context = browser.new_context(base_url=hostile_address)
    page = context.new_page()
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: ran.append(str(error)))
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(address(Role.OFFICER))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    for path in PAGES:
        page.goto(path)
        page.wait_for_load_state("networkidle")
    page.goto(PAGES[0])
    page.locator("#network-outline summary").first.press("Enter")
    page.locator("#network-outline details[data-actor] > summary").filter(has_text="<script>").press("Enter")
    expect(page.locator("#network-told")).to_contain_text("<script>alert(1)</script>")
    context.close()
    assert ran == []
