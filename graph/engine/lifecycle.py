"""Ensure, status, stop: the engine of a folder over its life."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.engine import package
from graph.engine.errors import EngineError
from graph.engine.home import USERNAME, Home
from graph.engine.launch import HOST, Order, start, wait
from graph.engine.state import State, end, running, search

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a running engine answers."""

    uri: str
    username: str
    password: str
    database: str


@dataclass(frozen=True, slots=True)
class Status:
    """An engine at this moment; `pid`, `port` and `uptime` (seconds) are None where it does not run.

    `version` is that of the installed package, `size` the bytes of the records on disk.
    """

    running: bool
    pid: int | None
    port: int | None
    uptime: float | None
    version: str
    size: int


def ensure(
    folder: Path,
    databases: Sequence[str] = ("baton",),
    progress: Callable[[str], None] | None = None,
    heap: str = "1g",
) -> Endpoint:
    """Find the engine of the folder, or start it (about two seconds; more after a crash) with these databases.

    Any number of processes may ask at once: one starts it, the others wait for that one. The endpoint names the
    first database. Raises EngineError when it cannot be started, or runs already without one of the databases.
    """
    _check_names(databases)
    home = Home(folder)
    state = running(home)
    if state is None or not state.ready:
        state = _settled(home, Order(databases, heap), progress or _silent)
    _check_databases(home, databases)
    return Endpoint(f"bolt://{HOST}:{state.port}", USERNAME, home.secret(), databases[0])


def status(folder: Path) -> Status:
    """Look without touching: nothing is started, created or repaired."""
    home = Home(folder)
    state = running(home)
    return Status(
        running=state is not None,
        pid=None if state is None else state.pid,
        port=None if state is None else state.port,
        uptime=None if state is None else time.time() - state.created,
        version=package.version(),
        size=home.size(),
    )


def stop(folder: Path) -> bool:
    """End the engine of the folder, giving it a minute to write everything out; False where none runs."""
    home = Home(folder)
    if not home.folder.is_dir():
        return False
    with home.locked():
        state = running(home) or search(home)
        process = None if state is None else state.process()
        if process is None:
            return False
        end(process)
        return True


def _settled(home: Home, order: Order, progress: Callable[[str], None]) -> State:
    """One engine that answers, whatever state the folder is in."""
    home.prepare()
    with home.locked():
        state = running(home) or search(home)
        if state is None:
            return _started(home, order, progress)
        return state if state.ready else wait(home, state)


def _started(home: Home, order: Order, progress: Callable[[str], None]) -> State:
    begun = time.monotonic()
    progress("Starting the graph engine ...")
    home.new_secret()
    state = start(home, order)
    progress(f"The graph engine is ready after {time.monotonic() - begun:.1f} s.")
    return state


def _check_names(databases: Sequence[str]) -> None:
    wrong = [name for name in databases if not _NAME.fullmatch(name)]
    if wrong or not databases:
        raise EngineError(f"{wrong} are no database names; use lower-case letters, digits and underscores.")


def _check_databases(home: Home, databases: Sequence[str]) -> None:
    missing = [name for name in databases if not home.holds(name)]
    if missing:
        raise EngineError(f"The running graph engine has no database {missing[0]!r}; stop it and try again.")


def _silent(_: str) -> None:
    """Progress that nobody follows."""
