"""`evolution --ties FILE`: the measures of anybody's plain tie file, without a graph and without an engine."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from math import isfinite
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

import click
import numpy as np

from graph.domain.dates import PartialDate
from graph.errors import InvalidValue
from graph.evolution.log.windows import Window, date_of, day_of, looking_back
from graph.evolution.measures.definitions import STRUCTURE_DEFINITIONS
from graph.evolution.measures.structures import WEIGHTED, TieDirection, measures_named
from graph.evolution.plain_flows import UNKNOWN, group_flows
from graph.evolution.plain_ties import (
    Cut,
    PlainTies,
    Repeats,
    SelfTies,
    by_count,
    by_width,
    by_window,
    calendar,
    held_within,
    whole,
    without_gaps,
    without_repeats,
    without_self_ties,
)
from importers import tie_files
from importers.tie_columns import tie_mapping
from importers.tie_files import Clock, TieFormat, TieTable, Weights
from webapp.commands.answers import say_table
from webapp.commands.outputs import save
from webapp.exports import actor_values
from webapp.presenters.words import counted

Command = TypeVar("Command", bound=Callable[..., Any])
Answer = dict[str, Any]

# What fits a terminal of eighty columns.
_SHOWN = ("actors", "ties", "density", "components", "giant", "triangles", "clustering")
_NO_MEASURES = ("from", "to", "to_included", "flows")
_GROUP_ENDS = ("giver", "receiver")
_FLOWS_SHOWN = 60
_HEADINGS = {"components": "Parts", "clustering": "Clust."}

_OPTIONS = (
    click.option("--ties", type=click.Path(path_type=Path), help="Measure this plain tie file; needs no graph."),
    click.option("--map", "mapping", help="Its columns: source=from,target=to,start=2 or, without names, 1,2,3."),
    click.option(
        "--numeric-time", "clock", flag_value=Clock.NUMBERS, type=Clock, help="Its starts and ends are numbers."
    ),
    click.option(
        "--undirected",
        "direction",
        flag_value=TieDirection.UNDIRECTED,
        type=TieDirection,
        help="Its ties have no direction.",
    ),
    click.option("--weighted", "weights", flag_value=Weights.READ, type=Weights, help="Sum its weight column."),
    click.option(
        "--self-ties",
        type=click.Choice([each.value for each in SelfTies]),
        help="What becomes of a>a; by default drop.",
    ),
    click.option(
        "--repeats", type=click.Choice([each.value for each in Repeats]), help="Same ends, same time; by default keep."
    ),
    click.option(
        "--merge-gap",
        type=float,
        metavar="T",
        help="Records of one pair no further apart than T days, or units of numeric time, are one contact.",
    ),
    click.option("--values", type=click.Path(path_type=Path), help="Write the values of every actor to this CSV file."),
    click.option("--edges", type=int, help="A window for every N consecutive ties of the file."),
    click.option("--width", type=float, help="A window for every W units of numeric time."),
    click.option(
        "--measures",
        help="all, or names as of --json, such as turnover,ei_index or, of a file, triangles; help explains them.",
    ),
)


@dataclass(frozen=True, slots=True)
class TieFileOptions:
    """The options of the command that concern a tie file, as they were given; None where they were not."""

    ties: Path | None = None
    mapping: str | None = None
    clock: Clock | None = None
    direction: TieDirection | None = None
    weights: Weights | None = None
    self_ties: str | None = None
    repeats: str | None = None
    merge_gap: float | None = None
    values: Path | None = None
    edges: int | None = None
    width: float | None = None
    measures: str | None = None

    def file(self) -> Path | None:
        """The tie file, if one was named. Raises InvalidValue for an option that needs one."""
        for option in fields(self):
            if self.ties is None and getattr(self, option.name) is not None:
                given = str(getattr(self, option.name))
                raise InvalidValue(option.name, given, "is about a tie file; name one with --ties FILE or leave it out")
        return self.ties


@dataclass(frozen=True, slots=True)
class Calendar:
    """The options that cut time into calendar steps, and say how far a window looks back."""

    first: str | None
    last: str | None
    step: str | None
    window: str | None = None

    @property
    def asked(self) -> bool:
        """Whether any of them was given."""
        return any(part is not None for part in (self.first, self.last, self.step, self.window))


def tie_file_options(command: Command) -> Command:
    """Give a command the options of `TieFileOptions`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def measure_file(path: Path, asked: TieFileOptions, steps: Calendar) -> Answer:
    """The measures of each window, what was ignored and how long it took; writes the values of the actors if asked.

    Raises InvalidValue.
    """
    begun = perf_counter()
    names, way = _names(asked), _way(asked, steps)
    form = TieFormat(tie_mapping(asked.mapping or ""), asked.clock or Clock.DATES, asked.weights or Weights.IGNORE)
    table = tie_files.read(path, form)
    if way and not table.timed:
        why = "does not say when its ties begin; name the column with --map start=NAME, or leave that option out"
        raise InvalidValue(way, path.name, why)
    if asked.merge_gap is not None:
        _check_gap(asked, table)
    columns = (getattr(table, column.name) for column in fields(PlainTies))
    ties, selves, ignored = _settled(PlainTies(*columns), asked)
    clock = form.clock if table.timed else None
    direction = asked.direction or TieDirection.DIRECTED
    windows, values = [], list[Sequence[object]]()
    for cut in _cuts(ties, asked, steps):
        aside = 0 if asked.edges else held_within(selves, cut)
        network = replace(ties.network(cut.rows, direction), self_ties_aside=aside)
        span = _span(cut, clock)
        flows = {} if table.source_group is None else {"flows": _flows(ties, cut, asked, table.groups)}
        windows.append({**span, **{name: getattr(network, name) for name in names}, **flows})
        if asked.values:
            values += actor_values.rows_of(span, network, table.actors)
    if asked.values:
        save(asked.values, actor_values.write(values))
    return {"windows": windows, "ignored": {**ignored, **table.ignored}, "seconds": round(perf_counter() - begun, 3)}


def say(answer: Answer) -> None:
    """The windows as a table, and below it what was ignored."""
    windows: Sequence[Mapping[str, Any]] = answer["windows"]
    present = [name for name in windows[0] if name not in _NO_MEASURES] if windows else []
    flows = [(_called(window), flow) for window in windows for flow in window.get("flows", ())]
    names = list(_SHOWN) if {*_SHOWN} <= {*present} else present
    heads = ["Window", *(_HEADINGS.get(name, STRUCTURE_DEFINITIONS[name].name) for name in names)]
    rows = ([_called(window), *(_word(window[name]) for name in names)] for window in windows)
    say_table(
        f"{counted(len(windows), 'window')} in {answer['seconds']} seconds; --json gives every measure", heads, rows
    )
    if 0 < len(flows) <= _FLOWS_SHOWN:
        cells = (
            (called, *(_group(flow[end]) for end in _GROUP_ENDS), f"{flow['contacts']:,}") for called, flow in flows
        )
        say_table("Flows between groups", ["Window", "From", "To", "Contacts"], cells)
    elif flows:
        click.echo(f"  {counted(len(flows), 'flow')} between groups; --json lists them")
    for reason, count in answer["ignored"].items():
        if count:
            click.echo(f"  {count:,} ignored: {reason.replace('_', '-')}")


def _names(asked: TieFileOptions) -> tuple[str, ...]:
    weighted = asked.weights is Weights.READ
    known = tuple(name for name in STRUCTURE_DEFINITIONS if weighted or name not in WEIGHTED)
    return measures_named(asked.measures or "cheap", known)


def _settled(ties: PlainTies, asked: TieFileOptions) -> tuple[PlainTies, PlainTies, dict[str, int]]:
    """The ties that count, the self-ties that do not, both sorted, and how many are ignored because of what was asked.

    A window counts the self-ties that were dropped as if they had been kept: merged where that was asked.
    """
    direction = asked.direction or TieDirection.DIRECTED
    apart, selves = without_self_ties(ties)
    if asked.self_ties == SelfTies.KEEP:
        apart, selves = ties, selves.at(np.empty(0, np.intp))
    ignored = {"self_ties": len(selves), "repeats": 0, "merged": 0}
    if asked.repeats == Repeats.MERGE:
        apart, ignored["repeats"] = without_repeats(apart, direction)
        selves, _ = without_repeats(selves, direction)
    if asked.merge_gap is not None:
        apart, ignored["merged"] = without_gaps(apart, asked.merge_gap, direction)
        selves, _ = without_gaps(selves, asked.merge_gap, direction)
    return apart.sort(), selves.sort(), ignored


def _check_gap(asked: TieFileOptions, table: TieTable) -> None:
    if not table.timed:
        why = "is about time, and this file does not say when its ties begin; name the column with --map start=NAME"
        raise InvalidValue("merge-gap", asked.merge_gap, why)
    if asked.clock is not Clock.NUMBERS and asked.merge_gap is not None and asked.merge_gap % 1:
        raise InvalidValue(
            "merge-gap", asked.merge_gap, "is no number of days; give a whole one, or add --numeric-time"
        )


def _flows(ties: PlainTies, cut: Cut, asked: TieFileOptions, groups: Sequence[str]) -> list[Answer]:
    """The flows between the groups of a window, null for ends without one; weights where they are read."""
    names = {UNKNOWN: None, **dict(enumerate(groups))}
    weighted = asked.weights is Weights.READ
    return [
        {"giver": names[flow.giver], "receiver": names[flow.receiver], "contacts": flow.contacts}
        | ({"weight": flow.weight} if weighted else {})
        for flow in group_flows(ties, cut.rows, asked.direction or TieDirection.DIRECTED)
    ]


def _group(name: str | None) -> str:
    return "not known" if name is None else name


def _way(asked: TieFileOptions, steps: Calendar) -> str:
    """The option that says how to cut time, empty for none. Raises InvalidValue for two or one that does not suit."""
    ways = {"width": asked.width, "edges": asked.edges, "step": steps.asked or None}
    given = [way for way, value in ways.items() if value is not None]
    if len(given) > 1:
        raise InvalidValue(given[0], ways[given[0]], f"cuts time in another way than {given[1]}; choose one of them")
    numeric = asked.clock is Clock.NUMBERS
    for option, value in (("step", steps.step), ("from", steps.first), ("to", steps.last), ("window", steps.window)):
        if numeric and value is not None:
            raise InvalidValue(option, value, "is about dates; with --numeric-time use --width or --edges")
    if asked.width is not None and not numeric:
        raise InvalidValue("width", asked.width, "is about numbers; use --step for dates, or add --numeric-time")
    return given[0] if given else ""


def _cuts(ties: PlainTies, asked: TieFileOptions, steps: Calendar) -> Iterator[Cut]:
    if asked.edges is not None:
        return by_count(ties, asked.edges)
    if asked.width is not None:
        return by_width(ties, asked.width)
    first, last = _bound("from", steps.first), _bound("to", steps.last)
    if not steps.asked or not (len(ties) or (first and last)):
        return whole(ties)
    opens = first.first if first else date_of(int(ties.first[0]))
    closes = last.last if last else max(opens, date_of(int(ties.end)))
    windows = calendar(opens, closes, steps.step or "year")
    return by_window(ties, looking_back(windows, steps.window or ""))


def _bound(field: str, text: str | None) -> PartialDate | None:
    return PartialDate.parse(text, field) if text else None


def _span(cut: Cut, clock: Clock | None) -> Answer:
    """From and to, as the file tells time: dates up to the day after, numbers up to the last one where it says so."""
    if clock is None or not isfinite(cut.first):
        return {"from": None, "to": None, "to_included": False}
    if clock is Clock.NUMBERS:
        return {"from": _plain(cut.first), "to": _plain(cut.last), "to_included": cut.closed}
    first, after = date_of(int(cut.first)), date_of(int(cut.last) + cut.closed)
    return {"from": first.isoformat(), "to": after.isoformat(), "to_included": False}


def _plain(number: float) -> float:
    return int(number) if number.is_integer() else number


def _called(window: Mapping[str, Any]) -> str:
    """A window as people call it: 2019, 2019-Q2, or from when to when."""
    first, last = window["from"], window["to"]
    if isinstance(first, str):
        return str(Window(*(day_of(date.fromisoformat(each)) for each in (first, last))))
    if first is None:
        return "all"
    return f"{first} to {'' if window['to_included'] else 'below '}{last}"


def _word(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:,.4f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)
