"""From a plan to what was agreed, and how one sees whether it is kept."""

from dataclasses import dataclass
from enum import StrEnum

from graph.domain.dates import PartialDate, check_order
from graph.domain.labels import Label, TieType
from graph.domain.records import Record, one_tie, tie, ties


class ProposalStatus(StrEnum):
    """The road of a proposal; host and expert accept in either order."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ACCEPTED_BY_HOST = "accepted_by_host"
    ACCEPTED_BY_EXPERT = "accepted_by_expert"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairTie:
    """A decision of the planner about the expert `target` and one opening."""

    target: str
    opening: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Record):
    """One assignment under one objective; `inputs` is JSON text, so that the plan can be computed again."""

    label = Label.PLAN

    objective: str
    seed: int = 0
    created_at: str = ""
    inputs: str = "{}"
    locks: tuple[PairTie, ...] = ties(TieType.LOCKS, Label.EXPERT)
    excludes: tuple[PairTie, ...] = ties(TieType.EXCLUDES, Label.EXPERT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Record):
    """An expert for an opening. `score` is 0 to 10,000 points, `parts` its criteria as JSON text."""

    label = Label.PROPOSAL

    status: ProposalStatus = ProposalStatus.DRAFT
    score: float = 0.0
    parts: str = "{}"
    reason: str = ""
    opening: str = one_tie(TieType.OF, Label.OPENING)
    expert: str = one_tie(TieType.OFFERS, Label.EXPERT)
    plan: str = tie(TieType.IN_PLAN, Label.PLAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Record):
    """What a programme and its partners promised each other, and when the help ends."""

    label = Label.AGREEMENT

    title: str
    signed_on: PartialDate | None = None
    ends_on: PartialDate | None = None
    exit_conditions: str = ""
    programme: str = one_tie(TieType.OF, Label.PROGRAMME)

    def check(self) -> None:
        check_order(self.signed_on, self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(Record):
    """A step of a programme with the day it is due and the day it was reached."""

    label = Label.MILESTONE

    title: str
    due: PartialDate | None = None
    reached: PartialDate | None = None
    programme: str = one_tie(TieType.OF, Label.PROGRAMME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Record):
    """Money promised or paid. `amount` is exact decimal text, never added up across currencies."""

    label = Label.COMMITMENT

    amount: str
    currency: str
    kind: str = ""
    dated: PartialDate | None = None
    programme: str = one_tie(TieType.OF, Label.PROGRAMME)
    provider: str = tie(TieType.FROM, Label.INSTITUTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Record):
    """A look at a programme on a day, with its findings."""

    label = Label.REVIEW

    held_on: PartialDate
    findings: str = ""
    programme: str = one_tie(TieType.OF, Label.PROGRAMME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Record):
    """Something a programme measures, in its unit, from a baseline to a target."""

    label = Label.INDICATOR

    name: str
    unit: str = ""
    baseline: float | None = None
    goal: float | None = None
    programme: str = one_tie(TieType.OF, Label.PROGRAMME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement(Record):
    """The value of an indicator on a day."""

    label = Label.MEASUREMENT

    value: float
    measured_on: PartialDate
    indicator: str = one_tie(TieType.MEASURES, Label.INDICATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson(Record):
    """Something learned that others can use."""

    label = Label.LESSON

    title: str
    text: str = ""
    learned_on: PartialDate | None = None
    programme: str = one_tie(TieType.OF, Label.PROGRAMME)
    capabilities: tuple[str, ...] = ties(TieType.ABOUT, Label.CAPABILITY)
