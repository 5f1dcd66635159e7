"""What the documents say is what the code does."""

import re
import tomllib
from pathlib import Path

import pytest

from graph.schema import drawing
from tools.command_reference import reference

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.glob("*.md"))]
README = ROOT / "README.md"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def targets(page: Path) -> list[str]:
    """Where the links of a page lead, other sites left aside."""
    found = LINK.findall(CODE.sub("", page.read_text(encoding="utf-8")))
    return [target for target in found if not target.startswith(("https://", "http://", "mailto:"))]


def anchors(page: Path) -> set[str]:
    """The names by which the headings of a page can be linked to."""
    headings = re.findall(r"^#+ (.+)$", CODE.sub(_blank, page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _blank(code: re.Match[str]) -> str:
    return "" if code[0].startswith("```") else code[0]


def test_the_drawn_model_is_the_model() -> None:
    assert drawing() in (DOCS / "model.md").read_text(encoding="utf-8")


def test_the_page_of_the_commands_is_what_the_commands_say() -> None:
    """Written anew by `python -m tools.command_reference`."""
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == reference()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for target in targets(page):
        path, _, anchor = target.partition("#")
        led = (page.parent / path).resolve() if path else page
        assert led.exists(), target
        assert not anchor or anchor in anchors(led), target


def test_links_are_found_at_all() -> None:
    assert "docs/commands.md" in targets(README)
    assert {"plan", "engine-start"} <= anchors(DOCS / "commands.md")


def test_the_index_names_every_page_of_the_documents_once_in_one_line() -> None:
    lines = (DOCS / "index.md").read_text(encoding="utf-8").splitlines()
    for page in DOCS.glob("*.md"):
        named = [line for line in lines if f"]({page.name})" in line]
        assert len(named) == (page.name != "index.md"), page.name


def test_the_readme_is_short_and_no_cell_of_it_is_longer_than_a_line() -> None:
    lines = README.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 130
    assert max(map(len, lines)) <= 120


def test_every_command_the_readme_shows_is_one() -> None:
    shown = re.findall(r"^\S+python -m webapp ([\w-]+)", README.read_text(encoding="utf-8"), re.MULTILINE)
    known = set(re.findall(r"^## ([\w-]+)$", reference(), re.MULTILINE))
    assert shown
    assert set(shown) <= known


def test_the_licence_of_the_package_is_the_one_that_lies_beside_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert project["license"] == "Apache-2.0"
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
