"""The published Horizon 2020 security projects, counted a second time in plain Python."""

import csv
from collections import defaultdict
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from graph.evolution.log.ties import TieColumns, TieLog, tie_log
from graph.evolution.log.windows import day_of, yearly
from graph.evolution.measures.measures import WindowMeasures, measure

Project = tuple[date, date, frozenset[str]]


@cache
def projects(folder: Path) -> tuple[Project, ...]:
    """First day, last day and partners of every project with both dates."""
    partners, spans = defaultdict(set), {}
    file = folder / "cordis-h2020" / "participations-SC7-secure-societies.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if "NA" not in (row["start_date"], row["end_date"]):
                spans[row["rcn"]] = date.fromisoformat(row["start_date"]), date.fromisoformat(row["end_date"])
                partners[row["rcn"]].add(row["pic"])
    return tuple((*spans[rcn], frozenset(partners[rcn])) for rcn in spans)


@cache
def cooperation(folder: Path) -> TieLog:
    """Every pair of partners of a project as a mutual tie for the days of the project, the last included."""
    actors = sorted(set().union(*(project[2] for project in projects(folder))))
    place = {actor: index for index, actor in enumerate(actors)}
    rows = [
        (place[one], place[other], day_of(first), day_of(last) + 1)
        for first, last, partners in projects(folder)
        for one, other in combinations(sorted(partners), 2)
    ]
    source, target, start, end = zip(*rows, strict=True)
    return tie_log(actors, TieColumns(source, target, start, end, mutual=[True] * len(rows)))


def group_sizes(neighbours: dict[str, set[str]]) -> list[int]:
    """Sizes of the groups one can walk through, by walking through them."""
    unseen, sizes = set(neighbours), []
    while unseen:
        waiting, group = [unseen.pop()], 1
        while waiting:
            fresh = neighbours[waiting.pop()] & unseen
            unseen -= fresh
            group += len(fresh)
            waiting += fresh
        sizes.append(group)
    return sorted(sizes, reverse=True)


@pytest.mark.parametrize("year", range(2013, 2027))
def test_the_numbers_of_each_year_equal_an_independent_count(year: int, real_files: Path) -> None:
    running = [pairs for first, last, pairs in projects(real_files) if first.year <= year <= last.year]
    contacts = [pair for partners in running for pair in combinations(sorted(partners), 2)]
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one, other in contacts:
        neighbours[one].add(other)
        neighbours[other].add(one)
    groups = group_sizes(neighbours)
    seen = counted(year, real_files)
    assert (seen.contacts, seen.ties, seen.actors) == (len(contacts), 2 * len(set(contacts)), len(neighbours))
    assert (seen.components, seen.reciprocity) == (len(groups), 1.0 if contacts else 0.0)
    assert seen.giant_share == (groups[0] / len(neighbours) if groups else 0.0)
    possible = len(neighbours) * (len(neighbours) - 1)
    assert seen.density == (seen.ties / possible if possible else 0.0)


def counted(year: int, folder: Path) -> WindowMeasures:
    return measure(cooperation(folder), yearly(year, year)[0])
