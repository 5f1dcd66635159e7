"""The field's own words for the values of the graph, and how numbers and dates are written."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from math import floor
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_precision

from graph.domain.counted import counted as counted
from graph.domain.counted import form_of as form_of
from graph.domain.dates import PartialDate
from graph.domain.isolates import apart as apart
from graph.domain.labels import Label
from graph.domain.marks import Role
from graph.errors import InvalidValue

_DAY = re.compile(r"\b[12]\d{3}-[01]\d(-[0-3]\d)?\b")

ROLE = {
    Role.PUBLIC: "Public",
    Role.MEMBER: "Alumni and experts",
    Role.RESEARCHER: "Researcher",
    Role.HOST: "Host institution",
    Role.OFFICER: "Programme officer",
    Role.ADMIN: "Administrator",
}

KIND = {
    Label.SECONDMENT: "Secondment",
    Label.MENTORSHIP: "Mentorship",
    Label.SCHOLARSHIP: "Scholarship",
    Label.TRAINING: "Training",
    Label.JOINT_PROJECT: "Joint project",
}
KINDS = {
    Label.SECONDMENT: "Secondments",
    Label.MENTORSHIP: "Mentorships",
    Label.SCHOLARSHIP: "Scholarships",
    Label.TRAINING: "Trainings",
    Label.JOINT_PROJECT: "Joint projects",
}

_WHOLE = 0.1  # a share from which on decimals of a per cent say nothing
_SPECIAL = {"csirt": "CSIRT", "JointProject": "joint project"}
UNKNOWN = "A person not shown to you"

PART = {
    "ABOUT": "About",
    "AT": "At",
    "ATTENDED_BY": "Attended by",
    "AWARDED_TO": "Scholar",
    "BY": "Expert",
    "FOR": "Programme",
    "FROM": "From",
    "FUNDED_BY": "Paid for by",
    "HELD_BY": "Held by",
    "MENTEE": "Mentee",
    "MENTOR": "Mentor",
    "OWNED_BY": "Owner",
    "PARTNER": "Partner",
    "SUPPORTED_BY": "Supporter",
    "TO": "Host",
}

# What a person did in an engagement: with a place or another person, and without.
_PART_TAKEN = {
    "BY": ("Seconded to {}", "Seconded"),
    "MENTOR": ("Mentor of {}", "Mentor"),
    "MENTEE": ("Mentee of {}", "Mentee"),
    "AWARDED_TO": ("Scholar at {}", "Scholar"),
    "ATTENDED_BY": ("Trained by {}", "Trained"),
}

# What an institution did in an engagement.
_ROLE_IN = {
    "AT": "taught",
    "FROM": "sent",
    "FUNDED_BY": "paid",
    "HELD_BY": "held it",
    "PARTNER": "partner",
    "TO": "hosted",
}

# How an institution is tied to another: as it states it, and as the other states it.
KIN = {
    "PART_OF": ("Part of", "Has as a part"),
    "RELATED_TO": ("Related to", "Related to"),
    "SUCCEEDED_BY": ("Succeeded by", "Successor of"),
}


def plain(value: object) -> str:
    """A stored value in words: "handed_over" is "handed over"."""
    text = "" if value is None else str(value)
    return _SPECIAL.get(text, text.replace("_", " "))


def kind(label: str) -> str:
    """The word for an engagement of this label."""
    return KIND[Label(label)]


def days_written_out(text: str) -> str:
    """A sentence with the dates in it, as records write them, written out; years stay as they are."""
    return _DAY.sub(lambda found: day(found[0]), text)


def day(text: str | None) -> str:
    """A stored date at its own precision: "2019", "May 2019", "3 May 2019"; a dash where it is not known."""
    if not text:
        return "–"
    known = PartialDate.parse(text[:10])
    pattern = {4: "y", 7: "MMM y"}.get(len(known.text), "d MMM y")
    return format_date(known.first, pattern, locale="en_GB")


def period(row: Mapping[str, Any]) -> str:
    """From when to when: "May 2019 to 3 Mar 2020", "since 2019", "until 2020", or a dash."""
    start, end = row.get("start"), row.get("end")
    if start and end:
        return day(start) if start == end else f"{day(start)} to {day(end)}"
    if start:
        return f"since {day(start)}"
    return f"until {day(end)}" if end else "–"


def number(value: float | None) -> str:
    """A count or amount with its thousands set apart; a dash where there is none."""
    return "–" if value is None else format_decimal(value, locale="en_GB")


def people(number: int) -> str:
    """How many people: "1 person", "1,200 people"."""
    return counted(number, "person", "people")


def money(amount: float, currency: str) -> str:
    """An amount in the smallest unit of its currency, in whole ones: "EUR 1,500"."""
    return f"{currency} {number(round(amount / 10 ** get_currency_precision(currency)))}"


def level(value: float | None) -> str:
    """A level from 0 to 4 with at most one decimal."""
    return "–" if value is None else format_decimal(value, "0.#", locale="en_GB")


def share(value: float | None) -> str:
    """A share of one as whole per cent."""
    return "–" if value is None else f"{value * 100:.0f} %"


def percent(value: float) -> str:
    """A share of one in per cent: whole from ten on, below it two digits, and 100 only where it is all."""
    if 0.995 <= value < 1:
        return f"{floor(1000 * value) / 10:.1f}\N{NO-BREAK SPACE}%"
    pattern = "0" if value >= _WHOLE or not value else "0.0" if value >= _WHOLE / 10 else "@#"
    return f"{format_decimal(100 * value, pattern, locale='en_GB')}\N{NO-BREAK SPACE}%"


def points(then: float, now: float) -> str:
    """By how many points of per cent two shares differ, whole where both are; empty where they are written alike."""
    if percent(then) == percent(now):
        return ""
    by = 100 * abs(now - then)
    pattern = "0" if min(then, now) >= _WHOLE and by >= 1 else "0.#" if by >= _WHOLE else "@"
    text: str = format_decimal(by, pattern, locale="en_GB")
    return f"{text} {'point' if text == '1' else 'points'}"


def index(value: float) -> str:
    """An index without a unit, with two decimals."""
    text = f"{value:.2f}"
    return "0.00" if text == "-0.00" else text.replace("-", "\N{MINUS SIGN}")


def age(text: str | None, today: date) -> str:
    """How long ago something was confirmed, in whole years and months."""
    if not text:
        return "not confirmed"
    try:
        months = (today - PartialDate.parse(text[:10]).last).days // 30
    except InvalidValue:
        return "not confirmed"
    if months < 1:
        return "this month"
    if months < 24:
        return f"{counted(months, 'month')} ago"
    return f"{months // 12} years ago"


def is_over(text: str | None, today: date) -> bool:
    """Whether a deadline has passed; one that is not known never has."""
    return bool(text) and PartialDate.parse(str(text)[:10]).last < today


def closing(text: str, today: date) -> str:
    """A deadline as what it means today: "closes 3 May 2027" or "closed 3 May 2026"."""
    return f"{'closed' if is_over(text, today) else 'closes'} {day(text)}"


def country(code: str) -> str:
    """The English name of a country by its ISO code in either case; the code itself where there is none."""
    name: str = Locale("en", "GB").territories.get(code.upper(), code.upper())
    return name


def roles_in(parts: Iterable[str]) -> str:
    """What an institution did in an engagement: "sent, paid"."""
    return ", ".join(_ROLE_IN.get(part, plain(part).lower()) for part in parts)


def part_taken(row: Mapping[str, Any]) -> str:
    """What the person of a history row did: "Mentor of Ben Adjovi", "Scholar at the Academy"."""
    with_whom, alone = _PART_TAKEN[row["part"]]
    other = row["other_name"] if row["label"] == Label.MENTORSHIP else row["place"]
    return with_whom.format(other) if other else alone


def engagement_name(label: str, name: str | None, parties: Iterable[Mapping[str, Any]]) -> str:
    """An engagement by its own name, else by its people: "Ama Owusu, mentor of Ben Adjovi"."""
    if name:
        return apart(name)
    by_part = {row["part"]: apart(row["name"]) for row in parties}
    if label == Label.MENTORSHIP:
        return f"{by_part.get('MENTOR', UNKNOWN)}, mentor of {by_part.get('MENTEE', 'a person not shown to you')}"
    person, place = by_part.get("BY") or by_part.get("AWARDED_TO"), by_part.get("TO") or by_part.get("AT")
    return f"{person or UNKNOWN}{' at ' + place if place else ''}"


FILTERS: dict[str, Callable[..., str | bool]] = {
    "apart": apart,
    "counted": counted,
    "form_of": form_of,
    "closing": closing,
    "country": country,
    "part_taken": part_taken,
    "kind": kind,
    "plain": plain,
    "roles_in": roles_in,
    "day": day,
    "period": period,
    "number": number,
    "is_over": is_over,
    "level": level,
    "money": money,
    "share": share,
    "people": people,
    "percent": percent,
    "age": age,
}
