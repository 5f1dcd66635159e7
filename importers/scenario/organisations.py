"""Institutions and centres out of their rows; a larger scenario gives every institution branches."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from graph.domain.dates import PartialDate
from graph.domain.marks import Tlp
from graph.domain.organisations import CenterOfExcellence, Institution, InstitutionKind
from importers.reference.areas import area_id
from importers.scenario.clock import stamp
from importers.scenario.organisation_rows import CENTRES, INSTITUTIONS
from importers.scenario.places import PLACE_OF

SOURCE = "demonstration"
# Teams that are a desk of their ministry.
_WHOLES = {"gm-team": "gm-ministry", "kh-team": "kh-ministry", "tl-equipa": "tl-ministry", "to-team": "to-ministry"}
_SPREAD = 0.35  # degrees around the capital, so that points on a map do not hide each other


def institution_id(slug: str, copy: int = 0) -> str:
    """The id of an institution by its slug; copies are numbered from 2."""
    return f"demo-{slug}-{copy + 1}" if copy else f"demo-{slug}"


def institutions(factor: int, seed: int) -> Iterator[Institution]:
    """Ninety institutions, then `factor` - 1 branches of each."""
    rng = Random(f"{seed} institutions")
    for copy in range(factor):
        for row in INSTITUTIONS:
            yield _institution(row, copy, rng)


def _institution(row: tuple[str, str, str, str, str, int], copy: int, rng: Random) -> Institution:
    slug, country, kind, name, english, founded = row
    place = PLACE_OF[country]
    return Institution(
        id=institution_id(slug, copy),
        source=SOURCE,
        source_id=institution_id(slug, copy),
        recorded_at=stamp(date(founded, 6, 1)),
        tlp=Tlp.CLEAR if rng.random() < 0.95 else Tlp.GREEN,
        name=f"{name} ({copy + 1})" if copy else name,
        kinds=(InstitutionKind(kind),),
        aliases=(english,) if english else (),
        founded=PartialDate.parse(str(founded)),
        lat=round(place.lat + rng.uniform(-_SPREAD, _SPREAD), 4),
        lon=round(place.lon + rng.uniform(-_SPREAD, _SPREAD), 4),
        country=country,
        parents=_parents(slug, copy),
    )


def _parents(slug: str, copy: int) -> tuple[str, ...]:
    """A branch is part of its institution, a desk of its ministry."""
    if copy:
        return (institution_id(slug),)
    return (institution_id(_WHOLES[slug]),) if slug in _WHOLES else ()


def centres() -> Iterator[CenterOfExcellence]:
    """The eight regional centres, in the order in which they opened."""
    for slug, host, name, opened, regions, areas, themes in CENTRES:
        since = PartialDate.parse(opened)
        yield CenterOfExcellence(
            id=f"demo-centre-{slug}",
            source=SOURCE,
            source_id=f"demo-centre-{slug}",
            recorded_at=stamp(since.first + timedelta(days=14)),
            name=name,
            themes=tuple(themes.split(", ")),
            since=since,
            host=institution_id(host),
            serves_regions=tuple(regions.split()),
            offers=tuple(area_id(area) for area in areas.split()),
        )
