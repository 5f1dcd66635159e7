"""Numeric functions say the same things in the same parts and the same order."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ("Arguments", "Returns", "Raises", "Complexity", "Reference")


def numeric_modules() -> list[str]:
    rooms = (ROOT / "graph" / "matching", ROOT / "graph" / "evolution")
    return sorted(str(path.relative_to(ROOT)) for room in rooms for path in room.rglob("*.py"))


def public_functions(module: str) -> Iterator[tuple[str, str]]:
    for node in ast.parse((ROOT / module).read_text()).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name, (ast.get_docstring(node) or "").partition(">>>")[0]


def flaws(text: str) -> list[str]:
    """What a docstring says outside its part, or in another order."""
    stated = re.findall(rf"^({'|'.join(PARTS)}): ", text, re.MULTILINE)
    flaws = [] if stated == sorted(set(stated), key=PARTS.index) else [f"order: {stated}"]
    flaws += re.findall(r"(?:^|\. )Raises [A-Z]\w+", text, re.MULTILINE)
    return flaws + re.findall(r"\bSource: .*", text)


def test_a_part_out_of_order_or_in_a_sentence_is_a_flaw() -> None:
    assert flaws("Sum of a column.\n\nReturns: a number.\nRaises: InvalidValue.\nComplexity: O(n).") == []
    assert flaws("Sum of a column.\n\nComplexity: O(n).\nReturns: a number.") == ["order: ['Complexity', 'Returns']"]
    assert flaws("Sum of a column. Raises InvalidValue.") == [". Raises InvalidValue"]
    assert flaws("Sum of a column. Source: Gauss.") == ["Source: Gauss."]


@pytest.mark.parametrize("module", numeric_modules())
def test_numeric_functions_are_described_in_fixed_parts(module: str) -> None:
    assert {name: found for name, text in public_functions(module) if (found := flaws(text))} == {}
