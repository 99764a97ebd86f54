"""From an answer to an issue, in any questionnaire: only what was consented to, and nothing that leads back without."""

from dataclasses import replace
from uuid import NAMESPACE_URL, uuid4, uuid5

import pytest

from db import sql
from intake.issue.raising import submit_issue
from intake.questionnaires.model import Every, Item, Test
from intake.questionnaires.questionnaire import handed_over, validate, visible_items
from intake.survey.drafts import load_draft
from intake.survey.submitting import submit
from tests.conftest import NOON
from tests.intake.issue.test_issues import GOOD
from tests.intake.questionnaires.kinds import asked_in_a_wave, every_kind
from tests.intake.xlsform.test_xlsform import reading
from tests.there import there

ANSWERS = {"L1": "satisfied", "M1": ["desk"], "T1": " 窗口排队两小时 ", "X1": {"price": "na", "speed": "na"}}
TO_T1 = Test("T1", op="filled")


def with_consent(when, code="agreed"):
    asked = every_kind()
    return replace(
        asked, items=(*asked.items, Item("同意转为诉求", "Open it as an issue", code, "consent", "two", when=when))
    )


@pytest.mark.parametrize(
    ("when", "answers", "words"),
    [
        (TO_T1, {"agreed": True}, "窗口排队两小时"),
        (Every((TO_T1, Test("L1", "satisfied"))), {"agreed": True}, "窗口排队两小时"),
        (TO_T1, {"agreed": False}, ""),
        (TO_T1, {}, ""),
        (TO_T1, {"agreed": "yes"}, ""),
        (TO_T1, {"agreed": True, "T1": "\u200b "}, ""),
        (TO_T1, {"agreed": True, "M1": ["web"]}, ""),  # the text itself is void
        (Test("M1", op="filled"), {"agreed": True}, ""),  # not a text
        (None, {"agreed": True}, ""),  # an acknowledgement
    ],
)
def test_a_consent_hands_over_the_text_that_it_hangs_on(when, answers, words):
    assert handed_over(with_consent(when), ANSWERS | answers) == words


def test_an_imported_form_can_offer_it_too():
    found = reading(["text", "remark", "意见", "Remarks", ""],
                    ["acknowledge", "ok", "同意", "Agreed", "${remark} != ''"],
                    ["acknowledge", "read", "已读", "I have read this", ""], more="relevant")  # fmt: skip
    given = {"remark": "用工难", "ok": True, "read": True}
    assert handed_over(there(found.questionnaire), given) == "用工难"
    assert handed_over(there(found.questionnaire), given | {"ok": False}) == ""
    assert (
        validate(there(found.questionnaire), given) == {} and len(visible_items(there(found.questionnaire), given)) == 3
    )


def send(store, people, **answers):
    """The response's id, after a questionnaire of somebody's own making was answered."""
    wave = asked_in_a_wave(store, people, with_consent(TO_T1), NOON)
    form_id = str(uuid4())
    submit(store, actor=people.enterprise, form_id=form_id, wave_id=wave.id, answers=ANSWERS | answers,
                  language="zh", started_at=NOON, at=NOON)  # fmt: skip
    return form_id


def rows_with(store, *ids):
    """Every row of every table in which all of these stand together."""
    found = []
    for table in store.read(sql.tables):
        rows = store.read(lambda con, table=table: sql.rows(con, f'SELECT * FROM "{table}"'))  # noqa: S608
        found += [table for row in rows if all(any(i in str(value) for value in row.values()) for i in ids)]
    return found


def test_with_consent_the_words_wait_in_the_form_of_an_issue(store, people):
    send(store, people, agreed=True)
    assert there(load_draft(store, actor=people.enterprise, form="issue")).content["text"] == "窗口排队两小时"


def test_without_consent_nothing_ties_the_response_to_a_case_of_the_same_enterprise(store, people):
    response = send(store, people)
    assert load_draft(store, actor=people.enterprise, form="issue") is None
    form = str(uuid4())
    case = submit_issue(store, actor=people.enterprise, form_id=form, code="ABCD2345EFGH6789", issue=GOOD, uploads=(),
                        at=NOON, language="zh").case_id  # fmt: skip
    assert rows_with(store, response) and rows_with(store, case), "both are stored"
    assert rows_with(store, response, case) == []
    assert case != str(uuid5(NAMESPACE_URL, f"{response}/issue"))
