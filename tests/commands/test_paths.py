"""`paths` and `lineage` within this process, on a line of mentors with its dates worked out by hand."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from graph.connection import Graph
from graph.errors import InvalidValue
from graph.services.imports.ingest import ingest
from tests.commands.conftest import invoking
from tests.conftest import WIPE
from tests.factories import country, day, expert, institution, mentorship, region, scholarship
from webapp.presenters import words
from webapp.presenters.network import paths

Invoke = Callable[..., Result]
NAMES = ("ama", "ben", "efua", "kofi", "yao")


@pytest.fixture
def invoke(embedded: Graph, tmp_path: Path) -> Invoke:
    embedded.write(WIPE)
    people = [expert(id=name, name=name.capitalize()) for name in NAMES]
    hidden = expert(id="hid", name="Hidden Name", consents=frozenset({"research"}))
    silent = expert(id="cleo", name="Cleo Silent", consents=frozenset())
    line = (
        mentorship(id="one", mentor="ama", mentee="ben", start=day("2015-02-01"), end=day("2016-03")),
        mentorship(id="two", mentor="ben", mentee="efua", start=day("2016-04-01"), end=day("2017")),
        mentorship(id="three", mentor="kofi", mentee="ama", start=day("2018"), end=day("2019")),
        mentorship(id="hidden-tie", mentor="efua", mentee="hid", start=day("2018"), end=day("2019")),
        mentorship(id="silent-tie", mentor="efua", mentee="cleo", start=day("2018"), end=day("2019")),
    )
    place = institution(id="place")
    study = scholarship(id="study", scholar="ben", place="place", start=day("2014"), end=day("2015"))
    ingest(embedded, "tests", [region(), country(), place, *people, hidden, silent, *line, study])
    return invoking(embedded, tmp_path)


def test_a_path_names_its_days_and_its_records(invoke: Invoke) -> None:
    found = json.loads(invoke("paths", "ama", "efua", "--by", "2017", "--json").output)
    said = invoke("paths", "Ama", "efua", "--by", "2017").output

    assert (found["arrival"], found["departure"], found["obstacle"]) == ("2017-12-31", "2015-02-01", None)
    assert [step["record"] for step in found["earliest"]] == ["one", "two"]
    assert said.splitlines()[0] == "Efua could have learned from Ama by 31 Dec 2017."
    assert "1 Feb 2015 to 31 Mar 2016: the mentorship from Ama to Ben (one)" in said


def test_a_name_from_right_to_left_does_not_turn_the_sentence_around_it(invoke: Invoke, embedded: Graph) -> None:
    ingest(embedded, "tests", [expert(id="ama", name="أماني")])

    said = invoke("paths", "ama", "efua", "--by", "2017").output

    assert said.splitlines()[0] == "Efua could have learned from \u2068أماني\u2069 by 31 Dec 2017."


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("ama", "efua", "--by", "2017-12-30"), "ended only on 31 Dec 2017"),
        (("ama", "efua", "--by", "1990"), "ended only on 31 Mar 2016"),
        (("kofi", "ben"), "from Ama to Ben began on 1 Feb 2015, before Ama could have learned"),
        (("efua", "ama"), "no chain of ties leads from Efua to Ama"),
        (("ama", "kofi"), "no tie leads to Kofi"),
    ],
)
def test_without_a_path_the_nearest_reason_is_given(invoke: Invoke, words: tuple[str, ...], reason: str) -> None:
    said = invoke("paths", *words).output

    assert "cannot have learned" in said.splitlines()[0]
    assert reason in said.splitlines()[0]


def test_one_actor_alone_asks_for_everybody(invoke: Invoke) -> None:
    onward = json.loads(invoke("paths", "ama", "--by", "2017", "--json").output)
    back = json.loads(invoke("paths", "--to", "efua", "--by", "2017", "--json").output)

    assert [(one["actor"]["id"], one["day"], one["ties"]) for one in onward["reached"]] == [
        ("ben", "2016-03-31", 1),
        ("efua", "2017-12-31", 2),
    ]
    assert [(one["actor"]["id"], one["day"], one["ties"]) for one in back["reached"]] == [
        ("ben", "2016-04-01", 1),
        ("ama", "2015-02-01", 2),
    ]


def test_a_lineage_is_told_as_it_stood_by_a_day(invoke: Invoke) -> None:
    whole, early = (json.loads(invoke("lineage", "ama", *by, "--json").output) for by in ((), ("--by", "1999")))
    assert whole["members"]
    assert early["members"] == []
    assert isinstance(invoke("lineage", "ama", "--by", "soon").exception, InvalidValue)


def test_what_an_engagement_taught_before_it_ended_is_told_with_its_end(invoke: Invoke) -> None:
    assert invoke("lineage", "one", "--by", "2016-03-31").output.startswith("This mentorship reached 1 person")
    said = invoke("lineage", "one", "--by", "2016-03-30").output
    assert said == "It ends only on 31 Mar 2016, so nobody counts as taught by it before.\nSeen as officer.\n"


def test_a_lineage_counts_each_generation_and_looks_back(invoke: Invoke) -> None:
    found = json.loads(invoke("lineage", "two", "--json").output)
    person = json.loads(invoke("lineage", "ama", "--json").output)
    study = json.loads(invoke("lineage", "study", "--json").output)

    assert next((one["actor"]["id"], one["generation"]) for one in found["members"]) == ("efua", 1)
    assert [one["actor"]["id"] for one in found["origins"]] == ["ben", "ama"]
    assert [row["people"] for row in person["generations"]] == [1, 1, 1]
    assert [one["actor"]["id"] for one in person["origins"]] == ["kofi"]
    assert [(one["actor"]["id"], one["generation"]) for one in study["members"]][:2] == [("ben", 1), ("efua", 2)]


def test_a_withheld_person_is_neither_named_nor_found(invoke: Invoke) -> None:
    answers = [
        invoke(*words, *form).output for words in (("paths", "ama"), ("lineage", "ama")) for form in ((), ("--json",))
    ]

    assert all("name withheld" in text for text in answers)
    assert not any(word in text for text in answers for word in ("Hidden", '"hid', "hidden-tie", "Cleo", "silent-tie"))
    for id_ in ("hid", "cleo", "Hidden Name", "Cleo Silent"):
        assert "There is no" in str(invoke("paths", "ama", id_).exception)
        assert "There is no" in str(invoke("lineage", id_).exception)


def test_nothing_to_follow_is_said_in_a_sentence(invoke: Invoke) -> None:
    assert invoke("lineage", "yao").output == "Nobody is on record whom Yao taught.\nSeen as officer.\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("paths", "ama", "nobody"), "There is no person with a transfer 'nobody'"),
        (("paths", "ama", "ama"), "choose two different ones"),
        (("paths", "ama", "ben", "--by", "soon"), "is not a date"),
        (("lineage", "nobody"), "There is no person, mentorship, scholarship, secondment or training 'nobody'"),
        (("paths", "ama", "ben", "--to", "ben"), "name one of them alone"),
    ],
)
def test_what_cannot_be_is_one_sentence(invoke: Invoke, words: tuple[str, ...], says: str) -> None:
    said = str(invoke(*words).exception)

    assert says in said
    assert len(said.splitlines()) == 1


def test_a_day_is_spelled_as_on_every_other_page() -> None:
    assert paths.day(date(2019, 9, 3)) == words.day("2019-09-03") == "3 Sept 2019"
