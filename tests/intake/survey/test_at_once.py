"""Many send while the store is busy: they are taken together, and each is told what it would be told alone."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from access import entrance
from db import clock, journal, sql
from db.refused import Refused
from db.survey import ballots, open_links
from db.system import integrity, proofs
from intake.survey.drafts import load_draft, save_draft
from intake.waves.open_links import open_link
from tests.conftest import NOON, wait_for
from tests.intake.questionnaires.test_survey_questionnaire import full_answers
from tests.intake.survey.test_survey import LATER, count, invite, submit
from tests.there import there


def together(store, *sends) -> list[Any]:
    """What each is told: its receipt, or the refusal's code. None of them is begun before all wait."""
    held, go = threading.Event(), threading.Event()
    with ThreadPoolExecutor(len(sends) + 1) as pool:
        busy = pool.submit(store.write, lambda con: (held.set(), go.wait(60)))
        assert held.wait(60)
        try:
            told = [pool.submit(said, send) for send in sends]
            assert wait_for(lambda: store._writer._jobs.qsize() == len(sends))
        finally:
            go.set()
        busy.result()
        return [one.result() for one in told]


def said(send):
    try:
        return send()
    except Refused as refused:
        return refused.code


def test_each_of_many_has_its_own_receipt_and_the_history_holds(store, people, wave):
    visitors = [invite(store, people, wave, firm) for firm in (people.firm, people.other_firm)]
    codes = ["AAAA", "BBBB"]
    sends = [
        lambda one=one, code=code, p1=p1: submit(store, one, wave, answers=full_answers(P1=p1), copy_code=code)
        for one, code, p1 in zip(visitors, codes, ("satisfied", "dissatisfied"), strict=True)
    ]
    receipts = together(store, *sends)
    assert len({receipt.number for receipt in receipts}) == 2
    for receipt, visitor in zip(receipts, visitors, strict=True):
        took_part = store.read(lambda con, key=receipt.form_id: ballots.participation(con, key))
        assert there(took_part).enterprise_id == visitor.enterprise_id
        proof = store.read(lambda con, one=receipt: proofs.find(con, one.number, one.code))
        assert there(proof).breaks == [] and there(proof).covers
    p1 = [store.read(lambda con, code=code: ballots.copy_of(con, code))["answers"]["P1"] for code in codes]
    assert p1 == ["satisfied", "dissatisfied"]
    assert store.read(lambda con: sql.column(con, "SELECT count(*) FROM invitation WHERE used_at IS NOT NULL")) == [2]
    assert store.read(integrity.verify) == []


def test_of_one_enterprise_the_first_is_taken_and_a_second_tap_shows_its_receipt(store, people, wave):
    form = str(uuid4())
    first, tap, colleague, other = together(
        store,
        lambda: submit(store, people.enterprise, wave, form_id=form),
        lambda: submit(store, people.enterprise, wave, form_id=form),
        lambda: submit(store, people.colleague, wave),
        lambda: submit(store, people.stranger, wave),
    )
    assert first == tap and colleague == "survey_answered" and other.number != first.number
    assert count(store, "participation") == count(store, "ballot") == 2


def test_a_refusal_costs_nobody_else_anything(store, people, wave):
    gone = replace(invite(store, people, wave, people.firm), enterprise_id="gone")
    wrong, forbidden, taken = together(
        store,
        lambda: submit(store, people.enterprise, wave, answers={}),
        lambda: submit(store, gone, wave),
        lambda: submit(store, people.stranger, wave),
    )
    assert (wrong, forbidden) == ("invalid_answers", "forbidden")
    assert store.read(lambda con: sql.column(con, "SELECT id FROM participation")) == [taken.form_id]


@pytest.mark.of_a_file
def test_a_write_that_fails_beside_them_does_not_part_them(store, people, wave):
    def broken():
        with pytest.raises(ZeroDivisionError):
            store.write(lambda con: 1 / 0)

    before = store.read(journal.mark)[0]
    senders = (people.enterprise, people.stranger)
    together(store, broken, *[lambda one=one: submit(store, one, wave) for one in senders])
    assert count(store, "participation") == 2
    assert store.read(journal.mark)[0] == before + 1, "one commit for both"


def test_what_is_no_form_at_all_costs_nobody_else_anything(store, people, wave):
    def broken():
        with pytest.raises(AttributeError):
            submit(store, people.enterprise, wave, answers=None)

    _, taken = together(store, broken, lambda: submit(store, people.stranger, wave))
    assert store.read(lambda con: sql.column(con, "SELECT id FROM participation")) == [taken.form_id]


def test_a_walls_room_is_counted_among_those_who_send_at_once(store, people, wave):
    link = open_link(store, actor=people.staff, wave_id=wave.id, per_address=2, per_day=3, at=LATER)
    entered = [
        entrance.enter_by_open_link(store, token=link.token, browser=b, address=a, at=LATER)
        for b, a in (("1", "10.0.0.1"), ("2", "10.0.0.1"), ("3", "10.0.0.1"), ("4", "10.0.0.2"), ("5", "10.0.0.3"))
    ]
    visitors = [there(entrance.who_is_here(store, one.token, LATER)) for one in entered]
    told = together(store, *[
        lambda one=one: submit(store, one, wave, form_id=open_links.response_id(one.id), answers=full_answers())
        for one in visitors
    ])  # fmt: skip
    assert sorted(one for one in told if isinstance(one, str)) == ["open_full_here", "open_full_today"]
    today = clock.start_of_day(clock.day_of(LATER))
    assert store.read(lambda con: open_links.answers_by(con, link.id, since=today)) == 3


def test_each_comment_waits_as_its_own_issue(store, people, wave):
    save_draft(store, actor=people.stranger, form="issue", draft_id="own", content={"text": "写了一半"}, at=NOON)
    said_so = full_answers(O5="水压太低", O5_consent=True)
    together(
        store,
        lambda: submit(store, people.enterprise, wave, answers=said_so),
        lambda: submit(store, people.stranger, wave, answers=said_so),
    )
    waits = [load_draft(store, actor=one, form="issue") for one in (people.enterprise, people.stranger)]
    assert [there(one).content["text"] for one in waits] == ["水压太低", "写了一半"]
