"""Columns are checked once, at the door."""

from dataclasses import replace

import numpy as np
import pytest

from graph.domain.records import Mode
from graph.errors import InvalidValue
from graph.matching.people.needs import (
    Gap,
    Needed,
    Place,
    Required,
)
from graph.matching.people.reach import NewReach
from graph.matching.people.roster import (
    LevelColumns,
    PersonColumns,
    RosterColumns,
    build_roster,
)
from graph.matching.people.windows import WindowColumns
from tests.matching.cases import Person, columns_of, opening, roster_of, table


def test_what_is_not_stated_is_told_apart_from_none() -> None:
    roster = roster_of(Person("silent"), Person("plain", levels={0: 0.0}, ranks={1: 0}))
    assert roster.states_capabilities.tolist() == [False, True]
    assert roster.states_languages.tolist() == [False, True]
    assert np.isnan(roster.levels[0, 0])
    assert roster.levels[1, 0] == 0.0


def test_ids_are_ranked_by_name_whatever_their_row() -> None:
    assert roster_of(Person("c"), Person("a"), Person("b")).id_rank.tolist() == [2, 0, 1]


def test_a_roster_cannot_be_changed() -> None:
    roster = roster_of(Person("a", levels={0: 1.0}))
    with pytest.raises(ValueError, match="read-only"):
        roster.levels[0, 0] = 4.0


def test_an_empty_roster_is_a_roster() -> None:
    assert len(roster_of()) == 0


def test_a_person_without_place_columns_has_no_known_place() -> None:
    people = PersonColumns(ids=["a"], consents=[True], capacity=[1], load=[0])
    assert build_roster(RosterColumns(people=people, capabilities=0, languages=0)).country.tolist() == [-1]


@pytest.mark.parametrize(
    ("levels", "field"),
    [
        (table(LevelColumns, [0], [0], [4.5], [-1], []), "level.level"),
        (table(LevelColumns, [0], [0], [float("nan")], [-1], []), "level.level"),
        (table(LevelColumns, [1], [0], [1.0], [-1], []), "level.person"),
        (table(LevelColumns, [0], [9], [1.0], [-1], []), "level.capability"),
        (table(LevelColumns, [0], [0.5], [1.0], [-1], []), "level.capability"),
        (table(LevelColumns, [0], [0], [1.0], [-2], []), "level.confirmed_on"),
        (table(LevelColumns, [0], [0], [1.0], [], []), "level.confirmed_on"),
        (table(LevelColumns, [0, 0], [0, 0], [1.0, 2.0], [-1, -1], []), "level.capability"),
        (table(LevelColumns, [0], [0], ["three"], [-1], []), "level.level"),
        (table(LevelColumns, [0], [0], [[1.0], 2.0], [-1], []), "level.level"),
        (table(LevelColumns, [0], [0], [None], [-1], []), "level.level"),
    ],
)
def test_a_level_that_cannot_be_is_named(levels: LevelColumns, field: str) -> None:
    with pytest.raises(InvalidValue) as error:
        build_roster(replace(columns_of(Person("a")), levels=levels))
    assert error.value.field == field


@pytest.mark.parametrize(
    ("windows", "field"),
    [
        (table(WindowColumns, [0], [10], [10], [Mode.HYBRID], [1.0]), "window.until"),
        (table(WindowColumns, [0], [10], [20], [Mode.HYBRID], [1.5]), "window.share"),
        (table(WindowColumns, [0], [10], [20], [], [1.0]), "window.mode"),
        (table(WindowColumns, [0], [-3], [20], [Mode.HYBRID], [1.0]), "window.first"),
    ],
)
def test_a_window_that_cannot_be_is_named(windows: WindowColumns, field: str) -> None:
    with pytest.raises(InvalidValue) as error:
        build_roster(replace(columns_of(Person("a")), windows=windows))
    assert error.value.field == field


@pytest.mark.parametrize(
    ("place", "field"),
    [
        (Place(country=-2), "person.country"),
        (Place(subregion=-2), "person.subregion"),
        (Place(region=-2), "person.region"),
    ],
)
def test_a_place_that_cannot_be_is_named(place: Place, field: str) -> None:
    with pytest.raises(InvalidValue) as error:
        roster_of(Person("a", place=place))
    assert error.value.field == field


@pytest.mark.parametrize("people", [{"capacity": [-1]}, {"load": []}, {"consents": [1]}, {"places": [Place()] * 2}])
def test_a_person_column_that_cannot_be_is_refused(people: dict[str, object]) -> None:
    columns = columns_of(Person("a"))
    with pytest.raises(InvalidValue):
        build_roster(replace(columns, people=replace(columns.people, **people)))


def test_the_same_id_twice_is_refused() -> None:
    with pytest.raises(InvalidValue, match="stated twice"):
        roster_of(Person("a"), Person("a"))


def test_a_rank_above_c2_is_refused() -> None:
    with pytest.raises(InvalidValue, match="give 0 to 6"):
        roster_of(Person("a", ranks={0: 7}))


@pytest.mark.parametrize(
    "given",
    [
        {"until": 1000},
        {"seats": 0},
        {"gaps": (Gap(0, 1, 2), Gap(0, 1, 3))},
        {"needed": (Needed(-1, 1),)},
        {"required": (Required(0, 1), Required(0, 2))},
    ],
)
def test_an_opening_that_cannot_be_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        opening(**given)


def test_a_gap_without_a_number_for_weight_is_refused() -> None:
    with pytest.raises(InvalidValue, match=r"gap\.weight"):
        Gap(0, 1, 2, float("nan"))


def test_a_language_is_required_at_a_rank_that_exists() -> None:
    with pytest.raises(InvalidValue, match="A1"):
        Required(0, 0)


def test_gaps_that_are_closed_or_weigh_nothing_are_not_open() -> None:
    need = opening(gaps=(Gap(2, 1, 3), Gap(0, 3, 2), Gap(1, 0, 4, weight=0), Gap(3, 2, 2)))
    assert need.open_gaps == (Gap(2, 1, 3),)


def test_without_an_assessment_the_needs_stand_in_as_gaps_from_zero() -> None:
    need = opening(needed=(Needed(1, 3), Needed(0, 2, must=True)))
    assert not need.assessed
    assert need.open_gaps == (Gap(0, 0, 2), Gap(1, 0, 3))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"gaps": (Gap(4, 1, 2),)}, "capability"),
        ({"needed": (Needed(4, 1),)}, "capability"),
        ({"reach": (NewReach(4, 1, 2),)}, "capability"),
        ({"required": (Required(3, 1),)}, "language"),
        ({"tongues": frozenset({3})}, "language"),
        ({"refusals": frozenset({1})}, "person"),
        ({"conflicts": frozenset({-1})}, "person"),
    ],
)
def test_an_opening_of_another_roster_is_refused(given: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidValue, match="not on the roster") as error:
        roster_of(Person("a")).check(opening(**given))
    assert error.value.field == field
