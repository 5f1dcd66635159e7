"""The outlines of countries for our maps, out of a TopoJSON file of Natural Earth.

`python -m tools.outlines countries-50m.json > webapp/static/outlines.json` reads the file of the npm package
world-atlas (Natural Earth, public domain) and writes for every country its outline as one relative SVG path and the
point at which it is named. The map is centred on the Pacific, so that its island states lie side by side.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import asin, cos, hypot, radians, sin, sqrt
from pathlib import Path
from typing import Any

import pycountry

Point = tuple[float, float]
Line = list[Point]

WIDTH, HEIGHT = 2000, 888
CENTRE = 150.0
"""The meridian in the middle; the edges of the map meet in the Atlantic, 30° W."""

_NORTH = 84.0
_TOLERANCE = 0.6  # units of the map, a third of a pixel on a desk
_SPECK = 4.0  # square units; smaller pieces of land cannot be told from dust

# Countries of ISO 3166 without an outline of their own in the file, at their main place: longitude and latitude.
PLACES: Mapping[str, Point] = {
    "bq": (-68.3, 12.2),
    "bv": (3.4, -54.4),
    "cc": (96.8, -12.2),
    "cx": (105.6, -10.5),
    "gf": (-53.1, 3.9),
    "gi": (-5.4, 36.1),
    "gp": (-61.6, 16.3),
    "mq": (-61.0, 14.7),
    "re": (55.5, -21.1),
    "sj": (16.0, 78.5),
    "tk": (-171.8, -9.2),
    "tv": (179.2, -8.5),
    "um": (166.6, 19.3),
    "yt": (45.2, -12.8),
    # Its outline would take a third of the map; a point on the peninsula stands for it.
    "aq": (-60.0, -59.0),
}
# Pieces of land without a number of their own; the United Nations count the first two to these members.
_WITHOUT_NUMBER = {"Somaliland": "so", "N. Cyprus": "cy", "Kosovo": "xk"}


def read(path: Path) -> dict[str, dict[str, Any]]:
    """Country id -> `path` (empty for specks of land) and `at`, the point of its name. O(p log p) for p points."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [simplified(_unwrapped(_turned(line))) for line in _lines(topology)]
    rings: dict[str, list[Line]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        country = _country(geometry)
        if country and country not in PLACES:
            rings.setdefault(country, []).extend(_rings(geometry, arcs))
    found = {country: _outline(lines) for country, lines in rings.items()}
    points = {
        country: {"path": "", "at": _rounded(project(_relative(lon), lat))} for country, (lon, lat) in PLACES.items()
    }
    return dict(sorted({**found, **points}.items()))


def project(longitude: float, latitude: float) -> Point:
    """A place on the map in its units, y downwards; `longitude` in degrees east of the centre of the map.

    Equal Earth. Source: Šavrič, Patterson and Jenny, The Equal Earth map projection, 2018.

    >>> [round(each) for each in project(0, 0)], round(project(180, 0)[0])
    ([1000, 483], 2000)
    """
    x, y = _equal_earth(radians(longitude), radians(latitude))
    scale = WIDTH / (2 * _EAST)
    return WIDTH / 2 + scale * x, scale * (_TOP - y)


def simplified(line: Line) -> Line:
    """The line with fewer points, nowhere farther than the tolerance from where it was; its ends stay.

    Source: Douglas and Peucker, Algorithms for the reduction of the number of points, 1973.
    """
    flat = [project(*point) for point in line]
    kept, waiting = {0, len(line) - 1}, [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        far, between = max(
            ((_distance(flat[at], flat[first], flat[last]), at) for at in range(first + 1, last)), default=(0.0, 0)
        )
        if far > _TOLERANCE:
            kept.add(between)
            waiting += [(first, between), (between, last)]
    return [line[at] for at in sorted(kept)]


def _equal_earth(longitude: float, latitude: float) -> Point:
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    turn = asin(sqrt(3) / 2 * sin(latitude))
    square = turn * turn
    sixth = square**3
    slope = 9 * a4 * sixth * square + 7 * a3 * sixth + 3 * a2 * square + a1
    return (
        2 * sqrt(3) * longitude * cos(turn) / (3 * slope),
        turn * (a1 + a2 * square + sixth * (a3 + a4 * square)),
    )


_EAST = _equal_earth(radians(180), 0)[0]
_TOP = _equal_earth(0, radians(_NORTH))[1]


def _lines(topology: Mapping[str, Any]) -> Iterator[Line]:
    """The arcs in degrees; the file holds whole numbers, each the difference to the one before."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * scale_x + move_x, y * scale_y + move_y))
        yield line


def _relative(longitude: float) -> float:
    """Degrees east of the centre, from -180 up to, not including, 180."""
    return (longitude - CENTRE + 180) % 360 - 180


def _turned(line: Line) -> Line:
    return [(_relative(longitude), latitude) for longitude, latitude in line]


def _unwrapped(line: Line) -> Line:
    """The same line without a leap from one edge of the map to the other; it may reach beyond an edge."""
    whole = line[:1]
    for longitude, latitude in line[1:]:
        whole.append((longitude - 360 * round((longitude - whole[-1][0]) / 360), latitude))
    return whole


def _country(geometry: Mapping[str, Any]) -> str:
    found = pycountry.countries.get(numeric=geometry["id"]) if "id" in geometry else None
    return found.alpha_2.lower() if found else _WITHOUT_NUMBER.get(geometry["properties"]["name"], "")


def _rings(geometry: Mapping[str, Any], arcs: Sequence[Line]) -> Iterator[Line]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        for numbers in polygon:
            yield _unwrapped(_stitched(arcs, numbers))


def _stitched(arcs: Sequence[Line], numbers: Iterable[int]) -> Line:
    """One ring out of arcs, the complement of a number being an arc walked backwards; the last point is the first."""
    ring: Line = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def _outline(rings: Sequence[Line]) -> dict[str, Any]:
    pieces = [[project(*point) for point in piece] for ring in rings for piece in _within(ring)]
    largest = max(pieces, key=lambda piece: abs(_area(piece)))
    drawn = [piece for piece in pieces if abs(_area(piece)) >= _SPECK]
    return {"path": "".join(map(_path, drawn)), "at": _rounded(_centroid(largest))}


def _within(ring: Line) -> Iterator[Line]:
    """The ring as it lies on the map: whole, or in two where it crosses the edges."""
    for turn in (-360.0, 0.0, 360.0):
        moved = [(longitude + turn, latitude) for longitude, latitude in ring]
        if any(-180 < longitude < 180 for longitude, _ in moved):
            yield _cut(_cut(moved, 180.0), -180.0)


def _cut(ring: Line, edge: float) -> Line:
    """What of the ring lies inward of an edge. Source: Sutherland and Hodgman, Reentrant polygon clipping, 1974."""
    kept: Line = []
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        inside, follows = abs(x0) <= 180 or x0 * edge < 0, abs(x1) <= 180 or x1 * edge < 0
        if inside:
            kept.append((x0, y0))
        if inside != follows:
            kept.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
    return kept


def _path(piece: Line) -> str:
    """Whole units, each step relative to the one before; empty for what is not a surface any more."""
    points = _without_repeats([_rounded(point) for point in piece])
    if len(points) < 3:
        return ""
    (x, y), *rest = points
    steps = []
    for to_x, to_y in rest:
        steps.append(f"{to_x - x},{to_y - y}")
        x, y = to_x, to_y
    return f"M{points[0][0]},{points[0][1]}l{' '.join(steps)}z".replace(",-", "-").replace(" -", "-")


def _without_repeats(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    kept = [point for before, point in zip((None, *points), points, strict=False) if point != before]
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def _rounded(point: Point) -> tuple[int, int]:
    return round(point[0]), round(point[1])


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the stretch between two others."""
    along = (end[0] - start[0], end[1] - start[1])
    square = along[0] ** 2 + along[1] ** 2
    offset = (point[0] - start[0], point[1] - start[1])
    share = max(0.0, min(1.0, (offset[0] * along[0] + offset[1] * along[1]) / square)) if square else 0.0
    return hypot(offset[0] - share * along[0], offset[1] - share * along[1])


def _area(ring: Line) -> float:
    """Signed, in square units of the map."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def _centroid(ring: Line) -> Point:
    area = _area(ring)
    if not area:
        return ring[0]
    # Counted from the first point, since specks far from the origin would lose their digits.
    x, y = ring[0]
    near = [(a - x, b - y) for a, b in ring]
    pairs = list(zip(near, [*near[1:], near[0]], strict=True))
    across = sum((x0 + x1) * (x0 * y1 - x1 * y0) for (x0, y0), (x1, y1) in pairs)
    down = sum((y0 + y1) * (x0 * y1 - x1 * y0) for (x0, y0), (x1, y1) in pairs)
    return x + across / (6 * area), y + down / (6 * area)


def main() -> None:
    """Print the outlines of the file named in the command line."""
    found = read(Path(sys.argv[1]))
    json.dump({"size": [WIDTH, HEIGHT], "countries": found}, sys.stdout, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
