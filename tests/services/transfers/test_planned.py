"""What has happened and what is only planned are apart, on both engines."""

from datetime import date, timedelta

import pytest

from graph.connection import Graph
from graph.domain.engagements import EngagementStatus
from graph.errors import InvalidValue
from graph.evolution.log.windows import day_of, window_of
from graph.services.imports.ingest import ingest
from graph.services.network.compare import ComparisonQuery, compare_windows
from graph.services.network.evolution import EvolutionQuery, trace_evolution
from graph.services.network.flows import trace_flows
from graph.services.network.lineage import LineageQuery, trace_lineage
from graph.services.network.window_ties import ties_in
from graph.services.transfers.actors import Level
from graph.services.transfers.filters import ALL, WITH_PLANNED, TransferFilter
from graph.services.transfers.log import TransferLog, read_log
from graph.services.transfers.transfers import Left
from tests.conftest import OFFICER
from tests.factories import TODAY, a_small_world, day, mentorship, secondment

TOMORROW = TODAY + timedelta(days=1)
STAY = {"expert": "ama", "home": "cert-gh", "host": "cert-tg"}


@pytest.fixture
def world(graph: Graph) -> Graph:
    """The small world with a stay that goes on, one that begins tomorrow, and one that was to begin in spring."""
    more = [
        secondment(id="runs", start=day("2026-02"), end=day("2027-06"), status=EngagementStatus.ACTIVE, **STAY),
        secondment(id="tomorrow", start=day(TOMORROW.isoformat()), end=day("2027"), **STAY),
        secondment(id="overdue", start=day("2026-04"), end=day("2026-08"), status=EngagementStatus.PLANNED, **STAY),
    ]
    ingest(graph, "tests", [*a_small_world(), *more])
    return graph


def read(graph: Graph, chosen: TransferFilter = ALL, today: date = TODAY) -> TransferLog:
    return read_log(graph, OFFICER, Level.INSTITUTION, today, chosen)


def names(log: TransferLog) -> set[str]:
    return {each.engagement for each in log.transfers if each.engagement in {"runs", "tomorrow", "overdue"}}


def test_what_is_only_planned_or_begins_after_today_is_left_out_and_counted(world: Graph) -> None:
    found = read(world)

    assert names(found) == {"runs"}
    assert found.left_out[Left.PLANNED] == 2
    assert not found.log.planned.any()


def test_what_is_planned_comes_where_it_is_asked_for_and_is_marked(world: Graph) -> None:
    found = read(world, WITH_PLANNED)

    assert names(found) == {"runs", "tomorrow", "overdue"}
    assert {found.transfers[row].engagement for row in found.log.origin[found.log.planned]} == {"tomorrow", "overdue"}
    assert Left.PLANNED not in found.left_out


def test_with_the_day_what_began_counts_and_what_is_still_planned_does_not(world: Graph) -> None:
    assert names(read(world)) == {"runs"}
    assert names(read(world, today=TOMORROW)) == {"runs", "tomorrow"}
    assert names(read(world)) == {"runs"}


def test_a_tie_is_planned_where_none_of_its_contacts_has_begun(world: Graph) -> None:
    log = read(world, TransferFilter(channel=("Secondment",), planned=("yes",))).log

    (running,) = ties_in(log, window_of("2026"))
    assert running.contacts == 3
    assert not running.planned
    (ahead,) = ties_in(log.where(log.planned), window_of("2026"))
    assert ahead.contacts == 2
    assert ahead.planned


def test_steps_that_begin_after_today_are_windows_only_where_what_is_planned_is_asked_for() -> None:
    months = EvolutionQuery(Level.INSTITUTION, 2026, 2027, "month", today=date(2026, 11, 1))

    assert str(months.windows()[-1]) == "2026-11"
    planned = EvolutionQuery(Level.INSTITUTION, 2026, 2027, "month", transfer_filter=WITH_PLANNED, today=TODAY)
    assert str(planned.windows()[-1]) == "2027-12"
    with pytest.raises(InvalidValue, match="lies ahead"):
        EvolutionQuery(Level.INSTITUTION, 2027, 2028, today=TODAY).windows()
    back = EvolutionQuery(Level.INSTITUTION, 2026, 2027, "year", "3y", today=TODAY)
    assert [str(window) for window in back.windows()] == ["2024-01-01 to 2026-12-31"]


def test_a_window_holds_what_is_planned_only_where_it_is_asked_for(world: Graph) -> None:
    def contacts(chosen: TransferFilter) -> list[int]:
        asked = EvolutionQuery(Level.INSTITUTION, 2026, 2027, transfer_filter=chosen, today=TODAY)
        return [found.contacts for found in trace_evolution(world, OFFICER, asked).windows]

    here = ("Secondment",)
    assert contacts(TransferFilter(channel=here)) == [1]
    assert contacts(TransferFilter(channel=here, planned=("yes",))) == [3, 2]


def test_a_comparison_with_what_lies_ahead_says_so_unless_what_is_planned_is_asked_for(world: Graph) -> None:
    then, now = window_of("2026"), window_of("2027")

    with pytest.raises(InvalidValue, match="lies ahead"):
        ComparisonQuery(then, now, today=TODAY)
    planned = TransferFilter(channel=("Secondment",), planned=("yes",))
    asked = ComparisonQuery(then, now, transfer_filter=planned, today=TODAY)
    assert compare_windows(world, OFFICER, asked).measures[1].contacts == 2


def test_flows_of_the_running_year_close_with_today(world: Graph) -> None:
    stays = TransferFilter(channel=("Secondment",))
    found = trace_flows(world, OFFICER, EvolutionQuery(Level.COUNTRY, 2026, 2026, transfer_filter=stays, today=TODAY))

    (flow,) = found.flows
    assert (flow.counted, flow.lasting) == (1, 1)
    assert found.window.last_exclusive == day_of(TOMORROW)
    assert found.course[-1][0] == 2026
    planned = TransferFilter(channel=("Secondment",), planned=("yes",))
    asked = EvolutionQuery(Level.COUNTRY, 2026, 2026, transfer_filter=planned, today=TODAY)
    assert trace_flows(world, OFFICER, asked).course[-1] == (2027, 2)


def test_the_lineage_of_what_never_began_is_empty_until_asked_for(world: Graph) -> None:
    helps = {"mentor": "ama", "mentee": "ben", "start": day("2026-04"), "end": day("2026-08")}
    ingest(world, "tests", [mentorship(id="never", status=EngagementStatus.PLANNED, **helps)])

    found = trace_lineage(world, OFFICER, LineageQuery("never", TODAY, TODAY))
    assert found.reached == 0
    assert found.unfinished
    assert trace_lineage(world, OFFICER, LineageQuery("never", TODAY, TODAY, WITH_PLANNED)).reached == 1


@pytest.mark.parametrize("text", ["planned=no", "planned=2027"])
def test_the_switch_is_on_or_absent(text: str) -> None:
    assert TransferFilter.from_texts(["planned=1"]) == TransferFilter.from_texts(["planned=Yes"]) == WITH_PLANNED
    with pytest.raises(InvalidValue, match="planned"):
        TransferFilter.from_texts([text])
