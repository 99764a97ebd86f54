"""What becomes of each case, day by day, before anything is told: 773 to November 2023 as published, then more.

At the end of 30 November 2023: 773 cases that are not merged, 767 of them accepted, 742 settled after 7.0 days.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from db.demo import workdays
from db.demo.common import ARTICLE_DAY, add_months, content, months, stream
from db.demo.enterprises import CARED_FOR
from db.demo.forums import Attendance, Forum
from db.people.enterprises import Enterprise

ISSUES = 773
MEAN_DAYS = 7
MERGED = 9
FIRST_FORUM = 12  # issues of the first forum
FIRST_CATEGORIES = ("finance", "innovation", "environment")

WEIGHTS = {
    "finance": 13, "approvals": 10, "policy": 12, "land": 9, "utilities": 10, "environment": 8, "safety": 4,
    "labour": 10, "living": 5, "innovation": 9, "market": 8, "transport": 4, "law": 4, "tax": 4,
    "foreign": 3, "other": 3,
}  # fmt: skip
THEMES = {
    "J": "finance", "F51": "market", "I65": "innovation", "M": "innovation", "C17": "environment", "C26": "safety",
    "G": "transport", "C34": "labour",
}  # fmt: skip
CHANNELS = {"point": 45, "line": 20, "surface": 13, "self": 22}
GOOD_RATINGS = {"very_satisfied": 47, "satisfied": 36, "fairly_satisfied": 17}


@dataclass(frozen=True)
class Plan:
    """The days of one case. A day that is None does not come; `route` says which of them are walked.

    spot and solved/explained: answered once. committed: `answered` with a promise, fulfilled on `settled`.
    again: `answered`, `opposed` by the enterprise, sent out again on `resent`, answered on `settled`.
    """

    key: str
    enterprise: Enterprise
    category: str
    channel: str
    submitted: date
    route: str  # solved, explained, committed, again, merged
    forum: Forum | None = None
    on_spot: bool = False
    transferred: date | None = None  # to the hotline 12345
    returned: date | None = None
    resubmitted: date | None = None
    accepted: date | None = None
    dispatched: date | None = None
    started: date | None = None
    answered: date | None = None
    promised_on: date | None = None
    opposed: date | None = None
    opposed_by: str = "reject"  # reject, rating, reopen
    resent: date | None = None
    settled: date | None = None
    closed: date | None = None
    rating: str = "satisfied"
    into: str | None = None
    lead: str | None = None
    led_by_demo_leader: bool = False

    @property
    def days(self) -> int:
        return (self.settled - self.dispatched).days if self.settled and self.dispatched else 0


def plans(
    today: date, register: Sequence[Enterprise], forums: Sequence[Forum], attendance: Sequence[Attendance]
) -> list[Plan]:
    """All plans: the published years first, then every month that has begun by `today`."""
    present = _present(register, attendance)
    held = [forum for forum in forums if forum.state == "held"]
    made = _published(register, held, present)
    for month in months(add_months(ARTICLE_DAY, 1), today) if today > ARTICLE_DAY else []:
        made += _month(
            month, register, [f for f in held if f.number > 51 and f.held_on.replace(day=1) == month], present
        )
    return [plan for plan in made if plan.submitted < today]


def _published(
    register: Sequence[Enterprise], forums: Sequence[Forum], present: dict[str, list[Enterprise]]
) -> list[Plan]:
    open_plans = _open_at_the_end(register, forums[50], present)
    settled = _forum_plans(forums[:51], present)
    rng = stream("between-forums")
    while len(settled) + len(open_plans) < ISSUES:
        number = len(settled)
        day = date(2019, 1, 7) + timedelta(days=round(1760 * rng.random() ** 0.8))
        settled.append(_between(f"between:{number}", workdays.on_or_after(day), register))
    settled = _tuned([_ended_by(plan, ARTICLE_DAY) for plan in settled])
    return [*settled, *open_plans, *_duplicates(settled, register)]


def _forum_plans(forums: Sequence[Forum], present: dict[str, list[Enterprise]]) -> list[Plan]:
    made = []
    for forum in forums:
        count = FIRST_FORUM if forum.number == 1 else 6 if forum.number == 51 else stream(forum.id).randrange(6, 11)
        made += [_at_forum(forum, number, present[forum.id]) for number in range(count)]
    return made


def _at_forum(forum: Forum, number: int, guests: Sequence[Enterprise]) -> Plan:
    """Accepted, sent out and answered while people sit together; a promise is kept later."""
    rng = stream(f"at-forum:{forum.number}:{number}")
    kind = rng.choices(("solved", "committed", "explained"), (38, 46, 16))[0]
    day = forum.held_on
    plan = Plan(
        key=f"forum:{forum.number}:{number}",
        enterprise=guests[number % len(guests)],
        category=_category(rng, forum, number),
        channel="forum",
        submitted=day,
        route=kind,
        forum=forum,
        on_spot=True,
        accepted=day,
        dispatched=day,
        answered=day,
        settled=day,
    )
    if kind == "committed":
        plan = replace(plan, settled=workdays.plus(day, 3 + int(rng.gammavariate(2.0, 4.4))))
        plan = replace(plan, promised_on=_promise(rng, plan))
    return _with_ending(rng, plan)


def _between(key: str, day: date, register: Sequence[Enterprise]) -> Plan:
    """One that came by an officer, an association, a committee or by itself."""
    rng = stream(key)
    category = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    accepted = workdays.plus(day, rng.choice((0, 0, 1))) if rng.random() < 0.95 else workdays.plus(day, 3)
    dispatched = workdays.plus(accepted, rng.choices((0, 1, 2, 3, 4), (20, 35, 25, 15, 5))[0])
    plan = Plan(
        key=key,
        enterprise=_enterprise(rng, register, category, day),
        category=category,
        channel=rng.choices(list(CHANNELS), list(CHANNELS.values()))[0],
        submitted=day,
        route=rng.choices(("solved", "explained", "committed", "again"), (58, 12, 24, 6))[0],
        accepted=accepted,
        dispatched=dispatched,
    )
    return _with_ending(rng, _with_answers(rng, plan))


def _with_answers(rng: Random, plan: Plan) -> Plan:
    """The days between dispatch and the answer that stands."""
    sent = plan.dispatched or plan.submitted
    started = workdays.plus(sent, rng.choice((0, 0, 1)))
    if plan.route == "committed":
        answered = workdays.plus(started, rng.randrange(1, 4))
        plan = replace(plan, started=started, answered=answered)
        plan = replace(plan, settled=workdays.plus(answered, 2 + int(rng.gammavariate(2.0, 3.6))))
        return replace(plan, promised_on=_promise(rng, plan))
    if plan.route == "again":
        return _again(rng, replace(plan, started=started), workdays.plus(started, rng.randrange(1, 5)))
    worked = min(int(rng.expovariate(1 / 3.6)), 22)
    return replace(plan, started=started, settled=workdays.plus(started, worked))


def _again(rng: Random, plan: Plan, answered: date) -> Plan:
    opposed = workdays.plus(answered, rng.randrange(1, 4))
    resent = workdays.plus(opposed, 1)
    way = rng.choice(("reject", "reject", "rating", "reopen"))
    settled = workdays.plus(resent, rng.randrange(2, 7))
    return replace(plan, answered=answered, opposed=opposed, opposed_by=way, resent=resent, settled=settled)


def _with_ending(rng: Random, plan: Plan) -> Plan:
    """Closed by the enterprise after a while, or never: silence stays silence."""
    rating = rng.choices(list(GOOD_RATINGS), list(GOOD_RATINGS.values()))[0]
    led = rng.random() < 0.12
    silent = rng.random() < (0.025 if plan.submitted <= ARTICLE_DAY else 0.01)
    wait = rng.choices((0, 1, 2, 3, 5, 8), (20, 30, 20, 15, 10, 5))[0]
    closed = None if silent or not plan.settled else workdays.plus(plan.settled, wait)
    return replace(plan, closed=closed, rating=rating, led_by_demo_leader=led)


def _promise(rng: Random, plan: Plan) -> date:
    """Most promises are kept with some days to spare, one in eight is not."""
    settled, answered = plan.settled or plan.submitted, plan.answered or plan.submitted
    promised = workdays.plus(settled, rng.choice((0, 0, 1, 2, 3)) if rng.random() < 0.87 else -rng.randrange(1, 4))
    return max(promised, workdays.plus(answered, 1))


def _ended_by(plan: Plan, last: date) -> Plan:
    """The same, settled by `last`: late ones are pulled back to what is possible."""
    latest = workdays.on_or_before(last - timedelta(days=1))
    if plan.settled is None or plan.settled <= latest:
        return plan
    shift = plan.settled - latest
    if plan.route == "committed" and plan.answered and plan.answered < latest:
        return replace(plan, settled=latest, closed=workdays.plus(latest, 2))
    start = workdays.on_or_before(plan.submitted - shift - timedelta(days=7))
    return _between(plan.key, start, [plan.enterprise])


def _tuned(settled: list[Plan]) -> list[Plan]:
    """Shift single settlements by a working day until the mean of handling days is what was published."""
    rng = stream("tuning")
    target = MEAN_DAYS * len(settled)
    total = sum(plan.days for plan in settled)
    while total != target:
        index = rng.randrange(len(settled))
        moved = _moved(settled[index], 1 if total < target else -1)
        change = moved.days - settled[index].days
        if abs(target - total - change) < abs(target - total):
            settled[index], total = moved, total + change
    return settled


def _moved(plan: Plan, step: int) -> Plan:
    """Settled a working day later or earlier, where the plan's other days allow it."""
    if (plan.on_spot and plan.route != "committed") or not plan.settled or plan.days == 0:
        return plan
    settled = workdays.plus(plan.settled, step)
    earliest = plan.resent or (plan.answered if plan.route == "committed" else None) or plan.started or settled
    if settled <= earliest or settled >= ARTICLE_DAY or (plan.closed and settled > plan.closed):
        return plan
    return replace(plan, settled=settled)


def _duplicates(settled: Sequence[Plan], register: Sequence[Enterprise]) -> list[Plan]:
    """The same problem raised again while the first is under way: merged into it."""
    rng = stream("duplicates")
    firsts = [plan for plan in settled if plan.channel != "forum" and plan.days > 6]
    return [_duplicate(rng, number, first, register) for number, first in enumerate(rng.sample(firsts, MERGED))]


def _duplicate(rng: Random, number: int, first: Plan, register: Sequence[Enterprise]) -> Plan:
    day = workdays.plus(first.dispatched or first.submitted, 1)
    neighbours = [e for e in register if e.sector_code == first.enterprise.sector_code and e.created_at.date() < day]
    return Plan(
        key=f"duplicate:{first.key}:{number}",
        enterprise=rng.choice(neighbours),
        category=first.category,
        channel=rng.choice(("point", "line", "self")),
        submitted=day,
        route="merged",
        settled=workdays.plus(day, 1),
        into=first.key,
    )


def _open_at_the_end(
    register: Sequence[Enterprise], last_forum: Forum, present: dict[str, list[Enterprise]]
) -> list[Plan]:
    """The 31 that were not settled on 30 November 2023; all of them are later."""
    made = [_at_last_forum(last_forum, number, present[last_forum.id]) for number in range(6, 10)]
    days = {
        "submitted": (29, 29, 30, 30), "returned": (16, 20), "accepted": (27, 27, 28),
        "dispatched": (20, 21, 22, 23, 24), "in_progress": (1, 3, 13, 14, 15, 17), "committed": (6, 8, 9, 13),
        "reopened": (6, 7, 9),
    }  # fmt: skip
    for state, submitted in days.items():
        made += [_open(state, number, date(2023, 11, day), register) for number, day in enumerate(submitted)]
    return made


def _at_last_forum(forum: Forum, number: int, guests: Sequence[Enterprise]) -> Plan:
    plan = _at_forum(forum, number, guests)
    settled = workdays.plus(forum.held_on, 12 + 9 * (number - 6))
    plan = replace(plan, route="committed", settled=settled, promised_on=settled, closed=workdays.plus(settled, 2))
    return plan


def _open(state: str, number: int, day: date, register: Sequence[Enterprise]) -> Plan:
    """In `state` at the end of 30 November 2023, settled in the weeks after."""
    key = f"open:{state}:{number}"
    after = workdays.plus(ARTICLE_DAY, 1 + number)
    plan = replace(_between(key, day, register), route="solved", answered=None, promised_on=None, opposed=None)
    plan = replace(plan, started=None, resent=None, settled=workdays.plus(after, 6), closed=workdays.plus(after, 9))
    accepted, sent = workdays.plus(day, 1), workdays.plus(day, 2)
    if state == "submitted":
        return replace(plan, accepted=after, dispatched=workdays.plus(after, 1), started=workdays.plus(after, 2))
    if state == "returned":
        back = {"returned": accepted, "resubmitted": after, "accepted": workdays.plus(after, 1)}
        return replace(plan, **back, dispatched=workdays.plus(after, 2), started=workdays.plus(after, 3))
    plan = replace(plan, accepted=accepted)
    if state == "accepted":
        return replace(plan, dispatched=after, started=workdays.plus(after, 1))
    plan = replace(plan, dispatched=sent)
    if state == "dispatched":
        return replace(plan, started=after)
    plan = replace(plan, started=sent)
    if state == "in_progress":
        return plan
    answered = workdays.plus(sent, 2)
    if state == "committed":
        promised = workdays.plus(ARTICLE_DAY, (-3, 6, 10, 20)[number])
        settled = max(plan.settled or promised, promised)
        return replace(plan, route="committed", answered=answered, promised_on=promised, settled=settled,
                       closed=workdays.plus(settled, 2))  # fmt: skip
    opposed = date(2023, 11, (24, 28, 29)[number])
    way = ("reject", "rating", "reject")[number]
    return replace(plan, route="again", answered=answered, opposed=opposed, opposed_by=way, resent=after)


def _month(
    month: date, register: Sequence[Enterprise], forums: Sequence[Forum], present: dict[str, list[Enterprise]]
) -> list[Plan]:
    """A month after the published years."""
    rng = stream(f"month:{month}")
    made = [
        _at_forum(forum, number, present[forum.id])
        for forum in forums
        for number in range(stream(forum.id).randrange(6, 10))
    ]
    for number in range(rng.randrange(12, 18) + min(6, 2 * (month.year - 2024))):
        day = workdays.on_or_after(month + timedelta(days=rng.randrange(26)))
        made.append(_between(f"{month:%Y-%m}:{number}", day, register))
    if rng.random() < 0.4:
        first = next((plan for plan in made if plan.channel != "forum" and plan.days > 6), None)
        made += [_duplicate(rng, 0, first, register)] if first else []
    return made


def _present(register: Sequence[Enterprise], attendance: Sequence[Attendance]) -> dict[str, list[Enterprise]]:
    """Which registered enterprises sat at each forum."""
    known = {enterprise.id: enterprise for enterprise in register}
    found: dict[str, list[Enterprise]] = {}
    for person in attendance:
        if person.enterprise_id:
            found.setdefault(person.forum_id, []).append(known[person.enterprise_id])
    return found


def _category(rng: Random, forum: Forum, number: int) -> str:
    """The first forum was on finance, innovation and the environment; the 51st on foreign investment."""
    if forum.number == 1:
        return FIRST_CATEGORIES[number % 3]
    if forum.number == 51 or "外商" in forum.theme_zh or "外籍" in forum.theme_zh:
        return rng.choices(("foreign", "approvals", "finance", "living", "law", "tax"), (50, 12, 10, 12, 10, 6))[0]
    code = forum.sector_code or ""
    if (theme := THEMES.get(code) or THEMES.get(code[:1])) and rng.random() < 0.3:
        return theme
    return rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]


def _enterprise(rng: Random, register: Sequence[Enterprise], category: str, day: date) -> Enterprise:
    """Somebody registered by then; the demo officer's enterprises speak up a little more often."""
    there = [e for e in register if e.created_at.date() < day]
    if category == "foreign":
        there = [e for e in there if e.foreign_funded] or there
    elif rng.random() < 0.05:
        there = there[:CARED_FOR]
    return rng.choice(there)


def of_category(code: str) -> dict:
    """The category's leads, partners and templates."""
    return next(entry for entry in content("cases")["category"] if entry["code"] == code)
