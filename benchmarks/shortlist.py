"""Claim: the twenty best of 5,000 people for each of 500 openings, with points and evidence, in under two seconds.

The peer is a plain Python loop over people, written from the definitions of rules and criteria and sharing nothing
with `graph.matching` but the default weights and the fit of modes. It runs on a sample of the openings, must give the
same people with the same points, and its time for all of them is extrapolated from that sample where there are more.
It finds points only; ours also finds intervals, parts, gaps covered and who was ruled out by which rule.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot, log, log1p
from random import Random
from typing import Any

from graph.domain.programmes import OpeningKind
from graph.domain.records import Mode
from graph.matching.people.commitments import CommitmentColumns
from graph.matching.people.needs import (
    Gap,
    Needed,
    OpeningNeed,
    Place,
    Required,
)
from graph.matching.people.past_engagements import PastEngagementColumns, SubjectColumns
from graph.matching.people.reach import NewReach
from graph.matching.people.roster import (
    LanguageColumns,
    LevelColumns,
    PersonColumns,
    PostColumns,
    Roster,
    RosterColumns,
    build_roster,
)
from graph.matching.people.texts import BEST, TextColumns
from graph.matching.people.windows import DAYS_END, FITS, WindowColumns
from graph.matching.scoring.kinds import BRINGS
from graph.matching.scoring.ranking import Ranking, rank

SIZES = ((300, 40), (5_000, 500))
QUICK = ((300, 40),)
SAMPLE = 40
TOP = 20
CAPABILITIES, LANGUAGES, COUNTRIES, INSTITUTIONS, PROGRAMMES = 30, 12, 40, 90, 25
# Clocks that stood still for the whole of the days used here, so that the peer can write their hours down.
HOURS = {"Etc/GMT": 0, "Etc/GMT-3": 3, "Etc/GMT-9": 9, "Etc/GMT+5": -5}
ZONES = sorted(HOURS)
# Words of five letters at most: longer ones would be two terms.
WORDS = [
    first + second for first in ("ba", "de", "ki", "lo", "nu", "sa") for second in ("fa", "gor", "mi", "pu", "tan")
]
HALVES = [half / 2 for half in range(9)]
MODES = list(Mode)

Shortlist = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Deed:
    """A finished engagement: for which programme, hosted where, about what, and whether its outcome is told."""

    programme: int
    host: int
    about: int
    told: bool


@dataclass(frozen=True, slots=True)
class Person:
    """One synthetic person. No levels, no ranks or no window means that nothing is stated."""

    id: str
    consents: bool
    capacity: int
    load: int
    country: int
    institution: int
    levels: dict[int, float]
    ranks: dict[int, int]
    window: tuple[int, int, Mode, float] | None
    zone: str
    deeds: tuple[Deed, ...]
    text: str


def people(count: int) -> list[Person]:
    """The same people every time; about one in twenty is silent about something."""
    chance = Random(count)
    return [_person(chance, f"p{number:05}") for number in range(count)]


def openings(count: int) -> list[OpeningNeed]:
    """The same openings every time, each asking two levels, with three gaps, a language and a country.

    About half have a must, and some ask for part or half of their days.
    """
    chance = Random(count)
    return [_opening(chance, f"o{number:04}") for number in range(count)]


def _person(chance: Random, id_: str) -> Person:
    known = chance.sample(range(CAPABILITIES), chance.choice([0] + [8] * 19))
    spoken = chance.sample(range(LANGUAGES), chance.choice([0] + [4] * 19))
    first = chance.randrange(0, 500)
    window = (first, first + chance.randrange(30, 700), chance.choice(MODES), chance.choice([0.2, 0.5, 1.0]))
    return Person(
        id=id_,
        consents=chance.random() < 0.9,
        capacity=2,
        load=chance.randrange(3),
        country=chance.randrange(COUNTRIES),
        institution=chance.randrange(INSTITUTIONS),
        levels={capability: chance.choice(HALVES) for capability in known},
        ranks={language: chance.randrange(2, 7) for language in spoken},
        window=window if chance.random() < 0.95 else None,
        zone=chance.choice(ZONES),
        deeds=tuple(_deed(chance) for _ in range(chance.randrange(4))),
        text=" ".join(chance.sample(WORDS, chance.randrange(12))),
    )


def _deed(chance: Random) -> Deed:
    return Deed(
        chance.randrange(PROGRAMMES),
        chance.randrange(INSTITUTIONS),
        chance.randrange(CAPABILITIES),
        chance.random() < 0.5,
    )


def _opening(chance: Random, id_: str) -> OpeningNeed:
    lacking = chance.sample(range(CAPABILITIES), 3)
    others = [place for place in range(CAPABILITIES) if place not in lacking]
    start = chance.randrange(200, 600)
    target = chance.choice([2.0, 2.5, 3.0])
    language, *tongues = chance.sample(range(LANGUAGES), 3)
    houses = frozenset(chance.sample(range(INSTITUTIONS), 2))
    return OpeningNeed(
        id=id_,
        kind=OpeningKind.MENTORSHIP,
        start=start,
        until=start + chance.randrange(60, 300),
        mode=chance.choice(MODES),
        presence=chance.choice([0.0, 0.1, 0.5]),
        needed=(
            Needed(lacking[0], 1.0, must=chance.random() < 0.5, weight=2.0),
            Needed(chance.choice(others), chance.choice([2.0, 3.0])),
        ),
        required=(Required(language, 3),),
        gaps=tuple(Gap(place, 0.5 * chance.randrange(3), target, chance.randrange(1, 4)) for place in lacking),
        institutions=houses,
        hosts=houses,
        programme=chance.randrange(PROGRAMMES),
        zones=(chance.choice(ZONES),),
        reach=tuple(NewReach(place, chance.randrange(3), 2) for place in lacking),
        text=" ".join(chance.choices(WORDS, k=15)),
        place=_place(chance.randrange(COUNTRIES)),
        tongues=frozenset((language, *tongues)),
    )


def _place(country: int) -> Place:
    return Place(country, country // 4, country // 12, country % 4, 1 + country % 3)


def roster_of(crowd: list[Person]) -> Roster:
    """The crowd as the columns that matching reads."""
    levels = [(row, *stated, 0) for row, person in enumerate(crowd) for stated in person.levels.items()]
    ranks = [(row, *stated) for row, person in enumerate(crowd) for stated in person.ranks.items()]
    windows = [(row, *person.window) for row, person in enumerate(crowd) if person.window]
    deeds = [(row, deed) for row, person in enumerate(crowd) for deed in person.deeds]
    return build_roster(
        RosterColumns(
            people=PersonColumns(
                ids=[person.id for person in crowd],
                consents=[person.consents for person in crowd],
                capacity=[person.capacity for person in crowd],
                places=[_place(person.country) for person in crowd],
                zones=[(person.zone,) for person in crowd],
            ),
            capabilities=CAPABILITIES,
            languages=LANGUAGES,
            levels=LevelColumns(**_columns(("person", "capability", "level", "confirmed_on"), levels)),
            speaking=LanguageColumns(**_columns(("person", "language", "rank"), ranks)),
            windows=WindowColumns(**_columns(("person", "first", "until", "mode", "share"), windows)),
            posts=PostColumns(person=range(len(crowd)), institution=[person.institution for person in crowd]),
            commitments=_promised([person.load for person in crowd]),
            past_engagements=PastEngagementColumns(
                person=[row for row, _ in deeds],
                programme=[deed.programme for _, deed in deeds],
                host=[deed.host for _, deed in deeds],
                worth=[1.0] * len(deeds),
                has_outcome=[deed.told for _, deed in deeds],
            ),
            subjects=SubjectColumns(engagement=range(len(deeds)), capability=[deed.about for _, deed in deeds]),
            texts=TextColumns(person=range(len(crowd)), text=[person.text for person in crowd]),
        )
    )


def _promised(loads: list[int]) -> CommitmentColumns:
    """So many promises of each person that never end."""
    people = [row for row, load in enumerate(loads) for _ in range(load)]
    no = [False] * len(people)
    return CommitmentColumns(
        person=people,
        first=[0] * len(people),
        until=[DAYS_END - 1] * len(people),
        opening=[""] * len(people),
        waits=no,
        learns=no,
    )


def _columns(names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Any]]:
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


@dataclass(frozen=True, slots=True)
class Spoken:
    """How many people use each word, and how many use any; everybody has one document at most, of different words."""

    users: Counter[str]
    documents: int

    def rarity(self, word: str, own: set[str]) -> float:
        """How rare a word is for somebody of these words."""
        return log1p((1 + self.documents - bool(own)) / (1 + self.users[word] - (word in own)))


def spoken_by(crowd: Iterable[Person]) -> Spoken:
    """The words of everybody."""
    said = [set(person.text.split()) for person in crowd]
    return Spoken(Counter(word for words in said for word in words), sum(map(bool, said)))


def plain_shortlist(crowd: list[Person], spoken: Spoken, need: OpeningNeed) -> Shortlist:
    """Rules, criteria and order in plain Python, one person after the other."""
    wanted = {word: 1 + log(times) for word, times in sorted(Counter(need.text.split()).items())}
    found = [(person.id, _points(person, need, (spoken, wanted))) for person in crowd if _eligible(person, need)]
    return sorted(found, key=lambda entry: (-entry[1], entry[0]))[:TOP]


def _eligible(person: Person, need: OpeningNeed) -> bool:
    return (
        person.consents
        and person.load < person.capacity
        and _presence(person, need) >= need.presence - 1e-9
        and all(person.levels.get(needed.capability, -1) >= needed.level for needed in need.needed if needed.must)
        and all(person.ranks.get(required.language, 0) >= required.rank for required in need.required)
        and person.institution not in need.institutions
    )


def _points(person: Person, need: OpeningNeed, words: tuple[Spoken, dict[str, float]]) -> int:
    whole = sum(BRINGS.weights.values()) * 1_000_000
    values = {
        "asked": _asked(person, need),
        "gap": _gap(person, need),
        "context": _context(person, need),
        "language": _language(person, need),
        "availability": _availability(person, need),
        "record": _record(person, need),
        "hours": _hours(person, need),
        "load": (person.capacity - person.load) / person.capacity,
        "network": _network(person, need),
        "text": _text(person, *words),
    }
    total = sum(10_000 * weight * round(values[name] * 1_000_000) for name, weight in BRINGS.weights.items())
    return (2 * total + whole) // (2 * whole)


def _asked(person: Person, need: OpeningNeed) -> float:
    held = [(person.levels.get(asked.capability, 0.0), asked) for asked in need.needed]
    met = sum(asked.weight * (1.0 if level >= asked.level else level / asked.level / 2) for level, asked in held)
    return met / sum(asked.weight for asked in need.needed)


def _gap(person: Person, need: OpeningNeed) -> float:
    asked = {asked.capability for asked in need.needed}
    closed = whole = 0.0
    for gap in need.gaps:
        if gap.capability not in asked:
            most = min(gap.target - gap.level, 2.0)
            closed += min(max(person.levels.get(gap.capability, 0) - gap.level, 0), most) * gap.weight
            whole += most * gap.weight
    return closed / whole


def _context(person: Person, need: OpeningNeed) -> float:
    own, place = _place(person.country), need.place
    near = 1.0 if own.subregion == place.subregion else 0.5 if own.region == place.region else 0.0
    income = max(1 - abs(own.income - place.income) / 2, 0)
    law = (own.law & place.law).bit_count() / (own.law | place.law).bit_count()
    ground = 1.0 if own.country == place.country else (2 * near + income + law) / 4
    extra = need.tongues - {asked.language for asked in need.required}
    tongue = min(max(person.ranks.get(language, 0) for language in extra) / 4, 1)
    return (ground + tongue) / 2


def _language(person: Person, need: OpeningNeed) -> float:
    ranks = [(person.ranks.get(asked.language, 0), asked.rank) for asked in need.required]
    return min(1.0 if rank == 6 else min(max((rank - asked) / 2, 0), 1) for rank, asked in ranks)


def _availability(person: Person, need: OpeningNeed) -> float:
    if person.window is None:
        return 0.0
    return _presence(person, need) * FITS[need.mode][person.window[2]]


def _presence(person: Person, need: OpeningNeed) -> float:
    if person.window is None:
        return 0.0
    *_, mode, share = person.window
    return _days(person.window, need) * share * (FITS[need.mode][mode] > 0) / (need.until - need.start)


def _record(person: Person, need: OpeningNeed) -> float:
    here = max(
        (1.0 if d.programme == need.programme else (d.host in need.hosts) / 2 for d in person.deeds),
        default=0,
    )
    sure = lack = 0.0
    for gap in need.gaps:
        size = max(gap.target - gap.level, 0) * gap.weight
        about = [deed for deed in person.deeds if deed.about == gap.capability]
        sure += (1 - 2 ** -sum(1.0 if deed.told else 0.5 for deed in about)) * size
        lack += size
    return (3 * sure / lack + here) / 4


def _hours(person: Person, need: OpeningNeed) -> float:
    apart = abs(HOURS[person.zone] - HOURS[need.zones[0]])
    shared = max(8 - min(apart, 24 - apart), 0) / 8
    afar = {Mode.ON_SITE: 0.0, Mode.HYBRID: 0.5, Mode.REMOTE: 1.0}[need.mode]
    return 1 - afar * (1 - shared)


def _network(person: Person, need: OpeningNeed) -> float:
    new = {reach.capability: reach.new / reach.among for reach in need.reach}
    sizes = [(gap, max(gap.target - gap.level, 0) * gap.weight) for gap in need.gaps]
    brought = sum(new[gap.capability] * s for gap, s in sizes if person.levels.get(gap.capability, 0) > gap.level)
    return brought / sum(size for _, size in sizes)


def _text(person: Person, spoken: Spoken, wanted: dict[str, float]) -> float:
    own = set(person.text.split())
    need = {word: often * spoken.rarity(word, own) for word, often in wanted.items()}
    have = {word: spoken.rarity(word, own) for word in own}
    shared = sum(need[word] * have[word] for word in need if word in own)
    return shared / (hypot(*need.values()) * hypot(*have.values())) / BEST if shared else 0.0


def _days(window: tuple[int, int, Mode, float], need: OpeningNeed) -> int:
    return max(min(window[1], need.until) - max(window[0], need.start), 0)


def shortlist_of(roster: Roster, ranking: Ranking) -> Shortlist:
    """Ids and points, as the peer gives them."""
    return [(roster.ids[found.person], found.points) for found in ranking.candidates]


def compare(count: int, many: int) -> None:
    """Print one line a contender; stop with an error when a shortlist differs."""
    crowd, needs = people(count), openings(many)
    began = time.process_time()
    roster = roster_of(crowd)
    built = time.process_time()
    ours = [rank(roster, need, top=TOP) for need in needs]
    ranked = time.process_time()
    spoken = spoken_by(crowd)
    plain = [plain_shortlist(crowd, spoken, need) for need in needs[:SAMPLE]]
    looped = time.process_time() - ranked
    for need, ranking, expected in zip(needs, ours, plain, strict=False):
        assert shortlist_of(roster, ranking) == expected, f"the shortlists of {need.id} differ"
    seconds, rows = ranked - built, f"{count:>7,} {many:>9,}"
    measured = min(SAMPLE, many)
    told = "measured" if measured == many else f"extrapolated from {measured} openings"
    estimate = looped * many / measured
    print(f"{rows}  {'baton':<13} {built - began:>8.3f} {seconds:>9.3f} {1:>7.1f}  measured")
    print(f"{rows}  {'plain Python':<13} {0:>8.3f} {estimate:>9.3f} {estimate / seconds:>7.1f}  {told}")


def report(sizes: Iterable[tuple[int, int]]) -> None:
    """Print the table for these numbers of people and openings."""
    print(f"{'people':>7} {'openings':>9}  {'':<13} {'prepare':>8} {'rank all':>9} {'ratio':>7}")
    for count, many in sizes:
        compare(count, many)


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
