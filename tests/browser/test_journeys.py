"""What people come for, done in a browser with the network cut off."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

PAGES = (
    "/",
    "/experts",
    "/institutions",
    "/centres",
    "/programmes",
    "/programmes/demo-vaka",
    "/openings",
    "/openings/demo-vaka-opening-2",
    "/engagements",
    "/engagements?kind=Training",
    "/network",
    "/network?level=country",
    "/network/compare",
    "/search?q=team",
    "/account",
    "/imports",
)


def test_an_officer_signs_in_opens_a_programme_and_reads_a_reason(visit: Visitor) -> None:
    page = visit("officer")
    page.get_by_role("navigation", name="Main").get_by_role("link", name=re.compile("Programmes")).click()
    page.get_by_role("link", name="Vaka", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vaka")
    page.locator("#openings h2 a").first.click()

    person = page.locator(".ranking li").first
    expect(person).to_contain_text("points")
    person.get_by_text(re.compile(r"^Why")).click()
    path = person.locator(".path").first
    expect(path).to_be_visible()
    expect(path).to_contain_text("Vaka")
    path.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/experts/"))


def test_a_researcher_compares_two_years_and_learns_what_was_entered_late(visit: Visitor) -> None:
    page = visit("researcher")
    page.get_by_role("navigation", name="Main").get_by_role("link", name=re.compile("Network")).click()
    page.get_by_role("navigation", name="Network").get_by_role("link", name="Compare").click()
    page.get_by_label("Then").fill("2016")
    page.get_by_label("Now", exact=True).fill("2020")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("between 2016 and 2020")
    expect(page.locator(".brief li").first).to_contain_text("from")

    page.goto("/network/compare?then=2016&now=2020&level=country&filter=region%3DVanuatu")
    late = page.locator(".brief li").filter(has_text="late entry, not growth")
    expect(late).to_contain_text("May 2024")


def test_the_public_sees_the_aggregate_and_a_way_in(visit: Visitor) -> None:
    page = visit()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    page.goto("/experts")
    expect(page).to_have_url(re.compile("/sign-in"))


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_is_wider_than_its_window(visit: Visitor, width: int) -> None:
    page = visit("admin", width=width)
    for address in PAGES:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{address} is {wider} pixels too wide"
        assert page.get_by_role("heading", level=1).count() == 1, address


A4 = 718  # pixels between the margins


def test_a_page_printed_on_a4_fits_and_its_tables_stay_tables(visit: Visitor) -> None:
    page = visit("officer", A4)
    page.emulate_media(media="print")
    for path in ("/network", "/programmes/demo-reef-watch", "/match", "/network/map", "/openings"):
        page.goto(path)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= A4, path
    expect(page.locator("table.sheet tbody tr").first).to_have_css("display", "table-row")


def agree(page: Page, *, to_everything: bool) -> None:
    page.goto("/account")
    boxes = page.get_by_role("main").get_by_role("checkbox")
    for number in range(boxes.count()):
        boxes.nth(number).set_checked(to_everything)
    page.get_by_role("main").get_by_role("button", name=re.compile("Save")).click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def test_a_person_withdraws_and_is_gone_from_the_directory(visit: Visitor) -> None:
    member, officer = visit("member"), visit("officer")
    agree(member, to_everything=False)
    officer.goto("/experts?q=Isatu+Conteh")
    expect(officer.get_by_role("link", name="Isatu Conteh")).to_have_count(0)

    agree(member, to_everything=True)
    officer.reload()
    expect(officer.get_by_role("link", name="Isatu Conteh")).to_have_count(1)
