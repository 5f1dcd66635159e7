"""Pages about the network tell what has happened from what is planned."""

import csv
import io
from datetime import date

import numpy as np
import pytest

from graph.connection import Graph
from graph.domain.engagements import EngagementStatus
from graph.domain.marks import Role
from graph.services.imports.ingest import ingest
from tests.factories import TODAY, day, mentorship, secondment
from tests.web.browsers import ClientFor, flaws
from webapp import current

AHEAD = {"start": day("2027-02-01"), "end": day("2027-09-30"), "status": EngagementStatus.PLANNED}
WHOLE = "level=country&from=2025&filter=channel%3Dsecondment"


@pytest.fixture(autouse=True)
def ahead(client_for: ClientFor, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stay goes on and another is planned the other way round, as seen on a day of November 2026."""
    stay = {"expert": "ama", "home": "cert-gh", "host": "cert-tg"}
    back = {"expert": "ben", "home": "cert-tg", "host": "cert-gh"}
    runs = {"start": day("2026-02"), "end": day("2027-06-30"), "status": EngagementStatus.ACTIVE}
    later = mentorship(id="later", mentor="ben", mentee="ama", **AHEAD)
    ingest(graph, "tests", [secondment(id="runs", **stay, **runs), secondment(id="ahead", **back, **AHEAD), later])
    monkeypatch.setattr(current, "today", lambda: TODAY)


def sheet(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


def test_the_running_year_says_until_when_it_is_counted(client_for: ClientFor) -> None:
    client = client_for(Role.RESEARCHER)

    page = client.get(f"/network?{WHOLE}").text
    assert "In 2026 until 28 Nov 2026, 2 countries hold 1 tie out of 1 contact of 1 engagement." in page
    assert '<small class="muted" data-window-until>until 28 Nov 2026</small>' in page
    assert "2 left out: it is only planned, or begins after today." in page
    assert "In 2025, " not in page
    assert "until" not in client.get(f"/network/window?{WHOLE}&at=2025&show=ties").text.replace("Until", "")
    assert "crossed borders in 2026 until 28 Nov 2026" in client.get("/network/map?filter=channel%3Dsecondment").text
    assert "2025 to 2026 until 28 Nov 2026</h1>" in client.get(f"/network/exports?{WHOLE}").text
    compared = client.get("/network/compare?then=2025&now=2026").text
    assert "between 2025 and 2026 until 28 Nov 2026" in compared
    assert "2026 is counted until 28 Nov 2026; what is planned is not in it." in compared


def test_what_is_planned_is_marked_wherever_it_is_shown(client_for: ClientFor) -> None:
    client = client_for(Role.RESEARCHER)

    page = client.get(f"/network?{WHOLE}&planned=yes&at=2027").text
    assert flaws(page) == []
    assert "hold 2 ties out of 2 contacts of 2 engagements; 1 tie is only planned." in page
    assert page.count(' planned" d="') == 1
    assert page.count('class="bar ahead"') == 1
    assert "only planned</small>" not in page
    rows = list(
        csv.DictReader(
            io.StringIO(client.get(f"/network?{WHOLE}&planned=yes&at=2027&format=csv").text.lstrip("\ufeff"))
        )
    )
    assert {(row["From"], row["As"]) for row in rows} == {("Ghana", "Secondment"), ("Togo", "Secondment, only planned")}
    bytes_ = client.get(f"/network/ties.bin?{WHOLE}&planned=yes").data
    ties = int(np.frombuffer(bytes_, "<u4", 2)[1])
    assert sorted(bytes_[-ties:])[-1] == 1
    drawn = client.get(f"/network/exports/svg?{WHOLE}&planned=yes").text
    assert drawn.count("stroke-dasharray") == 1
    table = list(
        csv.DictReader(io.StringIO(client.get(f"/network/exports/ties?{WHOLE}&planned=yes").text.lstrip("\ufeff")))
    )
    assert {row["source"]: row["planned"] for row in table if row["first_day"] > "2026"} == {"gh": "no", "tg": "yes"}


def test_an_outline_tells_partners_with_whom_nothing_has_begun(client_for: ClientFor) -> None:
    client = client_for(Role.RESEARCHER)

    asked = "/network/window?level=person&from=2027&to=2027&planned=yes&filter=channel%3Dmentorship"
    assert client.get(asked).text.count(", only planned</small>") == 2
    refused = client.get(asked.replace("&planned=yes", ""))
    assert refused.status_code == 422
    assert "lies ahead; take in what is planned" in refused.text


@pytest.mark.parametrize(
    "path",
    [
        "/network?x=1",
        "/network/map?x=1",
        "/network/compare?then=2025&now=2026",
        "/network/paths?from=ama",
        "/network/lineage?of=ama",
        "/network/what-if?level=country",
        "/network/exports?level=country",
    ],
)
def test_every_form_about_the_network_has_the_switch_and_keeps_it(client_for: ClientFor, path: str) -> None:
    client = client_for(Role.RESEARCHER)

    assert 'name="planned" value="yes">' in client.get(path).text
    answer = client.get(f"{path}&planned=yes")
    assert (answer.status_code, flaws(answer.text)) == (200, [])
    assert answer.text.count('name="planned" value="yes" checked>') == 1
    assert 'value="planned=yes"' not in answer.text


def test_paths_take_what_is_planned_where_it_is_asked_for(client_for: ClientFor) -> None:
    client = client_for(Role.RESEARCHER)

    asked = "/network/paths?from=ben&to=ama&by=2028"
    assert "The earliest way" not in client.get(asked).text
    assert "The earliest way" in client.get(f"{asked}&planned=yes").text
    lineage = "/network/lineage?of=later&by=2028-01-01"
    assert "Ama Owusu" not in client.get(lineage).text.partition("<main")[2].partition("</form>")[2]
    assert "Ama Owusu" in client.get(f"{lineage}&planned=yes").text.partition("<main")[2].partition("</form>")[2]


def test_a_day_later_the_same_page_counts_what_began(client_for: ClientFor, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_for(Role.RESEARCHER)

    asked = f"/network/window?{WHOLE}&at=2026&show=ties"
    before = client.get(asked).text.count("<tr data-actor")
    monkeypatch.setattr(current, "today", lambda: date(2027, 2, 1))
    assert client.get(asked).text.count("<tr data-actor") == before == 1
    assert "In 2027 until 1 Feb 2027" in client.get(f"/network/window?{WHOLE}").text
