"""Outlines out of a small map made by hand, and the ones that the pages draw."""

import json
from pathlib import Path

from importers.reference.places import countries
from tools import outlines

ROOT = Path(__file__).parents[2]


def topology(folder: Path) -> Path:
    """Two countries of ten degrees that share a border at the equator, one across the edges of the map, one speck."""
    arcs = [
        [[140, 0], [10, 0]],  # the border
        [[150, 0], [0, 10], [-10, 0], [0, -10]],  # around the north
        [[150, 0], [0, -10], [-10, 0], [0, 10]],  # around the south
        [[-40, 10], [20, 0], [0, 10], [-20, 0], [0, -10]],
        [[160, -30], [0, 0.01], [0.01, 0], [-0.01, -0.01]],
    ]
    shapes = [
        {"type": "Polygon", "id": "392", "arcs": [[0, 1]], "properties": {"name": "North"}},
        {"type": "Polygon", "id": "036", "arcs": [[~0, ~2]], "properties": {"name": "South"}},
        {"type": "MultiPolygon", "id": "304", "arcs": [[[3]]], "properties": {"name": "Edge"}},
        {"type": "Polygon", "arcs": [[4]], "properties": {"name": "Kosovo"}},
        {"type": "Polygon", "arcs": [[4]], "properties": {"name": "Nobody's"}},
    ]
    content = {
        "type": "Topology",
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "objects": {"countries": {"type": "GeometryCollection", "geometries": shapes}},
        "arcs": arcs,
    }
    path = folder / "small.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_country_is_drawn_where_it_lies(tmp_path: Path) -> None:
    found = outlines.read(topology(tmp_path))

    west, border = outlines.project(-10, 0)
    assert found["jp"]["path"].startswith(f"M{round(west)},{round(border)}l")
    x, y = found["jp"]["at"]
    assert west < x < outlines.WIDTH / 2
    assert y < border < found["au"]["at"][1]


def test_neighbours_share_their_border(tmp_path: Path) -> None:
    found = outlines.read(topology(tmp_path))
    west, border = (round(each) for each in outlines.project(-10, 0))

    assert found["jp"]["path"].count("z") == found["au"]["path"].count("z") == 1
    assert found["au"]["path"].startswith((f"M{west},{border}l", f"M1000,{border}l"))


def test_a_country_across_the_edges_of_the_map_is_drawn_on_both_sides(tmp_path: Path) -> None:
    path = outlines.read(topology(tmp_path))["gl"]["path"]
    starts = [int(piece.partition(",")[0]) for piece in path.split("M")[1:]]

    assert path.count("z") == 2
    assert min(starts) < 100
    assert max(starts) > outlines.WIDTH - 200


def test_a_speck_keeps_its_point(tmp_path: Path) -> None:
    found = outlines.read(topology(tmp_path))["xk"]
    assert found["path"] == ""
    assert abs(found["at"][0] - outlines.project(10, -30)[0]) <= 1


def test_a_straight_line_keeps_its_ends_only() -> None:
    line = [(0.0, float(latitude)) for latitude in range(10)]
    assert outlines.simplified(line) == [line[0], line[-1]]
    bent = [(0.0, 0.0), (5.0, 5.0), (0.0, 10.0)]
    assert outlines.simplified(bent) == bent


def test_every_country_has_a_point_on_the_map() -> None:
    drawn = json.loads((ROOT / "webapp" / "static" / "outlines.json").read_text(encoding="utf-8"))
    wide, high = drawn["size"]

    assert [country.name for country in countries() if country.id not in drawn["countries"]] == []
    assert all(0 <= x <= wide and 0 <= y <= high for x, y in (each["at"] for each in drawn["countries"].values()))
    assert sum(bool(each["path"]) for each in drawn["countries"].values()) > 150
