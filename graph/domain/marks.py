"""Who may see what: Traffic Light Protocol marks, roles, purposes of consent, and the viewer's audience."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from graph.errors import InvalidValue


class Tlp(StrEnum):
    """Traffic Light Protocol 2.0, from everybody to named people only."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    RED = "RED"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Accept "green", "TLP:GREEN" and the like. Raises InvalidValue."""
        try:
            return cls(text.strip().upper().removeprefix("TLP:"))
        except ValueError:
            raise InvalidValue("tlp", text, "is not a TLP mark; use CLEAR, GREEN, AMBER or RED") from None


class Role(StrEnum):
    """What a person comes for; `PUBLIC` is somebody who is not signed in."""

    PUBLIC = "public"
    MEMBER = "member"
    RESEARCHER = "researcher"
    HOST = "host"
    OFFICER = "officer"
    ADMIN = "admin"


PLANNERS = (Role.OFFICER, Role.ADMIN)
"""Who plans: makes and publishes plans, and decides for openings of others."""


class Purpose(StrEnum):
    """What a person may have agreed to; each can be withdrawn on its own."""

    DIRECTORY = "directory"
    MATCHING = "matching"
    RESEARCH = "research"


_COMMUNITY = (Tlp.CLEAR, Tlp.GREEN)
_MARKS = {
    Role.PUBLIC: (Tlp.CLEAR,),
    Role.MEMBER: _COMMUNITY,
    Role.RESEARCHER: _COMMUNITY,
    Role.HOST: (*_COMMUNITY, Tlp.AMBER),
    Role.OFFICER: (*_COMMUNITY, Tlp.AMBER),
    Role.ADMIN: tuple(Tlp),
}


# Whom a person's consent lets see the record under their name. Consent to research opens nobody's name:
# it lets transfers count. An administrator answers for erasure and so sees everybody.
_OPENS = {
    Purpose.DIRECTORY: (Role.MEMBER, Role.RESEARCHER, Role.HOST, Role.OFFICER),
    Purpose.MATCHING: (Role.HOST, Role.OFFICER),
    Purpose.RESEARCH: (),
}


def open_to(consents: frozenset[Purpose]) -> list[str]:
    """The roles that may see a person with these consents, in a fixed order; never the public."""
    opened = {Role.ADMIN, *(role for purpose in consents for role in _OPENS[purpose])}
    return sorted(role.value for role in opened)


@dataclass(frozen=True, slots=True)
class Audience:
    """The viewer as every read sees it.

    `role` decides the marks; `expert_id` is the viewer's own person record, always visible to them.
    """

    role: Role
    expert_id: str = ""

    @property
    def marks(self) -> list[str]:
        """The TLP marks this viewer may read."""
        return [mark.value for mark in _MARKS[self.role]]

    @property
    def parameters(self) -> dict[str, object]:
        """What every audience-aware statement takes: `$marks`, `$role` and `$viewer`."""
        return {"marks": self.marks, "role": self.role.value, "viewer": self.expert_id}


PUBLIC = Audience(Role.PUBLIC)
EVERYTHING = Audience(Role.ADMIN)
PLANNER = Audience(Role.OFFICER)
"""Rules are asked as planners see them: a member sees neither refusals nor marked records, which count all the same."""


def planner_for(viewer: Audience) -> Audience:
    """As whom the rules are asked for a viewer: administrators see openings that other planners do not."""
    return viewer if viewer.role is Role.ADMIN else PLANNER
