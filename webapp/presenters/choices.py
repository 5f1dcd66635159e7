"""Somebody chosen in a form: people read and write a name, the address keeps the id behind it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from graph.services.transfers.log import TransferLog


@dataclass(frozen=True, slots=True)
class Choice:
    """What a field shows, and the id that it stands for while nobody writes another name over it."""

    text: str
    id: str = ""

    @property
    def id_or_text(self) -> str:
        """What to look for: the id where there is one, else the words."""
        return self.id or self.text


@dataclass(frozen=True, slots=True)
class Option:
    """What a field offers: a name, or the id with the name beside it where several bear that name."""

    value: str
    label: str = ""


def choice(text: str, kept: str, name_of: Callable[[str], str]) -> Choice:
    """What was asked for by `text`: an id or a name, or the name behind the id that the form `kept`.

    `name_of` gives the name behind an id, nothing for what is none.
    """
    if kept and name_of(kept) == text:
        return Choice(text, kept)
    name = name_of(text) if text else ""
    return Choice(name, text) if name else Choice(text)


def actor_names(read: TransferLog) -> Callable[[str], str]:
    """The name behind the id of an actor; a withheld name is its own."""
    names = {actor.id: actor.name for actor in read.actors}
    return lambda id_: names.get(id_, "")


def options(read: TransferLog) -> tuple[Option, ...]:
    """Everybody with a name, as the viewer of the log may see them."""
    named = [actor for actor in read.actors if actor.named]
    bearers = Counter(actor.name.casefold() for actor in named)
    return tuple(
        Option(actor.name) if bearers[actor.name.casefold()] == 1 else Option(actor.id, f"{actor.name}, {actor.group}")
        for actor in named
    )
