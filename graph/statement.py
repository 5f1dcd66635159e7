"""A Cypher statement as a value: its text, the parameters it takes and the columns it returns.

Every statement of the product is built once, at import time, and lands in `CATALOGUE`, so that one test can run
all of them on every engine.
"""

import re
from dataclasses import InitVar, dataclass, field

from graph.parts import read_parts, written_parts

_PARAMETER = re.compile(r"\$(\w+)")
_COLUMN = re.compile(r"\bAS (\w+)")
_WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|DROP)\b")

CATALOGUE: list["Statement"] = []


@dataclass(frozen=True, slots=True)
class Statement:
    """Cypher text; parameters, columns, direction and parts are read off it.

    Every returned column is named with AS. `parameters` are the names after `$`, `columns` the names of the last
    RETURN in order, `writes` tells whether anything may change, `parts` which parts of the graph are read or may
    change (`graph.parts`). A statement that names more than it changes says what it `changes`.
    """

    text: str
    changes: InitVar[frozenset[str] | None] = None
    parameters: frozenset[str] = field(init=False)
    columns: tuple[str, ...] = field(init=False)
    writes: bool = field(init=False)
    parts: frozenset[str] = field(init=False)

    def __post_init__(self, changes: frozenset[str] | None) -> None:
        object.__setattr__(self, "parameters", frozenset(_PARAMETER.findall(self.text)))
        object.__setattr__(self, "columns", _columns(self.text))
        object.__setattr__(self, "writes", bool(_WRITES.search(self.text)))
        object.__setattr__(self, "parts", changes or (written_parts if self.writes else read_parts)(self.text))
        CATALOGUE.append(self)


def _columns(text: str) -> tuple[str, ...]:
    _, found, tail = text.rpartition("RETURN ")
    return tuple(_COLUMN.findall(tail)) if found else ()


STAMP = Statement("""
    MERGE (w:Revision {id: $writer}) SET w.mark = $mark, w.at = $at
    WITH w MERGE (r:Revision {id: 'graph'}) SET r += $stamps
""")
"""Ends every transaction that writes: the mark of its writer, and a new word for every part, so that whoever keeps a
copy of a part can tell that it is old. The node all writers share is the last one written.
"""

KEPT = Statement("MATCH (r:Revision {id: $writer}) WHERE r.mark = $mark RETURN r.id AS id")
"""Whether the last transaction of that writer, of which no reply came, was kept."""

FORGET_WRITERS = Statement("MATCH (r:Revision) WHERE r.at < $before DELETE r")
"""Writers whose process has long ended."""

STAMPS = Statement("MATCH (r:Revision {id: 'graph'}) RETURN properties(r) AS stamps")
