"""The leader's page and the page of figures, as a person's browser gets them."""

import pytest

from db import events
from db.events import Event
from pages.figures import live_board
from pages.shared.plain import letters
from tests.conftest import make_enterprise, words
from tests.insight.world import add_case, noon

TYPED = "![](https://elsewhere.example/x.png) 用电容量不足"


def asked(page, **query):
    """The same page at an address with these filters."""
    for name, value in query.items():
        page.query_params[name] = value
    return page.run()


def html_of(page):
    return "".join(element.value for element in page.get("html"))


def overdue_case(store, **changes):
    firm = make_enterprise(store, **changes)
    return add_case(
        store, firm, "2023-0042",
        ("submit", "submitted", "2023-10-02"), ("accept", "accepted", "2023-10-03"),
        ("dispatch", "dispatched", "2023-10-04", {"due_on": "2023-10-13"}),
        due_on=noon("2023-10-13").date(), title=TYPED,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "language", "said"),
    [
        ("dashboard", "zh", ("还没有导入经济指标", "这个范围内还没有记录", "还没有召开过面对面", "没有超期的诉求")),
        ("dashboard", "en", ("No indicators have been imported yet", "No forum has been held yet")),
        ("outcomes", "zh", ("办结率", "需要决策", "没有符合条件的诉求")),
        ("outcomes", "en", ("Share settled",)),
    ],
)
def test_a_leader_of_an_empty_district_reads_words_not_errors(people, open_page, path, language, said):
    shown = words(open_page(people.leader, path, language=language))
    for word in said:
        assert word in shown


def test_the_glance_says_what_is_stuck_and_with_whom(store, people, open_page):
    case_id = overdue_case(store)
    page = open_page(people.leader, "dashboard")
    shown = html_of(page)
    assert "未办结 1 件，与30天前相同" in shown and "超期 1 件，区经信局最多（1 件）" in shown
    assert "用电容量" not in shown, "a case is told by its subject and its body"
    assert [link.proto.query_string for link in page.get("page_link")] == [f"case={case_id}"]


def test_an_overdue_case_stands_on_top_and_leads_to_the_desk(store, people, open_page):
    case_id = overdue_case(store)
    page = open_page(people.leader, "outcomes")
    assert "1 件已超期" in words(page)
    (line,) = (link.proto for link in page.get("page_link") if case_id in str(link.proto))
    assert "区经信局" in line.label and letters("2023-0042") in line.label


def test_what_a_person_typed_is_drawn_as_text(store, people, open_page):
    overdue_case(store)
    page = open_page(people.leader, "outcomes")
    (typed,) = (link.proto.label for link in page.get("page_link") if "用电容量不足" in link.proto.label)
    assert letters(TYPED) in typed and "elsewhere.example" not in html_of(page)


def test_the_address_carries_the_filters(store, people, open_page):
    overdue_case(store, town_code="330603011")
    page = open_page(people.leader, "outcomes")
    assert "没有符合条件的诉求" in words(asked(page, town="330603001"))
    assert "1 件已超期" in words(asked(page, town="330603011"))
    assert "没有符合条件的诉求" in words(asked(page, as_of="2023-10-01"))


@pytest.mark.parametrize("odd", ["nonsense", "9999-99-99", "0001-01-01", "9999-12-31", "'; DROP TABLE cases --"])
def test_an_odd_address_is_answered(people, open_page, odd):
    page = open_page(people.leader, "outcomes")
    assert "办结率" in words(asked(page, as_of=odd, period=odd, sector=odd, town=odd))
    assert "办结率" in words(asked(page, period="custom", **{"from": odd, "to": odd}))
    assert "办结率" in words(asked(open_page(people.leader, "figures"), as_of=odd))


def test_a_change_is_on_the_page_at_the_next_look(store, people, open_page):
    page = open_page(people.leader, "outcomes")
    assert "没有符合条件的诉求" in words(page)
    overdue_case(store)
    assert "1 件已超期" in words(page.run())


def test_a_card_opens_its_definition_and_rows_which_follow_the_records(store, people, open_page):
    overdue_case(store)
    page = open_page(people.leader, "outcomes")
    page.button(key="card-figure-large-issues").click().run()
    assert not page.exception
    assert "重复件合并后只计一件" in html_of(page) and len(page.dataframe[0].value) == 1
    store.write(lambda con: events.append(con, Event(noon("2023-11-30"), "forum", "plan", "f", 1)))
    assert "/export/figure/issues.xlsx?as_of=" in html_of(page)
    assert len(page.run().dataframe) == 1, "the drawer stays open while the page redraws"


def test_what_waits_beyond_the_first_five_opens_with_its_bodies_and_days_and_leads_to_each_case(
    store, people, open_page
):
    firm = make_enterprise(store)
    for number in range(7):
        due = f"2023-10-{13 + number}"
        way = ("submit", "submitted", "2023-10-02"), ("accept", "accepted", "2023-10-03")
        sent = ("dispatch", "dispatched", "2023-10-04", {"due_on": due})
        add_case(store, firm, f"2023-00{number}", *way, sent, due_on=noon(due).date())
    page = open_page(people.leader, "outcomes").button(key="more-overdue").click().run()
    assert not page.exception
    rows = page.dataframe[0].value
    assert len(rows) == 7 and rows["编号"].iloc[0].endswith("#2023-000"), "the one that is late the longest first"
    assert rows["编号"].iloc[0].startswith("/desk?case=") and rows["单位"].iloc[0] == "区经信局"
    assert list(rows["超期天数"]) == sorted(rows["超期天数"], reverse=True) and rows["超期天数"].iloc[0] > 0


def test_an_administrator_sees_the_figures_and_no_rows(store, people, open_page):
    overdue_case(store)
    page = open_page(people.admin, "figures")
    shown = words(page)
    assert "问题和建议" in shown and "2023-0042" not in shown
    assert "明细只对有权查看全部诉求的人开放" in shown


def test_two_readers_of_one_question_share_one_answer(store, people, open_page, monkeypatch):
    asked = []
    real = live_board.read_board
    monkeypatch.setattr(live_board, "read_board", lambda con, **facts: asked.append(facts) or real(con, **facts))
    open_page(people.leader, "outcomes")
    open_page(people.staff, "outcomes", language="en")
    assert len(asked) == 1


def test_the_wall_shows_a_board_and_no_other_page_leads_there_without_the_right(people, open_page):
    shown = html_of(open_page(people.leader, "screen"))
    assert 'class="f2f-screen"' in shown and shown.count("f2f-said") >= 3
    assert "f2f-screen" not in html_of(open_page(people.town, "screen"))


def test_staff_give_a_screen_its_link_once(people, open_page):
    page = open_page(people.staff, "screens")
    page.text_input(key="screen-place").set_value("一楼大厅")
    page.button(key="screen-open").click().run()
    assert "/screen-link/" in html_of(page) and "一楼大厅" in html_of(page)
    assert "/screen-link/" not in html_of(page.run())
