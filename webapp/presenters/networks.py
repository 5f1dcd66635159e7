"""The evolution of a network as its page shows it: figures in words, a picture, sparklines and a headline."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from graph.evolution.definitions import DEFINITIONS, Definition
from graph.evolution.measures import WindowMeasures
from graph.evolution.ties import OPEN
from graph.evolution.windows import date_of
from graph.services.atlases import Level
from graph.services.trace_evolution import Evolution
from webapp.presenters import words
from webapp.presenters.charts import Histogram, Sparkline, histogram, sparkline, tone
from webapp.presenters.pictures import Actor, Figure, Group, Network, Picture, Tie, Window, draw

NOUN = {
    Level.PERSON: "people",
    Level.INSTITUTION: "institutions",
    Level.COUNTRY: "countries",
    Level.REGION: "regions",
}
ELSEWHERE = "Elsewhere"
_GROUPS = 8
# Counts first, then shares; brokers have words instead of one number.
_COUNTS = ("actors", "ties", "contacts", "components")
_SHARES = ("density", "reciprocity", "giant_share")


def _meaning(found: Definition) -> str:
    return f"{found.words[0].upper()}{found.words[1:]}. Unit: {found.unit}. Source: {found.source}."


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure as the figures list it, its definition one click away."""

    key: str
    label: str
    meaning: str
    in_words: bool = False


MEASURES = (
    *(Measure(key, DEFINITIONS[key].name, _meaning(DEFINITIONS[key])) for key in (*_COUNTS, *_SHARES)),
    Measure("brokers", "Top brokers", _meaning(DEFINITIONS["brokers"]), in_words=True),
)


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """Everything the network page places."""

    network: Network
    picture: Picture
    position: int
    track: Histogram
    sparklines: Mapping[str, Sparkline]
    headline: str
    noun: str
    left_out: tuple[str, ...]


def network_page(traced: Evolution, year: int) -> NetworkPage:
    """Lay the evolution out, with the window of that year in front."""
    network = _network(traced)
    position = network.position_of_year(year)
    return NetworkPage(
        network=network,
        picture=draw(network, network.windows[position]),
        position=position,
        track=histogram([(str(found.window), found.ties) for found in traced.windows]),
        sparklines={key: _course(traced.windows, key, position) for key in (*_COUNTS, *_SHARES)},
        headline=_headline(traced),
        noun=NOUN[traced.asked.level],
        left_out=tuple(f"{count:,} left out: {reason.value}" for reason, count in traced.left_out.items()),
    )


def _headline(traced: Evolution) -> str:
    """What became of the network between its first and its last window."""
    first, last, noun = traced.windows[0], traced.windows[-1], NOUN[traced.asked.level]
    if not traced.actors:
        return "No transfer of know-how yet"
    if first is last:
        return f"{first.actors:,} {noun}, {first.ties:,} ties in {first.window}"
    return f"From {first.ties:,} to {last.ties:,} ties between {noun}, {first.window} to {last.window}"


def _network(traced: Evolution) -> Network:
    groups = _groups(traced)
    number = {group.name: place for place, group in enumerate(groups)}
    spots = traced.places() if traced.actors else []
    actors = tuple(
        Actor(
            actor.id, actor.name, _href(traced.asked.level, actor.id, named=actor.named), _of(number, actor.group), x, y
        )
        for actor, (x, y) in zip(traced.actors, spots, strict=True)
    )
    return Network(actors, _ties(traced), _windows(traced), groups)


def _of(number: Mapping[str, int], group: str) -> int:
    return number.get(group, number.get(ELSEWHERE, 0))


def _groups(traced: Evolution) -> tuple[Group, ...]:
    """The regions with most actors, in order; where there are more than colours, the last stands for the others."""
    sizes = Counter(actor.group for actor in traced.actors)
    names = sorted(sizes, key=lambda name: (-sizes[name], name))
    shown = names if len(names) <= _GROUPS else [*names[: _GROUPS - 1], ELSEWHERE]
    return tuple(Group(name, tone(place)) for place, name in enumerate(shown))


def _href(level: Level, id_: str, *, named: bool) -> str:
    if level is Level.PERSON:
        return url_for("experts.show", record_id=id_) if named else url_for("experts.index")
    if level is Level.INSTITUTION:
        return url_for("institutions.show", record_id=id_)
    return url_for("institutions.index", country=id_) if level is Level.COUNTRY else url_for("institutions.index")


def _ties(traced: Evolution) -> tuple[Tie, ...]:
    """One tie a direction; years as the picture counts them, an open end beyond the last window."""
    log, ids = traced.log, [actor.id for actor in traced.actors]
    beyond = traced.asked.to_year + 1
    found = []
    for row in range(len(log)):
        start = date_of(int(log.start[row])).year
        end = beyond if log.end[row] == OPEN else date_of(int(log.end[row]) - 1).year + 1
        source, target = ids[log.source[row]], ids[log.target[row]]
        channel = traced.transfers[log.origin[row]].kind.value.lower()
        if source != target:
            found.append(Tie(source, target, start, end, channel))
            if log.mutual[row]:
                found.append(Tie(target, source, start, end, channel))
    return tuple(found)


def _windows(traced: Evolution) -> tuple[Window, ...]:
    return tuple(
        Window(
            str(found.window),
            date_of(found.window.first).year,
            date_of(found.window.last_exclusive - 1).year + 1,
            _figures(traced, found, before),
        )
        for found, before in zip(traced.windows, (None, *traced.windows), strict=False)
    )


def _figures(traced: Evolution, found: WindowMeasures, before: WindowMeasures | None) -> dict[str, Figure]:
    counts = {key: _figure(found, before, key, words.number) for key in _COUNTS}
    shares = {key: _figure(found, before, key, _decimal) for key in _SHARES}
    names = ", ".join(actor.name for actor in traced.who(found.brokers[:3]))
    return {**counts, **shares, "brokers": Figure(names or "–")}


def _figure(found: WindowMeasures, before: WindowMeasures | None, key: str, written: Callable[[float], str]) -> Figure:
    value = getattr(found, key)
    if before is None:
        return Figure(written(value))
    change = value - getattr(before, key)
    if written(abs(change)) == written(0):
        return Figure(written(value), f"as in {before.window}")
    return Figure(written(value), f"{'up' if change > 0 else 'down'} {written(abs(change))} on {before.window}")


def _decimal(value: float) -> str:
    return f"{value:.3f}"


def _course(windows: Sequence[WindowMeasures], key: str, chosen: int) -> Sparkline:
    return sparkline([float(getattr(found, key)) for found in windows], chosen)
