"""Questions that no index counts: what is told of their answers, and that no single answer is known by it."""

from dataclasses import replace
from itertools import product
from uuid import UUID, uuid4

import numpy as np
import pytest

import i18n
from db import sql
from db.survey import frames, questionnaires, surveys
from db.survey.kinds import YES_OR_NO
from db.survey.surveys import Response, Wave
from insight.survey.answers import Sample, read_sample
from insight.survey.estimates import SurveyDesign
from insight.survey.questions import NUMBERS, SEVERAL, TOLD, OtherQuestion, ToldQuestion, told
from insight.survey.report import from_json, report, to_json
from insight.survey.wave_numbers import compute
from intake.questionnaires.kinds.table import KINDS
from tests.insight.survey.known import Asked, Mean
from tests.insight.world import noon
from tests.there import there

WORDS = {"title": {"zh": "题", "en": "Title"}, "purpose": {"zh": "的", "en": "Why"}, "minutes": 3,
         "notice": {"version": 1, "zh": "知", "en": "Notice"}, 
         "screens": [{"code": "s", "zh": "页", "en": "Page"}]}  # fmt: skip
LEVELS = [{"code": f"l{v}", "zh": f"第{v}级", "en": f"Level {v}", "value": v} for v in (100, 75, 50, 25, 0)]
OPTIONS = [{"code": code, "zh": f"选{code}", "en": f"Choice {code}"} for code in "abcd"]
ASKED = (
    ("ONE", "single", {"options": OPTIONS}),
    ("MANY", "multiple", {"options": OPTIONS}),
    ("YES", "yes_no", {"options": [{"code": c, "zh": c, "en": c} for c in ("yes", "no")]}),
    ("LIKE", "level5", {}),
    ("TEN", "scale10", {"low": 0, "high": 10}),
    ("STAFF", "number", {"unit": {"zh": "人", "en": "people"}}),
    ("DAYS", "two_numbers", {"parts": [{"code": "actual", "zh": "实际", "en": "Actual"}]}),
    ("WHEN", "date", {}),
    ("TABLE", "matrix", {"options": OPTIONS, "rows": [{"code": "r", "zh": "行", "en": "Row"}]}),
    ("SAID", "text", {"longest": 100}),
)


def asked_wave(store, rows: int, seed: int = 1):
    """A wave of a district's own questionnaire with a question of every kind; `rows` answered."""
    items = [{"code": code, "kind": kind, "screen": "s", "dimension": None, "zh": f"问{code}", "en": f"Asked {code}",
              "required": False, "na": True, **more} for code, kind, more in ASKED]  # fmt: skip
    content = {"code": "own", "version": 1, **WORDS, "scales": {"level5": LEVELS}, "items": items}
    wave = {"id": str(uuid4()), "number": 1, "title_zh": "自拟", "title_en": "Own", "questionnaire_code": "own",
            "questionnaire_version": 1, "opens_at": noon("2024-01-01"),
            "closes_at": noon("2024-02-01"), "seq": 1}  # fmt: skip
    chance = np.random.default_rng(seed)
    responses, answers = [], []
    for _ in range(rows):
        one = Response(str(UUID(bytes=chance.bytes(16))), wave["id"], "asked", "C17", "330603001", "small", framed=True)
        responses.append(one)
        given = ({"value": None, "choice": None, "text": None} | row for row in _answered(chance))
        answers += [{"response_id": one.id, "wave_id": one.wave_id, **row} for row in given]

    def write(con):
        questionnaires.add(con, content, state="open", by="staff", at=noon("2023-12-01"))
        sql.insert(con, "wave", wave)
        sql.insert_many(con, "response", responses)
        sql.insert_many(con, "answer", answers)
        frames.keep(con, Wave(**wave))

    store.write(write)
    return there(store.read(lambda con: surveys.wave(con, wave["id"])))


def _answered(chance: np.random.Generator) -> list[dict]:
    one = "abcd"[min(int(chance.exponential(1.2)), 3)]
    return [
        {"item": "ONE", "choice": one},
        *({"item": "MANY", "choice": code} for code, p in zip("abc", (0.6, 0.4, 0.03), strict=True)
          if chance.random() < p),
        {"item": "YES", "choice": "yes" if chance.random() < 0.55 else "no"},
        {"item": "LIKE", "value": float(25 * chance.integers(5))},
        {"item": "TEN", "value": float(chance.integers(11))},
        {"item": "STAFF", "value": float(chance.integers(5, 200))},
        {"item": "DAYS", "value": float(chance.integers(1, 30)), "choice": "actual"},
        {"item": "WHEN", "text": f"2023-{chance.choice((3, 4, 11)):02d}-{chance.integers(1, 28):02d}"},
        {"item": "TABLE.r", "choice": "a" if chance.random() < 0.5 else "b"},
        {"item": "SAID", "text": "无"},
    ]  # fmt: skip


def told_of(sample: Sample) -> dict[str, ToldQuestion]:
    return {one.item: told(sample.design, one, columns) for one, columns in sample.besides}


def test_every_kind_of_question_has_results_and_says_where_it_has_none(store):
    wave = asked_wave(store, 80)
    numbers = compute(store.read(lambda con: read_sample(con, wave)), {})
    found = from_json(to_json(report(numbers, None)))
    assert found.questions == numbers.questions
    told_here = {one.item.split(".")[0] for one in found.questions if one.rows}
    assert told_here == {code for code, kind, _ in ASKED if kind != "text"}
    for code, kind in KINDS.items():
        assert (kind.results is None) == (code in ("consent", "section")), code


def test_choices_come_by_size_levels_as_asked_and_several_are_shares_of_those_asked(store):
    wave = asked_wave(store, 80)
    sample = store.read(lambda con: read_sample(con, wave))
    found, columns = told_of(sample), {one.item: given for one, given in sample.besides}
    sizes = [row.value for row in found["ONE"].rows if row.value is not None]
    assert sizes == sorted(sizes, reverse=True) and len(sizes) > 1
    assert [row.code for row in found["LIKE"].rows] == ["l100", "l75", "l50", "l25", "l0"]
    many = {row.code: row.value for row in found["MANY"].rows}
    assert found["MANY"].n == 70 and many["a"] == i18n.rounded(100 * columns["MANY"]["a"].mean())
    assert many["c"] is None and many["d"] is None  # fewer than ten ticked them
    assert {row.code for row in found["WHEN"].rows} == {"2023-03", "2023-04", "2023-11"}
    assert {row.code for row in found["STAFF"].rows} == {"mean", "median", "lower", "upper"}


def test_a_number_that_one_enterprise_makes_up_has_no_mean_and_a_few_answers_tell_nothing(store):
    sample = store.read(lambda con: read_sample(con, asked_wave(store, 40)))
    question, columns = next((one, given) for one, given in sample.besides if one.item == "STAFF")
    heavy = columns[""].copy()
    heavy[0] = 100_000
    assert "mean" not in {row.code for row in told(sample.design, question, {"": heavy}).rows}
    for differ, has_mean in ((0, False), (9, False), (10, True)):  # a mean of 0 was 0 of everybody
        same = np.where(np.arange(40) < differ, 5.0, 0.0)
        assert ("mean" in {row.code for row in told(sample.design, question, {"": same}).rows}) == has_mean
    few = np.where(np.arange(40) < 29, columns[""], np.nan)
    assert told(sample.design, question, {"": few}).rows == ()
    exact = {row.value for row in told(sample.design, question, columns).rows}
    assert all(float(f"{x:.2g}") == x for x in exact)


def test_neither_an_interval_nor_a_month_says_that_all_answered_the_same(store):
    """'0 to 0' was told where everybody said 0, with the 7 of the only one who said more where one did; and a month by
    its name where everybody named it."""
    sample = store.read(lambda con: read_sample(con, asked_wave(store, 120)))
    asked = {one.item: (one, given) for one, given in sample.besides}
    rows = {}
    for others in (0, 1, 9, 12):
        same = np.where(np.arange(120) < others, 7.0, 0.0)
        ends = {(row.low, row.high) for row in told(sample.design, asked["STAFF"][0], {"": same}).rows}
        assert (ends == {(None, None)}) == (others < 12)
        months = {"2023-03": 1 - same / 7} | ({"2023-04": same / 7} if others else {})
        rows[others] = [row.code for row in told(sample.design, asked["WHEN"][0], months).rows]
    assert rows[0] == rows[1] == rows[9] == ["rest"] and rows[12] == ["2023-03", "2023-04"]


def test_the_number_of_those_asked_behind_another_question_does_not_tell_that_all_said_yes(store):
    sample = store.read(lambda con: read_sample(con, asked_wave(store, 40)))
    one, columns = next((one, given) for one, given in sample.besides if one.item == "YES")
    n = [
        told(
            sample.design, one, {code: np.where(np.arange(40) < asked, hits, np.nan) for code, hits in columns.items()}
        ).n
        for asked in (30, 36, 39, 40)
    ]
    assert n == [30, 30, 30, 30]


@pytest.mark.parametrize(("n", "odd"), [(130, 6.0), (60, 4.2), (41, 1.7)])
def test_a_share_does_not_tell_what_the_one_of_another_weight_said(n, odd):
    """Neither by a number that the others come to with it alone, nor by the ten that did not and weigh less."""
    design = SurveyDesign(np.append(np.ones(n - 1), odd), np.zeros(n, dtype=int), cautious=True)
    asked, said = OtherQuestion("Q", YES_OR_NO, "问", "Asked"), dict[float, set[float]]()
    for others, own in product(range(n), (0.0, 1.0)):
        yes = np.append(np.arange(n - 1) < others, own).astype(float)
        for row in told(design, asked, {"yes": yes, "no": 1 - yes}).rows:
            if row.code == "yes" and row.value is not None:
                said.setdefault(row.value, set()).add(own)
    assert said and min(map(len, said.values())) == 2


@pytest.mark.parametrize("seed", range(3))
def test_no_answer_to_any_question_is_known(store, seed):
    """By a reader who knows who was asked, each weight, and all that is told of a question."""
    wave = asked_wave(store, 32 + 8 * seed, seed)
    sample, chance = store.read(lambda con: read_sample(con, wave)), np.random.default_rng(seed)
    design = SurveyDesign(chance.lognormal(0, 0.4, sample.n), sample.design.stratum)
    sample, tried = replace(sample, design=design), 0
    for one, columns in sample.besides:
        written = told(design, one, columns)
        if not written.rows or TOLD[one.kind] == SEVERAL:
            continue
        given, put = _given(TOLD[one.kind], columns)

        def off(changed, _places, one=one, put=put, written=written):
            return float(told(design, one, put(changed)) != written)

        options = np.unique(given) if TOLD[one.kind] == NUMBERS else np.arange(len(columns), dtype=float)
        means = _means(written, columns, design.weight / design.weight.sum())
        asked = Asked(given, lambda _, o=options: o, np.zeros(len(given)), means, off)
        free = asked.unknown(lambda x: x, chance)
        assert free.all(), (one.item, given[~free], design.weight[~free] / design.weight.sum())
        tried += len(given)
    assert tried > 200


def _given(form, columns):
    """Answers as numbers, and back."""
    if form == NUMBERS:
        return columns[""].copy(), lambda changed: {"": changed}
    codes = list(columns)
    return (np.argmax(np.stack([columns[code] for code in codes]), axis=0).astype(float),
            lambda changed: {code: (changed == i).astype(float) for i, code in enumerate(codes)})  # fmt: skip


def _means(written: ToldQuestion, columns, part):
    if written.form == NUMBERS:
        value = next((row.value for row in written.rows if row.code == "mean"), None)
        half = there(value) and 0.5 * 10 ** (np.floor(np.log10(there(value))) - 1)
        return [Mean(lambda x: x, part, there(value) - half, there(value) + half)]
    places = {code: i for i, code in enumerate(columns)}
    return [Mean(lambda x, i=places[row.code]: 100.0 * (x == i), part, there(row.value) - 0.5, there(row.value) + 0.5)
            for row in written.rows if row.value is not None and row.code in places] or [
                Mean(lambda x: x, part, -1e9, 1e9)]  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_nor_is_what_somebody_ticked_among_several(store, seed):
    wave = asked_wave(store, 32 + 8 * seed, seed)
    sample, chance = store.read(lambda con: read_sample(con, wave)), np.random.default_rng(seed)
    design = SurveyDesign(chance.lognormal(0, 0.4, sample.n), sample.design.stratum)
    one, columns = next((one, given) for one, given in sample.besides if one.kind == "multiple")
    written = told(design, one, columns)
    shown = [row for row in written.rows if row.value is not None]
    assert shown
    for row in shown:

        def off(changed, _places, code=row.code):
            return float(told(design, one, columns | {code: changed}) != written)

        mean = Mean(
            lambda x: 100.0 * x, design.weight / design.weight.sum(), there(row.value) - 0.5, there(row.value) + 0.5
        )
        asked = Asked(columns[row.code], lambda _: np.array([0.0, 1.0]), np.zeros(sample.n), [mean], off)
        assert asked.unknown(lambda x: x, chance).all(), row.code
