"""Plain tie files as researchers publish them: columns of numbers, no records, nothing kept but what is measured."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from itertools import chain, compress, islice
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.domain.dates import PartialDate
from graph.errors import InvalidValue
from importers.files import Unreadable, unpacked_lines
from importers.rows import clean
from importers.tie_columns import (
    COLUMNS,
    ENDS,
    GROUPS,
    OPTIONAL,
    Cells,
    by_place,
    is_number,
    opens_with_names,
    places,
)

_COMMENT = ("#", "%")
_DELIMITERS = ",;\t|"
_BLANK = " "
_QUOTED = re.compile(r'"[^"]*"')
_CHUNK = 4_000
_EPOCH = date(1970, 1, 1).toordinal()
_DAY = len("2019-05-03")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ][0-2]\d:[0-5]\d\S*", re.ASCII)
_MATRIX_MARKET = "%%MatrixMarket"
_KONECT_TWO_KINDS = "% bip"
_FINEST = 2.0**53  # beyond it floats no longer tell one whole number from the next
_HEAVIEST = 1e200  # however many such weights there are, their sum is a number

# How a cell says whether a tie carries both ways; an empty one says no.
_MUTUAL = {"yes": True, "true": True, "no": False, "false": False, "": False}

Moments = NDArray[np.float64]
Codes = NDArray[np.int32]


class Clock(StrEnum):
    """How a file tells time."""

    DATES = "dates"
    NUMBERS = "numbers"


class Weights(StrEnum):
    """Whether a tie counts for as much as its weight says."""

    READ = "read"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class TieFormat:
    """How to read a tie file: `mapping` is ours (`COLUMNS`) -> their column name or place, counted from 1."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    clock: Clock = Clock.DATES
    weights: Weights = Weights.IGNORE


@dataclass(frozen=True, slots=True, eq=False)
class TieTable:
    """The ties of a file as columns, in its order: ends as positions in `actors`, moments, weights.

    `first` and `last` are the first and last moment of a tie, both included: days since 1970 or the file's own
    numbers. A date known to the month bounds them by the month. Without an end column a tie lasts as long as its
    start can mean; an empty end is infinite. In a file without a start column, `timed` is false and both are 0.
    `mutual` ties carry both ways; `source_group` and `target_group` are positions in `groups`, -1 for an empty cell.
    These three are None in a file without such a column. `ignored` counts lines left out, by reason.
    """

    actors: tuple[str, ...]
    groups: tuple[str, ...]
    source: Codes
    target: Codes
    first: Moments
    last: Moments
    weight: Moments
    mutual: NDArray[np.bool_] | None
    source_group: Codes | None
    target_group: Codes | None
    timed: bool
    ignored: Mapping[str, int]


def read(path: Path, form: TieFormat) -> TieTable:
    """Take in a whole text, plain or gzip: comma, semicolon, tab, bar or blanks between cells, comments after # or %.

    A line without a source, target, start or weight where one is wanted is left out and counted. Holds the
    columns, 32 to 41 bytes a tie, and the actors. Raises Unreadable for a file that will not do and InvalidValue, with
    the line, for a cell that will not.
    """
    # Closed also when a cell ends the reading early.
    with closing(unpacked_lines(path)) as lines:
        return _read(path, form, _Lines(lines))


def _read(path: Path, form: TieFormat, lines: "_Lines") -> TieTable:
    cells = _cells(path, lines)
    opening = [cell.strip() for cell in next(cells, [])]
    if lines.two_kinds:
        why = "ties two kinds of actors that share their numbers; write a1 and b1 for the 1 of either"
        raise Unreadable(path, why)
    nameless = by_place(form.mapping)
    unread = {"weight"} if form.weights is Weights.IGNORE else set()
    found = places(path, form.mapping, [name for name in COLUMNS if name not in unread], opening)
    reading = _Reading(path, found, len(opening), form)
    numbered = ((lines.number, row) for row in (chain([opening], cells) if nameless else cells))
    chunk = list(islice(numbered, _CHUNK))
    headers = int(nameless and opens_with_names(found, [row for _, row in chunk]))
    chunk = chunk[headers:]
    while chunk:
        reading.take(*zip(*chunk, strict=True))
        chunk = list(islice(numbered, _CHUNK))
    return reading.table({"header": headers, "comments": lines.comments})


class _Lines:
    """The lines that are not empty and no comment; `number` is the one of the line last given.

    `two_kinds` says that the columns count two kinds of actors, each from 1, so that a 1 is not the same in both.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines
        self.number = 0
        self.comments = 0
        self.two_kinds = False

    def __iter__(self) -> Iterator[str]:
        sized = False
        for number, line in enumerate(self._lines, 1):
            self.number = number
            if line.lstrip().startswith(_COMMENT):
                self.comments += 1
                sized = sized or line.startswith(_MATRIX_MARKET)
                self.two_kinds = self.two_kinds or (number == 1 and line.startswith(_KONECT_TWO_KINDS))
            elif sized:
                # The first line of such a file that is no comment gives the size of the matrix: rows, columns, entries.
                sized = False
                self.two_kinds = len(set(line.split()[:2])) > 1
                self.comments += 1
            elif not line.isspace():
                yield line


def _cells(path: Path, lines: _Lines) -> Iterator[Cells]:
    stream = iter(lines)
    opening = next(stream, "")
    if not opening:
        raise Unreadable(path, "holds comments only; choose the file that holds the ties")
    delimiter = _delimiter(opening)
    whole: Iterator[str] = chain([opening], stream)
    if delimiter == _BLANK:
        if '"' not in opening:
            yield from map(str.split, whole)
            return
        whole = map(str.strip, whole)
    try:
        yield from csv.reader(whole, delimiter=delimiter, skipinitialspace=True, strict=True)
    except csv.Error as error:
        why = f"is no longer a table at line {lines.number} ({clean(str(error))}); check the quotation marks there"
        raise Unreadable(path, why) from None


def _delimiter(line: str) -> str:
    """The one that splits a line into most cells; blanks where none does. Numbers are often apart by blanks and tabs.

    Between tabs alone a cell may be empty.
    """
    bare = _QUOTED.sub("", line)
    found = max(_DELIMITERS, key=bare.count)
    blanks = line[0].isspace() or _BLANK in line.strip()
    mixed = found == "\t" and blanks and all(map(is_number, line.split()))
    return _BLANK if mixed or found not in bare else found


class _Names(dict[str, int]):
    """The position of every name, given out when it is first asked for."""

    def __missing__(self, name: str) -> int:
        self[name] = len(self)
        return self[name]

    def of(self, texts: Cells) -> Codes:
        """The positions of a column, -1 for an empty cell."""
        return np.fromiter((self[text] if text else -1 for text in texts), np.int32, len(texts))


class _Days(dict[str, int]):
    """The day that a text means at the least or at the most, without its time of day; most texts come repeatedly."""

    def __init__(self, bound: Callable[[PartialDate], date]) -> None:
        super().__init__()
        self._bound = bound

    def __missing__(self, text: str) -> int:
        day = text[:_DAY] if _MOMENT.fullmatch(text) else text
        self[text] = self._bound(PartialDate.parse(day)).toordinal() - _EPOCH
        return self[text]

    def of(self, texts: Cells) -> Moments:
        """The days of a column. Raises InvalidValue."""
        return np.fromiter(map(self.__getitem__, texts), np.float64, len(texts))


class _Reading:
    """The columns while they grow, chunk by chunk."""

    def __init__(self, path: Path, places: Mapping[str, int], width: int, form: TieFormat) -> None:
        unread = "weight" if form.weights is Weights.IGNORE else ""
        dates = form.clock is Clock.DATES
        self._path = path
        self._places = {ours: place for ours, place in places.items() if ours != unread}
        self._width = width
        self._nameless = by_place(form.mapping)
        self._opening = 0
        self._earliest = _Days(lambda known: known.first).of if dates else _moments
        self._latest = _Days(lambda known: known.last).of if dates else _moments
        self._actors = _Names()
        self._groups = _Names()
        self._ignored: Counter[str] = Counter()
        self._parts: list[_Part] = []

    def take(self, numbers: Sequence[int], rows: Sequence[Cells]) -> None:
        """Add the rows that stand in the lines of these numbers."""
        self._opening = self._opening or numbers[0]
        kept, columns = self._complete(numbers, self._fitted(numbers, rows))
        source, target = (np.fromiter(map(self._actors.__getitem__, columns[end]), np.int32) for end in ENDS)
        first, last = self._span(kept, columns)
        mutual = self._mutual(kept, columns["mutual"]) if "mutual" in columns else None
        groups = (self._groups.of(columns[name]) if name in columns else None for name in GROUPS)
        self._parts.append(_Part(source, target, first, last, self._weights(kept, columns), mutual, *groups))

    def table(self, unread: Mapping[str, int]) -> TieTable:
        """All that was taken, frozen; `unread` counts the lines that are no rows."""
        wanted = {f"rows without {name}": self._ignored[name] for name in self._places if name not in OPTIONAL}
        parts = self._parts or [_nothing(self._places)]
        return TieTable(
            actors=tuple(self._actors),
            groups=tuple(self._groups),
            **{column.name: _joined(parts, column.name) for column in fields(_Part)},
            timed="start" in self._places,
            ignored={**wanted, **unread},
        )

    def _fitted(self, numbers: Sequence[int], rows: Sequence[Cells]) -> Sequence[Cells]:
        """The rows as wide as the first line, without empty cells beyond it. Raises Unreadable for any other row."""
        if set(map(len, rows)) == {self._width}:
            return rows
        fitted = [row if any(map(str.strip, row[self._width :])) else row[: self._width] for row in rows]
        for number, row in zip(numbers, fitted, strict=True):
            if len(row) != self._width:
                why = f"has {len(row)} cells in line {number} where its first line has {self._width}; correct that line"
                raise Unreadable(self._path, why)
        return fitted

    def _complete(self, numbers: Sequence[int], rows: Sequence[Cells]) -> tuple[Sequence[int], dict[str, Cells]]:
        """The columns we read, of the rows with nothing missing but an end."""
        by_place = list(zip(*rows, strict=True))
        columns = {name: [*map(str.strip, by_place[place])] for name, place in self._places.items()}
        for name in columns:
            if name in OPTIONAL or "" not in columns[name]:
                continue
            here = [bool(text) for text in columns[name]]
            self._ignored[name] += here.count(False)
            numbers = [*compress(numbers, here)]
            columns = {each: [*compress(texts, here)] for each, texts in columns.items()}
        return numbers, columns

    def _span(self, numbers: Sequence[int], columns: Mapping[str, Cells]) -> tuple[Moments, Moments]:
        if "start" not in columns:
            return np.zeros(len(numbers)), np.zeros(len(numbers))
        first = self._parsed("start", numbers, columns["start"], self._earliest)
        if "end" not in columns:
            return first, self._latest(columns["start"])
        last = np.full(len(numbers), inf)
        ended = [bool(text) for text in columns["end"]]
        last[ended] = self._parsed("end", [*compress(numbers, ended)], [*compress(columns["end"], ended)], self._latest)
        _check_order(numbers, columns, last < first)
        return first, last

    def _mutual(self, numbers: Sequence[int], texts: Cells) -> NDArray[np.bool_]:
        found = [_MUTUAL.get(text.casefold()) for text in texts]
        if None in found:
            row = found.index(None)
            why = "is neither yes nor no; write one of them, or rename the column if it means something else"
            raise InvalidValue(f"mutual in line {numbers[row]}", texts[row], why)
        return np.array(found, np.bool_)

    def _weights(self, numbers: Sequence[int], columns: Mapping[str, Cells]) -> Moments:
        if "weight" not in columns:
            return np.ones(len(numbers))
        weight = self._parsed("weight", numbers, columns["weight"], _numbers)
        for row in np.flatnonzero((weight < 0) | (weight > _HEAVIEST)).tolist():
            above = f"is above {_HEAVIEST:g}; weigh in a larger unit"
            below = "is below zero; leave --weighted out, or give weights of zero and more"
            why = below if weight[row] < 0 else above
            raise InvalidValue(f"weight in line {numbers[row]}", columns["weight"][row], why)
        return weight

    def _parsed(self, name: str, numbers: Sequence[int], texts: Cells, parse: Callable[[Cells], Moments]) -> Moments:
        """The values of a column, or the sentence about the first cell that has none."""
        try:
            return parse(texts)
        except InvalidValue as error:
            wrong = str(error.text)
            line = numbers[next(place for place, text in enumerate(texts) if wrong in (text, text[:_DAY]))]
            why = f"{error.why}{self._hint(name, line, wrong)}"
            raise InvalidValue(f"{name} in line {line}", error.text, why) from None

    def _hint(self, name: str, line: int, wrong: str) -> str:
        if self._nameless and line == self._opening and not any(map(str.isdecimal, wrong)):
            return "; if that line names the columns, map them by those names"
        if is_number(wrong):
            return "" if abs(float(wrong)) > _FINEST else "; if the file counts time in numbers, add --numeric-time"
        return "; leave the cell empty if the tie goes on" if name == "end" else ""


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """The columns of one chunk."""

    source: Codes
    target: Codes
    first: Moments
    last: Moments
    weight: Moments
    mutual: NDArray[np.bool_] | None = None
    source_group: Codes | None = None
    target_group: Codes | None = None


def _nothing(places: Mapping[str, int]) -> _Part:
    """The columns that a file with these has where no row of it is left."""
    codes, moments = np.empty(0, np.int32), np.empty(0)
    mutual = np.empty(0, np.bool_) if "mutual" in places else None
    source_group, target_group = (codes if name in places else None for name in GROUPS)
    return _Part(codes, codes, moments, moments, moments, mutual, source_group, target_group)


def _joined(parts: Sequence[_Part], name: str) -> Any:
    """A column of all parts; None where the file has none."""
    found = [getattr(part, name) for part in parts]
    return None if found[0] is None else np.concatenate(found)


def _check_order(numbers: Sequence[int], columns: Mapping[str, Cells], late: NDArray[np.bool_]) -> None:
    for row in np.flatnonzero(late).tolist():
        why = f"lies before the start {columns['start'][row]}; swap the two or correct one"
        raise InvalidValue(f"end in line {numbers[row]}", columns["end"][row], why)


def _numbers(texts: Cells) -> Moments:
    try:
        numbers = np.fromiter(map(float, texts), np.float64, len(texts))
    except ValueError:
        numbers = np.full(1, inf)
    if not np.isfinite(numbers).all():
        wrong = next(text for text in texts if not is_number(text))
        raise InvalidValue("number", wrong, "is not a number; write one like 12 or 12.5")
    return numbers


def _moments(texts: Cells) -> Moments:
    moments = _numbers(texts)
    for row in np.flatnonzero(np.abs(moments) > _FINEST).tolist():
        raise InvalidValue("number", texts[row], "is too long to be told from the next one; count in larger units")
    return moments
