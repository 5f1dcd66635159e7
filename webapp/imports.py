"""Taking a file in, the same way for the command and the page."""

from pathlib import Path

from graph.connection import Graph
from graph.errors import InvalidValue
from graph.services.ingest import ImportReport, ingest, ingest_whole, preview
from importers import reference, sources
from importers.sources import Options


def read_mapping(text: str) -> dict[str, str]:
    """ "name=Name,country=Land" as ours -> theirs. Raises InvalidValue for a part without "=" or a name twice."""
    mapping: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        ours, equals, theirs = (word.strip() for word in part.partition("="))
        if not equals or not ours or not theirs:
            raise InvalidValue("map", part, "is not ours=theirs; write pairs like name=Name,country=Country")
        if ours in mapping:
            raise InvalidValue("map", ours, "is named twice; name each of our columns once")
        mapping[ours] = theirs
    return mapping


def try_file(graph: Graph, source_name: str, path: Path, options: Options) -> ImportReport:
    """What taking the file in would do; nothing is written."""
    source = sources.find(source_name)
    return preview(graph, source.stamp(path, options), source.read(path, options))


def take_file(graph: Graph, source_name: str, path: Path, options: Options) -> ImportReport:
    """Take the file in, with the reference data it stands on. A file that breaks changes nothing."""
    source = sources.find(source_name)
    outcomes = list(source.read(path, options))
    ingest(graph, "reference", reference.read())
    take = ingest_whole if source.whole else ingest
    return take(graph, source.stamp(path, options), outcomes)
