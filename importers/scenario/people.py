"""Who takes part: people with a country, posts, languages and strengths, before anything has happened to them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from graph.domain.dates import PartialDate
from graph.domain.marks import Purpose, Tlp
from graph.domain.organisations import Institution, InstitutionKind
from graph.domain.people import Cefr, Speaks, WorksAt
from importers.reference.areas import area_id, areas
from importers.reference.places import spoken_in
from importers.scenario.names import CUSTOMS
from importers.scenario.organisations import institution_id
from importers.scenario.places import PLACE_OF, PLACES, Area, CountryPlace
from importers.scenario.posts import ROLES, STRENGTHS

_HUBS = {"gh", "sn", "fj", "my", "id", "cr", "tt"}
_CEFR = tuple(Cefr)
_CONSENTS = (
    frozenset(Purpose),
    frozenset({Purpose.DIRECTORY}),
    frozenset({Purpose.MATCHING}),
    frozenset({Purpose.RESEARCH}),
    frozenset({Purpose.DIRECTORY, Purpose.RESEARCH}),
    frozenset[Purpose](),
)
_CONSENT_WEIGHTS = (78, 6, 5, 4, 4, 3)


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """An invented person. `began` is the first year at work; `strengths` are area ids, strongest first."""

    id: str
    name: str
    place: CountryPlace
    posts: tuple[WorksAt, ...]
    began: int
    strengths: tuple[str, ...]
    languages: tuple[Speaks, ...]
    consents: frozenset[Purpose] = frozenset(Purpose)
    tlp: Tlp = Tlp.GREEN

    def employer(self, day: date) -> str:
        """The institution this person works at on a day; before the first post, the one to come."""
        held = [post.target for post in self.posts if post.start and post.start.first <= day]
        return held[-1] if held else self.posts[0].target

    def understands(self, other: "InventedPerson") -> bool:
        """Whether the two share a language at a level at which one can work together."""
        own = {spoken.target for spoken in self.languages if spoken.level.rank >= Cefr.B1.rank}
        return any(s.target in own and s.level.rank >= Cefr.B1.rank for s in other.languages)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A person whom the story needs by name."""

    slug: str
    name: str
    employer: str
    began: int
    strengths: str


def people(employers: Sequence[Institution], known: Iterable[str], factor: int, seed: int) -> Iterator[InventedPerson]:
    """About 295 people for each unit of the factor, country by country; `known` names are not used again."""
    rng = Random(f"{seed} people")
    number, taken = 0, set(known)
    for place in PLACES:
        local = [institution for institution in employers if institution.country == place.country]
        for name in _names(place, _heads(place) * factor, taken, rng):
            number += 1
            yield _person(f"demo-expert-{number:04d}", name, place, local, rng)


def anchored(anchor: Anchor, country: str, seed: int) -> InventedPerson:
    """The person of an anchor, with languages as people of the country have them."""
    place, start = PLACE_OF[country], PartialDate.parse(str(anchor.began))
    post = WorksAt(target=institution_id(anchor.employer), role="Senior analyst", start=start)
    strengths = tuple(area_id(area) for area in anchor.strengths.split())
    languages = _languages(place, Random(f"{seed} {anchor.slug}"))
    return InventedPerson(f"demo-expert-{anchor.slug}", anchor.name, place, (post,), anchor.began, strengths, languages)


def _heads(place: CountryPlace) -> int:
    if place.country in _HUBS:
        return 9
    return 7


def _names(place: CountryPlace, count: int, taken: set[str], rng: Random) -> Iterator[str]:
    """Names that nobody has yet; large scenarios use a custom up and then let people share names."""
    for _ in range(count):
        drawn = [CUSTOMS[rng.choice(place.customs)].name(rng) for _ in range(8)]
        name = next((name for name in drawn if name not in taken), drawn[0])
        taken.add(name)
        yield name


def _person(
    person_id: str, name: str, place: CountryPlace, local: Sequence[Institution], rng: Random
) -> InventedPerson:
    began = _first_year(place, rng)
    posts, kind = _posts(local, began, rng)
    return InventedPerson(
        id=person_id,
        name=name,
        place=place,
        posts=posts,
        began=began,
        strengths=_strengths(kind, rng),
        languages=_languages(place, rng),
        consents=rng.choices(_CONSENTS, _CONSENT_WEIGHTS)[0],
        tlp=rng.choices((Tlp.GREEN, Tlp.CLEAR, Tlp.AMBER), (72, 20, 8))[0],
    )


def _first_year(place: CountryPlace, rng: Random) -> int:
    """Helpers were there first; at home three generations started around 2005, 2013 and 2021."""
    if place.area is Area.OUTSIDE:
        return rng.randint(1996, 2014)
    return rng.choice((rng.randint(1999, 2011), rng.randint(2007, 2018), rng.randint(2017, 2025)))


def _posts(local: Sequence[Institution], began: int, rng: Random) -> tuple[tuple[WorksAt, ...], InstitutionKind]:
    """One post, or two with a move between them; and the kind of the last employer."""
    first = rng.choice(local)
    start = PartialDate.parse(f"{began}-{rng.randint(1, 12):02d}")
    steps = slice(0, 2) if began > 2018 else slice(0, 3)
    if began > 2018 or rng.random() > 0.35:
        return (WorksAt(target=first.id, role=_role(first, steps, rng), start=start),), first.kinds[0]
    second = rng.choice(local)
    moved = PartialDate.parse(f"{rng.randint(began + 4, 2025)}-{rng.randint(1, 12):02d}")
    earlier = WorksAt(target=first.id, role=_role(first, slice(0, 2), rng), start=start, end=moved)
    return (earlier, WorksAt(target=second.id, role=_role(second, slice(2, None), rng), start=moved)), second.kinds[0]


def _role(institution: Institution, steps: slice, rng: Random) -> str:
    return rng.choice(ROLES[institution.kinds[0]][steps])


def _strengths(kind: InstitutionKind, rng: Random) -> tuple[str, ...]:
    """Three to seven areas: most from what such institutions do, some from anywhere."""
    typical = rng.sample(STRENGTHS[kind].split(), rng.randint(3, 4))
    anywhere = [area.code for area in rng.sample(areas(), rng.randint(1, 3))]
    return tuple(area_id(code) for code in dict.fromkeys(typical + anywhere))


def _languages(place: CountryPlace, rng: Random) -> tuple[Speaks, ...]:
    """A mother tongue by its share, the language programmes work in, and what school and travel added."""
    spoken = spoken_in(place.country.upper())
    mother = rng.choices([code for code, _ in spoken], [share + 0.02 for _, share in spoken])[0]
    levels = {mother: Cefr.C2}
    levels.setdefault(place.language, rng.choice(_CEFR[3:]))
    levels.setdefault("en", rng.choice(_CEFR[1:5]))
    for code, share in spoken:
        if rng.random() < share:
            levels.setdefault(code, rng.choice(_CEFR[3:]))
    if rng.random() < 0.35:
        levels.setdefault(rng.choice(("fr", "fr", "es", "es", "pt", "ar")), rng.choice(_CEFR[:5]))
    return tuple(Speaks(target=code, level=level) for code, level in levels.items())
