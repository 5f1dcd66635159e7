"""Claim: stable plans and rules with a veto, with no worse a result than the two published packages, in less time.

`stable`: people wish for ten openings of ten posts each and openings have tastes of their own; the peer is matching,
and both must make the same pairs. The peer runs with a deeper stack than Python has, without which it ends in an error
from a thousand people on. `rules`: as many mentors as mentees, points for a grade above, the same profession and
another role, none within one organisation; the peer is mentor-match, in one round, and may not reach a higher total.
`prepare` is what turns people into each contender's own form, for ours with all points counted; `ratio` is of both
steps together. CPU seconds; each peer has an environment of its own, see `benchmarks.apart`.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.apart import MATCHING, MENTOR_MATCH, MISSING, Peer
from benchmarks.assignment import POSTS, Table, ranks_of, stable
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem
from graph.matching.solvers.plans import Objective, make_plan

OURS = "baton"
ABOVE, POINTS = 2, (12, 5, 3)  # grades above, and what each rule brings
GRADES, PROFESSIONS, ROLES, ORGANISATIONS = 8, 6, 4, 20

Pairs = set[tuple[str, str]]
People = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Case:
    """A kind of question and its number of people."""

    kind: str
    people: int


SIZES = (Case("rules", 200), Case("rules", 500), Case("stable", 1_000), Case("stable", 10_000))
QUICK = (Case("rules", 60), Case("stable", 200))


@dataclass(frozen=True, slots=True)
class Run:
    """One contender: CPU seconds to prepare and to solve, the pairs made, and what they come to."""

    prepare: float
    solve: float
    pairs: Pairs
    total: int


def stable_plans(people: int) -> Iterator[tuple[str, Run | None]]:
    """Ours and the peer's, which must be the same."""
    columns = stable(people)
    ours = planned(lambda: columns, Objective.EXPERT_STABLE)
    yield OURS, ours
    theirs = answered(MATCHING, lambda: _preferences(columns), len)
    assert theirs is None or theirs.pairs == ours.pairs, "the two stable plans differ"
    yield MATCHING.title, theirs


def _preferences(columns: ProblemColumns) -> dict[str, Any]:
    """Both sides' lists; people stand in those of the openings they wish for."""
    wishes, places = ranks_of(columns)
    return {
        "residents": {f"p{person}": [f"o{opening}" for opening in row] for person, row in enumerate(wishes)},
        "hospitals": {
            f"o{row}": [f"p{person}" for person in sorted(ranks, key=ranks.__getitem__)]
            for row, ranks in enumerate(places)
        },
        "capacities": {f"o{row}": POSTS for row in range(len(places))},
    }


def ruled_plans(people: int) -> Iterator[tuple[str, Run | None]]:
    """Ours and the peer's, which may not be better."""
    mentors, mentees = crowd("p", people // 2), crowd("o", people // 2)
    ours = planned(lambda: ruled_columns(mentors, mentees), Objective.BEST)
    yield OURS, ours
    columns = ruled_columns(mentors, mentees)
    rows = zip(columns.person, columns.opening, columns.points, strict=True)
    worth = {(columns.people[person], columns.openings[mentee]): int(points) for person, mentee, points in rows}
    question = {"mentors": mentors, "mentees": mentees, "above": ABOVE, "points": POINTS}
    theirs = answered(MENTOR_MATCH, lambda: question, lambda pairs: sum(worth[pair] for pair in pairs))
    assert theirs is None or theirs.total <= ours.total, "mentor-match has found a better plan"
    yield MENTOR_MATCH.title, theirs


def crowd(letter: str, count: int) -> People:
    """The same people every time, in the words of the peer."""
    chance = Random(f"{letter}{count}")
    return [
        {
            "email": f"{letter}{row}",
            "grade": chance.randrange(GRADES),
            "profession": chance.randrange(PROFESSIONS),
            "role": chance.randrange(ROLES),
            "organisation": chance.randrange(ORGANISATIONS),
        }
        for row in range(count)
    ]


def ruled_columns(mentors: People, mentees: People) -> ProblemColumns:
    """Every pair that the veto leaves, with its points."""
    above, same, other, apart = (_compared(mentors, mentees, *rule) for rule in RULES)
    points = POINTS[0] * above + POINTS[1] * same + POINTS[2] * other
    person, opening = np.nonzero(apart)
    return ProblemColumns(
        people=[person["email"] for person in mentors],
        openings=[person["email"] for person in mentees],
        person=person,
        opening=opening,
        points=points[apart],
    )


def _compared(
    mentors: People, mentees: People, field: str, holds: Callable[[Table, Table], NDArray[np.bool_]]
) -> NDArray[np.bool_]:
    """Whether it holds for each mentor (rows) and mentee (columns)."""
    ours, theirs = (np.array([person[field] for person in side]) for side in (mentors, mentees))
    return holds(ours[:, np.newaxis], theirs)


RULES = (
    ("grade", lambda mentor, mentee: mentor - mentee >= ABOVE),
    ("profession", np.equal),
    ("role", np.not_equal),
    ("organisation", np.not_equal),
)


def planned(columns: Callable[[], ProblemColumns], objective: Objective) -> Run:
    """Our own plan."""
    began = time.process_time()
    market = build_problem(columns())
    ready = time.process_time()
    plan = make_plan(market, objective)
    done = time.process_time()
    ids = columns()
    pairs = {(ids.people[pair.person], ids.openings[pair.opening]) for pair in plan.pairs}
    total = len(pairs) if objective is Objective.EXPERT_STABLE else int(plan.total)
    return Run(ready - began, done - ready, pairs, total)


def answered(peer: Peer, question: Callable[[], Any], total: Callable[[Pairs], int]) -> Run | None:
    """The peer's plan, None where the peer is not installed."""
    if not peer.is_there:
        return None
    answer = peer.ask(question())
    pairs = {(person, opening) for person, opening in answer["pairs"]}
    return Run(answer["prepare"], answer["solve"], pairs, total(pairs))


KINDS: Mapping[str, Callable[[int], Iterator[tuple[str, Run | None]]]] = {"stable": stable_plans, "rules": ruled_plans}


def compare(case: Case) -> None:
    """Print one line a contender, in words where it is missing; stop with an error when a peer does better."""
    ours: Run | None = None
    for name, run in KINDS[case.kind](case.people):
        ours = ours or run
        start = f"{case.kind:<7} {case.people:>7,}  {name:<18}"
        if run is None or ours is None:
            print(f"{start} {MISSING}")
            continue
        ratio = (run.prepare + run.solve) / (ours.prepare + ours.solve)
        print(f"{start} {run.prepare:>8.3f} {run.solve:>8.3f} {ratio:>6.1f} x {len(run.pairs):>7,} {run.total:>8,}")


def report(sizes: Iterable[Case]) -> None:
    """Print the table for these numbers of people."""
    print(f"{'kind':<7} {'people':>7}  {'':<18} {'prepare':>8} {'solve':>8} {'ratio':>8} {'pairs':>7} {'total':>8}")
    for case in sizes:
        compare(case)


if __name__ == "__main__":
    report(QUICK if "--quick" in sys.argv[1:] else SIZES)
