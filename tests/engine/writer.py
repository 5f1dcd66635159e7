"""Writes marks one by one until it is cut off, and says each one that the engine acknowledged.

python -m tests.engine.writer URI USERNAME PASSWORD DATABASE ROUND
"""

import itertools
import sys

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError


def main(uri: str, username: str, password: str, database: str, number: str) -> None:
    """One node a transaction; its key goes to standard output only after the commit."""
    with (
        GraphDatabase.driver(uri, auth=(username, password)) as driver,
        driver.session(database=database) as session,
    ):
        for count in itertools.count():
            key = f"{number}-{count}"
            session.run("CREATE (:Mark {id: $key})", key=key).consume()
            sys.stdout.write(key + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (DriverError, Neo4jError):  # the cut that the test makes
        sys.exit(3)
