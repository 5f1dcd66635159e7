"""The examples in the docstrings of evolution are true."""

import doctest
from importlib import import_module
from pkgutil import iter_modules

import pytest

from graph import evolution

MODULES = ["graph.evolution", *(f"graph.evolution.{module.name}" for module in iter_modules(evolution.__path__))]


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_of_a_module_are_true(module: str) -> None:
    assert doctest.testmod(import_module(module)).failed == 0
