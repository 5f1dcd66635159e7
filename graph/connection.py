"""The one door to the database: an address becomes a `Graph`, a driver's exception becomes one of ours.

Nothing else imports `neo4j`. With no address the embedded engine is found or started, and found again when it was
killed behind our back.
"""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from neo4j import Driver, GraphDatabase, NotificationMinimumSeverity
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph import engine
from graph.cache.reads import note
from graph.errors import Conflict, Unavailable
from graph.statement import STAMP, VERSIONS, Statement

Row = dict[str, Any]

ATTEMPTS = 10
_LOST = (ServiceUnavailable, SessionExpired)
# Two transactions that merge one key may both miss it; the loser sees a constraint error and has only to look again.
_AGAIN = (TransientError, ConstraintError)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a Neo4j server answers; `uri` may use any scheme of the driver, `neo4j+s://` included."""

    uri: str
    username: str
    password: str
    database: str = "neo4j"


class Graph:
    """A connected graph. Safe to share between threads; one per process.

    What is costly to read is kept (`graph.cache`) where `caches` says so: for `cache_seconds` where other programs
    may have written meanwhile, and also in the folder `disk_cache` where there is one. `latest_write` is another
    object after every write of this process.
    """

    caches = True
    cache_seconds = 60.0

    def __init__(self, locate: Callable[[], Address], *, found_again: bool) -> None:
        """`locate` tells the address, and is asked again after a loss when `found_again` says it may have moved."""
        self._locate = locate
        self._found_again = found_again
        self._lock = threading.Lock()
        self._address = locate()
        self._driver = _open(self._address)
        self.disk_cache: Path | None = None
        self.engine_folder: Path | None = None
        self.latest_write = object()

    def read(self, statement: Statement, **parameters: object) -> list[Row]:
        """Run a statement that changes nothing; rows as dictionaries by column. Raises TypeError for another."""
        statement.must_read()
        note(statement.reads)
        return self._run(statement, parameters)

    def write(self, statement: Statement, **parameters: object) -> list[Row]:
        """Run an idempotent statement in a transaction of its own, again where a rival got in between.

        The same transaction gives the topics it changes new versions. Raises Conflict when the rivals do not give way,
        Unavailable when nothing answers, TypeError for a statement that only reads.
        """
        statement.must_write()
        return self._run(statement, parameters, stamped=True)

    def define(self, statement: Statement) -> None:
        """Run a statement about the schema, which shares its transaction with nothing else."""
        self._run(statement, {})

    def versions(self) -> dict[str, str]:
        """Topic -> a word that changes with every write of ours to it; a topic nobody wrote to is not there.

        What is read after the versions is at least as new as they are. Raises Unavailable.
        """
        return {topic: word for row in self._run(VERSIONS, {}) for topic, word in row["versions"].items()}

    def last_commit(self) -> str:
        """A word that changes with every commit, whatever program made it; perhaps more often. Raises Unavailable."""
        if self.engine_folder is not None:
            return engine.last_write(self.engine_folder)
        try:
            with self._driver.session(database=self._address.database) as session:
                session.run("RETURN 1 AS one").consume()
                return " ".join(sorted(session.last_bookmarks().raw_values))
        except (Neo4jError, DriverError) as failure:
            raise _ours(failure) from failure

    def close(self) -> None:
        """Give the connections back. The engine stays."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self, statement: Statement, parameters: dict[str, object], *, stamped: bool = False) -> list[Row]:
        for attempt in range(ATTEMPTS):
            driver = self._driver
            try:
                return self._once(driver, statement, parameters, stamped=stamped)
            except _AGAIN as rival:
                if attempt == ATTEMPTS - 1:
                    message = "Somebody else changed the same records at the same time; try again."
                    raise Conflict(message) from rival
                time.sleep(random.uniform(0.5, 1.0) * min(0.02 * 2**attempt, 1.0))
            except _LOST as loss:
                self._reconnect(driver, attempt, loss)
            except (Neo4jError, DriverError) as failure:
                raise _ours(failure) from failure
        raise Unavailable("The graph does not answer; check that it runs and try again.")

    def _once(self, driver: Driver, statement: Statement, parameters: dict[str, object], *, stamped: bool) -> list[Row]:
        with driver.session(database=self._address.database) as session, session.begin_transaction() as transaction:
            # Statements return plain values only, so nothing has to be converted.
            rows = [dict(record) for record in transaction.run(statement.text, parameters)]
            if stamped:
                stamps = dict.fromkeys(statement.changes.names, uuid4().hex)
                transaction.run(STAMP.text, {"stamps": stamps}).consume()
            transaction.commit()
            if stamped:
                self.latest_write = object()
            return rows

    def _reconnect(self, lost: Driver, attempt: int, loss: Exception) -> None:
        """Find the engine again, once for all threads that lost it."""
        if not self._found_again or attempt >= 2:
            raise Unavailable("The graph does not answer; check that it runs and try again.") from loss
        with self._lock:
            if self._driver is lost:
                self._address = self._locate()
                self._driver = _open(self._address)
                lost.close()


def connect(address: Address) -> Graph:
    """Connect to a Neo4j server. Raises Unavailable when it does not answer or refuses the name."""
    return Graph(lambda: address, found_again=False)


def connect_embedded(folder: Path, database: str = "baton", progress: Callable[[str], None] | None = None) -> Graph:
    """Connect to the embedded engine of a data folder, starting it where it does not run (4 to 10 seconds)."""

    def locate() -> Address:
        try:
            found = engine.ensure(folder, databases=(database,), progress=progress)
        except engine.EngineError as failure:
            raise Unavailable(str(failure)) from failure
        return Address(found.uri, found.username, found.password, database)

    graph = Graph(locate, found_again=True)
    graph.engine_folder = folder
    return graph


_PATIENCE = 10.0


def _open(address: Address) -> Driver:
    """A driver that has run one statement: an open port alone is not a ready database."""
    try:
        driver = GraphDatabase.driver(
            address.uri,
            auth=(address.username, address.password) if address.username else None,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
            connection_acquisition_timeout=30,
        )
    except (ConfigurationError, ValueError) as failure:
        message = "NEO4J_URI does not name a graph; write an address like bolt://host:7687 or neo4j+s://host."
        raise Unavailable(message) from failure
    try:
        _wait_until_ready(driver, address.database)
    except (Neo4jError, DriverError) as failure:
        driver.close()
        raise _ours(failure) from failure
    return driver


def _wait_until_ready(driver: Driver, database: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            # Not `execute_query`: it would try again on its own, for half a minute, and log each time.
            with driver.session(database=database) as session:
                session.run("RETURN 1 AS one").consume()
        except AuthError:
            raise
        except (Neo4jError, DriverError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def _ours(failure: Exception) -> Exception:
    if isinstance(failure, AuthError):
        return Unavailable("The graph refuses the name or the password; check NEO4J_USERNAME and NEO4J_PASSWORD.")
    if isinstance(failure, DriverError):
        return Unavailable("The graph does not answer; check that it runs and try again.")
    return Unavailable(f"The graph could not carry out a statement: {failure}")
