"""Stated time counts once a day, at the best on offer."""

from hypothesis import given
from hypothesis import strategies as st

from graph.domain.records import Mode
from graph.matching.people.windows import FITS, MODES
from tests.matching.cases import Person, Window, roster_of, windows


def _best(stated: tuple[Window, ...], day: int, asked: Mode) -> float:
    offers = [FITS[asked][mode] * share for first, until, mode, share in stated if first <= day < until]
    return max(offers, default=0.0)


@given(st.lists(windows, max_size=5).map(tuple), st.sampled_from(Mode))
def test_segments_offer_each_day_the_best_that_was_stated(stated: tuple[Window, ...], asked: Mode) -> None:
    segments = roster_of(Person("a", windows=stated)).segments
    for day in range(900, 1350, 7):
        covering = [row for row in range(len(segments.person)) if segments.first[row] <= day < segments.until[row]]
        assert len(covering) <= 1
        found = sum(segments.serves[MODES.index(asked), row] for row in covering)
        assert found == _best(stated, day, asked)


def test_crossing_windows_of_one_person_leave_the_others_alone() -> None:
    crossing = Person("a", windows=((10, 30, Mode.REMOTE, 0.5), (20, 40, Mode.REMOTE, 1.0)))
    plain = Person("b", windows=((15, 25, Mode.REMOTE, 1.0),))
    segments = roster_of(plain, crossing).segments
    rows = zip(segments.person.tolist(), segments.first.tolist(), segments.until.tolist(), strict=True)
    assert list(rows) == [(0, 15, 25), (1, 10, 20), (1, 20, 30), (1, 30, 40)]
    assert segments.serves[MODES.index(Mode.REMOTE)].tolist() == [1.0, 0.5, 1.0, 1.0]


def test_windows_remember_the_row_they_came_from() -> None:
    late_first = Person("a", windows=((50, 60, Mode.REMOTE, 0.5), (10, 20, Mode.REMOTE, 1.0)))
    stated = roster_of(Person("b", windows=((5, 6, Mode.HYBRID, 1.0),)), late_first).windows
    assert stated.row[stated.of(1)].tolist() == [2, 1]


def test_days_in_counts_only_the_days_inside() -> None:
    segments = roster_of(Person("a", windows=((10, 20, Mode.REMOTE, 1.0), (25, 90, Mode.REMOTE, 1.0)))).segments
    assert segments.days_in(15, 30).tolist() == [5, 5]
    assert segments.days_in(20, 25).tolist() == [0, 0]
