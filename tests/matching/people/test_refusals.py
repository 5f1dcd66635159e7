"""What needs and windows refuse, word for word, and the last values they take."""

from collections.abc import Callable

import numpy as np
import pytest

from graph.domain.records import Mode
from graph.errors import InvalidValue
from graph.matching.columns import check_distinct, flags, fractions, integers, is_table
from graph.matching.people.needs import Gap, Needed, Required
from graph.matching.people.reach import NewReach
from tests.matching.cases import START, Person, opening, roster_of

TWICE = "is stated twice or is not an index; state each once, from 0 up"


@pytest.mark.parametrize(
    ("asked", "field", "text", "why"),
    [
        (
            lambda: opening(until=START),
            *("until", START, f"leaves no day; give a later day than the start {START}"),
        ),
        (lambda: opening(start=-1), "until", 1100, "leaves no day; give a later day than the start -1"),
        (
            lambda: opening(until=4_000_000),
            *("until", 4_000_000, f"leaves no day; give a later day than the start {START}"),
        ),
        (lambda: opening(seats=0), "seats", 0, "is not a number of seats; give 1 or more"),
        (lambda: opening(needed=(Needed(1, 2), Needed(1, 3))), "needed", 1, TWICE),
        (lambda: opening(needed=(Needed(-1, 2),)), "needed", -1, TWICE),
        (lambda: opening(required=(Required(2, 2), Required(2, 3))), "required", 2, TWICE),
        (lambda: opening(gaps=(Gap(3, 1, 2), Gap(3, 1, 2))), "gaps", 3, TWICE),
        (lambda: opening(reach=(NewReach(0, 1, 2), NewReach(0, 1, 2))), "reach", 0, TWICE),
        (lambda: Required(0, 7), "required.rank", 7, "is not a rank; give 1 (A1) to 6 (C2)"),
        (lambda: Required(0, 0), "required.rank", 0, "is not a rank; give 1 (A1) to 6 (C2)"),
        (lambda: Gap(0, 1, 2, -0.5), "gap.weight", -0.5, "is not a weight; give 0 or more"),
        (lambda: Gap(0, 1, 2, float("inf")), "gap.weight", float("inf"), "is not a weight; give 0 or more"),
        (lambda: NewReach(0, 3, 2), "reach.new", 3, "is not a part of 2; give 0 to 2"),
        (lambda: NewReach(0, -1, 2), "reach.new", -1, "is not a part of 2; give 0 to 2"),
        (
            lambda: roster_of(Person("a", windows=((10, 20, Mode.REMOTE, 1.0), (30, 30, Mode.REMOTE, 1.0)))),
            *("window.until", 30, "in row 1 is not after the first day 30"),
        ),
        (
            lambda: roster_of(Person("a", windows=((10, 20, Mode.REMOTE, 1.5),))),
            *("window.share", 1.5, "in row 0 is out of range; give 0 to 1"),
        ),
        (
            lambda: roster_of(Person("a", windows=((-1, 20, Mode.REMOTE, 1.0),))),
            *("window.first", -1, "in row 0 is out of range; give 0 to 3999999"),
        ),
        (
            lambda: roster_of(Person("a", windows=((10, 4_000_000, Mode.REMOTE, 1.0),))),
            *("window.until", 4_000_000, "in row 0 is out of range; give 0 to 3999999"),
        ),
        (
            lambda: roster_of(Person("a")).check(opening(gaps=(Gap(4, 1, 2),))),
            *("capability", 4, "is not on the roster; give 0 to 3"),
        ),
        (
            lambda: roster_of(Person("a")).check(opening(required=(Required(3, 1),))),
            *("language", 3, "is not on the roster; give 0 to 2"),
        ),
        (
            lambda: roster_of(Person("a"), Person("b")).check(opening(refusals=frozenset({2}))),
            *("person", 2, "is not on the roster; give 0 to 1"),
        ),
    ],
)
def test_the_sentence_names_what_was_given_and_what_to_give(
    asked: Callable[[], object], field: str, text: object, why: str
) -> None:
    with pytest.raises(InvalidValue) as error:
        asked()
    assert (error.value.field, error.value.text, error.value.why) == (field, text, why)


@pytest.mark.parametrize("asked", [lambda: Needed(0, 4.5), lambda: Needed(0, -0.5)])
def test_a_needed_level_has_its_name(asked: Callable[[], object]) -> None:
    with pytest.raises(InvalidValue) as error:
        asked()
    assert error.value.field == "needed.level"


@pytest.mark.parametrize(("level", "target", "field"), [(4.5, 1, "gap.level"), (1, 4.5, "gap.target")])
def test_the_levels_of_a_gap_have_their_names(level: float, target: float, field: str) -> None:
    with pytest.raises(InvalidValue) as error:
        Gap(0, level, target)
    assert error.value.field == field


def test_the_first_and_the_last_of_each_are_on_the_roster() -> None:
    need = opening(
        gaps=(Gap(0, 1, 2), Gap(3, 1, 2)),
        needed=(Needed(0, 1), Needed(3, 1)),
        reach=(NewReach(0, 1, 2), NewReach(3, 0, 2)),
        required=(Required(0, 1), Required(2, 6)),
        tongues=frozenset({0, 2}),
        conflicts=frozenset({0}),
        refusals=frozenset({1}),
    )
    roster = roster_of(Person("a"), Person("b"))
    roster.check(need)
    assert (need.lack, need.days) == (2.0, 100)
    assert need.assessed
    assert not opening().assessed


def test_the_least_and_the_longest_opening_are_openings() -> None:
    assert opening(start=0, until=1).days == 1
    assert opening(until=3_999_999, seats=1).days == 3_998_999
    assert NewReach(0, 2, 2).share == 1.0
    assert NewReach(0, 0, 2).share == 0.0
    assert Gap(0, 1, 3, 2.5).size == 5.0
    assert Gap(0, 3, 1).size == 0.0
    assert Gap(0, 1, 2, 0).size == 0.0


def test_open_gaps_are_in_the_order_of_capabilities_and_weigh_what_they_say() -> None:
    need = opening(gaps=(Gap(2, 1, 3, 0.5), Gap(0, 0, 4, 2)))
    assert need.open_gaps == (Gap(0, 0, 4, 2), Gap(2, 1, 3, 0.5))
    assert need.lack == 9.0


def test_a_window_of_no_share_is_stated_and_offers_nothing() -> None:
    roster = roster_of(Person("a", windows=((10, 20, Mode.REMOTE, 0.0),)), Person("b"))
    assert roster.states_windows.tolist() == [True, False]
    assert roster.windows.share.tolist() == [0.0]
    assert roster.segments.person.tolist() == []


def test_a_window_that_begins_when_another_ends_does_not_cross_it() -> None:
    one = Person("a", windows=((10, 20, Mode.REMOTE, 0.5), (20, 30, Mode.REMOTE, 1.0)))
    other = Person("b", windows=((5, 25, Mode.REMOTE, 1.0),))
    segments = roster_of(one, other).segments
    assert segments.person.tolist() == [0, 0, 1]
    assert (segments.first.tolist(), segments.until.tolist()) == ([10, 20, 5], [20, 30, 25])
    assert (segments.person.dtype, segments.first.dtype, segments.until.dtype) == (np.int32, np.int32, np.int32)


def test_windows_stand_by_person_first_day_end_and_mode() -> None:
    stated = (
        (20, 30, Mode.HYBRID, 0.1),
        (10, 30, Mode.HYBRID, 0.2),
        (10, 20, Mode.HYBRID, 0.3),
        (10, 20, Mode.ON_SITE, 0.4),
    )
    found = roster_of(Person("a", windows=stated), Person("b", windows=((1, 2, Mode.REMOTE, 0.5),))).windows
    assert found.share.tolist() == [0.4, 0.3, 0.2, 0.1, 0.5]
    assert found.row.tolist() == [3, 2, 1, 0, 4]
    assert found.of(0) == slice(0, 4)
    assert found.of(1) == slice(4, 5)
    for name in ("person", "first", "until", "mode", "share", "row"):
        assert not getattr(found, name).flags.writeable


def test_columns_take_the_least_and_the_most_and_name_the_row_that_is_wrong() -> None:
    assert integers("x", [0, 9], 0, 10).tolist() == [0, 9]
    assert fractions("x", [0, 1], 0.0, 1.0).tolist() == [0.0, 1.0]
    assert flags("x", [True, False]).tolist() == [True, False]
    assert (integers("x", [], 0, 1).dtype, fractions("x", [], 0, 1).dtype) == (np.int32, np.float64)
    assert flags("x", []).dtype == np.bool_
    for call, field, text, why in (
        (lambda: integers("x", [0, 10], 0, 10), "x", 10, "in row 1 is out of range; give 0 to 9"),
        (lambda: integers("x", [-1, 0], 0, 10), "x", -1, "in row 0 is out of range; give 0 to 9"),
        (lambda: fractions("x", [0, 1.5], 0, 1), "x", 1.5, "in row 1 is out of range; give 0 to 1"),
        (lambda: fractions("x", ["a"], 0, 1), "x", ["a"], "is not a plain list of numbers"),
        (lambda: flags("x", [0, 1]), "x", [0, 1], "is not a plain list of True or False"),
        (lambda: integers("x", [[1], [1, 2]], 0, 9), "x", [[1], [1, 2]], "is not a plain list of whole numbers"),
        (lambda: integers("x", [[1], [2]], 0, 9), "x", [[1], [2]], "is not a plain list of whole numbers"),
        (lambda: check_distinct("x", [3, 1, 3, 1]), "x", 1, "is stated twice; state it once"),
    ):
        with pytest.raises(InvalidValue) as error:
            call()
        assert (error.value.field, error.value.text, error.value.why) == (field, text, why)


@pytest.mark.parametrize(
    ("rows", "columns", "whole"),
    [
        ([0, 0, 1, 1], [0, 1, 0, 1], True),
        ([0, 0, 1, 1], [0, 1, 1, 0], False),
        ([0, 1, 0, 1], [0, 0, 1, 1], False),
        ([0, 0, 1], [0, 1, 0], False),
        ([0, 0, 1, 1, 1], [0, 1, 0, 1, 1], False),
    ],
)
def test_a_table_has_every_cell_row_by_row(rows: list[int], columns: list[int], whole: bool) -> None:
    assert is_table((np.array(rows, np.int32), np.array(columns, np.int32)), (2, 2)) is whole
