"""What each way in says that it notes, read against what is stored of an answer that came that way."""

from dataclasses import fields
from uuid import uuid4

import pytest

from access import entrance
from db import sql
from db.survey import samples
from db.survey.surveys import Response
from intake.paper import keying as paper
from intake.paper.form import serial_of
from intake.survey import answering as survey
from intake.survey.notice import NOTED, notice_of
from intake.waves.open_links import open_link
from tests.conftest import NOON
from tests.intake.paper.test_paper import ANSWERS, REFERENCE
from tests.intake.questionnaires.test_survey_questionnaire import full_answers
from tests.intake.survey.test_survey import invite, submit
from tests.there import there


def by_wall(store, people, wave):
    link = open_link(store, actor=people.staff, wave_id=wave.id, at=NOON)
    entered = entrance.enter_by_open_link(store, token=link.token, browser="b", address="10.0.0.1", at=NOON)
    visitor = entrance.who_is_here(store, entered.token, NOON)
    offer = survey.offered(store, actor=there(visitor), at=NOON)
    said = {"sector": "C17", "town": "330603001", "size": "small"}
    filling = survey.begin(store, actor=there(visitor), offer=there(offer), form_id="f", declared=said, at=NOON)
    answers = {code: given for code, given in full_answers().items() if code != "O5_consent"}
    survey.keep(store, actor=there(visitor), wave_id=wave.id, answers=answers, at=NOON)
    submit(store, visitor, wave, form_id=filling.form_id, answers=answers)


def on_paper(store, people, wave):
    unit = store.read(lambda con: samples.unit_of(con, wave_id=wave.id, enterprise_id=people.firm.id))
    paper.enter(store, actor=people.staff, wave_id=wave.id, typed=serial_of(wave, unit.serial),
                response_id=str(uuid4()), answers=ANSWERS, at=NOON)  # fmt: skip


def by_account(store, people, wave):
    token = entrance.sign_in(
        store, login=people.accounts.enterprise.login, password="face-to-face-demo", address="10.0.0.2", at=NOON
    ).token
    submit(store, entrance.who_is_here(store, token, NOON), wave)


WAYS = {
    "account": by_account,
    "link": lambda store, people, wave: submit(store, invite(store, people, wave, people.firm), wave),
    "open": by_wall,
    "paper": on_paper,
}
# a sentence in both languages → whether what it says is stored
SAID = {
    ("系统记录贵企业已经答过", "notes that your enterprise has answered"): lambda row: row["enterprise_id"] is not None,
    ("答案加密存放", "your answers are kept encrypted"): lambda row: row["content"] and row["enterprise_id"],
    ("与企业的联系即被切断", "the link is cut"): lambda row: row["enterprise_id"] is not None,
    ("取阅码", "the code on your receipt"): lambda row: row["source"] != "paper",
    ("不记企业", "Neither your enterprise"): lambda row: row["enterprise_id"] is None,
    ("网络地址", "network address"): lambda row: row["address_hash"] is not None,
    ("随机标记", "random mark"): lambda row: row["actor_id"].startswith("open:"),
    ("哪个账号", "which account"): lambda row: row["source"] == "account" and row["actor_role"] == "enterprise",
    ("录入人", "who did and when"): lambda row: row["entered_by"] is not None,
    ("您选填的规模", "where you choose them"): lambda row: row["source"] == "open" and row["size"] == "small",
}


@pytest.mark.parametrize("source", list(NOTED))
def test_the_notice_of_each_way_says_what_is_stored_of_it_and_nothing_else(store, people, wave, source):
    WAYS[source](store, people, wave)
    row = store.read(lambda con: sql.one(con, """
        SELECT r.*, b.content, e.actor_id, e.actor_role, p.entered_by FROM participation r
        JOIN ballot b ON b.id = r.id
        JOIN event e ON e.subject = r.id AND e.kind = 'submit' LEFT JOIN paper_form p ON p.response_id = r.id
        """))  # fmt: skip
    assert row["source"] == source
    for place, language in enumerate(("zh", "en")):
        notice = notice_of(REFERENCE, source, language)
        assert {said[place]: said[place] in notice for said in SAID} == {
            said[place]: bool(stored(row)) for said, stored in SAID.items()
        }


# What stays on an answer of how it came, and how the notice calls it.
MARKED = {
    "size": ("规模", "size"),
    "sector_code": ("行业", "sector"),
    "town_code": ("镇街", "town"),
    "late": ("后一半", "later half"),
    "reminders": ("第几次提醒", "which reminder"),
    "prompted": ("两天之内", "within two days"),
    "framed": ("抽样抽中", "was drawn"),
    "doubtful": ("异常", "unusual"),
}
# made of these, of the wave, or of another system's file
OF_THE_WAVE = {"id", "wave_id", "source", "stratum", "started_at", "submitted_at"}


def test_the_notice_names_all_that_stays_on_an_answer_when_the_link_is_cut():
    assert {one.name for one in fields(Response)} == {*MARKED, *OF_THE_WAVE}
    for place, language in enumerate(("zh", "en")):
        notice = notice_of(REFERENCE, "link", language)
        assert [words[place] for words in MARKED.values() if words[place] not in notice] == []
