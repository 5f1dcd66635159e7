from pathlib import Path

import pytest

from graph.domain.organisations import Institution, InstitutionKind
from graph.domain.outcomes import Rejected, Warned
from importers import ror
from importers.files import Unreadable


@pytest.fixture
def quirks(samples: Path) -> Path:
    return samples / "ror" / "quirks.json"


def institutions(path: Path) -> dict[str, Institution]:
    return {record.id: record for record in ror.read(path) if isinstance(record, Institution)}


def test_a_record_keeps_its_names_kinds_and_place(quirks: Path) -> None:
    college = institutions(quirks)["ror-0test0101"]

    assert college.name == "Harbour College of Computing"
    assert college.aliases == ("HCC", "Collège informatique du Port")
    assert college.kinds == (InstitutionKind.UNIVERSITY, InstitutionKind.DONOR)
    assert (college.country, college.lat, college.lon) == ("gh", 5.5, -0.2)
    assert (str(college.founded), college.website) == ("1968", "https://harbour.example")
    assert college.domains == ("harbour.example",)
    assert (college.source, college.source_id) == ("ror", "https://ror.org/0test0101")


def test_a_relation_stated_at_either_end_is_one_tie_from_the_child_or_the_predecessor(quirks: Path) -> None:
    found = institutions(quirks)

    assert found["ror-0test0101"].parents == ("ror-0test0102",)
    assert found["ror-0test0103"].parents == ("ror-0test0102",)
    assert found["ror-0test0102"].parents == ()
    assert found["ror-0test0105"].successors == ("ror-0test0104",)
    assert found["ror-0test0104"].successors == ()


def test_a_relation_to_a_record_outside_the_file_is_kept(quirks: Path) -> None:
    assert institutions(quirks)["ror-0test0101"].related == ("ror-0test0999",)


def test_a_withdrawn_record_is_kept_and_warned_of(quirks: Path) -> None:
    assert institutions(quirks)["ror-0test0105"].status == "withdrawn"
    warned = [outcome for outcome in ror.read(quirks) if isinstance(outcome, Warned)]
    assert warned[0] == Warned(
        "record 5 (https://ror.org/0test0105)", "the registry has withdrawn this record; kept with that status"
    )


def test_odd_values_are_left_out_and_each_is_said(quirks: Path) -> None:
    works = institutions(quirks)["ror-0test0106"]
    said = [outcome.what for outcome in ror.read(quirks) if isinstance(outcome, Warned) and "0106" in outcome.position]

    assert (works.founded, works.website, works.country, works.lat) == (None, "", "", None)
    assert works.kinds == (InstitutionKind.COMPANY, InstitutionKind.OTHER)
    assert [what.split("'")[0].split(";")[0] for what in said] == [
        "no name is marked for display",
        "type ",
        "a website is no web address",
        "established: ",
        "has 2 places",
        "country: ",
        "latitude and longitude are no point on Earth",
    ]


def test_records_without_a_name_twice_or_their_own_parent_are_rejected(quirks: Path) -> None:
    rejected = [outcome for outcome in ror.read(quirks) if isinstance(outcome, Rejected)]

    assert [(outcome.position[:8], outcome.why.split(";")[0]) for outcome in rejected] == [
        ("record 7", "names: '' holds no name"),
        ("record 8", "has the same id as record 1 (https://ror.org/0test0101), which was kept"),
        ("record 9", "parents: 'ror-0test0108' is the institution itself"),
    ]


def test_a_single_record_is_read_too(samples: Path) -> None:
    assert list(institutions(samples / "ror" / "one_record.json")) == ["ror-0test0110"]


def test_the_older_schema_is_named_in_one_sentence(samples: Path) -> None:
    with pytest.raises(Unreadable, match=r"'schema_v1\.json' does not hold ROR records of schema v2; get the v2 file"):
        list(ror.read(samples / "ror" / "schema_v1.json"))


def test_all_262_real_records_come_in_whole(real_files: Path) -> None:
    outcomes = list(ror.read(real_files / "ror" / "ror-v2-cyber-and-digital-government.json"))
    records = [outcome for outcome in outcomes if isinstance(outcome, Institution)]

    assert len(records) == len({record.id for record in records}) == 262
    assert len({record.country for record in records}) == 70
    assert sum(record.founded is None for record in records) == 72
    assert not [outcome for outcome in outcomes if isinstance(outcome, Rejected)]
    assert [outcome.position for outcome in outcomes if isinstance(outcome, Warned)] == [
        "record 241 (https://ror.org/05k812a28)"
    ]


def test_no_real_relation_is_stored_twice_or_lost(real_files: Path) -> None:
    found = institutions(real_files / "ror" / "ror-v2-cyber-and-digital-government.json")

    # 46 parents and 5 successors lie inside the file; one more succession is stated by the successor alone.
    assert sum(parent in found for record in found.values() for parent in record.parents) == 46
    assert sum(heir in found for record in found.values() for heir in record.successors) == 6
    assert found["ror-01g94x362"].successors == ("ror-03h4x5z90",)


def test_reading_twice_gives_the_same_records(quirks: Path) -> None:
    assert list(ror.read(quirks)) == list(ror.read(quirks))
