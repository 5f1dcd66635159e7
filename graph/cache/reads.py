"""Collect what is read while something is made, so that whoever keeps it knows later what it depends on."""

from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from graph.domain.topics import NOTHING, Topic


@dataclass(slots=True)
class Reads:
    """The topics that were read from the graph, and what was taken from a cache meanwhile."""

    topics: Topic = NOTHING
    kept: set[Hashable] = field(default_factory=set)


_READS: ContextVar[Reads | None] = ContextVar("reads", default=None)


def note(topics: Topic) -> None:
    """Tell whoever collects that these topics were just read from the graph."""
    reads = _READS.get()
    if reads is not None:
        reads.topics |= topics


def note_kept(dependencies: Iterable[Hashable]) -> None:
    """Tell whoever collects what a value from a cache depends on."""
    reads = _READS.get()
    if reads is not None:
        reads.kept.update(dependencies)


@contextmanager
def collected() -> Iterator[Reads]:
    """Everything read inside this block, growing. Whoever collects outside does not see it."""
    reads = Reads()
    token = _READS.set(reads)
    try:
        yield reads
    finally:
        _READS.reset(token)
