"""One search over people, institutions, centres, programmes and openings."""

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.records import fold
from graph.domain.topics import Topic
from graph.statement import Statement

SEARCH = {
    "experts": Statement(
        """
    MATCH (n:Expert) WHERE n.tlp IN $marks AND ($role IN n.open_to OR n.id = $viewer) AND n.retracted_at IS NULL
      AND all(word IN $words WHERE n.search CONTAINS word)
    RETURN n.id AS id, n.name AS name, n.headline AS note, n.search AS search ORDER BY search, id LIMIT $limit
""",
        reads=Topic.PEOPLE,
    ),
    "programmes": Statement(
        """
    MATCH (n:Programme) WHERE n.tlp IN $marks AND n.retracted_at IS NULL
      AND all(word IN $words WHERE n.search CONTAINS word)
    RETURN n.id AS id, n.name AS name, n.summary AS note, n.search AS search ORDER BY search, id LIMIT $limit
""",
        reads=Topic.PROGRAMMES,
    ),
    "openings": Statement(
        """
    MATCH (n:Opening)-[:FOR]->(p:Programme)
    WHERE n.tlp IN $marks AND n.retracted_at IS NULL AND p.tlp IN $marks AND p.retracted_at IS NULL
      AND all(word IN $words WHERE n.search CONTAINS word)
    RETURN n.id AS id, n.name AS name, n.kind AS note, n.search AS search ORDER BY search, id LIMIT $limit
""",
        reads=Topic.PROGRAMMES | Topic.OPENINGS,
    ),
    "institutions": Statement(
        """
    MATCH (n:Institution) WHERE n.tlp IN $marks AND n.retracted_at IS NULL
      AND all(word IN $words WHERE n.search CONTAINS word)
    OPTIONAL MATCH (n)-[:LOCATED_IN]->(c:Country)
    RETURN n.id AS id, n.name AS name, c.name AS note, n.search AS search ORDER BY search, id LIMIT $limit
""",
        reads=Topic.ORGANISATIONS | Topic.REFERENCE,
    ),
    "centres": Statement(
        """
    MATCH (n:CenterOfExcellence) WHERE n.tlp IN $marks AND n.retracted_at IS NULL
      AND all(word IN $words WHERE n.search CONTAINS word)
    RETURN n.id AS id, n.name AS name, '' AS note, n.search AS search ORDER BY search, id LIMIT $limit
""",
        reads=Topic.ORGANISATIONS,
    ),
}

SHOWN = 10


def search(graph: Graph, audience: Audience, words: str) -> dict[str, list[Row]]:
    """Kind of list -> the first records whose names and words hold every word asked for. Empty words find nothing."""
    asked = fold(words).split()
    if not asked:
        return {}
    found = {kind: _search(graph, audience, statement, asked) for kind, statement in SEARCH.items()}
    return {kind: rows for kind, rows in found.items() if rows}


def _search(graph: Graph, audience: Audience, statement: Statement, words: list[str]) -> list[Row]:
    person = audience.parameters if "role" in statement.parameters else {"marks": audience.marks}
    return graph.read(statement, words=words, limit=SHOWN, **person)
