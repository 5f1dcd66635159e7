"""What the environment may say, and what is kept of the first start."""

import stat
import threading
from pathlib import Path

import pytest

from graph.errors import InvalidValue
from webapp.settings import Settings


def settings(home: Path, **environ: str) -> Settings:
    return Settings.from_environ({"BATON_HOME": str(home), **environ})


def test_without_a_word_it_is_the_embedded_engine_on_port_8000(tmp_path: Path) -> None:
    found = settings(tmp_path)

    assert found.address is None
    assert found.port == 8000
    assert not found.secure
    assert found.home == tmp_path


def test_a_server_is_named_by_four_words(tmp_path: Path) -> None:
    words = {"NEO4J_URI": "neo4j+s://host", "NEO4J_USERNAME": "u", "NEO4J_PASSWORD": "p", "NEO4J_DATABASE": "d"}

    address = settings(tmp_path, **words).address

    assert address is not None
    assert (address.uri, address.username, address.password, address.database) == ("neo4j+s://host", "u", "p", "d")


@pytest.mark.parametrize("port", ["", "nonsense", "0", "65536", "-1", "80.0", "²", "9" * 5000])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    with pytest.raises(InvalidValue, match="is not a port; give a number from 1 to 65535"):
        settings(tmp_path, PORT=port)


def test_the_key_that_signs_sessions_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    keys = {settings(tmp_path / "home").secret_key for _ in range(3)}

    assert len(keys) == 1
    assert len(keys.pop()) == 64
    (kept,) = (tmp_path / "home").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_processes_that_start_at_once_sign_with_one_key(tmp_path: Path) -> None:
    found: list[str] = []
    rivals = [threading.Thread(target=lambda: found.append(settings(tmp_path).secret_key)) for _ in range(8)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()

    assert len(found) == 8
    assert len(set(found)) == 1
    assert found[0]


def test_a_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(InvalidValue, match="name another folder"):
        settings(tmp_path / "file")


def test_the_cache_takes_300_megabytes_and_looks_for_other_programs_after_a_minute_unless_told(tmp_path: Path) -> None:
    usual = settings(tmp_path)
    told = settings(tmp_path, BATON_CACHE_MB="50", BATON_CACHE_SECONDS="0")

    assert (usual.cache_megabytes, usual.cache_seconds) == (300, 60)
    assert (told.cache_megabytes, told.cache_seconds) == (50, 0)


@pytest.mark.parametrize("name", ["BATON_CACHE_MB", "BATON_CACHE_SECONDS"])
@pytest.mark.parametrize("text", ["-1", "many", "1.5", "99999999"])
def test_a_limit_of_the_cache_that_is_none_is_refused(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(InvalidValue, match="is not a number from 0 to"):
        settings(tmp_path, **{name: text})
