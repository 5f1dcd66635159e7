"""Records of a JSON file one at a time, in bounded memory whatever the file holds."""

from collections.abc import Generator, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import ijson
from ijson.common import JSONError, ObjectBuilder

from importers.files import Unreadable, check_is_text

MAX_RECORD = 4_000_000
MAX_DEPTH = 64
_BOM = b"\xef\xbb\xbf"
_STEPS = {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}


def json_records(path: Path) -> Generator[object, None, None]:
    """The elements of the array a JSON file holds, or the single object it holds.

    Raises Unreadable for text that is not JSON or is cut off, for a record of more than about `MAX_RECORD` bytes and
    for one nested deeper than `MAX_DEPTH`.
    """
    check_is_text(path)
    with path.open("rb") as file:
        source = _Metered(path, file)
        count = 0
        try:
            for record in _records(path, ijson.basic_parse(source, use_float=True)):
                source.since_record = 0
                count += 1
                yield record
        except JSONError:
            why = "is cut off in the middle; get it again" if source.ended else "is not JSON; check where it comes from"
            raise Unreadable(path, f"{why} ({count} whole records came before)") from None


class _Metered:
    """A file that refuses to feed one record endlessly, since the parser would keep all of it."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.since_record = 0
        self.ended = False
        self._path = path
        self._file = file
        if file.read(len(_BOM)) != _BOM:
            file.seek(0)

    def read(self, size: int) -> bytes:
        chunk = self._file.read(size)
        self.since_record += len(chunk)
        if self.since_record > MAX_RECORD:
            raise Unreadable(
                self._path, f"has a record of more than {MAX_RECORD:,} bytes; check that it is the right file"
            )
        self.ended = size > 0 and not chunk
        return chunk


_Events = Iterator[tuple[str, object]]


def _records(path: Path, events: _Events) -> Iterator[object]:
    first = next(events)
    if first[0] == "start_array":
        for event in iter(lambda: next(events), ("end_array", None)):
            yield _value(path, event, events)
    elif first[0] == "start_map":
        yield _value(path, first, events)
    else:
        raise Unreadable(path, "holds a single value; it should hold an array of records")
    # What follows the end is an error of the file, and the parser says so only when asked.
    next(events, None)


def _value(path: Path, first: tuple[str, object], events: _Events) -> object:
    builder = ObjectBuilder()
    depth = 0
    for event, value in chain((first,), events):
        builder.event(event, value)
        depth += _STEPS.get(event, 0)
        if depth > MAX_DEPTH:
            raise Unreadable(
                path, f"has a record nested deeper than {MAX_DEPTH} levels; check that it is the right file"
            )
        if depth == 0:
            break
    return builder.value
