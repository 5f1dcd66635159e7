"""Blocks in which the state of a graph is asked for once: a request, or a command.

The database gives each statement what is committed at that moment, so a page of many statements may meet a write in its
middle: people of before and openings of after it. `in_one_state` finds that by the versions and asks again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from graph.errors import Unavailable

if TYPE_CHECKING:
    from graph.cache.state import GraphState
    from graph.connection import Graph

Made = TypeVar("Made")

_TRIES = 3
_CHANGING = "The records are being changed at this moment; try again in a minute."


@dataclass(slots=True)
class Block:
    """What one block asked: the state of each graph at its beginning and now, and the topics that it depends on."""

    first: dict[Graph, GraphState] = field(default_factory=dict)
    latest: dict[Graph, GraphState] = field(default_factory=dict)
    topics: set[str] = field(default_factory=set)
    has_read: bool = False

    def is_torn(self) -> bool:
        """Whether a topic it depends on was written to since it began. Raises Unavailable.

        What came out of the caches in one state was so at one moment, and costs no statement here.
        """
        return any(
            (self.has_read or self.latest[graph] is not state) and self._moved(state, graph.versions())
            for graph, state in self.first.items()
        )

    def _moved(self, state: GraphState, now: dict[str, str]) -> bool:
        return any(state.versions.get(topic) != now.get(topic) for topic in self.topics)


_BLOCK: ContextVar[Block | None] = ContextVar("block", default=None)


def block() -> Block | None:
    """The block at hand; None outside of any."""
    return _BLOCK.get()


@contextmanager
def state_read_once() -> Iterator[None]:
    """Inside this block the state of a graph is read once, and again only after this process wrote to it.

    Inside another such block it changes nothing.
    """
    if _BLOCK.get() is not None:
        yield
        return
    with _opened():
        yield


def in_one_state(ask: Callable[[], Made]) -> Made:
    """What `ask` gives, asked again where a write changed what it reads meanwhile; `ask` must change nothing.

    While writes do not end, the answer of the last try is given as it is. Raises Unavailable where it failed each time
    because of them, else what `ask` raises.
    """
    for remaining in reversed(range(_TRIES)):
        with _opened() as asked:
            try:
                made = ask()
            except Exception as failure:
                if isinstance(failure, Unavailable) or not asked.is_torn():
                    raise
                if not remaining:
                    raise Unavailable(_CHANGING) from failure
            else:
                if not remaining or not asked.is_torn():
                    break
    return made


@contextmanager
def _opened() -> Iterator[Block]:
    token = _BLOCK.set(opened := Block())
    try:
        yield opened
    finally:
        _BLOCK.reset(token)
