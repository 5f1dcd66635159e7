"""Who could have taught whom by a date, and generations: all equal to trying every walk."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidValue, NotFound
from graph.evolution.log.ties import OPEN
from graph.evolution.paths.backward_paths import TOO_LATE, latest_departure, path_from
from graph.evolution.paths.lineages import lineage
from tests.evolution.graphs import ACTORS, Row, log_of, log_of_rows, tie_rows

Arc = tuple[int, int, int, int]
Walk = tuple[Arc, ...]
actors = st.integers(0, len(ACTORS) - 1)


def arcs_of(rows: list[Row]) -> list[Arc]:
    there = [row[:4] for row in rows if row[3] < OPEN]
    return there + [(row[1], row[0], row[2], row[3]) for row in rows if row[4] and row[3] < OPEN]


def walks(arcs: list[Arc], source: int, since: int = 0, seen: frozenset[int] = frozenset()) -> Iterator[Walk]:
    """Every time-respecting walk from the source that comes to nobody twice, one arc after the other."""
    for arc in arcs:
        giver, receiver, start, end = arc
        if giver == source and start >= since and receiver not in seen | {source}:
            yield (arc,)
            yield from ((arc, *rest) for rest in walks(arcs, receiver, end, seen | {source}))


def departures(target: int, by: int, *ties: tuple[str, int, int]) -> list[int]:
    return [int(day) for day in latest_departure(log_of("abc", *ties), target, by).day]


def test_what_must_reach_somebody_by_a_day_leaves_in_time() -> None:
    assert departures(2, 20, ("a>b", 0, 4), ("a>b", 3, 6), ("b>c", 6, 9)) == [3, 6, 20]


def test_what_arrives_after_the_day_is_too_late() -> None:
    assert departures(2, 8, ("a>b", 0, 4), ("b>c", 6, 9)) == [TOO_LATE, TOO_LATE, 8]
    assert departures(2, 9, ("a>b", 0, 4), ("b>c", 6, 9)) == [0, 6, 9]


def test_one_may_leave_on_the_day_of_arrival_read_backward_too() -> None:
    assert departures(2, 9, ("a>b", 0, 4), ("b>c", 4, 5)) == [0, 4, 9]
    assert departures(2, 9, ("a>b", 0, 1), ("b>c", 0, 1)) == [TOO_LATE, 0, 9]


def test_a_tie_without_an_end_taught_nobody_yet() -> None:
    assert departures(1, 99, ("a>b", 0, OPEN))[0] == TOO_LATE


def test_the_path_leaves_as_late_as_can_be_and_names_its_rows() -> None:
    log = log_of("abc", ("a>b", 0, 4), ("b=a", 3, 6), ("b>c", 6, 9))
    found = latest_departure(log, 2, 9)
    hops = path_from(log, found, 0)
    assert [(hop.giver, hop.receiver, hop.start, hop.end) for hop in hops] == [("a", "b", 3, 6), ("b", "c", 6, 9)]
    assert [int(log.start[hop.row]) for hop in hops] == [3, 6]
    assert path_from(log, found, 2) == ()


def test_there_is_no_path_from_whom_nothing_arrives() -> None:
    log = log_of("ab")
    with pytest.raises(NotFound):
        path_from(log, latest_departure(log, 1, 5), 0)


@given(tie_rows(), actors, st.integers(0, 45))
def test_departures_equal_trying_every_walk(rows: list[Row], target: int, by: int) -> None:
    log, arcs = log_of_rows(ACTORS, rows), arcs_of(rows)
    found = latest_departure(log, target, by)
    for source in set(range(len(ACTORS))) - {target}:
        told = [walk for walk in walks(arcs, source, -99) if walk[-1][1] == target and walk[-1][3] <= by]
        assert found.day[source] == max((walk[0][2] for walk in told), default=TOO_LATE)
        if told:
            hops = path_from(log, found, source)
            ends = [log.actors.index(hop.receiver) for hop in hops]
            assert (hops[0].giver, ends[-1], hops[0].start) == (ACTORS[source], target, found.day[source])
            assert all(one.end <= other.start for one, other in pairwise(hops))
    teachers = {source for source in range(len(ACTORS)) if source != target and found.day[source] > TOO_LATE}
    assert set(found.teachers.tolist()) == teachers


@given(tie_rows(), actors)
def test_generations_are_the_fewest_ties_of_any_walk(rows: list[Row], root: int) -> None:
    found = lineage(log_of_rows(ACTORS, rows), {root: 0})
    fewest: dict[int, tuple[int, int]] = {}
    for walk in walks(arcs_of(rows), root):
        told = (len(walk), walk[-1][3])
        fewest[walk[-1][1]] = min(told, fewest.get(walk[-1][1], told))
    assert {one.actor: (one.generation, one.day) for one in found} == fewest
    assert len({one.actor for one in found}) == len(found)


def test_somebody_taught_twice_belongs_to_the_earliest_generation_alone() -> None:
    log = log_of("abc", ("a>b", 0, 2), ("b>c", 2, 4), ("a>c", 5, 9))
    assert [(one.actor, one.generation, one.day, one.giver) for one in lineage(log, {0: 0})] == [
        (1, 1, 2, 0),
        (2, 1, 9, 0),
    ]


def test_the_roots_of_a_lineage_are_not_their_own_descendants() -> None:
    log = log_of("abc", ("a=b", 0, 2), ("b>c", 2, 4))
    assert [one.actor for one in lineage(log, {0: 0, 1: 0})] == [2]
    with pytest.raises(InvalidValue):
        lineage(log, {3: 0})
