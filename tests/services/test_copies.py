"""Logs on disk: the same as in the graph, for nobody else, and gone with the next write."""

import stat
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import numpy as np
import pytest

from graph.connection import Graph
from graph.domain.labels import Label
from graph.domain.marks import Audience, Purpose
from graph.parts import EVERY
from graph.services.imports.ingest import ingest
from graph.services.transfers import log
from graph.services.transfers.actors import Level
from graph.services.transfers.filters import TransferFilter
from graph.services.transfers.log import TransferLog, read_log
from graph.shelves import Shelves
from graph.store import records
from tests.conftest import MEMBER, OFFICER
from tests.factories import a_small_world, expert


@pytest.fixture
def world(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Graph]:
    another_process(monkeypatch)
    ingest(graph, "tests", a_small_world())
    graph.copies = tmp_path / "copies"
    yield graph
    graph.copies = None


def another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that has nothing in memory."""
    monkeypatch.setattr(log, "_SHELVES", Shelves[tuple[Audience, Level, TransferFilter], TransferLog](8))


def files(graph: Graph) -> list[Path]:
    assert graph.copies
    return sorted(graph.copies.glob("*"))


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("texts", [(), ("known=2026-06-30",), ("channel=mentorship",)])
def test_the_copy_is_what_was_read(
    world: Graph, monkeypatch: pytest.MonkeyPatch, level: Level, texts: tuple[str, ...]
) -> None:
    chosen = TransferFilter.from_texts(texts)
    read = read_log(world, OFFICER, level, chosen)
    another_process(monkeypatch)
    monkeypatch.setattr(log, "_read", lambda *_: pytest.fail("read again"))

    found = read_log(world, OFFICER, level, chosen)

    assert found is not read
    for name in ("level", "actors", "transfers", "left_out"):
        assert getattr(found, name) == getattr(read, name), name
    for one, other in zip(astuple(found.groups), astuple(read.groups), strict=True):
        assert (one.dtype, one.tolist()) == (other.dtype, other.tolist())
    assert all(
        np.array_equal(getattr(found.log, name), getattr(read.log, name)) for name in ("source", "end", "funder")
    )
    assert found.log.names == read.log.names


def test_no_viewer_gets_the_copy_of_another(world: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    read_log(world, OFFICER, Level.PERSON)
    another_process(monkeypatch)
    read_log(world, MEMBER, Level.PERSON)
    read_log(world, Audience(MEMBER.role, "ben"), Level.PERSON)

    assert len(files(world)) == 3


def test_after_a_write_no_copy_from_before_is_left(world: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_log(world, OFFICER, Level.PERSON)
    read_log(world, MEMBER, Level.PERSON)
    old = [file.read_text() for file in files(world)]
    ingest(world, "tests", [expert(id="ama", name="Ama Owusu", consents=frozenset({Purpose.DIRECTORY}))])
    another_process(monkeypatch)

    after = read_log(world, OFFICER, Level.PERSON)

    assert len(after.transfers) < len(before.transfers)
    (kept,) = files(world)
    assert kept.read_text() not in old


def test_a_write_elsewhere_leaves_the_copy(world: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    read_log(world, OFFICER, Level.PERSON)
    (kept,) = files(world)
    records.save_nodes(world, Label.AUDIT_EVENT, [{"id": "event", "tlp": "AMBER"}])
    another_process(monkeypatch)
    monkeypatch.setattr(log, "_read", lambda *_: pytest.fail("read again"))

    assert read_log(world, OFFICER, Level.PERSON).transfers
    assert files(world) == [kept]


def test_a_broken_copy_is_deleted_and_read_anew(world: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    for first in ("", "[]", "{", "null"):
        read_log(world, OFFICER, Level.PERSON)
        (kept,) = files(world)
        kept.write_text(f"{first}\n")
        another_process(monkeypatch)

        assert read_log(world, OFFICER, Level.PERSON).transfers, first


def test_a_copy_is_for_the_eyes_of_its_owner(world: Graph) -> None:
    read_log(world, OFFICER, Level.INSTITUTION)

    (file,) = files(world)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_no_word_of_the_graph_becomes_a_path(world: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    precious = tmp_path / "precious" / "file"
    precious.parent.mkdir()
    precious.touch()
    for stamp in ("../precious/x", f"{precious.parent}/x"):
        monkeypatch.setattr(world, "stamps", lambda stamp=stamp: dict.fromkeys((*EVERY, stamp), stamp))
        assert read_log(world, OFFICER, Level.REGION).actors

    assert precious.exists()
    assert len(files(world)) == 1


def test_where_nothing_can_be_kept_nothing_is_lost(world: Graph, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    world.copies = tmp_path / "file" / "copies"

    assert read_log(world, OFFICER, Level.REGION).actors
