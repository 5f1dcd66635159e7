"""CSV: one place writes it, sheets calculate nothing of it, programs get every cell as it is."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from webapp.exports.csv_tables import for_programs, for_sheets

ROOT = Path(__file__).parents[2]
CELLS = ["plain", 'with "quotes", and commas', "two\nlines", "Ọkafor", ""]


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


@pytest.mark.parametrize("write", [for_sheets, for_programs])
def test_cells_come_back_as_they_were(write: Callable[..., bytes]) -> None:
    assert read(write("abcde", [CELLS, CELLS])) == [list("abcde"), CELLS, CELLS]


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "\t", "\r"])
def test_a_sheet_takes_no_cell_for_a_formula_and_a_program_reads_it_untouched(opening: str) -> None:
    cell = f"{opening}SUM(A1)"

    assert read(for_sheets("a", [[cell]])) == [["a"], [f"'{cell}"]]
    assert read(for_programs("a", [[cell]])) == [["a"], [cell]]
    assert read(for_sheets("a", [[f"1{opening}2"]])) == [["a"], [f"1{opening}2"]]


def test_sheets_get_a_byte_order_mark_and_their_own_line_ends() -> None:
    assert for_sheets("ab", [["1", "2"]]) == b"\xef\xbb\xbfa,b\r\n1,2\r\n"
    assert for_programs("ab", [["1", "2"]]) == b"a,b\n1,2\n"


def test_no_other_module_writes_csv() -> None:
    sources = [path for room in ("webapp", "importers", "graph") for path in (ROOT / room).rglob("*.py")]
    writers = [path.name for path in sources if "csv.writer" in (text := path.read_text()) or "DictWriter" in text]

    assert writers == ["csv_tables.py"]
