"""Match: who could fill an opening, in what order, for what reason, and who was ruled out by which rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.connection import Graph
from graph.domain.marks import Audience
from graph.domain.programmes import Opening
from graph.errors import NotFound
from graph.matching.people.needs import OpeningNeed
from graph.matching.scoring.collect_evidence import collect_evidence
from graph.matching.scoring.evidence import Unstated
from graph.matching.scoring.influence import Influence, influences
from graph.matching.scoring.kinds import LEARNS, kind_of
from graph.matching.scoring.outweighed import Outweighed, outweighed
from graph.matching.scoring.ranking import Candidate, first_places, rank
from graph.services.indexes import names_with_ids
from graph.services.matching.evidence_text import EvidencePath, EvidenceText
from graph.services.matching.roster import Ask, People
from graph.services.matching.snapshot import matching_snapshot
from graph.services.matching.weigh import chosen_weights
from graph.store import openings, programmes

Weights = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MatchQuery:
    """How many people to list, on which day, and by which weights; None stands for those kept with each opening."""

    top: int
    today: date
    weights: Weights | None = None


@dataclass(frozen=True, slots=True)
class PartOfScore:
    """One criterion: the points it brings, what is known and could be in [0, 1], and its weight."""

    criterion: str
    points: int
    value: float
    high: float
    weight: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A person for an opening: `points` of 10,000, and at most `high` once the missing is known.

    `unknown` names the criteria on which the person states nothing.
    """

    rank: int
    expert: str
    name: str
    points: int
    high: int
    parts: tuple[PartOfScore, ...]
    paths: tuple[EvidencePath, ...]
    closes: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutweighedAsk:
    """Somebody who states everything asked stands at `place` only: the first is `ahead` by criteria with points."""

    name: str
    first: str
    place: int
    ahead: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class RuledOut:
    """How many people a rule removes in all, how many it is the first to remove, and how many it alone removes."""

    rule: str
    sentence: str
    people: int
    first: int
    alone: int


@dataclass(frozen=True, slots=True)
class OpeningMatch:
    """The shortlist of one opening. `roster` = `eligible` + those ruled out; `uncovered` nobody eligible can close.

    `lessons` names what is to be learned, where somebody goes out to learn; `influences` say what each criterion moved.
    """

    opening: Opening
    programme: str
    programme_name: str
    roster: int
    eligible: int
    suggestions: tuple[Suggestion, ...]
    ruled_out: tuple[RuledOut, ...]
    lessons: tuple[str, ...]
    gaps: tuple[str, ...]
    uncovered: tuple[str, ...]
    outweighed: OutweighedAsk | None
    influences: tuple[Influence, ...] = ()


def match_opening(graph: Graph, audience: Audience, opening_id: str, query: MatchQuery) -> OpeningMatch:
    """The first people for one opening.

    Raises NotFound, and InvalidValue for a top below 1 or weights that will not do.
    """
    (match,) = _matched(graph, audience, [opening_id], query)
    return match


def match_programme(graph: Graph, audience: Audience, programme_id: str, query: MatchQuery) -> tuple[OpeningMatch, ...]:
    """The same for every opening of a programme, the nearest deadline first. Raises NotFound."""
    programmes.find(graph, audience, programme_id)
    ids = [row["id"] for row in programmes.openings(graph, audience, programme_id)]
    return tuple(_matched(graph, audience, ids, query))


def _matched(graph: Graph, audience: Audience, ids: Sequence[str], query: MatchQuery) -> list[OpeningMatch]:
    if not ids:
        return []
    openings.find_all(graph, audience, ids)  # nobody waits for the people to hear that there is no such opening
    snapshot = matching_snapshot(graph, audience, query.today)
    matcher = _Matcher(snapshot.people, query)
    return [matcher.match(*needed) for needed in snapshot.asked(ids)]


def match_either(graph: Graph, audience: Audience, record_id: str, query: MatchQuery) -> tuple[OpeningMatch, ...]:
    """The opening of that id, else the programme. Raises NotFound when it is neither."""
    try:
        return (match_opening(graph, audience, record_id, query),)
    except NotFound:
        pass
    try:
        return match_programme(graph, audience, record_id, query)
    except NotFound:
        raise NotFound("opening or programme", record_id) from None


@dataclass(frozen=True, slots=True)
class _Matcher:
    """Matches one opening after the other to the same people."""

    people: People
    query: MatchQuery

    def match(self, ask: Ask, need: OpeningNeed) -> OpeningMatch:
        opening, row = ask.opening, ask.row
        weights = chosen_weights(opening, self.query.weights)
        roster, names = self.people.roster, self.people.capabilities.names
        ranking = rank(roster, need, weights, self.query.top)
        text = EvidenceText(self.people, need, opening, row)
        order = first_places(ranking.scored.points, roster.id_rank[ranking.scored.people], ranking.considered)
        return OpeningMatch(
            opening=opening,
            programme=row["programme"],
            programme_name=row["programme_name"],
            roster=len(roster),
            eligible=ranking.considered,
            suggestions=tuple(
                suggestion(text, place, found, weights) for place, found in enumerate(ranking.candidates, 1)
            ),
            ruled_out=tuple(
                RuledOut(count.rule.name, count.rule.sentence, count.all, count.first, count.alone)
                for count in ranking.eligibility.counts
            ),
            lessons=lessons(need, names),
            gaps=tuple(names[gap.capability] for gap in need.open_gaps),
            uncovered=tuple(names[gap.capability] for gap in ranking.uncovered),
            outweighed=in_names(self.people, outweighed(roster, need, ranking.scored, order, weights)),
            influences=influences(need, ranking.scored, roster.id_rank[ranking.scored.people], weights),
        )


def lessons(need: OpeningNeed, names: Sequence[str]) -> tuple[str, ...]:
    """What is to be learned, by name; nothing where know-how is brought."""
    return tuple(names[lesson.capability] for lesson in need.lessons) if kind_of(need) is LEARNS else ()


def in_names(people: People, found: Outweighed | None) -> OutweighedAsk | None:
    """The same with names instead of indexes."""
    if found is None:
        return None
    names = names_with_ids(people.experts.ids, people.experts.names)
    return OutweighedAsk(names[found.person], names[found.first], found.place, found.ahead)


def suggestion(text: EvidenceText, place: int, found: Candidate, weights: Mapping[str, int]) -> Suggestion:
    """A candidate in records and words, as the one at this place of the list."""
    people = text.people
    evidence = collect_evidence(people.roster, text.need, found.person)
    return Suggestion(
        rank=place,
        expert=people.experts.ids[found.person],
        name=people.experts.names[found.person],
        points=found.points,
        high=found.high,
        parts=tuple(
            PartOfScore(part.criterion, part.points, part.value, part.high, weights.get(part.criterion, 0))
            for part in found.parts
        ),
        paths=tuple(path for item in evidence for path in text.paths(item, found.person)),
        closes=tuple(people.capabilities.names[gap.capability] for gap in found.closable_gaps),
        unknown=tuple(item.criterion for item in evidence if isinstance(item, Unstated)),
    )
