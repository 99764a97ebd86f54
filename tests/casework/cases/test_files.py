"""Files that come with an answer or a note: checked, told to whom their words are told, and in the history."""

import hashlib
from datetime import timedelta

import pytest

from casework.cases import act as acting
from casework.cases.act import Given
from db import sql
from db.cases import attachments, cases
from db.people import own_data
from db.refused import Refused
from db.scope import Scope
from db.system import erasure, integrity
from db.system.rebuild import compare
from intake.files.upload import Upload
from intake.issue.acting import act_with_files
from tests.casework.cases.steps import bring_to, take
from tests.conftest import NOON
from tests.intake.issue.test_attachments import PDF, picture


def done(store, actor, case, action, *uploads, **given):
    return act_with_files(store, actor=actor, case_id=case.id, action=action, seen=case.seq, given=Given(**given),
                          uploads=[Upload(*one) for one in uploads], at=NOON + timedelta(hours=1))  # fmt: skip


def names(store, actor, case):
    return [line.name for line in store.read(lambda con: attachments.of_case(con, actor.scope, case.id))]


def test_an_answer_brings_its_files_to_the_enterprise_and_into_the_history(store, people):
    case = done(store, people.department, bring_to(store, people, "dispatched"), "answer", ("批复.pdf", PDF),
                ("现场.png", picture()), answer_kind="solved", text="已经办好，见附件")  # fmt: skip
    assert names(store, people.enterprise, case) == ["批复.pdf", "现场.png"]
    (said,) = [e for e in store.read(lambda con: cases.history(con, people.staff.scope, case.id)) if e.kind == "answer"]
    assert [one["name"] for one in said.detail["files"]] == ["批复.pdf", "现场.png"]
    assert said.detail["files"][0]["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert store.read(compare).differences == [] and store.read(integrity.verify) == []


def test_a_file_of_a_note_among_handlers_is_no_enterprises(store, people):
    case = done(store, people.department, bring_to(store, people, "dispatched"), "note", ("底稿.pdf", PDF), note="内部")
    assert names(store, people.staff, case) == ["底稿.pdf"] and names(store, people.enterprise, case) == []
    (line,) = store.read(lambda con: attachments.of_case(con, people.staff.scope, case.id))
    for scope in (people.enterprise.scope, Scope("case", case.id)):
        assert store.read(lambda con, scope=scope: attachments.get(con, scope, line.id)) is None
    assert store.read(lambda con: own_data.of(con, people.enterprise.scope))["attachment"] == []
    told = done(store, people.enterprise, case, "note", ("补充.pdf", PDF), note="请看")
    assert names(store, people.enterprise, told) == ["补充.pdf"]


def test_what_is_no_file_of_ours_is_refused_and_nothing_is_written(store, people):
    case = bring_to(store, people, "dispatched")
    before = store.revision()
    with pytest.raises(Refused, match="attachment_kind"):
        done(store, people.department, case, "note", ("x.exe", b"MZ"), note="内部")
    with pytest.raises(Refused, match="attachments_too_many"):
        done(store, people.department, case, "note", *[(f"{n}.pdf", PDF) for n in range(6)], note="内部")
    assert store.revision() == before


def test_an_action_that_takes_no_files_keeps_none(store, people):
    case = done(store, people.staff, bring_to(store, people, "submitted"), "accept", ("x.pdf", PDF))
    assert names(store, people.staff, case) == []


def test_a_case_has_an_end_of_its_files(store, people, monkeypatch):
    monkeypatch.setattr(acting, "MOST_FILES", 2)
    case = done(store, people.staff, bring_to(store, people, "accepted"), "note", ("1.pdf", PDF), ("2.pdf", PDF),
                note="两份")  # fmt: skip
    with pytest.raises(Refused, match="attachments_case_full"):
        done(store, people.staff, case, "note", ("3.pdf", PDF), note="第三份")


def test_a_file_changed_behind_the_history_is_found(store, people):
    done(store, people.staff, bring_to(store, people, "accepted"), "note", ("1.pdf", PDF), note="一份")
    store.write(lambda con: sql.run(con, "UPDATE attachment SET content = 'x'::BLOB"))
    assert "attachment" in store.read(integrity.verify)[0].record


def test_a_body_that_had_the_case_has_its_files_of_then(store, people):
    case = done(store, people.department, bring_to(store, people, "dispatched"), "note", ("底稿.pdf", PDF), note="内部")
    case = take(store, people.staff, case, "dispatch", NOON + timedelta(hours=2), lead="tax", co=())
    assert names(store, people.department, case) == []


def test_a_note_that_says_files_is_no_file(store, people):
    take(store, people.department, bring_to(store, people, "dispatched"), "note", note="files")
    assert store.read(integrity.verify) == []


def test_the_files_of_an_enterprise_that_is_erased_are_missed_by_nobody(store, people):
    case = done(store, people.department, bring_to(store, people, "dispatched"), "answer", ("批复.pdf", PDF),
                answer_kind="solved", text="已经办好，见附件")  # fmt: skip
    whose = store.read(lambda con: erasure.of_enterprise(con, people.firm.id))
    asked = {"reason": "要求", "actor_id": "a", "role": "admin", "at": NOON + timedelta(days=1)}
    store.rewrite(lambda con: erasure.erase(con, whose, **asked))
    assert store.read(integrity.verify) == []
    said = [e.detail for e in store.read(lambda con: cases.history(con, people.staff.scope, case.id))]
    assert hashlib.sha256(PDF).hexdigest() not in str(said) and "批复" not in str(said)
