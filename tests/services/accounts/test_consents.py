"""What a person agrees to holds at once, everywhere."""

import pytest

from graph.connection import Graph
from graph.domain.labels import Label
from graph.domain.marks import EVERYTHING, Audience, Purpose, Role
from graph.domain.topics import Topic
from graph.errors import NotAllowed, NotFound
from graph.services.accounts.consents import choose_consents
from graph.services.imports.ingest import ingest
from graph.services.matching.match import MatchQuery, match_opening
from graph.services.transfers.transfers import Left, between_people
from graph.statement import CATALOGUE, Statement
from graph.store import experts, findings, institutions
from tests import factories
from tests.conftest import MEMBER, OFFICER, today
from tests.factories import a_small_world

EVENTS = Statement(
    "MATCH (a:AuditEvent) RETURN a.action AS action, a.subject AS subject, a.actor AS actor, a.tlp AS tlp, "
    "a.recorded_at AS recorded_at ORDER BY a.happened_at",
    reads=Topic.BOOKKEEPING,
)
CATALOGUE.remove(EVENTS)
AMA = factories.account(id="account-ama", role=Role.MEMBER, expert="ama")


@pytest.fixture
def world(graph: Graph) -> Graph:
    ingest(graph, "x", a_small_world())
    return graph


def visible(graph: Graph, audience: Audience) -> bool:
    try:
        return experts.find(graph, audience, "ama").id == "ama"
    except NotFound:
        return False


@pytest.mark.parametrize("purpose", [None, *Purpose])
def test_one_purpose_opens_a_person_to_those_it_is_for(world: Graph, purpose: Purpose | None) -> None:
    choose_consents(world, AMA, frozenset(filter(None, [purpose])))

    seen = {role for role in Role if visible(world, Audience(role))}
    assert (
        seen
        == {
            None: {Role.ADMIN},
            Purpose.RESEARCH: {Role.ADMIN},
            Purpose.MATCHING: {Role.ADMIN, Role.HOST, Role.OFFICER},
            Purpose.DIRECTORY: set(Role) - {Role.PUBLIC},
        }[purpose]
    )
    assert visible(world, Audience(Role.MEMBER, "ama")), "everybody sees their own record"


def test_withdrawal_reaches_lists_history_and_search(world: Graph) -> None:
    choose_consents(world, AMA, frozenset())

    assert findings.search(world, OFFICER, "owusu") == {}
    assert [row["id"] for row in institutions.people(world, OFFICER, "cert-gh")] == []
    (mentorship, *_) = [row for row in experts.history(world, MEMBER, "ben") if row["label"] == Label.MENTORSHIP]
    assert (mentorship["other"], mentorship["other_name"]) == (None, None)


def test_withdrawal_from_matching_takes_the_person_off_every_shortlist(world: Graph) -> None:
    assert [
        found.expert for found in match_opening(world, OFFICER, "togo-mentor", MatchQuery(10, today())).suggestions
    ] == ["ama"]

    choose_consents(world, AMA, frozenset({Purpose.DIRECTORY, Purpose.RESEARCH}))

    assert match_opening(world, OFFICER, "togo-mentor", MatchQuery(10, today())).suggestions == ()


def test_withdrawal_from_research_takes_the_transfer_back(world: Graph) -> None:
    assert len(between_people(world, EVERYTHING).found) == 1

    choose_consents(world, AMA, frozenset({Purpose.DIRECTORY, Purpose.MATCHING}))

    found = between_people(world, EVERYTHING)
    assert (found.found, found.left_out) == ((), {Left.NO_CONSENT: 1})


def test_each_choice_leaves_a_trace_that_only_administrators_may_read(world: Graph) -> None:
    choose_consents(world, AMA, frozenset({Purpose.RESEARCH, Purpose.DIRECTORY}))
    choose_consents(world, AMA, frozenset())

    events = world.read(EVENTS)
    assert [event["action"] for event in events] == ["consents: directory, research", "consents: none"]
    assert {(event["subject"], event["actor"], event["tlp"]) for event in events} == {("ama", "account-ama", "RED")}
    assert all(event["recorded_at"] for event in events)


def test_an_account_without_a_person_has_nothing_to_agree_to(world: Graph) -> None:
    with pytest.raises(NotAllowed, match="ask the administrator"):
        choose_consents(world, factories.account(), frozenset(Purpose))

    assert world.read(EVENTS) == []
