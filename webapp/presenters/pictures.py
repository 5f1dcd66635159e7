"""The network picture: what the page sends to `network.js`, and the same picture drawn once without scripts.

Actors keep their place through time; a window `[start, end)` in whole years decides which ties, and so which
actors, show in colour.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

WIDTH, HEIGHT, EDGE = 960.0, 460.0, 36.0
LABELS_AT_MOST, LABEL_LENGTH = 14, 28
LETTER, LINE = 6.9, 16.0  # a label's estimated size per character and line, in units of the picture
BEND = 0.14


@dataclass(frozen=True, slots=True)
class Group:
    """What actors are coloured by (a region, a community): its name and colour token c1..c10."""

    name: str
    tone: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, institution, country or region at its place; `group` counts the network's groups from 0.

    `x` and `y` may be in any unit, y downwards: the picture fits them to its frame.
    """

    id: str
    label: str
    href: str
    group: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tie:
    """A transfer of know-how from one actor to another; `end` is the first year it no longer held."""

    source: str
    target: str
    start: int
    end: int
    channel: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure in words: the value, and what it is compared with ("up 38 on 2019"). `tone`: good, bad or none."""

    text: str
    compared: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The years from `start` up to, not including, `end`, with its figures by measure key."""

    label: str
    start: int
    end: int
    figures: Mapping[str, Figure] = field(default_factory=dict)

    def holds(self, tie: Tie) -> bool:
        """Whether the tie held at any time in this window."""
        return tie.start < self.end and tie.end > self.start


@dataclass(frozen=True, slots=True)
class Network:
    """Everything the network page shows. A tie whose actors are not both listed is an error of the caller."""

    actors: tuple[Actor, ...]
    ties: tuple[Tie, ...]
    windows: tuple[Window, ...]
    groups: tuple[Group, ...]

    def ties_in(self, window: Window) -> Counter[tuple[str, str]]:
        """How many ties run from one actor to another in the window. Linear in all ties."""
        return Counter((tie.source, tie.target) for tie in self.ties if window.holds(tie))

    def position_of_year(self, year: int) -> int:
        """The position of the window that begins in `year`, else of the last that began before it, else 0."""
        begun = [position for position, window in enumerate(self.windows) if window.start <= year]
        return begun[-1] if begun else 0

    def block(self) -> dict[str, object]:
        """The JSON block of the page. Ties name their actors by position, since identifiers are long."""
        position = {actor.id: number for number, actor in enumerate(self.actors)}
        return {
            "actors": [_actor_entry(actor) for actor in self.actors],
            "ties": [
                [position[tie.source], position[tie.target], tie.start, tie.end, tie.channel] for tie in self.ties
            ],
            "windows": [_window_entry(window) for window in self.windows],
            "groups": [{"name": group.name, "tone": group.tone} for group in self.groups],
        }


def _actor_entry(actor: Actor) -> dict[str, object]:
    names = ("id", "label", "href", "group", "x", "y")
    return {name: getattr(actor, name) for name in names}


def _window_entry(window: Window) -> dict[str, object]:
    figures = {
        key: {"text": figure.text, "compared": figure.compared, "tone": figure.tone}
        for key, figure in window.figures.items()
    }
    return {"label": window.label, "from": window.start, "to": window.end, "figures": figures}


def degrees(pairs: Iterable[tuple[str, str]]) -> Counter[str]:
    """The number of different others each actor is tied to, in either direction; a tie to oneself counts nothing.

    >>> sorted(degrees([("a", "b"), ("b", "a"), ("a", "c"), ("c", "c")]).items())
    [('a', 2), ('b', 1), ('c', 1)]
    """
    met = {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}
    return Counter(actor for pair in met for actor in pair)


@dataclass(frozen=True, slots=True)
class Dot:
    """An actor's dot. An actor without a tie in the window has degree 0 and stands back."""

    actor: Actor
    x: float
    y: float
    radius: float
    degree: int
    tone: str


@dataclass(frozen=True, slots=True)
class Curve:
    """All ties from one actor to another as one curve in the colour of where they start."""

    path: str
    width: float
    tone: str


@dataclass(frozen=True, slots=True)
class Label:
    """An actor's name beside its dot."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One window of a network, drawn in a frame of `width` by `height` units."""

    dots: tuple[Dot, ...]
    curves: tuple[Curve, ...]
    labels: tuple[Label, ...]
    ranking: tuple[Dot, ...]
    width: float = WIDTH
    height: float = HEIGHT


def draw(network: Network, window: Window) -> Picture:
    """Draw the network as it stood in the window.

    Time is linear in actors and ties, but for ranking the actors. `ranking` lists the actors tied in the window,
    most tied first, equal ones by name.
    """
    pairs = network.ties_in(window)
    places = _fit(network.actors)
    degree = degrees(pairs)
    tones = {actor.id: network.groups[actor.group].tone for actor in network.actors}
    dots = tuple(
        Dot(actor, *places[actor.id], radius(degree[actor.id]), degree[actor.id], tones[actor.id])
        for actor in network.actors
    )
    curves = tuple(
        Curve(_path(places[source], places[target]), min(0.8 + 0.5 * number, 4.0), tones[source])
        for (source, target), number in sorted(pairs.items())
        if source != target
    )
    ranking = sorted((dot for dot in dots if dot.degree), key=lambda dot: (-dot.degree, dot.actor.label))
    return Picture(dots, curves, _labels(ranking), tuple(ranking))


def radius(degree: int) -> float:
    """A dot's radius: its area grows with the degree; an actor standing back keeps a speck."""
    return round(2.6 + 1.7 * sqrt(degree), 2) if degree else 1.8


def _fit(actors: Sequence[Actor]) -> dict[str, tuple[float, float]]:
    """Fit the actors' places into the frame with one scale for both directions, centred."""
    if not actors:
        return {}
    left, right = min(actor.x for actor in actors), max(actor.x for actor in actors)
    top, bottom = min(actor.y for actor in actors), max(actor.y for actor in actors)
    scale = min(
        (WIDTH - 2 * EDGE) / ((right - left) or 1.0),
        (HEIGHT - 2 * EDGE) / ((bottom - top) or 1.0),
    )
    return {
        actor.id: (
            round(WIDTH / 2 + scale * (actor.x - (left + right) / 2), 1),
            round(HEIGHT / 2 + scale * (actor.y - (top + bottom) / 2), 1),
        )
        for actor in actors
    }


def _path(start: tuple[float, float], end: tuple[float, float]) -> str:
    across, down = end[0] - start[0], end[1] - start[1]
    bend_x = (start[0] + end[0]) / 2 - BEND * down
    bend_y = (start[1] + end[1]) / 2 + BEND * across
    return f"M{start[0]} {start[1]}Q{bend_x:.1f} {bend_y:.1f} {end[0]} {end[1]}"


Box = tuple[float, float, float, float]


def _labels(ranking: Sequence[Dot]) -> tuple[Label, ...]:
    """Name the most tied actors, each where its name meets no earlier name and stays in the frame."""
    taken: list[Box] = []
    labels: list[Label] = []
    for dot in ranking[: 2 * LABELS_AT_MOST]:
        choice = next((pair for pair in _candidates(dot) if _is_free(pair[1], taken)), None)
        if choice and len(labels) < LABELS_AT_MOST:
            labels.append(choice[0])
            taken.append(choice[1])
    return tuple(labels)


def _candidates(dot: Dot) -> list[tuple[Label, Box]]:
    text = _shorten(dot.actor.label)
    long, gap = LETTER * len(text), dot.radius + 4
    right, left = dot.x + gap, dot.x - gap - long
    return [
        (Label(text, right, dot.y + 4, "start"), (right, dot.y - LINE / 2, right + long, dot.y + LINE / 2)),
        (Label(text, dot.x - gap, dot.y + 4, "end"), (left, dot.y - LINE / 2, left + long, dot.y + LINE / 2)),
        (
            Label(text, dot.x, dot.y - gap, "middle"),
            (dot.x - long / 2, dot.y - gap - LINE, dot.x + long / 2, dot.y - gap),
        ),
    ]


def _shorten(text: str) -> str:
    return text if len(text) <= LABEL_LENGTH else text[: LABEL_LENGTH - 1] + "…"


def _is_free(box: Box, taken: Sequence[Box]) -> bool:
    inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT
    return inside and not any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken
    )
