"""What is costly to make and kept in memory while that stands still which it was read from.

Two steps spare most of the work after a write. A statement is run again only when one of its parts was written to; and
what was made of its rows is made again only when they are no longer the same. So a saved draft costs a few statements,
and a new secondment those that read secondments.
"""

import operator
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from graph.connection import Graph, Row
from graph.parts import note, watched
from graph.statement import Statement

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")

VIEWERS = 4
"""Viewers of different rights whose view of the whole graph is kept at one time."""

_ROWS_KEPT = 256  # statements with their parameters; a viewer's ground stands on some twenty


@dataclass(eq=False, slots=True)
class _Promised(Generic[Made]):
    """Something made, or being made, of a graph with these stamps; what was read for it is known once it is made."""

    stamps: Mapping[str, str]
    future: Future[Made] = field(default_factory=Future)
    read: frozenset[Hashable] = frozenset()

    def holds(self, graph: Graph, stamps: Mapping[str, str]) -> bool:
        """Whether what was read for it would be read again."""
        if self.stamps == stamps:
            return True
        if not self.made() or not all(self._stands(graph, one, stamps) for one in self.read):
            return False
        self.stamps = stamps
        return True

    def made(self) -> bool:
        """Whether it was made, and without failure."""
        return self.future.done() and self.future.exception() is None

    def _stands(self, graph: Graph, one: Hashable, stamps: Mapping[str, str]) -> bool:
        untouched = all(self.stamps.get(part) == stamps.get(part) for part in parts_of(one))
        return untouched or (isinstance(one, Recalled) and one.holds(graph))


class Shelves(Generic[Key, Made]):
    """Keeps the last `size` things made from each graph, by key, while they hold. Safe between threads.

    What is made anew and the `same` as before is given as it was, so that what was made of it holds too.
    """

    def __init__(self, size: int, same: Callable[[Made, Made], bool] = operator.is_) -> None:
        self._size = size
        self._same = same
        self._lock = threading.Lock()
        self._kept: WeakKeyDictionary[Graph, OrderedDict[Key, _Promised[Made]]] = WeakKeyDictionary()

    def fetch(self, graph: Graph, key: Key, make: Callable[[], Made]) -> Made:
        """What was made under this key and holds, else what `make` makes now. Raises what `make` raises.

        Whoever asks while another makes the same waits for it.
        """
        promised = self._promised(graph, key, make)
        made = promised.future.result()
        note(promised.read)
        return made

    def keys(self, graph: Graph) -> list[Key]:
        """The keys under which something is kept, whether or not it holds, the latest asked for last."""
        with self._lock:
            return list(self._shelf(graph))

    def fetch_unnoted(self, graph: Graph, key: Key, make: Callable[[], Made]) -> Made:
        """The same for somebody who notes himself what he stands on."""
        return self._promised(graph, key, make).future.result()

    def _promised(self, graph: Graph, key: Key, make: Callable[[], Made]) -> _Promised[Made]:
        while True:
            # Before anything is read, so that what is kept under these stamps is at least as new.
            stamps = graph.stamps()
            known = self._known(graph, key)
            if known is not None and known.holds(graph, stamps):
                return known
            promised: _Promised[Made] = _Promised(stamps)
            if self._put(graph, key, known, promised):
                self._keep(graph, key, make, (known, promised))
                return promised

    def _known(self, graph: Graph, key: Key) -> _Promised[Made] | None:
        """What stands there, which is now the last to be forgotten."""
        with self._lock:
            shelf = self._shelf(graph)
            if key in shelf:
                shelf.move_to_end(key)
            return shelf.get(key)

    def _shelf(self, graph: Graph) -> OrderedDict[Key, _Promised[Made]]:
        return self._kept.setdefault(graph, OrderedDict())

    def _put(self, graph: Graph, key: Key, known: _Promised[Made] | None, promised: _Promised[Made]) -> bool:
        """Put a promise in the place of what was known; not where somebody else was quicker."""
        with self._lock:
            shelf = self._shelf(graph)
            if shelf.get(key) is not known:
                return False
            shelf[key] = promised
            shelf.move_to_end(key)
            if len(shelf) > self._size:
                shelf.popitem(last=False)
            return True

    def _keep(
        self,
        graph: Graph,
        key: Key,
        make: Callable[[], Made],
        change: tuple[_Promised[Made] | None, _Promised[Made]],
    ) -> None:
        """Keep the promise; what fails is told to everybody who waits for it, and made anew for the next."""
        known, promised = change
        try:
            with watched() as read:
                made = make()
            promised.read = frozenset(read)
            promised.future.set_result(self._as_before(known, made))
        except BaseException as failure:
            with self._lock:
                shelf = self._shelf(graph)
                if shelf.get(key) is promised:
                    del shelf[key]
            promised.future.set_exception(failure)

    def _as_before(self, known: _Promised[Made] | None, made: Made) -> Made:
        if known is None or not known.made():
            return made
        before = known.future.result()
        return before if self._same(before, made) else made


_ROWS: Shelves[tuple[str, str], list[Row]] = Shelves(_ROWS_KEPT, same=operator.eq)


@dataclass(frozen=True, slots=True, eq=False)
class Recalled:
    """The rows that a statement gave, for whoever made something of them."""

    statement: Statement
    parameters: Mapping[str, Any]
    rows: list[Row]

    @property
    def parts(self) -> frozenset[str]:
        """The parts of the graph that the rows stand on."""
        return self.statement.parts

    def holds(self, graph: Graph) -> bool:
        """Whether the statement gives them still; runs it where a part of it was written to."""
        return _rows(graph, self.statement, self.parameters) is self.rows


def parts_of(read: Hashable) -> Iterable[str]:
    """The parts of the graph behind something noted: itself, or those of the rows."""
    return read.parts if isinstance(read, Recalled) else (str(read),)


def recall(graph: Graph, statement: Statement, **parameters: object) -> list[Row]:
    """The rows that `graph.read` gives, kept while they hold. Not to be changed. Raises Unavailable."""
    rows = _rows(graph, statement, parameters)
    note((Recalled(statement, parameters, rows),))
    return rows


def _rows(graph: Graph, statement: Statement, parameters: Mapping[str, Any]) -> list[Row]:
    key = statement.text, repr(sorted(parameters.items()))
    return _ROWS.fetch_unnoted(graph, key, lambda: graph.read(statement, **parameters))
