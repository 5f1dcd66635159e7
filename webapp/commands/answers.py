"""How a command answers: JSON for programs, lines for people."""

import dataclasses
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import Enum
from typing import Any

import click

from graph.domain.dates import PartialDate

_WIDE = 110
_FIGURE = re.compile(r"[\d,.%]*|-")
_INNERMOST = re.compile(r"\[\n[^\[\]{}]*\n *\]")  # a line ends only between values: in a text it is escaped

as_json = click.option("--json", "json_", is_flag=True, help="Answer in JSON.")


@contextmanager
def solving() -> Iterator[None]:
    """Sends what the integer solver prints past Python to stderr meanwhile, so that an answer on stdout stays whole."""
    stdout = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(stdout, 1)
        os.close(stdout)


def say_json(answer: object) -> None:
    """Print one JSON document; dataclasses become objects, dates the text they are known by, a pair one line."""
    click.echo(_INNERMOST.sub(_on_one_line, json.dumps(plain(answer), ensure_ascii=False, indent=2)))


def say_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table that fits the terminal, with figures under figures."""
    from rich.console import Console  # costs a tenth of a second, which no answer in JSON has to wait for
    from rich.table import Table

    cells = [[str(cell) for cell in row] for row in rows]
    table = Table(title=title, title_justify="left")
    for position, column in enumerate(columns):
        figures = all(_FIGURE.fullmatch(row[position]) for row in cells)
        # A word too long for its column goes on in the next line: dates and names are not cut off.
        table.add_column(column, justify="right" if figures else "left", overflow="fold")
    for row in cells:
        table.add_row(*row)
    Console().print(table)


def is_narrow() -> bool:
    """Whether the terminal has too few columns for a table of more than four."""
    from rich.console import Console  # as above

    return Console().width < _WIDE


def progress(sentence: str) -> None:
    """Tell on the error stream how far the work is, so that the answer stays clean."""
    click.echo(sentence, err=True)


def _on_one_line(innermost: re.Match[str]) -> str:
    values = innermost[0][1:-1].strip().split("\n")
    return f"[{' '.join(map(str.strip, values))}]"


def plain(value: Any) -> Any:
    """An answer in what JSON holds: dataclasses as objects, dates and marks as the text they are known by."""
    if isinstance(value, PartialDate):
        return value.text
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
