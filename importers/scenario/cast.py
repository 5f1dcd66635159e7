"""Everybody and everything on stage, findable by country."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self, TypeVar

from graph.domain.organisations import CenterOfExcellence, Institution, InstitutionKind
from graph.domain.programmes import Programme
from importers.reference.areas import area_id
from importers.scenario.people import InventedPerson
from importers.scenario.places import PLACES, CountryPlace

T = TypeVar("T")

# The story tells these engagements itself; chance adds none.
TOLD_ELSEWHERE = {"demo-reef-watch"}


@dataclass(frozen=True, slots=True)
class Cast:
    """Indices by country id; a country without an entry of a kind has an empty list."""

    people: dict[str, list[InventedPerson]]
    institutions: dict[str, list[Institution]]
    programmes: dict[str, list[Programme]]
    centres: dict[str, list[CenterOfExcellence]]
    focus: dict[str, tuple[str, ...]]

    @classmethod
    def assemble(
        cls,
        people: Iterable[InventedPerson],
        institutions: Iterable[Institution],
        centres: Iterable[CenterOfExcellence],
        programmes: Iterable[tuple[Programme, tuple[str, ...]]],
    ) -> Self:
        """Sort everything into its country; `programmes` come with the areas they work on."""
        made = cls(_by_country(), _by_country(), _by_country(), _by_country(), {})
        country_of = {}
        for institution in institutions:
            country_of[institution.id] = institution.country
            made.institutions[institution.country].append(institution)
        for person in people:
            made.people[person.place.country].append(person)
        for centre in centres:
            made.centres[country_of[centre.host]].append(centre)
        for programme, areas in programmes:
            made.programmes[programme.country].append(programme)
            made.focus[programme.id] = tuple(area_id(area) for area in areas)
        return made

    def centre(self, country: str, day: date) -> CenterOfExcellence | None:
        """The centre of a country once it has opened."""
        return next((c for c in self.centres[country] if c.since and c.since.first <= day), None)

    def programme(self, receiver: CountryPlace, source: CountryPlace, day: date) -> Programme | None:
        """The programme that help for a country serves on a day. Late in a programme, only neighbours still help."""
        running = (p for p in self.programmes[receiver.country] if p.id not in TOLD_ELSEWHERE and _runs(p, day))
        return next((p for p in running if not (_in_hand_over(p, day) and source.area is not receiver.area)), None)

    def of_kind(self, country: str, kind: InstitutionKind) -> list[Institution]:
        """Institutions of one kind in a country."""
        return [institution for institution in self.institutions[country] if kind in institution.kinds]


def _by_country() -> dict[str, list[T]]:
    return {place.country: [] for place in PLACES}


def _runs(programme: Programme, day: date) -> bool:
    return bool(programme.start and programme.end and programme.start.first <= day <= programme.end.first)


def _in_hand_over(programme: Programme, day: date) -> bool:
    return bool(programme.stage == "handed_over" and programme.end and day.year > programme.end.first.year - 5)
