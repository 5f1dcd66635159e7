"""Engagements out of any table, CSV or XLSX: who passed know-how to whom, one row each."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Any

from babel.numbers import get_currency_precision

from graph.domain.dates import PartialDate
from graph.domain.engagements import (
    Engagement,
    EngagementStatus,
    JointProject,
    Mentorship,
    Partner,
    ScholarReturn,
    Scholarship,
    Secondment,
    Training,
)
from graph.domain.identifiers import RecordId
from graph.domain.marks import Tlp
from graph.domain.outcomes import Outcome, Rejected, Warned
from graph.errors import InvalidValue
from importers.cells import institution_id, split_list, stable_id, status_on, word_of
from importers.rows import SheetRow, mapped_rows

COLUMNS = (
    "kind",
    "source",
    "target",
    "expert",
    "name",
    "start",
    "end",
    "status",
    "programme",
    "capability",
    "funder",
    "share",
    "amount",
    "currency",
    "returned",
    "returned_on",
    "id",
)
REQUIRED = ("kind", "source", "target")


class RowKind(StrEnum):
    """What a row can be."""

    SECONDMENT = "secondment"
    MENTORSHIP = "mentorship"
    SCHOLARSHIP = "scholarship"
    TRAINING = "training"
    JOINT_PROJECT = "joint_project"


def source_name(dataset: str) -> str:
    """The `source` of the engagements of one data set, so that two files do not retire each other's."""
    return stable_id("ties", dataset)


@dataclass(frozen=True, slots=True)
class _Origin:
    """What all rows of one run share."""

    dataset: str
    today: date


def read(path: Path, mapping: Mapping[str, str], dataset: str, today: date) -> Iterator[Outcome]:
    """Every row as an engagement, marked TLP:GREEN; a row with anything wrong in it is Rejected.

    `mapping` is ours (`COLUMNS`) -> theirs, or a constant as in kind=:mentorship. Know-how goes from source to
    target, and both are ids of ours (institutions may be ROR addresses):

    mentorship     source the mentor, target the mentee
    secondment     expert who goes, source the home institution, target the host
    scholarship    expert who studies, source the place of study, target the home institution; returned yes, no or
                   not known, which a day in returned_on says too
    training       name, source the institution that holds it, target the expert who attends
    joint_project  name, source and target are partners

    Rows of one training or joint project (the same id; without ids the same name, dates and, for a training,
    source) become one engagement with all who took part. Other rows that come to the same id are Rejected.
    `share` is the part of full time of each person, `amount` what the funder pays, in whole units of `currency`.
    A status left out follows from the dates on the day `today`. Holds the engagements in memory. Raises
    InvalidValue for a mapping that will not do and Unreadable for a file that will not.
    """
    for column in REQUIRED:
        if column not in mapping:
            raise InvalidValue("map", ",".join(mapping), f"does not say where to find {column}; add {column}=<column>")
    engagements: dict[str, tuple[str, Engagement]] = {}
    origin = _Origin(dataset, today)
    for row in mapped_rows(path, mapping, COLUMNS):
        if isinstance(row, Rejected):
            yield row
            continue
        try:
            yield from _take(row, origin, engagements)
        except InvalidValue as error:
            yield Rejected(row.position, str(error))
    for _, engagement in engagements.values():
        yield engagement


def _take(row: SheetRow, origin: _Origin, engagements: dict[str, tuple[str, Engagement]]) -> Iterator[Warned]:
    kind = word_of(RowKind, "kind", row["kind"])
    engagement = _BUILDERS[kind](row, origin)
    if engagement.id not in engagements:
        engagements[engagement.id] = row.position, engagement
        return
    position, earlier = engagements[engagement.id]
    joined = _joined(earlier, engagement, position)
    if joined == earlier:
        yield Warned(row.position, f"says nothing that {position} does not say; counted once")
    engagements[engagement.id] = position, joined


def _joined(earlier: Engagement, later: Engagement, position: str) -> Engagement:
    """One engagement out of two rows about it. Raises InvalidValue when they are about two, or contradict."""
    if earlier == later:
        return earlier
    field = _PARTIES.get(type(later), "")
    if field and _with_parties(earlier, field, ()) == _with_parties(later, field, ()):
        return _with_parties(earlier, field, (*getattr(earlier, field), *getattr(later, field)))
    why = f"is also the id of {position}, which says something else; give each its own id, or one row a capability list"
    raise InvalidValue("id", later.id, why)


def _with_parties(engagement: Engagement, field: str, parties: tuple[object, ...]) -> Engagement:
    changes: dict[str, Any] = {field: tuple(dict.fromkeys(parties))}
    return dataclasses.replace(engagement, **changes)


def _mentorship(row: SheetRow, origin: _Origin) -> Engagement:
    mentor, mentee = _expert(row, "source"), _expert(row, "target")
    return Mentorship(**_shared(row, origin, mentor, mentee), programme=_programme(row), mentor=mentor, mentee=mentee)


def _secondment(row: SheetRow, origin: _Origin) -> Engagement:
    expert, host = _expert(row, "expert"), _institution(row, "target")
    home = _maybe_institution(row, "source")
    return Secondment(
        **_shared(row, origin, expert, host), programme=_programme(row), expert=expert, home=home, host=host
    )


def _scholarship(row: SheetRow, origin: _Origin) -> Engagement:
    scholar, place = _expert(row, "expert"), _institution(row, "source")
    home = _maybe_institution(row, "target")
    returned_on = _date(row, "returned_on")
    returned = word_of(ScholarReturn, "returned", row["returned"]) if row["returned"] else _came_back(returned_on)
    return Scholarship(
        **_shared(row, origin, scholar, place),
        scholar=scholar,
        place=place,
        home=home,
        returned=returned,
        returned_on=returned_on,
    )


def _came_back(on: PartialDate | None) -> ScholarReturn:
    return ScholarReturn.YES if on else ScholarReturn.NOT_KNOWN


def _training(row: SheetRow, origin: _Origin) -> Engagement:
    name, organiser = _given(row, "name"), _institution(row, "source")
    attendees = (_expert(row, "target"),)
    return Training(**_shared(row, origin, name, organiser), name=name, organiser=organiser, attendees=attendees)


def _joint_project(row: SheetRow, origin: _Origin) -> Engagement:
    name, ends = _given(row, "name"), (_institution(row, "source"), _institution(row, "target"))
    if ends[0] == ends[1]:
        raise InvalidValue("target", ends[1], "is the source too; name two different partners")
    return JointProject(**_shared(row, origin, name), name=name, partners=tuple(Partner(target=end) for end in ends))


_BUILDERS: Mapping[RowKind, Callable[[SheetRow, _Origin], Engagement]] = {
    RowKind.MENTORSHIP: _mentorship,
    RowKind.SECONDMENT: _secondment,
    RowKind.SCHOLARSHIP: _scholarship,
    RowKind.TRAINING: _training,
    RowKind.JOINT_PROJECT: _joint_project,
}

# The kinds that more than two may take part in, with the field that lists who did.
_PARTIES: Mapping[type[Engagement], str] = {Training: "attendees", JointProject: "partners"}


def _shared(row: SheetRow, origin: _Origin, *identity: str) -> dict[str, Any]:
    """The fields all engagements have; `identity` is what an id is made of when the row gives none."""
    start, end = _date(row, "start"), _date(row, "end")
    source = source_name(origin.dataset)
    words = (source, row["kind"], *identity, row["start"], row["end"])
    return {
        "id": RecordId.parse(row["id"]) if row["id"] else stable_id(*words),
        "tlp": Tlp.GREEN,
        "source": source,
        "source_id": row["id"],
        "start": start,
        "end": end,
        "status": _status(row["status"], status_on(origin.today, start, end)),
        "capabilities": tuple(RecordId.parse(code) for code in split_list(row["capability"])),
        "funder": _maybe_institution(row, "funder"),
        "share": _number(row, "share"),
        "amount": _amount(row),
        "currency": row["currency"].upper(),
    }


def _programme(row: SheetRow) -> str:
    return RecordId.parse(row["programme"]) if row["programme"] else ""


def _status(text: str, by_dates: EngagementStatus) -> EngagementStatus:
    return word_of(EngagementStatus, "status", text) if text else by_dates


def _date(row: SheetRow, column: str) -> PartialDate | None:
    return PartialDate.parse(row[column], column) if row[column] else None


def _number(row: SheetRow, column: str) -> float | None:
    """A number as people write it, "50 %" being a half; None where the cell is empty."""
    text = row[column].replace("%", "").strip()
    try:
        return (float(text) / (100 if "%" in row[column] else 1)) if text else None
    except ValueError:
        raise InvalidValue(column, row[column], "is no number; write one like 0.5, or leave it out") from None


def _amount(row: SheetRow) -> int | None:
    """What is paid in the smallest unit of its currency; the cell holds whole ones, like 1500 or 1500.50."""
    try:
        amount = Decimal(row["amount"] or "NaN").scaleb(get_currency_precision(row["currency"].upper()))
    except InvalidOperation:
        raise InvalidValue("amount", row["amount"], "is no amount; write one like 1500.50") from None
    if amount.is_nan():
        return None
    if amount.is_infinite():
        raise InvalidValue("amount", row["amount"], "is no amount; write one like 1500.50")
    if amount != int(amount):
        raise InvalidValue("amount", row["amount"], "has more decimals than its currency")
    return int(amount)


def _given(row: SheetRow, column: str) -> str:
    if not row[column]:
        raise InvalidValue(column, "", f"is empty; a {row['kind']} needs it")
    return row[column]


def _expert(row: SheetRow, column: str) -> str:
    return RecordId.parse(_given(row, column))


def _institution(row: SheetRow, column: str) -> str:
    return institution_id(_given(row, column))


def _maybe_institution(row: SheetRow, column: str) -> str:
    return institution_id(row[column]) if row[column] else ""
