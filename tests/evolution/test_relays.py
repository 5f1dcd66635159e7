"""Which legs end with nobody to take over, each rule by hand."""

import doctest

from graph.evolution.log.ties import OPEN
from graph.evolution.what_if import relays
from graph.evolution.what_if.relays import (
    ANY,
    Locals,
    RelayLeg,
    Taught,
    drops,
)

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


def test_a_local_who_holds_it_or_learned_it_meanwhile_takes_over() -> None:
    ends = leg("ends", 50, 100, "watch")
    carried = ("reef", "watch")

    assert dropped(ends, local=Locals(frozenset({carried}), {})) == []
    assert dropped(ends, local=Locals(frozenset(), {carried: [Taught("course", 100)]})) == []
    for taught in (Taught("course", 101), Taught("course", 50), Taught("ends", 100)):
        assert dropped(ends, local=Locals(frozenset(), {carried: [taught]})) == [("ends", ("watch",))]
