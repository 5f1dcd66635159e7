"""The other commands, in the order of a first evening with Baton; they share one data folder."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.connection import Graph
from graph.services.accounts import sign_in
from graph.statement import CATALOGUE, Statement
from importers.scenario.accounts import ACCOUNTS
from tests.commands.conftest import Run

pytestmark = pytest.mark.xdist_group("commands")

DEMONSTRATION = Statement("MATCH (n) WHERE n.source = 'demonstration' RETURN count(n) AS total")
BATCHES = Statement("MATCH (n:Batch) RETURN count(n) AS total")
OPENINGS = Statement(
    "MATCH (o:Opening)-[:FOR]->(p:Programme) RETURN o.id AS opening, p.id AS programme ORDER BY opening"
)
for statement in (DEMONSTRATION, BATCHES, OPENINGS):
    CATALOGUE.remove(statement)

Counts = Callable[[], tuple[int, int]]


def test_help_lists_the_commands_and_starts_nothing(run: Run, home: Path) -> None:
    answer = run("--help")

    assert (answer.code, answer.err) == (0, "")
    for name in ("account", "demo", "engine", "evolution", "import", "match", "reference", "serve"):
        assert f"\n  {name} " in answer.out
    assert not (home / "engine").exists()


@pytest.mark.parametrize("port", ["nonsense", "0", "65536", "-1", "9" * 5000])
def test_a_port_that_is_none_is_told_so(run: Run, port: str) -> None:
    assert "is not a port; give a number from 1 to 65535" in run("--help", PORT=port).sentence


def test_an_address_that_names_no_graph_is_told_so(run: Run, home: Path) -> None:
    assert "NEO4J_URI does not name a graph" in run("match", "x", NEO4J_URI="nonsense").sentence
    assert "unset it to use the engine" in run("engine", "start", NEO4J_URI="bolt://127.0.0.1:7687").sentence
    assert not (home / "engine").exists()


def test_a_graph_that_does_not_answer_is_told_so(run: Run) -> None:
    assert "does not answer" in run("evolution", NEO4J_URI="bolt://127.0.0.1:1").sentence


def test_a_home_that_cannot_be_written_is_told_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    assert "name another folder" in run("engine", "status", BATON_HOME=str(tmp_path / "file")).sentence


def test_a_command_that_is_none_is_told_so(run: Run) -> None:
    answer = run("mtach", "x")

    assert answer.code == 2
    assert "No such command 'mtach'" in answer.err


def test_the_engine_starts_tells_its_state_and_stops(run: Run) -> None:
    assert json.loads(run("engine", "status", "--json").out)["running"] is False
    assert run("engine", "start").out == "The engine runs.\n"
    state = json.loads(run("engine", "status", "--json").out)
    assert state["running"]
    assert state["port"] > 0
    assert run("engine", "stop").out == "The engine is stopped.\n"
    assert run("engine", "stop").out == "The engine was not running.\n"


def test_the_demonstration_comes_once_and_goes_without_a_trace(run: Run, stored: Graph, counts: Counts) -> None:
    first = run("demo", "--no-serve")
    assert first.code == 0, first
    loaded, batches = counts(), stored.read(BATCHES)[0]["total"]

    second = run("demo", "--no-serve")

    assert " 0 new, " in second.out
    assert counts() == (loaded[0] + stored.read(BATCHES)[0]["total"] - batches, loaded[1])
    for account in ACCOUNTS:
        assert sign_in(stored, account.email, account.password) is not None

    removed = run("demo", "--remove")
    assert removed.out.endswith(" demonstration records removed.\n")
    assert stored.read(DEMONSTRATION)[0]["total"] == 0
    assert run("demo", "--no-serve").code == 0


def test_a_match_answers_for_an_opening_and_for_a_programme(run: Run, stored: Graph) -> None:
    (first, *_) = stored.read(OPENINGS)

    (found,) = json.loads(run("match", first["opening"], "--top", 3, "--json").out)

    assert found["opening"]["id"] == first["opening"]
    assert found["roster"] == found["eligible"] + sum(rule["first"] for rule in found["ruled_out"])
    assert len(found["suggestions"]) == min(3, found["eligible"])
    for item in found["suggestions"]:
        assert item["points"] == sum(part["points"] for part in item["parts"])
        assert item["paths"]
    lines = run("match", first["programme"]).out
    assert "people are eligible" in " ".join(lines.split())


def test_a_match_of_nothing_is_told_so(run: Run) -> None:
    assert "There is no opening or programme 'nowhere'" in run("match", "nowhere", "--json").sentence


@pytest.mark.parametrize("level", ["person", "institution", "country", "region"])
def test_evolution_gives_one_row_a_window(run: Run, level: str) -> None:
    words = ("--level", level, "--from", 2015, "--to", 2018, "--step", "year", "--json")

    found = json.loads(run("evolution", *words).out)

    assert (found["level"], [window["window"] for window in found["windows"]]) == (
        level,
        ["2015", "2016", "2017", "2018"],
    )
    for window in found["windows"]:
        assert window["actors"] > 0
        assert 0 <= window["density"] <= 1
        assert 0 <= window["reciprocity"] <= 1
        assert 0 < window["giant"] <= 1
        assert window["brokers"]


def test_years_in_the_wrong_order_are_told_so(run: Run) -> None:
    assert "the earlier one first" in run("evolution", "--from", 2020, "--to", 2010).sentence


def test_an_account_is_added_and_signs_in(run: Run, stored: Graph) -> None:
    words = ("account", "add", "Officer@Example.org", "--role", "officer", "--password", "twelve letters")
    assert run(*words).out == "officer@example.org can sign in as officer.\n"
    assert sign_in(stored, "officer@example.org", "twelve letters") is not None

    assert "There is an account for officer@example.org already" in run(*words).sentence
    assert "use 12 characters or more" in run(*words[:-1], "short").sentence
