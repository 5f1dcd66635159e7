"""For `make mutants` (a plugin of pytest): only the tests beside the changed module, with the same few examples.

`EVERY_TEST` in the environment asks every test that reaches the changed function instead. A change that few examples
notice is noticed by many as well; so the share counted this way errs on the low side.
"""

import os

import pytest
from hypothesis import Phase, settings

EVERY_TEST = "MUTANTS_EVERY_TEST"
EXAMPLES = 25
PROFILE = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
settings.register_profile("mutants", PROFILE)

# Where hypothesis keeps the settings of a test that has its own.
_OWN = "_hypothesis_internal_use_settings"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if EVERY_TEST not in os.environ:
        items[:] = _beside(items, os.environ.get("MUTANT_UNDER_TEST", ""))
    for item in items:
        test = getattr(item, "obj", None)
        own = getattr(test, _OWN, None)
        if own is not None and own.max_examples > EXAMPLES:
            setattr(test, _OWN, settings(own, max_examples=EXAMPLES))


def _beside(items: list[pytest.Item], mutant: str) -> list[pytest.Item]:
    """The tests in the folder of the mutant's module, or in the next one above that has any; else all."""
    folders = mutant.split(".")[1:-2]
    while folders:
        beside = [item for item in items if item.nodeid.startswith(f"tests/{'/'.join(folders)}/")]
        if beside:
            return beside
        folders.pop()
    return items
