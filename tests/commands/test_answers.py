"""What `--json` prints: one document, the same values whatever they hold, and a pair on one line."""

import json
from contextlib import redirect_stdout
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.commands.answers import say_json

SCALARS = st.none() | st.integers() | st.text()
ANSWERS = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@given(ANSWERS)
def test_whatever_is_answered_can_be_read_back(answer: object) -> None:
    said = StringIO()
    with redirect_stdout(said):
        say_json(answer)
    assert json.loads(said.getvalue()) == answer


def test_a_pair_stands_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    say_json({"pairs": [[0, 12, 7], [1, 3, None]], "unserved": []})
    assert capsys.readouterr().out.splitlines() == [
        "{",
        '  "pairs": [',
        "    [0, 12, 7],",
        "    [1, 3, null]",
        "  ],",
        '  "unserved": []',
        "}",
    ]
