"""Two windows of the network as their page shows them: the brief, a picture of what changed, and the tables."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.evolution.measures.communities import Fate
from graph.services.network.compare import Tied, WindowComparison
from graph.services.transfers.actors import Actor
from webapp.presenters import words
from webapp.presenters.network.briefs import brief
from webapp.presenters.network.figures import (
    DependenceRow,
    Measure,
    Scale,
    defined,
    dependence_rows,
    written,
)
from webapp.presenters.network.nouns import NOUN
from webapp.presenters.network.pages import DRAWN_AT_MOST, href_of
from webapp.presenters.network.pictures import Picture, Spot, draw
from webapp.presenters.network.terms import of_shares, terms
from webapp.urls.network import named

KEPT, GAINED, LOST = "kept", "gained", "lost"
LISTED = 50
FATES = {
    Fate.MERGE: "merged",
    Fate.SPLIT: "split",
    Fate.BIRTH: "formed",
    Fate.DEATH: "dissolved",
}


@dataclass(frozen=True, slots=True)
class Number:
    """A measure in both windows, and how it changed."""

    measure: Measure
    then: str
    now: str
    change: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A count in both windows as bars beside each other, their widths in percent of the longest of all."""

    label: str
    then: float
    now: float
    then_wide: float
    now_wide: float


@dataclass(frozen=True, slots=True)
class Name:
    """An actor with its page."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class ChangePart:
    """What was gained, kept or lost: the first of it by name, and how much there is in all."""

    title: str
    actors: tuple[Name, ...]
    actor_count: int
    ties: tuple[tuple[Name, Name], ...]
    tie_count: int


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Everything the page of two windows places."""

    headline: str
    sentences: list[str]
    labels: tuple[str, str]
    noun: str
    picture: Picture
    numbers: tuple[Number, ...]
    parts: tuple[ChangePart, ...]
    flows: tuple[Bars, ...]
    unit: str
    dependence: tuple[tuple[DependenceRow, ...], tuple[DependenceRow, ...]]
    terms: tuple[str, ...]
    left_out: tuple[str, ...]


def compare_page(found: WindowComparison) -> ComparePage:
    """Lay a comparison out."""
    then, now = found.measures
    labels = (str(then.window), str(now.window))
    return ComparePage(
        headline=_headline(found),
        sentences=brief(found),
        labels=labels,
        noun=NOUN[found.query.level],
        picture=_picture(found),
        numbers=tuple(
            _number(found, each) for each in defined(found.query) if each.key != "turnover" and not each.in_words
        ),
        parts=tuple(_part(found, name) for name in (GAINED, LOST, KEPT)),
        flows=_flows(found),
        unit=of_shares(found.query).unit,
        dependence=(dependence_rows(then.donors, found.funders), dependence_rows(now.donors, found.funders)),
        terms=terms(found.query),
        left_out=tuple(f"{count:,} left out: {reason.value}" for reason, count in found.left_out.items()),
    )


def _headline(found: WindowComparison) -> str:
    then, now = (named(each.window, found.query) for each in found.measures)
    if then == now:
        return f"{then} stands on both sides; take another window beside it"
    gained, lost = len(found.ties.gained), len(found.ties.lost)
    if not gained and not lost:
        return f"No tie came or went between {then} and {now}"
    return f"{words.counted(gained, 'tie')} gained, {lost:,} lost between {then} and {now}"


def _picture(found: WindowComparison) -> Picture:
    """All ties of both windows on the places of all years, toned by what became of them."""
    fates = {actor.id: name for name in (KEPT, GAINED, LOST) for actor in getattr(found.actors, name)}
    spots = [
        Spot(actor.id, actor.name, x, y, fates[actor.id])
        for actor, (x, y) in zip(found.everybody, found.places.tolist(), strict=True)
        if actor.id in fates
    ]
    parts = {
        name: {(tie.giver.id, tie.receiver.id): 1 for tie in getattr(found.ties, name)} for name in (KEPT, LOST, GAINED)
    }
    drawn = draw(spots, {pair: 1 for pairs in parts.values() for pair in pairs}, DRAWN_AT_MOST)
    curves = [
        replace(curve, tone=name) for name, pairs in parts.items() for curve in draw(spots, pairs, DRAWN_AT_MOST).curves
    ]
    return replace(drawn, curves=tuple(curves))


def _number(found: WindowComparison, measure: Measure) -> Number:
    then, now = (measure.of(measured) for measured in found.measures)
    return Number(measure, written(measure, then), written(measure, now), _change(measure.scale, then, now))


def _change(scale: Scale, then: float | None, now: float | None) -> str:
    if then is None or now is None:
        return ""
    text = scale.apart(then, now)
    return f"{'↑' if now > then else '↓'} {text}" if text else "stays"


def _part(found: WindowComparison, name: str) -> ChangePart:
    actors: Sequence[Actor] = getattr(found.actors, name)
    ties: Sequence[Tied] = getattr(found.ties, name)
    return ChangePart(
        title=name,
        actors=tuple(_name(found, actor) for actor in sorted(actors, key=lambda actor: actor.name)[:LISTED]),
        actor_count=len(actors),
        ties=tuple((_name(found, tie.giver), _name(found, tie.receiver)) for tie in ties[:LISTED]),
        tie_count=len(ties),
    )


def _name(found: WindowComparison, actor: Actor) -> Name:
    return Name(actor.name, href_of(found.query.level, actor.id, named=actor.named))


def _flows(found: WindowComparison) -> tuple[Bars, ...]:
    """The flows between regions, those largest in either window first."""
    counts = []
    for matrix in found.flows:
        places = [(giver, receiver) for giver in matrix.regions for receiver in matrix.regions]
        counts.append(dict(zip(places, (count for row in matrix.counts for count in row), strict=True)))
    then, now = counts
    largest = max((*then.values(), *now.values()), default=0) or 1
    rows = [(f"{pair[0]} → {pair[1]}", then.get(pair, 0), now.get(pair, 0)) for pair in {**then, **now}]
    ordered = sorted((row for row in rows if row[1] or row[2]), key=lambda row: (-max(row[1:]), row[0]))
    return tuple(Bars(*row, 100 * row[1] / largest, 100 * row[2] / largest) for row in ordered)
