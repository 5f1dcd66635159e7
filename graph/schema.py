"""What the database must promise, and the drawing of the model. The only data definition there is."""

from dataclasses import fields

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


def bootstrap(graph: Database) -> None:
    """Make the constraints that are missing; one transaction each. Running it again changes nothing."""
    for constraint in CONSTRAINTS:
        graph.define(constraint)


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
