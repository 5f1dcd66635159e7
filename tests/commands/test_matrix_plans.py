"""A table of points in a file: its rows and columns in another order give the same pairs."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.matching.problem.tiebreaks import table_marks
from graph.matching.solvers.outcomes import Search
from graph.matching.solvers.plans import Aim, Objective
from webapp.commands import matrix_plans
from webapp.commands.matrix_plans import FilePlan, plan_file
from webapp.presenters.planning.proofs import gap_of, how_near

Table = list[list[int]]


def planned(table: Table, quotas: tuple[list[int], list[int]], objective: Objective) -> list[tuple[int, int]]:
    with TemporaryDirectory() as folder:
        matrix, loads, seats = (Path(folder) / name for name in ("matrix.csv", "loads.csv", "seats.csv"))
        matrix.write_text("\n".join(",".join(map(str, row)) for row in table))
        for path, numbers in zip((loads, seats), quotas, strict=True):
            path.write_text("\n".join(map(str, numbers)))
        made = plan_file(FilePlan(matrix, objective, loads=loads, seats=seats)).made
    return [(pair.person, pair.opening) for pair in made.pairs]


@st.composite
def shuffled(draw: st.DrawFn) -> tuple[Table, list[int], list[int]]:
    """A table with many ties, and an order for its rows and for its columns."""
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    cells = st.lists(st.integers(0, 3), min_size=columns, max_size=columns)
    table = draw(st.lists(cells, min_size=rows, max_size=rows))
    return table, draw(st.permutations(range(rows))), draw(st.permutations(range(columns)))


@settings(max_examples=80, deadline=None)
@given(shuffled(), st.sampled_from(Objective), st.data())
def test_rows_and_columns_in_another_order_give_the_same_pairs(
    case: tuple[Table, list[int], list[int]], objective: Objective, data: st.DataObject
) -> None:
    table, rows, columns = case
    assume(no_two_alike(table))
    loads, seats = ([data.draw(st.integers(1, 2)) for _ in side] for side in (rows, columns))
    other = [[table[row][column] for column in columns] for row in rows]
    moved = ([loads[row] for row in rows], [seats[column] for column in columns])

    before, after = planned(table, (loads, seats), objective), planned(other, moved, objective)

    assert {(rows[row], columns[column]) for row, column in after} == set(before)


def no_two_alike(table: Table) -> bool:
    """Whether no two rows and no two columns could change places: of such nothing can tell which is which."""
    people, openings = np.indices((len(table), len(table[0])), np.int32)
    ends, quotas = (people.ravel(), openings.ravel()), ([1] * len(table), [1] * len(table[0]))
    marks = table_marks(ends, np.array(table, np.uint64).ravel(), quotas)
    return all(mark.endswith("-0") for side in marks for mark in side)


def test_a_plan_that_is_cut_off_says_how_far_from_the_best_it_is_at_most(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Costs that fall as efforts rise make the hardest instances (rule D of Chu and Beasley 1997).
    chance = np.random.default_rng(5)
    efforts = chance.integers(1, 101, (5, 20))
    costs = 111 - efforts + chance.integers(-10, 11, efforts.shape)
    for name, table in (("costs", costs), ("efforts", efforts), ("budgets", efforts.sum(axis=1) * 4 // 25)):
        np.savetxt(tmp_path / name, table, fmt="%d", delimiter=",")
    asked = FilePlan(
        tmp_path / "costs", Objective.BEST, Aim.LEAST, loads=tmp_path / "budgets", efforts=tmp_path / "efforts"
    )
    settled = plan_file(asked).made
    monkeypatch.setattr(matrix_plans, "PATIENT", Search(60.0, 1))
    cut = plan_file(asked).made

    assert settled.is_proven
    assert gap_of(settled) == 0
    assert cut.total_bound is not None
    assert cut.total_bound <= settled.total <= cut.total
    assert gap_of(cut) == pytest.approx((cut.total - cut.total_bound) / cut.total)
    assert gap_of(cut) > 0
    percent = f"{100 * gap_of(cut):.2g}"
    assert how_near(cut) == (
        f"At most {percent} % from the best: it is proved that no plan costs less than {cut.total_bound:,.0f}."
    )
