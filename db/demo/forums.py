"""Forums and who came: 51 of them to November 2023 with the published attendances, then one most months."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from db.demo import workdays
from db.demo.common import (
    ARTICLE_DAY,
    BEFORE_ALL,
    FIRST_MONTH,
    add_months,
    content,
    moment,
    months,
    stream,
    table,
    uid,
    words,
)
from db.demo.people import id_of
from db.events import Event
from db.forums.forums import Attendance, Forum
from db.people.enterprises import Enterprise

MISSED = {
    date(2019, 2, 1), date(2020, 2, 1), date(2020, 3, 1), date(2021, 2, 1), date(2021, 12, 1),
    date(2022, 2, 1), date(2022, 4, 1), date(2022, 12, 1), date(2023, 1, 1),
}  # fmt: skip
FIXED_DAYS = {18: date(2020, 8, 28), 51: date(2023, 11, 21)}

ENTREPRENEURS, ENTREPRENEUR_TIMES = 719, 786
LEADER_TIMES, HEAD_TIMES = 176, 626
OFFICES = {
    "party_secretary": ("district_committee", "区委书记"),
    "district_head": ("district_government", "区长"),
    "congress_chair": ("peoples_congress", "区人大常委会主任"),
    "cppcc_chair": ("cppcc", "区政协主席"),
}
COUNTRIES = ("DE", "IN", "PK", "KR", "IT", "TR", "EG", "BD", "JO")  # nine, and two of them twice
FOREIGNERS = (*COUNTRIES, "IN", "KR")
BANKS = ("示范农商银行", "示范商业银行", "示范城市银行", "示范开发银行")
FORMATS = ("many_to_many",) * 7 + ("many_to_one", "on_site")
PLACES = {
    "many_to_many": (("区行政中心会议厅", "Conference hall of the administrative centre"),
                     ("科创大厦二楼露台", "Terrace of the innovation building")),
    "many_to_one": (("企业会议室", "The enterprise's meeting room"), ("示范科技园", "Demo science park")),
    "on_site": (("园区邻里中心", "Community centre of the park"), ("项目工地", "Project site")),
}  # fmt: skip


@dataclass(frozen=True)
class Guest:
    """An entrepreneur, who may come more than once."""

    person_id: str
    name: str
    enterprise_id: str | None
    organisation: str | None
    country: str


def plan(today: date) -> list[Forum]:
    """Held before `today`, and the next one planned."""
    hosts = _hosts()
    days = _days(today)
    return [_forum(number, day, today, hosts) for number, day in enumerate(days, start=1)]


def events(forums: list[Forum]) -> list[Event]:
    """Planned on the day after the last but one, held at noon of the day."""
    made = []
    for index, forum in enumerate(forums):
        planned = moment(forums[index - 2].held_on + timedelta(days=1), 9, 0) if index > 1 else BEFORE_ALL
        staff = (id_of("staff"), "staff", None)
        made.append(Event(planned, "forum", "plan", forum.id, 1, *staff, "planned", {"number": forum.number}))
        if forum.state == "held":
            held = moment(forum.held_on, 11, 58)
            made.append(Event(held, "forum", "hold", forum.id, 2, *staff, "held", {"number": forum.number}))
    return made


def attendance(forums: list[Forum], register: list[Enterprise], bodies: list[tuple[str, str]]) -> list[Attendance]:
    """Everybody who came to a held forum. `bodies` are (code, name) of departments and the like, then of towns."""
    held = [forum for forum in forums if forum.state == "held"]
    guests = _guests(held, register)
    leaders = _counts(held, LEADER_TIMES, least=2, name="leaders")
    heads = _counts(held, HEAD_TIMES, least=8, name="heads")
    departments = [b for b in bodies if not b[0].startswith("330603")]
    towns = [b for b in bodies if b[0].startswith("330603")]
    made: list[Attendance] = []
    for index, forum in enumerate(held):
        made += _leaders(forum, leaders[index])
        made += _heads(forum, heads[index], departments)
        made += _towns(forum, towns)
        made += _others(forum)
        made += [_attendance(forum, g.person_id, g.name, "entrepreneur", enterprise_id=g.enterprise_id,
                             organisation=g.organisation, country=g.country) for g in guests[index]]  # fmt: skip
    return made


def _days(today: date) -> list[date]:
    """The days of the forums held before `today` and of the next two. None in February and August since 2024."""
    wanted = [m for m in months(FIRST_MONTH, add_months(today, 4)) if not _missed(m)]
    days = [FIXED_DAYS.get(number) or _day_in(month) for number, month in enumerate(wanted, start=1)]
    ahead = [day for day in days if day >= today]
    return [day for day in days if day < today] + ahead[:2]


def _missed(month: date) -> bool:
    return month in MISSED or (month > ARTICLE_DAY and month.month in (2, 8))


def _day_in(month: date) -> date:
    rng = stream(f"forum-day:{month}")
    return workdays.on_or_after(month + timedelta(days=rng.randrange(9, 23)))


def _forum(number: int, day: date, today: date, hosts: dict[int, str]) -> Forum:
    themes = table("forums")
    theme = themes[number - 1] if number <= len(themes) else themes[11 + number % 40]
    rng = stream(f"forum:{number}")
    shape = "many_to_one" if number == 18 else "many_to_many" if number in (1, 51) else rng.choice(FORMATS)
    place = PLACES[shape][1] if number in (1, 18) else rng.choice(PLACES[shape])
    office = hosts.get(number) or _later_host(number)
    held = day < today
    summary = f"围绕“{theme['theme_zh']}”交流，企业提出的事项现场答复或列入清单交办。" if held else None
    return Forum(
        id=uid("forum", number),
        number=number,
        theme_zh=theme["theme_zh"],
        theme_en=theme["theme_en"],
        sector_code=theme["sector"] or None,
        held_on=day,
        place_zh=place[0],
        place_en=place[1],
        format=shape,
        host_body=OFFICES[office][0],
        host_office=office,
        host_person=_principal(office, number)[0] if held else None,
        state="held" if held else "planned",
        summary=summary,
        seq=2 if held else 1,
    )


def _hosts() -> dict[int, str]:
    """The party secretary hosts every odd forum, 26 of 51; the other three take turns."""
    others = ("district_head", "congress_chair", "cppcc_chair")
    return {n: "party_secretary" if n % 2 else others[(n // 2) % 3] for n in range(1, 52)}


def _later_host(number: int) -> str:
    return tuple(OFFICES)[number % 4]


def _principal(office: str, number: int) -> tuple[str, str]:
    """(person id, how they are called): offices, never names; terms end with forums 15, 33 and 60."""
    term = (
        sum(number > end for end in (15, 33, 60)) if office != "party_secretary" else sum(number > e for e in (14, 32))
    )
    return uid("principal", office, term), f"{OFFICES[office][1]}（第{'一二三四'[term]}任）"


def _counts(held: list[Forum], total: int, *, least: int, name: str) -> list[int]:
    """How many came to each forum: `total` over the first 51, believable afterwards."""
    rng = stream(f"counts:{name}")
    mean = total / 51
    counts = [max(least, round(rng.gauss(mean, mean / 5))) for _ in range(51)]
    while sum(counts) != total:
        step = 1 if sum(counts) < total else -1
        index = rng.randrange(51)
        if counts[index] + step >= least:
            counts[index] += step
    later = [max(least, round(rng.gauss(mean, mean / 5))) for _ in range(max(0, len(held) - 51))]
    return [*counts, *later][: len(held)]


def _leaders(forum: Forum, count: int) -> list[Attendance]:
    """The host, and district leaders in charge of the theme."""
    rng = stream(f"leaders:{forum.number}")
    person, name = _principal(forum.host_office, forum.number)
    host = _attendance(forum, person, name, "district_leader", office=forum.host_office, body_code=forum.host_body)
    deputies = rng.sample(range(1, 15), count - 1)
    bodies = [body for body, _ in OFFICES.values()]
    rest = [
        _attendance(forum, uid("deputy", n), f"分管区领导（{n}号，示范）", "district_leader",
                    office="deputy", body_code=bodies[n % 4])
        for n in deputies
    ]  # fmt: skip
    return [host, *rest]


def _heads(forum: Forum, count: int, departments: list[tuple[str, str]]) -> list[Attendance]:
    """Department heads, every body in turn so that each was present, the usual ones more often."""
    rng = stream(f"heads:{forum.number}")
    usual = departments[:12]
    turn = [departments[(forum.number * 3 + i) % len(departments)] for i in range(3)]
    pool = [body for body in departments if body not in turn]
    weights = [6 if body in usual else 1 for body in pool]
    chosen = dict.fromkeys(turn)
    while len(chosen) < count:
        chosen[rng.choices(pool, weights)[0]] = None
    return [
        _attendance(forum, uid("head", code, forum.held_on.year // 3), f"{name}主要负责人", "department_head",
                    body_code=code)
        for code, name in chosen
    ]  # fmt: skip


def _towns(forum: Forum, towns: list[tuple[str, str]]) -> list[Attendance]:
    rng = stream(f"towns:{forum.number}")
    chosen = {towns[forum.number % len(towns)], *rng.sample(towns, rng.randrange(1, 4))}
    return [
        _attendance(forum, uid("town-head", code), f"{name}主要负责人", "town_head", body_code=code)
        for code, name in sorted(chosen)
    ]


def _others(forum: Forum) -> list[Attendance]:
    """Two financial institutions at each forum, and two of the working group."""
    rng = stream(f"others:{forum.number}")
    banks = [
        _attendance(forum, uid("banker", bank), f"{bank}代表", "financial", body_code="bank", organisation=bank)
        for bank in rng.sample(BANKS, 2)
    ]
    staff = [
        _attendance(forum, uid("clerk", n), f"专班工作人员（{n}号）", "staff", body_code="organisation") for n in (1, 2)
    ]
    return [*banks, *staff]


def _guests(held: list[Forum], register: list[Enterprise]) -> list[list[Guest]]:
    """Entrepreneurs a forum: 719 persons, 786 times over the first 51; the 51st is the foreign investors'."""
    rng = stream("guests")
    counts = _first_fifty(ENTREPRENEUR_TIMES - 14)
    again = _returning(rng, counts, ENTREPRENEUR_TIMES - ENTREPRENEURS)
    known: list[Guest] = []
    result = []
    for index, forum in enumerate(held):
        if forum.number == 51:
            fresh, old = _foreign_guests(register), []
        else:
            count, back = (counts[index], again[index]) if index < 50 else (rng.randrange(11, 18), 2)
            old = rng.sample(known, back) if back else []
            fresh = _new_guests(forum, count - back, register)
        known += fresh
        result.append([*fresh, *old])
    return result


def _first_fifty(total: int) -> list[int]:
    rng = stream("guest-counts")
    counts = [rng.randrange(12, 20) for _ in range(50)]
    while sum(counts) != total:
        index = rng.randrange(50)
        counts[index] += 1 if sum(counts) < total else -1
    return counts


def _returning(rng: Random, counts: list[int], total: int) -> list[int]:
    """How many of a forum's guests had come before: none of the first two, a few of each later one."""
    again = [0] * len(counts)
    while sum(again) < total:
        index = rng.randrange(2, len(counts))
        if again[index] < 4:
            again[index] += 1
    return again


def _new_guests(forum: Forum, count: int, register: list[Enterprise]) -> list[Guest]:
    """From the theme's sector first, each from another enterprise; a few from outside the register or abroad."""
    rng = stream(f"new-guests:{forum.number}")
    there = [e for e in register if e.created_at < moment(forum.held_on, 0, 0)]
    fitting = [e for e in there if forum.sector_code in (None, e.sector_code)]
    others = [e for e in there if forum.sector_code not in (None, e.sector_code)]
    chosen = rng.sample(fitting, min(count, len(fitting)))
    chosen += rng.sample(others, count - len(chosen))
    return [_guest(rng, forum, n, enterprise) for n, enterprise in enumerate(chosen)]


def _guest(rng: Random, forum: Forum, n: int, enterprise: Enterprise) -> Guest:
    surname = rng.choice(words(content("words")["surname"]["all_zh"]))
    person = uid("entrepreneur", forum.number, n)
    if rng.random() < 0.04:
        return Guest(person, f"{surname}会长", None, "示范行业协会", "CN")
    country = rng.choice(COUNTRIES) if enterprise.foreign_funded and rng.random() < 0.3 else "CN"
    name = (
        f"{surname}{rng.choice(('先生', '女士'))}"
        if country == "CN"
        else f"{rng.choice('ABDHJKMRST')}. {rng.choice(('先生', '女士'))}"
    )
    return Guest(person, name, enterprise.id, None, country)


def _foreign_guests(register: list[Enterprise]) -> list[Guest]:
    """Eleven foreign business people of nine countries, three of overseas companies."""
    rng = stream("foreign-guests")
    firms = rng.sample([e for e in register if e.foreign_funded], 6)
    initials = "ABDHJKLMPRS"
    foreign = [
        Guest(
            uid("entrepreneur", 51, n),
            f"{initials[n]}. {rng.choice(('先生', '女士'))}",
            firms[n].id if n < len(firms) else None,
            None if n < len(firms) else f"示范外商办事处（{n + 1}号）",
            country,
        )
        for n, country in enumerate(FOREIGNERS)
    ]
    overseas = [
        Guest(uid("entrepreneur", 51, 20 + n), f"{surname}先生", None, f"境外示范企业（{n + 1}号）", "CN")
        for n, surname in enumerate("陆温裴")
    ]
    return [*foreign, *overseas]


def _attendance(
    forum: Forum,
    person_id: str,
    name: str,
    kind: str,
    *,
    office: str | None = None,
    body_code: str | None = None,
    enterprise_id: str | None = None,
    organisation: str | None = None,
    country: str = "CN",
) -> Attendance:
    place = uid("attendance", forum.number, person_id)
    return Attendance(
        place, forum.id, person_id, name, kind, office, body_code, enterprise_id, organisation, country
    )  # fmt: skip
