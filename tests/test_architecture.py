"""Doors one way only: who may import whom, and what may stand where."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

_DOMAIN = ("graph.domain", "graph.errors")
_STORED = ("graph.connection", "graph.store", *_DOMAIN)
_WHAT_SERVICES_SHARE = (
    *("graph.services.audit", "graph.services.clock", "graph.services.institution_families"),
    *("graph.services.planners", "graph.cache"),
)
_NUMBERS = ("graph.matching", "graph.evolution")
_SERVICE = (*_STORED, *_WHAT_SERVICES_SHARE, *_NUMBERS)

# Room -> what it may import of ours beside itself; the longest name that fits counts. Rooms lie at every level.
DOORS = {
    "webapp": ("importers", "graph"),
    "importers": _DOMAIN,
    "graph.services": _SERVICE,
    "graph.services.capability_levels": ("graph.services.indexes", *_SERVICE),
    "graph.services.accounts": _SERVICE,
    "graph.services.imports": ("graph.services.accounts", *_SERVICE),
    "graph.services.transfers": ("graph.services.capability_levels", *_SERVICE),
    "graph.services.matching": (
        *("graph.services.capability_levels", "graph.services.indexes", "graph.services.transfers"),
        *_SERVICE,
    ),
    "graph.services.network": (
        *("graph.services.capability_levels", "graph.services.indexes", "graph.services.transfers"),
        *("graph.services.matching", *_SERVICE),
    ),
    "graph.services.peers": ("graph.services.matching", *_SERVICE),
    "graph.services.planning": ("graph.services.matching", "graph.services.indexes", *_SERVICE),
    "graph.services.proposals": ("graph.services.planning", "graph.services.matching", *_SERVICE),
    "graph.store": ("graph.statement", "graph.connection", "graph.cache", *_DOMAIN),
    "graph.matching": _DOMAIN,
    "graph.matching.people": ("graph.matching.columns", *_DOMAIN),
    "graph.matching.problem": ("graph.matching.columns", *_DOMAIN),
    "graph.matching.scoring": ("graph.matching.columns", "graph.matching.people", "graph.matching.problem", *_DOMAIN),
    "graph.matching.solvers": ("graph.matching.columns", "graph.matching.problem", *_DOMAIN),
    "graph.matching.sensitivity": (
        *("graph.matching.columns", "graph.matching.people", "graph.matching.problem", "graph.matching.solvers"),
        *_DOMAIN,
    ),
    "graph.matching.repair": (
        *("graph.matching.columns", "graph.matching.problem", "graph.matching.solvers", "graph.matching.sensitivity"),
        *_DOMAIN,
    ),
    "graph.matching.large_scale": (
        *("graph.matching.columns", "graph.matching.people", "graph.matching.problem", "graph.matching.scoring"),
        *("graph.matching.solvers", *_DOMAIN),
    ),
    "graph.evolution": ("graph.evolution", *_DOMAIN),
    "graph.evolution.log": _DOMAIN,
    "graph.evolution.measures": ("graph.evolution.log", *_DOMAIN),
    "graph.evolution.paths": ("graph.evolution.log", *_DOMAIN),
    "graph.evolution.comparison": ("graph.evolution.log", "graph.evolution.measures", *_DOMAIN),
    "graph.evolution.what_if": ("graph.evolution.log", "graph.evolution.measures", *_DOMAIN),
    "graph.domain": _DOMAIN,
    "graph.engine": (),
    "graph.schema": ("graph.connection", "graph.domain", "graph.statement"),
    "graph.cache": ("graph.connection", "graph.domain", "graph.statement"),
    "graph.cache.reads": ("graph.cache.once", "graph.domain"),
    "graph.cache.once": ("graph.cache.state", "graph.connection", "graph.errors"),
    "graph.address": (),
    "graph.optional": (),
    "graph.connection": (
        *("graph.address", "graph.engine", "graph.errors", "graph.optional"),
        *("graph.cache.reads", "graph.domain.topics", "graph.statement", "graph.turns"),
    ),
    "graph.turns": ("graph.errors",),
    "graph.statement": ("graph.domain",),
    "graph.errors": (),
    "tools": ("graph", "importers", "webapp", "tests"),
}
# Commands and statements: peers but for the two or three words they share.
MANY = ("webapp.commands", "graph.store", "webapp.exports", "importers.scenario", "graph.domain")
# Who may ask which day it is. The others take it as an argument.
CLOCKS = {"webapp.current", "webapp.commands.running", "graph.services.matching.read_ahead"}
OURS = ("webapp", "importers", "graph", "tests", "benchmarks", "tools")
# What a library calls by its name (Flask, Flask-Login, click), and decorators that hand a function over to one.
CALLED_BY_LIBRARIES = {"get_id", "dispatch_request", "get_command", "format_commands"}
REGISTERED = {"command", "group"}
WORD = re.compile(r"[A-Za-z_]\w*")
FLASK = ("flask", "flask_login", "flask_wtf", "wtforms", "flask_bootstrap", "werkzeug")


def modules() -> list[Path]:
    return sorted(
        path for package in ("webapp", "importers", "graph", "tools") for path in (ROOT / package).rglob("*.py")
    )


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


def room_of(name: str) -> str | None:
    rooms = [room for room in DOORS if within(name, room)]
    return max(rooms, key=len) if rooms else None


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_goes_only_through_its_doors(path: Path) -> None:
    room = room_of(name_of(path))
    for imported in imports_of(path):
        if imported.partition(".")[0] in OURS and room is not None:
            assert any(within(imported, door) for door in (room, *DOORS[room])), f"{name_of(path)} imports {imported}"


def test_every_folder_of_services_and_of_matching_has_doors_of_its_own() -> None:
    for package in ("graph/services", "graph/matching", "graph/evolution"):
        for folder in (ROOT / package).iterdir():
            if (folder / "__init__.py").exists():
                assert name_of(folder / "__init__.py") in DOORS, f"{folder.name} has no doors"


def test_no_folder_holds_more_modules_than_one_finds_ones_way_in() -> None:
    """Modules that do not import each other are peers, of which there may be any number."""
    for folder in {path.parent for path in modules()}:
        inside = [path for path in folder.glob("*.py") if path.stem != "__init__"]
        package = name_of(folder / "__init__.py")
        related = any(within(imported, package) for path in inside for imported in imports_of(path))
        assert len(inside) <= 17 or not related or package in MANY, f"{package} holds {len(inside)} modules"


def test_no_two_public_classes_share_a_name() -> None:
    found: dict[str, str] = {}
    for path in modules():
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                other = found.setdefault(node.name, name_of(path))
                assert other == name_of(path), f"{node.name} is in {other} and in {name_of(path)}"


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
    if within(name_of(path), "tools"):
        return  # what is run by hand sets it for the programs it starts
    assert "os.environ" not in text, f"{name_of(path)} reads the environment"
    assert "os.getenv" not in text, f"{name_of(path)} reads the environment"


def test_the_day_comes_from_the_edge() -> None:
    """Everything else takes today as an argument, so that a page, a plan and a test speak of one day."""
    asking = {
        name_of(path) for path in modules() if re.search(r"now\(UTC\)\.(date|year)|date\.today", path.read_text())
    }

    assert asking == CLOCKS


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 400, f"{name_of(path)} is long"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, f"{name_of(path)}.{node.name} is long"


def test_views_do_not_import_each_other() -> None:
    for path in (ROOT / "webapp" / "views").rglob("*.py"):
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


def names_in(tree: ast.AST) -> Iterator[str]:
    """Every name that is read, an annotation in quotes and a name in a table of texts included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value:
            yield from WORD.findall(node.value)


def public_definitions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Functions and classes, and the methods of classes; what Flask or click calls has a decorator that says so."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node
            yield from (inner for inner in node.body if isinstance(inner, ast.FunctionDef))
        elif isinstance(node, ast.FunctionDef):
            yield node


def is_called_from_outside(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """Whether a route, a command or a hook; or a method whose name a library has chosen."""
    calls = (one.func if isinstance(one, ast.Call) else one for one in node.decorator_list)
    return node.name in CALLED_BY_LIBRARIES or any(getattr(call, "attr", "") in REGISTERED for call in calls)


def test_everything_public_has_a_user_in_the_product() -> None:
    """A test alone is no user. The page on matching as functions is one: its readers call what it shows."""
    trees = {path: ast.parse(path.read_text()) for path in modules() if not within(name_of(path), "tools")}
    used = Counter(name for tree in trees.values() for name in names_in(tree))
    for shown in (*(ROOT / "templates").rglob("*.*"), ROOT / "docs" / "matching.md"):
        used.update(WORD.findall(shown.read_text()))

    unused = {
        f"{name_of(path)}: {node.name}"
        for path, tree in trees.items()
        for node in public_definitions(tree)
        if not node.name.startswith("_") and not is_called_from_outside(node)
        if used[node.name] == Counter(names_in(node))[node.name]
    }

    assert unused == set()
