"""The words for each kind of opening: people come to a host with what they know, or go to a place of study to learn."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from graph.domain.programmes import OpeningKind
from graph.matching.scoring.kinds import BRINGS, KINDS, LEARNS


@dataclass(frozen=True, slots=True)
class KindWords:
    """What the page of an opening calls its institution and what it asks."""

    place: str
    asks: str
    level: str
    nothing: str


_WORDS = {
    BRINGS: KindWords(
        place="Host",
        asks="What it asks",
        level="level",
        nothing="It asks for no particular capability or language; the assessed gaps of the programme decide.",
    ),
    LEARNS: KindWords(
        place="Place of study",
        asks="What is to be learned",
        level="up to level",
        nothing="Nobody has said yet what is to be learned; the list cannot tell who would carry what home.",
    ),
}

KIND_WORDS: Mapping[OpeningKind, KindWords] = MappingProxyType(
    {kind: _WORDS[question] for kind, question in KINDS.items()}
)
