"""Planning a table of points in a file, without a graph and without an engine."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
import numpy as np

from graph.matching.large_scale.plans import plan_any_size
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem
from graph.matching.problem.tiebreaks import Keys, pair_keys, table_marks
from graph.matching.solvers.plans import Aim, Objective, Solution
from importers import matrices
from importers.matrices import Matrix
from webapp.commands.answers import say_json, say_table
from webapp.commands.benches import Pair
from webapp.presenters.planning.proofs import how_proved
from webapp.presenters.words import counted


@dataclass(frozen=True, slots=True)
class FilePlan:
    """A table of points with the seats of its columns and the loads of its rows, and what to plan for."""

    matrix: Path
    objective: Objective
    aim: Aim = Aim.MOST
    seats: Path | None = None
    loads: Path | None = None
    locks: tuple[Pair, ...] = ()
    exclusions: tuple[Pair, ...] = ()


def plan_file(asked: FilePlan) -> tuple[Solution, float]:
    """The plan of a file, and the seconds of planning it, reading left aside. Raises InvalidValue and Conflict."""
    table = matrices.read(asked.matrix)
    held = _quotas(asked.loads, table, 0)
    offered = _quotas(asked.seats, table, 1)
    locks = [matrices.parse_pair("lock", "=".join(pair)) for pair in asked.locks]
    exclusions = [matrices.parse_pair("exclude", "=".join(pair)) for pair in asked.exclusions]
    columns = ProblemColumns(
        people=[str(row) for row in range(len(held))],
        openings=[str(column) for column in range(len(offered))],
        person=table.row,
        opening=table.column,
        points=table.value,
        seats=offered,
        loads=held,
        locks=locks,
        exclusions=exclusions,
    )
    began = time.perf_counter()
    # Ids that are positions would make other ties of a table whose rows stand in another order.
    marks = table_marks((table.row, table.column), _decided(table, locks, exclusions), (held, offered))
    made = plan_any_size(build_problem(replace(columns, marks=marks)), asked.objective, asked.aim)
    return made, round(time.perf_counter() - began, 6)


def _decided(table: Matrix, *decided: Sequence[tuple[int, int]]) -> Keys:
    """What stands in each cell as 64 bits: the number, and whether the cell is locked or excluded."""
    numbers = (table.value + 0.0).view(np.uint64)  # 0.0 and -0.0 are one number
    if not any(decided):
        return pair_keys(numbers, np.zeros(1, np.uint64))
    cells = table.row.astype(np.int64) * table.limit[1] + table.column
    sorts = np.zeros(len(cells), np.uint64)
    for sort, pairs in enumerate(decided, 1):
        sorts[np.isin(cells, [row * table.limit[1] + column for row, column in pairs])] = sort
    return pair_keys(numbers, sorts)


def _quotas(path: Path | None, table: Matrix, side: int) -> list[int]:
    """Loads of the rows (side 0) or seats of the columns (side 1)."""
    if path is None:
        return [1] * table.shape[side]
    return matrices.read_quotas(path, table.shape[side], table.limit[side])


def say_file_plan_json(made: Solution, seconds: float) -> None:
    """Print a plan by the rows and columns of its file, as JSON."""
    answer = {
        "objective": made.objective.value,
        "total": made.total,
        "proved": made.is_proven,
        "pairs": [[pair.person, pair.opening, pair.points] for pair in made.pairs],
        "unserved": list(made.unserved),
        "seconds": seconds,
    }
    if made.objective is Objective.FAIR:
        names = ("worst", "floor_bound", "gini", "total_bound", "count_gap")
        answer |= {name: getattr(made, name) for name in names}
    say_json(answer)


def say_file_plan(made: Solution, seconds: float) -> None:
    """Print a plan by the rows and columns of its file."""
    rows = ([pair.person, pair.opening, pair.points, "locked" if pair.locked else ""] for pair in made.pairs)
    say_table("Who fills what", ["Row", "Column", "Value", ""], rows)
    click.echo(f"  {made.objective.value}: {len(made.pairs):,} pairs, total {made.total:,}, in {seconds:.3f} s")
    if made.certificate:
        click.echo(f"  {how_proved(made.certificate)}")
    if made.unserved:
        click.echo(f"  nobody for column {', '.join(map(str, made.unserved))}")
    if made.objective is Objective.FAIR and made.worst is not None:
        _say_floor(made)
    click.echo(f"  {counted(made.blocking, 'pair')} outside the plan would rather have each other")


def _say_floor(made: Solution) -> None:
    """What the worst served column gets, and how sure it is that no plan does better."""
    if made.count_gap:
        click.echo(f"  up to {made.count_gap:,} more could be served or filled; the search was cut off")
    if made.floor_bound == made.worst:
        click.echo(f"  the worst served column gets {made.worst:,} a seat, and no plan can do better by it")
    else:
        click.echo(f"  the worst served column gets {made.worst:,} a seat; no plan gets beyond {made.floor_bound:,}")
    if made.total_bound != made.total:
        click.echo(f"  no plan with that floor gets beyond a total of {made.total_bound:,}")
