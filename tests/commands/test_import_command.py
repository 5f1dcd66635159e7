"""`import`: files in, every record accounted for, broken files refused in one sentence."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from graph.connection import Graph
from graph.domain.marks import EVERYTHING
from graph.errors import InvalidValue
from graph.services.clock import silence
from graph.services.imports.ingest import ImportReport
from graph.store import batches, totals
from importers.rows import parse_mapping
from importers.sources import Options
from tests.commands.conftest import Answer, Run
from tests.conftest import today
from webapp.imports import preview_file, read_file, take_file

Counts = Callable[[], tuple[int, int]]
SAMPLES = Path(__file__).parents[1] / "samples"
PEOPLE = (
    "name=name,id=iD,orcid=ORCID,email_domain=mail,country=country,headline=about,languages=speaks,"
    "capabilities=can,institution=works_at,career_stage=stage,capacity=seats,consents=agreed"
)
TIES = (
    "kind=what,expert=who,source=from,target=to,name=title,start=begin,end=finish,status=state,programme=for,"
    "capability=about,funder=paid_by,id=key"
)
CHANGES = ("created", "changed", "retired")


def report(answer: Answer) -> dict[str, Any]:
    assert answer.code == 0, answer
    found: dict[str, Any] = json.loads(answer.out)
    became = sum(found[name] for name in ("created", "changed", "unchanged", "repeated")) + len(found["rejected"])
    assert found["read"] == became > 0
    assert all(item["position"] and item["why"] for item in found["rejected"])
    assert all(item["position"] and item["what"] for item in found["warnings"])
    return found


def test_a_file_comes_in_as_its_dry_run_promised_and_once(run: Run, counts: Counts) -> None:
    words, before = ("ror", SAMPLES / "ror" / "quirks.json"), counts()
    promised = report(run("import", *words, "--dry-run", "--json"))
    assert (counts(), promised["batch"]) == (before, "")

    first = report(run("import", *words, "--json"))

    assert {**first, "batch": ""} == promised
    assert first["batch"]
    assert first["created"] > 0
    after = counts()

    second = report(run("import", *words, "--json"))

    assert [second[name] for name in CHANGES] == [0, 0, 0]
    assert second["unchanged"] == first["created"]
    # Each run leaves its batch, and that of the reference data.
    assert counts() == (after[0] + 2, after[1])


@pytest.mark.parametrize(
    ("source", "mapping"), [("people", PEOPLE), ("ties", TIES), ("cordis", "")], ids=["people", "ties", "cordis"]
)
def test_every_source_is_a_word_of_the_command(run: Run, stored: Graph, source: str, mapping: str) -> None:
    path = SAMPLES / source / "quirks.csv"

    first = report(run("import", source, path, "--map", mapping, "--json"))
    second = take_file(stored, read_file(source, path, Options(today=today(), mapping=parse_mapping(mapping))))

    assert first["created"] > 0
    assert (second.created, second.changed, second.retired) == (0, 0, 0)
    assert second.read == first["read"]


def test_for_people_the_report_is_lines(run: Run) -> None:
    answer = run("import", "people", SAMPLES / "people" / "semicolons.csv", "--map", "name=Name,country=Land")

    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0] == "Imported from people-semicolons:"
    assert lines[1].split() == ["read", "2"]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of files that will not do."""
    folder = tmp_path_factory.mktemp("broken")
    whole = (SAMPLES / "ror" / "quirks.json").read_text(encoding="utf-8")
    (folder / "truncated.json").write_text(whole[: len(whole) // 2], encoding="utf-8")
    (folder / "wrong.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / "latin.csv").write_bytes("name,country\nJörg,DE\n".encode("latin-1"))
    book = Workbook()
    book.active.append(["name", "country"])
    book.save(folder / "book.xlsx")
    (folder / "book.xlsx").rename(folder / "spreadsheet.csv")
    with (folder / "line.csv").open("w", encoding="utf-8") as file:
        file.write("name,country\n")
        file.writelines("x" * 1_000_000 for _ in range(200))
    return folder


@pytest.mark.parametrize(
    ("source", "name", "mapping", "said"),
    [
        ("ror", "truncated.json", "", "truncated.json"),
        ("cordis", "wrong.csv", "", "has no column"),
        ("people", "wrong.csv", "name=name", "has no column"),
        ("people", "latin.csv", "name=name", "is not UTF-8 text"),
        ("people", "spreadsheet.csv", "name=name", "Excel workbook"),
        ("people", "line.csv", "name=name", "more than a million characters"),
        ("people", "nowhere.csv", "name=name", "does not exist"),
        ("people", "", "name=name", "is a folder"),
        ("people", "wrong.csv", "", "does not say which column holds the name"),
        ("people", "wrong.csv", "name", "write name=Full name"),
        ("people", "wrong.csv", "name=a,nam=b", "is not a column of ours"),
        ("peple", "wrong.csv", "", "is not a source; use ror, cordis, people, ties"),
    ],
)
def test_a_file_or_mapping_that_will_not_do_is_refused_before_any_graph_is_asked(
    broken: Path, source: str, name: str, mapping: str, said: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        read_file(source, broken / name, Options(today=today(), mapping=parse_mapping(mapping)))

    assert said in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ror", "truncated.json"), "truncated.json"),
        (("cordis", "wrong.csv"), "has no column"),
        (("people", "spreadsheet.csv", "--map", "name=name"), "Excel workbook"),
        (("people", "line.csv", "--map", "name=name"), "more than a million characters"),
        (("people", "latin.csv", "--map", "name"), "write name=Full name"),
        (("peple", "nowhere.csv"), "is not a source; use ror, cordis, people, ties"),
    ],
)
def test_the_command_refuses_in_one_sentence_with_code_2(
    run: Run, counts: Counts, broken: Path, words: tuple[str, ...], said: str
) -> None:
    before = counts()
    source, name, *options = words

    assert said in run("import", source, broken / name, *options).sentence
    assert counts() == before


def test_no_engine_is_started_for_a_file_that_will_not_do(run: Run, broken: Path, tmp_path: Path) -> None:
    assert "truncated.json" in run("import", "ror", broken / "truncated.json", BATON_HOME=str(tmp_path)).sentence

    assert not (tmp_path / "engine").exists()


REAL = {
    "ror": ("ror/ror-v2-cyber-and-digital-government.json", {}, {"Institution": 262}),
    "cordis": (
        "cordis-h2020/participations-SC7-secure-societies.csv",
        {},
        {"Institution": 2143, "JointProject": 392},
    ),
    "people": (
        "sysconf/persons-security.csv",
        {"name": "name", "country": "country", "email_domain": "gs_email"},
        {"Expert": 1196},
    ),
}


def test_the_real_files_come_in_whole_and_once(stored: Graph, counts: Counts, real_files: Path) -> None:
    before = totals.totals(stored, EVERYTHING)

    def take(name: str) -> ImportReport:
        path, mapping, _ = REAL[name]
        return take_file(stored, read_file(name, real_files / path, Options(today=today(), mapping=mapping)))

    for name, (path, mapping, expected) in REAL.items():
        promised = preview_file(stored, read_file(name, real_files / path, Options(today=today(), mapping=mapping)))
        first = take(name)
        assert first.by_label == expected
        assert (first.created, first.rejected, first.repeated) == (sum(expected.values()), (), 0)
        assert promised.counts == first.counts
    after, ties = totals.totals(stored, EVERYTHING), counts()[1]
    assert {name: after[name] - before[name] for name in ("institutions", "experts", "engagements")} == {
        "institutions": 262 + 2143,
        "experts": 1196,
        "engagements": 392,
    }

    for name, (_, _, expected) in REAL.items():
        second = take(name)
        assert (second.unchanged, second.created, second.changed, second.retired) == (sum(expected.values()), 0, 0, 0)
    assert (totals.totals(stored, EVERYTHING), counts()[1]) == (after, ties)
    assert {run["status"] for run in batches.latest(stored, EVERYTHING, silence(), 100)} == {"complete"}
