"""What the pages about the network count, by which lists, and that they agree with each other."""

import csv
import io
import re

import pytest

from graph.connection import Graph
from graph.domain.marks import Role
from graph.services.imports.ingest import ingest
from tests.factories import country, day, expert, institution, region, secondment, training
from tests.web.browsers import ClientFor, flaws

PAGES = ("/network", "/network/map", "/network/compare?then=2022&now=2023", "/network/exports")


@pytest.fixture
def paid(graph: Graph, client_for: ClientFor) -> ClientFor:
    """Secondments from Ghana to Togo: of 2022 three of five by the first fund, of 2023 two of four by the second."""
    funds = {"2022": ("one", "one", "one", "two", "three"), "2023": ("one", "two", "two", "three", "")}
    stays = [
        secondment(
            id=f"stay-{year}-{place}",
            expert="ama",
            home="cert-gh",
            host="cert-tg",
            start=day(f"{year}-02-01"),
            end=day(f"{year}-02-10"),
            share=1.0,
            amount=100_00,
            currency="EUR",
            funder=funder and f"fund-{funder}",
        )
        for year, funders in funds.items()
        for place, funder in enumerate(funders)
    ]
    donors = [institution(id=f"fund-{name}", name=f"Fund {name}", country="fr") for name in ("one", "two", "three")]
    land = [
        region(id="m49-150", name="Europe", code="150"),
        country(id="fr", name="France", region="m49-150", code="FR"),
    ]
    ingest(graph, "tests", [*land, *donors, *stays])
    return client_for


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text.replace("\N{NO-BREAK SPACE}", " ")))


def test_headline_table_and_comparison_give_one_figure_for_the_leading_donor(paid: ClientFor) -> None:
    only = "filter=channel%3DSecondment&filter=funder%3Dfund-one&filter=funder%3Dfund-two&filter=funder%3Dfund-three"
    client = paid(Role.OFFICER)
    for level in ("institution", "country"):
        page = plain(client.get(f"/network?level={level}&from=2022&to=2023&show=donors&{only}").text)
        assert "share of engagements with a known funder fell from 60 % in 2022 to 50 % in 2023" in page
        assert re.search(r"Engagements 100 % Fund two 50 % 0\.38 of 4 engagements with a known funder", page)
        windows = plain(client.get(f"/network?level={level}&from=2022&to=2023&show=windows&{only}").text)
        assert {"60 %", "50 %"} <= set(re.findall(r"\d+ %", windows))
        compared = plain(client.get(f"/network/compare?then=2022&now=2023&level={level}&{only}").text)
        assert "Fund two pays for 50 % of engagements with a known funder, against 20 % then" in compared
        assert "; then Fund one led with 60 %" in compared
        assert re.search(r"Leading donor .* 60 % 50 %", compared)
        assert re.search(r"Fund two 20 % 50 % 20 % 50 %", compared)


def test_the_brief_says_how_much_is_paid_from_outside_and_of_what(paid: ClientFor) -> None:
    client = paid(Role.OFFICER)
    outside = "with a known funder 100 % are paid from outside, 50 % by Fund two;"
    page = plain(client.get("/network?from=2022&to=2023&filter=channel%3DSecondment").text)
    assert f"Of 4 engagements {outside} 1 engagement has none." in page
    by_days = plain(client.get("/network?from=2023&to=2023&count=days&filter=channel%3DSecondment").text)
    assert f"Of 40 person-days {outside} 10 person-days have none." in by_days


def test_what_has_no_known_funder_is_said_beside_the_shares(paid: ClientFor) -> None:
    page = plain(paid(Role.OFFICER).get("/network?from=2023&to=2023&show=donors&filter=channel%3DSecondment").text)
    assert "of 4 engagements with a known funder; besides 1 engagement without one" in page
    assert "of 40 person-days with a known funder; besides 10 person-days without one" in page
    assert "EUR 100 % Fund two 50 % 0.38 of EUR 400 with a known funder; besides EUR 100 without one" in page


@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_numbers_says_as_whom_it_is_seen_and_what_it_counts(paid: ClientFor, address: str) -> None:
    for role, marks in ((Role.OFFICER, "CLEAR, GREEN, AMBER"), (Role.MEMBER, "CLEAR, GREEN")):
        answer = paid(role).get(address)
        assert (answer.status_code, flaws(answer.text)) == (200, [])
        assert f"records marked {marks}. Who may see more or fewer records reads other numbers." in plain(answer.text)
    if "exports" not in address:
        assert "Shares and donors count engagements" in plain(answer.text)
        assert "The South: the developing regions of M49 as published until 2021" in plain(answer.text)


def test_a_choice_stands_in_the_address_and_leads_on(paid: ClientFor) -> None:
    client = paid(Role.OFFICER)
    chosen = "count=days&south=dac&regions=continents"
    page = client.get(f"/network?{chosen}&level=country").text
    assert '<option value="days" selected>' in page
    assert '<option value="dac" selected>' in page
    assert "count=days" in re.findall(r'href="(/network/map[^"]*)"', page)[0]
    assert "Shares and donors count the person-days known" in page
    assert "The South: the DAC list of recipients of the year. Regions: the continents of M49." in page
    assert client.get(f"/network/exports/json?{chosen}").status_code == 200
    assert client.get("/network?count=beans").status_code == 422


def test_the_map_counts_engagements_contacts_or_days(graph: Graph, client_for: ClientFor) -> None:
    learners = [expert(id=f"learner-{place}", country="tg") for place in range(3)]
    course = training(
        id="open",
        organiser="cert-gh",
        attendees=("ben", "ama"),
        start=day("2018-05-01"),
        end=day("2018-05-05"),
        share=1,
    )
    ingest(graph, "tests", [*learners, course])
    client = client_for(Role.RESEARCHER)

    def told(count: str) -> str:
        return plain(client.get(f"/network/map?from=2018&to=2018&count={count}").text)

    assert "1 engagement crossed borders in 2018, 0 stayed within a country" in told("")
    assert "Ghana to Togo: 0.5 engagements" in told("")
    assert "1 contact crossed borders in 2018, 1 stayed within a country" in told("contacts")
    assert "5 person-days crossed borders in 2018, 5 stayed within a country" in told("days")
    sheet = client.get("/network/map?from=2018&to=2018&format=csv").text.lstrip("\ufeff")
    assert [row["Engagements"] for row in csv.DictReader(io.StringIO(sheet))] == ["0.5"]


def test_the_list_of_ties_has_contacts_engagements_and_person_days(paid: ClientFor) -> None:
    client = paid(Role.OFFICER)
    sheet = client.get("/network?at=2023&show=ties&filter=channel%3DSecondment&format=csv").text.lstrip("\ufeff")
    (row,) = [each for each in csv.DictReader(io.StringIO(sheet)) if each["To"] == "Computer Team of Togo"]
    assert (row["Contacts"], row["Engagements"], row["Person-days"]) == ("5", "5.0", "50.0")
