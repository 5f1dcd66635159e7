"""Relays of the small world, with one mentorship that runs out in Togo."""

from datetime import date
from typing import Any

import pytest

from graph.connection import Graph
from graph.domain.engagements import EngagementStatus, TrainingKind
from graph.domain.people import HasCapability, WorksAt
from graph.domain.records import Record
from graph.errors import InvalidValue
from graph.services.imports.ingest import ingest
from graph.services.network.handovers import HandoverQuery, Watch, watch_relays
from tests.conftest import MEMBER, OFFICER
from tests.factories import a_small_world, availability, capability, day, expert, mentorship, training

ON = date(2026, 6, 1)


def take_in(graph: Graph, *records: Record) -> None:
    assert not ingest(graph, "tests", [*a_small_world(), *records]).warnings


def running(**given: Any) -> Record:
    """Ama mentors Ben for the programme until the end of September 2026."""
    about = {"programme": "togo-cert", "capabilities": ("area-forensics",), "status": EngagementStatus.ACTIVE}
    spans = {"id": "running", "mentor": "ama", "mentee": "ben", "start": day("2025"), "end": day("2026-09-30")}
    return mentorship(**{**spans, **about, **given})


def watch(graph: Graph, months: int = 6, candidates: int = 0) -> Watch:
    return watch_relays(graph, OFFICER, HandoverQuery(ON, months, candidates))


def test_a_mentorship_that_ends_with_nobody_to_follow_is_seen_in_time(graph: Graph) -> None:
    take_in(graph, running())

    (relay,) = watch(graph).relays
    assert (relay.engagement, relay.end, relay.carrier_name) == ("running", "2026-09-30", "Ama Owusu")
    assert [(drop.id, drop.level, drop.target) for drop in relay.dropped] == [("area-forensics", 1, 3)]
    (reason,) = relay.reasons
    assert reason == (
        "no engagement follows on Digital forensics and nobody at the owner is known to hold it at level 2, one short "
        "of the target, or has practised it twice of late; Ben Adjovi is learning it here now: on the way"
    )
    assert (watch(graph, 3).ending, watch(graph, 3).relays) == (0, ())


def test_a_successor_that_overlaps_is_enough(graph: Graph) -> None:
    take_in(graph, running(), running(id="next", start=day("2026-09"), end=day("2028")))

    assert (watch(graph).ending, watch(graph).relays) == (1, ())


def at_level(level: float, what: str = "area-forensics", confirmed: str = "2026-01") -> tuple[HasCapability, ...]:
    return (HasCapability(target=what, level=level, evidence="Runs the laboratory.", confirmed_on=day(confirmed)),)


def test_a_local_one_short_of_the_target_has_taken_over_and_two_short_has_not(graph: Graph) -> None:
    for level, found in ((1.9, 1), (2, 0)):
        take_in(graph, running(), expert(id="local", posts=(WorksAt(target="cert-tg"),), capabilities=at_level(level)))

        assert len(watch(graph).relays) == found


def test_a_level_counts_as_matching_counts_it(graph: Graph) -> None:
    """What was confirmed long ago fades, what nothing shows counts less, and a narrow skill only by its share."""
    unshown = (HasCapability(target="area-forensics", level=2.5, confirmed_on=day("2026-01")),)
    shown_above = (HasCapability(target="area-forensics", level=2.7, confirmed_on=day("2026-01")),)
    cases = (
        (at_level(3, confirmed="2020-01"), 1),  # 3 * 0.5
        (unshown, 1),  # 2.5 * 0.75 = 1.875
        (shown_above, 0),  # 2.7 * 0.75 = 2.025
        (at_level(4, "nice-analyst"), 1),  # a third of the area
    )
    other = capability(id="nice-other", name="Other", code="O", framework="NICE", broader=("area-forensics",))
    for held, found in cases:
        local = expert(id="local", posts=(WorksAt(target="cert-tg"),), capabilities=held)
        take_in(graph, other, capability(id="nice-third", broader=("area-forensics",)), running(), local)
        assert len(watch(graph).relays) == found


def test_a_local_who_left_or_is_hidden_does_not_count(graph: Graph) -> None:
    held = (HasCapability(target="area-forensics", level=4),)
    left, here = WorksAt(target="cert-tg", end=day("2026-05")), WorksAt(target="cert-tg")
    take_in(
        graph,
        running(),
        expert(id="left", posts=(left,), capabilities=held),
        expert(id="hidden", posts=(here,), capabilities=held, consents=frozenset()),
    )

    assert len(watch(graph).relays) == 1


def test_one_course_is_not_enough_and_practice_twice_is(graph: Graph) -> None:
    who = {"organiser": "cert-gh", "attendees": ("ben",), "capabilities": ("area-forensics",)}
    drill = {"kind": TrainingKind.EXERCISE, **who}
    courses = [training(id=f"course-{each}", start=day(each), end=day(each), **who) for each in ("2025-02", "2026-02")]
    take_in(graph, running(), *courses, training(id="first", start=day("2025-05"), end=day("2025-05"), **drill))
    assert len(watch(graph).relays) == 1

    take_in(graph, training(id="second", start=day("2026-03"), end=day("2026-03"), **drill))
    assert watch(graph).relays == ()


def test_who_learns_here_now_is_on_the_way_and_named(graph: Graph) -> None:
    def names(**given: Any) -> list[str]:
        take_in(graph, running(**given))
        (relay,) = watch(graph).relays
        assert relay.on_the_way is bool(relay.dropped[0].on_the_way)
        return [each.name for each in relay.dropped[0].on_the_way]

    assert names() == ["Ben Adjovi"]
    assert names(mentee="dede") == []
    assert names(status=EngagementStatus.COMPLETED) == []
    assert names(start=day("2026-06-02")) == []


def test_what_was_never_rated_needs_level_two(graph: Graph) -> None:
    law = capability(id="a-law", name="Law", code="law")
    for level, found in ((1.9, 1), (2, 0)):
        held = at_level(level, "a-law")
        local = expert(id="local", posts=(WorksAt(target="cert-tg"),), capabilities=held)
        take_in(graph, law, running(capabilities=("a-law",)), local)
        assert len(watch(graph).relays) == found


def test_what_was_never_rated_stands_below_what_was(graph: Graph) -> None:
    law = capability(id="a-law", name="Law", code="law")
    take_in(graph, law, running(capabilities=("a-law", "area-forensics")))

    (relay,) = watch(graph).relays
    assert [(each.name, each.target) for each in relay.dropped] == [("Digital forensics", 3), ("Law", None)]


def test_a_successor_closes_the_gap_that_is_left(graph: Graph) -> None:
    free = {"start": day("2026-09"), "end": day("2027-12")}
    levels = {"eve": at_level(3), "half": at_level(2.9), "faded": at_level(4, confirmed="2020-01")}
    people = [expert(id=id_, name=id_.title(), capabilities=held) for id_, held in levels.items()]
    time = [availability(id=f"{id_}-2026", expert=id_, **free) for id_ in (*levels, "ama")]
    take_in(graph, running(), *people, *time)

    (relay,) = watch(graph, candidates=3).relays
    assert [(found.expert, found.closes) for found in relay.candidates] == [("eve", ("Digital forensics",))]
    assert watch(graph).relays[0].candidates == ()


def test_a_name_is_for_those_who_may_see_it(graph: Graph) -> None:
    take_in(graph, running(mentor="cleo"), capability(id="unrated", name="Law", code="law"))

    (relay,) = watch_relays(graph, MEMBER, HandoverQuery(ON)).relays
    assert (relay.carrier, relay.carrier_name) == ("", "")


def test_months_are_counted_by_the_calendar() -> None:
    assert HandoverQuery(date(2026, 8, 31), 6).until == date(2027, 2, 28)
    assert HandoverQuery(date(2026, 6, 1), 7).until == date(2027, 1, 1)
    for months in (0, 61):
        with pytest.raises(InvalidValue, match="give 1 to 60"):
            _ = HandoverQuery(ON, months).until


def test_a_day_with_no_calendar_ahead_is_refused() -> None:
    assert HandoverQuery(date(9998, 6, 30), 5).until == date(9998, 11, 30)
    with pytest.raises(InvalidValue, match="leaves no 12 months to look ahead; give an earlier day"):
        _ = HandoverQuery(date(9998, 6, 30), 12).until


def test_an_empty_graph_has_no_relays(graph: Graph) -> None:
    assert watch(graph, candidates=3).relays == ()
