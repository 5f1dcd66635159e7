"""The ties and places of a network as the columns that `network-columns.js` reads: numbers only, no names."""

import numpy as np

from graph.evolution.layout import Places, quantised
from graph.evolution.log.ties import TieLog


def written(log: TieLog, places: Places) -> bytes:
    """Little-endian and without gaps, a tie being one way and between two actors. O(ties + actors).

    The numbers of actors and of ties (uint32); giver, receiver, first day and the day after the last (int32, one
    column after the other, a tie without a known end has the largest number); then the places across and down
    (int16, `QUANTUM` being 1); then for every tie 1 where it is only planned (uint8).
    """
    rows, giver, receiver = log.arcs(np.arange(len(log)))
    apart = giver != receiver
    columns = (giver[apart], receiver[apart], log.start[rows][apart], log.end[rows][apart])
    head = np.array([len(log.actors), np.count_nonzero(apart)], "<u4")
    spots = quantised(places).T.astype("<i2")
    days = b"".join(column.astype("<i4").tobytes() for column in columns)
    return b"".join([head.tobytes(), days, spots.tobytes(), log.planned[rows][apart].astype("u1").tobytes()])
