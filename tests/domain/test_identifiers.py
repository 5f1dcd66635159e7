import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.domain.identifiers import CountryCode, LanguageCode, Orcid, RecordId, RorId
from graph.errors import InvalidValue

SHAPE = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}")
WORDS = st.text(max_size=200)


@pytest.mark.parametrize(
    ("words", "made"),
    [
        (("Équipe Ghana",), "equipe-ghana"),
        (("cert", "Gh"), "cert-gh"),
        (("ama@example.org",), "ama-example.org"),
        (("  --a..b-- ",), "a..b"),
        (("Łódź",), "142odz"),
        (("Straße",), "stradfe"),
        (("中",), "4e2d"),
        (("", "!", "x"), "x"),
        (("", " "), "unnamed"),
    ],
)
def test_an_id_is_made_of_words(words: tuple[str, ...], made: str) -> None:
    assert RecordId.from_words(*words) == made


def test_names_in_other_scripts_stay_apart() -> None:
    names = ("Амина", "Амира", "أمينة", "أميرة", "阿米娜", "アミナ", "Αμίνα")

    assert len({RecordId.from_words(name) for name in names}) == len(names)


def test_two_long_names_that_are_cut_stay_apart() -> None:
    one, other = RecordId.from_words("long " * 60 + "one"), RecordId.from_words("long " * 60 + "other")

    assert one != other
    assert len(one) <= 120
    assert one[:100] == other[:100]


@given(st.lists(WORDS, max_size=4))
def test_any_words_make_an_id_that_is_one(words: list[str]) -> None:
    made = RecordId.from_words(*words)

    assert SHAPE.fullmatch(made)
    assert RecordId.parse(made) == made
    assert RecordId.from_words(*words) == made


@pytest.mark.parametrize("text", ["", "A", "ä", "-a", ".a", "a b", "a/b", "a\n", "a" * 121, "a%20", "٣"])
def test_an_id_that_cannot_stand_in_an_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match=r"^id: "):
        RecordId.parse(text)


@pytest.mark.parametrize(
    "text", ["0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097", " 0000-0002-1825-0097"]
)
def test_an_orcid_is_read_bare_or_as_an_address(text: str) -> None:
    assert Orcid.parse(text) == "0000-0002-1825-0097"


def test_an_orcid_may_end_in_x_of_either_case() -> None:
    assert Orcid.parse("0000-0002-1694-233x") == Orcid.parse("0000-0002-1694-233X") == "0000-0002-1694-233X"


@given(st.integers(0, 15), st.integers(1, 9))
def test_one_mistyped_digit_of_an_orcid_is_noticed(place: int, shift: int) -> None:
    digits = list("0000000218250097")
    digits[place] = str((int(digits[place]) + shift) % 10)
    mistyped = "-".join("".join(digits)[start : start + 4] for start in (0, 4, 8, 12))

    with pytest.raises(InvalidValue, match="check digit"):
        Orcid.parse(mistyped)


@pytest.mark.parametrize(
    "text", ["", "0000000218250097", "0000-0002-1825-009", "http://example.org/0000-0002-1825-0097"]
)
def test_what_does_not_look_like_an_orcid_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="is not an ORCID iD"):
        Orcid.parse(text)


@pytest.mark.parametrize("text", ["02mhbdp94", "https://ror.org/02mhbdp94", "ror.org/02MHBDP94", " 02mhbdp94 "])
def test_a_ror_id_is_read_bare_or_as_an_address(text: str) -> None:
    assert RorId.parse(text) == "02mhbdp94"


@pytest.mark.parametrize(
    "text", ["", "12mhbdp94", "02mhbdp9", "02mhbdp9x", "02mhilo94", "https://example.org/02mhbdp94"]
)
def test_what_is_no_ror_id_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match=r"^ror: "):
        RorId.parse(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [("gh", "GH"), (" GHA ", "GH"), ("EL", "GR"), ("el", "GR"), ("UK", "GB"), ("GB", "GB"), ("XK", "XK"), ("NA", "NA")],
)
def test_a_country_is_read_by_its_code_in_any_case(text: str, code: str) -> None:
    assert CountryCode.parse(text) == code


@pytest.mark.parametrize("text", ["", "ß", "ZZ", "EU", "Ghana", "G", "ＧＨ", "ﬀ"])
def test_what_is_no_country_is_refused_also_when_its_capitals_would_be(text: str) -> None:
    with pytest.raises(InvalidValue, match="ISO 3166"):
        CountryCode.parse(text)


@pytest.mark.parametrize(("text", "code"), [("FR", "fr"), ("fra", "fr"), ("wls", "wls"), (" sw ", "sw")])
def test_a_language_is_two_letters_where_it_has_them(text: str, code: str) -> None:
    assert LanguageCode.parse(text) == code


@pytest.mark.parametrize("text", ["", "f", "French", "zzz", "qq"])
def test_what_is_no_language_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="ISO 639"):
        LanguageCode.parse(text)


@given(st.text(max_size=40))
def test_no_text_breaks_a_value_in_another_way_than_by_being_refused(text: str) -> None:
    for kind in (RecordId, Orcid, RorId, CountryCode, LanguageCode):
        with suppress(InvalidValue):
            value = kind.parse(text)
            assert value.isascii()
            assert kind.parse(value) == value
