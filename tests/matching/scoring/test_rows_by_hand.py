"""Rules, teams and levels of several people at once, by hand."""

import numpy as np
import pytest

from graph.errors import InvalidValue, NotAllowed
from graph.matching.people.needs import Gap
from graph.matching.scoring.eligibility import judge
from graph.matching.scoring.joint_points import Joint, team_columns
from graph.matching.scoring.kinds import BRINGS, CRITERIA
from graph.matching.scoring.points import add_up, read_weights, split
from graph.matching.scoring.ranking import rank
from graph.matching.scoring.rules import RULES
from tests.matching.cases import Person, opening, roster_of

CROWD = roster_of(
    Person("free"),
    Person("full", capacity=1, load=1),
    Person("silent", consents=False, capacity=1, load=1),
    Person("unwilling", consents=False),
)


def test_rules_are_counted_by_who_they_remove_first_and_alone() -> None:
    judged = judge(CROWD, opening())
    counts = {count.rule.name: (count.all, count.first, count.alone) for count in judged.counts}
    assert counts["consent"] == (2, 2, 1)
    assert counts["capacity"] == (2, 1, 1)
    assert tuple(counts) == BRINGS.rules
    assert judged.removed_by.tolist() == [0, 2, 3, 1]
    assert judged.first.tolist() == [-1, 1, 0, 0]
    assert [rule.name for rule in judged.reasons(2)] == ["consent", "capacity"]


def test_some_of_the_people_are_judged_as_they_were_among_all() -> None:
    judged = judge(CROWD, opening(), switched_off=frozenset({"presence"}))
    some = judged.among(np.array([False, True, True, False]))
    assert (some.removed_by.tolist(), some.first.tolist()) == ([2, 3], [1, 0])
    assert some.asked == set(BRINGS.rules) - {"presence"}
    assert "presence" not in {count.rule.name for count in some.counts}
    assert some.eligible.tolist() == [False, False]


def test_a_rule_that_is_not_there_or_stays_on_is_refused_word_for_word() -> None:
    with pytest.raises(InvalidValue) as error:
        judge(CROWD, opening(), switched_off=frozenset({"age"}))
    names = ", ".join(rule.name for rule in RULES)
    assert (error.value.field, error.value.text) == ("switched_off", "age")
    assert error.value.why == f"is not a rule; choose from {names}"
    with pytest.raises(NotAllowed) as denied:
        judge(CROWD, opening(), switched_off=frozenset({"consent"}))
    assert str(denied.value) == "The rule 'consent' protects people and stays on; ask the person for their consent."


@pytest.mark.parametrize(
    ("weights", "field", "text", "why"),
    [
        ({"c": 1}, "weights", "c", "is not a criterion; choose from a, b"),
        ({"a": -1}, "weights.a", -1, "is not a weight; give a whole number from 0 to 1000000"),
        ({"a": 1_000_001}, "weights.a", 1_000_001, "is not a weight; give a whole number from 0 to 1000000"),
        ({"a": 0.5}, "weights.a", 0.5, "is not a weight; give a whole number from 0 to 1000000"),
        ({"a": 0}, "weights", {"a": 0}, "add up to nothing; give at least one criterion a weight"),
    ],
)
def test_weights_are_refused_word_for_word(weights: dict[str, int], field: str, text: object, why: str) -> None:
    with pytest.raises(InvalidValue) as error:
        read_weights(weights, ("a", "b"))
    assert (error.value.field, error.value.text, error.value.why) == (field, text, why)


def test_a_list_of_none_is_refused_word_for_word() -> None:
    with pytest.raises(InvalidValue) as error:
        rank(CROWD, opening(), {"gap": 1}, top=0)
    assert (error.value.field, error.value.text) == ("top", 0)
    assert error.value.why == "is not a length of a list; give 1 or more"


def test_points_of_two_people_add_up_to_their_parts() -> None:
    values, weights = np.array([[0.5, 1.0], [0.25, 0.0]]), np.array([3, 1])
    assert add_up(values, weights).tolist() == [4375, 7500]
    assert split(values, weights).tolist() == [[3750, 7500], [625, 0]]


def test_the_missing_point_of_each_person_goes_to_their_own_largest_remainder() -> None:
    values = np.array([[1.0, 0.5], [1.0, 1.0], [1.0, 0.0]])
    assert split(values, np.array([1, 1, 1])).tolist() == [[3334, 1667], [3333, 3333], [3333, 0]]


def test_fewer_people_of_a_team_keep_their_points_and_shares() -> None:
    team = Joint(np.array([5, 6, 7]), np.array([10.0, 20.0]), np.array([[0.5, 0.0], [0.25, 1.0], [0.5, 0.5]]))
    some = team.only(np.array([True, False, True]))
    assert (some.own.tolist(), some.weight.tolist()) == ([5, 7], [10.0, 20.0])
    assert some.shares.tolist() == [[0.5, 0.0], [0.5, 0.5]]
    assert some.closed([0, 1]).tolist() == [0.75, 0.5]
    assert team.closed([]).tolist() == [0.0, 0.0]


def test_the_gaps_of_the_second_team_are_counted_on_from_those_of_the_first() -> None:
    first = Joint(np.array([5, 6]), np.array([10.0, 20.0]), np.array([[0.5, 0.0], [0.0, 1.0]]))
    second = Joint(np.array([7]), np.array([30.0]), np.array([[0.25]]))
    columns = team_columns([first, Joint.alone(np.array([9])), second])
    assert columns is not None
    assert [list(columns.opening), list(columns.weight)] == [[0, 0, 2], [10.0, 20.0, 30.0]]
    assert [list(columns.arc), list(columns.gap), list(columns.share)] == [[0, 1, 3], [0, 1, 2], [0.5, 1.0, 0.25]]


def _scores(name: str, *people: Person, gaps: tuple[Gap, ...]) -> list[tuple[float, float]]:
    measure = next(criterion.measure for criterion in CRITERIA if criterion.name == name)
    roster = roster_of(*people)
    found = measure(roster, opening(gaps=gaps), np.arange(len(people), dtype=np.int32))
    return list(zip(found.value.tolist(), found.high.tolist(), strict=True))


def test_who_states_no_capability_may_have_any_and_who_states_another_has_none() -> None:
    found = _scores("gap", Person("silent"), Person("other", {3: 4.0}), Person("able", {0: 3.0}), gaps=(Gap(0, 2, 3),))
    assert found == [(0.0, 1.0), (0.0, 0.0), (1.0, 1.0)]
