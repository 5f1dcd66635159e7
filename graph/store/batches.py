"""What was imported when. Only administrators read this; the marks of the viewer say so."""

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.topics import Topic
from graph.statement import Statement

LATEST = Statement(
    """
    MATCH (b:Batch) WHERE b.tlp IN $marks
    RETURN b.id AS id, b.source AS source, b.status AS status, b.started_at AS started_at,
           b.finished_at AS finished_at, b.counts AS counts
    ORDER BY started_at DESC, id LIMIT $limit
""",
    reads=Topic.BOOKKEEPING,
)


def latest(graph: Graph, audience: Audience, limit: int = 20) -> list[Row]:
    """The latest import runs, newest first."""
    return graph.read(LATEST, marks=audience.marks, limit=limit)
