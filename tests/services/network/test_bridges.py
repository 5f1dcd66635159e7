"""Bridges from a programme in Fiji, which is past the gap, to the one in Togo."""

from datetime import date

import pytest

from graph.connection import Graph
from graph.domain.engagements import EngagementStatus
from graph.domain.programmes import Rating
from graph.domain.records import Record
from graph.errors import InvalidValue
from graph.services.imports.ingest import ingest
from graph.services.network.bridges import Bridges, find_bridges
from tests.conftest import MEMBER, OFFICER
from tests.factories import a_small_world, assessment, country, day, institution, programme, region, secondment

ON = date(2026, 6, 1)


def fiji(level: float = 3, tlp: str = "GREEN") -> list[Record]:
    ratings = (Rating(target="area-forensics", level=level, target_level=4),)
    return [
        region(id="m49-054", name="Melanesia", code="054"),
        country(id="fj", name="Fiji", code="FJ", region="m49-054"),
        institution(id="cert-fj", name="Fiji team", country="fj"),
        programme(id="fiji", name="Fiji build-up", owner="cert-fj", country="fj", tlp=tlp),
        assessment(id="fiji-2026", programme="fiji", ratings=ratings),
    ]


def found(graph: Graph, *records: Record) -> Bridges:
    assert not ingest(graph, "tests", [*a_small_world(), *records]).warnings
    return find_bridges(graph, OFFICER, 10, ON)


def test_who_is_past_the_gap_is_a_bridge_for_who_has_it(graph: Graph) -> None:
    (bridge,) = found(graph, *fiji()).bridges

    assert (bridge.giver.programme, bridge.receiver.programme) == ("fiji", "togo-cert")
    assert [(gap.id, gap.level, gap.target, gap.giver) for gap in bridge.gaps] == [("area-forensics", 1, 3, 3)]
    assert bridge.gain.newly == 1
    assert find_bridges(graph, OFFICER, 1, ON).pairs == 1


def test_equal_gains_come_by_the_width_of_their_gaps_and_then_by_id(fresh: Graph) -> None:
    wide = Rating(target="area-forensics", level=0, target_level=3)
    again = [programme(id=id_, name=id_, owner="cert-fj", country="fj") for id_ in ("samoa", "fiji-2")]
    past = [assessment(programme=id_, ratings=fiji()[4].ratings) for id_ in ("samoa", "fiji-2")]
    ghana = programme(id="volta-cert", name="Ghana", owner="cert-gh", country="gh")
    poor = assessment(programme="volta-cert", ratings=(wide,))

    bridges = found(fresh, *fiji(), *again, *past, ghana, poor).bridges

    assert [(bridge.receiver.programme, bridge.giver.programme) for bridge in bridges] == [
        ("volta-cert", "fiji"),
        ("volta-cert", "fiji-2"),
        ("volta-cert", "samoa"),
        ("togo-cert", "fiji"),
        ("togo-cert", "fiji-2"),
        ("togo-cert", "samoa"),
    ]
    assert {bridge.gain.newly for bridge in bridges} == {1}


def test_who_is_below_the_target_or_in_the_same_region_is_none(graph: Graph) -> None:
    assert found(graph, *fiji(level=2)).bridges == ()
    moved = country(id="fj", name="Fiji", code="FJ")
    assert found(graph, *fiji(level=3)[2:], moved).bridges == ()


def test_a_short_path_needs_no_bridge(graph: Graph) -> None:
    going = {"home": "cert-fj", "host": "cert-gh", "start": day("2021"), "end": day("2021-06")}
    tied = secondment(expert="ama", status=EngagementStatus.COMPLETED, **going)

    # By way of Ghana, whose secondment to Togo began in 2022.
    assert found(graph, *fiji(), tied).bridges == ()


def test_a_programme_one_may_not_see_is_in_no_pair(graph: Graph) -> None:
    assert found(graph, *fiji(tlp="AMBER")).pairs == 1
    assert find_bridges(graph, MEMBER, 10, ON).pairs == 0


def test_a_list_of_none_is_refused_and_an_empty_graph_has_none(graph: Graph) -> None:
    assert find_bridges(graph, OFFICER, 5, ON).bridges == ()
    with pytest.raises(InvalidValue, match="give 1 or more"):
        find_bridges(graph, OFFICER, 0, ON)


def test_what_is_planned_needs_no_bridge(graph: Graph) -> None:
    going = {"home": "cert-fj", "host": "cert-tg", "start": day("2027"), "end": day("2027-06")}

    assert found(graph, *fiji(), secondment(expert="ama", status=EngagementStatus.PLANNED, **going)).bridges == ()
