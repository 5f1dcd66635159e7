"""Peers of a person: people with a shared history, and people who are near in the network.

Shared history comes first, each part of it with the records that show it; resource allocation over two hops finds
those whom no shared history reaches. People, places, programmes, capabilities and records are plain indexes,
numbered in the order of their ids, so that ties end by id and the order of the rows changes nothing. Who may see whom
is settled before: what is not in the rows does not exist here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice
from typing import TypeAlias

import numpy as np
from scipy.sparse import csr_array

from graph.matching.columns import UNKNOWN

GENERATIONS = 4
"""How many mentorships a lineage may be long."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A person was hosted at a place. `record` is the engagement, `studies` tells that it was a scholarship.

    `since` is the last day on which it can have begun and `until` the first on which it can have ended (ordinals), so
    that an overlap is certain. A place or a day that is not known is UNKNOWN.
    """

    person: int
    record: int
    place: int = UNKNOWN
    since: int = UNKNOWN
    until: int = UNKNOWN
    studies: bool = False


@dataclass(frozen=True, slots=True)
class Mentoring:
    """One person taught another; `record` is the mentorship."""

    mentor: int
    mentee: int
    record: int


@dataclass(frozen=True, slots=True)
class Task:
    """A person worked on a capability for a programme that lacks it."""

    person: int
    record: int
    programme: int
    capability: int


@dataclass(frozen=True, slots=True)
class History:
    """Everything that people can have shared; the rows may come in any order."""

    stays: Sequence[Stay] = ()
    mentorings: Sequence[Mentoring] = ()
    tasks: Sequence[Task] = ()


@dataclass(frozen=True, slots=True)
class SharedHost:
    """Both were at one place; `days` together, or minus the days between, None where a day is not known."""

    own: Stay
    theirs: Stay
    days: int | None

    @property
    def place(self) -> int:
        """Where it was; UNKNOWN for a training held by nobody knows whom."""
        return self.own.place

    @property
    def cohort(self) -> bool:
        """Whether they learned side by side: in one training, or as scholars of one place in the same days."""
        studied = self.own.studies and self.theirs.studies
        return self.own.record == self.theirs.record or (studied and self.together)

    @property
    def together(self) -> bool:
        """Whether they were there at the same time for certain."""
        return self.own.record == self.theirs.record or (self.days is not None and self.days > 0)

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is stronger: at the same time for longer, then soon after each other."""
        if self.place == UNKNOWN:
            return 3, 0
        return (0 if self.together else 1), (_AGES if self.days is None else -self.days)


@dataclass(frozen=True, slots=True)
class SharedMentor:
    """Both learned from one person, or both taught one."""

    own: Mentoring
    theirs: Mentoring

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is stronger: a mentor before a mentee."""
        return 2, int(self.own.mentor != self.theirs.mentor)


@dataclass(frozen=True, slots=True)
class SharedProblem:
    """Both worked on one capability for programmes that lack it."""

    own: Task
    theirs: Task

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is stronger: one programme before two."""
        return 4, int(self.own.programme != self.theirs.programme)


@dataclass(frozen=True, slots=True)
class MentorLineage:
    """A chain of two to GENERATIONS mentorships, the oldest mentor first, that joins the two."""

    steps: tuple[Mentoring, ...]

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is stronger: fewer steps."""
        return 5, len(self.steps)


@dataclass(frozen=True, slots=True)
class Common:
    """Something both touch, and how many people touch it in all."""

    thing: int
    people: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody over two hops, and what lies between, the rarest and so strongest first."""

    person: int
    common: tuple[Common, ...]


class _Kind(Enum):
    """What sort of thing two people share: of one thing only the strongest reason is told."""

    PLACE = auto()
    RECORD = auto()
    MENTOR = auto()
    MENTEE = auto()
    PROBLEM = auto()
    LINEAGE = auto()


_Shared: TypeAlias = tuple[_Kind, int]
Reason: TypeAlias = SharedHost | SharedMentor | SharedProblem | MentorLineage


@dataclass(frozen=True, slots=True)
class Peer:
    """Another person, with the strongest reason first; there is one reason for each thing shared."""

    person: int
    reasons: tuple[Reason, ...]


def shared_history(history: History, person: int) -> tuple[Peer, ...]:
    """Everybody whose history meets that of the person.

    The strongest reason decides: a host at the same time, the same host at another time, a mentor or mentee, a cohort
    whose host is not known, a programme problem, lineage. Within one kind more reasons come first, then the closer,
    then the smaller index. A person's own mentors and mentees are left out, as they need no introduction.

    Arguments: `history`, all rows; `person`, an index.
    Returns: the peers, the closest first, each with a reason for each thing shared.
    Complexity: O(rows of the person x rows).

    >>> stays = [Stay(0, 0, place=7, since=10, until=19), Stay(1, 1, place=7, since=15, until=30), Stay(2, 2, place=8)]
    >>> [(peer.person, peer.reasons[0].days) for peer in shared_history(History(stays), 0)]
    [(1, 5)]
    """
    met: defaultdict[int, dict[_Shared, Reason]] = defaultdict(dict)
    for peer, shared, reason in _meetings(history, person):
        known = met[peer].get(shared)
        if known is None or _order(reason) < _order(known):
            met[peer][shared] = reason
    strangers = met.keys() - acquaintances(history.mentorings, person)
    return tuple(sorted((Peer(peer, _sorted(met[peer].values())) for peer in strangers), key=_strength))


_AGES = 10**9  # further apart than any two known days
_Meeting: TypeAlias = tuple[int, _Shared, Reason]
_Chain: TypeAlias = tuple[Mentoring, ...]
_Turn: TypeAlias = Callable[[Mentoring], tuple[int, int]]


def _sorted(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=_order))


def _strength(peer: Peer) -> tuple[int, int, int, int]:
    tier, distance = peer.reasons[0].rank
    return tier, -len(peer.reasons), distance, peer.person


def _order(reason: Reason) -> tuple[tuple[int, int], tuple[int, ...]]:
    """By strength, then by the records behind it, so that the order of the rows never decides."""
    if isinstance(reason, MentorLineage):
        return reason.rank, tuple(step.record for step in reason.steps)
    return reason.rank, (reason.theirs.record, reason.own.record)


def _meetings(history: History, person: int) -> Iterator[_Meeting]:
    """Every meeting with another person, and the thing they share; of one thing the strongest will be kept."""
    yield from _hosts(history.stays, person)
    yield from _mentors(history.mentorings, person)
    yield from _problems(history.tasks, person)
    yield from _lineages(history.mentorings, person)


def _hosts(stays: Sequence[Stay], person: int) -> Iterator[_Meeting]:
    own = [stay for stay in stays if stay.person == person]
    for theirs in stays:
        for mine in own if theirs.person != person else ():
            same_place = mine.place == theirs.place
            if same_place and (mine.place != UNKNOWN or mine.record == theirs.record):
                shared = (_Kind.PLACE, mine.place) if mine.place != UNKNOWN else (_Kind.RECORD, mine.record)
                yield theirs.person, shared, SharedHost(mine, theirs, _days_together(mine, theirs))


def _days_together(one: Stay, other: Stay) -> int | None:
    if UNKNOWN in (one.since, one.until, other.since, other.until):
        return None
    return min(one.until, other.until) - max(one.since, other.since) + 1


def _mentors(mentorings: Sequence[Mentoring], person: int) -> Iterator[_Meeting]:
    own = [step for step in mentorings if person in (step.mentor, step.mentee)]
    for theirs in mentorings:
        for mine in own:
            if mine.mentor == theirs.mentor and mine.mentee == person != theirs.mentee:
                yield theirs.mentee, (_Kind.MENTOR, mine.mentor), SharedMentor(mine, theirs)
            elif mine.mentee == theirs.mentee and mine.mentor == person != theirs.mentor:
                yield theirs.mentor, (_Kind.MENTEE, mine.mentee), SharedMentor(mine, theirs)


def _problems(tasks: Sequence[Task], person: int) -> Iterator[_Meeting]:
    own = [task for task in tasks if task.person == person]
    for theirs in tasks:
        for mine in own if theirs.person != person else ():
            if mine.capability == theirs.capability:
                yield theirs.person, (_Kind.PROBLEM, mine.capability), SharedProblem(mine, theirs)


def _lineages(mentorings: Sequence[Mentoring], person: int) -> Iterator[_Meeting]:
    for ancestor, steps in _chains(mentorings, _up, person).items():
        yield ancestor, (_Kind.LINEAGE, UNKNOWN), MentorLineage(steps[::-1])
    for descendant, steps in _chains(mentorings, _down, person).items():
        yield descendant, (_Kind.LINEAGE, UNKNOWN), MentorLineage(steps)


def acquaintances(mentorings: Sequence[Mentoring], person: int) -> set[int]:
    """The person's own mentors and mentees."""
    return {other for turn in (_up, _down) for here, other in map(turn, mentorings) if here == person}


def _up(step: Mentoring) -> tuple[int, int]:
    return step.mentee, step.mentor


def _down(step: Mentoring) -> tuple[int, int]:
    return step.mentor, step.mentee


def _chains(mentorings: Iterable[Mentoring], turn: _Turn, person: int) -> dict[int, _Chain]:
    """The shortest chain, two steps or longer, to everybody up or down the line. Breadth first, O(rows log rows)."""
    onward: defaultdict[int, list[Mentoring]] = defaultdict(list)
    for step in sorted(mentorings, key=lambda step: step.record):
        onward[turn(step)[0]].append(step)
    reached: dict[int, _Chain] = {person: ()}
    edge = [person]
    for _ in range(GENERATIONS):
        before = set(reached)
        for stop in edge:
            for step in onward[stop]:
                reached.setdefault(turn(step)[1], (*reached[stop], step))
        edge = sorted(reached.keys() - before)
    return {other: steps for other, steps in reached.items() if len(steps) > 1}


# The least common multiple of 1 to 36: shares of a place with up to so many neighbours are whole numbers, equal sums
# are equal whatever they are made of, and 100,000 common neighbours still fit into 64 bits.
_UNIT = 144_403_552_893_600


def touching(rows: Sequence[int], columns: Sequence[int], shape: tuple[int, int]) -> csr_array:
    """Who touches what, as a sparse matrix of ones, however often a pair is stated.

    Complexity: O(pairs log pairs).
    """
    ties = csr_array((np.ones(len(rows), np.int64), (rows, columns)), shape=shape)
    ties.sum_duplicates()
    ties.data[:] = 1
    return ties


def resource_allocation(ties: csr_array, rows: Sequence[int]) -> csr_array:
    """How much of a unit that one actor hands out arrives at each other over two hops.

    `ties` holds ones: n actors by m things they touch, or the symmetric matrix of a network, n by n. The value of
    actors x and y is the sum, over what both touch, of 1 / how many touch it; a row's own column is left out. Answers
    `len(rows)` by n. Sums are of whole numbers and so do not depend on the order of rows or columns.

    Arguments: `ties`, the matrix; `rows` (k,), the actors to answer for.
    Returns: a sparse matrix (k, n) of amounts from 0 to 1.
    Complexity: O(sum, over what the rows touch, of how many touch it).
    Reference: Zhou, Lü and Zhang, Predicting missing links via local information, European Physical Journal B 71
    (2009), 623-630.

    >>> path = touching([0, 1, 1, 2], [1, 0, 2, 1], (3, 3))
    >>> resource_allocation(path, [0, 1]).toarray().tolist()
    [[0.0, 0.0, 0.5], [0.0, 0.0, 0.0]]
    """
    degrees = np.maximum(ties.sum(axis=0), 1)
    shares = (_UNIT + degrees // 2) // degrees
    asked = ties[list(rows)]
    handed = csr_array((shares[asked.indices], asked.indices, asked.indptr), shape=asked.shape)
    arrived = (handed @ ties.T).tocoo()
    row, column = arrived.coords
    others = column != np.asarray(rows)[row]
    return csr_array((arrived.data[others] / _UNIT, (row[others], column[others])), shape=arrived.shape)


def nearest(ties: csr_array, person: int, apart_from: Set[int], top: int) -> tuple[Neighbour, ...]:
    """The `top` actors to whom most arrives from the person, ties by index; `apart_from` are not looked for.

    Arguments: `ties` (people, things), ones; `person`, an index; `apart_from`, indexes; `top`, how many.
    Returns: the neighbours with what lies between, the nearest first.
    """
    arrived = resource_allocation(ties, [person])
    order = np.lexsort((arrived.indices, -arrived.data))
    found = (int(other) for other in arrived.indices[order] if int(other) not in apart_from)
    return tuple(Neighbour(other, _common(ties, person, other)) for other in islice(found, top))


def _common(ties: csr_array, one: int, other: int) -> tuple[Common, ...]:
    both = np.intersect1d(ties[[one]].indices, ties[[other]].indices)
    degrees = ties.sum(axis=0)[both]
    return tuple(Common(int(both[place]), int(degrees[place])) for place in np.lexsort((both, degrees)))
