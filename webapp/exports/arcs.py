"""Contacts as the directed edges that other tools know: a mutual one becomes one each way."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from graph.services.network.export import ExportedContact, Extract

Spell = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Arc:
    """One directed edge; `number` counts them from 0, and both edges of a mutual contact share its number `contact`."""

    number: int
    contact: int
    source: str
    target: str
    behind: ExportedContact

    @property
    def spell(self) -> Spell:
        """From the first day to the day after the last; None where it goes on."""
        return _spell_of(self.behind)

    @property
    def facts(self) -> dict[str, object]:
        """What stands beside the ends of an edge, by the names of `FACTS`."""
        return {"contact": self.contact, **facts_of(self.behind)}


FACTS: Mapping[str, str] = {
    "contact": "integer",
    "channel": "string",
    "first_day": "string",
    "last_day": "string",
    "funder": "string",
    "mutual": "boolean",
    "about": "string",
    "planned": "boolean",
    "engagement": "string",
    "fraction": "double",
    "person_days": "double",
}
"""The attributes of an edge and their types."""


def facts_of(contact: ExportedContact) -> dict[str, object]:
    """The attributes of a contact as they are written; one that goes on has no last day, None is what is not known."""
    return {
        "channel": contact.channel,
        "first_day": contact.first.isoformat(),
        "last_day": contact.last.isoformat() if contact.last else "",
        "funder": contact.funder,
        "mutual": contact.mutual,
        "about": "; ".join(contact.about),
        "planned": contact.planned,
        "engagement": contact.engagement,
        "fraction": contact.fraction,
        "person_days": contact.person_days,
    }


def arcs(extract: Extract) -> Iterator[Arc]:
    """The edges in the order of the contacts. O(contacts)."""
    number = 0
    for place, contact in enumerate(extract.contacts):
        ends = [(contact.source, contact.target)] + ([(contact.target, contact.source)] if contact.mutual else [])
        for source, target in ends:
            yield Arc(number, place, source, target, contact)
            number += 1


def _spell_of(contact: ExportedContact) -> Spell:
    """When a contact holds, the day after its last one excluded."""
    return contact.first, contact.last + timedelta(days=1) if contact.last else None


def presences(extract: Extract) -> dict[str, list[Spell]]:
    """When each actor has a contact: spells apart from each other, in order. O(contacts log contacts)."""
    spells: dict[str, list[Spell]] = defaultdict(list)
    for contact in extract.contacts:
        for actor in {contact.source, contact.target}:
            spells[actor].append(_spell_of(contact))
    return {actor: _joined(found) for actor, found in spells.items()}


def _joined(spells: list[Spell]) -> list[Spell]:
    """Spells that overlap or meet become one.

    >>> days = [date(2020, 1, day) for day in range(1, 9)]
    >>> [(a.day, b and b.day) for a, b in _joined([(days[4], None), (days[0], days[2]), (days[2], days[3])])]
    [(1, 4), (5, None)]
    """
    joined: list[Spell] = []
    for start, end in sorted(spells, key=lambda spell: spell[0]):
        if joined and (joined[-1][1] is None or start <= joined[-1][1]):
            first, before = joined[-1]
            joined[-1] = first, None if before is None or end is None else max(before, end)
        else:
            joined.append((start, end))
    return joined
