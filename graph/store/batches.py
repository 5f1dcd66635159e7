"""What was imported when. Only administrators read this; the marks of the viewer say so."""

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.topics import Topic
from graph.statement import Statement

# A run that has not written for minutes is dead: it writes after every portion.
LATEST = Statement(
    """
    MATCH (b:Batch) WHERE b.tlp IN $marks
    RETURN b.id AS id, b.source AS source,
           CASE WHEN b.status = 'running' AND coalesce(b.written_at, b.started_at) < $silent
                THEN 'interrupted' ELSE b.status END AS status, b.started_at AS started_at,
           b.finished_at AS finished_at, b.counts AS counts
    ORDER BY started_at DESC, id LIMIT $limit
""",
    reads=Topic.BOOKKEEPING,
)


def latest(graph: Graph, audience: Audience, silent: str, limit: int = 20) -> list[Row]:
    """The latest import runs, newest first; one that last wrote before the instant `silent` was interrupted."""
    return graph.read(LATEST, marks=audience.marks, silent=silent, limit=limit)
