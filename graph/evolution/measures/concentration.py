"""How far a network hangs on few donors."""

from dataclasses import dataclass

import numpy as np

from graph.evolution.log.ties import TieLog
from graph.evolution.log.windows import Snapshot


@dataclass(frozen=True, slots=True)
class Concentration:
    """Over the contacts with a known funder: Herfindahl-Hirschman index, and the largest share and whose it is.

    None and empty where no funder is known. `funded` counts those contacts, `unknown` the others.
    """

    hhi: float | None
    top_share: float | None
    top_funder: str
    funded: int
    unknown: int


def concentration(log: TieLog, shot: Snapshot) -> Concentration:
    """Donor concentration of a window, each contact counted once whatever its weight.

    HHI is the sum of the squared shares: 1 where one funder pays for all, 1/n where n pay for as much each. Of equal
    funders the first by its name in the log leads.

    Arguments: `log`, and `shot`, the network of one window of it.
    Returns: the index and the leading share, 0 to 1, None without a known funder.
    Complexity: O(contacts).
    Reference: Hirschman, The paternity of an index, 1964.

    >>> from graph.evolution.log.ties import TieColumns, TieNames, tie_log
    >>> from graph.evolution.log.windows import Window, snapshot
    >>> ties = TieColumns([0, 0, 0, 0], [1, 1, 1, 1], [0] * 4, [9] * 4, funder=[0, 0, 1, -1])
    >>> log = tie_log("ab", ties, TieNames(funders=("north", "south")))
    >>> found = concentration(log, snapshot(log, Window(0, 1)))
    >>> round(found.hhi, 4), round(found.top_share, 4), found.top_funder, found.unknown
    (0.5556, 0.6667, 'north', 1)
    """
    funder = log.funder[shot.rows]
    known = funder[funder >= 0]
    unknown = len(funder) - len(known)
    if not known.size:
        return Concentration(None, None, "", 0, unknown)
    share = np.bincount(known) / len(known)
    first = max(range(len(share)), key=lambda code: (share[code], _backward(name_of(log, code))))
    return Concentration(float(np.sum(share**2)), float(share[first]), name_of(log, first), len(known), unknown)


def name_of(log: TieLog, code: int) -> str:
    """The funder behind a code; the code itself where the log has no names."""
    return log.names.funders[code] if code < len(log.names.funders) else str(code)


def _backward(name: str) -> tuple[int, ...]:
    """Sorts names the other way round, the shorter of two equal beginnings last."""
    return (*(-ord(letter) for letter in name), 1)
