"""What is known of a stated level: less where it was confirmed long ago, or where nothing shows it."""

from datetime import timedelta

import numpy as np

from graph.matching.columns import UNKNOWN, Flags, Indexes, Levels, frozen

HALF_LIFE = timedelta(days=730).days
"""Days for which a confirmed level holds whole; as many more halve what is known of it."""

LEAST = 0.5
"""The share of a level that never fades, and all that is known of one that was never confirmed."""

UNSHOWN = 0.75
"""The share of a level that is known where no evidence is given for it."""


def known_levels(levels: Levels, confirmed_on: Indexes, shown: Flags, today: int) -> Levels:
    """What is known of each level; the truth lies between this and the level.

    level * max(2 ** -(max(age - HALF_LIFE, 0) / HALF_LIFE), LEAST), times UNSHOWN without evidence, with the age in
    days from `confirmed_on` to `today`: whole for two years, half from four on. What was never confirmed (day -1)
    counts as the oldest does, so that to leave out a day never pays. Nothing ages when `today` is -1.

    Arguments: `levels` (n, capabilities), 0 to 4, NaN where nothing is stated; `confirmed_on`, of the same shape, and
    `today`, days as ordinals; `shown`, of the same shape, whether evidence is given.
    Returns: levels of the same shape.

    >>> levels, days = np.array([4.0, 4.0, 4.0, 4.0], np.float32), np.array([1000, 1730, -1, 1730], np.int32)
    >>> known_levels(levels, days, np.array([True, True, True, False]), today=2460).tolist()
    [2.0, 4.0, 2.0, 3.0]
    """
    age = np.where(confirmed_on == UNKNOWN, 2 * HALF_LIFE, today - confirmed_on)
    halvings = np.maximum(age - HALF_LIFE, 0) / HALF_LIFE
    left = np.maximum(2.0**-halvings, LEAST) if today != UNKNOWN else 1.0
    known: Levels = (levels * left * np.where(shown, 1.0, UNSHOWN)).astype(np.float32)
    return frozen(known)
