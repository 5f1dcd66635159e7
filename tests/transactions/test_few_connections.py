"""Where there are too few connections for everybody, a wait ends in time and with its sentence."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from threading import Event

import pytest
from neo4j import GraphDatabase

from graph.connection import Database, Graph
from graph.domain.labels import Label
from graph.errors import Unavailable
from graph.store import records
from tests.transactions.dying import Where
from tests.transactions.writing import READ, write_all

RIVALS = 16

Narrow = Callable[[int], Database]


@pytest.fixture
def narrow(where: Where, monkeypatch: pytest.MonkeyPatch) -> Iterator[Narrow]:
    """Opens the same database by so many connections."""
    with ExitStack() as opened:

        def open_(connections: int) -> Database:
            with monkeypatch.context() as patch:
                few = partial(GraphDatabase.driver, max_connection_pool_size=connections)
                patch.setattr(GraphDatabase, "driver", few)
                return opened.enter_context(where.open())

        yield open_


def test_sixteen_who_wait_for_a_connection_are_told_within_the_wait(
    narrow: Narrow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.connection.WAIT", 1.0)
    one, held, over, waits = narrow(1), Event(), Event(), list[float]()

    def hold(within: Graph) -> None:
        within.read(READ)
        held.set()
        assert over.wait(60)

    def ask(_: int) -> str:
        began = time.monotonic()
        with pytest.raises(Unavailable) as told:
            one.read(READ)
        waits.append(time.monotonic() - began)
        return str(told.value)

    with ThreadPoolExecutor(RIVALS + 1) as threads:
        holder = threads.submit(one.transaction, hold)
        assert held.wait(30)
        told = set(threads.map(ask, range(RIVALS)))
        over.set()
        holder.result(30)

    (sentence,) = told
    assert sentence.startswith("The graph answers too slowly, too much is asked of it at once; nothing was changed.")
    assert len(waits) == RIVALS
    assert min(waits) > 0.9
    assert max(waits) < 5, "a busy machine is slow to wake sixteen threads, but not for minutes"
    assert one.read(READ) == []


def test_sixteen_writers_share_two_connections_and_lose_nothing(narrow: Narrow) -> None:
    two, ids = narrow(2), [f"r{number}" for number in range(RIVALS)]
    records.save_nodes(two, Label.REGION, ({"id": id_, "total": 0} for id_ in ids))

    with ThreadPoolExecutor(RIVALS) as threads:
        list(threads.map(lambda id_: write_all(two, id_, 3), ids))

    assert {row["total"] for row in two.read(READ)} == {3}
