"""Take in records: write what is new or changed, leave the rest alone, account for every one.

The same run twice changes nothing. A run that dies half way leaves whole portions, each with every tie between records
that are there; the next run of the same file writes the rest.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

from graph.connection import Graph
from graph.domain.accounts import Batch
from graph.domain.identifiers import RecordId
from graph.domain.kinds import RECORD_KINDS
from graph.domain.labels import Label
from graph.domain.outcomes import Outcome, Rejected, Warned
from graph.domain.properties import End, TieRow, digest, to_properties, to_ties
from graph.domain.records import Record
from graph.services.clock import now
from graph.services.imports.portions import portions, write_portion
from graph.store import records as store

_ORDER = [kind.label for kind in RECORD_KINDS]
# What a source may state, and so no longer state; the others are our own bookkeeping about it.
_STATED: list[Label] = [label for label in _ORDER if label not in (Label.BATCH, Label.ACCOUNT, Label.AUDIT_EVENT)]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every record that was read.

    `read` = created + changed + unchanged + repeated + rejected. `repeated` counts records that came twice under
    one id, of which the last was taken. `by_label` counts the records read by kind; `retired` is no part of `read`.
    `batch` is empty for a preview.
    """

    source: str
    batch: str
    read: int
    created: int
    changed: int
    unchanged: int
    repeated: int
    retired: int
    by_label: dict[str, int]
    rejected: tuple[Rejected, ...]
    warnings: tuple[Warned, ...]

    @property
    def counts(self) -> dict[str, int]:
        """The numbers of the report by name."""
        names = ("read", "created", "changed", "unchanged", "repeated", "retired")
        numbers = {name: getattr(self, name) for name in names}
        return {**numbers, "rejected": len(self.rejected), "warnings": len(self.warnings)}


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The incoming stream, sorted out: records by label and id, and what was said about the others."""

    records: dict[Label, dict[str, Record]]
    repeated: int
    rejected: tuple[Rejected, ...]
    warnings: tuple[Warned, ...]

    def ties(self) -> Iterator[TieRow]:
        return (row for some in self.records.values() for record in some.values() for row in to_ties(record))


@dataclass(frozen=True, slots=True)
class _Work:
    """What has to be written of one label."""

    label: Label
    created: list[Record]
    changed: list[Record]
    unchanged: list[Record]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What has to be written, which ends of ties are nowhere, and what is no longer stated."""

    work: list[_Work]
    absent: Set[End]
    gone: Mapping[Label, list[str]] = field(default_factory=dict)

    @property
    def changed(self) -> list[Record]:
        return [record for work in self.work for record in work.changed]

    @property
    def created(self) -> list[Record]:
        return [record for work in self.work for record in work.created]


def ingest(graph: Graph, source: str, incoming: Iterable[Outcome]) -> ImportReport:
    """Write a stream of records, and report. The stream is read to its end before anything is written,
    so that input that breaks half way changes nothing.

    Takes O(records) memory. Raises what the stream raises, Conflict and Unavailable.
    """
    found = _sort_out(incoming)
    return _ingest(graph, source, found, _plan(graph, found))


def ingest_whole(graph: Graph, source: str, incoming: Iterable[Outcome]) -> ImportReport:
    """The same, and retire what the graph holds of this source and the stream no longer states.

    A stream that states nothing at all retires nothing: it is rather a wrong file than an empty source.
    """
    found = _sort_out(incoming)
    return _ingest(graph, source, found, _whole_plan(graph, source, found))


def preview(graph: Graph, source: str, incoming: Iterable[Outcome], promised: Set[End] = frozenset()) -> ImportReport:
    """The report that `ingest` would give, with nothing written; `promised` ends will stand by then."""
    found = _sort_out(incoming)
    return _report(Batch(id="preview", source=source), _plan(graph, found, promised), found)


def preview_whole(
    graph: Graph, source: str, incoming: Iterable[Outcome], promised: Set[End] = frozenset()
) -> ImportReport:
    """The report that `ingest_whole` would give, with nothing written."""
    found = _sort_out(incoming)
    return _report(Batch(id="preview", source=source), _whole_plan(graph, source, found, promised), found)


def _ingest(graph: Graph, source: str, found: _Sorted, plan: _Plan) -> ImportReport:
    started = now()
    batch = Batch(id=_batch_id(source), source=source, started_at=started, written_at=started, recorded_at=started)
    made = portions(plan.changed, plan.created, plan.absent)
    if made:  # the pages show that it runs
        store.save_nodes(graph, Label.BATCH, [to_properties(batch)])
    for portion in made:
        graph.transaction(partial(write_portion, portion=portion, batch=batch))
    report = replace(_report(batch, plan, found), batch=batch.id)
    graph.transaction(lambda within: _finish(within, plan, batch, report))
    return report


def _finish(graph: Graph, plan: _Plan, batch: Batch, report: ImportReport) -> None:
    for label, ids in plan.gone.items():
        store.retract(graph, label, ids, instant=now(), batch=batch.id)
    done = replace(batch, status="complete", finished_at=now(), counts=json.dumps(report.counts))
    store.save_nodes(graph, Label.BATCH, [to_properties(done)])


def _sort_out(incoming: Iterable[Outcome]) -> _Sorted:
    by_label: dict[Label, dict[str, Record]] = defaultdict(dict)
    rejected: list[Rejected] = []
    warnings: list[Warned] = []
    repeated = 0
    for item in incoming:
        if isinstance(item, Rejected):
            rejected.append(item)
        elif isinstance(item, Warned):
            warnings.append(item)
        else:
            repeated += item.id in by_label[item.label]
            by_label[item.label][item.id] = item
    ordered = {label: by_label[label] for label in _ORDER if by_label.get(label)}
    return _Sorted(ordered, repeated, tuple(rejected), tuple(warnings))


def _whole_plan(graph: Graph, source: str, found: _Sorted, promised: Set[End] = frozenset()) -> _Plan:
    gone = _gone(graph, source, found) if found.records else {}
    return replace(_plan(graph, found, promised), gone=gone)


def _plan(graph: Graph, found: _Sorted, promised: Set[End] = frozenset()) -> _Plan:
    absent = _absent_ends(graph, found) - promised
    return _Plan([_plan_label(graph, label, some, absent) for label, some in found.records.items()], absent)


def _plan_label(graph: Graph, label: Label, some: dict[str, Record], absent: Set[End]) -> _Work:
    known = store.known(graph, label, some)
    work = _Work(label, [], [], [])
    for record in some.values():
        before = known.get(record.id)
        if before is None:
            work.created.append(record)
        elif before["retracted_at"] or before["digest"] != digest(record, absent):
            work.changed.append(record)
        else:
            work.unchanged.append(record)
    return work


def _absent_ends(graph: Graph, found: _Sorted) -> Set[End]:
    """The ends of ties that are neither in the graph nor in the stream."""
    wanted: dict[Label, set[str]] = defaultdict(set)
    for row in found.ties():
        if row.target not in found.records.get(row.target_label, {}):
            wanted[row.target_label].add(row.target)
    return {(label, id_) for label, ids in wanted.items() for id_ in ids - store.known(graph, label, ids).keys()}


def _gone(graph: Graph, source: str, found: _Sorted) -> dict[Label, list[str]]:
    """The ids of the source that the stream no longer states, by label."""
    live = store.live_ids(graph, source)
    return {label: sorted(set(live.get(label, ())) - found.records.get(label, {}).keys()) for label in _STATED}


def _report(batch: Batch, plan: _Plan, found: _Sorted) -> ImportReport:
    by_label = {str(label): len(some) for label, some in found.records.items()}
    return ImportReport(
        source=batch.source,
        batch="",
        read=sum(by_label.values()) + found.repeated + len(found.rejected),
        created=sum(len(work.created) for work in plan.work),
        changed=sum(len(work.changed) for work in plan.work),
        unchanged=sum(len(work.unchanged) for work in plan.work),
        repeated=found.repeated,
        retired=sum(len(ids) for ids in plan.gone.values()),
        by_label=by_label,
        rejected=found.rejected,
        warnings=found.warnings + _left_out(plan, found),
    )


def _left_out(plan: _Plan, found: _Sorted) -> tuple[Warned, ...]:
    return tuple(
        Warned(
            f"{row.label} {row.source}", f"{row.type} {row.target} was left out: no such {row.target_label} is known"
        )
        for row in found.ties()
        if (row.target_label, row.target) in plan.absent
    )


def _batch_id(source: str) -> str:
    return RecordId.from_words("batch", source, datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f"))
