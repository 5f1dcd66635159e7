"""Tables as CSV in UTF-8: the one place that writes them, for lists, exports and commands."""

import csv
import re
from collections.abc import Iterable, Sequence

Rows = Iterable[Sequence[str]]

_BYTE_ORDER_MARK = "\ufeff"
_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def for_sheets(names: Sequence[str], rows: Rows) -> bytes:
    """A table that people open in a sheet: with a byte order mark, and with no cell that a sheet would calculate."""
    guarded = ([_guarded(cell) for cell in row] for row in rows)
    return (_BYTE_ORDER_MARK + _lines(names, guarded, "\r\n")).encode()


def for_programs(names: Sequence[str], rows: Rows) -> bytes:
    """A table that programs read: every cell as it is."""
    return _lines(names, rows, "\n").encode()


class _Lines(list[str]):
    """What a writer of CSV writes, one row an item."""

    def write(self, row: str) -> None:
        self.append(row)


def _lines(names: Sequence[str], rows: Rows, end: str) -> str:
    lines = _Lines()
    # Python quotes a carriage return in a cell only where lines end with one, so they first do.
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows(rows)
    return "".join([line.removesuffix("\r\n") + end for line in lines])


def _guarded(cell: str) -> str:
    """A cell that no sheet takes for a formula: what begins like one, and is no number, gets an apostrophe in front."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell
