"""GraphML, as networkx, igraph, yEd and many others read it; first and last days are attributes of the edges."""

from collections.abc import Mapping

from graph.services.network.export import Extract
from webapp.exports.arcs import FACTS, arcs
from webapp.exports.documents import Document

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_NODES = {"name": "string", "region": "string", "name_withheld": "boolean"}
_TYPES = {"integer": "int"}


def write(extract: Extract) -> bytes:
    """The extract as a GraphML document. O(ties)."""
    document = Document()
    with document.element("graphml", {"xmlns": _NAMESPACE}):
        _keys(document, "node", _NODES)
        _keys(document, "edge", {**FACTS, "weight": "double"})
        with document.element("graph", {"id": "transfers", "edgedefault": "directed"}):
            for actor in extract.actors:
                with document.element("node", {"id": actor.id}):
                    facts = {"name": actor.name, "region": actor.group, "name_withheld": not actor.named}
                    _values(document, "node", facts)
            for arc in arcs(extract):
                ends: dict[str, object] = {"id": f"e{arc.number}", "source": arc.source, "target": arc.target}
                with document.element("edge", ends):
                    _values(document, "edge", {**arc.facts, "weight": arc.behind.weight})
    return document.content


def _keys(document: Document, kind: str, types: Mapping[str, str]) -> None:
    for name, type_ in types.items():
        told = {"id": f"{kind}-{name}", "for": kind, "attr.name": name, "attr.type": _TYPES.get(type_, type_)}
        document.leaf("key", dict(told))


def _values(document: Document, kind: str, facts: Mapping[str, object]) -> None:
    for name, value in facts.items():
        if value is None:
            continue
        document.leaf("data", {"key": f"{kind}-{name}"}, value)
