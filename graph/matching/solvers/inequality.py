"""How unequally points fall on openings."""

import numpy as np

from graph.matching.columns import Fractions


def gini(amounts: Fractions) -> float | None:
    """How unequal amounts are: 0 when all are alike, near 1 when one has everything; None where that means nothing.

    sum over all pairs of |x - y| / (2 n squared mean), by ranks in O(n log n). It means nothing for no amounts, for
    amounts below 0 and for all 0.

    Arguments: `amounts` (n,), 0 or more.
    Returns: 0 to 1, or None.
    Complexity: O(n log n).

    >>> gini(np.array([1.0, 1.0, 2.0]))
    0.16666666666666666
    """
    total = amounts.sum()
    if total <= 0 or amounts.min() < 0:
        return None
    count = len(amounts)
    ranks = 2 * np.arange(1, count + 1) - count - 1
    return float((ranks * np.sort(amounts)).sum() / (count * total))
