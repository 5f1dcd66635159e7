"""`plan`: who fills what, as one optimum over all openings."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.errors import InvalidValue
from graph.matching.solvers.plans import Aim, Objective
from importers import matrices
from webapp.commands.answers import as_json, solving
from webapp.commands.audiences import as_planner, asked_role
from webapp.commands.benches import BenchOptions, plan_options
from webapp.commands.benches import objective as objective_option
from webapp.commands.matrix_plans import FilePlan, plan_file, say_file_plan, say_file_plan_json

if TYPE_CHECKING:
    from graph.services.planning.named_efforts import NamedEfforts

_FILE = click.Path(path_type=Path)


@click.command()
@plan_options
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
@click.option("--loads", type=_FILE, help="How many columns a row may take; as --seats. With --efforts its budget.")
@click.option("--groups", type=_FILE, help="A name for each column; --at-least and --at-most are about these.")
@as_planner
@as_json
def plan(  # noqa: PLR0913 -- one parameter an option of the command line
    request: BenchOptions,
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

    With --efforts FILE a row takes columns as long as its budget, out of --loads, pays for what each of them takes: one
    number a column, or a table of the same size, or row,column,value lines. The plan is the best there is, or says how
    far from it at most after a minute of search. Without --matrix the lines are opening,effort or expert,opening,effort
    and, in --loads, expert,budget: ids and, say, hours; a budget alone is that of everybody else.
    """
    if matrix:
        _check_alone(request, seed_order, name)
        given = {option: value for option, value in of_file.items() if value is not None}
        given |= {"locks": request.locks, "exclusions": request.exclusions, "efforts": request.efforts_file}
        given |= {"at_least": request.at_least, "at_most": request.at_most}
        with solving():
            planned = plan_file(asked := FilePlan(matrix, Objective(objective), **given))
        (say_file_plan_json if json_ else say_file_plan)(planned, asked)
        return
    hours = _hours(request.efforts_file, of_file.pop("loads"))
    for option in of_file:
        if of_file[option] is not None:
            raise InvalidValue(option, of_file[option], "is about a file; name it with --matrix")
    from webapp.commands import graph_plans  # brings the driver along, which a plan of a file starts without

    wanted = replace(request.request(), hours=hours)
    graph_plans.plan_graph(wanted, Objective(objective), seed_order, name, json_)


def _hours(efforts: Path | None, loads: Path | None) -> "NamedEfforts | None":
    """What openings of the graph take and people have, where that is in files."""
    if efforts is None and loads is None:
        return None
    if efforts is None or loads is None:
        missing, given = ("efforts", "loads") if efforts is None else ("loads", "efforts")
        raise InvalidValue(missing, None, f"is missing beside --{given}, unless a table is named with --matrix")
    from graph.services.planning.named_efforts import NamedEfforts  # as above

    takes = tuple((expert, opening, effort) for (expert, opening), effort in matrices.read_named(efforts, 2))
    return NamedEfforts(takes, tuple((expert, budget) for (expert,), budget in matrices.read_named(loads, 1)))


def _check_alone(request: BenchOptions, seed_order: int | None, name: str) -> None:
    """Raise InvalidValue for what only a graph can answer."""
    given: dict[str, Any] = {"openings": request.openings, "people": request.people, "weights": request.weights}
    given |= {"floor": request.floor, "teams": request.teams}
    given |= {"without-rule": request.switched_off, "seed-order": seed_order, "save": name or None, "as": asked_role()}
    if request.efforts:
        raise InvalidValue("efforts", None, "needs its file beside --matrix: what each column takes, or each pair")
    for option, value in given.items():
        if value:
            raise InvalidValue(option, value, "is about the graph; leave it out with --matrix")


COMMANDS = (plan,)
