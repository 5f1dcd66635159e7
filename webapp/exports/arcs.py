"""Ties as the directed edges that other tools know: a mutual tie becomes one each way."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from graph.services.network.export import ExportedTie, Extract

Spell = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Arc:
    """One directed edge; `number` counts them from 0, and both edges of a mutual tie share the tie's `tie`."""

    number: int
    tie: int
    source: str
    target: str
    behind: ExportedTie

    @property
    def spell(self) -> Spell:
        """From the first day to the day after the last; None where it goes on."""
        return _spell_of(self.behind)

    @property
    def facts(self) -> dict[str, object]:
        """What stands beside the ends of an edge, by the names of `FACTS`."""
        return {"tie": self.tie, **facts_of(self.behind)}


FACTS: Mapping[str, str] = {
    "tie": "integer",
    "channel": "string",
    "first_day": "string",
    "last_day": "string",
    "funder": "string",
    "mutual": "boolean",
    "about": "string",
    "planned": "boolean",
}
"""The attributes of an edge and their types."""


def facts_of(tie: ExportedTie) -> dict[str, object]:
    """The attributes of a tie as they are written; a tie that goes on has no last day."""
    return {
        "channel": tie.channel,
        "first_day": tie.first.isoformat(),
        "last_day": tie.last.isoformat() if tie.last else "",
        "funder": tie.funder,
        "mutual": tie.mutual,
        "about": "; ".join(tie.about),
        "planned": tie.planned,
    }


def arcs(extract: Extract) -> Iterator[Arc]:
    """The edges in the order of the ties. O(ties)."""
    number = 0
    for place, tie in enumerate(extract.ties):
        ends = [(tie.source, tie.target)] + ([(tie.target, tie.source)] if tie.mutual else [])
        for source, target in ends:
            yield Arc(number, place, source, target, tie)
            number += 1


def _spell_of(tie: ExportedTie) -> Spell:
    """When a tie holds, the day after its last one excluded."""
    return tie.first, tie.last + timedelta(days=1) if tie.last else None


def presences(extract: Extract) -> dict[str, list[Spell]]:
    """When each actor has a tie: spells apart from each other, in order. O(ties log ties)."""
    spells: dict[str, list[Spell]] = defaultdict(list)
    for tie in extract.ties:
        for actor in {tie.source, tie.target}:
            spells[actor].append(_spell_of(tie))
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
