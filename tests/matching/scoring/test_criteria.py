"""Each criterion by hand, and what holds for all of them."""

import numpy as np
import pytest
from hypothesis import given

from graph.domain.records import Mode
from graph.matching.people.needs import (
    Gap,
    Needed,
    OpeningNeed,
    Place,
    Required,
)
from graph.matching.scoring.kinds import CRITERIA
from tests.matching.cases import ALL_THE_TIME, START, UNTIL, Person, Window, crowds, opening, openings, roster_of

BY_NAME = {criterion.name: criterion for criterion in CRITERIA}


def _score(name: str, person: Person, **given: object) -> tuple[float, float]:
    """What is known, and what could be."""
    scores = BY_NAME[name].measure(roster_of(person), opening(**given), np.array([0], np.int32))
    return round(float(scores.value[0]), 6), round(float(scores.high[0]), 6)


def _value(name: str, person: Person, **given: object) -> float:
    return _score(name, person, **given)[0]


@pytest.mark.parametrize(
    ("levels", "value"),
    [
        ({0: 2.0, 1: 3.0}, 1.0),
        ({0: 4.0, 1: 4.0}, 1.0),
        ({0: 2.0}, 0.75),  # the first of weight 3, of 4 in all
        ({1: 3.0}, 0.25),
        ({0: 1.0, 1: 3.0}, 0.4375),  # 3/4 * 1/2 * 1/2 + 1/4: half of the level is met with a half
        ({0: 1.9, 1: 3.0}, 0.60625),  # just short is still short: 3/4 * 0.475 + 1/4
        ({2: 4.0}, 0.0),
    ],
)
def test_what_is_asked_counts_by_its_weight_and_what_is_not_met_half_at_most(
    levels: dict[int, float], value: float
) -> None:
    asks = (Needed(0, 2, weight=3), Needed(1, 3), Needed(3, 0))
    assert _score("asked", Person("a", levels=levels), needed=asks) == (value, value)


def test_a_profile_without_capabilities_may_turn_out_to_meet_everything() -> None:
    assert _score("asked", Person("a"), needed=(Needed(0, 2),)) == (0.0, 1.0)


def test_an_opening_that_asks_nothing_is_met_by_everybody() -> None:
    assert _score("asked", Person("a")) == (1.0, 1.0)
    assert _score("asked", Person("a"), needed=(Needed(0, 2, weight=0), Needed(1, 0))) == (1.0, 1.0)


def test_gap_coverage_is_the_closed_share_of_the_weighted_lack() -> None:
    gaps = (Gap(0, 1, 3, weight=2), Gap(1, 2, 4, weight=1))
    # 2 x 2 levels and 1 x 2 levels are lacking; level 2 on the first closes 2 x 1, level 4 on the second 1 x 2.
    assert _value("gap", Person("a", levels={0: 2.0}), gaps=gaps) == pytest.approx(2 / 6, abs=1e-6)
    assert _value("gap", Person("a", levels={0: 2.0, 1: 4.0}), gaps=gaps) == pytest.approx(4 / 6, abs=1e-6)
    assert _value("gap", Person("a", levels={0: 3.0, 1: 4.0}), gaps=gaps) == 1.0


def test_what_the_opening_asks_is_no_gap_beside() -> None:
    asked = {"gaps": (Gap(0, 1, 3), Gap(1, 1, 2)), "needed": (Needed(0, 2),)}
    assert _score("gap", Person("a", levels={0: 4.0}), **asked) == (0.0, 0.0)
    assert _score("gap", Person("a", levels={1: 2.0}), **asked) == (1.0, 1.0)


def test_a_level_beyond_the_target_closes_no_more_than_the_gap() -> None:
    assert _value("gap", Person("a", levels={0: 4.0}), gaps=(Gap(0, 1, 2), Gap(1, 1, 2))) == 0.5


@pytest.mark.parametrize(("held", "value"), [(0.5, 0.25), (1.0, 0.5), (2.0, 1.0), (3.0, 1.0), (4.0, 1.0)])
def test_one_engagement_lifts_a_programme_by_two_levels_at_most(held: float, value: float) -> None:
    assert _value("gap", Person("a", levels={0: held}), gaps=(Gap(0, 0, 4),)) == value


def test_a_level_at_or_below_the_programmes_closes_nothing() -> None:
    assert _score("gap", Person("a", levels={0: 1.0}), gaps=(Gap(0, 1, 2),)) == (0.0, 0.0)


def test_a_profile_without_capabilities_may_turn_out_to_close_everything() -> None:
    assert _score("gap", Person("a"), gaps=(Gap(0, 1, 2),)) == (0.0, 1.0)


def test_where_nothing_else_is_lacking_nobody_falls_short() -> None:
    assert _score("gap", Person("a"), gaps=(Gap(0, 2, 2),)) == (1.0, 1.0)


def test_of_a_programme_that_nobody_assessed_coverage_is_not_known() -> None:
    assert _score("gap", Person("a", levels={0: 4.0})) == (0.0, 1.0)
    assert _score("gap", Person("a", levels={0: 4.0}), needed=(Needed(0, 2),)) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("place", "score"),
    [
        (Place(1, 2, 3, 1, 3), (1.0, 1.0)),
        (Place(9, 2, 3, 1, 3), (1.0, 1.0)),
        (Place(9, 9, 3, 1, 3), (0.75, 0.75)),
        (Place(9, 9, 9, 1, 3), (0.5, 0.5)),
        # The next income group, and one of three traditions in common.
        (Place(9, 9, 9, 2, 6), (0.125 + 1 / 12, 0.125 + 1 / 12)),
        (Place(9, 9, 9, 3, 8), (0.0, 0.0)),
        (Place(9, -1, 3, 1, 3), (0.75, 1.0)),
        (Place(9, 2, 3), (0.5, 1.0)),
        (Place(1, -1, -1), (1.0, 1.0)),
        (Place(), (0.0, 1.0)),
    ],
)
def test_context_asks_how_near_and_how_alike_the_country_of_a_person_is(
    place: Place, score: tuple[float, float]
) -> None:
    assert _score("context", Person("a", place=place), place=Place(1, 2, 3, 1, 3)) == pytest.approx(score, abs=1e-6)


def test_context_asks_for_an_official_language_beyond_those_required() -> None:
    asked = {"place": Place(1, 2, 3), "tongues": frozenset({0, 1}), "required": (Required(0, 3),)}
    here = Place(1, 2, 3)
    assert _value("context", Person("a", place=here, ranks={0: 6}), **asked) == 0.5
    assert _value("context", Person("a", place=here, ranks={1: 2}), **asked) == 0.75
    assert _value("context", Person("a", place=here, ranks={1: 5}), **asked) == 1.0
    assert _score("context", Person("a", place=here), **asked) == (0.5, 1.0)


def test_where_every_official_language_is_required_only_the_place_counts() -> None:
    asked = {"place": Place(1, 2, 3), "tongues": frozenset({0}), "required": (Required(0, 3),)}
    assert _value("context", Person("a", place=Place(9, 9, 3), ranks={0: 6}), **asked) == 0.25


@pytest.mark.parametrize(
    ("rank", "required", "value"), [(3, 3, 0.0), (4, 3, 0.5), (5, 3, 1.0), (6, 5, 1.0), (6, 6, 1.0), (1, 3, 0.0)]
)
def test_language_counts_ranks_above_the_required_one(rank: int, required: int, value: float) -> None:
    assert _value("language", Person("a", ranks={0: rank}), required=(Required(0, required),)) == value


def test_the_weakest_required_language_counts() -> None:
    two = (Required(0, 2), Required(1, 3))
    assert _value("language", Person("a", ranks={0: 6, 1: 4}), required=two) == 0.5


def test_language_is_not_known_where_none_is_stated_and_full_where_none_is_required() -> None:
    assert _score("language", Person("a"), required=(Required(0, 3),)) == (0.0, 1.0)
    assert _score("language", Person("a")) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("windows", "value"),
    [
        ((ALL_THE_TIME,), 1.0),
        (((START - 50, START + 25, Mode.HYBRID, 1.0),), 0.25),
        (((START, UNTIL, Mode.HYBRID, 0.5),), 0.5),
        (((START, UNTIL, Mode.REMOTE, 1.0),), 0.5),
        (((START, START + 10, Mode.HYBRID, 1.0), (START + 50, START + 70, Mode.HYBRID, 0.5)), 0.2),
        (((START, UNTIL, Mode.HYBRID, 0.5), (START, UNTIL, Mode.HYBRID, 0.5)), 0.5),
        (((START, UNTIL, Mode.HYBRID, 0.5), (START, START + 20, Mode.HYBRID, 1.0)), 0.6),
    ],
)
def test_availability_is_the_offered_share_of_the_opening(windows: tuple[Window, ...], value: float) -> None:
    assert _value("availability", Person("a", windows=windows), mode=Mode.HYBRID) == value


def test_a_person_abroad_cannot_be_on_site() -> None:
    remote = Person("a", windows=((START, UNTIL, Mode.REMOTE, 1.0),))
    assert _value("availability", remote, mode=Mode.ON_SITE) == 0.0
    assert _value("availability", remote, mode=Mode.REMOTE) == 1.0


def test_availability_is_not_known_where_none_is_stated() -> None:
    assert _score("availability", Person("a")) == (0.0, 1.0)


@given(crowds, openings())
def test_what_is_known_is_never_more_than_what_could_be(people: tuple[Person, ...], need: OpeningNeed) -> None:
    roster, everybody = roster_of(*people), np.arange(len(people), dtype=np.int32)
    for criterion in CRITERIA:
        scores = criterion.measure(roster, need, everybody)
        assert (scores.value >= 0).all()
        assert (scores.value <= scores.high).all()
        assert (scores.high <= 1).all()
