"""What a person chose, written apart from what sources say about them."""

from graph.connection import Graph
from graph.domain.topics import Topic
from graph.statement import Statement

SAVE = Statement(
    """
    MATCH (e:Expert {id: $id})
    SET e.consents = $consents, e.open_to = $open_to, e.consents_chosen_at = $instant
""",
    changes=Topic.PEOPLE,
)


def save(graph: Graph, expert_id: str, consents: list[str], open_to: list[str], instant: str) -> None:
    """Set the consents, whom they open the record to, and when the person chose them."""
    graph.write(SAVE, id=expert_id, consents=consents, open_to=open_to, instant=instant)
