"""The examples in the docstrings of evolution are true."""

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

from graph import evolution

MODULES = ["graph.evolution", *(module.name for module in walk_packages(evolution.__path__, "graph.evolution."))]


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_of_a_module_are_true(module: str) -> None:
    assert doctest.testmod(import_module(module)).failed == 0
