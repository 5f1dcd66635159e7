"""Regions from UN M49, countries from ISO 3166, languages from ISO 639."""

from collections.abc import Iterator
from functools import cache

import pycountry
from babel import Locale
from babel.languages import get_official_languages, get_territory_language_info

from graph.domain.identifiers import USER_ASSIGNED_COUNTRIES
from graph.domain.places import Country, Language, Region
from importers.reference.clusters import cluster

WORLD = "001"
# The United Nations list has no entry for these two; geography decides, as for their neighbours.
UNLISTED = {"TW": "030", "XK": "039"}
# A language matters for matching when it is official somewhere or a tenth of some country speaks it.
NOTABLE_PERCENT = 10.0
_NO_LANGUAGE = "S"


def regions() -> Iterator[Region]:
    """The M49 tree from the world downward, so that a parent always comes before its children."""
    names, children = _m49()
    waiting = [(WORLD, "")]
    for code, parent in waiting:
        yield Region(
            id=_region_id(code),
            source="un-m49",
            source_id=code,
            name=names[code],
            code=code,
            parent=_region_id(parent) if parent else "",
        )
        waiting += [(child, code) for child in children[code] if child in names]


def countries() -> Iterator[Country]:
    """Every ISO 3166 country and the user-assigned ones, each in its most specific M49 region, by code."""
    listed = _region_of_numeric()
    rows = [(c.alpha_2, c.numeric, getattr(c, "common_name", c.name)) for c in pycountry.countries]
    rows += [(code, "", name) for code, name in USER_ASSIGNED_COUNTRIES.items()]
    for code, numeric, name in sorted(rows):
        yield Country(
            id=code.lower(),
            source="iso-3166",
            source_id=code,
            name=name,
            code=code,
            numeric=numeric,
            languages=_official_languages(code),
            region=_region_id(UNLISTED.get(code) or listed[numeric]),
        )


def languages() -> Iterator[Language]:
    """ISO 639-1 whole, and of ISO 639-3 the languages that are notable in some country, by id."""
    short = {language.alpha_2 for language in pycountry.languages if hasattr(language, "alpha_2")}
    codes = [country.alpha_2 for country in pycountry.countries] + list(USER_ASSIGNED_COUNTRIES)
    notable = {language for code in codes for language, _ in spoken_in(code)}
    for code in sorted(short | notable):
        yield Language(id=code, source="iso-639", source_id=code, name=_language_name(code), code=code)


def _official_languages(country_code: str) -> tuple[str, ...]:
    """Languages with official or de facto official standing in the whole country, most spoken first."""
    spoken = get_official_languages(country_code, de_facto=True)
    return tuple(dict.fromkeys(known for tag in spoken if (known := _language(tag))))


@cache
def spoken_in(country_code: str) -> tuple[tuple[str, float], ...]:
    """Notable languages of a country with the share of people who speak them, 0 to 1, most spoken first."""
    shares = dict.fromkeys(_official_languages(country_code), 0.0)
    for tag, standing in get_territory_language_info(country_code).items():
        code, percent = _language(tag), float(standing["population_percent"] or 0)
        if code and (percent >= NOTABLE_PERCENT or code in shares):
            shares[code] = max(shares.get(code, 0.0), percent / 100)
    return tuple(sorted(shares.items(), key=lambda pair: (-pair[1], pair[0])))


def _region_id(code: str) -> str:
    """The id of an M49 region: "011" -> "m49-011"."""
    return f"m49-{code}"


def _m49() -> tuple[dict[str, str], dict[str, list[str]]]:
    """Region code -> name, and region code -> codes beneath it (regions and countries)."""
    names: dict[str, str] = {}
    children: dict[str, list[str]] = {}
    for entry in cluster("region"):
        code, _, names_it = entry["value"].partition(" - ")
        names[code] = names_it
        children[code] = [child.partition(" - ")[0] for child in entry.get("meta", {}).get("subregions", ())]
    return names, children


def _region_of_numeric() -> dict[str, str]:
    names, children = _m49()
    above = {child: code for code, beneath in children.items() for child in beneath}
    # Antarctica is a region and a country under one number.
    return {code: code if code in names else above[code] for code in above}


@cache
def _iso_639() -> dict[str, tuple[str, str]]:
    """Two- and three-letter code -> the id we give the language and its name in the standard."""
    known: dict[str, tuple[str, str]] = {}
    for language in pycountry.languages:
        if language.scope != _NO_LANGUAGE:
            known[language.alpha_3] = getattr(language, "alpha_2", language.alpha_3), language.name
    return known | {language_id: (language_id, name) for language_id, name in known.values()}


def _language(tag: str) -> str:
    """The language of a locale tag such as "sr_Latn"; empty where ISO 639-3 has none."""
    return _iso_639().get(tag.partition("_")[0], ("", ""))[0]


def _language_name(code: str) -> str:
    """The everyday English name; the standard adds years and remarks that readers trip over."""
    return str(Locale("en").languages.get(code) or _iso_639()[code][1])
