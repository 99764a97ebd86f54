"""What happened on a day is pinned to it, and every chart that covers the day shows it."""

from datetime import date

import pytest

from db import events
from db.figures.figures import EVERYTHING
from db.refused import Refused
from db.scope import ALL
from insight.glance.pinning import pin_note, remove_note
from pages.figures import live_charts, live_economy
from pages.figures.live_view import View, chain_head
from tests.conftest import NOON
from tests.insight.world import add_case, publish
from tests.there import there

TODAY = date(2023, 11, 30)


def pin(store, actor, day="2023-11-03", about="all", words="全区停电两天"):
    return pin_note(store, actor=actor, about=about, day=date.fromisoformat(day), words=words, at=NOON)


def drawn(store, language="zh"):
    """By chart, what is said below it."""
    view = View(chain_head(), ALL, EVERYTHING, TODAY, language, dark=False)
    large = live_economy.economy_of(view, "exports", 5)
    charts = live_charts.case_charts_of(view)
    return {
        "backlog": live_charts.glance(view, "desk")["backlog"].picture.source,
        "growth": live_charts.glance(view, "desk")["economy"].picture.source,
        "flow": charts["flow"].foot, "years": there(large.years).foot,
        "together": live_economy.together_of(view, "exports").foot,
        "sheet": live_economy.overview(view, "sheet").foot,
    }  # fmt: skip


@pytest.fixture
def charts(store, people):
    add_case(store, people.firm, "1", ("submit", "submitted", "2023-11-01"))
    publish(store, "exports", "2023-01-01", "2023-09-30", 990.0, 11.0, "2023-10-18")
    publish(store, "exports", "2023-01-01", "2023-10-31", 1189.0, 11.5, "2023-11-18")


def test_a_note_stands_on_every_chart_that_covers_its_day_and_goes_when_it_is_taken_off(store, people, charts):
    assert not any("停电" in said for said in drawn(store).values())
    one = pin(store, people.leader)
    assert [name for name, said in drawn(store).items() if "2023年11月3日 全区停电两天" not in said] == []
    remove_note(store, actor=people.staff, note_id=one.id, at=NOON)
    assert not any("停电" in said for said in drawn(store).values())
    assert [event["kind"] for event in store.read(lambda con: events.of_subject(con, one.id))] == [
        "pin_note", "remove_note"]  # fmt: skip


def test_a_note_about_the_economy_is_on_no_chart_of_cases_and_an_old_one_on_none(store, people, charts):
    pin(store, people.staff, about="economy", words="新政策")
    pin(store, people.staff, day="2001-11-03", words="很久以前")
    found = drawn(store)
    assert "新政策" not in found["flow"] + found["backlog"] and "新政策" in found["years"] + found["sheet"]
    assert not any("很久以前" in said for said in found.values())


def test_a_note_needs_words_a_day_and_somebody_who_sees_the_charts(store, people):
    for words, day, why in (("", date(2023, 11, 3), "note_words"), ("停" * 41, date(2023, 11, 3), "note_words"),
                            ("停电", None, "note_day")):  # fmt: skip
        with pytest.raises(Refused, match=why):
            pin_note(store, actor=people.leader, about="all", day=day, words=words, at=NOON)
    with pytest.raises(Refused, match="forbidden"):
        pin(store, people.department)


def test_a_leader_pins_one_on_the_page_of_changes(store, people, open_page):
    page = open_page(people.leader, "changes")
    page.text_input(key="note-words").set_value("<b>停电</b>")
    page.date_input(key="note-day").set_value(date(2023, 11, 3))
    page = next(button for button in page.button if button.label == "钉上").click().run()
    said = "".join(str(one.proto.body) for one in page.get("html"))
    assert not page.exception and "&lt;b&gt;停电" in said
    next(button for button in page.button if button.label == "取下").click().run()
    assert open_page(people.leader, "changes").button and "停电" not in "".join(
        str(one.proto.body) for one in open_page(people.leader, "changes").get("html"))  # fmt: skip
