"""Records to and from what a graph can store: flat properties and ties. The one place that knows both shapes."""

import dataclasses
import hashlib
import json
import types
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from graph.domain.dates import PartialDate
from graph.domain.labels import Label, TieType
from graph.domain.marks import open_to
from graph.domain.people import Expert, WorksAt
from graph.domain.records import Record, TieKind, tie_fields

Properties = dict[str, Any]
R = TypeVar("R", bound=object)

# These say when and by what run a record came in, not what it says.
STAMPS = ("batch", "recorded_at", "retracted_at")


@dataclass(frozen=True, slots=True)
class TieRow:
    """One tie as it is stored. `key` tells parallel ties between the same two nodes apart."""

    label: Label
    source: str
    type: TieType
    target_label: Label
    target: str
    key: str
    properties: Properties


def to_properties(record: Record) -> Properties:
    """The record's plain fields as graph properties; absent values are left out, never null.

    A PartialDate `start` becomes `start`, `start_first` and `start_last` (ISO text); sets and tuples become lists
    of one type; `search` holds the folded words, and a person's `open_to` the roles that may see them.
    """
    ties = tie_fields(type(record))
    found: Properties = {}
    for field in dataclasses.fields(record):
        if field.name not in ties:
            found.update(_flat(field.name, _one_type(record, field.name)))
    if record.search_text:
        found["search"] = record.search_text
    if isinstance(record, Expert):
        found["open_to"] = open_to(record.consents)
    return found


def to_ties(record: Record) -> Iterator[TieRow]:
    """The ties the record states, each with the properties it carries."""
    for name, kind in tie_fields(type(record)).items():
        stated = getattr(record, name)
        for value in stated if isinstance(stated, tuple) else (stated,):
            if value:
                yield _tie_row(record, kind, value)


End = tuple[Label, str]


def digest(record: Record, absent: Set[End] = frozenset()) -> str:
    """A fingerprint of what the graph will hold of the record, stamps left out: equal digests, nothing to write.

    Ties to `absent` ends cannot be stored, so they do not count; they will once the end is there.
    """
    said = {name: value for name, value in to_properties(record).items() if name not in STAMPS}
    stored = (row for row in to_ties(record) if (row.target_label, row.target) not in absent)
    ties = sorted((row.type, row.target_label, row.target, row.key, sorted(row.properties.items())) for row in stored)
    text = json.dumps([said, ties], sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def from_properties(kind: type[R], properties: Properties, **ties: object) -> R:
    """A record out of the properties of its node; `ties` gives the values of its tie fields.

    Tie fields not given stay empty, also those that a new record must state.
    """
    values: dict[str, object] = {}
    owner: Any = kind
    for field in dataclasses.fields(owner):
        if "tie" in field.metadata:
            values[field.name] = ties.get(field.name, () if field.default == () else "")
        elif field.name in properties:
            values[field.name] = _reader(owner, field.name)(properties[field.name])
    return kind(**values)


def _tie_row(record: Record, kind: TieKind, value: Any) -> TieRow:
    if isinstance(value, str):
        return TieRow(record.label, record.id, kind.type, kind.target, value, "", {})
    found: Properties = {}
    for field in dataclasses.fields(value):
        if field.name != "target":
            found.update(_flat(field.name, _one_type(value, field.name)))
    return TieRow(record.label, record.id, kind.type, kind.target, value.target, _key(value), found)


def _key(value: object) -> str:
    """Two posts at one institution are told apart by their start, two locks on one person by their opening."""
    if isinstance(value, WorksAt):
        return value.start.text if value.start else ""
    return str(getattr(value, "opening", ""))


def _one_type(owner: Any, name: str) -> object:
    """The value of a field; a whole number in a field for fractions becomes one: a property has one type for life."""
    value, kind = getattr(owner, name), owner.__class__
    return float(value) if isinstance(value, int) and name in _fractions(kind) else value


@cache
def _fractions(kind: type) -> frozenset[str]:
    return frozenset(name for name, hint in get_type_hints(kind).items() if hint in (float, float | None))


def _flat(name: str, value: object) -> Properties:
    if value is None or value == "" or value == () or value == frozenset():
        return {}
    if isinstance(value, PartialDate):
        return {name: value.text, f"{name}_first": value.first.isoformat(), f"{name}_last": value.last.isoformat()}
    if isinstance(value, Enum):
        return {name: value.value}
    if isinstance(value, frozenset):
        return {name: sorted(_flat_item(item) for item in value)}
    if isinstance(value, tuple):
        return {name: [_flat_item(item) for item in value]}
    return {name: str(value) if isinstance(value, str) else value}


def _flat_item(item: object) -> object:
    return item.value if isinstance(item, Enum) else item


@cache
def _reader(kind: type, name: str) -> Callable[[Any], object]:
    return _reader_of(get_type_hints(kind)[name])


def _reader_of(hint: Any) -> Callable[[Any], object]:
    origin = get_origin(hint)
    if origin is types.UnionType:
        return _reader_of(next(part for part in get_args(hint) if part is not type(None)))
    if origin in (tuple, frozenset):
        item = _reader_of(get_args(hint)[0])
        return lambda values: origin(item(value) for value in values)
    return hint.parse if hint is PartialDate else hint
