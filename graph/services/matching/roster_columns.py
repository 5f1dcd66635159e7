"""From what the store returns to the columns a roster is made of."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.connection import Row
from graph.domain.engagements import EngagementStatus
from graph.domain.people import Cefr
from graph.domain.records import Mode
from graph.domain.time_zones import is_zone, zones_of
from graph.matching.columns import UNKNOWN
from graph.matching.people.capability_tree import CapabilityTree, read_tree
from graph.matching.people.needs import Place
from graph.matching.people.past_engagements import PastEngagementColumns, SubjectColumns
from graph.matching.people.roster import LanguageColumns, LevelColumns, PersonColumns, PostColumns
from graph.matching.people.texts import TextColumns
from graph.matching.people.windows import WindowColumns
from graph.services.capability_levels import Above
from graph.services.indexes import Axis, CountryRegions

# An engagement that ended early still shows that the person can do it; one that runs shows nothing yet.
_WORTH = {EngagementStatus.COMPLETED: 1.0, EngagementStatus.COMPLETED_EARLY: 0.5}


def person_columns(found: Row, country_regions: CountryRegions) -> PersonColumns:
    """A row a person."""
    return PersonColumns(
        ids=found["ids"],
        consents=found["consents"],
        capacity=found["capacities"],
        chances=found["chances"],
        places=[country_regions.places.get(country, Place()) for country in found["countries"]],
        zones=[
            (zone,) if is_zone(zone) else zones_of(country)
            for zone, country in zip(found["zones"], found["countries"], strict=True)
        ],
    )


@dataclass(frozen=True, slots=True)
class Written:
    """Rows with words in them: people with headlines, levels with evidence, and what people took part in or wrote."""

    people: Row
    levels: Row
    engagements: Row


def text_columns(written: Written, subjects: Row, capabilities: Axis) -> TextColumns:
    """A row for everything people say or did in words.

    Each is a document of its own, so that nothing that is stated can lower what something else is worth. Of an
    engagement the name and what it was about are one, and what came of it another.
    """
    about: dict[str, list[str]] = defaultdict(list)
    for engagement, capability in zip(subjects["engagements"], subjects["capabilities"], strict=True):
        about[engagement].append(capabilities.names[capabilities.index[capability]])
    people, levels, done = written.people, written.levels, written.engagements
    named = [" ".join([name, *about[id_]]) for id_, name in zip(done["ids"], done["names"], strict=True)]
    place = {id_: row for row, id_ in enumerate(people["ids"])}
    rows = [
        *zip(people["ids"], people["headlines"], strict=True),
        *zip(levels["people"], levels["evidence"], strict=True),
        *zip(done["people"], named, strict=True),
        *zip(done["people"], done["outcomes"], strict=True),
    ]
    said = [(place[person], text) for person, text in rows if text.strip()]
    return TextColumns(person=[person for person, _ in said], text=[text for _, text in said])


def level_columns(columns: Row, experts: Axis, capabilities: Axis) -> LevelColumns:
    """A row for every person and capability they state."""
    return LevelColumns(
        person=[experts.index[person] for person in columns["people"]],
        capability=[capabilities.index[capability] for capability in columns["capabilities"]],
        level=columns["levels"],
        confirmed_on=[_ordinal(day) for day in columns["confirmed"]],
        shown=[bool(evidence.strip()) for evidence in columns["evidence"]],
    )


def capability_tree(steps: Row, capabilities: Axis) -> CapabilityTree:
    """The tree of the steps from each capability to one right above it."""
    return read_tree(
        (capabilities.index[narrower], capabilities.index[broader])
        for narrower, broader in zip(steps["ids"], steps["broader"], strict=True)
    )


def language_columns(columns: Row, experts: Axis, languages: Axis) -> LanguageColumns:
    """A row for every person and language they speak."""
    return LanguageColumns(
        person=[experts.index[person] for person in columns["people"]],
        language=[languages.index[language] for language in columns["languages"]],
        rank=[Cefr(level).rank for level in columns["levels"]],
    )


def window_columns(columns: Row, experts: Axis) -> WindowColumns:
    """A row for every period in which somebody is free."""
    return WindowColumns(
        person=[experts.index[person] for person in columns["people"]],
        first=[_ordinal(day) for day in columns["first"]],
        until=[_ordinal(day) + 1 for day in columns["last"]],
        mode=[Mode(mode) for mode in columns["modes"]],
        share=columns["shares"],
    )


def posts_on(columns: Row, experts: Axis, day: date) -> list[tuple[str, str]]:
    """Which of these people works at which institution on that day, each pair once, in order of ids."""
    on = day.isoformat()
    posts = zip(*(columns[name] for name in ("people", "institutions", "first", "last")), strict=True)
    return sorted(
        {
            (person, institution)
            for person, institution, first, last in posts
            if person in experts.index and first <= on <= (last or on)
        }
    )


def post_columns(posts: Sequence[tuple[str, str]], experts: Axis, institutions: Axis) -> PostColumns:
    """A row for every person and the institution they work at."""
    return PostColumns(
        person=[experts.index[person] for person, _ in posts],
        institution=[institutions.index[institution] for _, institution in posts],
    )


def past_engagement_columns(columns: Row, experts: Axis, programmes: Axis, institutions: Axis) -> PastEngagementColumns:
    """A row for every engagement in which somebody gave."""
    return PastEngagementColumns(
        person=[experts.index[person] for person in columns["people"]],
        programme=[programmes.index_of(programme) for programme in columns["programmes"]],
        host=[institutions.index_of(host) for host in columns["hosts"]],
        worth=[_WORTH.get(EngagementStatus(status), 0.0) for status in columns["statuses"]],
        has_outcome=[bool(outcome) for outcome in columns["outcomes"]],
    )


def subject_columns(subjects: Row, engagements: Row, capabilities: Axis, above: Above) -> SubjectColumns:
    """A row for every engagement and capability it was about, broader ones included."""
    about: dict[str, set[str]] = defaultdict(set)
    for engagement, capability in zip(subjects["engagements"], subjects["capabilities"], strict=True):
        about[engagement].update((capability, *above.get(capability, ())))
    rows = [
        (row, capability) for row, id_ in enumerate(engagements["ids"]) for capability in sorted(about.get(id_, ()))
    ]
    return SubjectColumns(
        engagement=[row for row, _ in rows], capability=[capabilities.index[capability] for _, capability in rows]
    )


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal() if day else UNKNOWN
