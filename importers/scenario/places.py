"""The forty countries of the scenario: where they lie on the map and in which language their programmes work."""

from dataclasses import dataclass
from enum import StrEnum


class Area(StrEnum):
    """The four regions that build capacity, and the countries that help from outside."""

    WEST_AFRICA = "west_africa"
    PACIFIC = "pacific"
    SOUTHEAST_ASIA = "southeast_asia"
    CENTRAL_AMERICA = "central_america"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class CountryPlace:
    """A country by its id, with its capital's position in degrees and the naming customs of its people."""

    country: str
    area: Area
    capital: str
    lat: float
    lon: float
    time_zone: str
    language: str
    customs: tuple[str, ...]


_WA, _PA, _SA, _CA, _OUT = Area

PLACES = (
    CountryPlace("gh", _WA, "Accra", 5.60, -0.19, "Africa/Accra", "en", ("akan", "ewe")),
    CountryPlace("ng", _WA, "Abuja", 9.06, 7.49, "Africa/Lagos", "en", ("yoruba", "igbo", "hausa")),
    CountryPlace("sn", _WA, "Dakar", 14.69, -17.45, "Africa/Dakar", "fr", ("senegambian",)),
    CountryPlace("ci", _WA, "Abidjan", 5.34, -4.03, "Africa/Abidjan", "fr", ("ivorian",)),
    CountryPlace("bj", _WA, "Cotonou", 6.37, 2.43, "Africa/Porto-Novo", "fr", ("beninese",)),
    CountryPlace("bf", _WA, "Ouagadougou", 12.37, -1.53, "Africa/Ouagadougou", "fr", ("burkinabe",)),
    CountryPlace("sl", _WA, "Freetown", 8.48, -13.23, "Africa/Freetown", "en", ("sierra_leonean",)),
    CountryPlace("gm", _WA, "Banjul", 13.45, -16.58, "Africa/Banjul", "en", ("senegambian",)),
    CountryPlace("cv", _WA, "Praia", 14.93, -23.51, "Atlantic/Cape_Verde", "pt", ("cape_verdean",)),
    CountryPlace(
        "mr", _WA, "Nouakchott", 18.08, -15.98, "Africa/Nouakchott", "fr", ("mauritanian_men", "mauritanian_women")
    ),
    CountryPlace("fj", _PA, "Suva", -18.14, 178.44, "Pacific/Fiji", "en", ("itaukei", "indo_fijian")),
    CountryPlace("pg", _PA, "Port Moresby", -9.44, 147.18, "Pacific/Port_Moresby", "en", ("papuan",)),
    CountryPlace("ws", _PA, "Apia", -13.83, -171.77, "Pacific/Apia", "en", ("samoan",)),
    CountryPlace("to", _PA, "Nukuʻalofa", -21.14, -175.20, "Pacific/Tongatapu", "en", ("tongan",)),
    CountryPlace("vu", _PA, "Port Vila", -17.73, 168.32, "Pacific/Efate", "en", ("melanesian",)),
    CountryPlace("sb", _PA, "Honiara", -9.43, 159.95, "Pacific/Guadalcanal", "en", ("melanesian",)),
    CountryPlace("ki", _PA, "Tarawa", 1.33, 172.98, "Pacific/Tarawa", "en", ("i_kiribati",)),
    CountryPlace("id", _SA, "Jakarta", -6.21, 106.85, "Asia/Jakarta", "en", ("indonesian",)),
    CountryPlace("my", _SA, "Putrajaya", 2.93, 101.69, "Asia/Kuala_Lumpur", "en", ("malay", "malaysian_chinese")),
    CountryPlace("ph", _SA, "Manila", 14.60, 120.98, "Asia/Manila", "en", ("filipino",)),
    CountryPlace("vn", _SA, "Hà Nội", 21.03, 105.85, "Asia/Ho_Chi_Minh", "en", ("vietnamese",)),
    CountryPlace("th", _SA, "Bangkok", 13.76, 100.50, "Asia/Bangkok", "en", ("thai",)),
    CountryPlace("kh", _SA, "Phnom Penh", 11.56, 104.92, "Asia/Phnom_Penh", "en", ("khmer",)),
    CountryPlace("la", _SA, "Vientiane", 17.98, 102.63, "Asia/Vientiane", "en", ("lao",)),
    CountryPlace("tl", _SA, "Dili", -8.56, 125.57, "Asia/Dili", "pt", ("timorese",)),
    CountryPlace("cr", _CA, "San José", 9.93, -84.08, "America/Costa_Rica", "es", ("hispanic",)),
    CountryPlace("pa", _CA, "Ciudad de Panamá", 8.98, -79.52, "America/Panama", "es", ("hispanic",)),
    CountryPlace("gt", _CA, "Ciudad de Guatemala", 14.63, -90.51, "America/Guatemala", "es", ("hispanic", "maya")),
    CountryPlace("do", _CA, "Santo Domingo", 18.49, -69.93, "America/Santo_Domingo", "es", ("hispanic",)),
    CountryPlace("jm", _CA, "Kingston", 17.97, -76.79, "America/Jamaica", "en", ("caribbean",)),
    CountryPlace(
        "tt", _CA, "Port of Spain", 10.65, -61.51, "America/Port_of_Spain", "en", ("caribbean", "indo_caribbean")
    ),
    CountryPlace("bb", _CA, "Bridgetown", 13.10, -59.62, "America/Barbados", "en", ("caribbean",)),
    CountryPlace("bz", _CA, "Belmopan", 17.25, -88.77, "America/Belize", "en", ("caribbean", "hispanic")),
    CountryPlace("nl", _OUT, "Den Haag", 52.08, 4.31, "Europe/Amsterdam", "en", ("dutch",)),
    CountryPlace("ee", _OUT, "Tallinn", 59.44, 24.75, "Europe/Tallinn", "en", ("estonian",)),
    CountryPlace("gb", _OUT, "London", 51.51, -0.13, "Europe/London", "en", ("british",)),
    CountryPlace("fr", _OUT, "Paris", 48.86, 2.35, "Europe/Paris", "fr", ("french",)),
    CountryPlace("us", _OUT, "Washington", 38.91, -77.04, "America/New_York", "en", ("american",)),
    CountryPlace("jp", _OUT, "Tokyo", 35.68, 139.69, "Asia/Tokyo", "en", ("japanese",)),
    CountryPlace("au", _OUT, "Canberra", -35.28, 149.13, "Australia/Sydney", "en", ("australian",)),
)
PLACE_OF = {place.country: place for place in PLACES}
PARTNERS = tuple(place for place in PLACES if place.area is not Area.OUTSIDE)
HELPERS = tuple(place for place in PLACES if place.area is Area.OUTSIDE)
