"""Know-how of one thing: which contacts count, and how many do not."""

from datetime import date

import pytest

from graph.connection import Graph
from graph.domain.records import Record
from graph.errors import InvalidValue
from graph.services.imports.ingest import ingest
from graph.services.network.lineage import LineageQuery, trace_lineage
from graph.services.network.paths import trace_path
from graph.services.network.what_if import RemovalQuery, what_if
from graph.services.transfers.actors import Level
from graph.services.transfers.followed import (
    ANYTHING,
    LogQuery,
    SubjectShare,
    read_followed,
    read_subject,
    share_of,
    subjects_of,
)
from graph.services.transfers.log import read_log
from tests.conftest import OFFICER
from tests.factories import TODAY, a_small_world, capability, day, expert, mentorship, secondment

ASKED = LogQuery(Level.INSTITUTION, TODAY)
EVERY = ["area-forensics", "nice-analyst", "nice-imaging"]


def more() -> list[Record]:
    """Two things besides forensics: law, and a second skill below forensics."""
    return [
        capability(id="law", name="Law", code="law"),
        capability(id="nice-imaging", name="Imaging", code="Y", broader=("area-forensics",)),
    ]


def chain(first: str, second: str) -> list[Record]:
    """From the academy to Ghana about one thing, and on to Togo about another."""
    going = ({"home": "academy", "host": "cert-gh"}, {"home": "cert-gh", "host": "cert-tg"})
    spans = ({"start": day("2010"), "end": day("2010")}, {"start": day("2011"), "end": day("2011")})
    return [
        secondment(expert="ama", capabilities=(what,) if what else (), **ends, **span)
        for what, ends, span in zip((first, second), going, spans, strict=True)
    ]


def test_a_subject_has_what_is_narrower_and_what_is_broader(graph: Graph) -> None:
    ingest(graph, "tests", [*a_small_world(), *more()])

    assert sorted(read_subject(graph, ["area-forensics"]).wanted) == EVERY
    assert sorted(read_subject(graph, ["imaging"]).wanted) == ["area-forensics", "nice-imaging"]
    assert sorted(read_subject(graph, ["law", "Imaging"]).wanted) == ["area-forensics", "law", "nice-imaging"]
    assert read_subject(graph, ["any"]) == read_subject(graph, [""]) == read_subject(graph, []) == ANYTHING
    for unknown in ("nothing", "nice"):
        with pytest.raises(InvalidValue, match="is no capability"):
            read_subject(graph, [unknown])


def test_a_name_that_two_bear_is_no_answer(graph: Graph) -> None:
    ingest(graph, "tests", [*a_small_world(), *more(), capability(id="law-too", name="Law", code="l2")])

    with pytest.raises(InvalidValue, match="is the name of 2; give one of the ids law, law-too"):
        read_subject(graph, ["LAW"])


@pytest.mark.parametrize(
    ("first", "second", "reached"),
    [
        ("area-forensics", "area-forensics", True),
        ("area-forensics", "nice-imaging", True),
        ("area-forensics", "law", False),
        ("law", "area-forensics", False),
        ("area-forensics", "", False),
    ],
)
def test_a_path_follows_one_subject(graph: Graph, first: str, second: str, reached: bool) -> None:
    ingest(graph, "tests", [*a_small_world(), *more(), *chain(first, second)])
    by = date(2012, 1, 1)

    whole = trace_path(read_followed(graph, OFFICER, ASKED), "academy", "cert-tg", by)
    about = trace_path(
        read_followed(graph, OFFICER, ASKED, read_subject(graph, ["Digital forensics"])), "academy", "cert-tg", by
    )

    assert whole.obstacle is None
    assert (about.obstacle is None) is reached


def test_how_many_contacts_are_about_a_subject_is_said(graph: Graph) -> None:
    """Of the small world only the mentorship states what it is about; four do not."""
    ingest(graph, "tests", [*a_small_world(), *more(), *chain("law", "nice-imaging")])
    forensics = read_subject(graph, ["area-forensics"])

    assert share_of(graph, OFFICER, ASKED, forensics) == SubjectShare(
        ("area-forensics",), ("Digital forensics",), about=2, others=1, unstated=4
    )
    assert share_of(graph, OFFICER, ASKED, ANYTHING) == SubjectShare((), (), about=7, others=0, unstated=4)


def test_what_can_be_followed_is_what_contacts_are_about_and_what_is_broader(graph: Graph) -> None:
    ingest(graph, "tests", [*a_small_world(), *more(), secondment(expert="ama", home="cert-gh", host="academy")])
    ingest(graph, "tests", chain("nice-imaging", ""))

    read = read_log(graph, OFFICER, Level.INSTITUTION, TODAY)
    assert subjects_of(graph, read) == (("area-forensics", "Digital forensics"), ("nice-imaging", "Imaging"))


def test_the_lineage_of_an_engagement_follows_what_it_was_about(graph: Graph) -> None:
    """Ama taught Ben forensics until 2021; he taught Efua imaging, and Kofi law."""
    taught = {"mentor": "ben", "start": day("2023"), "end": day("2024")}
    people = [expert(id="efua", name="Efua"), expert(id="kofi", name="Kofi")]
    onward = [
        mentorship(mentee="efua", capabilities=("nice-imaging",), **taught),
        mentorship(mentee="kofi", capabilities=("law",), **taught),
    ]
    ingest(graph, "tests", [*a_small_world(), *more(), *people, *onward])

    def reached(of: str, *about: str) -> list[str]:
        found = trace_lineage(graph, OFFICER, LineageQuery(of, TODAY, TODAY, about=about))
        return [each.actor.id for each in found.members]

    assert reached("ama-ben") == ["ben", "efua"]
    assert reached("ama-ben", "any") == ["ben", "efua", "kofi"]
    assert reached("ama-ben", "law") == []
    assert reached("ama") == ["ben", "efua", "kofi"]
    assert reached("ben", "Law") == ["kofi"]


def test_a_centre_for_something_else_is_no_hub_of_the_subject(graph: Graph) -> None:
    """The academy hosts the one centre, which offers forensics."""
    ingest(graph, "tests", [*a_small_world(), *more(), *chain("area-forensics", "law")])

    def asked(about: str) -> tuple[int, int, int]:
        found = what_if(graph, OFFICER, RemovalQuery(Level.INSTITUTION, about=about), TODAY)
        return found.hubs, found.before.ties, found.before.taught

    assert asked("any") == (1, 4, 3)
    assert asked("nice-imaging") == (1, 2, 3)
    assert asked("law") == (0, 1, 0)
