"""The memory of all caches of this process together: as many megabytes as a setting says, the least used go first."""

import threading
from collections.abc import Collection, Hashable, Mapping
from dataclasses import fields, is_dataclass
from itertools import islice
from sys import getsizeof
from types import FunctionType, ModuleType
from typing import Any

import numpy as np
from cachetools import LRUCache

from graph.connection import Graph

MEGABYTE = 2**20
USUAL_MEGABYTES = 300
_SAMPLE = 50  # elements of a long collection that are weighed, the others taken to be like them
_WEIGHTLESS = (Graph, type, FunctionType, ModuleType, type(None), bool)


class BoundedStore:
    """Keeps values that weigh no more than a limit together, and forgets the least used. Safe between threads."""

    def __init__(self, limit: int) -> None:
        """`limit` is in bytes."""
        self._lock = threading.RLock()
        self._kept = self._empty(limit)

    @staticmethod
    def _empty(limit: int) -> "LRUCache[Hashable, tuple[Any, int]]":
        return LRUCache(limit, getsizeof=lambda kept: kept[1])

    def get(self, key: Hashable) -> Any:
        """The value under this key, which is now the most lately used; None where there is none."""
        with self._lock:
            kept = self._kept.get(key)
            return kept[0] if kept else None

    def put(self, key: Hashable, value: object, size: int, instead_of: object = None) -> bool:
        """Keep a value of so many bytes in the place of the one that stands there; not where it is another.

        What is larger than everything that may be kept is not kept.
        """
        with self._lock:
            if self.get(key) is not instead_of:
                return False
            self._kept.pop(key, None)
            if size <= self._kept.maxsize:
                self._kept[key] = value, size
            return True

    def forget(self, key: Hashable, value: object) -> None:
        """Forget this value, if it still stands under this key."""
        with self._lock:
            if self.get(key) is value:
                self._kept.pop(key, None)

    def limit_to(self, size: int) -> None:
        """Keep no more than so many bytes from now on; forgets everything that is kept."""
        with self._lock:
            self._kept = self._empty(size)

    @property
    def size(self) -> int:
        """How many bytes everything kept weighs."""
        with self._lock:
            return int(self._kept.currsize)

    @property
    def is_nearly_full(self) -> bool:
        """Whether a little more would make it forget something."""
        with self._lock:
            return bool(self._kept.currsize > 0.9 * self._kept.maxsize)


def weight(value: object) -> int:
    """About how many bytes a value holds, whatever it refers to included. O(size of what is not a long collection).

    Arrays tell it themselves. Of a long collection a sample is weighed. What is reached twice counts once, and what
    other values hold as well counts here too, so the sum over all values is rather too high than too low.
    """
    return _weight(value, set())


def _weight(value: object, seen: set[int]) -> int:
    if isinstance(value, _WEIGHTLESS) or id(value) in seen:
        return 0
    seen.add(id(value))
    if isinstance(value, np.ndarray):
        return getsizeof(value) + (_weight(value.base, seen) if value.base is not None else 0)
    return getsizeof(value) + _weight_of_all(_parts(value), seen)


def _parts(value: object) -> Collection[object]:
    """What a value refers to."""
    if isinstance(value, str | bytes | int | float):
        return ()
    if isinstance(value, Mapping):
        return (*value.keys(), *value.values()) if len(value) <= _SAMPLE else [*value.items()]
    if isinstance(value, Collection):
        return value
    if is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value)]
    return list(vars(value).values()) if hasattr(value, "__dict__") else ()


def _weight_of_all(parts: Collection[object], seen: set[int]) -> int:
    if len(parts) <= _SAMPLE:
        return sum(_weight(part, seen) for part in parts)
    step = len(parts) // _SAMPLE
    sampled = list(islice(parts, 0, None, step))
    return sum(_weight(part, seen) for part in sampled) * len(parts) // len(sampled)


STORE = BoundedStore(USUAL_MEGABYTES * MEGABYTE)
"""The one store of this process; `STORE.limit_to` sets another limit."""
