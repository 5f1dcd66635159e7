"""How much of what people promised runs at once, by hand and against a count day by day."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.domain.programmes import OpeningKind
from graph.errors import InvalidValue
from graph.matching.people.commitments import CommitmentColumns, Commitments, read_commitments
from graph.matching.people.roster import build_roster
from graph.matching.scoring.eligibility import judge
from tests.matching.cases import ALL_THE_TIME, Person, columns_of, opening, roster_of

PEOPLE = 3
Promise = tuple[int, int, int, str, bool]
"""Person, first day, first day after, opening, whether it waits."""


def commitments(*promises: Promise) -> Commitments:
    columns = [list(column) for column in zip(*promises, strict=True)] or [[] for _ in range(5)]
    names = ("person", "first", "until", "opening", "waits")
    return read_commitments(
        CommitmentColumns(**dict(zip(names, columns, strict=True)), learns=[False] * len(promises)), PEOPLE
    )


def test_what_follows_each_other_is_not_carried_at_once() -> None:
    found = commitments((0, 10, 20, "", False), (0, 20, 30, "", False), (1, 12, 18, "", False), (1, 15, 25, "", False))
    assert found.at_once(0, 100).tolist() == [1, 2, 0]
    assert found.at_once(18, 25).tolist() == [1, 1, 0]
    assert found.at_once(30, 40).tolist() == [0, 0, 0]
    assert found.at_once(29, 30).tolist() == [1, 0, 0]


def test_being_asked_for_this_opening_is_no_promise_against_it() -> None:
    found = commitments((0, 10, 20, "harbour", True), (0, 10, 20, "school", True), (1, 10, 20, "harbour", False))
    assert found.at_once(10, 20, "harbour").tolist() == [1, 1, 0]
    assert found.at_once(10, 20, "school").tolist() == [1, 1, 0]
    assert found.at_once(10, 20, "court").tolist() == [2, 1, 0]


def test_what_a_pair_promised_can_be_taken_off() -> None:
    found = commitments((0, 10, 20, "harbour", False), (0, 10, 20, "school", True), (1, 10, 20, "harbour", False))
    assert found.without({(0, "harbour"), (2, "school")}).at_once(10, 20).tolist() == [1, 1, 0]


def test_somebody_thought_to_carry_fewer_never_carries_less_than_nothing() -> None:
    found = commitments((0, 10, 20, "", False), (0, 10, 20, "", False), (1, 10, 20, "", False))
    assert found.easing(0, 1).easing(1, 5).at_once(10, 20).tolist() == [1, 0, 0]


promises = st.lists(
    st.tuples(
        st.integers(0, PEOPLE - 1),
        st.integers(0, 12),
        st.integers(1, 6),
        st.sampled_from(["", "a", "b"]),
        st.booleans(),
    ).map(lambda drawn: (drawn[0], drawn[1], drawn[1] + drawn[2], drawn[3], drawn[4])),
    max_size=8,
)


@given(promises, st.integers(0, 12), st.integers(1, 8), st.sampled_from(["a", "b", "c"]))
def test_the_most_at_once_is_the_fullest_day(drawn: list[Promise], start: int, days: int, asked: str) -> None:
    counted = [
        max(
            sum(
                person == who and first <= day < until and not (waits and name == asked)
                for who, first, until, name, waits in drawn
            )
            for day in range(start, start + days)
        )
        for person in range(PEOPLE)
    ]
    assert commitments(*drawn).at_once(start, start + days, asked).tolist() == counted


def test_whoever_has_promised_to_learn_elsewhere_is_not_sent_to_learn_too() -> None:
    need = opening(kind=OpeningKind.SCHOLARSHIP)
    columns = columns_of(Person("a", windows=(ALL_THE_TIME,), capacity=9))
    away = CommitmentColumns(person=[0], first=[0], until=[need.start + 1], opening=[""], waits=[False], learns=[True])
    busy = replace(away, learns=[False])
    for promised, removed in ((away, True), (busy, False)):
        reasons = judge(build_roster(replace(columns, commitments=promised)), need).reasons(0)
        assert ("away" in [rule.name for rule in reasons]) is removed


@pytest.mark.parametrize(
    ("promise", "said"),
    [
        ((3, 1, 2, "", False), "commitment.person: '3' in row 0 is out of range; give 0 to 2"),
        ((0, 2, 2, "", False), "commitment.until: '2' in row 0 is not after the first day 2"),
    ],
)
def test_a_promise_that_cannot_be_is_refused(promise: Promise, said: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        commitments(promise)
    assert str(refused.value).startswith(said)


def test_a_roster_without_promises_carries_nothing() -> None:
    assert roster_of(Person("a"), Person("b")).load(opening()).tolist() == [0, 0]
