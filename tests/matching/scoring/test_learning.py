"""Openings to which somebody goes out to learn: their rules and criteria by hand; and what outweighs an ask."""

from dataclasses import replace

import numpy as np
import pytest

from graph.domain.programmes import OpeningKind
from graph.domain.records import Mode
from graph.matching.people.needs import Gap, Needed, OpeningNeed, Place
from graph.matching.scoring.collect_evidence import collect_evidence
from graph.matching.scoring.eligibility import judge
from graph.matching.scoring.evidence import (
    ChancesEvidence,
    HeadroomEvidence,
    HomeNeedEvidence,
    ReturnEvidence,
    Unstated,
)
from graph.matching.scoring.kinds import BRINGS, CRITERIA, KINDS, LEARNS
from graph.matching.scoring.outweighed import Outweighed, outweighed
from graph.matching.scoring.ranking import rank, score
from graph.matching.scoring.rules import RULES
from tests.matching.cases import START, UNTIL, Person, opening, roster_of

HERE = Place(1, 2, 3)
OWNER, HOST = 4, 5
FREE = ((START, UNTIL, Mode.ON_SITE, 1.0),)
BY_NAME = {criterion.name: criterion for criterion in CRITERIA}


def studies(**given: object) -> OpeningNeed:
    """A scholarship about capability 0, in which the programme stands at 1 and wants 3."""
    usual = {
        "kind": OpeningKind.SCHOLARSHIP,
        "gaps": (Gap(0, 1, 3), Gap(1, 0, 4)),
        "needed": (Needed(0, 3),),
        "homes": frozenset({OWNER}),
        "institutions": frozenset({OWNER, HOST}),
        "place": HERE,
        "presence": 0.5,
        "mode": Mode.ON_SITE,
    }
    return opening(**{**usual, **given})


def _rules(person: Person, **given: object) -> list[str]:
    return [rule.name for rule in judge(roster_of(person), studies(**given)).reasons(0)]


def _score(name: str, *people: Person, **given: object) -> tuple[float, float]:
    found = BY_NAME[name].measure(roster_of(*people), studies(**given), np.array([0], np.int32))
    return round(float(found.value[0]), 6), round(float(found.high[0]), 6)


def test_every_kind_of_opening_has_its_question_and_names_only_what_there_is() -> None:
    assert set(KINDS) == set(OpeningKind)
    for kind in KINDS.values():
        assert set(kind.rules) <= {rule.name for rule in RULES}
        assert tuple(kind.weights) == kind.names
        assert sum(kind.weights.values()) == 100
    assert {rule.name for rule in RULES} == {*BRINGS.rules, *LEARNS.rules}


@pytest.mark.parametrize(
    ("person", "rules"),
    [
        (Person("a", posts=(OWNER,), windows=FREE), []),
        (Person("a", posts=(9,), place=HERE, windows=FREE), []),
        (Person("a", posts=(HOST,), place=Place(7, 7, 7), windows=FREE), ["elsewhere"]),
        (Person("a", windows=FREE), ["elsewhere"]),
        (Person("a", {0: 3.0}, posts=(OWNER,), windows=FREE), ["beyond"]),
        (Person("a", {0: 2.9}, posts=(OWNER,), windows=FREE), []),
        (Person("a", posts=(OWNER,), windows=FREE, capacity=0), []),
        (Person("a", posts=(OWNER,)), ["presence"]),
    ],
)
def test_who_learns_belongs_to_the_programme_and_has_something_to_learn(person: Person, rules: list[str]) -> None:
    assert _rules(person) == rules


def test_without_a_country_only_the_owners_own_may_go() -> None:
    assert _rules(Person("a", windows=FREE), place=Place()) == ["elsewhere"]
    assert _rules(Person("a", posts=(OWNER,), windows=FREE), place=Place()) == []


def test_the_rule_that_keeps_others_out_can_be_switched_off() -> None:
    far = Person("a", place=Place(7, 7, 7), windows=FREE)
    assert judge(roster_of(far), studies(), frozenset({"elsewhere"})).eligible.tolist() == [True]


def test_the_need_at_home_is_the_same_for_all() -> None:
    assert _score("need", Person("a")) == (0.5, 0.5)  # two of four levels
    both = (Needed(0, 3), Needed(1, 4))
    assert _score("need", Person("a"), needed=both, gaps=(Gap(0, 1, 3, weight=3), Gap(1, 0, 4))) == (0.625, 0.625)


def test_what_nobody_rated_is_lacking_from_nothing_up() -> None:
    assert [(each.level, each.target) for each in studies(needed=(Needed(2, 2),)).lessons] == [(0.0, 2)]


@pytest.mark.parametrize(
    ("levels", "known", "high"),
    [({0: 0.0}, 2 / 3, 1.0), ({0: 1.5}, 1 / 3, 2 / 3), ({}, 0.0, 1.0), ({0: 3.0}, 0.0, 1 / 3), ({0: 4.0}, 0.0, 1 / 3)],
)
def test_who_has_far_to_go_carries_much_home_and_who_does_not_say_is_not_known(
    levels: dict[int, float], known: float, high: float
) -> None:
    assert _score("carry", Person("a", levels)) == (round(known, 6), round(high, 6))


def test_colleagues_to_return_to_count_less_and_less() -> None:
    team = [Person("a", {0: 3.0}, posts=(OWNER,)), *(Person(f"b{row}", posts=(OWNER,)) for row in range(2))]
    assert _score("carry", *team[:2]) == (round(0.5 / 3, 6), round(0.5 / 3, 6))
    assert _score("carry", *team)[0] == round(0.75 / 3, 6)


@pytest.mark.parametrize(
    ("person", "score"),
    [
        (Person("a", posts=(OWNER,)), (1.0, 1.0)),
        (Person("a", posts=(9,), place=HERE), (0.5, 0.5)),
        (Person("a", posts=(9, OWNER), place=HERE), (1.0, 1.0)),
        (Person("a", posts=(9,), place=Place(7, 7, 7)), (0.0, 0.0)),
        (Person("a", place=HERE), (0.0, 1.0)),
    ],
)
def test_a_place_to_return_to_is_a_post_at_home(person: Person, score: tuple[float, float]) -> None:
    assert _score("return", person) == score


def test_first_timers_come_first() -> None:
    roster = roster_of(Person("a"), Person("b"), Person("c"))
    often = replace(roster, chances=np.array([0, 1, 3], np.int32))
    found = BY_NAME["chances"].measure(often, studies(), np.arange(3, dtype=np.int32))
    assert found.value.tolist() == found.high.tolist() == [1.0, 0.5, 0.125]


def test_a_learner_by_hand() -> None:
    learner = Person("a", {0: 1.5}, posts=(OWNER,), windows=FREE, text="law")
    found = rank(roster_of(learner), studies(text="law")).candidates[0]
    # Two of four levels are lacking (10 of 20), half of the target is before them (1/3 of 30), a post at the owner
    # (15), no language asked (7), free all the time (10), never sent (15), a document of three word for word (1 of 3).
    assert {part.criterion: part.points for part in found.parts} == {
        "need": 1000,
        "carry": 1000,
        "return": 1500,
        "language": 700,
        "availability": 1000,
        "chances": 1500,
        "text": 100,
    }


def test_what_speaks_for_a_learner_is_shown() -> None:
    roster = roster_of(Person("a", {0: 1.5}, posts=(9, OWNER), windows=FREE))
    shown = [
        item
        for item in collect_evidence(roster, studies(), 0)
        if item.criterion in ("need", "carry", "return", "chances")
    ]
    assert shown == [
        HomeNeedEvidence(0, 1, 3),
        HeadroomEvidence(0, 1.5, 3),
        ReturnEvidence(OWNER, own=True),
        ChancesEvidence(0),
    ]
    silent = [item for item in collect_evidence(roster_of(Person("a")), studies(), 0) if isinstance(item, Unstated)]
    assert [item.criterion for item in silent] == ["carry", "return", "availability", "text"]


def test_a_list_tells_what_outweighs_somebody_who_states_everything_asked() -> None:
    need = opening(needed=(Needed(0, 2),), gaps=(Gap(1, 0, 2),))
    people = [
        Person("meets", {0: 2.0}, shown=False),
        Person("close", {0: 1.9, 1: 2.0}),
        Person("far", {1: 0.5}),
    ]
    roster = roster_of(*people)
    found = score(roster, need)
    order = np.argsort(-found.points)

    told = outweighed(roster, need, found, order, BRINGS.weights)

    # 1.5 of 2 known levels and 1.9 of 2 count half: 1,500 and 1,900 of 4,000; the gap brings 1,200.
    assert told == Outweighed(0, 1, 2, (("gap", 1200), ("asked", 400)))
    assert outweighed(roster, need, found, order[1:], BRINGS.weights) is None
    assert outweighed(roster, opening(), found, order, BRINGS.weights) is None
    assert outweighed(roster, studies(), found, order, LEARNS.weights) is None
