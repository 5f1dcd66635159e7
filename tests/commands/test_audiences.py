"""As whom a command looks: an officer unless it is asked otherwise, and it says so."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import Result

from graph.connection import Graph
from graph.domain.marks import Role, Tlp
from graph.services.imports.ingest import ingest
from tests import factories
from tests.factories import day

Within = Callable[..., Result]

LOOKS: Sequence[tuple[str, ...]] = (
    ("bridges",),
    ("compare", "2019", "2022"),
    ("evolution", "--from", "2019", "--to", "2023", "--measures", "ties"),
    ("lineage", "ama"),
    ("paths", "ama"),
    ("relay",),
    ("what-if", "--without", "academy"),
)
PLANS: Sequence[tuple[str, ...]] = (
    ("match", "togo-mentor"),
    ("peers", "ama"),
    ("plan",),
    ("why", "ama", "togo-mentor"),
)


def seen(within: Within, *words: object) -> set[str]:
    """As whom the answer in JSON says it was looked."""
    found = within(*words, "--json")
    assert found.exit_code == 0, found.output
    answer = json.loads(found.stdout)
    return {each["as"] for each in (answer if isinstance(answer, list) else [answer])}


@pytest.mark.parametrize("words", [*LOOKS, *PLANS], ids=lambda words: words[0])
def test_every_command_says_as_whom_it_looked_and_all_have_one_default(within: Within, words: tuple[str, ...]) -> None:
    assert seen(within, *words) == {"officer"}
    assert seen(within, *words, "--as", "admin") == {"admin"}
    assert "Seen as officer." in within(*words).output.splitlines()


def test_files_say_so_as_well(within: Within, tmp_path: Path) -> None:
    words = ("--from", "2019", "--to", "2023", "-o")
    assert seen(within, "export", *words, tmp_path / "ties.csv") == {"officer"}
    assert seen(within, "bundle", *words, tmp_path / "bundle.zip") == {"researcher"}
    assert "Seen as researcher." in within("bundle", *words, tmp_path / "bundle.zip").output
    assert "Seen as public." in within("export", "--as", "public", *words, tmp_path / "ties.csv").output
    assert "Seen as officer." in within("proposals").output


def test_what_a_role_may_not_see_is_not_in_its_numbers(within: Within, embedded: Graph) -> None:
    away = {"expert": "ama", "home": "cert-gh", "host": "cert-tg", "start": day("2019"), "end": day("2019")}
    ingest(embedded, "more", [factories.secondment(id="quiet", tlp=Tlp.AMBER, **away)])

    def contacts(*words: str) -> int:
        found = within("evolution", "--from", "2019", "--to", "2019", *words, "--json")
        return int(json.loads(found.stdout)["windows"][0]["contacts"])

    counts = {role: contacts("--as", role) for role in Role}
    assert contacts() == counts[Role.OFFICER] == counts[Role.ADMIN] == counts[Role.RESEARCHER] + 1


@pytest.mark.parametrize("words", PLANS, ids=lambda words: words[0])
def test_who_does_not_plan_gets_no_plans(within: Within, words: tuple[str, ...]) -> None:
    found = within(*words, "--as", "member")
    assert found.exit_code == 2
    assert "'member' is not one of 'officer', 'admin'" in found.output


def test_a_plan_is_kept_by_the_role_that_made_it(within: Within) -> None:
    assert json.loads(within("plan", "--as", "admin", "--save", "A plan", "--json").stdout)["plan"]
