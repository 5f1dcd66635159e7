"""The cache on disk: what one process read is there for the next, until a write to the topics it was read from.

An entry holds no more than was read, so no more than the viewer it was read for may see, and only the owner of the
folder can open it. Entries that a write made old are deleted before anything is read or written, so that no look after
a withdrawn consent leaves one from before. An entry is a file of two lines: when and from which versions it was read,
and what was read.
"""

import json
import os
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self, TypeVar

from graph.cache.memory import Dependency, TopicsRead, dependencies_of
from graph.cache.reads import collected, note_kept
from graph.cache.state import GraphState, state_of
from graph.connection import Graph

Made = TypeVar("Made")

_FORMAT = "5"  # with another layout or meaning of what is kept, entries of older versions are not found


@dataclass(frozen=True, slots=True)
class _Origin:
    """From which versions an entry was read, at which last commit, and when (seconds since 1970)."""

    versions: Mapping[str, str | None]
    commit: str
    at: float

    @classmethod
    def of(cls, dependencies: tuple[Dependency, ...], state: GraphState) -> Self:
        """What is said of an entry with these dependencies, which hold in this state."""
        versions = {name: version for one in dependencies for name, version in one.versions(state)}
        commits = {one.commit for one in dependencies}
        oldest = min((one.at for one in dependencies), default=state.at)
        age = time.monotonic() - oldest
        return cls(versions, commits.pop() if len(commits) == 1 else "", time.time() - age)

    @classmethod
    def read_from(cls, line: str) -> Self:
        """What the first line of an entry says. Raises ValueError or TypeError for any other line."""
        found = cls(**json.loads(line))
        if not isinstance(found.versions, dict) or not isinstance(found.at, float):
            raise TypeError(line)
        return found

    def as_read(self) -> TopicsRead:
        """The same for the memory of this process."""
        # A clock that was set back must not make an entry younger than it is.
        age = max(0.0, time.time() - self.at)
        return TopicsRead(tuple(self.versions.items()), time.monotonic() - age, self.commit)


def disk_cached(
    graph: Graph, key: str, make: Callable[[], Made], forms: tuple[Callable[[Made], Any], Callable[[Any], Made]]
) -> Made:
    """What is kept under this key and still holds, else what `make` makes now, kept for the next.

    `forms` turn it into plain JSON values and back. A graph without a folder keeps nothing, nor does one nobody wrote
    to since versions exist, nor a full disk. Raises what `make` raises.
    """
    if not graph.caches or graph.disk_cache is None:
        return make()
    state = state_of(graph)
    if not state.versions:
        return make()
    _delete_old(graph.disk_cache, state)
    file = graph.disk_cache / f"{_named(f'{_FORMAT} {key}')}.json"
    # Never written, or deleted just now by a process that knows of a later write.
    with suppress(FileNotFoundError, NotADirectoryError):
        origin, _, made = file.read_text(encoding="utf-8").partition("\n")
        note_kept((_Origin.read_from(origin).as_read(),))
        return forms[1](json.loads(made))
    return _made(file, make, forms[0], state)


def clear(folder: Path) -> int:
    """Delete every entry; the number of entries deleted."""
    files = list(folder.glob("*.json"))
    for file in files:
        file.unlink(missing_ok=True)
    return len(files)


def _made(file: Path, make: Callable[[], Made], to_plain: Callable[[Made], Any], state: GraphState) -> Made:
    commit = state.commit  # before anything is read, so that what is read is at least as new
    with collected() as reads:
        found = make()
    dependencies = dependencies_of(reads, state, commit)
    note_kept(dependencies)
    with suppress(OSError):
        _write(file, _Origin.of(dependencies, state), to_plain(found))
    return found


def _named(text: str) -> str:
    """A name for a file: what stands in a graph is never a part of a path."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _delete_old(folder: Path, state: GraphState) -> None:
    """Delete the entries of what was written to since or is too old, and whatever is no entry of this layout."""
    for file in folder.glob("*.json"):
        with suppress(OSError):
            if not _holds(file, state):
                file.unlink()


def _holds(file: Path, state: GraphState) -> bool:
    with file.open(encoding="utf-8") as lines, suppress(ValueError, TypeError):
        read = _Origin.read_from(lines.readline()).as_read()
        return state.has(read.read) and state.trusts(read.at, read.commit)
    return False


def _write(file: Path, origin: _Origin, made: Any) -> None:
    """Whole or not at all, and from its first byte readable to its owner alone."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(f"{json.dumps(asdict(origin))}\n{json.dumps(made, separators=(',', ':'))}")
    Path(name).replace(file)
