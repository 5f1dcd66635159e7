"""What a file really is, whatever its name says: refused early, quickly and in one sentence when it will not do."""

import gzip
import os
import zlib
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TextIO

import charset_normalizer

from graph.errors import InvalidValue

MAX_LINE = 1_000_000
_SAMPLE = 65_536
_GZIP = b"\x1f\x8b"

# The first bytes by which a kind of file that somebody may choose by mistake gives itself away.
_SIGNATURES = {
    b"PK\x03\x04": "a zip archive or an Excel workbook; save the table as CSV (UTF-8), or rename a workbook to .xlsx",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook or one with a password; save it as a plain .xlsx or as CSV (UTF-8)",
    _GZIP: "compressed with gzip; unpack it first",
    b"BZh": "compressed with bzip2; unpack it first",
    b"\xfd7zXZ": "compressed with xz; unpack it first",
    b"%PDF": "a PDF document; ask for the table behind it as CSV (UTF-8)",
    b"\xff\xfe": "text in UTF-16; save it as CSV UTF-8",
    b"\xfe\xff": "text in UTF-16; save it as CSV UTF-8",
}


class Unreadable(InvalidValue):
    """The file as a whole cannot be read; nothing of it is taken. The sentence says what to do with the file."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__("file", path.name, why)


def opening_bytes(path: Path) -> bytes:
    """The first bytes of a file that has any. Raises Unreadable when it is missing, empty or not a file."""
    if not path.exists():
        raise Unreadable(path, "does not exist; check the name and the folder")
    if path.is_dir():
        raise Unreadable(path, "is a folder, not a file; name one file in it")
    if not path.is_file():
        raise Unreadable(path, "is a pipe or a device, which can be read only once; write it to a file and name that")
    try:
        with path.open("rb") as file:
            sample = file.read(_SAMPLE)
    except OSError as error:
        raise Unreadable(path, f"cannot be opened ({os.strerror(error.errno or 0)}); check who may read it") from None
    if not sample.removeprefix(b"\xef\xbb\xbf").strip():
        raise Unreadable(path, "is empty; choose the file that holds the rows")
    return sample


def check_is_text(path: Path) -> None:
    """Raise Unreadable when the file is something else under the name of a text."""
    _check_bytes(path, opening_bytes(path))


def _check_bytes(path: Path, sample: bytes) -> None:
    for signature, what in _SIGNATURES.items():
        if sample.startswith(signature):
            raise Unreadable(path, f"is {what}")
    if b"\0" in sample:
        raise Unreadable(path, "is not text; choose a CSV or JSON file in UTF-8")


def text_lines(path: Path) -> Iterator[str]:
    """The lines of a UTF-8 text with their ends, a byte order mark left out.

    Reads in a stream and holds one line at a time. Raises Unreadable for anything but UTF-8 text and for a line
    longer than `MAX_LINE` characters.
    """
    check_is_text(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from _lines(path, file)


def unpacked_lines(path: Path) -> Generator[str, None, None]:
    """The same, of a text that may be compressed with gzip. Raises Unreadable for a damaged one, too.

    However little is packed, much may come out: only for files of whoever runs the program.
    """
    if not opening_bytes(path).startswith(_GZIP):
        yield from text_lines(path)
        return
    try:
        with gzip.open(path) as packed:
            _check_bytes(path, packed.read(_SAMPLE))
        with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
            yield from _lines(path, file)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise Unreadable(path, "is damaged: it cannot be unpacked with gzip; fetch it again") from None


def _lines(path: Path, file: TextIO) -> Iterator[str]:
    number = 0
    try:
        while line := file.readline(MAX_LINE):
            number += 1
            if len(line) == MAX_LINE:
                why = f"has more than a million characters in line {number}; choose a table with one record a line"
                raise Unreadable(path, why)
            yield line
    except UnicodeDecodeError as error:
        raise Unreadable(path, f"is not UTF-8 text{_guess(error.object)}; save it as UTF-8") from None


def _guess(sample: bytes) -> str:
    best = charset_normalizer.from_bytes(sample).best()
    return f" (it may be {best.encoding})" if best else ""
