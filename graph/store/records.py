"""Writing records of any kind: the statements are built here once, out of the closed model, and nowhere else.

The work list of a write is rows of plain values; `services.ingest` decides what has to be written.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import TypeVar

from graph.connection import Graph, Row
from graph.domain.kinds import TIE_SLOTS, TieSlot
from graph.domain.labels import Label, TieType
from graph.domain.properties import Properties, TieRow
from graph.domain.topics import EVERY_TOPIC, TOPIC_OF, topic_of_tie, topics_erased_with
from graph.statement import Statement

T = TypeVar("T")

ROWS_PER_TRANSACTION = 2_000

KNOWN = {
    label: Statement(
        f"MATCH (n:{label}) WHERE n.id IN $ids "
        "RETURN n.id AS id, n.digest AS digest, n.recorded_at AS recorded_at, n.retracted_at AS retracted_at, "
        "n.consents AS consents, n.consents_chosen_at AS consents_chosen_at, "
        "n.conflicts_chosen_at AS conflicts_chosen_at, n.weights AS weights",
        reads=topic,
    )
    for label, topic in TOPIC_OF.items()
}
UPSERT = {
    label: Statement(
        f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row.properties",
        changes=topic,
    )
    for label, topic in TOPIC_OF.items()
}
SEAL = {
    label: Statement(
        f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n.digest = row.digest",
        changes=topic,
    )
    for label, topic in TOPIC_OF.items()
}
LIVE_IDS = Statement(
    """
    MATCH (n) WHERE n.source = $source AND n.retracted_at IS NULL AND n.batch IS NOT NULL
    WITH labels(n)[0] AS label, n.id AS id ORDER BY label, id
    RETURN label AS label, collect(id) AS ids ORDER BY label
""",
    reads=EVERY_TOPIC,
)
RETRACT = {
    label: Statement(
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) "
        "SET n.retracted_at = $instant, n.batch = $batch, n.digest = ''",
        changes=topic,
    )
    for label, topic in TOPIC_OF.items()
}
ERASE = {
    label: Statement(
        f"MATCH (n:{label}) WHERE n.source = $source WITH n LIMIT $limit DETACH DELETE n",
        changes=topics_erased_with(label),
    )
    for label in Label
}
COUNT_OF_SOURCE = {
    label: Statement(f"MATCH (n:{label}) WHERE n.source = $source RETURN count(n) AS total", reads=topic)
    for label, topic in TOPIC_OF.items()
}
# The record that states a tie is the end with few ties, so it stands on the left: hub first would be quadratic.
UPSERT_TIE = {
    slot: Statement(
        f"UNWIND $rows AS row MATCH (a:{slot[0]} {{id: row.source}}) MATCH (b:{slot[2]} {{id: row.target}}) "
        f"MERGE (a)-[t:{slot[1]} {{key: row.key}}]->(b) SET t += row.properties",
        changes=topic_of_tie(slot),
    )
    for slot in TIE_SLOTS
}
# What a person declared, no source changes.
_CHOSEN = {TieType.CONFLICTS_WITH: "WHERE a.conflicts_chosen_at IS NULL ", TieType.WISHES: "WHERE false "}
DROP_TIES = {
    slot: Statement(
        f"UNWIND $ids AS id MATCH (a:{slot[0]} {{id: id}})-[t:{slot[1]}]->(:{slot[2]}) "
        f"{_CHOSEN.get(slot[1], '')}DELETE t",
        changes=topic_of_tie(slot),
    )
    for slot in TIE_SLOTS
}


def known(graph: Graph, label: Label, ids: Iterable[str]) -> dict[str, Row]:
    """What the graph holds of these ids: id -> row of digest, recorded_at and retracted_at. O(len(ids))."""
    rows = (row for some in _chunks(ids) for row in graph.read(KNOWN[label], ids=some))
    return {row["id"]: row for row in rows}


def save_nodes(graph: Graph, label: Label, properties: Iterable[Properties]) -> None:
    """Write nodes so that they hold just these properties."""
    for some in _chunks({"id": found["id"], "properties": found} for found in properties):
        graph.write(UPSERT[label], rows=some)


def save_ties(graph: Graph, ties: Iterable[TieRow]) -> None:
    """Write ties between nodes that are there; a missing end writes nothing."""

    def slot(tie: TieRow) -> TieSlot:
        return tie.label, tie.type, tie.target_label

    for where, group in groupby(sorted(ties, key=slot), key=slot):
        rows = ({"source": t.source, "target": t.target, "key": t.key, "properties": t.properties} for t in group)
        for some in _chunks(rows):
            graph.write(UPSERT_TIE[where], rows=some)


def drop_ties(graph: Graph, label: Label, ids: Iterable[str]) -> None:
    """Take away every tie that these records state, but for what a person declared themselves."""
    gone = list(ids)
    for slot in TIE_SLOTS:
        if slot[0] is label:
            for some in _chunks(gone):
                graph.write(DROP_TIES[slot], ids=some)


def seal(graph: Graph, label: Label, digests: dict[str, str]) -> None:
    """Note that these records are wholly written; one without its digest is written again by the next run."""
    for some in _chunks({"id": id_, "digest": digest} for id_, digest in digests.items()):
        graph.write(SEAL[label], rows=some)


def live_ids(graph: Graph, source: str) -> dict[Label, list[str]]:
    """The ids of a source that are not retracted and came in by an import, by label; what was agreed here has none."""
    return {Label(row["label"]): row["ids"] for row in graph.read(LIVE_IDS, source=source)}


def retract(graph: Graph, label: Label, ids: Sequence[str], *, instant: str, batch: str) -> None:
    """Mark records as no longer stated. They stay for the second clock and leave every ordinary read."""
    for some in _chunks(ids):
        graph.write(RETRACT[label], ids=some, instant=instant, batch=batch)


def erase_source(graph: Graph, source: str) -> int:
    """Delete every record of a source with its ties, in small transactions; the number of records deleted."""
    return sum(_erase(graph, label, source) for label in Label)


def _erase(graph: Graph, label: Label, source: str) -> int:
    total = int(graph.read(COUNT_OF_SOURCE[label], source=source)[0]["total"])
    for _ in range(0, total, ROWS_PER_TRANSACTION):
        graph.write(ERASE[label], source=source, limit=ROWS_PER_TRANSACTION)
    return total


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, ROWS_PER_TRANSACTION)):
        yield some
