"""The contacts and the actors as tables for sheets."""

from collections.abc import Mapping

from graph.services.network.export import ExportedContact, Extract
from webapp.exports.archives import archive
from webapp.exports.arcs import facts_of
from webapp.exports.csv_tables import for_sheets

_ACTORS = ("id", "name", "region", "name_withheld")
_CONTACTS = (
    "source",
    "target",
    "first_day",
    "last_day",
    "channel",
    "funder",
    "mutual",
    "about",
    "planned",
    "engagement",
    "fraction",
    "person_days",
    "weight",
    "source_group",
    "target_group",
)


def write_contacts(extract: Extract) -> bytes:
    """One row a contact; a mutual one is one row and says so. The regions of both ends stand beside it."""
    group = {actor.id: actor.group for actor in extract.actors}
    return for_sheets(_CONTACTS, (_row(contact, group) for contact in extract.contacts))


def _write_actors(extract: Extract) -> bytes:
    """One row an actor with a contact."""
    rows = ((actor.id, actor.name, actor.group, _cell(not actor.named)) for actor in extract.actors)
    return for_sheets(_ACTORS, rows)


def write_both(extract: Extract) -> bytes:
    """Both tables in one ZIP archive."""
    return archive({"actors.csv": _write_actors(extract), "contacts.csv": write_contacts(extract)})


def _row(contact: ExportedContact, group: Mapping[str, str]) -> list[str]:
    ends = {"source": contact.source, "target": contact.target}
    groups = {f"{end}_group": group[actor] for end, actor in ends.items()}
    cells = {**ends, **groups, "weight": contact.weight, **facts_of(contact)}
    return [_cell(cells[name]) for name in _CONTACTS]


def _cell(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else "" if value is None else str(value)
