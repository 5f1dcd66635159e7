"""The ties of one window, by hand and against counting them one by one."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from graph.evolution.log.quantities import quantities
from graph.evolution.log.ties import (
    OPEN,
    TieColumns,
    TieNames,
    tie_log,
)
from graph.evolution.log.windows import Window, day_of
from graph.services.network.window_ties import WindowTie, ties_in

NAMES = TieNames(("Mentorship", "Training"))


def test_contacts_of_a_pair_are_one_tie_from_the_first_day_to_the_last() -> None:
    first, second, last = day_of(date(2020, 1, 1)), day_of(date(2021, 3, 1)), day_of(date(2022, 1, 1))
    log = tie_log(
        "abc", TieColumns([0, 0, 1], [1, 1, 2], [first, second, first], [second, last, OPEN], [0, 1, 1]), NAMES
    )

    assert ties_in(log, Window(first, last)) == (
        WindowTie(0, 1, 2, date(2020, 1, 1), date(2021, 12, 31), ("Mentorship", "Training"), False, 2.0, 0.0, 2),
        WindowTie(1, 2, 1, date(2020, 1, 1), None, ("Training",), False, 1.0, 0.0, 1),
    )
    assert [tie.channels for tie in ties_in(log, Window(second, last))] == [("Training",), ("Training",)]


def test_what_is_done_together_leads_both_ways_and_nobody_is_tied_to_themselves() -> None:
    log = tie_log("ab", TieColumns([0, 0], [1, 0], [0, 0], [9, 9], mutual=[True, False]))
    assert [(tie.giver, tie.receiver) for tie in ties_in(log, Window(0, 1))] == [(0, 1), (1, 0)]
    assert ties_in(log, Window(9, 9)) == ties_in(log, Window(100, 200)) == ()


@given(st.lists(st.tuples(*[st.integers(0, 4)] * 2, st.integers(0, 20), st.integers(1, 9), st.booleans()), max_size=25))
def test_every_pair_is_counted_as_by_hand(rows: list[tuple[int, int, int, int, bool]]) -> None:
    source, target, start, long, mutual = (list(column) for column in zip(*rows, strict=True)) if rows else ([],) * 5
    end = [begin + days for begin, days in zip(start, long, strict=True)]
    log = tie_log("abcde", TieColumns(source, target, start, end, mutual=mutual))
    expected: dict[tuple[int, int], list[int]] = {}
    for giver, receiver, begin, days, together in rows:
        if giver != receiver and begin < 12 and begin + days > 8:
            for pair in [(giver, receiver)] + [(receiver, giver)] * together:
                expected.setdefault(pair, []).append(begin)

    found = {(tie.giver, tie.receiver): (tie.contacts, day_of(tie.first)) for tie in ties_in(log, Window(8, 12))}

    assert found == {pair: (len(begins), min(begins)) for pair, begins in expected.items()}


def test_a_tie_adds_up_fractions_and_the_days_that_are_known() -> None:
    """A course with two learners, one at b; ten days at half of full time; and a stay that nobody measured."""
    amounts = quantities(3, engagement=[0, 1, 2], fraction=[0.5, 1.0, 1.0], share=[1.0, 0.5, float("nan")])
    log = tie_log("ab", TieColumns([0] * 3, [1] * 3, [0, 0, 0], [4, 10, 10], quantities=amounts))

    (tie,) = ties_in(log, Window(2, 50), until=8)
    assert (tie.contacts, tie.engagements, tie.person_days, tie.days_unknown) == (3, 2.5, 2 + 6 / 2, 1)
