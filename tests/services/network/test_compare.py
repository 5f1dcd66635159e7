"""Two windows side by side, on both engines, and what the brief makes of them."""

import pytest

from graph.connection import Graph
from graph.domain.marks import PUBLIC
from graph.evolution.log.windows import window_of
from graph.services.imports.ingest import ingest
from graph.services.network.compare import (
    ComparisonQuery,
    EntryVerdict,
    WindowComparison,
    compare_windows,
)
from graph.services.transfers.actors import Level
from graph.services.transfers.filters import TransferFilter
from tests.conftest import OFFICER
from tests.factories import TODAY, Record, a_small_world, day, institution, secondment
from webapp.presenters.network.briefs import SENTENCES, brief


def compared(graph: Graph, then: str, now: str, level: Level = Level.INSTITUTION, *filters: str) -> WindowComparison:
    return compare_windows(
        graph,
        OFFICER,
        ComparisonQuery(window_of(then), window_of(now), level, TransferFilter.from_texts(filters), today=TODAY),
    )


def stays(number: int, recorded: str, year: str = "2019") -> list[Record]:
    """So many secondments from Ghana to as many offices of Togo, all of that year, all entered on that day."""
    offices = [institution(id=f"office-{place}", name=f"Office {place}", country="tg") for place in range(number)]
    return [
        *offices,
        *(
            secondment(
                id=f"stay-{place}",
                expert="ama",
                home="cert-gh",
                host=f"office-{place}",
                start=day(year),
                end=day(year),
                recorded_at=f"{recorded}T09:00:00Z",
            )
            for place in range(number)
        ),
    ]


def test_actors_ties_and_flows_are_told_apart(graph: Graph) -> None:
    ingest(graph, "tests", [*a_small_world(), *stays(3, "2019-06-01")])

    found = compared(graph, "2018", "2019", Level.INSTITUTION, "channel=secondment")

    assert [tie.receiver.name for tie in found.ties.gained] == ["Office 0", "Office 1", "Office 2"]
    assert (found.ties.kept, found.ties.lost) == ((), ())
    assert {actor.id for actor in found.actors.gained} >= {"cert-gh", "office-0"}
    assert (found.flows[0].total, found.flows[1].total) == (0, 3)
    assert found.entered.contacts == 3


@pytest.mark.parametrize(
    ("recorded", "verdict", "words"),
    [
        (
            "2019-06-01",
            EntryVerdict.CHANGE,
            "All 3 new contacts were recorded within a year of beginning: this is a real",
        ),
        (
            "2023-05-06",
            EntryVerdict.LATE_ENTRY,
            "recorded on 6 May 2023, on the median 4 years late: this is late entry",
        ),
    ],
)
def test_two_clocks_tell_a_change_from_late_entry(
    graph: Graph, recorded: str, verdict: EntryVerdict, words: str
) -> None:
    ingest(graph, "tests", [*a_small_world(), *stays(3, recorded)])
    found = compared(graph, "2018", "2019", Level.INSTITUTION, "channel=secondment")
    assert found.verdict is verdict
    assert any(words in sentence for sentence in brief(found))


def test_two_windows_entered_together_compare_fairly(graph: Graph) -> None:
    older = stays(3, "2023-05-06")
    newer = secondment(
        id="newer",
        expert="ama",
        home="cert-gh",
        host="cert-tg",
        start=day("2021-03"),
        recorded_at="2023-05-07T09:00:00Z",
    )
    ingest(graph, "tests", [*a_small_world(), *older, newer])
    found = compared(graph, "2019", "2021-03-01..2021-03-31", Level.INSTITUTION, "channel=secondment")
    assert found.verdict is EntryVerdict.TOGETHER


def test_a_window_against_itself_without_data_or_overlapping_is_told_so(graph: Graph) -> None:
    ingest(graph, "tests", a_small_world())
    assert brief(compared(graph, "2021", "2021")) == ["Both windows are 2021, so nothing changed."]
    assert brief(compared(graph, "1990", "1991")) == ["No tie between institutions holds in 1990 or in 1991."]
    *told, why, who = brief(compared(graph, "2021", "1990"))
    assert told[0].startswith("Ties between institutions fell")
    assert "%" not in " ".join((*told, why, who))
    assert why == "Nothing holds in 1990, so shares, brokers and communities are not compared."
    assert "are no longer tied" in who
    overlapping = brief(compared(graph, "2021-01-01..2021-12-31", "2021-12-01..2022-11-30"))
    assert "The two windows share 31 days; a tie that holds then counts as kept." in overlapping
    unequal = brief(compared(graph, "2020", "2021-01"))
    assert "They are not equally long, 366 days and 31 days, so counts compare badly." in unequal


def test_a_window_that_goes_on_after_the_last_entry_is_told_so(graph: Graph) -> None:
    ingest(graph, "tests", [*a_small_world(), *stays(3, "2019-06-01")])

    def told(now: str, *filters: str) -> bool:
        found = compared(graph, "2019-05", now, Level.INSTITUTION, "known=2019-06-30", *filters)
        last = f"The last entry in the records is of 1 Jun 2019, before {now} ends: what begins later is not in it."
        return last in brief(found)

    assert told("2019-06")
    assert told("2019-06", "channel=mentorship")
    assert not told("2019-05-02 to 2019-06-01")


def test_a_comparison_is_kept_until_what_it_rests_on_is_written_to_and_for_its_viewer_alone(graph: Graph) -> None:
    asked = ComparisonQuery(
        window_of("2018"),
        window_of("2019"),
        Level.INSTITUTION,
        TransferFilter.from_texts(["channel=secondment"]),
        today=TODAY,
    )
    ingest(graph, "tests", [*a_small_world(), *stays(2, "2019-06-01")])
    before = compare_windows(graph, OFFICER, asked)
    again = compare_windows(graph, OFFICER, asked)
    public = compare_windows(graph, PUBLIC, asked)

    ingest(graph, "tests", stays(3, "2019-06-01"))
    ingest(graph, "tests", [institution(id="office-0", name="Office 0", country="tg", tlp="RED")])
    after = compare_windows(graph, OFFICER, asked)

    assert again is before
    assert public is not before
    assert [[tie.receiver.name for tie in one.ties.gained] for one in (before, after)] == [
        ["Office 0", "Office 1"],
        ["Office 1", "Office 2"],
    ]


@pytest.mark.parametrize("level", list(Level))
def test_a_brief_has_ten_sentences_at_most_at_every_level(graph: Graph, level: Level) -> None:
    ingest(graph, "tests", a_small_world())
    told = brief(compared(graph, "2020", "2022", level))
    assert 1 <= len(told) <= SENTENCES
    assert all(sentence.endswith(".") for sentence in told)
