"""A Cypher statement as a value: its text, and the topics it reads or changes.

Every statement of the product is built once, at import time, and lands in `CATALOGUE`, so that one test can run
all of them on every engine.
"""

import re
from dataclasses import dataclass, field

from graph.domain.topics import EVERY_TOPIC, NOTHING, Topic

_PARAMETER = re.compile(r"\$(\w+)")
_COLUMN = re.compile(r"\bAS (\w+)")

CATALOGUE: list["Statement"] = []


@dataclass(frozen=True, slots=True)
class Statement:
    """Cypher text that either `reads` topics or `changes` some; to declare neither, or both, is a TypeError.

    Every returned column is named with AS. `parameters` are the names after `$`, `columns` the names of the last
    RETURN in order. What a statement that changes something reads on the way is not declared.
    """

    text: str
    reads: Topic = field(default=NOTHING, kw_only=True)
    changes: Topic = field(default=NOTHING, kw_only=True)
    parameters: frozenset[str] = field(init=False)
    columns: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        if bool(self.reads) == bool(self.changes):
            raise TypeError(f"A statement declares the topics it reads or those it changes: {self.text}")
        object.__setattr__(self, "parameters", frozenset(_PARAMETER.findall(self.text)))
        object.__setattr__(self, "columns", _columns(self.text))
        CATALOGUE.append(self)

    def must_read(self) -> None:
        """Raise TypeError where running it may change the graph."""
        if self.changes:
            raise TypeError(f"This statement changes the graph, so it is to be written, not read: {self.text}")

    def must_write(self) -> None:
        """Raise TypeError where running it changes nothing."""
        if not self.changes:
            raise TypeError(f"This statement changes nothing, so it is to be read, not written: {self.text}")


def _columns(text: str) -> tuple[str, ...]:
    _, found, tail = text.rpartition("RETURN ")
    return tuple(_COLUMN.findall(tail)) if found else ()


STAMP = Statement(
    """
    MERGE (w:Revision {id: $writer}) SET w.mark = $mark, w.at = $at
    WITH w MERGE (r:Revision {id: 'graph'}) SET r += $versions
""",
    changes=Topic.BOOKKEEPING,
)
"""Ends every transaction that writes: the mark of its writer, and a new version for each topic it changed.

The node that all writers share is the last one written.
"""

KEPT = Statement(
    "MATCH (r:Revision {id: $writer}) WHERE r.mark = $mark RETURN r.id AS id",
    reads=Topic.BOOKKEEPING,
)
"""Whether the last transaction of that writer, of which no reply came, was kept."""

FORGET_WRITERS = Statement("MATCH (r:Revision) WHERE r.at < $before DELETE r", changes=Topic.BOOKKEEPING)
"""Writers whose process has long ended."""

ANNOUNCE = Statement("MERGE (r:Revision {id: 'graph'})", changes=EVERY_TOPIC)
"""Changes nothing and says that every topic changed, which makes all that is kept of the graph old."""

VERSIONS = Statement("MATCH (r:Revision {id: 'graph'}) RETURN properties(r) AS versions", reads=Topic.BOOKKEEPING)
