"""Transfers by channel, capability, region, funder and mark, on both engines."""

from datetime import date

import pytest

from graph.connection import Graph
from graph.domain.engagements import Partner
from graph.domain.marks import Purpose
from graph.domain.programmes import Support
from graph.errors import InvalidValue
from graph.evolution.log.ties import OPEN
from graph.evolution.log.windows import date_of
from graph.evolution.paths.paths import earliest_arrival
from graph.services.imports.ingest import ingest
from graph.services.network.evolution import EvolutionQuery, trace_evolution
from graph.services.transfers.actors import Level
from graph.services.transfers.filters import TransferFilter
from graph.services.transfers.followed import LogQuery, read_followed
from graph.services.transfers.log import TransferLog, read_log
from tests.conftest import OFFICER
from tests.factories import (
    TODAY,
    a_small_world,
    capability,
    day,
    expert,
    institution,
    joint_project,
    programme,
    secondment,
)


@pytest.fixture
def world(graph: Graph) -> Graph:
    """The small world with a donor, a funded secondment about malware, and a marked project the donor pays for."""
    away = {"expert": "ama", "home": "cert-gh", "host": "cert-tg", "funder": "donor", "start": day("2020")}
    partners = (Partner(target="academy"), Partner(target="cert-tg"))
    more = [
        capability(id="malware", name="Malware analysis", code="M", broader=("area-forensics",)),
        institution(id="donor", name="Donor"),
        secondment(id="funded", capabilities=("malware",), **away),
        joint_project(id="paid", partners=partners, funder="donor", tlp="AMBER"),
    ]
    ingest(graph, "tests", [*a_small_world(), *more])
    return graph


def found(graph: Graph, *texts: str) -> set[str]:
    log = read_log(graph, OFFICER, Level.INSTITUTION, TODAY, TransferFilter.from_texts(texts))
    return {transfer.engagement for transfer in log.transfers}


def test_each_key_narrows_and_values_of_one_key_add_up(world: Graph) -> None:
    everything = found(world)
    assert everything == {"ama-ben", "ama-away", "ben-studies", "course", "joint", "funded", "paid"}
    assert found(world, "channel=secondment") == {"ama-away", "funded"}
    assert found(world, "channel=secondment", "channel=Training") == {"ama-away", "funded", "course"}
    assert found(world, "funder=donor") == {"funded", "paid"}
    assert found(world, "funder=donor", "channel=secondment") == {"funded"}
    assert found(world, "mark=amber") == {"paid"}
    assert found(world, "region=Africa") == found(world, "region=m49-002") == everything
    assert found(world, "funder=academy") == set()


def test_a_country_narrows_as_a_region_does(world: Graph) -> None:
    office = institution(id="office-tg", name="Office", country="tg")
    at_home = secondment(id="at-home", expert="ben", home="cert-tg", host="office-tg")
    ingest(world, "tests", [office, at_home])
    assert found(world, "region=Ghana") == found(world, "region=gh") == found(world) - {"at-home"}
    assert "at-home" in found(world, "region=Togo")
    with pytest.raises(InvalidValue, match="of this level"):
        read_log(world, OFFICER, Level.REGION, TODAY, TransferFilter(region=("Togo",)))


def test_a_capability_stands_for_everything_narrower(world: Graph) -> None:
    assert found(world, "capability=malware") == {"funded"}
    assert found(world, "capability=area-forensics") == {"funded", "ama-ben"}


def test_what_is_no_filter_is_refused_in_a_sentence(world: Graph) -> None:
    wrong_values = ("channel=rumour", "mark=PINK", "capability=x", "region=Atlantis", "funder=nobody")
    for text in ("beauty=3", "channel", "channel=", *wrong_values):
        with pytest.raises(InvalidValue):
            found(world, text)


@pytest.mark.parametrize("key", ["capability", "region", "funder"])
def test_of_several_unknown_values_the_first_one_given_is_named(world: Graph, key: str) -> None:
    for one, *others in (("p", "q", "r", "s", "t"), ("t", "s", "r", "q", "p")):
        with pytest.raises(InvalidValue, match=f"^{key}: '{one}' is no"):
            found(world, *(f"{key}={value}" for value in (one, *others)))


def test_the_log_carries_funder_subject_and_the_day_of_recording(world: Graph) -> None:
    found = read_log(world, OFFICER, Level.INSTITUTION, TODAY)
    log = found.log
    (row,) = (row for row in range(len(log)) if found.transfers[log.origin[row]].engagement == "funded")
    assert log.names.funders[log.funder[row]] == "donor"
    assert [log.names.capabilities[code] for code in log.about.of(row)] == ["malware"]
    today = int(log.recorded[row])
    assert -OPEN < today < OPEN
    assert set(log.recorded.tolist()) == {today}
    assert set(log.retracted.tolist()) == {OPEN}


def test_the_records_can_be_asked_for_as_they_stood_on_a_day(graph: Graph) -> None:
    """Two stays entered on 1 May 2024; the file that held the second was taken back on 3 July."""
    stay = {"expert": "ama", "home": "cert-gh", "host": "cert-tg", "recorded_at": "2024-05-01T12:00:00Z"}
    ingest(graph, "tests", a_small_world())
    ingest(graph, "right", [secondment(id="right", **stay)])
    ingest(graph, "wrong", [secondment(id="wrong", retracted_at="2024-07-03T09:00:00Z", **stay)])
    here = "channel=secondment"

    assert found(graph, here, "known=2024-04-30") == set()
    assert found(graph, here, "known=2024-05-01") == found(graph, here, "known=2024-07-02") == {"right", "wrong"}
    assert found(graph, here, "known=2024-07-03") == found(graph, here) - {"ama-away"} == {"right"}
    log = read_log(graph, OFFICER, Level.INSTITUTION, TODAY, TransferFilter.from_texts([here, "known=2024-06"])).log
    assert sorted(date_of(int(day)).isoformat() for day in log.retracted if day != OPEN) == ["2024-07-03"]
    for texts in (["known=soon"], ["known=2024", "known=2025"]):
        with pytest.raises(InvalidValue):
            TransferFilter.from_texts(texts)


def test_whoever_was_retracted_since_does_not_come_back_with_a_day(graph: Graph) -> None:
    known = TransferFilter.from_texts(["known=2999-12-31"])
    ingest(graph, "tests", a_small_world())
    gone = {"retracted_at": "2026-01-01T00:00:00Z"}

    def actors(level: Level) -> tuple[str, ...]:
        return read_log(graph, OFFICER, level, TODAY, known).log.actors

    before = actors(Level.PERSON), actors(Level.INSTITUTION)
    ingest(graph, "tests", [expert(id="ama", name="Ama Owusu", **gone), institution(id="academy", **gone)])

    assert "ama" in before[0]
    assert "academy" in before[1]
    assert "ama" not in actors(Level.PERSON)
    assert "academy" not in actors(Level.INSTITUTION)


def test_every_engagement_weighs_the_same(world: Graph) -> None:
    assert set(read_log(world, OFFICER, Level.INSTITUTION, TODAY).log.weight.tolist()) == {1.0}


def test_a_log_is_kept_until_somebody_writes_and_no_longer(world: Graph) -> None:
    def read() -> TransferLog:
        return read_log(world, OFFICER, Level.INSTITUTION, TODAY)

    before = read()
    assert read() is before
    ingest(world, "tests", [expert(id="ama", name="Ama", consents=frozenset({Purpose.DIRECTORY}))])
    assert "funded" not in {transfer.engagement for transfer in read().transfers}


def test_windows_look_back_or_add_up(world: Graph) -> None:
    def ties(first: int = 2019, **given: str) -> list[int]:
        asked = EvolutionQuery(
            Level.INSTITUTION,
            first,
            2022,
            transfer_filter=TransferFilter.from_texts(["channel=scholarship"]),
            today=TODAY,
            **given,
        )
        return [window.ties for window in trace_evolution(world, OFFICER, asked).windows]

    assert ties() == [0, 1, 0, 0]
    assert ties(window="2y") == [0, 1, 1, 0]
    assert ties(window="all") == [0, 1, 1, 1]
    assert ties(2021, window="all") == [0, 0]
    with pytest.raises(InvalidValue, match="is no length"):
        ties(window="long")


def test_who_supports_a_programme_is_no_funder_of_its_engagements(world: Graph) -> None:
    support = (Support(target="academy", share=1.0),)
    ingest(world, "tests", [programme(id="togo-cert", name="Togo CERT", owner="cert-tg", supporters=support)])

    assert found(world, "funder=academy") == set()


def test_a_scholarship_leaves_with_the_first_day_of_study_and_arrives_on_return(world: Graph) -> None:
    chosen = TransferFilter.from_texts(["channel=scholarship"])
    log = read_followed(world, OFFICER, LogQuery(Level.INSTITUTION, TODAY, chosen))
    (study,) = log.transfers
    assert (date_of(study.start), date_of(study.end)) == (date(2020, 1, 1), date(2021, 1, 1))
    assert date_of(study.departure) == date(2019, 1, 1)

    arrived = earliest_arrival(log.log, log.position("academy"), study.departure)

    assert date_of(int(arrived.day[log.position("cert-tg")])) == date(2021, 1, 1)
