"""Where a Neo4j server answers. Settings read it without importing the driver."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """Where a Neo4j server answers; `uri` may use any scheme of the driver, `neo4j+s://` included."""

    uri: str
    username: str
    password: str
    database: str = "neo4j"
