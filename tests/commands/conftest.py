"""Commands as a user runs them: a process of its own on a data folder of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph import engine
from graph.connection import Graph, connect_embedded
from graph.statement import CATALOGUE, Statement

ROOT = Path(__file__).parents[2]
COUNT = Statement("MATCH (n) OPTIONAL MATCH (n)-[t]->() RETURN count(DISTINCT n) AS nodes, count(t) AS ties")
CATALOGUE.remove(COUNT)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line on the error stream of a command that refused."""
        assert (self.code, self.out) == (2, ""), self
        (line,) = self.err.strip().splitlines()
        assert line.endswith("."), self
        return line


Run = Callable[..., Answer]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder; its engine, if a test started one, ends with the module."""
    folder = tmp_path_factory.mktemp("home")
    yield folder
    engine.stop(folder / "engine")


@pytest.fixture(scope="module")
def run(home: Path) -> Run:
    """`run("engine", "status", PORT="80")` runs that command with that environment."""

    def run_it(*words: object, **environ: str) -> Answer:
        inherited = {
            name: text for name, text in os.environ.items() if not name.startswith(("NEO4J_", "BATON_", "PORT"))
        }
        done = subprocess.run(
            [sys.executable, "-m", "webapp", *map(str, words)],
            cwd=ROOT,
            env={**inherited, "BATON_HOME": str(home), "PYTHONWARNINGS": "error", **environ},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Answer(done.returncode, done.stdout, done.stderr)

    return run_it


@pytest.fixture(scope="module")
def stored(home: Path) -> Iterator[Graph]:
    """The graph of the data folder, as the commands see it."""
    with connect_embedded(home / "engine") as graph:
        yield graph


@pytest.fixture
def counts(stored: Graph) -> Callable[[], tuple[int, int]]:
    """How many nodes and ties there are now."""

    def count() -> tuple[int, int]:
        (row,) = stored.read(COUNT)
        return row["nodes"], row["ties"]

    return count
