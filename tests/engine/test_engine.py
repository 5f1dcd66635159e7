"""The embedded engine: one per folder, found again, and no acknowledged write lost."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from neo4j import GraphDatabase

from graph import engine
from graph.connection import connect_embedded
from graph.domain.topics import EVERY_TOPIC
from graph.engine.home import Home
from graph.engine.state import search
from graph.statement import CATALOGUE, Statement

ROOT = Path(__file__).parents[2]
CONSTRAINT = Statement(
    "CREATE CONSTRAINT mark_id IF NOT EXISTS FOR (n:Mark) REQUIRE n.id IS UNIQUE", changes=EVERY_TOPIC
)
MERGE = Statement("UNWIND $keys AS key MERGE (n:Mark {id: key}) SET n.by = $by", changes=EVERY_TOPIC)
COUNT = Statement("MATCH (n:Mark) RETURN count(n) AS marks, count(DISTINCT n.id) AS keys", reads=EVERY_TOPIC)
for statement in (CONSTRAINT, MERGE, COUNT):
    CATALOGUE.remove(statement)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder whose engine ends with the test."""
    place = tmp_path / "data folder"
    yield place
    engine.stop(place)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder whose engine runs, for tests that leave it running."""
    place = tmp_path_factory.mktemp("shared") / "data"
    ensure(place)
    yield place
    engine.stop(place)


def ensure(folder: Path) -> engine.Endpoint:
    return engine.ensure(folder, heap="256m")


def engine_process(folder: Path) -> psutil.Process:
    pid = engine.status(folder).pid
    assert pid is not None
    return psutil.Process(pid)


def kill(folder: Path) -> None:
    process = engine_process(folder)
    process.kill()
    process.wait(20)


def child(module: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def engines_of(folder: Path) -> int:
    mark = f"-Darcadedb.server.rootPath={folder.resolve()}"
    commands = [process.info["cmdline"] or [] for process in psutil.process_iter(["cmdline"])]
    return sum(mark in command for command in commands)


def test_six_processes_that_start_at_once_get_one_engine(folder: Path) -> None:
    starters = [child("tests.engine.starter", str(folder)) for _ in range(6)]
    answers = [starter.communicate(timeout=60) for starter in starters]

    assert [starter.returncode for starter in starters] == [0] * 6, answers
    assert len({uri for uri, _ in answers}) == 1
    assert engines_of(folder) == 1


def test_the_engine_outlives_the_process_that_started_it_in_a_session_of_its_own(folder: Path) -> None:
    child("tests.engine.starter", str(folder)).communicate(timeout=60)

    found = engine_process(folder)

    assert engine.status(folder).running
    if os.name == "posix":
        assert os.getsid(found.pid) == found.pid != os.getsid(0)


@pytest.mark.timeout(120)
def test_ten_kills_in_the_middle_of_writing_lose_no_acknowledged_write(folder: Path) -> None:
    acknowledged: set[str] = set()
    with connect_embedded(folder) as graph:
        graph.write(CONSTRAINT)
    for number in range(10):
        acknowledged |= written_until_the_kill(folder, number)

    assert len(acknowledged) > 10 * 20
    assert acknowledged <= marks(folder)


def written_until_the_kill(folder: Path, number: int) -> set[str]:
    endpoint = ensure(folder)
    arguments = (endpoint.uri, endpoint.username, endpoint.password, endpoint.database, str(number))
    writer = child("tests.engine.writer", *arguments)
    assert writer.stdout is not None
    first = [writer.stdout.readline() for _ in range(20 + 7 * number)]
    kill(folder)
    rest, errors = writer.communicate(timeout=90)
    assert writer.returncode == 3, errors
    return {key for key in "".join([*first, rest]).split("\n") if key}


def marks(folder: Path) -> set[str]:
    endpoint = ensure(folder)
    with GraphDatabase.driver(endpoint.uri, auth=(endpoint.username, endpoint.password)) as driver:
        found = driver.execute_query("MATCH (n:Mark) RETURN n.id AS id", database_=endpoint.database)
        return {record["id"] for record in found.records}


def test_eight_threads_that_merge_the_same_hundred_keys_leave_a_hundred_nodes(folder: Path) -> None:
    keys = [f"k{number}" for number in range(100)]
    with connect_embedded(folder) as graph, ThreadPoolExecutor(8) as threads:
        graph.write(CONSTRAINT)
        merges = [
            threads.submit(graph.write, MERGE, keys=keys[start : start + 10], by=thread)
            for start in range(0, 100, 10)
            for thread in range(8)
        ]
        for merge in merges:
            merge.result(timeout=60)

        assert graph.read(COUNT) == [{"marks": 100, "keys": 100}]


def test_a_graph_finds_the_engine_again_after_it_was_killed(folder: Path) -> None:
    with connect_embedded(folder) as graph:
        graph.write(CONSTRAINT)
        graph.write(MERGE, keys=["a", "b"], by=1)
        kill(folder)

        assert graph.read(COUNT) == [{"marks": 2, "keys": 2}]


def test_start_status_and_stop_tell_the_same_story(folder: Path) -> None:
    assert not engine.status(folder).running
    assert not engine.stop(folder)
    said: list[str] = []

    endpoint = engine.ensure(folder, progress=said.append, heap="256m")
    running = engine.status(folder)

    assert running.running
    assert endpoint.uri == f"bolt://127.0.0.1:{running.port}"
    assert running.uptime is not None
    assert 0 <= running.uptime < 60
    assert running.size > 0
    assert len(said) == 2
    assert engine.stop(folder)
    assert not engine.stop(folder)
    assert engine.status(folder).pid is None
    assert engines_of(folder) == 0


def test_a_restarted_engine_keeps_its_port_and_its_password(folder: Path) -> None:
    before = ensure(folder)
    kill(folder)

    assert ensure(folder) == before


def test_a_port_that_somebody_else_took_is_exchanged(folder: Path) -> None:
    before = ensure(folder)
    port = engine.status(folder).port
    engine.stop(folder)
    with socket.create_server(("127.0.0.1", port or 0)):
        assert ensure(folder).uri != before.uri


@pytest.mark.parametrize("text", ["", '{"pid": 12', "[]", "7", '{"pid": "x", "created": 1}'])
def test_a_damaged_state_file_does_not_hide_a_running_engine(shared: Path, text: str) -> None:
    before = ensure(shared)
    Home(shared).state.write_text(text)

    assert ensure(shared) == before
    assert engines_of(shared) == 1


def test_a_process_id_that_now_belongs_to_another_process_is_not_believed(folder: Path) -> None:
    ensure(folder)
    kill(folder)
    state = json.loads(Home(folder).state.read_text())
    Home(folder).state.write_text(json.dumps({**state, "pid": os.getpid()}))

    assert not engine.status(folder).running
    assert not engine.stop(folder)
    ensure(folder)
    assert engine_process(folder).pid != os.getpid()


def test_a_lost_password_ends_in_a_sentence_and_heals_on_the_next_start(folder: Path) -> None:
    ensure(folder)
    Home(folder).password.unlink()
    with pytest.raises(engine.EngineError, match="engine stop"):
        ensure(folder)
    engine.stop(folder)

    endpoint = ensure(folder)

    with GraphDatabase.driver(endpoint.uri, auth=(endpoint.username, endpoint.password)) as driver:
        driver.verify_connectivity()


def test_password_and_data_are_for_the_owner_alone(shared: Path) -> None:
    assert Home(shared).password.stat().st_mode & 0o077 == 0
    assert shared.stat().st_mode & 0o077 == 0


def test_the_engine_listens_on_loopback_only(shared: Path) -> None:
    listening = [one for one in engine_process(shared).net_connections("tcp") if one.status == psutil.CONN_LISTEN]

    assert {one.laddr.ip.removeprefix("::ffff:") for one in listening} == {"127.0.0.1"}


def test_a_folder_that_cannot_be_written_ends_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(engine.EngineError, match=r"Cannot write to the data folder .*BATON_HOME"):
        engine.ensure(tmp_path / "file" / "data")


def test_an_engine_that_refuses_to_start_is_quoted(folder: Path) -> None:
    begun = time.monotonic()

    with pytest.raises(engine.EngineError, match="did not start: Invalid maximum heap size"):
        engine.ensure(folder, heap="plenty")

    assert time.monotonic() - begun < 10
    assert search(Home(folder)) is None


def test_a_database_that_the_running_engine_lacks_is_named(folder: Path) -> None:
    ensure(folder)

    with pytest.raises(engine.EngineError, match="no database 'other'"):
        engine.ensure(folder, databases=("other",))
    engine.stop(folder)

    assert engine.ensure(folder, databases=("other",), heap="256m").database == "other"


def test_a_name_that_is_no_database_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(engine.EngineError, match="no database names"):
        engine.ensure(tmp_path, databases=("a;b[root]",))
