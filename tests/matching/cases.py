"""People and openings in a few words: a test names only what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from hypothesis import strategies as st

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
from graph.matching.people.texts import TextColumns
from graph.matching.people.windows import DAYS_END, WindowColumns
from graph.matching.scoring.kinds import BRINGS

CAPABILITIES = 4
LANGUAGES = 3
START, UNTIL = 1000, 1100
CONFIRMED = 500
NOWHERE = Place()

Window = tuple[int, int, Mode, float]
Deed = tuple[int, int, float, bool, tuple[int, ...]]
"""Programme, host, worth, whether the outcome is told, and what it was about."""
ALL_THE_TIME: Window = (START, UNTIL, Mode.HYBRID, 1.0)


@dataclass(frozen=True)
class Person:
    id: str
    levels: dict[int, float] = field(default_factory=dict)
    ranks: dict[int, int] = field(default_factory=dict)
    windows: tuple[Window, ...] = ()
    consents: bool = True
    capacity: int = 1
    load: int = 0
    place: Place = NOWHERE
    posts: tuple[int, ...] = ()
    zones: tuple[str, ...] = ()
    text: str = ""
    deeds: tuple[Deed, ...] = ()
    confirmed: int = CONFIRMED
    shown: bool = True


def columns_of(*people: Person, today: int = -1) -> RosterColumns:
    levels = [
        (row, *level, person.confirmed, person.shown)
        for row, person in enumerate(people)
        for level in person.levels.items()
    ]
    ranks = [(row, *rank) for row, person in enumerate(people) for rank in person.ranks.items()]
    windows = [(row, *window) for row, person in enumerate(people) for window in person.windows]
    posts = [(row, post) for row, person in enumerate(people) for post in person.posts]
    deeds = [(row, *deed) for row, person in enumerate(people) for deed in person.deeds]
    subjects = [(row, capability) for row, deed in enumerate(deeds) for capability in deed[-1]]
    documents = [(row, line) for row, person in enumerate(people) for line in person.text.splitlines()]
    return RosterColumns(
        people=PersonColumns(
            ids=[person.id for person in people],
            consents=[person.consents for person in people],
            capacity=[person.capacity for person in people],
            places=[person.place for person in people],
            zones=[person.zones for person in people],
        ),
        capabilities=CAPABILITIES,
        languages=LANGUAGES,
        levels=table(LevelColumns, *_turn(levels, 5)),
        speaking=table(LanguageColumns, *_turn(ranks, 3)),
        windows=table(WindowColumns, *_turn(windows, 5)),
        posts=table(PostColumns, *_turn(posts, 2)),
        commitments=promised([person.load for person in people]),
        past_engagements=table(PastEngagementColumns, *_turn([deed[:-1] for deed in deeds], 5)),
        subjects=table(SubjectColumns, *_turn(subjects, 2)),
        texts=table(TextColumns, *_turn(documents, 2)),
        today=today,
    )


def promised(loads: Sequence[int]) -> CommitmentColumns:
    """So many promises of each person that never end."""
    people = [row for row, load in enumerate(loads) for _ in range(load)]
    there, no = len(people), [False] * len(people)
    return CommitmentColumns(
        person=people, first=[0] * there, until=[DAYS_END - 1] * there, opening=[""] * there, waits=no, learns=no
    )


def table(kind: type[Any], *columns: list[Any]) -> Any:
    """A table of columns in the order of its fields."""
    return kind(**dict(zip((column.name for column in fields(kind)), columns, strict=True)))


def roster_of(*people: Person, today: int = -1) -> Roster:
    return build_roster(columns_of(*people, today=today))


def opening(**given: Any) -> OpeningNeed:
    return OpeningNeed(**{"id": "o", "kind": OpeningKind.MENTORSHIP, "start": START, "until": UNTIL, **given})


def _turn(rows: list[Any], width: int) -> list[list[Any]]:
    """Rows to columns; no rows give empty columns."""
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]


heaviness = st.sampled_from([0, 1, 2.5])
halves = st.integers(0, 8).map(lambda half: half / 2)
windows = st.tuples(
    st.integers(900, 1150), st.integers(1, 200), st.sampled_from(Mode), st.sampled_from([0.0, 0.2, 0.5, 1.0])
).map(lambda window: (window[0], window[0] + window[1], window[2], window[3]))
deeds = st.tuples(
    st.integers(-1, 2),
    st.integers(-1, 4),
    st.sampled_from([0.0, 0.5, 1.0]),
    st.booleans(),
    st.lists(st.integers(0, CAPABILITIES - 1), max_size=2, unique=True).map(tuple),
)
clocks = st.sampled_from(["Africa/Accra", "Pacific/Fiji", "America/Panama"])
zones = st.lists(clocks, max_size=2, unique=True).map(tuple)
texts = st.lists(st.sampled_from(["forensics", "law", "networks", "training", "法律"]), max_size=5).map(" ".join)
places = st.builds(Place, country=st.integers(-1, 3), subregion=st.integers(-1, 2), region=st.integers(-1, 1))


def person(name: str) -> st.SearchStrategy[Person]:
    return st.builds(
        Person,
        id=st.just(name),
        levels=st.dictionaries(st.integers(0, CAPABILITIES - 1), halves, max_size=CAPABILITIES),
        ranks=st.dictionaries(st.integers(0, LANGUAGES - 1), st.integers(0, 6), max_size=LANGUAGES),
        windows=st.lists(windows, max_size=3).map(tuple),
        consents=st.sampled_from([True, True, True, False]),
        capacity=st.integers(0, 2),
        load=st.integers(0, 2),
        place=places,
        posts=st.lists(st.integers(0, 4), max_size=2, unique=True).map(tuple),
        zones=zones,
        text=texts,
        deeds=st.lists(deeds, max_size=3).map(tuple),
        confirmed=st.integers(-1, START),
        shown=st.booleans(),
    )


crowds = st.integers(0, 7).flatmap(lambda count: st.tuples(*(person(f"p{number}") for number in range(count))))


@st.composite
def openings(draw: st.DrawFn) -> OpeningNeed:
    """Openings for crowds of any size: they name nobody."""
    capability = st.integers(0, CAPABILITIES - 1)
    language = st.integers(0, LANGUAGES - 1)
    return opening(
        mode=draw(st.sampled_from(Mode)),
        presence=draw(st.sampled_from([0, 0, 0, 0.1, 0.5])),
        needed=draw(_distinct(st.builds(Needed, capability, halves, st.booleans(), heaviness), "capability")),
        required=draw(_distinct(st.builds(Required, language, st.integers(1, 6)), "language")),
        gaps=draw(_distinct(st.builds(Gap, capability, halves, halves, heaviness), "capability")),
        institutions=draw(st.frozensets(st.integers(0, 4), max_size=2)),
        place=draw(places),
        tongues=draw(st.frozensets(language, max_size=2)),
        programme=draw(st.integers(-1, 2)),
        hosts=draw(st.frozensets(st.integers(0, 4), max_size=2)),
        zones=draw(zones),
        text=draw(texts),
        reach=draw(_distinct(st.builds(NewReach, capability, st.integers(0, 2), st.integers(2, 4)), "capability")),
    )


def _distinct(items: st.SearchStrategy[Any], name: str) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=3, unique_by=lambda item: getattr(item, name)).map(tuple)


weightings = st.fixed_dictionaries(
    {name: st.integers(0, 50) for name in BRINGS.names if name != "asked"} | {"asked": st.integers(1, 50)}
)
