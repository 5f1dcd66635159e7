"""What both sides agreed becomes an engagement, once and whole, and they learn how to reach each other."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from graph.connection import Graph
from graph.domain.agreements import ProposalStatus
from graph.domain.engagements import EngagementStatus
from graph.domain.labels import Label
from graph.domain.people import WorksAt
from graph.domain.programmes import OpeningKind
from graph.errors import Conflict, InvalidValue, NotAllowed, NotFound
from graph.services import audit
from graph.services.imports.ingest import ingest, ingest_whole
from graph.services.proposals import settle as settling
from graph.services.proposals.answer import answer_proposal, name_mentee
from graph.services.proposals.settle import settle_proposals
from graph.store import engagements, experts, proposals, records
from tests import factories
from tests.factories import a_small_world
from tests.services.agreement_world import (
    ADMIN,
    AMA,
    BEN,
    ENGAGED,
    EVERYBODY,
    EXPERT_YES,
    FINISH,
    FORGET_TIES,
    HOST,
    HOST_YES,
    OFFICER,
    OTHER_HOST,
    RESEARCHER,
    TODAY,
    actions,
    confirm,
    opening_to_come,
    parties,
    published,
    stands,
)


def test_a_confirmed_stay_is_a_planned_secondment(world: Graph) -> None:
    ama = published(world)
    confirm(world, ama)

    made = engagements.find(world, ADMIN.audience, Label.SECONDMENT, ama)
    assert (made["status"], made["start"], made["end"], made["tlp"]) == (
        EngagementStatus.PLANNED,
        "2027-02-01",
        "2027-06-30",
        "CLEAR",
    )
    assert parties(world, Label.SECONDMENT, ama) == {
        ("BY", "ama"),
        ("FROM", "cert-gh"),
        ("TO", "cert-tg"),
        ("FOR", "togo-cert"),
        ("ABOUT", "area-forensics"),
    }
    assert ama in {row["id"] for row in experts.history(world, ADMIN.audience, "ama")}


@pytest.mark.parametrize(
    ("kind", "label", "part"),
    [
        (OpeningKind.RESIDENCY, Label.SECONDMENT, {("BY", "ama"), ("FROM", "cert-gh"), ("TO", "cert-tg")}),
        (OpeningKind.SCHOLARSHIP, Label.SCHOLARSHIP, {("AWARDED_TO", "ama"), ("AT", "cert-tg"), ("FROM", "cert-gh")}),
        (OpeningKind.ATTACHMENT, Label.SECONDMENT, {("BY", "ama"), ("FROM", "cert-gh"), ("TO", "cert-tg")}),
    ],
)
def test_every_kind_of_opening_has_its_engagement(
    here: Graph, kind: OpeningKind, label: Label, part: set[tuple[str, str]]
) -> None:
    ingest(here, "y", [opening_to_come(id="other", kind=kind)])
    ama = published(here, "ama", "other")
    confirm(here, ama)

    assert part <= parties(here, label, ama)


def test_an_attachment_is_a_secondment_that_learns(here: Graph) -> None:
    ingest(here, "y", [opening_to_come(id="other", kind=OpeningKind.ATTACHMENT)])
    ama = published(here, "ama", "other")
    confirm(here, ama)

    assert engagements.find(here, ADMIN.audience, Label.SECONDMENT, ama)["direction"] == "learns"


def test_whoever_works_at_the_host_already_comes_from_nowhere(here: Graph) -> None:
    ben = published(here, "ben", "stay")
    confirm(here, ben)

    assert {part for part, _ in parties(here, Label.SECONDMENT, ben)} == {"BY", "TO", "FOR", "ABOUT"}


def test_a_mentorship_waits_for_its_mentee(world: Graph) -> None:
    ama = published(world, "ama", "togo-mentor")
    with pytest.raises(Conflict, match="once both sides have accepted"):
        name_mentee(world, HOST, ama, "ben", TODAY)
    confirm(world, ama)
    assert proposals.count_waiting(world, proposals.reader(HOST, TODAY)) == 1
    with pytest.raises(NotFound):
        engagements.find(world, ADMIN.audience, Label.MENTORSHIP, ama)

    with pytest.raises(InvalidValue, match="choose one who does"):
        name_mentee(world, HOST, ama, "dede", TODAY)
    with pytest.raises(NotAllowed):
        name_mentee(world, AMA, ama, "ben", TODAY)
    name_mentee(world, HOST, ama, "ben", TODAY)
    name_mentee(world, OFFICER, ama, "ben", TODAY)

    assert {("MENTOR", "ama"), ("MENTEE", "ben"), ("FOR", "togo-cert")} <= parties(world, Label.MENTORSHIP, ama)
    assert proposals.count_waiting(world, proposals.reader(HOST, TODAY)) == 0
    ingest(world, "y", [factories.expert(id="kim", name="Kim", posts=(WorksAt(target="cert-tg"),))])
    with pytest.raises(Conflict, match="named already"):
        name_mentee(world, HOST, ama, "kim", TODAY)
    stay = published(world, "ben", "stay")
    with pytest.raises(Conflict, match="no mentorship"):
        name_mentee(world, HOST, stay, "ben", TODAY)


def test_whoever_dies_within_an_answer_has_not_answered(world: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    ama = published(world)
    answer_proposal(world, HOST, ama, HOST_YES, TODAY)
    before = actions(world, ama)
    crash(world, monkeypatch, lambda: answer_proposal(world, AMA, ama, EXPERT_YES, TODAY))
    assert stands(world, ama).status is ProposalStatus.ACCEPTED_BY_HOST
    assert actions(world, ama) == before
    assert world.read(ENGAGED) == [{"total": 0}]

    answer_proposal(world, AMA, ama, EXPERT_YES, TODAY)

    assert ("BY", "ama") in parties(world, Label.SECONDMENT, ama)


def crash(graph: Graph, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """The process dies between the confirmation and its engagement."""

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(settling.records, "save_nodes", die)
        patch.setattr(audit, "note", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            act()


def test_half_an_engagement_is_completed_and_a_whole_one_left_alone(world: Graph) -> None:
    ama = published(world)
    confirm(world, ama)
    world.write(FORGET_TIES, id=ama)

    assert settle_proposals(world, TODAY) == 1
    assert ("BY", "ama") in parties(world, Label.SECONDMENT, ama)
    world.write(FINISH, id=ama)
    assert settle_proposals(world, TODAY) == 0
    assert engagements.find(world, ADMIN.audience, Label.SECONDMENT, ama)["status"] == "completed"


def test_what_was_agreed_outlives_the_next_import_of_its_source(graph: Graph) -> None:
    invented = [replace(record, source="demonstration") for record in a_small_world()]
    stay = opening_to_come(id="stay", source="demonstration")
    ingest_whole(graph, "demonstration", [*invented, stay])
    ama = published(graph)
    confirm(graph, ama)

    ingest_whole(graph, "demonstration", [*invented, stay])

    assert stands(graph, ama).status is ProposalStatus.CONFIRMED
    assert ("BY", "ama") in parties(graph, Label.SECONDMENT, ama)
    records.erase_source(graph, "demonstration")
    assert graph.read(ENGAGED) == [{"total": 0}]


def test_addresses_are_shown_once_both_sides_have_agreed(world: Graph) -> None:
    ama = published(world)
    answer_proposal(world, HOST, ama, HOST_YES, TODAY)
    assert [proposals.contacts(world, proposals.reader(account, TODAY), ama) for account in EVERYBODY] == [[]] * 7

    answer_proposal(world, AMA, ama, EXPERT_YES, TODAY)

    for account in (OFFICER, ADMIN, HOST, AMA):
        rows = proposals.contacts(world, proposals.reader(account, TODAY), ama)
        assert [(row["party"], row["email"]) for row in rows] == [
            ("expert", "account-ama@example.org"),
            ("host", "host@example.org"),
        ]
    for account in (BEN, OTHER_HOST, RESEARCHER):
        assert proposals.contacts(world, proposals.reader(account, TODAY), ama) == []
