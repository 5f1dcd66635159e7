"""Paths in words, the same for a page and for a terminal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil

from graph.evolution.log.windows import day_of
from graph.services.network.paths import Obstacle, ReachedActors, TransferPath
from graph.services.network.steps import Basis, PathStep
from graph.services.transfers.actors import Level
from graph.services.transfers.followed import SubjectShare
from webapp.presenters import words
from webapp.presenters.words import apart, plain


def day(value: date) -> str:
    """A day as every page writes it: "3 May 2019"."""
    return words.day(value.isoformat())


def answer(path: TransferPath) -> str:
    """Whether one could have learned from the other, in one sentence."""
    source, target = apart(path.source.name), apart(path.target.name)
    if not path.obstacle:
        return f"{target} could have learned from {source} by {day(path.by)}."
    return f"{target} cannot have learned from {source} by {day(path.by)}: {obstacle(path)}."


def obstacle(path: TransferPath) -> str:
    """The nearest reason why there is no path by the date."""
    source, target, breaks = apart(path.source.name), apart(path.target.name), path.breaks
    if path.obstacle is Obstacle.GIVES_NOTHING:
        return f"no tie leads away from {source}"
    if path.obstacle is Obstacle.GETS_NOTHING:
        return f"no tie leads to {target}"
    if not breaks:
        return f"no chain of ties leads from {source} to {target}, whatever their dates"
    if path.obstacle is Obstacle.TOO_LATE:
        ended = f"{carrier(breaks)} ended only on {day(breaks.last)}" if breaks.last else f"{carrier(breaks)} goes on"
        return f"{ended}, and the earliest arrival is {day(path.arrival or path.by)}"
    if path.obstacle is Obstacle.GOES_ON:
        return f"{carrier(breaks)} goes on and has not been completed"
    began = f"{carrier(breaks)} began on {day(breaks.first)}, before {apart(breaks.giver.name)} could have learned"
    return f"ties lead there but run against time; {began}"


def times(path: TransferPath) -> Iterator[str]:
    """The earliest arrival and the latest departure, each a sentence."""
    if path.arrival and not path.obstacle:
        yield f"Earliest arrival: {day(path.arrival)}, over {words.counted(len(path.earliest), 'tie')}."
    if path.departure:
        yield f"Latest departure to be there in time: {day(path.departure)}."


def carrier(step: PathStep) -> str:
    """What carried it, between whom: "the mentorship of Ama for Ben"."""
    return f"the {plain(step.kind).lower()} from {apart(step.giver.name)} to {apart(step.receiver.name)}"


def assumed(path: TransferPath) -> str:
    """What the path assumes, in a sentence; empty where records show that every institution on it kept what it had."""
    where = [
        f"{apart(after.giver.name)} from {day(before.last)} to {day(after.first)}"
        for before, after in pairwise(path.earliest)
        if after.basis is Basis.ASSUMED and before.last
    ]
    if path.obstacle or not where:
        return ""
    return f"It is assumed that somebody who had learned stayed at {' and at '.join(where)}; no record says so."


def assumed_of(found: ReachedActors, level: Level) -> str:
    """What a list of those reached assumes; empty between people, and where nothing is assumed."""
    if level is not Level.INSTITUTION:
        return across(level) if any(one.ties > 1 for one in found.reached) else ""
    many = sum(1 for one in found.reached if one.assumed)
    return f"{many:,} of {len(found.reached):,} assume that {_STAYED}; no record says so." if many else ""


def across(level: Level) -> str:
    """What any path of several ties assumes at this level; empty between people, where it assumes nothing."""
    if level is Level.PERSON:
        return ""
    if level is Level.INSTITUTION:
        return f"A path of more than one tie assumes that {_STAYED}."
    return f"A path of more than one tie assumes that know-how went round within each {level.value} on it."


_STAYED = "somebody who had learned was still there when it was passed on"


def followed(share: SubjectShare | None) -> str:
    """Which contacts count and how many do not; empty where every contact does."""
    if not share or not share.names:
        return ""
    of = words.counted(share.about + share.others + share.unstated, "contact")
    left = f"; {words.counted(share.unstated, 'contact states', 'contacts state')} no subject" if share.unstated else ""
    about = f"{share.about:,} of {of} {'is' if share.about == 1 else 'are'} about it{left}"
    return f"Followed is know-how of {' or '.join(share.names)}, with what is narrower and broader: {about}."


def span(step: PathStep) -> str:
    """The days of a tie, both of which belong to it."""
    return f"{day(step.first)} to {day(step.last)}" if step.last else f"since {day(step.first)}"


@dataclass(frozen=True, slots=True)
class LegBar:
    """A tie as a bar: where it begins and how wide it is, per cent of the picture; its row; and its words."""

    step: PathStep
    left: float
    width: float
    y: int
    label: str


@dataclass(frozen=True, slots=True)
class PathPicture:
    """The picture of a path: its legs under one another along time, its height in pixels, and its years."""

    legs: tuple[LegBar, ...]
    height: int
    years: tuple[tuple[str, float], ...]


_YEARS = 6  # at most, so that they stand apart on a phone
_ROW = 44


def course(steps: tuple[PathStep, ...]) -> PathPicture:
    """Lay the ties of a path along time. Ties that go on reach to the edge. O(ties + years)."""
    first = date(steps[0].first.year, 1, 1)
    last = date(max((one.last or one.first).year for one in steps) + 1, 1, 1)
    days = (last - first).days

    def at(value: date) -> float:
        return round(100 * (day_of(value) - day_of(first)) / days, 2)

    legs = []
    for row, one in enumerate(steps):
        left, right = at(one.first), at(one.last) if one.last else 100.0
        ends = f"{apart(one.giver.name)} → {apart(one.receiver.name)}"
        legs.append(LegBar(one, left, max(right - left, 0.6), row * _ROW, ends))
    every = max(1, ceil((last.year - first.year) / _YEARS))
    years = tuple((str(year), at(date(year, 1, 1))) for year in range(first.year, last.year, every))
    return PathPicture(tuple(legs), len(steps) * _ROW + 22, years)
