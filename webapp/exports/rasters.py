"""Shapes of a picture in pixels, drawn by Pillow several times too large and made smaller, so that edges are smooth."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Points = NDArray[np.float64]

_FINER = 3
"""How many times finer the shapes are drawn than they are shown, in each direction."""


class Shapes:
    """A white ground of `width` by `height` units with `scale` pixels to the unit."""

    def __init__(self, width: float, height: float, scale: int) -> None:
        self._fine = scale * _FINER
        self._image = Image.new("RGB", (round(width * scale) * _FINER, round(height * scale) * _FINER), "#ffffff")
        # In this mode Pillow mixes a colour with what lies beneath it, by the share of the colour.
        self._draw = ImageDraw.Draw(self._image, "RGBA")

    def curve(self, points: Points, width: float, colour: str, alpha: float = 1.0) -> None:
        """Draw along the points, at least two and no two in a row alike; as one surface, so that no joint is denser."""
        along = np.gradient(points, axis=0)
        aside = np.column_stack((-along[:, 1], along[:, 0])) * (width / 2 / np.hypot(*along.T))[:, None]
        corners = np.concatenate((points + aside, (points - aside)[::-1])) * self._fine
        self._draw.polygon(list(map(tuple, corners.tolist())), fill=f"{colour}{round(255 * alpha):02x}")

    def dot(self, centre: tuple[float, float], radius: float, colour: str) -> None:
        """Draw a full circle."""
        self._draw.circle([each * self._fine for each in centre], radius * self._fine, fill=colour)

    def image(self) -> Image.Image:
        """What was drawn, in the pixels it is shown in."""
        return self._image.reduce(_FINER)
