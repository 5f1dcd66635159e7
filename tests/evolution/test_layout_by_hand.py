"""The parts of a drawing on a few points, worked out by hand."""

from math import sqrt

import numpy as np
import pytest

from graph.evolution import layout
from graph.evolution.layout import QUANTUM, kept_layout, quantised
from tests.evolution.graphs import log_of

TALL_FIRST = [(2.0, 1.0), (1.0, 3.0), (1.0, 1.0), (1.0, 1.0)]


def test_every_pair_ever_tied_is_drawn_once_and_self_ties_are_not() -> None:
    log = log_of("abc", ("b>a", 0, 1), ("a>b", 5, 9), ("a>a", 0, 1), ("c=b", 3, 4))
    assert layout._ends(log).tolist() == [[0, 1], [1, 2]]


def test_lower_rooms_stand_above_each_other_beside_the_tallest() -> None:
    assert layout._columns(TALL_FIRST, 4.0).tolist() == [[1, 0], [0, 0], [1, 1], [1, 2]]
    assert layout._columns(TALL_FIRST, 3.0).tolist() == [[1, 0], [0, 0], [1, 1], [1, 2]]


def test_a_room_that_is_too_wide_begins_a_new_row_below() -> None:
    assert layout._columns(TALL_FIRST, 2.5).tolist() == [[0, 3], [0, 0], [0, 4], [1, 4]]


def test_a_room_wider_than_the_frame_has_a_row_of_its_own() -> None:
    assert layout._columns([(9.0, 2.0), (9.0, 1.0)], 3.0).tolist() == [[0, 0], [0, 2]]


def test_two_equal_rooms_stand_side_by_side_in_a_frame_twice_as_wide_as_high() -> None:
    assert layout._packed([(1.0, 1.0), (1.0, 1.0)]).tolist() == [[0, 0], [1, 0]]
    assert layout._packed([(2.0, 1.0), (2.0, 1.0)]).tolist() == [[0, 0], [0, 1]]


def test_a_room_has_half_an_actor_around_its_drawing() -> None:
    assert layout._room(np.array([[0.5, 0.5], [2.5, 1.5]])) == (3.0, 2.0)


def test_a_drawing_fills_the_square_with_its_proportions_kept() -> None:
    assert layout._centred(np.array([[0.0, 0.0], [4.0, 2.0]])).tolist() == [[0.0, 0.25], [1.0, 0.75]]
    assert layout._centred(np.array([[1.0, 5.0], [2.0, 9.0]])).tolist() == [[0.375, 0.0], [0.625, 1.0]]
    assert layout._centred(np.array([[3.0, 3.0]])).tolist() == [[0.5, 0.5]]


def test_what_lies_far_out_is_pulled_in_and_nothing_else_moves() -> None:
    # The median is 0 and eleven of twelve lie within 6: from 12 it is (2 - 6/12) * 6/12 of the way, which is 9.
    line = np.array([[x, 3.0] for x in [*range(-6, 6), 12]])
    assert layout._gathered(line).tolist() == [[x, 3.0] for x in [*map(float, range(-6, 6)), 9.0]]
    upright = line[:, ::-1]
    assert layout._gathered(upright).tolist() == [[3.0, y] for y in [*map(float, range(-6, 6)), 9.0]]


@pytest.mark.parametrize(
    ("points", "reach"),
    [
        ([[0, 0], [0, 2], [0, 4]], 2.0),
        ([[1, 1], [3, 1], [5, 1]], 2.0),
        ([[0, 0], [1, 1], [2, 2]], sqrt(2)),
        ([[0, 2], [1, 1], [2, 0]], sqrt(2)),
        ([[0, 0], [3, 4], [6, 8]], 5.0),
    ],
)
def test_points_on_a_line_come_to_lie_across(points: list[list[int]], reach: float) -> None:
    found = layout._lying(np.array(points, np.float64))
    assert sorted(found[:, 0].tolist()) == pytest.approx([-reach, 0.0, reach])
    assert found[:, 1].tolist() == pytest.approx([0.0, 0.0, 0.0])


def test_a_pair_has_room_for_two_and_stands_across_the_middle() -> None:
    places = kept_layout(log_of("ab", ("a>b", 0, 1)))
    assert sorted(places.tolist()) == pytest.approx(np.array([[0.0, 0.5], [1.0, 0.5]]))


def test_pairs_stand_above_each_other_and_a_triangle_has_more_room_than_a_pair() -> None:
    two = kept_layout(log_of("abcd", ("a>b", 0, 1), ("c>d", 0, 1)))
    # Each is 2 wide; the second stands a room of 1 below the first.
    assert sorted(two.tolist()) == pytest.approx(np.array([[0.0, 0.25], [0.0, 0.75], [1.0, 0.25], [1.0, 0.75]]))
    three = kept_layout(log_of("abcde", ("a>b", 0, 1), ("b>c", 0, 1), ("c>a", 0, 1), ("d>e", 0, 1)))
    sides = [np.hypot(*(three[one] - three[other])) for one, other in ((0, 1), (1, 2), (2, 0))]
    assert max(sides) < 1.3 * min(sides)
    assert three[3:, 1].min() > three[:3, 1].max() or three[3:, 0].min() > three[:3, 0].max()


def test_a_star_has_its_middle_in_the_middle() -> None:
    places = kept_layout(log_of("abcdefg", *((f"a>{leaf}", 0, 1) for leaf in "bcdefg")))
    leaves = np.hypot(*(places[1:] - places[0]).T)
    assert leaves.max() < 2 * leaves.min()
    assert np.abs(places[1:].mean(axis=0) - places[0]).max() < 0.1


def test_places_are_sent_as_whole_numbers_rounded_to_the_nearest() -> None:
    found = quantised(np.array([[0.0, 1.0], [0.5, 1.6 / QUANTUM]]))
    assert (found.tolist(), found.dtype) == ([[0, QUANTUM], [round(QUANTUM / 2), 2]], np.int16)
