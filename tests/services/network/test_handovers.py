"""Relays of the small world, with one mentorship that runs out in Togo."""

from datetime import date
from typing import Any

import pytest

from graph.connection import Graph
from graph.domain.engagements import EngagementStatus
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
    assert reason.startswith("no engagement follows on Digital forensics and nobody known at the owner holds it")
    assert (watch(graph, 3).ending, watch(graph, 3).relays) == (0, ())


def test_a_successor_that_overlaps_is_enough(graph: Graph) -> None:
    take_in(graph, running(), running(id="next", start=day("2026-09"), end=day("2028")))

    assert (watch(graph).ending, watch(graph).relays) == (1, ())


def test_a_local_at_the_target_is_enough_and_one_below_is_not(graph: Graph) -> None:
    for level, found in ((2, 1), (3, 0)):
        held = (HasCapability(target="area-forensics", level=level),)
        take_in(graph, running(), expert(id="local", posts=(WorksAt(target="cert-tg"),), capabilities=held))

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


def test_a_course_completed_meanwhile_makes_a_local(graph: Graph) -> None:
    course = {"organiser": "cert-gh", "attendees": ("ben",), "capabilities": ("area-forensics",)}
    take_in(graph, running(), training(id="new", start=day("2026-01"), end=day("2026-02"), **course))

    assert watch(graph).relays == ()


def test_somebody_else_who_can_is_a_candidate_and_who_leaves_is_not(graph: Graph) -> None:
    held = (HasCapability(target="area-forensics", level=4),)
    take_in(
        graph,
        running(),
        expert(id="eve", name="Eve", capabilities=held),
        availability(id="eve-2026", expert="eve", start=day("2026-09"), end=day("2027-12")),
        availability(id="ama-2026", expert="ama", start=day("2026-09"), end=day("2027-12")),
    )

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
