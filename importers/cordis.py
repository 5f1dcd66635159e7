"""Horizon 2020 participations of CORDIS: one CSV row per organisation in a project, both known by number only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from graph.domain.dates import PartialDate, check_order
from graph.domain.engagements import JointProject, JointProjectKind, Partner
from graph.domain.identifiers import CountryCode
from graph.domain.organisations import Institution, InstitutionKind
from graph.domain.outcomes import Outcome, Rejected
from graph.errors import InvalidValue
from importers.cells import Margin, status_on
from importers.rows import SheetRow, table_rows

SOURCE = "cordis"
COLUMNS = ("rcn", "role", "pic", "type", "contribution", "country", "start_date", "end_date")

KINDS = {
    "HES": InstitutionKind.UNIVERSITY,
    "REC": InstitutionKind.RESEARCH,
    "PRC": InstitutionKind.COMPANY,
    "PUB": InstitutionKind.PUBLIC_BODY,
    "OTH": InstitutionKind.OTHER,
}
ROLES = ("coordinator", "participant", "partner")


@dataclass(frozen=True, slots=True)
class Participation:
    """One row: an organisation takes part in a project. `contribution` is in euros, None where the file says NA."""

    position: str
    rcn: str
    start: PartialDate | None
    end: PartialDate | None
    pic: str
    kind: InstitutionKind
    country: str
    role: str
    contribution: Decimal | None

    @property
    def project(self) -> tuple[str, PartialDate | None, PartialDate | None]:
        """What all rows of one project should agree on."""
        return self.rcn, self.start, self.end

    @property
    def organisation(self) -> tuple[str, InstitutionKind, str]:
        """What all rows of one organisation should agree on."""
        return self.pic, self.kind, self.country


@dataclass(slots=True)
class _Gathered:
    """Participations by organisation, and by project and organisation, in the order of the file."""

    organisations: dict[str, Participation] = field(default_factory=dict)
    projects: dict[str, dict[str, list[Participation]]] = field(default_factory=dict)

    def add(self, row: Participation, margin: Margin) -> None:
        """Take one more row; what contradicts an earlier row is noted, and the earlier row holds."""
        known = self.organisations.setdefault(row.pic, row)
        if known.organisation != row.organisation:
            margin.note(f"says another type or country for organisation {row.pic} than {known.position}, which holds")
        members = self.projects.setdefault(row.rcn, {})
        first = next(iter(members.values()), [row])[0]
        if first.project != row.project:
            margin.note(f"says other dates for project {row.rcn} than {first.position}, which hold")
        _join(members.setdefault(row.pic, []), row, margin)


def read(path: Path, today: date) -> Iterator[Outcome]:
    """First every organisation as an Institution, then every project as a JointProject with its partners.

    An organisation that stands in one project several times becomes one partner with all roles and the sum of the
    contributions; rows that repeat another to the letter count once; both are warned of. The status of a project
    follows from its dates on the day `today`. Holds the distinct rows in memory. Raises Unreadable.
    """
    gathered = _Gathered()
    for row in table_rows(path, COLUMNS):
        if isinstance(row, Rejected):
            yield row
            continue
        margin = Margin(row.position)
        try:
            gathered.add(_participation(row, margin), margin)
        except InvalidValue as error:
            yield Rejected(row.position, str(error))
            continue
        yield from margin.notes
    for participation in gathered.organisations.values():
        yield _institution(participation)
    for members in gathered.projects.values():
        yield _project(list(members.values()), today)


def _participation(row: SheetRow, margin: Margin) -> Participation:
    start, end = _date(row, "start_date"), _date(row, "end_date")
    check_order(start, end)
    return Participation(
        position=row.position,
        rcn=_number(row, "rcn"),
        start=start,
        end=end,
        pic=_number(row, "pic"),
        kind=_kind(row["type"]),
        country=_country(row["country"], margin),
        role=_role(row["role"]),
        contribution=_euros(row["contribution"]),
    )


def _number(row: SheetRow, column: str) -> str:
    if not re.fullmatch(r"[0-9]{1,12}", row[column]):
        raise InvalidValue(column, row[column], "is not a number of the European Commission; write digits only")
    return row[column]


def _date(row: SheetRow, column: str) -> PartialDate | None:
    return None if row[column] in ("", "NA") else PartialDate.parse(row[column], column)


def _kind(text: str) -> InstitutionKind:
    if text not in KINDS:
        raise InvalidValue("type", text, f"is not a type of organisation; use {', '.join(KINDS)}")
    return KINDS[text]


def _role(text: str) -> str:
    if text not in ROLES:
        raise InvalidValue("role", text, f"is not a role; use {', '.join(ROLES)}")
    return text


def _country(text: str, margin: Margin) -> str:
    """The ISO code, or nothing: the file writes NA both for Namibia and for a country it does not know."""
    if text == "NA":
        margin.note("country 'NA' may be Namibia or a missing value; left empty")
        return ""
    return margin.maybe(CountryCode.parse, text) or ""


def _euros(text: str) -> Decimal | None:
    if text in ("", "NA"):
        return None
    if not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,6})?", text):
        raise InvalidValue("contribution", text, "is not an amount in euros; write it like 49716.5, or NA")
    return Decimal(text)


def _join(known: list[Participation], row: Participation, margin: Margin) -> None:
    for other in known:
        if (other.role, other.contribution) == (row.role, row.contribution):
            margin.note(f"repeats {other.position}; counted once")
            return
    if known:
        again = f"organisation {row.pic} stands in project {row.rcn} again after {known[0].position}"
        margin.note(f"{again}; roles were joined and contributions added")
    known.append(row)


def _institution(participation: Participation) -> Institution:
    pic, country = participation.pic, participation.country
    return Institution(
        id=_institution_id(pic),
        source=SOURCE,
        source_id=pic,
        name=f"PIC {pic} ({country})" if country else f"PIC {pic}",
        kinds=(participation.kind,),
        pic=pic,
        country=country.lower(),
    )


def _institution_id(pic: str) -> str:
    return f"pic-{pic}"


def _project(members: list[list[Participation]], today: date) -> JointProject:
    first = members[0][0]
    return JointProject(
        id=f"cordis-{first.rcn}",
        source=SOURCE,
        source_id=first.rcn,
        name=f"Horizon 2020 project {first.rcn}",
        kind=JointProjectKind.RESEARCH,
        start=first.start,
        end=first.end,
        status=status_on(today, first.start, first.end),
        partners=tuple(_partner(rows) for rows in members),
    )


def _partner(rows: list[Participation]) -> Partner:
    known = [row.contribution for row in rows if row.contribution is not None]
    return Partner(
        target=_institution_id(rows[0].pic),
        role=", ".join(role for role in ROLES if any(row.role == role for row in rows)),
        contribution=float(sum(known)) if known else None,
    )
