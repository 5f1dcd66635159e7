"""What a plan counts beside points, in words: teams with the gaps they close, and people with the days they give."""

from collections import defaultdict
from dataclasses import dataclass

from graph.services.planning.plan import Placement, PlanReport
from graph.services.planning.teams import Closed, Team
from webapp.presenters import words
from webapp.presenters.matching.matches import listed
from webapp.presenters.planning.workspaces import opening_address, person_address
from webapp.urls.workspace import COUNTED, WorkspaceQuery

_MEANING = {
    "teams": (
        "Teams",
        "People who fill several seats of an opening close its gaps together: each adds what the others leave open.",
    ),
    "efforts": (
        "Days",
        "Nobody gives more days than they are free while the openings run, for each engagement they still take.",
    ),
}


@dataclass(frozen=True, slots=True)
class CountedOption:
    """Something that can be counted, what that means, and whether it is."""

    name: str
    label: str
    meaning: str
    on: bool


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody of a team: the points they would bring alone, and what they add to the others."""

    name: str
    href: str
    points: str
    adds: str


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team: its opening, its members, its points, the gaps it closes and the number of those nobody touches."""

    name: str
    href: str
    members: tuple[TeamMember, ...]
    points: str
    closes: str
    untouched: str


@dataclass(frozen=True, slots=True)
class DaysRow:
    """Somebody who gives days to openings: how many, of how many."""

    name: str
    href: str
    days: str
    free: str
    part: str


@dataclass(frozen=True, slots=True)
class CountedPage:
    """What can be counted, and what comes of it; those with the fewest days left first."""

    ticks: tuple[CountedOption, ...]
    teams: tuple[TeamRow, ...]
    days: tuple[DaysRow, ...]


def counted_page(query: WorkspaceQuery, plan: PlanReport) -> CountedPage:
    """Word what the plan of this bench counts."""
    members: dict[str, list[Placement]] = defaultdict(list)
    for placement in plan.placements:
        members[placement.opening].append(placement)
    given = sorted(plan.days, key=lambda one: (one.free - one.days, one.expert))
    return CountedPage(
        ticks=tuple(CountedOption(name, *_MEANING[name], name in query.counted) for name in COUNTED),
        teams=tuple(_team(query, team, members[team.opening]) for team in plan.teams),
        days=tuple(
            DaysRow(
                name=one.expert_name,
                href=person_address(one.expert),
                days=words.number(one.days),
                free=words.number(one.free),
                part=words.share(one.days / one.free),
            )
            for one in given
        ),
    )


def unlike(one: WorkspaceQuery, other: WorkspaceQuery) -> list[str]:
    """What to mind where only one of two plans counts teams."""
    if ("teams" in one.counted) is ("teams" in other.counted):
        return []
    return [
        "One of the two plans counts a gap once a team, the other once a person, so their points differ for that too."
    ]


def _team(query: WorkspaceQuery, team: Team, members: list[Placement]) -> TeamRow:
    closed = [gap for gap in team.gaps if gap.share]
    untouched = len(team.gaps) - len(closed)
    return TeamRow(
        name=team.opening_name,
        href=opening_address(query, team.opening),
        members=tuple(
            TeamMember(
                one.expert_name, person_address(one.expert), words.number(one.points), words.number(one.marginal)
            )
            for one in members
        ),
        points=words.number(team.points),
        closes=listed([_gap(gap) for gap in closed]) or "none",
        untouched=f"{words.counted(untouched, 'gap')} untouched" if untouched else "",
    )


def _gap(gap: Closed) -> str:
    share = words.share(gap.share).replace(" ", "\N{NO-BREAK SPACE}")
    return f"{gap.capability_name} {share}"
