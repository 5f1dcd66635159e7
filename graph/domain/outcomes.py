"""What reading a source yields beside records: rows that will not map, and what was odd about those that did."""

from dataclasses import dataclass

from graph.domain.records import Record


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row or record that became nothing, and why. `position` is a place a person can find ("line 17")."""

    position: str
    why: str


@dataclass(frozen=True, slots=True)
class Warned:
    """Something odd about a row that was read all the same. `position` is a place a person can find."""

    position: str
    what: str


Outcome = Record | Rejected | Warned
