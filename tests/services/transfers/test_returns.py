"""Scholarships count for home from the return of the scholar, and only then."""

from datetime import date

import pytest

from graph.connection import Graph
from graph.domain.dates import PartialDate
from graph.domain.engagements import EngagementStatus, ScholarReturn, Scholarship
from graph.domain.organisations import Institution
from graph.errors import InvalidValue
from graph.evolution.log.windows import date_of
from graph.services.imports.ingest import ingest
from graph.services.network.evolution import EvolutionQuery, trace_evolution
from graph.services.network.paths import trace_path
from graph.services.transfers.actors import Level
from graph.services.transfers.filters import WITH_PLANNED
from graph.services.transfers.followed import LogQuery, read_followed
from graph.services.transfers.log import TransferLog, read_log
from graph.services.transfers.transfers import Left, Transfers, between_institutions
from tests.conftest import OFFICER
from tests.factories import TODAY, country, day, expert, institution, region, scholarship, secondment

YES, NO, NOT_KNOWN = ScholarReturn.YES, ScholarReturn.NO, ScholarReturn.NOT_KNOWN
Given = str | EngagementStatus | ScholarReturn | None


def studies(id_: str = "studies", **given: Given) -> Scholarship:
    """Ama of "home" studies at "place" from 2015 to September 2017 where nothing else is said."""
    dates = {name: day(str(given.pop(name))) for name in ("start", "end", "returned_on") if given.get(name)}
    stated = {"start": day("2015-10-01"), "end": day("2017-09-30"), **dates, **given}
    return scholarship(id=id_, scholar="ama", place="place", home="home", **stated)


def told(graph: Graph, *scholarships: Scholarship) -> Transfers:
    ingest(graph, "tests", [region(), country(), *map(place, ("place", "home")), expert(id="ama"), *scholarships])
    return between_institutions(graph, OFFICER)


def place(id_: str) -> Institution:
    return institution(id=id_, name=id_)


def days(transfers: Transfers) -> list[tuple[date, date]]:
    """The first and the last day of each."""
    return [(date_of(each.start), date_of(each.end - 1)) for each in transfers.found]


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ({"returned_on": "2018-01-15"}, date(2018, 1, 15), date(2018, 1, 15)),
        ({"returned_on": "2018"}, date(2018, 1, 1), date(2018, 12, 31)),
        ({}, date(2017, 9, 30), date(2017, 9, 30)),
        ({"end": "2017"}, date(2017, 1, 1), date(2017, 12, 31)),
        ({"start": "2015-10", "end": None}, date(2015, 10, 1), date(2015, 10, 31)),
        ({"end": None, "start": "2015-10", "status": EngagementStatus.ACTIVE}, date(2015, 10, 1), date(2015, 10, 31)),
    ],
)
def test_a_scholarship_counts_from_the_return_else_from_its_end(
    graph: Graph, given: dict[str, Given], first: date, last: date
) -> None:
    assert days(told(graph, studies(returned=YES, **given))) == [(first, last)]


def test_who_did_not_return_or_is_not_known_to_have_is_left_out_and_counted(graph: Graph) -> None:
    found = told(
        graph,
        studies("stayed", returned=NO),
        studies("stays", returned=NO, status=EngagementStatus.ACTIVE, end="2030"),
        studies("silent", returned=NOT_KNOWN),
    )

    assert found == Transfers((), {Left.NO_RETURN: 2, Left.RETURN_NOT_KNOWN: 1})


def test_a_scholar_who_is_still_away_is_on_the_way_home(graph: Graph) -> None:
    found = told(
        graph,
        studies("runs", returned=NOT_KNOWN, status=EngagementStatus.ACTIVE, start="2026-01-01", end="2027-06"),
        studies("planned", returned=NOT_KNOWN, status=EngagementStatus.PLANNED, start="2027-01-01", end="2028-06-30"),
        studies("late", returned=NOT_KNOWN, status=EngagementStatus.ACTIVE, end="2026-06-30"),
    )

    assert [each.planned for each in found.found] == [True, True, True]
    assert read(graph).left_out == {Left.PLANNED: 3}
    ahead = read_log(graph, OFFICER, Level.INSTITUTION, TODAY, WITH_PLANNED)
    assert ahead.log.planned.tolist() == [True, True, True]
    assert [date_of(int(start)) for start in ahead.log.start] == [
        date(2026, 6, 30),
        date(2027, 6, 1),
        date(2028, 6, 30),
    ]


def read(graph: Graph) -> TransferLog:
    return read_log(graph, OFFICER, Level.INSTITUTION, TODAY)


def test_no_window_before_the_return_has_the_scholarship(graph: Graph) -> None:
    told(graph, studies(returned=YES, returned_on="2018-01-15"))

    windows = trace_evolution(graph, OFFICER, EvolutionQuery(Level.INSTITUTION, 2015, 2019, today=TODAY)).windows
    assert [window.contacts for window in windows] == [0, 0, 0, 1, 0]


def test_a_scholar_brings_home_what_the_place_had_when_the_studies_began(graph: Graph) -> None:
    days = between("2016", "2017-01")
    records = [place("far"), secondment(id="late", expert="ama", home="far", host="place", **days)]
    told(graph, studies(returned=YES, returned_on="2018-01-15"))
    ingest(graph, "tests", records)

    followed = read_followed(graph, OFFICER, LogQuery(Level.INSTITUTION, TODAY))
    brought = trace_path(followed, "place", "home", TODAY)
    assert (brought.departure, brought.arrival) == (date(2015, 10, 1), date(2018, 1, 15))
    assert trace_path(followed, "far", "home", TODAY).arrival is None


def between(start: str, end: str) -> dict[str, PartialDate | None]:
    return {"start": day(start), "end": day(end)}


def test_a_day_of_return_needs_a_return_and_lies_after_the_start() -> None:
    for given in ({"returned": NO}, {"returned": NOT_KNOWN}, {"returned": YES, "start": "2018-02-01", "end": "2019"}):
        with pytest.raises(InvalidValue, match="returned_on"):
            studies(returned_on="2018-01-15", **given)
