"""The network page and what it fetches: its columns, its window for reading, its list as a file."""

import csv
import io
import json
import re
from datetime import date
from html import unescape

import numpy as np
import pytest

from graph.connection import Graph
from graph.domain.marks import Role
from graph.evolution.log.windows import (
    day_of,
    quarterly,
    rolling,
    yearly,
)
from graph.services.imports.ingest import ingest
from tests import factories
from tests.factories import day
from tests.web.browsers import ClientFor, flaws
from webapp.exports import small_views
from webapp.presenters.network.pages import position_of
from webapp.views.network import network


@pytest.mark.parametrize(
    ("at", "years", "quarters", "looking_back"),
    [("", 3, 15, 3), ("2020", 1, 7, 1), ("2020-Q2", 1, 5, 1), ("1990", 0, 0, 0), ("2050", 3, 15, 3)],
)
def test_an_address_finds_its_window_whatever_the_steps(at: str, years: int, quarters: int, looking_back: int) -> None:
    assert position_of(yearly(2019, 2022), at) == years
    assert position_of(quarterly(2019, 2022), at) == quarters
    assert position_of(rolling(yearly(2019, 2022), "3y"), at) == looking_back


def columns(content: bytes) -> tuple[int, list[tuple[int, ...]]]:
    """The number of actors, and giver, receiver, first day and day after the last of every tie."""
    actors, ties = np.frombuffer(content, "<u4", 2).tolist()
    numbers = np.frombuffer(content, "<i4", 4 * ties, 8).reshape(4, ties)
    assert len(content) == 8 + 17 * ties + 4 * actors
    return actors, [tuple(tie) for tie in numbers.T.tolist()]


def test_the_picture_gets_its_ties_in_days_and_a_second_time_nothing(client_for: ClientFor) -> None:
    client = client_for(Role.RESEARCHER)
    answer = client.get("/network/ties.bin?level=person&filter=channel%3DMentorship")
    actors, ties = columns(answer.data)

    assert (actors, [tie[:3] for tie in ties]) == (2, [(0, 1, day_of(date(2020, 1, 1)))])
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = client.get(answer.request.url, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_no_pictures_columns_hold_more_than_their_viewer_may_see(client_for: ClientFor) -> None:
    seen = [columns(client_for(role).get("/network/ties.bin?level=person").data) for role in (Role.OFFICER, Role.ADMIN)]
    assert seen[0] == seen[1]
    assert client_for(Role.PUBLIC).get("/network/ties.bin").status_code == 302


def test_a_window_is_read_as_a_brief_an_outline_and_a_table(client_for: ClientFor) -> None:
    client = client_for(Role.RESEARCHER)
    text = client.get("/network/window?level=country&at=2021&from=2019&to=2023").text

    assert "In 2021, 2 countries hold" in text
    assert 'data-key="region Western Africa"' in text
    assert "<bdi>Ghana</bdi>" in text
    whole = client.get("/network?level=country&at=2021&from=2019&to=2023")
    assert flaws(whole.text) == []
    assert "In 2021, 2 countries hold" in whole.text


def test_a_window_without_ties_says_so(client_for: ClientFor) -> None:
    text = client_for(Role.MEMBER).get("/network/window?from=1990&to=1991&at=1990").text
    assert "No ties between institutions hold in 1990." in text
    assert "Nobody is tied in 1990." in text


def test_years_before_and_after_all_ties_are_headed_in_words(client_for: ClientFor) -> None:
    client = client_for(Role.MEMBER)
    for first, last in ((1990, 1991), (2090, 2091)):
        answer = client.get(f"/network?from={first}&to={last}&filter=channel%3Dscholarship&planned=yes")
        assert (answer.status_code, flaws(answer.text)) == (200, [])
        assert f">No tie between institutions from {first} to {last}</h1>" in answer.text


def test_the_ties_of_a_window_are_a_sheet_too(client_for: ClientFor) -> None:
    answer = client_for(Role.RESEARCHER).get("/network?level=country&at=2021&to=2023&format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert answer.mimetype == "text/csv"
    assert {(row["From"], row["To"]) for row in rows} <= {("Ghana", "Togo"), ("Togo", "Ghana")}
    assert rows


def test_a_network_too_dense_to_tell_apart_opens_by_country(
    client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_for(Role.RESEARCHER)
    assert "show all institutions" not in client.get("/network").text
    monkeypatch.setattr(network, "LIVE_AT_MOST", 0)

    opened = client.get("/network?level=institution").text
    assert "<title>Network of countries · Baton</title>" in opened
    assert '<a href="/network?level=institution&amp;whole=1">show all institutions</a>' in opened
    assert "<title>Network of institutions · Baton</title>" in client.get("/network?level=institution&whole=1").text


def test_a_name_that_looks_like_a_link_changes_nothing_of_a_small_view_but_itself() -> None:
    """pyvis takes another template, which runs titles as markup, as soon as a title mentions a link."""
    evil = '<a href="javascript:alert(1)"><img src=x onerror=alert(2)></a></script>'
    pages = [small_views.write([small_views.Node(name, 0, 0, "#123456")], []).decode() for name in ("Ama", evil)]

    told = re.search(r'"label": ("(?:[^"\\]|\\.)*")', pages[1])
    assert told
    assert json.loads(told[1]) == evil
    assert "<" not in told[1]
    assert pages[1].replace(told[1], '"Ama"') == pages[0]


@pytest.mark.parametrize("path", ["/network/around?level=person&of=ama&at=2020", "/network/lineage/picture?of=ama"])
def test_a_small_view_stands_by_itself(client_for: ClientFor, path: str) -> None:
    answer = client_for(Role.RESEARCHER).get(path)
    assert answer.status_code == 200
    assert not re.findall(r"<(?:script|link|img)[^>]*(?:src|href)=", answer.text)
    assert answer.headers["Content-Security-Policy"].startswith("sandbox allow-scripts; default-src 'none'")
    drawn = re.findall(r'"label": "([^"]+)"', answer.text)
    assert drawn == ["Ama Owusu", "Ben Adjovi"]


def test_a_small_view_of_nobody_is_refused(client_for: ClientFor) -> None:
    client = client_for(Role.RESEARCHER)
    assert client.get("/network/around?of=nobody").status_code == 404
    assert client.get("/network/lineage/picture?of=nobody").status_code == 404


@pytest.mark.parametrize("asked", ["step=year", "step=quarter", "window=3y&filter=channel%3Dmentorship"])
def test_every_window_leads_to_what_changed_since_the_one_before(client_for: ClientFor, asked: str) -> None:
    client = client_for(Role.RESEARCHER)
    last = client.get(f"/network?level=person&to=2024&{asked}").text
    assert "What changed since" in last
    (link,) = re.findall(r'<a class="nowrap" href="([^"]+)">All that changed', last)
    assert "In brief" in client.get(unescape(link)).text
    first = client.get(f"/network?level=person&to=2024&at=1900&{asked}").text
    assert "What changed since" not in first


def test_the_actors_of_a_window_are_a_list_to_sort_and_a_sheet(client_for: ClientFor) -> None:
    client = client_for(Role.RESEARCHER)
    asked = "/network?level=country&at=2021&to=2023&show=actors"
    page = client.get(f"{asked}&sort=-name").text
    names = re.findall(r'<th scope="row"><a href="[^"]*"><bdi>([^<]+)</bdi>', page)
    rows = list(csv.DictReader(io.StringIO(client.get(f"{asked}&format=csv").text.lstrip("\ufeff"))))
    assert names == sorted((row["Name"] for row in rows), reverse=True)
    assert {row["Partners"] for row in rows} == {"1"}
    assert sum(int(row["Contacts given"]) for row in rows) == sum(int(row["Contacts received"]) for row in rows) > 0


@pytest.mark.parametrize(("form", "there"), [("windows", "Every window"), ("ties", "Every tie"), ("art", "Outline")])
def test_a_page_shows_one_form_of_its_window(client_for: ClientFor, form: str, there: str) -> None:
    text = client_for(Role.RESEARCHER).get(f"/network?at=2021&to=2023&show={form}").text
    assert flaws(text) == []
    assert [name for name in ("Every window", "Every tie", "Outline") if f'-name">{name} <small>' in text] == [there]


def test_what_changed_is_told_in_two_or_three_sentences(client_for: ClientFor) -> None:
    client = client_for(Role.RESEARCHER)
    page = client.get("/network?level=person&to=2023&at=2022").text
    (address,) = re.findall(r'data-telling="([^"]+)"', page)
    assert 1 <= client.get(unescape(address)).text.count("<li>") <= 3
    assert client.get("/network/compare/telling?then=soon&now=2021").status_code == 422


def links(page: str, name: str) -> list[str]:
    return [unescape(href) for href in re.findall(rf'<a[^>]* href="([^"]+)"[^>]*>{name}</a>', page)]


def test_one_way_leads_to_the_files_and_keeps_the_question(client_for: ClientFor) -> None:
    client = client_for(Role.RESEARCHER)
    asked = "level=country&filter=channel%3Dmentorship&from=2019&to=2023&step=quarter"
    page = client.get(f"/network?{asked}&known=2024-06-30&at=2021-Q2").text
    assert page.count("/network/exports") == 1
    (files,) = links(page, "Export")
    assert files == f"/network/exports?{asked.replace('&from', '&filter=known%3D2024-06-30&from')}&at=2021-Q2"
    there = client.get(files).text
    assert "take 2021 only" in there
    (back,) = links(there, "Picture")
    assert back == files.replace("/exports", "")
    assert links(page, "Compare") == [
        "/network/compare?level=country&filter=channel%3Dmentorship&filter=known%3D2024-06-30"
    ]


def test_whom_a_path_leads_from_is_no_year_elsewhere(client_for: ClientFor) -> None:
    page = client_for(Role.RESEARCHER).get("/network/paths?from=ama&to=ben&level=person").text
    assert links(page, "Picture") == ["/network?level=person"]


def test_an_institution_says_whose_its_engagements_are_and_leads_to_its_place_in_the_network(
    client_for: ClientFor,
) -> None:
    client = client_for(Role.RESEARCHER)
    text = client.get("/institutions/cert-gh").text
    assert re.search(r"<bdi>Ama Owusu at [^<]+</bdi></a> <small class=\"muted\">secondment", text)
    (way,) = links(text, "See it in the network")
    assert "pick=cert-gh" in way
    block = re.findall(r'<script type="application/json" id="network">(.+?)</script>', client.get(way).text)
    assert "cert-gh" in [actor["id"] for actor in json.loads(block[0])["actors"]]


def fields(page: str) -> dict[str, str]:
    """What the fields of the question on a page hold, by name."""
    page = page[page.index('class="card asking"') :]
    return dict(re.findall(r'<input(?![^>]*checkbox)[^>]* name="([^"]+)" value="([^"]*)"', page))


def test_whoever_comes_by_a_link_reads_names_and_the_form_keeps_the_ids(client_for: ClientFor) -> None:
    client = client_for(Role.RESEARCHER)
    page = client.get("/network/paths?from=ama&to=ben").text
    held = fields(page)
    assert held == {"from": "Ama Owusu", "from_id": "ama", "to": "Ben Adjovi", "to_id": "ben", "by": ""}
    again = client.get("/network/paths", query_string={**held, "to": "Ama Owusu", "from": "Ben Adjovi"})
    assert "Ama Owusu cannot have learned from Ben Adjovi" in again.text
    assert fields(client.get("/network/paths?from=nobody").text)["from"] == "nobody"


@pytest.mark.parametrize(
    ("of", "named"), [("ama", "Ama Owusu"), ("ama-ben", "Ama Owusu, mentor of Ben Adjovi"), ("dede", "Dede Amber")]
)
def test_a_lineage_is_asked_for_by_name(client_for: ClientFor, of: str, named: str) -> None:
    client = client_for(Role.ADMIN)
    held = fields(client.get(f"/network/lineage?of={of}").text)
    assert (held["of"], held["of_id"]) == (named, of)
    assert client.get("/network/lineage", query_string=held).status_code == 200


def test_a_form_tells_namesakes_apart_and_names_nobody_who_is_hidden(client_for: ClientFor, graph: Graph) -> None:
    twin = factories.expert(id="twin", name="Ben Adjovi")
    taught = [factories.mentorship(id=f"to-{mentee}", mentor="ama", mentee=mentee) for mentee in ("twin", "cleo")]
    ingest(graph, "tests", [twin, *taught])
    page = client_for(Role.RESEARCHER).get("/network/paths").text
    offered = re.findall(r'<option value="([^"]+)"(?: label="([^"]+)")?>', page)
    assert ("Ama Owusu", "") in offered
    assert {value for value, label in offered if label.startswith("Ben Adjovi")} == {"ben", "twin"}
    assert "Cleo" not in page


def test_what_stays_the_same_is_not_held_against_itself(client_for: ClientFor, graph: Graph) -> None:
    paid = {"mentor": "ama", "mentee": "ben", "funder": "academy", "start": day("2030"), "end": day("2031")}
    ingest(graph, "tests", [factories.mentorship(id="paid", **paid)])
    client = client_for(Role.RESEARCHER)
    same = client.get("/network/compare?then=2030&now=2030&planned=yes").text
    assert "2030 stands on both sides; take another window beside it</h1>" in same
    kept = client.get("/network/compare?then=2030&now=2031&level=person&planned=yes").text
    assert "Academy pays for 100\N{NO-BREAK SPACE}% of engagements with a known funder, as then." in kept


def test_a_window_of_a_day_has_the_name_of_the_day(client_for: ClientFor) -> None:
    client = client_for(Role.RESEARCHER)
    text = client.get("/network?step=day&from=2021&to=2021&at=2021-05-04").text
    assert "In 2021-05-04," in text
    (compared,) = re.findall(r'<a class="nowrap" href="([^"]+)">All that changed', text)
    assert "then=2021-05-03&now=2021-05-04" in unescape(compared)
    assert client.get(unescape(compared)).status_code == 200
