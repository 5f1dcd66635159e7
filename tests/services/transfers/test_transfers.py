"""Who passed know-how to whom: the direction of each channel, the day that decides, and what may not count."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from graph.connection import Graph
from graph.domain.engagements import AuthoredBy, EngagementStatus, Partner, Publication, SecondmentDirection
from graph.domain.labels import Label
from graph.domain.marks import Purpose
from graph.domain.people import WorksAt
from graph.domain.records import Record
from graph.evolution.log.ties import OPEN
from graph.evolution.log.windows import date_of, day_of
from graph.services.accounts.consents import choose_consents
from graph.services.imports.ingest import ingest, ingest_whole
from graph.services.transfers.transfers import (
    Left,
    Transfers,
    between_institutions,
    between_people,
)
from tests.conftest import MEMBER, OFFICER
from tests.factories import (
    EVERYTHING,
    a_small_world,
    account,
    centre,
    country,
    day,
    expert,
    institution,
    joint_project,
    mentorship,
    region,
    scholarship,
    secondment,
    training,
)

Way = tuple[str, str, str]


def take_in(graph: Graph, *records: Record) -> None:
    assert not ingest(graph, "tests", records).warnings


def ways(transfers: Transfers) -> list[Way]:
    """Engagement, source and target of each transfer, in order."""
    return sorted((found.engagement, found.source, found.target) for found in transfers.found)


def three_institutions() -> list[Record]:
    """Three institutions, ama at the first and ben at the second."""
    return [
        region(),
        country(),
        institution(id="one"),
        institution(id="two"),
        institution(id="three"),
        expert(id="ama", posts=(WorksAt(target="one"),)),
        expert(id="ben", posts=(WorksAt(target="two"),)),
    ]


def test_each_channel_carries_in_its_own_direction(graph: Graph) -> None:
    take_in(graph, *a_small_world())

    assert ways(between_institutions(graph, OFFICER)) == [
        ("ama-away", "cert-gh", "cert-tg"),
        ("ama-ben", "cert-gh", "cert-tg"),
        ("ben-studies", "academy", "cert-tg"),
        ("course", "academy", "cert-tg"),
        ("joint", "cert-gh", "cert-tg"),
    ]


def test_only_what_is_done_together_is_mutual(graph: Graph) -> None:
    paper = Publication(id="paper", title="A paper", published=day("2022"), authors=authors("ama", "ben"))
    take_in(graph, *a_small_world(), paper)

    found = between_institutions(graph, OFFICER).found
    assert {transfer.kind for transfer in found if transfer.mutual} == {Label.JOINT_PROJECT, Label.PUBLICATION}
    assert {transfer.kind for transfer in found if not transfer.mutual} == {
        Label.MENTORSHIP,
        Label.SECONDMENT,
        Label.SCHOLARSHIP,
        Label.TRAINING,
    }


def authors(*people: str) -> tuple[AuthoredBy, ...]:
    return tuple(AuthoredBy(target=person, position=place) for place, person in enumerate(people, 1))


def test_a_transfer_holds_through_the_last_day_that_its_end_can_mean(graph: Graph) -> None:
    take_in(
        graph, *three_institutions(), secondment(id="away", expert="ama", home="one", host="two", end=day("2020-09"))
    )

    (found,) = between_institutions(graph, OFFICER).found
    assert (found.start, found.end) == (day_of(date(2020, 1, 1)), day_of(date(2020, 10, 1)))


def test_an_engagement_that_goes_on_without_a_known_end_stays_open(graph: Graph) -> None:
    goes_on = EngagementStatus.ACTIVE
    take_in(
        graph,
        *three_institutions(),
        secondment(id="away", expert="ama", home="one", host="two", end=None, status=goes_on),
    )

    assert [found.end for found in between_institutions(graph, OFFICER).found] == [OPEN]


def test_what_is_over_without_a_known_end_counts_for_its_start_alone(graph: Graph) -> None:
    start = day("2020-03")
    take_in(
        graph, *three_institutions(), secondment(id="away", expert="ama", home="one", host="two", start=start, end=None)
    )

    (found,) = between_institutions(graph, OFFICER).found
    assert (date_of(found.start), date_of(found.end)) == (date(2020, 3, 1), date(2020, 4, 1))


def test_a_secondment_carries_the_way_it_says(graph: Graph) -> None:
    away = {"expert": "ama", "home": "one", "host": "two"}
    given = [secondment(id=each.value, direction=each, **away) for each in SecondmentDirection]
    take_in(graph, *three_institutions(), *given)

    found = between_institutions(graph, OFFICER).found
    assert {each.engagement: (each.source, each.target) for each in found} == {
        "teaches": ("one", "two"),
        "learns": ("two", "one"),
        "both": ("one", "two"),
    }
    assert [each.engagement for each in found if each.mutual] == ["both"]


def test_an_institution_may_train_without_a_centre(graph: Graph) -> None:
    take_in(graph, *three_institutions(), training(id="course", organiser="three", attendees=("ama", "ben")))

    assert ways(between_institutions(graph, OFFICER)) == [("course", "three", "one"), ("course", "three", "two")]


def test_a_centre_trains_in_the_name_of_its_host(graph: Graph) -> None:
    take_in(
        graph,
        *three_institutions(),
        centre(id="hub", host="three"),
        training(id="course", centre="hub", attendees=("ama",)),
    )

    assert ways(between_institutions(graph, OFFICER)) == [("course", "three", "one")]


def test_every_two_partners_of_a_project_are_tied_once(graph: Graph) -> None:
    partners = tuple(Partner(target=partner) for partner in ("three", "one", "two"))
    take_in(graph, *three_institutions(), joint_project(id="joint", partners=partners))

    assert ways(between_institutions(graph, OFFICER)) == [
        ("joint", "one", "three"),
        ("joint", "one", "two"),
        ("joint", "three", "two"),
    ]


def test_a_person_stands_for_where_they_worked_when_it_began(graph: Graph) -> None:
    moved = (WorksAt(target="one", start=day("2015"), end=day("2020-06")), WorksAt(target="two", start=day("2020-08")))
    dates = ("2014-12-31", "2015-01-01", "2020-06-30", "2020-07-01", "2020-08-01")
    courses = [
        training(id=f"on-{text}", organiser="three", attendees=("cy",), start=day(text), end=day(text))
        for text in dates
    ]
    take_in(graph, *three_institutions(), expert(id="cy", posts=moved), *courses)

    transfers = between_institutions(graph, OFFICER)
    assert [(found.engagement, found.target) for found in transfers.found] == [
        ("on-2015-01-01", "one"),
        ("on-2020-06-30", "one"),
        ("on-2020-08-01", "two"),
    ]
    assert transfers.left_out == {Left.NO_PLACE: 2}


def test_of_two_posts_at_once_the_later_one_counts(graph: Graph) -> None:
    posts = (WorksAt(target="one", start=day("2015")), WorksAt(target="two", start=day("2018"), end=day("2021")))
    courses = [
        training(id=f"in-{year}", organiser="three", attendees=("cy",), start=day(year), end=day(year))
        for year in ("2019", "2022")
    ]
    take_in(graph, *three_institutions(), expert(id="cy", posts=posts), *courses)

    assert ways(between_institutions(graph, OFFICER)) == [("in-2019", "three", "two"), ("in-2022", "three", "one")]


def test_between_people_only_what_names_both_counts(graph: Graph) -> None:
    paper = Publication(id="paper", title="A paper", published=day("2022"), authors=authors("ben", "ama"))
    take_in(graph, *a_small_world(), paper)

    assert ways(between_people(graph, OFFICER)) == [("ama-ben", "ama", "ben"), ("paper", "ama", "ben")]


def test_withdrawn_consent_to_research_takes_the_transfers_out_and_counts_them(graph: Graph) -> None:
    take_in(graph, *a_small_world())

    choose_consents(graph, account(expert="ben"), EVERYTHING - {Purpose.RESEARCH})

    transfers = between_institutions(graph, OFFICER)
    assert ways(transfers) == [("ama-away", "cert-gh", "cert-tg"), ("joint", "cert-gh", "cert-tg")]
    assert transfers.left_out == {Left.NO_CONSENT: 3}
    assert between_people(graph, OFFICER) == Transfers((), {Left.NO_CONSENT: 1})


def test_a_start_that_is_not_known_is_counted_and_not_guessed(graph: Graph) -> None:
    partners = (Partner(target="one"), Partner(target="two"))
    take_in(
        graph,
        *three_institutions(),
        mentorship(id="help", mentor="ama", mentee="ben", start=None),
        joint_project(id="joint", partners=partners, start=None),
    )

    assert between_institutions(graph, OFFICER) == Transfers((), {Left.NO_START: 2})


def test_a_house_that_nobody_stated_is_counted_as_missing(graph: Graph) -> None:
    take_in(
        graph,
        *three_institutions(),
        expert(id="cy"),
        mentorship(id="help", mentor="ama", mentee="cy"),
        secondment(id="away", expert="ama", host="two"),
        scholarship(id="study", scholar="ama", place="three"),
        training(id="course", attendees=("ama",)),
    )

    assert between_institutions(graph, OFFICER) == Transfers((), {Left.NO_PLACE: 4})


def test_a_viewer_gets_only_engagements_marked_for_them(graph: Graph) -> None:
    known = secondment(id="known", expert="ama", home="one", host="two")
    kept = secondment(id="kept", expert="ama", home="one", host="three", tlp="AMBER")
    take_in(graph, *three_institutions(), known, kept)

    assert ways(between_institutions(graph, MEMBER)) == [("known", "one", "two")]
    assert ways(between_institutions(graph, OFFICER)) == [("kept", "one", "three"), ("known", "one", "two")]


def test_what_was_cancelled_moved_nothing(graph: Graph) -> None:
    take_in(
        graph,
        *three_institutions(),
        mentorship(id="help", mentor="ama", mentee="ben", status=EngagementStatus.CANCELLED),
        secondment(id="away", expert="ama", home="one", host="two", status=EngagementStatus.CANCELLED),
    )

    assert between_institutions(graph, OFFICER) == Transfers((), {})


def test_what_its_source_no_longer_states_does_not_count(graph: Graph) -> None:
    stays = secondment(id="stays", expert="ama", home="one", host="two")
    goes = secondment(id="goes", expert="ama", home="one", host="three")
    ingest_whole(graph, "tests", sourced([*three_institutions(), stays, goes]))
    assert ways(between_institutions(graph, OFFICER)) == [("goes", "one", "three"), ("stays", "one", "two")]

    ingest_whole(graph, "tests", sourced([*three_institutions(), stays]))

    assert ways(between_institutions(graph, OFFICER)) == [("stays", "one", "two")]


def sourced(records: Iterable[Record]) -> list[Record]:
    return [replace(record, source="tests") for record in records]


def test_the_funder_is_known_where_it_was_stated(graph: Graph) -> None:
    take_in(
        graph,
        *three_institutions(),
        mentorship(id="paid", mentor="ama", mentee="ben", funder="three"),
        mentorship(id="unpaid", mentor="ben", mentee="ama"),
    )

    assert {found.engagement: found.funder for found in between_people(graph, OFFICER).found} == {
        "paid": "three",
        "unpaid": "",
    }


def test_an_empty_graph_has_no_transfers(graph: Graph) -> None:
    assert between_institutions(graph, OFFICER) == between_people(graph, OFFICER) == Transfers((), {})
