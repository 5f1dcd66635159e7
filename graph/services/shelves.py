"""What is costly to read and kept in memory while the graph rests: anything made from one revision of a graph."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from graph.connection import Graph

Made = TypeVar("Made")


class Shelves(Generic[Made]):
    """Keeps the last `size` things made from each graph, by key, until anybody writes to it. Safe between threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._kept: WeakKeyDictionary[Graph, tuple[str, OrderedDict[Hashable, Any]]] = WeakKeyDictionary()

    def fetch(self, graph: Graph, key: Hashable, make: Callable[[], Made]) -> Made:
        """What was made under this key since the last write, else what `make` makes now. Raises what `make` raises.

        The revision is read before `make` reads, so what is kept under it is at least as new.
        """
        revision = graph.revision()
        with self._lock:
            known, shelf = self._kept.get(graph, (None, OrderedDict()))
            if known != revision:
                shelf = OrderedDict()
                self._kept[graph] = revision, shelf
            if key in shelf:
                shelf.move_to_end(key)
                kept: Made = shelf[key]
                return kept
        made = make()
        with self._lock:
            shelf[key] = made
            while len(shelf) > self._size:
                shelf.popitem(last=False)
        return made
