"""Whatever a row says, reading it raises nothing but our own errors, and every row is accounted for."""

import contextlib
import csv
import io
import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from graph.domain.outcomes import Outcome, Rejected
from graph.domain.records import Record
from graph.errors import GraphError
from importers import cordis, people, ties
from importers.rows import clean, parse_mapping
from importers.sources import Options, find
from tests.conftest import today

# A file with a zero byte is no text and is refused as a whole; every other character may stand in a cell.
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20) | st.sampled_from(
    [
        "",
        "NA",
        "GH",
        "UK",
        "2019",
        "2019-02-30",
        "0000-0002-1825-0097",
        "ror.org/0test0101",
        "fr:C2; en",
        "a:9",
        "mentorship",
    ]
)
IDENTITY = {name: name for name in (*people.COLUMNS, *ties.COLUMNS)}
SCALARS = st.none() | st.booleans() | st.integers(-9999, 9999) | st.floats(-1e9, 1e9) | st.text(max_size=10)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)


def outcomes_of(source: str, name: str, content: bytes, columns: tuple[str, ...] = ()) -> list[Outcome]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return list(find(source).read(path, Options(today=today(), mapping={column: column for column in columns})))


def table(columns: tuple[str, ...], rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    return text.getvalue().encode("utf-8", "replace")


def accounted(outcomes: list[Outcome]) -> int:
    return sum(isinstance(outcome, Record | Rejected) for outcome in outcomes)


def rows_of(columns: tuple[str, ...]) -> st.SearchStrategy[list[list[str]]]:
    return st.lists(st.lists(CELLS, min_size=len(columns), max_size=len(columns)), max_size=4)


@given(rows_of(people.COLUMNS))
def test_every_row_of_people_is_a_person_or_a_rejection(rows: list[list[str]]) -> None:
    outcomes = outcomes_of("people", "x.csv", table(people.COLUMNS, rows), people.COLUMNS)

    assert accounted(outcomes) == sum(any(cell.strip() for cell in row) for row in rows)


@given(rows_of(ties.COLUMNS))
def test_no_row_of_ties_breaks_the_reading(rows: list[list[str]]) -> None:
    outcomes = outcomes_of("ties", "x.csv", table(ties.COLUMNS, rows), ties.COLUMNS)

    assert accounted(outcomes) <= len(rows)


@given(rows_of(cordis.COLUMNS))
def test_no_participation_breaks_the_reading(rows: list[list[str]]) -> None:
    """Whatever the cells hold, the reading comes to its end: an error of any kind would fail this test."""
    outcomes_of("cordis", "x.csv", table(cordis.COLUMNS, rows))


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading_of_a_table(content: bytes) -> None:
    """A file is read or refused by an error of ours; an error of any other kind would fail this test."""
    for name, opening in (("x.csv", b"name\n"), ("x.xlsx", b"PK\x03\x04")):
        with contextlib.suppress(GraphError):
            outcomes_of("people", name, opening + content, ("name",))


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_no_damage_to_a_workbook_breaks_the_reading(place: int, damage: bytes) -> None:
    """A workbook is read or refused by an error of ours; an error of any other kind would fail this test."""
    workbook, whole = Workbook(), io.BytesIO()
    workbook.worksheets[0].append(["name"])
    workbook.worksheets[0].append(["Ada"])
    workbook.save(whole)
    content = bytearray(whole.getvalue())
    place %= len(content)
    content[place : place + len(damage)] = damage
    with contextlib.suppress(GraphError):
        outcomes_of("people", "x.xlsx", bytes(content), ("name",))


@given(
    st.dictionaries(
        st.sampled_from(
            ["id", "names", "types", "locations", "relationships", "links", "domains", "status", "established"]
        ),
        JSON,
    )
)
def test_no_shape_of_a_ror_record_breaks_the_reading(oddity: dict[str, Any]) -> None:
    sound = {"id": "https://ror.org/0test0101", "names": [{"value": "A", "types": ["ror_display"]}], "types": ["other"]}
    outcomes = outcomes_of("ror", "x.json", json.dumps([sound, {**sound, "id": "0test0102", **oddity}]).encode())

    assert accounted(outcomes) == 2


@given(st.text(max_size=40))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.dictionaries(st.sampled_from(people.COLUMNS), st.text("abc =", min_size=1).map(str.strip).filter(bool)))
def test_a_mapping_reads_back_as_it_was_written(mapping: dict[str, str]) -> None:
    assert parse_mapping(",".join(f"{ours}={theirs}" for ours, theirs in mapping.items())) == mapping
