"""The map of the world with flows between countries: pure geometry, in the units of `webapp/static/outlines.json`.

A flow is a curve that is broad where it starts and ends in a point, so that its direction needs no arrow and no
colour; the flows of a pair bend to different sides.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import hypot, sqrt
from pathlib import Path

_FILE = Path(__file__).parents[2] / "static" / "outlines.json"
_BEND = 0.16
_LEAST, _MOST = 1.6, 15.0  # half the breadth of a flow where it starts
_LABELS, _SURE = 14, 6  # at most so many names; so many of the largest even across other dots
_LETTER = 14.5  # a label's estimated breadth per character
_REACH = 26.0  # radius within which a dot is hit: at least 24 pixels across wherever the map is shown

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """A country: its SVG path, empty where only a dot can be seen, and the point that stands for it."""

    path: str
    at: Point


@dataclass(frozen=True, slots=True)
class World:
    """Every country by its id, on a map of `width` by `height`."""

    width: int
    height: int
    countries: Mapping[str, Outline]


@cache
def world() -> World:
    """The map as it lies beside the style sheets."""
    found = json.loads(_FILE.read_text(encoding="utf-8"))
    outlines = {id_: Outline(each["path"], tuple(each["at"])) for id_, each in found["countries"].items()}
    width, height = found["size"]
    return World(width, height, outlines)


@dataclass(frozen=True, slots=True)
class FlowStop:
    """A country on the map: what it is called, what it says of itself, how much it moved, its colour and page."""

    id: str
    name: str
    words: str
    size: float
    tone: str
    href: str


@dataclass(frozen=True, slots=True)
class FlowLeg:
    """A flow from one stop to another, and what it says of itself."""

    giver: str
    receiver: str
    words: str
    size: float


@dataclass(frozen=True, slots=True)
class Land:
    """The outline of a country that takes part."""

    path: str
    tone: str


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A flow as a closed shape."""

    path: str
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class CountryDot:
    """A country's dot and the circle in which it is hit."""

    stop: FlowStop
    x: float
    y: float
    radius: float
    reach: float = _REACH


@dataclass(frozen=True, slots=True)
class CountryLabel:
    """A country's name beside its dot."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class FlowMap:
    """The map in the order in which it is drawn. `specks` are the points of countries too small for an outline."""

    width: int
    height: int
    land: str
    lands: tuple[Land, ...]
    specks: tuple[Point, ...]
    ribbons: tuple[Ribbon, ...]
    dots: tuple[CountryDot, ...]
    labels: tuple[CountryLabel, ...]


def flow_map(stops: Sequence[FlowStop], legs: Iterable[FlowLeg]) -> FlowMap:
    """Draw stops and the legs between them; countries that are on no map are left to the tables. O(stops + legs)."""
    ground = world()
    placed = {stop.id: stop for stop in stops if stop.id in ground.countries}
    at = {id_: ground.countries[id_].at for id_ in placed}
    drawn = [leg for leg in legs if leg.giver in placed and leg.receiver in placed]
    most = max((stop.size for stop in placed.values()), default=0)
    dots = sorted(
        (CountryDot(stop, *at[id_], _radius(stop.size, most)) for id_, stop in placed.items()),
        key=lambda dot: (-dot.radius, dot.stop.name),
    )
    quiet = {id_: each for id_, each in ground.countries.items() if id_ not in placed}
    return FlowMap(
        width=ground.width,
        height=ground.height,
        land="".join(each.path for each in quiet.values()),
        lands=tuple(Land(ground.countries[id_].path, stop.tone) for id_, stop in placed.items()),
        specks=tuple(each.at for each in quiet.values() if not each.path),
        ribbons=_ribbons(drawn, at, placed),
        dots=tuple(dots),
        labels=_labels(dots, ground),
    )


def ribbon(start: Point, end: Point, breadth: float) -> str:
    """A curve from start to end as a closed SVG path, `breadth` wide on either side where it starts.

    >>> ribbon((0, 0), (100, 0), 5)
    'M0.0 5.0Q50.0 18.5 100.0 0.0Q50.0 13.5 0.0 -5.0Z'
    """
    across, down = end[0] - start[0], end[1] - start[1]
    long = hypot(across, down) or 1.0
    side = (-down / long, across / long)
    middle = ((start[0] + end[0]) / 2 + _BEND * long * side[0], (start[1] + end[1]) / 2 + _BEND * long * side[1])
    one, other = _beside(start, side, breadth), _beside(start, side, -breadth)
    over, under = _beside(middle, side, breadth / 2), _beside(middle, side, -breadth / 2)
    return f"M{_text(one)}Q{_text(over)} {_text(end)}Q{_text(under)} {_text(other)}Z"


def _ribbons(legs: Sequence[FlowLeg], at: Mapping[str, Point], stops: Mapping[str, FlowStop]) -> tuple[Ribbon, ...]:
    """The broadest first, so that none hides a narrow one."""
    most = max((leg.size for leg in legs), default=1)
    return tuple(
        Ribbon(
            ribbon(at[leg.giver], at[leg.receiver], _LEAST + (_MOST - _LEAST) * leg.size / max(most, 12)),
            leg.words,
            stops[leg.giver].tone,
        )
        for leg in sorted(legs, key=lambda leg: -leg.size)
    )


def _radius(size: float, most: float) -> float:
    """The area of a dot grows with its size."""
    return round(6 + 16 * sqrt(size / max(most, 12)), 1)


def _beside(point: Point, side: Point, far: float) -> Point:
    return point[0] + side[0] * far, point[1] + side[1] * far


def _text(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _labels(dots: Sequence[CountryDot], ground: World) -> tuple[CountryLabel, ...]:
    """Name the largest dots, each where its name meets no earlier name, stays on the map and, if it can, off dots."""
    taken: list[Box] = []
    labels: list[CountryLabel] = []
    cores = [_core(dot) for dot in dots]
    for dot in dots:
        free = [pair for pair in _candidates(dot) if _is_free(pair[1], taken, ground)]
        clear = [pair for pair in free if _is_free(pair[1], cores, ground)]
        best = clear or (free if len(labels) < _SURE else [])
        if best and len(labels) < _LABELS:
            labels.append(best[0][0])
            taken.append(best[0][1])
    return tuple(labels)


def _core(dot: CountryDot) -> Box:
    """The square within a dot that names keep away from."""
    half = 0.7 * dot.radius
    return dot.x - half, dot.y - half, dot.x + half, dot.y + half


def _candidates(dot: CountryDot) -> tuple[tuple[CountryLabel, Box], ...]:
    """Beside the dot, before it, above and below: the label and the room it takes."""
    name, gap = dot.stop.name, dot.radius + 6
    right, left, half = dot.x + gap, dot.x - gap, _LETTER * len(name) / 2
    places = (
        (CountryLabel(name, right, dot.y + 9, "start"), right),
        (CountryLabel(name, left, dot.y + 9, "end"), left - 2 * half),
        (CountryLabel(name, dot.x, dot.y - gap, "middle"), dot.x - half),
        (CountryLabel(name, dot.x, dot.y + gap + 18, "middle"), dot.x - half),
    )
    return tuple((label, (start, label.y - 22, start + 2 * half, label.y + 6)) for label, start in places)


def _is_free(box: Box, taken: Iterable[Box], ground: World) -> bool:
    if box[0] < 0 or box[1] < 0 or box[2] > ground.width or box[3] > ground.height:
        return False
    return all(box[2] < other[0] or other[2] < box[0] or box[3] < other[1] or other[3] < box[1] for other in taken)
