"""Where the samples lie, and where the real published files lie on machines that have them."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "tests" / "samples"


@pytest.fixture(scope="session")
def real_files() -> Path:
    folder = Path(os.environ.get("BATON_REAL_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"the real files are not here; name their folder in BATON_REAL_DATA (looked in {folder})")
    return folder
