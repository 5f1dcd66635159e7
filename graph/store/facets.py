"""The values a list can be narrowed to, each with how many records it leaves."""

from collections.abc import Mapping

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.statement import Statement


def values(graph: Graph, audience: Audience, facets: Mapping[str, Statement]) -> dict[str, list[Row]]:
    """Facet name -> rows of id, name and total, as far as this viewer may see."""
    return {name: graph.read(statement, **audience.parameters) for name, statement in facets.items()}
