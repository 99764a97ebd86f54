"""Files beside minutes: checked, told in the history, read by whoever reads the minutes and by nobody else."""

from uuid import uuid4

import pytest

from casework.documents.documents import text_of
from casework.forum_day.minutes import minutes
from casework.meetings.meeting_minutes import meeting_minutes
from casework.minutes_files import MOST_FILES, file_of_minutes, files_of_minutes
from db import sql
from db.refused import Refused
from db.system import erasure, integrity
from db.system.rebuild import compare
from intake.files.upload import Upload
from intake.minutes import attach_to_minutes
from pages.shared import here
from tests.access.test_routes import ask
from tests.casework.cases.steps import bring_to
from tests.casework.forum_day.test_minutes import held_forum
from tests.casework.meetings.test_meetings import hold
from tests.conftest import NOON, session_of
from tests.intake.issue.test_attachments import PDF, picture


@pytest.fixture
def met(store, people):
    case = bring_to(store, people, "in_progress")
    return hold(store, people.staff, case.number)


def kept(store, actor, kind, record_id, *uploads, form_id=None):
    files = [Upload(name, content) for name, content in uploads or (("会议签到.pdf", PDF),)]
    return attach_to_minutes(store, actor=actor, kind=kind, record_id=record_id, uploads=files,
                             form_id=form_id or str(uuid4()), at=NOON)  # fmt: skip


def test_a_meetings_files_stand_in_its_minutes_and_in_the_history(store, people, met):
    lines = kept(store, people.staff, "meeting", met.id, ("会议签到.pdf", PDF), ("现场.png", picture()))
    assert sorted(line.name for line in lines) == ["会议签到.pdf", "现场.png"]
    assert file_of_minutes(store, actor=people.leader, file_id=lines[0].id).name == lines[0].name
    _, paper = meeting_minutes(store, actor=people.staff, meeting_id=met.id)
    assert "附件1：会议签到.pdf" in text_of(paper) and "附件2：现场.png" in text_of(paper)
    assert store.read(compare).differences == [] and store.read(integrity.verify) == []


def test_a_forums_files_stand_in_its_minutes(store, people):
    forum = held_forum(store, people)
    kept(store, people.staff, "forum", forum.id)
    assert "附件1：会议签到.pdf" in text_of(minutes(store, actor=people.leader, forum_id=forum.id))


def test_who_may_not_read_the_minutes_reads_no_file_of_them_and_only_who_writes_them_keeps_one(store, people, met):
    (line,) = kept(store, people.staff, "meeting", met.id)
    for nobody in (people.enterprise, people.officer, people.department, people.town, people.admin):
        with pytest.raises(Refused, match="forbidden"):
            files_of_minutes(store, actor=nobody, kind="meeting", record_id=met.id)
        with pytest.raises(Refused, match="forbidden"):
            file_of_minutes(store, actor=nobody, file_id=line.id)
        answer = ask("GET", f"/minutes-files/{line.id}", cookies={here.SESSION_COOKIE: session_of(store, nobody)})
        assert answer.status in (403, 404) and "content-disposition" not in answer.headers
    for reader in (people.department, people.leader):
        with pytest.raises(Refused, match="forbidden"):
            kept(store, reader, "meeting", met.id)
    answer = ask("GET", f"/minutes-files/{line.id}", cookies={here.SESSION_COOKIE: session_of(store, people.leader)})
    assert answer.status == 200 and int(answer.headers["content-length"]) == len(PDF)


def test_what_is_no_file_is_refused_a_form_is_kept_once_and_there_is_an_end(store, people, met):
    before = store.revision()
    with pytest.raises(Refused, match="attachment_kind"):
        kept(store, people.staff, "meeting", met.id, ("x.exe", b"MZ"))
    with pytest.raises(Refused, match="minutes_files_none"):
        attach_to_minutes(store, actor=people.staff, kind="meeting", record_id=met.id, uploads=[], form_id="f", at=NOON)
    with pytest.raises(Refused, match="meeting_unknown"):
        kept(store, people.staff, "meeting", "no-such-meeting")
    assert store.revision() == before
    kept(store, people.staff, "meeting", met.id, form_id="one")
    assert len(kept(store, people.staff, "meeting", met.id, form_id="one")) == 1
    for n in range(1, MOST_FILES):
        kept(store, people.staff, "meeting", met.id, form_id=f"form-{n}")
    with pytest.raises(Refused, match="minutes_files_full"):
        kept(store, people.staff, "meeting", met.id)


@pytest.mark.parametrize("change", ["UPDATE minutes_file SET content = 'x'::BLOB", "DELETE FROM minutes_file"])
def test_a_file_that_was_changed_or_taken_away_breaks_the_check(store, people, met, change):
    kept(store, people.staff, "meeting", met.id)
    assert store.read(integrity.verify) == []
    store.write(lambda con: sql.run(con, change))
    assert "minutes_file" in store.read(integrity.verify)[0].record


def test_with_their_enterprise_its_meetings_files_are_erased_and_the_check_holds(store, people, met):
    kept(store, people.staff, "meeting", met.id)
    count = "SELECT count(*) FROM minutes_file"
    assert store.read(lambda con: sql.scalar(con, count)) == 1
    whose = store.read(lambda con: erasure.of_enterprise(con, people.firm.id))
    store.rewrite(lambda con: erasure.erase(con, whose, reason="申请", actor_id=None, role=None, at=NOON))
    assert store.read(lambda con: sql.scalar(con, count)) == 0
    assert store.read(integrity.verify) == []
