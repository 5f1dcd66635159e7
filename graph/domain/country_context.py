"""What countries have in common beside their region: their income group and the traditions of their law.

INCOME: the groups of the World Bank for its fiscal year 2026, by gross national income a head in 2024. Countries it
does not class are left out, Ethiopia and Venezuela among them.
LAW: the traditions a country's law draws on, civil, common, customary and Muslim, after the usual classes of
comparative law (as of JuriGlobe, University of Ottawa). Where that is disputed, the country is left out.
"""

from collections.abc import Mapping
from enum import IntEnum, IntFlag
from types import MappingProxyType


class Income(IntEnum):
    """An income group; neighbours differ by one."""

    LOW = 0
    LOWER_MIDDLE = 1
    UPPER_MIDDLE = 2
    HIGH = 3

    @property
    def words(self) -> str:
        """ "lower middle income"."""
        return f"{self.name.lower().replace('_', ' ')} income"


class Law(IntFlag):
    """Traditions of law; a mixed system has several."""

    CIVIL = 1
    COMMON = 2
    CUSTOMARY = 4
    MUSLIM = 8

    @property
    def words(self) -> str:
        """ "civil and customary law"."""
        return f"{' and '.join(_CALLED[each] for each in self)} law"


_CALLED = {Law.CIVIL: "civil", Law.COMMON: "common", Law.CUSTOMARY: "customary", Law.MUSLIM: "Muslim"}
_GROUPS = {
    Income.LOW: "af bf bi cf td cd er gm gw kp lr mg mw ml mz ne rw sl so ss sd sy tg ug ye",
    Income.LOWER_MIDDLE: (
        "ao bd bj bt bo kh cm km cg ci dj eg sz gh gn ht hn in jo ke ki kg la lb ls mr fm ma mm na np ni ng pk pg "
        "ph st sn sb lk tj tz tl tn uz vu vn ps zm zw"
    ),
    Income.UPPER_MIDDLE: (
        "al dz ar am az by bz ba bw br cv cn co cu dm do ec sv gq fj ga ge gd gt id ir iq jm kz xk ly my mv mh mu "
        "mx md mn me mk py pe ws rs za lc vc sr th to tr tm tv ua"
    ),
    Income.HIGH: (
        "ad ae ag at au aw bb be bg bh bm bn bs ca ch ck cl cr cw cy cz de dk ee es fi fo fr gb gi gl gr gu gy hk "
        "hr hu ie il im is it jp kn kr kw ky li lt lu lv mc mf mo mp mt nc nl no nr nz om pa pf pl pr pt pw qa ro "
        "ru sa sc se sg si sk sm sx tc tt tw us uy vg vi"
    ),
}
_TRADITIONS = {
    Law.CIVIL: (
        "ad al am ar at aw az ba be bg bo br by ch cl co cr cu cv cz de dk do ec ee es fi fr ge gl gr gt hn hr ht "
        "hu is it kg kh kz la li lt lu lv mc md me mk mo mx ni nl no pa pe pl pt py ro rs ru se si sk sm sr st sv "
        "tj tm tr ua uy uz va ve vn xk ao gq bf bj bi cd cf cg ci ga gn gw mg ml mz ne rw sn td tg"
    ),
    Law.COMMON: "ag au bb bm bs ca dm fj gb gd gi gy ie im jm ki kn ky nr nu nz tc to tt us vc vg",
    Law.CIVIL | Law.COMMON: "bw cy lc mt mu na ph sc th za zw",
    Law.CIVIL | Law.CUSTOMARY: "cn et jp kp kr mn tw",
    Law.COMMON | Law.CUSTOMARY: "bt fm gh hk lr mh mm mw np pg pw sb sl ss tv tz ug ws zm",
    Law.CIVIL | Law.MUSLIM: "af dz eg iq ir lb ly ma mr sy tn",
    Law.COMMON | Law.MUSLIM: "bd pk sd sg",
    Law.CIVIL | Law.CUSTOMARY | Law.MUSLIM: "dj er id jo kw",
    Law.COMMON | Law.CUSTOMARY | Law.MUSLIM: "bn gm in ke my ng",
    Law.CIVIL | Law.COMMON | Law.CUSTOMARY: "cm ls lk sz vu",
    Law.CIVIL | Law.COMMON | Law.CUSTOMARY | Law.MUSLIM: "bh qa ye",
    Law.MUSLIM: "mv sa",
}

INCOME: Mapping[str, Income] = MappingProxyType(
    {country: group for group, countries in _GROUPS.items() for country in countries.split()}
)
LAW: Mapping[str, Law] = MappingProxyType(
    {country: law for law, countries in _TRADITIONS.items() for country in countries.split()}
)
