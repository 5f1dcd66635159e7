"""What is costly to read and kept in memory while the graph rests: anything made from one revision of a graph."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from graph.connection import Graph

Made = TypeVar("Made")


class Shelves(Generic[Made]):
    """Keeps the last `size` things made from each graph, by key, until anybody writes to it. Safe between threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._kept: WeakKeyDictionary[Graph, tuple[str, OrderedDict[Hashable, Future[Made]]]] = WeakKeyDictionary()

    def fetch(self, graph: Graph, key: Hashable, make: Callable[[], Made]) -> Made:
        """What was made under this key since the last write, else what `make` makes now. Raises what `make` raises.

        The revision is read before `make` reads, so what is kept under it is at least as new. Whoever asks while
        another makes the same waits for it.
        """
        revision = graph.revision()
        with self._lock:
            shelf = self._shelf(graph, revision)
            known = shelf.get(key)
            promised = known or shelf.setdefault(key, Future())
            shelf.move_to_end(key)
            if len(shelf) > self._size:
                shelf.popitem(last=False)
        if known is None:
            self._keep(promised, make, shelf, key)
        return promised.result()

    def _shelf(self, graph: Graph, revision: str) -> OrderedDict[Hashable, Future[Made]]:
        """What stands there of this revision; of any other, nothing does from now on."""
        known, shelf = self._kept.get(graph, (None, OrderedDict()))
        if known != revision:
            shelf = OrderedDict()
            self._kept[graph] = revision, shelf
        return shelf

    def _keep(
        self,
        promised: Future[Made],
        make: Callable[[], Made],
        shelf: OrderedDict[Hashable, Future[Made]],
        key: Hashable,
    ) -> None:
        """Keep the promise; what fails is told to everybody who waits for it, and made anew for the next."""
        try:
            promised.set_result(make())
        except BaseException as failure:
            with self._lock:
                if shelf.get(key) is promised:
                    del shelf[key]
            promised.set_exception(failure)
