"""Each hard rule removes exactly whom it names, and is remembered."""

import numpy as np
import pytest
from hypothesis import given

from graph.domain.records import Mode
from graph.errors import InvalidValue, NotAllowed
from graph.matching.people.needs import Needed, OpeningNeed, Required
from graph.matching.people.windows import FITS
from graph.matching.scoring.eligibility import commonest, judge
from graph.matching.scoring.kinds import BRINGS
from graph.matching.scoring.rules import RULES
from tests.matching.cases import START, UNTIL, Person, Window, crowds, opening, openings, roster_of


def _rules_against(person: Person, **given: object) -> list[str]:
    judged = judge(roster_of(person), opening(**given))
    return [rule.name for rule in judged.reasons(0)]


def test_somebody_nothing_speaks_against_is_eligible() -> None:
    judged = judge(roster_of(Person("a")), opening())
    assert judged.eligible.tolist() == [True]
    assert judged.first.tolist() == [-1]
    assert judged.reasons(0) == ()


def test_somebody_without_consent_to_matching_is_not_offered() -> None:
    assert _rules_against(Person("a", consents=False)) == ["consent"]


def test_a_full_mentor_is_not_offered() -> None:
    assert _rules_against(Person("a", capacity=2, load=2)) == ["capacity"]
    assert _rules_against(Person("a", capacity=2, load=1)) == []
    assert _rules_against(Person("a", capacity=0)) == ["capacity"]


HALF = (START, START + 50, Mode.HYBRID, 1.0)


@pytest.mark.parametrize(
    ("windows", "enough"),
    [
        ((HALF,), True),
        (((START, START + 49, Mode.HYBRID, 1.0),), False),
        (((START, UNTIL, Mode.HYBRID, 0.5),), True),
        (((START, UNTIL, Mode.HYBRID, 0.4),), False),
        (((START, UNTIL, Mode.REMOTE, 1.0),), True),  # half of a hybrid opening can be done from afar
        ((HALF, (START, UNTIL, Mode.HYBRID, 0.1)), True),
        (((START - 99, START, Mode.HYBRID, 1.0), (UNTIL, UNTIL + 99, Mode.HYBRID, 1.0)), False),
        ((), False),
    ],
)
def test_who_is_not_known_to_be_there_for_the_asked_share_of_the_days_is_not_offered(
    windows: tuple[Window, ...], enough: bool
) -> None:
    found = _rules_against(Person("a", windows=windows), presence=0.5, mode=Mode.HYBRID)
    assert found == ([] if enough else ["presence"])


def test_nobody_is_present_on_site_from_afar() -> None:
    abroad = Person("a", windows=((START, UNTIL, Mode.REMOTE, 1.0),))
    assert _rules_against(abroad, presence=0.1, mode=Mode.ON_SITE) == ["presence"]


def test_an_opening_may_ask_for_no_presence() -> None:
    assert _rules_against(Person("a"), presence=0.0) == []


@pytest.mark.parametrize("presence", [-0.1, 1.1, float("nan")])
def test_a_presence_that_is_no_share_is_refused(presence: float) -> None:
    with pytest.raises(InvalidValue, match="presence"):
        opening(presence=presence)


def test_a_must_have_capability_removes_those_below_and_those_without() -> None:
    must = (Needed(0, 2.0, must=True), Needed(1, 4.0))
    assert _rules_against(Person("a", levels={0: 2.0}), needed=must) == []
    assert _rules_against(Person("a", levels={0: 1.5, 1: 4.0}), needed=must) == ["capability"]
    assert _rules_against(Person("a", levels={1: 4.0}), needed=must) == ["capability"]


def test_a_level_that_single_precision_cannot_hold_still_meets_itself() -> None:
    assert _rules_against(Person("a", levels={0: 2.3}), needed=(Needed(0, 2.3, must=True),)) == []


def test_a_required_language_removes_those_who_speak_it_too_little() -> None:
    french = (Required(1, 4),)
    assert _rules_against(Person("a", ranks={1: 4}), required=french) == []
    assert _rules_against(Person("a", ranks={1: 3}), required=french) == ["language"]
    assert _rules_against(Person("a", ranks={0: 6}), required=french) == ["language"]


def test_somebody_who_states_no_language_is_not_known_to_speak_it() -> None:
    assert _rules_against(Person("a"), required=(Required(1, 4),)) == ["language"]


def test_nobody_is_sent_to_their_own_organisation() -> None:
    assert _rules_against(Person("a", posts=(3, 7)), institutions=frozenset({7, 8})) == ["own_organisation"]
    assert _rules_against(Person("a", posts=(3,)), institutions=frozenset({7, 8})) == []


def test_an_earlier_refusal_and_a_declared_conflict_remove() -> None:
    assert _rules_against(Person("a"), refusals=frozenset({0})) == ["refused_before"]
    assert _rules_against(Person("a"), conflicts=frozenset({0})) == ["conflict"]


def test_the_first_rule_and_all_rules_are_kept_and_counted() -> None:
    roster = roster_of(Person("a", consents=False, load=1), Person("b", load=1), Person("c"), Person("d"))
    judged = judge(roster, opening(conflicts=frozenset({1, 2})))
    assert [rule.name for rule in judged.reasons(0)] == ["consent", "capacity"]
    assert judged.eligible.tolist() == [False, False, False, True]
    counts = {count.rule.name: (count.all, count.first, count.alone) for count in judged.counts}
    assert counts["consent"] == (1, 1, 0)
    assert counts["capacity"] == (2, 1, 0)
    assert counts["conflict"] == (2, 1, 1)
    assert counts["presence"] == (0, 0, 0)


@pytest.mark.parametrize(
    ("first", "name"),
    [
        ([-1, 0, 0, 1], "consent"),
        ([0, 1, 1, -1], "capacity"),
        ([2, 1, 2, 1], "capacity"),
        ([-1, -1, -1, len(RULES) - 1], "conflict"),
    ],
)
def test_the_commonest_rule_is_the_one_most_are_removed_by_and_the_earlier_of_equals(
    first: list[int], name: str
) -> None:
    found = commonest(np.array(first, np.int8))
    assert found is not None
    assert found.name == name


def test_no_rule_is_the_commonest_where_none_removes_anybody() -> None:
    assert commonest(np.array([-1, -1], np.int32)) is None
    assert commonest(np.array([], np.int32)) is None


def test_switching_a_rule_off_admits_those_it_alone_removed() -> None:
    roster = roster_of(Person("a", load=1), Person("b", load=1, consents=False), Person("c"))
    capacity = next(count for count in judge(roster, opening()).counts if count.rule.name == "capacity")
    relaxed = judge(roster, opening(), frozenset({"capacity"}))
    assert capacity.alone == 1
    assert relaxed.eligible.tolist() == [True, False, True]
    assert "capacity" not in {count.rule.name for count in relaxed.counts}


def test_consent_cannot_be_switched_off() -> None:
    with pytest.raises(NotAllowed, match="ask the person"):
        judge(roster_of(), opening(), frozenset({"consent"}))


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(InvalidValue, match="'mood' is not a rule; choose from consent, capacity"):
        judge(roster_of(), opening(), frozenset({"mood"}))


def test_an_opening_of_another_roster_is_not_judged() -> None:
    with pytest.raises(InvalidValue, match="not on the roster"):
        judge(roster_of(), opening(refusals=frozenset({0})))


def _holds(name: str, person: Person, need: OpeningNeed) -> bool:
    """Every rule once more, one person at a time and in plain words."""
    fitting = [window for window in person.windows if FITS[need.mode][window[2]]]
    offered = [
        max((share for first, until, _, share in fitting if first <= day < until), default=0)
        for day in range(need.start, need.until)
    ]
    short = [need for need in need.needed if need.must and person.levels.get(need.capability, -1.0) < need.level]
    mute = [asked for asked in need.required if person.ranks.get(asked.language, 0) < asked.rank]
    return {
        "consent": not person.consents,
        "capacity": person.load >= person.capacity,
        "presence": sum(offered) / need.days < need.presence - 1e-9,
        "capability": bool(short),
        "language": bool(mute),
        "own_organisation": bool(need.institutions & set(person.posts)),
        "refused_before": False,
        "conflict": False,
    }[name]


@given(crowds, openings())
def test_a_removed_person_names_exactly_the_rules_that_hold(people: tuple[Person, ...], need: OpeningNeed) -> None:
    judged = judge(roster_of(*people), need)
    for row, person in enumerate(people):
        holding = [rule for rule in RULES if rule.name in BRINGS.rules and _holds(rule.name, person, need)]
        assert list(judged.reasons(row)) == holding
        assert judged.eligible[row] == (not holding)
        assert judged.first[row] == (RULES.index(holding[0]) if holding else -1)
