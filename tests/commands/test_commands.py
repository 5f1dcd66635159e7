"""The other commands: engine, demo, match, evolution, account, and what is said when the surroundings will not do."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph import engine
from graph.connection import Graph
from graph.domain.topics import EVERY_TOPIC, Topic
from graph.matching.scoring.kinds import BRINGS
from graph.services.accounts.passwords import sign_in
from graph.services.imports.ingest import ingest
from graph.statement import CATALOGUE, Statement
from importers.scenario.accounts import ACCOUNTS
from tests.commands.conftest import ROOT, Run, environment
from tests.factories import a_small_world

DEMONSTRATION = Statement("MATCH (n) WHERE n.source = 'demonstration' RETURN count(n) AS total", reads=EVERY_TOPIC)
BATCHES = Statement("MATCH (n:Batch) RETURN count(n) AS total", reads=Topic.BOOKKEEPING)
OPENINGS = Statement(
    "MATCH (o:Opening)-[:FOR]->(p:Programme) RETURN o.id AS opening, p.id AS programme ORDER BY opening",
    reads=Topic.PROGRAMMES | Topic.OPENINGS,
)
for statement in (DEMONSTRATION, BATCHES):
    CATALOGUE.remove(statement)

Counts = Callable[[], tuple[int, int]]


def test_help_lists_the_commands_and_starts_nothing(tmp_path: Path) -> None:
    """From the shell, as a user starts it."""
    command = [sys.executable, "-m", "webapp", "--help"]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, timeout=120, check=False
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    for name in ("account", "demo", "engine", "evolution", "import", "match", "reference", "serve"):
        assert f"\n  {name} " in ended.stdout
    assert not (tmp_path / "engine").exists()


@pytest.mark.parametrize("port", ["nonsense", "65536"])
def test_a_port_that_is_none_is_told_so(run: Run, port: str) -> None:
    assert "is not a port; give a number from 1 to 65535" in run("--help", PORT=port).sentence


def test_an_address_that_names_no_graph_is_told_so(run: Run) -> None:
    assert "NEO4J_URI does not name a graph" in run("match", "x", NEO4J_URI="nonsense").sentence
    assert "unset it to use the engine" in run("engine", "start", NEO4J_URI="bolt://127.0.0.1:7687").sentence


def test_a_home_that_cannot_be_written_is_told_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    assert "name another folder" in run("engine", "status", BATON_HOME=str(tmp_path / "file")).sentence


def test_a_command_that_is_none_is_told_so(run: Run) -> None:
    answer = run("mtach", "x")

    assert answer.code == 2
    assert "No such command 'mtach'" in answer.err


def test_the_engine_starts_tells_its_state_and_stops(run: Run, tmp_path: Path) -> None:
    def say(word: str, *options: str) -> str:
        return run("engine", word, *options, BATON_HOME=str(tmp_path)).out

    try:
        assert say("start") == "The engine runs.\n"
        state = json.loads(say("status", "--json"))
        assert state["running"]
        assert state["port"] > 0
        assert say("stop") == "The engine is stopped.\n"
    finally:
        engine.stop(tmp_path / "engine")


def test_the_demonstration_comes_once_and_goes_without_a_trace(run: Run, stored: Graph, counts: Counts) -> None:
    first = run("demo", "--no-serve")
    assert first.code == 0, first
    loaded, batches = counts(), stored.read(BATCHES)[0]["total"]

    second = run("demo", "--no-serve")

    assert " 0 new, " in second.out
    assert counts() == (loaded[0] + stored.read(BATCHES)[0]["total"] - batches, loaded[1])
    for account in ACCOUNTS:
        assert sign_in(stored, account.email, account.password) is not None

    assert run("demo", "--remove").out.endswith(" demonstration records removed.\n")
    assert stored.read(DEMONSTRATION)[0]["total"] == 0


@pytest.fixture
def world(stored: Graph) -> Graph:
    """The small world of the factories in the graph of the data folder."""
    ingest(stored, "tests", a_small_world())
    return stored


def test_a_match_answers_for_an_opening_and_for_a_programme(run: Run, world: Graph) -> None:
    (found,) = json.loads(run("match", "togo-mentor", "--top", 3, "--json").out)

    assert (found["opening"]["id"], found["opening"]["start"]) == ("togo-mentor", "2027-02-01")
    assert (found["roster"], found["eligible"]) == (3, 1)
    (ama,) = found["suggestions"]
    assert (ama["expert"], ama["points"]) == ("ama", sum(part["points"] for part in ama["parts"]))
    assert {path["criterion"] for path in ama["paths"]} == set(BRINGS.names) - {
        "gap"
    }  # the opening asks all that is lacking
    assert sum(rule["first"] for rule in found["ruled_out"]) == 2

    (tried,) = json.loads(run("match", "togo-mentor", "--weights", "asked=1,language=1", "--json").out)
    assert [part["points"] for part in tried["suggestions"][0]["parts"] if part["weight"]] == [5000, 2500]
    assert "is not a criterion; choose from asked" in run("match", "togo-mentor", "--weights", "luck=1").sentence

    lines = " ".join(run("match", "togo-cert", COLUMNS="200").out.split())
    assert "1 of 3 people are eligible" in lines
    assert "Ama Owusu" in lines


def test_a_match_of_nothing_is_told_so(run: Run) -> None:
    assert "There is no opening or programme 'nowhere'" in run("match", "nowhere", "--json").sentence


@pytest.mark.parametrize(("level", "actors", "ties"), [("institution", 3, 2), ("country", 2, 1)])
def test_evolution_gives_one_row_a_window(run: Run, world: Graph, level: str, actors: int, ties: int) -> None:
    answer = run("evolution", "--level", level, "--from", 2020, "--to", 2021, "--step", "year", "--json")

    found = json.loads(answer.out)["windows"]
    # In 2020: Ama mentors Ben, so Ghana's team teaches Togo's; and Ben studies at the academy.
    assert [window["window"] for window in found] == ["2020", "2021"]
    assert (found[0]["actors"], found[0]["ties"]) == (actors, ties)
    for window in found:
        assert {"density", "reciprocity", "components", "giant_share", "brokers"} <= window.keys()


def test_years_in_the_wrong_order_are_told_so(run: Run) -> None:
    assert "the earlier one first" in run("evolution", "--from", 2020, "--to", 2010).sentence


def test_an_account_is_added_and_signs_in(run: Run, stored: Graph) -> None:
    words = ("account", "add", "Officer@Example.org", "--role", "officer", "--password", "twelve letters")
    assert run(*words).out == "officer@example.org can sign in as officer.\n"
    assert sign_in(stored, "officer@example.org", "twelve letters") is not None

    assert "There is an account for officer@example.org already" in run(*words).sentence
