"""The paths behind a score in words: stored records, and between each two the tie with its dates."""

from dataclasses import dataclass
from datetime import date
from functools import singledispatchmethod

from graph.connection import Row
from graph.domain.counted import counted
from graph.domain.country_context import Income, Law
from graph.domain.engagements import EngagementStatus
from graph.domain.labels import Label
from graph.domain.people import Cefr
from graph.domain.programmes import Opening
from graph.matching.columns import UNKNOWN
from graph.matching.people.clocks import WORKING_HOURS
from graph.matching.people.needs import OpeningNeed, Place
from graph.matching.scoring.evidence import (
    AskEvidence,
    Bearing,
    ChancesEvidence,
    EngagementEvidence,
    Evidence,
    GapEvidence,
    HeadroomEvidence,
    HomeNeedEvidence,
    HoursEvidence,
    LanguageEvidence,
    LoadEvidence,
    Nearness,
    PlaceEvidence,
    ReachEvidence,
    ReturnEvidence,
    TongueEvidence,
    WindowEvidence,
    WordsEvidence,
)
from graph.services.capability_levels import Stated
from graph.services.matching.reachability import EPOCH, PathLeg
from graph.services.matching.roster import People, opened

_KIND = {
    Label.SECONDMENT: "secondment",
    Label.MENTORSHIP: "mentorship",
    Label.SCHOLARSHIP: "scholarship",
    Label.TRAINING: "training",
    Label.JOINT_PROJECT: "joint project",
    Label.PUBLICATION: "publication",
}
_NEAR = {
    Nearness.COUNTRY: "is the country of",
    Nearness.SUBREGION: "lies in the same subregion as",
    Nearness.REGION: "lies in the same region as",
    Nearness.ELSEWHERE: "lies in another region than",
    Nearness.UNKNOWN: "may lie in another region than",
}
_BEARING = {Bearing.CAPABILITY: "was about", Bearing.PROGRAMME: "served", Bearing.HOST: "was hosted by"}
_UNDER_WAY = (EngagementStatus.PLANNED, EngagementStatus.ACTIVE)
_HELD = "is held already, or passed on, by"
_UNSEEN = "an institution not shown to you"


@dataclass(frozen=True, slots=True)
class EvidenceStop:
    """A stored record by its name, on a path or in a reason; without an id it is a plain value, not a record."""

    label: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class EvidencePath:
    """Why a criterion says what it says: stored records, and between each two the tie in words with its dates."""

    criterion: str
    stops: tuple[EvidenceStop, ...]
    ties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceText:
    """Turns indexes back into records and words, for one opening."""

    people: People
    need: OpeningNeed
    opening: Opening
    row: Row

    @singledispatchmethod
    def paths(self, item: Evidence, person: int) -> tuple[EvidencePath, ...]:
        """What one piece of evidence says of this person (an index); nothing where it is that nothing is stated."""
        return ()

    @paths.register
    def _(self, item: AskEvidence, person: int) -> tuple[EvidencePath, ...]:
        stops, ties = self._held(item, person)
        return (EvidencePath(item.criterion, (*stops, self._opening()), (*ties, f"is asked at level {item.level:g}")),)

    @paths.register
    def _(self, item: GapEvidence, person: int) -> tuple[EvidencePath, ...]:
        stops, ties = self._held(item, person)
        needs = f"stands at level {item.level:g} and should reach {item.target:g}"
        return (EvidencePath(item.criterion, (*stops, self._programme()), (*ties, needs)),)

    def _held(self, item: AskEvidence | GapEvidence, person: int) -> tuple[list[EvidenceStop], list[str]]:
        """From the person to the capability, by way of the narrower one that speaks for it where it is not stated."""
        stated = self.people.stated[self.people.experts.ids[person], self.people.capabilities.ids[item.capability]]
        stops, ties = [self._expert(person), self._capability(item.capability)], [f"holds {_age(stated)}"]
        if stated.capability != stops[1].id:
            stops.insert(1, EvidenceStop(Label.CAPABILITY, stated.capability, stated.name))
            counts = f" and counts as level {item.known:.3g} of" if item.known < stated.level else ""
            ties.append(f"is part of{counts}")
        elif item.known < stated.level:
            ties[-1] += f", which counts as level {item.known:.3g}"
        elif item.known > stated.level:
            ties[-1] += f", which narrower skills raise to level {item.known:.3g}"
        return stops, ties

    @paths.register
    def _(self, item: EngagementEvidence, person: int) -> tuple[EvidencePath, ...]:
        row = {name: column[item.row] for name, column in self.people.past_engagements.items()}
        dates = _between(row["starts"], row["ends"])
        engagement = EvidenceStop(row["labels"], row["ids"], f"{_KIND[Label(row['labels'])]} {dates}".strip())
        subject = self._programme()
        if item.bearing is not Bearing.PROGRAMME:
            about = item.bearing is Bearing.CAPABILITY
            subject = self._capability(item.capability) if about else self._institution(row["hosts"])
        gave = f"gave in ({_status(row['statuses'], row['outcomes'])})"
        return (
            EvidencePath(item.criterion, (self._expert(person), engagement, subject), (gave, _BEARING[item.bearing])),
        )

    @paths.register
    def _(self, item: LanguageEvidence, person: int) -> tuple[EvidencePath, ...]:
        stops = self._expert(person), self._language(item.language), self._opening()
        return (EvidencePath(item.criterion, stops, (_speaks(item.rank), f"is required at {_cefr(item.required)}")),)

    @paths.register
    def _(self, item: TongueEvidence, person: int) -> tuple[EvidencePath, ...]:
        country = EvidenceStop(Label.COUNTRY, self.row["country"] or "", self.row["country_name"] or "")
        stops = self._expert(person), self._language(item.language), country
        return (EvidencePath(item.criterion, stops, (_speaks(item.rank), "is an official language of")),)

    @paths.register
    def _(self, item: PlaceEvidence, person: int) -> tuple[EvidencePath, ...]:
        if item.place.country == UNKNOWN:
            return ()
        countries = self.people.country_regions.countries
        base = EvidenceStop(Label.COUNTRY, countries.ids[item.place.country], countries.names[item.place.country])
        stops = self._expert(person), base, self._programme()
        return (EvidencePath(item.criterion, stops, ("is based in", _alike(item, self.need.place))),)

    @paths.register
    def _(self, item: WindowEvidence, person: int) -> tuple[EvidencePath, ...]:
        first, last = date.fromordinal(item.first), date.fromordinal(item.until - 1)
        words = f"{first} to {last}, {item.mode.value.replace('_', ' ')}, {item.share:.0%} of full time"
        free = EvidenceStop(Label.AVAILABILITY, self.people.windows["ids"][item.row], words)
        stops = self._expert(person), free, self._opening()
        return (
            EvidencePath(item.criterion, stops, ("is free", f"lies within {self.opening.start} to {self.opening.end}")),
        )

    @paths.register
    def _(self, item: HoursEvidence, person: int) -> tuple[EvidencePath, ...]:
        span = f"{item.least:.3g}" if item.least == item.most else f"{item.least:.3g} to {item.most:.3g}"
        shares = f"shares {span} of {WORKING_HOURS:g} working hours on {self.opening.start.first} with"
        return (EvidencePath(item.criterion, (self._expert(person), self._programme()), (shares,)),)

    @paths.register
    def _(self, item: LoadEvidence, person: int) -> tuple[EvidencePath, ...]:
        carries = f"carries {item.carried} of the {counted(item.accepted, 'engagement')} they accept at once, before"
        return (EvidencePath(item.criterion, (self._expert(person), self._opening()), (carries,)),)

    @paths.register
    def _(self, item: ReachEvidence, person: int) -> tuple[EvidencePath, ...]:
        institution = self.opening.host or self.row["owner"] or ""
        gap = next(gap for gap in self.need.open_gaps if gap.capability == item.capability)
        legs = () if item.new else opened(self.people, self.need, gap, institution).known
        tie = f"is new to {item.new} of {counted(item.among, 'institution')} around" if item.new else _HELD
        stops = [*(self._institution(leg.giver) for leg in legs), self._institution(institution)]
        ties = ("would bring", tie, *(_passed(leg) for leg in legs))
        return (EvidencePath(item.criterion, (self._expert(person), self._capability(item.capability), *stops), ties),)

    @paths.register
    def _(self, item: WordsEvidence, person: int) -> tuple[EvidencePath, ...]:
        shared = f"also speaks of {', '.join(item.words)}, as does"
        return (EvidencePath(item.criterion, (self._expert(person), self._opening()), (shared,)),)

    @paths.register
    def _(self, item: HomeNeedEvidence, person: int) -> tuple[EvidencePath, ...]:
        stands = f"stands at level {item.level:g} and should reach {item.target:g} in"
        return (EvidencePath(item.criterion, (self._programme(), self._capability(item.capability)), (stands,)),)

    @paths.register
    def _(self, item: HeadroomEvidence, person: int) -> tuple[EvidencePath, ...]:
        stands = f"states level {item.held:g}, where the programme wants {item.target:g}, in"
        return (EvidencePath(item.criterion, (self._expert(person), self._capability(item.capability)), (stands,)),)

    @paths.register
    def _(self, item: ReturnEvidence, person: int) -> tuple[EvidencePath, ...]:
        place = self._institution(self.people.institutions.ids[item.institution])
        works = "works at, of the owner's own," if item.own else "works in the country of the programme, at"
        return (EvidencePath(item.criterion, (self._expert(person), place), (works,)),)

    @paths.register
    def _(self, item: ChancesEvidence, person: int) -> tuple[EvidencePath, ...]:
        sent = f"was sent out to learn {counted(item.times, 'time')}" if item.times else "was never sent out to learn"
        return (EvidencePath(item.criterion, (self._expert(person), self._opening()), (f"{sent} before",)),)

    def _expert(self, person: int) -> EvidenceStop:
        return EvidenceStop(Label.EXPERT, self.people.experts.ids[person], self.people.experts.names[person])

    def _capability(self, capability: int) -> EvidenceStop:
        axis = self.people.capabilities
        return EvidenceStop(Label.CAPABILITY, axis.ids[capability], axis.names[capability])

    def _language(self, language: int) -> EvidenceStop:
        return EvidenceStop(Label.LANGUAGE, self.people.languages.ids[language], self.people.languages.names[language])

    def _institution(self, id_: str) -> EvidenceStop:
        name = self.people.institution_names.get(id_)
        return EvidenceStop(Label.INSTITUTION, id_, name) if name else EvidenceStop(Label.INSTITUTION, "", _UNSEEN)

    def _opening(self) -> EvidenceStop:
        return EvidenceStop(Label.OPENING, self.opening.id, self.opening.name)

    def _programme(self) -> EvidenceStop:
        return EvidenceStop(Label.PROGRAMME, self.row["programme"], self.row["programme_name"])


def _age(stated: Stated) -> str:
    """ "level 3, confirmed 2021-03, without evidence"."""
    confirmed = f"confirmed {stated.confirmed_as}" if stated.confirmed_as else "never confirmed"
    return f"level {stated.level:g}, {confirmed}{'' if stated.evidence.strip() else ', without evidence'}"


def _between(start: str, end: str) -> str:
    if not start:
        return f"until {end}" if end else ""
    return f"{start} to {end}" if end else f"since {start}"


def _status(status: str, outcome: str) -> str:
    ending = f"; outcome: {outcome.rstrip('.')}" if outcome else "" if status in _UNDER_WAY else "; no outcome recorded"
    return f"{status.replace('_', ' ')}{ending}"


def _passed(leg: PathLeg) -> str:
    start, last = (date.fromordinal(day + EPOCH) for day in (leg.start, leg.end - 1))
    return f"passed it on by {_KIND[leg.kind]}, {start} to {last}, to"


def _speaks(rank: int) -> str:
    return f"speaks at {_cefr(rank)}" if rank else "does not state it"


def _cefr(rank: int) -> str:
    return list(Cefr)[rank - 1].value


def _alike(item: PlaceEvidence, place: Place) -> str:
    """ "shares civil law and low income, and lies in another region than"; of what is not known, nothing."""
    own, alike = item.place, []
    if UNKNOWN not in (own.law, place.law) and (law := Law(own.law & place.law)):
        alike.append(law.words)
    if own.income == place.income != UNKNOWN:
        alike.append(Income(own.income).words)
    near = _NEAR[item.nearness]
    if item.nearness is Nearness.COUNTRY or not alike:
        return near
    return f"shares {' and '.join(alike)}, and {near}"
