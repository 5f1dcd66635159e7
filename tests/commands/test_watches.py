"""`what-if`, `relay` and `bridges` on the small world, run within this process."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from graph.connection import Graph
from graph.errors import GraphError
from graph.services.imports.ingest import ingest
from tests.commands.conftest import invoking
from tests.conftest import WIPE
from tests.factories import a_small_world, day, mentorship

Invoke = Callable[..., Result]


@pytest.fixture
def invoke(embedded: Graph, tmp_path: Path) -> Invoke:
    embedded.write(WIPE)
    about = {"programme": "togo-cert", "capabilities": ("area-forensics",), "status": "active"}
    ends = mentorship(id="ends", mentor="ama", mentee="ben", start=day("2025"), end=day("2026-09-30"), **about)
    ingest(embedded, "tests", [*a_small_world(), ends])
    return invoking(embedded, tmp_path)


def test_a_removal_is_answered_in_json_and_in_words(invoke: Invoke) -> None:
    found = json.loads(invoke("what-if", "--without", "academy", "--json").output)

    assert [actor["id"] for actor in found["lost_from"]] == ["cert-tg"]
    said = invoke("what-if", "--without", "academy").output
    assert "Without Academy (institution)" in said
    assert "Last path from a centre lost by Computer Team of Togo." in said


def test_a_wrong_removal_is_refused_with_its_reason(invoke: Invoke) -> None:
    for words, sentence in (
        ((), "names nobody; give --without ID or --pass DATE"),
        (("--without", "nobody"), "'nobody'"),
        (("--pass", "soon"), "pass: 'soon' is not a date"),
        (("--pass", "2001"), "is over; give a day from"),
    ):
        refusal = invoke("what-if", *words).exception
        assert isinstance(refusal, GraphError)
        assert sentence in str(refusal)


def test_a_relay_is_told_for_its_months(invoke: Invoke) -> None:
    found = json.loads(invoke("relay", "--on", "2026-06-01", "--json").output)

    assert [(relay["engagement"], relay["end"]) for relay in found["relays"]] == [("ends", "2026-09-30")]
    assert "2026-09-30  Togo CERT: mentorship by Ama Owusu" in invoke("relay", "--on", "2026-06").output
    assert "0 engagements for a programme end" in invoke("relay", "--on", "2027").output
    assert invoke("relay", "--within", "0").exit_code == 2
    assert "is not a date" in str(invoke("relay", "--on", "soon").exception)
    assert "give an earlier day" in str(invoke("relay", "--on", "9998", "--within", "60").exception)
    assert "give an earlier day" in str(invoke("relay", "--on", "9998-12-31", "--within", "12").exception)


def test_without_a_pair_there_is_no_bridge(invoke: Invoke) -> None:
    assert json.loads(invoke("bridges", "--json").output)["pairs"] == 0
    assert "0 pairs have no short path" in invoke("bridges").output
