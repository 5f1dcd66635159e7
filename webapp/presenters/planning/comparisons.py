"""Plans and people side by side, in words and tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from flask import url_for

from graph.connection import Row
from graph.services.matching.match import PartOfScore, Suggestion
from graph.services.planning.compare import PlanComparison
from graph.services.planning.explain import Why
from graph.services.planning.plan import PlanReport, RegionShare, Worth
from graph.services.planning.shortlist import Shortlist
from graph.services.planning.workspace import Names
from webapp.presenters import words
from webapp.presenters.matching.matches import CRITERION, MEANING, listed
from webapp.presenters.matching.shortlists import carried_now, spoken
from webapp.presenters.planning.explanations import lock_cost
from webapp.presenters.planning.objectives import MEASURE, OBJECTIVE
from webapp.presenters.planning.workspaces import address
from webapp.urls.workspace import WorkspaceQuery


@dataclass(frozen=True, slots=True)
class Line:
    """A measure of both plans, and by how much the second differs, in words."""

    label: str
    meaning: str
    one: str
    other: str
    change: str


@dataclass(frozen=True, slots=True)
class PlanSide:
    """One of two plans: its letter, its objective, what it decides beforehand, and its bench."""

    letter: str
    objective: str
    decided: str
    href: str


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """A pair or a person who is not the same in both plans."""

    what: str
    name: str
    href: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """Two plans side by side."""

    headline: str
    sides: tuple[PlanSide, PlanSide]
    lines: tuple[Line, ...]
    regions: tuple[Line, ...]
    locks: tuple[Line, ...]
    differences: tuple[PlanDifference, ...]
    kept: int


@dataclass(frozen=True, slots=True)
class _Measure:
    label: str
    meaning: str
    read: Callable[[Worth], float | None]
    write: Callable[[float | None], str] = words.number
    digits: int | None = None  # to which it is written, so that a difference is that of the written numbers


def _two_places(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


_MEASURES = (
    _Measure("Openings served", "Openings that get anybody.", lambda worth: worth.served),
    _Measure("Seats filled", "Seats of all openings that somebody takes.", lambda worth: worth.filled),
    _Measure("Total points", MEASURE["total"], lambda worth: worth.total),
    _Measure("A seat of the worst served", MEASURE["worst"], lambda worth: worth.worst),
    _Measure("Least of what is asked", MEASURE["asked"], lambda worth: worth.asked, words.share, 2),
    _Measure(
        "Served at the 10th percentile",
        "A tenth of the served openings get these points a seat or fewer.",
        lambda worth: worth.tenth,
    ),
    _Measure("Gini", MEASURE["gini"], lambda worth: worth.gini, _two_places, 2),
    _Measure("On the busiest tenth", MEASURE["busiest"], lambda worth: worth.busiest, words.share, 2),
    _Measure("Blocking pairs", MEASURE["blocking"], lambda worth: worth.blocking),
)


def comparison_page(
    query: tuple[WorkspaceQuery, WorkspaceQuery],
    plans: tuple[PlanReport, PlanReport],
    found: PlanComparison,
    locks: tuple[Sequence[Why], Sequence[Why]],
) -> ComparisonPage:
    """Word what the second plan changes about the first; `locks` explains each locked pair of either."""
    one, other = plans
    return ComparisonPage(
        headline=_headline(one.worth, other.worth, found),
        sides=(_side("A", query[0]), _side("B", query[1])),
        lines=tuple(_line(measure, one.worth, other.worth) for measure in _MEASURES),
        regions=_regions(one.regions, other.regions),
        locks=_locks(*locks),
        differences=_differences(found),
        kept=len(found.kept),
    )


def _headline(one: Worth, other: Worth, found: PlanComparison) -> str:
    """ "Plan B serves 1 opening more and has 340 points fewer; 3 people move"."""
    if not found.differs:
        return "Both plans put the same people in the same places"
    people = len(found.moved) + len(found.new) + len(found.dropped)
    places = words.counted(people, "placement differs", "placements differ")
    said = [
        _more(other.served - one.served, "serves", "opening"),
        _more(other.total - one.total, "has", "point"),
    ]
    gain = listed([part for part in said if part]) or "is worth the same"
    return f"Plan B {gain}; {places}"


def _more(by: int, verb: str, noun: str) -> str:
    return f"{verb} {words.counted(abs(by), noun)} {'more' if by > 0 else 'fewer'}" if by else ""


def _side(letter: str, query: WorkspaceQuery) -> PlanSide:
    counted = (
        _counted(len(query.locks), "lock"),
        _counted(len(query.exclusions), "exclusion"),
        _counted(len(query.switched_off), "rule switched off", "rules switched off"),
        "weights tried" if query.weights else "",
        "bounds" if query != query.unbounded else "",
        "teams counted" if "teams" in query.counted else "",
        "days counted" if "efforts" in query.counted else "",
    )
    decided = listed([part for part in counted if part]) or "nothing decided beforehand"
    return PlanSide(letter, OBJECTIVE[query.objective][0], decided, address(query))


def _counted(number: int, singular: str, plural: str = "") -> str:
    """As `words.counted`; empty for none."""
    return words.counted(number, singular, plural) if number else ""


def _line(measure: _Measure, one: Worth, other: Worth) -> Line:
    before, after = measure.read(one), measure.read(other)
    return Line(
        measure.label, measure.meaning, measure.write(before), measure.write(after), _change(measure, before, after)
    )


def _change(measure: _Measure, before: float | None, after: float | None) -> str:
    if before is None or after is None:
        return ""
    by = round(after, measure.digits) - round(before, measure.digits)
    return f"{measure.write(abs(by))} {'more' if by > 0 else 'less'}" if by else ""


def _regions(one: Sequence[RegionShare], other: Sequence[RegionShare]) -> tuple[Line, ...]:
    before, after = ({share.region: share for share in shares} for shares in (one, other))
    return tuple(
        Line(name or "No region", "", _region(before.get(name)), _region(after.get(name)), "")
        for name in sorted({*before, *after})
    )


def _locks(one: Sequence[Why], other: Sequence[Why]) -> tuple[Line, ...]:
    before, after = ({_pair(lock): lock_cost(lock) for lock in locks} for locks in (one, other))
    return tuple(
        Line(pair, "", before.get(pair, "not locked"), after.get(pair, "not locked"), "")
        for pair in sorted({*before, *after})
    )


def _pair(lock: Why) -> str:
    return f"{words.apart(lock.expert_name)} for {words.apart(lock.opening_name)}"


def _region(share: RegionShare | None) -> str:
    if share is None:
        return "–"
    return f"{share.served} of {share.openings} served, {words.counted(share.points, 'point')}"


def _differences(found: PlanComparison) -> tuple[PlanDifference, ...]:
    moved = (
        PlanDifference("moves", pair.origin.expert_name, _person(pair.origin.expert), pair.origin.opening_name, to)
        for pair in found.moved
        for to in (pair.destination.opening_name,)
    )
    new = (PlanDifference("is new", one.expert_name, _person(one.expert), "", one.opening_name) for one in found.new)
    gone = (
        PlanDifference("drops out", one.expert_name, _person(one.expert), one.opening_name, "") for one in found.dropped
    )
    return (*moved, *new, *gone)


def _person(expert: str) -> str:
    return url_for("experts.show", record_id=expert)


@dataclass(frozen=True, slots=True)
class PersonColumn:
    """A person as a column: where they are shown, their points, and the way to lock them."""

    name: str
    href: str
    lock: str
    locked: bool


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """A value, a smaller second line, and whether it is the best of its row."""

    text: str
    small: str = ""
    best: bool = False


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """People of one opening as columns, what is said of them as rows: heading, meaning, a cell each."""

    people: tuple[PersonColumn, ...]
    rows: tuple[tuple[str, str, tuple[ComparedCell, ...]], ...]


def people_table(query: WorkspaceQuery, opening: str, found: Shortlist, free: Sequence[Sequence[Row]]) -> PeopleTable:
    """The people of a shortlist side by side. `free` has the rows of availability of each, in their order."""
    people = found.match.suggestions
    carried = [found.carried[item.expert] for item in people]
    rows = [
        ("Points", "Of 10,000, and between which bounds once everything is known.", _points(people)),
        *((CRITERION[name], MEANING[name], cells) for name, cells in _criteria(people)),
        ("Closes", "The assessed gaps of the programme that this person can close.", _closes(people)),
        ("Languages", "", tuple(ComparedCell(spoken(one) or "none stated") for one in carried)),
        ("Free", "", tuple(ComparedCell("; ".join(map(_window, rows)) or "not stated") for rows in free)),
        (
            "Load",
            "Engagements promised at once in these days, of as many as they accept.",
            tuple(ComparedCell(carried_now(one)) for one in carried),
        ),
    ]
    return PeopleTable(tuple(_column(query, (item.expert, opening), item.name) for item in people), tuple(rows))


def _column(query: WorkspaceQuery, names: Names, name: str) -> PersonColumn:
    there = address(replace(query.toggled_lock(names), focus=names[1], why=""), anchor=f"who-{names[0]}")
    return PersonColumn(name, _person(names[0]), there, names in query.locks)


def _points(people: Sequence[Suggestion]) -> tuple[ComparedCell, ...]:
    best = _best([item.points for item in people])
    return tuple(
        ComparedCell(words.number(item.points), _between(item), mark) for item, mark in zip(people, best, strict=True)
    )


def _best(values: Sequence[float]) -> list[bool]:
    """Who has the highest value, where the values tell anybody apart."""
    return [value == max(values) != min(values) for value in values]


def _between(item: Suggestion) -> str:
    return "" if item.points == item.high else f"up to {item.high:,}"


def _criteria(people: Sequence[Suggestion]) -> list[tuple[str, tuple[ComparedCell, ...]]]:
    columns = zip_longest(*(item.parts for item in people))
    return [(parts[0].criterion, _parts(parts)) for parts in columns]


def _parts(parts: Sequence[PartOfScore]) -> tuple[ComparedCell, ...]:
    best = _best([part.value for part in parts])
    return tuple(
        ComparedCell(words.number(part.points), _fit(part), mark) for part, mark in zip(parts, best, strict=True)
    )


def _fit(part: PartOfScore) -> str:
    fit, high = words.share(part.value), words.share(part.high)
    return f"fit {fit}" if fit == high else f"fit {fit}, may be up to {high}"


def _closes(people: Sequence[Suggestion]) -> tuple[ComparedCell, ...]:
    best = _best([len(item.closes) for item in people])
    return tuple(ComparedCell(listed(item.closes) or "none", "", mark) for item, mark in zip(people, best, strict=True))


def _window(row: Row) -> str:
    share = f"{words.share(row['share'])} of full time" if row["share"] is not None else ""
    return ", ".join(part for part in (words.period(row), words.plain(row["mode"]), share) if part)
