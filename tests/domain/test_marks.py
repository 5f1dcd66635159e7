import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.domain.marks import EVERYTHING, PUBLIC, Audience, Purpose, Role, Tlp, open_to
from graph.errors import InvalidValue


@pytest.mark.parametrize("text", ["GREEN", "green", " TLP:GREEN ", "tlp:green"])
def test_a_mark_is_read_with_and_without_its_prefix(text: str) -> None:
    assert Tlp.parse(text) is Tlp.GREEN


@pytest.mark.parametrize("text", ["", "WHITE", "TLP:", "AMBER+STRICT", "TLP:TLP:RED"])
def test_a_mark_outside_the_protocol_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="use CLEAR, GREEN, AMBER or RED"):
        Tlp.parse(text)


@pytest.mark.parametrize(
    ("role", "marks"),
    [
        (Role.PUBLIC, ["CLEAR"]),
        (Role.MEMBER, ["CLEAR", "GREEN"]),
        (Role.RESEARCHER, ["CLEAR", "GREEN"]),
        (Role.HOST, ["CLEAR", "GREEN", "AMBER"]),
        (Role.OFFICER, ["CLEAR", "GREEN", "AMBER"]),
        (Role.ADMIN, ["CLEAR", "GREEN", "AMBER", "RED"]),
    ],
)
def test_each_role_reads_its_marks(role: Role, marks: list[str]) -> None:
    assert Audience(role).marks == marks


@pytest.mark.parametrize(
    ("consents", "roles"),
    [
        ((), ["admin"]),
        ((Purpose.RESEARCH,), ["admin"]),
        ((Purpose.MATCHING,), ["admin", "host", "officer"]),
        ((Purpose.DIRECTORY,), ["admin", "host", "member", "officer", "researcher"]),
        ((Purpose.DIRECTORY, Purpose.MATCHING), ["admin", "host", "member", "officer", "researcher"]),
        (tuple(Purpose), ["admin", "host", "member", "officer", "researcher"]),
    ],
)
def test_consents_open_a_person_to_these_roles(consents: tuple[Purpose, ...], roles: list[str]) -> None:
    assert open_to(frozenset(consents)) == roles


@given(st.frozensets(st.sampled_from(Purpose)), st.sampled_from(Purpose))
def test_one_more_consent_never_closes_and_nothing_opens_a_person_to_the_public(
    consents: frozenset[Purpose], more: Purpose
) -> None:
    assert set(open_to(consents)) <= set(open_to(consents | {more}))
    assert Role.PUBLIC not in open_to(consents)
    assert Role.ADMIN in open_to(consents)


def test_an_audience_says_what_every_statement_takes() -> None:
    assert PUBLIC.parameters == {"marks": ["CLEAR"], "role": "public", "viewer": ""}
    assert EVERYTHING.parameters == {"marks": ["CLEAR", "GREEN", "AMBER", "RED"], "role": "admin", "viewer": ""}
    assert Audience(Role.MEMBER, "ama").parameters["viewer"] == "ama"
