"""Experts, what they can do and when they are free."""

from dataclasses import dataclass
from enum import StrEnum

from graph.domain.dates import PartialDate, check_order
from graph.domain.identifiers import Orcid
from graph.domain.labels import Label, TieType
from graph.domain.marks import Purpose
from graph.domain.records import Mode, Record, check_level, check_share, fold, one_tie, tie, ties
from graph.errors import InvalidValue


class Cefr(StrEnum):
    """Command of a language, from the Common European Framework of Reference; order is rank."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"

    @property
    def rank(self) -> int:
        """1 for A1 to 6 for C2; 0 is left for "does not speak it"."""
        return list(Cefr).index(self) + 1


class CareerStage(StrEnum):
    """Where a person stands; a mentee today is a mentor later."""

    STUDENT = "student"
    EARLY = "early"
    MID = "mid"
    SENIOR = "senior"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaks:
    """Command of the language `target`."""

    target: str
    level: Cefr


@dataclass(frozen=True, slots=True, kw_only=True)
class HasCapability:
    """Command of the capability `target`, 0 (none) to 4 (leads others), with the evidence and its age."""

    target: str
    level: float
    evidence: str = ""
    confirmed_on: PartialDate | None = None

    def __post_init__(self) -> None:
        check_level("level", self.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksAt:
    """A post at the institution `target`. Open ends are None; an unknown start too."""

    target: str
    role: str = ""
    start: PartialDate | None = None
    end: PartialDate | None = None

    def __post_init__(self) -> None:
        check_order(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The opening `target` as one that a person would take; `rank` 1 is the dearest."""

    target: str
    rank: int

    def __post_init__(self) -> None:
        if self.rank < 1:
            raise InvalidValue("rank", self.rank, "is no place of a list; give 1 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expert(Record):
    """A person who carries know-how. `capacity` is how many mentees or posts at once they accept.

    `conflicts` are institutions for which they declare a conflict of interest: no opening of these is offered to them.
    `consents_chosen_at` and `conflicts_chosen_at` are the instants at which the person last chose these; from then on
    no source changes them. `wishes` are chosen by the person alone, so no source states or changes them.
    """

    label = Label.EXPERT

    name: str
    orcid: Orcid | None = None
    headline: str = ""
    time_zone: str = ""
    capacity: int = 1
    career_stage: CareerStage | None = None
    consents: frozenset[Purpose] = frozenset()
    consents_chosen_at: str = ""
    conflicts_chosen_at: str = ""
    country: str = tie(TieType.BASED_IN, Label.COUNTRY)
    posts: tuple[WorksAt, ...] = ties(TieType.WORKS_AT, Label.INSTITUTION)
    languages: tuple[Speaks, ...] = ties(TieType.SPEAKS, Label.LANGUAGE)
    capabilities: tuple[HasCapability, ...] = ties(TieType.HAS_CAPABILITY, Label.CAPABILITY)
    conflicts: tuple[str, ...] = ties(TieType.CONFLICTS_WITH, Label.INSTITUTION)
    wishes: tuple[Wish, ...] = ties(TieType.WISHES, Label.OPENING)

    def check(self) -> None:
        if not self.name.strip():
            raise InvalidValue("name", self.name, "is empty; a person needs a name")
        if self.capacity < 0:
            raise InvalidValue("capacity", self.capacity, "is negative; give 0 or more")

    @property
    def search_text(self) -> str:
        return fold(self.name, self.headline, self.orcid or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability(Record):
    """A period in which an expert can be called on; `share` is the part of full time, 0 to 1."""

    label = Label.AVAILABILITY

    start: PartialDate
    end: PartialDate
    mode: Mode = Mode.HYBRID
    share: float = 1.0
    expert: str = one_tie(TieType.OF, Label.EXPERT)

    def check(self) -> None:
        check_order(self.start, self.end)
        check_share("share", self.share)
