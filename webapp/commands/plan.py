"""`plan`: who fills what, as one optimum over all openings."""

import time
from pathlib import Path

import click

from graph.matching.markets import MarketColumns, build_market
from graph.matching.plans import Aim, Objective, Plan, make_plan
from importers import matrices
from importers.matrices import Matrix
from webapp.commands.answers import as_json, say_json, say_table

_FILE = click.Path(path_type=Path)


@click.command()
@click.option("--matrix", type=_FILE, required=True, help="Rows are people, columns openings; CSV, dense or sparse.")
@click.option("--minimise", "aim", flag_value=Aim.LEAST, help="Values are costs: fill the seats at the lowest total.")
@click.option("--seats", type=_FILE, help="Seats of the columns: one number a line, or index,value lines.")
@click.option("--loads", type=_FILE, help="How many columns a row may take; as --seats.")
@click.option(
    "--objective", type=click.Choice([one.value for one in Objective]), default=Objective.BEST.value, show_default=True
)
@click.option("--lock", "locks", metavar="R=C", multiple=True, help="A pair that must be; may be repeated.")
@click.option("--exclude", "exclusions", metavar="R=C", multiple=True, help="A pair that must not be.")
@as_json
def plan(  # noqa: PLR0913 -- one parameter an option of the command line
    matrix: Path,
    aim: Aim | None,
    seats: Path | None,
    loads: Path | None,
    objective: str,
    locks: tuple[str, ...],
    exclusions: tuple[str, ...],
    json_: bool,  # noqa: FBT001 -- click hands a flag over by name
) -> None:
    """Plan a table of points in a file, without a graph: who (row) fills what (column).

    Rows and columns are counted from 0. The file holds numbers only, a line a row, or lines of row,column,value under
    that header; a pair left out is not eligible. `seconds` is the time of planning, reading left aside.
    """
    table = matrices.read(matrix)
    held = _quotas(loads, table, 0)
    offered = _quotas(seats, table, 1)
    columns = MarketColumns(
        people=[str(row) for row in range(len(held))],
        openings=[str(column) for column in range(len(offered))],
        person=table.row,
        opening=table.column,
        points=table.value,
        seats=offered,
        loads=held,
        locks=[matrices.parse_pair("lock", pair) for pair in locks],
        exclusions=[matrices.parse_pair("exclude", pair) for pair in exclusions],
    )
    began = time.perf_counter()
    made = make_plan(build_market(columns), Objective(objective), aim or Aim.MOST)
    seconds = round(time.perf_counter() - began, 6)
    (_say_json if json_ else _say)(made, seconds)


def _quotas(path: Path | None, table: Matrix, side: int) -> list[int]:
    """Loads of the rows (side 0) or seats of the columns (side 1)."""
    if path is None:
        return [1] * table.shape[side]
    return matrices.read_quotas(path, table.shape[side], table.limit[side])


def _say_json(made: Plan, seconds: float) -> None:
    answer = {
        "objective": made.objective.value,
        "total": made.total,
        "pairs": [[pair.person, pair.opening, pair.points] for pair in made.pairs],
        "unserved": list(made.unserved),
        "seconds": seconds,
    }
    if made.objective is Objective.FAIR:
        names = ("worst", "floor_bound", "gini", "total_bound", "count_gap")
        answer |= {name: getattr(made, name) for name in names}
    say_json(answer)


def _say(made: Plan, seconds: float) -> None:
    rows = ([pair.person, pair.opening, pair.points, "locked" if pair.locked else ""] for pair in made.pairs)
    say_table("Who fills what", ["Row", "Column", "Value", ""], rows)
    click.echo(f"  {made.objective.value}: {len(made.pairs):,} pairs, total {made.total:,}, in {seconds:.3f} s")
    if made.unserved:
        click.echo(f"  nobody for column {', '.join(map(str, made.unserved))}")
    if made.objective is Objective.FAIR and made.worst is not None:
        _say_floor(made)
    click.echo(f"  {made.blocking:,} pairs outside the plan would both rather have each other")


def _say_floor(made: Plan) -> None:
    """What the worst served column gets, and how sure it is that no plan does better."""
    if made.count_gap:
        click.echo(f"  up to {made.count_gap:,} more could be served or filled; the search was cut off")
    if made.floor_bound == made.worst:
        click.echo(f"  the worst served column gets {made.worst:,}, and no plan can do better by it")
    else:
        click.echo(f"  the worst served column gets {made.worst:,}; no plan gets beyond {made.floor_bound:,}")
    if made.total_bound != made.total:
        click.echo(f"  no plan with that floor gets beyond a total of {made.total_bound:,}")


COMMANDS = (plan,)
