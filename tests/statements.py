"""Which statements run within a block, and how many of our functions lie between the edge and each of them."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graph.connection import Database, Row, Transaction
from graph.statement import Statement

_ROOT = Path(__file__).parents[1]
_OURS = tuple(str(_ROOT / package) for package in ("graph", "importers", "webapp"))
_CARRYING = {str(_ROOT / "graph" / "connection.py"), str(_ROOT / "webapp" / "current.py")}


@dataclass(frozen=True, slots=True)
class Ran:
    """A statement as it was sent to the engine, and the depth of our calls at which that happened."""

    statement: Statement
    levels: int


@contextmanager
def statements_run() -> Iterator[list[Ran]]:
    """Everything sent to any engine inside this block, in order, versions and stamps included."""
    ran: list[Ran] = []
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in ((Database, "_read"), (Transaction, "_run")):
            patch.setattr(owner, name, _noting(getattr(owner, name), ran))
        yield ran


def _noting(send: Any, ran: list[Ran]) -> Any:
    def noted(graph: Any, statement: Statement, parameters: dict[str, object]) -> list[Row]:
        ran.append(Ran(statement, _levels()))
        rows: list[Row] = send(graph, statement, parameters)
        return rows

    return noted


def _levels() -> int:
    files = (frame.f_code.co_filename for frame, _ in traceback.walk_stack(None))
    return sum(file.startswith(_OURS) and file not in _CARRYING for file in files)
