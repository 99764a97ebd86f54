"""Districts side by side: what each has published and nothing else, and no reckoning that tells what one does not."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.entrance import actor_of
from db import clock
from db.files import InFolder, Laid
from db.people import accounts
from db.system import settings
from insight.citing.citing import show_everybody, show_nobody
from insight.citing.said import CitedPoint, Statement
from insight.demo import show_demo
from insight.province.sent import FILE, FORMAT, DistrictFigures, SentFigure, read, received, sending
from insight.province.side_by_side import LEAST, keys, named, side_by_side, usual_period
from tests.conftest import NOON

AT = datetime(2026, 12, 1, 4)
KEY = "cases:issues"


def texts(words: str) -> dict[str, str]:
    return {"zh": words, "en": words}


def figure(*points: tuple[date, float | None], share: bool = False, n: int | None = None, **more) -> SentFigure:
    made = tuple(
        CitedPoint(end, texts(str(end)), texts(str(value)), value, n=n if share or value is None else int(value))
        for end, value in points
    )
    said = Statement(texts("诉求数"), texts("诉求数"), texts("定义"), texts("件"), texts("来源"), "value",
                     100.0 if share else None, made)  # fmt: skip
    return SentFigure("cases", "issues", date(2026, 11, 30), 7, "abc", replace(said, **more))


def sent(code: str, *figures: SentFigure, at: datetime = AT) -> DistrictFigures:
    return DistrictFigures(code, texts(code), at, {one.key: one for one in figures})


def of_values(*values: float | None) -> list[DistrictFigures]:
    return [sent(str(n), figure((date(2026, 11, 30), value))) for n, value in enumerate(values)]


@given(st.lists(st.one_of(st.none(), st.integers(0, 500)), min_size=1, max_size=9))
def test_a_median_is_of_three_at_least_and_a_total_of_all_or_there_is_none(values):
    one, told = side_by_side(of_values(*values), KEY, None, AT), [value for value in values if value is not None]
    if len(told) < LEAST:
        assert (one.median, one.low, one.high, one.total) == (None, None, None, None)
    else:
        assert (one.median, one.low, one.high) == (median(told), min(told), max(told))
        assert one.total == (sum(told) if len(told) == len(values) else None)


def test_a_name_says_the_unit_where_there_is_one():
    found = of_values(1, 2, 3)
    assert named(side_by_side(found, KEY, None, AT), "zh") == "诉求数（件）"
    without = [sent(str(n), figure((AT.date(), 1.0), unit={"zh": " 件", "en": ""})) for n in range(3)]
    one = side_by_side(without, KEY, None, AT)
    assert (named(one, "zh"), named(one, "en")) == ("诉求数（件）", "诉求数")


def test_shares_have_no_total():
    shares = [sent(str(n), figure((date(2026, 11, 30), 80.0 + n), share=True, n=50)) for n in range(4)]
    one = side_by_side(shares, KEY, None, AT)
    assert (one.median, one.total, one.counts) == (81.5, None, False)


def test_who_counts_otherwise_is_shown_apart_and_not_reckoned_with():
    other = sent("9", figure((date(2026, 11, 30), 900.0), definition=texts("另一个定义")))
    one = side_by_side([*of_values(1, 2, 3), other], KEY, None, AT)
    assert [row.sent.code for row in one.rows if row.apart] == ["9"]
    assert (one.median, one.high, one.total) == (2, 3, None)


def test_a_series_is_compared_in_the_newest_period_that_half_tell():
    months = [date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)]
    found = [
        sent(str(n), replace(figure(*((end, 5.0) for end in months[: 2 + (n == 0)])), kind="economy", code="exports"))
        for n in range(4)
    ]
    period = usual_period(found, "economy:exports")
    assert period == date(2026, 9, 30)
    assert side_by_side(found, "economy:exports", months[-1], AT).median is None, "one alone tells of October"


def test_one_who_has_not_sent_for_days_is_marked():
    found = [*of_values(1, 2), sent("late", figure((date(2026, 11, 1), 3)), at=AT - timedelta(days=4))]
    assert [row.sent.code for row in side_by_side(found, KEY, None, AT).rows if row.late] == ["late"]


# What a district sends, by its own process.


@pytest.fixture
def shown(demonstration):
    """The demonstration's public figures, and a person who may change what is public."""
    show_demo(demonstration, at=clock.now())
    return actor_of(demonstration.read(lambda con: accounts.by_login(con, "staff")))


def test_a_district_sends_what_everybody_may_see_and_not_again_until_it_moves(demonstration, shown, tmp_path):
    place, at = str(tmp_path / "sent"), clock.now()
    send = sending(place)
    assert send(demonstration, at) == 1 and send(demonstration, at) == 0
    [one] = received(place)
    district = demonstration.read(settings.district)
    assert (one.code, one.say("en"), one.fault) == (district.code, district.name_en, "")
    assert keys([one]) == ["cases:issues", "cases:settled_share", "economy:exports", "economy:gdp"]
    show_nobody(demonstration, actor=shown, kind="cases", code="issues", at=at)
    assert send(demonstration, at) == 1
    assert "cases:issues" not in received(place)[0].figures
    show_everybody(demonstration, actor=shown, kind="cases", code="issues", at=at)
    assert send(demonstration, at) == 1 and send(demonstration, at + timedelta(days=1)) == 1


def test_no_word_of_a_case_and_no_name_of_an_enterprise_is_sent(demonstration, shown, tmp_path):
    place = InFolder(tmp_path / "sent")
    sending(str(tmp_path / "sent"))(demonstration, clock.now())
    [laid] = place.laid()
    file = place.get(laid.name).decode()
    said = "SELECT title FROM cases UNION SELECT text FROM cases UNION SELECT name_zh FROM enterprise"
    words = [word for (word,) in demonstration.read(lambda con: con.execute(said).fetchall()) if word]
    assert len(words) > 100 and [word for word in words if word in file] == []


def test_a_district_without_a_code_sends_nothing(store, tmp_path):
    store.write(lambda con: settings.put(con, "district", "{}"))
    assert sending(str(tmp_path / "sent"))(store, NOON) == 1
    assert not (tmp_path / "sent").exists() and sending("")(store, NOON) == 0


# What a province reads, whoever wrote it.

GOOD = {
    "format": FORMAT, "code": "990203", "names": texts("云岭区"), "at": "2026-12-01T04:00:00",
    "figures": [{"kind": "cases", "code": "issues", "as_of": "2026-11-30", "n": 7, "hash": "abc",
                 "said": json.loads(figure((date(2026, 11, 30), 12.0)).said.as_json())}],
}  # fmt: skip


def given_file(content: object, code: str = "990203") -> DistrictFigures:
    return read(Laid(f"{code}/{FILE}", 1, AT), content if isinstance(content, bytes) else json.dumps(content).encode())


def point(**changed) -> dict:
    said = GOOD["figures"][0]["said"]
    return GOOD | {"figures": [GOOD["figures"][0] | {"said": said | {"points": [said["points"][0] | changed]}}]}


def test_what_a_district_sends_is_read():
    assert given_file(GOOD).figures[KEY].said.last.value == 12.0


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (GOOD | {"format": 2}, "newer"), (GOOD | {"code": "990204"}, "foreign"), (b"{", "broken"), (b"[]", "broken"),
        (b"[" * 100_000, "broken"), (GOOD | {"names": {"en": "x"}}, "broken"), (GOOD | {"figures": 3}, "broken"),
        (GOOD | {"at": "yesterday"}, "broken"), (point(value="12"), "broken"), (point(value=float("nan")), "broken"),
        (point(value=True), "broken"), (point(end="30 Nov"), "broken"), (point(shown={"zh": 3}), "broken"),
        (point(more=1), "broken"), (b"\xff\xfe", "broken"), (GOOD | {"at": None}, "broken"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_or_another_s_is_named_and_not_used(content, fault):
    found = given_file(content)
    assert (found.fault, found.figures, found.say("zh")) == (fault, {}, "990203")


def test_a_share_of_fewer_than_ten_is_not_told_whoever_sends_it():
    said = json.loads(figure((date(2026, 11, 30), 83.3), share=True, n=6).said.as_json())
    found = given_file(GOOD | {"figures": [GOOD["figures"][0] | {"said": said}]})
    last = found.figures[KEY].said.last
    assert last.value is None and "83" not in "".join(last.shown.values())
    assert side_by_side([found], KEY, None, AT).rows[0].value is None


def test_a_file_that_changed_is_read_again_and_one_too_large_is_not(tmp_path):
    place = InFolder(tmp_path)
    place.put(f"990203/{FILE}", json.dumps(GOOD).encode())
    assert [one.say("zh") for one in received(str(tmp_path))] == ["云岭区"]
    place.put(f"990203/{FILE}", json.dumps(GOOD | {"names": texts("云岭新区")}).encode())
    assert [one.say("zh") for one in received(str(tmp_path))] == ["云岭新区"]
    place.put(f"990203/{FILE}", b" " * 5_000_000)
    assert [one.fault for one in received(str(tmp_path))] == ["broken"]
