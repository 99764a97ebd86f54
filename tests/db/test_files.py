"""Files whose bytes lie outside the store, in a folder or a bucket: every row has its file, what nothing names goes."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from access.tokens import new_code
from casework.cases.act import Given
from db import clock, sql
from db.__main__ import main
from db.address import Address, address_of
from db.cases import attachments
from db.cases.attachments import CheckedFile
from db.files import Files, place_of
from db.refused import FilesUnavailable
from db.store import open_store
from db.system import backups, erasure, integrity, outside, retention
from intake.files.upload import Upload
from intake.issue.acting import act_with_files
from intake.issue.kept_files import keep_files
from intake.issue.raising import submit_issue
from intake.minutes import attach_to_minutes
from pages.shared import here
from tests.access.test_routes import ask
from tests.bucket import bucket
from tests.casework.cases.steps import bring_to
from tests.casework.meetings.test_meetings import hold
from tests.conftest import NOON, session_of
from tests.intake.issue.test_attachments import PDF, picture
from tests.intake.issue.test_issues import GOOD
from tests.plain import PlainBrowser

PNG = picture()


@pytest.fixture(scope="module")
def served():
    with bucket() as made:
        yield made


@pytest.fixture(params=["a folder", "a bucket"])
def said(request, tmp_path):
    """As STORE_URL says it."""
    if request.param == "a folder":
        return str(tmp_path / "files")
    return f"{request.getfixturevalue('served').url}/{uuid4().hex}"


@pytest.fixture
def kept(store, people, said):
    """The store, with its files outside; in it each of four files came another way."""
    store.files = Files(said, Path(store.path))
    issue(store, people, ("合同.pdf", PDF))
    case = bring_to(store, people, "in_progress")
    act_with_files(store, actor=people.staff, case_id=case.id, action="note", seen=case.seq, given=Given(note="看"),
                   uploads=[Upload("现场.png", PNG)], at=NOON + timedelta(hours=1))  # fmt: skip
    met = hold(store, people.staff, case.number)
    attach_to_minutes(store, actor=people.staff, kind="meeting", record_id=met.id, uploads=[Upload("签到.pdf", PDF)],
                      form_id="f", at=NOON)  # fmt: skip
    keep_files(store, actor=people.enterprise, draft_id="d", uploads=[Upload("草稿.png", PNG)], at=NOON)
    return store


def issue(store, people, *uploads, form_id=None):
    return submit_issue(store, actor=people.enterprise, form_id=form_id or str(uuid4()), code=new_code(), issue=GOOD,
                        uploads=[Upload(*one) for one in uploads], at=NOON, language="zh")  # fmt: skip


def rows(store):
    return store.read(lambda con: [row for table in outside.TABLES for row in sql.rows(con, f"SELECT * FROM {table}")])  # noqa: S608


def row(store, name):
    (found,) = [one for one in rows(store) if one["name"] == name]
    return found


def broken(store, *, whole=True):
    found = store.read(lambda con: list(outside.verify(con, store.files, whole=whole)))
    return sorted(one.record.split()[0] for one in found)


def fetched(store, actor, name):
    return ask("GET", f"/attachments/{row(store, name)['id']}", cookies={here.SESSION_COOKIE: session_of(store, actor)})


def test_each_way_by_which_a_file_comes_lays_its_bytes_outside_and_hands_them_out_again(kept, people):
    found = rows(kept)
    assert sorted(one["name"] for one in found) == ["合同.pdf", "现场.png", "签到.pdf", "草稿.png"]
    assert all(one["content"] is None for one in found)
    assert set(kept.files.laid()) == {one["kept_as"] for one in found}
    assert (
        fetched(kept, people.staff, "合同.pdf").content == PDF
        and fetched(kept, people.staff, "现场.png").content == PNG
    )
    assert kept.read(integrity.verify) == [] and broken(kept) == []


def test_what_waited_with_a_draft_goes_over_to_the_case_where_it_lies(kept, people):
    before = row(kept, "草稿.png")
    issue(kept, people, form_id="d")
    after = row(kept, "草稿.png")
    assert (after["kept_as"], after["size"], after["sha256"]) == (before["kept_as"], len(PNG), before["sha256"])
    assert "draft_id" not in after and fetched(kept, people.enterprise, "草稿.png").content == PNG


def test_a_file_that_is_gone_or_another_is_found_and_not_handed_out(kept, people):
    kept.files.delete([row(kept, "合同.pdf")["kept_as"]])
    kept.files.place.put(row(kept, "签到.pdf")["kept_as"], PDF + b" ")
    kept.files.place.put(row(kept, "现场.png")["kept_as"], PNG[::-1])
    assert broken(kept) == ["attachment", "attachment", "minutes_file"]
    assert broken(kept, whole=False) == ["attachment", "minutes_file"], "by its size alone"
    for name in ("合同.pdf", "现场.png"):
        answer = fetched(kept, people.staff, name)
        assert answer.status == 503 and "存放附件的地方暂时没有回应" in answer.text, name


def test_what_nothing_names_goes_after_a_day_and_what_a_backup_names_with_that_backup(kept, people):
    kept.files.lay([CheckedFile("孤.pdf", "application/pdf", "0", PDF)])  # its row was never written
    folder, later = Path(kept.path).parent / backups.FOLDER, clock.now() + 2 * outside.GRACE
    kept.backup(folder)
    kept.write(lambda con: sql.run(con, "DELETE FROM draft_file"))
    assert outside.sweep(kept, folder, clock.now()) == 0, "a row may still be on its way"
    assert outside.sweep(kept, folder, later) == 1 and len(kept.files.laid()) == 4
    for each in backups.listed(folder):
        backups.forget(folder / each.name)
    assert outside.sweep(kept, folder, later) == 1
    assert set(kept.files.laid()) == {one["kept_as"] for one in rows(kept)} and broken(kept) == []


def test_a_backup_that_cannot_be_read_keeps_all_files_where_they_are(kept):
    kept.files.lay([CheckedFile("孤.pdf", "application/pdf", "0", PDF)])
    folder = Path(kept.path).parent / backups.FOLDER
    kept.backup(folder).write_bytes(b"damaged" * 1000)
    with pytest.raises(Exception, match="not a valid DuckDB database file"):
        outside.sweep(kept, folder, clock.now() + 2 * outside.GRACE)
    assert len(kept.files.laid()) == 5


def test_a_copy_of_the_store_that_is_opened_elsewhere_lets_go_nothing_of_its_files(kept, said, tmp_path):
    kept.files.lay([CheckedFile("新.pdf", "application/pdf", "0", PDF)])
    copy = kept.backup(tmp_path / "elsewhere")
    with closing(open_store(f"duckdb:{copy}?files={said}")) as other:
        assert outside.sweep(other, tmp_path / "none", clock.now() + 2 * outside.GRACE) == 0
    assert len(kept.files.laid()) == 5


def test_what_was_erased_leaves_its_place_although_a_backup_names_it(kept, people):
    folder = Path(kept.path).parent / backups.FOLDER
    kept.backup(folder)
    names = {one["kept_as"] for one in rows(kept)}
    erasure.carried_out(kept, Path(kept.path), "enterprise", people.firm.id, reason="依申请", at=NOON, forget=False)
    assert rows(kept) == [] and not names & set(kept.files.laid())
    assert kept.read(lambda con: sql.scalar(con, "SELECT count(*) FROM file_erased")) == 0


def test_what_was_erased_while_its_place_was_away_goes_when_it_is_back(kept, people):
    there, kept.files = kept.files, Files("/dev/null/nowhere", Path(kept.path))
    erasure.carried_out(kept, Path(kept.path), "enterprise", people.firm.id, reason="依申请", at=NOON, forget=False)
    assert len(there.laid()) == 4
    chore = outside.letting_go(Path(kept.path).parent / backups.FOLDER)
    with pytest.raises(FilesUnavailable):
        chore(kept, clock.now())
    kept.files = there
    chore(kept, clock.now())
    assert there.laid() == {}


def test_drafts_that_are_too_old_leave_nothing_behind(kept):
    later = clock.now() + 2 * outside.GRACE
    retention.sweep(kept, NOON + timedelta(days=100))
    outside.letting_go(Path(kept.path).parent / backups.FOLDER)(kept, later)
    assert set(kept.files.laid()) == {one["kept_as"] for one in rows(kept)} and len(rows(kept)) == 3


@pytest.mark.of_a_file
@pytest.mark.parametrize("said", ["a bucket"], indirect=True)
def test_a_store_goes_to_a_place_of_its_own_and_back_with_all_of_its_files(kept, said, tmp_path, monkeypatch, capsys):
    other, back = f"duckdb:{tmp_path}/other/s.duckdb?files={tmp_path}/other/files", f"duckdb:{tmp_path}/back/s.duckdb"
    before = {one["id"]: kept.files.content(attachment(one)) for one in rows(kept)}
    kept.close()
    assert main(["copy", f"duckdb:{kept.path}?files={said}", other]) == 0
    assert main(["copy", other, back]) == 0, capsys.readouterr().err
    for url in (other, back):
        with closing(open_store(url)) as store:
            assert {one["id"]: store.files.content(attachment(one)) for one in rows(store)} == before
            assert {one["content"] is None for one in rows(store)} == {url == other}
        monkeypatch.setenv("STORE_URL", url)
        assert main(["verify", "--quick"]) == 0
    with closing(open_store(other)) as store:
        assert len(store.files.laid()) == 4
        store.files.delete([rows(store)[0]["kept_as"]])
    monkeypatch.setenv("STORE_URL", other)
    assert main(["verify"]) == 1 and "content does not hold attachment" in capsys.readouterr().out
    assert main(["copy", other, f"duckdb:{tmp_path}/third.duckdb"]) == 1
    assert "a file could not be had" in capsys.readouterr().err


@pytest.mark.of_a_file
@pytest.mark.parametrize("said", ["a bucket"], indirect=True)
def test_a_backup_put_back_finds_its_files_where_they_were_left(kept, said, tmp_path, monkeypatch, capsys):
    copy = kept.backup(tmp_path / "backups")
    kept.close()
    target = f"duckdb:{tmp_path}/fresh/s.duckdb?files={said}"
    assert main(["copy", f"duckdb:{copy}", target]) == 0, capsys.readouterr().err
    with closing(open_store(target)) as store:
        assert broken(store) == [] and len(store.files.laid()) == 4
    assert main(["copy", f"duckdb:{copy}", f"duckdb:{tmp_path}/bare.duckdb"]) == 1, "nothing says where they are"


def attachment(one):
    own = {name: one[name] for name in ("id", "name", "media_type", "size", "sha256", "content", "kept_as")}
    return attachments.KeptFile(**own, created_at=NOON)


def test_a_place_that_is_away_is_said_and_nothing_is_lost_or_half_written(store, people):
    store.files = Files("/dev/null/nowhere", Path(store.path))
    form = PlainBrowser(session=session_of(store, people.enterprise)).open("/f/raise")
    form.press("send", files=[("合同.pdf", PDF)], kind="problem", title="题目", text="正文", category="finance")
    assert "存放附件的地方暂时没有回应" in form.page.text and form.page.forms[0].values["title"] == ["题目"]
    assert rows(store) == [] and store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM cases")) == 0
    form.press("send")
    assert "查询码" in form.page.text and store.read(lambda con: sql.scalar(con, "SELECT title FROM cases")) == "题目"


def test_a_bucket_that_is_silent_is_no_longer_waited_for_than_for_one_file(served, store, people):
    store.files = Files(f"{served.url}/{uuid4().hex}", Path(store.path))
    issue(store, people, ("合同.pdf", PDF))
    with served.silent():
        assert fetched(store, people.enterprise, "合同.pdf").status == 503
        with pytest.raises(FilesUnavailable):
            issue(store, people, ("又一份.pdf", PDF))
    assert fetched(store, people.enterprise, "合同.pdf").content == PDF
    assert [one["name"] for one in rows(store)] == ["合同.pdf"] and broken(store) == []


def test_where_files_lie_is_said_with_where_the_store_is():
    assert address_of("duckdb:/a/b.duckdb?files=/c%20d") == Address(Path("/a/b.duckdb"), files="/c d")
    served = address_of("postgresql://h/d?folder=/f&files=s3://bucket/prefix&sslmode=require")
    assert served == Address(Path("/f/store"), "postgresql://h/d?sslmode=require", "s3://bucket/prefix")
    for wrong in ("ftp://x", "s3://"):
        with pytest.raises(ValueError, match="files="):
            place_of(wrong)
