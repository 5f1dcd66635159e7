"""The network picture drawn once, without scripts: who stands where, what ties hold in a window, which names show."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from math import sqrt

WIDTH, HEIGHT, EDGE = 960.0, 460.0, 36.0
LABELS_AT_MOST, LABEL_LENGTH = 14, 28
LABELS_CLOSE, LENGTH_CLOSE = 6, 22
PHONE, PHONE_LETTER = (358.0, 340.0), 0.95  # the pixels of a stage there, and of a letter beside one of a wide page
LETTER, LINE = 6.9, 16.0  # a label's estimated size per character and line, in units of the picture
BEND = 0.14

Pairs = Mapping[tuple[str, str], int]
"""How many contacts run from one actor to another, by their ids."""


@dataclass(frozen=True, slots=True)
class Spot:
    """An actor at its place, which it keeps through time, in the colour of its group.

    `x` and `y` may be in any unit, y downwards: the picture fits them to its frame.
    """

    id: str
    label: str
    x: float
    y: float
    tone: str


def degrees(pairs: Iterable[tuple[str, str]]) -> Counter[str]:
    """The number of different others each actor is tied to, in either direction; a tie to oneself counts nothing.

    >>> sorted(degrees([("a", "b"), ("b", "a"), ("a", "c"), ("c", "c")]).items())
    [('a', 2), ('b', 1), ('c', 1)]
    """
    met = {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}
    return Counter(actor for pair in met for actor in pair)


@dataclass(frozen=True, slots=True)
class ActorDot:
    """An actor's dot. An actor without a tie in the window has degree 0 and stands back."""

    actor: Spot
    x: float
    y: float
    radius: float
    degree: int


@dataclass(frozen=True, slots=True)
class Curve:
    """All ties from one actor to another as one curve in the colour of where they start, broken where only planned."""

    path: str
    width: float
    tone: str
    planned: bool = False


@dataclass(frozen=True, slots=True)
class ActorLabel:
    """An actor's name beside its dot."""

    text: str
    x: float
    y: float
    anchor: str


Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Lettering:
    """How names are placed: within which frame, how large against those of a wide page, how many and how long."""

    frame: Box = (0.0, 0.0, WIDTH, HEIGHT)
    scale: float = 1.0
    at_most: int = LABELS_AT_MOST
    longest: int = LABEL_LENGTH


@dataclass(frozen=True, slots=True)
class CloseUp:
    """The same picture for a phone: the frame around those tied, and fewer names, `scale` times as large in it."""

    frame: Box
    labels: tuple[ActorLabel, ...]
    scale: float


@dataclass(frozen=True, slots=True)
class Picture:
    """One window of a network, drawn in a frame of `width` by `height` units."""

    dots: tuple[ActorDot, ...]
    curves: tuple[Curve, ...]
    labels: tuple[ActorLabel, ...]
    ranking: tuple[ActorDot, ...]
    width: float = WIDTH
    height: float = HEIGHT

    @property
    def close_up(self) -> CloseUp:
        """What a narrow page shows of it."""
        left, top, right, bottom = frame = _around(self.ranking)
        scale = max(1.0, PHONE_LETTER * max((right - left) / PHONE[0], (bottom - top) / PHONE[1]))
        labels = _labels(self.ranking, Lettering(frame, scale, LABELS_CLOSE, LENGTH_CLOSE))
        return CloseUp((left, top, right - left, bottom - top), labels, scale)


def draw(
    spots: Sequence[Spot], pairs: Pairs, at_most: int | None = None, planned: Set[tuple[str, str]] = frozenset()
) -> Picture:
    """Draw who is tied to whom in a window; `at_most` so many actors, the most tied, where a page has to stay light.

    `planned` are the pairs of which nothing has begun.
    Time is linear in actors and ties, but for ranking the actors. `ranking` lists the actors tied in the window,
    most tied first, equal ones by name, drawn or not.
    """
    places, degree = _fit(spots), degrees(pairs)
    dots = [ActorDot(spot, *places[spot.id], radius(degree[spot.id]), degree[spot.id]) for spot in spots]
    ranking = sorted((dot for dot in dots if dot.degree), key=lambda dot: (-dot.degree, dot.actor.label))
    shown = dots if at_most is None or len(dots) <= at_most else ranking[:at_most]
    tones = {dot.actor.id: dot.actor.tone for dot in shown}
    curves = tuple(
        Curve(
            _path(places[source], places[target]),
            min(0.8 + 0.5 * number, 4.0),
            tones[source],
            (source, target) in planned,
        )
        for (source, target), number in sorted(pairs.items())
        if source != target and source in tones and target in tones
    )
    return Picture(tuple(shown), curves, _labels(ranking, Lettering()), tuple(ranking))


def radius(degree: int) -> float:
    """A dot's radius: its area grows with the degree; an actor standing back keeps a speck."""
    return round(2.6 + 1.7 * sqrt(degree), 2) if degree else 1.8


def _fit(actors: Sequence[Spot]) -> dict[str, tuple[float, float]]:
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


def _around(dots: Sequence[ActorDot]) -> Box:
    """The corners of a frame around these dots, no smaller than high; the whole one where there is none."""
    if not dots:
        return 0.0, 0.0, WIDTH, HEIGHT
    left, right = min(dot.x for dot in dots), max(dot.x for dot in dots)
    wide = max(right - left + 2 * EDGE, HEIGHT * PHONE[0] / PHONE[1])
    middle = (left + right) / 2
    return middle - wide / 2, 0.0, middle + wide / 2, HEIGHT


def _labels(ranking: Sequence[ActorDot], lettering: Lettering) -> tuple[ActorLabel, ...]:
    """Name the most tied actors, each where its name meets no earlier name and stays in the frame."""
    taken: list[Box] = []
    labels: list[ActorLabel] = []
    for dot in ranking[: 2 * lettering.at_most]:
        choices = (pair for pair in _candidates(dot, lettering) if _is_free(pair[1], taken, lettering.frame))
        choice = next(choices, None)
        if choice and len(labels) < lettering.at_most:
            labels.append(choice[0])
            taken.append(choice[1])
    return tuple(labels)


def _candidates(dot: ActorDot, lettering: Lettering) -> list[tuple[ActorLabel, Box]]:
    text, scale = _shorten(dot.actor.label, lettering.longest), lettering.scale
    long, line, gap = scale * LETTER * len(text), scale * LINE, dot.radius + 4
    right, left, foot = dot.x + gap, dot.x - gap - long, dot.y + 4 * scale
    return [
        (ActorLabel(text, right, foot, "start"), (right, dot.y - line / 2, right + long, dot.y + line / 2)),
        (ActorLabel(text, dot.x - gap, foot, "end"), (left, dot.y - line / 2, left + long, dot.y + line / 2)),
        (
            ActorLabel(text, dot.x, dot.y - gap, "middle"),
            (dot.x - long / 2, dot.y - gap - line, dot.x + long / 2, dot.y - gap),
        ),
    ]


def _shorten(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _is_free(box: Box, taken: Sequence[Box], frame: Box) -> bool:
    inside = box[0] >= frame[0] and box[2] <= frame[2] and box[1] >= frame[1] and box[3] <= frame[3]
    return inside and not any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken
    )
