"""The people as columns: who they are, what they can do, speak and offer, and where they work now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from graph.domain.people import Cefr
from graph.errors import InvalidValue
from graph.matching.columns import (
    UNKNOWN,
    Flags,
    Indexes,
    Levels,
    Ranks,
    check_distinct,
    check_length,
    flags,
    fractions,
    frozen,
    integers,
)
from graph.matching.people.ageing import known_levels
from graph.matching.people.capability_tree import CapabilityTree
from graph.matching.people.clocks import Zones
from graph.matching.people.commitments import CommitmentColumns, Commitments, read_commitments
from graph.matching.people.needs import OpeningNeed, Place
from graph.matching.people.past_engagements import (
    PastEngagementColumns,
    PastEngagements,
    SubjectColumns,
    read_past_engagements,
)
from graph.matching.people.texts import TextColumns, Texts, read_texts
from graph.matching.people.windows import (
    DAYS_END,
    Segments,
    WindowColumns,
    Windows,
    cut,
    read_windows,
)

_MANY = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonColumns:
    """One row a person: id, consent to matching, engagements they accept at once, place and time zones.

    `zones` are names of time zones, of which one holds (none where not known); `chances` how often they were sent out
    to learn. Each of the last three may be left out for everybody.
    """

    ids: Sequence[str]
    consents: Sequence[bool]
    capacity: Sequence[int]
    places: Sequence[Place] = ()
    zones: Sequence[Zones] = ()
    chances: Sequence[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelColumns:
    """Stated capabilities, a row each: person, capability, level 0 to 4, day last confirmed (-1 unknown).

    `shown` says whether evidence is given; it may be left out where it is for all.
    """

    person: Sequence[int] = ()
    capability: Sequence[int] = ()
    level: Sequence[float] = ()
    confirmed_on: Sequence[int] = ()
    shown: Sequence[bool] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageColumns:
    """Stated languages, a row each: person, language, CEFR rank 0 (none) to 6 (C2)."""

    person: Sequence[int] = ()
    language: Sequence[int] = ()
    rank: Sequence[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostColumns:
    """Where people work now, a row each: person, institution."""

    person: Sequence[int] = ()
    institution: Sequence[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterColumns:
    """Everything a roster is made of. `capabilities` and `languages` say how many of each there are.

    `today` is the day at which the age of a level is counted; left out (-1), nothing ages.
    """

    people: PersonColumns
    capabilities: int
    languages: int
    levels: LevelColumns = LevelColumns()
    speaking: LanguageColumns = LanguageColumns()
    windows: WindowColumns = field(default_factory=WindowColumns)
    posts: PostColumns = PostColumns()
    commitments: CommitmentColumns = field(default_factory=CommitmentColumns)
    past_engagements: PastEngagementColumns = field(default_factory=PastEngagementColumns)
    subjects: SubjectColumns = field(default_factory=SubjectColumns)
    texts: TextColumns = field(default_factory=TextColumns)
    tree: CapabilityTree = field(default_factory=CapabilityTree)
    today: int = UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Roster:
    """n people in read-only columns; a person is an index 0 to n-1.

    `levels` (n, capabilities) is what is stated or what narrower skills add up to, NaN where nothing is; of the same
    shape, `stated` is what they say themselves, `known` what is known of it, `possible` what it could be, and
    `confirmed_on` the day it was last confirmed. `ranks` (n, languages) is 0 where a language is not spoken.
    `income` is an income group from 0 up, `law` a set of traditions as bits, both of the country.
    `commitments` are what they have promised, `lessons` those in which they learn.
    `zone` (n,) is a place in `zones`, -1 where not known. The `states_*` columns tell "says none" from "says nothing":
    a person who states nothing is unknown, not unable. `id_rank` is the place of a person in the order of ids, which
    ends every tie.
    """

    ids: tuple[str, ...]
    id_rank: Indexes
    consents: Flags
    capacity: Indexes
    commitments: Commitments
    lessons: Commitments
    chances: Indexes
    country: Indexes
    subregion: Indexes
    region: Indexes
    income: Indexes
    law: Indexes
    zones: tuple[Zones, ...]
    zone: Indexes
    levels: Levels
    confirmed_on: Indexes
    stated: Levels
    known: Levels
    possible: Levels
    states_capabilities: Flags
    ranks: Ranks
    states_languages: Flags
    windows: Windows
    segments: Segments
    states_windows: Flags
    post_person: Indexes
    post_institution: Indexes
    past_engagements: PastEngagements
    states_engagements: Flags
    texts: Texts

    def __len__(self) -> int:
        return len(self.ids)

    def load(self, need: OpeningNeed) -> Indexes:
        """The most engagements that each person has promised for one day of the opening, shape (n,)."""
        return self.commitments.at_once(need.start, need.until, need.id)

    def without(self, pairs: Collection[tuple[int, str]]) -> Self:
        """The same people without what they promised as these pairs of a person and an opening (id)."""
        return replace(self, commitments=self.commitments.without(pairs), lessons=self.lessons.without(pairs))

    def check(self, need: OpeningNeed) -> None:
        """Raise InvalidValue when the need speaks of a capability, language or person that is not here."""
        people, capabilities = self.levels.shape
        asked = [gap.capability for gap in need.gaps] + [needed.capability for needed in need.needed]
        asked += [reach.capability for reach in need.reach]
        _check_known("capability", asked, capabilities)
        tongues = [required.language for required in need.required] + list(need.tongues)
        _check_known("language", tongues, self.ranks.shape[1])
        _check_known("person", [*need.conflicts, *need.refusals], people)


def build_roster(columns: RosterColumns) -> Roster:
    """Check the columns and bring them into the form in which matching reads them.

    Arguments: `columns`, a table for each kind of statement, people and things as indexes, days as ordinals.
    Returns: the roster: read-only columns of n people.
    Raises: InvalidValue naming table, column and row.
    Complexity: O(n log n + rows + n x (capabilities + languages) + length of texts) time; memory 12 bytes a person and
    capability.
    """
    people = columns.people
    count = len(people.ids)
    _check_people(people)
    places, zones = people.places or [Place()] * count, people.zones or [()] * count
    stated, confirmed_on, shown = _read_levels(columns.levels, (count, columns.capabilities))
    known = known_levels(stated, confirmed_on, shown, columns.today)
    ranks = _read_ranks(columns.speaking, (count, columns.languages))
    windows = read_windows(columns.windows, count)
    check_length("post.institution", len(columns.posts.institution), len(columns.posts.person))
    return Roster(
        ids=tuple(people.ids),
        id_rank=_id_rank(people.ids),
        consents=flags("person.consents", people.consents),
        capacity=integers("person.capacity", people.capacity, 0, _MANY),
        commitments=(promised := read_commitments(columns.commitments, count)),
        lessons=promised.to_learn(),
        chances=integers("person.chances", people.chances or [0] * count, 0, _MANY),
        country=integers("person.country", [place.country for place in places], UNKNOWN, _MANY),
        subregion=integers("person.subregion", [place.subregion for place in places], UNKNOWN, _MANY),
        region=integers("person.region", [place.region for place in places], UNKNOWN, _MANY),
        income=integers("person.income", [place.income for place in places], UNKNOWN, _MANY),
        law=integers("person.law", [place.law for place in places], UNKNOWN, _MANY),
        zones=(kinds := tuple(sorted(set(zones) - {()}))),
        zone=frozen(np.array([kinds.index(each) if each else UNKNOWN for each in zones], np.int32)),
        levels=columns.tree.known(stated),
        confirmed_on=confirmed_on,
        stated=stated,
        known=columns.tree.known(known),
        possible=columns.tree.possible(stated),
        states_capabilities=_named(columns.levels.person, count),
        ranks=ranks,
        states_languages=_named(columns.speaking.person, count),
        windows=windows,
        segments=cut(windows),
        states_windows=_named(columns.windows.person, count),
        post_person=integers("post.person", columns.posts.person, 0, count),
        post_institution=integers("post.institution", columns.posts.institution, 0, _MANY),
        past_engagements=read_past_engagements(columns.past_engagements, columns.subjects, count, columns.capabilities),
        states_engagements=_named(columns.past_engagements.person, count),
        texts=read_texts(columns.texts, count),
    )


def _check_people(people: PersonColumns) -> None:
    """Raise InvalidValue unless every column has a value for each person, or may be left out and was."""
    count = len(people.ids)
    for name in ("consents", "capacity"):
        check_length(f"person.{name}", len(getattr(people, name)), count)
    for name in ("places", "zones", "chances"):
        check_length(f"person.{name}", len(getattr(people, name)) or count, count)
    check_distinct("person.ids", people.ids)


def stated_level(held: float | np.float32) -> float:
    """The level as it was stated: single precision would show 2.3 as 2.299999952."""
    return round(float(held), 6)


def _read_levels(rows: LevelColumns, shape: tuple[int, int]) -> tuple[Levels, Indexes, Flags]:
    person = integers("level.person", rows.person, 0, shape[0])
    capability = integers("level.capability", rows.capability, 0, shape[1])
    level = fractions("level.level", rows.level, 0.0, 4.0)
    day = integers("level.confirmed_on", rows.confirmed_on, UNKNOWN, DAYS_END)
    for name in ("capability", "level", "confirmed_on"):
        check_length(f"level.{name}", len(getattr(rows, name)), len(person))
    check_length("level.shown", len(rows.shown) or len(person), len(person))
    check_distinct("level.capability", person.astype(np.int64) * shape[1] + capability)
    # Column by column in memory: matching asks for one capability of many people.
    levels = np.full(shape, np.nan, np.float32, order="F")
    confirmed_on = np.full(shape, UNKNOWN, np.int32, order="F")
    levels[person, capability] = level
    confirmed_on[person, capability] = day
    shown = np.ones(shape, np.bool_, order="F")
    if len(rows.shown):
        shown[person, capability] = flags("level.shown", rows.shown)
    return frozen(levels), frozen(confirmed_on), shown


def _read_ranks(rows: LanguageColumns, shape: tuple[int, int]) -> Ranks:
    person = integers("language.person", rows.person, 0, shape[0])
    language = integers("language.language", rows.language, 0, shape[1])
    rank = integers("language.rank", rows.rank, 0, len(Cefr) + 1)
    for name in ("language", "rank"):
        check_length(f"language.{name}", len(getattr(rows, name)), len(person))
    check_distinct("language.language", person.astype(np.int64) * shape[1] + language)
    ranks = np.zeros(shape, np.int8, order="F")
    ranks[person, language] = rank
    return frozen(ranks)


def _id_rank(ids: Sequence[str]) -> Indexes:
    rank = np.empty(len(ids), np.int32)
    rank[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids), dtype=np.int32)
    return frozen(rank)


def _named(people: Sequence[int], count: int) -> Flags:
    """Who has at least one row in a table."""
    named = np.zeros(count, np.bool_)
    named[np.asarray(people, np.int64)] = True
    return frozen(named)


def _check_known(kind: str, indexes: list[int], count: int) -> None:
    for index in indexes:
        if not 0 <= index < count:
            raise InvalidValue(kind, index, f"is not on the roster; give 0 to {count - 1}")
