"""What an opening would open up: institutions to which a capability has no path yet."""

from dataclasses import dataclass

from graph.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class NewReach:
    """Of `among` institutions that a capability could reach through this opening, `new` have no other path to it."""

    capability: int
    new: int
    among: int

    def __post_init__(self) -> None:
        if not 0 <= self.new <= self.among or not self.among:
            raise InvalidValue("reach.new", self.new, f"is not a part of {self.among}; give 0 to {self.among}")

    @property
    def share(self) -> float:
        """The new ones among those that can be reached, 0 to 1."""
        return self.new / self.among
