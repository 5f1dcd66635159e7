"""Pixels: a canvas that round pens draw on, and PNG."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from webapp.exports.strokes import HEIGHT, Points, strokes

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Canvas:
    """A white canvas of `width` by `height` units, `scale` pixels to the unit."""

    def __init__(self, width: float, height: float, scale: int) -> None:
        self._scale = scale
        self._pixels = np.full((round(height * scale), round(width * scale), 3), 255.0, np.float32)

    def stamp(self, centres: Points, radius: float, colour: str, alpha: float = 1.0) -> None:
        """Put down a round pen at every centre; where stamps overlap, the densest counts. O(centres x pen area)."""
        spots, reach = centres * self._scale, radius * self._scale
        wide = int(np.ceil(reach)) + 1
        step = np.arange(-wide, wide + 1)
        corners = np.floor(spots).astype(np.int64)
        rows = corners[:, 1, None, None] + step[None, :, None]
        columns = corners[:, 0, None, None] + step[None, None, :]
        away = np.hypot(rows + 0.5 - spots[:, 1, None, None], columns + 0.5 - spots[:, 0, None, None])
        density = np.clip(reach + 0.5 - away, 0.0, 1.0)
        high, broad = self._pixels.shape[:2]
        kept = (density > 0) & (rows >= 0) & (rows < high) & (columns >= 0) & (columns < broad)
        self._blend((rows * broad + columns)[kept], density[kept] * alpha, colour)

    def line(self, points: Points, width: float, colour: str, alpha: float = 1.0) -> None:
        """Draw along the points with a pen of that width."""
        self.stamp(_dense(points, 0.5), width / 2, colour, alpha)

    def write(self, text: str, place: tuple[float, float], size: float, colour: str, anchor: str = "start") -> None:
        """Write a line of text, its baseline at `place`, capitals `size` units high, on a white edge."""
        found, width = strokes(text)
        if not found:
            return
        unit = size / HEIGHT
        left = place[0] - width * unit * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        corner = (left, place[1] - size)
        pen = np.concatenate([_dense(points * unit + corner, 0.35) for points in found])
        self.stamp(pen, 0.26 * size, "#ffffff")
        self.stamp(pen, 0.075 * size, colour)

    def png(self) -> bytes:
        """The canvas as a PNG file of 8-bit colours."""
        high, broad = self._pixels.shape[:2]
        rows = np.zeros((high, 1 + 3 * broad), np.uint8)
        rows[:, 1:] = np.rint(self._pixels).astype(np.uint8).reshape(high, -1)
        header = struct.pack(">IIBBBBB", broad, high, 8, 2, 0, 0, 0)
        chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b""))
        return _SIGNATURE + b"".join(_chunk(kind, content) for kind, content in chunks)

    def _blend(self, places: NDArray[np.int64], density: NDArray[np.float64], colour: str) -> None:
        if not places.size:
            return
        order = np.argsort(places, kind="stable")
        places, density = places[order], density[order]
        firsts = np.concatenate(([0], np.flatnonzero(np.diff(places)) + 1))
        share = np.maximum.reduceat(density, firsts)[:, None].astype(np.float32)
        flat = self._pixels.reshape(-1, 3)
        hit = places[firsts]
        flat[hit] = flat[hit] * (1 - share) + _rgb(colour) * share


def _rgb(colour: str) -> NDArray[np.float32]:
    return np.frombuffer(bytes.fromhex(colour.removeprefix("#")), np.uint8).astype(np.float32)


def _dense(points: Points, step: float) -> Points:
    """Points along the way no further apart than `step`.

    >>> _dense(np.array([[0.0, 0.0], [2.0, 0.0]]), 1.0).tolist()
    [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]]
    """
    if len(points) == 1:
        return points
    lengths = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))))
    along = np.linspace(0.0, lengths[-1], int(np.ceil(lengths[-1] / step)) + 1)
    return np.column_stack([np.interp(along, lengths, points[:, axis]) for axis in (0, 1)])


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
