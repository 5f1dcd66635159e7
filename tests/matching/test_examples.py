"""The page for whoever uses the functions of matching by themselves: what it shows is what they answer."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "matching.md"


def test_the_page_on_functions_shows_what_they_answer() -> None:
    found = doctest.testfile(str(PAGE), module_relative=False)
    assert found.attempted > 0
    assert found.failed == 0
