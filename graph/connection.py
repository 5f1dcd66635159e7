"""The one door to the database: an address becomes a `Graph`, a driver's exception becomes one of ours.

Nothing else imports `neo4j`. With no address the embedded engine is found or started, and found again when it was
killed behind our back.
"""

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import uuid4

from graph import engine
from graph.address import Address
from graph.cache.reads import note
from graph.domain.topics import NOTHING
from graph.errors import Conflict, GraphError, Unavailable
from graph.optional import hidden
from graph.statement import FORGET_WRITERS, KEPT, STAMP, VERSIONS, Statement
from graph.turns import Turns, Writer

# The driver imports pandas where it is installed: half of its own time to start, for values that no statement has.
with hidden("pandas"):
    import neo4j
    from neo4j import Driver, GraphDatabase, NotificationMinimumSeverity
    from neo4j.exceptions import (
        AuthError,
        ConfigurationError,
        ConnectionPoolError,
        ConstraintError,
        DriverError,
        Neo4jError,
        ServiceUnavailable,
        SessionExpired,
        TransientError,
    )

Row = dict[str, Any]
Made = TypeVar("Made")

WAIT = 8.0
"""Seconds within which a write gets its turn and gives way to rivals, before its user is told to try again."""

_LONGEST = 120.0  # seconds after which a server ends a transaction of ours that hangs
_REMEMBERED = 86_400  # seconds for which the mark of a writer that is gone is kept
_NOT_KNOWN = (
    "The graph stopped answering while your change was being kept; look whether it is there before you make it again."
)


class Graph(ABC):
    """What statements run on: a connected database, or one transaction on it.

    What is costly to read is kept (`graph.cache`) where `caches` says so: for `cache_seconds` where other programs may
    have written meanwhile, and also in the folder `disk_cache` where there is one. `latest_write` is another object
    after every write of this process.
    """

    caches = True
    cache_seconds = 60.0
    disk_cache: Path | None = None
    latest_write: object = None

    @abstractmethod
    def read(self, statement: Statement, **parameters: object) -> list[Row]:
        """Run a statement that changes nothing; rows as dictionaries by column. Raises TypeError for another."""

    @abstractmethod
    def write(self, statement: Statement, **parameters: object) -> list[Row]:
        """Run a statement that changes something, within the transaction at hand, else in one of its own.

        Raises TypeError for a statement that only reads.
        """

    @abstractmethod
    def transaction(self, work: Callable[["Graph"], Made]) -> Made:
        """Do all of `work` or nothing of it; what it returns.

        `work` gets the graph to use and may be called several times: it must read there what it decides on, and
        change nothing else. What it raises undoes it. Raises Conflict when rivals do not give way within WAIT seconds,
        Unavailable when nothing answers; an outcome that was not heard of is looked up first.
        """

    @abstractmethod
    def versions(self) -> dict[str, str]:
        """Topic -> a word that changes with every write of ours to it; a topic nobody wrote to is not there.

        What is read after the versions is at least as new as they are. Raises Unavailable.
        """

    def last_commit(self) -> str:
        """A word that changes with every commit, whatever program made it; empty where nobody can tell."""
        return ""


class Transaction(Graph):
    """One transaction: everything in it happens together, and what is read sees what was written in it."""

    caches = False

    def __init__(self, running: neo4j.Transaction) -> None:
        self._running = running
        self.changed = NOTHING

    def read(self, statement: Statement, **parameters: object) -> list[Row]:
        """Run a statement that changes nothing."""
        statement.must_read()
        return self._run(statement, parameters)

    def write(self, statement: Statement, **parameters: object) -> list[Row]:
        """Run a statement that changes something; it is kept when all of the transaction is."""
        statement.must_write()
        self.changed |= statement.changes
        return self._run(statement, parameters)

    def transaction(self, work: Callable[[Graph], Made]) -> Made:
        """Do the work as a part of this transaction."""
        return work(self)

    def versions(self) -> dict[str, str]:
        """The versions as they stand in this transaction."""
        return _versions(self._run(VERSIONS, {}))

    def seal(self, writer: Writer, mark: str) -> None:
        """Leave the mark by which a lost reply is made good, and new versions of what changed; the last thing written.

        Whoever stamps waits for every other writer of the moment, so nothing may be written or locked after it.
        """
        if not self.changed:
            return
        if not writer.known:
            self._run(FORGET_WRITERS, {"before": int(time.time()) - _REMEMBERED})
        versions = dict.fromkeys(self.changed.names, uuid4().hex)
        self._run(STAMP, {"versions": versions, "writer": writer.name, "mark": mark, "at": int(time.time())})

    def _run(self, statement: Statement, parameters: dict[str, object]) -> list[Row]:
        # Statements return plain values only, so nothing has to be converted.
        return [dict(record) for record in self._running.run(statement.text, parameters)]


class Database(Graph):
    """A connected database. Safe to share between threads; one per process."""

    def __init__(self, locate: Callable[[], Address], folder: Path | None = None) -> None:
        """`locate` tells the address. With the data folder of an embedded engine it is asked again after a loss, since
        the engine may have moved.
        """
        self._locate = locate
        self._folder = folder
        self._turns = Turns(folder / "write.lock" if folder else None)
        self._lock = threading.Lock()
        self._away = 0.0  # seconds in which a lost engine was found again
        self.address = locate()
        self._driver = _open(self.address)

    def read(self, statement: Statement, **parameters: object) -> list[Row]:
        """Run a statement that changes nothing; again where the engine was lost meanwhile."""
        statement.must_read()
        note(statement.reads)
        return self._read(statement, parameters)

    def write(self, statement: Statement, **parameters: object) -> list[Row]:
        """Run a statement in a transaction of its own."""
        return self.transaction(lambda within: within.write(statement, **parameters))

    def transaction(self, work: Callable[[Graph], Made]) -> Made:
        """Do all of the work or nothing of it, in its turn."""
        with self._turns.mine(WAIT) as writer:
            return self._repeated(lambda driver: self._commit(driver, work, writer))

    def define(self, statement: Statement) -> None:
        """Run a statement about the schema, which shares its transaction with nothing else."""
        self._read(statement, {})

    def versions(self) -> dict[str, str]:
        """The versions as they stand now."""
        return _versions(self._read(VERSIONS, {}))

    def last_commit(self) -> str:
        """A word that changes with every commit, whatever program made it; perhaps more often. Raises Unavailable."""
        if self._folder is not None:
            return engine.last_write(self._folder)

        def bookmarks(driver: Driver) -> str:
            with driver.session(database=self.address.database) as session:
                session.run("RETURN 1 AS one").consume()
                return " ".join(sorted(session.last_bookmarks().raw_values))

        return self._repeated(bookmarks)

    def close(self) -> None:
        """Give the connections back. The engine stays."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self, statement: Statement, parameters: dict[str, object]) -> list[Row]:
        def once(driver: Driver) -> list[Row]:
            with self._transaction(driver) as running:
                rows = [dict(record) for record in running.run(statement.text, parameters)]
                running.commit()
                return rows

        return self._repeated(once)

    def _commit(self, driver: Driver, work: Callable[[Graph], Made], writer: Writer) -> Made:
        mark = uuid4().hex
        with self._transaction(driver) as running:
            within = Transaction(running)
            made = work(within)
            within.seal(writer, mark)
            try:
                running.commit()
            except (Neo4jError, DriverError) as failure:
                # The reply was lost, not necessarily the change.
                if _failure_of(failure) is not Failure.LOST or not self._was_kept(driver, writer, mark, failure):
                    raise
            if within.changed:
                writer.known, self.latest_write = True, object()
            return made

    def _was_kept(self, lost: Driver, writer: Writer, mark: str, failure: Exception) -> bool:
        """Whether a transaction of which no reply came was kept. Raises Unavailable where nobody can tell."""
        try:
            self._reconnect(lost, failure)
            return bool(self._read(KEPT, {"writer": writer.name, "mark": mark}))
        except GraphError as silent:
            raise Unavailable(_NOT_KNOWN) from silent

    @contextmanager
    def _transaction(self, driver: Driver) -> Iterator[neo4j.Transaction]:
        with (
            driver.session(database=self.address.database) as session,
            session.begin_transaction(timeout=_LONGEST) as running,
        ):
            yield running

    def _repeated(self, run: Callable[[Driver], Made]) -> Made:
        """What `run` gives; again while the failure is one that another try can mend, for WAIT seconds.

        What a lost engine takes to start does not count: it would be found, and its user sent away.
        """
        began, away, attempt = time.monotonic(), self._away, 0
        while True:
            driver = self._driver
            try:
                return run(driver)
            except (Neo4jError, DriverError) as failure:
                kind = _failure_of(failure)
                if kind is Failure.LOST:
                    self._reconnect(driver, failure)
                waited = time.monotonic() - began - (self._away - away)
                if kind not in (Failure.LOST, Failure.RIVAL) or waited > WAIT:
                    raise _ours(failure) from failure
            time.sleep(self._turns.pause(attempt))
            attempt += 1

    def _reconnect(self, lost: Driver, loss: Exception) -> None:
        """Find the engine again, once for all threads that lost it."""
        with self._lock:
            if self._driver is lost:
                began = time.monotonic()
                if self._folder:
                    self.address = self._locate()
                try:
                    self._driver = _open(self.address)
                except GraphError as silent:
                    raise silent from loss
                lost.close()
                self._away += time.monotonic() - began


def connect(address: Address) -> Database:
    """Connect to a Neo4j server. Raises Unavailable when it does not answer or refuses the name."""
    return Database(lambda: address)


def connect_embedded(folder: Path, database: str = "baton", progress: Callable[[str], None] | None = None) -> Database:
    """Connect to the embedded engine of a data folder, starting it where it does not run (4 to 10 seconds)."""

    def locate() -> Address:
        try:
            found = engine.ensure(folder, databases=(database,), progress=progress)
        except engine.EngineError as failure:
            raise Unavailable(str(failure)) from failure
        return Address(found.uri, found.username, found.password, database)

    return Database(locate, folder)


def _versions(rows: list[Row]) -> dict[str, str]:
    return {topic: word for row in rows for topic, word in row["versions"].items()}


_PATIENCE = 10.0


def _open(address: Address) -> Driver:
    """A driver that has run one statement: an open port alone is not a ready database."""
    try:
        driver = GraphDatabase.driver(
            address.uri,
            auth=(address.username, address.password) if address.username else None,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
            connection_acquisition_timeout=WAIT,
            connection_timeout=WAIT / 2,
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


class Failure(Enum):
    """What a failure of the driver means, and the sentence for it. What was begun is undone in every case."""

    RIVAL = "Others changed the same records at the same time; nothing was changed. Try again in a moment."
    LOST = "The graph does not answer; check that it runs and try again."
    BUSY = "The graph answers too slowly, too much is asked of it at once; nothing was changed. Try again in a moment."
    MEMORY = "The graph has not enough memory for this; nothing was changed. Ask for less, or give it more."
    REFUSED = "The graph refuses the name or the password; check NEO4J_USERNAME and NEO4J_PASSWORD."
    BROKEN = "The graph could not carry out a statement"


def _failure_of(failure: BaseException | None) -> Failure:
    """What the first failure that says more than that another one happened means, whatever class wraps it."""
    while failure is not None:
        if (known := _kind_of(failure)) is not None:
            return known
        failure = failure.__cause__ or failure.__context__
    return Failure.LOST


def _kind_of(failure: BaseException) -> Failure | None:
    if isinstance(failure, AuthError):
        return Failure.REFUSED
    if isinstance(failure, ServiceUnavailable | SessionExpired):
        return Failure.LOST
    if isinstance(failure, ConnectionPoolError):
        return Failure.BUSY
    return _said_by_server(failure) if isinstance(failure, Neo4jError) else None


def _said_by_server(failure: Neo4jError) -> Failure:
    code = failure.code or ""
    if "OutOfMemory" in code or "MemoryPool" in code:
        return Failure.MEMORY
    if any(word in code for word in ("TimedOut", "Terminated", "LockClientStopped")):
        return Failure.BUSY  # a transaction that took too long was ended
    # Two transactions that merge one key may both miss it; the loser sees a constraint error and need only look again.
    if isinstance(failure, TransientError | ConstraintError) or failure.is_retryable():
        return Failure.RIVAL
    return Failure.BROKEN


def _ours(failure: Exception) -> GraphError:
    kind = _failure_of(failure)
    if kind is Failure.RIVAL:
        return Conflict(kind.value)
    return Unavailable(f"{kind.value}: {failure}" if kind is Failure.BROKEN else kind.value)
