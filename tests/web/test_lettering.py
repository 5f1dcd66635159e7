"""Names of many scripts in pixels: every letter has a font, marks and digits go where they belong, nothing is a box."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from webapp.exports.lettering import Style, can_write, needs_raqm, runs, write

STYLE = Style(24, 600, "#17211f")
SHAPED = {
    "Arabic": "عمر الخطيب",
    "Persian, with a joiner": "محمد علی‌زاده",
    "Hebrew": "דוד לוי",
    "Devanagari": "अनिता शर्मा",
    "Bengali": "শেখ হাসান",
    "Tamil": "தமிழ்",
    "Thai": "มานี",
    "Khmer": "ស៊ុន",
    "Myanmar": "အောင်ဆန်း",
    "Sinhala": "සුනිල්",
}
PLAIN = {
    "Latin": "Ngozi Ọkafor",
    "Vietnamese": "Nguyễn Thị Đào",
    "Hawaiian": "Kaʻiulani",
    "Cyrillic": "Людмила Коваль",
    "Greek": "Ελένη Παπαδοπούλου",
    "Armenian": "Արմեն Սարգսյան",
    "Georgian": "გიორგი მაისურაძე",
    "Amharic": "አበበ በቀለ",
    "Chinese": "李雷",
    "Japanese": "さくら・カトー",
    "Korean": "김민수",
}
NAMES = {**SHAPED, **PLAIN}


def pixels(text: str, anchor: str = "start", x: float = 200, style: Style = STYLE) -> NDArray[np.bool_]:
    """Where ink is when the text is written at (x, 40) on a white ground of 400 by 60."""
    image = Image.new("RGB", (400, 60), "#ffffff")
    write(ImageDraw.Draw(image), text, (x, 40), style, anchor)
    return np.asarray(image.convert("L")) < 128


def columns(text: str, anchor: str = "start", x: float = 200) -> tuple[int, int]:
    """The first and the last column with ink."""
    inked = np.flatnonzero(pixels(text, anchor, x).any(axis=0))
    return int(inked[0]), int(inked[-1])


def order(text: str) -> list[str]:
    return [run.text for run in runs(text)]


@pytest.mark.parametrize("script", NAMES)
def test_a_name_of_every_script_can_be_written(script: str) -> None:
    assert can_write(NAMES[script])
    assert {run.direction for run in runs(NAMES[script])} == {
        "rtl" if script.split(",")[0] in ("Arabic", "Persian", "Hebrew") else "ltr"
    }


@pytest.mark.parametrize("script", NAMES)
def test_no_letter_of_a_name_is_the_box_of_a_missing_one(script: str) -> None:
    letters = {letter for letter in NAMES[script] if letter.isalpha()}

    # Two different letters never look alike, as boxes would.
    drawn = {letter: pixels(letter, x=20).tobytes() for letter in letters}
    assert len(letters) > 1
    assert len(set(drawn.values())) == len(drawn)


def test_a_text_that_joins_moves_or_turns_its_letters_needs_raqm() -> None:
    assert [script for script, name in SHAPED.items() if not needs_raqm(name)] == []
    assert [script for script, name in PLAIN.items() if needs_raqm(name)] == []


@pytest.mark.parametrize("text", ["Ana 🙂", "\x0bAna", "Ana\nBen", "ߒߞߏ", "Ana\u2028Ben", "\U0010ffff"])
def test_what_no_font_has_cannot_be_written_and_is_left_out(text: str) -> None:
    assert not can_write(text)
    assert pixels(text).shape == (60, 400)


def test_arabic_letters_join() -> None:
    joined, apart = "مستش", "م\u200cس\u200cت\u200cش"

    assert columns(joined)[1] < columns(apart)[1] - 10
    assert pixels(joined).any(axis=0)[slice(*columns(joined))].all()


def test_the_sign_of_a_short_i_stands_before_its_letter_in_devanagari() -> None:
    bare, signed = pixels("न", x=100), pixels("नि", x=100)
    across = columns("नि", x=100)[1] - columns("न", x=100)[1]

    # The letter moved aside, and what it left free is the sign: the letter itself ends the word.
    assert across > 4
    assert np.array_equal(bare[30:40, columns("न", x=100)[1] - 1], signed[30:40, columns("नि", x=100)[1] - 1])


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Omar (عمر) 2nd", ["Omar (", "عمر", ") 2nd"]),
        ("عمر Smith", ["Smith", " ", "عمر"]),
        ("عمر 12", [" 12", "عمر"]),
        ("عمر דוד", ["דוד", " ", "عمر"]),
        ("Ana עמר عمر Ben", ["Ana ", "عمر", " ", "עמר", " Ben"]),
        ("李雷 2", ["李雷 2"]),
        ("a\u202eb", ["ab"]),
        ("עב\u05b4", ["עב\u05b4"]),
        ("", []),
    ],
)
def test_stretches_stand_in_the_order_in_which_they_are_read(text: str, stands: list[str]) -> None:
    assert order(text) == stands


def test_a_text_begins_ends_or_has_its_middle_where_it_is_told() -> None:
    for text in ("Ana Ben", "عمر Smith"):
        (first, last), (_, end), (left, right) = columns(text), columns(text, "end"), columns(text, "middle")
        assert 200 <= first <= 204
        assert 196 <= end <= 200
        assert abs((left + right) / 2 - 200) <= 3
        assert right - left == pytest.approx(last - first, abs=1)


def test_the_edge_of_one_stretch_never_covers_the_letters_of_another() -> None:
    edged = Style(STYLE.size, STYLE.weight, STYLE.colour, edge=6)
    assert np.array_equal(pixels("Omarعمر", style=edged), pixels("Omarعمر"))
