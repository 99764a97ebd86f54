"""A questionnaire with every kind of question, for tests of pages and of files."""

import json
from datetime import timedelta
from uuid import uuid4

from db import clock
from intake.questionnaires import versions as questionnaires
from intake.questionnaires.questionnaire import read_questionnaire
from intake.waves import running as waves

LEVELS = [("very_satisfied", "非常满意", "Very satisfied", 100), ("satisfied", "满意", "Satisfied", 75),
          ("fairly_satisfied", "基本满意", "Fairly satisfied", 50), ("dissatisfied", "不满意", "Dissatisfied", 25),
          ("very_dissatisfied", "非常不满意", "Very dissatisfied", 0)]  # fmt: skip
CHANGES = [("much_better", "明显改善", "Much better", 100), ("better", "有所改善", "Better", 75),
           ("same", "基本持平", "About the same", 50), ("worse", "有所下降", "Worse", 25),
           ("much_worse", "明显下降", "Much worse", 0)]  # fmt: skip
CHANNELS = [
    {"code": "web", "zh": "网站", "en": "Website"},
    {"code": "desk", "zh": "窗口", "en": "Counter"},
    {"code": "other", "zh": "其他", "en": "Other", "words": True, "last": True},
    {"code": "none", "zh": "都没有", "en": "None", "alone": True, "last": True},
]


def an_item(code, kind, **more):
    return {"code": code, "kind": kind, "screen": "one", "zh": f"题目{code}", "en": f"Question {code}"} | more


ITEMS = [
    an_item("S0", "section"),
    an_item("L1", "level5", dimension="overall", required=True, na=True),
    an_item("N10", "scale10", low=0, high=10),
    an_item("Y1", "yes_no", options=[{"code": "yes", "zh": "是", "en": "Yes"}, {"code": "no", "zh": "否", "en": "No"}]),
    an_item("M1", "multiple", options=CHANNELS, most=2, required=True, random_order=True),
    an_item("T1", "text", longest=200, when={"item": "M1", "op": "selected", "answer": "desk"}),
    an_item("A1", "number", screen="two", low=0, high=9999, unit={"zh": "万元", "en": "10,000 yuan"}, decimals=1),
    an_item("D1", "date", screen="two", earliest="2020-01-01", hint={"zh": "大概即可", "en": "Roughly is fine"}),
    an_item("X1", "matrix", screen="two", required=True, na=True, rows=[
        {"code": "price", "zh": "价格", "en": "Price"}, {"code": "speed", "zh": "速度", "en": "Speed"}]),
    an_item("O1", "single", screen="two", options=[*CHANNELS[:2], CHANNELS[2]],
            when={"either": [{"item": "A1", "op": "ge", "answer": 100},
                             {"item": "X1.price", "answer": "dissatisfied"}]}),
    an_item("C1", "change5", screen="two", na=True),
    an_item("K1", "consent", screen="two", when={"item": "T1", "op": "filled"}),
    an_item("P1", "two_numbers", screen="two", low=0, high=400, unit={"zh": "天", "en": "days"}, parts=[
        {"code": "actual", "zh": "实际", "en": "Actual"}, {"code": "promised", "zh": "承诺", "en": "Promised"}]),
]  # fmt: skip


def _scale(levels):
    return [{"code": code, "zh": zh, "en": en, "value": value} for code, zh, en, value in levels]


def every_kind(code="kinds", **changes):
    return read_questionnaire(
        json.dumps(
            {
                "code": code,
                "version": 1,
                "title": {"zh": "题型大全", "en": "Every kind"},
                "purpose": {"zh": "试填", "en": "To try"},
                "minutes": 3,
                "notice": {"version": 2, "zh": "只用于统计", "en": "For statistics only"},
                "screens": [
                    {"code": "one", "zh": "第一部分", "en": "Part one"},
                    {"code": "two", "zh": "第二部分", "en": "Part two"},
                ],
                "scales": {"level5": _scale(LEVELS), "change5": _scale(CHANGES)},
                "items": ITEMS,
            }
            | changes
        )
    )


def published(store, people, questionnaire, at):
    """Drafted and opened to waves by staff."""
    questionnaires.keep_imported(store, actor=people.staff, questionnaire=questionnaire, at=at)
    code, version = questionnaire.code, questionnaire.version
    questionnaires.publish(store, actor=people.staff, code=code, version=version, seen=1, at=at)
    return questionnaire


def asked_in_a_wave(store, people, questionnaire, at):
    published(store, people, questionnaire, at)
    day = clock.day_of(at)
    form = waves.WaveForm("试", "Trial", questionnaire.code, questionnaire.version, day, day + timedelta(days=9))
    return waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=form, at=at)
