"""Programmes, what they lack, and the openings they put out."""

import json
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from graph.domain.dates import PartialDate, check_order
from graph.domain.labels import Label, TieType
from graph.domain.people import Cefr
from graph.domain.records import Mode, Record, check_level, check_share, fold, one_tie, tie, ties
from graph.errors import InvalidValue


def check_weights(text: str) -> None:
    """Raise InvalidValue unless the text is empty or a JSON object of whole numbers, as `Opening.weights` asks."""
    try:
        stated = json.loads(text or "{}")
    except ValueError:
        stated = None
    if not isinstance(stated, dict) or not all(type(weight) is int for weight in stated.values()):
        raise InvalidValue("weights", text, 'are no weights; give a JSON object like {"gap": 40, "language": 10}')


def check_weight(field: str, weight: float) -> None:
    """Raise InvalidValue unless the weight is a number from 0 up."""
    if not 0 <= weight < float("inf"):
        raise InvalidValue(field, weight, "is not a weight; give 0 or more")


class Stage(StrEnum):
    """How far a programme stands on its own feet; order is maturity."""

    NASCENT = "nascent"
    DEVELOPING = "developing"
    ESTABLISHED = "established"
    HANDED_OVER = "handed_over"


class OpeningKind(StrEnum):
    """What a programme asks for.

    To a mentorship, a secondment or a residency somebody brings know-how; to a scholarship or an attachment somebody of
    the programme goes out to learn, and the institution of the opening (AT) is the place where they do.
    """

    MENTORSHIP = "mentorship"
    SECONDMENT = "secondment"
    RESIDENCY = "residency"
    SCHOLARSHIP = "scholarship"
    ATTACHMENT = "attachment"


LEARNING = frozenset({OpeningKind.SCHOLARSHIP, OpeningKind.ATTACHMENT})
"""The kinds to which somebody of the programme goes out to learn."""

USUAL_PRESENCE = MappingProxyType(
    {
        OpeningKind.MENTORSHIP: 0.1,
        OpeningKind.SECONDMENT: 0.5,
        OpeningKind.RESIDENCY: 0.5,
        OpeningKind.SCHOLARSHIP: 0.5,
        OpeningKind.ATTACHMENT: 0.5,
    }
)
"""The least share of its days that an opening of each kind asks for where it does not say itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """The institution `target` carries this share of the cost; None where it is not known."""

    target: str
    share: float | None = None

    def __post_init__(self) -> None:
        if self.share is not None:
            check_share("share", self.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Record):
    """A capacity-building programme, owned by an institution of the partner state."""

    label = Label.PROGRAMME

    name: str
    stage: Stage = Stage.NASCENT
    summary: str = ""
    start: PartialDate | None = None
    end: PartialDate | None = None
    owner: str = one_tie(TieType.OWNED_BY, Label.INSTITUTION)
    country: str = one_tie(TieType.IN, Label.COUNTRY)
    supporters: tuple[Support, ...] = ties(TieType.SUPPORTED_BY, Label.INSTITUTION)

    def check(self) -> None:
        check_order(self.start, self.end)

    @property
    def search_text(self) -> str:
        return fold(self.name, self.summary)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """Capability `target` stands at `level` and should reach `target_level`, both 0 to 4; `weight` is the host's."""

    target: str
    level: float
    target_level: float
    weight: float = 1.0

    def __post_init__(self) -> None:
        check_level("level", self.level)
        check_level("target", self.target_level)
        check_weight("weight", self.weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Record):
    """What a programme can do and wants to do, rated on one day in one framework (CMM, SIM3, NCSI, own)."""

    label = Label.ASSESSMENT

    framework: str
    assessed_on: PartialDate
    method: str = ""
    programme: str = one_tie(TieType.OF, Label.PROGRAMME)
    ratings: tuple[Rating, ...] = ties(TieType.RATES, Label.CAPABILITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """An opening needs the capability `target` at `level` or above; `must` rules out those without.

    `weight` says how much it counts beside the other needs.
    """

    target: str
    level: float
    must: bool = False
    weight: float = 1.0

    def __post_init__(self) -> None:
        check_level("level", self.level)
        check_weight("weight", self.weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requires:
    """An opening requires the language `target` at this level at least."""

    target: str
    level: Cefr


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening(Record):
    """A place for a mentor, secondee, resident or scholar, with its dates, seats and needs.

    `weights` is a JSON object, criterion -> whole number: what counts how much for this opening; empty means the
    usual weights. `presence` is the least share of its days that somebody must offer, None for what is usual for its
    kind; 0 asks for none.
    """

    label = Label.OPENING

    name: str
    kind: OpeningKind
    seats: int = 1
    start: PartialDate
    end: PartialDate
    mode: Mode = Mode.HYBRID
    presence: float | None = None
    deadline: PartialDate | None = None
    weights: str = ""
    programme: str = one_tie(TieType.FOR, Label.PROGRAMME)
    host: str = tie(TieType.AT, Label.INSTITUTION)
    needs: tuple[Need, ...] = ties(TieType.NEEDS, Label.CAPABILITY)
    languages: tuple[Requires, ...] = ties(TieType.REQUIRES, Label.LANGUAGE)

    def check(self) -> None:
        check_order(self.start, self.end)
        if self.seats < 1:
            raise InvalidValue("seats", self.seats, "is not a number of seats; give 1 or more")
        if self.presence is not None:
            check_share("presence", self.presence)
        check_weights(self.weights)

    @property
    def least_presence(self) -> float:
        """The least share of its days that somebody must offer."""
        return USUAL_PRESENCE[self.kind] if self.presence is None else self.presence

    @property
    def search_text(self) -> str:
        return fold(self.name, self.kind)
