"""Tables as people send them, CSV or XLSX: one row at a time, each with the place where a person finds it."""

import csv
import unicodedata
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from graph.domain.outcomes import Rejected
from graph.errors import InvalidValue
from importers.files import Unreadable, text_lines

Lines = Generator[tuple[str, list[str]], None, None]

_SHOWN = 12
_DELIMITERS = ",;\t"
_UNWANTED = {"Cc", "Cs"}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The cells of one line by column name, cleaned; a cell left out is an empty text."""

    position: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def clean(text: str) -> str:
    """Single spaces inside, none around, no control characters, accents composed. Scripts stay as they are."""
    if not text.isprintable():
        text = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _UNWANTED)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def table_rows(path: Path, required: Collection[str]) -> Iterator[SheetRow | Rejected]:
    """The rows of a CSV file (comma, semicolon or tab; UTF-8) or of the first sheet of an XLSX workbook.

    A row with too few or too many cells is Rejected, empty rows are left out.
    Raises Unreadable when the file is no such table or lacks a required column.
    """
    with closing(_lines(path)) as lines:
        header = _header(path, lines)
        _check_columns(path, header, required)
        for position, cells in lines:
            yield _row(position, header, cells)


def mapped_rows(path: Path, mapping: Mapping[str, str], known: Collection[str]) -> Iterator[SheetRow | Rejected]:
    """The rows of a table under our own column names.

    `mapping` is ours -> theirs; a value that starts with a colon is a constant for every row. `known` are the names
    of ours there are. Raises InvalidValue for an unknown name of ours, Unreadable for a missing column of theirs.
    """
    for ours in mapping:
        if ours not in known:
            raise InvalidValue("map", ours, f"is not a column of ours{_meant(ours, known)}; use {', '.join(known)}")
    constants = {ours: clean(text[1:]) for ours, text in mapping.items() if text.startswith(":")}
    theirs = {ours: clean(text) for ours, text in mapping.items() if ours not in constants}
    for row in table_rows(path, list(dict.fromkeys(theirs.values()))):
        if isinstance(row, SheetRow):
            yield SheetRow(row.position, constants | {ours: row[column] for ours, column in theirs.items()})
        else:
            yield row


def parse_mapping(text: str) -> dict[str, str]:
    """Read "name=Full name,country=Country" as ours -> theirs. Raises InvalidValue."""
    mapping: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        ours, _, theirs = (part.strip() for part in pair.partition("="))
        if not ours or not theirs or ours in mapping:
            raise InvalidValue("map", pair, "does not name one column of ours and one of theirs; write name=Full name")
        mapping[ours] = theirs
    return mapping


def _lines(path: Path) -> Lines:
    if path.suffix.lower() != ".xlsx":
        return _csv_lines(path)
    from importers.workbooks import sheet_rows  # openpyxl takes a fifth of a second, which a CSV need not wait for

    return sheet_rows(path)


def _csv_lines(path: Path) -> Lines:
    first = next((line for line in text_lines(path) if line.strip()), "")
    reader = csv.reader(text_lines(path), delimiter=_delimiter(first), strict=True)
    number = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield f"line {number}", cells
            number = reader.line_num + 1
    except csv.Error as error:
        why = f"is no longer a table at line {number} ({error}); check the quotation marks there"
        raise Unreadable(path, why) from None


def _delimiter(line: str) -> str:
    """The one that splits the header into most columns; a comma when all do alike."""
    return max(_DELIMITERS, key=line.count)


def _header(path: Path, lines: Iterator[tuple[str, list[str]]]) -> list[str]:
    header = [clean(name) for name in next(lines, ("", []))[1]]
    if not any(header):
        raise Unreadable(path, "has no first row with column names; add one")
    return header


def _check_columns(path: Path, header: Sequence[str], required: Collection[str]) -> None:
    for name in required:
        if header.count(name) > 1:
            raise Unreadable(path, f"has {header.count(name)} columns called {name!r}; rename all but one")
    missing = [f"{name!r}{_meant(name, header)}" for name in required if name not in header]
    if missing:
        present = ", ".join(column[:40] for column in header[:_SHOWN] if column)
        more = " ..." if len(header) > _SHOWN else ""
        raise Unreadable(path, f"has no column {', '.join(missing)}; its columns are {present}{more}")


def _row(position: str, header: Sequence[str], cells: Sequence[str]) -> SheetRow | Rejected:
    surplus = [cell for cell in cells[len(header) :] if cell.strip()]
    if surplus or len(cells) < len(header):
        why = f"has {len(cells)} cells where the header has {len(header)}; put cells that hold a delimiter in quotes"
        return Rejected(position, why)
    return SheetRow(position, {name: clean(cell) for name, cell in zip(header, cells, strict=False) if name})


def _meant(word: str, known: Collection[str]) -> str:
    folded = {name.casefold(): name for name in known if name}
    close = get_close_matches(word.casefold()[:80], folded, n=1)
    return f" (did you mean {folded[close[0]]!r}?)" if close else ""
