"""Packages that a library uses where they are installed, and that we have no use for."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def hidden(package: str) -> Iterator[None]:
    """Within it, importing that package fails as if it were not installed; one imported before stays as it is."""
    modules: dict[str, Any] = sys.modules
    if package in modules:
        yield
        return
    modules[package] = None
    try:
        yield
    finally:
        del modules[package]
