"""Load the people a viewer may match, and the openings, as the columns that matching computes on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from graph.cache.memory import Cache
from graph.connection import Graph, Row
from graph.domain.labels import Label
from graph.domain.marks import Audience
from graph.domain.people import Cefr
from graph.domain.programmes import Opening
from graph.domain.time_zones import zones_of
from graph.matching.people.needs import (
    Gap,
    Needed,
    OpeningNeed,
    Place,
    Required,
)
from graph.matching.people.reach import NewReach
from graph.matching.people.roster import (
    Roster,
    RosterColumns,
    build_roster,
)
from graph.matching.scoring.kinds import BRINGS, kind_of
from graph.services.capability_levels import Stated, read_above, read_stated
from graph.services.indexes import Axis, CountryRegions, read_country_regions
from graph.services.institution_families import InstitutionFamilies
from graph.services.matching.promises import Asked, asked_for, commitment_columns
from graph.services.matching.reachability import Opened, Reachability
from graph.services.matching.roster_columns import (
    Written,
    capability_tree,
    language_columns,
    level_columns,
    past_engagement_columns,
    person_columns,
    post_columns,
    posts_on,
    subject_columns,
    text_columns,
    window_columns,
)
from graph.services.transfers.transfers import between_institutions_by
from graph.store import commitments, openings, organisations, programmes, reference, rosters, transfers

_REACHABILITY: Cache[Audience, Reachability] = Cache()  # they outlast a change of people


@dataclass(frozen=True, slots=True)
class People:
    """The roster, and what its indexes mean. `stated` gives (person id, area id) -> where the level comes from.

    `windows` and `past_engagements` are the rows behind the roster's. `conflicts` gives person id -> the institutions
    with which a conflict of interest is declared. `institution_names` has the names that this viewer may see.
    `offers` gives capability id -> the institutions with a centre of excellence for it, `asked` person id -> the
    openings that wait for their answer, `wishes` person id -> the openings they would take, the dearest first.
    """

    roster: Roster
    experts: Axis
    capabilities: Axis
    languages: Axis
    institutions: Axis
    programmes: Axis
    country_regions: CountryRegions
    windows: Row
    past_engagements: Row
    stated: Mapping[tuple[str, str], Stated]
    conflicts: Mapping[str, Set[str]]
    families: InstitutionFamilies
    institution_names: Mapping[str, str]
    offers: Mapping[str, frozenset[str]]
    asked: Mapping[str, tuple[Asked, ...]]
    wishes: Mapping[str, tuple[str, ...]]
    reachability: Reachability


def read_people(graph: Graph, audience: Audience, today: date) -> People:
    """Everybody this viewer may see, with what they state and have done. O(people + statements + engagements)."""
    found = rosters.people(graph, audience)
    experts, capabilities, languages = map(
        Axis.of_columns, (found, reference.capabilities(graph), reference.languages(graph))
    )
    above = read_above(graph)
    stated = read_stated(graph, audience, capabilities, above)
    country_regions, conflicts = read_country_regions(graph), rosters.conflicts(graph, audience)
    windows, promises = rosters.windows(graph, audience), commitments.seen(graph, audience, today)
    posts = posts_on(transfers.posts(graph), experts, today)
    past_engagements, subjects = rosters.past_engagements(graph, audience), rosters.subjects(graph, audience)
    institutions = Axis.of_ids([*(institution for _, institution in posts), *past_engagements["hosts"]])
    projects = Axis.of_ids(past_engagements["programmes"])
    columns = RosterColumns(
        people=person_columns(found, country_regions),
        capabilities=len(capabilities.ids),
        languages=len(languages.ids),
        levels=level_columns(rosters.levels(graph, audience), experts, capabilities),
        speaking=language_columns(rosters.languages(graph, audience), experts, languages),
        windows=window_columns(windows, experts),
        posts=post_columns(posts, experts, institutions),
        commitments=commitment_columns(promises, experts),
        past_engagements=past_engagement_columns(past_engagements, experts, projects, institutions),
        subjects=subject_columns(subjects, past_engagements, capabilities, above),
        texts=text_columns(_written(graph, audience, found), subjects, capabilities),
        tree=capability_tree(reference.broader(graph), capabilities),
        today=today.toordinal(),
    )
    seen = organisations.institutions(graph, audience)
    return People(
        roster=build_roster(columns),
        experts=experts,
        capabilities=capabilities,
        languages=languages,
        institutions=institutions,
        programmes=projects,
        country_regions=country_regions,
        windows=windows,
        past_engagements=past_engagements,
        stated=stated,
        conflicts=_conflicts(conflicts),
        families=InstitutionFamilies.of(organisations.parts(graph)),
        institution_names=dict(zip(seen["ids"], seen["names"], strict=True)),
        offers=_offers(organisations.offered(graph, audience)),
        asked=asked_for(promises, audience),
        wishes=_wishes(rosters.wishes(graph, audience)),
        reachability=_REACHABILITY.fetch(graph, audience, partial(_read_reachability, graph, audience)),
    )


def _written(graph: Graph, audience: Audience, found: Row) -> Written:
    return Written(found, rosters.levels(graph, audience), rosters.written(graph, audience))


@dataclass(frozen=True, slots=True)
class Ask:
    """An opening with the row around it, and the rows that say what its programme lacks."""

    opening: Opening
    row: Row
    ratings: tuple[Row, ...]


def read_asks(graph: Graph, audience: Audience, ids: Sequence[str]) -> tuple[Ask, ...]:
    """What these openings ask, in the order of their ids; two statements for however many. Raises NotFound."""
    found = openings.find_all(graph, audience, ids)
    projects = sorted({row["programme"] for _, row in found})
    ratings = _by("programme", programmes.latest_ratings(graph, audience, projects))
    return tuple(Ask(opening, row, tuple(ratings[row["programme"]])) for opening, row in found)


def need_of(people: People, ask: Ask) -> OpeningNeed:
    """What the opening asks of these people. Raises InvalidValue for an opening that asks something twice."""
    opening, country = ask.opening, ask.row["country"] or ""
    own = [institution for institution in (ask.row["owner"], opening.host) if institution]
    around = people.families.around(own)
    need = OpeningNeed(
        id=opening.id,
        kind=opening.kind,
        start=opening.start.first.toordinal(),
        until=opening.end.after.toordinal(),
        seats=opening.seats,
        mode=opening.mode,
        presence=opening.least_presence,
        needed=tuple(_needed(row, people) for row in ask.row["needs"]),
        required=tuple(_required(row, people) for row in ask.row["languages"]),
        gaps=tuple(_gap(row, people) for row in ask.ratings),
        programme=people.programmes.index_of(opening.programme),
        hosts=_indexes(people.institutions, own),
        institutions=_indexes(people.institutions, around),
        homes=_indexes(people.institutions, people.families.around([ask.row["owner"]] if ask.row["owner"] else [])),
        place=people.country_regions.places.get(country, Place()),
        tongues=frozenset(people.languages.index[tongue] for tongue in ask.row["tongues"]),
        conflicts=_indexes(
            people.experts, (who for who, institutions in people.conflicts.items() if institutions & around)
        ),
        refusals=_indexes(people.experts, ask.row["refused"]),
        zones=zones_of(country),
    )
    text = "\n".join((opening.name, ask.row["summary"], *(row["name"] for row in (*ask.ratings, *ask.row["needs"]))))
    brings = kind_of(need) is BRINGS and own
    reach = tuple(_reach(people, need, gap, own[-1]) for gap in need.open_gaps) if brings else ()
    return replace(need, reach=reach, text=text)


def _by(name: str, rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[name]].append(row)
    return grouped


def opened(people: People, need: OpeningNeed, gap: Gap, institution: str) -> Opened:
    """Whom it reaches to bring the capability of a gap to this institution by the end of the opening."""
    capability = people.capabilities.ids[gap.capability]
    offers = people.offers.get(capability, frozenset())
    return people.reachability.opened(capability, offers, institution, need.until)


def _reach(people: People, need: OpeningNeed, gap: Gap, institution: str) -> NewReach:
    found = opened(people, need, gap, institution)
    return NewReach(gap.capability, found.new, found.among)


def _indexes(axis: Axis, ids: Iterable[str]) -> frozenset[int]:
    """The indexes of those that are on the axis."""
    return frozenset(axis.index[id_] for id_ in ids if id_ in axis.index)


def _conflicts(columns: Row) -> Mapping[str, Set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for person, institution in zip(columns["people"], columns["institutions"], strict=True):
        found[person].add(institution)
    return found


def _offers(offered: Row) -> Mapping[str, frozenset[str]]:
    offers: dict[str, set[str]] = defaultdict(set)
    for capability, institution in zip(offered["capabilities"], offered["institutions"], strict=True):
        offers[capability].add(institution)
    return {capability: frozenset(institutions) for capability, institutions in offers.items()}


def _wishes(columns: Row) -> Mapping[str, tuple[str, ...]]:
    wished: dict[str, list[str]] = defaultdict(list)
    for person, opening in zip(columns["people"], columns["openings"], strict=True):
        wished[person].append(opening)
    return {person: tuple(openings) for person, openings in wished.items()}


def _read_reachability(graph: Graph, audience: Audience) -> Reachability:
    subjects, above = rosters.subjects(graph, audience), read_above(graph)
    about: dict[str, set[str]] = defaultdict(set)
    chosen: dict[Label, set[str]] = defaultdict(set)
    names = ("engagements", "labels", "capabilities")
    for engagement, label, capability in zip(*(subjects[name] for name in names), strict=True):
        chosen[Label(label)].add(engagement)
        for reached in (capability, *above.get(capability, ())):
            about[reached].add(engagement)
    return Reachability(between_institutions_by(graph, audience, chosen).found, about)


def _needed(row: Row, people: People) -> Needed:
    return Needed(people.capabilities.index[row["capability"]], row["level"], bool(row["must"]), row["weight"])


def _required(row: Row, people: People) -> Required:
    return Required(people.languages.index[row["language"]], Cefr(row["level"]).rank)


def _gap(row: Row, people: People) -> Gap:
    return Gap(people.capabilities.index[row["capability"]], row["level"], row["target"], row["weight"])
