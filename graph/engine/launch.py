"""Starting the engine's process and waiting until it answers."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import psutil

from graph.engine import package
from graph.engine.errors import EngineError
from graph.engine.home import Home
from graph.engine.state import PORT, State, end, mark, read_state, remember

HOST = "127.0.0.1"
_READY = "ArcadeDB Server started"
_GAVE_UP = 'Exception in thread "main"'
_PATIENCE = 300.0
_TELLING = ("SEVER", "Exception", "Error", "Invalid")


@dataclass(frozen=True, slots=True)
class Order:
    """What to start: the databases that have to exist, and the Java heap as Java writes it ("1g")."""

    databases: Sequence[str]
    heap: str


def start(home: Home, order: Order) -> State:
    """Start the engine and wait until it answers. Raises EngineError with the engine's own telling line.

    To be called under the lock. A port that somebody else took in the meantime is exchanged for another.
    """
    port = _free_port(home)
    for _ in range(3):
        state = _spawn(home, _command(home, order, port), port)
        if _answers(home, state):
            return _ready(home, state)
        if state.process() is not None or not _taken(port):
            break
        port = _any_port()
    raise _not_started(home)


def wait(home: Home, state: State) -> State:
    """Wait for an engine whose starter did not. Raises EngineError if it ends before it answers."""
    if not _answers(home, state):
        raise _not_started(home)
    return _ready(home, state)


def _ready(home: Home, state: State) -> State:
    ready = replace(state, ready=True)
    remember(home, ready)
    return ready


def _not_started(home: Home) -> EngineError:
    return EngineError(f"The graph engine did not start: {_reason(home)} The whole story is in {home.log}.")


def _command(home: Home, order: Order, port: int) -> list[str]:
    options = {
        "server.rootPasswordPath": home.password,
        "server.databaseDirectory": home.databases,
        "server.defaultDatabases": ";".join(f"{name}[root]" for name in order.databases),
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "server.httpIncomingHost": HOST,
        "server.httpIncomingPort": 0,
        # In "production" every error reads "check the server log"; the one thing it also closes is closed below.
        "server.mode": "development",
        "opencypher.loadCsv.allowFileUrls": "false",
        "bolt.host": HOST,
        "bolt.defaultDatabase": order.databases[0],
        "txWalFlush": 2,
    }
    return [
        str(package.java()),
        f"-Xmx{order.heap}",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData",
        "-Djava.awt.headless=true",
        "-Dfile.encoding=UTF-8",
        "--enable-native-access=ALL-UNNAMED",
        mark(home),
        f"{PORT}{port}",
        *(f"-Darcadedb.{name}={value}" for name, value in options.items()),
        "-cp",
        str(package.jars() / "*"),
        "com.arcadedb.server.ArcadeDBServer",
    ]


def _spawn(home: Home, command: list[str], port: int) -> State:
    try:
        with home.log.open("wb") as log:
            child = _detached(command, home, log.fileno())
        state = State.of(psutil.Process(child.pid), port)
    except OSError as failure:
        raise EngineError(f"The graph engine cannot be started ({failure}); check the data folder.") from failure
    except psutil.NoSuchProcess as failure:
        raise EngineError(f"The graph engine ended at once: {_reason(home)}") from failure
    # Somebody has to collect the child when it ends, and this process need not wait for that.
    threading.Thread(target=child.wait, name="engine-reaper", daemon=True).start()
    remember(home, state)
    return state


def _detached(command: list[str], home: Home, log: int) -> subprocess.Popen[bytes]:
    """A child with a session of its own, so that the starter's Ctrl-C and end do not reach it."""
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
        return subprocess.Popen(  # noqa: S603 - our own command line
            command, cwd=home.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, creationflags=flags
        )
    return subprocess.Popen(  # noqa: S603 - our own command line
        command, cwd=home.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
    )


def _answers(home: Home, state: State) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        process, said = state.process(), _said(home)
        if process is None:
            return False
        if _GAVE_UP in said:  # its other threads would keep the process alive for ever
            end(process)
            return False
        if _READY in said and _speaks_bolt(state.port):
            return True
        time.sleep(0.05)
    return False


def _speaks_bolt(port: int) -> bool:
    """Whether the port answers the Bolt handshake with a version it can speak (four bytes, not all zero)."""
    proposal = bytes.fromhex("6060b017 00020404 00000004 00000003 00000000")
    try:
        with socket.create_connection((HOST, port), timeout=2) as connection:
            connection.sendall(proposal)
            return any(connection.recv(4))
    except OSError:
        return False


def _free_port(home: Home) -> int:
    """The port of last time where it is free, so that those who still know it find the engine again."""
    before = read_state(home)
    return before.port if before is not None and not _taken(before.port) else _any_port()


def _any_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        if os.name == "posix":  # elsewhere the option would let two listeners share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def _said(home: Home) -> str:
    try:
        return home.log.read_text("utf-8", errors="replace")
    except OSError:
        return ""


def _reason(home: Home) -> str:
    """The line of the log that tells most: the root cause of a Java error, else the first complaint, else the last."""
    lines = [line.strip() for line in _said(home).splitlines() if line.strip()]
    causes = [line for line in lines if line.startswith("Caused by:")][-1:]
    complaints = [line for line in lines if any(word in line for word in _TELLING)]
    found = (causes or complaints or lines[-1:] or ["it said nothing"])[0]
    return found.rstrip(".")[:300] + "."
