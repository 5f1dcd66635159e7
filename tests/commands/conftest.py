"""Commands as a user runs them: a process of its own on a data folder of its own."""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import forkserver, get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result

from graph import engine
from graph.connection import Graph, connect_embedded
from graph.domain.topics import EVERY_TOPIC
from graph.services.imports.ingest import ingest
from graph.statement import CATALOGUE, Statement
from tests.conftest import WIPE
from tests.factories import a_small_world
from webapp import __main__ as program
from webapp.commands import COMMANDS, command_line
from webapp.commands.running import Running
from webapp.connection import Connection
from webapp.settings import Settings

ROOT = Path(__file__).parents[2]
COUNT = Statement(
    "MATCH (n) WHERE NOT n:Revision OPTIONAL MATCH (n)-[t]->() RETURN count(DISTINCT n) AS nodes, count(t) AS ties",
    reads=EVERY_TOPIC,
)
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


@pytest.fixture(scope="session")
def forks() -> ForkServerContext:
    """Starts processes that have imported every command already, for which one from nothing takes a second."""
    context = get_context("forkserver")
    modules = sorted({f"webapp.commands.{module}" for module, _ in COMMANDS.values()})
    context.set_forkserver_preload(["webapp.__main__", *modules])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONWARNINGS", "error")
        forkserver.ensure_running()
    return context


@pytest.fixture(scope="module")
def run(home: Path, forks: ForkServerContext) -> Run:
    """`run("engine", "status", PORT="80")` runs that command in a process of its own, with that environment."""

    def run_it(*words: object, **environ: str) -> Answer:
        with TemporaryDirectory() as folder:
            files = [Path(folder) / name for name in ("out", "err")]
            process = forks.Process(target=_command, args=([*map(str, words)], environment(home) | environ, files))
            process.start()
            process.join(120)
            assert process.exitcode is not None, f"{words} did not end"
            out, err = (file.read_text(encoding="utf-8") for file in files)
        assert "Traceback" not in err, err
        return Answer(process.exitcode, out, err)

    return run_it


def environment(home: Path) -> dict[str, str]:
    """That of this process, but for what would lead elsewhere than the data folder."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith(("NEO4J_", "BATON_", "PORT"))}
    return {**inherited, "BATON_HOME": str(home), "PYTHONWARNINGS": "error"}


def _command(words: list[str], environ: dict[str, str], files: list[Path]) -> None:
    """What `python -m webapp` does, its streams written to files."""
    os.environ.clear()
    os.environ.update(environ)
    os.chdir(ROOT)
    streams = [os.open(os.devnull, os.O_RDONLY), *(os.open(file, os.O_WRONLY | os.O_CREAT) for file in files)]
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    sys.argv = ["webapp", *words]
    program.main()


@pytest.fixture
def within(embedded: Graph, tmp_path: Path) -> Callable[..., Result]:
    """`within("compare", "2019", "2020")` runs a command within this process, over the small world."""
    embedded.write(WIPE)
    ingest(embedded, "tests", a_small_world())
    return invoking(embedded, tmp_path)


def invoking(graph: Graph, home: Path) -> Callable[..., Result]:
    """`invoking(graph, home)("compare", "2019", "2020")` runs a command within this process, over that graph."""
    running = Running(Settings(home=home, secret_key="for tests only"), Connection(lambda _: graph))
    return lambda *words: CliRunner().invoke(command_line, [*map(str, words)], obj=running)


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
