"""The page for whoever uses the functions of matching by themselves: what it shows is what they answer."""

import doctest
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

from graph import matching

PAGE = Path(__file__).parents[2] / "docs" / "matching.md"


MODULES = [module.name for module in walk_packages(matching.__path__, "graph.matching.")]


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_of_a_module_are_true(module: str) -> None:
    assert doctest.testmod(import_module(module)).failed == 0


def test_the_page_on_functions_shows_what_they_answer() -> None:
    found = doctest.testfile(str(PAGE), module_relative=False)
    assert found.attempted > 0
    assert found.failed == 0
