"""How far a network hangs on money from outside, and on few donors."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graph.evolution.log.quantities import NONE
from graph.evolution.log.ties import OPEN, TieLog
from graph.evolution.log.windows import Snapshot, Window
from graph.evolution.measures.counting import Count, Weights, all_together, held_days


@dataclass(frozen=True, slots=True)
class DonorDependence:
    """Of one unit (engagements, contacts, person-days or a currency), who pays for how much.

    `funded` is what known funders pay for: the denominator of `hhi`, the Herfindahl-Hirschman index, and of `top`, the
    largest share, that of `top_funder`. `placed` is as much of it as one can say from where: the denominator of
    `outside`, the share paid from outside the country and the family of institutions of whoever receives. None where
    the denominator is nothing. `unknown` is what no known funder pays for; `unmeasured` counts the contacts of which
    the unit is not known, which are in none of this.
    """

    unit: str
    funded: float
    placed: float
    unknown: float
    unmeasured: int
    outside: float | None = None
    hhi: float | None = None
    top: float | None = None
    top_funder: str = ""


def dependence(log: TieLog, shot: Snapshot, count: Count, until: int = OPEN) -> DonorDependence:
    """Dependence on donors in a window, of whatever is counted, over all contacts, those within one actor too.

    So it is the same from near and from far.
    HHI is the sum of the squared shares of funders: 1 where one pays for all, 1/n where n pay for as much each. Of
    equal funders the first by its name in the log leads.

    Arguments: `log`, and `shot`, the network of one window of it; `count`; `until`, the first day of which nothing is
    known.
    Returns: shares 0 to 1, and their denominators.
    Complexity: O(contacts + engagements).
    Reference: Hirschman, The paternity of an index, 1964.

    >>> from graph.evolution.log.ties import TieColumns, TieNames, tie_log
    >>> from graph.evolution.log.windows import Window, snapshot
    >>> ties = TieColumns([0, 0, 0, 0], [1, 1, 1, 1], [0] * 4, [9] * 4, funder=[0, 0, 1, -1])
    >>> log = tie_log("ab", ties, TieNames(funders=("north", "south")))
    >>> found = dependence(log, snapshot(log, Window(0, 1)), Count.CONTACTS)
    >>> round(found.hhi, 4), round(found.top, 4), found.top_funder, found.unknown
    (0.5556, 0.6667, 'north', 1.0)
    """
    rows = shot.every
    return _dependence(log, rows, all_together(log, rows, count, shot.window, until), count.unit)


def by_funder(log: TieLog, shot: Snapshot, count: Count, until: int = OPEN) -> Weights:
    """What each funder pays for in a window, of whatever is counted.

    Arguments: as for `dependence`.
    Returns: sums (funders of the log,), person-days as far as they are known.
    Complexity: O(contacts + engagements).
    """
    weight = np.nan_to_num(all_together(log, shot.every, count, shot.window, until))
    return _summed(log.funder[shot.every], weight, len(log.names.funders))


def paid(log: TieLog, shot: Snapshot, until: int = OPEN) -> tuple[DonorDependence, ...]:
    """Dependence on donors by the money they pay, in each currency by itself, since rates are nobody's to choose here.

    Arguments: as for `dependence`.
    Returns: one entry a currency of the log, of those with an amount in the window.
    Complexity: O(contacts x currencies).
    """
    if log.quantities.alone:
        return ()
    rows = shot.every
    amount = spent(log, rows, shot.window, until)
    currency = log.quantities.currency[rows]
    held = sorted({*currency[~np.isnan(amount)].tolist()} - {NONE})
    names = log.names.currencies
    return tuple(_dependence(log, rows, np.where(currency == code, amount, np.nan), names[code]) for code in held)


def spent(log: TieLog, rows: NDArray[np.intp], window: Window, until: int = OPEN) -> Weights:
    """What of the amount of its engagement each contact stands for in a window.

    An amount is spread evenly over the days of its engagement, and over those of its contacts that are among the rows.
    Without a known end nobody can say how much of it falls into the window.

    Arguments: as for `person_days`.
    Returns: amounts (rows,), each in its own currency, NaN where not known.
    Complexity: O(rows + engagements).
    """
    days = np.where(log.end[rows] == OPEN, np.nan, log.end[rows].astype(np.float64) - log.start[rows])
    part = held_days(log, rows, window, until) / days
    return np.asarray(all_together(log, rows, Count.ENGAGEMENTS, window) * log.quantities.amount[rows] * part)


def _dependence(log: TieLog, rows: NDArray[np.intp], weight: Weights, unit: str) -> DonorDependence:
    measured = ~np.isnan(weight)
    weight, funder = weight[measured], log.funder[rows][measured]
    outside = log.quantities.outside[rows][measured]
    known = funder >= 0
    placed = known & ~np.isnan(outside)
    sums = _summed(funder, weight)
    somewhere = _sum(weight[placed])
    found = DonorDependence(
        unit=unit,
        funded=_sum(sums),
        placed=somewhere,
        unknown=_sum(weight[~known]),
        unmeasured=int(np.count_nonzero(~measured)),
        outside=float((weight[placed] * outside[placed]).sum()) / somewhere if somewhere else None,
    )
    if not found.funded:
        return found
    share = sums / found.funded
    first = max(range(len(share)), key=lambda code: (share[code], _backward(name_of(log, code))))
    return replace(found, hhi=float(np.sum(share**2)), top=float(share[first]), top_funder=name_of(log, first))


def _summed(funder: NDArray[np.int32], weight: Weights, funders: int = 0) -> Weights:
    """What each funder pays for, without what adding up fractions left behind."""
    known = funder >= 0
    return np.bincount(funder[known], weight[known], funders).round(9).astype(np.float64)


def _sum(weight: Weights) -> float:
    return round(float(weight.sum()), 9)


def name_of(log: TieLog, code: int) -> str:
    """The funder behind a code; the code itself where the log has no names."""
    return log.names.funders[code] if code < len(log.names.funders) else str(code)


def _backward(name: str) -> tuple[int, ...]:
    """Sorts names the other way round, the shorter of two equal beginnings last."""
    return (*(-ord(letter) for letter in name), 1)
