"""Countries, regions and languages: the reference ground under everything else."""

from dataclasses import dataclass

from graph.domain.labels import Label, TieType
from graph.domain.records import Record, fold, tie, ties


@dataclass(frozen=True, slots=True, kw_only=True)
class Region(Record):
    """A region of the United Nations M49 standard; `code` is its three digits."""

    label = Label.REGION

    name: str
    code: str
    parent: str = tie(TieType.IN, Label.REGION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country(Record):
    """A country by ISO 3166; `id` is the lower-case alpha-2 code, `code` the same in capitals."""

    label = Label.COUNTRY

    name: str
    code: str
    numeric: str = ""
    languages: tuple[str, ...] = ()
    region: str = tie(TieType.IN, Label.REGION)

    @property
    def search_text(self) -> str:
        return fold(self.name, self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Language(Record):
    """A language by ISO 639; `id` and `code` are two letters where they exist, else three."""

    label = Label.LANGUAGE

    name: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability(Record):
    """Something a person can do or an institution needs, at the grain of its framework.

    `framework` is "areas" (our own capacity areas, the level of assessments and needs), "NICE" or "FIRST";
    `kind` tells work roles, skills, services and functions apart inside one framework.
    """

    label = Label.CAPABILITY

    name: str
    code: str
    framework: str
    kind: str = ""
    description: str = ""
    broader: tuple[str, ...] = ties(TieType.BROADER, Label.CAPABILITY)

    @property
    def search_text(self) -> str:
        return fold(self.name, self.code)
