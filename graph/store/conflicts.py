"""Conflicts of interest a person declared with institutions, written apart from what sources say about them."""

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.topics import Topic
from graph.statement import Statement

OF_PERSON = Statement(
    """
    MATCH (e:Expert {id: $id})-[t:CONFLICTS_WITH]->(i:Institution)
    WHERE e.tlp IN $marks AND ($role IN e.open_to OR e.id = $viewer) AND e.retracted_at IS NULL
      AND i.tlp IN $marks AND i.retracted_at IS NULL
    RETURN i.id AS institution, i.name AS name, coalesce(t.declared_on, '') AS declared_on ORDER BY name, institution
""",
    reads=Topic.PEOPLE | Topic.ORGANISATIONS,
)

NAMED = Statement(
    """
    MATCH (i:Institution)
    WHERE i.tlp IN $marks AND i.retracted_at IS NULL
      AND (i.id = $id OR all(word IN $words WHERE i.search CONTAINS word))
    RETURN i.id AS id, i.name AS name ORDER BY name, id LIMIT $limit
""",
    reads=Topic.ORGANISATIONS,
)

DECLARE = Statement(
    """
    MATCH (e:Expert {id: $id}), (i:Institution {id: $institution})
    MERGE (e)-[t:CONFLICTS_WITH {key: ''}]->(i)
    SET t.declared_on = $today, e.conflicts_chosen_at = $instant
""",
    changes=Topic.PEOPLE,
)

TAKE_BACK = Statement(
    """
    MATCH (e:Expert {id: $id}) SET e.conflicts_chosen_at = $instant
    WITH e MATCH (e)-[t:CONFLICTS_WITH]->(:Institution {id: $institution}) DELETE t
""",
    changes=Topic.PEOPLE,
)


def of_person(graph: Graph, audience: Audience, expert_id: str) -> list[Row]:
    """The institutions this person keeps away from: `institution`, `name`, `declared_on` (empty where not known)."""
    return graph.read(OF_PERSON, id=expert_id, **audience.parameters)


def named(graph: Graph, audience: Audience, text: str, words: list[str], most: int) -> list[Row]:
    """Institutions with this id, or with all of these words in their names: `id` and `name`, by name."""
    return graph.read(NAMED, id=text, words=words, limit=most, marks=audience.marks)


def declare(graph: Graph, expert_id: str, institution_id: str, today: str, instant: str) -> None:
    """Note a conflict, and that the person chose their conflicts themselves; again, it changes only the day."""
    graph.write(DECLARE, id=expert_id, institution=institution_id, today=today, instant=instant)


def take_back(graph: Graph, expert_id: str, institution_id: str, instant: str) -> None:
    """Forget a conflict, and note that the person chose their conflicts themselves."""
    graph.write(TAKE_BACK, id=expert_id, institution=institution_id, instant=instant)
