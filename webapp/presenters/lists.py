"""What a list page says above its table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.connection import Row
from graph.store.pages import Page
from webapp.presenters import words


@dataclass(frozen=True, slots=True)
class Noun:
    """What a list counts, and the words for a narrowed one: facet name -> "based in {}"."""

    one: str
    many: str
    narrowed: Mapping[str, str]


def headline(page: Page, noun: Noun, facets: Mapping[str, Sequence[Row]]) -> str:
    """The answer of the list: "312 people", "41 people who speak French and are based in Togo"."""
    total = words.counted(page.total, noun.one, noun.many) if page.total else f"No {noun.many}"
    asked = [noun.narrowed[name].format(_name(facets.get(name, ()), value)) for name, value in page.query.facets]
    found = f"matching “{page.query.words}”" if page.query.words else ""
    return " ".join(part for part in (total, found, ", ".join(asked)) if part)


def _name(rows: Sequence[Row], value: str) -> str:
    return next((words.plain(row["name"]) for row in rows if row["id"] == value), value)
