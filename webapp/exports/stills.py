"""The picture of one span as PNG; a name that cannot be written gives way to the id."""

import re
from dataclasses import replace
from io import BytesIO

import numpy as np
from PIL import ImageDraw

from graph.services.network.export import Extract
from graph.services.transfers.actors import Actor
from webapp.exports.lettering import Style, can_write
from webapp.exports.lettering import write as write_text
from webapp.exports.pictures import Drawing, colours, drawing_of
from webapp.exports.rasters import Points, Shapes

_SCALE = 2
_INK, _SOFT = "#17211f", "#4a5652"
# As in the drawing of the same picture as SVG, there in units.
_TITLE = Style(15 * _SCALE, 650, _INK)
_KEY = Style(11 * _SCALE, 400, _SOFT)
_LABEL = Style(12 * _SCALE, 600, _INK, edge=1.5 * _SCALE)
_ALONG = np.linspace(0.0, 1.0, 25)[:, None]
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def write(extract: Extract) -> bytes:
    """The picture as a PNG file, two pixels to the unit. O(length of all curves) and the cost of the layout."""
    drawing = drawing_of(replace(extract, actors=tuple(map(_written, extract.actors))))
    image = _shapes(drawing).image()
    _words(ImageDraw.Draw(image), drawing)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _shapes(drawing: Drawing) -> Shapes:
    picture, head, tones = drawing.picture, drawing.head, colours()
    shapes = Shapes(picture.width, drawing.height, _SCALE)
    for _, across, colour in drawing.key:
        shapes.dot((across, 44.0), 4.5, colour)
    for curve in picture.curves:
        shapes.curve(_points(curve.path) + np.array([0.0, head]), curve.width, tones[curve.tone], alpha=0.45)
    for dot in picture.dots:
        shapes.dot((dot.x, dot.y + head), dot.radius + 0.5, "#ffffff")
        shapes.dot((dot.x, dot.y + head), dot.radius - 0.5, tones[dot.actor.tone])
    return shapes


def _words(draw: ImageDraw.ImageDraw, drawing: Drawing) -> None:
    write_text(draw, drawing.title, _pixels(24, 28), _TITLE)
    for name, across, _ in drawing.key:
        write_text(draw, name, _pixels(across + 9, 48), _KEY)
    for label in drawing.picture.labels:
        write_text(draw, label.text, _pixels(label.x, label.y + drawing.head), _LABEL, label.anchor)


def _pixels(x: float, y: float) -> tuple[float, float]:
    return x * _SCALE, y * _SCALE


def _written(actor: Actor) -> Actor:
    return actor if can_write(actor.name) else replace(actor, name=actor.id)


def _points(path: str) -> Points:
    """Points along a curve that is written as its start, its pull and its end."""
    start, pull, end = np.array(_NUMBER.findall(path), np.float64).reshape(3, 2)
    return np.asarray((1 - _ALONG) ** 2 * start + 2 * _ALONG * (1 - _ALONG) * pull + _ALONG**2 * end)
