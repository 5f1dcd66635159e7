"""Locks on records: whoever takes them first makes others wait who want the same, until the transaction is over.

Servers read what others have committed meanwhile. So what a use case decides on is locked first and read then. Always
in this order of labels and ids, so that no two use cases wait for each other.
"""

from collections.abc import Iterable, Mapping

from graph.connection import Graph
from graph.domain.kinds import RECORD_KINDS
from graph.domain.labels import Label
from graph.domain.topics import Topic
from graph.statement import Statement

# A property written and removed in one breath takes the lock and leaves nothing behind.
LOCK = {
    label: Statement(
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) SET n.locked = true REMOVE n.locked",
        changes=Topic.LOCKS,
    )
    for label in Label
}
_ORDER = [kind.label for kind in RECORD_KINDS]


def take(graph: Graph, wanted: Mapping[Label, Iterable[str]]) -> None:
    """Lock these records, by label; an id that is not there locks nothing. Only within a transaction."""
    for label in sorted(wanted, key=_ORDER.index):
        ids = sorted(set(wanted[label]))
        if ids:
            graph.write(LOCK[label], ids=ids)
