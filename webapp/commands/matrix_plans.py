"""Planning a table of points in a file, without a graph and without an engine."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
import numpy as np

from graph.errors import InvalidValue
from graph.matching.columns import Indexes
from graph.matching.large_scale.plans import plan_any_size
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem
from graph.matching.problem.efforts import in_whole_units
from graph.matching.problem.regions import bounds_of
from graph.matching.problem.tiebreaks import Keys, pair_keys, table_marks
from graph.matching.solvers.outcomes import PATIENT
from graph.matching.solvers.plans import Aim, Objective, Solution
from importers import matrices
from importers.matrices import Matrix
from webapp.commands.answers import say_json, say_table
from webapp.commands.benches import Bound, Pair
from webapp.presenters.planning.proofs import gap_of, how_near, how_proved
from webapp.presenters.words import counted


@dataclass(frozen=True, slots=True)
class FilePlan:
    """A table of points with the seats of its columns and the loads of its rows, and what to plan for.

    With `efforts` the loads are budgets; `groups` are those of columns, of which `at_least` and `at_most` seats fill.
    """

    matrix: Path
    objective: Objective
    aim: Aim = Aim.MOST
    seats: Path | None = None
    loads: Path | None = None
    efforts: Path | None = None
    groups: Path | None = None
    locks: tuple[Pair, ...] = ()
    exclusions: tuple[Pair, ...] = ()
    at_least: tuple[Bound, ...] = ()
    at_most: tuple[Bound, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """The plan of a file, the seconds of planning it, and columns of which every pair takes more than its row has."""

    made: Solution
    seconds: float
    beyond_all: tuple[int, ...] = ()


def plan_file(asked: FilePlan) -> PlannedFile:
    """The plan of a file; reading is not in its seconds. Raises InvalidValue and Conflict."""
    table = matrices.read(asked.matrix)
    offered, groups = _quotas(asked.seats, table, 1), None
    if asked.groups:
        groups = matrices.read_groups(asked.groups, len(offered))
    held, efforts = _held(asked, table)
    locks, exclusions = (
        [matrices.parse_pair(field, "=".join(pair)) for pair in pairs]
        for field, pairs in (("lock", asked.locks), ("exclude", asked.exclusions))
    )
    columns = ProblemColumns(
        people=[str(row) for row in range(len(held))],
        openings=[str(column) for column in range(len(offered))],
        person=table.row,
        opening=table.column,
        points=table.value,
        seats=offered,
        locks=locks,
        exclusions=exclusions,
        groups=groups,
        quotas=bounds_of(asked.at_least, asked.at_most),
        loads=held if efforts is None else None,
        pair_efforts=efforts,
        capacities=None if efforts is None else held,
    )
    began = time.perf_counter()
    # Ids that are positions would make other ties of a table whose rows stand in another order.
    cells = _decided(table, efforts, locks, exclusions)
    marks = table_marks((table.row, table.column), cells, (held, offered))
    made = plan_any_size(build_problem(replace(columns, marks=marks)), asked.objective, asked.aim, PATIENT)
    return PlannedFile(made, round(time.perf_counter() - began, 6), _beyond_all(table, held, efforts))


def _held(asked: FilePlan, table: Matrix) -> tuple[list[int], Indexes | None]:
    """What each row has, and what each pair takes of it; None where every pair takes one."""
    if asked.efforts is None:
        return _quotas(asked.loads, table, 0), None
    if asked.loads is None:
        raise InvalidValue("loads", None, "have to be given beside --efforts: how much each row has to give")
    budgets = matrices.read_budgets(asked.loads, table.shape[0], table.limit[0])
    efforts, capacities = in_whole_units(matrices.read_efforts(asked.efforts, table), table.row, budgets)
    return capacities.tolist(), efforts


def _beyond_all(table: Matrix, held: Sequence[int], efforts: Indexes | None) -> tuple[int, ...]:
    """Columns that nobody can take, however little else they do."""
    if efforts is None:
        return ()
    fits = efforts <= np.array(held)[table.row]
    return tuple(np.setdiff1d(table.column, table.column[fits]).tolist())


def _decided(table: Matrix, efforts: Indexes | None, *decided: Sequence[tuple[int, int]]) -> Keys:
    """What stands in each cell as 64 bits: the number, the effort, and whether the cell is locked or excluded."""
    numbers = (table.value + 0.0).view(np.uint64)  # 0.0 and -0.0 are one number
    if efforts is not None:
        numbers = pair_keys(numbers, efforts.astype(np.uint64))
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


def say_file_plan_json(planned: PlannedFile, asked: FilePlan) -> None:
    """Print a plan by the rows and columns of its file, as JSON."""
    made = planned.made
    answer: dict[str, Any] = {
        "objective": made.objective.value,
        "total": made.total,
        "proved": made.is_proven,
        "pairs": [[pair.person, pair.opening, pair.points] for pair in made.pairs],
        "unserved": list(made.unserved),
        "seconds": planned.seconds,
    }
    if made.objective is Objective.FAIR:
        names = ("worst", "floor_bound", "gini", "total_bound", "count_gap")
        answer |= {name: getattr(made, name) for name in names}
    if asked.efforts:
        bounds = {"total_bound": made.total_bound, "gap": gap_of(made), "count_gap": made.count_gap}
        answer |= bounds | {"beyond_all": list(planned.beyond_all)}
    say_json(answer)


def say_file_plan(planned: PlannedFile, asked: FilePlan) -> None:
    """Print a plan by the rows and columns of its file."""
    made = planned.made
    rows = ([pair.person, pair.opening, pair.points, "locked" if pair.locked else ""] for pair in made.pairs)
    say_table("Who fills what", ["Row", "Column", "Value", ""], rows)
    click.echo(f"  {made.objective.value}: {len(made.pairs):,} pairs, total {made.total:,}, in {planned.seconds:.3f} s")
    if made.certificate:
        click.echo(f"  {how_proved(made.certificate)}")
    if asked.efforts:
        click.echo(f"  {how_near(made)}")
    if planned.beyond_all:
        columns = ", ".join(map(str, planned.beyond_all))
        click.echo(f"  nobody can take column {columns}: it takes more of each row than the row has")
    if left := [column for column in made.unserved if column not in planned.beyond_all]:
        click.echo(f"  nobody for column {', '.join(map(str, left))}")
    if made.objective is Objective.FAIR and made.worst is not None:
        _say_floor(made)
    if not asked.efforts:
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
