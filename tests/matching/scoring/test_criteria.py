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
from graph.matching.scoring.criteria import CRITERIA
from tests.matching.cases import ALL_THE_TIME, START, UNTIL, Person, Window, crowds, opening, openings, roster_of

BY_NAME = {criterion.name: criterion for criterion in CRITERIA}


def _score(name: str, person: Person, **given: object) -> tuple[float, float, float]:
    scores = BY_NAME[name].measure(roster_of(person), opening(**given), np.array([0], np.int32))
    return tuple(round(float(side[0]), 6) for side in (scores.low, scores.value, scores.high))


def _value(name: str, person: Person, **given: object) -> float:
    return _score(name, person, **given)[1]


def test_gap_coverage_is_the_closed_share_of_the_weighted_lack() -> None:
    gaps = (Gap(0, 1, 3, weight=2), Gap(1, 2, 4, weight=1))
    # 2 x 2 levels and 1 x 2 levels are lacking; level 2 on the first closes 2 x 1, level 4 on the second 1 x 2.
    assert _value("gap", Person("a", levels={0: 2.0}), gaps=gaps) == pytest.approx(2 / 6, abs=1e-6)
    assert _value("gap", Person("a", levels={0: 2.0, 1: 4.0}), gaps=gaps) == pytest.approx(4 / 6, abs=1e-6)
    assert _value("gap", Person("a", levels={0: 3.0, 1: 4.0}), gaps=gaps) == 1.0


def test_a_level_beyond_the_target_closes_no_more_than_the_gap() -> None:
    assert _value("gap", Person("a", levels={0: 4.0}), gaps=(Gap(0, 1, 2), Gap(1, 1, 2))) == 0.5


def test_a_level_at_or_below_the_programmes_closes_nothing() -> None:
    assert _score("gap", Person("a", levels={0: 1.0}), gaps=(Gap(0, 1, 2),)) == (0.0, 0.0, 0.0)


def test_a_profile_without_capabilities_may_turn_out_to_close_everything() -> None:
    assert _score("gap", Person("a"), gaps=(Gap(0, 1, 2),)) == (0.0, 0.0, 1.0)


def test_where_nothing_is_left_to_close_nobody_closes_anything() -> None:
    assert _score("gap", Person("a"), gaps=(Gap(0, 2, 2),)) == (0.0, 0.0, 0.0)


def test_where_nobody_asked_or_assessed_coverage_is_open() -> None:
    assert _score("gap", Person("a", levels={0: 4.0})) == (0.0, 0.0, 1.0)


@pytest.mark.parametrize(
    ("held", "step"),
    [(0.5, 0.0), (1.0, 0.0), (1.5, 0.5), (2.0, 1.0), (2.5, 1.0), (3.0, 1.0), (3.5, 0.875), (4.0, 0.75)],
)
def test_the_maturity_step_is_best_one_or_two_levels_above(held: float, step: float) -> None:
    assert _value("maturity", Person("a", levels={0: held}), gaps=(Gap(0, 1, 4),)) == step


def test_four_levels_above_suits_half_as_well() -> None:
    assert _value("maturity", Person("a", levels={0: 4.0}), gaps=(Gap(0, 0, 2),)) == 0.5


def test_the_maturity_step_weighs_gaps_by_their_size() -> None:
    gaps = (Gap(0, 1, 4, weight=1), Gap(1, 0, 1, weight=2))
    assert _value("maturity", Person("a", levels={0: 2.0}), gaps=gaps) == 0.6
    assert _value("maturity", Person("a", levels={0: 2.0, 1: 0.5}), gaps=gaps) == 0.8


def test_without_an_assessment_the_step_is_unknown() -> None:
    assert _score("maturity", Person("a", levels={0: 4.0}), needed=(Needed(0, 2),)) == (0.0, 0.5, 1.0)


@pytest.mark.parametrize(
    ("place", "score"),
    [
        (Place(1, 2, 3), (1.0, 1.0, 1.0)),
        (Place(9, 2, 3), (1.0, 1.0, 1.0)),
        (Place(9, 9, 3), (0.5, 0.5, 0.5)),
        (Place(9, 9, 9), (0.0, 0.0, 0.0)),
        (Place(9, -1, 3), (0.5, 0.75, 1.0)),
        (Place(1, -1, -1), (1.0, 1.0, 1.0)),
        (Place(), (0.0, 0.5, 1.0)),
    ],
)
def test_context_asks_how_near_a_person_is_based(place: Place, score: tuple[float, float, float]) -> None:
    assert _score("context", Person("a", place=place), place=Place(1, 2, 3)) == score


def test_context_asks_for_an_official_language_beyond_those_required() -> None:
    asked = {"place": Place(1, 2, 3), "tongues": frozenset({0, 1}), "required": (Required(0, 3),)}
    here = Place(1, 2, 3)
    assert _value("context", Person("a", place=here, ranks={0: 6}), **asked) == 0.5
    assert _value("context", Person("a", place=here, ranks={1: 2}), **asked) == 0.75
    assert _value("context", Person("a", place=here, ranks={1: 5}), **asked) == 1.0
    assert _score("context", Person("a", place=here), **asked) == (0.5, 0.75, 1.0)


def test_where_every_official_language_is_required_only_the_place_counts() -> None:
    asked = {"place": Place(1, 2, 3), "tongues": frozenset({0}), "required": (Required(0, 3),)}
    assert _value("context", Person("a", place=Place(9, 9, 3), ranks={0: 6}), **asked) == 0.5


@pytest.mark.parametrize(
    ("rank", "required", "value"), [(3, 3, 0.0), (4, 3, 0.5), (5, 3, 1.0), (6, 5, 1.0), (6, 6, 1.0), (1, 3, 0.0)]
)
def test_language_counts_ranks_above_the_required_one(rank: int, required: int, value: float) -> None:
    assert _value("language", Person("a", ranks={0: rank}), required=(Required(0, required),)) == value


def test_the_weakest_required_language_counts() -> None:
    two = (Required(0, 2), Required(1, 3))
    assert _value("language", Person("a", ranks={0: 6, 1: 4}), required=two) == 0.5


def test_language_is_open_where_none_is_stated_and_full_where_none_is_required() -> None:
    assert _score("language", Person("a"), required=(Required(0, 3),)) == (0.0, 0.5, 1.0)
    assert _score("language", Person("a")) == (1.0, 1.0, 1.0)


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


def test_availability_is_open_where_none_is_stated() -> None:
    assert _score("availability", Person("a")) == (0.0, 0.5, 1.0)


@given(crowds, openings())
def test_every_value_lies_within_its_interval_and_that_within_zero_and_one(
    people: tuple[Person, ...], need: OpeningNeed
) -> None:
    everybody = np.arange(len(people), dtype=np.int32)
    for criterion in CRITERIA:
        scores = criterion.measure(roster_of(*people), need, everybody)
        assert (scores.low >= 0).all()
        assert (scores.low <= scores.value).all()
        assert (scores.value <= scores.high).all()
        assert (scores.high <= 1).all()
