"""Claim: the bench of 300 people and 40 openings answers without a visible wait.

The real page of `match` over the demonstration data, from the real server, in headless Chromium, which draws in
software. The server has read ahead what officers match on, as it does after every write. Each step is timed from the
click to the second frame after the page is there: `first visit`, `again` with another opening in focus, `lock` and
`exclude` the best person, `fair` another objective, `search` the page that chooses. `slider` is the time from moving a
weight to the next frame but one. The larger rows are a bench of 500 openings and everybody there is. No peer has a page
to compare with; the work behind it is compared in `workspace`.
"""

import logging
import sys
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from flask import Flask
from playwright.sync_api import Page

from benchmarks.served import SETTLED, application, chromium, served, signed_in
from graph.domain.marks import Audience, Role
from graph.services.imports.ingest import ingest
from graph.services.matching.read_ahead import warm
from graph.store import experts, openings
from graph.store.pages import Query
from importers import reference, scenario
from webapp import current

SIZES = ((2, 300, 40), (17, 5_000, 500))
QUICK = ((1, 20, 5),)
STEPS = {
    "lock": "[id^=lock-]",
    "exclude": "[id^=exclude-]:not(.btn-danger)",
    "fair": "#objective-3",
    "search": "a[href*='/match/choose']",
}
_OFFICER = Audience(Role.OFFICER)
_SLIDE = """async () => {
  const slider = document.querySelector("input[data-weight]");
  const began = performance.now();
  slider.value = 90;
  slider.dispatchEvent(new Event("input"));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - began;
}"""


def loaded(folder: Path, factor: int) -> Flask:
    """The application over so many times the demonstration data."""
    app = application(folder, Role.OFFICER)
    with app.app_context():
        ingest(current.graph(), "reference", reference.read())
        ingest(current.graph(), "demonstration", scenario.read(factor))
    return app


def chosen(app: Flask, people: int, places: int) -> str:
    """The address of a bench of at most so many; everybody where that is everybody."""
    with app.app_context():
        graph = current.graph()
        ids = openings.open_ids(graph, _OFFICER, datetime.now(UTC).date().isoformat())[:places]
        found = experts.LISTING.page(graph, _OFFICER, Query(sort="name", size=people))
    named = [row["id"] for row in found.rows] if found.total > people else []
    return "/match?" + urlencode([("opening", id_) for id_ in ids] + [("person", id_) for id_ in named])


def timed(page: Page, bench: str) -> Mapping[str, float]:
    """Seconds of each step."""
    found = {"first visit": _until_shown(page, bench)}
    # The opening in focus is the one served least, which nobody may fill; the last is the one served best.
    best = page.locator(".bench-openings li:last-child button").get_attribute("value")
    bench = f"{bench}&focus={best}"
    found["again"] = _until_shown(page, bench)
    found["slider"] = float(page.evaluate(_SLIDE)) / 1000
    for step, selector in STEPS.items():
        page.goto(bench)
        link = page.locator(selector).first
        link.wait_for()
        found[step] = _until_shown(page, link.get_attribute("href") or "")
    return found


def _until_shown(page: Page, address: str) -> float:
    began = time.perf_counter()
    page.goto(address, wait_until="domcontentloaded")
    page.locator("h1").wait_for()
    page.evaluate(SETTLED)
    return time.perf_counter() - began


def report(sizes: Iterable[tuple[int, int, int]]) -> None:
    """Print the table, for each factor of the demonstration data with so many people and openings."""
    logging.getLogger("waitress").setLevel(logging.ERROR)
    print(f"{'people':>7} {'openings':>8}  {'step':<12}       {'seconds':>8}")
    for factor, people, places in sizes:
        with TemporaryDirectory() as folder:
            app = loaded(Path(folder), factor)
            with served(app, Path(folder)) as address, chromium() as browser:
                with app.app_context():
                    warm(current.graph(), datetime.now(UTC).date())
                page = signed_in(browser, app, address).new_page()
                for step, seconds in timed(page, chosen(app, people, places)).items():
                    print(f"{people:>7,} {places:>8,}  {step:<12} baton {seconds:>8.3f}")


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
