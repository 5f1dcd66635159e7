"""Match: who could fill an opening, in what order, for what reason, and who was ruled out by which rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from graph.connection import Graph, Row
from graph.domain.labels import Label
from graph.domain.marks import Audience
from graph.domain.people import Cefr
from graph.domain.programmes import Opening
from graph.errors import NotFound
from graph.matching.columns import UNKNOWN
from graph.matching.evidence import (
    Evidence,
    GapEvidence,
    LanguageEvidence,
    PlaceEvidence,
    TongueEvidence,
    Unstated,
    WindowEvidence,
    gather,
)
from graph.matching.needs import Need
from graph.matching.ranking import DEFAULT_WEIGHTS, Candidate, rank
from graph.services.rosters import People, read_need, read_people
from graph.store import openings, programmes


@dataclass(frozen=True, slots=True)
class Stop:
    """A stored record on a path; an empty id stands for a bare value that is no record."""

    label: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Path:
    """Why a criterion says what it says: stored records, and between each two the tie in words with its dates."""

    criterion: str
    stops: tuple[Stop, ...]
    ties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartOfScore:
    """One criterion: the points it brings, its value and interval in [0, 1], and its weight."""

    criterion: str
    points: int
    value: float
    low: float
    high: float
    weight: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A person for an opening: `points` of 10,000, at least `low` and at most `high` once the missing is known.

    `unknown` names the criteria on which the person states nothing.
    """

    rank: int
    expert: str
    name: str
    points: int
    low: int
    high: int
    parts: tuple[PartOfScore, ...]
    paths: tuple[Path, ...]
    closes: tuple[str, ...]
    unknown: tuple[str, ...]


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
    """The shortlist of one opening. `roster` = `eligible` + those ruled out; `uncovered` nobody eligible can close."""

    opening: Opening
    programme: str
    programme_name: str
    roster: int
    eligible: int
    suggestions: tuple[Suggestion, ...]
    ruled_out: tuple[RuledOut, ...]
    gaps: tuple[str, ...]
    uncovered: tuple[str, ...]


def match_opening(graph: Graph, audience: Audience, opening_id: str, top: int) -> OpeningMatch:
    """The first `top` people for one opening. Raises NotFound, and InvalidValue for a top below 1."""
    people = read_people(graph, audience, datetime.now(UTC).date())
    return _match(graph, audience, people, opening_id, top)


def match_programme(graph: Graph, audience: Audience, programme_id: str, top: int) -> tuple[OpeningMatch, ...]:
    """The same for every opening of a programme, the nearest deadline first. Raises NotFound."""
    programmes.find(graph, audience, programme_id)
    wanted = [row["id"] for row in programmes.openings(graph, audience, programme_id)]
    if not wanted:
        return ()
    people = read_people(graph, audience, datetime.now(UTC).date())
    return tuple(_match(graph, audience, people, opening_id, top) for opening_id in wanted)


def match_either(graph: Graph, audience: Audience, record_id: str, top: int) -> tuple[OpeningMatch, ...]:
    """The opening of that id, else the programme. Raises NotFound when it is neither."""
    try:
        return (match_opening(graph, audience, record_id, top),)
    except NotFound:
        pass
    try:
        return match_programme(graph, audience, record_id, top)
    except NotFound:
        raise NotFound("opening or programme", record_id) from None


def _match(graph: Graph, audience: Audience, people: People, opening_id: str, top: int) -> OpeningMatch:
    opening, row = openings.find(graph, audience, opening_id)
    need = read_need(graph, audience, people, opening, row["country"] or "")
    ranking = rank(people.roster, need, top=top)
    story = _Story(people, need, opening, row)
    return OpeningMatch(
        opening=opening,
        programme=row["programme"],
        programme_name=row["programme_name"],
        roster=len(people.roster),
        eligible=ranking.considered,
        suggestions=tuple(story.suggestion(place, found) for place, found in enumerate(ranking.candidates, 1)),
        ruled_out=tuple(
            RuledOut(count.rule.name, count.rule.sentence, count.all, count.first, count.alone)
            for count in ranking.eligibility.counts
        ),
        gaps=tuple(people.capabilities.names[gap.capability] for gap in need.open_gaps),
        uncovered=tuple(people.capabilities.names[gap.capability] for gap in ranking.uncovered),
    )


@dataclass(frozen=True, slots=True)
class _Story:
    """Turns indexes back into records and words, for one opening."""

    people: People
    need: Need
    opening: Opening
    row: Row

    def suggestion(self, place: int, found: Candidate) -> Suggestion:
        evidence = gather(self.people.roster, self.need, found.person)
        return Suggestion(
            rank=place,
            expert=self.people.experts.ids[found.person],
            name=self.people.experts.names[found.person],
            points=found.points,
            low=found.low,
            high=found.high,
            parts=tuple(
                PartOfScore(
                    part.criterion, part.points, part.value, part.low, part.high, DEFAULT_WEIGHTS[part.criterion]
                )
                for part in found.parts
            ),
            paths=tuple(path for item in evidence for path in self._paths(found.person, item)),
            closes=tuple(self.people.capabilities.names[gap.capability] for gap in found.covers),
            unknown=tuple(item.criterion for item in evidence if isinstance(item, Unstated)),
        )

    def _paths(self, person: int, item: Evidence) -> Iterator[Path]:
        if isinstance(item, GapEvidence):
            yield self._gap(person, item)
        elif isinstance(item, LanguageEvidence | TongueEvidence):
            yield self._language(person, item)
        elif isinstance(item, PlaceEvidence) and item.place.country != UNKNOWN:
            yield self._place(person, item)
        elif isinstance(item, WindowEvidence):
            yield self._window(person, item)

    def _gap(self, person: int, item: GapEvidence) -> Path:
        area = self.people.capabilities.ids[item.capability]
        stated = self.people.stated[self.people.experts.ids[person], area]
        since = f", confirmed {stated.confirmed_as}" if stated.confirmed_as else ", never confirmed"
        held = f"holds level {stated.level:g}{since}"
        stops = [self._expert(person), Stop(Label.CAPABILITY, stated.capability, stated.name)]
        ties = [held]
        if stated.capability != area:
            stops.append(Stop(Label.CAPABILITY, area, self.people.capabilities.names[item.capability]))
            ties.append("is part of")
        needs = f"stands at level {item.level:g} and should reach {item.target:g}"
        return Path(item.criterion, (*stops, self._programme()), (*ties, needs))

    def _language(self, person: int, item: LanguageEvidence | TongueEvidence) -> Path:
        language = Stop(
            Label.LANGUAGE, self.people.languages.ids[item.language], self.people.languages.names[item.language]
        )
        speaks = f"speaks at {_cefr(item.rank)}" if item.rank else "does not state it"
        if isinstance(item, LanguageEvidence):
            return Path(
                item.criterion,
                (self._expert(person), language, self._opening()),
                (speaks, f"is required at {_cefr(item.required)}"),
            )
        country = Stop(Label.COUNTRY, self.row["country"] or "", self.row["country_name"] or "")
        return Path(item.criterion, (self._expert(person), language, country), (speaks, "is an official language of"))

    def _place(self, person: int, item: PlaceEvidence) -> Path:
        countries = self.people.atlas.countries
        base = Stop(Label.COUNTRY, countries.ids[item.place.country], countries.names[item.place.country])
        near = {
            "country": "is the country of",
            "subregion": "lies in the same subregion as",
            "region": "lies in the same region as",
        }.get(item.nearness.value, "lies in another region than")
        return Path(item.criterion, (self._expert(person), base, self._programme()), ("is based in", near))

    def _window(self, person: int, item: WindowEvidence) -> Path:
        first, last = date.fromordinal(item.first), date.fromordinal(item.until - 1)
        words = f"{first} to {last}, {item.mode.value.replace('_', ' ')}, {item.share:.0%} of full time"
        free = Stop(Label.AVAILABILITY, self.people.windows["ids"][item.row], words)
        return Path(
            item.criterion,
            (self._expert(person), free, self._opening()),
            ("is free", f"lies within {self.opening.start} to {self.opening.end}"),
        )

    def _expert(self, person: int) -> Stop:
        return Stop(Label.EXPERT, self.people.experts.ids[person], self.people.experts.names[person])

    def _opening(self) -> Stop:
        return Stop(Label.OPENING, self.opening.id, self.opening.name)

    def _programme(self) -> Stop:
        return Stop(Label.PROGRAMME, self.row["programme"], self.row["programme_name"])


def _cefr(rank: int) -> str:
    return list(Cefr)[rank - 1].value
