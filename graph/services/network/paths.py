"""Trace who could have learned from whom by a date: the path with what carried it, or why there is none."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from graph.domain.dates import PartialDate
from graph.errors import InvalidValue
from graph.evolution.log.ties import OPEN
from graph.evolution.log.windows import date_of, day_of
from graph.evolution.paths.backward_paths import latest_departure, path_from
from graph.evolution.paths.paths import Hop, earliest_arrival, path_to
from graph.services.network.steps import Basis, PathStep, Stays, resolve, step
from graph.services.transfers.actors import Actor
from graph.services.transfers.followed import SubjectShare
from graph.services.transfers.log import TransferLog

_EVER = -OPEN  # before every tie: what an actor gave, it had


class Obstacle(StrEnum):
    """Why know-how cannot have come from one to the other by the date."""

    GIVES_NOTHING = "gives nothing"
    GETS_NOTHING = "gets nothing"
    NOT_TIED = "not tied"
    AGAINST_TIME = "against time"
    GOES_ON = "goes on"
    TOO_LATE = "too late"


@dataclass(frozen=True, slots=True)
class TransferPath:
    """The answer for two actors. All days belong to what they tell of.

    `arrival` is the earliest day on which know-how has come to `target`, whether or not by `by`; `departure` the last
    on which it could leave `source` and still be there by then. `earliest` and `latest` are the paths of the two.
    Without a path by the date `obstacle` says why, and `breaks` is the tie at which it breaks, where there is one.
    `subject` says what was followed.
    """

    source: Actor
    target: Actor
    by: date
    arrival: date | None = None
    departure: date | None = None
    earliest: tuple[PathStep, ...] = ()
    latest: tuple[PathStep, ...] = ()
    obstacle: Obstacle | None = None
    breaks: PathStep | None = None
    subject: SubjectShare | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody a pass reaches: earliest arrival there, or latest departure from there, and over how many ties.

    `assumed` counts the institutions on the way that nothing on record shows to have kept what they learned.
    """

    actor: Actor
    day: date
    ties: int
    assumed: int = 0


@dataclass(frozen=True, slots=True)
class ReachedActors:
    """Whom one actor could have taught by a date, or who could have taught it; soonest to `actor` first."""

    actor: Actor
    by: date
    others: int
    reached: tuple[Reached, ...]
    subject: SubjectShare | None = None


def last_day_of(text: str, today: date) -> date:
    """The last day that a date can mean, today where none is given. Raises InvalidValue."""
    return PartialDate.parse(text, "by").last if text.strip() else today


def trace_path(read: TransferLog, giver: str, receiver: str, by: date) -> TransferPath:
    """Whether `receiver` could have learned from `giver` by the end of that day. Two passes over the ties.

    Both are given by id or name. Raises NotFound and InvalidValue; somebody does not learn from themselves.
    """
    source, target = resolve(read, giver), resolve(read, receiver)
    if source == target:
        raise InvalidValue("to", receiver, "is the one who gives, too; choose two different ones")
    end = day_of(by) + 1
    arrivals = earliest_arrival(read.log, source, _EVER)
    departures = latest_departure(read.log, target, end)
    arrival = int(arrivals.day[target])
    found = TransferPath(read.actors[source], read.actors[target], by)
    if arrival == OPEN:
        obstacle, breaks = _obstacle(read, source, target)
        return replace(found, obstacle=obstacle, breaks=breaks)
    earliest = _steps(read, path_to(read.log, arrivals, target))
    found = replace(found, arrival=date_of(arrival - 1), earliest=earliest)
    if arrival > end:
        late = next(one for one in earliest if one.last is not None and one.last > by)
        return replace(found, obstacle=Obstacle.TOO_LATE, breaks=late)
    latest = _steps(read, path_from(read.log, departures, source))
    return replace(found, departure=date_of(int(departures.day[source])), latest=latest)


def whom_it_reached(read: TransferLog, giver: str, by: date) -> ReachedActors:
    """Everybody who could have learned from `giver` by the end of that day, the earliest first. One pass."""
    source = resolve(read, giver)
    arrivals = earliest_arrival(read.log, source, _EVER)
    stays = Stays(read)
    within = np.flatnonzero((arrivals.carrier >= 0) & (arrivals.day <= day_of(by) + 1))
    found = [
        _reached(read.actors[place], date_of(int(arrivals.day[place]) - 1), path_to(read.log, arrivals, place), stays)
        for place in within[np.argsort(arrivals.day[within], kind="stable")].tolist()
    ]
    return ReachedActors(read.actors[source], by, len(read.actors) - 1, tuple(found))


def who_could_have_taught(read: TransferLog, receiver: str, by: date) -> ReachedActors:
    """Everybody who could have taught `receiver` by the end of that day, who could leave last first. One pass."""
    target = resolve(read, receiver)
    departures = latest_departure(read.log, target, day_of(by) + 1)
    within, stays = departures.teachers, Stays(read)
    found = [
        _reached(read.actors[place], date_of(int(departures.day[place])), path_from(read.log, departures, place), stays)
        for place in within[np.argsort(-departures.day[within], kind="stable")].tolist()
    ]
    return ReachedActors(read.actors[target], by, len(read.actors) - 1, tuple(found))


def _reached(actor: Actor, day: date, hops: tuple[Hop, ...], stays: Stays) -> Reached:
    return Reached(actor, day, len(hops), _bases(hops, stays).count(Basis.ASSUMED))


def _steps(read: TransferLog, hops: tuple[Hop, ...]) -> tuple[PathStep, ...]:
    place = {id_: position for position, id_ in enumerate(read.log.actors)}
    bases = _bases(hops, Stays(read))
    return tuple(
        replace(step(read, hop.row, place[hop.giver], place[hop.receiver]), basis=basis)
        for hop, basis in zip(hops, bases, strict=True)
    )


def _bases(hops: tuple[Hop, ...], stays: Stays) -> list[Basis | None]:
    """Why each giver may pass on what came by the tie before; None for the first."""
    onward = [stays.basis(before.row, hop.row, hop.giver) for before, hop in pairwise(hops)]
    return [None, *onward] if hops else []


def _obstacle(read: TransferLog, source: int, target: int) -> tuple[Obstacle, PathStep | None]:
    """Why nothing can ever have arrived, by the shortest chain of ties that would lead there if time did not count."""
    _, giver, receiver = read.log.arcs(np.arange(len(read.log)))
    apart = giver != receiver
    if source not in giver[apart]:
        return Obstacle.GIVES_NOTHING, None
    if target not in receiver[apart]:
        return Obstacle.GETS_NOTHING, None
    size = len(read.actors)
    ties = csr_array((np.ones(len(giver), np.int8), (giver, receiver)), shape=(size, size))
    from scipy.sparse.csgraph import breadth_first_order  # brings scipy.linalg along, which few commands need

    _, before = breadth_first_order(ties, source)
    if before[target] < 0:
        return Obstacle.NOT_TIED, None
    chain = [target]
    while chain[-1] != source:
        chain.append(int(before[chain[-1]]))
    return _break(read, chain[::-1])


def _break(read: TransferLog, chain: list[int]) -> tuple[Obstacle, PathStep]:
    """The first tie of a chain that runs against time, or goes on still: the last to begin between its two."""
    rows, giver, receiver = read.log.arcs(np.arange(len(read.log)))
    day = _EVER
    for here, there in pairwise(chain):
        between = rows[(giver == here) & (receiver == there)]
        passing = between[read.log.start[between] >= day]
        day = int(read.log.end[passing].min(initial=OPEN))
        if day == OPEN:
            obstacle = Obstacle.GOES_ON if len(passing) else Obstacle.AGAINST_TIME
            return obstacle, step(read, int(between[-1]), here, there)
    raise AssertionError("a chain that time allows would have been a path")
