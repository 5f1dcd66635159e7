"""`plan`: who fills what, as one optimum over all openings."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from graph.errors import Conflict, InvalidValue
from graph.matching.sensitivity.shortfalls import VacancyReason
from graph.matching.solvers.plans import Aim, Objective
from graph.services.planning.contradictions import contradiction
from graph.services.planning.plan import (
    Empty,
    Placement,
    PlanReport,
    SolvedPlan,
    solve_workspace,
    to_report,
)
from graph.services.planning.save_workspace import save_workspace
from graph.services.planning.unplaced import Leftovers, left_over
from graph.services.planning.workspace import PlanRequest, PlanWorkspace, load_workspace
from webapp import current
from webapp.commands.answers import as_json, progress, say_json, say_table, solving
from webapp.commands.benches import OFFICER, OPERATOR, bench_options
from webapp.commands.benches import objective as objective_option
from webapp.commands.matrix_plans import FilePlan, plan_file, say_file_plan, say_file_plan_json
from webapp.presenters.words import counted

_FILE = click.Path(path_type=Path)
_OF_FILE = ("aim", "seats", "loads")
_SHOWN, _TIGHT = 10, 3
_EMPTY = {
    VacancyReason.LOCKED: "locks and exclusions keep out whoever could sit there",
    VacancyReason.ELSEWHERE: "whoever could sit there is worth more elsewhere",
}


@click.command()
@bench_options
@objective_option
@click.option("--seed-order", type=int, metavar="N", help="Shuffle the input first; the plan stays the same.")
@click.option("--save", "name", default="", metavar="NAME", help="Keep the plan as a draft under this name.")
@click.option("--matrix", type=_FILE, help="Plan a file instead: rows are people, columns openings; CSV.")
@click.option("--minimise", "aim", flag_value=Aim.LEAST, help="Values of the file are costs: the lowest total.")
@click.option(
    "--seats",
    type=_FILE,
    help="Seats of the columns: one number a line, all in one line, or index,value lines; 1 each without it.",
)
@click.option("--loads", type=_FILE, help="How many columns a row may take; as --seats.")
@as_json
@with_appcontext
def plan(  # noqa: PLR0913 -- one parameter an option of the command line
    request: PlanRequest,
    objective: str,
    seed_order: int | None,
    name: str,
    matrix: Path | None,
    json_: bool,  # noqa: FBT001 -- click hands a flag over by name
    **of_file: Any,
) -> None:
    """Plan who fills which opening, under one objective, out of everybody eligible.

    With --matrix FILE no graph is asked: rows and columns are counted from 0, and --lock and --exclude name R=C. The
    file holds numbers only, a line a row, or lines of row,column,value under that header; a pair left out is not
    eligible. A value below 0 is worth less than an empty seat: --objective fewest-unserved fills every seat all the
    same, and --minimise takes values as costs. `seconds` is the time of planning, reading left aside.
    """
    if matrix:
        _check_alone(request, seed_order, name)
        given = {option: value for option, value in of_file.items() if value is not None}
        given |= {"locks": request.locks, "exclusions": request.exclusions}
        with solving():
            made, seconds = plan_file(FilePlan(matrix, Objective(objective), **given))
        (say_file_plan_json if json_ else say_file_plan)(made, seconds)
        return
    for option in _OF_FILE:
        if of_file[option] is not None:
            raise InvalidValue(option, of_file[option], "is about a file; name it with --matrix")
    _plan_graph(request, Objective(objective), seed_order, name, json_)


def _check_alone(request: PlanRequest, seed_order: int | None, name: str) -> None:
    """Raise InvalidValue for what only a graph can answer."""
    given: dict[str, Any] = {"openings": request.openings, "people": request.people, "weights": request.weights}
    given |= {"at-least or at-most": request.bounds, "floor": request.floor}
    given |= {"teams": request.teams, "efforts": request.efforts}
    given |= {"without-rule": request.switched_off, "seed-order": seed_order, "save": name or None}
    for option, value in given.items():
        if value:
            raise InvalidValue(option, value, "is about the graph; leave it out with --matrix")


def _plan_graph(request: PlanRequest, objective: Objective, seed_order: int | None, name: str, json_: bool) -> None:  # noqa: FBT001
    graph = current.connection().get(progress)
    workspace = load_workspace(graph, OFFICER, request, datetime.now(UTC).date())
    began = time.perf_counter()
    solved = _solved(workspace if seed_order is None else workspace.shuffled(seed_order), objective, json_)
    seconds, drawn, left = time.perf_counter() - began, to_report(solved), left_over(solved)
    kept = save_workspace(graph, OPERATOR, workspace, drawn, name) if name else ""
    if json_:
        say_json(_answer(drawn) | {"left_out": left, "plan": kept, "seconds": round(seconds, 6), "drawn": drawn})
        return
    _say(drawn)
    _say_left(left)
    if kept:
        click.echo(f"  kept as {kept}; publish it with: publish {kept}")


def _answer(drawn: PlanReport) -> dict[str, Any]:
    """The keys that a plan of a file has, with ids for rows and columns, and those only a graph can fill."""
    return {
        "objective": drawn.objective,
        "total": drawn.worth.total,
        "pairs": [[found.expert, found.opening, found.points] for found in drawn.placements],
        "unserved": [empty.opening for empty in drawn.empty if empty.free == empty.seats],
        "worst": drawn.worth.worst,
        "gini": drawn.worth.gini,
        "by_region": drawn.regions,
    }


def _solved(workspace: PlanWorkspace, objective: Objective, json_: bool) -> SolvedPlan:  # noqa: FBT001 -- as the command has it
    """The plan; in JSON also what cannot hold together, before it is raised."""
    try:
        with solving():
            return solve_workspace(workspace, objective)
    except Conflict:
        if json_:
            say_json({"contradiction": contradiction(workspace)})
        raise


def _say(drawn: PlanReport) -> None:
    worth = drawn.worth
    if not worth.openings:
        click.echo("No opening takes people now; import openings, or see some with: python -m webapp demo")
        return
    adds = ["Adds"] if drawn.teams else []
    rows = (
        [
            found.opening_name,
            found.expert_name,
            f"{found.points:,}",
            *[f"{found.marginal:,}" for _ in adds],
            _remark(found),
        ]
        for found in drawn.placements
    )
    title = f"{worth.served} of {counted(worth.openings, 'opening')} served ({drawn.objective})"
    say_table(title, ["Opening", "Person", "Points", *adds, ""], rows)
    click.echo(f"  {worth.filled} of {counted(worth.seats, 'seat')} filled, {counted(worth.total, 'point')} in all")
    if worth.worst is not None:
        click.echo(f"  the worst served opening gets {worth.worst:,}, the one at the tenth percentile {worth.tenth:,}")
    _say_proof(drawn)
    click.echo(f"  {counted(worth.blocking, 'pair')} outside the plan would rather have each other")
    for empty in drawn.empty:
        click.echo(f"  {empty.free} of {counted(empty.seats, 'seat')} empty: {empty.opening_name} ({_able(empty)})")
    _say_together(drawn)


def _remark(found: Placement) -> str:
    """What was decided about a pair beforehand."""
    switched = f"only without the rule {' and '.join(found.admitted)}" if found.admitted else ""
    return ", ".join(filter(None, ("locked" if found.locked else "", switched)))


def _able(empty: Empty) -> str:
    """Who could sit there."""
    if empty.eligible:
        return f"{empty.eligible:,} could sit there"
    return f"nobody reaches the floor; {empty.below:,} could but for it" if empty.below else "nobody is eligible"


def _say_together(drawn: PlanReport) -> None:
    """What teams close, and who has the fewest days left."""
    for team in drawn.teams:
        closed = [f"{gap.capability_name} {gap.share:.0%}" for gap in team.gaps if gap.share]
        untouched = len(team.gaps) - len(closed)
        told = [*closed, *([f"{counted(untouched, 'gap')} untouched"] if untouched else [])]
        names = " and ".join(team.expert_names)
        points = counted(team.points, "point")
        click.echo(f"  {team.opening_name}: {names} together {points}; {', '.join(told) or 'no gaps'}")
    tightest = sorted(drawn.days, key=lambda given: (given.free - given.days, given.expert))[:_TIGHT]
    if tightest:
        told = [f"{given.expert_name} {given.days:,} of {given.free:,}" for given in tightest]
        click.echo(f"  nobody gives more days than they have; the fullest: {', '.join(told)}")


def _say_proof(drawn: PlanReport) -> None:
    """How sure it is that no plan does better, where that is a question."""
    worth, proof = drawn.worth, drawn.proof
    if proof.count_gap:
        click.echo(f"  up to {proof.count_gap:,} more could be served or filled; the search was cut off")
    if proof.floor_bound is not None and proof.floor_bound == worth.worst:
        click.echo("  no plan can do better by the worst served opening")
    elif proof.floor_bound is not None:
        click.echo(f"  no plan lifts the worst served opening beyond {proof.floor_bound:,.0f}")
    if proof.total_bound is not None and proof.total_bound > worth.total:
        click.echo(f"  no such plan gets beyond {counted(round(proof.total_bound), 'point')} in all")


def _say_left(left: Leftovers) -> None:
    for vacant in left.openings:
        if vacant.reason in _EMPTY:
            click.echo(f"  {vacant.opening_name}: {_EMPTY[vacant.reason]}")
        if vacant.rule:
            click.echo(f"  {vacant.opening_name}: the rule {vacant.rule} alone removes {vacant.removes}")
    for person in left.people[:_SHOWN]:
        rivals = ", ".join(rival.expert_name for rival in person.rivals)
        behind = f" behind {rivals}" if rivals else ""
        click.echo(f"  {person.expert_name} is {counted(person.lost, 'point')} short of {person.opening_name}{behind}")
    if len(left.people) > _SHOWN:
        click.echo(f"  and {len(left.people) - _SHOWN:,} more are left out; --json lists them all")
    _say_rest(left)


def _say_rest(left: Leftovers) -> None:
    """What no points would change."""
    _say_kept_out(left)
    for gap in left.gaps:
        click.echo(f"  nobody covers {gap.capability_name}, which is lacking for {', '.join(gap.opening_names)}")
    if left.shortage and left.shortage.hands:
        able, openings = ", ".join(left.shortage.expert_names), ", ".join(left.shortage.opening_names)
        click.echo(f"  {openings} cannot all be served: {able} can serve {left.shortage.hands} of them at most")
    for rule, count in left.nowhere.items():
        click.echo(f"  {counted(count, 'person is', 'people are')} eligible nowhere, mostly by the rule {rule}")


def _say_kept_out(left: Leftovers) -> None:
    """Who could sit somewhere but for what was decided, agreed or asked for."""
    for held in left.locked_out[:_SHOWN]:
        barred = "but for what is locked or excluded" if held.seats else "had it a seat left"
        click.echo(f"  {held.expert_name} could be in {held.opening_name} {barred}")
    for low in left.below[:_SHOWN]:
        click.echo(f"  {low.expert_name} is nearest to the floor in {low.opening_name}: {low.short:,} below it")
    kept_out = {"kept out by what is locked, excluded or taken": left.locked_out, "below the floor": left.below}
    for why, told in kept_out.items():
        if len(told) > _SHOWN:
            click.echo(f"  and {len(told) - _SHOWN:,} more are {why}; --json lists them all")


COMMANDS = (plan,)
