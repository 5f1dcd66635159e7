"""The points that the sliders of the bench work out, by the table of cases that Python runs too."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from graph.matching.scoring.points import add_up
from tests.browser.conftest import Visitor

ROOT = Path(__file__).parents[2]
TABLE: dict[str, Any] = json.loads((ROOT / "tests" / "samples" / "points" / "cases.json").read_text())
WORK_OUT = """async ({ source, full, cases }) => {
  const { addUp, split } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  const whole = (numbers) => numbers.map(BigInt);
  return cases.map(({ millionths, weights }) => ({
    total: Number(addUp(BigInt(full), whole(millionths), whole(weights))),
    parts: split(BigInt(full), whole(millionths), whole(weights)),
  }));
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(offline=True)
    yield context.new_page()
    context.close()


def test_points_of_the_sliders_are_those_worked_out_by_hand(page: Page) -> None:
    source = (ROOT / "webapp" / "static" / "points.js").read_text(encoding="utf-8")
    found = page.evaluate(WORK_OUT, {"source": source, **TABLE})

    names = [case["name"] for case in TABLE["cases"]]
    stated = [{"total": case["total"], "parts": case["parts"]} for case in TABLE["cases"]]
    assert dict(zip(names, found, strict=True)) == dict(zip(names, stated, strict=True))


def people_at(page: Page, address: str) -> int:
    """How many people the shortlist at this address shows."""
    page.goto(address)
    return page.locator(".bench-list > [data-expert]").count()


def test_a_slider_weighs_the_people_shown_anew_as_python_does(visit: Visitor) -> None:
    page = visit("officer")
    page.goto("/match")
    openings = [button.get_attribute("value") for button in page.locator("button[name=focus]").all()]
    page.goto(next(address for address in map("/match?focus={}".format, openings) if people_at(page, address) > 1))
    block = json.loads(page.locator("#measured").text_content() or "")
    sliders = page.locator("input[data-weight]")
    sliders.first.press("End")
    weights = np.array([int(slider.input_value()) for slider in sliders.all()])

    expect(page.locator("#weighed")).to_contain_text("not yet applied")
    values = np.array([one["value"] for one in block["people"]]).T / 1_000_000
    points = dict(zip((one["id"] for one in block["people"]), add_up(values, weights).tolist(), strict=True))
    rows = page.locator(".bench-list > [data-expert]").all()
    shown = [row.get_attribute("data-expert") or "" for row in rows]
    assert len(shown) > 1
    assert [row.locator("[data-points]").first.text_content() for row in rows] == [f"{points[id_]:,}" for id_ in shown]
    assert [points[id_] for id_ in shown] == sorted((points[id_] for id_ in shown), reverse=True)
