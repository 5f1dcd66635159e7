"""Openings as a viewer may see them."""

from collections.abc import Sequence
from datetime import date

from graph.cache.memory import cached_rows
from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.people import Cefr
from graph.domain.programmes import Need, Opening, Requires
from graph.domain.properties import from_properties
from graph.domain.topics import Topic
from graph.errors import NotFound
from graph.statement import Statement
from graph.store.pages import Listing

FIND = Statement(
    """
    UNWIND $ids AS id MATCH (o:Opening {id: id})-[:FOR]->(p:Programme)
    WHERE o.tlp IN $marks AND o.retracted_at IS NULL AND p.tlp IN $marks AND p.retracted_at IS NULL
    OPTIONAL MATCH (o)-[:AT]->(i:Institution) WHERE i.tlp IN $marks AND i.retracted_at IS NULL
    OPTIONAL MATCH (p)-[:OWNED_BY]->(w:Institution) WHERE w.tlp IN $marks AND w.retracted_at IS NULL
    OPTIONAL MATCH (p)-[:IN]->(c:Country)
    RETURN properties(o) AS opening, p.id AS programme, p.name AS programme_name, coalesce(p.summary, '') AS summary,
           i.id AS host, i.name AS host_name, w.id AS owner, w.name AS owner_name,
           c.id AS country, c.name AS country_name, coalesce(c.languages, []) AS tongues,
           COLLECT { MATCH (o)-[n:NEEDS]->(k:Capability)
                     RETURN {capability: k.id, name: k.name, level: n.level, must: n.must,
                             weight: coalesce(n.weight, 1.0)}
                     ORDER BY n.must DESC, k.name, k.id } AS needs,
           COLLECT { MATCH (o)-[r:REQUIRES]->(l:Language)
                     RETURN {language: l.id, name: l.name, level: r.level} ORDER BY l.name, l.id } AS languages,
           COLLECT { MATCH (o)<-[:OF]-(q:Proposal)-[:OFFERS]->(e:Expert)
                     WHERE q.status = 'declined' AND q.retracted_at IS NULL AND q.tlp IN $marks
                     RETURN DISTINCT e.id ORDER BY e.id } AS refused
    ORDER BY o.id
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS | Topic.PROGRAMMES | Topic.OPENINGS | Topic.PROPOSALS | Topic.REFERENCE,
)

OPEN_IDS = Statement(
    """
    MATCH (o:Opening)-[:FOR]->(p:Programme)
    WHERE o.tlp IN $marks AND o.retracted_at IS NULL AND p.tlp IN $marks AND p.retracted_at IS NULL
      AND coalesce(o.deadline_last, o.end_last) >= $today
      AND ($institution = '' OR EXISTS { (p)-[:OWNED_BY]->(:Institution {id: $institution}) }
           OR EXISTS { (o)-[:AT]->(:Institution {id: $institution}) })
    WITH o ORDER BY o.id RETURN collect(o.id) AS ids
""",
    reads=Topic.ORGANISATIONS | Topic.PROGRAMMES | Topic.OPENINGS,
)

SAVE_WEIGHTS = Statement(
    """
    MATCH (o:Opening {id: $id}) SET o.weights = $weights
""",
    changes=Topic.OPENINGS,
)

AHEAD = Statement(
    """
    MATCH (o:Opening)-[:FOR]->(p:Programme)
    WHERE o.tlp IN $marks AND o.retracted_at IS NULL AND p.tlp IN $marks AND p.retracted_at IS NULL
      AND o.deadline_last >= $today
    OPTIONAL MATCH (p)-[:IN]->(c:Country)
    RETURN o.id AS id, o.name AS name, o.kind AS kind, o.deadline AS deadline, o.deadline_last AS last,
           p.id AS programme, p.name AS programme_name, c.name AS country_name
    ORDER BY last, id LIMIT $limit
""",
    reads=Topic.PROGRAMMES | Topic.OPENINGS | Topic.REFERENCE,
)

HOW_MANY_AHEAD = Statement(
    """
    MATCH (o:Opening)-[:FOR]->(p:Programme)
    WHERE o.tlp IN $marks AND o.retracted_at IS NULL AND p.tlp IN $marks AND p.retracted_at IS NULL
      AND o.deadline_last >= $today
    RETURN count(o) AS total, sum(CASE WHEN o.deadline_last <= $until THEN 1 ELSE 0 END) AS soon
""",
    reads=Topic.PROGRAMMES | Topic.OPENINGS,
)

LISTING = Listing(
    keys=Statement(
        """
    MATCH (o:Opening)-[:FOR]->(p:Programme)
    WHERE o.tlp IN $marks AND o.retracted_at IS NULL AND p.tlp IN $marks AND p.retracted_at IS NULL
      AND all(word IN $words WHERE o.search CONTAINS word OR p.search CONTAINS word)
      AND ($kind = '' OR o.kind = $kind)
    RETURN collect(o.id) AS ids,
           collect(CASE $sort WHEN 'name' THEN o.search WHEN 'start' THEN o.start_first
                   ELSE coalesce(CASE WHEN o.deadline_last < $today THEN '1' ELSE '0' END + o.deadline_first, '')
                   END) AS keys
""",
        reads=Topic.PROGRAMMES | Topic.OPENINGS,
    ),
    rows=Statement(
        """
    MATCH (o:Opening)-[:FOR]->(p:Programme)
    WHERE o.id IN $ids AND o.tlp IN $marks AND o.retracted_at IS NULL AND p.tlp IN $marks AND p.retracted_at IS NULL
    OPTIONAL MATCH (p)-[:IN]->(c:Country)
    RETURN o.id AS id, o.name AS name, o.kind AS kind, o.seats AS seats, o.start AS start, o.end AS end,
           o.deadline AS deadline, o.tlp AS tlp, p.id AS programme, p.name AS programme_name,
           c.id AS country, c.name AS country_name
""",
        reads=Topic.PROGRAMMES | Topic.OPENINGS | Topic.REFERENCE,
    ),
    facets=("kind",),
)

FACETS = {
    "kind": Statement(
        """
    MATCH (o:Opening)-[:FOR]->(p:Programme)
    WHERE o.tlp IN $marks AND o.retracted_at IS NULL AND p.tlp IN $marks AND p.retracted_at IS NULL
    RETURN o.kind AS id, o.kind AS name, count(o) AS total ORDER BY id
""",
        reads=Topic.PROGRAMMES | Topic.OPENINGS,
    ),
}


def find(graph: Graph, audience: Audience, opening_id: str) -> tuple[Opening, Row]:
    """The opening, and the row around it (see `find_all`). Raises NotFound."""
    return find_all(graph, audience, [opening_id])[0]


def find_all(graph: Graph, audience: Audience, ids: Sequence[str]) -> list[tuple[Opening, Row]]:
    """These openings in the order of their ids, each with the row around it.

    The row has the names of programme, host, owner and country, the summary of the programme, the official languages
    of the country (`tongues`), what the opening `needs` (must-haves first), which `languages` it requires, and who
    `refused` it, or was refused for it. Raises NotFound for the first that is not there.
    """
    found = {row["opening"]["id"]: row for row in graph.read(FIND, ids=list(ids), **audience.parameters)}
    for id_ in ids:
        if id_ not in found:
            raise NotFound("opening", id_)
    return [(_opening(row), row) for row in found.values()]


def _opening(row: Row) -> Opening:
    return from_properties(
        Opening,
        row["opening"],
        programme=row["programme"],
        host=row["host"] or "",
        needs=tuple(_need(each) for each in row["needs"]),
        languages=tuple(Requires(target=each["language"], level=Cefr(each["level"])) for each in row["languages"]),
    )


def _need(row: Row) -> Need:
    return Need(target=row["capability"], level=row["level"], must=bool(row["must"]), weight=row["weight"])


def open_ids(graph: Graph, audience: Audience, today: str, institution: str = "") -> list[str]:
    """The openings that still take people on that day, in order of ids.

    With an institution only those held there, and those of programmes it owns.
    """
    asked = {"marks": audience.marks, "today": today, "institution": institution}
    found: list[str] = cached_rows(graph, OPEN_IDS, **asked)[0]["ids"]
    return found


def save_weights(graph: Graph, opening_id: str, weights: str) -> None:
    """Keep what counts how much for this opening, as `Opening.weights` has it."""
    graph.write(SAVE_WEIGHTS, id=opening_id, weights=weights)


def ahead(graph: Graph, audience: Audience, today: date, limit: int) -> list[Row]:
    """The openings whose deadline has not passed, the nearest first."""
    return graph.read(AHEAD, marks=audience.marks, today=today.isoformat(), limit=limit)


def how_many_ahead(graph: Graph, audience: Audience, today: date, until: date) -> Row:
    """How many openings have a deadline ahead: `total`, and `soon`, by the end of the day `until`."""
    dates = {"today": today.isoformat(), "until": until.isoformat()}
    (counted,) = graph.read(HOW_MANY_AHEAD, marks=audience.marks, **dates)
    return counted
