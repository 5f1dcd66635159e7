"""What commands count, by which lists, and that their answers say so."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from graph.connection import Graph
from graph.errors import InvalidValue
from graph.services.imports.ingest import ingest
from tests.commands.conftest import invoking
from tests.conftest import WIPE
from tests.factories import a_small_world, country, day, institution, region, secondment, training

Invoke = Callable[..., Result]
YEAR = ("--from", "2018", "--to", "2018")
STAY = {"start": day("2018-05-01"), "end": day("2018-05-05"), "share": 1.0}


@pytest.fixture
def invoke(embedded: Graph, tmp_path: Path) -> Invoke:
    """In 2018 a course in Ghana for two, and a secondment of a fund in Uruguay from Ghana to Togo."""
    embedded.write(WIPE)
    more = [
        region(id="m49-005", name="South America", code="005"),
        country(id="uy", name="Uruguay", code="UY", region="m49-005"),
        institution(id="fund", name="Fund", country="uy"),
        training(id="open", organiser="cert-gh", attendees=("ben", "ama"), **STAY),
        secondment(id="stay", expert="ama", home="fund", host="cert-tg", funder="fund", **STAY),
    ]
    ingest(embedded, "tests", [*a_small_world(), *more])
    return invoking(embedded, tmp_path)


def answer(invoke: Invoke, *words: object) -> Any:
    found = invoke(*words, "--json")
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_every_answer_names_what_it_counts_and_its_lists(invoke: Invoke) -> None:
    for words in (("evolution", *YEAR), ("compare", "2018", "2019")):
        usual = answer(invoke, *words)
        assert usual["count"] == {"shares": "engagements", "strengths": "contacts"}
        assert usual["south"]["list"] == "m49"
        chosen = answer(invoke, *words, "--count", "days", "--south", "dac", "--regions", "continents")
        assert chosen["count"] == {"shares": "days", "strengths": "days"}
        assert (chosen["south"]["words"], chosen["regions"]["list"]) == (
            "the DAC list of recipients of the year",
            "continents",
        )
        told = invoke(*words, "--count", "days", "--south", "g77").output
        assert "Shares and donors count the person-days known" in told
        assert "The South: the Group of 77 as of 2024." in told


def test_the_count_moves_what_is_given_and_who_pays(invoke: Invoke) -> None:
    def seen(*words: str) -> tuple[Any, ...]:
        asked = ("--level", "country", "--measures", "givers,donors,donor_outside,contacts,engagements,person_days")
        (window,) = answer(invoke, "evolution", *YEAR, *asked, *words)["windows"]
        given = {each["id"]: each["value"] for each in window["givers"]}
        units = [each["unit"] for each in window["donors"]]
        return given, units, (window["contacts"], window["engagements"], window["person_days"])

    sizes = (2, 2, 10.0)
    assert seen() == ({"gh": 1.0, "uy": 1.0}, ["engagements", "person-days"], sizes)
    assert seen("--count", "engagements") == ({"gh": 0.5, "uy": 1.0}, ["engagements", "person-days"], sizes)
    assert seen("--count", "days") == ({"gh": 5.0, "uy": 5.0}, ["engagements", "person-days"], sizes)
    assert seen("--count", "contacts")[1] == ["engagements", "contacts", "person-days"]


def test_the_south_of_the_year_and_a_list_of_ones_own(invoke: Invoke, tmp_path: Path) -> None:
    own = tmp_path / "mine.csv"
    own.write_text("country,region\ngh,Gulf\ntg,Gulf\nUY,Far away\n", encoding="utf-8")

    def numbers(year: str, *words: object) -> tuple[Any, Any]:
        asked = ("--measures", "south_south,ei_index", "--window", "all", "--filter", "channel=secondment")
        (window,) = answer(invoke, "evolution", "--from", year, "--to", year, *asked, *words)["windows"]
        return window["south_south"], window["ei_index"]

    assert numbers("2018", "--south", "dac") == (0.0, 1.0)
    assert numbers("2018", "--south", "m49") == (1.0, 1.0)
    assert numbers("2018", "--regions", own) == (1.0, 1.0)
    told = answer(invoke, "evolution", *YEAR, "--regions", own, "--level", "region", "--measures", "givers")
    assert [each["name"] for each in told["windows"][0]["givers"]] == ["Far away"]
    assert told["regions"] == {"list": "mine.csv", "words": "the list mine.csv"}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("country,region\ngh,West\ngh,East\n", "is both in"),
        ("country,region\ngh,\n", "lacks a country or a region at line 2"),
        ("country,region\n", "holds no country"),
        ("country,region\natlantis,West\n", "is no country"),
        ("land,region\ngh,West\n", "country"),
    ],
)
def test_a_list_that_will_not_do_is_refused_in_a_sentence(
    invoke: Invoke, tmp_path: Path, rows: str, words: str
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(rows, encoding="utf-8")
    found = invoke("evolution", *YEAR, "--regions", path)
    assert isinstance(found.exception, InvalidValue)
    assert words in str(found.exception)


def test_what_counts_the_graph_is_refused_beside_a_tie_file(invoke: Invoke, tmp_path: Path) -> None:
    for option in (("--count", "days"), ("--south", "dac"), ("--regions", "continents")):
        found = invoke("evolution", "--ties", tmp_path / "ties.csv", *option)
        assert "is about the graph" in str(found.exception)


def test_an_exported_row_is_a_contact_with_its_engagement_fraction_and_days(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    told = answer(invoke, "export", "--format", "ties", *YEAR, "-o", path)
    assert (told["contacts"], told["engagements"]) == (3, 2)
    assert "3 contacts, 2 engagements" in invoke("export", "--format", "ties", *YEAR, "-o", path).output

    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert sorted((row["engagement"], row["fraction"], row["person_days"]) for row in rows) == [
        ("open", "0.5", "5.0"),
        ("open", "0.5", "5.0"),
        ("stay", "1.0", "5.0"),
    ]


@pytest.mark.parametrize("level", ["person", "institution", "country", "region"])
@pytest.mark.parametrize("count", ["", "days", "contacts"])
def test_a_sealed_bundle_counts_again_whatever_was_counted(
    invoke: Invoke, tmp_path: Path, level: str, count: str
) -> None:
    path, own = tmp_path / "sealed.zip", tmp_path / "mine.csv"
    own.write_text("country,region\ngh,Gulf\ntg,Gulf\n", encoding="utf-8")
    asked = (*(("--count", count) if count else ()), "--south", "dac", "--regions", own, "--level", level)
    assert invoke("bundle", "--from", "2016", "--to", "2026", *asked, "-o", path).exit_code == 0

    assert answer(invoke, "bundle", "verify", path)["equal"] is True
