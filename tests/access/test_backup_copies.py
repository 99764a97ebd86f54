"""Taking a backup away: an administrator who shows once more who they are, told in the history; nobody else."""

import pytest
from pyotp.totp import TOTP

from access import second_factor
from access.backup_copies import backup_named, take_backup, what_it_holds
from access.upkeep import back_up
from db import clock, events, keys, sql
from db.__main__ import main
from db.refused import Refused
from db.system import backups
from pages.shared import here
from tests.access.test_routes import ask
from tests.access.test_second_factor import code, enter, half
from tests.casework.cases.steps import bring_to
from tests.conftest import NOON, PASSWORD, session_of
from tests.there import there

ADDRESS = "198.51.100.7"
pytestmark = pytest.mark.of_a_file


@pytest.fixture
def folder(store, people, tmp_path, monkeypatch):
    made = tmp_path / backups.FOLDER
    monkeypatch.setattr(backups, "folder", lambda: made)
    return made


@pytest.fixture
def copy(store, people, folder):
    bring_to(store, people, "closed")
    store.write(lambda con: keys.made(con, "wave"))
    return back_up(store, actor=people.admin, folder=folder)


def taken(store, actor, copy, secret=PASSWORD, what="copy", at=NOON):
    return take_backup(store, actor=actor, folder=copy.parent, name=copy.name, what=what, secret=secret,
                       address=ADDRESS, at=at)  # fmt: skip


def holds(store, actor, copy):
    named = backup_named(store, actor=actor, folder=copy.parent, name=copy.name)
    return what_it_holds(store, actor=actor, folder=copy.parent, backup=named)


def told(store):
    return store.read(lambda con: sql.rows(con, "SELECT actor_id, kind, detail FROM event WHERE area = 'backup'"))


def test_a_backup_says_what_it_holds_from_when_to_when_and_where_its_chain_ends(store, people, copy):
    held = there(holds(store, people.admin, copy))
    head = store.read(events.head)
    first, last = store.read(
        lambda con: [sql.scalar(con, f"SELECT {one}(happened_at) FROM event") for one in ("min", "max")]  # noqa: S608
    )
    assert (held.cases, held.enterprises, held.events, held.head) == (1, 2, head.n, head.hash)
    assert (held.since, held.until) == (first, last)
    bring_to(store, people, "closed")
    again = back_up(store, actor=people.admin, folder=copy.parent)
    assert there(holds(store, people.admin, again)).cases == 2
    assert holds(store, people.admin, copy) == held


def test_a_backup_of_an_earlier_release_says_nothing_of_what_it_holds(store, people, copy):
    copy.with_name(f"{copy.name}.holds").unlink()
    assert holds(store, people.admin, copy) is None


def test_the_password_takes_it_and_the_history_says_who_took_what(store, people, copy):
    before = store.revision()
    with pytest.raises(Refused, match="password_wrong"):
        taken(store, people.admin, copy, "wrong")
    assert told(store) == [] and store.revision() == before
    assert taken(store, people.admin, copy) == copy
    (said,) = told(store)
    assert (said["actor_id"], said["kind"]) == (people.admin.id, "take_away") and copy.name in said["detail"]


def test_who_has_a_device_shows_a_code_that_works_once_and_no_password(store, people, copy):
    second_factor.ask_second_factor(store, actor=people.admin, wanted=True, at=NOON)
    token = half(store, people.accounts.admin).token
    secret = second_factor.asked(store, token=token, at=NOON).secret
    enter(store, token, code(store, token))
    with pytest.raises(Refused, match="second_wrong"):
        taken(store, people.admin, copy)
    later = NOON + 4 * second_factor.timedelta(seconds=second_factor.STEP)
    right = TOTP(secret).at(clock.seconds(later))
    assert taken(store, people.admin, copy, right, at=later) == copy
    with pytest.raises(Refused, match="second_wrong"):
        taken(store, people.admin, copy, right, at=later)


def test_nobody_else_takes_one_and_a_name_leads_nowhere_else(store, people, copy):
    for nobody in (people.enterprise, people.officer, people.department, people.town, people.staff, people.leader):
        with pytest.raises(Refused, match="forbidden"):
            taken(store, nobody, copy)
    secret = copy.parent.parent / "secret.duckdb"
    secret.write_bytes(b"x")
    for name in ("../secret.duckdb", "none.duckdb", f"{copy.name}.good", ""):
        with pytest.raises(Refused, match="backup_unknown"):
            take_backup(store, actor=people.admin, folder=copy.parent, name=name, what="copy", secret=PASSWORD,
                        address=ADDRESS, at=NOON)  # fmt: skip
    assert told(store) == []


def test_its_page_asks_for_the_password_and_sends_the_whole_file(store, people, copy):
    cookies = {here.SESSION_COOKIE: session_of(store, people.admin)}
    shown = ask("GET", f"/backups/{copy.name}", cookies=cookies)
    assert shown.status == 200 and copy.name in shown.text and 'type="password"' in shown.text
    assert "/language/en" in shown.text and "/language/ko" not in shown.text
    form = {"secret": "wrong", "what": "copy"}
    wrong = ask("POST", f"/backups/{copy.name}", form=form, cookies=cookies)
    assert wrong.status == 403 and "content-disposition" not in wrong.headers and "密码" in wrong.text
    sent = ask("POST", f"/backups/{copy.name}", form=form | {"secret": PASSWORD}, cookies=cookies)
    assert sent.status == 200 and copy.name in sent.headers["content-disposition"]
    assert int(sent.headers["content-length"]) == copy.stat().st_size
    assert ask("GET", f"/backups/{copy.name}").headers["location"].startswith("/sign-in")
    beside = keys.path_beside(copy)
    assert "并在这些调查结束后销毁" in shown.text, "elsewhere nobody destroys them"
    assert 'value="keys"' in shown.text and taken(store, people.admin, copy, what="keys") == beside
    with pytest.raises(Refused, match="backup_unknown"):
        taken(store, people.admin, copy, what="x")
    beside.unlink()
    assert 'value="keys"' not in ask("GET", f"/backups/{copy.name}", cookies=cookies).text
    with pytest.raises(Refused, match="backup_unknown"):
        taken(store, people.admin, copy, what="keys")


def test_the_page_of_the_system_names_what_each_holds_and_when_it_was_compared(store, people, copy, open_page):
    page = open_page(people.admin, "system")
    shown = rows_of(page)
    assert "1 件事项" in shown and f"/backups/{copy.name}" in shown and "尚未恢复比对" in shown
    backups.say_good(copy, NOON)  # as an earlier release left it
    assert "12:00: the same" in rows_of(open_page(people.admin, "system", language="en"))
    main(["restore", "--check", str(copy)])
    page = open_page(people.admin, "system", language="en")
    assert ": the same" in rows_of(page) and "12:00: the same" not in rows_of(page), "by the command, now"
    copy.write_bytes(b"damaged")
    main(["restore", "--check", str(copy)])
    assert "恢复比对未通过，请勿用它恢复" in rows_of(open_page(people.admin, "system"))
    assert [one.good_at for one in backups.listed(copy.parent) if one.name == copy.name] == [None], "no last good one"


def rows_of(page) -> str:
    return "\n".join(str(block.proto.body) for block in page.get("html"))
