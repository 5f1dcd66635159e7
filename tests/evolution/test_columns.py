"""What stays with a tie and a day whichever way a log is looked at: every column, and its kind of number."""

from dataclasses import replace

import numpy as np
import pytest

from graph.errors import InvalidValue
from graph.evolution.log.subjects import subjects
from graph.evolution.log.ties import OPEN, TieColumns, TieNames, tie_log
from graph.evolution.log.windows import Window
from graph.evolution.measures.mixing import nowhere
from graph.evolution.paths.backward_paths import latest_departure, path_from, reversed_in_time
from graph.evolution.paths.lineages import Descendant, lineage
from graph.evolution.paths.paths import earliest_arrival
from graph.evolution.plain_ties import PlainTies, by_count, by_width, by_window, whole
from tests.evolution.graphs import log_of

NAMES = TieNames(("visit", "joint"), ("north", "south"), ("law", "labs"))
FULL = TieColumns(
    *([0, 2], [1, 3], [1, 2], [9, OPEN]),
    channel=[1, 0],
    mutual=[True, False],
    weight=[2.5, 0.5],
    funder=[1, -1],
    recorded=[5, 6],
    retracted=[OPEN, 8],
    about=[[1, 0], [0]],
    origin=[30, 20],
)
COLUMNS = ("start", "end", "channel", "mutual", "weight", "funder", "recorded", "retracted", "origin")


def test_every_column_stays_with_a_tie_that_is_chosen() -> None:
    people = tie_log("abcd", FULL, NAMES)
    for row in range(2):
        kept = people.where(np.arange(2) == row)
        for name in ("source", "target", *COLUMNS):
            assert getattr(kept, name).tolist() == [getattr(people, name)[row].item()], name
            assert getattr(kept, name).dtype == getattr(people, name).dtype
        assert kept.about.of(0) == people.about.of(row)
        assert kept.about.code.dtype == np.int32


def test_what_is_left_out_of_a_log_has_its_usual_value() -> None:
    log = tie_log("ab", TieColumns([0, 1], [1, 0], [2, 1], [5, 5]))
    assert (log.channel.tolist(), log.mutual.tolist(), log.weight.tolist()) == ([0, 0], [False, False], [1.0, 1.0])
    assert (log.funder.tolist(), log.origin.tolist()) == ([-1, -1], [1, 0])
    assert (log.recorded.tolist(), log.retracted.tolist()) == ([-OPEN] * 2, [OPEN] * 2)
    assert (log.about.of(0), log.about.code.dtype, log.names) == ((), np.int32, TieNames())
    assert [column.dtype for column in (log.source, log.start, log.channel, log.funder)] == [
        np.int32,
        np.int32,
        np.int8,
        np.int32,
    ]


def test_subjects_are_kept_in_small_whole_numbers_and_read_only() -> None:
    for table in (subjects(None, 2), subjects([[3], []], 2)):
        assert (table.code.dtype, table.bound.dtype) == (np.int32, np.int64)
        assert not table.code.flags.writeable
        assert not table.bound.flags.writeable


def test_where_nothing_is_known_nobody_has_a_region() -> None:
    groups = nowhere(2)
    assert (groups.region.tolist(), groups.south.tolist()) == ([-1, -1], [-1, -1])
    assert (groups.region.dtype, groups.south.dtype) == (np.int32, np.int8)


@pytest.mark.parametrize("ties", [1, 30])
def test_arrivals_are_days_and_rows_whether_few_ties_begin_on_a_day_or_many(ties: int) -> None:
    log = log_of("abc", *[("a>b", 0, 4)] * ties, ("b>c", 4, 6))
    found = earliest_arrival(log, 0, 0)
    assert (found.day.tolist(), found.carrier.tolist()) == ([0, 4, 6], [-1, 0, ties])
    assert (found.day.dtype, found.carrier.dtype) == (np.int32, np.int32)
    assert (found.source, found.since) == (0, 0)
    back = latest_departure(log, 2, 9)
    assert (back.day.tolist(), back.target, back.by) == ([0, 4, 9], 2, 9)
    hops = path_from(log, back, 0)
    assert [(hop.giver, hop.receiver, hop.start, hop.end) for hop in hops] == [("a", "b", 0, 4), ("b", "c", 4, 6)]
    assert [hop.row for hop in hops][1] == ties


def test_everybody_taught_on_one_day_is_reached_by_the_first_of_their_ties() -> None:
    late = [(f"a>{one}", 0, 9) for one in "bcd"] * 10
    log = log_of("abcde", *late, ("a>b", 0, 5), ("a>c", 0, 6), ("a>d", 0, 7), ("b>e", 5, 8), ("e>b", 5, 6))
    found = earliest_arrival(log, 0, 0)
    assert found.day.tolist() == [0, 5, 6, 7, 8]
    assert found.carrier.tolist() == [-1, 0, 1, 2, 34]


def test_a_log_turned_round_in_time_leaves_out_what_has_not_ended() -> None:
    back = reversed_in_time(tie_log("abcd", FULL))
    assert (back.source.tolist(), back.target.tolist()) == ([1], [0])
    assert (back.start.tolist(), back.end.tolist()) == ([-9], [-1])
    assert (back.mutual.tolist(), back.origin.tolist()) == ([True], [0])


def test_a_lineage_names_generation_day_giver_and_tie() -> None:
    log = log_of("abcd", ("a>b", 0, 3), ("b>c", 3, 9), ("a>c", 1, 5), ("c=d", 5, 8), ("d>a", 9, OPEN))
    assert lineage(log, {0: 0}) == (
        Descendant(1, 1, 3, 0, 0),
        Descendant(2, 1, 5, 0, 1),
        Descendant(3, 2, 8, 2, 3),
    )
    assert lineage(log, {0: 1, 1: 4}) == (Descendant(2, 1, 5, 0, 1), Descendant(3, 2, 8, 2, 3))
    assert lineage(log, {}) == ()


PLAIN = PlainTies(
    np.array([0, 1, 0], np.int32),
    np.array([1, 2, 2], np.int32),
    np.array([10.0, 12.0, 15.0]),
    np.array([11.0, np.inf, 15.0]),
    np.array([1.0, 2.0, 3.0]),
)


def test_spans_of_one_width_begin_with_the_first_tie_and_end_with_the_last_known_moment() -> None:
    cuts = [(cut.first, cut.last, cut.rows.tolist(), cut.closed) for cut in by_width(PLAIN, 2)]
    assert cuts == [(10.0, 12.0, [0], False), (12.0, 14.0, [1], False), (14.0, 16.0, [1, 2], False)]
    assert [cut.rows.tolist() for cut in by_width(PLAIN, 5)] == [[0, 1], [1, 2]]
    assert PLAIN.end == 15.0


def test_so_many_ties_after_another_are_a_window_and_the_rest_another() -> None:
    cuts = [(cut.first, cut.last, cut.rows.tolist(), cut.closed) for cut in by_count(PLAIN, 2)]
    assert cuts == [(10.0, 12.0, [0, 1], True), (15.0, 15.0, [2], True)]
    assert [cut.rows.tolist() for cut in by_count(PLAIN, 1)] == [[0], [1], [2]]


def test_the_whole_is_one_window_and_days_may_be_asked_for() -> None:
    (all_,) = whole(PLAIN)
    assert (all_.first, all_.last, all_.rows.tolist()) == (10.0, 15.0, [0, 1, 2])
    assert all_.closed
    days = [(cut.first, cut.last, cut.rows.tolist()) for cut in by_window(PLAIN, [Window(11, 12), Window(12, 16)])]
    assert days == [(11, 12, [0]), (12, 16, [1, 2])]


def test_as_many_windows_as_may_be_are_given_and_one_more_is_refused() -> None:
    many = 100_000
    ones = np.ones(many + 1)
    ties = PlainTies(ones.astype(np.int32), ones.astype(np.int32), ones, ones, ones)
    fewer = replace(ties, **{name: getattr(ties, name)[1:] for name in ("source", "target", "first", "last", "weight")})
    assert next(by_count(fewer, 1)).rows.tolist() == [0]
    with pytest.raises(InvalidValue) as error:
        next(by_count(ties, 1))
    why = "makes 100,001 windows; ask for 100,000 or fewer"
    assert (error.value.field, error.value.text, error.value.why) == ("edges", 1, why)
