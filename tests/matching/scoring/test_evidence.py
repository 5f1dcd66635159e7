"""What lies behind a score can be shown, index by index and day by day."""

from hypothesis import given

from graph.domain.records import Mode
from graph.matching.people.needs import (
    Gap,
    Needed,
    OpeningNeed,
    Place,
    Required,
)
from graph.matching.people.reach import NewReach
from graph.matching.scoring.collect_evidence import collect_evidence
from graph.matching.scoring.evidence import (
    AskEvidence,
    Bearing,
    EngagementEvidence,
    GapEvidence,
    HoursEvidence,
    LanguageEvidence,
    LoadEvidence,
    Nearness,
    PlaceEvidence,
    ReachEvidence,
    TongueEvidence,
    Unstated,
    WindowEvidence,
    WordsEvidence,
)
from graph.matching.scoring.kinds import BRINGS
from graph.matching.scoring.ranking import rank
from tests.matching.cases import START, UNTIL, Person, crowds, opening, openings, roster_of

HERE = Place(1, 2, 3)


def test_everything_the_criteria_looked_at_is_shown() -> None:
    need = opening(gaps=(Gap(0, 1, 3), Gap(1, 2, 4)), required=(Required(0, 3),), tongues=frozenset({0, 1}), place=HERE)
    early = (START - 5, START + 5, Mode.REMOTE, 0.5)
    someone = Person("a", {0: 2.3, 1: 1.0}, {0: 5, 1: 2}, ((1, 2, Mode.HYBRID, 1.0), early), place=HERE)
    assert collect_evidence(roster_of(Person("other", windows=(early,)), someone), need, 1) == (
        GapEvidence(0, 1, 3, 2.3, 2.3),
        Unstated("record"),
        PlaceEvidence(Nearness.COUNTRY, HERE),
        TongueEvidence(1, 2),
        LanguageEvidence(0, 3, 5),
        WindowEvidence(2, START, START + 5, Mode.REMOTE, 0.5),
        Unstated("hours"),
        LoadEvidence(0, 1),
        Unstated("text"),
    )


def test_what_was_done_where_at_which_hours_and_in_which_words_is_shown() -> None:
    need = opening(
        gaps=(Gap(0, 1, 3), Gap(1, 1, 3)),
        needed=(Needed(1, 2), Needed(2, 2), Needed(3, 0)),
        mode=Mode.REMOTE,
        zones=("Africa/Accra",),
        reach=(NewReach(0, 2, 3), NewReach(1, 0, 1)),
        programme=1,
        hosts=frozenset({4}),
        text="Forensics, and law",
    )
    deeds = ((1, 4, 1.0, True, (0,)), (-1, 4, 0.0, False, (0,)), (-1, -1, 1.0, True, (1,)))
    someone = Person(
        "a", {0: 4.0, 1: 1.5}, zones=("Africa/Accra",), deeds=deeds, text="law and forensics", confirmed=100
    )
    assert collect_evidence(roster_of(someone, today=100 + 2 * 730), need, 0) == (
        AskEvidence(1, 2, 1.5, 0.75),
        GapEvidence(0, 1, 3, 4.0, 2.0),
        EngagementEvidence(0, Bearing.CAPABILITY, 0),
        EngagementEvidence(2, Bearing.CAPABILITY, 1),
        EngagementEvidence(0, Bearing.PROGRAMME),
        PlaceEvidence(Nearness.UNKNOWN, Place()),
        Unstated("availability"),
        HoursEvidence(8.0, 8.0),
        LoadEvidence(0, 1),
        ReachEvidence(0, 2, 3),
        WordsEvidence(("forensics", "law")),
    )


def test_silence_is_shown_as_silence() -> None:
    asked = {"gaps": (Gap(0, 1, 3),), "needed": (Needed(1, 2),), "required": (Required(0, 3),)}
    need = opening(**asked, tongues=frozenset({1}), place=HERE)
    assert collect_evidence(roster_of(Person("a")), need, 0) == (
        Unstated("asked"),
        Unstated("gap"),
        Unstated("record"),
        PlaceEvidence(Nearness.UNKNOWN, Place()),
        Unstated("context"),
        Unstated("language"),
        Unstated("availability"),
        Unstated("hours"),
        LoadEvidence(0, 1),
        Unstated("network"),
        Unstated("text"),
    )


def test_nearness_goes_from_country_to_elsewhere() -> None:
    places = [Place(1, 2, 3), Place(9, 2, 3), Place(9, 9, 3), Place(9, 9, 9), Place(9, 9, -1)]
    roster = roster_of(*(Person(f"p{number}", place=place) for number, place in enumerate(places)))
    found = [collect_evidence(roster, opening(gaps=(Gap(0, 1, 2),), place=HERE), row)[2] for row in range(len(places))]
    assert [place.nearness for place in found if isinstance(place, PlaceEvidence)] == list(Nearness)


@given(crowds, openings())
def test_the_gaps_a_candidate_covers_are_the_gaps_in_evidence(people: tuple[Person, ...], need: OpeningNeed) -> None:
    roster = roster_of(*people)
    for found in rank(roster, need).candidates:
        shown = [item for item in collect_evidence(roster, need, found.person) if isinstance(item, GapEvidence)]
        asked = {needed.capability for needed in need.needed}
        beside = [gap for gap in found.closable_gaps if gap.capability not in asked]
        assert [item.capability for item in shown] == [gap.capability for gap in beside]
        assert [min(item.known, item.target) for item in shown] == [gap.reach for gap in beside]


@given(crowds, openings())
def test_a_candidate_with_points_for_time_shows_the_time(people: tuple[Person, ...], need: OpeningNeed) -> None:
    roster = roster_of(*people)
    for found in rank(roster, need).candidates:
        shown = [item for item in collect_evidence(roster, need, found.person) if isinstance(item, WindowEvidence)]
        assert all(START <= item.first < item.until <= UNTIL for item in shown)
        offered = roster.states_windows[found.person] and found.parts[BRINGS.names.index("availability")].value > 0
        assert shown or not offered
