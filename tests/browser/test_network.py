"""The picture of the network in a browser: it moves, it is held, its address opens it again, and it needs no mouse."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visitor

WITHOUT_WEBGL = """
const usual = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind === "webgl2" ? null : usual.call(this, kind, ...rest);
};
"""
NAMES = """
window.names = [];
const { fillText, clearRect } = CanvasRenderingContext2D.prototype;
Object.assign(CanvasRenderingContext2D.prototype, {
  clearRect(...rest) { window.names = []; return clearRect.apply(this, rest); },
  fillText(text, ...rest) { window.names.push(text); return fillText.call(this, text, ...rest); },
});
"""
INK = """() => {
  const ground = document.getElementById("network-ground");
  const copy = document.createElement("canvas");
  Object.assign(copy, { width: ground.width, height: ground.height });
  const context = copy.getContext("2d");
  context.drawImage(ground, 0, 0);
  const { data } = context.getImageData(0, 0, copy.width, copy.height);
  let drawn = 0;
  for (let at = 0; at < data.length; at += 4) {
    const apart = [0, 1, 2].map((part) => Math.abs(data[at + part] - data[part]));
    if (apart[0] + apart[1] + apart[2] > 24) drawn += 1;
  }
  return drawn / (copy.width * copy.height);
}"""
READABLE = """() => network.body.nodeIndices.every((id) => {
  const box = network.getBoundingBox(id);
  const from = network.canvasToDOM({ x: box.left, y: box.top });
  const to = network.canvasToDOM({ x: box.right, y: box.bottom });
  const inside = from.x >= 0 && from.y >= 0 && to.x <= innerWidth && to.y <= innerHeight;
  return inside && network.getScale() * network.body.nodes[id].labelModule.fontOptions.size >= 9;
})"""


def figure(page: Page, measure: str) -> str:
    return page.locator(f"[data-measure={measure}] [data-value]").inner_text()


def drawn(page: Page) -> float:
    """The share of the picture that is not its ground."""
    share: float = page.evaluate(INK)
    return share


def opened(visit: Visitor, address: str = "/network", before: Callable[[Page], None] | None = None) -> Page:
    page = visit("researcher")
    if before:
        before(page)
    page.goto(address)
    expect(page.locator("#network-canvas")).to_be_visible()
    return page


def some_dot(page: Page) -> tuple[str, dict[str, float]]:
    """The name of an actor and where a click meets it: the pointer looks for it, and then leaves the picture."""
    box = page.locator("#network-canvas").bounding_box()
    assert box
    for step in range(400):
        across, down = 0.3 + 0.02 * (step % 20), 0.25 + 0.025 * (step // 20)
        spot = {"x": box["width"] * across, "y": box["height"] * down}
        page.mouse.move(box["x"] + spot["x"], box["y"] + spot["y"])
        if told := page.locator("#network-told").inner_text():
            page.mouse.move(0, 0)
            return told.partition(" · ")[0], spot
    raise AssertionError("no dot was met")


def test_the_window_moves_picture_figures_tables_and_words_together(visit: Visitor) -> None:
    page = opened(visit, "/network?at=2014&show=windows")
    before, ink = figure(page, "ties"), drawn(page)
    slider = page.get_by_label("Window shown")
    slider.focus()
    for _ in range(8):
        slider.press("ArrowRight")
    expect(page.locator("h2[data-window-label]")).to_have_text("2022")
    expect(page.locator("#network-windows tr[aria-current]")).to_contain_text("2022")
    expect(page).to_have_url(re.compile("at=2022"))
    expect(page.locator("#network-brief")).to_contain_text("In 2022,")
    row = page.locator("#network-windows tr[aria-current] td").nth(1)
    assert figure(page, "ties") == row.inner_text() != before
    page.wait_for_function("document.querySelector('#network-brief').textContent.includes('2022')")
    assert drawn(page) > ink > 0.001
    expect(page.locator("#network-changed")).to_contain_text("What changed since 2021")
    expect(page.locator("#network-changed .telling li")).to_have_count(3)
    forms = page.get_by_role("navigation", name="Form")
    forms.get_by_role("link", name="Ties").click()
    expect(page.locator("#network-reading")).to_contain_text("Every tie in 2022")
    forms.get_by_role("link", name="Institutions").click()
    expect(page.locator("#network-reading")).to_contain_text("Institutions in 2022")
    page.get_by_role("navigation", name="Network").get_by_role("link", name="Export").click()
    expect(page.get_by_role("link", name="take 2022 only")).to_be_visible()
    page.get_by_role("navigation", name="Network").get_by_role("link", name="Picture").click()
    expect(page.locator("#network-reading")).to_contain_text("Institutions in 2022")


def test_play_moves_through_the_windows_and_stops_at_the_last(visit: Visitor) -> None:
    page = opened(visit, "/network?at=2024")
    page.get_by_label("Speed").select_option("4")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator("h2[data-window-label]")).to_have_text("2026")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_an_actor_is_held_named_shared_and_let_go(visit: Visitor) -> None:
    page = opened(visit, "/network?at=2025&level=country")
    name, spot = some_dot(page)
    ink = drawn(page)
    page.locator("#network-canvas").click(position=spot)
    expect(page).to_have_url(re.compile("pick="))
    told = page.locator("#network-told")
    expect(told.get_by_role("link", name=name)).to_be_visible()
    assert drawn(page) < ink

    shared = visit("officer")
    shared.goto(page.url)
    expect(shared.locator("#network-told").get_by_role("link", name=name)).to_be_visible()
    shared.locator("#network-told").get_by_role("link", name="look inside").click()
    expect(shared).to_have_title(re.compile("Network of institutions"))

    page.go_back()
    expect(told).to_have_text("")


def test_beside_somebody_held_only_partners_are_named_and_keys_move_what_is_zoomed(visit: Visitor) -> None:
    page = opened(visit, "/network?level=country&at=2022&pick=fj", lambda page: page.add_init_script(NAMES))
    expect(page.locator("#network-told")).to_contain_text("Fiji")
    partners = page.locator("#network-outline details[data-actor=fj] ul bdi").all_text_contents()
    named = set(page.evaluate("window.names"))
    assert "Fiji" in named
    assert len(named) > 1
    assert named <= {"Fiji", *partners}

    page.locator("#network-canvas").press("+")
    page.locator("#network-canvas").press("Shift+ArrowRight")
    expect(page).to_have_url(re.compile(r"view=1\.50%2C-0\.\d+%2C0\.000"))
    expect(page.locator("h2[data-window-label]")).to_have_text("2022")


def test_colour_size_and_view_stand_in_the_address(visit: Visitor) -> None:
    page = opened(visit)
    page.get_by_label("Colour").select_option("role")
    page.get_by_label("Size").select_option("given")
    page.get_by_role("button", name="Closer").click()
    expect(page.locator("#network-key")).to_contain_text("Mostly gives")
    expect(page).to_have_url(re.compile(r"colour=role&size=given&view=1\.50"))

    page.reload()
    expect(page.locator("#network-key")).to_contain_text("Mostly gives")
    expect(page.get_by_label("Size")).to_have_value("given")

    page.get_by_role("navigation", name="Form").get_by_role("link", name="Windows").click()
    page.locator("#network-windows").get_by_role("link", name="2015").click()
    expect(page.locator("#network-windows tr[aria-current]")).to_contain_text("2015")
    page.get_by_text("Engagements and windows").click()
    page.locator("select[name=filter]").first.select_option(label="Mentorship")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url(re.compile("filter=channel%3DMentorship.*at=2015&colour=role&size=given&show=windows"))
    page.get_by_role("navigation", name="Level").get_by_role("link", name="Country").click()
    expect(page).to_have_url(re.compile("level=country&.*at=2015&colour=role&size=given&show=windows"))
    expect(page.locator("#network-key")).to_contain_text("Mostly gives")
    page.get_by_label("Colour").select_option("community")
    expect(page.locator("#network-key")).to_contain_text("Around ")


def test_the_outline_and_the_table_need_no_mouse(visit: Visitor) -> None:
    page = opened(visit, "/network?level=country&at=2020")
    region = page.locator("#network-outline > ul > li > details > summary").first
    region.focus()
    page.keyboard.press("Enter")
    country = page.locator("#network-outline details[data-actor] > summary").first
    expect(country).to_be_visible()
    country.focus()
    expect(page.locator("#network-told")).to_contain_text(country.locator("bdi").inner_text())
    page.keyboard.press("Enter")
    expect(page.locator("#network-outline details[data-actor][open] ul a").first).to_be_visible()

    page.locator("#network-canvas").press("ArrowRight")
    expect(page.locator("h2[data-window-label]")).to_have_text("2021")
    expect(page.locator("#network-outline-name")).to_contain_text("in 2021")
    expect(page.locator("#network-outline details[data-actor][open]")).to_have_count(1)

    page.get_by_role("navigation", name="Form").get_by_role("link", name="Ties").press("Enter")
    page.locator("#network-ties").get_by_role("link", name="From", exact=True).press("Enter")
    expect(page).to_have_url(re.compile("show=ties&sort=giver"))
    expect(page.locator("#network-ties th[aria-sort=ascending]")).to_have_text("From")
    expect(page.locator("#network-ties th[aria-sort=ascending] a")).to_be_focused()


def test_whoever_stands_in_the_outline_stands_there_in_the_next_window(visit: Visitor) -> None:
    page = opened(visit, "/network?level=country&at=2020")
    page.locator("#network-outline > ul > li > details > summary").first.press("Enter")
    country = page.locator("#network-outline details[data-actor] > summary").first
    country.focus()
    name = country.locator("bdi").inner_text()
    page.evaluate(
        "document.querySelector('.track a:nth-of-type(10)').dispatchEvent(new MouseEvent('click', {cancelable: true}))"
    )
    expect(page.locator("#network-outline-name")).to_contain_text("in 2021")
    expect(page.locator("#network-outline details[data-actor] > summary:focus bdi")).to_have_text(name)


def test_without_webgl_the_picture_is_the_same(visit: Visitor) -> None:
    lit = drawn(opened(visit, "/network?at=2022"))
    page = opened(visit, "/network?at=2022", lambda page: page.add_init_script(WITHOUT_WEBGL))
    assert drawn(page) == pytest.approx(lit, rel=0.2)


def test_a_picture_that_cannot_be_fetched_leaves_the_still_one(visit: Visitor) -> None:
    page = visit("researcher")
    page.route("**/ties.bin*", lambda route: route.fulfill(status=503))
    page.add_init_script("window.addEventListener('unhandledrejection', (event) => event.preventDefault())")
    page.goto("/network")
    expect(page.locator("#network-told")).to_contain_text("Load the page again")
    expect(page.locator("#network-still")).to_be_visible()


def test_whoever_is_in_the_outline_before_the_ties_come_is_named_when_they_do(visit: Visitor) -> None:
    page = visit("researcher")
    held_back: list[Route] = []

    def hold_back(route: Route) -> None:
        held_back.append(route)

    page.route("**/ties.bin*", hold_back)
    page.goto("/network?level=country&at=2020")
    page.locator("#network-outline > ul > li > details > summary").first.press("Enter")
    country = page.locator("#network-outline details[data-actor] > summary").first
    country.focus()
    expect(page.locator("#network-told")).to_have_text("")
    held_back.pop().continue_()
    expect(page.locator("#network-told")).to_contain_text(country.locator("bdi").inner_text())


@pytest.mark.parametrize("path", ["/network/around?of=demo-gh-volta", "/network/lineage/picture?of=demo-story-1"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_name_of_a_small_view_is_whole_and_large_enough_to_read(visit: Visitor, path: str, width: int) -> None:
    """The page itself answers whether every name is readable; waiting for a yes that never comes fails this test."""
    page = visit("officer", width)
    page.goto(path)
    page.wait_for_function(READABLE)
