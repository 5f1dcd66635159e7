"""The engine's program files: jars and a Java runtime, both inside an installed Python package."""

import importlib.metadata
import importlib.util
import sys
from pathlib import Path

from graph.engine.errors import EngineError

_PACKAGE = "arcadedb_embedded"
_REPAIR = "run `pip install --force-reinstall -r requirements.txt`"


def java() -> Path:
    """The Java launcher that the package brings along. Raises EngineError where it is missing."""
    return _existing(_root() / "jre" / "bin" / ("java.exe" if sys.platform == "win32" else "java"))


def jars() -> Path:
    """The folder of jars. Raises EngineError where it is missing."""
    return _existing(_root() / "jars")


def version() -> str:
    """The installed version of the package, for people to read."""
    try:
        return importlib.metadata.version("arcadedb-embedded")
    except importlib.metadata.PackageNotFoundError as missing:
        raise _not_installed() from missing


def _root() -> Path:
    # Only looked up, never imported: the import would load a Java machine into this very process.
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise _not_installed()
    return Path(found.origin).parent


def _existing(path: Path) -> Path:
    if not path.exists():
        raise EngineError(f"The graph engine's files are incomplete, {path.name} is missing; {_REPAIR}.")
    return path


def _not_installed() -> EngineError:
    return EngineError(f"The graph engine is not installed; {_REPAIR}.")
