"""Names that the world agreed on. Each is a text that cleaned itself once, in `parse`."""

import hashlib
import re
import unicodedata
from functools import cache
from typing import Self

import pycountry

from graph.errors import InvalidValue

# Codes that real files carry for a country, beside ISO 3166: the European Union's own, and one user-assigned code.
COUNTRY_ALIASES = {"EL": "GR", "UK": "GB"}
USER_ASSIGNED_COUNTRIES = {"XK": "Kosovo"}
_LONGEST = 120


class Identifier(str):
    """A text with a rule; equal and ordered like the text it holds."""

    __slots__ = ()


class RecordId(Identifier):
    """Our own id: lower-case words, digits, dots and dashes, so that it can stand in an address."""

    __slots__ = ()
    _shape = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Accept an id as it is. Raises InvalidValue."""
        if not cls._shape.fullmatch(text):
            raise InvalidValue("id", text, "is not an id; use lower-case letters, digits, dots and dashes")
        return cls(text)

    @classmethod
    def from_words(cls, *words: str) -> Self:
        """Make an id out of words in any script: accents fall away, other scripts keep their code points in hex.

        Where it has to be cut, a digest of the whole keeps two long names apart.
        """
        whole = "-".join(word for word in map(_ascii_words, words) if word) or "unnamed"
        if len(whole) > _LONGEST:
            digest = hashlib.blake2b(whole.encode(), digest_size=5).hexdigest()
            whole = f"{whole[: _LONGEST - 11].rstrip('-.')}-{digest}"
        return cls.parse(whole)


def _ascii_words(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    spelled = "".join(c if c.isascii() else f"{ord(c):x}" for c in plain)
    return re.sub(r"[^a-z0-9.]+", "-", spelled).strip("-.")


class Orcid(Identifier):
    """An ORCID iD, "0000-0002-1825-0097", its ISO 7064 check character verified."""

    __slots__ = ()
    _shape = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.IGNORECASE | re.ASCII)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Accept the bare iD or its address. Raises InvalidValue."""
        shape = cls._shape.fullmatch(text.strip())
        if not shape:
            raise InvalidValue("orcid", text, "is not an ORCID iD; it looks like 0000-0002-1825-0097")
        code = shape.group(1).upper()
        if _iso_7064(code.replace("-", "")[:-1]) != code[-1]:
            raise InvalidValue("orcid", text, "has a wrong check digit; one character was mistyped")
        return cls(code)


def _iso_7064(digits: str) -> str:
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


class RorId(Identifier):
    """The nine characters that name an organisation in the Research Organization Registry, "02mhbdp94"."""

    __slots__ = ()
    _shape = re.compile(r"(?:(?:https?://)?ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}\d{2})", re.IGNORECASE | re.ASCII)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Accept the bare id or its address. Raises InvalidValue."""
        shape = cls._shape.fullmatch(text.strip())
        if not shape:
            raise InvalidValue("ror", text, "is not a ROR id; it looks like 02mhbdp94")
        return cls(shape.group(1).lower())


class CountryCode(Identifier):
    """ISO 3166-1 alpha-2. "EL" and "UK" are understood as Greece and the United Kingdom, "XK" as Kosovo."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Accept alpha-2 or alpha-3 in any case. Raises InvalidValue, also for an empty text."""
        # Checked before folding: an upper-case "ß" is "SS", which is South Sudan.
        code = text.strip().upper() if text.isascii() else ""
        code = COUNTRY_ALIASES.get(code, code)
        if code in USER_ASSIGNED_COUNTRIES:
            return cls(code)
        found = _country(code)
        if not found:
            raise InvalidValue("country", text, "is not an ISO 3166 country code; write two letters like GH")
        return cls(found)


@cache
def _country(code: str) -> str:
    known = pycountry.countries
    country = known.get(alpha_2=code) if len(code) == 2 else known.get(alpha_3=code)
    return str(country.alpha_2) if country else ""


class LanguageCode(Identifier):
    """ISO 639: two letters where the language has them ("fr"), else three ("wls")."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Accept ISO 639-1 or 639-3 in any case. Raises InvalidValue."""
        found = _language(text.strip().lower())
        if not found:
            raise InvalidValue("language", text, "is not an ISO 639 language code; write two letters like fr")
        return cls(found)


@cache
def _language(code: str) -> str:
    known = pycountry.languages
    language = known.get(alpha_2=code) if len(code) == 2 else known.get(alpha_3=code)
    return str(getattr(language, "alpha_2", None) or language.alpha_3) if language else ""
