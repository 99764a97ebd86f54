"""An invented register: names that say 示范 / Demo, the sector mix of a textile district, an officer for each."""

from datetime import timedelta
from itertools import product

from db.demo.common import BEFORE_ALL, code_of_enterprise, content, office_hours, stream, uid, words
from db.people.enterprises import Enterprise

COUNT = 900
REGISTERED_AT_FIRST = 760  # the rest join in the five years after
DEMO_ENTERPRISE = uid("enterprise", 0)
CARED_FOR = 8  # enterprises that the demo officer looks after, the first ones of the register

TOWNS: dict[str, int] = {
    "330603001": 130,
    "330603002": 60,
    "330603003": 85,
    "330603004": 45,
    "330603005": 95,
    "330603006": 55,
    "330603007": 75,
    "330603008": 40,
    "330603009": 85,
    "330603010": 50,
    "330603011": 115,
    "330603105": 25,
    "330603107": 10,
    "330603109": 8,
    "330603111": 12,
    "330603114": 12,
}
SIZES: dict[str, int] = {"large": 6, "medium": 19, "small": 41, "micro": 34}


def register(officers: dict[str, list[str]]) -> list[Enterprise]:
    """The enterprises; `officers` are the ids by town, the first of each town's list looking after its first."""
    rng = stream("enterprises")
    names = _names()
    rng.shuffle(names)
    sectors = content("enterprises")["sector"]
    weights = [sector["weight"] for sector in sectors]
    towns = rng.choices(list(TOWNS), list(TOWNS.values()), k=COUNT)
    made = []
    for number in range(COUNT):
        sector = sectors[0] if number == 0 else rng.choices(sectors, weights)[0]
        made.append(_enterprise(number, names[number], sector, towns[number]))
    return _with_officers(made, officers)


def _enterprise(number: int, brand: tuple[str, str], sector: dict[str, str], town: str) -> Enterprise:
    rng = stream(f"enterprise:{number}")
    trade = rng.randrange(len(words(sector["trade_zh"])))
    foreign = number != 0 and rng.random() < 0.08
    created = BEFORE_ALL if number < REGISTERED_AT_FIRST else BEFORE_ALL + timedelta(days=rng.randrange(60, 1700))
    return Enterprise(
        id=uid("enterprise", number),
        uscc=code_of_enterprise(number),
        name_zh=f"{brand[0]}示范{words(sector['trade_zh'])[trade]}{'（中国）' if foreign else ''}有限公司",
        name_en=f"{brand[1]} Demo {words(sector['trade_en'])[trade]}{' (China)' if foreign else ''} Co., Ltd.",
        sector_code=sector["code"],
        town_code="330603001" if number < CARED_FOR else town,
        size="medium" if number == 0 else rng.choices(list(SIZES), list(SIZES.values()))[0],
        foreign_funded=foreign,
        officer_id=None,
        contact_name=f"{rng.choice(words(content('words')['surname']['all_zh']))}经理",
        contact_phone=f"1380000{number + 1000:04d}",
        active=True,
        created_at=office_hours(rng, created.date()),
        seq=1,
    )


def _with_officers(made: list[Enterprise], officers: dict[str, list[str]]) -> list[Enterprise]:
    """The demo officer has the first eight; the others go round the first 70 in 100 of their town's officers."""
    taken = dict.fromkeys(officers, 0)
    result = []
    for number, enterprise in enumerate(made):
        pool = officers[enterprise.town_code]
        pool = pool[: max(1, len(pool) * 7 // 10)]
        if number < CARED_FOR:
            officer = officers["demo"][0]
        else:
            officer = pool[taken[enterprise.town_code] % len(pool)]
            taken[enterprise.town_code] += 1
        result.append(Enterprise(**{**vars(enterprise), "officer_id": officer}))
    return result


def _names() -> list[tuple[str, str]]:
    brand = content("enterprises")["brand"][0]
    first = zip(words(brand["first_zh"]), words(brand["first_en"]), strict=True)
    last = list(zip(words(brand["last_zh"]), words(brand["last_en"]), strict=True))
    return [(a_zh + b_zh, a_en + b_en) for (a_zh, a_en), (b_zh, b_en) in product(first, last)]
