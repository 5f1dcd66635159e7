"""Regions, donors and change in the sheet of a window, by hand; and counting again only what changed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InvalidValue
from graph.evolution.log.ties import OPEN, TieColumns, TieLog, TieNames, tie_log
from graph.evolution.log.windows import Window
from graph.evolution.measures.measures import (
    MEASURES,
    Known,
    Ranked,
    Sheet,
    WindowMeasures,
    chosen_measures,
    measure,
    measure_all,
)
from graph.evolution.measures.mixing import ActorGroups
from tests.evolution.graphs import ACTORS, Row, log_of, log_of_rows, tie_rows, windows

DAY = Window(0, 1)
# a and b in the west, c in the east, d in Europe, e nobody knows where.
GROUND = ActorGroups(np.array([0, 0, 1, 2, -1], np.int32), np.array([1, 1, 1, 0, -1], np.int8))


def test_mixing_by_hand() -> None:
    log = log_of("abcde", ("a=b", 0, 9), ("a>c", 0, 9), ("d>a", 0, 9), ("e>a", 0, 9), ("a>b", 0, 9))
    (seen,) = measure_all(log, [DAY], Sheet(groups=GROUND))
    # a=b and a>b within, a>c and d>a between; three of these four within the South; e>a nowhere.
    assert (seen.ei_index, seen.south_south, seen.unplaced) == (0.0, 3 / 4, 1)


@pytest.mark.parametrize(("tie", "index"), [("a>b", -1.0), ("a>c", 1.0)])
def test_the_index_runs_from_all_within_to_all_between(tie: str, index: float) -> None:
    (seen,) = measure_all(log_of("abcde", (tie, 0, 9)), [DAY], Sheet(groups=GROUND))
    assert seen.ei_index == index


def test_where_no_region_is_known_nothing_is_said_about_mixing() -> None:
    seen = measure(log_of("ab", ("a=b", 0, 9)), DAY)
    assert (seen.ei_index, seen.south_south, seen.unplaced) == (None, None, 1)


def funded(*funders: int) -> TieLog:
    many = len(funders)
    ties = TieColumns([0] * many, [1] * many, [0] * many, [9] * many, funder=funders)
    return tie_log("ab", ties, TieNames(funders=("zeta", "alpha")))


def test_donors_by_hand() -> None:
    seen = measure(funded(0, 0, 0, 1, -1, -1), DAY)
    assert seen.donor_hhi == pytest.approx((3 / 4) ** 2 + (1 / 4) ** 2)
    assert (seen.donor_top, seen.unfunded) == (Ranked("zeta", 3 / 4), 2)


def test_of_equal_donors_the_first_by_name_leads() -> None:
    assert measure(funded(0, 1), DAY).donor_top == Ranked("alpha", 1 / 2)


def test_where_no_funder_is_known_nobody_leads() -> None:
    seen = measure(funded(-1, -1), DAY)
    assert (seen.donor_hhi, seen.donor_top, seen.unfunded) == (None, None, 2)


def test_turnover_is_the_share_of_ties_that_are_not_common() -> None:
    log = log_of("abc", ("a>b", 0, OPEN), ("b>c", 0, 1), ("c>a", 1, 2))
    days = [Window(day, day + 1) for day in range(-2, 4)]
    # None; none; all new; one kept of three; one lost of two; as before.
    found = [seen.turnover for seen in measure_all(log, days)]
    assert found == [None, None, 1.0, pytest.approx(2 / 3), pytest.approx(1 / 2), 0.0]


def test_the_least_constrained_lead_and_one_contact_is_no_brokerage() -> None:
    seen = measure(log_of("abcd", ("a>b", 0, 9), ("a>c", 0, 9), ("b>c", 0, 9), ("a>d", 0, 9)), DAY)
    # a: to b (1/3 + 1/3 x 1/2)^2, to c the same, to d (1/3)^2.
    assert [found.actor for found in seen.constraint] == ["a", "b", "c"]
    assert seen.constraint[0].value == pytest.approx(2 * (1 / 2) ** 2 + (1 / 3) ** 2)


def test_what_was_not_asked_for_is_not_counted() -> None:
    (seen,) = measure_all(log_of("abc", ("a>b", 0, 9), ("b>c", 0, 9)), [DAY], Sheet(names=frozenset(("ties",))))
    assert (seen.ties, seen.brokers, seen.constraint, seen.communities, seen.generation) == (2, (), (), None, None)


def test_measures_are_chosen_by_name() -> None:
    assert chosen_measures("turnover, ties") == ("ties", "turnover")
    assert chosen_measures("all") == chosen_measures("ties,all") == MEASURES
    with pytest.raises(InvalidValue, match="donor_hhi"):
        chosen_measures("ties,beauty")


def plain(found: tuple[WindowMeasures, ...]) -> list[object]:
    """Measures that can be compared: communities as lists."""
    names = [name for name in MEASURES if name != "generation"]
    return [
        (*(getattr(seen, name) for name in names), seen.window, seen.generation and seen.generation.member.tolist())
        for seen in found
    ]


@settings(deadline=None, max_examples=40)
@given(tie_rows(), tie_rows(), st.integers(3, 9))
def test_counting_again_what_changed_equals_counting_everything(one: list[Row], more: list[Row], width: int) -> None:
    days = [Window(first, first + width) for first in range(0, 30, width)]
    known: Known = {}
    measure_all(log_of_rows(ACTORS, one), days, known=known)
    both = log_of_rows(ACTORS, [*one, *more])
    assert plain(measure_all(both, days, known=known)) == plain(measure_all(both, days))


def test_windows_that_new_ties_do_not_touch_are_not_counted_again() -> None:
    days = [Window(day, day + 1) for day in range(5)]
    known: Known = {}
    rows: list[Row] = [(0, 1, 0, 5, False)]
    measure_all(log_of_rows("abc", rows), days, Sheet(names=frozenset(("ties",))), known)
    before = len(known)
    measure_all(log_of_rows("abc", [*rows, (1, 2, 3, 4, False)]), days, Sheet(names=frozenset(("ties",))), known)
    assert (before, len(known)) == (1, 2)


@given(tie_rows(), windows)
def test_the_index_and_the_southern_share_are_counted_one_contact_at_a_time(rows: list[Row], window: Window) -> None:
    ground = ActorGroups(np.array([0, 0, 1, 1, 2, -1, 2], np.int32), np.array([1, 1, 1, 1, 0, -1, 0], np.int8))
    (seen,) = measure_all(log_of_rows(ACTORS, rows), [window], Sheet(groups=ground, names=frozenset(("ties",))))
    held = [
        (one, other)
        for one, other, start, end, _ in rows
        if window.days and start < window.last_exclusive and end > window.first and 5 not in (one, other)
    ]
    across = sum(ground.region[one] != ground.region[other] for one, other in held)
    southern = sum(one < 4 and other < 4 for one, other in held)
    assert seen.ei_index == (pytest.approx((2 * across - len(held)) / len(held)) if held else None)
    assert seen.south_south == (pytest.approx(southern / len(held)) if held else None)
