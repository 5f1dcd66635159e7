"""From a plan to what was agreed, and how one sees whether it is kept."""

from dataclasses import dataclass
from enum import StrEnum

from graph.domain.dates import PartialDate, check_order
from graph.domain.labels import Label, TieType
from graph.domain.records import Record, fold, one_tie, tie, ties
from graph.errors import Conflict


class ProposalStatus(StrEnum):
    """The road of a proposal; host and expert accept in either order."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ACCEPTED_BY_HOST = "accepted_by_host"
    ACCEPTED_BY_EXPERT = "accepted_by_expert"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"


class Party(StrEnum):
    """The two sides that agree."""

    HOST = "host"
    EXPERT = "expert"


class Verdict(StrEnum):
    """What a side can answer."""

    ACCEPT = "accept"
    DECLINE = "decline"


class Step(StrEnum):
    """What moves a proposal along; the words finish the sentence "it cannot be ... now"."""

    PUBLISH = "published"
    HOST_ACCEPTS = "accepted by the host"
    EXPERT_ACCEPTS = "accepted by the expert"
    HOST_DECLINES = "declined by the host"
    EXPERT_DECLINES = "declined by the expert"
    WITHDRAW = "taken back"
    EXPIRE = "let expire"


AWAITS = {
    ProposalStatus.PROPOSED: frozenset(Party),
    ProposalStatus.ACCEPTED_BY_HOST: frozenset({Party.EXPERT}),
    ProposalStatus.ACCEPTED_BY_EXPERT: frozenset({Party.HOST}),
}
"""The open statuses, and whose answer each waits for."""

_DECLINED = dict.fromkeys((*AWAITS, ProposalStatus.DECLINED), ProposalStatus.DECLINED)

# Step -> from -> to. A step that was taken already may be taken again and changes nothing, so that an answer sent
# twice counts once. What the officer takes back becomes a draft again: nobody said no, so the pair may be proposed
# anew, while a refusal rules the pair out of later plans.
STEPS: dict[Step, dict[ProposalStatus, ProposalStatus]] = {
    Step.PUBLISH: {ProposalStatus.DRAFT: ProposalStatus.PROPOSED},
    Step.HOST_ACCEPTS: {
        ProposalStatus.PROPOSED: ProposalStatus.ACCEPTED_BY_HOST,
        ProposalStatus.ACCEPTED_BY_HOST: ProposalStatus.ACCEPTED_BY_HOST,
        ProposalStatus.ACCEPTED_BY_EXPERT: ProposalStatus.CONFIRMED,
        ProposalStatus.CONFIRMED: ProposalStatus.CONFIRMED,
    },
    Step.EXPERT_ACCEPTS: {
        ProposalStatus.PROPOSED: ProposalStatus.ACCEPTED_BY_EXPERT,
        ProposalStatus.ACCEPTED_BY_EXPERT: ProposalStatus.ACCEPTED_BY_EXPERT,
        ProposalStatus.ACCEPTED_BY_HOST: ProposalStatus.CONFIRMED,
        ProposalStatus.CONFIRMED: ProposalStatus.CONFIRMED,
    },
    Step.HOST_DECLINES: _DECLINED,
    Step.EXPERT_DECLINES: _DECLINED,
    Step.WITHDRAW: dict.fromkeys((*AWAITS, ProposalStatus.DRAFT), ProposalStatus.DRAFT),
    Step.EXPIRE: dict.fromkeys((*AWAITS, ProposalStatus.EXPIRED), ProposalStatus.EXPIRED),
}

ANSWERS = {
    (Party.HOST, Verdict.ACCEPT): Step.HOST_ACCEPTS,
    (Party.HOST, Verdict.DECLINE): Step.HOST_DECLINES,
    (Party.EXPERT, Verdict.ACCEPT): Step.EXPERT_ACCEPTS,
    (Party.EXPERT, Verdict.DECLINE): Step.EXPERT_DECLINES,
}

STANDS = {
    ProposalStatus.DRAFT: "is a draft; publish its plan to put it to both sides",
    ProposalStatus.PROPOSED: "waits for both sides",
    ProposalStatus.ACCEPTED_BY_HOST: "waits for the expert; the host has accepted",
    ProposalStatus.ACCEPTED_BY_EXPERT: "waits for the host; the expert has accepted",
    ProposalStatus.CONFIRMED: "is confirmed; what was agreed is an engagement now",
    ProposalStatus.DECLINED: "was declined; propose somebody else, or the person for something else",
    ProposalStatus.EXPIRED: "has expired; draw a new plan to ask again",
}
"""Where a proposal stands, to be read after "The proposal"."""


def after(status: ProposalStatus, step: Step) -> ProposalStatus:
    """Where a step leads from a status. Raises Conflict, saying where the proposal stands, for a forbidden step."""
    try:
        return STEPS[step][status]
    except KeyError:
        raise Conflict(f"The proposal cannot be {step} now: it {STANDS[status]}.") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairTie:
    """A decision of the planner about the expert `target` and one opening."""

    target: str
    opening: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Record):
    """One assignment under one objective; `inputs` is JSON text, so that the plan can be computed again."""

    label = Label.PLAN

    name: str = ""
    objective: str
    seed: int = 0
    created_at: str = ""
    inputs: str = "{}"
    locks: tuple[PairTie, ...] = ties(TieType.LOCKS, Label.EXPERT)
    excludes: tuple[PairTie, ...] = ties(TieType.EXCLUDES, Label.EXPERT)

    @property
    def search_text(self) -> str:
        return fold(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Record):
    """An expert for an opening. `score` is 0 to 10,000 points, `parts` its criteria as JSON text.

    `answer_by` is the last day for answers; without one the deadline of the opening is, else its end. `reason` and
    `declined_by` belong to a refusal, `host_said` and `expert_said` to acceptances. `mentee` is named once a
    mentorship is confirmed: an opening has no mentee, and no mentorship is recorded without one.
    """

    label = Label.PROPOSAL

    status: ProposalStatus = ProposalStatus.DRAFT
    score: float = 0.0
    parts: str = "{}"
    reason: str = ""
    declined_by: Party | None = None
    host_said: str = ""
    expert_said: str = ""
    proposed_at: str = ""
    answer_by: PartialDate | None = None
    opening: str = one_tie(TieType.OF, Label.OPENING)
    expert: str = one_tie(TieType.OFFERS, Label.EXPERT)
    plan: str = tie(TieType.IN_PLAN, Label.PLAN)
    mentee: str = tie(TieType.FOR, Label.EXPERT)


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
