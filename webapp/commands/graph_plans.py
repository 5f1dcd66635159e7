"""Planning the openings of the graph, and the plan in lines or in JSON."""

import time
from dataclasses import replace
from typing import Any

import click

from graph.errors import Conflict
from graph.matching.sensitivity.shortfalls import VacancyReason
from graph.matching.solvers.plans import Objective
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
from webapp.commands import running
from webapp.commands.answers import say_table, solving
from webapp.commands.audiences import OPERATOR, say_json_seen, say_seen, viewer
from webapp.presenters.planning.proofs import how_proved
from webapp.presenters.words import counted

_SHOWN, _TIGHT = 10, 3
_EMPTY = {
    VacancyReason.LOCKED: "locks and exclusions keep out whoever could sit there",
    VacancyReason.ELSEWHERE: "whoever could sit there is worth more elsewhere",
}


def plan_graph(request: PlanRequest, objective: Objective, seed_order: int | None, name: str, json_: bool) -> None:  # noqa: FBT001 -- as the command has it
    """Plan the openings of the graph and print the plan, kept under the name if there is one."""
    graph = running.graph()
    workspace = load_workspace(graph, viewer(), request, running.today())
    began = time.perf_counter()
    solved = _solved(workspace if seed_order is None else workspace.shuffled(seed_order), objective, json_)
    seconds, drawn, left = time.perf_counter() - began, to_report(solved), left_over(solved)
    kept = save_workspace(graph, replace(OPERATOR, role=viewer().role), workspace, drawn, name) if name else ""
    if json_:
        say_json_seen(_answer(drawn) | {"left_out": left, "plan": kept, "seconds": round(seconds, 6), "drawn": drawn})
        return
    _say(drawn)
    _say_left(left)
    if kept:
        click.echo(f"  kept as {kept}; publish it with: publish {kept}")
    say_seen()


def _answer(drawn: PlanReport) -> dict[str, Any]:
    """The keys that a plan of a file has, with ids for rows and columns, and those only a graph can fill."""
    return {
        "objective": drawn.objective,
        "total": drawn.worth.total,
        "proved": drawn.is_proved,
        "pairs": [[found.expert, found.opening, found.points] for found in drawn.placements],
        "unserved": [empty.opening for empty in drawn.empty if empty.free == empty.seats],
        "worst": drawn.worth.worst,
        "asked": drawn.worth.asked,
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
            say_json_seen({"contradiction": contradiction(workspace)})
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
        click.echo(f"  the worst served opening gets {worth.worst:,} a seat, at the tenth percentile {worth.tenth:,}")
    if worth.asked is not None:
        click.echo(f"  of what an opening asks, its people meet {worth.asked:.0%} at least")
    _say_proof(drawn)
    click.echo(f"  {counted(worth.blocking, 'pair')} outside the plan would rather have each other")
    for empty in drawn.empty:
        click.echo(f"  {empty.free} of {counted(empty.seats, 'seat')} empty: {empty.opening_name} ({_able(empty)})")
    for past in drawn.past:
        click.echo(f"  planned although its deadline is over: {past.opening_name} ({past.deadline})")
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
    if proof.certificate:
        click.echo(f"  {how_proved(proof.certificate)}")
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
