"""The bench in an address: everything somebody chose there, so that it can be kept, shared and gone back to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from graph.errors import InvalidValue
from graph.matching.problem.regions import bounds_of
from graph.matching.scoring.kinds import NAMES
from graph.matching.scoring.points import FULL
from graph.matching.scoring.rules import RULES
from graph.matching.solvers.plans import Objective
from graph.services.planning.workspace import Names, PlanRequest
from graph.store.benches import OpeningSearch

WEIGHT = "w-"
LEAST, MOST = "least-", "most-"
COUNTED = ("teams", "efforts")
HEAVIEST = 1000
_LONGEST = 200
_MOST = 5_000  # values in one address; more is no bench but an attempt at something else

Arguments = MultiDict[str, str]


class KeepForm(FlaskForm):  # type: ignore[misc]
    """The name under which the plan of a bench is kept; the button that was pressed says whether it is published."""

    name = StringField(
        "Name of the plan",
        [InputRequired("Give the plan a name by which others find it."), Length(max=120, message="120 letters do.")],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceQuery:
    """A bench as its address says it. No openings means all that are open, no people everybody eligible.

    `least` and `most` bound the seats filled by region id, `floor` the points of a pair; 0 bounds nothing. `counted`
    says what counts beside points, of COUNTED.
    `weights` by criterion stand in for those of the hosts where there are any. `focus` is the opening whose shortlist
    is shown, `why` the person of it who is explained, `held` the address of a bench to compare with.
    """

    openings: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    objective: Objective = Objective.BEST
    locks: tuple[Names, ...] = ()
    exclusions: tuple[Names, ...] = ()
    switched_off: tuple[str, ...] = ()
    weights: tuple[tuple[str, int], ...] = ()
    least: tuple[tuple[str, int], ...] = ()
    most: tuple[tuple[str, int], ...] = ()
    floor: int = 0
    counted: tuple[str, ...] = ()
    focus: str = ""
    why: str = ""
    held: str = ""

    @property
    def plan_request(self) -> PlanRequest:
        """What goes on the bench."""
        return PlanRequest(
            openings=self.openings,
            people=self.people,
            locks=self.locks,
            exclusions=self.exclusions,
            switched_off=frozenset(self.switched_off),
            weights=dict(self.weights) or None,
            bounds=bounds_of(self.least, self.most),
            floor=self.floor,
            teams="teams" in self.counted,
            efforts="efforts" in self.counted,
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Names and values of the address, in a fixed order; what is as usual is left out."""
        named: list[tuple[str, Iterable[str]]] = [
            ("objective", [self.objective.value] if self.objective is not Objective.BEST else []),
            ("opening", self.openings),
            ("person", self.people),
            ("lock", map("=".join, self.locks)),
            ("exclude", map("=".join, self.exclusions)),
            ("off", self.switched_off),
            *((f"{WEIGHT}{name}", [str(weight)]) for name, weight in self.weights),
            *((f"{LEAST}{region}", [str(seats)]) for region, seats in self.least),
            *((f"{MOST}{region}", [str(seats)]) for region, seats in self.most),
            ("floor", [str(self.floor)] if self.floor else []),
            ("count", self.counted),
            ("focus", [self.focus] if self.focus else []),
            ("why", [self.why] if self.why else []),
            ("held", [self.held] if self.held else []),
        ]
        return [(name, value) for name, values in named for value in values]

    @property
    def encoded(self) -> str:
        """The part of the address after the question mark."""
        return urlencode(self.pairs)

    @property
    def plan(self) -> Self:
        """The same plan without what is only looked at beside it."""
        return replace(self, focus="", why="", held="")

    def hidden(self, *changed: str) -> list[tuple[str, str]]:
        """What a form carries along, without the names it asks for itself; a name may end in "-" for all of a kind."""
        return [(name, value) for name, value in self.pairs if not name.startswith(changed)]

    @property
    def unbounded(self) -> Self:
        """Without floor and bounds."""
        return replace(self, least=(), most=(), floor=0)

    @property
    def plainer(self) -> tuple[tuple[str, Self], ...]:
        """The same with fewer of the limits it has, the fewest taken back first, and the words for what was."""
        bounds = [] if self == self.unbounded else [("bounds", self.unbounded)]
        counted = [(one, self.toggled_count(one)) for one in self.counted]
        bare = replace(self.unbounded, counted=())
        return (*bounds, *counted, ("any of its limits", bare)) if self != bare else ()

    def toggled_count(self, one: str) -> Self:
        """With this counted beside points, or no longer; in the order of COUNTED."""
        return replace(self, counted=tuple(name for name in COUNTED if (name in self.counted) is not (name == one)))

    def toggled_lock(self, names: Names) -> Self:
        """With the pair locked, and no longer excluded; or without the lock it has."""
        if names in self.locks:
            return replace(self, locks=_without(self.locks, names))
        return replace(self, locks=(*self.locks, names), exclusions=_without(self.exclusions, names))

    def toggled_exclusion(self, names: Names) -> Self:
        """With the pair excluded, and no longer locked; or without the exclusion it has."""
        if names in self.exclusions:
            return replace(self, exclusions=_without(self.exclusions, names))
        return replace(self, exclusions=(*self.exclusions, names), locks=_without(self.locks, names))

    def toggled_rule(self, rule: str) -> Self:
        """With the rule switched off, or on again."""
        if rule in self.switched_off:
            return replace(self, switched_off=_without(self.switched_off, rule))
        return replace(self, switched_off=(*self.switched_off, rule))


def _without(values: tuple[Any, ...], one: object) -> tuple[Any, ...]:
    return tuple(value for value in values if value != one)


@dataclass(slots=True)
class _Reading:
    """Reads one address; what cannot be understood is left out, with a sentence."""

    arguments: Arguments
    refused: list[str] = field(default_factory=list)

    def one(self, name: str) -> str:
        return str(self.arguments.get(name, ""))[:_LONGEST]

    def many(self, name: str) -> tuple[str, ...]:
        found = (value.strip()[:_LONGEST] for value in self.arguments.getlist(name))
        return tuple(dict.fromkeys(value for value in found if value))

    def each(self, name: str, values: Iterable[str], read: Callable[[str, str], Any]) -> tuple[Any, ...]:
        return tuple(found for value in values if (found := self.tried(name, value, read)) is not None)

    def tried(self, name: str, value: str, read: Callable[[str, str], Any]) -> Any:
        try:
            return read(name, value)
        except InvalidValue as error:
            self.refused.append(f"{error} It was left out.")
            return None

    def objective(self) -> Objective:
        value = self.one("objective")
        found: Objective | None = self.tried("objective", value, _objective) if value else None
        return found or Objective.BEST

    def weights(self) -> tuple[tuple[str, int], ...]:
        stated = sorted(name for name in self.arguments if name.startswith(WEIGHT))
        found = {name.removeprefix(WEIGHT): self.tried(name, self.one(name), _weight) for name in stated}
        known = tuple((name, found[name]) for name in NAMES if found.get(name) is not None)
        if known and not any(weight for _, weight in known):
            self.refused.append("Weights that are all 0 rank nobody; the weights of the hosts were kept.")
            return ()
        return known

    def bounds(self, side: str) -> tuple[tuple[str, int], ...]:
        """Region -> seats of one side, in the order of the regions; a field left empty bounds nothing."""
        stated = sorted(name for name in self.arguments if name.startswith(side) and self.one(name).strip())
        found = {name.removeprefix(side): self.tried(name, self.one(name), _count) for name in stated}
        return tuple((region, seats) for region, seats in found.items() if seats is not None)


def read(arguments: Arguments) -> tuple[WorkspaceQuery, tuple[str, ...]]:
    """The bench of an address, and a sentence for each value that could not be understood and was left out."""
    reading = _Reading(arguments)
    query = WorkspaceQuery(
        openings=reading.many("opening"),
        people=reading.many("person"),
        objective=reading.objective(),
        locks=reading.each("lock", reading.many("lock"), _pair),
        exclusions=reading.each("exclude", reading.many("exclude"), _pair),
        switched_off=reading.each("off", reading.many("off"), _rule),
        weights=reading.weights(),
        least=reading.bounds(LEAST),
        most=reading.bounds(MOST),
        floor=reading.tried("floor", reading.one("floor"), _floor) or 0 if reading.one("floor") else 0,
        counted=tuple(sorted(reading.each("count", reading.many("count"), _counted), key=COUNTED.index)),
        focus=reading.one("focus"),
        why=reading.one("why"),
        held=str(arguments.get("held", "")),
    )
    return query, tuple(reading.refused)


def read_query(text: str) -> tuple[WorkspaceQuery, tuple[str, ...]]:
    """The same for an address within an address."""
    try:
        pairs = parse_qsl(text, max_num_fields=_MOST)
    except ValueError:
        return WorkspaceQuery(), ("The address of the other bench is too long to read; it was left out.",)
    return read(MultiDict(pairs))


def read_search(arguments: Arguments) -> tuple[OpeningSearch, tuple[str, ...]]:
    """What is asked of the list of openings, and a sentence for a last deadline that is no day."""
    reading = _Reading(arguments)
    until = reading.tried("until", reading.one("until"), _day) if reading.one("until") else None
    search = OpeningSearch(
        words=reading.one("q"),
        kind=reading.one("kind"),
        region=reading.one("region"),
        until=until.isoformat() if until else "",
    )
    return search, tuple(reading.refused)


def _day(name: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InvalidValue(name, value, "is not a day; write it like 2027-03-31") from None


def _objective(name: str, value: str) -> Objective:
    try:
        return Objective(value)
    except ValueError:
        known = ", ".join(one.value for one in Objective)
        raise InvalidValue(name, value, f"is not an objective; use {known}") from None


def _pair(name: str, value: str) -> Names:
    expert, sign, opening = value.partition("=")
    if not (expert and sign and opening):
        raise InvalidValue(name, value, "is not a pair; write the id of the expert, =, and the id of the opening")
    return expert, opening


def _rule(name: str, value: str) -> str:
    switchable = [rule.name for rule in RULES if not rule.firm]
    if value not in switchable:
        why = f"is not a rule that can be switched off; use {', '.join(switchable)}"
        raise InvalidValue(name, value, why)
    return value


def _counted(name: str, value: str) -> str:
    if value not in COUNTED:
        raise InvalidValue(name, value, f"is nothing that can be counted; use {' or '.join(COUNTED)}")
    return value


def _weight(name: str, value: str) -> int:
    if name.removeprefix(WEIGHT) not in NAMES:
        raise InvalidValue(name, value, f"is no criterion; use {', '.join(WEIGHT + known for known in NAMES)}")
    if not (value.isascii() and value.isdecimal() and len(value) < 5 and int(value) <= HEAVIEST):
        raise InvalidValue(name, value, f"is not a weight; give a whole number from 0 to {HEAVIEST}")
    return int(value)


def _floor(name: str, value: str) -> int:
    points = _count(name, value)
    if points > FULL:
        raise InvalidValue(name, value, f"is more than anybody can bring; give at most {FULL:,} points")
    return points


def _count(name: str, value: str) -> int:
    if not (value.isascii() and value.isdecimal() and len(value) < 7):
        raise InvalidValue(name, value, "is not a number; give a whole one from 0")
    return int(value)
