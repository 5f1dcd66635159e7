"""A Cypher statement as a value: its text, the parameters it takes and the columns it returns.

Every statement of the product is built once, at import time, and lands in `CATALOGUE`, so that one test can run
all of them on every engine.
"""

import re
from dataclasses import dataclass, field

_PARAMETER = re.compile(r"\$(\w+)")
_COLUMN = re.compile(r"\bAS (\w+)")
_WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|DROP)\b")

CATALOGUE: list["Statement"] = []


@dataclass(frozen=True, slots=True)
class Statement:
    """Cypher text; parameters, columns and direction are read off it.

    Every returned column is named with AS. `parameters` are the names after `$`, `columns` the names of the last
    RETURN in order, `writes` tells whether anything may change.
    """

    text: str
    parameters: frozenset[str] = field(init=False)
    columns: tuple[str, ...] = field(init=False)
    writes: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", frozenset(_PARAMETER.findall(self.text)))
        object.__setattr__(self, "columns", _columns(self.text))
        object.__setattr__(self, "writes", bool(_WRITES.search(self.text)))
        CATALOGUE.append(self)


def _columns(text: str) -> tuple[str, ...]:
    _, found, tail = text.rpartition("RETURN ")
    return tuple(_COLUMN.findall(tail)) if found else ()


STAMP = Statement("MERGE (r:Revision {id: 'graph'}) SET r.stamp = $stamp")
"""Runs within every transaction that writes, so that whoever keeps a copy of the graph can tell that it is old."""

REVISION = Statement("MATCH (r:Revision {id: 'graph'}) RETURN r.stamp AS stamp")
