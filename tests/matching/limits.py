"""Every plan of small markets with limits beside seats and loads, counted one by one."""

from collections.abc import Sequence
from fractions import Fraction

from graph.errors import Conflict
from graph.matching.problem.assignment_problem import ProblemColumns, build_problem
from graph.matching.solvers.plans import (
    Aim,
    Objective,
    Solution,
    make_plan,
)
from tests.matching.markets import Made, all_plans, arcs_of, free_per_seat, worth

Rank = tuple[int | Fraction, ...]


def planned(columns: ProblemColumns, objective: Objective, aim: Aim = Aim.MOST) -> Solution:
    return make_plan(build_problem(columns), objective, aim)


def kept_plans(columns: ProblemColumns) -> list[Made]:
    """All plans that keep quotas of groups and efforts too."""
    return [made for made in all_plans(columns) if _quotas_kept(columns, made) and _efforts_kept(columns, made)]


def rank(columns: ProblemColumns, made: Made, objective: Objective, aim: Aim = Aim.MOST) -> Rank:
    """What the objective compares, the higher the better."""
    plan, sign = worth(columns, made), 1 if aim is Aim.MOST else -1
    free = [sign * points for points in free_per_seat(columns, plan)]
    filled = (plan.pairs,) if aim is Aim.LEAST or objective is Objective.FEWEST_UNSERVED else ()
    fair = (len(free), min(free, default=Fraction(0))) if objective is Objective.FAIR else ()
    return (*filled, *fair, sign * plan.total)


def check_best(columns: ProblemColumns, objective: Objective, aim: Aim = Aim.MOST) -> None:
    """The plan is one that may be and none ranks higher; where there is none, that is said."""
    plans = kept_plans(columns)
    if not plans:
        check_conflict(columns, objective)
        return
    plan = planned(columns, objective, aim)
    made = arcs_of(columns, plan)
    assert made in plans
    assert rank(columns, made, objective, aim) == max(rank(columns, other, objective, aim) for other in plans)
    assert (plan.total_bound, plan.count_gap) == (plan.total, 0)
    assert plan.floor_bound == (plan.worst if objective is Objective.FAIR else None)


def check_conflict(columns: ProblemColumns, objective: Objective) -> None:
    """A sentence names the conflict."""
    try:
        planned(columns, objective)
    except Conflict as error:
        assert "cannot" in str(error)  # noqa: PT017 -- the sentence is looked at, not the error
        return
    raise AssertionError("a plan was made where none can be")


def _quotas_kept(columns: ProblemColumns, made: Made) -> bool:
    groups: Sequence[str | None] = columns.groups or ()
    filled = [groups[int(columns.opening[arc])] for arc in made] if groups else []
    return all(quota.least <= filled.count(quota.group) <= quota.most for quota in columns.quotas)


def _efforts_kept(columns: ProblemColumns, made: Made) -> bool:
    if columns.capacities is None:
        return True
    given = dict.fromkeys(range(len(columns.people)), 0)
    for arc in made:
        given[int(columns.person[arc])] += _effort(columns, arc)
    return all(given[row] <= capacity for row, capacity in enumerate(columns.capacities))


def _effort(columns: ProblemColumns, arc: int) -> int:
    if columns.pair_efforts is not None:
        return int(columns.pair_efforts[arc])
    return 0 if columns.efforts is None else int(columns.efforts[int(columns.opening[arc])])
