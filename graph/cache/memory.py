"""Caches in memory, whose entries hold until what they were read from changes.

Two steps spare most of the work after a write. A statement is run again only when a topic it reads was written to; and
what was made of its rows is made again only when these rows are no longer the same. So a saved draft costs a few
statements, and a new secondment those that read secondments.

Other programs that write to the graph give no topic a new version. So an entry older than `Graph.cache_seconds` counts
as changed, unless the graph tells that nobody has committed anything since.
"""

import marshal
import operator
from collections.abc import Callable, Hashable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from sys import intern
from typing import Any, Generic, TypeVar

from graph.cache.once import state_read_once
from graph.cache.reads import Reads, collected, note_kept
from graph.cache.state import GraphState, Versions, state_of
from graph.cache.store import STORE, weight
from graph.connection import Graph, Row
from graph.statement import Statement

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")

_SMALL = 500  # bytes of an entry whose value is not there yet, or is a digest
_DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class TopicsRead:
    """Topics that were read in a state of these versions, at this time (monotonic seconds) and last commit."""

    read: Versions
    at: float
    commit: str

    def holds(self, _graph: Graph, state: GraphState) -> bool:
        """Whether nobody wrote to these topics since, as far as one can know."""
        return state.has(self.read) and state.trusts(self.at, self.commit)

    def versions(self, _state: GraphState) -> Versions:
        """The versions of these topics."""
        return self.read

    @property
    def topics(self) -> Iterable[str]:
        """The names of these topics."""
        return (topic for topic, _ in self.read)


@dataclass(frozen=True, slots=True)
class RowsRead:
    """The rows that a statement gave, for whoever made something of them: their digest, not the rows themselves."""

    key: tuple[str, str]
    digest: bytes
    at: float
    commit: str
    statement: Statement = field(compare=False)
    parameters: Mapping[str, Any] = field(compare=False)

    def holds(self, graph: Graph, state: GraphState) -> bool:
        """Whether the statement gives them still; runs it where one of its topics was written to."""
        return _digest(graph, self.statement, self.parameters, state) == self.digest

    def versions(self, state: GraphState) -> Versions:
        """The versions of the topics of the statement."""
        return state.versions_of(self.statement.reads)

    @property
    def topics(self) -> Iterable[str]:
        """The names of the topics of the statement."""
        return self.statement.reads.names


Dependency = TopicsRead | RowsRead
"""What was read while a value was made, and can say whether it would be read the same again."""


@dataclass(eq=False, slots=True)
class _Entry(Generic[Made]):
    """A value, or the promise of one that is being made, and what it depends on once it is made."""

    state: GraphState
    future: Future[Made] = field(default_factory=Future)
    dependencies: tuple[Dependency, ...] = ()

    def holds(self, graph: Graph, state: GraphState) -> bool:
        """Whether what it was made from is still so; of one that is being made, whether it began in this state."""
        if not self.future.done():
            return self.state.versions == state.versions
        return self.made() and all(one.holds(graph, state) for one in self.dependencies)

    def made(self) -> bool:
        """Whether it was made, and without failure."""
        return self.future.done() and self.future.exception() is None


class Cache(Generic[Key, Made]):
    """Keeps what was made from each graph, by key, while it holds and there is room. Safe between threads.

    What is made anew and the `same` as before is given as it was, so that what was made of it holds too.
    """

    def __init__(self, same: Callable[[Made, Made], bool] = operator.is_) -> None:
        self._same = same

    def fetch(self, graph: Graph, key: Key, make: Callable[[], Made]) -> Made:
        """The value of this key if it still holds, else what `make` makes now. Raises what `make` raises.

        Whoever asks while another makes the same waits for it.
        """
        if not graph.caches:
            return make()
        with state_read_once():
            entry = self.entry(graph, key, make)
            made = entry.future.result()
        note_kept(entry.dependencies)
        return made

    def entry(self, graph: Graph, key: Key, make: Callable[[], Made]) -> _Entry[Made]:
        """The same with its dependencies, of which nobody who collects is told."""
        state, place = state_of(graph), (self, graph, key)
        while True:
            known: _Entry[Made] | None = STORE.get(place)
            if known is not None and known.holds(graph, state):
                return known
            entry: _Entry[Made] = _Entry(state)
            if STORE.put(place, entry, _SMALL, instead_of=known):
                self._make(place, make, (known, entry))
                return entry

    def _make(
        self, place: Hashable, make: Callable[[], Made], change: tuple[_Entry[Made] | None, _Entry[Made]]
    ) -> None:
        """Keep what is made; a failure is told to everybody who waits for it, and the next one makes it anew."""
        known, entry = change
        try:
            commit = entry.state.commit  # before anything is read, so that what is read is at least as new
            with collected() as reads:
                made = make()
            entry.dependencies = dependencies_of(reads, entry.state, commit)
            made = self._as_before(known, made)
            STORE.put(place, entry, _SMALL + weight(made), instead_of=entry)
            entry.future.set_result(made)
        except BaseException as failure:
            STORE.forget(place, entry)
            entry.future.set_exception(failure)

    def _as_before(self, known: _Entry[Made] | None, made: Made) -> Made:
        if known is None or not known.made():
            return made
        before = known.future.result()
        return before if self._same(before, made) else made


def dependencies_of(reads: Reads, state: GraphState, commit: str) -> tuple[Dependency, ...]:
    """What a value depends on that was made of these reads, begun in this state at this last commit."""
    read = state.versions_of(reads.topics)
    kept: Iterable[Any] = reads.kept
    return (TopicsRead(read, state.at, commit), *kept) if read else tuple(kept)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a statement and their digest, by which they are compared."""

    rows: list[Row]
    digest: bytes

    @classmethod
    def read(cls, graph: Graph, statement: Statement, parameters: Mapping[str, Any]) -> "_Rows":
        rows = [{name: _interned(value) for name, value in row.items()} for row in graph.read(statement, **parameters)]
        # The second format writes equal rows alike, however often a text in them occurs in memory.
        return cls(rows, blake2b(marshal.dumps(rows, 2), digest_size=16).digest())


def _interned(value: Any) -> Any:
    """The same texts as one in memory: the columns of several statements and viewers mostly hold the same ids."""
    if isinstance(value, dict):
        return {name: _interned(item) for name, item in sorted(value.items())}
    return [intern(item) if type(item) is str else item for item in value] if isinstance(value, list) else value


def _same_rows(one: _Rows, other: _Rows) -> bool:
    return one.digest == other.digest


_ROWS: Cache[tuple[str, str], _Rows] = Cache(_same_rows)


def cached_rows(graph: Graph, statement: Statement, **parameters: object) -> list[Row]:
    """The rows that `graph.read` gives, kept while they hold. Not to be changed. Raises Unavailable."""
    if not graph.caches:
        return graph.read(statement, **parameters)
    with state_read_once():
        found, dependencies = _rows(graph, statement, parameters)
    (read,) = dependencies
    key = _key(statement, parameters)
    note_kept((RowsRead(key, found.digest, read.at, read.commit, statement, parameters),))
    return found.rows


def cached_parts(graph: Graph, statement: Statement, **parameters: object) -> dict[str, Row]:
    """The same of a statement that answers several questions at once: the name of each `part` -> its `columns`."""
    return {row["part"]: row["columns"] for row in cached_rows(graph, statement, **parameters)}


def _key(statement: Statement, parameters: Mapping[str, Any]) -> tuple[str, str]:
    return statement.text, repr(sorted(parameters.items()))


def _rows(graph: Graph, statement: Statement, parameters: Mapping[str, Any]) -> tuple[_Rows, tuple[Dependency, ...]]:
    """The rows with their digest, which is kept beside them because it outlasts them where memory is short."""
    key = _key(statement, parameters)
    entry = _ROWS.entry(graph, key, partial(_Rows.read, graph, statement, parameters))
    found, place = entry.future.result(), (_DIGEST, graph, key)
    known = STORE.get(place)
    if known is None or known[1] is not entry.dependencies:
        STORE.put(place, (found.digest, entry.dependencies), _SMALL, instead_of=known)
    return found, entry.dependencies


def _digest(graph: Graph, statement: Statement, parameters: Mapping[str, Any], state: GraphState) -> bytes:
    known = STORE.get((_DIGEST, graph, _key(statement, parameters)))
    if known is not None and all(one.holds(graph, state) for one in known[1]):
        return bytes(known[0])
    return _rows(graph, statement, parameters)[0].digest
