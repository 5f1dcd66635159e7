"""How one engagement of each kind comes about: who takes part, about what, paid by whom."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

from graph.domain.engagements import (
    Engagement,
    JointProject,
    JointProjectKind,
    Mentorship,
    Partner,
    Scholarship,
    Secondment,
    SecondmentDirection,
    Training,
    TrainingKind,
)
from graph.domain.organisations import Institution, InstitutionKind
from importers.reference.areas import areas
from importers.scenario.clock import LATE_COUNTRY, LATE_UNTIL, known
from importers.scenario.ledger import Ledger
from importers.scenario.organisations import SOURCE
from importers.scenario.outcomes import OUTCOMES
from importers.scenario.people import InventedPerson
from importers.scenario.places import PARTNERS
from importers.scenario.sources import FIRST_YEAR, KnowHowMove

_AREA_NAME = {area.id: area.name for area in areas()}
_WORDS = (
    "Baobab Monsoon Ceiba Frigate Mangrove Tamarind Compass Harmattan Lighthouse Orchid Heron Coral Savanna Quetzal"
)
_LEARNERS = 1 / 7
_SHARES = {
    "secondment": (1.0, 1.0, 0.8, 0.5),
    "mentorship": (0.02, 0.05, 0.05, 0.1),
    "scholarship": (1.0,),
    "training": (1.0,),
}
_STATE_SHARE, _STATE_AMOUNT, _IN_EUROS = 0.9, 0.5, 0.7
_COSTS = {  # euros: once, and a day
    "secondment": (4_000, 160),
    "mentorship": (1_500, 8),
    "scholarship": (6_000, 70),
    "training": (12_000, 2_500),
    "project": (40_000, 350),
}
_CENTS = 100
_FUNDS_OF_REGIONS = {"ng": 2016, "my": 2017, "bb": 2015}


@dataclass(frozen=True, slots=True)
class EngagementTerms:
    """What every engagement states besides its parties."""

    kind: str
    move: KnowHowMove
    end: date
    status: str
    about: tuple[str, ...]

    def fields(self, ledger: Ledger) -> dict[str, Any]:
        """The fields that all engagements share."""
        record_id, rng = ledger.next_id(self.kind), ledger.rng
        outcome = rng.choice(OUTCOMES[self.kind]) if self.status == "completed" and rng.random() < 0.5 else ""
        start = known(self.move.start, rng)
        end = known(self.end, rng)
        found = {
            "id": record_id,
            "source": SOURCE,
            "source_id": record_id,
            "tlp": ledger.mark(),
            "recorded_at": ledger.recorded(self.move),
            "start": start,
            "end": end,
            "status": self.status,
            "outcome": outcome,
            "capabilities": self.about,
            "funder": _funder(ledger, self.move),
        }
        return found | _quantities(record_id, self, paid=bool(found["funder"]))


def _quantities(record_id: str, terms: EngagementTerms, *, paid: bool) -> dict[str, Any]:
    """The part of full time, which files state nearly always, and the money, which they state half of the time."""
    draw = Random(f"{record_id} quantities")  # draws of its own, so that nothing after it is told differently
    usual = _SHARES.get(terms.kind)
    share = draw.choice(usual) if usual and draw.random() < _STATE_SHARE else None
    if not paid or draw.random() > _STATE_AMOUNT:
        return {"share": share}
    days = (terms.end - terms.move.start).days + 1
    fixed, daily = _COSTS[terms.kind]
    euros = round((fixed + daily * days) * draw.uniform(0.7, 1.4), -2)
    return {"share": share, "amount": int(euros) * _CENTS, "currency": "EUR" if draw.random() < _IN_EUROS else "USD"}


def secondment(ledger: Ledger, move: KnowHowMove) -> Engagement | None:
    """Somebody of the source country works for a season at an institution of the receiver."""
    givers = ledger.givers(move)
    if not givers:
        return None
    expert = ledger.least_loaded(givers)
    end, status = ledger.ending(move, 80, 330)
    ledger.remember([expert], end)
    programme = ledger.cast.programme(move.receiver, move.source, move.start)
    host = programme.owner if programme else ledger.rng.choice(_offices(ledger, move.receiver.country)).id
    terms = EngagementTerms("secondment", move, end, status, ledger.wanted(move, expert.strengths))
    teaching = Secondment(
        **terms.fields(ledger),
        expert=expert.id,
        home=expert.employer(move.start),
        host=host,
        programme=programme.id if programme else "",
    )
    return _learning(ledger, move, teaching)


def _learning(ledger: Ledger, move: KnowHowMove, teaching: Secondment) -> Secondment:
    """One in seven works the other way round: somebody of the receiver goes to learn where the teacher works."""
    draw = Random(teaching.id)  # draws of its own, so that nothing after it is told differently
    learners = ledger.receivers(move)
    if draw.random() > _LEARNERS or not teaching.home or not learners:
        return teaching
    learner = draw.choice(learners)
    home, learns = learner.employer(move.start), SecondmentDirection.LEARNS
    return replace(teaching, direction=learns, expert=learner.id, home=home, host=teaching.home)


def mentorship(ledger: Ledger, move: KnowHowMove) -> Engagement | None:
    """An experienced person helps a younger one they can talk with."""
    mentees = [person for person in ledger.receivers(move) if person.began + 12 > move.start.year]
    if not mentees:
        return None
    mentee = ledger.rng.choice(mentees)
    mentors = [person for person in ledger.givers(move) if person.understands(mentee) and person.began < mentee.began]
    if not mentors:
        return None
    mentor = ledger.least_loaded(mentors)
    end, status = ledger.ending(move, 150, 500)
    ledger.remember([mentee], end)
    programme = ledger.cast.programme(move.receiver, move.source, move.start)
    terms = EngagementTerms("mentorship", move, end, status, ledger.wanted(move, mentor.strengths))
    return Mentorship(
        **terms.fields(ledger), mentor=mentor.id, mentee=mentee.id, programme=programme.id if programme else ""
    )


def scholarship(ledger: Ledger, move: KnowHowMove) -> Engagement | None:
    """A person in the first ten years of work studies in the source country, once in a life."""
    places = ledger.cast.of_kind(move.source.country, InstitutionKind.UNIVERSITY)
    scholars = [
        person
        for person in ledger.receivers(move)
        if person.began + 10 > move.start.year and person.id not in ledger.studied
    ]
    if not places or not scholars:
        return None
    scholar = ledger.rng.choice(scholars)
    ledger.studied.add(scholar.id)
    end, status = ledger.ending(move, 270, 760)
    ledger.remember([scholar], end)
    terms = EngagementTerms("scholarship", move, end, status, ledger.wanted(move, scholar.strengths))
    return Scholarship(
        **terms.fields(ledger),
        degree=ledger.rng.choice(("Master of Science", "Master of Laws", "Postgraduate certificate", "Doctorate")),
        scholar=scholar.id,
        place=ledger.rng.choice(places).id,
        home=scholar.employer(move.start),
    )


def training(ledger: Ledger, move: KnowHowMove) -> Engagement | None:
    """A week of learning together: at the open centre of the source, or in the receiver's country."""
    attendees = _attendees(ledger, move)
    if not attendees:
        return None
    end, status = ledger.ending(move, 3, 12)
    ledger.remember(attendees, end)
    centre = ledger.cast.centre(move.source.country, move.start)
    about = (ledger.rng.choice(centre.offers),) if centre else ledger.wanted(move, attendees[0].strengths)[:1]
    kind = ledger.rng.choice(tuple(TrainingKind))
    where = move.source if centre else move.receiver
    return Training(
        **EngagementTerms("training", move, end, status, about).fields(ledger),
        name=f"{_AREA_NAME[about[0]]}: {kind}, {where.capital} {move.start.year}",
        kind=kind,
        centre=centre.id if centre else "",
        place=centre.host if centre else "",
        country="" if centre else where.country,
        organiser="" if centre else ledger.rng.choice(_offices(ledger, move.source.country)).id,
        attendees=tuple(person.id for person in attendees),
    )


def joint_project(ledger: Ledger, move: KnowHowMove) -> Engagement | None:
    """Two to four institutions work together; the source leads, neighbours of the receiver join."""
    rng, countries = ledger.rng, [move.source.country, move.receiver.country]
    joining = [p.country for p in PARTNERS if p.area is move.receiver.area and p.country not in countries]
    if not _is_late_entry(move):
        countries += rng.sample([c for c in joining if _may_join(c, move.start)], rng.randint(0, 2))
    partners = [rng.choice(_offices(ledger, country)) for country in countries]
    end, status = ledger.ending(move, 300, 1000)
    about = ledger.wanted(move, rng.choice(ledger.cast.people[move.source.country]).strengths)
    kind = rng.choice(tuple(JointProjectKind))
    word = rng.choice(_WORDS.split())
    return JointProject(
        **EngagementTerms("project", move, end, status, about).fields(ledger),
        name=f"{word} {move.start.year}: {kind.replace('_', ' ')} on {_AREA_NAME[about[0]].lower()}",
        kind=kind,
        partners=tuple(_partner(ledger, partner, place) for place, partner in enumerate(partners)),
    )


def _partner(ledger: Ledger, institution: Institution, place: int) -> Partner:
    contribution = float(ledger.rng.randint(4, 60) * 5_000) if ledger.rng.random() < 0.8 else None
    return Partner(target=institution.id, role="lead" if place == 0 else "partner", contribution=contribution)


def _attendees(ledger: Ledger, move: KnowHowMove) -> list[InventedPerson]:
    """Four to nine people of the receiving country, with guests from its neighbours."""
    at_home = ledger.receivers(move)
    own = ledger.rng.sample(at_home, min(len(at_home), ledger.rng.randint(2, 5)))
    if _is_late_entry(move):
        return own
    near = [p for p in PARTNERS if p.area is move.receiver.area and _may_join(p.country, move.start)]
    guests = [
        person
        for place in ledger.rng.sample(near, min(3, len(near)))
        for person in ledger.rng.sample(ledger.cast.people[place.country], 2)
        if place != move.receiver and person.began < move.start.year
    ]
    return own + guests[:4]


def _may_join(country: str, day: date) -> bool:
    """The late country kept to itself until its lists were typed in."""
    return country != LATE_COUNTRY or day >= LATE_UNTIL


def _is_late_entry(move: KnowHowMove) -> bool:
    return move.receiver.country == LATE_COUNTRY and move.start < LATE_UNTIL


def _offices(ledger: Ledger, country: str) -> list[Institution]:
    """Institutions that work themselves, rather than pay others."""
    return [i for i in ledger.cast.institutions[country] if InstitutionKind.DONOR not in i.kinds]


def _funder(ledger: Ledger, move: KnowHowMove) -> str:
    """Donors pay for their own people nearly always; neighbours find the money closer to home as time goes by."""
    rng, years = ledger.rng, move.start.year - FIRST_YEAR
    if not move.is_south_south:
        own = ledger.cast.of_kind(move.source.country, InstitutionKind.DONOR)
        return rng.choice(own).id if own and rng.random() < 0.95 - 0.02 * years else ""
    regional = [country for country, since in _FUNDS_OF_REGIONS.items() if since <= move.start.year]
    payers = regional if regional and rng.random() < 0.06 * years else ["gb", "us", "fr", "nl", "jp", "au"]
    if rng.random() < 0.35:
        return ""
    return rng.choice(ledger.cast.of_kind(rng.choice(payers), InstitutionKind.DONOR)).id
