"""What list pages have in common: reading the query out of the address, and the same list as a CSV file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Response, request

from graph.connection import Row
from graph.store.pages import Page, Query, SortDirection
from webapp import current
from webapp.exports.csv_tables import for_sheets
from webapp.presenters import words

_LARGEST_EXPORT = 100_000
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: the row's key, its heading, the sort it offers, and whether it holds figures."""

    key: str
    label: str
    sort: str = ""
    numeric: bool = False


def asked(
    sorts: Sequence[str], facets: Iterable[str] = (), direction: SortDirection = SortDirection.ASCENDING
) -> Query:
    """The query of this request. The first of `sorts` is the default; what is not understood falls back to it."""
    found = request.args
    sort = found.get("sort", "").removeprefix("-")
    if sort in sorts:
        direction = SortDirection.DESCENDING if found["sort"].startswith("-") else SortDirection.ASCENDING
    page = found.get("page", "")
    return Query(
        words=found.get("q", "").strip()[:200],
        facets=tuple((name, found.get(name, "")[:200]) for name in facets if found.get(name)),
        sort=sort if sort in sorts else next(iter(sorts), ""),
        direction=direction,
        page=max(1, int(page)) if page.isdecimal() and len(page) < 8 else 1,
        size=_LARGEST_EXPORT if wants_csv() else Query().size,
        today=current.today().isoformat(),
    )


def paged(rows: Sequence[Row], query: Query) -> Page:
    """One page of rows at hand, in the order of the query, equal ones as they come; an empty text stands last."""
    ordered = sorted(
        rows,
        key=lambda row: _LAST if row[query.sort] == "" else row[query.sort],
        reverse=query.direction is SortDirection.DESCENDING,
    )
    skip = (query.page - 1) * query.size
    return Page(ordered[skip : skip + query.size], len(ordered), query)


def wants_csv() -> bool:
    """Whether the list is asked for as a file."""
    return request.args.get("format") == "csv"


def as_csv(page: Page, columns: Sequence[Column], name: str) -> Response:
    """The list as it is shown, with all its rows, as a table for sheets."""
    content = for_sheets(
        [column.label for column in columns], ([_cell(row, column.key) for column in columns] for row in page.rows)
    )
    disposition = {"Content-Disposition": f'attachment; filename="baton-{name}.csv"'}
    return Response(content, mimetype="text/csv", headers=disposition)


def _cell(row: Row, key: str) -> str:
    value = row.get(key)
    return "; ".join(map(_item, value)) if isinstance(value, list) else _item(value)


def _item(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values() if part is not None)
    return words.plain(value)
