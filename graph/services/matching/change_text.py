"""A change to a person in words, with the names of what it is about; the sentence follows the person's name."""

from datetime import date
from functools import singledispatch

from graph.domain.counted import counted
from graph.domain.isolates import apart
from graph.domain.people import Cefr
from graph.matching.people.windows import MODES
from graph.matching.sensitivity.changes import (
    CapacityChange,
    Change,
    FreeTime,
    LevelChange,
    Relief,
    Tongue,
)
from graph.services.matching.roster import People


def words(people: People, change: Change) -> str:
    """ "speaks French at B2 (now A2)"."""
    return _words(change, people)


@singledispatch
def _words(change: Change, people: People) -> str:
    raise TypeError(change)


@_words.register
def _(change: LevelChange, people: People) -> str:
    now = f"now {change.held:g}" if change.held else "nothing is stated now"
    return f"holds {apart(people.capabilities.names[change.capability])} at level {change.level:g} ({now})"


@_words.register
def _(change: Tongue, people: People) -> str:
    now = f"now {_cefr(change.held)}" if change.held else "not stated now"
    return f"speaks {apart(people.languages.names[change.language])} at {_cefr(change.rank)} ({now})"


@_words.register
def _(change: FreeTime, people: People) -> str:
    first, last = date.fromordinal(change.first), date.fromordinal(change.until - 1)
    return f"is free full time from {first} to {last}, {MODES[change.mode].value.replace('_', ' ')}"


@_words.register
def _(change: Relief, people: People) -> str:
    return f"carries {counted(change.fewer, 'engagement')} fewer"


@_words.register
def _(change: CapacityChange, people: People) -> str:
    return f"accepts {counted(change.accepts, 'engagement')} at once (none now)"


def _cefr(rank: int) -> str:
    return list(Cefr)[rank - 1].value
