"""Record, load, hours, network, words and age: each by hand, and that more of any of them never costs points."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.domain.records import Mode
from graph.domain.time_zones import is_zone, zones_of
from graph.errors import InvalidValue
from graph.matching.people.ageing import HALF_LIFE
from graph.matching.people.clocks import shared
from graph.matching.people.needs import Gap, OpeningNeed
from graph.matching.people.reach import NewReach
from graph.matching.scoring.kinds import CRITERIA
from graph.matching.scoring.ranking import rank
from tests.matching.cases import CONFIRMED, Deed, Person, crowds, deeds, opening, openings, person, roster_of

BY_NAME = {criterion.name: criterion for criterion in CRITERIA}
TWO_GAPS = (Gap(0, 1, 3), Gap(1, 1, 3))
NEVER = -1


def _score(name: str, person: Person, today: int = -1, **given: object) -> tuple[float, float]:
    """What is known, and what could be."""
    scores = BY_NAME[name].measure(roster_of(person, today=today), opening(**given), np.array([0], np.int32))
    return round(float(scores.value[0]), 6), round(float(scores.high[0]), 6)


def _points(someone: Person, need: OpeningNeed, today: int = -1) -> int:
    found = rank(roster_of(someone, today=today), need).candidates
    return found[0].points if found else 0


def _deed(*about: int, worth: float = 1.0, has_outcome: bool = True, programme: int = NEVER, host: int = NEVER) -> Deed:
    return programme, host, worth, has_outcome, about


@pytest.mark.parametrize(
    ("done", "score"),
    [
        ((_deed(0),), (0.1875, 0.1875)),
        ((_deed(0), _deed(0)), (0.28125, 0.28125)),
        ((_deed(0), _deed(1)), (0.375, 0.375)),
        ((_deed(0, worth=0.0),), (0.0, 0.0)),
        ((_deed(2),), (0.0, 0.0)),
        ((), (0.0, 1.0)),
    ],
)
def test_each_finished_engagement_about_a_gap_halves_what_is_left(done: tuple[Deed, ...], score: object) -> None:
    assert _score("record", Person("a", deeds=done), gaps=TWO_GAPS) == score


def test_an_engagement_without_an_outcome_counts_between_a_half_and_all() -> None:
    untold = Person("a", deeds=(_deed(0, has_outcome=False),))
    low = round(0.75 * (1 - 2**-0.5), 6)
    assert _score("record", untold, gaps=(Gap(0, 1, 3),)) == (low, 0.375)


def test_earlier_work_for_the_programme_counts_more_than_for_its_host() -> None:
    here = {"gaps": TWO_GAPS, "programme": 3, "hosts": frozenset({7})}
    assert _score("record", Person("a", deeds=(_deed(programme=3, worth=0.0),)), **here)[0] == 0.25
    assert _score("record", Person("a", deeds=(_deed(host=7),)), **here)[0] == 0.125
    assert _score("record", Person("a", deeds=(_deed(programme=3, host=7),)), **here)[0] == 0.25
    assert _score("record", Person("a", deeds=(_deed(programme=2, host=6),)), **here)[0] == 0.0


def test_without_open_gaps_only_earlier_work_here_is_asked() -> None:
    assert _score("record", Person("a", deeds=(_deed(0, programme=3),)), programme=3) == (1.0, 1.0)
    assert _score("record", Person("a", deeds=(_deed(0),))) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("capacity", "load", "value"), [(1, 0, 1.0), (4, 1, 0.75), (2, 2, 0.0), (1, 3, 0.0), (0, 0, 0.0)]
)
def test_load_is_the_free_share_of_what_a_person_accepts(capacity: int, load: int, value: float) -> None:
    assert _score("load", Person("a", capacity=capacity, load=load)) == (value, value)


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
def test_accepting_fewer_at_once_never_raises_the_load_criterion(fewer: int, more: int, load: int) -> None:
    fewer, more = sorted((fewer, more))
    scarce, open_ = (_score("load", Person("a", capacity=capacity, load=load))[0] for capacity in (fewer, more))
    assert scarce <= open_


DAY = date(2027, 2, 1).toordinal()
SUMMER = date(2027, 7, 1).toordinal()


@pytest.mark.parametrize(
    ("one", "other", "day", "hours"),
    [
        (("Africa/Accra",), ("Africa/Accra",), DAY, (8, 8)),
        (("Africa/Accra",), ("Europe/Amsterdam",), DAY, (7, 7)),
        (("Africa/Accra",), ("Europe/Amsterdam",), SUMMER, (6, 6)),
        (("Asia/Tokyo",), ("Europe/Amsterdam",), DAY, (0, 0)),
        # Thirteen hours ahead and eleven behind are the same clock: the short way round counts.
        (("Pacific/Apia",), ("Pacific/Pago_Pago",), DAY, (8, 8)),
        (("Africa/Accra", "Africa/Nairobi"), ("Africa/Lagos",), DAY, (6, 7)),
        ((), ("Africa/Lagos",), DAY, (0, 8)),
    ],
)
def test_clocks_share_the_hours_they_are_not_apart(
    one: tuple[str, ...], other: tuple[str, ...], day: int, hours: tuple[float, float]
) -> None:
    assert tuple(8 * share for share in shared(one, other, day)) == hours
    assert shared(one, other, day) == shared(other, one, day)


@pytest.mark.parametrize(("mode", "value"), [(Mode.ON_SITE, 1.0), (Mode.HYBRID, 0.9375), (Mode.REMOTE, 0.875)])
def test_the_clock_counts_as_far_as_one_works_from_afar(mode: Mode, value: float) -> None:
    asked = {"mode": mode, "zones": ("Africa/Lagos",), "start": DAY, "until": DAY + 100}
    assert _score("hours", Person("a", zones=("Africa/Accra",)), **asked) == (value, value)


def test_an_unknown_clock_is_open_and_none_matters_on_site() -> None:
    assert _score("hours", Person("a"), mode=Mode.REMOTE, zones=("Africa/Lagos",)) == (0.0, 1.0)
    assert _score("hours", Person("a", zones=("Africa/Lagos",)), mode=Mode.HYBRID) == (0.5, 1.0)
    assert _score("hours", Person("a"), mode=Mode.ON_SITE) == (1.0, 1.0)


def test_a_country_keeps_its_time_zones() -> None:
    assert zones_of("tg") == zones_of("TG") == ("Africa/Lome",)
    assert len(zones_of("id")) > 2
    assert zones_of("nowhere") == ()
    assert is_zone("Pacific/Fiji")
    assert not is_zone("<script>")


def test_network_gain_is_the_newly_reached_share_of_what_a_person_brings() -> None:
    asked = {"gaps": (Gap(0, 1, 3), Gap(1, 1, 2)), "reach": (NewReach(0, 1, 4), NewReach(1, 2, 2))}
    assert _score("network", Person("a", {0: 2.0}), **asked)[0] == round(2 / 3 / 4, 6)
    assert _score("network", Person("a", {1: 2.0}), **asked)[0] == round(1 / 3, 6)
    assert _score("network", Person("a", {0: 1.0}), **asked) == (0.0, 0.0)
    assert _score("network", Person("a"), **asked) == (0.0, 0.5)


def test_where_nobody_knows_how_far_a_capability_would_reach_the_gain_is_open() -> None:
    assert _score("network", Person("a", {0: 2.0}), gaps=TWO_GAPS) == (0.0, 0.5)


@pytest.mark.parametrize(("new", "among"), [(2, 1), (-1, 2), (0, 0)])
def test_a_reach_that_cannot_be_is_refused(new: int, among: int) -> None:
    with pytest.raises(InvalidValue, match=r"reach\.new"):
        NewReach(0, new, among)


@pytest.mark.parametrize(
    ("age", "value"),
    [
        (0, 1.0),
        (HALF_LIFE, 1.0),
        (HALF_LIFE + 365, round(2**-0.5, 6)),
        (2 * HALF_LIFE, 0.5),
        (9 * HALF_LIFE, 0.5),
        (-5, 1.0),
    ],
)
def test_a_level_confirmed_long_ago_counts_down_to_a_half(age: int, value: float) -> None:
    someone = Person("a", {0: 2.0})
    known, could_be = _score("gap", someone, today=CONFIRMED + age, gaps=(Gap(0, 0, 2),))
    assert known == pytest.approx(value, abs=1e-6)
    assert could_be == 1.0


def test_what_was_never_confirmed_counts_as_the_oldest_does() -> None:
    someone = Person("a", {0: 2.0}, confirmed=NEVER)
    assert _score("gap", someone, today=10**6, gaps=(Gap(0, 0, 2),)) == (0.5, 1.0)


def test_a_level_without_evidence_counts_three_quarters() -> None:
    someone = Person("a", {0: 2.0}, shown=False)
    assert _score("gap", someone, today=CONFIRMED, gaps=(Gap(0, 0, 2),)) == (0.75, 1.0)
    assert _score("gap", someone, today=CONFIRMED + 2 * HALF_LIFE, gaps=(Gap(0, 0, 2),)) == (0.375, 1.0)


@given(person("a"), openings(), st.integers(0, 5000))
def test_confirming_never_costs_points_and_waiting_never_gains_any(
    someone: Person, need: OpeningNeed, later: int
) -> None:
    old = replace(someone, confirmed=CONFIRMED)
    aged = [_points(old, need, today=CONFIRMED + days) for days in (0, later, 2 * later)]
    assert aged == sorted(aged, reverse=True)
    assert _points(replace(old, confirmed=CONFIRMED + later), need, today=CONFIRMED + later) == aged[0]


@given(person("a"), openings(), deeds)
def test_one_more_engagement_never_costs_points(someone: Person, need: OpeningNeed, more: Deed) -> None:
    assert _points(someone, need) <= _points(replace(someone, deeds=(*someone.deeds, more)), need)


@given(person("a"), openings(), deeds)
def test_telling_what_came_of_it_never_costs_points(someone: Person, need: OpeningNeed, deed: Deed) -> None:
    untold, told = (replace(someone, deeds=((*deed[:3], said, deed[4]),)) for said in (False, True))
    assert _points(untold, need) <= _points(told, need)


@given(crowds, person("p"), openings(), st.text(max_size=30))
def test_one_more_document_never_costs_points(
    others: tuple[Person, ...], someone: Person, need: OpeningNeed, more: str
) -> None:
    crowd = tuple(replace(other, id=f"other-{other.id}") for other in others)
    before, after = (
        BY_NAME["text"].measure(roster_of(who, *crowd), need, np.array([0], np.int32)).value[0]
        for who in (someone, replace(someone, text=f"{someone.text}\n{more} law"))
    )
    assert before <= after + 1e-12


@given(person("a"), openings(), st.integers(0, 3), st.integers(0, 3))
def test_a_larger_capacity_never_costs_points(someone: Person, need: OpeningNeed, one: int, other: int) -> None:
    small, large = sorted((one, other))
    assert _points(replace(someone, capacity=small), need) <= _points(replace(someone, capacity=large), need)
