"""A file that we wrote, measured as anybody's, has the windows of the network it was written from."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import networkx as nx
import numpy as np
import pytest
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from graph.connection import Database
from graph.evolution.log.ties import OPEN, TieColumns, TieNames, tie_log
from graph.evolution.log.windows import date_of, day_of, snapshot, window_of
from graph.evolution.measures.flows import flows
from graph.evolution.measures.measures import Sheet, measure_all
from graph.evolution.measures.mixing import nowhere
from graph.services.imports.demonstration import load_demonstration
from graph.services.imports.ingest import ingest
from graph.services.network.evolution import EvolutionQuery
from graph.services.network.export import extract_from
from graph.services.transfers.actors import Actor, Level
from graph.services.transfers.log import TransferLog
from importers import reference, scenario
from importers.tie_files import Weights
from tests.commands.conftest import invoking
from tests.conftest import WIPE
from tests.factories import TODAY, day
from webapp.commands.tie_files import Calendar, TieFileOptions, measure_file
from webapp.exports.formats import FORMATS

SHARED = ("actors", "ties", "contacts", "self_ties", "density", "reciprocity", "components", "giant_share")
"""The measures that the graph and a file have in common."""

GEXF = {"g": "http://gexf.net/1.3"}
Row = Mapping[str, Any]
Invoke = Callable[..., Result]


def of_csv(content: bytes) -> Iterator[Row]:
    return csv.DictReader(io.StringIO(content.decode("utf-8-sig")))


def of_archive(content: bytes) -> Iterator[Row]:
    with ZipFile(io.BytesIO(content)) as file:
        yield from of_csv(file.read("contacts.csv"))


def of_graphml(content: bytes) -> Iterator[Row]:
    read = nx.read_graphml(io.BytesIO(content), force_multigraph=True)
    return ({"source": giver, "target": receiver, **facts} for giver, receiver, facts in read.edges(data=True))


def of_json(content: bytes) -> Iterator[Row]:
    read = nx.node_link_graph(json.loads(content))
    return ({"source": giver, "target": receiver, **facts} for giver, receiver, facts in read.edges(data=True))


def of_gexf(content: bytes) -> Iterator[Row]:
    """By its spells, the way Gephi's timeline takes them."""
    for edge in etree.fromstring(content).iterfind(".//g:edge", GEXF):
        facts = {value.get("for"): value.get("value") for value in edge.iterfind("g:attvalues/g:attvalue", GEXF)}
        (spell,) = edge.iterfind("g:spells/g:spell", GEXF)
        days = {"first_day": spell.get("start")[:10], "last_day": (spell.get("end") or "")[:10]}
        yield {**facts, "source": edge.get("source"), "target": edge.get("target"), "weight": edge.get("weight")} | days


READERS = {"ties": of_csv, "csv": of_archive, "graphml": of_graphml, "json": of_json, "gexf": of_gexf}
"""Every format that holds ties with their days, and how another program reads it."""


def plain(content: bytes, form: str) -> str:
    """The ties of a file as a plain one: the two edges of a mutual tie share its number and are one row."""
    rows: dict[object, Row] = {}
    for number, row in enumerate(READERS[form](content)):
        rows.setdefault(row.get("contact", number), row)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(("source", "target", "start", "end", "weight", "mutual"))
    for row in rows.values():
        mutual = str(row["mutual"]).lower()
        writer.writerow((row["source"], row["target"], row["first_day"], row["last_day"] or "", row["weight"], mutual))
    return stream.getvalue()


@pytest.fixture(scope="module")
def invoke(embedded: Database, tmp_path_factory: pytest.TempPathFactory) -> Invoke:
    """Commands over the demonstration."""
    embedded.write(WIPE)
    ingest(embedded, "reference", reference.read())
    load_demonstration(embedded, scenario.read(), [])
    return invoking(embedded, tmp_path_factory.mktemp("home"))


def windows(invoke: Invoke, *words: object) -> list[dict[str, Any]]:
    found = invoke("evolution", *words, "--measures", ",".join(SHARED), "--json")
    assert found.exit_code == 0, found.output
    return [{name: window[name] for name in ("from", "to", *SHARED)} for window in json.loads(found.stdout)["windows"]]


@pytest.mark.parametrize("level", Level)
def test_an_exported_file_has_the_windows_of_the_graph(invoke: Invoke, tmp_path: Path, level: Level) -> None:
    span, cuts = ("--from", "2018", "--to", "2026"), (("--step", "quarter"), ("--window", "3y"), ("--window", "all"))
    counted = [windows(invoke, "--level", level, *span, *cut) for cut in cuts]
    assert all(len({window["ties"] for window in found}) > 2 for found in counted)
    # In this story nobody is both mentor and mentee of one other.
    assert any(window["reciprocity"] for window in counted[0]) is (level is not Level.PERSON)

    for form in READERS:
        exported, file = tmp_path / f"network{FORMATS[form].suffix}", tmp_path / f"{form}.csv"
        # What a window of three years looks back on is in no file of fewer.
        asked = ("--level", level, *span, "--window", "3y", "--format", form, "-o", exported)
        assert invoke("export", *asked).exit_code == 0
        file.write_bytes(exported.read_bytes() if form == "ties" else plain(exported.read_bytes(), form).encode())
        assert [windows(invoke, "--ties", file, *span, *cut) for cut in cuts] == counted, form


def test_a_format_that_holds_ties_with_their_days_is_read_back_here() -> None:
    assert FORMATS.keys() - READERS.keys() == {"svg", "png", "html"}


CHANNELS = ("Secondment", "JointProject")
REGIONS = ("Africa", "Asia", "")
ids = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,9}", fullmatch=True)
first_day = day_of(day("2019-01-01").first)
moment = st.integers(first_day, first_day + 1_000)


@st.composite
def logs(draw: st.DrawFn) -> TransferLog:
    actors = draw(st.lists(ids, min_size=1, max_size=6, unique=True))
    end = st.integers(0, len(actors) - 1)
    row = st.tuples(
        end,
        end,
        moment,
        st.integers(1, 900) | st.just(OPEN),
        st.sampled_from(range(len(CHANNELS))),
        st.booleans(),
        st.floats(0, 100, width=32),
        st.sampled_from((-1, 0)),
        st.tuples(moment, moment | st.just(OPEN)),
    )
    rows = draw(st.lists(row, max_size=20))
    columns = [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(9)]
    source, target, start, length, channel, mutual, weight, funder, clocks = columns
    ends = [OPEN if days == OPEN else begun + days for begun, days in zip(start, length, strict=True)]
    recorded, retracted = [one for one, _ in clocks], [other for _, other in clocks]
    ties = TieColumns(source, target, start, ends, channel, mutual, weight, funder, recorded, retracted)
    log = tie_log(actors, ties, TieNames(CHANNELS, ("donor",)))
    known = tuple(Actor(id_, id_, draw(st.sampled_from(REGIONS))) for id_ in actors)
    return TransferLog(Level.INSTITUTION, known, log, (), {}, nowhere(len(actors)))


@pytest.mark.parametrize("form", READERS)
@settings(max_examples=40, deadline=None)
@given(found=logs(), step=st.sampled_from(("year", "quarter")), window=st.sampled_from(("", "2y", "all")))
def test_any_log_comes_back_from_its_file(
    tmp_path_factory: pytest.TempPathFactory, form: str, found: TransferLog, step: str, window: str
) -> None:
    query = EvolutionQuery(Level.INSTITUTION, 2018, 2023, step, window, today=TODAY)
    content = FORMATS[form].write(extract_from(found, query))
    path = tmp_path_factory.mktemp("ties") / "ties.csv"
    path.write_bytes(content if form == "ties" else plain(content, form).encode())

    counted = measure_all(found.log, query.windows(), Sheet(names=frozenset(SHARED)))
    measured = measure_file(path, TieFileOptions(ties=path), Calendar("2018", "2023", step, window))["windows"]
    assert [window["from"] for window in measured] == [str(date_of(each.window.first)) for each in counted]
    assert [[window[name] for name in SHARED] for window in measured] == [
        [getattr(each, name) for name in SHARED] for each in counted
    ]
    weighted = TieFileOptions(ties=path, weights=Weights.READ, measures="weight")
    sums = measure_file(path, weighted, Calendar("2018", "2023", step, window))["windows"]
    apart = [found.log.weight[snapshot(found.log, each.window).rows].astype(np.float64) for each in counted]
    assert [each["weight"] for each in sums] == pytest.approx([each.sum() for each in apart])


@settings(max_examples=40, deadline=None)
@given(found=logs())
def test_the_flows_between_regions_come_back_as_well(
    tmp_path_factory: pytest.TempPathFactory, found: TransferLog
) -> None:
    path = tmp_path_factory.mktemp("ties") / "ties.csv"
    path.write_bytes(
        FORMATS["ties"].write(extract_from(found, EvolutionQuery(Level.INSTITUTION, 2018, 2023, today=TODAY)))
    )
    region = np.array([REGIONS.index(actor.group) for actor in found.actors])

    for window in measure_file(path, TieFileOptions(ties=path), Calendar("2018", "2023", None))["windows"]:
        span = window_of(window["from"][:4])
        apart = found.log.where(found.log.source != found.log.target)
        matrix = np.zeros((3, 3), np.int64)
        for flow in window["flows"]:
            matrix[REGIONS.index(flow["giver"] or ""), REGIONS.index(flow["receiver"] or "")] = flow["contacts"]
        assert matrix.tolist() == flows(apart, span).between(region, 3).tolist()


def test_courses_are_most_of_the_contacts_and_a_quarter_of_the_engagements(invoke: Invoke) -> None:
    """1,098 of 1,950 contacts come from 189 of 805 engagements: five days of many weighed as much as a doctorate."""

    def sizes(*words: str) -> tuple[int, int]:
        span = ("--from", "2012", "--to", "2026", "--window", "all", "--measures", "contacts,engagements")
        found = json.loads(invoke("evolution", *span, *words, "--json").stdout)["windows"][-1]
        return found["contacts"], found["engagements"]

    (contacts, engagements), (of_courses, courses) = sizes(), sizes("--filter", "channel=training")
    assert of_courses / contacts > 0.5
    assert courses / engagements < 0.25


def test_the_index_of_the_demonstration_is_one_at_every_level(invoke: Invoke) -> None:
    def found(level: Level) -> Any:
        asked = (
            "--from",
            "2026",
            "--to",
            "2026",
            "--level",
            level,
            "--measures",
            "ei_index,donor_top,donor_outside,south_south",
        )
        (window,) = json.loads(invoke("evolution", *asked, "--json").stdout)["windows"]
        return [window[name] for name in ("ei_index", "donor_outside", "south_south")] + [window["donor_top"]["share"]]

    assert found(Level.INSTITUTION) == found(Level.COUNTRY) == found(Level.REGION)
    assert -1 < found(Level.REGION)[0] < 1
