"""The public face of a person: what they can do, with evidence out of what they did, and when they are free."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from graph.domain.dates import PartialDate
from graph.domain.engagements import Engagement, Mentorship, Scholarship, Secondment, Training
from graph.domain.identifiers import RecordId
from graph.domain.marks import Tlp
from graph.domain.people import Availability, CareerStage, Expert, HasCapability
from graph.domain.records import Mode
from importers.reference.areas import area_id, areas
from importers.reference.titles import SERVICES, WORK_ROLES
from importers.scenario.clock import OPENED, TODAY, soon_after
from importers.scenario.organisations import SOURCE
from importers.scenario.people import InventedPerson

_AREA_NAME = {area.id: area.name for area in areas()}
_FINER = {
    **{area_id(area): RecordId.from_words("nice", code) for code, (_, area) in WORK_ROLES.items()},
    **{area_id(area): RecordId.from_words("first", "service", name) for name, area in SERVICES.items()},
}
_CLAIMS = (
    "Leads this work at {employer}.",
    "Daily work at {employer}.",
    "Wrote the procedures that {employer} uses.",
    "Taught new colleagues at {employer}.",
)

_KEEPS_AWAY = 0.25
_MAY_LEAVE = 0.6

Sentences = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Profiler:
    """Turns people into experts; `sentences` maps (person, capability) to a sentence about the latest engagement."""

    names: dict[str, str]
    sentences: Sentences
    rng: Random

    def expert(self, person: InventedPerson) -> Expert:
        """The record of a person as of today."""
        rng, first_day = self.rng, person.posts[0].start
        return Expert(
            id=person.id,
            source=SOURCE,
            source_id=person.id,
            recorded_at=soon_after(first_day.first if first_day else OPENED, rng),
            tlp=person.tlp,
            name=person.name,
            headline=self._headline(person),
            time_zone=person.place.time_zone,
            capacity=rng.choices((0, 1, 2, 3), (1, 5, 3, 1))[0],
            career_stage=_career_stage(person.began),
            consents=person.consents,
            country=person.place.country,
            posts=person.posts,
            languages=person.languages if rng.random() < 0.95 else (),
            capabilities=self._capabilities(person),
            conflicts=_conflicts(person),
        )

    def _headline(self, person: InventedPerson) -> str:
        return f"{person.posts[-1].role}, {_AREA_NAME[person.strengths[0]].lower()}"

    def _capabilities(self, person: InventedPerson) -> tuple[HasCapability, ...]:
        """Every strength, the first with the highest level; some people name a finer skill as well."""
        held = [self._capability(person, area, place) for place, area in enumerate(person.strengths)]
        finer = _FINER.get(person.strengths[0])
        if finer and self.rng.random() < 0.35:
            level = max(1.0, held[0].level - 0.5)
            held.append(
                HasCapability(target=finer, level=level, evidence=self._claim(person), confirmed_on=self._age())
            )
        return tuple(held)

    def _capability(self, person: InventedPerson, area: str, place: int) -> HasCapability:
        years = TODAY.year - person.began
        sentence = self.sentences.get((person.id, area), "")
        raw = 1.0 + years / 9 - place * 0.3 + self.rng.uniform(-0.6, 0.6) + bool(sentence) * 0.4
        level = min(4.0, max(0.5, round(raw * 2) / 2))
        return HasCapability(
            target=area, level=level, evidence=sentence or self._claim(person), confirmed_on=self._age()
        )

    def _claim(self, person: InventedPerson) -> str:
        return self.rng.choice(_CLAIMS).format(employer=self.names[person.posts[-1].target])

    def _age(self) -> PartialDate | None:
        """The day of the last confirmation: mostly this year or last, some long ago, some never."""
        if self.rng.random() < 0.1:
            return None
        return PartialDate.of_day(TODAY - timedelta(days=int(self.rng.expovariate(1 / 400)) + 5))

    def availabilities(self, person: InventedPerson) -> Iterator[Availability]:
        """No window, one or two of them between this autumn and the end of next year; and a leave to learn for some."""
        if _may_leave(person):
            yield _leave(person)
        for number in range(1, self.rng.choices((0, 1, 2), (1, 5, 3))[0] + 1):
            start = date(2026, 10, 1) + timedelta(days=self.rng.randrange(330))
            record_id = f"{person.id}-free-{number}"
            yield Availability(
                id=record_id,
                source=SOURCE,
                source_id=record_id,
                tlp=Tlp.GREEN,
                recorded_at=soon_after(date(2026, 9, 1), self.rng),
                start=PartialDate.of_day(start),
                end=PartialDate.of_day(start + timedelta(days=self.rng.randint(90, 450))),
                mode=self.rng.choice(tuple(Mode)),
                share=self.rng.choice((0.1, 0.2, 0.5, 1.0)),
                expert=person.id,
            )


def _may_leave(person: InventedPerson) -> bool:
    """Three in five of the younger ones could be away for long. Dice of their own: no others move."""
    younger = _career_stage(person.began) is not CareerStage.SENIOR
    return younger and Random(f"leave of {person.id}").random() < _MAY_LEAVE


def _leave(person: InventedPerson) -> Availability:
    """Two years in which this person could live elsewhere."""
    record_id = f"{person.id}-leave"
    return Availability(
        id=record_id,
        source=SOURCE,
        source_id=record_id,
        tlp=Tlp.GREEN,
        recorded_at=soon_after(date(2026, 9, 1), Random(record_id)),
        start=PartialDate.of_day(date(2027, 1, 1)),
        end=PartialDate.of_day(date(2028, 12, 31)),
        mode=Mode.ON_SITE,
        share=1.0,
        expert=person.id,
    )


def _conflicts(person: InventedPerson) -> tuple[str, ...]:
    """One in four of those who changed posts keeps away from the former employer. Dice of their own: no others move."""
    former = {post.target for post in person.posts[:-1]} - {person.posts[-1].target}
    return tuple(sorted(former)) if Random(f"conflicts of {person.id}").random() < _KEEPS_AWAY else ()


def _career_stage(began: int) -> CareerStage:
    """Student to senior by years at work."""
    steps = ((2, CareerStage.STUDENT), (7, CareerStage.EARLY), (14, CareerStage.MID))
    years = TODAY.year - began
    return next((stage for limit, stage in steps if years <= limit), CareerStage.SENIOR)


def sentences_of(engagements: Iterable[Engagement], names: dict[str, str]) -> Sentences:
    """(person, capability) -> the sentence of the latest engagement about it; `names` by institution id."""
    found: Sentences = {}
    for engagement in engagements:
        if not engagement.start or engagement.start.first > TODAY:
            continue
        for person, sentence in _roles(engagement, names, engagement.start.first.year):
            found.update({(person, area): sentence for area in engagement.capabilities})
    return found


def _roles(engagement: Engagement, names: dict[str, str], year: int) -> Iterator[tuple[str, str]]:
    match engagement:
        case Secondment():
            yield engagement.expert, f"Seconded to {names[engagement.host]}, {year}."
        case Mentorship():
            yield engagement.mentor, f"Mentored a colleague abroad, {year}."
            yield engagement.mentee, f"Learned it from a mentor, {year}."
        case Scholarship():
            yield engagement.scholar, f"{engagement.degree} at {names[engagement.place]}, from {year}."
        case Training():
            for person in engagement.attendees:
                yield person, f"{engagement.name}."
        case _:
            return
