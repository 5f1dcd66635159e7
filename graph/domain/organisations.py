"""Institutions and the centres of excellence they host."""

from dataclasses import dataclass
from enum import StrEnum

from graph.domain.dates import PartialDate
from graph.domain.identifiers import RorId
from graph.domain.labels import Label, TieType
from graph.domain.records import Record, fold, one_tie, tie, ties
from graph.errors import InvalidValue


class InstitutionKind(StrEnum):
    """What an institution is; one may be several things at once."""

    MINISTRY = "ministry"
    CSIRT = "csirt"
    LAW_ENFORCEMENT = "law_enforcement"
    REGULATOR = "regulator"
    UNIVERSITY = "university"
    COMPANY = "company"
    CIVIL_SOCIETY = "civil_society"
    INTERNATIONAL = "international"
    DONOR = "donor"
    PUBLIC_BODY = "public_body"
    RESEARCH = "research"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution(Record):
    """An organisation that sends, hosts, owns or funds. `aliases` are its other names, in any language."""

    label = Label.INSTITUTION

    name: str
    kinds: tuple[InstitutionKind, ...] = ()
    aliases: tuple[str, ...] = ()
    ror: RorId | None = None
    iati_ref: str = ""
    pic: str = ""
    website: str = ""
    domains: tuple[str, ...] = ()
    founded: PartialDate | None = None
    status: str = ""
    lat: float | None = None
    lon: float | None = None
    country: str = tie(TieType.LOCATED_IN, Label.COUNTRY)
    parents: tuple[str, ...] = ties(TieType.PART_OF, Label.INSTITUTION)
    related: tuple[str, ...] = ties(TieType.RELATED_TO, Label.INSTITUTION)
    successors: tuple[str, ...] = ties(TieType.SUCCEEDED_BY, Label.INSTITUTION)

    def check(self) -> None:
        if not self.name.strip():
            raise InvalidValue("name", self.name, "is empty; an institution needs a name")
        if self.id in (*self.parents, *self.successors):
            raise InvalidValue("parents", self.id, "is the institution itself; name another one")

    @property
    def search_text(self) -> str:
        return fold(self.name, *self.aliases, self.ror or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class CenterOfExcellence(Record):
    """A place that teaches a region: hosted at an institution, serving regions and countries."""

    label = Label.CENTRE

    name: str
    themes: tuple[str, ...] = ()
    since: PartialDate | None = None
    host: str = one_tie(TieType.HOSTED_AT, Label.INSTITUTION)
    serves_regions: tuple[str, ...] = ties(TieType.SERVES, Label.REGION)
    serves_countries: tuple[str, ...] = ties(TieType.SERVES, Label.COUNTRY)
    offers: tuple[str, ...] = ties(TieType.OFFERS, Label.CAPABILITY)

    @property
    def search_text(self) -> str:
        return fold(self.name, *self.themes)
