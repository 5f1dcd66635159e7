"""The pages when the embedded engine is killed behind their back."""

import threading
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import psutil
import pytest

from graph import engine, schema
from graph.connection import Graph, connect_embedded
from graph.domain.marks import Role
from graph.services.imports.ingest import ingest
from tests.factories import a_small_world, account
from tests.web.browsers import PASSWORD, address, sign_in
from tests.web.conftest import PASSWORD_HASH
from webapp import create_app
from webapp.settings import Settings


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder of its own, because its engine is killed."""
    place = tmp_path_factory.mktemp("killed")
    yield place
    engine.stop(place)


@pytest.fixture
def shaken(folder: Path) -> Iterator[Graph]:
    """The graph of that folder, with the small world and an officer."""
    with connect_embedded(folder) as graph:
        schema.bootstrap(graph)
        officer = account(id="officer", email=address(Role.OFFICER), role=Role.OFFICER, password_hash=PASSWORD_HASH)
        ingest(graph, "tests", [*a_small_world(), officer])
        yield graph


def kill_engine(folder: Path) -> None:
    pid = engine.status(folder).pid
    assert pid is not None
    process = psutil.Process(pid)
    process.kill()
    process.wait(20)


def test_the_page_after_the_engine_was_killed_brings_it_back(folder: Path, shaken: Graph, tmp_path: Path) -> None:
    browser = create_app(Settings(home=tmp_path, secret_key="for tests only"), shaken).test_client()
    assert sign_in(browser, address(Role.OFFICER), PASSWORD) == (302, "/")

    kill_engine(folder)
    answer = browser.get("/experts")

    assert answer.status_code == 200
    assert "Ama Owusu" in unescape(answer.text)
    assert engine.status(folder).running


def test_pages_asked_for_at_once_after_a_kill_all_answer_in_words(folder: Path, shaken: Graph, tmp_path: Path) -> None:
    app = create_app(Settings(home=tmp_path, secret_key="for tests only"), shaken)
    browsers = [app.test_client() for _ in range(6)]
    for browser in browsers:
        sign_in(browser, address(Role.OFFICER), PASSWORD)
    answers: list[tuple[int, str]] = []

    def ask(number: int) -> None:
        answer = browsers[number].get(("/", "/programmes", "/experts")[number % 3])
        answers.append((answer.status_code, answer.text))

    kill_engine(folder)
    askers = [threading.Thread(target=ask, args=(number,)) for number in range(len(browsers))]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()

    assert len(answers) == len(browsers)
    assert {status for status, _ in answers} <= {200, 503}
    assert not any("Traceback" in page for _, page in answers)
    assert browsers[0].get("/experts").status_code == 200


def test_without_any_graph_a_page_says_so(tmp_path: Path) -> None:
    (tmp_path / "engine").write_text("in the way of the data folder")
    browser = create_app(Settings(home=tmp_path, secret_key="for tests only")).test_client()

    for path in ("/", "/sign-in", "/experts"):
        answer = browser.get(path)
        assert answer.status_code in (200, 302, 503), answer.text
        assert "Traceback" not in answer.text
    answer = browser.get("/")
    assert answer.status_code == 503
    assert "The graph does not answer" in answer.text
