"""Logs on disk: the same as in the graph, for nobody else, and gone with the next write."""

import json
import stat
from collections.abc import Iterator
from dataclasses import astuple
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from graph.cache.clear import clear_caches
from graph.cache.memory import Cache
from graph.cache.store import MEGABYTE, STORE, USUAL_MEGABYTES
from graph.connection import Graph
from graph.domain.labels import Label
from graph.domain.marks import Audience, Purpose
from graph.domain.topics import EVERY_TOPIC
from graph.services.imports.ingest import ingest
from graph.services.transfers import log
from graph.services.transfers.actors import Level
from graph.services.transfers.filters import TransferFilter
from graph.services.transfers.log import TransferLog, read_log
from graph.store import records
from tests.cache.test_memory import another_program_writes
from tests.conftest import MEMBER, OFFICER
from tests.factories import TODAY, a_small_world, expert


@pytest.fixture
def world(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Graph]:
    another_process(monkeypatch)
    ingest(graph, "tests", a_small_world())
    graph.disk_cache = tmp_path / "cache"
    yield graph
    graph.disk_cache = None


def another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that has nothing in memory."""
    monkeypatch.setattr(log, "_CACHE", Cache[tuple[Audience, Level, date, TransferFilter], TransferLog]())


def files(graph: Graph) -> list[Path]:
    assert graph.disk_cache
    return sorted(graph.disk_cache.glob("*"))


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("texts", [(), ("known=2026-06-30",), ("channel=mentorship",)])
def test_the_entry_is_what_was_read(
    world: Graph, monkeypatch: pytest.MonkeyPatch, level: Level, texts: tuple[str, ...]
) -> None:
    chosen = TransferFilter.from_texts(texts)
    read = read_log(world, OFFICER, level, TODAY, chosen)
    another_process(monkeypatch)
    monkeypatch.setattr(log, "_read", lambda *_: pytest.fail("read again"))

    found = read_log(world, OFFICER, level, TODAY, chosen)

    assert found is not read
    for name in ("level", "actors", "transfers", "left_out"):
        assert getattr(found, name) == getattr(read, name), name
    for one, other in zip(astuple(found.groups), astuple(read.groups), strict=True):
        assert (one.dtype, one.tolist()) == (other.dtype, other.tolist())
    assert all(
        np.array_equal(getattr(found.log, name), getattr(read.log, name)) for name in ("source", "end", "funder")
    )
    assert found.log.names == read.log.names


def test_no_viewer_gets_the_entry_of_another(world: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    read_log(world, OFFICER, Level.PERSON, TODAY)
    another_process(monkeypatch)
    read_log(world, MEMBER, Level.PERSON, TODAY)
    read_log(world, Audience(MEMBER.role, "ben"), Level.PERSON, TODAY)

    assert len(files(world)) == 3


def test_after_a_write_no_entry_from_before_is_left(world: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_log(world, OFFICER, Level.PERSON, TODAY)
    read_log(world, MEMBER, Level.PERSON, TODAY)
    old = [file.read_text() for file in files(world)]
    ingest(world, "tests", [expert(id="ama", name="Ama Owusu", consents=frozenset({Purpose.DIRECTORY}))])
    another_process(monkeypatch)

    after = read_log(world, OFFICER, Level.PERSON, TODAY)

    assert len(after.transfers) < len(before.transfers)
    (kept,) = files(world)
    assert kept.read_text() not in old


def test_a_write_elsewhere_leaves_the_entry(world: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    read_log(world, OFFICER, Level.PERSON, TODAY)
    (kept,) = files(world)
    records.save_nodes(world, Label.AUDIT_EVENT, [{"id": "event", "tlp": "AMBER"}])
    another_process(monkeypatch)
    monkeypatch.setattr(log, "_read", lambda *_: pytest.fail("read again"))

    assert read_log(world, OFFICER, Level.PERSON, TODAY).transfers
    assert files(world) == [kept]


def test_a_broken_entry_is_deleted_and_read_anew(world: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    for first in ("", "[]", "{", "null"):
        read_log(world, OFFICER, Level.PERSON, TODAY)
        (kept,) = files(world)
        kept.write_text(f"{first}\n")
        another_process(monkeypatch)

        assert read_log(world, OFFICER, Level.PERSON, TODAY).transfers, first


def test_an_entry_is_for_the_eyes_of_its_owner(world: Graph) -> None:
    read_log(world, OFFICER, Level.INSTITUTION, TODAY)

    (file,) = files(world)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_no_word_of_the_graph_becomes_a_path(world: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    precious = tmp_path / "precious" / "file"
    precious.parent.mkdir()
    precious.touch()
    for stamp in ("../precious/x", f"{precious.parent}/x"):
        monkeypatch.setattr(world, "versions", lambda stamp=stamp: dict.fromkeys((*EVERY_TOPIC.names, stamp), stamp))
        assert read_log(world, OFFICER, Level.REGION, TODAY).actors

    assert precious.exists()
    assert len(files(world)) == 1


def test_where_nothing_can_be_kept_nothing_is_lost(world: Graph, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    world.disk_cache = tmp_path / "file" / "cache"

    assert read_log(world, OFFICER, Level.REGION, TODAY).actors


def test_what_another_program_wrote_is_seen_once_the_entry_is_too_old(
    world: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_log(world, OFFICER, Level.PERSON, TODAY)
    (kept,) = files(world)
    another_program_writes(world, "Written elsewhere")
    another_process(monkeypatch)
    assert "Written elsewhere" not in names(world)
    origin, _, made = kept.read_text().partition("\n")
    told = json.loads(origin)
    kept.write_text(f"{json.dumps(told | {'at': told['at'] - 61})}\n{made}")
    STORE.limit_to(USUAL_MEGABYTES * MEGABYTE)
    another_process(monkeypatch)

    assert "Written elsewhere" in names(world)


def test_an_entry_from_the_future_is_not_younger_than_one_of_now(world: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock was set back after it was written; it holds for as long as any other, and is not an error."""
    read_log(world, OFFICER, Level.PERSON, TODAY)
    (kept,) = files(world)
    origin, _, made = kept.read_text().partition("\n")
    told = json.loads(origin)
    kept.write_text(f"{json.dumps(told | {'at': told['at'] + 10_000})}\n{made}")
    another_process(monkeypatch)

    assert names(world)
    assert files(world) == [kept]


def test_an_old_entry_is_used_where_nobody_has_committed_anything(
    world: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_log(world, OFFICER, Level.PERSON, TODAY)
    (kept,) = files(world)
    origin, _, made = kept.read_text().partition("\n")
    told = json.loads(origin)
    kept.write_text(f"{json.dumps(told | {'at': told['at'] - 10_000})}\n{made}")
    another_process(monkeypatch)
    monkeypatch.setattr(log, "_read", lambda *_: pytest.fail("read again"))

    assert names(world)


def test_clearing_empties_the_folder_and_makes_what_other_processes_keep_old(world: Graph) -> None:
    read_log(world, OFFICER, Level.PERSON, TODAY)
    read_log(world, OFFICER, Level.REGION, TODAY)
    before = world.versions()

    assert clear_caches(world) == 2
    assert files(world) == []
    assert all(world.versions()[topic] != before.get(topic) for topic in EVERY_TOPIC.names)


def names(graph: Graph) -> list[str]:
    return [actor.name for actor in read_log(graph, OFFICER, Level.PERSON, TODAY).actors]
