"""How stated facts fade: what was confirmed long ago may by now be less than it was."""

from datetime import timedelta

import numpy as np

from graph.matching.columns import UNKNOWN, Indexes, Levels, frozen

HALF_LIFE = timedelta(days=730).days
"""Days for which a confirmed level holds whole; each as many more halve what can still be relied on."""


def faded(levels: Levels, confirmed_on: Indexes, today: int) -> Levels:
    """What is certainly left of each level, of the same shape; the level itself where ageing says nothing.

    level * 2 ** -(max(age - HALF_LIFE, 0) / HALF_LIFE), with the age in days from `confirmed_on` to `today`: whole for
    two years, half after four, a quarter after six. What was never confirmed (day -1) stays as stated, for its age is
    not known; so does everything when `today` is -1. The truth lies between this and the level.

    Arguments: `levels` (n, capabilities), 0 to 4, NaN where nothing is stated; `confirmed_on`, of the same shape, and
    `today`, days as ordinals.
    Returns: levels of the same shape.

    >>> levels, days = np.array([4.0, 4.0, 4.0], np.float32), np.array([1000, 1730, -1], np.int32)
    >>> faded(levels, days, today=2460).tolist()
    [2.0, 4.0, 4.0]
    """
    age = np.where(confirmed_on == UNKNOWN, 0, today - confirmed_on)
    halvings = np.maximum(age - HALF_LIFE, 0) / HALF_LIFE
    left: Levels = (levels * 2.0**-halvings).astype(np.float32)
    return frozen(left)
