"""People out of any table, CSV or XLSX, once somebody has said which column is which."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.domain.identifiers import LanguageCode, Orcid, RecordId
from graph.domain.marks import Purpose, Tlp
from graph.domain.outcomes import Outcome, Rejected
from graph.domain.people import CareerStage, Cefr, Expert, HasCapability, Speaks, WorksAt
from graph.errors import InvalidValue
from importers.cells import Margin, country_id, institution_id, stable_id, whole_number, word_of
from importers.rows import SheetRow, mapped_rows

COLUMNS = (
    "name",
    "id",
    "orcid",
    "email_domain",
    "country",
    "headline",
    "languages",
    "capabilities",
    "institution",
    "career_stage",
    "capacity",
    "consents",
)

_AFTER_A_NAME = {"jr", "sr", "ii", "iii", "iv", "phd", "md", "msc", "esq"}


def source_name(dataset: str) -> str:
    """The `source` of the people of one data set, so that two files do not retire each other's people."""
    return stable_id("people", dataset)


def read(path: Path, mapping: Mapping[str, str], dataset: str) -> Iterator[Outcome]:
    """Every row as an Expert, marked TLP:GREEN.

    `mapping` is ours (`COLUMNS`) -> theirs; `name` is required. Cells: country "GH", languages "fr:C2; en:C1",
    capabilities "area-incident-handling:3", institution an id of ours or a ROR address, consents
    "directory; matching; research". Nobody is taken to have agreed to anything: without the consents column only
    an administrator sees the imported people until they agree themselves.

    The id is the one given, else the ORCID iD, else made of data set, name as written and e-mail domain; two rows
    that come to the same id are not merged, the second is Rejected. A value that will not do is left out and
    warned of; a missing name and a wrong id or ORCID iD reject the row. Raises InvalidValue for a mapping that will
    not do and Unreadable for a file that will not.
    """
    if "name" not in mapping:
        raise InvalidValue("map", ",".join(mapping), "does not say which column holds the name; add name=<column>")
    first_seen: dict[str, SheetRow] = {}
    for row in mapped_rows(path, mapping, COLUMNS):
        if isinstance(row, Rejected):
            yield row
            continue
        margin = Margin(row.position)
        try:
            expert = _expert(row, dataset, margin)
            _check_is_new(expert.id, row, first_seen)
        except InvalidValue as error:
            yield Rejected(row.position, str(error))
            continue
        yield expert
        yield from margin.notes


def _check_is_new(expert_id: str, row: SheetRow, first_seen: dict[str, SheetRow]) -> None:
    earlier = first_seen.setdefault(expert_id, row)
    if earlier is row:
        return
    if earlier.cells == row.cells:
        raise InvalidValue("row", row["name"], f"repeats {earlier.position}, which was kept; delete one of the two")
    why = f"comes to the same id as {earlier.position}; tell the two apart with an id or orcid column, or delete one"
    raise InvalidValue("name", row["name"], why)


def _expert(row: SheetRow, dataset: str, margin: Margin) -> Expert:
    orcid = Orcid.parse(row["orcid"]) if row["orcid"] else None
    capacity = margin.maybe(lambda text: whole_number("capacity", text), row["capacity"])
    return Expert(
        id=_id(row, orcid, dataset),
        tlp=Tlp.GREEN,
        source=source_name(dataset),
        source_id=row["id"] or orcid or row["name"],
        name=_name(row["name"], margin),
        orcid=orcid,
        headline=row["headline"],
        capacity=1 if capacity is None else capacity,
        career_stage=margin.maybe(lambda text: word_of(CareerStage, "career_stage", text), row["career_stage"]),
        consents=frozenset(margin.each(lambda text: word_of(Purpose, "consents", text), row["consents"])),
        country=_country(row["country"], margin),
        posts=tuple(WorksAt(target=target) for target in margin.each(institution_id, row["institution"])),
        languages=tuple(margin.each(_speaks, row["languages"])),
        capabilities=tuple(margin.each(_capability, row["capabilities"])),
    )


def _id(row: SheetRow, orcid: Orcid | None, dataset: str) -> str:
    if row["id"]:
        return RecordId.parse(row["id"])
    if orcid:
        return f"orcid-{orcid.lower()}"
    # The name as written, not as shown: sources write homonyms apart ("Liu, Jian1"), and the order is part of it.
    return stable_id(source_name(dataset), row["name"], _domain(row["email_domain"]))


def _domain(text: str) -> str:
    """The part after the @: who reads a whole address here keeps nothing of it but the domain."""
    return text.rpartition("@")[2].lower()


def _name(text: str, margin: Margin) -> str:
    """ "Last, First" in the order it is spoken, without the number some sources use to tell homonyms apart."""
    family, _, given = (part.strip() for part in text.partition(","))
    turned = text
    if given and "," not in given and given.rstrip(".").casefold() not in _AFTER_A_NAME:
        turned = f"{given} {family}"
    plain = " ".join(word.rstrip("0123456789") or word for word in turned.split())
    if plain != turned:
        margin.note(f"name {turned!r} holds a number that tells namesakes apart; it is not shown")
    return plain


def _country(text: str, margin: Margin) -> str:
    if text.upper() == "NA":
        margin.note("country 'NA' was read as Namibia; leave the cell empty where the country is not known")
    return margin.maybe(country_id, text) or ""


def _speaks(text: str) -> Speaks:
    language, _, level = (part.strip() for part in text.partition(":"))
    return Speaks(target=LanguageCode.parse(language), level=word_of(Cefr, "level of a language", level))


def _capability(text: str) -> HasCapability:
    capability, _, level = (part.strip() for part in text.partition(":"))
    known = whole_number("level of a capability", level)
    return HasCapability(target=RecordId.parse(capability), level=float(known))
