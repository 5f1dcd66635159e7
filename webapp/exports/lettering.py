"""Lines of text in pictures of pixels, every letter in a font that has its script.

The fonts are Noto's, out of packages; raqm, which comes with Pillow, shapes and orders the letters of a stretch of one
font. Where the machine has no fribidi, raqm does not work, and texts that need it cannot be written.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate, groupby
from typing import Literal

from PIL import ImageFont, features
from PIL.ImageDraw import ImageDraw

Direction = Literal["ltr", "rtl"]

_BASE = "NotoSans[wght].ttf"
_CJK = "NotoSansCJK-VF.otf.ttc"
# Its place in the collection; it has the letters of Japanese and Korean too.
_SIMPLIFIED_CHINESE = 2
_ARABIC, _HEBREW = "NotoSansArabic[wght].ttf", "NotoSansHebrew[wght].ttf"
_OWN = (
    "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Kannada", "Khmer", "Lao",
    "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thai",
)  # fmt: skip
_FONTS: Mapping[str, str] = {
    **dict.fromkeys(("LATIN", "GREEK", "CYRILLIC", "MODIFIER", "COMBINING", "FEMININE", "MASCULINE"), _BASE),
    **dict.fromkeys(("ARABIC", "EXTENDED"), _ARABIC),  # EXTENDED ARABIC-INDIC DIGIT ...
    "HEBREW": _HEBREW,
    **{script.upper(): f"NotoSans{script}[wght].ttf" for script in _OWN},
    **dict.fromkeys(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH"), _CJK),
}
"""The font of a character by the first word of its name in Unicode, which is its script."""

_RIGHT_TO_LEFT = frozenset((_ARABIC, _HEBREW))
# Letters of these stand side by side as they come; all others need raqm.
_PLAIN = frozenset((_BASE, _CJK, *(_FONTS[script] for script in ("ARMENIAN", "ETHIOPIC", "GEORGIAN"))))
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks: size of the font in pixels, weight from 100 to 900, colour, and how broad its white edge is."""

    size: float
    weight: int
    colour: str
    edge: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one font and one direction."""

    text: str
    font: str
    direction: Direction


def can_write(text: str) -> bool:
    """Whether every character of the text can be drawn as it should be here."""
    return all(_is_silent(letter) or _font_of(letter) is not None for letter in text) and (
        _has_raqm() or not needs_raqm(text)
    )


def needs_raqm(text: str) -> bool:
    """Whether letters join, move or read from the right; all other texts are drawn on any machine."""
    return any(run.font not in _PLAIN for run in runs(text))


def write(draw: ImageDraw, text: str, place: tuple[float, float], style: Style, anchor: str = "start") -> None:
    """Draw a line of text whose baseline begins, has its middle or ends at `place`; what has no font is left out."""
    placed = list(_placed(text, place, style, anchor))
    if style.edge:
        # First the edges of all runs, since a later edge would cover the letters before it.
        for run, at in placed:
            _draw(draw, run, at, style, style.edge)
    for run, at in placed:
        _draw(draw, run, at, style)


def runs(text: str) -> list[Run]:
    """The stretches of a text in the order they stand from left to right.

    A short form of the Unicode bidirectional algorithm: no nested levels, no embeddings.

    >>> [(run.text, run.direction) for run in runs("עמר Smith")]
    [('Smith', 'ltr'), (' ', 'rtl'), ('עמר', 'rtl')]
    """
    letters = [letter for letter in text if not _is_silent(letter) and _font_of(letter) is not None]
    fonts = _with_marks(letters)
    main = _direction(next(filter(None, fonts), _BASE))
    grouped = groupby(zip(_resolved(fonts, main), letters, strict=True), key=lambda pair: pair[0])
    return _ordered([Run("".join(letter for _, letter in pairs), *kind) for kind, pairs in grouped], main)


def _ordered(found: list[Run], main: Direction) -> list[Run]:
    """Runs as they are read -> as they stand: those against the direction of the text keep the order of their own."""
    stretches = [list(runs) for _, runs in groupby(found, key=lambda run: run.direction)]
    forwards = [stretch if stretch[0].direction == "ltr" else stretch[::-1] for stretch in stretches]
    return [run for stretch in (forwards if main == "ltr" else forwards[::-1]) for run in stretch]


def _with_marks(letters: list[str]) -> list[str]:
    """The font of each letter, empty where it depends on its neighbours.

    Marks and joiners go with what they follow, digits with a word before them that reads from the left.
    """
    fonts, last = [], ""
    for letter in letters:
        kind, font = unicodedata.bidirectional(letter), _font_of(letter) or ""
        follows = kind in ("NSM", "BN") or (kind == "EN" and _direction(last) == "ltr")
        fonts.append((last or font) if follows else font)
        last = fonts[-1] or last
    return fonts


def _resolved(fonts: list[str], main: Direction) -> Iterator[tuple[str, Direction]]:
    """The font and the direction of each letter: those of the words around it where these agree, else the main ones."""
    before = accumulate(fonts, _later)
    after = reversed(list(accumulate(reversed(fonts), _later)))
    for one, other in zip(before, after, strict=True):
        directions = {_direction(font) if font else main for font in (one, other)}
        yield (one if one == other else _BASE), (directions.pop() if len(directions) == 1 else main)


def _later(last: str, font: str) -> str:
    return font or last


def _font_of(letter: str) -> str | None:
    """The font a character needs; empty for a space, sign or digit that goes with its neighbours, None for no font."""
    font = _FONTS.get(re.split("[ -]", unicodedata.name(letter, ""))[0])
    if font is None and (letter in _JOINERS or _is_sign(letter)):
        return ""
    return font


def _is_sign(letter: str) -> bool:
    """Whether it is a space, a sign or a digit of no script, from a block that the font of Latin covers."""
    covered = letter < "\u0370" or "\u2000" <= letter < "\u2150"
    category = unicodedata.category(letter)
    # Of spaces only those within a line: raqm refuses the separators of lines and paragraphs.
    return covered and (category[0] in "PSN" or category == "Zs")


def _is_silent(letter: str) -> bool:
    """Whether a character only steers others, as a mark of direction does, which the names of people may hold."""
    return letter not in _JOINERS and unicodedata.category(letter) == "Cf"


def _direction(font: str) -> Direction:
    return "rtl" if font in _RIGHT_TO_LEFT else "ltr"


def _placed(
    text: str, place: tuple[float, float], style: Style, anchor: str
) -> Iterator[tuple[Run, tuple[float, float]]]:
    found = runs(text)
    widths = [_face(run.font, style).getlength(run.text, direction=_told(run)) for run in found]
    across = place[0] - sum(widths) * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    for run, width in zip(found, widths, strict=True):
        yield run, (across, place[1])
        across += width


def _draw(draw: ImageDraw, run: Run, place: tuple[float, float], style: Style, edge: float = 0.0) -> None:
    colour = "#ffffff" if edge else style.colour
    face = _face(run.font, style)
    draw.text(place, run.text, colour, face, anchor="ls", direction=_told(run), stroke_width=edge)


def _told(run: Run) -> Direction | None:
    """The direction as Pillow takes it: none without raqm."""
    return run.direction if _has_raqm() else None


def _face(font: str, style: Style) -> ImageFont.FreeTypeFont:
    return _loaded(font, style.size, style.weight)


@cache
def _loaded(font: str, size: float, weight: int) -> ImageFont.FreeTypeFont:
    package, index = ("manimgx_fonts_cjk", _SIMPLIFIED_CHINESE) if font == _CJK else ("manimgx_fonts", 0)
    layout = ImageFont.Layout.RAQM if _has_raqm() else ImageFont.Layout.BASIC
    face = ImageFont.truetype(str(files(package) / font), size, index, layout_engine=layout)
    face.set_variation_by_axes([weight])
    return face


@cache
def _has_raqm() -> bool:
    return features.check("raqm") is True
