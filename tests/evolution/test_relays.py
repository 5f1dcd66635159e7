"""Which legs end with nobody to take over, each rule by hand."""

import doctest

from graph.evolution.log.ties import OPEN
from graph.evolution.what_if import relays
from graph.evolution.what_if.relays import (
    ANY,
    LATELY,
    Locals,
    Practice,
    RelayLeg,
    drops,
)
from graph.matching.people.ageing import HALF_LIFE

NOBODY = Locals(frozenset(), {})
FIRST, LAST = 90, 120


def leg(id_: str, start: int, end: int, *capabilities: str, programme: str = "reef") -> RelayLeg:
    return RelayLeg(id_, programme, start, end, frozenset(capabilities))


def dropped(*legs: RelayLeg, local: Locals = NOBODY) -> list[tuple[str, tuple[str, ...]]]:
    return [(drop.leg.id, drop.capabilities) for drop in drops(legs, FIRST, LAST, local)]


def test_the_example_of_the_module_holds() -> None:
    assert doctest.testmod(relays).failed == 0


def test_the_only_one_to_carry_a_capability_drops_it() -> None:
    assert dropped(leg("mentor", 0, 100, "watch")) == [("mentor", ("watch",))]


def test_only_what_ends_in_the_months_asked_for_counts_both_days_included() -> None:
    legs = [leg(str(end), 0, end, f"skill {end}") for end in (90, 91, 121, 122, OPEN)]

    assert [id_ for id_, _ in dropped(*legs)] == ["91", "121"]


def test_who_begins_by_the_day_after_and_lasts_longer_is_a_successor() -> None:
    ends = leg("ends", 0, 100, "watch")

    assert dropped(ends, leg("next", 100, OPEN, "watch")) == []
    assert dropped(ends, leg("late", 101, OPEN, "watch")) == [("ends", ("watch",))]
    assert dropped(ends, leg("beside", 0, 100, "watch")) == [("beside", ("watch",)), ("ends", ("watch",))]


def test_a_successor_elsewhere_or_on_something_else_is_none() -> None:
    ends = leg("ends", 0, 100, "watch")

    assert dropped(ends, leg("other", 50, OPEN, "laws")) == [("ends", ("watch",))]
    assert dropped(ends, leg("away", 50, OPEN, "watch", programme="faro")) == [("ends", ("watch",))]


def test_of_several_capabilities_only_those_left_behind_are_named() -> None:
    assert dropped(leg("ends", 0, 100, "watch", "laws"), leg("next", 50, OPEN, "laws")) == [("ends", ("watch",))]


def test_a_leg_about_nothing_is_followed_by_anything_in_its_programme() -> None:
    assert dropped(leg("ends", 0, 100)) == [("ends", (ANY,))]
    assert dropped(leg("ends", 0, 100), leg("next", 50, OPEN, "laws")) == []


def test_a_local_who_holds_it_takes_over() -> None:
    assert dropped(leg("ends", 50, 100, "watch"), local=Locals(frozenset({("reef", "watch")}), {})) == []


def test_one_course_is_not_enough_and_practice_of_the_same_person_twice_is() -> None:
    ends, carried = leg("ends", 50, 2000, "watch"), ("reef", "watch")

    def left(*practised: tuple[str, str, int]) -> bool:
        able = Locals(frozenset(), {carried: [Practice(*each) for each in practised]})
        return bool(drops([ends], 0, 3000, able))

    assert left(("ben", "first", 1900))
    assert not left(("ben", "first", 1900), ("ben", "second", 2000))
    assert left(("ben", "first", 1900), ("efua", "second", 2000))
    assert left(("ben", "first", 1900), ("ben", "first", 1900))
    assert left(("ben", "first", 1900), ("ben", "ends", 2000))
    assert left(("ben", "first", 1900), ("ben", "later", 2001))


def test_practice_counts_for_four_years() -> None:
    ends, carried = leg("ends", 50, 2000, "watch"), ("reef", "watch")
    for day, left in ((2000 - LATELY, 1), (2001 - LATELY, 0)):
        practised = [Practice("ben", "first", day), Practice("ben", "second", 2000)]
        assert len(drops([ends], 0, 3000, Locals(frozenset(), {carried: practised}))) == left
    assert LATELY == 2 * HALF_LIFE
