"""What lies behind a score can be shown, index by index and day by day."""

from hypothesis import given

from graph.domain.records import Mode
from graph.matching.evidence import (
    GapEvidence,
    LanguageEvidence,
    Nearness,
    PlaceEvidence,
    TongueEvidence,
    Unstated,
    WindowEvidence,
    gather,
)
from graph.matching.needs import Gap, Need, Place, Required
from graph.matching.ranking import rank
from tests.matching.cases import START, UNTIL, Person, crowds, opening, openings, roster_of

HERE = Place(1, 2, 3)


def test_everything_the_criteria_looked_at_is_shown() -> None:
    need = opening(gaps=(Gap(0, 1, 3), Gap(1, 2, 4)), required=(Required(0, 3),), tongues=frozenset({0, 1}), place=HERE)
    early = (START - 5, START + 5, Mode.REMOTE, 0.5)
    someone = Person("a", {0: 2.3, 1: 1.0}, {0: 5, 1: 2}, ((1, 2, Mode.HYBRID, 1.0), early), place=HERE)
    assert gather(roster_of(Person("other", windows=(early,)), someone), need, 1) == (
        GapEvidence(0, 1, 3, 2.3, 500),
        PlaceEvidence(Nearness.COUNTRY, HERE),
        TongueEvidence(1, 2),
        LanguageEvidence(0, 3, 5),
        WindowEvidence(2, START, START + 5, Mode.REMOTE, 0.5),
    )


def test_silence_is_shown_as_silence() -> None:
    need = opening(gaps=(Gap(0, 1, 3),), required=(Required(0, 3),), tongues=frozenset({1}), place=HERE)
    assert gather(roster_of(Person("a")), need, 0) == (
        Unstated("gap"),
        PlaceEvidence(Nearness.UNKNOWN, Place()),
        Unstated("context"),
        Unstated("language"),
        Unstated("availability"),
    )


def test_nearness_goes_from_country_to_elsewhere() -> None:
    places = [Place(1, 2, 3), Place(9, 2, 3), Place(9, 9, 3), Place(9, 9, 9), Place(9, 9, -1)]
    roster = roster_of(*(Person(f"p{number}", place=place) for number, place in enumerate(places)))
    found = [gather(roster, opening(place=HERE), row)[1] for row in range(len(places))]
    assert [place.nearness for place in found if isinstance(place, PlaceEvidence)] == list(Nearness)


@given(crowds, openings())
def test_the_gaps_a_candidate_covers_are_the_gaps_in_evidence(people: tuple[Person, ...], need: Need) -> None:
    roster = roster_of(*people)
    for found in rank(roster, need).candidates:
        shown = [item for item in gather(roster, need, found.person) if isinstance(item, GapEvidence)]
        assert [item.capability for item in shown] == [gap.capability for gap in found.covers]
        assert [min(item.held, item.target) for item in shown] == [gap.reach for gap in found.covers]


@given(crowds, openings())
def test_a_candidate_with_points_for_time_shows_the_time(people: tuple[Person, ...], need: Need) -> None:
    roster = roster_of(*people)
    for found in rank(roster, need).candidates:
        shown = [item for item in gather(roster, need, found.person) if isinstance(item, WindowEvidence)]
        assert all(START <= item.first < item.until <= UNTIL for item in shown)
        offered = roster.states_windows[found.person] and found.parts[-1].value > 0
        assert shown or not offered
