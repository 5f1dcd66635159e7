"""What single cells mean, for every source alike."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from graph.domain.dates import PartialDate
from graph.domain.engagements import EngagementStatus
from graph.domain.identifiers import CountryCode, RecordId, RorId
from graph.domain.outcomes import Warned
from graph.errors import InvalidValue

T = TypeVar("T")
W = TypeVar("W", bound=StrEnum)

_LONG = 100


@dataclass(frozen=True, slots=True)
class Margin:
    """Where the oddities of one row are noted while it is read: the row stays, the odd value is left out."""

    position: str
    notes: list[Warned] = field(default_factory=list)

    def note(self, what: str) -> None:
        """Write down something a person should look at."""
        self.notes.append(Warned(self.position, what))

    def maybe(self, parse: Callable[[str], T], text: str) -> T | None:
        """The value, or None when there is no text or the text will not do; the latter is noted."""
        if not text:
            return None
        try:
            return parse(text)
        except InvalidValue as error:
            self.note(f"{str(error).removesuffix('.')}; left out")
            return None

    def each(self, parse: Callable[[str], T], text: str) -> list[T]:
        """The values of "one; two; three"; a part that will not do is left out and noted."""
        values = (self.maybe(parse, part) for part in split_list(text))
        return [value for value in values if value is not None]


def split_list(text: str) -> list[str]:
    """The parts of "one; two; three", without empty ones."""
    return [part.strip() for part in text.split(";") if part.strip()]


def country_id(text: str) -> str:
    """Our id of a country by its ISO code. Raises InvalidValue."""
    return CountryCode.parse(text).lower()


def institution_id(text: str) -> str:
    """Our id of an institution, given as that id or as an address at ror.org. Raises InvalidValue."""
    if "ror.org/" in text.lower():
        return f"ror-{RorId.parse(text)}"
    return RecordId.parse(text)


def whole_number(name: str, text: str) -> int:
    """A number without sign or fraction. Raises InvalidValue."""
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise InvalidValue(name, text, "is not a whole number; write digits only")
    return int(text)


def word_of(words: type[W], name: str, text: str) -> W:
    """The member of a closed list, in any case and with spaces or underscores. Raises InvalidValue."""
    wanted = "_".join(text.casefold().split())
    for word in words:
        if word.casefold() == wanted:
            return word
    raise InvalidValue(name, text, f"is not one of ours; use {', '.join(words)}")


def stable_id(*words: str) -> str:
    """The same id for the same words in every run; long words are told apart by a digest of all of them."""
    readable = RecordId.from_words(*words)
    if len(readable) <= _LONG:
        return readable
    digest = hashlib.sha256("\0".join(words).encode()).hexdigest()[:12]
    return RecordId.from_words(readable[:_LONG], digest)


def status_on(day: date, start: PartialDate | None, end: PartialDate | None) -> EngagementStatus:
    """Where an engagement stands on a day by its dates alone; one without an end is taken to go on."""
    if start and start.first > day:
        return EngagementStatus.PLANNED
    if end and end.last < day:
        return EngagementStatus.COMPLETED
    return EngagementStatus.ACTIVE if start or end else EngagementStatus.COMPLETED
