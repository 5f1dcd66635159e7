"""Silence never pays, and what an opening asks counts: over every pair and every opening of the scenario."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import numpy as np

from graph.matching.people.needs import Needed, OpeningNeed, Place
from graph.matching.people.past_engagements import SubjectColumns
from graph.matching.people.roster import Roster, RosterColumns, build_roster
from graph.matching.scoring.kinds import BRINGS, kind_of
from graph.matching.scoring.ranking import score
from tests.services.matching.conftest import Case

STATED = ("levels", "speaking", "windows", "posts", "past_engagements", "texts")
"""The tables of a roster that hold what people state, and what they have done."""


def alone(columns: RosterColumns, person: int) -> RosterColumns:
    """The same with this person alone."""
    people = {name: list(rows)[person : person + 1] for name, rows in _named(columns.people).items()}
    tables: dict[str, Any] = {"people": replace(columns.people, **people)}
    for table in (*STATED, "commitments"):
        rows = getattr(columns, table)
        own = [row for row, who in enumerate(rows.person) if who == person]
        tables[table] = replace(_taken(rows, own), person=[0] * len(own))
        if table == "past_engagements":
            tables["subjects"] = _about(columns.subjects, {row: place for place, row in enumerate(own)})
    return replace(columns, **tables)


def less(columns: RosterColumns) -> Iterator[tuple[str, RosterColumns]]:
    """The same with one fact fewer, each fact in turn, with a word for it."""
    for table in STATED:
        rows = getattr(columns, table)
        for row in range(len(rows.person)):
            kept = [place for place in range(len(rows.person)) if place != row]
            changed: dict[str, Any] = {table: _taken(rows, kept)}
            if table == "past_engagements":
                changed["subjects"] = _about(columns.subjects, {old: new for new, old in enumerate(kept)})
            yield f"{table} {row}", replace(columns, **changed)
    levels = columns.levels
    for row in range(len(levels.person)):
        for name, nothing in (("confirmed_on", -1), ("shown", False)):
            column = list(getattr(levels, name))
            column[row] = nothing
            yield f"{name} {row}", replace(columns, levels=replace(levels, **{name: column}))
    yield "country", replace(columns, people=replace(columns.people, places=[Place()], zones=[()]))


def _named(rows: Any) -> dict[str, Any]:
    return {each.name: getattr(rows, each.name) for each in fields(rows)}


def _taken(rows: Any, kept: list[int]) -> Any:
    return replace(rows, **{name: [column[row] for row in kept] for name, column in _named(rows).items()})


def _about(subjects: SubjectColumns, places: dict[int, int]) -> SubjectColumns:
    kept = [
        (places[engagement], capability)
        for engagement, capability in zip(subjects.engagement, subjects.capability, strict=True)
        if engagement in places
    ]
    return SubjectColumns(engagement=[one for one, _ in kept], capability=[other for _, other in kept])


def points(columns: RosterColumns, need: OpeningNeed) -> int:
    """The points of the only person; -1 where a rule leaves them out."""
    found = score(build_roster(columns), need).points
    return int(found[0]) if len(found) else -1


def test_to_take_back_a_fact_never_pays(case: Case) -> None:
    columns, roster, needs = case
    wanted: dict[int, list[OpeningNeed]] = {}
    for need in needs:
        for person in score(roster, need).people.tolist():
            wanted.setdefault(person, []).append(replace(need, conflicts=frozenset(), refusals=frozenset()))
    tried = 0
    for person, theirs in wanted.items():
        own = alone(columns, person)
        before = [points(own, need) for need in theirs]
        for fact, fewer in less(own):
            after = [points(fewer, need) for need in theirs]
            assert all(now <= then for now, then in zip(after, before, strict=True)), (roster.ids[person], fact)
            tried += 1
    assert sum(map(len, wanted.values())) > 200
    assert tried > 1500


def test_whoever_meets_every_ask_stands_before_all_who_do_not(case: Case) -> None:
    _, roster, needs = case
    told = 0
    for need in needs:
        found = score(roster, need)
        meet = _meet(roster, need, found.people)
        if meet.any() and not meet.all():
            assert found.points[meet].max() > found.points[~meet].max(), need.id
            told += 1
    assert told >= 5


def test_to_raise_or_delete_an_ask_moves_the_list(case: Case) -> None:
    _, roster, needs = case
    for need in needs:
        if kind_of(need) is not BRINGS:
            continue  # how far a learner is to come is what the programme wants, whatever else is to be learned
        before = score(roster, replace(need, needed=tuple(replace(ask, must=False) for ask in need.needed)))
        if len(before.people) < 2:
            continue
        for place, ask in enumerate(need.needed):
            others = tuple(replace(one, must=False) for one in (*need.needed[:place], *need.needed[place + 1 :]))
            for changed in (others, (*others, Needed(ask.capability, min(ask.level + 1, 4)))):
                after = score(roster, replace(need, needed=changed))
                assert after.points.tolist() != before.points.tolist(), (need.id, ask)


def _meet(roster: Roster, need: OpeningNeed, people: Any) -> Any:
    """Who of these is known to meet everything asked."""
    met = np.ones(len(people), np.bool_)
    for ask in need.needed:
        met &= roster.known[people, ask.capability] >= ask.level
    return met
