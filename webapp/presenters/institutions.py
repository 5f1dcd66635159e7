"""An institution in words: what it did in which engagement."""

from collections.abc import Sequence
from itertools import groupby

from graph.connection import Row


def engagements(rows: Sequence[Row]) -> list[Row]:
    """One row per engagement, in their order; `parts` are all the parts the institution had in it."""
    return [_joined(list(group)) for _, group in groupby(rows, key=lambda row: row["id"])]


def _joined(rows: Sequence[Row]) -> Row:
    return {**rows[0], "parts": [row["part"] for row in rows]}
