"""Why an institution may pass on what it learned: somebody stayed, it is one unit, or it is assumed."""

from datetime import date

import pytest

from graph.connection import Graph
from graph.domain.organisations import InstitutionKind
from graph.domain.people import WorksAt
from graph.domain.records import Record
from graph.services.imports.ingest import ingest
from graph.services.network.paths import trace_path, whom_it_reached
from graph.services.network.steps import Basis
from graph.services.transfers.actors import Level
from graph.services.transfers.followed import LogQuery, read_followed
from tests.conftest import OFFICER
from tests.factories import (
    TODAY,
    country,
    day,
    expert,
    institution,
    mentorship,
    region,
    scholarship,
    secondment,
    training,
)
from webapp.presenters.network.paths import assumed, assumed_of

UNIVERSITY, CSIRT = (InstitutionKind.UNIVERSITY,), (InstitutionKind.CSIRT,)


def world(until: str = "", **middle: object) -> list[Record]:
    """Ben works in the middle until a day, Ama at the first place; Ama goes on from the middle to the last in 2021."""
    post = WorksAt(target="middle", start=day("2018"), end=day(until) if until else None)
    return [
        region(),
        country(),
        institution(id="first", name="First", kinds=UNIVERSITY),
        institution(id="whole", name="Whole", kinds=UNIVERSITY),
        institution(**{"id": "middle", "name": "Middle", "kinds": UNIVERSITY, **middle}),
        institution(id="last", name="Last", kinds=UNIVERSITY),
        expert(id="ben", posts=(post,)),
        expert(id="ama", posts=(WorksAt(target="first"),)),
        secondment(id="on", expert="ama", home="middle", host="last", start=day("2021-05-03"), end=day("2021-06-30")),
    ]


def course() -> Record:
    dates = {"start": day("2019-03-04"), "end": day("2019-03-08")}
    return training(id="course", organiser="first", attendees=("ben",), **dates)


def basis(graph: Graph, *records: Record, level: Level = Level.INSTITUTION) -> Basis | None:
    """The basis of the second of two ties."""
    ingest(graph, "tests", records)
    found = trace_path(read_followed(graph, OFFICER, LogQuery(level, TODAY)), "First", "Last", TODAY)
    assert found.earliest[0].basis is None
    return found.earliest[1].basis


@pytest.mark.parametrize(
    ("until", "expected"),
    [("", Basis.STAYED), ("2021-05-03", Basis.STAYED), ("2021-05-02", Basis.ASSUMED), ("2019-03-08", Basis.ASSUMED)],
)
def test_somebody_who_learned_may_have_stayed(graph: Graph, until: str, expected: Basis) -> None:
    assert basis(graph, *world(until), course()) is expected


def test_a_unit_keeps_what_it_learned(graph: Graph) -> None:
    assert basis(graph, *world("2020", kinds=CSIRT), course()) is Basis.UNIT
    assert basis(graph, *world("2020", parents=("whole",)), course()) is Basis.UNIT
    part = institution(id="part", name="Part", parents=("middle",))
    assert basis(graph, *world("2020", kinds=CSIRT), part, course()) is Basis.ASSUMED


def test_of_a_host_nobody_is_named_who_learned(graph: Graph) -> None:
    taught = secondment(expert="ama", home="first", host="middle", start=day("2019"), end=day("2019"))
    assert basis(graph, *world(), taught) is Basis.ASSUMED


def test_another_post_at_the_same_place_is_no_break_and_a_gap_is(graph: Graph) -> None:
    for again, expected in (("2020-07-01", Basis.STAYED), ("2020-07-02", Basis.ASSUMED)):
        first = WorksAt(target="middle", role="analyst", start=day("2018"), end=day("2020-06-30"))
        then = WorksAt(target="middle", role="head", start=day(again))
        records = [each for each in world() if each.id != "ben"]
        assert basis(graph, *records, expert(id="ben", posts=(first, then)), course()) is expected


@pytest.mark.parametrize("kind", ["mentee", "scholar", "learning secondee"])
def test_a_mentee_a_scholar_and_who_was_seconded_to_learn_carry_it_too(graph: Graph, kind: str) -> None:
    dates = {"start": day("2019"), "end": day("2020")}
    learned = {
        "mentee": mentorship(mentor="ama", mentee="ben", **dates),
        "scholar": scholarship(scholar="ben", place="first", home="middle", **dates),
        "learning secondee": secondment(expert="ben", home="middle", host="first", direction="learns", **dates),
    }
    assert basis(graph, *world(), learned[kind]) is Basis.STAYED


def test_what_is_assumed_is_said_in_a_sentence(graph: Graph) -> None:
    ingest(graph, "tests", [*world("2020"), course()])
    read = read_followed(graph, OFFICER, LogQuery(Level.INSTITUTION, TODAY))

    assert assumed(trace_path(read, "first", "last", TODAY)) == (
        "It is assumed that somebody who had learned stayed at Middle from 8 Mar 2019 to 3 May 2021; no record says so."
    )
    reached = whom_it_reached(read, "first", TODAY)
    assert [(one.actor.id, one.ties, one.assumed) for one in reached.reached] == [("middle", 1, 0), ("last", 2, 1)]
    assert assumed_of(reached, Level.INSTITUTION).startswith("1 of 2 assume that somebody who had learned")


def test_nothing_is_assumed_of_what_records_show(graph: Graph) -> None:
    ingest(graph, "tests", [*world(), course()])
    read = read_followed(graph, OFFICER, LogQuery(Level.INSTITUTION, TODAY))

    assert assumed(trace_path(read, "first", "last", TODAY)) == ""
    assert assumed_of(whom_it_reached(read, "first", TODAY), Level.INSTITUTION) == ""
    assert assumed(trace_path(read, "first", "middle", date(2019, 3, 8))) == ""
