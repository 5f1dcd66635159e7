"""What a problem refuses, word for word, and the last value it still takes."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from graph.errors import Conflict, InvalidValue
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem, dense_columns
from graph.matching.problem.efforts import MOST
from graph.matching.problem.regions import Quota
from graph.matching.problem.scales import read_numbers, scale_of, whole_points
from graph.matching.problem.teams import TeamColumns

MANY = 2**31 - 1
SQUARE = dense_columns(np.array([[3, 4], [5, 6]]))
NAMED = replace(SQUARE, called=(["Ana", "Bo"], ["labs", "law"]))
TEAMS = TeamColumns(opening=[0, 1], weight=[1.0, 2.0], arc=[0, 2], gap=[0, 0], share=[0.5, 0.25])


def rows(length: int, expected: int) -> tuple[int, str]:
    return length, f"is not the number of rows of its table; give {expected}"


@pytest.mark.parametrize(
    ("given", "field", "text", "why"),
    [
        ({"people": ["a", "a"]}, "people", "a", "is stated twice; state it once"),
        ({"openings": ["a", "a"]}, "openings", "a", "is stated twice; state it once"),
        ({"person": [0, 0, 1]}, "person", *rows(3, 4)),
        ({"person": [0, 0, 1, 2]}, "person", 2, "in row 3 is out of range; give 0 to 1"),
        ({"opening": [0, 1, 0]}, "opening", *rows(3, 4)),
        ({"opening": [0, -1, 0, 1]}, "opening", -1, "in row 1 is out of range; give 0 to 1"),
        ({"opening": [0, 0, 0, 1]}, "person=opening", "0=0", "is stated twice; state each pair once"),
        (
            {"person": [0, 0, 1, 1], "opening": [0, 1, 1, 1]},
            "person=opening",
            "1=1",
            "is stated twice; state each pair once",
        ),
        ({"wishes": [1]}, "wishes", *rows(1, 4)),
        ({"wishes": [1, np.nan, 2, 3]}, "wishes", np.nan, "in row 1 is not a finite number; leave such a pair out"),
        ({"seats": [1]}, "seats", *rows(1, 2)),
        ({"seats": [1, MANY]}, "seats", MANY, f"in row 1 is out of range; give 0 to {MANY - 1}"),
        ({"loads": [1, 1, 1]}, "loads", *rows(3, 2)),
        ({"loads": [-1, 1]}, "loads", -1, f"in row 0 is out of range; give 0 to {MANY - 1}"),
        ({"marks": (["a"], ["c", "d"])}, "marks", *rows(1, 2)),
        ({"marks": (["a", "b"], ["c"])}, "marks", *rows(1, 2)),
        ({"marks": (["a", "a"], ["c", "d"])}, "marks", "a", "is stated twice; state it once"),
        ({"marks": (["a", "b"], ["d", "d"])}, "marks", "d", "is stated twice; state it once"),
        (
            {"locks": [(0, 2)]},
            *("lock", "0=2", "is not there; there are 2 people and 2 openings, from 0 on"),
        ),
        (
            {"locks": [(2, 0)]},
            *("lock", "2=0", "is not there; there are 2 people and 2 openings, from 0 on"),
        ),
        (
            {"exclusions": [(0, -1)]},
            *("exclusion", "0=-1", "is not there; there are 2 people and 2 openings, from 0 on"),
        ),
        (
            {"person": [0, 0, 1], "opening": [0, 1, 0], "points": [3, 4, 5], "locks": [(0, 0), (1, 1)]},
            *("lock", "1=1", "is not an eligible pair; lock one that is, or take the lock back"),
        ),
        ({"groups": ["w"]}, "groups", *rows(1, 2)),
        (
            {"groups": ["w", None], "quotas": [Quota("e")]},
            *("quota", "e", "is the group of no opening; name one that is"),
        ),
        ({"quotas": [Quota("e")]}, "quota", "e", "is the group of no opening; name one that is"),
        (
            {"groups": ["w", None], "quotas": [Quota("w"), Quota("w")]},
            *("quotas", "w", "is stated twice; state it once"),
        ),
        (
            {"groups": ["w", None], "quotas": [Quota("w", 2, 1)]},
            *("quota", "w: 2 to 1", "does not run from a least to a most, both 0 or more; turn it round"),
        ),
        (
            {"groups": ["w", None], "quotas": [Quota("w", -1, 1)]},
            *("quota", "w: -1 to 1", "does not run from a least to a most, both 0 or more; turn it round"),
        ),
        (
            {"groups": ["w", None], "quotas": [Quota("w", 0.5, 1)]},
            *("least", [0.5], "is not a plain list of whole numbers"),
        ),
        (
            {"groups": ["w", None], "quotas": [Quota("w", 0, 1.5)]},
            *("most", [1.5], "is not a plain list of whole numbers"),
        ),
        ({"efforts": [1, 1]}, "capacities", None, "has to be given beside efforts; give both, in the same units"),
        ({"capacities": [1, 1]}, "efforts", None, "has to be given beside capacities; give both, in the same units"),
        ({"efforts": [1], "capacities": [1, 1]}, "efforts", *rows(1, 2)),
        ({"efforts": [1, 1], "capacities": [1]}, "capacities", *rows(1, 2)),
        (
            {"efforts": [1, MOST + 1], "capacities": [1, 1]},
            *("efforts", MOST + 1, f"in row 1 is out of range; give 0 to {MOST}"),
        ),
        (
            {"efforts": [1, 1], "capacities": [-1, 1]},
            *("capacities", -1, f"in row 0 is out of range; give 0 to {MOST}"),
        ),
        ({"teams": replace(TEAMS, weight=[1.0])}, "weight", *rows(1, 2)),
        ({"teams": replace(TEAMS, gap=[0])}, "gap", *rows(1, 2)),
        ({"teams": replace(TEAMS, share=[0.5])}, "share", *rows(1, 2)),
        ({"teams": replace(TEAMS, opening=[0, 2])}, "opening", 2, "in row 1 is out of range; give 0 to 1"),
        ({"teams": replace(TEAMS, arc=[0, 4])}, "arc", 4, "in row 1 is out of range; give 0 to 3"),
        ({"teams": replace(TEAMS, gap=[0, 2])}, "gap", 2, "in row 1 is out of range; give 0 to 1"),
        ({"teams": replace(TEAMS, share=[0.5, 1.1])}, "share", 1.1, "in row 1 is out of range; give 0 to 1"),
        ({"teams": replace(TEAMS, share=[-0.1, 1.0])}, "share", -0.1, "in row 0 is out of range; give 0 to 1"),
        (
            {"teams": replace(TEAMS, gap=[0, 1])},
            *("team", "arc 2, gap 1", "are of two openings; give a person shares in gaps of the same opening"),
        ),
        (
            {"teams": replace(TEAMS, arc=[2, 2])},
            *("team", "arc and gap", "are stated twice together; state each share once"),
        ),
        (
            {"points": [[1, 2], [3, 4], [5, 6], [7, 8]]},
            *("points", [[1, 2], [3, 4], [5, 6], [7, 8]], "is not a plain list of numbers"),
        ),
        ({"points": ["1", "2", "3", "4"]}, "points", ["1", "2", "3", "4"], "is not a plain list of numbers"),
    ],
)
def test_the_sentence_names_what_was_given_and_what_to_give(
    given: dict[str, Any], field: str, text: object, why: str
) -> None:
    with pytest.raises(InvalidValue) as error:
        build_problem(replace(SQUARE, **given))
    assert (error.value.field, str(error.value.text), error.value.why) == (field, str(text), why)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"locks": [(1, 1)], "exclusions": [(1, 1)]},
            "The pair Bo for law is both locked and excluded; take one of the two back.",
        ),
        (
            {"locks": [(0, 0), (0, 1)]},
            "The locks Ana for labs, Ana for law cannot hold together: Ana takes at most 1; take one of them back.",
        ),
        (
            {"locks": [(0, 1), (1, 1)]},
            "The locks Ana for law, Bo for law cannot hold together: law has 1 seat; take one of them back.",
        ),
        (
            {"locks": [(0, 1)], "seats": [1, 0]},
            "The lock Ana for law cannot hold: law has 0 seats; take one of them back.",
        ),
        (
            {"locks": [(0, 1)], "groups": [None, "w"], "quotas": [Quota("w", 0, 0)]},
            "The lock Ana for law cannot hold: group w fills at most 0; take one of them back, or raise its most.",
        ),
        (
            {"locks": [(0, 0), (1, 1)], "groups": ["w", "w"], "quotas": [Quota("w", 0, 1)]},
            (
                "The locks Ana for labs, Bo for law cannot hold together: group w fills at most 1; "
                "take one of them back, or raise its most."
            ),
        ),
    ],
)
def test_what_cannot_hold_is_said_by_name(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Conflict) as error:
        build_problem(replace(NAMED, **given))
    assert str(error.value) == sentence


def test_the_last_values_in_range_are_taken() -> None:
    problem = build_problem(
        replace(
            SQUARE,
            seats=[0, MANY - 1],
            loads=[MANY - 1, 0],
            groups=["w", None],
            quotas=[Quota("w", MANY, MANY)],
            efforts=[0, MOST],
            capacities=[MOST, 0],
        )
    )
    assert (problem.seats.tolist(), problem.loads.tolist()) == ([0, MANY - 1], [MANY - 1, 0])
    assert problem.regions is not None
    assert (problem.regions.least.tolist(), problem.regions.most.tolist()) == ([MANY], [MANY])
    assert problem.regions.region.tolist() == [0, -1]
    assert problem.efforts is not None
    assert (problem.efforts.effort.tolist(), problem.efforts.capacity.tolist()) == ([0, MOST] * 2, [MOST, 0])


def test_numbers_are_whole_where_all_are_and_keep_their_digits_where_not() -> None:
    assert read_numbers("points", [1.0, 2.0]).dtype == np.int64
    assert read_numbers("points", [2.0**53]).tolist() == [2**53]
    assert read_numbers("points", [2.0**53 + 2]).dtype == np.float64
    assert read_numbers("points", np.array([0.5], np.float32)).dtype == np.float64
    assert read_numbers("points", np.array([3], np.uint8)).dtype == np.int64
    assert read_numbers("points", []).tolist() == []
    assert read_numbers("points", [-(2**63) + 1]).tolist() == [-(2**63) + 1]


@pytest.mark.parametrize("number", [2**63, 2**64 - 1])
def test_a_whole_number_beyond_64_bits_is_refused(number: int) -> None:
    with pytest.raises(InvalidValue) as error:
        read_numbers("points", np.array([1, number], np.uint64))
    why = "is too large to be counted exactly; use smaller numbers"
    assert (error.value.field, error.value.text, error.value.why) == ("points", number, why)


def test_points_beyond_what_counts_exactly_are_refused_with_the_most() -> None:
    assert whole_points("points", np.array([-1000, 1000]), 1000).tolist() == [-1000, 1000]
    for numbers in ([1001, 0], [0, -1001]):
        with pytest.raises(InvalidValue) as error:
            whole_points("points", np.array(numbers), 1000)
        why = "is too large to be counted exactly here; stay within 1,000"
        assert (error.value.field, error.value.text, error.value.why) == ("points", "1001", why)


@pytest.mark.parametrize(
    ("numbers", "most", "points", "scale"),
    [
        ([0.5, 0.25], 1000, [50, 25], 100.0),
        ([0.5, -0.25], 1000, [50, -25], 100.0),
        ([0.0, 0.0], 1000, [0, 0], 1.0),
        ([2.5, 1e-9], 10**6, [250_000, 0], 100_000.0),
        ([100.5, 1.0], 1005, [1005, 10], 10.0),
        ([100.5, 1.0], 1004, [100, 1], 1.0),
    ],
)
def test_numbers_become_whole_by_a_power_of_ten(
    numbers: list[float], most: int, points: list[int], scale: float
) -> None:
    found = whole_points("points", np.array(numbers), most)
    assert (found.tolist(), found.dtype) == (points, np.int64)
    assert scale_of(np.array(numbers), found) == scale


def test_whole_numbers_have_a_scale_of_one() -> None:
    assert scale_of(np.array([5, 7]), np.array([5, 7])) == 1.0


def test_marks_and_not_ids_settle_the_order() -> None:
    by_marks = build_problem(replace(SQUARE, marks=(["b", "a"], ["d", "c"])))
    assert (by_marks.person_row.tolist(), by_marks.opening_row.tolist()) == ([1, 0], [1, 0])
    assert by_marks.points.tolist() == [6, 5, 4, 3]
    same = build_problem(replace(SQUARE, people=["b", "a"], openings=["d", "c"]))
    assert by_marks.ties.tolist() == same.ties.tolist()
    assert by_marks.points.tolist() == same.points.tolist()


def test_what_is_left_out_is_one_seat_and_one_load_and_without_end_where_efforts_limit() -> None:
    plain = build_problem(SQUARE)
    assert (plain.seats.tolist(), plain.loads.tolist()) == ([1, 1], [1, 1])
    assert not plain.is_limited
    limited = build_problem(replace(SQUARE, efforts=[1, 1], capacities=[1, 1]))
    assert (limited.seats.tolist(), limited.loads.tolist()) == ([1, 1], [2, 2])
    assert limited.is_limited


def test_what_locks_leave_to_decide() -> None:
    columns = replace(SQUARE, seats=[2, 1], loads=[2, 1], locks=[(0, 0)], wishes=[1, 2, 3, 4])
    choice = build_problem(columns).choice()
    assert (choice.seats.tolist(), choice.loads.tolist()) == ([1, 1], [1, 1])
    assert (choice.given.tolist(), choice.granted.tolist()) == ([1, 0], [3, 0])
    assert (choice.person.tolist(), choice.opening.tolist()) == ([0, 1, 1], [1, 0, 1])
    assert (choice.arcs.tolist(), choice.points.tolist()) == ([1, 2, 3], [4, 5, 6])
    assert choice.wishes.tolist() == [2, 3, 4]
    assert choice.pairs == 2
    fewer = choice.only(choice.points > 4)
    assert (fewer.arcs.tolist(), fewer.points.tolist(), fewer.wishes.tolist()) == ([2, 3], [5, 6], [3, 4])


def test_arcs_without_a_seat_a_load_or_the_time_are_not_to_be_decided() -> None:
    assert build_problem(replace(SQUARE, seats=[0, 1])).choice().arcs.tolist() == [1, 3]
    assert build_problem(replace(SQUARE, loads=[0, 1])).choice().arcs.tolist() == [2, 3]
    slow = replace(SQUARE, efforts=[1, 3], capacities=[2, 3])
    assert build_problem(slow).choice().arcs.tolist() == [0, 2, 3]
    held = build_problem(replace(slow, efforts=[1, 1], capacities=[1, 3], locks=[(0, 0)])).choice()
    assert held.efforts is not None
    assert held.efforts.capacity.tolist() == [0, 3]
    assert held.arcs.tolist() == [3]


def test_turned_points_and_wishes_are_the_same_below_zero() -> None:
    turned = build_problem(replace(SQUARE, wishes=[1, 2, 3, 4])).turned()
    assert (turned.points.tolist(), turned.wishes.tolist()) == ([-3, -4, -5, -6], [-1, -2, -3, -4])
    assert turned.values.tolist() == [3, 4, 5, 6]


def test_an_arc_that_is_excluded_is_not_there() -> None:
    problem = build_problem(replace(SQUARE, exclusions=[(0, 1)], locks=[(1, 0)]))
    assert (problem.person.tolist(), problem.opening.tolist()) == ([0, 1, 1], [0, 0, 1])
    assert (problem.points.tolist(), problem.locked.tolist()) == ([3, 5, 6], [False, True, False])


def test_the_room_for_points_shrinks_with_every_person_opening_and_region() -> None:
    plain = build_problem(SQUARE).choice().room
    regional = build_problem(replace(SQUARE, groups=["w", None], quotas=[Quota("w", 0, 1)])).choice().room
    assert (plain, regional) == (2**59 // 8, 2**59 // 9)


def test_every_column_is_read_only() -> None:
    problem = build_problem(SQUARE)
    for name in (
        "person",
        "opening",
        "points",
        "wishes",
        "ties",
        "locked",
        "seats",
        "loads",
        "person_row",
        "opening_row",
    ):
        assert not getattr(problem, name).flags.writeable


def test_an_empty_problem_is_one() -> None:
    nobody = ProblemColumns(people=[], openings=[], person=[], opening=[], points=[])
    assert build_problem(nobody).choice().pairs == 0
