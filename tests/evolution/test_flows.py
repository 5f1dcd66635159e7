"""What flowed between actors in a window, against counting one row at a time."""

from collections import Counter

import numpy as np
from hypothesis import given

from graph.evolution.log.windows import Window
from graph.evolution.measures.flows import FlowColumns, flows
from tests.evolution.graphs import ACTORS, Row, log_of, log_of_rows, tie_rows, windows


def as_rows(found: FlowColumns) -> list[tuple[int, int, int, int]]:
    columns = (found.giver, found.receiver, found.counted, found.lasting)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_flows_by_hand() -> None:
    log = log_of("abc", ("a>b", 0, 5), ("a>b", 3, 20), ("b=c", 4, 20), ("c=c", 0, 9), ("c>a", 11, 12))

    found = flows(log, Window(4, 10))

    assert as_rows(found) == [(0, 1, 2, 1), (1, 2, 1, 1), (2, 1, 1, 1)]
    assert (found.given.tolist(), found.received.tolist()) == ([2, 1, 1], [0, 3, 1])
    assert (found.within.tolist(), found.crossing) == ([0, 0, 1], 3)
    assert found.between(np.array([0, 1, 1]), 2).tolist() == [[0, 2], [0, 3]]


def test_a_window_without_days_and_a_log_without_ties_hold_no_flow() -> None:
    assert as_rows(flows(log_of("ab", ("a>b", 0, 5)), Window(2, 2))) == []
    empty = flows(log_of(""), Window(0, 9))
    assert (as_rows(empty), empty.crossing, empty.given.tolist()) == ([], 0, [])


@given(tie_rows(), windows)
def test_flows_are_those_of_a_plain_loop(rows: list[Row], window: Window) -> None:
    found = flows(log_of_rows(ACTORS, rows), window)

    contacts: Counter[tuple[int, int]] = Counter()
    lasting: Counter[tuple[int, int]] = Counter()
    within: Counter[int] = Counter()
    crossing = 0
    for source, target, start, end, mutual in rows:
        if not (window.days and start < window.last_exclusive and end > window.first):
            continue
        if source == target:
            within[source] += 1
            continue
        crossing += 1
        for pair in ((source, target), (target, source))[: 1 + mutual]:
            contacts[pair] += 1
            lasting[pair] += end > window.last_exclusive
    assert as_rows(found) == [(*pair, contacts[pair], lasting[pair]) for pair in sorted(contacts)]
    assert found.within.tolist() == [within[actor] for actor in range(len(ACTORS))]
    assert found.crossing == crossing


@given(tie_rows(), windows)
def test_groups_hold_every_contact_once(rows: list[Row], window: Window) -> None:
    found = flows(log_of_rows(ACTORS, rows), window)
    matrix = found.between(np.arange(len(ACTORS)) % 3, 3)
    assert matrix.sum() == found.counted.sum() + found.within.sum()
