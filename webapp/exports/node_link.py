"""JSON of nodes and edges, as `networkx.node_link_graph` reads it, with the question it answers."""

import json
from typing import Any

from graph.evolution.log.windows import date_of
from graph.services.network.export import Extract
from webapp.exports.arcs import Arc, arcs


def write(extract: Extract) -> bytes:
    """The extract as a JSON document in UTF-8. O(ties)."""
    return json.dumps(_document(extract), ensure_ascii=False, indent=1).encode()


def _document(extract: Extract) -> dict[str, Any]:
    span = extract.span
    return {
        "directed": True,
        "multigraph": True,
        "graph": {
            "level": extract.query.level.value,
            "from": date_of(span.first).isoformat(),
            "to": date_of(span.last_exclusive).isoformat(),
            "left_out": {reason.value: count for reason, count in extract.left_out.items()},
        },
        "nodes": [
            {"id": actor.id, "name": actor.name, "region": actor.group, "name_withheld": not actor.named}
            for actor in extract.actors
        ],
        "edges": [
            {"source": arc.source, "target": arc.target, "key": arc.number, "weight": arc.behind.weight, **_dated(arc)}
            for arc in arcs(extract)
        ],
    }


def _dated(arc: Arc) -> dict[str, object]:
    return {**arc.facts, "last_day": arc.facts["last_day"] or None, "about": list(arc.behind.about)}
