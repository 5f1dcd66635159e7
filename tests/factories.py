"""Records with sensible defaults: a test names only what it is about."""

from datetime import date
from itertools import count
from typing import Any

from graph.domain.accounts import Account
from graph.domain.dates import PartialDate
from graph.domain.engagements import (
    EngagementStatus,
    JointProject,
    Mentorship,
    Partner,
    ScholarReturn,
    Scholarship,
    Secondment,
    Training,
)
from graph.domain.marks import Purpose, Role
from graph.domain.organisations import CenterOfExcellence, Institution
from graph.domain.people import Availability, Cefr, Expert, HasCapability, Speaks, WorksAt
from graph.domain.places import Capability, Country, Language, Region
from graph.domain.programmes import Assessment, Need, Opening, OpeningKind, Programme, Rating, Requires
from graph.domain.records import Record
from graph.store.pages import Query

_number = count(1)
TODAY = date(2026, 11, 28)
"""The day it is where a test does not say another."""
EVERYTHING = frozenset(Purpose)


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def _next(kind: str) -> str:
    return f"{kind}-{next(_number)}"


def region(**given: Any) -> Region:
    return Region(**{"id": "m49-011", "name": "Western Africa", "code": "011", **given})


def country(**given: Any) -> Country:
    return Country(**{"id": "gh", "name": "Ghana", "code": "GH", "region": "m49-011", "languages": ("en",), **given})


def language(**given: Any) -> Language:
    return Language(**{"id": "fr", "name": "French", "code": "fr", **given})


def capability(**given: Any) -> Capability:
    return Capability(
        **{"id": "area-forensics", "name": "Digital forensics", "code": "forensics", "framework": "areas", **given}
    )


def institution(**given: Any) -> Institution:
    return Institution(**{"id": _next("institution"), "name": "Computer Emergency Team", "country": "gh", **given})


def centre(**given: Any) -> CenterOfExcellence:
    return CenterOfExcellence(**{"id": _next("centre"), "name": "Regional Centre", **given})


def expert(**given: Any) -> Expert:
    return Expert(**{"id": _next("expert"), "name": "Ama Owusu", "consents": EVERYTHING, "country": "gh", **given})


def account(**given: Any) -> Account:
    number = next(_number)
    defaults = {
        "id": f"account-{number}",
        "email": f"someone-{number}@example.org",
        "name": "Someone",
        "role": Role.OFFICER,
        "password_hash": "",
    }
    return Account(**{**defaults, **given})


def programme(**given: Any) -> Programme:
    return Programme(**{"id": _next("programme"), "name": "Build-up", "country": "gh", **given})


def assessment(**given: Any) -> Assessment:
    return Assessment(**{"id": _next("assessment"), "framework": "CMM", "assessed_on": day("2026-03"), **given})


def opening(**given: Any) -> Opening:
    defaults = {
        "id": _next("opening"),
        "name": "Forensics mentor",
        "kind": OpeningKind.MENTORSHIP,
        "start": day("2027-02-01"),
        "end": day("2027-06-30"),
        "deadline": day("2026-12-15"),
    }
    return Opening(**{**defaults, **given})


def availability(**given: Any) -> Availability:
    defaults = {"id": _next("availability"), "start": day("2027-01-01"), "end": day("2027-12-31")}
    return Availability(**{**defaults, **given})


def mentorship(**given: Any) -> Mentorship:
    return Mentorship(**{"id": _next("mentorship"), "start": day("2020"), "end": day("2021"), **given})


def secondment(**given: Any) -> Secondment:
    return Secondment(**{"id": _next("secondment"), "start": day("2020"), "end": day("2021"), **given})


def query(**given: Any) -> Query:
    return Query(**{"size": 100, **given})


def scholarship(**given: Any) -> Scholarship:
    """Somebody who studied and came back home."""
    defaults = {"id": _next("scholarship"), "start": day("2020"), "end": day("2021"), "returned": ScholarReturn.YES}
    return Scholarship(**{**defaults, **given})


def training(**given: Any) -> Training:
    defaults = {"id": _next("training"), "name": "Course", "start": day("2020-05-04"), "end": day("2020-05-08")}
    return Training(**{**defaults, **given})


def joint_project(**given: Any) -> JointProject:
    return JointProject(
        **{"id": _next("project"), "name": "Together", "start": day("2020"), "end": day("2021"), **given}
    )


def a_small_world() -> list[Record]:
    """One of nearly everything, tied together: two countries, three institutions and people, a programme with a need.

    "ama" (Ghana) mentors "ben" (Togo); "cleo" has agreed to nothing; "dede" is marked AMBER.
    """
    return [*_ground(), *_institutions(), *_people(), *_needs(), *_engagements()]


def _ground() -> list[Record]:
    analyst = {"name": "Forensics analyst", "code": "X", "framework": "NICE", "broader": ("area-forensics",)}
    return [
        region(id="m49-002", name="Africa", code="002"),
        region(parent="m49-002"),
        country(),
        country(id="tg", name="Togo", code="TG", languages=("fr",)),
        language(),
        language(id="en", name="English", code="en"),
        capability(),
        capability(id="nice-analyst", **analyst),
    ]


def _institutions() -> list[Record]:
    return [
        institution(id="cert-gh", name="Équipe Ghana", aliases=("GH-CERT",)),
        institution(id="cert-tg", name="Computer Team of Togo", country="tg"),
        institution(id="academy", name="Academy", parents=("cert-gh",)),
        centre(id="centre-accra", name="Centre in Accra", host="academy", offers=("area-forensics",)),
    ]


def _people() -> list[Record]:
    ama = expert(
        id="ama",
        name="Ama Owusu",
        posts=(WorksAt(target="cert-gh", role="analyst", start=day("2015")),),
        languages=(Speaks(target="fr", level=Cefr.C1), Speaks(target="en", level=Cefr.C2)),
        capabilities=(HasCapability(target="area-forensics", level=3, confirmed_on=day("2026-01")),),
    )
    return [
        ama,
        expert(id="ben", name="Ben Adjovi", country="tg", posts=(WorksAt(target="cert-tg", start=day("2018")),)),
        expert(id="cleo", name="Cleo Silent", consents=frozenset()),
        expert(id="dede", name="Dede Amber", tlp="AMBER", capacity=0, conflicts=("academy",)),
        availability(id="ama-2027", expert="ama"),
    ]


def _needs() -> list[Record]:
    rating = Rating(target="area-forensics", level=1, target_level=3, weight=2)
    mentor = opening(
        id="togo-mentor",
        programme="togo-cert",
        host="cert-tg",
        needs=(Need(target="area-forensics", level=2, must=True),),
        languages=(Requires(target="fr", level=Cefr.B2),),
    )
    return [
        programme(id="togo-cert", name="Togo CERT", owner="cert-tg", country="tg", start=day("2024")),
        assessment(id="togo-2026", programme="togo-cert", ratings=(rating,)),
        mentor,
    ]


def _engagements() -> list[Record]:
    course = Training(
        id="course",
        name="Course in Accra",
        centre="centre-accra",
        attendees=("ben",),
        start=day("2021-05-03"),
        status=EngagementStatus.ACTIVE,
    )
    partners = (Partner(target="cert-gh"), Partner(target="cert-tg"))
    away = {"home": "cert-gh", "host": "cert-tg", "start": day("2022-03"), "end": day("2022-09")}
    studies = {"place": "academy", "home": "cert-tg", "start": day("2019"), "end": day("2020")}
    return [
        mentorship(id="ama-ben", mentor="ama", mentee="ben", programme="togo-cert", capabilities=("area-forensics",)),
        secondment(id="ama-away", expert="ama", **away),
        scholarship(id="ben-studies", scholar="ben", **studies),
        course,
        JointProject(id="joint", name="Joint", partners=partners, start=day("2023"), status=EngagementStatus.ACTIVE),
    ]
