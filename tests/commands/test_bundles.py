"""Export and bundle as commands: the same ties give the same bytes, and every change of a bundle is found."""

import io
import json
import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from click.testing import Result

from graph.connection import Graph
from graph.errors import InvalidValue
from graph.services.imports.ingest import ingest
from graph.services.network.research_bundle import Institutions
from tests.commands.conftest import invoking
from tests.conftest import ROOT, WIPE
from tests.factories import a_small_world, day, expert, mentorship, secondment
from webapp.exports import archives, verdicts

Invoke = Callable[..., Result]
SALT = b"a salt that nobody would guess, ever"
PEOPLE = ("ama", "ben", "cleo", "dede", "quiet", "owusu", "adjovi", "person")


@pytest.fixture
def invoke(embedded: Graph, tmp_path: Path) -> Invoke:
    embedded.write(WIPE)
    extra = [
        expert(id="quiet", name="Quiet Person", consents=frozenset({"research"})),
        mentorship(id="quietly", mentor="quiet", mentee="ben", start=day("2021-02-03")),
        secondment(id="again", expert="ama", home="cert-gh", host="cert-tg", start=day("2022-05"), end=day("2023-01")),
    ]
    ingest(embedded, "tests", [*a_small_world(), *extra])
    (tmp_path / "salt").write_bytes(SALT)
    return invoking(embedded, tmp_path)


@pytest.fixture
def sealed(invoke: Invoke, tmp_path: Path) -> Path:
    """The bundle of the institutions from 2019 to 2023."""
    path = tmp_path / "sealed.zip"
    salted = ("--salt-file", tmp_path / "salt")
    assert invoke("bundle", "--from", "2019", "--to", "2023", *salted, "-o", path).exit_code == 0
    return path


def members(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def rewritten(path: Path, changes: Mapping[str, bytes], checksums: Callable[[dict[str, bytes]], None]) -> Path:
    """A copy of the bundle with other members; `checksums` may make the manifest fit them."""
    found = members(path) | changes
    checksums(found)
    copy = path.with_name("copy.zip")
    copy.write_bytes(archives.archive(found))
    return copy


def left(found: dict[str, bytes]) -> None:
    """Leave the manifest as it was sealed."""


def renewed(found: dict[str, bytes]) -> None:
    """Make the manifest fit, as a forger would."""
    manifest = json.loads(found["manifest.json"])
    manifest["sha256"] = {name: sha256(found[name]).hexdigest() for name in found if name != "manifest.json"}
    found["manifest.json"] = json.dumps(manifest).encode()


def refused(invoke: Invoke, path: Path, *options: str) -> str:
    error = invoke("bundle", "verify", path, *options).exception
    assert isinstance(error, InvalidValue), error
    assert str(error).endswith(".")
    return str(error)


def test_a_sealed_bundle_is_equal_to_its_numbers(invoke: Invoke, sealed: Path) -> None:
    answer = invoke("bundle", "verify", sealed, "--json")

    found = json.loads(answer.output)
    assert answer.exit_code == 0
    assert found["equal"] is True
    assert found["differing"] == []
    assert (found["windows"], found["contacts"]) == (5, 6)
    assert found["seal"] == sha256(members(sealed)["manifest.json"]).hexdigest()
    assert "equal; " in invoke("bundle", "verify", sealed, "--seal", found["seal"]).output
    assert "is not the seal of this bundle" in refused(invoke, sealed, "--seal", "0" * 64)


@pytest.mark.parametrize("level", ["person", "institution", "country", "region"])
def test_every_level_can_be_sealed_and_names_nobody(invoke: Invoke, tmp_path: Path, level: str) -> None:
    path = tmp_path / "level.zip"
    assert invoke("bundle", "--level", level, "-o", path).exit_code == 0

    assert json.loads(invoke("bundle", "verify", path, "--json").output)["equal"]
    for name, content in members(path).items():
        words = set(re.findall(r"[\w]+", content.decode().lower())) - {"person" if name != "contacts.csv" else ""}
        assert not words & set(PEOPLE), name


def test_institutions_are_named_by_choice_alone(invoke: Invoke, sealed: Path, tmp_path: Path) -> None:
    path = tmp_path / "named.zip"
    invoke("bundle", "--institutions", Institutions.NAMED, "-o", path)

    assert b"cert-tg" in members(path)["contacts.csv"]
    assert json.loads(invoke("bundle", "verify", path, "--json").output)["equal"]
    assert not [name for name, content in members(sealed).items() if b"cert" in content or b"academy" in content]


def test_a_region_of_few_actors_has_a_pseudonym(sealed: Path) -> None:
    rows = members(sealed)["actors.csv"].decode().splitlines()[1:]

    assert {row.split(",")[1][:2] for row in rows} == {"r-"}
    assert {row.split(",")[2] for row in rows} == {"yes"}
    assert json.loads(members(sealed)["numbers.json"])[-1]["south_south"] == 1.0


def test_the_same_salt_gives_the_same_bytes_and_the_salt_is_not_inside(
    invoke: Invoke, sealed: Path, tmp_path: Path
) -> None:
    again, other = tmp_path / "again.zip", tmp_path / "other.zip"
    span = ("--from", "2019", "--to", "2023")
    invoke("bundle", *span, "--salt-file", tmp_path / "salt", "-o", again)
    invoke("bundle", *span, "-o", other)

    assert again.read_bytes() == sealed.read_bytes()
    assert other.read_bytes() != sealed.read_bytes()
    assert not [name for name, content in members(sealed).items() if SALT in content or SALT.hex().encode() in content]
    (tmp_path / "salt").write_bytes(b"short")
    assert "too short for a salt" in str(invoke("bundle", "--salt-file", tmp_path / "salt", "-o", again).exception)


def test_the_lines_that_check_a_bundle_by_hand_count_the_same(
    invoke: Invoke, sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (lines,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "bundle.md").read_text(), re.DOTALL)
    (tmp_path / "contacts.csv").write_bytes(members(sealed)["contacts.csv"])
    monkeypatch.chdir(tmp_path)

    for year in (2019, 2022, 2023):
        exec(lines.replace("2020-01-01", f"{year + 1}-01-01").replace("2019-01-01", f"{year}-01-01"), {})  # noqa: S102
        (stated,) = (each for each in json.loads(members(sealed)["numbers.json"]) if each["window"] == str(year))
        assert capsys.readouterr().out == f"{stated['ties']} ties between {stated['actors']} actors\n"


def test_an_altered_tie_is_found_and_so_is_every_number_that_hangs_on_it(invoke: Invoke, sealed: Path) -> None:
    ties = members(sealed)["contacts.csv"].decode().splitlines(keepends=True)
    copy = rewritten(sealed, {"contacts.csv": "".join(ties[:1] + ties[2:]).encode()}, left)

    answer = invoke("bundle", "verify", copy)
    assert answer.exit_code == 1
    assert "NOT EQUAL" in answer.output
    assert "contacts.csv was altered after sealing" in answer.output
    assert '"2020: unfunded" is stated as 2 and counted as 1' in answer.output


@pytest.mark.parametrize("name", sorted(verdicts.MEMBERS))
def test_no_member_can_be_touched_unseen(invoke: Invoke, sealed: Path, name: str) -> None:
    seal = json.loads(invoke("bundle", "verify", sealed, "--json").output)["seal"]
    touched = rewritten(sealed, {name: members(sealed)[name] + b"\r\n"}, left)

    if name == "manifest.json":
        assert "is not the seal of this bundle" in refused(invoke, touched, "--seal", seal)
        return
    # A table with a row of no cells cannot even be counted.
    answer = invoke("bundle", "verify", touched, "--seal", seal)
    assert answer.exit_code
    assert re.search(f"{name} was altered|was altered after .*: {name}", f"{answer.output}{answer.exception}")


def test_a_forged_number_is_found_behind_a_forged_checksum(invoke: Invoke, sealed: Path) -> None:
    numbers = json.loads(members(sealed)["numbers.json"])
    numbers[3]["density"] += 0.001
    copy = rewritten(sealed, {"numbers.json": json.dumps(numbers).encode()}, renewed)

    found = json.loads(invoke("bundle", "verify", copy, "--json").output)
    assert found["altered"] == []
    assert [(each["window"], each["number"]) for each in found["differing"]] == [("2022", "density")]


def test_what_is_no_bundle_ends_in_one_sentence(invoke: Invoke, sealed: Path, tmp_path: Path) -> None:
    whole = sealed.read_bytes()
    wrong = {
        "text.zip": b"no archive at all",
        "half.zip": whole[: len(whole) // 2],
        "empty.zip": b"",
        "foreign.zip": archives.archive({"a.txt": b"a"}),
        "scratched.zip": whole[:200] + bytes(40) + whole[240:],
    }
    for name, content in wrong.items():
        (tmp_path / name).write_bytes(content)
        assert name in refused(invoke, tmp_path / name)
    assert "cannot be read" in refused(invoke, tmp_path / "absent.zip")
    assert "cannot be read" in refused(invoke, tmp_path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("contacts.csv", b"a,b\n"),
        ("contacts.csv", b"\xff\xfe"),
        ("contacts.csv", b"source,target,first_day,last_day,channel,funder,mutual,weight\nx,y,2020-01-01,,,,no,1.0\n"),
        ("actors.csv", b'id,region,south\n"'),
        ("numbers.json", b"[" * 100_000),
        ("query.json", b'{"windows": [["2020-01-01", "2019-01-01"]]}'),
        ("query.json", b'{"windows": []}'),
        ("query.json", b'{"windows": [1]}'),
        ("query.json", b"[]"),
        ("manifest.json", b"{}"),
    ],
)
def test_a_forged_member_that_cannot_be_counted_ends_in_one_sentence(
    invoke: Invoke, sealed: Path, name: str, content: bytes
) -> None:
    how = left if name == "manifest.json" else renewed

    said = refused(invoke, rewritten(sealed, {name: content}, how))
    assert not {"object", "indices", "unpack"} & set(said.split())


def test_a_zip_bomb_is_not_unpacked(invoke: Invoke, sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_UNPACKED", 2**20)
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        for name, content in members(sealed).items():
            file.writestr(name, bytes(2**22) if name == "contacts.csv" else content)
    sealed.write_bytes(buffer.getvalue())

    assert len(buffer.getvalue()) < 2**16
    assert "unpacks to more than 1 MB" in refused(invoke, sealed)


@pytest.mark.parametrize("suffix", [".gexf", ".graphml", ".zip", ".csv", ".json", ".svg", ".png", ".html"])
def test_the_name_of_the_file_tells_the_format(invoke: Invoke, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"network{suffix}"

    told = json.loads(invoke("export", "--from", "2019", "--to", "2023", "-o", path, "--json").output)
    assert (told["actors"], told["contacts"], told["bytes"]) == (3, 6, len(path.read_bytes()))


def test_exported_ties_are_a_plain_file_of_the_same_contacts(invoke: Invoke, tmp_path: Path) -> None:
    def numbers(*words: object) -> list[dict[str, int]]:
        span = ("--from", "2019", "--to", "2023", "--measures", "actors,contacts", "--json")
        told = json.loads(invoke("evolution", *words, *span).output)["windows"]
        return [{name: window[name] for name in ("from", "to", "actors", "contacts")} for window in told]

    invoke("export", "--from", "2019", "--to", "2023", "-o", tmp_path / "contacts.csv")

    assert numbers("--ties", tmp_path / "contacts.csv", "--map", "start=first_day,end=last_day") == numbers()


def test_a_file_is_not_called_as_another_format_is(invoke: Invoke, tmp_path: Path) -> None:
    refusal = str(invoke("export", "--format", "csv", "-o", tmp_path / "network.csv").exception)

    assert "end it in .zip, or ask for --format ties" in refusal
    assert not list(tmp_path.glob("network*"))
    assert invoke("export", "--format", "gexf", "-o", tmp_path / "network.xml").exit_code == 0


def test_a_file_that_cannot_be_written_is_said_in_a_sentence(invoke: Invoke, tmp_path: Path) -> None:
    assert "does not tell its format" in str(invoke("export", "-o", tmp_path / "network.docx").exception)
    assert "cannot be written" in str(invoke("export", "-o", tmp_path / "no" / "network.json").exception)
    assert "name the file" in str(invoke("bundle").exception)
