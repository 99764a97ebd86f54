"""The queue carried out: a real mail server that stops and starts, a webhook, crashes, a worker that survives them."""

import email
import json
import socket
import threading
import time
from datetime import timedelta
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from typing import cast

import pytest
from aiosmtpd.controller import Controller

from casework.notices import delivery
from casework.notices.channels import Delivery, Message, Outside, Paper, _target, channel_of, masked, shown
from casework.notices.delivery import CLAIM, LONGEST_WAIT, MOST_TRIES, deliver_due, delivering, wait_after
from casework.notices.notices import choose_contact, try_again, unheard
from db import sql
from db.notices import outbox
from db.notices.outbox import Contact
from db.refused import Refused
from db.store import Store
from db.system import settings
from tests.casework.cases.steps import bring_to, raise_case, take
from tests.conftest import NOON
from tests.there import there

LOCAL = frozenset({"127.0.0.1"})


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MailServer:
    """A mail server of our own that keeps what it takes, refuses what begins with 'bad', and can be stopped."""

    def __init__(self):
        self.port, self.taken, self.refused = free_port(), [], 0
        self.outside = Outside(f"mailto://127.0.0.1:{self.port}?from=f2f@district.example", LOCAL)

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("bad"):
            self.refused += 1
            return "550 5.1.1 no such mailbox 13812345678"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken.append(email.message_from_bytes(envelope.content))
        return "250 OK"

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        self.controller.stop()

    @property
    def ids(self):
        return [message["X-Notice-Id"] for message in self.taken]

    def subjects(self):
        return [str(make_header(decode_header(message["Subject"]))) for message in self.taken]

    def bodies(self):
        return [message.get_payload(decode=True).decode() for message in self.taken]


@pytest.fixture
def mail():
    server = MailServer()
    server.start()
    yield server
    server.stop()


def tell(store, actor, typed, language="zh"):
    choose_contact(store, actor=actor, owner="account", typed=typed, language=language, active=True, seen=0,
                   hosts=LOCAL, at=NOON)  # fmt: skip


def by_state(store):
    return dict(store.read(lambda con: [(r["state"], r["n"]) for r in sql.rows(con, _STATES)]))


_STATES = "SELECT state, count(*) AS n FROM outbox GROUP BY state"


def all_ids(store):
    return sorted(row["id"] for row in store.read(lambda con: sql.rows(con, "SELECT id FROM outbox")))


class DiesBeforeMarking:
    """A process that is killed after the message left and before it could write so: its second write never happens."""

    def __init__(self, store):
        self.store, self.writes = store, 0

    def read(self, fn):
        return self.store.read(fn)

    def write(self, fn):
        self.writes += 1
        if self.writes > 1:
            raise KeyboardInterrupt
        return self.store.write(fn)


def test_a_notice_is_delivered_once_in_the_readers_language_with_its_id(store, people, mail):
    store.write(lambda con: settings.put(con, "public_url", "https://f2f.example"))
    tell(store, people.enterprise, "li@firm.example", "en")
    case = bring_to(store, people, "accepted")
    assert deliver_due(store, at=NOON + timedelta(hours=1), outside=mail.outside).sent == 1
    assert deliver_due(store, at=NOON + timedelta(days=1), outside=mail.outside).sent == 0
    assert mail.subjects() == [f"[Face to Face] Your case {case.number} was accepted"]
    assert mail.ids == all_ids(store)
    assert mail.ids[0] in mail.bodies()[0] and f"https://f2f.example/case?id={case.id}" in mail.bodies()[0]
    assert mail.taken[0]["To"] == "li@firm.example"


def test_two_people_read_the_same_news_each_in_their_own_language(store, people, mail):
    tell(store, people.enterprise, "a@firm.example", "zh")
    tell(store, people.colleague, "b@firm.example", "en")
    case = bring_to(store, people, "accepted")
    deliver_due(store, at=NOON + timedelta(hours=1), outside=mail.outside)
    assert {m["To"]: s for m, s in zip(mail.taken, mail.subjects(), strict=True)} == {
        "a@firm.example": f"【政企面对面】您的诉求 {case.number} 已受理",
        "b@firm.example": f"[Face to Face] Your case {case.number} was accepted",
    }


def test_delivery_is_no_event(store, people, mail):
    tell(store, people.enterprise, "li@firm.example")
    bring_to(store, people, "accepted")
    before = store.revision()
    deliver_due(store, at=NOON + timedelta(hours=1), outside=mail.outside)
    assert store.revision() == before


def test_a_mail_server_that_stops_for_a_while_loses_nothing_and_doubles_nothing(store, people, mail):
    for who in ("enterprise", "officer", "staff", "department"):
        tell(store, getattr(people, who), f"{who}@people.example")
    bring_to(store, people, "accepted")
    at = NOON + timedelta(hours=1)
    deliver_due(store, at=at, outside=mail.outside)
    early = len(mail.ids)
    mail.stop()
    for _ in range(6):
        bring_to(store, people, "awaiting", at)
    for _ in range(8):
        at += timedelta(minutes=20)
        deliver_due(store, at=at, outside=mail.outside)
    assert len(mail.ids) == early and set(by_state(store)) == {"sent", "queued", "failed"}
    mail.start()
    deliver_due(store, at=at + LONGEST_WAIT, outside=mail.outside)
    deliver_due(store, at=at + LONGEST_WAIT, outside=mail.outside)
    assert set(by_state(store)) == {"sent"}
    assert sorted(mail.ids) == all_ids(store)
    assert len(set(mail.ids)) == len(mail.ids) > 30


def test_when_the_server_is_back_those_that_found_it_silent_do_not_wait_hours(store, people, mail):
    tell(store, people.enterprise, "li@firm.example")
    mail.stop()
    bring_to(store, people, "accepted")
    at = NOON + timedelta(hours=1)
    for _ in range(MOST_TRIES - 1):
        deliver_due(store, at=at, outside=mail.outside)
        at += LONGEST_WAIT * 1.1
    mail.start()
    deliver_due(store, at=at - LONGEST_WAIT, outside=mail.outside)
    bring_to(store, people, "accepted", at - LONGEST_WAIT)
    for _ in range(2):
        deliver_due(store, at=at - LONGEST_WAIT + timedelta(minutes=5), outside=mail.outside)
    assert by_state(store) == {"sent": 2}


def test_a_silent_server_is_asked_once_a_round(store, people):
    for who in ("enterprise", "officer", "staff"):
        tell(store, getattr(people, who), f"{who}@people.example")
    bring_to(store, people, "accepted")
    asked = []

    def silent(channel, message, outside):
        asked.append(channel)
        return Delivery("unreachable")

    done = deliver_due(store, at=NOON + timedelta(hours=1), outside=Outside("mailto://x"), carry=silent)
    assert (len(asked), done.failed, done.held) == (1, 1, 2)
    assert by_state(store) == {"failed": 1, "queued": 2}


def test_a_crash_between_sending_and_marking_is_one_repeat_under_the_same_id(store, people, mail):
    tell(store, people.enterprise, "li@firm.example")
    bring_to(store, people, "accepted")
    at = NOON + timedelta(hours=1)
    with pytest.raises(KeyboardInterrupt):
        deliver_due(cast(Store, DiesBeforeMarking(store)), at=at, outside=mail.outside)
    assert deliver_due(store, at=at + CLAIM / 2, outside=mail.outside).sent == 0
    assert deliver_due(store, at=at + CLAIM, outside=mail.outside).sent == 1
    assert deliver_due(store, at=at + CLAIM * 9, outside=mail.outside).sent == 0
    assert mail.ids == all_ids(store) * 2


def test_a_mailbox_that_does_not_exist_holds_up_nobody_else_and_says_why_without_a_number(store, people, mail):
    tell(store, people.staff, "bad-address@people.example")
    tell(store, people.officer, "good@people.example")
    raise_case(store, people)
    done = deliver_due(store, at=NOON, outside=mail.outside)
    assert (done.sent, done.failed) == (1, 1)
    (kept,) = store.read(lambda con: outbox.listed(con, state="failed", limit=5))
    assert kept.last_error.startswith("refused")
    assert "bad-address" not in kept.last_error and "13812345678" not in kept.last_error
    assert kept.next_at > NOON


def test_after_the_last_try_it_is_given_up_until_an_administrator_tries_again(store, people, mail):
    tell(store, people.enterprise, "bad@firm.example")
    bring_to(store, people, "accepted")
    at = NOON + timedelta(hours=1)
    for _ in range(MOST_TRIES + 3):
        deliver_due(store, at=at, outside=mail.outside)
        at += LONGEST_WAIT * 1.2
    assert by_state(store) == {"abandoned": 1} and mail.refused == MOST_TRIES
    choose_contact(store, actor=people.enterprise, owner="account", typed="good@firm.example", language="zh",
                   active=True, seen=1, hosts=LOCAL, at=at)  # fmt: skip
    assert try_again(store, actor=people.admin, notice_id=None, at=at) == 1
    deliver_due(store, at=at, outside=mail.outside)
    assert by_state(store) == {"sent": 1} and mail.taken[0]["To"] == "good@firm.example"


def test_without_a_mail_server_e_mails_wait_untouched(store, people):
    tell(store, people.enterprise, "li@firm.example")
    bring_to(store, people, "accepted")
    deliver_due(store, at=NOON + timedelta(days=30), outside=Outside())
    (kept,) = store.read(lambda con: outbox.listed(con, state="queued", limit=5))
    assert kept.attempts == 0
    assert store.read(lambda con: outbox.standing(con, at=NOON)).mail == 1


def test_whoever_stops_notices_gets_none_of_those_that_waited(store, people, mail):
    tell(store, people.enterprise, "li@firm.example")
    bring_to(store, people, "accepted")
    choose_contact(store, actor=people.enterprise, owner="account", typed="", language="zh", active=False, seen=1,
                   hosts=LOCAL, at=NOON)  # fmt: skip
    deliver_due(store, at=NOON + timedelta(hours=1), outside=mail.outside)
    assert mail.taken == []
    (kept,) = store.read(lambda con: outbox.listed(con, state="abandoned", limit=5))
    assert kept.last_error == "no_channel"


@pytest.fixture
def hook():
    """A web server of our own: .address, .got, and .status, which it answers with."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(
                (
                    self.path,
                    self.headers["X-Notice-Id"],
                    json.loads(self.rfile.read(int(self.headers["Content-Length"]))),
                )
            )
            self.send_response(hook.status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(hook.answer)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    address = f"http://127.0.0.1:{server.server_port}/hook?room=7"
    hook = SimpleNamespace(status=200, got=got, answer=b"", address=address)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield hook
    server.shutdown()
    server.server_close()


def test_a_webhook_gets_the_message_with_its_id(store, people, hook):
    tell(store, people.department, hook.address)
    case = bring_to(store, people, "accepted")
    take(store, people.staff, case, "dispatch", NOON + timedelta(hours=1))
    deliver_due(store, at=NOON + timedelta(hours=2), outside=Outside(None, LOCAL))
    ((path, header, content),) = hook.got
    assert path == "/hook?room=7" and header == content["id"] == all_ids(store)[0]
    assert case.number in content["title"] and "牵头" in content["message"]


def test_an_sms_says_in_one_line_what_happened_to_which_case_and_goes_by_the_operators_gateway(store, people, hook):
    choose_contact(store, actor=people.enterprise, owner="account", typed="138-1234-5678", language="zh", active=True,
                   seen=0, hosts=frozenset(), sms=True, at=NOON)  # fmt: skip
    case = bring_to(store, people, "accepted")
    gateway = Outside(sms_url=hook.address.replace("http", "json").replace("?room=7", ""))
    assert deliver_due(store, at=NOON + timedelta(hours=1), outside=gateway).sent == 1
    ((_, _, content),) = hook.got
    assert (content["to"], content["id"]) == ("13812345678", all_ids(store)[0])
    assert content["message"] == f"【政企面对面】您的诉求 {case.number} 已受理" and not content["title"]
    assert deliver_due(store, at=NOON + timedelta(days=1), outside=Outside()).sent == 0


@pytest.mark.parametrize("typed", ["１３８１２３４５６７８", "138 1234 5678", "+86 138-1234-5678", " 138-1234-5678 "])
def test_a_mobile_number_is_taken_as_telephones_and_keyboards_write_it(typed):
    assert channel_of(typed, hosts=frozenset(), sms=True) == "sms://13812345678"


def test_staff_see_at_the_case_what_the_enterprise_was_not_told_until_another_channel_reaches_it(
    store, people, hook, open_page
):
    number = {"owner": "account", "typed": "13812345678", "language": "zh", "active": True, "seen": 0}
    choose_contact(store, actor=people.enterprise, hosts=frozenset(), sms=True, at=NOON, **number)
    case = bring_to(store, people, "accepted")
    gateway = Outside(sms_url=hook.address.replace("http", "json").replace("?room=7", ""))

    def missed():
        return unheard(store, actor=people.staff, case=case)

    assert missed() is None, "it is on its way"
    hook.status, at = 500, NOON + timedelta(hours=1)
    assert deliver_due(store, at=at, outside=gateway).failed == 1 and missed() is None, "it is tried again"
    for _ in range(MOST_TRIES):
        at += LONGEST_WAIT * 1.2
        deliver_due(store, at=at, outside=gateway)
    assert there(missed()).kind == "accepted" and there(there(missed()).last_error).startswith("refused")
    shown = open_page(people.staff, "desk", case=case.id).warning[0].value.replace("\\", "")
    assert f"“您的诉求 {case.number} 已受理”：短信 138****5678，对方服务器拒收" in shown
    assert not open_page(people.town, "desk", case=case.id).warning
    hook.status = 200
    assert try_again(store, actor=people.admin, notice_id=None, at=at) == 1
    assert deliver_due(store, at=at, outside=gateway).sent == 1 and missed() is None


def test_of_a_case_that_is_over_nobody_is_to_be_called(store, people):
    tell(store, people.enterprise, "li@firm.example")
    states = ("awaiting", "closed", "taken_back", "transferred", "merged")
    found = {state: bring_to(store, people, state) for state in states}
    choose_contact(store, actor=people.enterprise, owner="account", typed="", language="zh", active=False, seen=1,
                   hosts=LOCAL, at=NOON)  # fmt: skip
    deliver_due(store, at=NOON + timedelta(days=1), outside=Outside())
    given_up = {notice.subject for notice in store.read(lambda con: outbox.listed(con, state="abandoned", limit=50))}
    assert given_up == {case.id for case in found.values()}
    called = [state for state, case in found.items() if unheard(store, actor=people.staff, case=case)]
    assert called == ["awaiting"]


def test_a_gateway_that_apprise_knows_is_given_the_number(people, hook):
    gateway = Outside(sms_url="twilio://AC1:token@15551234567")
    service = there(_target("sms://+8613812345678", Message("n1", "", "x"), gateway))
    assert (service["schema"], service["targets"]) == ("twilio", ["+8613812345678"])
    assert there(_target("sms://13812345678", Message("n1", "", "x"), gateway))["targets"] == ["+8613812345678"]


def test_without_a_gateway_no_number_is_taken_and_a_number_is_shown_masked(store, people):
    with pytest.raises(Refused, match="channel_sms"):
        tell(store, people.staff, "13812345678")
    assert shown("sms://13812345678") == "138****5678"
    store.write(
        lambda con: outbox.reach_once(con, Contact("account", people.staff.id, "sms://13812345678", "zh", True))
    )
    raise_case(store, people)
    deliver_due(store, at=NOON, outside=Outside())
    (kept,) = store.read(lambda con: outbox.listed(con, state="failed", limit=5))
    assert kept.last_error == "not_permitted"


@pytest.mark.parametrize("status", [500, 302])
def test_a_webhook_that_fails_or_leads_elsewhere_is_tried_again_and_not_followed(store, people, hook, status):
    tell(store, people.staff, hook.address)
    raise_case(store, people)
    hook.status = status
    assert deliver_due(store, at=NOON, outside=Outside(None, LOCAL)).failed == 1
    assert len(hook.got) == 1
    hook.status = 200
    assert deliver_due(store, at=NOON + timedelta(minutes=5), outside=Outside(None, LOCAL)).sent == 1


@pytest.mark.parametrize(
    ("robot", "refusal", "code", "taken"),
    [
        ("dingtalk", {"errcode": 310000, "errmsg": "keywords not in content"}, "310000", {"errcode": 0}),
        ("wecombot", {"errcode": 93000, "errmsg": "invalid webhook url"}, "93000", {"errcode": 0, "errmsg": "ok"}),
        ("feishu", {"code": 19001, "msg": "param invalid"}, "19001", {"StatusCode": 0, "code": 0, "msg": "success"}),
        ("feishu", "<html>proxy</html>", "502", {"StatusCode": 0}),
    ],
)
def test_a_robot_that_refuses_with_http_200_is_a_failure_and_is_tried_again(
    store, people, hook, monkeypatch, robot, refusal, code, taken
):
    from apprise.plugins import dingtalk, feishu, wecombot

    plugin = {"dingtalk": dingtalk.NotifyDingTalk, "wecombot": wecombot.NotifyWeComBot, "feishu": feishu.NotifyFeishu}
    monkeypatch.setattr(plugin[robot], "notify_url", hook.address)
    tell(store, people.staff, f"{robot}://abcdef1234567890")
    raise_case(store, people)
    hook.answer = refusal.encode() if isinstance(refusal, str) else json.dumps(refusal).encode()
    assert deliver_due(store, at=NOON, outside=Outside()).failed == 1
    (kept,) = store.read(lambda con: outbox.listed(con, state="failed", limit=5))
    assert kept.last_error.startswith("refused") and code in kept.last_error
    hook.answer = json.dumps(taken).encode()
    assert deliver_due(store, at=NOON + timedelta(minutes=5), outside=Outside()).sent == 1
    assert len(hook.got) == 2


def test_a_link_that_opens_a_case_is_forgotten_once_it_is_out(store, people, mail):
    choose_contact(store, actor=people.enterprise, owner="enterprise", typed="all@firm.example", language="zh",
                   active=True, seen=0, hosts=LOCAL, at=NOON)  # fmt: skip
    store.write(lambda con: settings.put(con, "public_url", "https://f2f.example"))
    case = bring_to(store, people, "awaiting")
    deliver_due(store, at=NOON + timedelta(hours=1), outside=mail.outside)
    take(store, people.staff, case, "proxy", NOON + timedelta(hours=2))
    deliver_due(store, at=NOON + timedelta(hours=3), outside=mail.outside)
    assert "https://f2f.example/c/" in mail.bodies()[-1]
    assert "/c/" not in repr(store.read(lambda con: sql.rows(con, "SELECT params FROM outbox")))


def test_a_webhook_host_that_the_operator_no_longer_names_is_not_called(store, people, hook):
    tell(store, people.staff, hook.address)
    raise_case(store, people)
    deliver_due(store, at=NOON, outside=Outside(None, frozenset({"other.example"})))
    (kept,) = store.read(lambda con: outbox.listed(con, state="failed", limit=5))
    assert hook.got == [] and kept.last_error == "not_permitted"


@pytest.mark.parametrize(
    ("typed", "channel"),
    [
        ("li.si@firm.example", "mailto://li.si@firm.example"),
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7ab", "wecombot://693a91f6-7ab"),
        ("https://oapi.dingtalk.com/robot/send?access_token=abcdef123", "dingtalk://abcdef123"),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/abc-12345", "feishu://abc-12345"),
        ("feishu://abc-12345", "feishu://abc-12345"),
        ("http://127.0.0.1:9/h?a=b", "json://127.0.0.1:9/h?-a=b"),
        ("138-1234-5678", "sms://13812345678"),
        ("8613812345678", "sms://13812345678"),
        ("sms://+8613812345678", "sms://13812345678"),
        ("+4917012345678", "sms://+4917012345678"),
    ],
)
def test_a_person_types_or_pastes_what_they_have(typed, channel):
    assert channel_of(typed, hosts=LOCAL, sms=True) == channel


@pytest.mark.parametrize(
    "typed",
    [
        "li", "a@b", "a@b.cn, c@d.cn", "a@b.cn?smtp=evil.example", "mailto://a@b.cn/?smtp=evil.example",
        "a@b.cn\r\nBcc: c@d.cn", "file:///etc/passwd", "dbus://", "syslog://", "http://[::1", "http://127.0.0.1:x/",
        "http://169.254.169.254/latest", "http://127.0.0.1@evil.example/", "https://evil.example/127.0.0.1",
        "wecombot://a b", "dingtalk://../../x", "x" * 600, "exec://rm",
    ],
)  # fmt: skip
def test_nobody_makes_the_server_call_another_address(typed):
    with pytest.raises(Refused, match=r"channel_unknown|channel_host"):
        channel_of(typed, hosts=LOCAL)


def test_addresses_and_numbers_are_shown_masked():
    assert masked("call 13812345678 or li.si@firm.example") == "call 138****5678 or l***@firm.example"
    assert shown("mailto://li.si@firm.example") == "l***@firm.example"
    assert shown("wecombot://693a91f6-7ab") == "…-7ab"
    assert shown("json://127.0.0.1:9/secret?-a=b") == "127.0.0.1:9"


@pytest.mark.parametrize(
    ("number", "hidden"),
    [("+8613812345678", "+861****5678"), ("8613812345678", "861****5678"), ("+4917012345678", "+491****5678")],
)
def test_a_number_with_its_country_is_shown_and_logged_masked(number, hidden):
    assert shown(f"sms://{number}") == hidden
    assert masked(f"310000: no way to {number}.") == f"310000: no way to {hidden}."


def test_the_waits_double_from_a_minute_to_six_hours_and_end():
    minutes = [there(wait_after(n, 0.5)) / timedelta(minutes=1) for n in range(1, MOST_TRIES)]
    assert minutes[:9] == [1, 2, 4, 8, 16, 32, 64, 128, 256]
    assert set(minutes[9:]) == {360}
    assert wait_after(MOST_TRIES, 0.5) is None
    assert sum(minutes) > 63 * 60  # from Friday 18:00 to Monday 9:00
    assert there(wait_after(1, 0.0)) < there(wait_after(1, 1.0)) <= timedelta(minutes=1.1)


def test_a_text_that_no_longer_exists_holds_up_nobody(store, people, mail):
    tell(store, people.staff, "staff@people.example")
    raise_case(store, people)
    store.write(lambda con: sql.run(con, "UPDATE outbox SET kind = 'of_old'"))
    tell(store, people.officer, "officer@people.example")
    raise_case(store, people, NOON + timedelta(minutes=1))
    done = deliver_due(store, at=NOON + timedelta(hours=1), outside=mail.outside)
    assert (done.sent, done.failed) == (2, 1)


def test_the_worker_delivers_and_no_error_ends_it(store, people, mail, monkeypatch):
    monkeypatch.setenv("NOTICE_MAIL_URL", mail.outside.mail_url)
    monkeypatch.setattr(delivery, "PAUSE", 0.05)
    tell(store, people.staff, "staff@people.example")
    faults = iter([RuntimeError("no clock"), OSError("nor now")])

    def now():
        for fault in faults:
            raise fault
        return NOON

    with delivering(store, now=now):
        raise_case(store, people)
        until = time.monotonic() + 20
        while not mail.taken and time.monotonic() < until:
            time.sleep(0.05)
    assert len(mail.taken) == 1
    assert not any(thread.name == "notices" for thread in threading.enumerate())
    assert by_state(store) == {"sent": 1}


def test_a_paper_travels_with_an_e_mail_and_its_words(store, people, mail):
    tell(store, people.enterprise, "li@firm.example")
    bring_to(store, people, "accepted")
    kind = store.read(lambda con: sql.scalar(con, "SELECT kind FROM outbox"))
    paper = Paper("face-to-face-20231126.pdf", "application/pdf", b"%PDF-1.7 \x00\xff")
    deliver_due(store, at=NOON + timedelta(hours=1), outside=mail.outside, papers={kind: lambda *_: paper})
    words, file = mail.taken[0].get_payload()
    assert "已受理" in words.get_payload(decode=True).decode() or "已受理" in mail.subjects()[0]
    assert (file.get_filename(), file.get_content_type()) == (paper.name, paper.media_type)
    assert file.get_payload(decode=True) == paper.content
