"""Letters as strokes of a pen, for pictures of pixels: no library here draws text.

A stroke is a row of points, two digits each: across and down, on a grid whose capitals reach from 0 to 6; a point
by itself is a dot. Accents are left out; what is in no list is drawn as nothing.
"""

import unicodedata

import numpy as np
from numpy.typing import NDArray

HEIGHT = 6
_GAP = 1.7  # between letters
_BLANK = 2.2

_STROKES = {
    "A": "062046 1434", "B": "06003041423303 3344453606", "C": "4130100105163645", "D": "00204244260600",
    "E": "40000646 0333", "F": "400006 0333", "G": "41301001051636454323", "H": "0006 4046 0343", "I": "0006",
    "J": "3035261605", "K": "0006 4003 1346", "L": "000636", "M": "0600234046", "N": "06004640",
    "O": "103041453616050110", "P": "06003041423303", "Q": "103041453616050110 2447", "R": "06003041423303 2346",
    "S": "413010010213334445361605", "T": "0040 2026", "U": "000516364540", "V": "002640", "W": "0016223640",
    "X": "0046 4006", "Y": "002340 2326", "Z": "00400646",
    "a": "3236 3322120305162635", "b": "0006 0312223335261605", "c": "3322120305162635", "d": "3036 3322120305162635",
    "e": "04343322120305162635", "f": "20111116 0222", "g": "32372808 3322120305162635", "h": "0006 0312223336",
    "i": "0206 00", "j": "121708 10", "k": "0006 3204 1436", "l": "0006", "m": "0206 03122326 23324346",
    "n": "0206 0312223336", "o": "122233352616050312", "p": "0208 0312223335261605", "q": "3238 3322120305162635",
    "r": "0206 031222", "s": "33221203142435261605", "t": "101526 0222", "u": "0205162635 3236", "v": "022642",
    "w": "0216233642", "x": "0236 3206", "y": "0215 3208", "z": "02320636",
    "0": "102031352616050110", "1": "011016", "2": "01102031320636", "3": "0110203132233435261605 1323",
    "4": "26200434", "5": "300002223335261605", "6": "312010010516263534231304", "7": "003016",
    "8": "102031322313020110 1304051626353423", "9": "051626353120100102132332",
    ".": "06", ",": "1507", "-": "0323", "'": "0001", "(": "10010516", ")": "00111506", "/": "0630", ":": "02 05",
    "&": "46111020210305162644", "+": "2125 0343", "?": "01102031322324 26", "_": "0636", "…": "06 26 46",
}  # fmt: skip
_ALIKE = str.maketrans(
    {"’": "'", "–": "-", "—": "-", "ß": "s", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "ı": "i"}
)

Points = NDArray[np.float64]


def can_write(text: str) -> bool:
    """Whether every letter of the text can be drawn."""
    return all(letter == " " or letter in _STROKES for letter in plain(text))


def plain(text: str) -> str:
    """The text without accents."""
    apart = unicodedata.normalize("NFD", text.translate(_ALIKE))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def strokes(text: str) -> tuple[list[Points], float]:
    """The strokes of a line of text, from its top left corner, and how wide it is. In units of the grid.

    >>> found, width = strokes("Tél")
    >>> len(found), round(width, 1)
    (4, 10.4)
    """
    found, across = [], 0.0
    for letter in plain(text):
        drawn = [_points(stroke) for stroke in _STROKES.get(letter, "").split()]
        found += [points + np.array([across, 0.0]) for points in drawn]
        across += max((float(points[:, 0].max()) for points in drawn), default=_BLANK - _GAP) + _GAP
    return found, max(across - _GAP, 0.0)


def _points(stroke: str) -> Points:
    return np.array([int(digit) for digit in stroke], np.float64).reshape(-1, 2)
