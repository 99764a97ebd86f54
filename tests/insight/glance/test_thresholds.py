"""A leader is told once when a figure gets where they said, with an address that keeps the number of that moment."""

from datetime import datetime, timedelta

import pytest

from casework.notices.notices import message_of
from db.figures import citations
from db.notices import outbox
from db.notices.outbox import Contact
from db.refused import Refused
from insight.citing.said import from_json
from insight.glance.thresholds import own_thresholds, set_threshold, tell, watching
from tests.conftest import NOON
from tests.insight.world import add_case, publish
from tests.journeys.imports.test_import_pages import shown

LATE = (("submit", "submitted", "2023-10-02"), ("accept", "accepted", "2023-10-03"),
        ("dispatch", "dispatched", "2023-10-04", {"due_on": "2023-10-13"}))  # fmt: skip


def reach(store, actor, language="zh"):
    contact = Contact("account", actor.id, "mailto://a@example.org", language, active=True)
    store.write(lambda con: outbox.save_contact(con, contact, actor_id=actor.id, role=actor.role, at=NOON))


def sent(store):
    return store.read(lambda con: outbox.due(con, at=NOON + timedelta(days=99), mail=True, limit=99))


def overdue_over(store, actor, bound):
    set_threshold(store, actor=actor, kind="cases", code="overdue", side="over", bound=bound, at=NOON)


def test_a_figure_that_got_there_is_told_once_with_an_address_that_keeps_it(store, people):
    reach(store, people.leader)
    overdue_over(store, people.leader, 1)
    add_case(store, people.firm, "1", *LATE)
    assert tell(store, at=NOON) == 0, "one is not over one"
    add_case(store, people.firm, "2", *LATE)
    assert (tell(store, at=NOON), tell(store, at=NOON + timedelta(hours=1))) == (1, 0)
    (notice,) = sent(store)
    said = message_of(notice, public_url="https://f2f.example", district="柯桥区")
    assert (
        said.subject == "【政企面对面】超期件数现为 2 件，高于 1"
        and f"https://f2f.example{notice.params['path']}" in said.body
    )
    add_case(store, people.firm, "3", *LATE)
    one = store.read(lambda con: citations.newest(con, "cases", "overdue"))
    assert one.path == notice.params["path"] and from_json(one.content).last.value == 2


def test_it_is_told_again_only_after_it_was_back(store, people):
    reach(store, people.leader)
    publish(store, "exports", "2023-01-01", "2023-08-31", 900.0, -1.0, "2023-09-18")
    set_threshold(store, actor=people.leader, kind="economy", code="exports", side="under", bound=0, at=NOON)
    assert tell(store, at=datetime(2023, 9, 20, 4)) == 1
    publish(store, "exports", "2023-01-01", "2023-09-30", 990.0, -0.5, "2023-10-18")
    assert tell(store, at=datetime(2023, 10, 20, 4)) == 0, "still there"
    publish(store, "exports", "2023-01-01", "2023-10-31", 1100.0, 0.4, "2023-11-18")
    assert tell(store, at=datetime(2023, 11, 20, 4)) == 0, "back"
    publish(store, "exports", "2023-01-01", "2023-11-30", 1200.0, -0.2, "2023-12-18")
    assert tell(store, at=datetime(2023, 12, 20, 4)) == 1
    assert [notice.params["value"] for notice in sent(store)] == ["−1.0%", "−0.2%"]


def test_the_watch_looks_where_something_moved_and_rests_a_minute(store, people):
    reach(store, people.leader)
    look = watching()
    assert look(store, NOON) == 0, "nobody asked"
    overdue_over(store, people.leader, 0)
    assert look(store, NOON) == 0
    add_case(store, people.firm, "1", *LATE)
    assert look(store, NOON + timedelta(seconds=5)) == 0
    assert look(store, NOON + timedelta(minutes=1)) == 1


def test_who_has_no_channel_sees_it_on_their_page_and_who_may_not_is_refused(store, people, open_page):
    with pytest.raises(Refused, match="forbidden"):
        overdue_over(store, people.department, 1)
    with pytest.raises(Refused, match="threshold_bound"):
        set_threshold(store, actor=people.leader, kind="cases", code="overdue", side="over", bound=None, at=NOON)
    add_case(store, people.firm, "1", *LATE)
    overdue_over(store, people.leader, 0)
    assert tell(store, at=NOON) == 0 and sent(store) == []
    assert own_thresholds(store, actor=people.leader)[0].crossed_at == NOON
    said = shown(open_page(people.leader, "notices_mine"))
    assert "超期件数高于 0" in said and "起越过，已告知" in said


def test_a_leader_sets_and_removes_one_on_the_page_of_notices(store, people, open_page):
    page = open_page(people.leader, "notices_mine", language="en")
    page.selectbox(key="threshold-figure").set_value(("cases", "prompt_share"))
    page.number_input(key="threshold-bound").set_value(50.0)
    page = next(button for button in page.button if button.label == "Add").click().run()
    assert not page.exception and [one.bound for one in own_thresholds(store, actor=people.leader)] == [50.0]
    assert "over 50%" in shown(page)
    page = page.button(key="drop-cases-prompt_share-over").click().run()
    assert own_thresholds(store, actor=people.leader) == []
    assert "threshold-figure" not in {one.key for one in open_page(people.department, "notices_mine").selectbox}
