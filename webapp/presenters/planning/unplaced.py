"""What a plan leaves, in words: people and how far off they are, empty seats, what locks cost, what nobody covers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from flask import url_for

from graph.matching.scoring.rules import RULES
from graph.matching.sensitivity.shortfalls import VacancyReason
from graph.services.planning.explain import OtherPerson, Why
from graph.services.planning.unplaced import (
    BelowFloor,
    LeftOut,
    Leftovers,
    LockedOut,
    Shortage,
    Uncovered,
    Vacant,
)
from webapp.presenters.matching.matches import listed
from webapp.presenters.planning.explanations import lock_cost
from webapp.presenters.planning.workspaces import address
from webapp.presenters.words import apart, counted, form_of, people
from webapp.urls.workspace import WorkspaceQuery

_SENTENCE: Mapping[str, str] = {rule.name: rule.sentence for rule in RULES}


@dataclass(frozen=True, slots=True)
class UnplacedPerson:
    """Somebody left out: the opening they are nearest to, how many points short, and behind whom."""

    name: str
    href: str
    opening: str
    why: str
    short: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Seat:
    """An opening with a seat left: the reason, who is nearest to it, and the rule that would admit most."""

    name: str
    href: str
    reason: str
    nearest: str
    rule: str
    switch: str


@dataclass(frozen=True, slots=True)
class Lock:
    """A locked pair and what it costs."""

    names: str
    sentence: str
    href: str


@dataclass(frozen=True, slots=True)
class LeftPage:
    """Everything a plan leaves. `priced` is false for a plan that cannot say how many points anybody is short."""

    priced: bool
    people: tuple[UnplacedPerson, ...]
    seats: tuple[Seat, ...]
    locks: tuple[Lock, ...]
    gaps: tuple[str, ...]
    shortage: str
    nowhere: tuple[str, ...]
    locked_out: tuple[str, ...]
    below: tuple[str, ...]


_UNDER = "Nobody reaches the floor of this plan; {} could sit there without it."


def left_page(query: WorkspaceQuery, left: Leftovers, locks: tuple[Why, ...], *, priced: bool) -> LeftPage:
    """Word what is left of the plan of this bench; `locks` explains each locked pair."""
    return LeftPage(
        priced=priced,
        people=tuple(_person(query, one) for one in left.people),
        seats=tuple(_seat(query, one) for one in left.openings),
        locks=tuple(_lock(query, one) for one in locks),
        gaps=tuple(_gap(one) for one in left.gaps),
        shortage=_shortage(left.shortage) if left.shortage and left.shortage.hands else "",
        nowhere=tuple(_nowhere(rule, count) for rule, count in left.nowhere.items()),
        locked_out=tuple(_locked_out(one) for one in left.locked_out),
        below=tuple(_below(one) for one in left.below),
    )


def _person(query: WorkspaceQuery, one: LeftOut) -> UnplacedPerson:
    behind = f" Behind {_people(one.rivals)}." if one.rivals else ""
    needed = f"{counted(one.needed, 'point')} more would do." if one.needed is not None else "No points alone would do."
    return UnplacedPerson(
        name=one.expert_name,
        href=url_for("experts.show", record_id=one.expert),
        opening=one.opening_name,
        why=address(replace(query, focus=one.opening, why=one.expert), anchor=f"who-{one.expert}"),
        short=one.lost,
        sentence=needed + behind,
    )


def _locked_out(one: LockedOut) -> str:
    verb = form_of(len(one.holders), "is", "are")
    if not one.seats:
        return f"{apart(one.expert_name)} could be in {apart(one.opening_name)} ({one.points:,}), had it a seat left"
    held = f"{_people(one.holders)} {verb} locked there" if one.holders else "that pair is excluded"
    pair = f"{apart(one.expert_name)} could be in {apart(one.opening_name)}"
    return f"{pair} ({one.points:,}) but for what was fixed by hand: {held}"


def _below(one: BelowFloor) -> str:
    nearest = f"{apart(one.expert_name)} is nearest to the floor in {apart(one.opening_name)}"
    return f"{nearest}: {counted(one.short, 'point')} below it"


def _names(names: Iterable[str]) -> str:
    return listed(map(apart, names))


def _people(others: tuple[OtherPerson, ...]) -> str:
    return listed([f"{apart(other.expert_name)} ({other.points:,})" for other in others])


def _seat(query: WorkspaceQuery, one: Vacant) -> Seat:
    reasons = {
        VacancyReason.NOBODY: "Nobody on the bench is eligible.",
        VacancyReason.LOCKED: "Locks and exclusions keep out whoever is eligible.",
        VacancyReason.ELSEWHERE: "Whoever is eligible is worth more elsewhere.",
    }
    nearest = [
        f"{apart(other.expert_name)} ({counted(other.lost or 0, 'point')} less in total)" for other in one.nearest
    ]
    return Seat(
        name=one.opening_name,
        href=address(replace(query, focus=one.opening), anchor="shortlist"),
        reason=_UNDER.format(people(one.below))
        if one.below and one.reason is VacancyReason.NOBODY
        else reasons[one.reason],
        nearest=f"Nearest to it: {listed(nearest)}." if nearest else "",
        rule=f"The rule against whoever {_SENTENCE[one.rule]} alone removes {people(one.removes)}." if one.rule else "",
        switch=address(replace(query, focus=one.opening).toggled_rule(one.rule)) if one.rule else "",
    )


def _lock(query: WorkspaceQuery, one: Why) -> Lock:
    return Lock(
        names=f"{apart(one.expert_name)} for {apart(one.opening_name)}",
        sentence=lock_cost(one),
        href=address(query.toggled_lock((one.expert, one.opening))),
    )


def _gap(one: Uncovered) -> str:
    return f"{apart(one.capability_name)}, lacking for {_names(one.opening_names)}"


def _shortage(one: Shortage) -> str:
    most = "one" if one.hands == 1 else f"{one.hands:,}"
    return f"{_names(one.opening_names)} cannot all be served: {_names(one.expert_names)} serve {most}."


def _nowhere(rule: str, count: int) -> str:
    return f"{counted(count, 'person is', 'people are')} eligible for no opening here, mostly: {_SENTENCE[rule]}"
