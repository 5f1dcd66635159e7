"""Topics: what a statement reads or changes, so that whatever is kept in memory knows which write makes it old."""

from enum import Flag, auto
from typing import Final

from graph.domain.kinds import TIE_SLOTS, TieSlot
from graph.domain.labels import Label


class Topic(Flag):
    """A subject of the graph; `|` joins several. Each has a version of its own, which every write to it changes.

    A record belongs to the topic of its label, a tie to the topic of the record that states it. Each kind of
    engagement is a topic of its own, because reading all of them again after every secondment would take seconds.
    """

    PEOPLE = auto()
    ORGANISATIONS = auto()
    PROGRAMMES = auto()
    OPENINGS = auto()
    PLANS = auto()
    PROPOSALS = auto()
    AGREEMENTS = auto()
    SECONDMENTS = auto()
    MENTORSHIPS = auto()
    SCHOLARSHIPS = auto()
    TRAININGS = auto()
    PROJECTS = auto()
    PUBLICATIONS = auto()
    REFERENCE = auto()
    ACCOUNTS = auto()
    BOOKKEEPING = auto()
    SCHEMA = auto()
    LOCKS = auto()
    ENGAGEMENTS = SECONDMENTS | MENTORSHIPS | SCHOLARSHIPS | TRAININGS | PROJECTS
    NETWORK = ENGAGEMENTS | PUBLICATIONS

    @property
    def names(self) -> tuple[str, ...]:
        """The name of each topic in it, as the versions are called in the graph."""
        return tuple(str(one.name).lower() for one in self)


NOTHING: Final = Topic(0)
EVERY_TOPIC: Final = ~NOTHING

TOPIC_OF: Final[dict[Label, Topic]] = {
    Label.EXPERT: Topic.PEOPLE,
    Label.AVAILABILITY: Topic.PEOPLE,
    Label.INSTITUTION: Topic.ORGANISATIONS,
    Label.CENTRE: Topic.ORGANISATIONS,
    Label.PROGRAMME: Topic.PROGRAMMES,
    Label.ASSESSMENT: Topic.PROGRAMMES,
    Label.OPENING: Topic.OPENINGS,
    Label.SECONDMENT: Topic.SECONDMENTS,
    Label.MENTORSHIP: Topic.MENTORSHIPS,
    Label.SCHOLARSHIP: Topic.SCHOLARSHIPS,
    Label.TRAINING: Topic.TRAININGS,
    Label.JOINT_PROJECT: Topic.PROJECTS,
    Label.PUBLICATION: Topic.PUBLICATIONS,
    Label.PROPOSAL: Topic.PROPOSALS,
    Label.PLAN: Topic.PLANS,
    Label.AGREEMENT: Topic.AGREEMENTS,
    Label.MILESTONE: Topic.AGREEMENTS,
    Label.COMMITMENT: Topic.AGREEMENTS,
    Label.REVIEW: Topic.AGREEMENTS,
    Label.INDICATOR: Topic.AGREEMENTS,
    Label.MEASUREMENT: Topic.AGREEMENTS,
    Label.LESSON: Topic.AGREEMENTS,
    Label.CAPABILITY: Topic.REFERENCE,
    Label.COUNTRY: Topic.REFERENCE,
    Label.REGION: Topic.REFERENCE,
    Label.LANGUAGE: Topic.REFERENCE,
    Label.BATCH: Topic.BOOKKEEPING,
    Label.ACCOUNT: Topic.ACCOUNTS,
    Label.AUDIT_EVENT: Topic.BOOKKEEPING,
}


def topic_of_tie(slot: TieSlot) -> Topic:
    """The topic of a tie: that of the record that states it."""
    return TOPIC_OF[slot[0]]


def topics_erased_with(label: Label) -> Topic:
    """What changes when records of this label go with all their ties: also the records that point at them."""
    found = TOPIC_OF[label]
    for source, _, target in TIE_SLOTS:
        if target is label:
            found |= TOPIC_OF[source]
    return found
