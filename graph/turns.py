"""Whose turn it is to write.

A server keeps writers apart by locks of its own. The embedded engine does not: it lets two go on and fails one of them
at the end, even where they change different records that lie on one page. So there writers of all processes take turns.
"""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from graph.errors import Conflict

_POLL = 0.002  # seconds between two looks at a lock file that another process holds
_RUN = 0.1  # seconds in which one process may take turn after turn before it lets others look


@dataclass(slots=True)
class Writer:
    """Under which name a transaction leaves its mark; one at a time uses it. `known` once it has left one."""

    name: str
    known: bool = False


class Turns:
    """Turns of the writers of one process; with a lock file, of all processes that name the same file."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = FileLock(file, thread_local=False) if file else None
        self._thread = threading.Lock()
        self._began = self._ended = 0.0
        self._idle: list[Writer] = []

    @contextmanager
    def mine(self, wait: float) -> Iterator[Writer]:
        """Hold a turn, as a writer whose name nobody else has meanwhile.

        Raises Conflict where none comes within `wait` seconds.
        """
        writer = self._idle.pop() if self._idle else Writer(f"writer-{uuid4().hex}")
        try:
            if self._file is None:
                yield writer
            else:
                with self._alone(self._file, time.monotonic() + wait):
                    yield writer
        finally:
            self._idle.append(writer)

    def pause(self, attempt: int) -> float:
        """Seconds to wait before another try, longer from try to try and never the same for two rivals."""
        return random.uniform(0.5, 1.0) * min(0.02 * 2.0**attempt, 0.5)

    @contextmanager
    def _alone(self, file: FileLock, deadline: float) -> Iterator[None]:
        if not self._thread.acquire(timeout=max(deadline - time.monotonic(), 0.0)):
            raise Conflict(_BUSY)
        try:
            self._give_way()
            try:
                file.acquire(timeout=max(deadline - time.monotonic(), 0.0), poll_interval=_POLL)
            except Timeout as busy:
                raise Conflict(_BUSY) from busy
            try:
                yield
            finally:
                file.release()
                self._ended = time.monotonic()
        finally:
            self._thread.release()

    def _give_way(self) -> None:
        """Let another process have a look at the file where this one has had turn after turn for a while."""
        now = time.monotonic()
        if now - self._ended > _POLL:
            self._began = now
        elif now - self._began > _RUN:
            time.sleep(2 * _POLL)
            self._began = time.monotonic()


_BUSY = "Others are writing at this moment, perhaps a large file; nothing was changed. Try again in a moment."
