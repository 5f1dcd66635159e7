"""Every read obeys the viewer: mark, role and consent decide, and what is not visible is as if it were not there."""

import dataclasses
from collections.abc import Callable
from datetime import date
from itertools import chain, combinations, product
from typing import Any

import pytest

from graph.connection import Graph
from graph.domain.labels import Label
from graph.domain.marks import Audience, Purpose, Role, Tlp
from graph.domain.people import Cefr, HasCapability, Speaks, WorksAt
from graph.domain.programmes import Support
from graph.errors import NotFound
from graph.services.imports.ingest import ingest, ingest_whole
from graph.services.matching.roster import read_people
from graph.store import (
    centres,
    engagements,
    experts,
    facets,
    findings,
    institutions,
    openings,
    programmes,
    rosters,
    transfers,
)
from graph.store import totals as store_totals
from tests import factories
from tests.conftest import MEMBER, OFFICER
from tests.factories import a_small_world, day

ADMIN = Audience(Role.ADMIN)
PUBLIC = Audience(Role.PUBLIC)
ROLES = tuple(Audience(role) for role in Role)
CONSENTS = tuple(map(frozenset, chain.from_iterable(combinations(Purpose, size) for size in range(len(Purpose) + 1))))
# Written out here once more, by hand, so that the product is not measured by itself.
MARKS = {
    Role.PUBLIC: "C",
    Role.MEMBER: "CG",
    Role.RESEARCHER: "CG",
    Role.HOST: "CGA",
    Role.OFFICER: "CGA",
    Role.ADMIN: "CGAR",
}
OPENED = {
    Role.PUBLIC: lambda consents: False,
    Role.MEMBER: lambda consents: Purpose.DIRECTORY in consents,
    Role.RESEARCHER: lambda consents: Purpose.DIRECTORY in consents,
    Role.HOST: lambda consents: bool({Purpose.DIRECTORY, Purpose.MATCHING} & consents),
    Role.OFFICER: lambda consents: bool({Purpose.DIRECTORY, Purpose.MATCHING} & consents),
    Role.ADMIN: lambda consents: True,
}


def found(find: Callable[..., Any], graph: Graph, audience: Audience, id_: str) -> bool:
    try:
        find(graph, audience, id_)
    except NotFound:
        return False
    return True


def listed(listing: Any, graph: Graph, audience: Audience, **asked: Any) -> set[str]:
    page = listing.page(graph, audience, factories.query(**asked))
    assert page.total == len(page.rows)
    return {row["id"] for row in page.rows}


def test_a_person_shows_where_mark_and_consent_and_role_allow_it(graph: Graph) -> None:
    cases = {
        f"{mark}-{'-'.join(sorted(consents)) or 'none'}".lower(): (mark, consents)
        for mark, consents in product(Tlp, CONSENTS)
    }
    tongue = (Speaks(target="fr", level=Cefr.C1),)
    people = [
        factories.expert(
            id=id_, name="Sought", tlp=mark, consents=consents, languages=tongue, posts=(WorksAt(target="c"),)
        )
        for id_, (mark, consents) in cases.items()
    ]
    places = [factories.region(), factories.country(), factories.language(), factories.institution(id="c")]
    ingest(graph, "x", [*places, *people])

    for audience in ROLES:
        expected = {
            id_
            for id_, (mark, consents) in cases.items()
            if mark[0] in MARKS[audience.role] and OPENED[audience.role](consents)
        }
        assert listed(experts.LISTING, graph, audience) == expected
        assert {id_ for id_ in cases if found(experts.find, graph, audience, id_)} == expected
        assert store_totals.totals(graph, audience)["experts"] == len(expected)
        assert set(rosters.people(graph, audience)["ids"]) == expected
        assert set(transfers.person_names(graph, audience)) == expected
        assert {row["id"] for row in institutions.people(graph, audience, "c")} == expected
        (tongues,) = facets.values(graph, audience, {"language": experts.FACETS["language"]}).values()
        assert sum(row["total"] for row in tongues) == len(expected)
        hits = findings.search(graph, audience, "sought").get("experts", [])
        assert {row["id"] for row in hits} <= expected
        assert len(hits) == min(len(expected), findings.SHOWN)


def test_everybody_sees_their_own_record_unless_its_mark_forbids_it(graph: Graph) -> None:
    ingest(graph, "x", [factories.expert(id=f"own-{mark}".lower(), tlp=mark, consents=frozenset()) for mark in Tlp])

    for role in (Role.MEMBER, Role.OFFICER):
        seen = {
            mark
            for mark in Tlp
            if found(experts.find, graph, Audience(role, f"own-{mark}".lower()), f"own-{mark}".lower())
        }
        assert seen == {mark for mark in Tlp if mark[0] in MARKS[role]}
    assert not found(experts.find, graph, Audience(Role.MEMBER, "own-clear"), "own-green")


def test_the_facts_of_a_hidden_person_are_hidden_with_them(graph: Graph) -> None:
    silent = factories.expert(
        id="silent",
        consents=frozenset(),
        posts=(WorksAt(target="cert-gh"),),
        languages=(Speaks(target="fr", level=Cefr.C1),),
        capabilities=(HasCapability(target="area-forensics", level=2),),
    )
    free = factories.availability(id="free", expert="silent")
    ingest(graph, "x", [*a_small_world(), silent, free, factories.mentorship(id="m", mentor="silent", mentee="ben")])
    facts = (experts.posts, experts.languages, experts.capabilities, experts.availability, experts.history)

    assert [len(read(graph, ADMIN, "silent")) for read in facts] == [1, 1, 1, 1, 1]
    assert [len(read(graph, OFFICER, "silent")) for read in facts] == [0, 0, 0, 0, 0]
    for columns in (rosters.levels(graph, OFFICER), rosters.languages(graph, OFFICER), rosters.windows(graph, OFFICER)):
        assert "silent" not in columns["people"]
    assert "silent" not in read_people(graph, OFFICER, date(2026, 6, 1)).experts.index


def test_an_availability_obeys_its_own_mark(graph: Graph) -> None:
    free = [factories.availability(id=f"free-{mark}".lower(), expert="ama", tlp=mark) for mark in Tlp]
    ingest(graph, "x", [factories.expert(id="ama"), *free])

    for audience in (MEMBER, OFFICER, ADMIN):
        expected = {f"free-{mark}".lower() for mark in Tlp if mark[0] in MARKS[audience.role]}
        assert {row["id"] for row in experts.availability(graph, audience, "ama")} == expected
        assert set(rosters.windows(graph, audience)["ids"]) == expected


def marked_records() -> list[Any]:
    """One of each kind under each mark; what they hang on is clear."""
    made: list[Any] = [
        factories.institution(id="base"),
        factories.programme(id="home", owner="base"),
        factories.country(),
    ]
    for mark in Tlp:
        end = mark.lower()
        made += [
            factories.institution(id=f"house-{end}", name="Sought house", tlp=mark),
            factories.centre(id=f"centre-{end}", name="Sought centre", tlp=mark, host="base"),
            factories.programme(id=f"programme-{end}", name="Sought programme", tlp=mark, owner="base"),
            factories.opening(id=f"opening-{end}", name="Sought opening", tlp=mark, programme="home"),
            factories.JointProject(
                id=f"joint-{end}", name="Sought", tlp=mark, partners=(factories.Partner(target="base"),)
            ),
        ]
    return made


def test_institutions_centres_programmes_openings_and_engagements_obey_their_mark(graph: Graph) -> None:
    ingest(graph, "x", marked_records())
    joint = Label.JOINT_PROJECT
    subjects: dict[str, tuple[str, Any, Callable[..., Any]]] = {
        "institutions": ("house", institutions.LISTING, institutions.find),
        "centres": ("centre", centres.LISTING, centres.find),
        "programmes": ("programme", programmes.LISTING, programmes.find),
        "openings": ("opening", openings.LISTING, openings.find),
        "engagements": (
            "joint",
            engagements.LISTINGS[joint],
            lambda graph, audience, id_: engagements.find(graph, audience, joint, id_),
        ),
    }
    for audience, (name, (stem, listing, find)) in product(ROLES, subjects.items()):
        expected = {f"{stem}-{mark}".lower() for mark in Tlp if mark[0] in MARKS[audience.role]}
        assert listed(listing, graph, audience, words="sought") == expected
        assert {id_ for mark in Tlp if found(find, graph, audience, id_ := f"{stem}-{mark}".lower())} == expected
        extra = {"institutions": 1, "programmes": 1}.get(name, 0)
        assert store_totals.totals(graph, audience)[name] == len(expected) + extra
        if name != "engagements":
            assert {row["id"] for row in findings.search(graph, audience, "SOUGHT")[name]} == expected


def test_a_list_and_its_facets_and_totals_count_alike(graph: Graph) -> None:
    hidden = factories.programme(id="hidden", owner="cert-tg", country="tg", tlp="RED")
    ingest(graph, "x", [*a_small_world(), *marked_records()[3:], hidden, factories.opening(id="o", programme="hidden")])
    lists = (
        ("openings", openings.LISTING, openings.FACETS["kind"]),
        ("programmes", programmes.LISTING, programmes.FACETS["stage"]),
        ("centres", centres.LISTING, None),
        ("experts", experts.LISTING, None),
        ("institutions", institutions.LISTING, institutions.FACETS["country"]),
    )
    for audience, (name, listing, facet) in product(ROLES, lists):
        number = len(listed(listing, graph, audience))
        assert store_totals.totals(graph, audience)[name] == number, name
        if facet:
            (rows,) = facets.values(graph, audience, {"facet": facet}).values()
            assert sum(row["total"] for row in rows) == number, name


def test_an_opening_of_a_hidden_programme_is_on_no_list(graph: Graph) -> None:
    hidden = factories.programme(id="hidden", owner="cert-tg", country="tg", tlp="RED")
    ingest(graph, "x", [*a_small_world(), hidden, factories.opening(id="o", name="Secret", programme="hidden")])

    assert listed(openings.LISTING, graph, OFFICER) == {"togo-mentor"}
    assert findings.search(graph, OFFICER, "secret") == {}
    assert store_totals.totals(graph, OFFICER)["openings"] == 1
    assert not found(openings.find, graph, OFFICER, "o")
    assert found(openings.find, graph, ADMIN, "o")


def test_an_owner_or_host_that_is_hidden_stays_blank_and_the_rest_shows(graph: Graph) -> None:
    vault = factories.institution(id="vault", name="Vault", tlp="RED")
    hosted = factories.centre(id="centre", host="vault")
    owned = factories.programme(
        id="owned", owner="vault", country="gh", supporters=(Support(target="vault", share=0.5),)
    )
    place = factories.opening(id="place", programme="owned", host="vault")
    ingest(graph, "x", [factories.country(), vault, hosted, owned, place])

    for audience in ROLES[:-1]:
        seen = [
            centres.find(graph, audience, "centre"),
            programmes.find(graph, audience, "owned"),
            openings.find(graph, audience, "place"),
            programmes.supporters(graph, audience, "owned"),
            programmes.LISTING.page(graph, audience, factories.query()).rows,
            centres.LISTING.page(graph, audience, factories.query()).rows,
            findings.search(graph, audience, "vault"),
        ]
        assert "vault" not in repr(seen).casefold()
    centre, row = centres.find(graph, ADMIN, "centre")
    assert (centre.host, row["host_name"]) == ("vault", "Vault")
    assert programmes.find(graph, ADMIN, "owned")[0].owner == "vault"


def test_counts_beside_a_record_count_only_what_the_viewer_may_see(graph: Graph) -> None:
    secret = {"tlp": "RED"}
    ingest(
        graph,
        "x",
        [
            *a_small_world(),
            factories.opening(id="secret", programme="togo-cert", **secret),
            factories.Training(id="drill", name="Drill", centre="centre-accra", start=day("2022"), **secret),
        ],
    )

    for audience, number in ((OFFICER, 1), (ADMIN, 2)):
        (programme,) = programmes.LISTING.page(graph, audience, factories.query()).rows
        (centre,) = centres.LISTING.page(graph, audience, factories.query()).rows
        assert (programme["openings"], len(programmes.openings(graph, audience, "togo-cert"))) == (number, number)
        assert (centre["trainings"], len(centres.trainings(graph, audience, "centre-accra"))) == (number, number)


def test_the_parties_of_an_engagement_that_are_hidden_stay_blank(graph: Graph) -> None:
    vault = factories.institution(id="vault", name="Vault", tlp="RED")
    meeting = factories.mentorship(id="meeting", mentor="cleo", mentee="ben", programme="togo-cert", funder="vault")
    away = factories.secondment(id="away", expert="dede", home="vault", host="cert-tg", programme="togo-cert")
    ingest(graph, "x", [*a_small_world(), vault, meeting, away])

    def parties(audience: Audience, label: Label, id_: str) -> dict[str, str]:
        rows = engagements.parties(graph, audience, label, id_)
        return {row["part"]: row["id"] for row in rows}

    assert parties(OFFICER, Label.MENTORSHIP, "meeting") == {"FOR": "togo-cert", "MENTEE": "ben"}
    assert parties(MEMBER, Label.SECONDMENT, "away") == {"FOR": "togo-cert", "TO": "cert-tg"}
    assert parties(OFFICER, Label.SECONDMENT, "away") == {"BY": "dede", "FOR": "togo-cert", "TO": "cert-tg"}
    assert set(parties(ADMIN, Label.MENTORSHIP, "meeting")) == {"FOR", "FUNDED_BY", "MENTEE", "MENTOR"}

    mentorships = engagements.LISTINGS[Label.MENTORSHIP]
    (row,) = [
        row for row in mentorships.page(graph, OFFICER, factories.query(sort="start")).rows if row["id"] == "meeting"
    ]
    assert ([person["id"] for person in row["people"]], row["institutions"]) == (["ben"], [])
    assert listed(mentorships, graph, OFFICER, words="silent") == set(), "a hidden name finds nothing"
    assert listed(mentorships, graph, ADMIN, words="silent") == {"meeting"}
    carriers = {row["id"]: row["name"] for row in programmes.carriers(graph, MEMBER, "togo-cert")}
    assert carriers == {"away": None, "ama-ben": "Ama Owusu", "meeting": None}
    assert next(row for row in experts.history(graph, OFFICER, "ben") if row["id"] == "meeting")["other_name"] is None


def test_hidden_and_retracted_engagements_are_in_no_history(graph: Graph) -> None:
    secret = factories.mentorship(id="secret", mentor="ama", mentee="ben", tlp="RED", programme="togo-cert")
    ingest(graph, "x", [*a_small_world(), secret])

    def shown(audience: Audience) -> list[bool]:
        lists = (
            experts.history(graph, audience, "ama"),
            experts.history(graph, audience, "ben"),
            programmes.carriers(graph, audience, "togo-cert"),
        )
        return ["secret" in {row["id"] for row in rows} for rows in lists]

    assert shown(ADMIN) == [True, True, True]
    assert shown(OFFICER) == [False, False, False]


def test_retracted_records_vanish_for_everybody(graph: Graph) -> None:
    world = [dataclasses.replace(record, source="y") for record in a_small_world()]
    places = [
        record for record in world if record.label in (Label.REGION, Label.COUNTRY, Label.LANGUAGE, Label.CAPABILITY)
    ]
    ingest_whole(graph, "y", world)
    ingest_whole(graph, "y", places)

    assert set(store_totals.totals(graph, ADMIN).values()) == {0}
    assert findings.search(graph, ADMIN, "a") == {}
    for listing in (experts.LISTING, institutions.LISTING, centres.LISTING, programmes.LISTING, openings.LISTING):
        assert listed(listing, graph, ADMIN) == set()
    for find, id_ in (
        (experts.find, "ama"),
        (institutions.find, "cert-gh"),
        (centres.find, "centre-accra"),
        (programmes.find, "togo-cert"),
        (openings.find, "togo-mentor"),
    ):
        assert not found(find, graph, ADMIN, id_)
    for label in engagements.KINDS:
        assert listed(engagements.LISTINGS[label], graph, ADMIN, sort="start") == set()
        assert transfers.columns(graph, ADMIN, label)["ids"] == []
    assert rosters.people(graph, ADMIN)["ids"] == []
    with pytest.raises(NotFound):
        engagements.find(graph, ADMIN, Label.MENTORSHIP, "ama-ben")


def test_the_public_sees_no_person_and_only_what_is_clear(graph: Graph) -> None:
    ingest(graph, "x", [*a_small_world(), *marked_records()[3:]])

    assert listed(experts.LISTING, graph, PUBLIC) == set()
    assert "experts" not in findings.search(graph, PUBLIC, "a")
    assert all(not id_.endswith(("green", "amber", "red")) for id_ in listed(institutions.LISTING, graph, PUBLIC))
