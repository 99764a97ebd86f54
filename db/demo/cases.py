"""Cases told from their plans: words, bodies, people and every event, with the rows that the events add up to."""

from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from db import clock, numbers
from db.demo import workdays
from db.demo.answers import full
from db.demo.common import content, moment, office_hours, stream, uid, words
from db.demo.enterprises import DEMO_ENTERPRISE
from db.demo.people import LEADERS, id_of
from db.demo.plans import Plan, of_category
from db.demo.stories import Answer, Doer, Story
from db.hotline import Order
from i18n.writing import MAIN

STAFF = Doer(id_of("staff"), "staff")
VISITOR = Doer(id_of("staff-2"), "staff")  # who calls back is not who handles
OFFICERS_SINCE = datetime(2023, 2, 11)
AMOUNTS = {"large": 1.0, "medium": 0.6, "small": 0.25, "micro": 0.1}  # of the sums that a case is about
BAD = ("dissatisfied", "dissatisfied", "very_dissatisfied")


@dataclass(frozen=True)
class Words:
    """What the case says and is told, in its own language."""

    kind: str
    title: str
    text: str
    done: Answer
    plan: Answer
    why: Answer
    language: str


class Calendar:
    """Instants that only move forward: the next one on a day, in office hours where the day allows it."""

    def __init__(self, rng: Random, plan: Plan) -> None:
        self._rng = rng
        self._spot = plan.on_spot
        self._place = int(plan.key.rsplit(":", 1)[-1]) if plan.forum else 0
        self._last = datetime.min

    def on(self, day: date) -> datetime:
        step = timedelta(seconds=self._rng.randrange(60, 900))
        drawn = office_hours(self._rng, day)
        self._last = drawn if drawn > self._last + step else self._last + step
        return self._last

    def at_table(self, day: date, minutes: int) -> datetime:
        """A forum's cases follow each other from half past nine."""
        self._last = moment(day, 9, 30) + timedelta(minutes=9 * self._place + minutes)
        return self._last


def tell(plans: Sequence[Plan], until: datetime) -> list[Story]:
    """The stories of all plans as far as `until`, in the order of submission, numbered by year."""
    told = sorted((_told(plan, until) for plan in plans), key=lambda s: (s.row["submitted_at"], s.row["id"]))
    counters: dict[int, int] = {}
    for story in told:
        year = clock.day_of(story.row["submitted_at"]).year
        counters[year] = counters.get(year, 0) + 1
        story.row["number"] = numbers.of_case(year, counters[year])
    return told


def id_of_case(key: str) -> str:
    return uid("case", key)


def _told(plan: Plan, until: datetime) -> Story:
    rng = stream(f"tell:{plan.key}")
    said = _words(rng, plan)
    calendar = Calendar(rng, plan)
    first = calendar.at_table(plan.submitted, 0) if plan.on_spot else calendar.on(plan.submitted)
    story = Story(_row(rng, plan, said, first), until)
    story.submit(first, _raiser(plan, first), _order(plan, first) if plan.channel == "hotline" else None)
    if plan.on_spot:
        _at_the_table(rng, story, plan, said, calendar)
    elif plan.route == "merged":
        _merge(story, plan, calendar)
    else:
        _through_the_desk(rng, story, plan, said, calendar)
    _ending(rng, story, plan, calendar)
    return story


def _at_the_table(rng: Random, story: Story, plan: Plan, said: Words, calendar: Calendar) -> None:
    lead, co = _bodies(rng, plan)
    day = plan.submitted
    story.accept(calendar.at_table(day, 1), STAFF)
    story.dispatch(calendar.at_table(day, 2), STAFF, lead, co)
    at = calendar.at_table(day, 6)
    if plan.route == "committed" and plan.promised_on:
        story.promise(at, _handler(lead), said.plan, plan.promised_on)
        _chase(rng, story, plan, calendar, day)
        if plan.settled:
            story.fulfil(calendar.on(plan.settled), _handler(lead), said.done)
    else:
        story.answer(at, _handler(lead), plan.route, said.done if plan.route == "solved" else said.why)


def _merge(story: Story, plan: Plan, calendar: Calendar) -> None:
    if plan.settled and plan.into:
        reason = content("words")["reason"]["merge_zh"]
        story.merge(calendar.on(plan.settled), STAFF, id_of_case(plan.into), reason)


def _through_the_desk(rng: Random, story: Story, plan: Plan, said: Words, calendar: Calendar) -> None:
    reasons = content("words")["reason"]
    if plan.transferred:
        story.transfer(calendar.on(plan.transferred), STAFF, reasons["transfer_zh"])
    if plan.returned:
        story.send_back(calendar.on(plan.returned), STAFF, _in(reasons, "return", said.language))
    if plan.resubmitted:
        story.resubmit(calendar.on(plan.resubmitted), _raiser(plan, story.row["submitted_at"]))
    if plan.accepted:
        story.accept(calendar.on(plan.accepted), STAFF)
    if plan.dispatched:
        lead, co = _bodies(rng, plan)
        story.dispatch(calendar.on(plan.dispatched), STAFF, lead, co)
        _handled(rng, story, plan, said, calendar, lead, co)


def _handled(rng: Random, story: Story, plan: Plan, said: Words, calendar: Calendar, lead: str, co: list[str]) -> None:
    """From the handling letter to the answer that stands."""
    if plan.started:
        story.start(calendar.on(plan.started), _handler(lead))
    if plan.route == "committed" and plan.answered and plan.promised_on:
        story.promise(calendar.on(plan.answered), _handler(lead), said.plan, plan.promised_on)
    if plan.route == "again" and plan.answered:
        story.answer(calendar.on(plan.answered), _handler(lead), "explained", said.why)
        _opposed(rng, story, plan, said, calendar)
        if plan.resent:
            story.dispatch(calendar.on(plan.resent), STAFF, lead, co)
    _chase(rng, story, plan, calendar, plan.resent or plan.answered or plan.started or plan.submitted)
    if plan.settled and plan.route == "committed":
        story.fulfil(calendar.on(plan.settled), _handler(lead), said.done)
    elif plan.settled:
        kind = "explained" if plan.route == "explained" else "solved"
        story.answer(calendar.on(plan.settled), _handler(lead), kind, said.why if kind == "explained" else said.done)


def _opposed(rng: Random, story: Story, plan: Plan, said: Words, calendar: Calendar) -> None:
    """The enterprise rejects the answer, rates it badly, or finds the problem again after it had closed the case."""
    reasons = content("words")["reason"]
    by = _enterprise(plan)
    if plan.opposed is None or plan.answered is None:
        return
    if plan.opposed_by == "rating":
        story.close(calendar.on(plan.opposed), by, rng.choice(BAD))
    elif plan.opposed_by == "reopen":
        story.close(calendar.on(plan.answered), by, "fairly_satisfied")
        story.oppose(calendar.on(plan.opposed), by, "reopen", _in(reasons, "reopen", said.language))
    else:
        story.oppose(calendar.on(plan.opposed), by, "reject", _in(reasons, "reject", said.language))


def _chase(rng: Random, story: Story, plan: Plan, calendar: Calendar, since: date) -> None:
    """A reminder call each week while it lasts, sometimes a meeting."""
    notes = content("words")["note"]
    day = workdays.plus(since, 5)
    end = plan.settled or clock.day_of(story.until)
    for count in range(3):
        if day >= end:
            return
        text = (
            notes["call_zh"] if count != 1 else rng.choice((notes["meeting_zh"], notes["visit_zh"], notes["plan_zh"]))
        )
        story.note(calendar.on(day), STAFF, text)
        day = workdays.plus(day, 5)


def _ending(rng: Random, story: Story, plan: Plan, calendar: Calendar) -> None:
    if plan.route == "merged" or not plan.settled:
        return
    if plan.closed:
        story.close(calendar.on(plan.closed), _enterprise(plan), plan.rating)
    elif rng.random() < 0.4:
        text = content("words")["note"]["proxy_zh"]
        story.note(calendar.on(workdays.plus(plan.settled, 8)), VISITOR, text, kind="proxy")


def _row(rng: Random, plan: Plan, said: Words, at: datetime) -> dict[str, Any]:
    enterprise = plan.enterprise
    led = plan.led_by_demo_leader or (plan.forum is not None and rng.random() < 0.6)
    leader = "leader" if plan.led_by_demo_leader else rng.choice(LEADERS[1:])
    blank = ("lead_body", "answer_kind", "answer_text", "answer_translated", "rating", "merged_into", "accepted_at",
             "dispatched_at", "settled_at", "closed_at", "due_on", "due_rule", "promised_on")  # fmt: skip
    return {
        "id": id_of_case(plan.key),
        "number": "",
        "kind": said.kind,
        "category": plan.category,
        "enterprise_id": enterprise.id,
        "sector_code": enterprise.sector_code,
        "town_code": enterprise.town_code,
        "title": said.title,
        "text": said.text,
        "channel": plan.channel,
        "forum_id": plan.forum.id if plan.forum else None,
        "on_spot": plan.route if plan.on_spot else None,
        "language": said.language,
        "notice_version": 1,
        "state": "submitted",
        "leader_id": id_of(leader) if led and plan.route != "merged" else None,
        "submitted_at": at,
        "due_provisional": False,
        "seq": 1,
        **dict.fromkeys(blank),
    }


def _words(rng: Random, plan: Plan) -> Words:
    category = of_category(plan.category)
    told_by = stream(f"words:{plan.into}") if plan.into else stream(f"words:{plan.key}")
    english = plan.enterprise.foreign_funded and rng.random() < 0.65
    fitting = [t for t in category["template"] if _fits(t, plan.enterprise.sector_code)]
    templates = [t for t in fitting if english and "title_en" in t]
    language = "en" if templates else "zh"
    template = told_by.choice(templates or fitting)
    slots = _slots(told_by, plan, language)
    said = {name: template[f"{name}_{language}"].format(**slots) for name in ("title", "text")}
    hearts = {name: {one: where[f"{name}_{one}"].format(**slots) for one in (language, MAIN)}
              for name, where in (("done", template), ("plan", template), ("why", category))}  # fmt: skip
    answers = {name: full(plan.key, heart, language, at_table=plan.on_spot) for name, heart in hearts.items()}
    return Words(template["kind"], said["title"], said["text"], **answers, language=language)


def _fits(template: dict[str, Any], sector: str) -> bool:
    return any(sector.startswith(code) for code in template.get("sectors", [""]))


def _slots(rng: Random, plan: Plan, language: str) -> dict[str, object]:
    products = content("words")["product"]
    code = plan.enterprise.sector_code
    known = code if f"{code}_{language}" in products else "other"
    amount = max(20, round(rng.randrange(4, 96) * 50 * AMOUNTS[plan.enterprise.size], -1))
    return {
        "amount": round(amount),
        "million": f"{amount / 100:g}",
        "month_name": month_name[plan.submitted.month],
        "n": rng.randrange(8, 60),
        "n2": rng.randrange(2, 7),
        "days": rng.randrange(15, 90),
        "month": plan.submitted.month,
        "year": plan.submitted.year - 1,
        "product": rng.choice(words(products[f"{known}_{language}"])),
    }


def _bodies(rng: Random, plan: Plan) -> tuple[str, list[str]]:
    category = of_category(plan.category)
    lead = plan.lead or rng.choice(category["leads"])
    partners = [body for body in dict.fromkeys(category["partners"]) if body != lead]
    return lead, sorted(rng.sample(partners, min(len(partners), rng.choices((0, 1, 2), (55, 35, 10))[0])))


def _handler(body: str) -> Doer:
    return Doer(id_of("department" if body == "economy_it" else f"dept-{body}"), "department", body)


def _enterprise(plan: Plan) -> Doer:
    return Doer(id_of("enterprise") if plan.enterprise.id == DEMO_ENTERPRISE else None, "enterprise")


def _raiser(plan: Plan, at: datetime) -> Doer:
    """Officers are the point, the enterprise speaks for itself; the rest comes in through the working group."""
    if plan.channel == "self":
        return _enterprise(plan)
    if plan.channel == "point" and at >= OFFICERS_SINCE:
        return Doer(plan.enterprise.officer_id, "officer")
    return STAFF


def _order(plan: Plan, at: datetime) -> Order:
    """What the hotline wrote of the call, an hour before it came here."""
    n = int(plan.key.rpartition(":")[2])
    called = (at - timedelta(hours=1)).isoformat()
    known = {"caller": "示例来电人", "phone": f"138000012{n:02d}", "said_class": "企业服务"}
    return Order(f"KQ{plan.submitted:%y%m%d}{n:04d}", called, **known, due_on=workdays.plus(plan.submitted, 5))


def _in(texts: dict[str, str], name: str, language: str) -> str:
    return texts[f"{name}_{language}"]
