"""Which openings a person would take, in their order, written apart from what sources say about them."""

from collections.abc import Sequence

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.topics import Topic
from graph.statement import Statement

OF_PERSON = Statement(
    """
    MATCH (e:Expert {id: $id})-[t:WISHES]->(o:Opening)-[:FOR]->(p:Programme)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND ($role IN ['officer', 'admin'] OR e.id = $viewer)
      AND o.tlp IN $marks AND o.retracted_at IS NULL AND p.tlp IN $marks AND p.retracted_at IS NULL
    RETURN o.id AS opening, o.name AS name, o.deadline AS deadline, p.name AS programme_name, t.rank AS rank
    ORDER BY rank, opening
""",
    reads=Topic.PEOPLE | Topic.OPENINGS | Topic.PROGRAMMES,
)

FORGET = Statement(
    """
    MATCH (e:Expert {id: $id})-[t:WISHES]->(:Opening) DELETE t
""",
    changes=Topic.PEOPLE,
)

KEEP = Statement(
    """
    UNWIND $rows AS row MATCH (e:Expert {id: $id}), (o:Opening {id: row.opening})
    MERGE (e)-[t:WISHES {key: ''}]->(o) SET t.rank = row.rank
""",
    changes=Topic.PEOPLE,
)


def of_person(graph: Graph, audience: Audience, expert_id: str) -> list[Row]:
    """The openings this person would take, the dearest first: `opening`, `name`, `deadline`, `programme_name`.

    Only they themselves and those who plan see it.
    """
    return graph.read(OF_PERSON, id=expert_id, **audience.parameters)


def keep(graph: Graph, expert_id: str, openings: Sequence[str]) -> None:
    """Put these openings, the dearest first, in place of all that the person wished for; in a transaction."""
    graph.write(FORGET, id=expert_id)
    rows = [{"opening": opening, "rank": rank} for rank, opening in enumerate(openings, 1)]
    graph.write(KEEP, id=expert_id, rows=rows)
