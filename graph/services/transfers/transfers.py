"""Derive transfers: from engagements to who passed know-how to whom, from when to when.

A transfer is never stored. Secondment: home to host where the secondee teaches, host to home where they learn, both
ways where both. Mentorship: mentor to mentee. Scholarship: place of study to home, once the scholar is back.
Training: organiser to the institution of each who attended. Joint project and publication: both ways.
An engagement counts only where every person in it agreed to research.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations
from typing import Self

from graph.connection import Graph, Row
from graph.domain.engagements import ScholarReturn, SecondmentDirection
from graph.domain.labels import Label
from graph.domain.marks import Audience
from graph.evolution.log.ties import OPEN
from graph.evolution.log.windows import day_of
from graph.store import transfers as store


class Left(StrEnum):
    """Why an engagement, or a part of one, is no transfer."""

    NO_CONSENT = "a person in it did not agree to research"
    NO_START = "its start is not known"
    NO_PLACE = "one end has no known institution at that time"
    NO_RETURN = "the scholar did not return"
    RETURN_NOT_KNOWN = "whether the scholar returned is not known"
    PLANNED = "it is only planned, or begins after today"


@dataclass(frozen=True, slots=True)
class Transfer:
    """Know-how on its way: `source` and `target` are ids of one level, days are since 1970, `end` exclusive.

    `recorded` is the day on which it became known to the graph and `retracted` the first day it no longer was, `mark`
    its TLP mark, `about` ids of capabilities. `planned` says that it has not begun, or that a scholar is not back yet.
    `leaves` is the day on which know-how leaves `source` where that is sooner than `start`, as a scholarship does: it
    counts from the return, and what the scholar brings is of the first day of study. `stays` is the day until which
    somebody who learned works at `target` without a break, `stays_there` the same at `source` where know-how goes both
    ways; before all days where nobody is known to.

    How much it is: `fraction`, its fractional count each way; `share`, people x their part of full time, None where
    that or its days are not known; `amount` in the smallest unit of `currency`, what its whole engagement costs.
    `outside` is the part of its receivers for whom the funder is from outside, None where not known.
    """

    kind: Label
    engagement: str
    source: str
    target: str
    start: int
    end: int
    funder: str = ""
    mutual: bool = False
    recorded: int = -OPEN
    retracted: int = OPEN
    mark: str = ""
    about: tuple[str, ...] = ()
    planned: bool = False
    fraction: float = 1.0
    share: float | None = None
    outside: float | None = None
    amount: int | None = None
    currency: str = ""
    leaves: int = OPEN
    stays: int = -OPEN
    stays_there: int = -OPEN

    @property
    def departure(self) -> int:
        """The day on which know-how leaves `source`."""
        return min(self.leaves, self.start)

    def between(self, homes: Mapping[str, str]) -> Self:
        """The same transfer between the homes of its ends; an end without a home becomes empty."""
        return replace(self, source=homes.get(self.source, ""), target=homes.get(self.target, ""))


@dataclass(frozen=True, slots=True)
class Transfers:
    """All transfers of one level, and how many were left out for what reason."""

    found: tuple[Transfer, ...]
    left_out: dict[Left, int]


@dataclass(frozen=True, slots=True)
class _Move:
    """One engagement between two ends; each end is a person or an institution, as its kind has it."""

    kind: Label
    engagement: str
    source: str
    target: str
    first: str
    last: str
    agreed: bool
    funder: str
    recorded: str
    retracted: str
    mark: str
    planned: bool
    mutual: bool = False
    leaves: str = ""
    left: Left | None = None
    learner: str = ""
    learner_there: str = ""


Ends = Callable[[_Move, int], tuple[str, str]]
"""Who gave and who received in something that began on this day."""

_MUTUAL = frozenset((Label.JOINT_PROJECT, Label.PUBLICATION))
# The ends of these are people; the others tie institutions already.
_PERSONAL = frozenset((Label.MENTORSHIP, Label.PUBLICATION))


def between_people(graph: Graph, audience: Audience, known: date | None = None) -> Transfers:
    """Transfers from person to person: mentorships and joint publications name both.

    As they are known, or were on the day `known`: recorded by then and not yet retracted.
    """
    tally: Counter[Left] = Counter()
    kinds = (Label.MENTORSHIP, Label.PUBLICATION)
    moves = (move for kind in kinds for move in _moves(graph, audience, kind, known))
    return Transfers(tuple(transfer for _, transfer in _dated(moves, tally, _as_named)), dict(tally))


def between_institutions(graph: Graph, audience: Audience, known: date | None = None) -> Transfers:
    """Transfers from institution to institution; a person counts as the institution where they worked when it began.

    As they are known, or were on the day `known`.
    """
    return _between_institutions(
        graph, (move for kind in store.OF_KIND for move in _moves(graph, audience, kind, known))
    )


def between_institutions_by(graph: Graph, audience: Audience, engagements: Mapping[Label, Set[str]]) -> Transfers:
    """The same by the chosen engagements alone, kind -> ids; a kind of which none is chosen is not read."""
    return _between_institutions(graph, _moves_of(graph, audience, engagements))


def between_institutions_through(
    graph: Graph, audience: Audience, person: str, engagements: Mapping[Label, Set[str]]
) -> Transfers:
    """Those of a person's engagements, kind -> ids, that would not be without them.

    Of a training that is their own attendance, of a publication their part with each of the others.
    """
    moves = _moves_of(graph, audience, engagements)
    return _between_institutions(graph, (move for move in moves if _is_theirs(move, person)))


def _moves_of(graph: Graph, audience: Audience, engagements: Mapping[Label, Set[str]]) -> Iterator[_Move]:
    kinds = [kind for kind in store.OF_KIND if engagements.get(kind)]
    columns = {kind: store.columns(graph, audience, kind) for kind in kinds}
    return (move for kind in kinds for move in _read(kind, columns[kind]) if move.engagement in engagements[kind])


def _is_theirs(move: _Move, person: str) -> bool:
    """Whether a part of one of a person's engagements is their own; several people share a training or publication."""
    if move.kind is Label.TRAINING:
        return move.target == person
    return move.kind is not Label.PUBLICATION or person in (move.source, move.target)


def _between_institutions(graph: Graph, moves: Iterable[_Move]) -> Transfers:
    tally: Counter[Left] = Counter()
    posts = _Posts(store.posts(graph))
    placed = [posts.followed_up(*each) for each in _dated(moves, tally, posts.institutions_of)]
    found = tuple(transfer for transfer in placed if transfer.source and transfer.target)
    if len(found) < len(placed):
        tally[Left.NO_PLACE] = len(placed) - len(found)
    return Transfers(found, dict(tally))


def _dated(moves: Iterable[_Move], tally: Counter[Left], ends: Ends) -> Iterator[tuple[_Move, Transfer]]:
    for move in moves:
        if not move.agreed:
            tally[Left.NO_CONSENT] += 1
        elif move.left:
            tally[move.left] += 1
        elif not move.first:
            tally[Left.NO_START] += 1
        else:
            yield move, _transfer(move, ends)


def _transfer(move: _Move, ends: Ends) -> Transfer:
    start = day_of(date.fromisoformat(move.first))
    source, target = ends(move, start)
    return Transfer(
        kind=move.kind,
        engagement=move.engagement,
        source=source,
        target=target,
        start=start,
        end=day_of(date.fromisoformat(move.last)) + 1 if move.last else OPEN,
        funder=move.funder,
        mutual=move.mutual or move.kind in _MUTUAL,
        recorded=_day(move.recorded, -OPEN),
        retracted=_day(move.retracted, OPEN),
        mark=move.mark,
        planned=move.planned,
        leaves=_day(move.leaves, OPEN),
    )


def _day(instant: str, otherwise: int) -> int:
    return day_of(date.fromisoformat(instant[:10])) if instant else otherwise


def _moves(graph: Graph, audience: Audience, kind: Label, known: date | None = None) -> Iterator[_Move]:
    if known is None:
        return _read(kind, store.columns(graph, audience, kind))
    day = (known + timedelta(days=1)).isoformat()
    then = _read(kind, store.columns(graph, audience, kind, day))
    return (move for move in then if move.recorded < day)


def _read(kind: Label, columns: Row) -> Iterator[_Move]:
    if kind is Label.JOINT_PROJECT:
        return _pairs(kind, columns, "partners")
    if kind is Label.PUBLICATION:
        return _pairs(kind, columns, "people")
    if kind is Label.TRAINING:
        return _directed(kind, columns, targets="people")
    if kind is Label.SECONDMENT:
        return _secondments(columns)
    if kind is Label.SCHOLARSHIP:
        return _scholarships(columns)
    return _directed(kind, columns, targets="targets")


def _secondments(columns: Row) -> Iterator[_Move]:
    """From home to host, turned round where the secondee only learns."""
    moves = _directed(Label.SECONDMENT, columns, targets="targets")
    for move, direction, secondee in zip(moves, columns["directions"], columns["people"], strict=True):
        if direction == SecondmentDirection.LEARNS:
            yield replace(move, source=move.target, target=move.source, learner=secondee)
        elif direction == SecondmentDirection.BOTH:
            yield replace(move, mutual=True, learner_there=secondee)
        else:
            yield move


@dataclass(frozen=True, slots=True)
class _Return:
    """What is known of a scholar's return, as the columns have it."""

    returned: str
    first: str
    last: str
    away: bool
    end_first: str


def _scholarships(columns: Row) -> Iterator[_Move]:
    moves = _directed(Label.SCHOLARSHIP, columns, targets="targets")
    names = ("people", "returned", "returned_first", "returned_last", "away", "end_first")
    for move, scholar, *known in zip(moves, *(columns[name] for name in names), strict=True):
        yield _brought_home(replace(move, learner=scholar), _Return(*known))


def _brought_home(move: _Move, known: _Return) -> _Move:
    """What a scholar brings home by the return, on the days that the return can mean, else those that the end can.

    Whoever did not return, or is over and not known to have, brings nothing; whoever is still away is on the way.
    """
    if known.returned == ScholarReturn.NO:
        return replace(move, left=Left.NO_RETURN)
    if known.returned == ScholarReturn.YES:
        first = known.first or known.end_first or move.first
        return replace(move, first=first, last=known.last or move.last, leaves=move.first)
    if known.away:
        return replace(move, first=known.end_first or move.first, leaves=move.first, planned=True)
    return replace(move, left=Left.RETURN_NOT_KNOWN)


def _directed(kind: Label, columns: Row, targets: str) -> Iterator[_Move]:
    parties = ("ids", "sources", targets, "first", "last", "agreed", "funders")
    names = (*parties, "recorded", "retracted", "tlps", "planned")
    for values in zip(*(columns[name] for name in names), strict=True):
        yield _Move(kind, *values)


def _pairs(kind: Label, columns: Row, members: str) -> Iterator[_Move]:
    """Every two members of one engagement, each pair once."""
    agreed = columns.get("agreed") or [True] * len(columns["ids"])
    funders = columns.get("funders") or [""] * len(columns["ids"])
    planned = columns.get("planned") or [False] * len(columns["ids"])
    groups: dict[str, list[int]] = defaultdict(list)
    for row, id_ in enumerate(columns["ids"]):
        groups[id_].append(row)
    for id_, rows in groups.items():
        for one, other in combinations(rows, 2):
            yield _Move(
                kind,
                id_,
                columns[members][one],
                columns[members][other],
                columns["first"][one],
                columns["last"][one],
                agreed[one] and agreed[other],
                funders[one],
                columns["recorded"][one],
                columns["retracted"][one],
                columns["tlps"][one],
                planned[one],
            )


def _as_named(move: _Move, _: int) -> tuple[str, str]:
    return move.source, move.target


class _Posts:
    """Who worked where on which day."""

    def __init__(self, columns: Row) -> None:
        self._starts: dict[str, list[int]] = defaultdict(list)
        self._posts: dict[str, list[tuple[int, str]]] = defaultdict(list)
        names = ("people", "institutions", "first", "last")
        for person, institution, first, last in zip(*(columns[name] for name in names), strict=True):
            self._starts[person].append(day_of(date.fromisoformat(first)) if first else -OPEN)
            self._posts[person].append((day_of(date.fromisoformat(last)) + 1 if last else OPEN, institution))

    def institutions_of(self, move: _Move, start: int) -> tuple[str, str]:
        """The institutions of both ends: a person becomes the institution where they worked on the day it began."""
        personal = move.kind in _PERSONAL
        source = self.at(move.source, start) if personal else move.source
        trained = personal or move.kind is Label.TRAINING
        return source, self.at(move.target, start) if trained else move.target

    def followed_up(self, move: _Move, transfer: Transfer) -> Transfer:
        """The transfer with how long somebody who learned stays: who that is, where records name them."""
        learner, there = move.learner, move.learner_there
        if move.kind in _PERSONAL or move.kind is Label.TRAINING:
            learner, there = move.target, move.source if move.kind is Label.PUBLICATION else ""
        if transfer.end == OPEN or not (learner or there):
            return transfer
        day = transfer.end - 1
        stays, stays_there = self._until(learner, transfer.target, day), self._until(there, transfer.source, day)
        return replace(transfer, stays=stays, stays_there=stays_there)

    def _until(self, person: str, institution: str, day: int) -> int:
        """The day from which a person is away from the institution where they work on that day, -OPEN if elsewhere."""
        until = day
        for start, (end, where) in zip(self._starts.get(person, ()), self._posts.get(person, ()), strict=True):
            if where == institution and start <= until:
                until = max(until, end)
        return until if until > day else -OPEN

    def at(self, person: str, day: int) -> str:
        """The institution of the latest post that had begun and not ended by that day, else nothing.

        The store returns the posts of a person by their start, an unknown start first.
        """
        begun = bisect_right(self._starts.get(person, []), day)
        for end, institution in reversed(self._posts[person][:begun] if begun else []):
            if end > day:
                return institution
        return ""
