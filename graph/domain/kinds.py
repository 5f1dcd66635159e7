"""Every kind of record there is, and every tie one may state: the model in one place."""

from graph.domain.accounts import Account, AuditEvent, Batch
from graph.domain.agreements import (
    Agreement,
    Commitment,
    Indicator,
    Lesson,
    Measurement,
    Milestone,
    Plan,
    Proposal,
    Review,
)
from graph.domain.engagements import JointProject, Mentorship, Publication, Scholarship, Secondment, Training
from graph.domain.labels import Label, TieType
from graph.domain.organisations import CenterOfExcellence, Institution
from graph.domain.people import Availability, Expert
from graph.domain.places import Capability, Country, Language, Region
from graph.domain.programmes import Assessment, Opening, Programme
from graph.domain.records import Record, tie_fields

# In an order in which the targets of ties mostly come before the records that state them.
RECORD_KINDS: tuple[type[Record], ...] = (
    Region,
    Language,
    Country,
    Capability,
    Institution,
    CenterOfExcellence,
    Expert,
    Availability,
    Programme,
    Assessment,
    Opening,
    Secondment,
    Mentorship,
    Scholarship,
    Training,
    JointProject,
    Publication,
    Plan,
    Proposal,
    Agreement,
    Milestone,
    Commitment,
    Review,
    Indicator,
    Measurement,
    Lesson,
    Batch,
    Account,
    AuditEvent,
)

KIND_OF: dict[Label, type[Record]] = {kind.label: kind for kind in RECORD_KINDS}

TieSlot = tuple[Label, TieType, Label]

TIE_SLOTS: tuple[TieSlot, ...] = tuple(
    dict.fromkeys((kind.label, slot.type, slot.target) for kind in RECORD_KINDS for slot in tie_fields(kind).values())
)
"""Every (label, tie type, target label) that may be written, in the order of the model."""
