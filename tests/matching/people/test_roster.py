"""Columns are checked once, at the door."""

from dataclasses import replace
from typing import Any

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
from graph.matching.people.past_engagements import PastEngagementColumns, SubjectColumns
from graph.matching.people.reach import NewReach
from graph.matching.people.roster import (
    LanguageColumns,
    LevelColumns,
    PersonColumns,
    PostColumns,
    RosterColumns,
    build_roster,
    stated_level,
)
from graph.matching.people.windows import WindowColumns
from tests.matching.cases import Person, columns_of, opening, roster_of, table


def said(error: InvalidValue) -> str:
    return f"{error.field}: {error.text} {error.why}"


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
    people = PersonColumns(ids=["a"], consents=[True], capacity=[1])
    assert build_roster(RosterColumns(people=people, capabilities=0, languages=0)).country.tolist() == [-1]


@pytest.mark.parametrize(
    ("levels", "field"),
    [
        (table(LevelColumns, [0], [0], [4.5], [-1], []), "level.level"),
        (table(LevelColumns, [0], [0], [float("nan")], [-1], []), "level.level"),
        (table(LevelColumns, [1], [0], [1.0], [-1], []), "level.person"),
        (table(LevelColumns, [0], [], [1.0], [-1], []), "level.capability"),
        (table(LevelColumns, [0], [0], [], [-1], []), "level.level"),
        (table(LevelColumns, [0], [0], [-0.5], [-1], []), "level.level"),
        (table(LevelColumns, [0], [0], [1.0], [4_000_000], []), "level.confirmed_on"),
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


@pytest.mark.parametrize(
    ("people", "message"),
    [
        ({"consents": [1]}, "person.consents: [1] is not a plain list of True or False"),
        ({"consents": []}, "person.consents: 0 is not the number of rows of its table; give 1"),
        ({"capacity": [-1]}, "person.capacity: -1 in row 0 is out of range; give 0 to 2147483646"),
        ({"capacity": [2**31 - 1]}, "person.capacity: 2147483647 in row 0 is out of range; give 0 to 2147483646"),
        ({"capacity": [1, 1]}, "person.capacity: 2 is not the number of rows of its table; give 1"),
        ({"places": [Place()] * 2}, "person.places: 2 is not the number of rows of its table; give 1"),
        ({"zones": [()] * 2}, "person.zones: 2 is not the number of rows of its table; give 1"),
    ],
)
def test_a_person_column_that_cannot_be_is_refused(people: dict[str, object], message: str) -> None:
    columns = columns_of(Person("a"))
    with pytest.raises(InvalidValue) as error:
        build_roster(replace(columns, people=replace(columns.people, **people)))
    assert said(error.value) == message


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"speaking": table(LanguageColumns, [1], [0], [1])},
            "language.person: 1 in row 0 is out of range; give 0 to 0",
        ),
        (
            {"speaking": table(LanguageColumns, [0], [3], [1])},
            "language.language: 3 in row 0 is out of range; give 0 to 2",
        ),
        (
            {"speaking": table(LanguageColumns, [0], [0], [-1])},
            "language.rank: -1 in row 0 is out of range; give 0 to 6",
        ),
        (
            {"speaking": table(LanguageColumns, [0], [], [1])},
            "language.language: 0 is not the number of rows of its table; give 1",
        ),
        (
            {"speaking": table(LanguageColumns, [0], [0], [])},
            "language.rank: 0 is not the number of rows of its table; give 1",
        ),
        (
            {"speaking": table(LanguageColumns, [0, 0], [2, 2], [1, 1])},
            "language.language: 2 is stated twice; state it once",
        ),
        ({"posts": table(PostColumns, [1], [0])}, "post.person: 1 in row 0 is out of range; give 0 to 0"),
        (
            {"posts": table(PostColumns, [0], [-1])},
            "post.institution: -1 in row 0 is out of range; give 0 to 2147483646",
        ),
        ({"posts": table(PostColumns, [0], [])}, "post.institution: 0 is not the number of rows of its table; give 1"),
        (
            {"past_engagements": table(PastEngagementColumns, [1], [0], [0], [1.0], [True])},
            "engagement.person: 1 in row 0 is out of range; give 0 to 0",
        ),
        (
            {"past_engagements": table(PastEngagementColumns, [0], [-2], [0], [1.0], [True])},
            "engagement.programme: -2 in row 0 is out of range; give -1 to 2147483646",
        ),
        (
            {"past_engagements": table(PastEngagementColumns, [0], [0], [-2], [1.0], [True])},
            "engagement.host: -2 in row 0 is out of range; give -1 to 2147483646",
        ),
        (
            {"past_engagements": table(PastEngagementColumns, [0], [0], [0], [1.5], [True])},
            "engagement.worth: 1.5 in row 0 is out of range; give 0 to 1",
        ),
        (
            {"past_engagements": table(PastEngagementColumns, [0], [0], [0], [1.0], ["yes"])},
            "engagement.has_outcome: ['yes'] is not a plain list of True or False",
        ),
        (
            {"past_engagements": table(PastEngagementColumns, [0], [], [0], [1.0], [True])},
            "engagement.programme: 0 is not the number of rows of its table; give 1",
        ),
        (
            {"past_engagements": table(PastEngagementColumns, [0], [0], [], [1.0], [True])},
            "engagement.host: 0 is not the number of rows of its table; give 1",
        ),
        (
            {"past_engagements": table(PastEngagementColumns, [0], [0], [0], [], [True])},
            "engagement.worth: 0 is not the number of rows of its table; give 1",
        ),
        (
            {"past_engagements": table(PastEngagementColumns, [0], [0], [0], [1.0], [])},
            "engagement.has_outcome: 0 is not the number of rows of its table; give 1",
        ),
        ({"subjects": table(SubjectColumns, [0], [0])}, "subject.engagement: 0 in row 0 is out of range; give 0 to -1"),
    ],
)
def test_a_table_beside_the_people_that_cannot_be_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValue) as error:
        build_roster(replace(columns_of(Person("a")), **given))
    assert said(error.value) == message


@pytest.mark.parametrize(
    ("subjects", "message"),
    [
        (table(SubjectColumns, [1], [0]), "subject.engagement: 1 in row 0 is out of range; give 0 to 0"),
        (table(SubjectColumns, [-1], [0]), "subject.engagement: -1 in row 0 is out of range; give 0 to 0"),
        (table(SubjectColumns, [0], [4]), "subject.capability: 4 in row 0 is out of range; give 0 to 3"),
        (table(SubjectColumns, [0], []), "subject.capability: 0 is not the number of rows of its table; give 1"),
    ],
)
def test_what_an_engagement_was_about_has_to_exist(subjects: SubjectColumns, message: str) -> None:
    worked = columns_of(Person("a", deeds=((-1, -1, 1.0, True, ()),)))
    with pytest.raises(InvalidValue) as error:
        build_roster(replace(worked, subjects=subjects))
    assert said(error.value) == message


def test_the_largest_numbers_and_the_last_of_each_kind_are_taken() -> None:
    most = 2**31 - 2
    deed = (most, most, 1.0, False, (3,))
    place = Place(most, most, most)
    full = Person("a", {3: 4.0}, {2: 6}, capacity=most, place=place, posts=(most,), deeds=(deed,), confirmed=3_999_999)
    roster = roster_of(full)
    assert (roster.capacity[0], roster.post_institution[0]) == (most, most)
    assert (roster.country[0], roster.subregion[0], roster.region[0]) == (most, most, most)
    assert (roster.levels[0, 3], roster.confirmed_on[0, 3], roster.ranks[0, 2]) == (4.0, 3_999_999, 6)
    work = roster.past_engagements
    assert (work.programme[0], work.host[0], work.worth[0]) == (most, most, 1.0)
    assert not work.has_outcome[0]
    assert work.about(3).tolist() == [0]
    assert work.about(2).tolist() == []


def test_what_may_be_left_out_is_not_known_of_anybody() -> None:
    people = PersonColumns(ids=["a", "b"], consents=[True, False], capacity=[1, 2])
    roster = build_roster(RosterColumns(people=people, capabilities=2, languages=1))
    assert (roster.zones, roster.zone.tolist()) == ((), [-1, -1])
    assert (roster.subregion.tolist(), roster.region.tolist()) == ([-1, -1], [-1, -1])
    assert roster.consents.tolist() == [True, False]
    assert roster.capacity.tolist() == [1, 2]
    assert roster.confirmed_on.tolist() == [[-1, -1]] * 2
    assert roster.ranks.tolist() == [[0], [0]]
    assert np.isnan(roster.levels).all()
    for states in (
        roster.states_capabilities,
        roster.states_languages,
        roster.states_windows,
        roster.states_engagements,
    ):
        assert states.tolist() == [False, False]


def test_time_zones_are_numbered_by_name_and_who_states_one_is_told_apart() -> None:
    roster = roster_of(Person("a", zones=("Pacific/Fiji",)), Person("b"), Person("c", zones=("Africa/Accra",)))
    assert roster.zones == (("Africa/Accra",), ("Pacific/Fiji",))
    assert roster.zone.tolist() == [1, -1, 0]


def test_who_has_a_row_in_a_table_states_it() -> None:
    window = (1000, 1100, Mode.REMOTE, 1.0)
    roster = roster_of(
        Person("a", windows=(window,)), Person("b", deeds=((0, 0, 1.0, True, ()),)), Person("c", posts=(7,))
    )
    assert roster.states_windows.tolist() == [True, False, False]
    assert roster.states_engagements.tolist() == [False, True, False]
    assert (roster.post_person.tolist(), roster.post_institution.tolist()) == ([2], [7])


def test_every_column_is_of_the_width_that_matching_counts_on() -> None:
    roster = roster_of(Person("a", {0: 1.0}, {0: 1}), Person("b"))
    assert (roster.levels.dtype, roster.confirmed_on.dtype, roster.ranks.dtype) == (np.float32, np.int32, np.int8)
    assert (roster.id_rank.dtype, roster.zone.dtype) == (np.int32, np.int32)
    for table_of_people in (roster.levels, roster.confirmed_on, roster.ranks):
        assert table_of_people.flags.f_contiguous
    for column in (
        roster.levels,
        roster.confirmed_on,
        roster.ranks,
        roster.id_rank,
        roster.zone,
        roster.states_windows,
    ):
        assert not column.flags.writeable


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


def test_a_level_is_told_as_it_was_stated() -> None:
    # The nearest single to 2.1 is 2.099999905: six digits are 2.1 again, seven are not.
    assert stated_level(np.float32(2.1)) == 2.1
    assert stated_level(np.float32(0.000001)) == 0.000001
