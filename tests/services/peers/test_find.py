"""Peers with their reasons: what each sentence says, and what nobody may learn from one."""

import dataclasses
from collections import Counter, defaultdict
from typing import Any

import pytest

from graph.connection import Graph
from graph.domain.engagements import EngagementStatus
from graph.domain.labels import Label
from graph.domain.marks import Audience, Purpose, Role
from graph.domain.people import Expert, HasCapability, WorksAt
from graph.domain.programmes import Rating
from graph.domain.records import Record
from graph.domain.topics import EVERY_TOPIC, TOPIC_OF
from graph.errors import InvalidValue, NotFound
from graph.services.imports.ingest import ingest, ingest_whole
from graph.services.peers.find import (
    FoundPeer,
    Kind,
    Peers,
    find_peers,
    peers_among,
)
from graph.services.peers.shared_history import read_shared_history
from graph.statement import CATALOGUE, Statement
from importers import scenario
from importers.reference.areas import areas
from tests import factories
from tests.conftest import MEMBER, OFFICER
from tests.factories import day

ADMIN = Audience(Role.ADMIN)
ME = Audience(Role.MEMBER, "me")
NAMES = {
    label: Statement(f"MATCH (n:{label} {{id: $id}}) RETURN n.name AS name", reads=TOPIC_OF[label])
    for label in (Label.EXPERT, Label.INSTITUTION, Label.CENTRE, Label.PROGRAMME, Label.CAPABILITY)
}
WITHOUT = (Label.AVAILABILITY, Label.OPENING, Label.JOINT_PROJECT)
WIPE = Statement("MATCH (n) DETACH DELETE n", changes=EVERY_TOPIC)
for statement in (*NAMES.values(), WIPE):
    CATALOGUE.remove(statement)


def person(id_: str, **given: Any) -> Expert:
    return factories.expert(**{"id": id_, "name": id_.title(), "country": "gh", **given})


def places() -> list[Record]:
    lacks = (Rating(target="area-forensics", level=1, target_level=3),)
    return [
        factories.region(),
        factories.country(),
        factories.capability(),
        factories.capability(id="area-law", name="Cybercrime law", code="law"),
        factories.institution(id="academy", name="Academy"),
        factories.institution(id="cert", name="CERT"),
        factories.centre(id="centre", name="Centre", host="academy"),
        factories.programme(id="togo", name="Togo CERT", owner="cert"),
        factories.programme(id="mali", name="Mali CERT", owner="cert"),
        factories.assessment(id="togo-a", programme="togo", ratings=lacks),
        factories.assessment(id="mali-a", programme="mali", ratings=lacks),
    ]


def world(graph: Graph, *records: Record) -> Graph:
    ingest(graph, "x", [*places(), *records])
    return graph


def away(id_: str, expert: str, start: str, end: str, **given: Any) -> Record:
    return factories.secondment(id=id_, expert=expert, host="cert", start=day(start), end=day(end), **given)


def told(found: Peers) -> dict[str, list[str]]:
    return {peer.expert: [reason.sentence for reason in peer.reasons] for peer in found.peers}


def kinds(found: Peers) -> dict[str, list[Kind]]:
    return {peer.expert: [reason.kind for reason in peer.reasons] for peer in found.peers}


def met_in_every_way(graph: Graph) -> None:
    """Me, and somebody for each kind of reason."""
    forensics = {"capabilities": ("area-forensics",)}
    studies = {"place": "academy", "start": day("2017-09"), "end": day("2018-06")}
    people = [person(id_) for id_ in ("me", "anna", "bob", "carl", "dora", "emil", "fay", "gus", "hal")]
    world(
        graph,
        *people,
        away("me-away", "me", "2020-02", "2020-11"),
        away("anna-away", "anna", "2020-06-03", "2021-03"),
        away("bob-away", "bob", "2012", "2013"),
        factories.institution(id="hall", name="Hall"),
        factories.training(id="course", centre="centre", place="hall", attendees=("me", "carl")),
        factories.scholarship(id="me-studies", scholar="me", **studies),
        factories.scholarship(id="dora-studies", scholar="dora", **{**studies, "start": day("2017-11")}),
        factories.mentorship(id="gus-me", mentor="gus", mentee="me", programme="togo", **forensics),
        factories.mentorship(id="gus-emil", mentor="gus", mentee="emil", start=day("2022"), end=None),
        factories.mentorship(id="hal-gus", mentor="hal", mentee="gus", start=day("2010"), end=day("2010")),
        factories.secondment(
            id="fay-away", expert="fay", host="academy", start=day("2024"), end=day("2025"), tlp="AMBER"
        ),
        factories.mentorship(id="fay-hal", mentor="fay", mentee="hal", programme="mali", **forensics),
    )  # fmt: skip


def test_each_kind_of_reason_says_who_where_and_when(graph: Graph) -> None:
    met_in_every_way(graph)

    found = find_peers(graph, ME, "me", 20)

    dora_and_me = "Dora (scholarship, 2017-11 to 2018-06), Me (scholarship, 2017-09 to 2018-06)."
    anna_and_me = "Anna (secondment, 2020-06-03 to 2021-03), Me (secondment, 2020-02 to 2020-11)."
    lacking = "Both worked on Digital forensics where it is lacking: "
    for_togo = "Me for Togo CERT (mentorship, 2020 to 2021)."
    gus_me = "who mentored Me (mentorship, 2020 to 2021)."
    assert told(found) == {
        "dora": [f"Scholars at Academy at the same time, 2017-11 to 2018-06: {dora_and_me}"],
        "anna": [f"Both guests of CERT at the same time, 2020-06-03 to 2020-11: {anna_and_me}"],
        "carl": ["Same training: Course, held by Centre at Hall, 2020-05-04 to 2020-05-08."],
        "bob": ["Both guests of CERT: Bob (secondment, 2012 to 2013), Me (secondment, 2020-02 to 2020-11)."],
        "emil": ["Both mentored by Gus: Emil (mentorship, from 2022), Me (mentorship, 2020 to 2021)."],
        "fay": [
            f"{lacking}Fay for Mali CERT (mentorship, 2020 to 2021), {for_togo}",
            f"Fay mentored Hal (mentorship, 2020 to 2021), who mentored Gus (mentorship, 2010), {gus_me}",
        ],
        "hal": [
            f"{lacking}Hal for Mali CERT (mentorship, 2020 to 2021), {for_togo}",
            f"Hal mentored Gus (mentorship, 2010), {gus_me}",
        ],
    }
    assert [peer.expert for peer in found.peers] == ["dora", "anna", "carl", "bob", "emil", "fay", "hal"]
    assert kinds(found)["anna"] == [Kind.HOST]
    assert kinds(found)["carl"] == kinds(found)["dora"] == [Kind.COHORT]
    assert kinds(found)["fay"] == [Kind.PROBLEM, Kind.LINEAGE]
    assert found.agreed
    assert found.recorded
    assert found.reached == 7
    # The officer sees Fay's stay at the Academy, which is AMBER, and with it the shared host.
    assert kinds(find_peers(graph, OFFICER, "me", 20))["fay"][0] is Kind.HOST


def test_whoever_no_history_reaches_is_found_over_two_hops(graph: Graph) -> None:
    forensics = (HasCapability(target="area-forensics", level=2),)
    none = (HasCapability(target="area-forensics", level=0),)
    world(
        graph,
        person("me", capabilities=forensics, posts=(WorksAt(target="cert"),)),
        person("near", capabilities=forensics, posts=(WorksAt(target="cert"),)),
        person("far", capabilities=forensics),
        person("nobody", capabilities=none),
    )

    found = find_peers(graph, ME, "me", 20)

    assert told(found) == {
        "near": ["Linked through CERT (2 people) and Digital forensics (3 people)."],
        "far": ["Linked through Digital forensics (3 people)."],
    }
    assert (found.reached, kinds(found)["near"]) == (0, [Kind.NETWORK])
    assert [peer.expert for peer in find_peers(graph, ME, "me", 1).peers] == ["near"]


def test_every_record_a_reason_names_is_stored_under_that_name(graph: Graph) -> None:
    world(
        graph,
        *(person(id_) for id_ in ("me", "anna")),
        away("m", "me", "2020", "2022"),
        away("a", "anna", "2021", "2023"),
    )

    ((reason,),) = [peer.reasons for peer in find_peers(graph, ME, "me", 5).peers]

    assert "".join(piece.name for piece in reason.pieces) == reason.sentence
    stored = [piece for piece in reason.pieces if piece.id]
    assert [(piece.label, piece.id) for piece in stored] == [
        ("Institution", "cert"), ("Expert", "anna"), ("Secondment", "a"), ("Expert", "me"), ("Secondment", "m"),
    ]  # fmt: skip
    for piece in stored:
        if Label(piece.label) in NAMES:
            assert graph.read(NAMES[Label(piece.label)], id=piece.id) == [{"name": piece.name}]


def test_the_directory_is_agreed_to_by_both_and_by_whoever_is_named(graph: Graph) -> None:
    without = frozenset(Purpose) - {Purpose.DIRECTORY}
    world(
        graph,
        person("me"),
        person("anna"),
        person("silent", consents=without),
        factories.training(id="course", centre="centre", attendees=("me", "anna", "silent")),
        factories.mentorship(id="silent-me", mentor="silent", mentee="me"),
        factories.mentorship(id="silent-anna", mentor="silent", mentee="anna"),
    )

    for audience in (ME, OFFICER, ADMIN):
        found = find_peers(graph, audience, "me", 20)
        assert kinds(found) == {"anna": [Kind.COHORT]}
        assert "Silent" not in repr(found)
    for audience in (Audience(Role.MEMBER, "silent"), OFFICER, ADMIN):
        found = find_peers(graph, audience, "silent", 20)
        assert not found.agreed
        assert not found.recorded
        assert found.reached == 0
        assert found.peers == ()


def shown(graph: Graph, audience: Audience, *records: Record) -> bool:
    """Whether Anna is found for me when all we share is in these records."""
    graph.write(WIPE)
    world(graph, person("me"), person("anna"), *records)
    found = find_peers(graph, audience, "me", 20)
    return "anna" in {peer.expert for peer in found.peers}


def test_consent_withdrawn_and_a_new_placement_reach_whoever_looked_before(graph: Graph) -> None:
    away_together = [away(f"{who}-at-cert", who, "2021-01", "2021-06") for who in ("me", "ama")]
    world(graph, person("me"), person("ama"), person("kofi"), *away_together)
    before = told(find_peers(graph, OFFICER, "me", 5))

    ingest(graph, "later", [away("kofi-at-cert", "kofi", "2021-02", "2021-03")])
    joined = told(find_peers(graph, OFFICER, "me", 5))
    ingest(graph, "later", [person("ama", consents=frozenset({Purpose.MATCHING}))])
    withdrawn = told(find_peers(graph, OFFICER, "me", 5))

    assert set(before) == {"ama"}
    assert set(joined) == {"ama", "kofi"}
    assert set(withdrawn) == {"kofi"}


def test_a_reason_rests_only_on_what_the_viewer_may_see(graph: Graph) -> None:
    vault = factories.institution(id="vault", name="Vault", tlp="AMBER")

    def both(**given: Any) -> list[Record]:
        return [away("m", "me", "2020", "2022"), away("a", "anna", "2021", "2023", **given)]

    at_vault = [dataclasses.replace(stay, host="vault") for stay in both() if isinstance(stay, factories.Secondment)]
    seen = [shown(graph, audience, *both(tlp="AMBER")) for audience in (ME, OFFICER, ADMIN)]
    assert seen == [False, True, True]
    assert [shown(graph, audience, *both(tlp="RED")) for audience in (OFFICER, ADMIN)] == [False, True]
    assert [shown(graph, audience, vault, *at_vault) for audience in (ME, OFFICER)] == [False, True]
    assert [shown(graph, ME, *both(status=status)) for status in EngagementStatus].count(True) == 4
    assert not shown(graph, ME, *both(status=EngagementStatus.CANCELLED))


def test_a_hidden_programme_or_assessment_gives_no_reason(graph: Graph) -> None:
    lacks = (Rating(target="area-law", level=1, target_level=3),)
    closed = (Rating(target="area-law", level=3, target_level=3),)
    law = {"capabilities": ("area-law",)}

    def work(programme: str) -> list[Record]:
        mentees = [person("ben"), person("cem")]
        hosts = [factories.mentorship(id=f"w-{who}", mentor=who, mentee=mentee, programme=programme, **law)
                 for who, mentee in (("me", "ben"), ("anna", "cem"))]  # fmt: skip
        return [*mentees, *hosts]

    def problem(audience: Audience, *records: Record) -> bool:
        graph.write(WIPE)
        world(graph, person("me"), person("anna"), *records)
        return Kind.PROBLEM in kinds(find_peers(graph, audience, "me", 20)).get("anna", [])

    hidden = factories.programme(id="mole", name="Mole", owner="cert", tlp="AMBER")
    rated = factories.assessment(id="mole-a", programme="mole", ratings=lacks)
    assert [problem(audience, hidden, rated, *work("mole")) for audience in (ME, OFFICER)] == [False, True]
    amber = factories.assessment(id="togo-b", programme="togo", ratings=lacks, assessed_on=day("2026-05"), tlp="AMBER")
    assert [problem(audience, amber, *work("togo")) for audience in (ME, OFFICER)] == [False, True]
    later = factories.assessment(id="togo-c", programme="togo", ratings=closed, assessed_on=day("2026-06"))
    assert not problem(OFFICER, amber, later, *work("togo")), "the latest assessment counts"


def test_a_hidden_person_breaks_the_line_of_mentors(graph: Graph) -> None:
    world(
        graph,
        person("me"),
        person("elder"),
        person("between", tlp="AMBER"),
        factories.mentorship(id="one", mentor="elder", mentee="between"),
        factories.mentorship(id="two", mentor="between", mentee="me"),
    )

    assert told(find_peers(graph, ME, "me", 20)) == {}
    assert kinds(find_peers(graph, OFFICER, "me", 20)) == {"elder": [Kind.LINEAGE]}


def test_retracted_engagements_and_people_are_no_reason(graph: Graph) -> None:
    people = [dataclasses.replace(person(id_), source="y") for id_ in ("me", "anna", "bob")]
    shared = [away("m", "me", "2020", "2022"), away("a", "anna", "2021", "2023"), away("b", "bob", "2021", "2023")]
    whole = [*people, *(dataclasses.replace(record, source="y") for record in shared)]
    ingest(graph, "x", places())
    ingest_whole(graph, "y", whole)
    assert set(told(find_peers(graph, ME, "me", 20))) == {"anna", "bob"}

    ingest_whole(graph, "y", [record for record in whole if record.id not in ("a", "bob")])

    assert told(find_peers(graph, ADMIN, "me", 20)) == {}


def test_who_held_a_training_is_no_host_of_those_who_attended(graph: Graph) -> None:
    """The academy held my course, in Ghana; Anna was seconded to it, and Bob's course took place there."""
    world(
        graph,
        *(person(id_) for id_ in ("me", "anna", "bob", "carl")),
        factories.training(id="abroad", organiser="academy", country="gh", attendees=("me", "carl")),
        factories.secondment(id="anna-stay", expert="anna", host="academy"),
        factories.training(id="there", name="There", centre="centre", place="academy", attendees=("bob", "carl")),
    )

    mine, bobs = find_peers(graph, ME, "me", 20), find_peers(graph, OFFICER, "bob", 20)
    assert told(mine)["carl"] == ["Same training: Course, held by Academy in Ghana, 2020-05-04 to 2020-05-08."]
    assert kinds(mine).get("anna") != [Kind.HOST]
    assert told(bobs)["carl"][0] == "Same training: There, held by Centre at Academy, 2020-05-04 to 2020-05-08."
    assert told(bobs)["anna"][0].startswith("Both guests of Academy")


def test_no_contact_detail_is_told(graph: Graph) -> None:
    world(graph, person("me"), person("anna"), factories.training(centre="centre", attendees=("me", "anna")))

    (peer,) = find_peers(graph, ME, "me", 5).peers

    assert [field.name for field in dataclasses.fields(FoundPeer)] == [
        "expert",
        "name",
        "headline",
        "country",
        "reasons",
    ]
    assert (peer.name, peer.headline, peer.country) == ("Anna", "", "Ghana")


def test_an_empty_profile_and_an_unknown_person_are_told_apart(graph: Graph) -> None:
    world(graph, person("me"), person("red", tlp="RED"), person("lone", posts=(WorksAt(target="cert"),)))

    empty, lone = find_peers(graph, ME, "me", 5), find_peers(graph, MEMBER, "lone", 5)

    assert empty.agreed
    assert not empty.recorded
    assert empty.peers == ()
    assert lone.agreed
    assert lone.recorded
    assert lone.peers == ()
    for hidden in ("nobody", "red"):
        with pytest.raises(NotFound):
            find_peers(graph, OFFICER, hidden, 5)
    with pytest.raises(InvalidValue, match="give 1 or more"):
        find_peers(graph, ME, "me", 0)


def test_everybody_with_a_single_placement_has_three_reasoned_peers_at_once(embedded: Graph) -> None:
    embedded.write(WIPE)
    # What no reason of a peer rests on stays out: it only takes time.
    ingest(embedded, "x", [*areas(), *(found for found in scenario.read() if found.label not in WITHOUT)])
    shared = read_shared_history(embedded, MEMBER)
    taken: defaultdict[int, set[int]] = defaultdict(set)
    for row in (*shared.history.stays, *shared.history.tasks):
        taken[row.person].add(row.record)
    for step in shared.history.mentorings:
        taken[step.mentor].add(step.record)
        taken[step.mentee].add(step.record)
    newcomers = [shared.people[index].id for index, records in taken.items() if len(records) == 1]

    assert len(newcomers) > 10
    counts: Counter[int] = Counter()
    for expert in newcomers:
        found = peers_among(shared, expert, 3)
        assert len({peer.expert for peer in found.peers} - {expert}) == 3, expert
        assert all(peer.reasons and peer.reasons[0].sentence.endswith(".") for peer in found.peers)
        counts[found.reached > 0] += 1
    assert counts[True] > counts[False], "shared history comes first, and reaches most of them"
