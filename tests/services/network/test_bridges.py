"""Bridges from a programme in Fiji, which is past the gap, to the one in Togo."""

from datetime import date

import pytest

from graph.connection import Graph
from graph.domain.engagements import EngagementStatus
from graph.domain.programmes import Rating
from graph.domain.records import Record
from graph.errors import InvalidValue
from graph.services.imports.ingest import ingest
from graph.services.network.bridges import BridgeQuery, Bridges, find_bridges
from tests.conftest import MEMBER, OFFICER
from tests.factories import (
    a_small_world,
    assessment,
    capability,
    country,
    day,
    institution,
    programme,
    region,
    secondment,
)

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
    return find_bridges(graph, OFFICER, BridgeQuery(10, ON))


def test_who_is_past_the_gap_is_a_bridge_for_who_has_it(graph: Graph) -> None:
    (bridge,) = found(graph, *fiji()).bridges

    assert (bridge.giver.programme, bridge.receiver.programme) == ("fiji", "togo-cert")
    assert [(gap.id, gap.level, gap.target, gap.giver) for gap in bridge.gaps] == [("area-forensics", 1, 3, 3)]
    assert bridge.gain.newly == 1
    assert find_bridges(graph, OFFICER, BridgeQuery(1, ON)).pairs == 1


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
    assert found(graph, *fiji(), *by_way_of_ghana("area-forensics", "nice-analyst")).bridges == ()


def by_way_of_ghana(*about: str) -> list[Record]:
    """From Fiji to Ghana until June 2022, and on from there to Togo until June 2023, each about one of two things."""
    first = {"home": "cert-fj", "host": "cert-gh", "start": day("2022"), "end": day("2022-06-30")}
    second = {"home": "cert-gh", "host": "cert-tg", "start": day("2023"), "end": day("2023-06-30")}
    both = zip((first, second), about, strict=True)
    return [secondment(expert="ama", capabilities=(what,), **going) for going, what in both]


@pytest.mark.parametrize("about", [("area-forensics", "area-exercises"), ("area-exercises", "area-forensics")])
def test_a_path_about_something_else_silences_no_bridge(graph: Graph, about: tuple[str, str]) -> None:
    exercises = capability(id="area-exercises", name="Exercises", code="exercises")
    (bridge,) = found(graph, exercises, *fiji(), *by_way_of_ghana(*about)).bridges

    assert [gap.id for gap in bridge.gaps] == ["area-forensics"]


def test_one_old_tie_does_not_silence_a_bridge(graph: Graph) -> None:
    going = {"home": "cert-fj", "host": "cert-tg", "start": day("2020"), "end": day("2020-12-31")}
    ingest(graph, "tests", [*a_small_world(), *fiji()])
    ingest(graph, "tests", [secondment(expert="ama", capabilities=("area-forensics",), **going)])

    def pairs(on: date, horizon: int = 5) -> int:
        return find_bridges(graph, OFFICER, BridgeQuery(10, on, horizon)).pairs

    assert [pairs(date(2025, 12, 31)), pairs(date(2026, 1, 1))] == [0, 1]
    assert [pairs(ON, 6), pairs(ON, 5)] == [0, 1]
    assert [pairs(date(2024, 2, 29), 4), pairs(date(2024, 2, 29), 3)] == [0, 1]


def test_only_gaps_in_what_is_asked_about_are_bridged(graph: Graph) -> None:
    ingest(graph, "tests", [*a_small_world(), *fiji(), capability(id="area-exercises", name="Exercises", code="e")])

    def pairs(about: str) -> int:
        return find_bridges(graph, OFFICER, BridgeQuery(10, ON, about=about)).pairs

    assert [pairs("area-forensics"), pairs("nice-analyst"), pairs("Exercises"), pairs("any")] == [1, 1, 0, 1]
    with pytest.raises(InvalidValue, match="is no capability"):
        pairs("nothing")


def test_newly_reached_counts_know_how_of_the_gap_alone(graph: Graph) -> None:
    given = {"home": "cert-gh", "host": "cert-fj", "start": day("2015"), "end": day("2015-06-30")}
    (bridge,) = found(graph, *fiji(), secondment(expert="ama", **given)).bridges
    assert [gap.newly for gap in bridge.gaps] == [1]

    given = {"home": "academy", "host": "cert-fj", "start": day("2015"), "end": day("2015-06-30")}
    (bridge,) = found(graph, secondment(expert="ama", capabilities=("nice-analyst",), **given)).bridges
    assert [gap.newly for gap in bridge.gaps] == [bridge.gain.newly] == [2]


@pytest.mark.parametrize("horizon", [0, 61])
def test_a_horizon_is_a_number_of_years(horizon: int) -> None:
    with pytest.raises(InvalidValue, match="give 1 to 60"):
        BridgeQuery(10, ON, horizon)


def test_a_programme_one_may_not_see_is_in_no_pair(graph: Graph) -> None:
    assert found(graph, *fiji(tlp="AMBER")).pairs == 1
    assert find_bridges(graph, MEMBER, BridgeQuery(10, ON)).pairs == 0


def test_a_list_of_none_is_refused_and_an_empty_graph_has_none(graph: Graph) -> None:
    assert find_bridges(graph, OFFICER, BridgeQuery(5, ON)).bridges == ()
    with pytest.raises(InvalidValue, match="give 1 or more"):
        find_bridges(graph, OFFICER, BridgeQuery(0, ON))


def test_what_is_planned_needs_no_bridge(graph: Graph) -> None:
    going = {"home": "cert-fj", "host": "cert-tg", "start": day("2027"), "end": day("2027-06")}

    about = {"capabilities": ("area-forensics",), "status": EngagementStatus.PLANNED}
    assert found(graph, *fiji(), secondment(expert="ama", **about, **going)).bridges == ()
