"""Plans of any size: over millions of pairs the best total is found among few candidates and proved over all pairs."""

from dataclasses import replace

from graph.matching.large_scale.certificates import best_of_candidates
from graph.matching.problem.assignment_problem import AssignmentProblem
from graph.matching.solvers.outcomes import Outcome, Search
from graph.matching.solvers.plans import Aim, Objective, Solution, make_plan, solution_of

MANY_PAIRS = 1_000_000
"""Plans of so many pairs, such as 2,000 people by 500 openings, and more are made of candidates."""


def plan_any_size(
    problem: AssignmentProblem, objective: Objective, aim: Aim = Aim.MOST, search: Search | None = None
) -> Solution:
    """The plan of `make_plan`, pair for pair; where there are many pairs faster, and with a certificate.

    Only the best total without quotas of groups, efforts and teams is made of candidates.

    Arguments: those of `make_plan`.
    Returns: the plan, with its certificate where it was made of candidates.
    Raises: what `make_plan` does.
    Complexity: that of `make_plan` or of `certificates.best_of_candidates`.
    """
    plain = objective is Objective.BEST and aim is Aim.MOST and not problem.is_limited
    if len(problem.points) < MANY_PAIRS or not plain:
        return make_plan(problem, objective, aim, search)
    choice = problem.choice()
    proved = best_of_candidates(choice)
    return replace(solution_of(problem, choice, (objective, aim), Outcome(proved.made)), certificate=proved.certificate)
