"""A cited figure: what it said stays, an old case or a revision only marks it; what is public renews itself."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest

from db import events, sql
from db.events import Event
from db.figures import citations
from db.figures.figures import Filters, ground
from db.refused import Refused
from db.system import integrity
from insight.citing import given
from insight.citing.citing import cite, cite_public, show_everybody, show_nobody
from insight.citing.said import from_json
from insight.citing.standing import superseded
from tests.conftest import NOON
from tests.insight.world import add_case, add_forum, publish

TODAY = date(2023, 11, 30)
SETTLED = (("submit", "submitted", "2023-11-01"), ("accept", "accepted", "2023-11-02"),
           ("dispatch", "dispatched", "2023-11-03"), ("answer", "awaiting", "2023-11-06"))  # fmt: skip


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T04:00:00")


def exports(store, value=1189.0, growth=11.5, vintage="2023-11-18"):
    publish(store, "exports", "2023-01-01", "2023-10-31", value, growth, vintage)


def imported(store, at_):
    event = Event(at_, "indicator", "import", f"file-{at_}", 1)
    store.write(lambda con: events.append(con, event))


def test_old_cases_entered_later_leave_a_cited_figure_as_it_was_and_mark_it(store, people):
    add_case(store, people.firm, "1", *SETTLED)
    one = cite(store, actor=people.leader, kind="cases", code="issues", as_of=TODAY, at=NOON)
    assert one.path == f"/cite/cases/issues/2023-11-30/{one.n}"
    assert store.read(lambda con: superseded(con, one, TODAY)) is None
    add_case(store, people.firm, "2", *SETTLED)
    kept = store.read(lambda con: citations.cited(con, "cases", "issues", "", TODAY, one.n))
    assert from_json(kept.content).last.value == 1 and kept.content == one.content
    now = store.read(lambda con: superseded(con, kept, TODAY))
    assert now.now["zh"] == "2 件"
    again = cite(store, actor=people.leader, kind="cases", code="issues", as_of=TODAY, at=NOON)
    assert again.n > one.n and from_json(again.content).last.value == 2


def test_a_revision_leaves_the_cited_series_as_it_was_and_marks_it(store, people):
    exports(store)
    one = cite(store, actor=people.leader, kind="economy", code="exports", as_of=TODAY, at=NOON)
    publish(store, "exports", "2023-01-01", "2023-11-30", 1300.0, 11.0, "2023-12-18")
    assert store.read(lambda con: superseded(con, one, date(2023, 12, 20))) is None, "a later period revises nothing"
    exports(store, 1190.0, 11.6, "2023-12-22")
    found = store.read(lambda con: superseded(con, one, date(2023, 12, 30)))
    assert found.changed == 1 and "11.6" in found.now["zh"]
    assert from_json(one.content).last.growth == 11.5


def test_the_same_said_twice_is_one_citation_and_moves_no_figure(store, people):
    exports(store)
    before = store.read(ground)
    first, second = (cite(store, actor=people.leader, kind="economy", code="exports", as_of=TODAY, at=NOON)
                     for _ in range(2))  # fmt: skip
    assert first.path == second.path and store.read(ground) == before


def test_a_citation_that_somebody_changed_in_the_file_is_found(store, people):
    exports(store)
    cite(store, actor=people.leader, kind="economy", code="exports", as_of=TODAY, at=NOON)
    assert store.read(integrity.verify) == []
    store.write(lambda con: sql.run(con, "UPDATE citation SET content = replace(content, '1189', '1199')"))
    assert [found.reason for found in store.read(integrity.verify)] == ["content"]


def test_filters_are_part_of_what_is_cited(store, people):
    add_case(store, people.firm, "1", *SETTLED)
    add_case(store, people.other_firm, "2", *SETTLED)
    one = cite(store, actor=people.leader, kind="cases", code="issues", as_of=TODAY, at=NOON,
               filters=Filters(sector="C17"))  # fmt: skip
    assert one.path.endswith("?sector=C17") and from_json(one.content).last.value == 1
    assert "纺织" in from_json(one.content).name["zh"]


def test_who_may_not_see_a_figure_cites_none_and_staff_alone_make_one_public(store, people):
    exports(store)
    with pytest.raises(Refused, match="forbidden"):
        cite(store, actor=people.department, kind="economy", code="exports", as_of=TODAY, at=NOON)
    with pytest.raises(Refused, match="figure_unknown"):
        show_everybody(store, actor=people.staff, kind="economy", code="exports", at=NOON)
    cite(store, actor=people.leader, kind="economy", code="exports", as_of=TODAY, at=NOON)
    with pytest.raises(Refused, match="forbidden"):
        show_everybody(store, actor=people.leader, kind="economy", code="exports", at=NOON)
    show_everybody(store, actor=people.staff, kind="economy", code="exports", at=NOON)
    assert store.read(lambda con: citations.is_public(con, "economy", "exports"))
    show_nobody(store, actor=people.staff, kind="economy", code="exports", at=NOON)
    assert store.read(citations.public) == []


def test_what_enterprises_rated_is_not_shown_day_by_day(store, people):
    add_case(store, people.firm, "1", *SETTLED)
    one = cite(store, actor=people.leader, kind="cases", code="satisfaction_top2", as_of=TODAY, at=NOON)
    assert from_json(one.content).last.value is None, "fewer than ten"
    for code, why in (("satisfaction_top2", "figure_rated"), ("settled_share", "figure_too_few")):
        cite(store, actor=people.leader, kind="cases", code=code, as_of=TODAY, at=NOON)
        with pytest.raises(Refused, match=why):
            show_everybody(store, actor=people.staff, kind="cases", code=code, at=NOON)


def test_what_is_public_is_cited_by_itself_when_it_moved_and_only_then(store, people):
    exports(store)
    add_forum(store, 1, "2023-11-10")
    for kind, code in (("economy", "exports"), ("cases", "forums")):
        cite(store, actor=people.staff, kind=kind, code=code, as_of=TODAY, at=NOON)
        show_everybody(store, actor=people.staff, kind=kind, code=code, at=NOON)
    assert cite_public(store, at("2023-12-01")) == 0, "looked at, and nothing had moved"
    add_forum(store, 2, "2023-12-01")
    publish(store, "exports", "2023-01-01", "2023-11-30", 1300.0, 11.0, "2023-12-01")
    assert cite_public(store, at("2023-12-01") + timedelta(minutes=1)) == 0, "looked at already"
    imported(store, at("2023-12-01"))
    assert cite_public(store, at("2023-12-01") + timedelta(minutes=2)) == 1, "the economy, after an import"
    assert cite_public(store, at("2023-12-02")) == 1, "forums, when the day was over"
    newest = store.read(lambda con: citations.newest(con, "cases", "forums"))
    assert newest.as_of == date(2023, 12, 1) and from_json(newest.content).last.value == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_given_as_a_picture_a_table_and_data_with_all_that_they_mean(store, people, language):
    exports(store)
    exports(store, 1190.0, 11.6, "2023-11-22")
    one = cite(store, actor=people.leader, kind="economy", code="exports", as_of=TODAY, at=NOON)
    drawn = given.picture(one, language, "https://f2f.example/cite", None)
    texts = [element.text for element in ElementTree.fromstring(drawn).iter() if element.text]
    assert any("11.6" in text for text in texts) and any("https://f2f.example/cite" in text for text in texts)
    columns, rows = given.table(one, language)
    file = csv.DictReader(io.StringIO("\n".join(",".join(f'"{cell}"' for cell in row) for row in [columns, *rows])))
    row = next(file)
    assert len(row) == len(given.COLUMNS) and "1190.0" in row.values() and "2023-11-30" in row.values()
    told = json.loads(given.data(one, "https://f2f.example/cite", None))
    assert told["points"][0]["growth"] == 11.6 and told["superseded"] is None and told["revision"] == one.n
    assert told["definition"][language] and told["unit"][language] and told["source"][language]
