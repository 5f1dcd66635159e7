"""The cluster files of the MISP galaxy, read where their package put them, without loading its code."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from graph.errors import Unavailable

PACKAGE = "pymispgalaxies"


def cluster(name: str) -> list[dict[str, Any]]:
    """The entries of one cluster file, in its order. Raises Unavailable when package or file is missing."""
    spec = find_spec(PACKAGE)
    if not spec or not spec.submodule_search_locations:
        raise Unavailable(f"The package {PACKAGE} is not installed; run the set-up again and retry.")
    path = Path(spec.submodule_search_locations[0], "data", "misp-galaxy", "clusters", f"{name}.json")
    if not path.is_file():
        raise Unavailable(f"The package {PACKAGE} no longer holds {name}; install the pinned version and retry.")
    entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["values"]
    return entries


def split_code(value: str) -> tuple[str, str]:
    """ "Some words - S0136" -> ("Some words", "S0136"): these files put the code last."""
    words, _, code = value.rpartition(" - ")
    return words, code
