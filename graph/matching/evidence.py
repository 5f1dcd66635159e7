"""What lies behind the numbers of one pair: indexes and days, for a service to turn into dated paths with words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, TypeAlias

import numpy as np

from graph.domain.records import Mode
from graph.matching.columns import UNKNOWN
from graph.matching.criteria import extra_tongues
from graph.matching.needs import Need, Place
from graph.matching.roster import Roster, stated_level
from graph.matching.windows import MODES


class Nearness(StrEnum):
    """How close a person is based to the programme."""

    COUNTRY = "country"
    SUBREGION = "subregion"
    REGION = "region"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class GapEvidence:
    """The programme stands at `level` and wants `target`; the person holds `held`, confirmed on that day or -1.

    Stands behind both gap coverage and maturity step.
    """

    criterion: ClassVar[str] = "gap"

    capability: int
    level: float
    target: float
    held: float
    confirmed_on: int


@dataclass(frozen=True, slots=True)
class LanguageEvidence:
    """A required language, the rank that is asked and the rank the person has."""

    criterion: ClassVar[str] = "language"

    language: int
    required: int
    rank: int


@dataclass(frozen=True, slots=True)
class TongueEvidence:
    """An official language of the country, not required, that the person speaks at this rank."""

    criterion: ClassVar[str] = "context"

    language: int
    rank: int


@dataclass(frozen=True, slots=True)
class PlaceEvidence:
    """Where the person is based (indexes, -1 unknown) and how near that is."""

    criterion: ClassVar[str] = "context"

    nearness: Nearness
    place: Place


@dataclass(frozen=True, slots=True)
class WindowEvidence:
    """A stated period, cut to the days [first, until) inside the opening; `row` is its place in the input columns."""

    criterion: ClassVar[str] = "availability"

    row: int
    first: int
    until: int
    mode: Mode
    share: float


@dataclass(frozen=True, slots=True)
class Unstated:
    """The person states nothing on which this criterion could rest: the reason for its interval."""

    criterion: str


Evidence: TypeAlias = GapEvidence | LanguageEvidence | TongueEvidence | PlaceEvidence | WindowEvidence | Unstated


def gather(roster: Roster, need: Need, person: int) -> tuple[Evidence, ...]:
    """Everything the criteria looked at for this person, in the order of the criteria.

    O(gaps + languages + log windows): meant for the people on show, not for the whole roster.
    """
    return (
        *_gaps(roster, need, person),
        _place(roster, need, person),
        *_tongues(roster, need, person),
        *_languages(roster, need, person),
        *_windows(roster, need, person),
    )


def _gaps(roster: Roster, need: Need, person: int) -> list[Evidence]:
    if not roster.states_capabilities[person]:
        return [Unstated("gap")]
    return [
        GapEvidence(
            gap.capability,
            gap.level,
            gap.target,
            stated_level(roster.levels[person, gap.capability]),
            int(roster.confirmed_on[person, gap.capability]),
        )
        for gap in need.open_gaps
        if roster.levels[person, gap.capability] > gap.level
    ]


def _place(roster: Roster, need: Need, person: int) -> PlaceEvidence:
    place = Place(int(roster.country[person]), int(roster.subregion[person]), int(roster.region[person]))
    return PlaceEvidence(_nearness(place, need.place), place)


def _nearness(one: Place, other: Place) -> Nearness:
    for nearness in (Nearness.COUNTRY, Nearness.SUBREGION, Nearness.REGION):
        if getattr(one, nearness) == getattr(other, nearness) != UNKNOWN:
            return nearness
    return Nearness.UNKNOWN if UNKNOWN in (one.region, other.region) else Nearness.ELSEWHERE


def _tongues(roster: Roster, need: Need, person: int) -> list[Evidence]:
    extra = extra_tongues(need)
    if extra and not roster.states_languages[person]:
        return [Unstated("context")]
    ranks = roster.ranks[person, extra].tolist()
    return [TongueEvidence(language, rank) for language, rank in zip(extra, ranks, strict=True) if rank]


def _languages(roster: Roster, need: Need, person: int) -> list[Evidence]:
    if need.required and not roster.states_languages[person]:
        return [Unstated("language")]
    return [
        LanguageEvidence(required.language, required.rank, int(roster.ranks[person, required.language]))
        for required in need.required
    ]


def _windows(roster: Roster, need: Need, person: int) -> list[Evidence]:
    if not roster.states_windows[person]:
        return [Unstated("availability")]
    windows = roster.windows
    rows = np.arange(len(windows.person))[windows.of(person)]
    inside = rows[(windows.first[rows] < need.until) & (windows.until[rows] > need.start)]
    return [
        WindowEvidence(
            int(windows.row[row]),
            max(int(windows.first[row]), need.start),
            min(int(windows.until[row]), need.until),
            MODES[windows.mode[row]],
            float(windows.share[row]),
        )
        for row in inside.tolist()
    ]
