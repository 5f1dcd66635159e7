"""Copies on disk of what is costly to read: what one process read is there for the next until a write to its parts.

A copy holds no more than was read, so no more than the viewer it was read for may see, and only the owner of the folder
can open it. Copies that a write made old are deleted before anything is read or written, so that no look after a
withdrawn consent leaves one from before. A copy is two lines: the stamps of the parts it stands on, and what was read.
"""

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from graph.connection import Graph
from graph.parts import note, watched
from graph.shelves import parts_of

Made = TypeVar("Made")

_FORMAT = "3"  # with another layout or meaning of what is kept, copies of older versions are not found


def copied(
    graph: Graph, key: str, make: Callable[[], Made], forms: tuple[Callable[[Made], Any], Callable[[Any], Made]]
) -> Made:
    """What was kept under this key and still holds, else what `make` makes now, kept for the next.

    `forms` turn it into plain JSON values and back. A graph without a folder keeps nothing, nor does one nobody wrote
    to since stamps exist, nor a full disk. Raises what `make` raises.
    """
    stamps = graph.stamps()
    if graph.copies is None or not stamps:
        return make()
    _forget_old(graph.copies, stamps)
    file = graph.copies / f"{_named(f'{_FORMAT} {key}')}.json"
    # Never written, or deleted just now by a process that knows of a later write.
    with suppress(FileNotFoundError, NotADirectoryError):
        kept, _, made = file.read_text(encoding="utf-8").partition("\n")
        note(json.loads(kept))
        return forms[1](json.loads(made))
    with watched() as read:
        found = make()
    note(read)
    parts = sorted({part for one in read for part in parts_of(one)})
    with suppress(OSError):
        _write(file, {part: stamps.get(part) for part in parts}, forms[0](found))
    return found


def _named(text: str) -> str:
    """A name for a file: what stands in a graph is never a part of a path."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _forget_old(folder: Path, stamps: Mapping[str, str]) -> None:
    """Delete the copies of what was written to since, and whatever is no copy of this layout."""
    for file in folder.glob("*.json"):
        with suppress(OSError):
            if not _holds(file, stamps):
                file.unlink()


def _holds(file: Path, stamps: Mapping[str, str]) -> bool:
    with file.open(encoding="utf-8") as lines, suppress(ValueError, AttributeError):
        return all(stamps.get(part) == stamp for part, stamp in json.loads(lines.readline()).items())
    return False


def _write(file: Path, stamps: Mapping[str, str | None], made: Any) -> None:
    """Whole or not at all, and from its first byte readable to its owner alone."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(f"{json.dumps(stamps)}\n{json.dumps(made, separators=(',', ':'))}")
    Path(name).replace(file)
