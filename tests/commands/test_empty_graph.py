"""Every command that reads, before anything was imported: an answer without rows and no error."""

import json

import pytest

from tests.commands.conftest import Run

PLANS = ("best", "fewest-unserved", "fair", "host-stable", "expert-stable")
READING = (
    *(f"plan --objective {objective}" for objective in PLANS),
    "plan --teams --efforts",
    "evolution --measures all",
    "compare 2019 2020",
    "relay",
    "bridges",
    "proposals",
)


@pytest.mark.parametrize("command", READING)
def test_there_is_an_answer_without_rows(run: Run, command: str) -> None:
    told, answer = run(*command.split()), run(*command.split(), "--json")

    assert (told.code, answer.code) == (0, 0)
    assert told.out.strip()
    assert json.loads(answer.out) is not None


def test_a_plan_without_openings_says_what_is_missing(run: Run) -> None:
    assert (
        run("plan").out
        == "No opening takes people now; import openings, or see some with: python -m webapp demo\nSeen as officer.\n"
    )
