"""The last word among equals: a mixed hash of the two stable ids, so that no tie is ended by the order of rows.

A linear mix of two numbers would not do: over any full assignment it adds up to nearly the same. Every id is hashed
with BLAKE2b, and the two hashes are mixed by the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
"""

from collections.abc import Sequence
from functools import partial
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.matching.columns import Indexes, Integers, is_table

Keys: TypeAlias = NDArray[np.uint64]

_STEPS = ((np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)), (np.uint64(27), np.uint64(0x94D049BB133111EB)))
_LAST = np.uint64(31)
_BLOCK = 2**14  # keys mixed at once, so that all steps stay in the cache of a core
_MOST_BITS = 32
_ROUNDS = 3  # the first tells rows apart by their numbers, the second by those of their columns, and so on


def id_keys(ids: Sequence[str]) -> Keys:
    """A 64-bit hash of each id.

    Arguments: `ids`, n texts.
    Returns: hashes (n,).
    Complexity: O(n).
    Reference: RFC 7693, The BLAKE2 cryptographic hash, 2015.
    """
    hashes = b"".join(blake2b(text.encode(), digest_size=8).digest() for text in ids)
    return np.frombuffer(hashes, dtype="<u8").astype(np.uint64)


def pair_keys(people: Keys, openings: Keys) -> Keys:
    """A 64-bit hash of each pair of hashes, not the same the other way round.

    Arguments: `people` and `openings` (a,), hashes of the ends.
    Returns: hashes (a,).
    Complexity: O(a).
    Reference: Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014.
    """
    return _mixed(people + _mixed(openings))


def keys_at(people: Keys, openings: Keys, ends: tuple[Indexes, Indexes]) -> Keys:
    """The hashes of pairs, as `pair_keys` has them, by their ends.

    Arguments: `people` (n,) and `openings` (m,), hashes of ids; `ends`, rows of both (a,), different pairs ascending.
    Returns: hashes (a,).
    Complexity: O(a + m).
    """
    if len(ends[0]) == len(people) * len(openings):  # different pairs in order, so all of them
        return _mixed(people[:, np.newaxis] + _mixed(openings)).ravel()
    sums = people[ends[0]]
    sums += _mixed(openings)[ends[1]]
    return _mixed(sums)


def table_marks(
    ends: tuple[Indexes, Indexes], numbers: Keys, quotas: tuple[Sequence[int], Sequence[int]]
) -> tuple[list[str], list[str]]:
    """Marks for the n rows and the m columns of a table without ids, which they keep wherever they stand in it.

    A mark is a hash of what stands in a row, each number with what stands in its column, and so on for a few rounds of
    colour refinement. Rows it cannot tell apart, such as equal ones, are numbered.

    Arguments: `ends`, rows and columns (a,); `numbers` (a,), what stands there as 64 bits; `quotas`, loads (n,) and
    seats (m,).
    Returns: n marks of rows and m of columns, all different on their side.
    Complexity: O(a + (n + m) log(n + m)).
    Reference: Weisfeiler and Leman, The reduction of a graph to canonical form, 1968.

    >>> ends, swapped = (np.array([0, 0, 1]), np.array([0, 1, 0])), (np.array([1, 1, 0]), np.array([0, 1, 0]))
    >>> numbers = np.array([7, 9, 7], np.uint64)
    >>> rows, _ = table_marks(ends, numbers, ([1, 1], [1, 1]))
    >>> rows[::-1] == table_marks(swapped, numbers, ([1, 1], [1, 1]))[0]
    True
    """
    sides = [_mixed(np.array(quota, np.uint64)) for quota in quotas]
    shape = len(sides[0]), len(sides[1])
    sums_of = partial(_table_sums, numbers.reshape(shape)) if is_table(ends, shape) else partial(_sums, ends, numbers)
    for _ in range(_ROUNDS):
        sides = [pair_keys(side, sums) for side, sums in zip(sides, sums_of(sides), strict=True)]
        if all(len(np.unique(side)) == len(side) for side in sides):
            break
    return _numbered(sides[0]), _numbered(sides[1])


def _sums(ends: tuple[Indexes, Indexes], numbers: Keys, sides: list[Keys]) -> tuple[Keys, Keys]:
    """For each row and column the sum of all that stands beside it: a number and the colour of its other end."""
    # As `pair_keys` of numbers and colours, with every colour mixed once and not once a cell.
    rows, columns = (np.zeros(len(side), np.uint64) for side in sides)
    np.add.at(rows, ends[0], _mixed(numbers + _mixed(sides[1])[ends[1]]))
    np.add.at(columns, ends[1], _mixed(numbers + _mixed(sides[0])[ends[0]]))
    return rows, columns


def _table_sums(table: Keys, sides: list[Keys]) -> tuple[Keys, Keys]:
    """As `_sums`, where every cell is there; a few rows at once, which the cache of a core holds."""
    people, openings = _mixed(sides[0])[:, np.newaxis], _mixed(sides[1])
    rows, columns = np.zeros(len(people), np.uint64), np.zeros(len(openings), np.uint64)
    step = max(_BLOCK // max(len(openings), 1), 1)
    for start in range(0, len(people), step):
        some = slice(start, start + step)
        rows[some] = _mixed(table[some] + openings).sum(axis=1, dtype=np.uint64)
        columns += _mixed(table[some] + people[some]).sum(axis=0, dtype=np.uint64)
    return rows, columns


def _numbered(colours: Keys) -> list[str]:
    """Each colour as text, with how many of the same stand before it."""
    order = np.argsort(colours, kind="stable")
    among = np.empty(len(order), np.int64)
    among[order] = np.arange(len(order)) - np.searchsorted(colours[order], colours[order])
    return [f"{colour:016x}-{place}" for colour, place in zip(colours.tolist(), among.tolist(), strict=True)]


def canonical_order(ids: Sequence[str]) -> Indexes:
    """The places of ids by length and then text, so that numbers written as texts stay in the order of numbers.

    Arguments: `ids`, n texts.
    Returns: rows (n,) from the first to the last.
    Complexity: O(n log n).
    """
    return np.array(sorted(range(len(ids)), key=lambda place: (len(ids[place]), ids[place])), np.int32)


def largest_points(pairs: int, room: int) -> int:
    """The largest size of one pair's points for which `lifted` still finds room.

    Arguments: `pairs`, how many are ever added; `room`, the largest number there may be.
    Returns: whole points.
    Complexity: O(1).
    """
    return (room // 2 - 1) // max(pairs, 1)


def lifted(points: Integers, ties: Keys, pairs: int, room: int) -> Integers | None:
    """Whole numbers that order plans by points first and, among equal points, by the hashes; None without room.

    points * 2 * T * pairs + T + (hash mod T), for the largest power of two T with which none exceeds `room` in size.
    At most `pairs` of them are ever added, so the last terms together stay below one point; each is above zero, so
    that a pair worth no points is still better than no pair.

    Arguments: `points` (a,), whole; `ties` (a,), hashes; `pairs`, how many are ever added; `room`, the largest number
    there may be.
    Returns: whole numbers (a,), or None.
    Complexity: O(a).

    >>> lifted(np.array([3, 0, -1]), np.array([0, 1, 2], np.uint64), pairs=2, room=32).tolist()
    [26, 3, -6]
    """
    most = max(int(points.max(initial=0)), -int(points.min(initial=0)))
    steps = room // (2 * (most * pairs + 1))
    if steps < 1:
        return None
    power = 1 << min(steps.bit_length() - 1, _MOST_BITS)
    gains: Integers = (ties & np.uint64(power - 1)).view(np.int64)
    gains += points * (2 * power * pairs)
    gains += power
    return gains


def _mixed(keys: Keys) -> Keys:
    flat, mixed = keys.ravel(), np.empty(keys.size, np.uint64)
    spare = np.empty(min(len(mixed), _BLOCK), np.uint64)
    for start in range(0, len(mixed), _BLOCK):
        part = mixed[start : start + _BLOCK]
        shifted = spare[: len(part)]
        part[:] = flat[start : start + _BLOCK]
        for bits, factor in _STEPS:
            part ^= np.right_shift(part, bits, out=shifted)
            part *= factor
        part ^= np.right_shift(part, _LAST, out=shifted)
    return mixed.reshape(keys.shape)
