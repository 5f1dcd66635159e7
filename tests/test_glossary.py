"""The glossary names what the code has, and the code speaks no private language."""

import ast
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from token import NAME
from tokenize import generate_tokens

import pytest

ROOT = Path(__file__).parents[1]
GLOSSARY = ROOT / "docs" / "glossary.md"

PRIVATE = frozenset(
    (
        *("shelf", "shelves", "recall", "recalled"),
        *("pasts", "deed", "deeds", "house", "houses", "standing", "standings", "atlas"),
        *("bench", "benches", "laid", "market", "markets", "hand", "hands"),
        *("floors", "cap", "caps", "cover", "covers", "layers"),
        *("told", "telling", "away", "speechless", "unable"),
    )
)
# These are used in no name at all, however local, and not in statements.
GONE = frozenset(("deed", "deeds", "house", "houses"))
PHRASES = ("lay_out", "drawn_plan")

# Module -> public names that keep such a word, and why.
KEPT: dict[str, tuple[frozenset[str], str]] = {
    "graph.services.planning.unplaced": (frozenset({"hands"}), "a key of `plan --json`, which programs read"),
    "webapp.commands.benches": (
        frozenset({"benches", "bench_options", "BenchOptions"}),
        "options of the page that users call a bench",
    ),
    "webapp.presenters.planning.repairs": (frozenset({"bench_href"}), "the address of the page called a bench"),
    "webapp.presenters.proposals.proposals": (frozenset({"bench_href"}), "the address of the page called a bench"),
    "graph.store.benches": (frozenset({"benches"}), "statements of the page that users call a bench"),
}


def modules() -> list[Path]:
    return sorted(path for package in ("graph", "webapp") for path in (ROOT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def public_names(node: ast.AST) -> Iterator[str]:
    """Functions with their arguments, classes with their fields and methods, and constants."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            if child.name.startswith("_") and not child.name.startswith("__"):
                continue
            yield child.name
            if isinstance(child, ast.FunctionDef):
                yield from (each.arg for each in (*child.args.posonlyargs, *child.args.args, *child.args.kwonlyargs))
            else:
                yield from public_names(child)
        elif isinstance(child, ast.AnnAssign | ast.Assign):
            targets = [child.target] if isinstance(child, ast.AnnAssign) else child.targets
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def private_words(name: str) -> set[str]:
    """The private words in a name, "shared" holding none of "share"."""
    if name.startswith("_"):
        return set()
    words = {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}
    return words & PRIVATE | {phrase for phrase in PHRASES if phrase in name}


def test_every_code_word_of_the_glossary_is_a_name_in_the_code() -> None:
    code = "\n".join(path.read_text() for path in modules())
    rows = re.findall(r"^\| (?!page \|)[^|]+ \| ([^|]+) \| [^|]+ \|$", GLOSSARY.read_text(), re.MULTILINE)
    words = [word for row in rows if not row.startswith("---") for word in re.findall(r"`(\w+)`", row)]

    assert len(words) > 60
    assert [word for word in words if not re.search(rf"\b{word}\b", code)] == []


def all_names(text: str) -> set[str]:
    """Every name in a module, local and private ones too, and those in its statements: what follows $ or AS."""
    found = {token.string for token in generate_tokens(StringIO(text).readline) if token.type == NAME}
    return found | set(re.findall(r"(?:\$|\bAS )(\w+)", text))


@pytest.mark.parametrize("path", sorted((ROOT / "importers").rglob("*.py")) + modules(), ids=name_of)
def test_no_name_whatever_speaks_of_deeds_or_houses(path: Path) -> None:
    words = {name: set(name.lower().split("_")) for name in all_names(path.read_text())}

    assert {name for name, parts in words.items() if parts & GONE} == set()


def test_a_private_word_is_seen_in_any_part_of_a_name() -> None:
    assert private_words("bench_options") == {"bench"}
    assert private_words("SharedPasts") == {"pasts"}
    assert private_words("uncovered_gaps") == private_words("capacity") == private_words("_told") == set()


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_public_names_are_terms_of_the_field(path: Path) -> None:
    names = {name_of(path).rpartition(".")[2], *public_names(ast.parse(path.read_text()))}
    kept, _ = KEPT.get(name_of(path), (frozenset[str](), ""))

    assert {name for name in names if private_words(name)} == kept
