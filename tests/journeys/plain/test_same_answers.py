"""The plain form and the full page are one questionnaire: the same answers through both are the same rows."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest

from db import clock
from db.survey import ballots, drafts
from intake.questionnaires.questionnaire import NA, as_content, read_questionnaire, visible_items
from intake.waves import running as waves
from pages.shared import here
from tests.conftest import session_of, words
from tests.intake.questionnaires.every_kind import EXAMPLES
from tests.intake.questionnaires.kinds import asked_in_a_wave, every_kind
from tests.intake.questionnaires.test_survey_questionnaire import CONTENT, full_answers
from tests.plain import PlainBrowser
from tests.sheets import all_who_came
from tests.there import there


def examples_of_every_kind():
    """One question of each kind, with the answer that everybody asks of it."""
    items = [example.item | {"code": f"E{n}"} for n, example in enumerate(EXAMPLES.values())]
    return read_questionnaire(json.dumps(as_content(every_kind("examples")) | {"items": [*items, LAST]}))


LAST = {"code": "Z", "kind": "text", "screen": "two", "zh": "还有吗", "en": "Anything else", "longest": 20}
EVERY = {
    "L1": "satisfied", "N10": 7, "Y1": "yes", "M1": ["desk", "other"], "M1.other": "电话 *热线* <b>",
    "T1": "窗口\n排队 ",
    "A1": 123.5, "D1": "2023-05-06", "X1": {"price": "dissatisfied", "speed": NA}, "O1": "other", "O1.other": "邮局",
    "C1": NA, "K1": True, "P1": {"actual": 12, "promised": 10},
}  # fmt: skip
LITTLE = {"L1": NA, "M1": ["none"], "X1": {"price": "satisfied", "speed": "satisfied"}, "A1": 3}
# The satisfaction survey, every kind filled in and left out as far as it may be, every kind's example.
SUITE = {
    "satisfaction": (lambda: read_questionnaire(CONTENT.read_text(encoding="utf-8")), full_answers()),
    "nothing applies": (
        lambda: read_questionnaire(CONTENT.read_text(encoding="utf-8")),
        full_answers(QP="no", QA="no", QS="no", QF="no", QX="no", O5="请帮忙 *解决*", O5C=True),
    ),
    "every kind": (every_kind, EVERY),
    "a little of every kind": (every_kind, LITTLE),
    "examples": (examples_of_every_kind, {f"E{n}": one.given for n, one in enumerate(EXAMPLES.values())}),
}


def widgets(item, given, answers):
    """What is touched in the full page for this answer: the kind of widget, its key, its value."""
    code, kind = item.code, item.kind
    if kind in ("level5", "change5", "yes_no", "single", "scale10"):
        yield "radio", f"f2f-{kind}-{code}", given
    elif kind == "multiple":
        yield from (("checkbox", f"f2f-multiple-{code}-{one}", True) for one in given)
    elif kind == "matrix":
        yield from (("radio", f"f2f-level5-{code}-{row}", one) for row, one in given.items())
    elif kind == "text":
        yield "text_area", f"f2f-text-{code}", given
    elif kind == "consent":
        yield "checkbox", f"f2f-consent-{code}", True
    elif given == NA:
        yield "checkbox", f"f2f-na-{code}", True
    elif kind == "number":
        yield "number_input", f"f2f-number-{code}", given
    elif kind == "two_numbers":
        yield from (("number_input", f"f2f-number-{code}-{part}", one) for part, one in given.items())
    elif kind == "date":
        yield "date_input", f"f2f-date-{code}", date.fromisoformat(given)


def fields(item, given, answers):
    """The same in the plain form: a field's name and what is typed or chosen."""
    name = f"a.{item.code}"
    if item.kind == "matrix" or (item.kind == "two_numbers" and given != NA):
        return {f"{name}.{part}": str(one) for part, one in given.items()}
    if item.kind == "consent":
        return {name: "yes"}
    if given == NA and item.kind in ("number", "two_numbers", "date"):
        return {f"{name}.na": NA}
    other = {f"{name}.other": answers[f"{item.code}.other"]} if f"{item.code}.other" in answers else {}
    return {name: given if isinstance(given, list) else str(given)} | other


def through_the_full_page(open_page, person, asked, answers):
    page = open_page(person, "survey")
    page.button(key="survey-start").click().run()
    for screen in asked.screens:
        done = set()
        for _ in asked.items:  # what appears with an answer is answered next
            todo = [(item, one) for item in visible_items(asked, answers) if item.screen == screen.code
                    and item.code in answers for one in widgets(item, answers[item.code], answers)
                    if one[1] not in done and shown(page, one)]  # fmt: skip
            if not todo:
                break
            for _item, (kind, key, value) in todo:
                getattr(page, kind)(key=key).set_value(value)
                done.add(key)
            page.run()
        for code in [code for code in answers if code.endswith(".other")]:
            if shown(page, ("text_input", f"f2f-other-{code.partition('.')[0]}", "")):
                page.text_input(key=f"f2f-other-{code.partition('.')[0]}").set_value(answers[code]).run()
        page.button(key="survey-next").click().run()
    return page


def shown(page, one):
    return any(widget.key == one[1] for widget in getattr(page, one[0]))


def through_the_plain_form(store, person, asked, answers):
    browser = PlainBrowser(session=session_of(store, person)).open("/f").press("start")
    for screen in asked.screens:
        for _ in asked.items:
            assert browser.page.forms, (browser.answer.status, browser.page.text[:600])
            names = browser.page.forms[0].names
            given = {}
            for item in visible_items(asked, answers):
                if item.screen == screen.code and item.code in answers:
                    given |= {n: v for n, v in fields(item, answers[item.code], answers).items() if n in names}
            before = browser.page.forms[0].values["step"]
            browser.press("next", **given)
            if "step" not in browser.page.forms[0].values or browser.page.forms[0].values["step"] != before:
                break
    return browser


def rows(store, person):
    """What is stored of an enterprise's response, without what is of its time."""
    [one] = [one for one in all_who_came(store) if one.enterprise_id == person.enterprise_id]
    given = store.read(lambda con: ballots.sheet_of(con, one)).answers
    return sorted(given, key=lambda row: (row["item"], row["choice"] or ""))


def drafted(store, person, form):
    found = store.read(lambda con: drafts.of(con, owner=person.id, form=form))
    return found.content if found else None


@pytest.mark.parametrize("name", SUITE)
def test_the_same_answers_through_both_pages_are_the_same_rows(store, people, open_page, name):
    make, answers = SUITE[name]
    asked, pair = make(), (people.enterprise, people.stranger)
    known = asked.code == "satisfaction"
    wave = reference(store, people) if known else asked_in_a_wave(store, people, asked, here.now())
    page = through_the_full_page(open_page, people.enterprise, asked, answers)
    plain = through_the_plain_form(store, people.stranger, asked, answers)
    assert "提交前看一眼" in plain.page.title and "有" not in plain.page.title.split("-")[0]
    full, here_too = (there(drafted(store, one, f"survey:{wave.id}"))["answers"] for one in pair)
    assert {code: said for code, said in full.items() if said not in (None, "", [])}.items() <= here_too.items()
    page.button(key="survey-submit").click().run()
    assert "答卷已收到" in words(page)
    plain.press("send")
    assert "答卷已收到" in plain.page.text
    assert rows(store, people.stranger) == rows(store, people.enterprise) != []
    full, here_too = (drafted(store, one, "issue") for one in pair)
    assert (full and full["text"]) == (here_too and here_too["text"])


def reference(store, people):
    day = clock.day_of(here.now())
    form = waves.WaveForm("企业满意度调查", "Survey", "satisfaction", 1, day, day + timedelta(days=9))
    return waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=form, at=here.now())
