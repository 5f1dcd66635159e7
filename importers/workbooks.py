"""The first sheet of an Excel workbook as rows of text."""

import warnings
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from importers.files import Unreadable, opening_bytes

Lines = Generator[tuple[str, list[str]], None, None]

MAX_UNPACKED = 64_000_000
MAX_CELLS = 5_000_000
_TOO_LARGE = "is too large a workbook; save the sheet as CSV (UTF-8), which may be of any size"

# What zipfile, zlib, the XML parser and openpyxl raise for a workbook that is damaged or none at all.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    InvalidFileException,
    OSError,
    EOFError,
    RuntimeError,
    LookupError,
    AttributeError,
    TypeError,
    ValueError,
)


def sheet_rows(path: Path) -> Lines:
    """Position ("row 3") and cells of every row of the first sheet that holds something, all of one width.

    Formulas give the value last computed, dates ISO text. Raises Unreadable for a damaged workbook and for one
    that unpacks to more than `MAX_UNPACKED` bytes or reaches over more than `MAX_CELLS` cells.
    """
    if not opening_bytes(path).startswith(b"PK"):
        raise Unreadable(path, "is not an Excel workbook, or one with a password; take the password off or save as CSV")
    try:
        _check_size(path)
        rows = _cells(path)
    except Unreadable:
        raise
    except _DAMAGED:
        raise Unreadable(path, "is not a sound Excel workbook; open it in a spreadsheet and save it again") from None
    width = max(map(len, rows), default=0)
    for number, cells in enumerate(rows, start=1):
        if cells:
            yield f"row {number}", cells + [""] * (width - len(cells))


def _check_size(path: Path) -> None:
    """A small archive can unpack to anything: ask it before opening it."""
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
            raise Unreadable(path, _TOO_LARGE)


def _cells(path: Path) -> list[list[str]]:
    # Opened here, because openpyxl leaves a file open when it fails half way.
    with path.open("rb") as file, warnings.catch_warnings():
        # openpyxl warns of decorations it does not keep; we read values only.
        warnings.simplefilter("ignore")
        sheet = load_workbook(file, read_only=True, data_only=True).worksheets[0]
        sheet.reset_dimensions()
        return list(_bounded(path, sheet.iter_rows(values_only=True)))


def _bounded(path: Path, rows: Iterable[tuple[object, ...]]) -> Iterator[list[str]]:
    """The rows up to their last cell. A few bytes can place a cell in the last row and column there is."""
    held = 0
    for row in rows:
        cells = [_text(value) for value in row]
        held += 1 + _width(cells)
        if held > MAX_CELLS:
            raise Unreadable(path, _TOO_LARGE)
        yield cells[: _width(cells)]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _width(cells: list[str]) -> int:
    """The number of cells up to the last one that holds something."""
    return max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)
