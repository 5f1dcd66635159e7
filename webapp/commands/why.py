"""`why`: why somebody is in an opening or is not, and what would change it."""

from collections.abc import Iterator

import click

from graph.matching.solvers.plans import Objective
from graph.services.planning.explain import (
    UNPROVEN,
    PairVerdict,
    Why,
    explain,
    including,
)
from graph.services.planning.plan import solve_workspace
from graph.services.planning.workspace import load_workspace
from webapp.commands import running
from webapp.commands.answers import as_json, solving
from webapp.commands.audiences import as_planner, say_json_seen, say_seen, viewer
from webapp.commands.benches import BenchOptions, bench_options
from webapp.commands.benches import objective as objective_option
from webapp.presenters.planning.explanations import turn_in_words, ways_in
from webapp.presenters.words import counted

_SAID = {
    PairVerdict.PLACED: "is in this opening",
    PairVerdict.LOCKED: "is locked into this opening",
    PairVerdict.EXCLUDED: "was excluded from this opening by hand",
    PairVerdict.UNINVITED: "was not among the people this plan was made for",
    PairVerdict.RULED_OUT: "cannot be in this opening",
    PairVerdict.BELOW_FLOOR: "brings fewer points than the floor of this plan",
    PairVerdict.TOO_LONG: "is not free for as many days as this opening takes",
    PairVerdict.SEATS_LOCKED: "could be in this opening, but every seat of it is locked or taken",
    PairVerdict.CAPACITY_LOCKED: "could be in this opening, but is locked to as many as they take",
    PairVerdict.LEFT_OUT: "could be in this opening, and is not",
}


@click.command()
@click.argument("expert")
@click.argument("opening")
@bench_options
@objective_option
@as_planner
@as_json
def why(expert: str, opening: str, request: BenchOptions, objective: str, json_: bool) -> None:  # noqa: FBT001 -- click hands a flag over by name
    """Say why EXPERT is or is not in OPENING, how far off, and the smallest change that would put them in."""
    asked, graph = request.request(), running.graph()
    with solving():
        workspace = load_workspace(graph, viewer(), including(asked, opening), running.today())
        found = explain(solve_workspace(workspace, Objective(objective)), (expert, opening))
    if json_:
        say_json_seen(found)
        return
    for line in _lines(found):
        click.echo(line)
    say_seen()


def _lines(found: Why) -> Iterator[str]:
    points = "" if found.points is None else f", with {counted(found.points, 'point')}"
    yield f"{found.expert_name} {_SAID[found.verdict]}: {found.opening_name} (plan: {found.objective}){points}."
    for rule in found.rules:
        yield f"  ruled out: {found.expert_name} {rule.sentence}" + (" (this rule stays on)." if rule.firm else ".")
    yield from _off(found)
    for rival in found.rivals:
        yield f"  the seat is held by {rival.expert_name}, {counted(rival.points, 'point')} here."
    for other in found.runners_up:
        yield f"  next for the seat: {other.expert_name}, for {counted(other.lost or 0, 'point')} less in total."
    for turn in found.turns:
        yield f"  it would mean: {turn_in_words(turn)}."
    yield from (f"  {sentence}" for sentence in ways_in(found))


def _off(found: Why) -> Iterator[str]:
    """How far off the pair is."""
    if not found.proven:
        yield f"  {UNPROVEN}"
    elif found.verdict is PairVerdict.LOCKED:
        yield f"  without the lock the plan would be worth {counted(found.lost or 0, 'point')} more."
    elif found.verdict is PairVerdict.PLACED and found.lost is not None:
        yield f"  without this pair the best plan is worth {counted(found.lost, 'point')} less{_seats(found.fewer)}."
    elif found.lost is not None:
        yield f"  with this pair the plan would be worth {counted(found.lost, 'point')} less{_seats(found.fewer)}."
    if found.needed is not None:
        yield f"  {counted(found.needed, 'point')} more would put them in for certain."


def _seats(fewer: int) -> str:
    return f" and fill {counted(fewer, 'seat')} fewer" if fewer else ""


COMMANDS = (why,)
