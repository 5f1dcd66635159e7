"""The first page of a signed-in person: what needs them today, in one sentence and a few rows."""

import json
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.connection import Row
from graph.domain.marks import Role
from webapp.presenters import words
from webapp.presenters.programmes.programmes import RelayGap


@dataclass(frozen=True, slots=True)
class Closing:
    """Openings that still wait: the nearest ones, how many there are in all, how many close this month."""

    nearest: Sequence[Row]
    total: int
    soon: int


@dataclass(frozen=True, slots=True)
class Desk:
    """What the first page knows about the viewer, each part empty where it is none of theirs."""

    closing: Closing
    history: Sequence[Row]
    programmes: Sequence[Row]
    imports: Sequence[Row]
    numbers: Mapping[str, int]
    stages: Sequence[Row]
    proposals: Sequence[Row]
    waiting: int
    relays: Sequence[RelayGap] = ()


def end_of_month(day: date) -> date:
    """The last day of the month that `day` lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def imports(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Import runs with their counts as numbers by name."""
    return [{**row, "counts": json.loads(row["counts"])} for row in rows]


def headline(role: Role, desk: Desk) -> str:
    """The answer to what the viewer came for; what waits for them comes before anything else."""
    if desk.waiting:
        return f"{words.counted(desk.waiting, 'proposal waits', 'proposals wait')} for you"
    sentence = {
        Role.MEMBER: _own_history,
        Role.HOST: _own_programmes,
        Role.RESEARCHER: _network,
        Role.ADMIN: _last_import,
    }.get(role, _deadlines)
    return sentence(desk)


def _deadlines(desk: Desk) -> str:
    if desk.closing.soon:
        return f"{words.counted(desk.closing.soon, 'opening closes', 'openings close')} this month"
    if desk.closing.nearest:
        return f"The next opening closes on {words.day(desk.closing.nearest[0]['deadline'])}"
    return "No opening has a deadline ahead"


def _own_history(desk: Desk) -> str:
    active = sum(row["status"] == "active" for row in desk.history)
    if active:
        return f"You take part in {words.counted(active, 'engagement')} now"
    if desk.history:
        return f"You took part in {words.counted(len(desk.history), 'engagement')}"
    return "Your history starts here"


def _own_programmes(desk: Desk) -> str:
    count = len(desk.programmes)
    return f"{words.counted(count, 'programme is', 'programmes are')} yours" if count else _deadlines(desk)


def _network(desk: Desk) -> str:
    ties, places = desk.numbers["engagements"], desk.numbers["institutions"]
    if not ties:
        return "No engagement is recorded yet"
    return f"{words.counted(ties, 'engagement')} among {words.counted(places, 'institution')}"


def _last_import(desk: Desk) -> str:
    if not desk.imports:
        return "Nothing has been imported yet"
    rejected = desk.imports[0]["counts"].get("rejected", 0)
    return f"The last import left out {words.counted(rejected, 'row')}" if rejected else "The last import is whole"
