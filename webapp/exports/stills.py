"""The picture of one span as PNG, drawn by ourselves; a name in a script that has no strokes gives way to the id."""

import re
from dataclasses import replace

import numpy as np

from graph.services.network.export import Extract
from graph.services.transfers.actors import Actor
from webapp.exports.pictures import Drawing, colours, drawing_of
from webapp.exports.rasters import Canvas
from webapp.exports.strokes import Points, can_write

_SCALE = 2
_INK, _SOFT = "#17211f", "#4a5652"
_CAPITALS = {"title": 11.0, "key": 8.0, "label": 8.5}  # how high, in units of the picture
_ALONG = np.linspace(0.0, 1.0, 25)[:, None]
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def write(extract: Extract) -> bytes:
    """The picture as a PNG file, two pixels to the unit. O(length of all curves) and the cost of the layout."""
    drawing = drawing_of(replace(extract, actors=tuple(map(_written, extract.actors))))
    canvas = Canvas(drawing.picture.width, drawing.height, _SCALE)
    canvas.write(drawing.title, (24, 28), _CAPITALS["title"], _INK)
    for name, across, colour in drawing.key:
        canvas.stamp(np.array([[across, 44.0]]), 4.5, colour)
        canvas.write(name, (across + 9, 48), _CAPITALS["key"], _SOFT)
    _draw(canvas, drawing)
    return canvas.png()


def _draw(canvas: Canvas, drawing: Drawing) -> None:
    picture, head, tones = drawing.picture, drawing.head, colours()
    for curve in picture.curves:
        canvas.line(_points(curve.path) + np.array([0.0, head]), curve.width, tones[curve.tone], alpha=0.45)
    for dot in picture.dots:
        centre = np.array([[dot.x, dot.y + head]])
        canvas.stamp(centre, dot.radius + 0.5, "#ffffff")
        canvas.stamp(centre, dot.radius - 0.5, tones[dot.actor.tone])
    for label in picture.labels:
        canvas.write(label.text, (label.x, label.y + head), _CAPITALS["label"], _INK, label.anchor)


def _written(actor: Actor) -> Actor:
    return actor if can_write(actor.name) else replace(actor, name=actor.id)


def _points(path: str) -> Points:
    """Points along a curve that is written as its start, its pull and its end."""
    start, pull, end = np.array(_NUMBER.findall(path), np.float64).reshape(3, 2)
    return np.asarray((1 - _ALONG) ** 2 * start + 2 * _ALONG * (1 - _ALONG) * pull + _ALONG**2 * end)
