"""Taking a file in, the same way for the command and the page."""

from dataclasses import dataclass
from pathlib import Path

from graph.connection import Graph
from graph.domain.outcomes import Outcome
from graph.domain.records import Record
from graph.services.imports.ingest import (
    ImportReport,
    ingest,
    ingest_whole,
    preview,
    preview_whole,
)
from importers import reference, sources
from importers.sources import Options, Source


@dataclass(frozen=True, slots=True)
class Reading:
    """A file read to its end, before any graph was asked."""

    source: Source
    stamp: str
    outcomes: tuple[Outcome, ...]


def read_file(source_name: str, path: Path, options: Options) -> Reading:
    """Everything the file states. Raises InvalidValue for an unknown source, an unfit mapping or an unfit file."""
    source = sources.find(source_name)
    return Reading(source, source.stamp(path, options), tuple(source.read(path, options)))


def preview_file(graph: Graph, reading: Reading) -> ImportReport:
    """What taking the file in would do; nothing is written."""
    look = preview_whole if reading.source.whole else preview
    promised = {(record.label, record.id) for record in reference.read() if isinstance(record, Record)}
    return look(graph, reading.stamp, reading.outcomes, promised)


def take_file(graph: Graph, reading: Reading) -> ImportReport:
    """Take the file in, with the reference data it stands on."""
    ingest(graph, "reference", reference.read())
    take = ingest_whole if reading.source.whole else ingest
    return take(graph, reading.stamp, reading.outcomes)
