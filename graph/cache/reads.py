"""Collect what is read while something is made, so that whoever keeps it knows later what it depends on."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol

from graph.cache.once import block
from graph.domain.topics import NOTHING, Topic


class DependsOn(Protocol):
    """What a kept value depends on, as far as one need know of it here; hashable."""

    @property
    def topics(self) -> Iterable[str]:
        """The names of the topics it was read from."""


@dataclass(slots=True)
class Reads:
    """The topics that were read from the graph, and what was taken from a cache meanwhile."""

    topics: Topic = NOTHING
    kept: set[DependsOn] = field(default_factory=set)


_READS: ContextVar[Reads | None] = ContextVar("reads", default=None)


def note(topics: Topic) -> None:
    """Tell whoever collects, and the block at hand, that these topics were just read from the graph."""
    if (asked := block()) is not None:
        asked.has_read = True
        asked.topics.update(topics.names)
    if (reads := _READS.get()) is not None:
        reads.topics |= topics


def note_kept(dependencies: Collection[DependsOn]) -> None:
    """Tell whoever collects, and the block at hand, what a value from a cache depends on."""
    if (asked := block()) is not None:
        asked.topics.update(topic for one in dependencies for topic in one.topics)
    if (reads := _READS.get()) is not None:
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
