"""Dynamic GEXF 1.3, as Gephi opens it with its timeline.

Time there is continuous, so a tie of one day has to end on the next, or it would be an instant that no timeline
shows; and days are written in full, since a bare year is not a date there. What goes on has no end. Spells are
elements of their own: the attributes `start` and `end` get lost between versions. Gephi makes one edge of those of one
pair and kind, and loses days where their spells overlap; so each further tie of a pair is of a kind of its own. The
attribute `channel` says what it is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from graph.evolution.windows import date_of
from graph.services.export_network import Extract
from webapp.exports.arcs import FACTS, Arc, Spell, arcs, presences
from webapp.exports.documents import Document

_NAMESPACE = "http://gexf.net/1.3"


def write(extract: Extract) -> bytes:
    """The extract as a GEXF document. O(ties)."""
    document = Document()
    with document.element("gexf", {"xmlns": _NAMESPACE, "version": "1.3"}):
        with document.element("meta"):
            document.leaf("creator", {}, "Baton")
            document.leaf("description", {}, f"Transfers of know-how between {extract.asked.level.value} actors")
        with document.element("graph", _header(extract)):
            _attributes(document, "node", {"region": "string", "name_withheld": "boolean"})
            _attributes(document, "edge", FACTS)
            _nodes(document, extract)
            with document.element("edges"):
                for arc, kind in _of_kinds(arcs(extract)):
                    _edge(document, arc, kind)
    return document.content


def _header(extract: Extract) -> dict[str, object]:
    fixed = {"mode": "dynamic", "defaultedgetype": "directed", "timeformat": "date", "timerepresentation": "interval"}
    opens, closes = _extent(extract)
    return {**fixed, "start": opens.isoformat(), "end": closes.isoformat()}


def _extent(extract: Extract) -> tuple[date, date]:
    """From the first day of any tie to the last of any, at least the span that was asked for."""
    opens, closes = date_of(extract.span.first), date_of(extract.span.last_exclusive)
    ends = [tie.last + timedelta(days=1) for tie in extract.ties if tie.last]
    return min([opens, *(tie.first for tie in extract.ties)]), max([closes, *ends])


def _attributes(document: Document, kind: str, types: Mapping[str, str]) -> None:
    with document.element("attributes", {"class": kind, "mode": "static"}):
        for name, type_ in types.items():
            document.leaf("attribute", {"id": name, "title": name, "type": type_})


def _nodes(document: Document, extract: Extract) -> None:
    present = presences(extract)
    with document.element("nodes"):
        for actor in extract.actors:
            with document.element("node", {"id": actor.id, "label": actor.name}):
                _values(document, {"region": actor.group, "name_withheld": not actor.named})
                _spells(document, present[actor.id])


def _of_kinds(found: Iterable[Arc]) -> Iterator[tuple[Arc, str]]:
    """Each edge with its channel, numbered from the second of a pair on."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for arc in found:
        channel = arc.behind.channel
        seen[arc.source, arc.target, channel] += 1
        number = seen[arc.source, arc.target, channel]
        yield arc, channel if number == 1 else f"{channel} {number}"


def _edge(document: Document, arc: Arc, kind: str) -> None:
    ends = {"id": arc.number, "source": arc.source, "target": arc.target, "type": "directed"}
    with document.element("edge", {**ends, "kind": kind, "weight": arc.behind.weight}):
        _values(document, arc.facts)
        _spells(document, [arc.spell])


def _values(document: Document, facts: dict[str, object]) -> None:
    with document.element("attvalues"):
        for name, value in facts.items():
            document.leaf("attvalue", {"for": name, "value": value})


def _spells(document: Document, spells: list[Spell]) -> None:
    with document.element("spells"):
        for start, end in spells:
            closed = {} if end is None else {"end": end.isoformat()}
            document.leaf("spell", {"start": start.isoformat(), **closed})
