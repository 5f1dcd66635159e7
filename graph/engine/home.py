"""What the engine keeps in its data folder, and the one lock around changing it.

engine.lock   held while the engine is started or stopped
engine.json   the state: which process, which port, since when
engine.log    what the engine said since it was last started
password      of the engine's only user, readable by the owner alone
databases/    the records; config/ and log/ are the engine's own
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from graph.engine.errors import EngineError

USERNAME = "root"
_LOCK_PATIENCE = 300.0


class Home:
    """The files of one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.state = self.folder / "engine.json"
        self.log = self.folder / "engine.log"
        self.password = self.folder / "password"
        self.databases = self.folder / "databases"
        self._users = self.folder / "config" / "server-users.jsonl"
        self._lock = self.folder / "engine.lock"

    def prepare(self) -> None:
        """Create the folder, for the owner alone. Raises EngineError where nothing can be written."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            probe = self.folder / f".probe-{secrets.token_hex(4)}"
            probe.touch()
            probe.unlink()
        except OSError as failure:
            raise self._not_writable(failure) from failure

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One process at a time. Raises EngineError after five minutes of waiting."""
        try:
            with FileLock(self._lock, timeout=_LOCK_PATIENCE):
                yield
        except Timeout as failure:
            message = f"Another process has held {self._lock} for five minutes; end it and try again."
            raise EngineError(message) from failure

    def holds(self, database: str) -> bool:
        """Whether the database was created already."""
        return (self.databases / database).is_dir()

    def new_secret(self) -> None:
        """Make a password where there is none, and let the engine create its user anew; before a start."""
        if not self.password.exists():
            self._users.unlink(missing_ok=True)
            write_private(self.password, secrets.token_urlsafe(24))

    def secret(self) -> str:
        """The password. Raises EngineError where the file was lost while the engine runs."""
        try:
            return self.password.read_text("ascii")
        except OSError as failure:
            message = f"Cannot read {self.password}; run `python -m webapp engine stop` and start again."
            raise EngineError(message) from failure

    def size(self) -> int:
        """Bytes of the records on disk."""
        return sum(_size(path) for path in self.databases.rglob("*"))

    def _not_writable(self, failure: OSError) -> EngineError:
        why = failure.strerror or str(failure)
        return EngineError(f"Cannot write to the data folder {self.folder} ({why}); choose another with BATON_HOME.")


def last_write(folder: Path) -> str:
    """A word that changes with every commit to the records in this folder, because each extends a write-ahead log."""
    logs = sorted(Home(folder).databases.glob("*/*.wal"))
    return " ".join(f"{log.name} {_written(log)}" for log in logs)


def write_private(path: Path, text: str) -> None:
    """Put text into a file that only the owner reads, whole or not at all."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as failure:
        draft.unlink(missing_ok=True)
        raise EngineError(f"Cannot write {path} ({failure.strerror}); free some space and try again.") from failure


def _written(path: Path) -> str:
    try:
        found = path.stat()
    except FileNotFoundError:  # the engine has just begun another log
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except FileNotFoundError:  # the engine rewrites its files while we look
        return 0
