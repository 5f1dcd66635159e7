"""Who came home from a scholarship: nearly everybody who is heard of at home again, not all of the others."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from graph.domain.engagements import (
    Engagement,
    EngagementStatus,
    Mentorship,
    ScholarReturn,
    Scholarship,
    Secondment,
    Training,
)
from graph.domain.people import Expert, WorksAt
from importers.scenario.clock import TODAY, known

_STAYS = 0.6
_UNTOLD, _OLD = 0.25, 2015
_OUTCOME = "Took a post at the place of study."
_OVER = (EngagementStatus.COMPLETED, EngagementStatus.COMPLETED_EARLY)


def with_returns(engagements: Iterable[Engagement]) -> Iterator[Engagement]:
    """Every scholarship that is over with what is known of the return; dice of its own, so that nothing else moves."""
    stated = tuple(engagements)
    latest: dict[str, date] = {}
    for engagement in stated:
        for person in _parties(engagement):
            if engagement.start:
                latest[person] = max(engagement.start.first, latest.get(person, date.min))
    for engagement in stated:
        yield _told(engagement, latest) if isinstance(engagement, Scholarship) else engagement


def settled_abroad(engagements: Iterable[Engagement]) -> Mapping[str, Scholarship]:
    """The scholarship of each person who did not return."""
    return {
        each.scholar: each
        for each in engagements
        if isinstance(each, Scholarship) and each.returned is ScholarReturn.NO
    }


def at_place_of_study(expert: Expert, scholarship: Scholarship, country: str) -> Expert:
    """Somebody who stayed: the post at home ended with the studies, and another followed where they studied."""
    *earlier, last = (post for post in expert.posts if not _begins_after(post, scholarship))
    stays = WorksAt(target=scholarship.place, role="Research fellow", start=scholarship.end)
    return replace(expert, country=country, posts=(*earlier, replace(last, end=scholarship.end), stays))


def _begins_after(post: WorksAt, scholarship: Scholarship) -> bool:
    return bool(post.start and scholarship.end and post.start.last > scholarship.end.first)


def _told(scholarship: Scholarship, latest: Mapping[str, date]) -> Scholarship:
    draw, end = Random(f"return from {scholarship.id}"), scholarship.end
    if scholarship.status not in _OVER or not end:
        return scholarship
    heard_of = latest.get(scholarship.scholar, date.min) > end.last
    if not heard_of and draw.random() < _STAYS:
        return replace(scholarship, returned=ScholarReturn.NO, outcome=_OUTCOME)
    back = end.last + timedelta(days=draw.randint(3, 60))
    if back > TODAY or (end.last.year < _OLD and draw.random() < _UNTOLD):
        return replace(scholarship, outcome="")
    return replace(scholarship, returned=ScholarReturn.YES, returned_on=known(back, draw))


def _parties(engagement: Engagement) -> tuple[str, ...]:
    match engagement:
        case Secondment():
            return (engagement.expert,)
        case Mentorship():
            return engagement.mentor, engagement.mentee
        case Training():
            return engagement.attendees
        case _:
            return ()
