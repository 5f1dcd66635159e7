"""An import in portions: each is one transaction, so that a run that dies leaves whole ones.

What changed comes first, since it is there already; a tie to a record that is still to come is written with that one.
So after every portion all ties stand between records that are there.
A record is sealed by its digest once its last tie is written; one that is not sealed is written again by the next run.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from graph.connection import Graph, Row
from graph.domain.accounts import Batch
from graph.domain.labels import Label, TieType
from graph.domain.marks import Purpose
from graph.domain.people import Expert
from graph.domain.programmes import Opening
from graph.domain.properties import End, TieRow, digest, to_properties, to_ties
from graph.domain.records import Record
from graph.services.clock import now
from graph.store import locks
from graph.store import records as store

_SIZE = store.ROWS_PER_TRANSACTION


@dataclass(slots=True)
class Portion:
    """What one transaction writes: records, ties by the id of the record that states them, digests by label and id."""

    records: dict[Label, list[Record]] = field(default_factory=lambda: defaultdict(list))
    ties: list[TieRow] = field(default_factory=list)
    digests: dict[Label, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))


def portions(changed: Sequence[Record], created: Sequence[Record], absent: Set[End]) -> list[Portion]:
    """Cut records into portions, each in their order; `absent` ends are nowhere and get no tie. O(records + ties)."""
    records = [*changed, *created]
    made = [Portion() for _ in range(0, len(records), _SIZE)]
    comes = {(record.label, record.id): number // _SIZE for number, record in enumerate(created, len(changed))}
    for number, record in enumerate(records):
        own = last = number // _SIZE
        made[own].records[record.label].append(record)
        for row in to_ties(record):
            both = max(own, comes.get((row.target_label, row.target), own))
            made[both].ties.append(row)
            last = max(last, both)
        made[last].digests[record.label][record.id] = digest(record, absent)
    return made


def write_portion(graph: Graph, portion: Portion, batch: Batch) -> None:
    """Write it as a part of a transaction, over what the graph holds of its records at this moment."""
    held = {label: [record.id for record in records] for label, records in portion.records.items()}
    locks.take(graph, held)
    known = {label: store.known(graph, label, ids) for label, ids in held.items()}
    for label, records in portion.records.items():
        stamped = (_stamped(record, known[label].get(record.id), batch) for record in records)
        store.save_nodes(graph, label, map(to_properties, stamped))
        store.drop_ties(graph, label, known[label])
    store.save_ties(graph, _ties(portion, known.get(Label.EXPERT, {}), batch))
    for label, digests in portion.digests.items():
        store.seal(graph, label, digests)
    store.save_nodes(graph, Label.BATCH, [to_properties(replace(batch, written_at=now()))])


def _stamped(record: Record, known: Row | None, batch: Batch) -> Record:
    """A record was recorded when it first came in, and keeps what a person or a host chose themselves."""
    if known is None:
        return replace(record, batch=batch.id, recorded_at=record.recorded_at or batch.started_at)
    recorded = known["recorded_at"] or record.recorded_at or batch.started_at
    record = replace(record, batch=batch.id, recorded_at=recorded)
    if isinstance(record, Expert):
        return _with_choices(record, known)
    if isinstance(record, Opening) and known["weights"] and not record.weights:
        return replace(record, weights=known["weights"])
    return record


def _with_choices(expert: Expert, known: Row) -> Expert:
    expert = replace(expert, conflicts_chosen_at=known["conflicts_chosen_at"] or "")
    if known["consents_chosen_at"]:
        chosen = frozenset(Purpose(text) for text in known["consents"] or ())
        expert = replace(expert, consents=chosen, consents_chosen_at=known["consents_chosen_at"])
    return expert


def _ties(portion: Portion, people: Mapping[str, Row], batch: Batch) -> Iterator[TieRow]:
    """The ties to write: the conflicts of those who declared theirs themselves are not for a source to state."""
    chosen = {id_ for id_, row in people.items() if row["conflicts_chosen_at"]}
    came = {"batch": batch.id, "recorded_at": batch.started_at}
    for row in portion.ties:
        if row.type is not TieType.CONFLICTS_WITH or row.source not in chosen:
            yield replace(row, properties={**row.properties, **came})
