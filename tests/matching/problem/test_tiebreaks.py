"""Marks and hashes that end ties: the same wherever a row stands, and below every point."""

import numpy as np
import pytest

from graph.matching.problem.tiebreaks import (
    canonical_order,
    id_keys,
    largest_points,
    lifted,
    pair_keys,
    table_marks,
)

Table = list[list[int]]


def _marks(table: Table, loads: list[int], seats: list[int]) -> tuple[list[str], list[str]]:
    rows, columns = np.indices((len(loads), len(seats)))
    return table_marks((rows.ravel(), columns.ravel()), np.array(table, np.uint64).ravel(), (loads, seats))


def test_rows_and_columns_keep_their_marks_wherever_they_stand() -> None:
    rows, columns = _marks([[7, 9, 1], [9, 9, 2]], [1, 2], [1, 1, 3])
    turned_rows, turned_columns = _marks([[2, 9, 9], [1, 9, 7]], [2, 1], [3, 1, 1])
    assert turned_rows == rows[::-1]
    assert turned_columns == columns[::-1]
    assert len({*rows, *columns}) == 5


def test_what_a_row_may_take_tells_it_from_another_with_the_same_numbers() -> None:
    (one, other), _ = _marks([[5, 5], [5, 5]], [1, 2], [1, 1])
    assert one.split("-")[0] != other.split("-")[0]


def test_what_stands_in_the_columns_tells_rows_apart_whose_own_numbers_are_the_same() -> None:
    (one, other, _), _ = _marks([[1, 2], [2, 1], [3, 4]], [1, 1, 1], [1, 1])
    assert one.split("-")[0] != other.split("-")[0]


def test_rows_that_nothing_tells_apart_are_numbered_in_their_order() -> None:
    rows, columns = _marks([[5, 6], [5, 6], [5, 6]], [1, 1, 1], [1, 1])
    assert [mark.split("-")[1] for mark in rows] == ["0", "1", "2"]
    assert len({mark.split("-")[0] for mark in rows}) == 1
    assert [mark.split("-")[1] for mark in columns] == ["0", "0"]


def test_the_hash_of_an_id_is_that_of_blake2b() -> None:
    assert id_keys(["ana", "ben"]).tolist() == [0x3C1A5A3815011925, 0xB0E10F3DF2FC7C99]


def test_a_pair_and_the_same_two_the_other_way_round_have_different_hashes() -> None:
    one, other = id_keys(["ana"]), id_keys(["ben"])
    assert pair_keys(one, other) != pair_keys(other, one)


def test_ids_stand_in_the_order_of_their_length_and_then_of_their_letters() -> None:
    assert canonical_order(["10", "9", "2", "1"]).tolist() == [3, 2, 1, 0]


def test_the_largest_points_find_room_and_one_more_does_not() -> None:
    most = largest_points(3, 1_000)
    ties = np.array([0], np.uint64)
    assert most == 166
    assert lifted(np.array([most]), ties, 3, 1_000) is not None
    assert lifted(np.array([most + 1]), ties, 3, 1_000) is None


@pytest.mark.parametrize("room", [64, 1_000, 2**40])
def test_last_terms_are_above_zero_and_all_together_below_one_point(room: int) -> None:
    gains = lifted(np.array([0, 0, 1]), np.array([2**64 - 1, 0, 0], np.uint64), 2, room)
    assert gains is not None
    high, low, point = gains.tolist()
    assert 0 < low < high
    assert 2 * high < point <= room


def _sparse_marks(cells: list[tuple[int, int, int]], loads: list[int], seats: list[int]) -> tuple[list[str], list[str]]:
    rows, columns, numbers = zip(*cells, strict=True)
    return table_marks((np.array(rows), np.array(columns)), np.array(numbers, np.uint64), (loads, seats))


def test_a_table_with_holes_keeps_its_marks_wherever_its_rows_stand() -> None:
    rows, columns = _sparse_marks([(0, 0, 7), (0, 1, 9), (1, 0, 7), (2, 1, 8)], [1, 1, 2], [1, 1])
    turned_rows, turned_columns = _sparse_marks([(2, 1, 7), (2, 0, 9), (1, 1, 7), (0, 0, 8)], [2, 1, 1], [1, 1])
    assert turned_rows == rows[::-1]
    assert turned_columns == columns[::-1]
    assert len({mark.split("-")[0] for mark in [*rows, *columns]}) == 5


def test_marks_are_the_same_whether_cells_are_added_up_one_by_one_or_as_a_table() -> None:
    cells = [(row, column, 10 * row + column) for row in range(3) for column in range(2)]
    table = _sparse_marks(cells, [1, 2, 1], [3, 1])
    assert _sparse_marks(cells[::-1], [1, 2, 1], [3, 1]) == table
