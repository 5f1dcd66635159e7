"""For `make mutants` (a plugin of pytest): the same few examples each time, and no shrinking of those that fail.

A change that few examples notice is noticed by many as well; so the share counted this way errs on the low side.
"""

import pytest
from hypothesis import Phase, settings

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
    for item in items:
        test = getattr(item, "obj", None)
        own = getattr(test, _OWN, None)
        if own is not None and own.max_examples > EXAMPLES:
            setattr(test, _OWN, settings(own, max_examples=EXAMPLES))
