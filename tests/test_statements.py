"""How many statements the costliest questions take over the demonstration with nothing kept, and how deep they lie."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph import schema
from graph.cache.once import state_read_once
from graph.cache.store import MEGABYTE, STORE, USUAL_MEGABYTES
from graph.connection import Database
from graph.domain.marks import Role
from graph.services.accounts.passwords import new_account
from graph.services.imports.demonstration import SOURCE, load_demonstration
from graph.services.imports.ingest import ingest
from graph.statement import STAMP, VERSIONS
from importers import reference, scenario
from tests.conftest import WIPE
from tests.statements import Ran, statements_run
from tests.web.browsers import PASSWORD, address, sign_in
from webapp import create_app
from webapp.commands import command_line
from webapp.commands.running import Running
from webapp.connection import Connection
from webapp.settings import Settings

_SHEET = "id,name,country,languages,capabilities\n"
_COLUMNS = "id=id,name=name,country=country,languages=languages,capabilities=capabilities"


@pytest.fixture(scope="module")
def demonstration(embedded: Database) -> Database:
    """The demonstration with an officer who may sign in."""
    embedded.write(WIPE)
    schema.bootstrap(embedded)
    ingest(embedded, "reference", reference.read())
    officer = replace(new_account(address(Role.OFFICER), "The officer", Role.OFFICER), source=SOURCE)
    load_demonstration(embedded, scenario.read(), [(officer, PASSWORD)])
    return embedded


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, secret_key="for tests only")


def command(graph: Database, settings: Settings, *words: str) -> list[Ran]:
    """What a command sends to the engine in a process of its own, which has kept nothing."""
    forget()
    running = Running(settings, Connection(lambda _: graph))
    with statements_run() as ran, state_read_once():
        done = CliRunner().invoke(command_line, words, obj=running, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return ran


def forget() -> None:
    STORE.limit_to(USUAL_MEGABYTES * MEGABYTE)


def deepest(ran: list[Ran]) -> int:
    return max(one.levels for one in ran)


def versions_read(ran: list[Ran]) -> int:
    return sum(one.statement is VERSIONS for one in ran)


def test_the_bench_takes_24_statements_while_nothing_is_kept_and_2_afterwards(
    demonstration: Database, settings: Settings
) -> None:
    browser = create_app(settings, demonstration).test_client()
    assert sign_in(browser, address(Role.OFFICER), PASSWORD) == (302, "/")
    forget()

    with statements_run() as first:
        assert browser.get("/match").status_code == 200
    with statements_run() as again:
        assert browser.get("/match").status_code == 200

    assert len(first) <= 24
    assert versions_read(first) == 2  # before and after, to see that nobody wrote meanwhile
    assert versions_read(again) == 1
    assert deepest(first) <= 25
    assert len(again) <= 2


def test_a_plan_takes_20_statements(demonstration: Database, settings: Settings) -> None:
    ran = command(demonstration, settings, "plan", "--objective", "fair")

    assert len(ran) <= 20
    assert versions_read(ran) == 1
    assert deepest(ran) <= 23


def test_an_import_takes_no_more_statements_for_more_people(demonstration: Database, settings: Settings) -> None:
    few, many = (written(settings.home / f"{rows}.csv", rows) for rows in (20, 200))

    first = command(demonstration, settings, "import", "people", str(few), "--map", _COLUMNS)
    second = command(demonstration, settings, "import", "people", str(many), "--map", _COLUMNS)
    nothing_new = command(demonstration, settings, "import", "people", str(many), "--map", _COLUMNS)

    assert len(first) == len(second) <= 25
    assert sum(one.statement is STAMP for one in first) <= 4
    assert len(nothing_new) <= 14
    assert deepest(first) <= 10


def written(path: Path, rows: int) -> Path:
    """A sheet of so many people."""
    lines = (f"{path.stem}-{row},Person {row},GH,fr:C1; en:C2,area-exercises:3\n" for row in range(rows))
    path.write_text(_SHEET + "".join(lines))
    return path
