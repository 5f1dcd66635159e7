"""The ties and the actors as tables: CSV in UTF-8 with a byte order mark, no cell that a sheet would calculate."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from graph.services.network.export import Extract
from webapp.exports.archives import archive
from webapp.exports.arcs import facts_of
from webapp.listings import guarded

_ACTORS = ("id", "name", "region", "name_withheld")
_TIES = ("source", "target", "first_day", "last_day", "channel", "funder", "mutual", "about", "weight")


def write_ties(extract: Extract) -> bytes:
    """One row a tie; a mutual one is one row and says so."""
    return _csv(_TIES, (_tie_row(extract, place) for place in range(len(extract.ties))))


def write_actors(extract: Extract) -> bytes:
    """One row an actor with a tie."""
    rows = ((actor.id, actor.name, actor.group, not actor.named) for actor in extract.actors)
    return _csv(_ACTORS, rows)


def write_both(extract: Extract) -> bytes:
    """Both tables in one ZIP archive."""
    return archive({"actors.csv": write_actors(extract), "ties.csv": write_ties(extract)})


def _tie_row(extract: Extract, place: int) -> tuple[object, ...]:
    tie = extract.ties[place]
    cells = {"source": tie.source, "target": tie.target, "weight": tie.weight, **facts_of(tie)}
    return tuple(cells[name] for name in _TIES)


def _csv(names: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerow(names)
    writer.writerows([guarded(_cell(value)) for value in row] for row in rows)
    return ("\ufeff" + buffer.getvalue()).encode()


def _cell(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
