"""Records of any kind, drawn from the hints of their fields."""

import dataclasses
import json
import types
from datetime import date
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from graph.domain.dates import PartialDate
from graph.domain.engagements import Engagement, ScholarReturn, Scholarship
from graph.domain.identifiers import Orcid, RorId
from graph.domain.records import Record

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip)
# No record is the end of its own ties.
IDS = st.from_regex(r"own-[a-z0-9._-]{1,9}", fullmatch=True)
ENDS = st.from_regex(r"end-[a-z0-9._-]{1,9}", fullmatch=True)
LEVELS = st.floats(0, 4)

# Fields that have to agree with others, or that have a range of their own.
_BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "id": IDS,
    "level": LEVELS,
    "target_level": LEVELS,
    "weight": st.floats(0, 100),
    "share": st.floats(0, 1),
    "presence": st.none() | st.floats(0, 1),
    "seats": st.integers(1, 500),
    "rank": st.integers(1, 500),
    "capacity": st.integers(0, 500),
    "weights": st.dictionaries(WORDS, st.integers(), max_size=3).map(json.dumps) | st.just(""),
}
# An amount is of a currency.
_PAID: dict[str, st.SearchStrategy[Any]] = {
    "amount": st.none() | st.integers(0, 2**63 - 1),
    "currency": st.from_regex("[A-Z]{3}", fullmatch=True),
}
_EARLIER = {"start", "signed_on"}
_LATER = {"end", "ends_on", "returned_on"}


def partial_dates(first: int = 1900, last: int = 2100) -> st.SearchStrategy[PartialDate]:
    days = st.dates(date(first, 1, 1), date(last, 12, 31)).map(date.isoformat)
    return st.builds(lambda day, length: PartialDate.parse(day[:length]), days, st.sampled_from((4, 7, 10)))


def records(kind: type[Record]) -> st.SearchStrategy[Record]:
    """Any record of a kind that its own check accepts."""
    given = _PAID if issubclass(kind, Engagement) else {}
    if kind is Scholarship:  # a day of return needs a return
        returned = _instances(kind, returned=st.just(ScholarReturn.YES), **given)
        return returned | _instances(kind, returned_on=st.none(), **given)
    return _instances(kind, **given)


def _instances(kind: Any, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    drawn = {field.name: _values(field, hints[field.name]) for field in dataclasses.fields(kind)}
    return st.builds(kind, **{**drawn, **given})


def _values(field: Any, hint: Any) -> st.SearchStrategy[Any]:
    if "tie" in field.metadata and hint is str:
        # Every single tie leads to a record of its own, so that nobody mentors themselves.
        return st.just(f"the-{field.name}")
    value = _BY_NAME[field.name] if field.name in _BY_NAME else _value(field, _without_none(hint))
    return st.none() | value if hint is not _without_none(hint) else value


def _without_none(hint: Any) -> Any:
    if get_origin(hint) is types.UnionType:
        return next(part for part in get_args(hint) if part is not type(None))
    return hint


def _value(field: Any, hint: Any) -> st.SearchStrategy[Any]:
    if get_origin(hint) in (tuple, frozenset):
        item = ENDS if "tie" in field.metadata and get_args(hint)[0] is str else _item(get_args(hint)[0])
        return st.lists(item, max_size=3, unique_by=repr).map(get_origin(hint))
    if hint is PartialDate:
        return _dates(field.name)
    if hint is str and field.default == "":
        return WORDS | st.just("")
    return _item(hint)


def _dates(name: str) -> st.SearchStrategy[PartialDate]:
    if name in _EARLIER:
        return partial_dates(last=1999)
    return partial_dates(first=2000) if name in _LATER else partial_dates()


def _item(hint: Any) -> st.SearchStrategy[Any]:
    if dataclasses.is_dataclass(hint) and hint is not PartialDate:
        return _instances(hint)
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    return _PLAIN[hint]


_PLAIN: dict[type, st.SearchStrategy[Any]] = {
    Orcid: st.just(Orcid.parse("0000-0002-1825-0097")),
    RorId: st.just(RorId.parse("02mhbdp94")),
    str: WORDS,
    bool: st.booleans(),
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False) | st.integers(-1000, 1000),
}
