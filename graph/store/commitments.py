"""What people have promised: engagements, and the openings they are asked for."""

from collections.abc import Collection
from datetime import date

from graph.cache.memory import cached_rows
from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.topics import Topic
from graph.statement import Statement
from graph.store.states import open_on


def _promises(person: str, marks: str) -> str:
    """The rows of a statement: for people `e` of whom `person` holds, promises whose every part `x` meets `marks`.

    An engagement that was agreed here has the id of its proposal and counts once, as itself. Patterns begin at the
    person: the embedded engine would else go through all proposals for each. A question whose last seat somebody else
    has taken binds nobody.
    """
    return f"""
    MATCH (e:Expert)<-[:BY|MENTOR|AWARDED_TO]-(n)
    WHERE {person} AND {marks.format(x="n")} AND n.retracted_at IS NULL AND n.status IN ['active', 'planned']
    OPTIONAL MATCH (q:Proposal {{id: n.id}})-[:OF]->(o:Opening)
    RETURN e.id AS person, n.id AS id, coalesce(n.start_first, '') AS first, coalesce(n.end_last, '') AS last,
           coalesce(o.id, '') AS opening, coalesce(o.name, '') AS name, false AS waits,
           n:Scholarship OR coalesce(n.direction, 'teaches') = 'learns' AS learns
    UNION ALL
    MATCH (e:Expert)<-[:OFFERS]-(p:Proposal)-[:OF]->(o:Opening)
    WHERE {person} AND {marks.format(x="p")} AND {marks.format(x="o")} AND p.retracted_at IS NULL
      AND (p.status = 'confirmed' OR ({open_on("p", "o")} AND COUNT {{
          MATCH (q:Proposal)-[:OF]->(o) WHERE q.status = 'confirmed' AND q.retracted_at IS NULL }} < o.seats))
      AND NOT EXISTS {{ MATCH (e)<-[:BY|MENTOR|AWARDED_TO]-(n) WHERE n.id = p.id }}
    RETURN e.id AS person, p.id AS id, o.start_first AS first, o.end_last AS last, o.id AS opening, o.name AS name,
           p.status <> 'confirmed' AS waits, o.kind IN ['scholarship', 'attachment'] AS learns
"""


_READ = Topic.PEOPLE | Topic.OPENINGS | Topic.PROPOSALS | Topic.SECONDMENTS | Topic.MENTORSHIPS | Topic.SCHOLARSHIPS

SEEN = Statement(
    _promises(
        "e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL", "{x}.tlp IN $marks"
    ),
    reads=_READ,
)

OF_PEOPLE = Statement(_promises("e.id IN $people", "{x}.id IS NOT NULL"), reads=_READ)


def seen(graph: Graph, audience: Audience, today: date) -> list[Row]:
    """What the people whom a viewer may see have promised, as far as the viewer may see it, by `person` and `id`.

    A row for each engagement that runs or is planned, for what was agreed and is no engagement yet, and, where it
    `waits`, for each opening that the person is asked for on that day. `first` and `last` are ISO days, empty where
    open; `opening` and `name` say what it came from, empty where nothing; `learns` tells that the person goes out to
    learn.
    """
    return _ordered(cached_rows(graph, SEEN, today=today.isoformat(), **audience.parameters))


def of_people(graph: Graph, people: Collection[str], today: date) -> list[Row]:
    """The same for these people alone, whoever looks: for deciding whether one more can be promised."""
    return _ordered(graph.read(OF_PEOPLE, people=sorted(people), today=today.isoformat()))


def _ordered(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["person"], row["id"]))
