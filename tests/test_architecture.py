"""Doors one way only: who may import whom, and what may stand where."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Package -> what it may import of ours, longest prefix first.
DOORS = {
    "webapp": ("webapp", "importers", "graph"),
    "importers": ("importers", "graph.domain", "graph.errors"),
    "graph.services": ("graph",),
    "graph.store": (
        "graph.store",
        "graph.statement",
        "graph.domain",
        "graph.errors",
        "graph.connection",
        "graph.shelves",
    ),
    "graph.matching": ("graph.matching", "graph.domain", "graph.errors"),
    "graph.evolution": ("graph.evolution", "graph.domain", "graph.errors"),
    "graph.domain": ("graph.domain", "graph.errors"),
    "graph.engine": ("graph.engine",),
    "graph.schema": ("graph.connection", "graph.domain", "graph.statement"),
    "graph.shelves": ("graph.connection", "graph.parts", "graph.statement"),
    "graph.connection": ("graph.engine", "graph.errors", "graph.parts", "graph.statement"),
    "graph.statement": ("graph.parts",),
    "graph.parts": ("graph.domain",),
    "graph.errors": (),
}
# Who may ask which day it is. The others take it as an argument.
CLOCKS = (
    "webapp.current",
    "webapp.commands",
    "importers.sources",
    "graph.services.matching.read_ahead",
    "graph.services.proposals",
)
OURS = ("webapp", "importers", "graph", "tests", "benchmarks")
FLASK = ("flask", "flask_login", "flask_wtf", "wtforms", "flask_bootstrap", "werkzeug")


def modules() -> list[Path]:
    return sorted(path for package in ("webapp", "importers", "graph") for path in (ROOT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide where a door leads"
            yield from _imported(node)


def _imported(node: ast.ImportFrom) -> Iterator[str]:
    """`from graph import engine` opens graph.engine, `from graph.errors import NotFound` opens graph.errors."""
    module = node.module or ""
    for alias in node.names:
        deeper = ROOT.joinpath(*module.split("."), alias.name)
        yield f"{module}.{alias.name}" if deeper.with_suffix(".py").exists() or deeper.is_dir() else module


def within(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}.")


def door_of(name: str) -> tuple[str, ...] | None:
    rooms = [room for room in DOORS if within(name, room)]
    return DOORS[max(rooms, key=len)] if rooms else None


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_goes_only_through_its_doors(path: Path) -> None:
    doors = door_of(name_of(path))
    for imported in imports_of(path):
        if imported.partition(".")[0] in OURS and doors is not None:
            assert any(within(imported, door) for door in doors), f"{name_of(path)} imports {imported}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_flask_lives_at_the_edge_and_the_driver_behind_one_door(path: Path) -> None:
    name = name_of(path)
    for imported in imports_of(path):
        root = imported.partition(".")[0]
        assert root != "neo4j" or name == "graph.connection", f"{name} imports the driver"
        assert root not in FLASK or within(name, "webapp"), f"{name} imports {imported}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_only_the_settings_read_the_environment(path: Path) -> None:
    if name_of(path) == "webapp.settings":
        return
    text = path.read_text()
    assert "os.environ" not in text, f"{name_of(path)} reads the environment"
    assert "os.getenv" not in text, f"{name_of(path)} reads the environment"


def test_the_day_comes_from_the_edge() -> None:
    """Everything else takes today as an argument, so that a page, a plan and a test speak of one day."""
    asking = {
        name_of(path) for path in modules() if re.search(r"now\(UTC\)\.(date|year)|date\.today", path.read_text())
    }

    assert {name for name in asking if not any(within(name, room) for room in CLOCKS)} == set()


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 400, f"{name_of(path)} is long"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, f"{name_of(path)}.{node.name} is long"


def test_views_do_not_import_each_other() -> None:
    for path in (ROOT / "webapp" / "views").glob("*.py"):
        sideways = {name for name in imports_of(path) if within(name, "webapp.views")}
        assert path.stem == "__init__" or not sideways, f"{path.stem} imports {sideways}"


def test_cypher_stands_only_in_the_store_and_the_schema() -> None:
    for path in modules():
        name = name_of(path)
        if within(name, "graph.store") or name in ("graph.schema", "graph.statement"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "Statement", f"{name} builds a statement"
