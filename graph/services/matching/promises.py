"""What people have promised: as columns for matching, as what a page may tell, and whether one more can be added."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.connection import Row
from graph.domain.marks import PLANNERS, Audience
from graph.domain.programmes import LEARNING
from graph.matching.people.commitments import CommitmentColumns, read_commitments
from graph.matching.people.windows import DAYS_END
from graph.services.indexes import Axis


@dataclass(frozen=True, slots=True)
class Asked:
    """An opening (id) that somebody is asked for, with its days [first, until); its name only for those who plan."""

    opening: str
    name: str
    first: int
    until: int


def commitment_columns(rows: Sequence[Row], experts: Axis) -> CommitmentColumns:
    """A row for every promise, out of those of `store.commitments`."""
    days = [_days(row) for row in rows]
    return CommitmentColumns(
        person=[experts.index[row["person"]] for row in rows],
        first=[first for first, _ in days],
        until=[until for _, until in days],
        opening=[row["opening"] for row in rows],
        waits=[row["waits"] for row in rows],
        learns=[row["learns"] for row in rows],
    )


def asked_for(rows: Sequence[Row], audience: Audience) -> Mapping[str, tuple[Asked, ...]]:
    """Person -> the openings that wait for their answer. A host reads that there are others, but not which."""
    asked: dict[str, list[Asked]] = defaultdict(list)
    for row in rows:
        if row["waits"]:
            name = row["name"] if audience.role in PLANNERS else ""
            asked[row["person"]].append(Asked(row["opening"], name, *_days(row)))
    return {person: tuple(openings) for person, openings in asked.items()}


def has_place(promises: Sequence[Row], asked: Row) -> bool:
    """Whether the `expert` of this row can promise its opening beside these promises of theirs and of others.

    They carry as many at once as their `capacity` says; who goes out to learn learns one thing at once, whatever else
    they carry. `asked` also has the columns `opening`, `kind`, `first` and `last`.
    """
    learns = asked["kind"] in LEARNING
    rows = [row for row in promises if row["person"] == asked["expert"] and (row["learns"] or not learns)]
    promised = read_commitments(commitment_columns(rows, Axis.of_ids([asked["expert"]])), 1)
    carried = promised.at_once(*_days(asked), asked["opening"])[0]
    return bool(carried < (1 if learns else asked["capacity"]))


def as_promise(asked: Row) -> Row:
    """The row that `has_place` takes as a promise, as if the person had been asked already."""
    return {**asked, "person": asked["expert"], "waits": True, "learns": asked["kind"] in LEARNING}


def no_place(asked: Row) -> str:
    """Why `has_place` says no, to be read after their name."""
    if asked["kind"] in LEARNING:
        return "has promised to learn elsewhere in these days"
    return f"takes {asked['capacity']} at once and has no place left in these days"


def _days(row: Row) -> tuple[int, int]:
    """The first day and the first day after; what has no first day has always run, what has no last does not end."""
    first, last = (row[name] and date.fromisoformat(row[name]).toordinal() for name in ("first", "last"))
    return first or 0, last + 1 if last else DAYS_END - 1
