"""Blocks in which the state of a graph is asked for once: a request, or a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.cache.state import GraphState
    from graph.connection import Graph

STATES: ContextVar[dict[Graph, GraphState] | None] = ContextVar("states", default=None)
"""What was asked for in the block at hand; None outside of any."""


@contextmanager
def state_read_once() -> Iterator[None]:
    """Inside this block the state of a graph is read once, and again only after this process wrote to it.

    Inside another such block it changes nothing.
    """
    if STATES.get() is not None:
        yield
        return
    token = STATES.set({})
    try:
        yield
    finally:
        STATES.reset(token)
