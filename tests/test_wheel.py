"""The wheel stands by itself: installed elsewhere, it has its command, its pages and what they are drawn with."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ("graph", "importers", "webapp", "templates")
FILES = ("setup.py", "pyproject.toml", "requirements.txt", "README.md", "LICENSE")
# Without a graph that answers: the frame of the page says so, and no engine has to start.
SIGN_IN = """
from pathlib import Path
from graph.address import Address
from webapp import create_app
from webapp.settings import Settings

app = create_app(Settings(Path("home"), "for tests only", Address("bolt://127.0.0.1:1", "", "")))
client = app.test_client()
for address in ("/sign-in", "/static/baton.css", "/static/mark.svg"):
    answer = client.get(address)
    print(answer.status_code, "<h1" in answer.text, address)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of a fresh environment in which the wheel is installed, and nothing else."""
    clone, target = tmp_path_factory.mktemp("clone"), tmp_path_factory.mktemp("elsewhere")
    for folder in SOURCES:
        copytree(ROOT / folder, clone / folder, ignore=ignore_patterns("__pycache__"))
    for name in FILES:
        (clone / name).write_bytes((ROOT / name).read_bytes())
    said(clone, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", "wheels", ".")
    said(clone, "-m", "venv", "--without-pip", str(target))
    (wheel,) = (clone / "wheels").glob("*.whl")
    programs = target / Path(sysconfig.get_path("scripts")).name
    said(clone, "-m", "pip", "--python", str(programs / "python"), "install", "--no-deps", "--no-index", str(wheel))
    return programs


def said(folder: Path, *words: str, program: Path = Path(sys.executable)) -> str:
    """What a program prints, run in that folder; the libraries are those of this environment."""
    libraries = os.pathsep.join(path for path in sys.path if Path(path).name == "site-packages")
    environ = {**os.environ, "PYTHONPATH": libraries, "BATON_HOME": str(folder / "home")}
    ended = subprocess.run(
        [str(program), *words], cwd=folder, env=environ, capture_output=True, text=True, timeout=240, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def test_an_installed_wheel_has_the_command_baton(installed: Path, tmp_path: Path) -> None:
    assert "\n  match " in said(tmp_path, "--help", program=installed / "baton")


def test_an_installed_wheel_finds_its_pages_and_what_they_are_drawn_with(installed: Path, tmp_path: Path) -> None:
    answered = said(tmp_path, "-c", SIGN_IN, program=installed / "python")

    assert answered.splitlines() == [
        "200 True /sign-in",
        "200 False /static/baton.css",
        "200 False /static/mark.svg",
    ]


def test_an_installed_wheel_runs_its_own_modules(installed: Path, tmp_path: Path) -> None:
    where = said(tmp_path, "-c", "import webapp; print(webapp.templates())", program=installed / "python")

    assert Path(where.strip()).is_relative_to(installed.parent)
