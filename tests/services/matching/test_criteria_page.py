"""The page about criteria is enough to work out points: done here from its tables, in plain loops over plain rows."""

import math
import re
from collections import Counter
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from graph.domain.records import Mode
from graph.matching.people.needs import OpeningNeed, Place
from graph.matching.people.roster import RosterColumns
from graph.matching.people.texts import terms
from graph.matching.scoring.kinds import KINDS
from graph.matching.scoring.ranking import score
from tests.services.matching.conftest import Case

PAGE = Path(__file__).parents[3] / "docs" / "criteria.md"
PAIRS = 100
AFAR = {Mode.ON_SITE: 0.0, Mode.HYBRID: 0.5, Mode.REMOTE: 1.0}


def table(heading: str) -> list[list[str]]:
    """The rows of the table that begins with this heading, without the two lines above them."""
    text = PAGE.read_text(encoding="utf-8")
    lines = text[text.index(heading) :].split("\n\n")[0].splitlines()
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


QUESTION = {kind: question for kind, question, _ in table("| kind of opening |")}
PRESENCE = {kind: float(least) for kind, _, least in table("| kind of opening |")}
WEIGHTS = {
    question: {row[0]: int(row[column]) for row in table("| criterion |") if row[column]}
    for column, question in ((1, "brings"), (2, "learns"))
}
FIT = {
    (Mode(row[0]), mode): float(cell)
    for row in table("| asked | on_site")
    for mode, cell in zip((Mode.ON_SITE, Mode.REMOTE, Mode.HYBRID), row[1:], strict=True)
}


class Person:
    """One person out of the rows, by the words of the page."""

    def __init__(self, columns: RosterColumns, number: int) -> None:
        self.columns, self.number = columns, number

    def rows(self, table: str, *names: str) -> list[tuple[float, ...]]:
        found = getattr(self.columns, table)
        columns = zip(found.person, *(getattr(found, name) for name in names), strict=True)
        return [tuple(row[1:]) for row in columns if row[0] == self.number]

    @cached_property
    def stated(self) -> dict[int, float]:
        return {int(what): level for what, level in self.rows("levels", "capability", "level")}

    @cached_property
    def known(self) -> dict[int, float]:
        found = {}
        for what, level, day, shown in self.rows("levels", "capability", "level", "confirmed_on", "shown"):
            halvings = max(self.columns.today - day - 730, 0) / 730 if day >= 0 else 9
            found[int(what)] = level * max(0.5**halvings, 0.5) * (1 if shown else 0.75)
        for branch in self.columns.tree.branches:
            below = [
                found.get(each, 0.0) * share
                for each, share in zip(branch.narrower.tolist(), branch.share.tolist(), strict=True)
            ]
            if sum(below) > found.get(branch.broader, 0.0):
                found[branch.broader] = sum(below)
        return found

    @cached_property
    def ranks(self) -> dict[int, int]:
        return {int(language): int(rank) for language, rank in self.rows("speaking", "language", "rank")}

    @property
    def place(self) -> Place:
        return self.columns.people.places[self.number]

    @property
    def posts(self) -> set[int]:
        return {int(post) for (post,) in self.rows("posts", "institution")}


def asked(person: Person, need: OpeningNeed) -> float:
    asks = [ask for ask in need.needed if ask.level]
    if not asks:
        return 1.0
    met = [
        1.0 if person.known.get(a.capability, 0) >= a.level - 1e-6 else person.known.get(a.capability, 0) / a.level / 2
        for a in asks
    ]
    return sum(a.weight * value for a, value in zip(asks, met, strict=True)) / sum(a.weight for a in asks)


def gap(person: Person, need: OpeningNeed) -> float:
    if not need.gaps:
        return 0.0
    named = {ask.capability for ask in need.needed}
    others = [g for g in need.gaps if g.target > g.level and g.weight and g.capability not in named]
    reach = [min(g.target - g.level, 2) for g in others]
    closed = [
        min(max(person.known.get(g.capability, 0) - g.level, 0), most) for g, most in zip(others, reach, strict=True)
    ]
    whole = sum(g.weight * most for g, most in zip(others, reach, strict=True))
    return sum(g.weight * levels for g, levels in zip(others, closed, strict=True)) / whole if whole else 1.0


def lacking(need: OpeningNeed) -> list[tuple[int, float, float, float]]:
    """Capability, level, target and weight of every open gap, or of what is asked where nobody assessed."""
    rated = [(g.capability, g.level, g.target, g.weight) for g in need.gaps] or [
        (a.capability, 0.0, a.level, 1.0) for a in need.needed
    ]
    return [gap for gap in rated if gap[2] > gap[1] and gap[3]]


def record(person: Person, need: OpeningNeed) -> float:
    past, subjects = person.columns.past_engagements, person.columns.subjects
    own = [row for row, who in enumerate(past.person) if who == person.number]
    here = max(
        [0.5 * (past.host[row] in need.hosts) for row in own]
        + [1.0 * (past.programme[row] == need.programme != -1) for row in own]
        + [0.0]
    )
    gaps = lacking(need)
    if not gaps:
        return here
    about = set(zip(subjects.engagement, subjects.capability, strict=True))
    done = 0.0
    for capability, level, target, weight in gaps:
        worth = sum(
            past.worth[row] * (1 if past.has_outcome[row] else 0.5) for row in own if (row, capability) in about
        )
        done += weight * (target - level) * (1 - 2**-worth)
    return (3 * done / sum(w * (t - lo) for _, lo, t, w in gaps) + here) / 4


def context(person: Person, need: OpeningNeed) -> float:
    here, there = person.place, need.place
    same = [getattr(here, name) == getattr(there, name) != -1 for name in ("country", "subregion", "region")]
    near = 1.0 if same[0] or same[1] else 0.5 if same[2] else 0.0
    income = 0.0 if -1 in (here.income, there.income) else max(1 - abs(here.income - there.income) / 2, 0)
    mine, theirs = ({bit for bit in range(4) if law >> bit & 1} if law >= 0 else set() for law in (here.law, there.law))
    law = len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0
    place = 1.0 if same[0] else (2 * near + income + law) / 4
    extra = need.tongues - {required.language for required in need.required}
    if not extra:
        return place
    return (place + min(max(person.ranks.get(tongue, 0) for tongue in extra) / 4, 1)) / 2


def language(person: Person, need: OpeningNeed) -> float:
    ranks = [(person.ranks.get(each.language, 0), each.rank) for each in need.required]
    return min([1.0 if rank == 6 else min(max((rank - least) / 2, 0), 1) for rank, least in ranks] + [1.0])


def availability(person: Person, need: OpeningNeed) -> float:
    windows = person.rows("windows", "first", "until", "mode", "share")
    days = [
        max([share * FIT[need.mode, mode] for first, until, mode, share in windows if first <= day < until] + [0.0])
        for day in range(need.start, need.until)
    ]
    return sum(days) / len(days)


def hours(person: Person, need: OpeningNeed) -> float:
    zones = person.columns.people.zones[person.number]

    def ahead(zone: str) -> float:
        offset = datetime.combine(date.fromordinal(need.start), time(12), ZoneInfo(zone)).utcoffset()
        assert offset is not None
        return offset.total_seconds() / 3600

    apart = [abs(ahead(one) - ahead(other)) % 24 for one in zones for other in need.zones]
    shared = min([max(8 - min(hours, 24 - hours), 0) for hours in apart]) if apart else 0.0
    return 1 - AFAR[need.mode] * (1 - shared / 8)


def load(person: Person, need: OpeningNeed) -> float:
    accepted = person.columns.people.capacity[person.number]
    promises = [
        (first, until)
        for first, until, opening, waits in person.rows("commitments", "first", "until", "opening", "waits")
        if not (waits and opening == need.id)
    ]
    days = range(need.start, need.until)
    carried = max(sum(first <= day < until for first, until in promises) for day in days)
    return max(accepted - carried, 0) / accepted if accepted else 0.0


def network(person: Person, need: OpeningNeed) -> float:
    reach = {each.capability: each.new / each.among for each in need.reach}
    gaps = lacking(need)
    brought = [w * (t - lo) * reach.get(c, 0.0) for c, lo, t, w in gaps if person.known.get(c, 0) > lo]
    return sum(brought) / sum(w * (t - lo) for _, lo, t, w in gaps) if gaps else 0.0


def text(person: Person, need: OpeningNeed) -> float:
    rows = person.columns.texts
    said = [(who, Counter(terms(line))) for who, line in zip(rows.person, rows.text, strict=True)]
    own = [words for who, words in said if who == person.number and words]
    others = [words for who, words in said if who != person.number and words]

    def vector(words: Counter[str]) -> dict[str, float]:
        return {
            word: (1 + math.log(times)) * math.log(1 + (1 + len(others)) / (1 + sum(word in each for each in others)))
            for word, times in words.items()
        }

    asked_for = vector(Counter(terms(need.text)))
    near = [
        sum(asked_for.get(word, 0.0) * weight for word, weight in document.items())
        / (math.hypot(*asked_for.values()) * math.hypot(*document.values()))
        for document in map(vector, own)
    ]
    return sum(sorted(near)[-3:]) / 3


def lessons(need: OpeningNeed) -> list[tuple[int, float, float, float]]:
    rated = {g.capability: (g.capability, g.level, g.target, g.weight) for g in need.gaps}
    found = [rated.get(a.capability, (a.capability, 0.0, a.level, 1.0)) for a in need.needed]
    return [lesson for lesson in found if lesson[2] > lesson[1] and lesson[3]]


def need_(person: Person, need: OpeningNeed) -> float:
    found = lessons(need)
    return sum(w * (t - lo) / 4 for _, lo, t, w in found) / sum(w for *_, w in found) if found else 0.0


def carry(person: Person, need: OpeningNeed) -> float:
    found, posts = lessons(need), person.columns.posts
    headroom = sum(w * max(t - person.stated.get(c, t), 0) / t for c, _, t, w in found) / (
        sum(w for *_, w in found) or 1
    )
    staff = Counter(posts.institution)
    others = max([staff[post] - 1 for post in person.posts] + [0])
    return (2 * headroom + 1 - 2.0**-others) / 3


def return_(person: Person, need: OpeningNeed) -> float:
    at_home = person.place.country == need.place.country != -1
    return 1.0 if person.posts & need.homes else 0.5 if person.posts and at_home else 0.0


def chances(person: Person, need: OpeningNeed) -> float:
    return float(2.0 ** -person.columns.people.chances[person.number])


FORMULAS = {
    "asked": asked,
    "gap": gap,
    "record": record,
    "context": context,
    "language": language,
    "hours": hours,
    "availability": availability,
    "load": load,
    "network": network,
    "text": text,
    "need": need_,
    "carry": carry,
    "return": return_,
    "chances": chances,
}


def points(person: Person, need: OpeningNeed) -> int:
    weights = WEIGHTS[QUESTION[need.kind]]
    total = sum(weight * round(FORMULAS[name](person, need) * 1e6) for name, weight in weights.items())
    whole = sum(weights.values()) * 1_000_000
    return (2 * 10_000 * total + whole) // (2 * whole)


def test_the_page_is_enough_to_work_out_a_hundred_pairs(case: Case) -> None:
    columns, roster, needs = case
    pairs = [
        (person, need, int(found.points[place]))
        for need in needs
        for found in [score(roster, need)]
        for place, person in enumerate(found.people.tolist())
    ]
    chosen = pairs[:: max(len(pairs) // PAIRS, 1)]
    assert len(chosen) >= PAIRS
    assert {QUESTION[need.kind] for _, need, _ in chosen} == {"brings", "learns"}
    for person, need, found in chosen:
        # Levels are single precision in the product, so the last point may differ.
        assert abs(points(Person(columns, person), need) - found) <= 1, (roster.ids[person], need.id)


def test_the_tables_of_the_page_are_those_of_the_product() -> None:
    for kind, found in KINDS.items():
        assert WEIGHTS[QUESTION[kind]] == dict(found.weights)
        rules = [name for name, of, _ in table("| rule |") if of in ("both", QUESTION[kind])]
        assert rules == list(found.rules)
