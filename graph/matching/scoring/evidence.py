"""What lies behind the numbers of one pair: indexes and days, for a service to turn into dated paths with words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, TypeAlias

from graph.domain.records import Mode
from graph.matching.columns import UNKNOWN
from graph.matching.people.needs import Place


class Nearness(StrEnum):
    """How close a person is based to the programme."""

    COUNTRY = "country"
    SUBREGION = "subregion"
    REGION = "region"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AskEvidence:
    """The opening asks for `level`; the person may hold `held`, of which `known` is known."""

    criterion: ClassVar[str] = "asked"

    capability: int
    level: float
    held: float
    known: float


@dataclass(frozen=True, slots=True)
class GapEvidence:
    """The programme stands at `level` and wants `target`; the person may hold `held`, of which `known` is known."""

    criterion: ClassVar[str] = "gap"

    capability: int
    level: float
    target: float
    held: float
    known: float


class Bearing(StrEnum):
    """What an earlier engagement has to do with the opening."""

    CAPABILITY = "capability"
    PROGRAMME = "programme"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class EngagementEvidence:
    """An engagement (row of the columns) about a capability that is lacking (index); -1 for work done here before."""

    criterion: ClassVar[str] = "record"

    row: int
    bearing: Bearing
    capability: int = UNKNOWN


@dataclass(frozen=True, slots=True)
class LanguageEvidence:
    """A required language, the rank that is asked and the rank the person has."""

    criterion: ClassVar[str] = "language"

    language: int
    required: int
    rank: int


@dataclass(frozen=True, slots=True)
class TongueEvidence:
    """An official language of the country, not required, that the person speaks at this rank."""

    criterion: ClassVar[str] = "context"

    language: int
    rank: int


@dataclass(frozen=True, slots=True)
class PlaceEvidence:
    """Where the person is based (indexes, -1 unknown) and how near that is."""

    criterion: ClassVar[str] = "context"

    nearness: Nearness
    place: Place


@dataclass(frozen=True, slots=True)
class WindowEvidence:
    """A stated period, cut to the days [first, until) inside the opening; `row` is its place in the input columns."""

    criterion: ClassVar[str] = "availability"

    row: int
    first: int
    until: int
    mode: Mode
    share: float


@dataclass(frozen=True, slots=True)
class HoursEvidence:
    """How many working hours of a day the two clocks share, at least and at most."""

    criterion: ClassVar[str] = "hours"

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class LoadEvidence:
    """How many engagements the person carries and how many they accept at once."""

    criterion: ClassVar[str] = "load"

    carried: int
    accepted: int


@dataclass(frozen=True, slots=True)
class ReachEvidence:
    """A capability the person brings: `new` of the `among` institutions it could reach have no other path to it."""

    criterion: ClassVar[str] = "network"

    capability: int
    new: int
    among: int


@dataclass(frozen=True, slots=True)
class WordsEvidence:
    """The words that the need and the person both use, heaviest first."""

    criterion: ClassVar[str] = "text"

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HomeNeedEvidence:
    """The programme stands at `level` in what is to be learned and wants `target`."""

    criterion: ClassVar[str] = "need"

    capability: int
    level: float
    target: float


@dataclass(frozen=True, slots=True)
class HeadroomEvidence:
    """The person states `held` of what is to be learned, the programme wants `target`."""

    criterion: ClassVar[str] = "carry"

    capability: int
    held: float
    target: float


@dataclass(frozen=True, slots=True)
class ReturnEvidence:
    """The institution (index) to which the person can return; `own` where it is the owner or belongs to it."""

    criterion: ClassVar[str] = "return"

    institution: int
    own: bool


@dataclass(frozen=True, slots=True)
class ChancesEvidence:
    """How often the person was sent out to learn before."""

    criterion: ClassVar[str] = "chances"

    times: int


@dataclass(frozen=True, slots=True)
class Unstated:
    """The person states nothing on which this criterion could rest: the reason for its interval."""

    criterion: str


Evidence: TypeAlias = (
    AskEvidence
    | GapEvidence
    | EngagementEvidence
    | LanguageEvidence
    | TongueEvidence
    | PlaceEvidence
    | WindowEvidence
    | HoursEvidence
    | LoadEvidence
    | ReachEvidence
    | WordsEvidence
    | HomeNeedEvidence
    | HeadroomEvidence
    | ReturnEvidence
    | ChancesEvidence
    | Unstated
)
