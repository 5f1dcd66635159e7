"""Copies on disk of what is costly to read: what one process read at one revision of the graph is there for the next.

A copy holds no more than was read, so no more than the viewer it was read for may see, and only the owner of the folder
can open it. Copies of other revisions are deleted before anything is read or written, so that no look after a consent
was withdrawn leaves one from before.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from graph.connection import Graph

Made = TypeVar("Made")

_FORMAT = "1"  # with another layout of what is kept, copies of older versions are not found


def copied(
    graph: Graph, key: str, make: Callable[[], Made], forms: tuple[Callable[[Made], Any], Callable[[Any], Made]]
) -> Made:
    """What was kept under this key since the last write, else what `make` makes now, kept for the next.

    `forms` turn it into plain JSON values and back. A graph without a folder keeps nothing, nor does one nobody wrote
    to since revisions exist, nor a full disk. Raises what `make` raises.
    """
    revision = graph.revision()
    if graph.copies is None or not revision:
        return make()
    folder = graph.copies / _named(revision)
    _forget_others(folder)
    file = folder / f"{_named(f'{_FORMAT} {key}')}.json"
    # Never written, or deleted just now by a process that knows of a later write.
    with suppress(FileNotFoundError, NotADirectoryError):
        return forms[1](json.loads(file.read_text(encoding="utf-8")))
    made = make()
    with suppress(OSError):
        _write(file, json.dumps(forms[0](made), separators=(",", ":")))
    return made


def _named(text: str) -> str:
    """A name for a file: what stands in a graph is never a part of a path."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _forget_others(folder: Path) -> None:
    for other in folder.parent.glob("*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


def _write(file: Path, text: str) -> None:
    """Whole or not at all, and from its first byte readable to its owner alone."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
    Path(name).replace(file)
