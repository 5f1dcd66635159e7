"""Institutions of the Research Organization Registry: a JSON array of schema v2 records, or one such record."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, TypeGuard

from graph.domain.dates import PartialDate
from graph.domain.identifiers import RorId
from graph.domain.organisations import Institution, InstitutionKind
from graph.domain.outcomes import Rejected, Warned
from graph.errors import InvalidValue
from importers.cells import Margin, country_id
from importers.files import Unreadable
from importers.json_records import json_records
from importers.rows import clean

SOURCE = "ror"

KINDS = {
    "education": InstitutionKind.UNIVERSITY,
    "government": InstitutionKind.PUBLIC_BODY,
    "funder": InstitutionKind.DONOR,
    "company": InstitutionKind.COMPANY,
    "nonprofit": InstitutionKind.CIVIL_SOCIETY,
    "facility": InstitutionKind.RESEARCH,
    "healthcare": InstitutionKind.OTHER,
    "archive": InstitutionKind.OTHER,
    "other": InstitutionKind.OTHER,
}

# Each relation is stated from both ends, but not in every record: what only the far end states is turned round.
_NEAR_END = {"parent": "parents", "related": "related", "successor": "successors"}
_FAR_END = {"child": "parents", "predecessor": "successors"}

_Json = dict[str, Any]
_Ties = Mapping[str, Mapping[str, dict[str, None]]]


def read(path: Path) -> Iterator[Institution | Rejected | Warned]:
    """Every record as an Institution; withdrawn ones too, with their status and a warning.

    Reads the file twice, first for relations stated at the far end only. Ties may name institutions that the file
    does not hold. Raises Unreadable when the file is no array of schema v2 records.
    """
    ties = _ties(path)
    first_seen: dict[str, str] = {}
    for number, record in enumerate(json_records(path), start=1):
        position = _position(number, record)
        margin = Margin(position)
        try:
            institution = _institution(_as_record(record), ties, margin)
        except InvalidValue as error:
            yield Rejected(position, str(error))
            continue
        earlier = first_seen.setdefault(institution.id, position)
        if earlier is not position:
            yield Rejected(position, f"has the same id as {earlier}, which was kept")
            continue
        yield institution
        yield from margin.notes


def _ties(path: Path) -> _Ties:
    """Our id -> field -> ids at the other end, each once, out of both ends of every relation."""
    ties: defaultdict[str, defaultdict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    with closing(json_records(path)) as records:
        for number, record in enumerate(records, start=1):
            if number == 1:
                _check_schema(path, record)
            for owner, field, other in _relations(record):
                ties[owner][field][other] = None
    return ties


def _check_schema(path: Path, record: object) -> None:
    if not (isinstance(record, dict) and {"id", "names", "types"} <= record.keys()):
        raise Unreadable(path, "does not hold ROR records of schema v2; get the v2 file of the registry")


def _relations(record: object) -> list[tuple[str, str, str]]:
    """Owner, field and other end of each relation; none for a record that will be rejected for its shape."""
    try:
        known = _as_record(record)
        return [_relation(_id(_text(known, "id")), relation) for relation in _objects(known, "relationships")]
    except InvalidValue:
        return []


def _relation(own: str, relation: _Json) -> tuple[str, str, str]:
    kind, other = _text(relation, "type"), _id(_text(relation, "id"))
    if kind in _FAR_END:
        return other, _FAR_END[kind], own
    if kind in _NEAR_END:
        return own, _NEAR_END[kind], other
    raise InvalidValue("relationships", kind, f"is not a relation; use {', '.join((*_NEAR_END, *_FAR_END))}")


def _institution(record: _Json, ties: _Ties, margin: Margin) -> Institution:
    address = _text(record, "id")
    own = _id(address)
    for relation in _objects(record, "relationships"):
        _relation(own, relation)
    name, aliases = _names(record, margin)
    stated = ties.get(own, {})
    return Institution(
        id=own,
        source=SOURCE,
        source_id=address,
        name=name,
        aliases=aliases,
        kinds=_kinds(record, margin),
        ror=RorId.parse(address),
        website=_website(record, margin),
        domains=tuple(domain.lower() for domain in _texts(record, "domains")),
        founded=_founded(record, margin),
        status=_status(record, margin),
        parents=tuple(stated.get("parents", ())),
        related=tuple(stated.get("related", ())),
        successors=tuple(stated.get("successors", ())),
        **_place(record, margin),
    )


def _names(record: _Json, margin: Margin) -> tuple[str, tuple[str, ...]]:
    """The name to show and all others, each once."""
    names = [(clean(_text(name, "value")), _texts(name, "types")) for name in _objects(record, "names")]
    names = [(name, types) for name, types in names if name]
    shown = [name for name, types in names if "ror_display" in types]
    if not names:
        raise InvalidValue("names", "", "holds no name; an institution needs one")
    if not shown:
        margin.note("no name is marked for display; the first one was taken")
    name = shown[0] if shown else names[0][0]
    return name, tuple(other for other in dict.fromkeys(other for other, _ in names) if other != name)


def _kinds(record: _Json, margin: Margin) -> tuple[InstitutionKind, ...]:
    types = _texts(record, "types")
    for unknown in [type_ for type_ in types if type_ not in KINDS]:
        margin.note(f"type {unknown!r} is new to us; kept as other")
    return tuple(dict.fromkeys(KINDS.get(type_, InstitutionKind.OTHER) for type_ in types))


def _website(record: _Json, margin: Margin) -> str:
    sites = [_text(link, "value").strip() for link in _objects(record, "links") if link.get("type") == "website"]
    good = [site for site in sites if site.lower().startswith(("https://", "http://"))]
    if len(good) < len(sites):
        margin.note("a website is no web address; left out")
    return good[0] if good else ""


def _founded(record: _Json, margin: Margin) -> PartialDate | None:
    year = record.get("established")
    if year is None:
        return None
    return margin.maybe(lambda text: PartialDate.parse(text, "established"), str(year).zfill(4))


def _status(record: _Json, margin: Margin) -> str:
    status = clean(_text(record, "status"))
    if status == "withdrawn":
        margin.note("the registry has withdrawn this record; kept with that status")
    return status


def _place(record: _Json, margin: Margin) -> dict[str, Any]:
    """Country and point of the first place; a record with several is noted."""
    places = _objects(record, "locations")
    if len(places) > 1:
        margin.note(f"has {len(places)} places; the first one was taken")
    details = places[0].get("geonames_details") if places else None
    if not isinstance(details, dict):
        return {}
    country = margin.maybe(country_id, _text(details, "country_code"))
    return {"country": country or "", **_point(details, margin)}


def _point(details: _Json, margin: Margin) -> dict[str, float]:
    lat, lon = details.get("lat"), details.get("lng")
    if lat is None and lon is None:
        return {}
    if _within(lat, 90) and _within(lon, 180):
        return {"lat": float(lat), "lon": float(lon)}
    margin.note("latitude and longitude are no point on Earth; left out")
    return {}


def _within(value: object, bound: int) -> TypeGuard[float]:
    return isinstance(value, int | float) and math.isfinite(value) and abs(value) <= bound


def _id(address: str) -> str:
    return f"ror-{RorId.parse(address)}"


def _position(number: int, record: object) -> str:
    address = record.get("id") if isinstance(record, dict) else None
    return f"record {number} ({address[:80]})" if isinstance(address, str) else f"record {number}"


def _as_record(value: object) -> _Json:
    if not isinstance(value, dict):
        raise InvalidValue("record", value, "is not an object; a ROR record has id, names and types")
    return value


def _objects(holder: _Json, key: str) -> list[_Json]:
    values = holder.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise InvalidValue(key, values, "is not a list of objects; the record is not of schema v2")
    return values


def _texts(holder: _Json, key: str) -> list[str]:
    values = holder.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise InvalidValue(key, values, "is not a list of texts; the record is not of schema v2")
    return values


def _text(holder: _Json, key: str) -> str:
    value = holder.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidValue(key, value, "is not a text; the record is not of schema v2")
    return value
