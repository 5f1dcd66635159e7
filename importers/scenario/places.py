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
class Place:
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
    Place("gh", _WA, "Accra", 5.60, -0.19, "Africa/Accra", "en", ("akan", "ewe")),
    Place("ng", _WA, "Abuja", 9.06, 7.49, "Africa/Lagos", "en", ("yoruba", "igbo", "hausa")),
    Place("sn", _WA, "Dakar", 14.69, -17.45, "Africa/Dakar", "fr", ("senegambian",)),
    Place("ci", _WA, "Abidjan", 5.34, -4.03, "Africa/Abidjan", "fr", ("ivorian",)),
    Place("bj", _WA, "Cotonou", 6.37, 2.43, "Africa/Porto-Novo", "fr", ("beninese",)),
    Place("bf", _WA, "Ouagadougou", 12.37, -1.53, "Africa/Ouagadougou", "fr", ("burkinabe",)),
    Place("sl", _WA, "Freetown", 8.48, -13.23, "Africa/Freetown", "en", ("sierra_leonean",)),
    Place("gm", _WA, "Banjul", 13.45, -16.58, "Africa/Banjul", "en", ("senegambian",)),
    Place("cv", _WA, "Praia", 14.93, -23.51, "Atlantic/Cape_Verde", "pt", ("cape_verdean",)),
    Place("mr", _WA, "Nouakchott", 18.08, -15.98, "Africa/Nouakchott", "fr", ("mauritanian_men", "mauritanian_women")),
    Place("fj", _PA, "Suva", -18.14, 178.44, "Pacific/Fiji", "en", ("itaukei", "indo_fijian")),
    Place("pg", _PA, "Port Moresby", -9.44, 147.18, "Pacific/Port_Moresby", "en", ("papuan",)),
    Place("ws", _PA, "Apia", -13.83, -171.77, "Pacific/Apia", "en", ("samoan",)),
    Place("to", _PA, "Nukuʻalofa", -21.14, -175.20, "Pacific/Tongatapu", "en", ("tongan",)),
    Place("vu", _PA, "Port Vila", -17.73, 168.32, "Pacific/Efate", "en", ("melanesian",)),
    Place("sb", _PA, "Honiara", -9.43, 159.95, "Pacific/Guadalcanal", "en", ("melanesian",)),
    Place("ki", _PA, "Tarawa", 1.33, 172.98, "Pacific/Tarawa", "en", ("i_kiribati",)),
    Place("id", _SA, "Jakarta", -6.21, 106.85, "Asia/Jakarta", "en", ("indonesian",)),
    Place("my", _SA, "Putrajaya", 2.93, 101.69, "Asia/Kuala_Lumpur", "en", ("malay", "malaysian_chinese")),
    Place("ph", _SA, "Manila", 14.60, 120.98, "Asia/Manila", "en", ("filipino",)),
    Place("vn", _SA, "Hà Nội", 21.03, 105.85, "Asia/Ho_Chi_Minh", "en", ("vietnamese",)),
    Place("th", _SA, "Bangkok", 13.76, 100.50, "Asia/Bangkok", "en", ("thai",)),
    Place("kh", _SA, "Phnom Penh", 11.56, 104.92, "Asia/Phnom_Penh", "en", ("khmer",)),
    Place("la", _SA, "Vientiane", 17.98, 102.63, "Asia/Vientiane", "en", ("lao",)),
    Place("tl", _SA, "Dili", -8.56, 125.57, "Asia/Dili", "pt", ("timorese",)),
    Place("cr", _CA, "San José", 9.93, -84.08, "America/Costa_Rica", "es", ("hispanic",)),
    Place("pa", _CA, "Ciudad de Panamá", 8.98, -79.52, "America/Panama", "es", ("hispanic",)),
    Place("gt", _CA, "Ciudad de Guatemala", 14.63, -90.51, "America/Guatemala", "es", ("hispanic", "maya")),
    Place("do", _CA, "Santo Domingo", 18.49, -69.93, "America/Santo_Domingo", "es", ("hispanic",)),
    Place("jm", _CA, "Kingston", 17.97, -76.79, "America/Jamaica", "en", ("caribbean",)),
    Place("tt", _CA, "Port of Spain", 10.65, -61.51, "America/Port_of_Spain", "en", ("caribbean", "indo_caribbean")),
    Place("bb", _CA, "Bridgetown", 13.10, -59.62, "America/Barbados", "en", ("caribbean",)),
    Place("bz", _CA, "Belmopan", 17.25, -88.77, "America/Belize", "en", ("caribbean", "hispanic")),
    Place("nl", _OUT, "Den Haag", 52.08, 4.31, "Europe/Amsterdam", "en", ("dutch",)),
    Place("ee", _OUT, "Tallinn", 59.44, 24.75, "Europe/Tallinn", "en", ("estonian",)),
    Place("gb", _OUT, "London", 51.51, -0.13, "Europe/London", "en", ("british",)),
    Place("fr", _OUT, "Paris", 48.86, 2.35, "Europe/Paris", "fr", ("french",)),
    Place("us", _OUT, "Washington", 38.91, -77.04, "America/New_York", "en", ("american",)),
    Place("jp", _OUT, "Tokyo", 35.68, 139.69, "Asia/Tokyo", "en", ("japanese",)),
    Place("au", _OUT, "Canberra", -35.28, 149.13, "Australia/Sydney", "en", ("australian",)),
)
PLACE_OF = {place.country: place for place in PLACES}
PARTNERS = tuple(place for place in PLACES if place.area is not Area.OUTSIDE)
HELPERS = tuple(place for place in PLACES if place.area is Area.OUTSIDE)
