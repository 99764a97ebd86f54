"""The weekly leaf: one sheet, with letters that can be read and copied, and a notice once a week."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from fpdf import FPDF
from starlette.requests import Request

from casework.documents import print_fonts
from casework.documents.wrapping import NEVER_FIRST, wrapped
from casework.notices.channels import Delivery, Outside
from casework.notices.delivery import deliver_due
from casework.notices.notices import message_of
from casework.notices.weekly_leaf import KIND, choose_leaf, queue_leaves
from db.notices import outbox
from db.notices.outbox import Contact
from db.people import accounts
from db.refused import Refused
from db.scope import ALL
from db.system import settings
from insight.__main__ import main
from insight.glance.leaf import MARGIN, leaf_pdf
from insight.glance.leaf_notice import leaf_paper
from insight.glance.leaf_of import leaf_of
from pages.glance.leaf_routes import leaf
from tests.conftest import NOON
from tests.insight.cases.test_dashboard import overdue_case
from tests.insight.world import add_case
from tests.there import there

MONDAY = datetime(2023, 12, 4, 0, 0)  # 8:00 in Shanghai


def made(store, language="zh"):
    return leaf_pdf(store.read(lambda con: leaf_of(con, scope=ALL, as_of=date(2023, 11, 30), language=language)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_leaf_is_one_page_and_the_same_records_give_the_same_bytes(store, language):
    overdue_case(store)
    first = made(store, language)
    assert first.startswith(b"%PDF") and first.count(b"/Type /Page\n") == 1
    assert first == made(store, language)


def test_no_line_begins_with_a_closing_mark_and_no_word_is_broken():
    lines = wrapped("未办结 23 件，比30天前多 14 件（超期），CNY 1,748.2 bn。", 16, lambda s: len(s))
    assert all(line[0] not in NEVER_FIRST and len(line) <= 17 for line in lines)
    assert any("1,748.2" in line for line in lines)


def test_a_machine_without_a_chinese_font_says_so(store, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(print_fonts, "_FOLDERS", (str(tmp_path),))
    monkeypatch.setattr("insight.__main__.open_store", lambda: store)
    print_fonts.faces.cache_clear()
    assert main(["leaf", "--out", str(tmp_path / "leaf.pdf")]) == 1
    assert "no Chinese font" in capsys.readouterr().err and not (tmp_path / "leaf.pdf").exists()


def test_the_command_takes_a_language_that_has_every_text_alone(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["leaf", "--language", "ko", "--out", str(tmp_path / "leaf.pdf")])
    assert "'ko'" in capsys.readouterr().err


def reader(store, actor, way="mailto://a@example.org"):
    contact = Contact("account", actor.id, way, "zh", active=True)
    store.write(lambda con: outbox.save_contact(con, contact, actor_id=actor.id, role=actor.role, at=NOON))
    choose_leaf(store, actor=actor, wanted=True, at=NOON)


def test_a_reader_is_told_once_on_monday_with_a_link_to_sundays_leaf(store, people):
    reader(store, people.leader)
    queue_leaves(store, at=NOON)  # the week in which they asked
    assert queue_leaves(store, at=MONDAY - timedelta(minutes=1)) == 0
    assert queue_leaves(store, at=MONDAY) == 1 and queue_leaves(store, at=MONDAY + timedelta(days=3)) == 0
    notice = store.read(lambda con: outbox.due(con, at=MONDAY, mail=True, limit=9))[-1]
    message = message_of(notice, public_url="https://f2f.example", district="本区")
    assert "https://f2f.example/leaf.pdf?as_of=2023-12-03" in message.body


def test_who_stopped_or_never_may_is_not_told(store, people):
    reader(store, people.staff)
    choose_leaf(store, actor=people.staff, wanted=False, at=NOON)
    assert queue_leaves(store, at=MONDAY) == 0
    with pytest.raises(Refused, match="forbidden"):
        choose_leaf(store, actor=people.department, wanted=True, at=NOON)


@pytest.mark.parametrize(("way", "carries"), [("mailto://a@example.org", True), ("wecombot://0123456789ab", False)])
def test_the_leaf_itself_goes_by_mail_and_a_robot_gets_the_link_alone(store, people, way, carries):
    taken = []

    def carry(_channel, message, outside):
        taken.append(message)
        return Delivery()

    reader(store, people.leader, way)
    queue_leaves(store, at=NOON)
    queue_leaves(store, at=MONDAY)
    papers = {KIND: leaf_paper}
    deliver_due(store, at=MONDAY, outside=Outside("mailtos://x:y@example.org"), carry=carry, papers=papers)
    newest = taken[-1]
    assert (newest.paper is not None) is carries
    if carries:
        assert newest.paper.name == "face-to-face-20231203.pdf" and newest.paper.content.startswith(b"%PDF")


def test_a_reader_who_lost_the_right_since_gets_no_file(store, people):
    reader(store, people.leader)
    queue_leaves(store, at=NOON)
    queue_leaves(store, at=MONDAY)
    notice = store.read(lambda con: outbox.due(con, at=MONDAY, mail=True, limit=9))[-1]
    assert leaf_paper(store, notice) is not None
    town = replace(people.accounts.leader, role="town", town_code="330603001")
    store.write(lambda con: accounts.save(con, town, actor_id="tests", role="admin", at=NOON))
    assert leaf_paper(store, notice) is None


def test_who_is_not_signed_in_is_led_to_the_sign_in_and_back_to_the_leaf(store, people):
    asked = Request({"type": "http", "method": "GET", "path": "/leaf.pdf", "query_string": b"as_of=2023-11-26",
                     "headers": []})  # fmt: skip
    answer = leaf(asked)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/leaf.pdf%3Fas_of%3D2023-11-26"


def week_of(store, language="zh"):
    return store.read(lambda con: leaf_of(con, scope=ALL, as_of=date(2023, 12, 3), language=language)).parts


def test_the_leaf_says_what_came_what_was_settled_and_what_falls_due(store, people):
    came = ("submit", "submitted", "2023-11-28")
    add_case(store, people.firm, "1", came)
    settled = (("dispatch", "dispatched", "2023-11-21"), ("answer", "awaiting", "2023-11-29"))
    add_case(
        store, people.firm, "2", ("submit", "submitted", "2023-11-20"), ("accept", "accepted", "2023-11-20"), *settled
    )
    due = ("dispatch", "dispatched", "2023-11-30", {"due_on": "2023-12-06"})
    add_case(store, people.firm, "3", ("submit", "submitted", "2023-11-29"), ("accept", "accepted", "2023-11-29"), due,
             due_on=date(2023, 12, 6))  # fmt: skip
    first, second, third = week_of(store)
    assert (first.said, second.said, third.said) == (
        "收到 2 件，比上周多 1 件",
        "办结 1 件，比上周多 1 件",
        "下周到期 1 件",
    )
    assert first.more == "融资信贷 2 件" and "已经解决 1 件" in second.more
    assert [list(there(part.chart.figure).data[0].y)[-1] for part in (first, second)] == [2, 1]
    assert list(there(third.chart.figure).data[0].y) == [0, 0, 1, 0, 0, 0, 0], "on the Wednesday"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_week_is_a_leaf_too_and_says_so(store, language):
    parts = week_of(store, language)
    assert parts[2].said == {"zh": "下周没有到期的", "en": "Nothing falls due next week"}[language]
    assert made(store, language).startswith(b"%PDF")


def test_long_words_shorten_the_chart_and_run_into_nothing(store, monkeypatch):
    overdue_case(store)
    written = []
    draw = FPDF.text
    monkeypatch.setattr(FPDF, "text", lambda pdf, x, y, words: written.append((x, y)) or draw(pdf, x, y, words))
    found = store.read(lambda con: leaf_of(con, scope=ALL, as_of=date(2023, 11, 30), language="en"))
    leaf_pdf(replace(found, parts=[replace(one, said="Words that go on. " * 14) for one in found.parts]))
    lines = [y for x, y in written if x == MARGIN]
    assert all(below - above > 2.5 for above, below in pairwise(lines)) and lines[-1] < 290


@pytest.mark.parametrize("invented", [True, False])
@pytest.mark.parametrize(("language", "mark"), [("zh", "演示数据"), ("en", "Demo")])
def test_a_leaf_of_invented_data_says_so(store, monkeypatch, invented, language, mark):
    store.write(lambda con: settings.put(con, "demo", str(invented).lower()))
    written, draw = [], FPDF.text
    monkeypatch.setattr(FPDF, "text", lambda pdf, x, y, words: written.append(words) or draw(pdf, x, y, words))
    made(store, language)
    assert any(mark in words for words in written) == invented
