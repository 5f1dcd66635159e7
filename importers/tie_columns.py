"""Which column of a plain tie file is which, and whether its first line only names them."""

from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path

from graph.errors import InvalidValue
from importers.files import Unreadable
from importers.rows import clean, parse_mapping

COLUMNS = ("source", "target", "start", "end", "weight", "mutual", "source_group", "target_group")
ENDS = ("source", "target")
GROUPS = ("source_group", "target_group")
OPTIONAL = ("end", "mutual", *GROUPS)
"""Columns with a meaning for an empty cell."""

# Those that a map may give by their places alone.
_IN_ORDER = COLUMNS[:5]
# What our own exports call the days of a tie.
_EXPORTED = {"start": "first_day", "end": "last_day"}

# What published files call the ends of a tie; over words, nothing else tells a header from a tie.
_CALLED = (
    set(ENDS),
    {"from", "to"},
    {"src", "dst"},
    {"origin", "destination"},
    {"sender", "receiver"},
    {"sender", "recipient"},
    {"giver", "receiver"},
    {"mentor", "mentee"},
    {"ego", "alter"},
)

Cells = list[str]


def tie_mapping(text: str) -> dict[str, str]:
    """Read "source=from,target=3" or, for files without names, the places "1,2,4" of our columns in their order.

    Raises InvalidValue.

    >>> tie_mapping("1,2,4")
    {'source': '1', 'target': '2', 'start': '4'}
    """
    parts = [part.strip() for part in text.split(",")]
    if all(part.isdecimal() for part in parts) and len(ENDS) <= len(parts) <= len(_IN_ORDER):
        return dict(zip(_IN_ORDER, parts, strict=False))
    mapping = parse_mapping(text)
    for ours in mapping:
        if ours not in COLUMNS:
            raise InvalidValue("map", ours, f"is not a column of a tie; use {', '.join(COLUMNS)}")
    return mapping


def by_place(mapping: Mapping[str, str]) -> bool:
    """Whether a map gives places, so that the file may have no header."""
    return bool(mapping) and all(text.isdecimal() for text in mapping.values())


def places(path: Path, mapping: Mapping[str, str], wanted: Sequence[str], opening: Cells) -> dict[str, int]:
    """Where our columns stand: those of the map and, found by our own names, the others `wanted`.

    Raises Unreadable for a column that is missing, that has a name twice, or that would have to be two of ours.
    """
    names = [name.casefold() for name in opening]
    meant = _own_names(wanted, names) | {ours: name.casefold() for ours, name in mapping.items()}
    if by_place(mapping):
        names = [str(place) for place in range(1, len(opening) + 1)]
        meant = {ours: str(int(place)) for ours, place in mapping.items()}
    start = ("start",) if "end" in meant else ()
    weight = ("weight",) if "weight" in wanted else ()
    groups = GROUPS if meant.keys() & {*GROUPS} else ()
    found: dict[str, int] = {}
    for ours in dict.fromkeys((*ENDS, *start, *weight, *groups, *meant)):
        theirs = meant.get(ours, "")
        if why := _flaw(ours, theirs, names, found):
            shown = " | ".join(clean(cell)[:40] for cell in opening[:12])
            raise Unreadable(path, f"{why} (the first line is: {shown})")
        found[ours] = names.index(theirs)
    return found


def _own_names(wanted: Sequence[str], names: Cells) -> dict[str, str]:
    """The columns wanted that a file calls as we do: by our names, or the days by those of our exports."""
    found = {ours: ours for ours in wanted if ours in names}
    exported = not found.keys() & _EXPORTED.keys() and {*_EXPORTED.values()} <= {*names}
    return found | (_EXPORTED if exported else {})


def _flaw(ours: str, theirs: str, names: Cells, found: Mapping[str, int]) -> str:
    """What forbids that a column of ours is the one they call so, with what to do; empty if nothing does."""
    if not theirs:
        return f"has no column {ours!r}; say which one it is, --map {ours}=NAME, or give places alone, --map 1,2"
    if theirs not in names:
        return f"has no column {theirs!r} for {ours}; map every column by its name, or every one by its place"
    if (count := names.count(theirs)) > 1:
        return f"has {count} columns called {theirs!r}; rename all but one, or map every column by its place"
    other = next((each for each, place in found.items() if place == names.index(theirs)), ours)
    # An instant may well be both.
    if other != ours and {other, ours} != {"start", "end"}:
        return f"cannot have {other} and {ours} in one column; name two, --map {other}=NAME,{ours}=NAME"
    return ""


def opens_with_names(found: Mapping[str, int], rows: Sequence[Cells]) -> bool:
    """Whether the first row is a header: it calls the ends what others do, or they are words above numbers alone."""
    if not rows or any(ends <= {cell.strip().casefold() for cell in rows[0]} for ends in _CALLED):
        return bool(rows)
    columns = [[row[found[end]] for row in rows if found[end] < len(row)] for end in ENDS]
    return all(len(cells) > 1 and not is_number(cells[0]) and all(map(is_number, cells[1:])) for cells in columns)


def is_number(text: str) -> bool:
    """Whether a text is a finite number."""
    try:
        return isfinite(float(text))
    except ValueError:
        return False
