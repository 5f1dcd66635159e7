"""Taking a file in, the same way for the command and the page."""

from pathlib import Path

from graph.connection import Graph
from graph.domain.records import Record
from graph.services.ingest import ImportReport, ingest, ingest_whole, preview, preview_whole
from importers import reference, sources
from importers.sources import Options


def try_file(graph: Graph, source_name: str, path: Path, options: Options) -> ImportReport:
    """What taking the file in would do; nothing is written."""
    source = sources.find(source_name)
    look = preview_whole if source.whole else preview
    promised = {(record.label, record.id) for record in reference.read() if isinstance(record, Record)}
    return look(graph, source.stamp(path, options), source.read(path, options), promised)


def take_file(graph: Graph, source_name: str, path: Path, options: Options) -> ImportReport:
    """Take the file in, with the reference data it stands on. A file that breaks changes nothing."""
    source = sources.find(source_name)
    outcomes = list(source.read(path, options))
    ingest(graph, "reference", reference.read())
    take = ingest_whole if source.whole else ingest
    return take(graph, source.stamp(path, options), outcomes)
