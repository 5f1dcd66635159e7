"""Claim: sixteen writers in one process, and three processes of them, lose nothing and meet no error.

Each writes 200 times, once all to one record and once each to a record of its own, on the embedded engine and on a real
Neo4j. Every write locks its record, reads it and writes one more: a lost update would show in the sum. `baton` is what
the product does, in writes a second by the clock on the wall; no peer keeps a trail and versions beside its writes.
Run `python -m benchmarks.writers`, with `--quick` for few writes.
"""

import multiprocessing
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from graph import engine, schema
from graph.address import Address
from graph.connection import Database, connect, connect_embedded
from graph.domain.labels import Label
from graph.store import records
from tests.neo4j import server
from tests.transactions.dying import Where
from tests.transactions.writing import READ, write_all

SIZES = (200,)
QUICK = (3,)
THREADS, PROCESSES = 16, 3


@contextmanager
def embedded(folder: Path) -> Iterator[Where]:
    """The embedded engine, empty; it ends with the block."""
    with connect_embedded(folder) as graph:
        schema.bootstrap(graph)
        address = graph.address
    try:
        yield Where(folder, address)
    finally:
        engine.stop(folder)


@contextmanager
def a_neo4j(folder: Path) -> Iterator[Where]:
    """A real Neo4j, empty; it ends with the block."""
    running = server.start(folder)
    address = Address(running.uri, running.username, running.password, running.database)
    try:
        with connect(address) as graph:
            schema.bootstrap(graph)
        yield Where(None, address)
    finally:
        running.abandon()


def write_from_threads(where: Where, ids: Sequence[str], writes: int) -> None:
    """The threads of one process write at once, each so many times to the record of its id."""
    with where.open() as graph, ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(lambda id_: write_all(graph, id_, writes), ids))


def ids_of(process: int, kind: str) -> list[str]:
    """To which records the threads of a process write."""
    return ["one"] * THREADS if kind == "one record" else [f"p{process}-{number}" for number in range(THREADS)]


def begin(graph: Database) -> None:
    """Every record that is written to, at 0."""
    own = (id_ for process in range(PROCESSES) for id_ in ids_of(process, "own records"))
    records.save_nodes(graph, Label.REGION, ({"id": id_, "total": 0} for id_ in ("one", *own)))


def measure(where: Where, title: str, kind: str, writes: int) -> None:
    """Print one line each for one process and for several; stop with an error where a write was lost."""
    context = multiprocessing.get_context("spawn")
    for processes in (1, PROCESSES):
        with where.open() as graph:
            begin(graph)
        began = time.perf_counter()
        with context.Pool(processes) as pool:
            pool.starmap(write_from_threads, [(where, ids_of(process, kind), writes) for process in range(processes)])
        spent = time.perf_counter() - began
        with where.open() as graph:
            kept = sum(row["total"] for row in graph.read(READ))
        assert kept == processes * THREADS * writes, f"{processes * THREADS * writes - kept} writes were lost"
        print(f"{title:<9} {kind:<12} {processes} x {THREADS}  baton {kept / spent:>8.0f} writes/s")


def report(sizes: Iterable[int] = SIZES) -> None:
    """One line for each engine, kind of record and number of processes; few writes go to one engine only."""
    with TemporaryDirectory() as folder, embedded(Path(folder)) as one:
        for writes in sizes:
            _measure_all(one, "embedded", writes)
        if sizes == QUICK:
            return
        with a_neo4j(Path(folder) / "neo4j") as other:
            for writes in sizes:
                _measure_all(other, "neo4j", writes)


def _measure_all(where: Where, title: str, writes: int) -> None:
    for kind in ("one record", "own records"):
        measure(where, title, kind, writes)


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv else SIZES)
