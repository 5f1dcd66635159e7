"""What the documents say is what the code does."""

import re
from pathlib import Path

from graph.schema import drawing
from webapp.commands import GROUPS

ROOT = Path(__file__).parents[1]


def test_the_drawn_model_is_the_model() -> None:
    assert drawing() in (ROOT / "docs" / "model.md").read_text()


def test_the_readme_names_every_command_and_no_other() -> None:
    commands = {command.name for group in GROUPS for command in group.COMMANDS}
    table = re.findall(r"^\| `([\w-]+)", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert set(table) == commands


def test_the_pictures_of_the_readme_are_there() -> None:
    for picture in re.findall(r"\]\((docs/[^)]+)\)", (ROOT / "README.md").read_text()):
        assert (ROOT / picture).is_file(), picture
