"""The exported page that plays: one file, opened without any network; no name in it ever runs."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from graph.evolution.log.ties import TieColumns, tie_log
from graph.services.network.evolution import EvolutionQuery
from graph.services.network.export import ExportedContact, Extract, span_of
from graph.services.transfers.actors import Actor, Level
from tests.factories import TODAY
from webapp import create_app
from webapp.exports import players
from webapp.settings import Settings

EVIL = "<img src=x onerror=document.title='ran'></script><script>document.title='ran'</script>"


def an_extract() -> Extract:
    """Ana teaches Ben all through 2020 and, from 2021 on, somebody with an evil name."""
    actors = (Actor("ana", "Ana", "West"), Actor("ben", "Ben", "West"), Actor("evil", EVIL, EVIL))
    ties = (
        ExportedContact("ana", "ben", date(2020, 1, 1), date(2020, 12, 31), "Mentorship", "", False, 1.0),
        ExportedContact("ana", "evil", date(2021, 5, 1), None, "Mentorship", "", False, 1.0),
    )
    asked = EvolutionQuery(Level.PERSON, 2020, 2022, today=TODAY)
    log = tie_log(["ana", "ben", "evil"], TieColumns([0, 0], [1, 2], [18262, 18748], [18628, 30000]))
    return Extract(asked, span_of(asked), actors, ties, {}, log)


@pytest.fixture
def player(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The file in a browser that is offline; it must ask for nothing but itself, and no script may fail."""
    file = tmp_path / "player.html"
    with create_app(Settings(home=tmp_path, secret_key="for tests only")).app_context():
        file.write_bytes(players.write(an_extract()))
    context = browser.new_context(offline=True)
    page = context.new_page()
    trouble: list[str] = []
    page.on("request", lambda request: trouble.append(request.url) if request.url != file.as_uri() else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda message: trouble.append(message.text))
    page.goto(file.as_uri())
    yield page
    context.close()
    assert trouble == []


def test_the_exported_page_plays_offline_and_no_name_runs(player: Page) -> None:
    rows = player.locator("#ties tr")
    expect(player.locator("#told")).to_have_text("2020: actors 2, contacts 1.")
    expect(rows).to_have_text("AnaBenMentorship2020-01-012020-12-31")

    player.get_by_role("slider", name="Window").press("ArrowRight")
    expect(player.locator("#told")).to_contain_text("2021")
    expect(rows.locator("td").nth(1)).to_have_text(EVIL)
    expect(rows.locator("td").nth(4)).to_have_text("goes on")

    player.get_by_label("Speed").select_option("4×")
    player.get_by_role("button", name="Play").click()
    expect(player.locator("#told")).to_contain_text("2022")
    expect(player.get_by_role("button", name="Play")).to_be_visible()
    assert player.title() == "Transfers of know-how between people, 2020 to 2022"
