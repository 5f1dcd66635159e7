"""The formats the network can be exported in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import InvalidValue
from graph.services.network.evolution import EvolutionQuery
from graph.services.network.export import Extract
from webapp.exports import gexf, graphml, node_link, pictures, players, stills, tables


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how a file of it is called and sent, what it is good for, and what writes it."""

    name: str
    suffix: str
    mimetype: str
    label: str
    purpose: str
    write: Callable[[Extract], bytes]


_ALL = (
    Format(
        "gexf",
        ".gexf",
        "application/gexf+xml",
        "GEXF",
        "opens in Gephi with its timeline: every contact and every actor with its days",
        gexf.write,
    ),
    Format(
        "graphml",
        ".graphml",
        "application/graphml+xml",
        "GraphML",
        "networkx, igraph, R, yEd, Cytoscape; every contact is an edge with its days",
        graphml.write,
    ),
    Format(
        "csv", ".zip", "application/zip", "CSV, two tables", "actors and contacts in one ZIP archive", tables.write_both
    ),
    Format(
        "ties",
        ".csv",
        "text/csv",
        "CSV, contacts only",
        "one row a contact, for a sheet or any other program",
        tables.write_contacts,
    ),
    Format(
        "json",
        ".json",
        "application/json",
        "JSON",
        "nodes, and an edge a contact with its days, as networkx reads them",
        node_link.write,
    ),
    Format(
        "svg",
        ".svg",
        "image/svg+xml",
        "SVG picture",
        "all ties of the span in one drawing, as broad as their contacts, for print",
        pictures.write,
    ),
    Format("png", ".png", "image/png", "PNG picture", "the same in pixels, for slides and documents", stills.write),
    Format(
        "html",
        ".html",
        "text/html",
        "Page that plays",
        "one file that moves through the windows in any browser, without a server",
        players.write,
    ),
)

FORMATS: Mapping[str, Format] = {each.name: each for each in _ALL}


def format_of(name: str | None, path: Path) -> Format:
    """The format of that name, or the one by which the file is called. Raises InvalidValue."""
    called = next((each for each in _ALL if each.suffix == path.suffix.lower()), None)
    if name is None:
        if called is None:
            raise InvalidValue("output", path.name, f"does not tell its format; add --format {'|'.join(FORMATS)}")
        return called
    if name not in FORMATS:
        raise InvalidValue("format", name, f"is not a format; use {', '.join(FORMATS)}")
    asked = FORMATS[name]
    if called not in (None, asked):
        why = f"is called as a file of {called.name} is; end it in {asked.suffix}, or ask for --format {called.name}"
        raise InvalidValue("output", path.name, why)
    return asked


def file_name(asked: EvolutionQuery, suffix: str) -> str:
    """A name that says what is inside: level and years."""
    return f"baton-{asked.level.value}-{asked.from_year}-{asked.to_year}{suffix}"
