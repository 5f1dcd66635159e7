"""The ties and the actors as tables for sheets."""

from graph.services.network.export import ExportedTie, Extract
from webapp.exports.archives import archive
from webapp.exports.arcs import facts_of
from webapp.exports.csv_tables import for_sheets

_ACTORS = ("id", "name", "region", "name_withheld")
_TIES = ("source", "target", "first_day", "last_day", "channel", "funder", "mutual", "about", "weight")


def write_ties(extract: Extract) -> bytes:
    """One row a tie; a mutual one is one row and says so."""
    return for_sheets(_TIES, map(_tie_row, extract.ties))


def _write_actors(extract: Extract) -> bytes:
    """One row an actor with a tie."""
    rows = ((actor.id, actor.name, actor.group, _cell(not actor.named)) for actor in extract.actors)
    return for_sheets(_ACTORS, rows)


def write_both(extract: Extract) -> bytes:
    """Both tables in one ZIP archive."""
    return archive({"actors.csv": _write_actors(extract), "ties.csv": write_ties(extract)})


def _tie_row(tie: ExportedTie) -> list[str]:
    cells = {"source": tie.source, "target": tie.target, "weight": tie.weight, **facts_of(tie)}
    return [_cell(cells[name]) for name in _TIES]


def _cell(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
