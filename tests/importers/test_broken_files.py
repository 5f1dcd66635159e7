"""A file that will not do ends in one clear sentence, quickly and in little memory."""

import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from openpyxl import Workbook

from graph.errors import InvalidValue
from importers.files import MAX_LINE, Unreadable
from importers.sources import SOURCES, Options, find
from tests.conftest import today

HEADER = b"rcn,role,pic,type,contribution,country,start_date,end_date\n"
ROW = b"1,partner,2,HES,NA,GH,2020,2021\n"
MEGABYTE = 1_000_000


def refusal(source: str, path: Path) -> str:
    mapping = {"name": "name"} if source == "people" else {"kind": ":mentorship", "source": "a", "target": "b"}
    with pytest.raises(Unreadable) as caught:
        list(find(source).read(path, Options(today=today(), mapping=mapping)))
    return str(caught.value)


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write(name: str, content: bytes) -> Path:
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return write


@pytest.mark.parametrize("source", SOURCES)
def test_a_missing_file_an_empty_one_and_a_folder_are_refused(source: str, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"\xef\xbb\xbf \n")

    assert refusal(source, tmp_path / "gone.csv") == "file: 'gone.csv' does not exist; check the name and the folder."
    assert refusal(source, tmp_path / "empty.csv") == "file: 'empty.csv' is empty; choose the file that holds the rows."
    assert refusal(source, tmp_path).endswith("is a folder, not a file; name one file in it.")


@pytest.mark.parametrize("source", SOURCES)
def test_a_spreadsheet_under_another_name_is_called_what_it_is(source: str, tmp_path: Path) -> None:
    Workbook().save(tmp_path / "table.csv")

    assert refusal(source, tmp_path / "table.csv") == (
        "file: 'table.csv' is a zip archive or an Excel workbook; "
        "save the table as CSV (UTF-8), or rename a workbook to .xlsx."
    )


@pytest.mark.parametrize(
    ("opening", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1", "is an old Excel workbook or one with a password; save it as a plain .xlsx"),
        (b"\x1f\x8b\x08", "is compressed with gzip; unpack it first"),
        (b"%PDF-1.7", "is a PDF document; ask for the table behind it"),
        ("name\n".encode("utf-16"), "is text in UTF-16; save it as CSV UTF-8"),
        (b"abc\0def", "is not text; choose a CSV or JSON file in UTF-8"),
    ],
)
def test_other_kinds_of_file_are_called_what_they_are(
    opening: bytes, sentence: str, written: Callable[[str, bytes], Path]
) -> None:
    assert sentence in refusal("cordis", written("file.csv", opening))


def test_text_that_is_not_utf8_is_named_with_a_guess(written: Callable[[str, bytes], Path]) -> None:
    text = "name\nJosé Fernández Muñoz, él vivió en España y trabajó en Perú\n" * 20
    sentence = refusal("people", written("latin.csv", text.encode("latin-1")))

    assert sentence.startswith("file: 'latin.csv' is not UTF-8 text (it may be ")
    assert sentence.endswith("; save it as UTF-8.")


def test_wrong_columns_are_all_named_with_those_there_are(written: Callable[[str, bytes], Path]) -> None:
    path = written("x.csv", b"RCN,role,pic,type,contribution,country,start,end_date\n")

    assert refusal("cordis", path) == (
        "file: 'x.csv' has no column 'rcn' (did you mean 'RCN'?), 'start_date' (did you mean 'start'?); "
        "its columns are RCN, role, pic, type, contribution, country, start, end_date."
    )


def test_two_columns_of_one_name_are_refused(written: Callable[[str, bytes], Path]) -> None:
    assert "has 2 columns called 'name'; rename all but one." in refusal(
        "people", written("x.csv", b"name,name\na,b\n")
    )


def test_an_open_quotation_mark_is_found_where_it_opens(written: Callable[[str, bytes], Path]) -> None:
    path = written("x.csv", HEADER + ROW + b'"1,partner\n' + ROW * 3)

    assert "is no longer a table at line 3 (unexpected end of data); check the quotation marks" in refusal(
        "cordis", path
    )


@pytest.mark.parametrize("name", ["sheet.xlsx", "SHEET.XLSX"])
def test_a_text_named_xlsx_is_refused(name: str, written: Callable[[str, bytes], Path]) -> None:
    assert "is not an Excel workbook, or one with a password" in refusal("people", written(name, b"name\nAda\n"))


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "whole.xlsx")
    (tmp_path / "half.xlsx").write_bytes((tmp_path / "whole.xlsx").read_bytes()[:2000])

    assert "is not a sound Excel workbook; open it in a spreadsheet" in refusal("people", tmp_path / "half.xlsx")


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "blank.xlsx")

    assert "has no first row with column names; add one" in refusal("people", tmp_path / "blank.xlsx")


def test_a_workbook_that_unpacks_to_a_giant_is_refused_unopened(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 65 * MEGABYTE)

    assert "is too large a workbook; save the sheet as CSV" in refusal("people", tmp_path / "bomb.xlsx")


def test_a_cell_in_the_farthest_corner_of_many_rows_is_refused(tmp_path: Path) -> None:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for _ in range(400):
        sheet.append([*[None] * 16_383, "far"])
    workbook.save(tmp_path / "wide.xlsx")

    assert "is too large a workbook; save the sheet as CSV" in refusal("people", tmp_path / "wide.xlsx")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b'[{"id": "https://ror.org/0test0101", "names": [], "types": []}, {"id"',
            "is cut off in the middle; get it again",
        ),
        (
            b'[{"id": "https://ror.org/0test0101", "names": [], "types": []}] more',
            "is not JSON; check where it comes from",
        ),
        (b'[{"id": "caf\xe9"}]', "is not JSON"),
        (b"id,name\n1,Ada\n", "is not JSON"),
        (b'"one text"', "holds a single value; it should hold an array of records"),
        (b"[1, 2]", "does not hold ROR records of schema v2"),
        (b"[" * 100_000, "has a record nested deeper than 64 levels"),
    ],
)
def test_broken_json_is_refused(content: bytes, sentence: str, written: Callable[[str, bytes], Path]) -> None:
    assert sentence in refusal("ror", written("x.json", content))


def test_an_array_of_nothing_is_no_error(written: Callable[[str, bytes], Path]) -> None:
    assert list(find("ror").read(written("x.json", b"[]"), Options(today=today()))) == []


@pytest.mark.parametrize(
    ("source", "opening", "filling", "sentence"),
    [
        ("cordis", b"", b"a", "has more than a million characters in line 1; choose a table with one record a line"),
        (
            "cordis",
            HEADER + ROW,
            b"a",
            "has more than a million characters in line 3; choose a table with one record a line",
        ),
        ("people", b'name\n"', b"a\n", "is no longer a table at line 2 (field larger than field limit (131072))"),
        ("ror", b'[{"id":"', b"a", "has a record of more than 4,000,000 bytes; check that it is the right file"),
        ("ror", b'[{"names":[', b"1,", "has a record of more than 4,000,000 bytes; check that it is the right file"),
    ],
)
def test_a_line_of_200_megabytes_is_refused_quickly_and_in_little_memory(
    source: str, opening: bytes, filling: bytes, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "long.txt"
    chunk = filling * (MEGABYTE // len(filling))
    with path.open("wb") as file:
        file.write(opening)
        for _ in range(200):
            file.write(chunk)

    tracemalloc.start()
    began = time.perf_counter()
    try:
        said = refusal(source, path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert sentence in said
    assert peak < 64 * MEGABYTE
    assert time.perf_counter() - began < 20
    path.unlink()


def test_a_line_just_short_enough_is_read(written: Callable[[str, bytes], Path]) -> None:
    notes = b",".join([b"a" * 100_000] * 9)
    path = written("x.csv", b"name,1,2,3,4,5,6,7,8,9\nAda," + notes + b"\n")

    assert len(notes) < MAX_LINE
    assert len(list(find("people").read(path, Options(today=today(), mapping={"name": "name"})))) == 1


@pytest.mark.parametrize(("source", "content"), [("ror", b"[1, 2]"), ("cordis", b"a,b\n1,2\n")])
def test_a_refused_file_is_closed_at_once(source: str, content: bytes, written: Callable[[str, bytes], Path]) -> None:
    path = written("x.csv", content)
    with pytest.raises(Unreadable):
        list(find(source).read(path, Options(today=today())))

    assert str(path) not in [file.path for file in psutil.Process().open_files()]


def test_an_unknown_source_is_met_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="'iati' is not a source; use ror, cordis, people, ties"):
        find("iati").read(tmp_path, Options(today=today()))
