"""A command imports what it needs and no more: seconds differ from machine to machine, imported modules do not."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.commands.conftest import ROOT, environment
from webapp.commands import COMMANDS, command_line

LIBRARIES = {"flask", "igraph", "neo4j", "networkx", "numpy", "openpyxl", "ortools", "pandas", "pyvis", "rich", "scipy"}
AFTERWARDS = "\nimport sys\nprint(*sys.modules, file=sys.stderr)"


def imported(folder: Path, program: str, *words: str) -> set[str]:
    """The modules that are imported once a program has run."""
    command = [sys.executable, "-c", program + AFTERWARDS, *words]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, timeout=120, check=True
    )
    return set(ended.stderr.split())


def ran(folder: Path, *words: str) -> set[str]:
    """The modules that are imported once a command has run."""
    return imported(folder, "from webapp.__main__ import main\ntry:\n    main()\nexcept SystemExit:\n    pass", *words)


def test_a_list_of_the_commands_imports_no_library_but_click(tmp_path: Path) -> None:
    assert ran(tmp_path, "--help") & LIBRARIES == set()


def test_a_plan_of_a_file_imports_neither_driver_nor_pages(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("1,2\n3,4\n")

    loaded = ran(tmp_path, "plan", "--matrix", str(tmp_path / "points.csv"), "--json")

    assert loaded & LIBRARIES == {"numpy", "scipy"}
    assert loaded & {"webapp.views", "graph.connection"} == set()


def test_no_command_imports_the_pages_or_what_only_they_need(tmp_path: Path) -> None:
    modules = sorted({module for module, _ in COMMANDS.values()})

    loaded = imported(tmp_path, "\n".join(f"import webapp.commands.{module}" for module in modules))

    assert "webapp.commands.serve" in loaded
    assert loaded & LIBRARIES == {"neo4j", "numpy", "scipy"}
    assert loaded & {"scipy.linalg", "scipy.optimize", "webapp.views"} == set()


@pytest.mark.parametrize(
    "module", ["benches", "graph_plans", "match", "matrix_plans", "plan", "relay", "repair", "why"]
)
def test_commands_about_plans_and_matches_start_without_a_solver(tmp_path: Path, module: str) -> None:
    loaded = imported(tmp_path, f"import webapp.commands.{module}")

    assert loaded & LIBRARIES <= {"neo4j", "numpy"}


def test_a_plan_with_limits_imports_the_integer_solver_where_it_is_used(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("1,2\n3,4\n")
    asked = ("plan", "--matrix", str(tmp_path / "points.csv"), "--objective", "fair", "--json")

    assert "graph.matching.solvers.integer_programs" in ran(tmp_path, *asked)
    assert "graph.matching.solvers.integer_programs" not in ran(tmp_path, *asked[:3])


def test_the_driver_starts_without_what_it_only_uses_where_it_is_installed(tmp_path: Path) -> None:
    loaded = imported(tmp_path, "import graph.connection")

    assert "neo4j" in loaded
    assert "pandas" not in loaded


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_lies_where_the_list_says(name: str) -> None:
    command = command_line.get_command(click.Context(command_line), name)

    assert command is not None
    assert command.name == name
