"""A person decides what they agree to."""

from datetime import UTC, datetime

from graph.connection import Graph
from graph.domain.accounts import Account, AuditEvent
from graph.domain.identifiers import RecordId
from graph.domain.labels import Label
from graph.domain.marks import Purpose, open_to
from graph.domain.properties import to_properties
from graph.services.accounts.passwords import own_person
from graph.store import consents as store
from graph.store import records


def choose_consents(graph: Graph, account: Account, consents: frozenset[Purpose]) -> None:
    """Set what the person of this account agrees to; from now on no import changes it. Raises NotAllowed."""
    expert = own_person(account)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    event = AuditEvent(
        id=RecordId.from_words("consent", expert, now),
        source=account.source,
        action=f"consents: {', '.join(sorted(consents)) or 'none'}",
        subject=expert,
        actor=account.id,
        happened_at=now,
        recorded_at=now,
    )
    store.save(graph, expert, sorted(consents), open_to(consents), now)
    records.save_nodes(graph, Label.AUDIT_EVENT, [to_properties(event)])
