"""What a list page asks for and what it gets."""

from dataclasses import dataclass
from enum import StrEnum

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.records import fold
from graph.statement import Statement

SIZE = 25


class SortDirection(StrEnum):
    """Which end of a sorted list comes first."""

    ASCENDING = "asc"
    DESCENDING = "desc"


@dataclass(frozen=True, slots=True)
class Query:
    """A list as the viewer wants it: words that must all occur, facets by name, a sort and a page from 1.

    Where a list looks ahead, what ended before `today` (YYYY-MM-DD) comes after what is still to come.
    """

    words: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    sort: str = "name"
    direction: SortDirection = SortDirection.ASCENDING
    page: int = 1
    size: int = SIZE
    today: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: its rows, how many there are in all, and the query that asked for it."""

    rows: list[Row]
    total: int
    query: Query

    @property
    def last(self) -> int:
        """The number of the last page, from 1."""
        return max(1, -(-self.total // self.query.size))


@dataclass(frozen=True, slots=True)
class Listing:
    """The two statements behind one list page.

    `keys` finds what fits the words and facets: one row of two lists, `ids` and the `keys` to sort them by.
    `rows` shows the records of `$ids`. Order and count come from the same answer, so they cannot disagree;
    it takes O(n log n) for n records that fit.
    """

    keys: Statement
    rows: Statement
    facets: tuple[str, ...] = ()

    def page(self, graph: Graph, audience: Audience, query: Query) -> Page:
        """One page of what this viewer may see; records without a sort key come last either way."""
        ids = self._sorted_ids(graph, audience, query)
        skip = (query.page - 1) * query.size
        shown = ids[skip : skip + query.size]
        rows = {row["id"]: row for row in graph.read(self.rows, ids=shown, **audience.parameters)} if shown else {}
        return Page([rows[id_] for id_ in shown if id_ in rows], len(ids), query)

    def _sorted_ids(self, graph: Graph, audience: Audience, query: Query) -> list[str]:
        wanted = dict(query.facets)
        facets = {name: wanted.get(name, "") for name in self.facets}
        asked = {**audience.parameters, "words": fold(query.words).split(), "sort": query.sort, **facets}
        if "today" in self.keys.parameters:
            asked["today"] = query.today
        (found,) = graph.read(self.keys, **asked)
        pairs = sorted(zip(found["keys"], found["ids"], strict=True))
        if query.direction is SortDirection.DESCENDING:
            pairs.reverse()
        return [id_ for key, id_ in pairs if key != ""] + [id_ for key, id_ in pairs if key == ""]
