"""Finds the browser for the browser tests: the machine's own, else Debian's package, else Playwright's.

`python -m tests.browser.chromium` does the same ahead of the tests and prints where it is.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from filelock import FileLock
from playwright.sync_api import sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_LOCK = Path(__file__).resolve().parents[2] / "build" / "browser.lock"


class NoBrowser(Exception):
    """No way of getting a Chromium worked; the message says which were tried."""


def executable() -> Path:
    """A Chromium to run, installed first where need be. Raises NoBrowser."""
    _LOCK.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(_LOCK):
        return _on_path() or _of_playwright() or _from_debian() or _from_playwright() or _nowhere()


def _on_path() -> Path | None:
    found = (shutil.which(name) for name in _NAMES)
    return next((Path(path) for path in found if path), None)


def _of_playwright() -> Path | None:
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def _from_debian() -> Path | None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    _say("Installing Debian's chromium for the browser tests ...")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=quiet, check=False)
    subprocess.run(["apt-get", "install", "-qy", "--no-install-recommends", "chromium"], env=quiet, check=False)
    return _on_path()


def _from_playwright() -> Path | None:
    _say("Installing Playwright's chromium for the browser tests ...")
    done = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return _of_playwright() if done.returncode == 0 else None


def _nowhere() -> Path:
    message = (
        "There is no browser for the browser tests: none of "
        + ", ".join(_NAMES)
        + " is on the PATH, and neither Debian's package nor Playwright's download could be installed. "
        "Install Chromium by hand and try again."
    )
    raise NoBrowser(message)


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    try:
        _say(f"Browser: {executable()}")
    except NoBrowser as failure:
        sys.exit(str(failure))
