"""What a plain tie file says of every actor, window by window, as a table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.evolution.measures.structures import Structure
from webapp.exports.csv_tables import for_sheets

_SPAN = ("from", "to")
COLUMNS = (
    "degree",
    "in_degree",
    "out_degree",
    "contacts",
    "strength",
    "triangles",
    "local_clustering",
    "component",
)


def write(rows: Iterable[Sequence[object]]) -> bytes:
    """The table: a row for every window and every actor with a contact in it."""
    return for_sheets(
        (*_SPAN, "actor", *COLUMNS), (["" if cell is None else str(cell) for cell in row] for row in rows)
    )


def rows_of(span: Mapping[str, object], network: Structure, actors: Sequence[str]) -> Iterator[Sequence[object]]:
    """The rows of one window, actors in the order of their names; empty cells where ties have no direction."""
    nothing = [None] * network.actors
    columns = {
        "degree": network.degree.tolist(),
        "in_degree": nothing if network.in_degree is None else network.in_degree.tolist(),
        "out_degree": nothing if network.out_degree is None else network.out_degree.tolist(),
        "contacts": network.contacts_at.tolist(),
        "strength": network.strengths.tolist(),
        "triangles": network.triangles_at.tolist(),
        "local_clustering": network.local_clustering.tolist(),
        "component": network.component_of.tolist(),
    }
    names = [actors[position] for position in network.positions.tolist()]
    values = zip(names, *(columns[name] for name in COLUMNS), strict=True)
    return ((*(span[end] for end in _SPAN), *row) for row in sorted(values, key=lambda row: row[0]))
