"""The page about transfers says nothing that no test holds."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_sentence_of_the_page_names_a_test_that_exists() -> None:
    files = [path.read_text() for path in (ROOT / "tests").rglob("test_*.py")]
    tests = {name for text in files for name in re.findall(r"def (test_\w+)", text)}
    sentences = re.findall(r"^- .*$", (ROOT / "docs" / "transfers.md").read_text(), re.MULTILINE)
    named = {name for sentence in sentences for name in re.findall(r" `(test_\w+)`$", sentence)}
    assert len(named) == len(sentences) > 30
    assert named - tests == set()
