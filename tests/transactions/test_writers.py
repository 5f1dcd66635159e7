"""Many writers at once, in one process and in several: no error, and nothing lost."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from graph.connection import Database, Graph
from graph.domain.labels import Label
from graph.domain.topics import Topic
from graph.errors import Conflict
from graph.statement import CATALOGUE, Statement
from graph.store import locks
from graph.turns import Turns
from tests.transactions.dying import Where
from tests.transactions.writing import READ, write_all

THREADS, WRITES = 16, 15
SWAP = Statement("UNWIND $ids AS id MATCH (n:Region {id: id}) SET n.last = $by", changes=Topic.REFERENCE)
MAKE = Statement("UNWIND $ids AS id MERGE (n:Region {id: id}) SET n.total = 0", changes=Topic.REFERENCE)
for statement in (SWAP, MAKE):
    CATALOGUE.remove(statement)


@pytest.mark.parametrize("same", [True, False], ids=["one record", "different records"])
def test_sixteen_writers_lose_nothing(graph: Database, same: bool) -> None:
    ids = ["one"] if same else [f"r{number}" for number in range(THREADS)]
    graph.write(MAKE, ids=ids)

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(lambda number: write_all(graph, ids[number % len(ids)], WRITES), range(THREADS)))

    assert sum(row["total"] for row in graph.read(READ)) == THREADS * WRITES


def test_three_processes_of_writers_lose_nothing(graph: Database, where: Where) -> None:
    graph.write(MAKE, ids=["one", "r1", "r2", "r3"])
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.transactions.writing"])

    with context.Pool(3) as processes:
        told = processes.starmap(write_in_another_process, [(where, f"r{number}") for number in (1, 2, 3)])

    assert told == ["", "", ""]
    assert {row["id"]: row["total"] for row in graph.read(READ)} == {"one": 60, "r1": 20, "r2": 20, "r3": 20}


def write_in_another_process(where: Where, own: str) -> str:
    with where.open() as graph:
        for _ in range(20):
            write_all(graph, own, 1)
            write_all(graph, "one", 1)
    return ""


def test_two_that_wait_for_each_other_both_get_through(graph: Database) -> None:
    graph.write(MAKE, ids=["a", "b"])
    both_have_one = Barrier(2)

    def crossing(first: str, second: str) -> Callable[[Graph], None]:
        tries = iter((True,))

        def work(within: Graph) -> None:
            within.write(SWAP, ids=[first], by=first)
            if next(tries, False) and graph._turns._file is None:
                both_have_one.wait(10)
            within.write(SWAP, ids=[second], by=first)

        return work

    with ThreadPoolExecutor(2) as threads:
        told = [threads.submit(graph.transaction, crossing(*pair)) for pair in (("a", "b"), ("b", "a"))]
        assert [one.result(30) for one in told] == [None, None]

    (last,) = {row["last"] for row in graph.read(READ)}
    assert last in {"a", "b"}


def test_what_a_use_case_raises_undoes_all_it_wrote(graph: Database) -> None:
    graph.write(MAKE, ids=["a"])
    versions = graph.versions()

    def work(within: Graph) -> None:
        locks.take(within, {Label.REGION: ["a"]})
        within.write(SWAP, ids=["a"], by="me")
        assert [row["last"] for row in within.read(READ)] == ["me"]
        raise Conflict("No seat is left.")

    with pytest.raises(Conflict, match="No seat"):
        graph.transaction(work)

    assert [row["last"] for row in graph.read(READ)] == [None]
    assert graph.versions() == versions


def test_a_transaction_within_a_transaction_is_a_part_of_it(graph: Database) -> None:
    graph.write(MAKE, ids=["a"])

    def outer(within: Graph) -> None:
        within.transaction(lambda inner: inner.write(SWAP, ids=["a"], by="inner"))
        raise Conflict("Not after all.")

    with pytest.raises(Conflict):
        graph.transaction(outer)

    assert [row["last"] for row in graph.read(READ)] == [None]


def test_whoever_gets_no_turn_in_time_is_told_so(embedded: Database) -> None:
    held = Turns(embedded._turns._file.lock_file)
    waiting = Turns(embedded._turns._file.lock_file)

    with held.mine(1), pytest.raises(Conflict, match="Others are writing at this moment"), waiting.mine(0.05):
        pytest.fail("two had the turn")
    with waiting.mine(1) as writer:
        assert writer.name
