"""What could put somebody in: each change by hand, applied to a copy, and the smallest first."""

import numpy as np

from graph.domain.records import Mode
from graph.matching.people.needs import Gap, Needed, OpeningNeed, Required
from graph.matching.people.windows import MODES
from graph.matching.sensitivity.changes import (
    CapacityChange,
    FreeTime,
    LevelChange,
    Relief,
    Tongue,
    changes,
    joined,
    repairs,
)
from tests.matching.cases import START, UNTIL, Person, opening, roster_of

ANA = Person("ana", levels={0: 1.0}, ranks={1: 2}, windows=((START, START + 10, Mode.REMOTE, 0.5),))
FREED = FreeTime(START, UNTIL, MODES.index(Mode.HYBRID))


def _asking() -> OpeningNeed:
    return opening(needed=(Needed(0, 3.0, must=True),), required=(Required(1, 4),))


def test_a_level_is_held_freshly_confirmed_and_the_roster_itself_stays() -> None:
    roster = roster_of(Person("ben"), ANA)
    after = LevelChange(0, 1.0, 3.5).apply(roster, 1)
    assert after.levels[1, 0] == 3.5
    assert after.known[1, 0] == 3.5
    assert after.possible[1, 0] == 3.5
    assert roster.levels[1, 0] == 1.0
    assert np.isnan(after.levels[0, 0])


def test_a_level_of_somebody_who_stated_none_is_a_statement() -> None:
    roster = roster_of(Person("ben"), ANA)
    assert roster.states_capabilities.tolist() == [False, True]
    assert LevelChange(2, 0.0, 0.5).apply(roster, 0).states_capabilities.tolist() == [True, True]


def test_a_language_is_spoken_at_the_new_rank_and_the_roster_itself_stays() -> None:
    roster = roster_of(Person("ben"), ANA)
    after = Tongue(2, 0, 5).apply(roster, 0)
    assert after.ranks[0].tolist() == [0, 0, 5]
    assert after.states_languages.tolist() == [True, True]
    assert roster.ranks[0].tolist() == [0, 0, 0]


def test_free_time_is_full_time_beside_what_was_stated() -> None:
    roster = roster_of(ANA, Person("ben", windows=((START, UNTIL, Mode.ON_SITE, 1.0),)))
    after = FREED.apply(roster, 0)
    own = after.windows.of(0)
    assert after.windows.share[own].tolist() == [0.5, 1.0]
    assert after.windows.first[own].tolist() == [START, START]
    assert after.windows.until[own].tolist() == [START + 10, UNTIL]
    assert after.windows.row.tolist() == [0, 2, 1]
    assert after.segments.serves[MODES.index(Mode.HYBRID), after.segments.person == 0].tolist() == [1.0, 1.0]
    assert len(roster.windows.row) == 2


def test_free_time_of_somebody_who_stated_none_is_a_statement() -> None:
    after = FREED.apply(roster_of(Person("ben")), 0)
    assert after.states_windows.tolist() == [True]
    assert after.segments.days_in(START, UNTIL).tolist() == [UNTIL - START]


def test_one_engagement_fewer_or_one_more_accepted_leaves_room_for_this_one() -> None:
    full, unwilling = Person("a", capacity=2, load=4), Person("b", capacity=0, load=1)
    roster = roster_of(full, unwilling)
    assert repairs(roster, opening(), 0, ["capacity"]) == [Relief(3)]
    assert Relief(3).apply(roster, 0).load(opening()).tolist() == [1, 1]
    assert repairs(roster, opening(), 1, ["capacity"]) == [CapacityChange(2)]
    assert CapacityChange(2).apply(roster, 1).capacity.tolist() == [2, 2]


def test_each_rule_is_satisfied_by_the_least_that_it_asks_for() -> None:
    found = repairs(roster_of(ANA), _asking(), 0, ["presence", "capability", "language"])
    assert found == [FREED, LevelChange(0, 1.0, 3.0), Tongue(1, 2, 4)]


def test_what_is_met_already_needs_no_change() -> None:
    asked = opening(needed=(Needed(0, 1.0, must=True), Needed(1, 4.0)), required=(Required(1, 2),))
    assert repairs(roster_of(ANA), asked, 0, ["capability", "language"]) == []


def test_a_decision_is_not_a_lack_that_a_change_could_mend() -> None:
    assert repairs(roster_of(ANA), opening(), 0, ["capacity", "consent"]) is None


def test_every_change_an_opening_could_notice_is_named_the_smallest_first() -> None:
    asked = opening(gaps=(Gap(0, level=1.0, target=3.0), Gap(1, level=3.0, target=3.0)), tongues=frozenset({1}))
    found = changes(roster_of(Person("a", levels={0: 3.2}, ranks={1: 4})), asked, 0)
    assert found == [LevelChange(0, 3.2, 3.5), Tongue(1, 4, 5), FREED, LevelChange(0, 3.2, 4.0), Tongue(1, 4, 6)]


def test_one_more_change_goes_on_from_that_of_the_same_capability_or_language() -> None:
    needed = [LevelChange(0, 1.0, 3.0), Tongue(1, 2, 4), FREED]
    assert joined(needed, LevelChange(0, 3.0, 3.5)) == [LevelChange(0, 1.0, 3.5), Tongue(1, 2, 4), FREED]
    assert joined(needed, Tongue(1, 4, 5)) == [LevelChange(0, 1.0, 3.0), Tongue(1, 2, 5), FREED]
    assert joined(needed, LevelChange(2, 0.0, 0.5)) == [*needed, LevelChange(2, 0.0, 0.5)]
    assert joined([], Tongue(1, 2, 3)) == [Tongue(1, 2, 3)]
