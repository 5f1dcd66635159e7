"""What the database must promise, and the drawing of the model. The only data definition there is."""

from dataclasses import fields
from hashlib import blake2b

from graph.connection import Database
from graph.domain.kinds import RECORD_KINDS, TIE_SLOTS
from graph.domain.labels import Label
from graph.domain.records import Record
from graph.domain.topics import Topic
from graph.statement import Statement

# A late index converts later values on the embedded engine, so every constraint stands before any data.
CONSTRAINTS: tuple[Statement, ...] = tuple(
    Statement(
        f"CREATE CONSTRAINT baton_{label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE",
        changes=Topic.SCHEMA,
    )
    for label in (*Label, "Revision")
)

MADE = Statement(
    "MATCH (r:Revision {id: 'schema'}) WHERE r.constraints = $constraints RETURN r.id AS id", reads=Topic.BOOKKEEPING
)
"""Whether just these constraints were made before, so that whoever connects need not make each of them again."""

NOTE = Statement("MERGE (r:Revision {id: 'schema'}) SET r.constraints = $constraints", changes=Topic.BOOKKEEPING)

_ALL = blake2b("\n".join(constraint.text for constraint in CONSTRAINTS).encode(), digest_size=16).hexdigest()


def bootstrap(graph: Database) -> None:
    """Make the constraints that are missing, one transaction each; running it again costs one read."""
    if graph.read(MADE, constraints=_ALL):
        return
    for constraint in CONSTRAINTS:
        graph.define(constraint)
    graph.write(NOTE, constraints=_ALL)


def drawing() -> str:
    """The model as a Mermaid class diagram: one box a label with its properties, one arrow a tie."""
    boxes = (_box(kind.label, _property_names(kind)) for kind in RECORD_KINDS)
    arrows = (f"    {source} --> {target} : {type_}" for source, type_, target in TIE_SLOTS)
    return "\n".join(["classDiagram", *boxes, *arrows])


def _property_names(kind: type[Record]) -> list[str]:
    common = {field.name for field in fields(Record)}
    return [field.name for field in fields(kind) if "tie" not in field.metadata and field.name not in common]


def _box(label: Label, names: list[str]) -> str:
    return "\n".join([f"    class {label} {{", *(f"        {name}" for name in names), "    }"])
