"""The tie log: what it accepts, how it sorts, that nobody changes it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidValue
from graph.evolution.log.ties import OPEN, TieColumns, TieLog, TieNames, tie_log
from tests.evolution.graphs import ACTORS, Row, log_of, log_of_rows, tie_rows


def test_ties_are_sorted_by_their_start_and_lead_back_to_where_they_came_from() -> None:
    log = log_of("abc", ("a>b", 9, 12), ("b>c", 3, 5), ("c>a", 3, 4))
    assert log.start.tolist() == [3, 3, 9]
    assert log.origin.tolist() == [2, 1, 0]


@given(tie_rows(), st.randoms(use_true_random=False))
def test_the_order_in_which_ties_come_does_not_matter(rows: list[Row], chance: object) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = log_of_rows(ACTORS, rows), log_of_rows(ACTORS, shuffled)
    for column in ("source", "target", "start", "end"):
        assert np.array_equal(getattr(one, column), getattr(other, column))


def test_nobody_can_change_a_log() -> None:
    log = log_of("ab", ("a>b", 0, 1))
    with pytest.raises(ValueError, match="read-only"):
        log.start[0] = 5
    assert not log.where(np.array([True])).weight.flags.writeable


def test_the_caller_keeps_arrays_that_can_be_changed() -> None:
    starts = np.array([0], np.int32)
    tie_log("ab", TieColumns([0], [1], starts, [1]))
    starts[0] = 7
    assert starts.tolist() == [7]


def test_what_is_left_out_has_a_plain_meaning() -> None:
    log = log_of("ab", ("a>b", 0, OPEN))
    assert log.channel[0] == 0
    assert log.weight[0] == 1.0
    assert log.funder[0] == -1
    assert not log.mutual[0]


def test_a_log_may_be_empty() -> None:
    assert len(tie_log([], TieColumns([], [], [], []))) == 0


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        (TieColumns([0], [1, 0], [0], [1]), "target"),
        (TieColumns([0], [2], [0], [1]), "target"),
        (TieColumns([-1], [1], [0], [1]), "source"),
        (TieColumns([0], [1], [4], [4]), "end"),
        (TieColumns([0], [1], [4], [3]), "end"),
        (TieColumns([0], [1], [0.5], [3]), "start"),
        (TieColumns([0], [1], [0], [OPEN + 1]), "end"),
        (TieColumns([0], [1], [0], [1], channel=[200]), "channel"),
        (TieColumns([0], [1], [0], [1], weight=[float("nan")]), "weight"),
        (TieColumns([0], [1], [0], [1], weight=[-1.0]), "weight"),
        (TieColumns([0], [1], [0], [1], weight=[1e308]), "weight"),
    ],
)
def test_a_column_that_cannot_be_true_is_refused_by_name(columns: TieColumns, field: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        tie_log("ab", columns)
    assert refusal.value.field == field


def test_an_actor_named_twice_is_refused() -> None:
    with pytest.raises(InvalidValue, match="ana"):
        tie_log(["ana", "ben", "ana"], TieColumns([], [], [], []))


def test_a_mutual_tie_is_two_arcs_and_a_plain_one_is_one() -> None:
    log = log_of("abc", ("a=b", 0, 1), ("b>c", 1, 2))
    rows, giver, receiver = log.arcs(np.arange(2))
    assert [rows.tolist(), giver.tolist(), receiver.tolist()] == [[0, 0, 1], [0, 1, 1], [1, 0, 2]]


@pytest.fixture
def told() -> TieLog:
    """Three ties about different things, the last to begin first, on two clocks."""
    columns = TieColumns(
        source=[0, 1, 0],
        target=[1, 2, 2],
        start=[9, 5, 1],
        end=[12, 8, 4],
        recorded=[10, 20, 30],
        retracted=[OPEN, 25, OPEN],
        about=[[0, 2], [], [1]],
    )
    return tie_log("abc", columns, TieNames(capabilities=("forensics", "malware", "law")))


def test_subjects_follow_their_ties_when_the_log_is_sorted(told: TieLog) -> None:
    assert [told.about.of(row) for row in range(3)] == [(1,), (), (0, 2)]
    assert told.about.touching([2]).tolist() == [False, False, True]


def test_subjects_stay_with_ties_that_are_chosen(told: TieLog) -> None:
    kept = told.where(np.array([True, False, True]))
    assert [kept.about.of(row) for row in range(2)] == [(1,), (0, 2)]
    assert kept.names == told.names
    assert kept.recorded.tolist() == [30, 10]


def test_the_second_clock_follows_its_ties_when_the_log_is_sorted(told: TieLog) -> None:
    stated = {int(told.origin[row]): (int(told.recorded[row]), int(told.retracted[row])) for row in range(3)}
    assert stated == {0: (10, OPEN), 1: (20, 25), 2: (30, OPEN)}


def test_without_a_second_clock_everything_was_always_known() -> None:
    log = log_of("ab", ("a>b", 0, 1))
    assert (log.recorded.tolist(), log.retracted.tolist()) == ([-OPEN], [OPEN])


def test_subjects_for_another_number_of_ties_are_refused() -> None:
    with pytest.raises(InvalidValue, match="subjects of each"):
        tie_log("ab", TieColumns([0], [1], [0], [1], about=[[0], [1]]))
