"""The trail of who did what to which record."""

from collections.abc import Iterable
from datetime import UTC, datetime

from graph.connection import Graph
from graph.domain.accounts import Account, AuditEvent
from graph.domain.identifiers import RecordId
from graph.domain.labels import Label
from graph.domain.properties import to_properties
from graph.store import records


def instant() -> str:
    """This instant in UTC to the microsecond, as ISO text that sorts by time."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def note(graph: Graph, account: Account, action: str, subjects: Iterable[str]) -> None:
    """Remember that this account did this to each of the subjects."""
    now = instant()
    events = [
        AuditEvent(
            id=RecordId.from_words("event", subject, now),
            source=account.source,
            action=action,
            subject=subject,
            actor=account.id,
            happened_at=now,
            recorded_at=now,
        )
        for subject in subjects
    ]
    records.save_nodes(graph, Label.AUDIT_EVENT, map(to_properties, events))
