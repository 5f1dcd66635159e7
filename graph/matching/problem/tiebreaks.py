"""The last word among equals: a mixed hash of the two stable ids, so that no tie is ended by the order of rows.

A linear mix of two numbers would not do: over any full assignment it adds up to nearly the same. Every id is hashed
with BLAKE2b, and the two hashes are mixed by the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.matching.columns import Indexes, Integers

Keys: TypeAlias = NDArray[np.uint64]

_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_MOST_BITS = 32
_ROUNDS = 3  # the first tells rows apart by their numbers, the second by those of their columns, and so on


def id_keys(ids: Sequence[str]) -> Keys:
    """A 64-bit hash of each id, shape (n,)."""
    hashes = b"".join(blake2b(text.encode(), digest_size=8).digest() for text in ids)
    return np.frombuffer(hashes, dtype="<u8").astype(np.uint64)


def pair_keys(people: Keys, openings: Keys) -> Keys:
    """A 64-bit hash of each pair of hashes, not the same the other way round; all shapes (a,)."""
    return _mixed(people + _mixed(openings))


def table_marks(
    ends: tuple[Indexes, Indexes], numbers: Keys, quotas: tuple[Sequence[int], Sequence[int]]
) -> tuple[list[str], list[str]]:
    """Marks for the n rows and the m columns of a table without ids, which they keep wherever they stand in it.

    `ends` are rows and columns, `numbers` what stands there as 64 bits, all (a,); `quotas` are loads (n,) and seats
    (m,). A mark is a hash of what stands in a row, each number with what stands in its column, and so on for a few
    rounds of colour refinement (Weisfeiler and Leman 1968). Rows it cannot tell apart, such as equal ones, are
    numbered. O(a + (n + m) log(n + m)).

    >>> ends, swapped = (np.array([0, 0, 1]), np.array([0, 1, 0])), (np.array([1, 1, 0]), np.array([0, 1, 0]))
    >>> numbers = np.array([7, 9, 7], np.uint64)
    >>> rows, _ = table_marks(ends, numbers, ([1, 1], [1, 1]))
    >>> rows[::-1] == table_marks(swapped, numbers, ([1, 1], [1, 1]))[0]
    True
    """
    sides = [_mixed(np.array(quota, np.uint64)) for quota in quotas]
    for _ in range(_ROUNDS):
        # As `pair_keys` of numbers and colours, with every colour mixed once and not once a cell.
        facing = (_mixed(sides[1])[ends[1]], _mixed(sides[0])[ends[0]])
        sides = [
            _refined(side, end, _mixed(numbers + colours))
            for side, end, colours in zip(sides, ends, facing, strict=True)
        ]
        if all(len(np.unique(side)) == len(side) for side in sides):
            break
    return _numbered(sides[0]), _numbered(sides[1])


def _refined(colours: Keys, ends: Indexes, beside: Keys) -> Keys:
    """A hash of each colour with all that stands beside it, in whatever order."""
    sums = np.zeros(len(colours), np.uint64)
    np.add.at(sums, ends, beside)
    return pair_keys(colours, sums)


def _numbered(colours: Keys) -> list[str]:
    """Each colour as text, with how many of the same stand before it."""
    order = np.argsort(colours, kind="stable")
    among = np.empty(len(order), np.int64)
    among[order] = np.arange(len(order)) - np.searchsorted(colours[order], colours[order])
    return [f"{colour:016x}-{place}" for colour, place in zip(colours.tolist(), among.tolist(), strict=True)]


def canonical_order(ids: Sequence[str]) -> Indexes:
    """The places of ids by length and then text, so that numbers written as texts stay in the order of numbers."""
    return np.array(sorted(range(len(ids)), key=lambda place: (len(ids[place]), ids[place])), np.int32)


def largest_points(pairs: int, room: int) -> int:
    """The largest size of one pair's points for which `lifted` still finds room."""
    return (room // 2 - 1) // max(pairs, 1)


def lifted(points: Integers, ties: Keys, pairs: int, room: int) -> Integers | None:
    """Whole numbers that order plans by points first and, among equal points, by the hashes; None without room.

    points * 2 * T * pairs + T + (hash mod T), for the largest power of two T with which none exceeds `room` in size.
    At most `pairs` of them are ever added, so the last terms together stay below one point; each is above zero, so
    that a pair worth no points is still better than no pair. O(a).

    >>> lifted(np.array([3, 0, -1]), np.array([0, 1, 2], np.uint64), pairs=2, room=32).tolist()
    [26, 3, -6]
    """
    most = int(np.abs(points).max(initial=0))
    steps = room // (2 * (most * pairs + 1))
    if steps < 1:
        return None
    power = 1 << min(steps.bit_length() - 1, _MOST_BITS)
    gains: Integers = points * (2 * power * pairs) + (ties & np.uint64(power - 1)).astype(np.int64) + power
    return gains


def _mixed(keys: Keys) -> Keys:
    keys = (keys ^ (keys >> np.uint64(30))) * _FIRST
    keys = (keys ^ (keys >> np.uint64(27))) * _SECOND
    return keys ^ (keys >> np.uint64(31))
