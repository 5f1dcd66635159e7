"""Communities that keep their identity from window to window."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph.evolution.log.chance import seeded
from graph.evolution.log.windows import Snapshot, Window
from graph.evolution.measures.brokers import present

if TYPE_CHECKING:
    import igraph

SAME = 0.3
"""The least Jaccard similarity of members at which two communities of adjoining windows are matched."""

ALONE = -1
"""The community of an actor without a tie."""

_ROUNDS = 2

Members = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """The community of every actor of a log in one window, ALONE for those without a tie, and its modularity.

    `modularity` is None without ties. Communities are numbered from 0, the largest first.
    """

    window: Window
    member: Members
    modularity: float | None

    @property
    def count(self) -> int:
        """How many communities there are."""
        return int(self.member.max(initial=ALONE)) + 1


class Fate(StrEnum):
    """What becomes of a community between two windows."""

    BIRTH = "birth"
    CONTINUE = "continue"
    SPLIT = "split"
    MERGE = "merge"
    DEATH = "death"


@dataclass(frozen=True, slots=True)
class Event:
    """What became of the communities `before` in the window before, as persistent ids: `after` is what they are now.

    A birth has nothing before, a death nothing after, a split several after, a merge several before.
    """

    fate: Fate
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class CommunityGeneration:
    """The communities of one window under ids that last: `member` gives each actor's, ALONE where it has none."""

    window: Window
    member: Members
    modularity: float | None
    events: tuple[Event, ...]

    @property
    def count(self) -> int:
        """How many communities there are."""
        return len(np.unique(self.member[self.member != ALONE]))


def partition(shot: Snapshot, before: Members | None = None, seed: int = 0) -> Partition:
    """Leiden communities of a window on the undirected graph, a tie as heavy as its contacts both ways together.

    Starts from the membership `before` of the same actors, where given, so that labels stay steady; an actor without
    one starts alone. The same snapshot, start and seed give the same answer.

    Arguments: `shot`, the network of one window; `before` (actors,), communities to begin with or None; `seed`.
    Returns: the community of each actor (actors,), -1 for those without a tie, and the modularity.
    Complexity: about O(ties log actors).
    Reference: Traag, Waltman and van Eck, From Louvain to Leiden: guaranteeing well-connected communities, 2019.

    >>> from graph.evolution.log.ties import TieColumns, tie_log
    >>> from graph.evolution.log.windows import snapshot
    >>> log = tie_log("abcdef", TieColumns([0, 1, 2, 3, 4, 5], [1, 2, 0, 4, 5, 3], [0] * 6, [9] * 6))
    >>> found = partition(snapshot(log, Window(0, 1)))
    >>> found.member.tolist(), found.modularity
    ([0, 0, 0, 1, 1, 1], 0.5)
    """
    member = np.full(shot.pairs.shape[0], ALONE, np.int32)
    actors = present(shot)
    if not actors.size:
        return Partition(shot.window, member, None)
    graph, weights = _undirected(shot, actors)
    start = None if before is None else _start(before[actors])
    with seeded(seed):
        found = graph.community_leiden("modularity", weights, initial_membership=start, n_iterations=_ROUNDS)
    labels = _by_size(np.array(found.membership))
    member[actors] = labels
    return Partition(shot.window, member, float(graph.modularity(labels.tolist(), weights=weights)))


def generations(shots: Sequence[Snapshot], seed: int = 0) -> tuple[CommunityGeneration, ...]:
    """The communities of each window of one log, each started from those before, under ids that last.

    See `descend` for how ids are handed on.
    """
    return tuple(_descended(shots, seed))


def _descended(shots: Sequence[Snapshot], seed: int) -> Iterator[CommunityGeneration]:
    before: CommunityGeneration | None = None
    fresh = 0
    for shot in shots:
        found = partition(shot, before.member if before else None, seed)
        before = descend(before, found, fresh)
        fresh = max(fresh, int(before.member.max(initial=ALONE)) + 1)
        yield before


def descend(before: CommunityGeneration | None, found: Partition, fresh: int) -> CommunityGeneration:
    """Hand the ids of the generation before on to the communities of a partition, and say what became of each.

    Two communities are matched where they share at least SAME of the members of either (Jaccard); several may be. An id
    goes to the most similar community, one id to one community, equal ones to the lower id; those that get none are
    numbered from `fresh`. Pairs that hang together by matches make one event: a merge where several became one, a split
    where one became several, both where both hold, else a continuation; unmatched ones are births and deaths.

    Arguments: `before`, the generation of the window before, or None; `found`, the communities of this one; `fresh`,
    the first free id.
    Returns: the same communities under lasting ids, and the events.
    Complexity: O(actors).
    Reference: Greene, Doyle and Cunningham, Tracking the evolution of communities in dynamic social networks, 2010.
    """
    then = np.full_like(found.member, ALONE) if before is None else before.member
    similar = _similarities(then, found.member)
    inherited = _inherited(similar)
    newcomers = (place for place in range(found.count) if place not in inherited)
    names = {**inherited, **{place: fresh + number for number, place in enumerate(newcomers)}}
    label = np.array([*(names[place] for place in range(found.count)), ALONE], np.int32)
    old = set(np.unique(then[then != ALONE]).tolist())
    matches = [(was, names[now]) for was, now, _ in similar]
    events = tuple(_events(old, set(names.values()), matches))
    return CommunityGeneration(found.window, label[found.member], found.modularity, events)


def _similarities(then: Members, now: Members) -> list[tuple[int, int, float]]:
    """(id before, place now, Jaccard) of every pair at SAME or above, the most similar first."""
    both = (then != ALONE) & (now != ALONE)
    pairs, shared = np.unique(np.column_stack((then[both], now[both])), axis=0, return_counts=True)
    were, are = (np.bincount(side[side != ALONE], minlength=1) for side in (then, now))
    alike = shared / (were[pairs[:, 0]] + are[pairs[:, 1]] - shared)
    rows = zip(*pairs.T.tolist(), alike.tolist(), strict=True) if len(pairs) else ()
    return sorted(((was, at, value) for was, at, value in rows if value >= SAME), key=lambda row: (-row[2], *row[:2]))


def _inherited(similar: Sequence[tuple[int, int, float]]) -> dict[int, int]:
    names: dict[int, int] = {}
    taken: set[int] = set()
    for was, now, _ in similar:
        if now not in names and was not in taken:
            names[now] = was
            taken.add(was)
    return names


def _events(old: set[int], new: set[int], matches: Sequence[tuple[int, int]]) -> Iterator[Event]:
    heirs, sources = defaultdict(set), defaultdict(set)
    for was, now in matches:
        heirs[was].add(now)
        sources[now].add(was)
    yield from _ends(old, heirs)
    yield from _beginnings(new, sources, heirs)


def _ends(old: set[int], heirs: Mapping[int, set[int]]) -> Iterator[Event]:
    for was in sorted(old):
        if was not in heirs:
            yield Event(Fate.DEATH, (was,), ())
        elif len(heirs[was]) > 1:
            yield Event(Fate.SPLIT, (was,), tuple(sorted(heirs[was])))


def _beginnings(new: set[int], sources: Mapping[int, set[int]], heirs: Mapping[int, set[int]]) -> Iterator[Event]:
    for now in sorted(new):
        some = tuple(sorted(sources.get(now, ())))
        if not some:
            yield Event(Fate.BIRTH, (), (now,))
        elif len(some) > 1:
            yield Event(Fate.MERGE, some, (now,))
        elif len(heirs[some[0]]) == 1:
            yield Event(Fate.CONTINUE, some, (now,))


def _undirected(shot: Snapshot, actors: NDArray[np.intp]) -> "tuple[igraph.Graph, list[float]]":
    import igraph  # a tenth of a second that few commands need

    place = np.zeros(shot.pairs.shape[0], np.int64)
    place[actors] = np.arange(len(actors))
    both: csr_array[np.int32, tuple[int, int]] = csr_array(shot.pairs + shot.pairs.T)
    one, other = both.nonzero()
    once = one < other
    weights = np.asarray(both.data[once], np.float64).tolist()
    edges = np.column_stack((place[one[once]], place[other[once]]))
    return igraph.Graph(n=len(actors), edges=edges, directed=False), weights


def _start(before: Members) -> list[int]:
    """The membership to start from, numbered without gaps; whoever had none is alone."""
    # ~0, ~1, ... are -1, -2, ...: numbers of their own, as no community has one below 0.
    labels = np.where(before == ALONE, ~np.arange(len(before)), before)
    numbered: list[int] = np.unique(labels, return_inverse=True)[1].tolist()
    return numbered


def _by_size(labels: NDArray[np.int_]) -> NDArray[np.int32]:
    """Numbered from 0 in the order of size, equal ones by their first actor."""
    _, first, many = np.unique(labels, return_index=True, return_counts=True)
    rank = np.empty(len(many), np.int32)
    rank[np.lexsort((first, -many))] = np.arange(len(many), dtype=np.int32)
    return rank[labels]
