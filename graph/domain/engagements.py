"""Engagements: the events by which know-how moves. Each has more than two parties, so each is a node."""

import re
from dataclasses import dataclass
from enum import StrEnum

from graph.domain.dates import PartialDate, check_order
from graph.domain.labels import Label, TieType
from graph.domain.records import Record, check_share, fold, one_tie, tie, ties
from graph.errors import InvalidValue

_CURRENCY = re.compile("[A-Z]{3}")


class EngagementStatus(StrEnum):
    """Where an engagement stands. Completed early is honourable and has its own word."""

    PLANNED = "planned"
    ACTIVE = "active"
    COMPLETED = "completed"
    COMPLETED_EARLY = "completed_early"
    CANCELLED = "cancelled"


class SecondmentDirection(StrEnum):
    """Which way know-how goes: the secondee teaches the host, learns there for those at home, or both."""

    TEACHES = "teaches"
    LEARNS = "learns"
    BOTH = "both"


class ScholarReturn(StrEnum):
    """Whether a scholar came back home from where they studied."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class TrainingKind(StrEnum):
    """How people trained together."""

    COURSE = "course"
    EXERCISE = "exercise"
    SIMULATION = "simulation"
    CONFERENCE = "conference"


class JointProjectKind(StrEnum):
    """What institutions do together."""

    RESEARCH = "research"
    PROCUREMENT = "procurement"
    EXERCISE = "exercise"
    STAFF_EXCHANGE = "staff_exchange"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement(Record):
    """Dates, status and subject that all engagements have. An open or unknown date is None.

    `share` is the part of full time that each person spends on it, `amount` what its funder pays for it in the
    smallest unit of `currency` (ISO 4217), both None where not known.
    """

    start: PartialDate | None = None
    end: PartialDate | None = None
    status: EngagementStatus = EngagementStatus.COMPLETED
    outcome: str = ""
    share: float | None = None
    amount: int | None = None
    currency: str = ""
    capabilities: tuple[str, ...] = ties(TieType.ABOUT, Label.CAPABILITY)
    funder: str = tie(TieType.FUNDED_BY, Label.INSTITUTION)

    def check(self) -> None:
        _check_terms(self)


def _check_terms(engagement: Engagement) -> None:
    check_order(engagement.start, engagement.end)
    if engagement.share is not None:
        check_share("share", engagement.share)
    if engagement.amount is not None and engagement.amount < 0:
        raise InvalidValue("amount", engagement.amount, "is less than nothing; give what is paid")
    if engagement.amount is not None and not _CURRENCY.fullmatch(engagement.currency):
        raise InvalidValue("currency", engagement.currency, "is none; give three capital letters like EUR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Secondment(Engagement):
    """An expert works at a host for a while: know-how goes from home to host, or back where the expert learns."""

    label = Label.SECONDMENT

    direction: SecondmentDirection = SecondmentDirection.TEACHES
    expert: str = one_tie(TieType.BY, Label.EXPERT)
    home: str = tie(TieType.FROM, Label.INSTITUTION)
    host: str = one_tie(TieType.TO, Label.INSTITUTION)
    programme: str = tie(TieType.FOR, Label.PROGRAMME)

    def check(self) -> None:
        _check_terms(self)
        if self.home and self.home == self.host:
            raise InvalidValue("host", self.host, "is the home institution; a secondment goes to another one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentorship(Engagement):
    """A mentor helps a mentee; know-how goes from the first to the second, and between their institutions."""

    label = Label.MENTORSHIP

    mentor: str = one_tie(TieType.MENTOR, Label.EXPERT)
    mentee: str = one_tie(TieType.MENTEE, Label.EXPERT)
    programme: str = tie(TieType.FOR, Label.PROGRAMME)

    def check(self) -> None:
        _check_terms(self)
        if self.mentor and self.mentor == self.mentee:
            raise InvalidValue("mentee", self.mentee, "is the mentor; name two different people")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scholarship(Engagement):
    """A scholar studies abroad: know-how goes from the place of study to home, once the scholar has returned."""

    label = Label.SCHOLARSHIP

    degree: str = ""
    returned: ScholarReturn = ScholarReturn.NOT_KNOWN
    returned_on: PartialDate | None = None
    scholar: str = one_tie(TieType.AWARDED_TO, Label.EXPERT)
    place: str = one_tie(TieType.AT, Label.INSTITUTION)
    home: str = tie(TieType.FROM, Label.INSTITUTION)

    def check(self) -> None:
        check_order(self.start, self.end)
        if not self.returned_on:
            return
        if self.returned is not ScholarReturn.YES:
            raise InvalidValue(
                "returned_on", self.returned_on.text, "is a return; say yes for returned, or leave it out"
            )
        if self.start and self.returned_on.last < self.start.first:
            why = f"lies before the start {self.start.text}; correct one of them"
            raise InvalidValue("returned_on", self.returned_on.text, why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Training(Engagement):
    """A course, exercise, simulation or conference: know-how goes from the organiser to those who attended.

    It takes place at an institution or in a country, which need not be the organiser's.
    """

    label = Label.TRAINING

    name: str
    kind: TrainingKind = TrainingKind.COURSE
    centre: str = tie(TieType.HELD_BY, Label.CENTRE)
    organiser: str = tie(TieType.HELD_BY, Label.INSTITUTION)
    place: str = tie(TieType.AT, Label.INSTITUTION)
    country: str = tie(TieType.AT, Label.COUNTRY)
    attendees: tuple[str, ...] = ties(TieType.ATTENDED_BY, Label.EXPERT)

    @property
    def search_text(self) -> str:
        return fold(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """The institution `target` takes part with a role; `contribution` is in euros, None where not known."""

    target: str
    role: str = ""
    contribution: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JointProject(Engagement):
    """Institutions work together: know-how goes both ways between every two of them."""

    label = Label.JOINT_PROJECT

    name: str
    kind: JointProjectKind = JointProjectKind.RESEARCH
    partners: tuple[Partner, ...] = ties(TieType.PARTNER, Label.INSTITUTION)

    @property
    def search_text(self) -> str:
        return fold(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoredBy:
    """The expert `target` stands at this place in the list of authors, from 1."""

    target: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Record):
    """A paper; its authors learned from each other by the day it came out."""

    label = Label.PUBLICATION

    title: str
    doi: str = ""
    published: PartialDate | None = None
    authors: tuple[AuthoredBy, ...] = ties(TieType.AUTHORED_BY, Label.EXPERT)

    @property
    def search_text(self) -> str:
        return fold(self.title, self.doi)
