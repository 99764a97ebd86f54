"""Who is told: rows in the transaction of the change, each person's own language, nothing that anybody typed."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

import i18n
from access.entrance import enter_by_code, who_is_here
from casework.cases import lifecycle
from casework.cases.act import Given, act_within, open_case
from casework.notices import notices
from casework.notices.late_backup import tell_late_backup
from casework.notices.notices import (
    NOTICE_VERSION,
    TABLE,
    TEXTS,
    choose_contact,
    message_of,
    own_contacts,
    send_trial,
    try_again,
)
from db import events, sql
from db.cases.cases import NewCase
from db.notices import outbox
from db.refused import MovedOn, Refused
from db.system import keeping
from tests.casework.cases.steps import GIVEN, bring_to, raise_case, take
from tests.conftest import NOON

LATER = NOON + timedelta(hours=1)
HOLE = re.compile(r"：[。；]|[在于期限]前|(?:by|of|on) ?[.,;]|^(?: |已书面)", re.MULTILINE)  # of a fact that is empty


def told_at(store, actor, typed, language="zh", owner="account", active=True, seen=0, sms=False):
    return choose_contact(
        store, actor=actor, owner=owner, typed=typed, language=language, active=active, seen=seen, hosts=frozenset(),
        at=NOON, sms=sms,
    )  # fmt: skip


def everybody_has_an_address(store, people, language="zh"):
    for name in ("enterprise", "officer", "department", "other_department", "staff", "town", "leader", "admin"):
        told_at(store, getattr(people, name), f"{name}@people.example", language)


def queued(store, since=None):
    """(recipient's address, text) of what waits, in order."""
    found = store.read(lambda con: outbox.listed(con, state="queued", limit=1000))
    return sorted((n.channel_url.removeprefix("mailto://").split("@")[0], n.kind) for n in found
                  if since is None or n.created_at >= since)  # fmt: skip


def test_a_dispatch_tells_enterprise_lead_and_helping_body_in_its_own_transaction(store, people):
    everybody_has_an_address(store, people)
    case = bring_to(store, people, "accepted")
    take(store, people.staff, case, "dispatch", LATER, co=("finance_office",))
    assert queued(store, LATER) == [("department", "lead"), ("enterprise", "dispatched"), ("other_department", "co")]


def test_a_transaction_that_fails_queues_nothing(store, people):
    everybody_has_an_address(store, people)
    case = bring_to(store, people, "accepted")
    before = queued(store)

    def dispatch_then_fail(con):
        given = Given(**GIVEN["dispatch"])
        act_within(con, actor=people.staff, case_id=case.id, action="dispatch", seen=case.seq, given=given, at=LATER)
        assert len(outbox.listed(con, state="queued", limit=100)) > len(before)
        raise Refused("forbidden")

    with pytest.raises(Refused):
        store.write(dispatch_then_fail)
    assert queued(store) == before


@pytest.mark.parametrize(
    ("state", "step", "by", "given", "told"),
    [
        ("submitted", "accept", "staff", {}, [("enterprise", "accepted")]),
        ("submitted", "return", "staff", {}, [("enterprise", "returned"), ("officer", "returned_officer")]),
        ("returned", "resubmit", "enterprise", {}, [("staff", "resubmitted")]),
        ("dispatched", "start", "department", {}, []),
        ("dispatched", "note", "department", {}, []),
        ("dispatched", "answer", "department", {}, [("enterprise", "answered"), ("officer", "answered_officer")]),
        ("dispatched", "promise", "department", {}, [("enterprise", "promised"), ("officer", "promised_officer")]),
        ("committed", "fulfil", "department", {}, [("enterprise", "fulfilled"), ("officer", "answered_officer")]),
        ("committed", "ask_extension", "department", {}, [("staff", "extension_asked")]),
        ("awaiting", "proxy", "staff", {}, [("enterprise", "proxy")]),
        ("awaiting", "close", "enterprise", {}, []),
        ("awaiting", "close", "enterprise", {"rating": "dissatisfied"},
         [("department", "bad_rating"), ("staff", "bad_rating")]),
        ("awaiting", "reject", "enterprise", {}, [("department", "rejected"), ("staff", "rejected")]),
        ("closed", "reopen", "enterprise", {}, [("department", "reopened"), ("staff", "reopened")]),
    ],
)  # fmt: skip
def test_each_action_tells_those_whom_it_concerns(store, people, state, step, by, given, told):
    everybody_has_an_address(store, people)
    case = bring_to(store, people, state)
    take(store, getattr(people, by), case, step, LATER, **given)
    assert queued(store, LATER) == told


def test_a_submission_tells_staff_and_the_officer_in_charge_and_a_merge_the_enterprise(store, people):
    everybody_has_an_address(store, people)
    case = raise_case(store, people, LATER)
    assert queued(store, LATER) == [("officer", "new"), ("staff", "new")]
    kept = raise_case(store, people, LATER)
    take(store, people.staff, case, "merge", LATER + timedelta(minutes=1), into=kept.id)
    assert queued(store, LATER + timedelta(minutes=1)) == [("enterprise", "merged")]


def test_a_second_try_of_one_submission_queues_nothing_more(store, people):
    everybody_has_an_address(store, people)
    case = raise_case(store, people)
    before = queued(store)
    raise_case(store, people, LATER, id=case.id)
    assert queued(store) == before


def test_a_person_without_a_channel_or_who_paused_it_gets_no_row(store, people):
    told_at(store, people.enterprise, "firm@people.example", active=False)
    case = bring_to(store, people, "dispatched")
    take(store, people.department, case, "answer")
    assert store.read(lambda con: outbox.standing(con, at=NOON)).counts == {}


def test_a_disabled_account_is_told_nothing(store, people):
    told_at(store, people.staff, "staff@people.example")
    store.write(lambda con: sql.run(con, "UPDATE account SET active = false WHERE id = $id", {"id": people.staff.id}))
    raise_case(store, people)
    assert queued(store) == []


def test_another_enterprise_is_told_nothing_and_a_shared_address_once(store, people):
    told_at(store, people.stranger, "stranger@people.example")
    told_at(store, people.enterprise, "office@firm.example")
    told_at(store, people.colleague, "office@firm.example")
    told_at(store, people.enterprise, "office@firm.example", owner="enterprise")
    bring_to(store, people, "accepted")
    assert queued(store) == [("office", "accepted")]


def test_whoever_acts_is_not_told_of_it(store, people):
    told_at(store, people.officer, "officer@people.example")
    told_at(store, people.staff, "staff@people.example")
    new = NewCase("one", "problem", "tax", people.firm.id, "C17", "330603001", "标题", "内容", "point", "zh", 1)
    store.write(lambda con: open_case(con, case=new, actor=people.officer, at=NOON))
    assert queued(store) == [("staff", "new")]


def test_what_happens_at_one_instant_is_told_once(store, people):
    """An issue that is opened, dispatched and answered at a forum's table is one message, not four."""
    told_at(store, people.enterprise, "firm@people.example")
    case = raise_case(store, people)
    for step in ("accept", "dispatch", "answer"):
        case = take(store, people.staff, case, step, LATER)
    assert queued(store) == [("firm", "answered")]


def test_nothing_that_a_person_typed_and_no_address_stands_in_the_outbox(store, people):
    everybody_has_an_address(store, people)
    typed = "请找王小明，电话 13812345678，wang@firm.example"
    case = raise_case(store, people, title=typed, text=typed)
    at = NOON
    for who, step, given in (
        (people.staff, "return", {"reason": typed}),
        (people.enterprise, "resubmit", {"text": typed}),
        (people.staff, "accept", {"note": typed}),
        (people.staff, "dispatch", {"note": typed}),
        (people.department, "answer", {"text": typed}),
        (people.enterprise, "reject", {"reason": typed}),
    ):
        at += timedelta(minutes=1)
        case = take(store, who, case, step, at, **given)
    found = store.read(lambda con: sql.rows(con, "SELECT * FROM outbox"))
    assert len(found) == 12
    whole = repr(found)
    for secret in (
        "13812345678",
        "王小明",
        "@",
        people.firm.name_zh,
        people.firm.contact_phone,
        people.enterprise.name,
    ):
        assert secret not in whole


def test_each_reads_it_in_their_own_language_with_number_day_and_link(store, people):
    told_at(store, people.enterprise, "zh@firm.example", "zh")
    told_at(store, people.colleague, "en@firm.example", "en")
    case = bring_to(store, people, "accepted")
    take(store, people.staff, case, "dispatch", LATER)
    found = store.read(lambda con: outbox.listed(con, state="queued", limit=10))
    written = {
        n.language: message_of(n, public_url="https://f2f.example", district="D")
        for n in found
        if n.created_at == LATER
    }
    assert "已交由区经信局办理，将在12月11日（周一）前答复您" in written["zh"].body
    assert "Bureau of Economy and Information Technology, which will answer by Monday 11 December" in written["en"].body
    for message in written.values():
        assert case.number in message.subject
        assert f"https://f2f.example/case?id={case.id}" in message.body
        assert message.id in message.body


def test_without_an_address_of_the_site_there_is_no_broken_link(store, people):
    told_at(store, people.enterprise, "firm@people.example")
    bring_to(store, people, "accepted")
    (notice,) = store.read(lambda con: outbox.listed(con, state="queued", limit=10))
    assert "/case" not in message_of(notice, public_url="", district="D").body


@pytest.mark.parametrize("key", TEXTS)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_text_of_the_table_stands_in_both_languages(key, language):
    facts = dict.fromkeys(("number", "category", "body", "due", "first", "asked", "answer_by", "path"), "x")
    subject, body = (i18n.text(f"notices.told.{key}.{part}", language, **facts) for part in ("subject", "body"))
    assert "{" not in subject + body
    assert not subject.startswith(("【政企", "政企面对面", "[Face", "Face to Face")), (
        "who writes is said once, by `message_of`"
    )


@pytest.mark.parametrize("language", i18n.everywhere())
@pytest.mark.parametrize("action", ["support", "accompany", "remind", "instruct", "answer_instruction"])
def test_what_is_told_in_any_state_has_no_hole_where_nothing_is_due_or_nobody_leads(store, people, action, language):
    everybody_has_an_address(store, people, language)
    another = replace(people.staff, id="another")  # whoever acts is not told
    by = {"support": people.town, "accompany": people.town, "instruct": people.leader}.get(action, another)
    for state in (state for state, step in lifecycle.TABLE if step == action):
        case = bring_to(store, people, state)
        case = take(store, people.leader, case, "instruct") if action == "answer_instruction" else case
        take(store, by, case, action, LATER)
    found = [n for n in store.read(lambda con: outbox.listed(con, state="queued", limit=1000)) if n.created_at == LATER]
    told = [message_of(notice, public_url="", district="D") for notice in found]
    assert told and [one.body for one in told if HOLE.search(f"{one.subject}\n{one.body}")] == []


def test_the_table_names_only_parties_that_can_be_found():
    assert {party for told in TABLE.values() for party in told} == {
        "enterprise",
        "officer",
        "lead",
        "co",
        "staff",
        "former",
        "town",
        "leader",
        "holder",
        "instructors",
    }


@pytest.mark.parametrize(
    ("decision", "told", "days"),
    [("grant_extension", ["extension_granted", "promise_later"], ["12月20日", "1月10日"]),
     ("refuse_extension", ["extension_refused", "promise_kept"], ["12月20日", "12月20日"])],
)  # fmt: skip
def test_a_decision_on_more_time_tells_the_department_and_the_enterprise_both_days(store, people, decision, told, days):
    everybody_has_an_address(store, people)
    case = take(store, people.department, bring_to(store, people, "committed"), "ask_extension", LATER)
    take(store, people.staff, case, decision, LATER + timedelta(hours=1))
    found = store.read(lambda con: outbox.listed(con, state="queued", limit=100))
    fresh = {n.kind: n for n in found if n.created_at > LATER}
    assert sorted(fresh) == told
    assert {n.channel_url.split("@")[0] for n in fresh.values()} == {"mailto://department", "mailto://enterprise"}
    body = message_of(fresh[told[1]], public_url="", district="示例区").body
    assert [day for day in days if day not in body] == []
    asked = next(n for n in found if n.kind == "extension_asked")
    assert "1月10日" in message_of(asked, public_url="", district="示例区").body


def test_a_call_written_down_sends_the_shared_mailbox_a_key_to_that_case_and_an_account_none(store, people):
    told_at(store, people.enterprise, "all@firm.example", owner="enterprise")
    told_at(store, people.colleague, "li@firm.example")
    case = take(store, people.staff, bring_to(store, people, "awaiting"), "proxy", LATER)
    found = store.read(lambda con: outbox.listed(con, state="queued", limit=10))
    paths = {n.recipient_kind: n.params["path"] for n in found if n.kind == "proxy"}
    assert paths["account"] == f"/case?id={case.id}"
    code = paths["enterprise"].removeprefix("/c/").partition("?")[0]
    entered = enter_by_code(store, code=code, number=case.number, address="127.0.0.1", at=LATER)
    visitor = who_is_here(store, entered.token, LATER)
    assert visitor is not None and visitor.case_id == case.id
    take(store, visitor, case, "close", LATER + timedelta(hours=1))
    assert code not in repr(store.read(lambda con: sql.rows(con, "SELECT * FROM event")))


def test_staff_learn_that_nobody_of_the_enterprise_is_told_and_never_see_a_key(store, people):
    case = bring_to(store, people, "awaiting")
    assert not notices.reaches_enterprise(store, actor=people.staff, case=case)
    by_sms = told_at(store, people.enterprise, "13812345678", owner="enterprise", sms=True)
    assert not notices.reaches_enterprise(store, actor=people.staff, case=case), "an SMS has no room for a link"
    told_at(store, people.enterprise, "", owner="enterprise", active=False, seen=by_sms.seq)
    told_at(store, people.colleague, "li@firm.example")
    assert notices.reaches_enterprise(store, actor=people.staff, case=case)
    with pytest.raises(Refused, match="forbidden"):
        notices.reaches_enterprise(store, actor=people.department, case=case)


def test_one_changes_only_ones_own_address(store, people):
    kept = told_at(store, people.enterprise, "a@firm.example")
    assert own_contacts(store, actor=people.colleague) == {"account": None, "enterprise": None}
    with pytest.raises(Refused, match="forbidden"):
        told_at(store, people.staff, "x@y.example", owner="enterprise")
    with pytest.raises(MovedOn):
        told_at(store, people.enterprise, "b@firm.example", seen=0)
    assert told_at(store, people.enterprise, "", "en", seen=kept.seq).channel_url == "mailto://a@firm.example"
    shared = told_at(store, people.enterprise, "all@firm.example", owner="enterprise")
    assert own_contacts(store, actor=people.colleague)["enterprise"] == shared


def test_an_address_never_enters_the_history(store, people):
    told_at(store, people.enterprise, "a@firm.example")
    assert "firm.example" not in repr(store.read(lambda con: sql.rows(con, "SELECT * FROM event")))


def test_nothing_typed_and_nothing_kept_is_refused(store, people):
    with pytest.raises(Refused, match="channel_missing"):
        told_at(store, people.enterprise, "  ")


def test_a_trial_goes_out_once_an_hour(store, people):
    told_at(store, people.enterprise, "a@firm.example")
    first = send_trial(store, actor=people.enterprise, owner="account", at=NOON)
    assert send_trial(store, actor=people.enterprise, owner="account", at=NOON + timedelta(minutes=10)) == first
    assert queued(store) == [("a", "trial")]
    with pytest.raises(Refused, match="channel_missing"):
        send_trial(store, actor=people.staff, owner="account", at=NOON)


def test_only_an_administrator_sees_or_moves_the_queue(store, people):
    for somebody in (people.staff, people.leader, people.enterprise):
        with pytest.raises(Refused, match="forbidden"):
            notices.overview(store, actor=somebody, state=None, limit=1, offset=0, at=NOON)
        with pytest.raises(Refused, match="forbidden"):
            try_again(store, actor=somebody, notice_id=None, at=NOON)


def test_administrators_are_told_once_a_day_that_there_is_no_good_backup(store, people, monkeypatch):
    def with_a_mailbox(con):
        for one, language in ((people.admin, "zh"), (people.staff, "zh")):
            wanted = outbox.Contact("account", one.id, f"mailto://{one.role}@example.org", language, active=True)
            outbox.save_contact(con, wanted, actor_id=one.id, role=one.role, at=NOON)

    store.write(with_a_mailbox)
    assert tell_late_backup(store, NOON) == 0
    monkeypatch.setattr(keeping, "_GOOD", NOON - keeping.LATE - timedelta(minutes=1))
    assert [tell_late_backup(store, NOON), tell_late_backup(store, NOON + timedelta(hours=1))] == [1, 0]
    commits: list[None] = []
    store.on_commit(lambda: commits.append(None))
    assert tell_late_backup(store, NOON + timedelta(hours=1)) == 0 and commits == [], "nothing is written for nothing"
    (told,) = store.read(lambda con: outbox.due(con, at=NOON, mail=True, limit=9))
    assert (told.recipient_id, told.kind) == (people.admin.id, "backup_late")
    message = message_of(told, public_url="https://f2f.example", district="本区")
    assert "没有可用的备份" in str(message) and "https://f2f.example/system" in str(message)
    assert tell_late_backup(store, NOON + timedelta(days=1)) == 1


def test_the_notice_that_was_read_is_kept_with_the_choice_of_an_address(store, people):
    told_at(store, people.enterprise, "zh@firm.example")
    (event,) = store.read(lambda con: events.of_subject(con, f"contact:account:{people.enterprise.id}"))
    assert (event["kind"], event["detail"]["notice_version"]) == ("choose_notices", NOTICE_VERSION)


def test_the_house_is_told_in_a_language_that_it_has(store, people):
    part = next(code for code, row in i18n.LANGUAGES.items() if row.otherwise)
    with pytest.raises(Refused, match="forbidden"):
        told_at(store, people.staff, "one@people.example", part)
    assert told_at(store, people.enterprise, "firm@people.example", part).language == part
