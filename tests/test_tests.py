"""What every test keeps: one assert says one thing, and a test that asserts nothing says what it proves."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
CHECKING_CALLS = {"expect", "pytest.raises", "pytest.warns", "pytest.fail"}

TUPLE_WITH_A_BOOLEAN = "def test_both():\n    assert (found.name, found.late) == ('ana', True)\n"
BOOLEAN_ON_THE_LEFT = "def test_both():\n    assert (1, False) == (count(), late())\n"
ONE_ASSERT_EACH = "def test_both():\n    assert found.rows == [('ana', True)]\n    assert (first, last) == (1, 2)\n"
SILENT = "def test_it_runs():\n    run()\n"
SAYS_IT = 'def test_it_runs():\n    """A row that does not fit would raise."""\n    run()\n'
CHECKS = "def check(found):\n    assert found\n\ndef run():\n    check(1)\n\ndef test_it_runs():\n    run()\n"
RAISES = "def test_it_runs():\n    with pytest.raises(ValueError):\n        start()\n"


@cache
def _trees() -> dict[str, ast.Module]:
    paths = sorted(TESTS.rglob("*.py"))
    return {str(path.relative_to(TESTS)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def _joined(tree: ast.AST) -> Iterator[ast.Assert]:
    """The asserts that compare tuples of which one holds True or False."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Compare):
            compared = (node.test.left, *node.test.comparators)
            if any(isinstance(side, ast.Tuple) and any(map(_is_boolean, side.elts)) for side in compared):
                yield node


def _is_boolean(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, bool)


def _functions(trees: dict[str, ast.Module]) -> Iterator[tuple[str, ast.FunctionDef]]:
    for path, tree in trees.items():
        yield from ((path, node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _calls(function: ast.FunctionDef) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}


def _checking(trees: dict[str, ast.Module]) -> set[str]:
    """Names of the functions that assert something, by themselves or through one they call."""
    functions = [function for _, function in _functions(trees)]
    asserting = {one.name for one in functions if any(isinstance(node, ast.Assert) for node in ast.walk(one))}
    found: set[str] = set()
    more = asserting | CHECKING_CALLS
    while more - found:
        found |= more
        more = {function.name for function in functions if _calls(function) & found}
    return found


def _silent(trees: dict[str, ast.Module]) -> list[str]:
    """The tests that check nothing and have no docstring that says what they prove."""
    checking = _checking(trees)
    tests = ((path, function) for path, function in _functions(trees) if function.name.startswith("test_"))
    return [f"{path}: {test.name}" for path, test in tests if test.name not in checking and not ast.get_docstring(test)]


def test_an_assert_does_not_join_unlike_things_with_a_boolean() -> None:
    found = [f"{path}:{node.lineno}" for path, tree in _trees().items() for node in _joined(tree)]
    assert found == [], "write one assert for each thing"


def test_a_test_without_an_assert_says_in_its_docstring_what_it_proves() -> None:
    assert _silent(_trees()) == []


@pytest.mark.parametrize("text", [TUPLE_WITH_A_BOOLEAN, BOOLEAN_ON_THE_LEFT])
def test_a_tuple_with_a_boolean_is_found(text: str) -> None:
    assert len(list(_joined(ast.parse(text)))) == 1


def test_a_row_of_a_list_and_a_pair_of_numbers_may_be_compared_as_they_are() -> None:
    assert list(_joined(ast.parse(ONE_ASSERT_EACH))) == []


def test_a_silent_test_is_found() -> None:
    assert _silent({"test_x.py": ast.parse(SILENT)}) == ["test_x.py: test_it_runs"]


@pytest.mark.parametrize("text", [SAYS_IT, CHECKS, RAISES])
def test_a_docstring_a_called_check_and_an_expected_error_each_say_what_is_proved(text: str) -> None:
    assert _silent({"test_x.py": ast.parse(text)}) == []
