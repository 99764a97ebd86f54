"""What changed with each import and with each day, before and after."""

from datetime import timedelta

from db import clock, events
from db.events import Event
from pages.shared.here import now
from tests.insight.world import add_case, noon, publish
from tests.journeys.imports.test_import_pages import shown


def test_each_import_says_what_it_changed_what_is_new_and_what_it_repeats(store, people, open_page):
    for end in ("2023-09-30", "2023-10-31"):
        publish(store, "exports", "2023-01-01", end, 1189.0, 11.5, "2023-11-18")
    publish(store, "exports", "2023-01-01", "2023-10-31", 1190.0, 11.5, "2023-12-18")
    publish(store, "exports", "2023-01-01", "2023-09-30", 1189.0, 11.5, "2023-12-18")
    publish(store, "exports", "2023-01-01", "2023-11-30", 1300.0, 11.0, "2023-12-18")
    event = Event(noon("2023-12-18"), "indicator", "import", "a", 1, detail={"rows": 3, "file": "出口.xlsx"})
    store.write(lambda con: events.append(con, event))
    said = shown(open_page(people.leader, "changes"))
    newest, oldest = said.split("<details")[1:3]
    assert "1 项有变，1 项新增，1 项相同" in newest and "出口.xlsx" in newest
    assert "<td>1,189.0 亿元 +11.5%</td><td>1,190.0 亿元 +11.5%</td>" in newest and "2023年1—11月" in newest
    assert "0 项有变，2 项新增" in oldest


def test_each_day_says_which_figures_moved(store, people, open_page):
    today = clock.day_of(now())
    add_case(store, people.firm, "1", ("submit", "submitted", (today - timedelta(days=2)).isoformat()))
    said = shown(open_page(people.leader, "changes", language="en"))
    days = said.split('class="f2f-changed"')[-7:]
    assert "2 figures moved" in days[2] and "<td>0</td><td>1</td>" in days[2]
    assert all(("0 figures moved" in day) for place, day in enumerate(days) if place != 2)


def test_who_sees_no_dashboard_sees_no_changes(people, open_page):
    assert "出口" not in shown(open_page(people.department, "changes"))
