"""What people have done: engagements in which they gave, and what each was about."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.matching.columns import (
    UNKNOWN,
    Flags,
    Fractions,
    Indexes,
    check_length,
    flags,
    fractions,
    frozen,
    integers,
)

_MANY = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEngagementColumns:
    """Engagements in which people gave, a row each: person, programme and host (index, -1 for none).

    `worth` is 1 for one that was completed, less for one that ended early, 0 while it runs; `has_outcome` says whether
    its outcome is recorded.
    """

    person: Sequence[int] = ()
    programme: Sequence[int] = ()
    host: Sequence[int] = ()
    worth: Sequence[float] = ()
    has_outcome: Sequence[bool] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectColumns:
    """What the engagements were about, a row each: the row of the engagement, and the capability."""

    engagement: Sequence[int] = ()
    capability: Sequence[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PastEngagements:
    """What people have done, as read-only columns: d engagements, and s pairs of engagement and capability.

    `person`, `programme`, `host`, `worth` and `has_outcome` are (d,); `subject_engagement` and `subject_capability` are
    (s,), in the order of capabilities.
    """

    person: Indexes
    programme: Indexes
    host: Indexes
    worth: Fractions
    has_outcome: Flags
    subject_engagement: Indexes
    subject_capability: Indexes

    def about(self, capability: int) -> Indexes:
        """The rows of the past engagements about this capability, in O(log s)."""
        first, until = np.searchsorted(self.subject_capability, (capability, capability + 1))
        return self.subject_engagement[first:until]


def read_past_engagements(
    rows: PastEngagementColumns, subjects: SubjectColumns, people: int, capabilities: int
) -> PastEngagements:
    """Check and sort what people have done.

    Raises: InvalidValue.
    Complexity: O(d + s log s).
    """
    person = integers("engagement.person", rows.person, 0, people)
    for name in ("programme", "host", "worth", "has_outcome"):
        check_length(f"engagement.{name}", len(getattr(rows, name)), len(person))
    engagement = integers("subject.engagement", subjects.engagement, 0, len(person))
    capability = integers("subject.capability", subjects.capability, 0, capabilities)
    check_length("subject.capability", len(capability), len(engagement))
    order = np.lexsort((engagement, capability))
    return PastEngagements(
        person=person,
        programme=integers("engagement.programme", rows.programme, UNKNOWN, _MANY),
        host=integers("engagement.host", rows.host, UNKNOWN, _MANY),
        worth=fractions("engagement.worth", rows.worth, 0.0, 1.0),
        has_outcome=flags("engagement.has_outcome", rows.has_outcome),
        subject_engagement=frozen(engagement[order]),
        subject_capability=frozen(capability[order]),
    )
