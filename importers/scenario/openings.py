"""The places that programmes put out, each asking for what the latest assessment lacks most."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from graph.domain.dates import PartialDate
from graph.domain.organisations import Institution, InstitutionKind
from graph.domain.people import Cefr
from graph.domain.programmes import LEARNING, Assessment, Need, Opening, OpeningKind, Programme, Rating, Requires, Stage
from graph.domain.records import Mode
from importers.reference.areas import areas
from importers.scenario.clock import TODAY, soon_after
from importers.scenario.organisations import SOURCE, institutions
from importers.scenario.places import PLACE_OF

_AREA_NAME = {area.id: area.name for area in areas()}
_TITLE = {
    OpeningKind.MENTORSHIP: "Mentor",
    OpeningKind.SECONDMENT: "Secondee",
    OpeningKind.RESIDENCY: "Resident",
    OpeningKind.SCHOLARSHIP: "Scholarship",
    OpeningKind.ATTACHMENT: "Attachment",
}
_KINDS = (
    *[OpeningKind.MENTORSHIP] * 4,
    OpeningKind.ATTACHMENT,
    *[OpeningKind.SECONDMENT] * 3,
    *(OpeningKind.RESIDENCY, OpeningKind.SCHOLARSHIP),
)
_MODES = {OpeningKind.MENTORSHIP: (Mode.HYBRID, Mode.REMOTE), OpeningKind.SECONDMENT: (Mode.ON_SITE, Mode.HYBRID)}
_MONTHS = {OpeningKind.MENTORSHIP: (6, 12), OpeningKind.SCHOLARSHIP: (9, 12)}
# Two hosts weigh in their own way: one whose last mentor was far away and left, one that will not wait.
_WEIGHTS = {
    "demo-reef-watch-opening-1": '{"asked": 30, "gap": 10, "context": 15, "language": 10, "availability": 15, '
    '"hours": 15, "load": 5}',
    "demo-malecon-opening-1": '{"asked": 25, "record": 15, "language": 20, "availability": 40}',
}
_UNIVERSITIES = [found for found in institutions(1, 0) if InstitutionKind.UNIVERSITY in found.kinds]
_OPENINGS_OF_ALL = 40
# One in ten was put out in the spring and has closed; the others can still be answered.
_CLOSED_EVERY = 10


@dataclass(frozen=True, slots=True)
class Call:
    """What a programme asks for before the details: the kind, the first day, and which of its openings it is."""

    programme: Programme
    kind: OpeningKind
    first_day: date
    number: int


def openings(asking: Sequence[tuple[Programme, Assessment]], factor: int, seed: int) -> Iterator[Opening]:
    """Forty openings for each unit of the factor, dealt in turn to the programmes that are not handed over."""
    open_to_help = [(p, latest) for p, latest in asking if p.stage is not Stage.HANDED_OVER]
    rng = Random(f"{seed} openings")
    for number in range(_OPENINGS_OF_ALL * factor):
        programme, latest = open_to_help[number % len(open_to_help)]
        turn = number // len(open_to_help)
        kind = OpeningKind.MENTORSHIP if turn == 0 and programme.stage is Stage.NASCENT else rng.choice(_KINDS)
        closed = number % _CLOSED_EVERY == _CLOSED_EVERY - 1
        first_day = date(2026, 9, 7) if closed else date(2027, rng.randint(1, 7), rng.randint(1, 28))
        call = Call(programme, kind, first_day, turn + 1)
        yield _opening(call, _gaps(latest)[turn * 2 :] or _gaps(latest), rng)


def _opening(call: Call, gaps: list[Rating], rng: Random) -> Opening:
    opening_id = f"{call.programme.id}-opening-{call.number}"
    place = _place_of_study(call) if call.kind in LEARNING else None
    needs = _needs(call.kind, gaps[: rng.randint(2, 3)])
    shortest, longest = _MONTHS.get(call.kind, (3, 9))
    deadline = _deadline(call.first_day, rng)
    return Opening(
        id=opening_id,
        source=SOURCE,
        source_id=opening_id,
        recorded_at=soon_after(min(deadline, TODAY) - timedelta(days=80), rng),
        name=f"{_TITLE[call.kind]}: {_AREA_NAME[needs[0].target].lower()} for {call.programme.name}",
        kind=call.kind,
        seats=rng.choices((1, 2, 3), (7, 3, 1))[0],
        start=PartialDate.of_day(call.first_day),
        end=PartialDate.of_day(call.first_day + timedelta(days=30 * rng.randint(shortest, longest))),
        mode=rng.choice(_MODES.get(call.kind, (Mode.ON_SITE,))),
        deadline=PartialDate.of_day(deadline),
        weights=_WEIGHTS.get(opening_id, ""),
        programme=call.programme.id,
        host=place.id if place else call.programme.owner,
        needs=needs,
        languages=(_working_language(place.country if place else call.programme.country, rng),),
    )


def _place_of_study(call: Call) -> Institution:
    """A university abroad, where there is one in a country that works in the same language; each opening the next."""
    abroad = [place for place in _UNIVERSITIES if place.country != call.programme.country]
    spoken = PLACE_OF[call.programme.country].language
    near = [place for place in abroad if PLACE_OF[place.country].language == spoken] or abroad
    return near[call.number % len(near)]


def _deadline(first_day: date, rng: Random) -> date:
    """About five weeks ahead; what is still open closes in December at the earliest."""
    day = first_day - timedelta(days=rng.randint(30, 45))
    return max(day, date(2026, 12, 7)) if first_day > TODAY else day


def _gaps(assessment: Assessment) -> list[Rating]:
    """The ratings by what is missing, weighed as the host weighs it, greatest first."""
    return sorted(assessment.ratings, key=lambda r: (r.level - r.target_level) * r.weight)


def _needs(kind: OpeningKind, gaps: list[Rating]) -> tuple[Need, ...]:
    """A level above today's in each area, the first a must; who goes out to learn need not have it, so nothing is."""
    if kind in LEARNING:
        return tuple(Need(target=rating.target, level=rating.target_level) for rating in gaps)
    return tuple(
        Need(target=rating.target, level=min(3.0, max(1.5, rating.level + 1.0)), must=place == 0)
        for place, rating in enumerate(gaps)
    )


def _working_language(country: str, rng: Random) -> Requires:
    """The language in which the country's programmes work, at a level at which one can help."""
    return Requires(target=PLACE_OF[country].language, level=rng.choice((Cefr.B1, Cefr.B2, Cefr.B2)))
