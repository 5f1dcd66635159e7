"""What every record has in common, and how a record says which ties it states.

A record is a frozen dataclass. Plain fields become properties of its node; a field made with `tie` becomes
ties that leave the node. A tie that carries properties is a small frozen dataclass with a `target`.
"""

import dataclasses
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from graph.domain.identifiers import RecordId
from graph.domain.labels import Label, TieType
from graph.domain.marks import Tlp
from graph.errors import InvalidValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A node with its own id, its mark, where it comes from and when it was recorded.

    `recorded_at` and `retracted_at` are UTC instants as ISO text; empty means "stamp me now" and "still stated".
    """

    label: ClassVar[Label]

    id: str
    tlp: Tlp = Tlp.CLEAR
    source: str = ""
    source_id: str = ""
    batch: str = ""
    recorded_at: str = ""
    retracted_at: str = ""

    def __post_init__(self) -> None:
        RecordId.parse(self.id)
        self.check()

    def check(self) -> None:
        """Raise InvalidValue when the fields contradict each other. Plain records have nothing to check."""

    @property
    def search_text(self) -> str:
        """The words this record is found by; empty for records that are reached through others."""
        return ""


@dataclass(frozen=True, slots=True)
class TieKind:
    """What a tie field declares: its type and the label at the other end."""

    type: TieType
    target: Label


def tie(type_: TieType, target: Label) -> Any:
    """Declare a field that is at most one tie; its value is the target's id, empty for none."""
    return field(default="", metadata={"tie": TieKind(type_, target)})


def one_tie(type_: TieType, target: Label) -> Any:
    """Declare a field that is exactly one tie; its value is the target's id."""
    return field(metadata={"tie": TieKind(type_, target)})


def ties(type_: TieType, target: Label) -> Any:
    """Declare a field that is any number of ties: a tuple of ids, or of tie values with their properties."""
    return field(default=(), metadata={"tie": TieKind(type_, target)})


def tie_fields(record: type[Record]) -> dict[str, TieKind]:
    """Field name -> declared tie, in the order of the class."""
    return {f.name: f.metadata["tie"] for f in dataclasses.fields(record) if "tie" in f.metadata}


def fold(*words: str) -> str:
    """Text as search compares it: lower case, without accents, single spaces. Scripts stay as they are."""
    plain = unicodedata.normalize("NFKD", " ".join(words).casefold())
    if not plain.isascii():
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(plain.split())


def check_share(name: str, value: float) -> None:
    """Raise InvalidValue unless the value is a share between 0 and 1."""
    if not 0.0 <= value <= 1.0:
        raise InvalidValue(name, value, "is not a share; give a number from 0 to 1")


def check_level(name: str, value: float) -> None:
    """Raise InvalidValue unless the value is a maturity or skill level, 0 to 4."""
    if not 0.0 <= value <= 4.0:
        raise InvalidValue(name, value, "is not a level; give a number from 0 to 4")


class Mode(StrEnum):
    """How people work together on an engagement."""

    ON_SITE = "on_site"
    REMOTE = "remote"
    HYBRID = "hybrid"
