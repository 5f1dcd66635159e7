"""Points by the table of cases that the sliders of the bench run too, in `tests/browser/test_points.py`."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graph.errors import InvalidValue
from graph.matching.scoring.points import FULL, add_up, millionths, read_weights, split

TABLE: dict[str, Any] = json.loads((Path(__file__).parents[2] / "samples" / "points" / "cases.json").read_text())


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_points_are_those_worked_out_by_hand(case: dict[str, Any]) -> None:
    names = tuple("abcdefgh"[: len(case["weights"])])
    weights = read_weights(dict(zip(names, case["weights"], strict=True)), names)
    values = np.array(case["values"], float)[:, np.newaxis]

    assert millionths(values)[:, 0].tolist() == case["millionths"]
    assert add_up(values, weights).tolist() == [case["total"]]
    assert split(values, weights)[:, 0].tolist() == case["parts"]


@pytest.mark.parametrize("limit", TABLE["weights"], ids=lambda limit: limit["weight"])
def test_a_weight_is_taken_from_0_to_a_million(limit: dict[str, Any]) -> None:
    given = {"a": limit["weight"], "b": 1}
    if limit["taken"]:
        assert read_weights(given, ("a", "b")).tolist() == [limit["weight"], 1]
    else:
        with pytest.raises(InvalidValue, match="whole number from 0 to 1000000"):
            read_weights(given, ("a", "b"))


def test_the_table_counts_in_the_points_of_the_product() -> None:
    assert TABLE["full"] == FULL
