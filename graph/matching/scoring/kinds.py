"""Kinds of opening are different questions: the rules, criteria and usual weights of each, in one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from graph.domain.programmes import LEARNING as LEARNING_KINDS
from graph.domain.programmes import OpeningKind
from graph.matching.people.needs import OpeningNeed
from graph.matching.scoring.criteria import BRINGING, LEARNING, Criterion


@dataclass(frozen=True, slots=True, eq=False)
class QuestionKind:
    """Which rules (names) are asked, which criteria count, and how much each weighs where nobody says otherwise."""

    rules: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    weights: Mapping[str, int]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the criteria, in their order."""
        return tuple(criterion.name for criterion in self.criteria)


BRINGS = QuestionKind(
    rules=(
        *("consent", "capacity", "presence", "capability", "language", "own_organisation"),
        *("refused_before", "conflict"),
    ),
    criteria=BRINGING,
    weights=MappingProxyType(
        {
            "asked": 40,
            "gap": 12,
            "record": 8,
            "context": 8,
            "language": 6,
            "availability": 12,
            "hours": 4,
            "load": 4,
            "network": 3,
            "text": 3,
        }
    ),
)
"""Somebody brings know-how in: a mentor, a secondee, a resident."""

LEARNS = QuestionKind(
    rules=("consent", "away", "presence", "language", "elsewhere", "beyond", "refused_before", "conflict"),
    criteria=LEARNING,
    weights=MappingProxyType(
        {"need": 20, "carry": 30, "return": 15, "language": 7, "availability": 10, "chances": 15, "text": 3}
    ),
)
"""Somebody goes out to learn: a scholar, an attached learner."""

KINDS: Mapping[OpeningKind, QuestionKind] = MappingProxyType(
    {kind: LEARNS if kind in LEARNING_KINDS else BRINGS for kind in OpeningKind}
)

CRITERIA = (*BRINGING, *(criterion for criterion in LEARNING if criterion.name not in BRINGS.names))
"""Every criterion of any kind, each once."""

NAMES = tuple(criterion.name for criterion in CRITERIA)


def kind_of(need: OpeningNeed) -> QuestionKind:
    """The question that this opening asks."""
    return KINDS[need.kind]
