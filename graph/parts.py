"""The parts of a graph: its labels and types of ties, and which of them a statement stands on.

What is kept of a graph stays good while nobody writes to the parts it was read from. So every statement says its
parts, read off its text, and whoever makes something costly watches what is read meanwhile.
"""

import re
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from graph.domain.kinds import TIE_SLOTS
from graph.domain.labels import Label, TieType

WHOLE = "stamp"
"""The part that every write changes."""

EVERY = frozenset((*Label, *TieType))

_NAMED = re.compile(r"[:|]([A-Z]\w*)")
_LABELLED = re.compile(r"\((\w+):[A-Z]")
_UNTYPED = re.compile(r"-\[\w*[^\w:]|--")
# A node stands after MATCH or MERGE, after the comma between two patterns, and at either end of an arrow.
_NODES = [
    re.compile(pattern)
    for pattern in (
        r"(?:MATCH|MERGE)\s+(?:\w+ = )?\((\w*)(?=[\s{)])",
        r"\),\s*\((\w*)(?=[\s{)])",
        r"-(?:>)?\s*\((\w*)(?=[\s{)])",
        r"\((\w*)(?=[\s{)])[^()]*\)\s*<?-",
    )
]

_READ: ContextVar[set[Hashable] | None] = ContextVar("read", default=None)


def read_parts(text: str) -> frozenset[str]:
    """The parts a reading statement stands on; the WHOLE where ties of any type are followed.

    A node without a label may be whatever the ties of the statement can lead to.
    """
    if _UNTYPED.search(text):
        return frozenset((WHOLE,))
    named = frozenset(_NAMED.findall(text))
    if not _unlabelled(text):
        return named
    slots = [slot for slot in TIE_SLOTS if slot[1] in named]
    return named.union(*((label, target) for label, _, target in slots)) if slots else frozenset((WHOLE,))


def written_parts(text: str) -> frozenset[str]:
    """The parts a writing statement may change: all it names, and EVERY one where it does not say whose ties go."""
    if "DETACH" in text or read_parts(text) == {WHOLE}:
        return EVERY
    return read_parts(text)


def _unlabelled(text: str) -> bool:
    labelled = {*_LABELLED.findall(text)}
    return any(name not in labelled for pattern in _NODES for name in pattern.findall(text))


def note(read: Iterable[Hashable]) -> None:
    """Tell whoever watches what was just read: parts by name, or anything that can say itself whether it holds."""
    watching = _READ.get()
    if watching is not None:
        watching.update(read)


@contextmanager
def watched() -> Iterator[set[Hashable]]:
    """What is read within this, growing. Whoever watches around it does not hear of it."""
    read: set[Hashable] = set()
    token = _READ.set(read)
    try:
        yield read
    finally:
        _READ.reset(token)
