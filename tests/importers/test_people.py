from collections import Counter
from pathlib import Path

import pytest
from openpyxl import Workbook

from graph.domain.marks import Purpose, Tlp
from graph.domain.outcomes import Outcome, Rejected, Warned
from graph.domain.people import CareerStage, Cefr, Expert, HasCapability, Speaks, WorksAt
from graph.errors import InvalidValue
from importers import people
from importers.rows import parse_mapping

MAPPING = parse_mapping(
    "name=name,id=iD,orcid=ORCID,email_domain=mail,country=country,headline=about,languages=speaks,"
    "capabilities=can,institution=works_at,career_stage=stage,capacity=seats,consents=agreed"
)
REAL = {"name": "name", "country": "country", "email_domain": "gs_email"}


@pytest.fixture
def outcomes(samples: Path) -> list[Outcome]:
    return list(people.read(samples / "people" / "quirks.csv", MAPPING, "harbour"))


def experts(outcomes: list[Outcome]) -> dict[str, Expert]:
    return {outcome.id: outcome for outcome in outcomes if isinstance(outcome, Expert)}


def notes(outcomes: list[Outcome], position: str) -> list[str]:
    return [outcome.what for outcome in outcomes if isinstance(outcome, Warned) and outcome.position == position]


def test_a_full_row_becomes_a_person_with_posts_languages_and_capabilities(outcomes: list[Outcome]) -> None:
    abena = experts(outcomes)["people-harbour-mensah-abena-lab.harbour.example"]

    assert (abena.name, abena.headline, abena.country) == ("Abena Mensah", "Runs exercises, and writes", "gh")
    assert (abena.source, abena.tlp, abena.capacity) == ("people-harbour", Tlp.GREEN, 2)
    assert abena.languages == (Speaks(target="fr", level=Cefr.C1), Speaks(target="en", level=Cefr.C2))
    assert abena.capabilities == (HasCapability(target="area-exercises", level=3.0),)
    assert abena.posts == (WorksAt(target="ror-0test0101"),)
    assert abena.career_stage is CareerStage.SENIOR
    assert abena.consents == {Purpose.DIRECTORY, Purpose.MATCHING}


def test_nothing_of_a_mail_address_but_its_domain_is_kept(outcomes: list[Outcome]) -> None:
    assert "abena@" not in repr(outcomes)


def test_nobody_is_taken_to_have_agreed(outcomes: list[Outcome]) -> None:
    assert experts(outcomes)["king-1"].consents == frozenset()


def test_namesakes_told_apart_by_a_number_stay_two_people(outcomes: list[Outcome]) -> None:
    kofis = [expert for expert in experts(outcomes).values() if expert.name == "Kofi Mensah"]

    assert len({kofi.id for kofi in kofis}) == 2
    assert notes(outcomes, "line 4") == [
        "name 'Kofi1 Mensah' holds a number that tells namesakes apart; it is not shown"
    ]


def test_uk_is_the_united_kingdom_and_na_is_namibia_but_said(outcomes: list[Outcome]) -> None:
    assert experts(outcomes)["people-harbour-mensah-kofi1-harbour.example"].country == "gb"
    assert experts(outcomes)["people-harbour-mensah-kofi2-harbour.example"].country == "na"
    assert notes(outcomes, "line 5")[-1].startswith("country 'NA' was read as Namibia; leave the cell empty")


def test_an_orcid_is_the_id_and_odd_values_are_left_out_and_said(outcomes: list[Outcome]) -> None:
    zoe = experts(outcomes)["orcid-0000-0002-1825-0097"]

    assert zoe.name == "Zoë Ångström"
    assert (zoe.country, zoe.languages, zoe.capabilities, zoe.posts) == ("", (), (), ())
    assert (zoe.capacity, zoe.career_stage, zoe.consents) == (1, None, frozenset())
    assert [what.split(":")[0] for what in notes(outcomes, "line 6")] == [
        "capacity",
        "career_stage",
        "consents",
        "country",
        "id",
        "language",
        "level of a language",
        "level",
    ]


def test_a_suffix_after_a_comma_is_no_first_name(outcomes: list[Outcome]) -> None:
    assert experts(outcomes)["king-1"].name == "King, Jr."


def test_a_name_in_another_script_has_a_stable_id(outcomes: list[Outcome]) -> None:
    found = [expert for expert in experts(outcomes).values() if expert.country == "eg"]

    assert [person.name for person in found] == ["محمد علي"]
    assert found[0].id.startswith("people-harbour-645")


def test_every_row_that_is_not_taken_says_where_and_why(outcomes: list[Outcome]) -> None:
    rejected = {outcome.position: outcome.why for outcome in outcomes if isinstance(outcome, Rejected)}

    assert {position: why.split(";")[0] for position, why in rejected.items()} == {
        "line 8": "orcid: '0000-0002-1825-0098' has a wrong check digit",
        "line 9": "name: '' is empty",
        "line 10": "name: 'Mensah, Abena' comes to the same id as line 2",
        "line 11": "row: 'King, Jr.' repeats line 7, which was kept",
        "line 12": "has 13 cells where the header has 12",
    }


def test_semicolons_a_byte_order_mark_and_windows_line_ends_are_read(samples: Path) -> None:
    path = samples / "people" / "semicolons.csv"
    found = [
        outcome for outcome in people.read(path, {"name": "Name", "country": "Land"}, "") if isinstance(outcome, Expert)
    ]

    assert [(person.name, person.country) for person in found] == [("Weiß; Jörg", "de"), ("Élodie Traoré", "bf")]


def test_a_workbook_is_read_like_a_csv_file(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (
        ("Name", "Seats", "Land"),
        ("Abena Mensah", 3.0, "GH"),
        (None, None, None),
        ("Kofi Mensah", None, None),
    ):
        sheet.append(row)
    workbook.save(tmp_path / "people.xlsx")

    mapping = {"name": "Name", "capacity": "Seats", "country": "Land"}
    found = list(people.read(tmp_path / "people.xlsx", mapping, "book"))
    assert [(person.name, person.capacity, person.country) for person in found if isinstance(person, Expert)] == [
        ("Abena Mensah", 3, "gh"),
        ("Kofi Mensah", 1, ""),
    ]


def test_a_constant_holds_for_every_row(samples: Path) -> None:
    mapping = {"name": "Name", "country": ":GH"}
    found = people.read(samples / "people" / "semicolons.csv", mapping, "x")

    assert {person.country for person in found if isinstance(person, Expert)} == {"gh"}


def test_a_mapping_without_a_name_says_what_to_add(samples: Path) -> None:
    with pytest.raises(InvalidValue, match="does not say which column holds the name; add name=<column>"):
        list(people.read(samples / "people" / "quirks.csv", {"country": "country"}, "x"))


def test_an_unknown_column_of_ours_is_met_with_the_one_meant(samples: Path) -> None:
    with pytest.raises(
        InvalidValue, match=r"'contry' is not a column of ours \(did you mean 'country'\?\); use name, id"
    ):
        list(people.read(samples / "people" / "quirks.csv", {"name": "name", "contry": "country"}, "x"))


def test_a_missing_column_of_theirs_is_met_with_those_there_are(samples: Path) -> None:
    with pytest.raises(InvalidValue, match=r"has no column 'nmae' \(did you mean 'name'\?\); its columns are name, iD"):
        list(people.read(samples / "people" / "quirks.csv", {"name": "nmae"}, "x"))


def test_two_data_sets_never_share_a_person_by_name_alone(samples: Path) -> None:
    path = samples / "people" / "semicolons.csv"
    one, two = (experts(list(people.read(path, {"name": "Name"}, dataset))) for dataset in ("one", "two"))

    assert not one.keys() & two.keys()


def test_all_1196_real_people_stay_1196(real_files: Path) -> None:
    outcomes = list(people.read(real_files / "sysconf" / "persons-security.csv", REAL, "sysconf"))

    assert Counter(type(outcome) for outcome in outcomes) == {Expert: 1196, Warned: 9}
    assert len(experts(outcomes)) == 1196
    assert sum(not person.country for person in experts(outcomes).values()) == 208
    assert sum(person.country == "gb" for person in experts(outcomes).values()) == 49
