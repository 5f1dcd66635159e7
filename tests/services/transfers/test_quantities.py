"""How much each contact is and who pays from where, on both engines."""

from collections.abc import Mapping
from datetime import date

import pytest

from graph.connection import Graph
from graph.domain.engagements import EngagementStatus, Partner
from graph.domain.people import WorksAt
from graph.domain.programmes import Support
from graph.domain.records import Record
from graph.errors import InvalidValue
from graph.evolution.measures.counting import Count
from graph.services.imports.ingest import ingest
from graph.services.network.evolution import EvolutionQuery, trace_evolution
from graph.services.network.flows import trace_flows
from graph.services.transfers.actors import Level
from graph.services.transfers.filters import TransferFilter
from graph.services.transfers.log import TransferLog, read_log
from graph.services.transfers.transfers import Transfer
from tests.conftest import MEMBER, OFFICER
from tests.factories import (
    TODAY,
    country,
    day,
    expert,
    institution,
    joint_project,
    mentorship,
    programme,
    region,
    scholarship,
    secondment,
    training,
)

STAY = {"start": day("2024-03-01"), "end": day("2024-03-10")}


def world() -> list[Record]:
    """An office in Ghana with a department, one in Togo, one in France, and a donor in France."""
    return [
        region(id="m49-002", name="Africa", code="002"),
        region(parent="m49-002"),
        region(id="m49-150", name="Europe", code="150"),
        country(),
        country(id="tg", name="Togo", code="TG"),
        country(id="fr", name="France", code="FR", region="m49-150"),
        institution(id="gh-office"),
        institution(id="gh-unit", parents=("gh-office",)),
        institution(id="tg-office", country="tg"),
        institution(id="fr-office", country="fr"),
        institution(id="fr-fund", name="Fund of France", country="fr"),
        expert(id="ama", posts=(WorksAt(target="gh-office"),)),
        expert(id="ben", country="tg", posts=(WorksAt(target="tg-office"),)),
        expert(id="cy", posts=(WorksAt(target="gh-unit"),)),
    ]


def read(
    graph: Graph, *records: Record, level: Level = Level.INSTITUTION, filters: tuple[str, ...] = ()
) -> TransferLog:
    assert not ingest(graph, "tests", [*world(), *records]).warnings
    return read_log(graph, OFFICER, level, TODAY, TransferFilter.from_texts(filters))


def one(found: TransferLog) -> Transfer:
    (transfer,) = found.transfers
    return transfer


def fractions(found: TransferLog) -> list[tuple[str, float]]:
    return sorted((each.engagement, round(each.fraction, 6)) for each in found.transfers)


def test_a_course_with_three_receivers_is_a_third_for_each(graph: Graph) -> None:
    course = training(id="course", organiser="fr-office", attendees=("ama", "ben", "cy"))
    found = read(graph, course, secondment(id="away", expert="ama", home="gh-office", host="tg-office"))

    assert fractions(found) == [("away", 1.0), *[("course", 0.333333)] * 3]


def test_a_project_of_three_partners_is_a_half_each_way_between_two(graph: Graph) -> None:
    partners = tuple(Partner(target=id_) for id_ in ("gh-office", "tg-office", "fr-office"))
    found = read(graph, joint_project(id="joint", partners=partners))

    assert fractions(found) == [("joint", 0.5)] * 3


def test_a_filter_narrows_contacts_and_leaves_their_fractions(graph: Graph) -> None:
    course = training(id="course", organiser="fr-office", attendees=("ama", "ben", "cy"))
    assert fractions(read(graph, course, filters=("region=tg",))) == [("course", 0.333333)]


def test_the_fractions_of_a_viewer_are_of_what_that_viewer_sees(graph: Graph) -> None:
    hidden = institution(id="tg-office", country="tg", tlp="AMBER")
    course = training(id="course", organiser="fr-office", attendees=("ama", "ben"))
    read(graph, course, hidden)

    seen = {audience: read_log(graph, audience, Level.INSTITUTION, TODAY) for audience in (OFFICER, MEMBER)}
    assert [fractions(each) for each in seen.values()] == [[("course", 0.5)] * 2, [("course", 1.0)]]


def test_part_of_full_time_and_days_make_person_days(graph: Graph) -> None:
    away = secondment(id="away", expert="ama", home="gh-office", host="tg-office", share=0.5, **STAY)
    assert one(read(graph, away)).share == 0.5

    traced = trace_evolution(graph, OFFICER, EvolutionQuery(Level.INSTITUTION, 2024, 2024, today=TODAY))
    (window,) = traced.windows
    assert (window.person_days, window.days_unknown) == (5.0, 0)


@pytest.mark.parametrize(
    "stated",
    [{"share": None}, {"end": day("2024-03")}, {"start": day("2024")}, {"end": None}],
    ids=["no part of full time", "an end to the month", "a start to the year", "no end"],
)
def test_what_is_not_known_of_days_or_part_of_full_time_stays_unknown(
    graph: Graph, stated: Mapping[str, object]
) -> None:
    given = {"share": 0.5, **STAY, **stated}
    assert (
        one(read(graph, secondment(id="away", expert="ama", home="gh-office", host="tg-office", **given))).share is None
    )


def test_days_of_what_goes_on_are_known_until_today(graph: Graph) -> None:
    goes_on = {"start": day("2026-11-19"), "end": None, "status": EngagementStatus.ACTIVE, "share": 1.0}
    read(graph, secondment(id="away", expert="ama", home="gh-office", host="tg-office", **goes_on))

    (window,) = trace_evolution(graph, OFFICER, EvolutionQuery(Level.COUNTRY, 2026, 2026, today=TODAY)).windows
    assert window.person_days == (TODAY - date(2026, 11, 18)).days


def test_how_many_people_work_in_a_project_is_not_guessed(graph: Graph) -> None:
    partners = (Partner(target="gh-office"), Partner(target="tg-office"))
    assert one(read(graph, joint_project(id="joint", partners=partners, share=1.0, **STAY))).share is None


def outside(graph: Graph, record: Record, *more: Record) -> float | None:
    return one(read(graph, record, *more)).outside


def test_a_funder_of_another_country_pays_from_outside_and_one_of_the_receiver_does_not(graph: Graph) -> None:
    away = {"expert": "ben", "home": "tg-office", "host": "gh-office"}
    assert outside(graph, secondment(id="away", funder="fr-fund", **away)) == 1.0
    assert outside(graph, secondment(id="away", funder="gh-unit", **away)) == 0.0
    # It is the receiver that counts, not the giver.
    assert outside(graph, secondment(id="away", funder="tg-office", **away)) == 1.0
    assert outside(graph, secondment(id="away", **away)) is None


def test_the_receiver_of_a_scholarship_is_the_home(graph: Graph) -> None:
    study = scholarship(id="study", scholar="ama", place="fr-office", home="gh-office", funder="fr-fund")
    assert outside(graph, study) == 1.0


def test_who_is_of_the_family_of_the_receiver_is_not_outside_wherever_it_lies(graph: Graph) -> None:
    branch = institution(id="branch", country="tg", parents=("fr-fund",))
    away = secondment(id="away", expert="ama", home="gh-office", host="branch", funder="fr-fund")
    assert outside(graph, away, branch) == 0.0


def test_who_is_of_the_family_of_the_owner_of_the_programme_is_not_outside(graph: Graph) -> None:
    own = programme(id="own", owner="fr-office", country="fr", supporters=(Support(target="gh-office", share=1.0),))
    away = secondment(id="away", expert="ama", home="gh-office", host="tg-office", funder="fr-office", programme="own")
    assert outside(graph, away, own) == 0.0


def test_between_partners_of_two_countries_the_fund_of_one_is_outside_for_half(graph: Graph) -> None:
    partners = (Partner(target="gh-office"), Partner(target="fr-office"))
    assert outside(graph, joint_project(id="joint", partners=partners, funder="fr-fund")) == 0.5


def test_between_people_the_country_is_that_where_they_are_based(graph: Graph) -> None:
    helped = mentorship(id="helped", mentor="ben", mentee="ama", funder="fr-fund")
    assert one(read(graph, helped, level=Level.PERSON)).outside == 1.0


def test_where_a_country_is_not_known_nobody_says_outside(graph: Graph) -> None:
    adrift = institution(id="adrift", country="")
    away = secondment(id="away", expert="ama", home="gh-office", host="tg-office", funder="adrift")
    assert outside(graph, away, adrift) is None


def test_a_funder_that_one_may_not_see_is_not_known(graph: Graph) -> None:
    hidden = institution(id="fr-fund", name="Fund of France", country="fr", tlp="AMBER")
    read(graph, secondment(id="away", expert="ama", home="gh-office", host="tg-office", funder="fr-fund"), hidden)

    assert [each.funder for each in read_log(graph, MEMBER, Level.INSTITUTION, TODAY).transfers] == [""]
    assert [each.funder for each in read_log(graph, OFFICER, Level.INSTITUTION, TODAY).transfers] == ["fr-fund"]


def test_dependence_on_donors_is_the_same_from_near_and_from_far(graph: Graph) -> None:
    records = [
        secondment(id="far", expert="ama", home="gh-office", host="tg-office", funder="fr-fund", share=0.5, **STAY),
        secondment(id="near", expert="cy", home="gh-unit", host="gh-office", funder="gh-office", share=1.0, **STAY),
        training(id="open", organiser="fr-office", attendees=("ama", "ben"), **STAY),
    ]
    read(graph, *records)
    found = {
        level: trace_evolution(graph, OFFICER, EvolutionQuery(level, 2024, 2024, today=TODAY)).windows[0]
        for level in (Level.INSTITUTION, Level.COUNTRY, Level.REGION)
    }

    for seen in found.values():
        by_engagements, by_days = seen.donors
        # Two of three engagements have a known funder, one of them is from outside; 5 of 15 person-days are.
        assert (by_engagements.funded, by_engagements.unknown, by_engagements.outside) == (2.0, 1.0, 0.5)
        assert (by_days.funded, by_days.unmeasured, by_days.outside) == (15.0, 2, pytest.approx(1 / 3))
        assert seen.donor_outside == 0.5
        # The course goes from region to region, the two secondments stay within one.
        assert seen.ei_index == pytest.approx((1 - 2) / 3)


def test_money_of_two_currencies_stays_apart(graph: Graph) -> None:
    paid = {"expert": "ama", "home": "gh-office", "host": "tg-office", "funder": "fr-fund", **STAY}
    read(
        graph,
        secondment(id="one", amount=100_00, currency="EUR", **paid),
        secondment(id="two", amount=300_00, currency="USD", **paid),
    )

    (window,) = trace_evolution(graph, OFFICER, EvolutionQuery(Level.INSTITUTION, 2024, 2024, today=TODAY)).windows
    assert [(each.unit, each.funded) for each in window.donors[2:]] == [("EUR", 100_00.0), ("USD", 300_00.0)]


def test_an_amount_needs_a_currency_and_is_not_below_nothing() -> None:
    for wrong in ({"amount": 5}, {"amount": 5, "currency": "euro"}, {"amount": -5, "currency": "EUR"}, {"share": 1.5}):
        with pytest.raises(InvalidValue):
            secondment(id="away", expert="ama", home="gh-office", host="tg-office", **wrong)


def test_flows_count_engagements_unless_asked_otherwise(graph: Graph) -> None:
    read(graph, training(id="course", organiser="fr-office", attendees=("ama", "ben", "cy"), share=1.0, **STAY))

    def counted(count: Count | None) -> dict[str, float]:
        found = trace_flows(graph, OFFICER, EvolutionQuery(Level.COUNTRY, 2024, 2024, count=count, today=TODAY))
        return {flow.receiver.id: flow.counted for flow in found.flows} | {"crossing": found.crossing}

    assert counted(None) == {"gh": pytest.approx(2 / 3), "tg": pytest.approx(1 / 3), "crossing": 1.0}
    assert counted(Count.CONTACTS) == {"gh": 2.0, "tg": 1.0, "crossing": 3.0}
    assert counted(Count.DAYS) == {"gh": 20.0, "tg": 10.0, "crossing": 30.0}
