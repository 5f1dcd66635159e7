"""Tables of numbers for planning: rows are people, columns are openings, both counted from 0.

A file is either dense, nothing but numbers and a line a row, or sparse: lines of row, column and value under just
that header. Comma, semicolon or tab. A pair that a sparse file does not mention is not eligible.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from graph.errors import InvalidValue
from importers.files import Unreadable, text_lines

HEADER = ["row", "column", "value"]
_HEADINGS = frozenset({"index", "row", "column", "value", "seats", "loads", "budget"})
_NAMED = frozenset({"effort", "budget", "hours", "days"})
_DELIMITERS = ",;\t"
_MOST = 10_000_000
_INDEXED = 2  # cells of a line of index,value

Lines = Iterator[tuple[int, list[str]]]
Q = TypeVar("Q", int, float)


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """The stated entries of a table of `shape` (rows, columns): where they stand and what they are, all (a,).

    `limit` is how many rows and columns there can be: a sparse file need not mention those without a pair.
    """

    row: NDArray[np.int32]
    column: NDArray[np.int32]
    value: NDArray[np.float64]
    shape: tuple[int, int]
    limit: tuple[int, int]


def read(path: Path) -> Matrix:
    """Read a dense or a sparse table, line by line. Raises Unreadable with the row and column of what will not do."""
    lines = _lines(path)
    number, first = next(lines, (0, []))
    if not first:
        raise Unreadable(path, "has no number; write one row a line")
    if [cell.casefold() for cell in first] == HEADER:
        return _read_sparse(path, lines)
    return _read_dense(path, chain([(number, first)], lines))


def read_quotas(path: Path, count: int, limit: int) -> list[int]:
    """Whole numbers for `count` to `limit` rows or columns, under a header or none.

    One a line, or all of them, three or more, in one line, or `index,value` lines with 1 where not named. Raises
    Unreadable for anything else.
    """
    listed = _read_list(path)
    quotas = [(number, [_whole(path, number, cell) for cell in cells]) for number, cells in listed]
    if len(quotas[0][1]) == _INDEXED:
        named = _indexed(path, [(number, cells[0], cells[1]) for number, cells in quotas], limit)
        return [named.get(index, 1) for index in range(max(count, max(named) + 1))]
    _check_count(path, len(quotas), count, limit)
    return [cells[0] for _, cells in quotas]


def read_budgets(path: Path, count: int, limit: int) -> list[float]:
    """Numbers of 0 or more for `count` to `limit` rows, as `read_quotas` but each of them named.

    Raises Unreadable for anything else.
    """
    listed = _read_list(path)
    if len(listed[0][1]) != _INDEXED:
        _check_count(path, len(listed), count, limit)
        return [_amount(path, number, cells[0]) for number, cells in listed]
    lines = [(number, _whole(path, number, cells[0]), _amount(path, number, cells[1])) for number, cells in listed]
    named = _indexed(path, lines, limit)
    missing = next((row for row in range(count) if row not in named), None)
    if missing is not None:
        raise Unreadable(path, f"names no budget for row {missing}; give one for each row")
    return [named.get(row, 0.0) for row in range(max(named) + 1)]


def read_efforts(path: Path, table: Matrix) -> NDArray[np.float64]:
    """What each stated entry (a,) of a table takes of its row, 0 or more.

    One number a column, in a line or one a line; or a table of as many rows and columns; or row,column,value lines for
    every entry. Raises Unreadable for anything else.
    """
    given = read(path)
    below = np.flatnonzero(given.value < 0)
    if below.size:
        place = f"row {given.row[below[0]]}, column {given.column[below[0]]}"
        raise Unreadable(path, f"has {given.value[below[0]]:g} in {place}; give efforts of 0 or more")
    if given.shape != given.limit:
        return _efforts_of_pairs(path, given, table)
    if _is_shape_of(given.shape, table):
        return given.value.reshape(given.shape)[table.row, table.column]
    if 1 in given.shape and table.shape[1] <= max(given.shape) <= table.limit[1]:
        return given.value[table.column]
    found, asked = (f"{rows:,} by {columns:,}" for rows, columns in (given.shape, table.shape))
    how = f"give one for each of the {table.shape[1]:,} columns, or a table of the same size"
    raise Unreadable(path, f"has efforts for {found} where the table is {asked}; {how}")


def read_named(path: Path, ids: int) -> list[tuple[list[str], float]]:
    """Lines of so many ids, or one fewer, and a number of 0 or more; a heading may stand above them.

    An id that is left out is empty and stands before the others. Raises Unreadable for anything else.
    """
    found: list[tuple[list[str], float]] = []
    for number, line in enumerate(text_lines(path), 1):
        cells = [cell.strip() for cell in line.split(max(_DELIMITERS, key=line.count))]
        if not any(cells) or (not found and cells[-1].casefold() in _NAMED):
            continue
        if not ids <= len(cells) <= ids + 1:
            raise Unreadable(path, f"has {len(cells)} cells in line {number}; write {ids} or {ids + 1}")
        found.append(([""] * (ids + 1 - len(cells)) + cells[:-1], _amount(path, number, cells[-1])))
    return found


def read_groups(path: Path, count: int) -> list[str]:
    """The name of a group for each of `count` columns, one a line or all in one line; empty for none.

    Raises Unreadable for another number of names.
    """
    names = [line.strip() for line in text_lines(path)]
    if len(names) == 1 and count > 1:
        delimiter = max(_DELIMITERS, key=names[0].count)
        names = [name.strip() for name in names[0].split(delimiter)]
    if len(names) != count:
        raise Unreadable(path, f"has {len(names)} names where the table has {count} columns; give one each")
    return names


def _is_shape_of(shape: tuple[int, int], table: Matrix) -> bool:
    return all(least <= size <= most for size, least, most in zip(shape, table.shape, table.limit, strict=True))


def _efforts_of_pairs(path: Path, given: Matrix, table: Matrix) -> NDArray[np.float64]:
    ends = zip(given.row.tolist(), given.column.tolist(), strict=True)
    of_pair = dict(zip(ends, given.value.tolist(), strict=True))
    pairs = list(zip(table.row.tolist(), table.column.tolist(), strict=True))
    missing = next((pair for pair in pairs if pair not in of_pair), None)
    if missing is not None:
        row, column = missing
        raise Unreadable(path, f"states no effort for row {row}, column {column}; give one for every pair of the table")
    return np.array([of_pair[pair] for pair in pairs])


def _read_list(path: Path) -> list[tuple[int, list[str]]]:
    """Numbered lines of one cell or of two each, without a header; three or more in one line become as many lines."""
    lines = list(_lines(path))
    rows = lines[bool(lines) and all(cell.casefold() in _HEADINGS for cell in lines[0][1]) :]
    if not rows:
        raise Unreadable(path, "has no number; write one a line")
    if len(rows) == 1 and len(rows[0][1]) > _INDEXED:
        rows = [(rows[0][0], [cell]) for cell in rows[0][1]]
    if any(len(cells) != len(rows[0][1]) or len(cells) > _INDEXED for _, cells in rows):
        raise Unreadable(path, "mixes kinds of lines; write one whole number a line, or index,value in every line")
    return rows


def _check_count(path: Path, found: int, count: int, limit: int) -> None:
    if not count <= found <= limit:
        raise Unreadable(path, f"has {found} numbers where the table has {count} to fill; give one each")


def _indexed(path: Path, rows: list[tuple[int, int, Q]], limit: int) -> dict[int, Q]:
    quotas: dict[int, Q] = {}
    for number, index, quota in rows:
        if index >= limit:
            raise Unreadable(path, f"names {index} in line {number}; the table has 0 to {limit - 1}")
        if index in quotas:
            raise Unreadable(path, f"names {index} again in line {number}; name each once")
        quotas[index] = quota
    return quotas


def parse_pair(field: str, text: str) -> tuple[int, int]:
    """Read "3=5" as row 3, column 5. Raises InvalidValue."""
    row, _, column = (part.strip() for part in text.partition("="))
    if not (_is_whole(row) and _is_whole(column)):
        raise InvalidValue(field, text, "is not a pair; write row=column, both counted from 0, such as 3=5")
    return int(row), int(column)


def _read_dense(path: Path, lines: Lines) -> Matrix:
    rows: list[NDArray[np.float64]] = []
    for row, (_, cells) in enumerate(lines):
        if rows and len(cells) != len(rows[0]):
            raise Unreadable(path, f"has {len(cells)} cells in row {row} and {len(rows[0])} in row 0; make them alike")
        rows.append(_numbers(path, row, cells))
    value = np.array(rows)
    row_of, column_of = np.indices(value.shape, np.int32)
    shape = (len(rows), len(rows[0]))
    return Matrix(row_of.ravel(), column_of.ravel(), value.ravel(), shape, shape)


def _numbers(path: Path, row: int, cells: list[str]) -> NDArray[np.float64]:
    try:
        numbers = np.array([float(cell) for cell in cells])
    except ValueError:
        numbers = np.array([_number(path, f"row {row}, column {column}", cell) for column, cell in enumerate(cells)])
    if not np.isfinite(numbers).all():
        column = int(np.argmin(np.isfinite(numbers)))
        _number(path, f"row {row}, column {column}", cells[column])
    return numbers


def _read_sparse(path: Path, lines: Lines) -> Matrix:
    seen: dict[tuple[int, int], float] = {}
    for number, cells in lines:
        if len(cells) != len(HEADER):
            raise Unreadable(path, f"has {len(cells)} cells in line {number}; write row,column,value")
        row, column = _whole(path, number, cells[0]), _whole(path, number, cells[1])
        if (row, column) in seen:
            raise Unreadable(path, f"states row {row}, column {column} again in line {number}; state each pair once")
        seen[(row, column)] = _number(path, f"row {row}, column {column}", cells[2])
    if not seen:
        raise Unreadable(path, "has no line under its header; add one of row,column,value for each pair")
    ends = np.array(list(seen), np.int32)
    shape = (int(ends[:, 0].max()) + 1, int(ends[:, 1].max()) + 1)
    return Matrix(ends[:, 0], ends[:, 1], np.array(list(seen.values())), shape, (_MOST + 1, _MOST + 1))


def _lines(path: Path) -> Lines:
    delimiter = ""
    for number, line in enumerate(text_lines(path), 1):
        if "_" in line:
            raise Unreadable(path, f"has an underscore in line {number}; write numbers with digits alone")
        if line.strip():
            found = max(_DELIMITERS, key=line.count)
            delimiter = delimiter or (found if found in line else "")
            yield number, [cell.strip() for cell in line.split(delimiter or found)]


def _number(path: Path, place: str, cell: str) -> float:
    if not cell:
        raise Unreadable(path, f"has an empty cell in {place}; leave pairs out by writing row,column,value lines")
    try:
        number = float(cell)
    except ValueError:
        raise Unreadable(path, f"has {cell[:40]!r} in {place}, which is not a number; give numbers only") from None
    if not math.isfinite(number):
        raise Unreadable(
            path,
            f"has {cell[:40]!r} in {place}; give finite numbers, or write row,column,value lines and leave it out",
        )
    return number


def _amount(path: Path, number: int, cell: str) -> float:
    amount = _number(path, f"line {number}", cell)
    if amount < 0:
        raise Unreadable(path, f"has {cell[:40]!r} in line {number}; give a budget of 0 or more")
    return amount


def _whole(path: Path, number: int, cell: str) -> int:
    if not _is_whole(cell) or int(cell) > _MOST:
        raise Unreadable(path, f"has {cell[:40]!r} in line {number}; give a whole number from 0 to {_MOST:,}")
    return int(cell)


def _is_whole(cell: str) -> bool:
    return cell.isascii() and cell.isdigit() and len(cell) < 12
