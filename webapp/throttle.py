"""Slowing down those who guess passwords."""

import threading
import time
from collections import defaultdict, deque

LIMIT = 5
WINDOW = 300.0


class Throttle:
    """Counts failures by key; after `LIMIT` of them within `WINDOW` seconds the key has to wait. Per process."""

    def __init__(self) -> None:
        self._failures: dict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def blocked(self, key: str) -> bool:
        """Whether the key has to wait now."""
        with self._lock:
            failures = self._failures[key]
            while failures and failures[0] < time.monotonic() - WINDOW:
                failures.popleft()
            if not failures:
                del self._failures[key]
            return len(failures) >= LIMIT

    def failed(self, key: str) -> None:
        """Note one failure."""
        with self._lock:
            self._failures[key].append(time.monotonic())

    def succeeded(self, key: str) -> None:
        """Forget the failures of the key."""
        with self._lock:
            self._failures.pop(key, None)
