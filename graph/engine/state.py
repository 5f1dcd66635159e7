"""Which process is the engine of a folder: remembered in a file, and never believed without a look at the process."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Self

import psutil

from graph.engine.errors import EngineError
from graph.engine.home import Home, write_private

_SAME_MOMENT = 2.0
_STOP_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class State:
    """One engine: process id, the moment that process was created (seconds), its Bolt port, its start (ISO text).

    `ready` is false from the start of the process until the engine answers.
    """

    pid: int
    created: float
    port: int
    started_at: str
    ready: bool = False

    @classmethod
    def of(cls, process: psutil.Process, port: int) -> Self:
        """The state of a living process. Raises psutil.NoSuchProcess when it just ended."""
        created = process.create_time()
        return cls(process.pid, created, port, datetime.fromtimestamp(created, UTC).isoformat(timespec="seconds"))

    def process(self) -> psutil.Process | None:
        """The process, if it still is the one that was started: process ids are used again."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.created) < _SAME_MOMENT
        except psutil.Error:
            return None
        return process if same and alive(process) else None


def alive(process: psutil.Process) -> bool:
    """Whether the process still runs; one that ended and was not yet collected by its parent does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def end(process: psutil.Process) -> None:
    """Ask the process to end, give it a minute to write everything out, and only then end it by force.

    Raises EngineError where it belongs to another user.
    """
    try:
        process.terminate()
        process.wait(_STOP_PATIENCE)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(_STOP_PATIENCE)
    except psutil.AccessDenied as failure:
        raise EngineError(f"The graph engine (process {process.pid}) belongs to another user; ask them.") from failure
    except psutil.NoSuchProcess:
        return


def read_state(home: Home) -> State | None:
    """What the state file says, running or not; None when it is absent or unreadable."""
    try:
        return State(**json.loads(home.state.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def running(home: Home) -> State | None:
    """The engine that the state file names, if it runs."""
    state = read_state(home)
    return state if state is not None and state.process() is not None else None


def remember(home: Home, state: State) -> None:
    """Write the state file. Raises EngineError where that fails."""
    write_private(home.state, json.dumps(asdict(state)))


def search(home: Home) -> State | None:
    """The engine of this folder that no state file names (its starter died, the file was damaged); slow, O(processes).

    An engine carries its folder and its port on its own command line.
    """
    for process in psutil.process_iter():
        try:
            command = process.cmdline()
            if mark(home) in command and alive(process):
                return State.of(process, _port(command))
        except psutil.Error:
            continue
    return None


PORT = "-Darcadedb.bolt.port="


def mark(home: Home) -> str:
    """The argument that tells one folder's engine from all other processes."""
    return f"-Darcadedb.server.rootPath={home.folder}"


def _port(command: list[str]) -> int:
    return next(int(argument.removeprefix(PORT)) for argument in command if argument.startswith(PORT))
