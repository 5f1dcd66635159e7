"""Lay out the people a viewer may match, and the openings, as the columns that matching computes on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.connection import Graph, Row
from graph.domain.marks import Audience
from graph.domain.people import Cefr
from graph.domain.programmes import Opening
from graph.domain.records import Mode
from graph.matching.columns import UNKNOWN
from graph.matching.needs import Gap, Need, Needed, Place, Required
from graph.matching.roster import (
    LanguageColumns,
    LevelColumns,
    PersonColumns,
    PostColumns,
    Roster,
    RosterColumns,
    build_roster,
)
from graph.matching.windows import WindowColumns
from graph.store import openings, programmes, rosters, transfers


@dataclass(frozen=True, slots=True)
class Axis:
    """The things of one kind in the order of their indexes."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    index: Mapping[str, int]

    @classmethod
    def of(cls, ids: Sequence[str], names: Sequence[str]) -> "Axis":
        """An axis with the things in this order."""
        return cls(tuple(ids), tuple(names), {id_: place for place, id_ in enumerate(ids)})


@dataclass(frozen=True, slots=True)
class Atlas:
    """Countries with their subregion and region, as indexes."""

    countries: Axis
    subregions: Axis
    regions: Axis
    places: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class People:
    """The roster, and what its indexes mean. `stated` gives (person id, area id) -> where the level comes from."""

    roster: Roster
    experts: Axis
    capabilities: Axis
    languages: Axis
    institutions: Axis
    atlas: Atlas
    windows: Row
    stated: Mapping[tuple[str, str], "Stated"]


@dataclass(frozen=True, slots=True)
class Stated:
    """A stated capability: itself or, where it lies deeper in a tree, the one that speaks for the area.

    `confirmed_on` is the last day that `confirmed_as` ("2026-01") can mean; both are empty where never confirmed.
    """

    capability: str
    name: str
    level: float
    confirmed_on: str
    confirmed_as: str
    evidence: str


def read_people(graph: Graph, audience: Audience, today: date) -> People:
    """Everybody this viewer may see, with what they state. O(people + statements)."""
    found = rosters.people(graph, audience)
    experts = Axis.of(found["ids"], found["names"])
    capabilities = _axis(rosters.capabilities(graph))
    stated = _stated(graph, audience, capabilities)
    languages = _axis(rosters.tongues(graph))
    atlas = read_atlas(graph)
    windows = rosters.windows(graph, audience)
    posts = rosters.posts(graph, audience, today.isoformat())
    institutions = Axis.of(ids := sorted(set(posts["institutions"])), ids)
    columns = RosterColumns(
        people=_person_columns(found, atlas),
        capabilities=len(capabilities.ids),
        languages=len(languages.ids),
        levels=_level_columns(stated, experts, capabilities),
        speaking=_language_columns(rosters.languages(graph, audience), experts, languages),
        windows=_window_columns(windows, experts),
        posts=PostColumns(
            person=[experts.index[person] for person in posts["people"]],
            institution=[institutions.index[house] for house in posts["institutions"]],
        ),
    )
    return People(build_roster(columns), experts, capabilities, languages, institutions, atlas, windows, stated)


def read_need(graph: Graph, audience: Audience, people: People, opening: Opening, country: str) -> Need:
    """What the opening asks of these people. Raises InvalidValue for an opening that asks something twice."""
    ratings = programmes.ratings(graph, audience, opening.programme)
    latest = [row for row in ratings if row["assessment"] == ratings[0]["assessment"]]
    programme, _ = programmes.find(graph, audience, opening.programme)
    houses = (people.institutions.index.get(house) for house in (programme.owner, opening.host))
    refused = rosters.refused(graph, audience, opening.id)
    return Need(
        id=opening.id,
        kind=opening.kind,
        start=opening.start.first.toordinal(),
        until=opening.end.after.toordinal(),
        seats=opening.seats,
        mode=opening.mode,
        needed=tuple(_needed(row, people) for row in openings.needs(graph, audience, opening.id)),
        required=tuple(_required(row, people) for row in openings.languages(graph, audience, opening.id)),
        gaps=tuple(_gap(row, people) for row in latest),
        institutions=frozenset(house for house in houses if house is not None),
        place=people.atlas.places.get(country, Place()),
        tongues=frozenset(people.languages.index[tongue] for tongue in rosters.tongues_of(graph, country)),
        refusals=frozenset(people.experts.index[person] for person in refused if person in people.experts.index),
    )


def read_atlas(graph: Graph) -> Atlas:
    """Every country with the regions it lies in."""
    found = transfers.countries(graph)
    countries = _axis(found)
    subregions = Axis.of(ids := sorted(set(found["regions"]) - {""}), ids)
    regions = Axis.of(ids := sorted(set(found["parents"]) - {""}), ids)
    names = ("ids", "regions", "parents")
    places = {
        id_: Place(countries.index[id_], subregions.index.get(sub, UNKNOWN), regions.index.get(region, UNKNOWN))
        for id_, sub, region in zip(*(found[name] for name in names), strict=True)
    }
    return Atlas(countries, subregions, regions, places)


def _axis(columns: Row) -> Axis:
    return Axis.of(columns["ids"], columns["names"])


def _stated(graph: Graph, audience: Audience, names: Axis) -> dict[tuple[str, str], Stated]:
    """What people state, and the same for every broader capability it is evidence of: the highest level speaks."""
    above = _above(graph)
    columns = rosters.levels(graph, audience)
    found: dict[tuple[str, str], Stated] = {}
    order = ("people", "capabilities", "levels", "confirmed", "known_as", "evidence")
    for person, capability, *said in zip(*(columns[name] for name in order), strict=True):
        stated = Stated(capability, names.names[names.index[capability]], *said)
        for reached in (capability, *above[capability]):
            known = found.get((person, reached))
            if known is None or known.level < stated.level:
                found[person, reached] = stated
    return found


def _above(graph: Graph) -> Mapping[str, set[str]]:
    """Capability -> everything broader, at any height of its tree."""
    parents: dict[str, list[str]] = defaultdict(list)
    columns = rosters.broader(graph)
    for capability, broader in zip(columns["ids"], columns["broader"], strict=True):
        parents[capability].append(broader)
    above: dict[str, set[str]] = defaultdict(set)
    for capability in list(parents):
        rest = list(parents[capability])
        while rest:
            broader = rest.pop()
            if broader not in above[capability]:
                above[capability].add(broader)
                rest.extend(parents.get(broader, ()))
    return above


def _person_columns(found: Row, atlas: Atlas) -> PersonColumns:
    return PersonColumns(
        ids=found["ids"],
        consents=found["consents"],
        capacity=found["capacities"],
        load=found["loads"],
        places=[atlas.places.get(country, Place()) for country in found["countries"]],
    )


def _level_columns(stated: Mapping[tuple[str, str], Stated], experts: Axis, capabilities: Axis) -> LevelColumns:
    return LevelColumns(
        person=[experts.index[person] for person, _ in stated],
        capability=[capabilities.index[capability] for _, capability in stated],
        level=[found.level for found in stated.values()],
        confirmed_on=[_ordinal(found.confirmed_on) for found in stated.values()],
    )


def _language_columns(columns: Row, experts: Axis, languages: Axis) -> LanguageColumns:
    return LanguageColumns(
        person=[experts.index[person] for person in columns["people"]],
        language=[languages.index[language] for language in columns["languages"]],
        rank=[Cefr(level).rank for level in columns["levels"]],
    )


def _window_columns(columns: Row, experts: Axis) -> WindowColumns:
    return WindowColumns(
        person=[experts.index[person] for person in columns["people"]],
        first=[_ordinal(day) for day in columns["first"]],
        until=[_ordinal(day) + 1 for day in columns["last"]],
        mode=[Mode(mode) for mode in columns["modes"]],
        share=columns["shares"],
    )


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal() if day else UNKNOWN


def _needed(row: Row, people: People) -> Needed:
    return Needed(people.capabilities.index[row["capability"]], row["level"], bool(row["must"]))


def _required(row: Row, people: People) -> Required:
    return Required(people.languages.index[row["language"]], Cefr(row["level"]).rank)


def _gap(row: Row, people: People) -> Gap:
    return Gap(people.capabilities.index[row["capability"]], row["level"], row["target"], row["weight"])
