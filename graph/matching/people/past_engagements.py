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

    `worth` is 1 for one that was completed, less for one that ended early, 0 while it runs; `told` says whether its
    outcome is recorded.
    """

    person: Sequence[int] = ()
    programme: Sequence[int] = ()
    host: Sequence[int] = ()
    worth: Sequence[float] = ()
    told: Sequence[bool] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectColumns:
    """What the engagements were about, a row each: the row of the deed, capability."""

    deed: Sequence[int] = ()
    capability: Sequence[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PastEngagements:
    """The deeds as read-only columns (d,), and the pairs of deed and capability (s,) in the order of capabilities."""

    person: Indexes
    programme: Indexes
    host: Indexes
    worth: Fractions
    told: Flags
    subject_deed: Indexes
    subject_capability: Indexes

    def about(self, capability: int) -> Indexes:
        """The rows of the deeds about this capability, in O(log s)."""
        first, until = np.searchsorted(self.subject_capability, (capability, capability + 1))
        return self.subject_deed[first:until]


def read_past_engagements(
    deeds: PastEngagementColumns, subjects: SubjectColumns, people: int, capabilities: int
) -> PastEngagements:
    """Check and sort what people have done. Raises InvalidValue. O(d + s log s)."""
    person = integers("deed.person", deeds.person, 0, people)
    for name in ("programme", "host", "worth", "told"):
        check_length(f"deed.{name}", len(getattr(deeds, name)), len(person))
    deed = integers("subject.deed", subjects.deed, 0, len(person))
    capability = integers("subject.capability", subjects.capability, 0, capabilities)
    check_length("subject.capability", len(capability), len(deed))
    order = np.lexsort((deed, capability))
    return PastEngagements(
        person=person,
        programme=integers("deed.programme", deeds.programme, UNKNOWN, _MANY),
        host=integers("deed.host", deeds.host, UNKNOWN, _MANY),
        worth=fractions("deed.worth", deeds.worth, 0.0, 1.0),
        told=flags("deed.told", deeds.told),
        subject_deed=frozen(deed[order]),
        subject_capability=frozen(capability[order]),
    )
