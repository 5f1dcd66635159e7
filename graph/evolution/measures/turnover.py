"""What changes from one window to the next."""

from graph.evolution.log.windows import Snapshot


def turnover(before: Snapshot, after: Snapshot) -> float | None:
    """Jaccard distance of the sets of ties: 1 - common / either; None where neither window has a tie.

    0 where both have the same ties, 1 where they share none. Both snapshots must come from one log.

    Arguments: `before` and `after`, networks of two windows.
    Returns: 0 to 1, or None.
    Complexity: O(ties).
    Reference: Jaccard, The distribution of the flora in the alpine zone, 1912.
    """
    shared = int(before.pairs.multiply(after.pairs).nnz)
    either = int(before.pairs.nnz) + int(after.pairs.nnz) - shared
    return 1 - shared / either if either else None
