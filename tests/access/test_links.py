"""Links that let somebody in: they ask whoever is signed in, do nothing for another site, bear what stands behind."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest

from access import entrance
from access.screens import open_screen
from casework.forum_day import forum_wall
from casework.forums.forums import plan_forum
from db import clock, sql
from db.system import proofs
from intake.waves import running as waves
from intake.waves.open_links import open_link
from pages.shared import here
from tests.access.test_routes import HOST, a_receipt, an_invitation, ask, who_came_in
from tests.casework.forum_day.test_forum_wall import PLAN
from tests.conftest import session_of
from tests.there import there


def wall_of_a_forum(store, people, at):
    plan = replace(PLAN, held_on=clock.day_of(at))
    forum = plan_forum(store, actor=people.staff, forum_id=str(uuid4()), plan=plan, at=at)
    return forum_wall.hang(store, actor=people.staff, forum_id=forum.id, at=at)


def links(store, people):
    """Every kind of link that lets somebody in, as its path → how the address may go on behind it."""
    at = here.now()
    today = clock.day_of(at)
    form = waves.WaveForm("企业满意度调查", "Enterprise survey", "satisfaction", 1, today, today + timedelta(days=9))
    wave = waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=form, at=at)
    wall = open_link(store, actor=people.staff, wave_id=wave.id, at=at)
    number, code = a_receipt(store, people)
    return {
        "invitation": f"/i/{an_invitation(store, people)}",
        "follow": f"/c/{code}?case={number}",
        "open": f"/s/{wall.token}",
        "screen": f"/screen-link/{open_screen(store, actor=people.staff, place='大厅', at=at)}",
    }


KINDS = ["invitation", "follow", "open", "screen"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_link_opened_while_signed_in_asks_first_and_then_takes_the_accounts_place(store, people, kind, language):
    path, account = links(store, people)[kind], session_of(store, people.enterprise)
    cookies = {here.SESSION_COOKIE: account, here.LANGUAGE_COOKIE: language}
    asked = ask("GET", path, cookies=cookies, sec_fetch_site="cross-site")
    assert asked.status == 200 and here.SESSION_COOKIE not in asked.cookies
    assert people.enterprise.name in asked.text and f'action="{path}"' in asked.text
    assert ("保持登录" in asked.text) == (language == "zh") and ("Stay signed in" in asked.text) == (language == "en")
    assert there(entrance.who_is_here(store, account, here.now())).way == "account"
    answer = ask("POST", path, form={}, cookies=cookies, origin=f"http://{HOST}")
    assert answer.status == 303 and there(who_came_in(store, answer)).way == kind
    assert entrance.who_is_here(store, account, here.now()) is None


def test_who_is_signed_in_is_named_as_the_reader_s_language_has_them(store, people):
    name, change = "示范驻企服务员", "UPDATE account SET name = $name WHERE id = $id"
    store.write(lambda con: sql.run(con, change, {"name": name, "id": people.enterprise.id}))
    path, account = links(store, people)["invitation"], session_of(store, people.enterprise)
    cookies = {here.SESSION_COOKIE: account, here.LANGUAGE_COOKIE: "en"}
    asked = ask("GET", path, cookies=cookies, sec_fetch_site="cross-site")
    assert "Demo service officer" in asked.text and name not in asked.text


@pytest.mark.parametrize("kind", KINDS)
def test_another_sites_form_lets_nobody_in_by_a_link(store, people, kind):
    path = links(store, people)[kind]
    for cookies in ({}, {here.SESSION_COOKIE: session_of(store, people.enterprise)}):
        answer = ask("POST", path, form={}, cookies=cookies, origin="https://elsewhere.example")
        assert answer.status == 403 and here.SESSION_COOKIE not in answer.cookies


def test_a_link_that_opens_nothing_takes_no_accounts_place(store, people):
    account = session_of(store, people.enterprise)
    answer = ask("POST", "/i/guessed", form={}, cookies={here.SESSION_COOKIE: account}, origin=f"http://{HOST}")
    assert answer.status == 403 and here.SESSION_COOKIE not in answer.cookies
    assert there(entrance.who_is_here(store, account, here.now())).id == people.enterprise.id


def test_a_code_copied_from_paper_says_on_its_form_that_the_account_is_left(store, people):
    number, code = a_receipt(store, people)
    cookies = {here.SESSION_COOKIE: session_of(store, people.enterprise)}
    assert people.enterprise.name in ask("GET", f"/c/{code}", cookies=cookies).text
    assert ask("POST", f"/c/{code}", form={"number": number}, cookies=cookies).status == 303


BEHIND = [*" .,;:!)]'\">/。，；：！）】》”、…", "\u3000", "\u200b", ". Please", "，请今天填写", " 谢谢"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_pasted_with_what_stood_behind_it_in_a_message_opens(store, people, kind):
    path = links(store, people)[kind]
    for behind in BEHIND:
        answer = ask("GET", path + (quote(behind) if "?" in path else behind))
        assert answer.status == 303 and there(who_came_in(store, answer)).way == kind, behind


def test_a_forums_link_and_a_receipts_check_bear_it_too(store, people):
    forum = wall_of_a_forum(store, people, here.now())
    number, _ = a_receipt(store, people)
    case_id = store.read(lambda con: sql.scalar(con, "SELECT id FROM cases WHERE number = $n", {"n": number}))
    mark = proofs.mark(store.read(lambda con: proofs.hash_of_submission(con, case_id)))
    for behind in BEHIND:
        assert ask("GET", f"/arrive/{forum.token}{behind}").status == 200, behind
        assert ask("GET", f"/wall/{forum.token}{behind}").status == 200, behind
        for receipt in ((number, mark + behind), (number + behind, mark)):
            assert store.read(lambda con, given=receipt: proofs.find(con, *given)) is not None, behind


def test_another_site_puts_nobody_on_a_forums_list(store, people):
    forum = wall_of_a_forum(store, people, here.now())
    typed = {"name": "王来宾", "organisation": "远洋", "country": "CN"}
    answer = ask("POST", f"/arrive/{forum.token}", form=typed, origin="https://elsewhere.example")
    assert answer.status == 403
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM attendance")) == 0
