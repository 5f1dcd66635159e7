"""`cache clear` makes old what every process keeps, and leaves nothing on disk."""

from pathlib import Path

from graph.connection import connect_embedded
from graph.domain.topics import EVERY_TOPIC
from tests.commands.conftest import Run


def test_clearing_gives_every_topic_a_new_version_and_empties_the_folder(run: Run, home: Path) -> None:
    assert run("cache", "clear").code == 0
    (home / "cache").mkdir()
    (home / "cache" / "entry.json").write_text("{}\n{}")
    with connect_embedded(home / "engine") as graph:
        before = graph.versions()
        answer = run("cache", "clear")
        after = graph.versions()

    assert (answer.code, answer.out) == (0, "The cache is cleared; 1 entries on disk were deleted.\n")
    assert list((home / "cache").iterdir()) == []
    assert all(after[topic] != before[topic] for topic in EVERY_TOPIC.names)
