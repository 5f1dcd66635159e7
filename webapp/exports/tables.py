"""The ties and the actors as tables for sheets."""

from collections.abc import Mapping

from graph.services.network.export import ExportedTie, Extract
from webapp.exports.archives import archive
from webapp.exports.arcs import facts_of
from webapp.exports.csv_tables import for_sheets

_ACTORS = ("id", "name", "region", "name_withheld")
_TIES = (
    "source",
    "target",
    "first_day",
    "last_day",
    "channel",
    "funder",
    "mutual",
    "about",
    "planned",
    "weight",
    "source_group",
    "target_group",
)


def write_ties(extract: Extract) -> bytes:
    """One row a tie; a mutual one is one row and says so. The regions of both ends stand beside it."""
    group = {actor.id: actor.group for actor in extract.actors}
    return for_sheets(_TIES, (_tie_row(tie, group) for tie in extract.ties))


def _write_actors(extract: Extract) -> bytes:
    """One row an actor with a tie."""
    rows = ((actor.id, actor.name, actor.group, _cell(not actor.named)) for actor in extract.actors)
    return for_sheets(_ACTORS, rows)


def write_both(extract: Extract) -> bytes:
    """Both tables in one ZIP archive."""
    return archive({"actors.csv": _write_actors(extract), "ties.csv": write_ties(extract)})


def _tie_row(tie: ExportedTie, group: Mapping[str, str]) -> list[str]:
    ends = {"source": tie.source, "target": tie.target}
    groups = {f"{end}_group": group[actor] for end, actor in ends.items()}
    cells = {**ends, **groups, "weight": tie.weight, **facts_of(tie)}
    return [_cell(cells[name]) for name in _TIES]


def _cell(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
