"""Packages we compare with that must not stand in our own environment: two install a package of the same name, others
bring much along.

Each gets an environment of its own under `instance/benchmarks/` and is asked in a process of its own, on a question and
for an answer in files. What is asked for stands in one script a package beside this file, which imports nothing of
ours.
"""

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
HOME = HERE.parents[1] / "instance" / "benchmarks"


@dataclass(frozen=True, slots=True)
class Peer:
    """A package on the public index, pinned, and the script that asks it."""

    name: str
    version: str
    script: str

    @property
    def title(self) -> str:
        """How a table calls it."""
        return f"{self.name} {self.version}"

    @property
    def folder(self) -> Path:
        """Its own environment."""
        return HOME / f"{self.name}-{self.version}"

    @property
    def python(self) -> Path:
        """The interpreter of that environment."""
        return self.folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    @property
    def is_there(self) -> bool:
        """Whether it was installed to the end."""
        return self._mark.exists()

    @property
    def _mark(self) -> Path:
        return self.folder / "installed"

    def install(self) -> None:
        """Make its environment and fetch it, with progress; say in words when that does not work."""
        print(f"Installing {self.title} into an environment of its own ...", flush=True)
        venv.create(self.folder, clear=True, with_pip=True)
        options = ["--disable-pip-version-check", "--retries", "1", "--timeout", "15", "--progress-bar", "on"]
        command = [self.python, "-m", "pip", "install", *options, f"{self.name}=={self.version}"]
        if subprocess.run(command, check=False).returncode:
            print(f"{self.title} could not be installed; its rows say so. It needs the network this one time.")
            return
        self._mark.touch()

    def ask(self, question: Any) -> Any:
        """What its script answers. Raises CalledProcessError when it fails."""
        with tempfile.TemporaryDirectory() as folder:
            asked, answered = Path(folder, "question.json"), Path(folder, "answer.json")
            asked.write_text(json.dumps(question))
            subprocess.run([self.python, HERE / self.script, asked, answered], check=True)
            return json.loads(answered.read_text())


LAPX = Peer("lapx", "0.11.1", "ask_lapx.py")
MATCHING = Peer("matching", "1.4.3", "ask_matching.py")
MENTOR_MATCH = Peer("mentor-match", "7.0.1", "ask_mentor_match.py")
DYNETX = Peer("dynetx", "0.3.2", "ask_dynetx.py")
RAPHTORY = Peer("raphtory", "0.17.0", "ask_raphtory.py")
PEERS = (LAPX, MATCHING, MENTOR_MATCH, DYNETX, RAPHTORY)
MISSING = "not installed here; `python -m benchmarks` installs it where there is a network"


def install_missing(peers: Iterable[Peer] = PEERS) -> None:
    """Install the peers that are not there yet."""
    for peer in peers:
        if not peer.is_there:
            peer.install()
