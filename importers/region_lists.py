"""A list of regions of one's own: which country lies in which region, as a table of `country,region`."""

from collections.abc import Iterator
from pathlib import Path

from graph.domain.outcomes import Rejected
from importers.files import Unreadable
from importers.rows import table_rows

COLUMNS = ("country", "region")


def read(path: Path) -> Iterator[tuple[str, str]]:
    """The pairs of country (ISO 3166, two letters) and region. Raises Unreadable with the place of what will not do."""
    for row in table_rows(path, COLUMNS):
        if isinstance(row, Rejected):
            raise Unreadable(path, f"has a row that will not do at {row.position}: {row.why}")
        if not (row["country"] and row["region"]):
            raise Unreadable(path, f"lacks a country or a region at {row.position}; write rows like gh,West Africa")
        yield row["country"].casefold(), row["region"]
