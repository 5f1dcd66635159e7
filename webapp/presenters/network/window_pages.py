"""One window of the network for reading: a brief, what changed, and one of the forms in which all of it stands."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import url_for

from graph.evolution.measures.measures import WindowMeasures
from graph.services.network.evolution import Evolution, EvolutionQuery
from graph.services.network.window_ties import WindowTie
from graph.services.transfers.actors import Level
from graph.store.pages import Page, Query
from webapp.presenters import words
from webapp.presenters.charts import MeasureCourse, course
from webapp.presenters.network.figures import NUMBERS, DependenceRow, dependence_rows
from webapp.presenters.network.nouns import NOUN, NOUNS
from webapp.presenters.network.pages import Moment, moments
from webapp.presenters.network.terms import counted, much, of_shares, terms
from webapp.presenters.network.window_lists import list_actors, list_ties
from webapp.presenters.network.window_outlines import OutlineRegion, outline
from webapp.urls.network import chosen, named


class Form(StrEnum):
    """The forms in which a window stands beside its picture; the address names the one that is shown."""

    OUTLINE = "outline"
    ACTORS = "actors"
    TIES = "ties"
    WINDOWS = "windows"
    DONORS = "donors"


@dataclass(frozen=True, slots=True)
class Since:
    """The window before: what it is called, where the two are compared, and where the difference is summed up."""

    label: str
    compared: str
    brief: str


@dataclass(frozen=True, slots=True)
class WindowPage:
    """What there is to read about a window; `since` is None for the first, and of the forms only one is filled."""

    label: str
    noun: str
    brief: str
    since: Since | None
    form: Form
    outline: tuple[OutlineRegion, ...] = ()
    listed: Page | None = None
    courses: tuple[MeasureCourse, ...] = ()
    windows: tuple[Moment, ...] = ()
    donors: tuple[DependenceRow, ...] = ()
    terms: tuple[str, ...] = ()


def window_page(traced: Evolution, position: int, ties: Sequence[WindowTie], form: Form, query: Query) -> WindowPage:
    """Lay the window at that position out. O(ties log ties)."""
    found = traced.windows[position]
    lists = {Form.ACTORS: list_actors, Form.TIES: list_ties}
    return WindowPage(
        label=str(found.window),
        noun=NOUN[traced.query.level],
        brief=_brief(traced, found, ties),
        since=_since(traced.query, str(traced.windows[position - 1].window), str(found.window)) if position else None,
        form=form,
        outline=outline(traced, ties) if form is Form.OUTLINE else (),
        listed=lists[form](traced, ties, query) if form in lists else None,
        courses=_courses(traced.windows, position) if form is Form.WINDOWS and len(traced.windows) > 1 else (),
        windows=moments(traced) if form is Form.WINDOWS else (),
        donors=dependence_rows(found.donors, traced.funders) if form is Form.DONORS else (),
        terms=terms(traced.query),
    )


def _courses(windows: Sequence[WindowMeasures], position: int) -> tuple[MeasureCourse, ...]:
    """The course of every number over the windows, where it is defined in one."""
    labels = [str(found.window) for found in windows]
    drawn = (
        course((each.label, each.scale.written), labels, [each.of(found) for found in windows], position)
        for each in NUMBERS
    )
    return tuple(each for each in drawn if each)


def _since(query: EvolutionQuery, then: str, now: str) -> Since:
    def address(endpoint: str) -> str:
        part: dict[str, Any] = {"level": query.level.value, "filter": query.transfer_filter.to_texts(), **chosen(query)}
        return url_for(endpoint, then=then, now=now, **part)

    return Since(then, address("compare.show"), address("compare.sentences"))


def _brief(traced: Evolution, found: WindowMeasures, ties: Sequence[WindowTie]) -> str:
    """The window in at most five sentences."""
    window = named(found.window, traced.query)
    if not ties:
        return f"No ties between {NOUN[traced.query.level]} hold in {window}."
    given, received = _strengths(ties)
    counts = (
        f"{words.counted(found.ties, 'tie')} out of {words.counted(found.contacts, 'contact')} "
        f"of {words.counted(found.engagements, 'engagement')}"
    )
    first = f"In {window}, {words.counted(found.actors, *NOUNS[traced.query.level])} hold {counts}{_planned(ties)}."
    sentences = [first, f"{_most(traced, given)} gave most, {_most(traced, received)} received most."]
    if traced.query.level is not Level.REGION:
        abroad = sum(traced.actors[tie.giver].group != traced.actors[tie.receiver].group for tie in ties)
        sentences.append(f"{words.percent(abroad / len(ties))} of the ties lead from one region to another.")
    return " ".join((*sentences, *_payers(traced, found)))


def _payers(traced: Evolution, found: WindowMeasures) -> Iterator[str]:
    """How much hangs on money from outside and on one donor, and of what."""
    count = of_shares(traced.query)
    paid = next((each for each in found.donors if each.unit == count.unit), None)
    if not paid or paid.top is None:
        return
    whole = f"Of {counted(paid.funded, count)} with a known funder"
    placed = f" (of {much(paid.placed)} whose countries are known)" if paid.placed < paid.funded else ""
    outside = "" if paid.outside is None else f" {words.percent(paid.outside)} are paid from outside{placed},"
    leading = f"{words.percent(paid.top)} by {words.apart(traced.funders[paid.top_funder])}"
    have = "has" if paid.unknown == 1 else "have"
    unknown = f"; {counted(paid.unknown, count)} {have} none" if paid.unknown else ""
    yield f"{whole}{outside} {leading}{unknown}."


def _planned(ties: Sequence[WindowTie]) -> str:
    planned = sum(tie.planned for tie in ties)
    return f"; {words.counted(planned, 'tie is', 'ties are')} only planned" if planned else ""


def _strengths(ties: Sequence[WindowTie]) -> tuple[Counter[int], Counter[int]]:
    """The contacts given and received by actor."""
    given, received = Counter[int](), Counter[int]()
    for tie in ties:
        given[tie.giver] += tie.contacts
        received[tie.receiver] += tie.contacts
    return given, received


def _most(traced: Evolution, strength: Counter[int]) -> str:
    most = max(strength.values())
    names = sorted(traced.actors[actor].name for actor, value in strength.items() if value == most)
    others = f" and {words.counted(len(names) - 1, 'other')}" if len(names) > 1 else ""
    return f"{words.apart(names[0])}{others} ({words.counted(most, 'contact')}{' each' if others else ''})"
