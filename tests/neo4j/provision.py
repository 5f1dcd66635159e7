"""Fetches the jars of Neo4j Community once, by Maven, into a cache folder."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from filelock import FileLock

_POM = Path(__file__).with_name("pom.xml")
_BUILD = Path(__file__).resolve().parents[2] / "build" / "neo4j"


class NotProvisioned(Exception):
    """Neo4j cannot be had on this machine; the message says why."""


def jars() -> Path:
    """The folder of jars named by pom.xml, fetched where the file changed since. Raises NotProvisioned."""
    cache = Path(os.environ.get("BATON_NEO4J_CACHE") or _BUILD).resolve()
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(cache / "provision.lock"):
        folder = cache / f"jars-{hashlib.sha256(_POM.read_bytes()).hexdigest()[:16]}"
        if not folder.is_dir():
            _fetch(folder)
        return folder


def program(name: str) -> str:
    """The path of a program. Raises NotProvisioned where the machine has none."""
    found = shutil.which(name)
    if found is None:
        raise NotProvisioned(f"there is no {name} on the PATH; install Java 17 or 21 and Maven")
    return found


def _fetch(folder: Path) -> None:
    sys.stderr.write("Fetching Neo4j Community with Maven (about 120 MB, once) ...\n")
    draft = folder.with_suffix(".part")
    shutil.rmtree(draft, ignore_errors=True)
    goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={draft}"]
    command = [program("mvn"), "-q", "-B", "-f", str(_POM), *goal]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise NotProvisioned(f"Maven could not fetch Neo4j: {_last_line(done.stdout)}")
    draft.rename(folder)
    sys.stderr.write(f"Neo4j Community is in {folder}.\n")


def _last_line(text: str) -> str:
    errors = [line for line in text.splitlines() if line.startswith("[ERROR]") and len(line) > 10]
    return errors[0].removeprefix("[ERROR] ")[:300] if errors else "it did not say why"
