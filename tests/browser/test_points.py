"""The points that the sliders of the bench work out, by the table of cases that Python runs too."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

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
