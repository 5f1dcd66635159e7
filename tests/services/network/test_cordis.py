"""The published Horizon 2020 security projects, taken in and traced, equal a count made with nothing of ours."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from graph.connection import Graph
from graph.domain.marks import PUBLIC
from graph.services.imports.ingest import ImportReport, ingest
from graph.services.network.evolution import Evolution, EvolutionQuery, trace_evolution
from graph.services.transfers.actors import Level
from importers import cordis
from importers.reference.places import countries, regions
from tests.conftest import WIPE
from tests.factories import TODAY

FROM, TO = 2014, 2025
ISO = {"EL": "gr", "UK": "gb"}
Pairs = set[tuple[str, str]]


@dataclass(frozen=True)
class Project:
    first_year: int
    last_year: int
    organisations: frozenset[str]


@dataclass(frozen=True)
class Published:
    """The file as its lines have it: projects, and the country of each organisation."""

    projects: tuple[Project, ...]
    country: Mapping[str, str]


@pytest.fixture(scope="module")
def path(real_files: Path) -> Path:
    return real_files / "cordis-h2020" / "participations-SC7-secure-societies.csv"


@pytest.fixture(scope="module")
def published(path: Path) -> Published:
    members, years, country = defaultdict(set), {}, {}
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            organisation = f"pic-{line['pic']}"
            country[organisation] = ISO.get(line["country"], line["country"].lower())
            members[line["rcn"]].add(organisation)
            years[line["rcn"]] = int(line["start_date"][:4]), int(line["end_date"][:4])
    return Published(tuple(Project(*years[rcn], frozenset(members[rcn])) for rcn in years), country)


@pytest.fixture(scope="module")
def report(embedded: Graph, path: Path) -> ImportReport:
    embedded.write(WIPE)
    ingest(embedded, "reference", [*regions(), *countries()])
    return ingest(embedded, cordis.SOURCE, cordis.read(path, date(2026, 11, 1)))


@pytest.fixture(scope="module")
def traced(embedded: Graph, report: ImportReport) -> Mapping[Level, Evolution]:
    levels = (Level.INSTITUTION, Level.COUNTRY)
    return {level: trace_evolution(embedded, PUBLIC, EvolutionQuery(level, FROM, TO, today=TODAY)) for level in levels}


def ties_of(published: Published, level: Level) -> Iterator[Pairs]:
    """The ordered pairs of each year, both ways for every two organisations of a running project."""
    for year in range(FROM, TO + 1):
        running = [found for found in published.projects if found.first_year <= year <= found.last_year]
        pairs = {pair for project in running for pair in permutations(project.organisations, 2)}
        if level is Level.COUNTRY:
            pairs = {(published.country[one], published.country[other]) for one, other in pairs}
        yield {(one, other) for one, other in pairs if one != other}


def groups_of(pairs: Pairs) -> list[int]:
    """Sizes of the groups that ties join, by union-find."""
    leader = {actor: actor for pair in pairs for actor in pair}

    def find(actor: str) -> str:
        while leader[actor] != actor:
            leader[actor] = leader[leader[actor]]
            actor = leader[actor]
        return actor

    for one, other in pairs:
        leader[find(one)] = find(other)
    members = [find(actor) for actor in leader]
    return sorted(members.count(actor) for actor in set(members))


def test_the_file_is_taken_in_whole(report: ImportReport) -> None:
    assert report.by_label == {"Institution": 2143, "JointProject": 392}
    assert (report.created, report.rejected, report.warnings) == (2143 + 392, (), ())


@pytest.mark.parametrize("level", [Level.INSTITUTION, Level.COUNTRY])
def test_the_numbers_of_every_year_equal_an_independent_count(
    published: Published, traced: Mapping[Level, Evolution], level: Level
) -> None:
    evolution = traced[level]
    assert evolution.left_out == {}
    for seen, pairs in zip(evolution.windows, ties_of(published, level), strict=True):
        actors = len({actor for pair in pairs for actor in pair})
        groups = groups_of(pairs) or [0]  # the projects of the first year have one organisation each
        returned = sum((other, one) in pairs for one, other in pairs)
        assert (seen.actors, seen.ties, seen.components) == (actors, len(pairs), len(groups) if pairs else 0)
        assert seen.density == pytest.approx(len(pairs) / max(actors * (actors - 1), 1))
        assert seen.reciprocity == pytest.approx(returned / max(len(pairs), 1))
        assert seen.giant_share == pytest.approx(groups[-1] / max(actors, 1))


def test_contacts_within_a_country_are_counted_apart(published: Published, traced: Mapping[Level, Evolution]) -> None:
    for seen in traced[Level.COUNTRY].windows:
        year = int(str(seen.window))
        running = [found for found in published.projects if found.first_year <= year <= found.last_year]
        places = [sorted(published.country[one] for one in found.organisations) for found in running]
        within = sum(some.count(place) * (some.count(place) - 1) // 2 for some in places for place in set(some))
        contacts = sum(len(some) * (len(some) - 1) // 2 for some in places)
        assert (seen.self_ties, seen.contacts) == (within, contacts - within)
