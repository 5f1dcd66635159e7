"""What an opening asks for, and what its programme lacks."""

from dataclasses import dataclass, field

from graph.domain.people import Cefr
from graph.domain.programmes import OpeningKind, check_weight
from graph.domain.records import Mode, check_level, check_share
from graph.errors import InvalidValue
from graph.matching.columns import UNKNOWN
from graph.matching.people.clocks import Zones
from graph.matching.people.reach import NewReach
from graph.matching.people.texts import Terms, count_terms
from graph.matching.people.windows import DAYS_END, MODES


@dataclass(frozen=True, slots=True)
class Needed:
    """A capability (index) wanted at `level`, 0 to 4, or above; `must` rules out those below.

    `weight` says how much it counts beside the others that the opening asks.
    """

    capability: int
    level: float
    must: bool = False
    weight: float = 1.0

    def __post_init__(self) -> None:
        check_level("needed.level", self.level)
        check_weight("needed.weight", self.weight)


@dataclass(frozen=True, slots=True)
class Required:
    """A language (index) required at this CEFR rank, 1 (A1) to 6 (C2), or above."""

    language: int
    rank: int

    def __post_init__(self) -> None:
        if not 1 <= self.rank <= len(Cefr):
            raise InvalidValue("required.rank", self.rank, "is not a rank; give 1 (A1) to 6 (C2)")


@dataclass(frozen=True, slots=True)
class Gap:
    """A capability (index) rated at `level` and wanted at `target`, both 0 to 4; `weight` is the host's, 0 or more."""

    capability: int
    level: float
    target: float
    weight: float = 1.0

    def __post_init__(self) -> None:
        check_level("gap.level", self.level)
        check_level("gap.target", self.target)
        check_weight("gap.weight", self.weight)

    @property
    def size(self) -> float:
        """Levels to climb times weight; 0 for a gap that is closed or that the host gives no weight."""
        return max(self.target - self.level, 0.0) * self.weight


@dataclass(frozen=True, slots=True)
class Place:
    """A country, its subregion and its region as indexes, its income group from 0 up and the set of traditions of its
    law as bits; each UNKNOWN (-1) where not recorded.
    """

    country: int = UNKNOWN
    subregion: int = UNKNOWN
    region: int = UNKNOWN
    income: int = UNKNOWN
    law: int = UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningNeed:
    """One opening as matching sees it. Days are ordinals, the period is [start, until), the rest are indexes.

    `gaps` are the ratings of the programme's latest assessment; `hosts` are the owner and the host, `institutions`
    these and whatever else counts as own staff, `homes` the owner and what belongs with it; `tongues` are the official
    languages of the country, `zones` its time zones; `refusals` are the people who declined or were declined for this
    opening, `conflicts` those with a declared conflict of interest; `reach` says how far a capability would come that
    has no path yet; `text` is all the need says in words. `presence` is the least share of the days that somebody must
    offer, 0 where none is asked. `open_gaps`, `lack` and `terms` are derived; `other_gaps` are those of which the
    opening asks nothing itself. Raises InvalidValue for a period without days, no seats, or anything stated twice.
    """

    id: str
    kind: OpeningKind
    start: int
    until: int
    seats: int = 1
    mode: Mode = Mode.HYBRID
    presence: float = 0.0
    needed: tuple[Needed, ...] = ()
    required: tuple[Required, ...] = ()
    gaps: tuple[Gap, ...] = ()
    programme: int = UNKNOWN
    hosts: frozenset[int] = frozenset()
    institutions: frozenset[int] = frozenset()
    homes: frozenset[int] = frozenset()
    place: Place = Place()
    tongues: frozenset[int] = frozenset()
    conflicts: frozenset[int] = frozenset()
    refusals: frozenset[int] = frozenset()
    zones: Zones = ()
    reach: tuple[NewReach, ...] = ()
    text: str = ""
    open_gaps: tuple[Gap, ...] = field(init=False)
    other_gaps: tuple[Gap, ...] = field(init=False)
    lack: float = field(init=False)
    terms: Terms = field(init=False)

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.until < DAYS_END:
            raise InvalidValue("until", self.until, f"leaves no day; give a later day than the start {self.start}")
        if self.seats < 1:
            raise InvalidValue("seats", self.seats, "is not a number of seats; give 1 or more")
        check_share("presence", self.presence)
        _check_once("needed", [needed.capability for needed in self.needed])
        _check_once("required", [required.language for required in self.required])
        _check_once("gaps", [gap.capability for gap in self.gaps])
        _check_once("reach", [reach.capability for reach in self.reach])
        object.__setattr__(self, "open_gaps", _open_gaps(self.gaps, self.needed))
        asked = {needed.capability for needed in self.needed}
        object.__setattr__(self, "other_gaps", tuple(gap for gap in self.open_gaps if gap.capability not in asked))
        object.__setattr__(self, "lack", sum(gap.size for gap in self.open_gaps))
        object.__setattr__(self, "terms", count_terms(self.text))

    @property
    def assessed(self) -> bool:
        """Whether somebody has rated where the programme stands."""
        return bool(self.gaps)

    @property
    def asks(self) -> tuple[Needed, ...]:
        """The capabilities asked for at a level; one at level 0 asks nothing."""
        return tuple(needed for needed in self.needed if needed.level)

    @property
    def lessons(self) -> tuple[Gap, ...]:
        """What a learner comes for: each asked capability with where the programme stands and wants to be."""
        rated = {gap.capability: gap for gap in self.gaps}
        found = (rated.get(each.capability, Gap(each.capability, 0.0, each.level)) for each in self.needed)
        return tuple(lesson for lesson in found if lesson.size > 0)

    @property
    def days(self) -> int:
        """Length of the opening."""
        return self.until - self.start

    @property
    def mode_index(self) -> int:
        """The row of `Segments.serves` that answers this opening."""
        return MODES.index(self.mode)


def _check_once(name: str, indexes: list[int]) -> None:
    for index in indexes:
        if index < 0 or indexes.count(index) > 1:
            raise InvalidValue(name, index, "is stated twice or is not an index; state each once, from 0 up")


def _open_gaps(gaps: tuple[Gap, ...], needed: tuple[Needed, ...]) -> tuple[Gap, ...]:
    """The gaps still open, in order of capability. Without an assessment the needs stand in, each from level 0."""
    stated = gaps or tuple(Gap(need.capability, 0.0, need.level) for need in needed)
    return tuple(sorted((gap for gap in stated if gap.size > 0), key=lambda gap: gap.capability))
