"""Names in right-to-left scripts never turn the sentence they stand in: each is isolated, in markup or in text."""

import re
from collections.abc import Iterator
from unicodedata import bidirectional
from xml.etree.ElementTree import Element

import html5lib
import pytest

from graph.connection import Graph
from graph.domain.marks import Role
from graph.services.imports.ingest import ingest
from tests import factories
from tests.factories import day
from tests.hostile import hostile_records
from tests.web.browsers import ClientFor
from tests.web.test_pages import PAGES

NAME = "فريق الاستجابة"
_ISOLATED = re.compile("\u2068[^\u2069]*\u2069")
_LINES = ("p", "li", "td", "th", "h1", "h2", "h3", "div", "dd", "dt", "summary", "label")
_BLOCKS = frozenset((*_LINES, "dl", "details", "ul", "ol", "section", "table", "tr", "nav", "form", "figure"))
# Names in a drawing stand by themselves, each at its own place.
_APART = frozenset(("bdi", "script", "option", "datalist", "title", "{http://www.w3.org/2000/svg}svg"))


def turns(text: str) -> bool:
    return any(bidirectional(letter) in ("R", "AL") for letter in _ISOLATED.sub("", text))


def is_mixed(text: str) -> bool:
    return turns(text) and bool(re.search(r"[A-Za-z0-9]", text))


def line(block: Element) -> Iterator[str]:
    """The texts of a block but for those of other blocks inside and those that stand apart."""
    yield block.text or ""
    for child in block:
        if child.tag not in _APART | _BLOCKS:
            yield from line(child)
        yield child.tail or ""


def turned(page: str) -> list[str]:
    """The blocks of a page in which a right-to-left name stands beside other words without being isolated."""
    blocks = (one for one in html5lib.parse(page, namespaceHTMLElements=False).iter() if one.tag in _BLOCKS)
    texts = (" ".join("".join(line(block)).split()) for block in blocks)
    return sorted({text for text in texts if is_mixed(text)}, key=len)


def in_arabic() -> list[factories.Record]:
    tied = {"start": day("2020"), "end": day("2022"), "funder": "bad-institution"}
    return [
        *hostile_records(NAME),
        factories.secondment(id="bad-away", expert="ama", home="cert-gh", host="bad-institution", **tied),
        factories.scholarship(id="bad-study", scholar="bad", place="bad-institution", home="cert-tg", **tied),
        factories.mentorship(id="bad-taught", mentor="ama", mentee="bad", **tied),
    ]


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.OFFICER, Role.ADMIN])
def test_a_right_to_left_name_turns_no_sentence(graph: Graph, client_for: ClientFor, role: Role) -> None:
    ingest(graph, "arabic", in_arabic())
    client = client_for(role)
    asked = "level=institution&from=2019&to=2022"
    pages = (
        *PAGES,
        "/experts/bad",
        "/institutions/bad-institution",
        "/institutions/cert-gh",
        "/centres/bad-centre",
        "/programmes/bad-programme",
        "/openings/bad-opening",
        "/engagements/Secondment/bad-away",
        "/engagements/Mentorship/bad-mentorship",
        *(f"/network?{asked}&show={form}" for form in ("outline", "actors", "ties", "windows")),
        "/network/compare?then=2019&now=2020",
        "/network/compare/telling?then=2019&now=2020&level=person",
        "/network/paths?from=ama&to=bad&by=2021",
        "/network/paths?from=bad&to=ama&by=2021",
        "/network/lineage?of=bad",
        "/network/lineage?of=bad-taught",
        "/network/what-if?without=bad-institution",
        "/network/what-if?without=bad&level=person",
        "/network/relay?on=2019-01-01&within=60",
        "/network?level=institution&from=2019&to=2022&colour=community",
        "/match",
        "/match?focus=bad-opening&why=ama",
        "/match?focus=togo-mentor&why=bad&lock=bad.togo-mentor",
        "/match/left",
        "/match/compare",
        "/peers/bad",
        "/search?q=%D9%81%D8%B1%D9%8A%D9%82",
        "/imports",
    )
    answers = {page: client.get(page) for page in pages}
    assert {answer.status_code for answer in answers.values()} <= {200, 403}
    found = {page: turned(answer.text) for page, answer in answers.items()}
    assert {page: texts for page, texts in found.items() if texts} == {}
