"""Dynamic GEXF 1.3, as Gephi opens it with its timeline.

Time there is continuous and the end of a spell belongs to it, so a tie ends with the last second of its last day: one
day of a tie is no instant that no timeline shows, and a tie to the end of a year is not in the next one. The format of
time stays `date`: Gephi reads a time of day there too, and networkx reads no other. Days are written in full, since a
bare year is no date there. What goes on has no end. Spells are elements of their own: the attributes `start` and `end`
get lost between versions. Gephi makes one edge of those of one pair and kind, and loses days where their spells
overlap; so each further tie of a pair is of a kind of its own. The attribute `channel` says what it is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta

from graph.evolution.log.windows import date_of
from graph.services.network.export import Extract
from webapp.exports.arcs import FACTS, Arc, Spell, arcs, presences
from webapp.exports.documents import Document

_NAMESPACE = "http://gexf.net/1.3"


def write(extract: Extract) -> bytes:
    """The extract as a GEXF document. O(ties)."""
    document = Document()
    with document.element("gexf", {"xmlns": _NAMESPACE, "version": "1.3"}):
        with document.element("meta"):
            document.leaf("creator", {}, "Baton")
            document.leaf("description", {}, f"Transfers of know-how between {extract.query.level.value} actors")
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
    return {**fixed, "start": opens.isoformat(), "end": _last_second(closes)}


def _extent(extract: Extract) -> tuple[date, date]:
    """From the first day of any tie to the last of any, at least the span that was asked for."""
    opens, closes = date_of(extract.span.first), date_of(extract.span.last_exclusive)
    ends = [tie.last + timedelta(days=1) for tie in extract.contacts if tie.last]
    return min([opens, *(tie.first for tie in extract.contacts)]), max([closes, *ends])


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
            if value is None:
                continue
            document.leaf("attvalue", {"for": name, "value": value})


def _spells(document: Document, spells: list[Spell]) -> None:
    with document.element("spells"):
        for start, end in spells:
            closed = {} if end is None else {"end": _last_second(end)}
            document.leaf("spell", {"start": start.isoformat(), **closed})


def _last_second(after: date) -> str:
    """The end of what holds no longer on that day.

    >>> _last_second(date(2024, 1, 1))
    '2023-12-31T23:59:59'
    """
    return (datetime.combine(after, time()) - timedelta(seconds=1)).isoformat()
