"""Where the samples lie."""

from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "tests" / "samples"
