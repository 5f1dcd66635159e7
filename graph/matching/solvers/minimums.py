"""Whether the least quotas of regions can be kept at all, before anything is planned."""

from graph.matching.problem.assignment_problem import ReducedProblem
from graph.matching.problem.regions import check_least
from graph.matching.solvers.region_flow import are_possible


def check_minimums(choice: ReducedProblem) -> None:
    """Hold that the least quotas of regions can be kept.

    Arguments: `choice`, what is left to decide.
    Raises: Conflict when they cannot, naming few that cannot be kept together; Unavailable when that was not settled.
    Complexity: a maximum flow for each subset of quotas that is tried; with efforts an integer program each.
    """
    if choice.regions is None:
        return
    if choice.efforts is None:
        check_least(choice.regions, lambda least: are_possible(choice, least))
        return
    from graph.matching.solvers.integer_programs import can_fill  # brings scipy.optimize along

    check_least(choice.regions, lambda least: can_fill(choice, least))
