"""Gathers the evidence of one pair: what every criterion looked at."""

import numpy as np

from graph.matching.columns import UNKNOWN
from graph.matching.people.clocks import AFAR, WORKING_HOURS, shared
from graph.matching.people.needs import OpeningNeed, Place
from graph.matching.people.roster import Roster, stated_level
from graph.matching.people.windows import MODES
from graph.matching.scoring.criteria import extra_tongues
from graph.matching.scoring.evidence import (
    AskEvidence,
    Bearing,
    ChancesEvidence,
    EngagementEvidence,
    Evidence,
    GapEvidence,
    HeadroomEvidence,
    HomeNeedEvidence,
    HoursEvidence,
    LanguageEvidence,
    LoadEvidence,
    Nearness,
    PlaceEvidence,
    ReachEvidence,
    ReturnEvidence,
    TongueEvidence,
    Unstated,
    WindowEvidence,
    WordsEvidence,
)
from graph.matching.scoring.kinds import LEARNS, kind_of

_WORDS = 5


def collect_evidence(roster: Roster, need: OpeningNeed, person: int) -> tuple[Evidence, ...]:
    """Everything the criteria looked at for this person, in the order of the criteria.

    Complexity: O(gaps + languages + engagements + words + log windows): for the people shown, not for the whole roster.
    """
    collect = _of_learner if kind_of(need) is LEARNS else _of_bringer
    return collect(roster, need, person)


def _of_learner(roster: Roster, need: OpeningNeed, person: int) -> tuple[Evidence, ...]:
    return (
        *(HomeNeedEvidence(lesson.capability, lesson.level, lesson.target) for lesson in need.lessons),
        *_headroom(roster, need, person),
        *_returns(roster, need, person),
        *_languages(roster, need, person),
        *_windows(roster, need, person),
        ChancesEvidence(int(roster.chances[person])),
        *_words(roster, need, person),
    )


def _headroom(roster: Roster, need: OpeningNeed, person: int) -> list[Evidence]:
    stated = roster.stated[person]
    told = [lesson for lesson in need.lessons if not np.isnan(stated[lesson.capability])]
    silent: list[Evidence] = [Unstated("carry")] if len(told) < len(need.lessons) else []
    return [
        *(HeadroomEvidence(each.capability, stated_level(stated[each.capability]), each.target) for each in told),
        *silent,
    ]


def _returns(roster: Roster, need: OpeningNeed, person: int) -> list[Evidence]:
    posts = sorted(roster.post_institution[roster.post_person == person].tolist())
    own = [post for post in posts if post in need.homes]
    here = roster.country[person] == need.place.country != UNKNOWN
    if own or (posts and here):
        return [ReturnEvidence((own or posts)[0], bool(own))]
    return [] if posts else [Unstated("return")]


def _of_bringer(roster: Roster, need: OpeningNeed, person: int) -> tuple[Evidence, ...]:
    return (
        *_asks(roster, need, person),
        *_gaps(roster, need, person),
        *_past_engagements(roster, need, person),
        _place(roster, need, person),
        *_tongues(roster, need, person),
        *_languages(roster, need, person),
        *_windows(roster, need, person),
        *_hours(roster, need, person),
        LoadEvidence(int(roster.load(need)[person]), int(roster.capacity[person])),
        *_reach(roster, need, person),
        *_words(roster, need, person),
    )


def _asks(roster: Roster, need: OpeningNeed, person: int) -> list[Evidence]:
    if need.asks and not roster.states_capabilities[person]:
        return [Unstated("asked")]
    return [
        AskEvidence(ask.capability, ask.level, *_held(roster, person, ask.capability))
        for ask in need.asks
        if roster.possible[person, ask.capability] > 0
    ]


def _gaps(roster: Roster, need: OpeningNeed, person: int) -> list[Evidence]:
    if not roster.states_capabilities[person] and (need.other_gaps or not need.assessed):
        return [Unstated("gap")]
    return [
        GapEvidence(gap.capability, gap.level, gap.target, *_held(roster, person, gap.capability))
        for gap in need.other_gaps
        if roster.possible[person, gap.capability] > gap.level
    ]


def _held(roster: Roster, person: int, capability: int) -> tuple[float, float]:
    return stated_level(roster.possible[person, capability]), stated_level(roster.known[person, capability])


def _past_engagements(roster: Roster, need: OpeningNeed, person: int) -> list[Evidence]:
    """Finished work about the gaps, then whatever was done here that is not shown already."""
    if not roster.states_engagements[person]:
        return [Unstated("record")]
    past_engagements = roster.past_engagements
    done = [
        EngagementEvidence(row, Bearing.CAPABILITY, gap.capability)
        for gap in need.open_gaps
        for row in past_engagements.about(gap.capability).tolist()
        if past_engagements.person[row] == person and past_engagements.worth[row]
    ]
    own = np.flatnonzero(past_engagements.person == person).tolist()
    programme = [
        EngagementEvidence(row, Bearing.PROGRAMME)
        for row in own
        if need.programme == past_engagements.programme[row] != UNKNOWN
    ]
    host = [EngagementEvidence(row, Bearing.HOST) for row in own if past_engagements.host[row] in need.hosts]
    return [*done, *(programme or host)]


def _place(roster: Roster, need: OpeningNeed, person: int) -> PlaceEvidence:
    columns = roster.country, roster.subregion, roster.region, roster.income, roster.law
    place = Place(*(int(column[person]) for column in columns))
    return PlaceEvidence(_nearness(place, need.place), place)


def _nearness(one: Place, other: Place) -> Nearness:
    for nearness in (Nearness.COUNTRY, Nearness.SUBREGION, Nearness.REGION):
        if getattr(one, nearness) == getattr(other, nearness) != UNKNOWN:
            return nearness
    return Nearness.UNKNOWN if UNKNOWN in (one.region, other.region) else Nearness.ELSEWHERE


def _tongues(roster: Roster, need: OpeningNeed, person: int) -> list[Evidence]:
    extra = extra_tongues(need)
    if extra and not roster.states_languages[person]:
        return [Unstated("context")]
    ranks = roster.ranks[person, extra].tolist()
    return [TongueEvidence(language, rank) for language, rank in zip(extra, ranks, strict=True) if rank]


def _languages(roster: Roster, need: OpeningNeed, person: int) -> list[Evidence]:
    if need.required and not roster.states_languages[person]:
        return [Unstated("language")]
    return [
        LanguageEvidence(required.language, required.rank, int(roster.ranks[person, required.language]))
        for required in need.required
    ]


def _hours(roster: Roster, need: OpeningNeed, person: int) -> list[Evidence]:
    place = int(roster.zone[person])
    if place == UNKNOWN and AFAR[need.mode]:
        return [Unstated("hours")]
    if place == UNKNOWN or not need.zones:
        return []
    least, most = shared(roster.zones[place], need.zones, need.start)
    return [HoursEvidence(least * WORKING_HOURS, most * WORKING_HOURS)]


def _reach(roster: Roster, need: OpeningNeed, person: int) -> list[Evidence]:
    if not roster.states_capabilities[person]:
        return [Unstated("network")]
    level = {gap.capability: gap.level for gap in need.open_gaps}
    return [
        ReachEvidence(reach.capability, reach.new, reach.among)
        for reach in need.reach
        if roster.known[person, reach.capability] > level.get(reach.capability, np.inf)
    ]


def _words(roster: Roster, need: OpeningNeed, person: int) -> list[Evidence]:
    if not roster.texts.states[person]:
        return [Unstated("text")]
    words = roster.texts.common(need.terms, person, _WORDS)
    return [WordsEvidence(words)] if words else []


def _windows(roster: Roster, need: OpeningNeed, person: int) -> list[Evidence]:
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
