import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from graph.domain.engagements import EngagementStatus, JointProject, Partner
from graph.domain.organisations import Institution, InstitutionKind
from graph.domain.outcomes import Outcome, Rejected, Warned
from importers import cordis

TODAY = date(2026, 11, 1)


@pytest.fixture
def outcomes(samples: Path) -> list[Outcome]:
    return list(cordis.read(samples / "cordis" / "quirks.csv", TODAY))


def organisations(outcomes: list[Outcome]) -> dict[str, Institution]:
    return {outcome.id: outcome for outcome in outcomes if isinstance(outcome, Institution)}


def projects(outcomes: list[Outcome]) -> dict[str, JointProject]:
    return {outcome.id: outcome for outcome in outcomes if isinstance(outcome, JointProject)}


def test_an_organisation_without_a_name_is_called_by_its_number_and_country(outcomes: list[Outcome]) -> None:
    found = organisations(outcomes)

    assert found["pic-900000001"].name == "PIC 900000001 (GR)"
    assert found["pic-900000001"].kinds == (InstitutionKind.UNIVERSITY,)
    assert (found["pic-900000002"].country, found["pic-900000004"].country) == ("gb", "xk")


def test_country_na_is_neither_namibia_nor_silent(outcomes: list[Outcome]) -> None:
    assert organisations(outcomes)["pic-900000003"].country == ""
    assert organisations(outcomes)["pic-900000003"].name == "PIC 900000003"
    assert Warned("line 4", "country 'NA' may be Namibia or a missing value; left empty") in outcomes


def test_two_roles_of_one_organisation_become_one_partner(outcomes: list[Outcome]) -> None:
    assert projects(outcomes)["cordis-700001"].partners == (
        Partner(target="pic-900000001", role="coordinator, participant", contribution=100200.5),
        Partner(target="pic-900000002", role="participant", contribution=None),
        Partner(target="pic-900000003", role="participant", contribution=5000.0),
    )
    assert Warned("line 6", "repeats line 3; counted once") in outcomes


def test_dates_keep_their_precision_and_missing_ones_stay_missing(outcomes: list[Outcome]) -> None:
    found = projects(outcomes)

    assert (found["cordis-700002"].start, found["cordis-700002"].end) == (None, None)
    assert (str(found["cordis-700004"].start), str(found["cordis-700004"].end)) == ("2025-01", "2030")


def test_the_status_follows_from_the_dates(outcomes: list[Outcome]) -> None:
    statuses = {project.id: project.status for project in projects(outcomes).values()}

    assert statuses["cordis-700001"] is EngagementStatus.COMPLETED
    assert statuses["cordis-700004"] is EngagementStatus.ACTIVE


def test_contradicting_rows_are_warned_of_and_the_first_holds(outcomes: list[Outcome]) -> None:
    warned = {outcome.position: outcome.what for outcome in outcomes if isinstance(outcome, Warned)}

    assert organisations(outcomes)["pic-900000002"].kinds == (InstitutionKind.RESEARCH,)
    assert warned["line 7"] == "says another type or country for organisation 900000002 than line 3, which holds"
    assert "says other dates for project 700004 than line 11, which hold" in [
        outcome.what for outcome in outcomes if isinstance(outcome, Warned)
    ]


def test_every_row_that_is_not_taken_says_where_and_why(outcomes: list[Outcome]) -> None:
    rejected = {outcome.position: outcome.why for outcome in outcomes if isinstance(outcome, Rejected)}

    assert {position: why.split(";")[0] for position, why in rejected.items()} == {
        "line 9": "role: 'visitor' is not a role",
        "line 10": "end: '2023-05-01' lies before the start 2024-05-01",
        "line 12": "contribution: '-10' is not an amount in euros",
        "line 13": "pic: '90000000X' is not a number of the European Commission",
        "line 15": "has 3 cells where the header has 9",
    }


def test_the_real_security_projects_equal_an_independent_count(real_files: Path) -> None:
    path = real_files / "cordis-h2020" / "participations-SC7-secure-societies.csv"
    outcomes = list(cordis.read(path, TODAY))
    expected: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            expected[f"cordis-{row['rcn']}"].add((f"pic-{row['pic']}", row["role"]))

    assert len(outcomes) == 392 + 2143
    assert len(organisations(outcomes)) == 2143
    assert len({institution.country for institution in organisations(outcomes).values()}) == 61
    assert {
        project.id: {(partner.target, partner.role) for partner in project.partners}
        for project in projects(outcomes).values()
    } == expected


def test_organisations_come_before_the_projects_that_name_them(outcomes: list[Outcome]) -> None:
    seen: set[str] = set()
    for outcome in outcomes:
        if isinstance(outcome, Institution):
            seen.add(outcome.id)
        elif isinstance(outcome, JointProject):
            assert {partner.target for partner in outcome.partners} <= seen


def test_the_real_staff_exchanges_hold_the_one_ambiguous_country(real_files: Path) -> None:
    outcomes = list(cordis.read(real_files / "cordis-h2020" / "participations-MSCA-with-partners-to2017.csv", TODAY))

    assert (len(organisations(outcomes)), len(projects(outcomes))) == (4609, 977)
    assert [outcome for outcome in outcomes if isinstance(outcome, Rejected | Warned)] == [
        Warned("line 3971", "country 'NA' may be Namibia or a missing value; left empty")
    ]
