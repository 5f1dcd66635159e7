"""One more write after the other, each reading what it counts on under its lock."""

from graph.connection import Graph
from graph.domain.labels import Label
from graph.domain.topics import Topic
from graph.statement import CATALOGUE, Statement
from graph.store import locks

READ = Statement(
    "MATCH (n:Region) RETURN n.id AS id, n.total AS total, n.last AS last ORDER BY id", reads=Topic.REFERENCE
)
TOTAL = Statement("MATCH (n:Region {id: $id}) RETURN n.total AS total", reads=Topic.REFERENCE)
SAVE = Statement("MATCH (n:Region {id: $id}) SET n.total = $total", changes=Topic.REFERENCE)
for statement in (READ, TOTAL, SAVE):
    CATALOGUE.remove(statement)


def write_all(graph: Graph, id_: str, writes: int) -> None:
    """Count a record up so many times, by reading it and writing one more: lost where two read the same."""

    def one_more(within: Graph) -> None:
        locks.take(within, {Label.REGION: [id_]})
        (row,) = within.read(TOTAL, id=id_)
        within.write(SAVE, id=id_, total=row["total"] + 1)

    for _ in range(writes):
        graph.transaction(one_more)
