"""An institution in words: what it did in whose engagement, and since when the network knows it."""

from collections.abc import Sequence
from itertools import groupby

from graph.connection import Row
from webapp.presenters.words import engagement_name


def engagements(rows: Sequence[Row]) -> list[Row]:
    """One row per engagement, in their order, under a name that says whose it is.

    `parts` are all the parts the institution had in it.
    """
    return [_joined(list(group)) for _, group in groupby(rows, key=lambda row: row["id"])]


def _joined(rows: Sequence[Row]) -> Row:
    first = rows[0]
    name = engagement_name(first["label"], first["name"], [*first["people"], *first["places"]])
    return {**first, "name": name, "parts": [row["part"] for row in rows]}


def year_of(rows: Sequence[Row]) -> str:
    """The year in which the latest of these engagements began; empty where none says."""
    return next((row["first"][:4] for row in rows if row["first"]), "")
