"""A small world of a host, two people and an officer, in which plans are published and answered."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from graph.connection import Graph
from graph.domain.accounts import Account
from graph.domain.agreements import Party, Proposal, Verdict
from graph.domain.dates import PartialDate
from graph.domain.labels import Label
from graph.domain.marks import Role
from graph.domain.programmes import Need, Opening, OpeningKind
from graph.domain.topics import Topic
from graph.errors import NotFound
from graph.services.imports.ingest import ingest
from graph.services.planning.save_draft import DraftPair, DraftPlan, save_draft
from graph.services.proposals.answer import Answer, answer_proposal
from graph.services.proposals.publish import publish_plan
from graph.statement import CATALOGUE, Statement
from graph.store import engagements, proposals
from graph.store.pages import Query
from tests import factories
from tests.factories import a_small_world

OFFICER = factories.account(id="officer", role=Role.OFFICER)
ADMIN = factories.account(id="admin", role=Role.ADMIN)
HOST = factories.account(id="host", role=Role.HOST, institution="cert-tg")
OTHER_HOST = factories.account(id="other-host", role=Role.HOST, institution="cert-gh")
AMA = factories.account(id="account-ama", role=Role.MEMBER, expert="ama")
BEN = factories.account(id="account-ben", role=Role.MEMBER, expert="ben")
RESEARCHER = factories.account(id="researcher", role=Role.RESEARCHER)
EVERYBODY = (OFFICER, ADMIN, HOST, OTHER_HOST, AMA, BEN, RESEARCHER)
TODAY = datetime.now(UTC).date()
# The deadlines of the small world will be over one day; these will not.
LATER = PartialDate.of_day(TODAY + timedelta(days=30))
GONE = PartialDate.of_day(TODAY - timedelta(days=1))

HOST_YES = Answer(Party.HOST, Verdict.ACCEPT)
HOST_NO = Answer(Party.HOST, Verdict.DECLINE, "We need somebody on site.")
EXPERT_YES = Answer(Party.EXPERT, Verdict.ACCEPT)
EXPERT_NO = Answer(Party.EXPERT, Verdict.DECLINE, "Not this spring.")

EVENTS = Statement(
    "MATCH (a:AuditEvent) RETURN a.action AS action, a.subject AS subject, a.actor AS actor", reads=Topic.BOOKKEEPING
)
ENGAGED = Statement(
    "MATCH (n:Secondment) WHERE n.id STARTS WITH 'proposal-' RETURN count(n) AS total", reads=Topic.SECONDMENTS
)
FORGET_TIES = Statement(
    "MATCH (n:Secondment {id: $id})-[t:BY]->() SET n.digest = null DELETE t", changes=Topic.PEOPLE | Topic.SECONDMENTS
)
FINISH = Statement("MATCH (n:Secondment {id: $id}) SET n.status = 'completed'", changes=Topic.SECONDMENTS)
for statement in (EVENTS, ENGAGED, FORGET_TIES, FINISH):
    CATALOGUE.remove(statement)


def filled(graph: Graph) -> Graph:
    """The small world with a second opening, "stay", and with everybody's sign-in."""
    stay = opening_to_come(id="stay", name="Stay in Lomé", needs=(Need(target="area-forensics", level=2),))
    known = [replace(r, deadline=LATER) if isinstance(r, Opening) else r for r in a_small_world()]
    ingest(graph, "x", [*known, stay, *(replace(account, email=f"{account.id}@example.org") for account in EVERYBODY)])
    return graph


def opening_to_come(**given: Any) -> Opening:
    """A stay at the Togolese team, whose day to answer by is still to come."""
    stay = {"programme": "togo-cert", "host": "cert-tg", "kind": OpeningKind.SECONDMENT, "deadline": LATER}
    return factories.opening(**{**stay, **given})


def draft(*pairs: tuple[str, str], **given: Any) -> DraftPlan:
    found = tuple(DraftPair(expert, opening, 9_500, '{"gap": {"points": 9500}}') for expert, opening in pairs)
    return DraftPlan(
        **{"name": "Spring", "objective": "best", "inputs": {"openings": ["stay"]}, "pairs": found, **given}
    )


def published(graph: Graph, expert: str = "ama", opening: str = "stay") -> str:
    """A proposal that both sides have before them; its id."""
    plan = save_draft(graph, OFFICER, draft((expert, opening), name=f"{expert} for {opening}"))
    publish_plan(graph, OFFICER, plan, TODAY)
    (row,) = listed(graph, OFFICER, plan=plan)
    return str(row["id"])


def listed(graph: Graph, account: Account, **facets: str) -> list[dict[str, Any]]:
    return proposals.search(
        graph, proposals.reader(account, TODAY), Query(sort="waiting", facets=tuple(facets.items()))
    ).rows


def stands(graph: Graph, proposal_id: str, today: date = TODAY) -> Proposal:
    return proposals.find(graph, proposals.reader(ADMIN, today), proposal_id)[0]


def actions(graph: Graph, subject: str) -> list[tuple[str, str]]:
    return sorted((event["actor"], event["action"]) for event in graph.read(EVENTS) if event["subject"] == subject)


def seen_by(graph: Graph, proposal_id: str) -> set[str]:
    """Who sees it on its page; the same see it in their list."""
    found = set()
    for account in EVERYBODY:
        try:
            proposals.find(graph, proposals.reader(account, TODAY), proposal_id)
        except NotFound:
            pass
        else:
            found.add(account.id)
    assert found == {a.id for a in EVERYBODY if proposal_id in {row["id"] for row in listed(graph, a)}}
    return found


def confirm(graph: Graph, proposal_id: str) -> None:
    answer_proposal(graph, OFFICER, proposal_id, HOST_YES, TODAY)
    answer_proposal(graph, OFFICER, proposal_id, EXPERT_YES, TODAY)


def parties(graph: Graph, label: Label, id_: str) -> set[tuple[str, str]]:
    return {(row["part"], row["id"]) for row in engagements.parties(graph, ADMIN.audience, label, id_)}
