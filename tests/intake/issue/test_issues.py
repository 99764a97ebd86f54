"""Raising an issue: who may for whom, what is refused, and one case for one form."""

import re
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from starlette.requests import Request

from access import entrance
from access.tokens import hashed, new_code, new_token
from casework.notices import notices
from db import events, migrations, sql
from db.cases import attachments, cases
from db.notices import outbox
from db.people import invitations
from db.people.invitations import Invitation
from db.refused import Refused
from db.scope import ALL
from db.survey import drafts
from db.system import settings
from intake.files.upload import Upload
from intake.issue.raising import LONGEST_TEXT, MOST_A_DAY, InvalidIssue, IssueForm, submit_issue
from intake.survey.drafts import save_draft
from pages.issue.attachment_routes import attachment
from pages.routes import ROUTES
from pages.shared.here import SESSION_COOKIE
from tests.conftest import NOON, make_enterprise, session_of
from tests.intake.issue.test_attachments import PDF
from tests.there import there

GOOD = IssueForm("problem", "utilities", "C17", "330603001", "新厂房用电报装两个月未批", "七月递交材料，一直没有答复。")


@pytest.fixture
def send(store):
    """send(actor, issue=GOOD, form_id=…, code=…, uploads=(), at=NOON) → the receipt."""

    def sent(actor, issue=GOOD, *, form_id=None, code=None, uploads=(), at=NOON):
        return submit_issue(
            store, actor=actor, form_id=form_id or str(uuid4()), code=code or new_code(), issue=issue, uploads=uploads,
            at=at, language="zh",
        )  # fmt: skip

    return sent


@pytest.fixture
def invite(store, people):
    """invite(wave_id) → the actor behind a fresh invitation of the first enterprise."""

    def invited(wave_id=None, *, used_at=None, expires_at=NOON + timedelta(days=30)):
        token = new_token()
        made = Invitation(str(uuid4()), hashed(token), people.firm.id, wave_id, NOON, expires_at, used_at, None)
        store.write(lambda con: invitations.add(con, [made]))
        session = entrance._session("invitation", NOON, invitation_id=made.id)
        return store.read(lambda con: entrance._invited_actor(con, session))

    return invited


def found(store, actor, case_id):
    return store.read(lambda con: cases.get(con, actor.scope, case_id)) is not None


def count(store, table):
    return store.read(lambda con: sql.scalar(con, f"SELECT count(*) FROM {table}"))  # noqa: S608


def test_an_enterprise_raises_an_issue_and_gets_a_receipt(store, people, send):
    receipt = send(people.enterprise, code="ABCD2345EFGH6789", uploads=[Upload("../图.pdf", PDF)])
    case = store.read(lambda con: cases.get(con, people.enterprise.scope, receipt.case_id))
    assert receipt.number == "2023-0001" == case.number
    assert (receipt.at, receipt.head_hash) == (NOON, store.read(events.head).hash)
    assert (case.channel, case.state, case.enterprise_id, case.sector_code) == (
        "self", "submitted", people.firm.id, "C17")  # fmt: skip
    files = store.read(lambda con: attachments.of_case(con, people.colleague.scope, case.id))
    assert [f.name for f in files] == ["图.pdf"]


def test_a_second_try_of_one_form_meets_the_first(store, people, send):
    form_id, code = str(uuid4()), new_code()
    first = send(people.enterprise, form_id=form_id, code=code, uploads=[Upload("a.pdf", PDF)])
    tables = ("cases", "event", "attachment", "follow_code")
    before = [count(store, table) for table in tables]
    changed = replace(GOOD, title="改过的标题")
    again = send(people.enterprise, changed, form_id=form_id, code=code, uploads=[Upload("a.pdf", PDF)],
                 at=NOON + timedelta(minutes=1))  # fmt: skip
    assert again == first
    assert [count(store, table) for table in tables] == before


def test_a_stranger_who_knows_a_forms_id_gets_nothing(people, send):
    receipt = send(people.enterprise)
    with pytest.raises(Refused, match="forbidden"):
        send(people.stranger, form_id=receipt.case_id)


def test_a_colleague_sees_the_case_and_a_stranger_does_not(store, people, send):
    case_id = send(people.enterprise).case_id
    for name in ("colleague", "officer", "town", "staff"):
        assert found(store, getattr(people, name), case_id), name
    for name in ("stranger", "department", "admin"):
        assert not found(store, getattr(people, name), case_id), name


def test_every_wrong_field_is_named_at_once(people, send):
    with pytest.raises(InvalidIssue) as refused:
        send(people.enterprise, IssueForm("wish", "weather", "C", "330600000", " \u200b ", "字" * (LONGEST_TEXT + 1)))
    assert {field: refusal.code for field, refusal in refused.value.fields.items()} == {
        "kind": "issue_kind",
        "category": "issue_category",
        "sector": "issue_sector",
        "town": "issue_town",
        "title": "issue_title_missing",
        "text": "issue_text_too_long",
    }


def test_a_bad_file_refuses_the_whole_form_and_writes_nothing(store, people, send):
    before = count(store, "event")
    with pytest.raises(Refused, match="attachment_kind"):
        send(people.enterprise, uploads=[Upload("a.pdf", PDF), Upload("b.png", b"MZ")])
    assert (count(store, "cases"), count(store, "event")) == (0, before)


def test_what_was_typed_is_kept_without_invisible_characters(store, people, send):
    receipt = send(people.enterprise, replace(GOOD, title=" 一\u202e\n二 ", text="一\u200b\r\n二"))
    case = store.read(lambda con: cases.get(con, ALL, receipt.case_id))
    assert (case.title, case.text) == ("一 二", "一\n二")


def test_an_eleventh_issue_of_a_day_waits_for_tomorrow(people, send):
    for _ in range(MOST_A_DAY):
        send(people.enterprise)
    with pytest.raises(Refused, match="too_many_issues"):
        send(people.colleague)
    send(people.stranger)
    send(people.enterprise, at=NOON + timedelta(hours=12))


def test_an_officer_reports_only_for_the_enterprises_in_their_care(store, people, send):
    theirs = replace(GOOD, enterprise_id=people.firm.id, channel="point")
    receipt = send(people.officer, theirs)
    assert store.read(lambda con: cases.get(con, people.enterprise.scope, receipt.case_id)).channel == "point"
    with pytest.raises(InvalidIssue) as refused:
        send(people.officer, replace(theirs, enterprise_id=people.other_firm.id))
    assert set(refused.value.fields) == {"enterprise"}


def test_staff_say_for_whom_and_how_it_reached_them(people, send):
    with pytest.raises(InvalidIssue) as refused:
        send(people.staff)
    assert set(refused.value.fields) == {"enterprise", "channel"}
    assert send(people.staff, replace(GOOD, enterprise_id=people.other_firm.id, channel="surface")).number


def opens_with(store, number, text):
    """What of a text opens that case by code: every run of letters that could be one is tried at the door."""
    opened = []
    for i, code in enumerate(set(re.findall(r"[2-9A-Z]{16}", text))):
        address = f"198.51.100.{i}"
        with suppress(Refused):
            opened.append(entrance.enter_by_code(store, code=code, number=number, address=address, at=NOON))
    return opened


@pytest.mark.parametrize("role", ["officer", "staff"])
def test_whoever_raises_on_behalf_gets_no_key_to_the_case(store, people, send, role):
    """Only the enterprise's own key closes: none is on the receipt or in the store, and a typed one is dead."""
    owner, typed, form_id = getattr(people, role), new_code(), str(uuid4())
    theirs = replace(GOOD, enterprise_id=people.firm.id, channel="point")
    for _ in ("once", "again"):
        receipt = send(owner, theirs, form_id=form_id, code=typed)
        assert receipt.code is None and receipt.reach == "account"
    tables = ("follow_code", "draft", "outbox", "event", "cases")
    kept = repr([store.read(lambda con, t=table: sql.rows(con, f"SELECT * FROM {t}")) for table in tables])  # noqa: S608
    assert opens_with(store, receipt.number, f"{typed} {kept}") == [] and count(store, "follow_code") == 0


def test_the_enterprises_mailbox_gets_the_key_of_what_was_raised_for_it(store, people, send):
    theirs = replace(GOOD, enterprise_id=people.firm.id, channel="point")
    choose = {"language": "zh", "active": True, "seen": 0, "hosts": frozenset[str](), "at": NOON}
    notices.choose_contact(store, actor=people.enterprise, owner="account", typed="li@firm.example", **choose)
    assert send(people.officer, theirs).reach == "notice"
    notices.choose_contact(store, actor=people.enterprise, owner="enterprise", typed="all@firm.example", **choose)
    assert send(people.officer, theirs).reach == "notice"  # without an address of the site no link leaves it
    store.write(lambda con: settings.put(con, "public_url", "https://f2f.example"))
    receipt = send(people.staff, theirs)
    assert (receipt.reach, receipt.code) == ("mailbox", None)
    told = [n for n in store.read(lambda con: outbox.listed(con, state="queued", limit=99)) if n.kind == "raised"]
    (box,) = [n for n in told if n.subject == receipt.case_id and n.recipient_kind == "enterprise"]
    message = notices.message_of(box, public_url="https://f2f.example", district="示例区").body
    (entered,) = opens_with(store, receipt.number, message)
    assert there(entrance.who_is_here(store, entered.token, NOON)).case_id == receipt.case_id


def test_an_enterprise_without_any_account_is_reached_by_nobody(store, people, send):
    alone = make_enterprise(store)
    assert send(people.staff, replace(GOOD, enterprise_id=alone.id, channel="line")).reach == "nobody"


def test_an_enterprise_with_a_telephone_alone_gets_no_key_for_an_sms_has_no_link(store, people, send):
    store.write(lambda con: settings.put(con, "public_url", "https://f2f.example"))
    notices.choose_contact(store, actor=people.enterprise, owner="enterprise", typed="13812345678", language="zh",
                           active=True, seen=0, hosts=frozenset(), sms=True, at=NOON)  # fmt: skip
    assert send(people.staff, replace(GOOD, enterprise_id=people.firm.id, channel="point")).reach == "account"
    (told,) = [n for n in store.read(lambda con: outbox.listed(con, state="queued", limit=99)) if n.kind == "raised"]
    assert told.channel_url == "sms://13812345678" and count(store, "follow_code") == 0


def test_an_upgrade_takes_back_the_codes_that_stood_on_an_officers_screen(store, people, send):
    theirs, own = send(people.officer, replace(GOOD, enterprise_id=people.firm.id, channel="point")), new_code()
    send(people.enterprise, code=own)
    for code, at in (("shown", NOON), ("sent", NOON + timedelta(days=1))):
        store.write(lambda con, c=code, t=at: invitations.add_follow_codes(
            con, {hashed(c): theirs.case_id}, at=t))  # fmt: skip
    statement = (migrations.FOLDER / "0023_codes_on_behalf.sql").read_text()
    store.write(lambda con: sql.run(con, statement))
    live = store.read(lambda con: sql.rows(con, "SELECT code_hash FROM follow_code WHERE revoked_at IS NULL"))
    assert {row["code_hash"] for row in live} == {hashed("sent"), hashed(own)}


def test_an_enterprise_speaks_for_itself_whatever_its_form_says(store, people, send):
    receipt = send(people.enterprise, replace(GOOD, enterprise_id=people.other_firm.id, channel="line"))
    case = store.read(lambda con: cases.get(con, ALL, receipt.case_id))
    assert (case.enterprise_id, case.channel) == (people.firm.id, "self")


@pytest.mark.parametrize("role", ["department", "town", "leader", "admin"])
def test_those_who_neither_own_nor_look_after_an_enterprise_raise_nothing(people, send, role):
    with pytest.raises(Refused, match="forbidden"):
        send(getattr(people, role), replace(GOOD, enterprise_id=people.firm.id, channel="point"))


def test_a_link_to_raise_an_issue_is_used_up_by_it(store, people, send, invite):
    guest = invite()
    receipt = send(guest)
    assert store.read(lambda con: cases.get(con, people.enterprise.scope, receipt.case_id)) is not None
    with pytest.raises(Refused, match="invitation_used"):
        send(guest)


def test_a_second_try_by_link_still_shows_the_receipt(send, invite):
    guest, form_id, code = invite(), str(uuid4()), new_code()
    assert send(guest, form_id=form_id, code=code) == send(guest, form_id=form_id, code=code)


def test_an_expired_link_raises_nothing(send, invite):
    with pytest.raises(Refused, match="invitation_expired"):
        send(invite(expires_at=NOON))


def test_a_surveys_link_is_good_for_one_issue_after_the_survey(send, invite):
    with pytest.raises(Refused, match="survey_first"):
        send(invite("wave-1"))
    guest = invite("wave-1", used_at=NOON)
    assert send(guest).number
    with pytest.raises(Refused, match="invitation_used"):
        send(guest)


def test_the_receipts_code_follows_that_case_alone(store, people, send):
    code = new_code()
    receipt, other = send(people.enterprise, code=code), send(people.enterprise)
    entered = entrance.enter_by_code(store, code=code, number=receipt.number, address="127.0.0.1", at=NOON)
    follower = entrance.who_is_here(store, entered.token, NOON)
    assert store.read(lambda con: cases.get(con, there(follower).scope, receipt.case_id)) is not None
    assert store.read(lambda con: cases.get(con, there(follower).scope, other.case_id)) is None
    with pytest.raises(Refused, match="forbidden"):
        send(follower)


def test_the_code_itself_is_not_in_the_store(store, people, send):
    code = new_code()
    receipt = send(people.enterprise, code=code)
    kept = store.read(lambda con: sql.rows(con, "SELECT * FROM follow_code"))
    assert [(row["case_id"], row["code_hash"]) for row in kept] == [(receipt.case_id, hashed(code))]
    assert code not in str(store.read(lambda con: events.of_subject(con, receipt.case_id)))


def test_submitting_ends_the_draft(store, people, send):
    form_id = str(uuid4())
    save_draft(store, actor=people.enterprise, form="issue", draft_id=form_id, content={"title": "半句"}, at=NOON)
    send(people.enterprise, form_id=form_id)
    assert store.read(lambda con: drafts.of(con, owner=people.enterprise.id, form="issue")) is None


def ask_for(store, file_id, actor):
    """The route's answer to that person's browser."""
    cookie = f"{SESSION_COOKIE}={session_of(store, actor)}" if actor else ""
    headers = [(b"cookie", cookie.encode())]
    return attachment(Request({"type": "http", "path": "/", "headers": headers, "path_params": {"id": file_id}}))


def test_an_attachment_is_given_only_within_the_cases_scope(store, people, send):
    receipt = send(people.enterprise, uploads=[Upload("现场 图.pdf", PDF)])
    file = store.read(lambda con: attachments.of_case(con, ALL, receipt.case_id))[0]
    given = ask_for(store, file.id, people.colleague)
    assert (given.status_code, given.body, given.headers["content-type"]) == (200, PDF, "application/pdf")
    assert given.headers["x-content-type-options"] == "nosniff"
    assert given.headers["content-disposition"].endswith("filename*=UTF-8''%E7%8E%B0%E5%9C%BA%20%E5%9B%BE.pdf")
    assert ask_for(store, file.id, people.officer).status_code == 200
    strangers = (people.stranger, people.department, people.admin, None)
    for who in strangers:
        refused, none = ask_for(store, file.id, who), ask_for(store, str(uuid4()), who)
        assert (refused.status_code, none.status_code) == (404, 404)
        assert refused.body == none.body, "that there is one is not told"
        assert "没有这个页面" in bytes(refused.body).decode()


def test_the_attachments_route_is_served():
    assert any(route.path == "/attachments/{id}" and route.endpoint is attachment for route in ROUTES)
