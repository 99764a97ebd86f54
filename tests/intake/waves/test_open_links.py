"""A wall's link: everybody in the room may answer by it, a browser once, within the day's limits."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from access import entrance
from access.tokens import new_token
from db import clock, keys, sql
from db.refused import Refused
from db.survey import open_links
from intake.issue.raising import closed_to
from intake.survey import answering as survey
from intake.survey import submitting
from intake.waves import inviting
from intake.waves import running as waves
from intake.waves.open_links import answers_by, links_of, open_link, take_down
from tests.conftest import NOON
from tests.intake.questionnaires.test_survey_questionnaire import full_answers
from tests.intake.survey.test_survey import a_form, count, refusal, submit
from tests.there import there


@pytest.fixture
def wave(store, people):
    return waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=a_form(), at=NOON)


@pytest.fixture
def wall(store, people, wave):
    """.link and .scan(browser, address, at) → the visitor, .answer(visitor) → receipt."""
    link = open_link(store, actor=people.staff, wave_id=wave.id, per_address=2, per_day=3, at=NOON)

    def scan(browser="phone", address="10.0.0.1", at=NOON):
        entered = entrance.enter_by_open_link(store, token=link.token, browser=browser, address=address, at=at)
        return entrance.who_is_here(store, entered.token, at)

    def answer(visitor, at=NOON, declared=None, **answers):
        offer = survey.offered(store, actor=visitor, at=at)
        filling = survey.begin(store, actor=visitor, offer=there(offer), form_id=str(uuid4()), declared=declared, at=at)
        given = filling.answers | full_answers(**answers)
        survey.keep(store, actor=visitor, wave_id=wave.id, answers=given, at=at)
        return submitting.submit(store, actor=visitor, form_id=filling.form_id, wave_id=wave.id, answers=given,
                             language="zh", started_at=NOON, at=at)  # fmt: skip

    return SimpleNamespace(link=link, scan=scan, answer=answer)


def test_asked_for_again_the_walls_link_is_the_same(store, people, wave, wall):
    again = open_link(store, actor=people.staff, wave_id=wave.id, at=NOON)
    forum = open_link(store, actor=people.staff, wave_id=wave.id, forum_id="f1", at=NOON)
    assert again == wall.link and forum.token != wall.link.token


def test_only_staff_hang_a_link_and_only_for_a_wave_that_goes_on(store, people, wave):
    assert refusal(open_link, store, actor=people.leader, wave_id=wave.id, at=NOON) == "forbidden"
    assert refusal(open_link, store, actor=people.staff, wave_id="none", at=NOON) == "wave_over"
    assert refusal(open_link, store, actor=people.staff, wave_id=wave.id, at=wave.closes_at) == "wave_over"
    odd = {"per_address": 5, "per_day": 4}
    assert refusal(open_link, store, actor=people.staff, wave_id=wave.id, **odd, at=NOON) == "open_limits"


def test_an_open_answer_is_of_no_enterprise_and_keeps_what_was_declared(store, wall):
    visitor = wall.scan()
    wall.answer(visitor, declared={"sector": "C17", "town": "330603001", "size": "<b>huge</b>"})
    row = store.read(lambda con: sql.one(con, "SELECT * FROM participation"))
    assert (row["source"], row["enterprise_id"], row["open_link_id"]) == ("open", None, wall.link.id)
    assert (row["sector_code"], row["town_code"], row["size"]) == ("C17", "330603001", "")
    assert visitor.permissions == {"answer_survey"} and visitor.scope.kind == "none"


def test_one_browser_answers_once_and_scanning_again_shows_its_own_number(store, wall):
    receipt = wall.answer(wall.scan())
    again = wall.scan(at=NOON + timedelta(days=1))
    assert there(survey.offered(store, actor=again, at=NOON)).receipt == receipt
    assert wall.answer(again) == receipt
    assert count(store, "participation") == 1
    stranger = survey.offered(store, actor=wall.scan("other phone"), at=NOON)
    assert there(stranger).receipt is None


def test_no_visitor_submits_under_anothers_id(store, wave, wall):
    first, second = wall.scan("a"), wall.scan("b")
    wall.answer(first)
    for form_id in (open_links.response_id(first.id), str(uuid4())):
        code = refusal(submitting.submit, store, actor=second, form_id=form_id, wave_id=wave.id, answers=full_answers(),
                       language="zh", started_at=NOON, at=NOON)  # fmt: skip
        assert code == "forbidden"


def test_one_address_and_one_day_have_their_limits_and_the_next_day_begins_anew(store, wall):
    early = wall.scan("late hand")
    for browser in "ab":
        wall.answer(wall.scan(browser))
    assert refusal(wall.scan, "c") == "open_full_here"
    assert refusal(wall.answer, early) == "open_full_here"  # it came in before the limit was reached
    wall.answer(wall.scan("d", address="10.0.0.2"))
    assert refusal(wall.scan, "e", address="10.0.0.3") == "open_full_today"
    assert wall.scan("a")  # has answered: sees the thanks whatever the limits say
    tomorrow = NOON + timedelta(days=1)
    wall.answer(wall.scan("c", at=tomorrow), at=tomorrow)
    assert count(store, "participation") == 4


def test_the_address_itself_is_kept_nowhere_and_its_key_goes_with_the_day(store, wall):
    wall.answer(wall.scan(address="203.0.113.77"))
    for table in ("participation", "session", "sign_in", "address_key", "event"):
        rows = store.read(lambda con, t=table: sql.rows(con, f"SELECT * FROM {t}"))  # noqa: S608
        assert "203.0.113.77" not in str(rows)
    wall.scan("x", at=NOON + timedelta(days=1))
    days = store.read(lambda con: sql.rows(con, "SELECT day FROM address_key"))
    assert [row["day"] for row in days] == [clock.day_of(NOON + timedelta(days=1))]


def test_a_link_guessed_taken_down_or_of_a_wave_that_is_over_lets_nobody_in(store, people, wave, wall):
    visitor = wall.scan()
    with pytest.raises(Refused, match="invitation_unknown"):
        entrance.enter_by_open_link(store, token=new_token(), browser="x", address="10.0.0.1", at=NOON)
    assert refusal(submitting.submit, store, actor=visitor, form_id=open_links.response_id(visitor.id), wave_id="other",
                   answers=full_answers(), language="zh", started_at=NOON, at=NOON) == "survey_not_invited"  # fmt: skip
    assert refusal(wall.answer, visitor, at=wave.closes_at) == "survey_closed"
    take_down(store, actor=people.staff, link_id=wall.link.id, at=NOON)
    assert refusal(wall.scan) == "invitation_unknown"
    assert answers_by(store, actor=people.staff, link_id=wall.link.id, since=NOON) == 0


def test_a_visitor_is_asked_for_no_consent_in_an_enterprises_name(store, wall):
    offer = survey.offered(store, actor=wall.scan(), at=NOON)
    assert {item.kind for item in there(offer).questionnaire.items} >= {"level5", "text"}
    assert all(item.kind != "consent" for item in there(offer).questionnaire.items)


def test_a_used_link_shows_the_thanks_again_and_takes_no_second_answer(store, people, wave):
    [link] = inviting.invite(store, actor=people.staff, wave_id=wave.id, enterprise_ids=[people.firm.id], at=NOON)

    def come():
        entered = entrance.enter_by_invitation(store, token=link.token, address="10.0.0.9", at=NOON)
        return entrance.who_is_here(store, entered.token, NOON)

    receipt = submit(store, come(), wave, at=NOON)
    again = come()
    assert there(survey.offered(store, actor=there(again), at=NOON)).receipt == receipt
    assert refusal(submit, store, again, wave, at=NOON) == "survey_answered"
    assert count(store, "participation") == 1


def test_receipts_of_a_survey_are_shown_again_after_it_has_ended_and_by_nobody_who_has_not_answered(
    store, people, wave, wall
):
    links = inviting.invite(
        store, actor=people.staff, wave_id=wave.id, enterprise_ids=[people.firm.id, people.other_firm.id], at=NOON
    )
    by_firm = {link.enterprise.id: link.token for link in links}
    given = wall.answer(wall.scan())
    take_down(store, actor=people.staff, link_id=wall.link.id, at=NOON)

    def open_invitation(token, at):
        entered = entrance.enter_by_invitation(store, token=token, address="10.0.0.1", at=at)
        return entrance.who_is_here(store, entered.token, at)

    invited = open_invitation(by_firm[people.firm.id], NOON)
    sent = submitting.submit(
        store, actor=there(invited), form_id=str(uuid4()), wave_id=wave.id, answers=full_answers(), language="zh",
        started_at=NOON, at=NOON,
    )  # fmt: skip
    later = wave.closes_at + timedelta(days=60)
    assert there(survey.offered(store, actor=wall.scan(at=later), at=later)).receipt == given
    again = open_invitation(by_firm[people.firm.id], later)
    assert there(survey.offered(store, actor=there(again), at=later)).receipt == sent
    assert there(closed_to(store, actor=there(again), at=later)).code == "invitation_expired"
    assert refusal(wall.scan, browser="another", at=later) == "invitation_unknown"
    assert refusal(open_invitation, by_firm[people.other_firm.id], later) == "invitation_expired"


def test_the_tokens_of_walls_stand_in_no_byte_of_the_store_and_staff_see_them_again(store, people, wave):
    link = open_link(store, actor=people.staff, wave_id=wave.id, at=NOON)
    assert links_of(store, actor=people.staff, wave_id=wave.id) == [link]
    store.backup(store.path.parent / "backups")
    for path in sorted(store.path.parent.rglob("*")):
        assert path.is_dir() or link.token.encode() not in path.read_bytes(), path
    keys.path_beside(store.path).unlink()  # whoever has the store alone cannot say it; who has the code still comes in
    assert [one.token for one in links_of(store, actor=people.staff, wave_id=wave.id)] == [""]
    assert entrance.enter_by_open_link(store, token=link.token, browser="b", address="10.0.0.1", at=NOON)
    fresh = open_link(store, actor=people.staff, wave_id=wave.id, at=NOON)
    assert fresh.token not in ("", link.token)
