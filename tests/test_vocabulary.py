"""Engagement, contact and tie: three words for three things, alike in pages, commands and files."""

import re
from pathlib import Path

import pytest

from webapp.exports.arcs import FACTS
from webapp.exports.bundles import CONTACTS
from webapp.exports.formats import FORMATS

ROOT = Path(__file__).parents[1]
SAYING = ("templates", "webapp/presenters", "webapp/commands", "webapp/exports", "webapp/static")
FILES = sorted(
    path
    for folder in SAYING
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".html", ".py", ".js"} and path.name != "outlines.json"
)
# A noun that is counted, in a template or in Python, or that heads a column of numbers.
COUNTED = (
    r"""counted\((?:[^()]|\([^()]*\))*["'](?:{0})s?["']""",
    r"""<th[^>]*>(?:{0})s?</th>""",
    r"""Column\("[^"]*", "(?:{0})s?", .*numeric=True""",
    r"""["{{}}] (?:{0})s? (?:of|between|in|from|crossed|hold)\b""",
)
OTHERS = "[Tt]ransfer|[Ll]ink|[Aa]rc|[Rr]elation|[Ii]nteraction"


def wrong_words(text: str) -> list[str]:
    return [found.group() for shape in COUNTED for found in re.finditer(shape.format(OTHERS), text)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_counted_under_another_word(path: Path) -> None:
    assert wrong_words(path.read_text(encoding="utf-8")) == []


def test_another_word_is_seen_where_it_is_counted() -> None:
    assert wrong_words("""{{ found | length | counted("transfer") }}""") != []
    assert wrong_words("""f"{words.counted(len(some), 'link')}" """) != []
    assert wrong_words("""Column("n", "Transfers", "n", numeric=True)""") != []
    assert wrong_words("""f"{number:,} transfers between {noun}" """) != []
    assert wrong_words("""{{ n | counted("contact") }} of know-how in transfer""") == []


def test_every_file_says_that_its_rows_are_contacts() -> None:
    of_pictures = {"svg", "png", "html"}
    for name in FORMATS.keys() - of_pictures:
        assert "contact" in f"{FORMATS[name].label} {FORMATS[name].purpose}", name
    assert {"contact", "engagement", "fraction", "person_days"} <= FACTS.keys()
    assert {"engagement", "fraction"} <= {*CONTACTS}


def test_the_three_words_stand_in_the_glossary_each_with_its_meaning() -> None:
    rows = re.findall(r"^\| (\w[\w-]*) \| `\w+` \| (.+) \|$", (ROOT / "docs" / "glossary.md").read_text(), re.MULTILINE)
    meant = dict(rows)
    assert meant["engagement"].startswith("a record")
    assert meant["contact"].startswith("one engagement between two actors")
    assert meant["tie"].endswith("with at least one contact")
