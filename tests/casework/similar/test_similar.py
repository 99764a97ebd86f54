"""What was solved before: what is learnt of it, what a question finds, and what nobody is told."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from casework.__main__ import main
from casework.similar import asking, learning, train
from casework.similar.asking import keep_choice, solved_before
from casework.similar.grams import alike, vocabulary
from casework.similar.learnt import load, versions
from casework.similar.linear import Likely, macro_f1
from db.cases import similar
from db.cases.similar import PastCase
from db.refused import Refused
from tests.casework.cases.steps import bring_to, raise_case, take
from tests.conftest import NOON

ABOUT = {
    "utilities": ("园区停电", "近两个月夜间多次停电，织机停机，希望增容改造线路"),
    "tax": ("退税到账慢", "出口退税申报后一个多月没有到账，资金周转困难"),
    "labour": ("一线工人难招", "车间缺普工，节后返岗不足，希望组织招聘会"),
}
LEADS = {"utilities": "power", "tax": "tax", "labour": "human_resources"}


def told(n, category, month="2023-01"):
    title, text = ABOUT[category]
    return PastCase(f"2023-{n:04d}", month, f"{title}\n{text}，涉及{n}户。", category, LEADS[category])


@pytest.fixture
def history():
    """Sixty cases of three kinds over six months."""
    return [told(n, list(ABOUT)[n % 3], f"2023-{1 + n // 10:02d}") for n in range(60)]


@pytest.fixture
def learnt(store, people, monkeypatch, tmp_path):
    """One solved case of each kind and an open one, learnt in this process."""
    monkeypatch.setattr(learning, "folder", lambda: tmp_path / "learnt")
    monkeypatch.setattr(train.os, "nice", lambda _: 0)
    made = {}
    for category, (title, text) in ABOUT.items():
        for n in range(5):
            said = {"category": category, "title": title, "text": f"{text}（{n}）"}
            made[category] = bring_to(store, people, "closed", NOON - timedelta(days=31 * (n + 1)), **said)
    made["open"] = raise_case(
        store, people, NOON - timedelta(days=1), title="夜间停电", text=f"{ABOUT['utilities'][1]}。"
    )
    folder = learning.folder()
    folder.mkdir()
    store.read(lambda con: learning._hand_over(con, folder / "cases.jsonl"))
    train.main(folder, NOON.isoformat())
    return SimpleNamespace(**made)


def test_held_out_months_are_never_learnt_of_and_the_score_is_theirs(history):
    made = train.of_history(history, version=1, learnt_at="2023-07-01T00:00:00")
    assert made.about.month == "2023-05"
    assert made.about.held["category"].texts == 20
    assert made.about.held["category"].macro_f1 == made.about.held["lead"].right == 1


def test_a_label_that_only_later_months_have_counts_as_missed(history):
    later = [one.month >= "2023-05" and one.category == "tax" for one in history]
    changed = [replace(one, category="safety") if new else one for one, new in zip(history, later, strict=True)]
    held = train.of_history(changed, version=1, learnt_at="2023-07-01T00:00:00").about.held["category"]
    assert held.right < 0.75
    assert held.macro_f1 < 0.7


def test_what_was_learnt_says_the_same_when_it_is_read_again(history, tmp_path):
    made = train.of_history(history, version=1, learnt_at="2023-07-01T00:00:00")
    train.save(made, tmp_path / "1")
    again = load(tmp_path / "1")
    text = "车间停电，希望增容"
    assert versions(tmp_path) == [1]
    assert again.about == made.about
    assert again.nearest(text, 5) == made.nearest(text, 5)
    assert again.guesses("lead", text) == made.guesses("lead", text)
    assert again.guesses("lead", text)[0].label == "power"


def test_two_texts_have_two_sets_of_neighbours(history):
    made = train.of_history(history, version=1, learnt_at="2023-07-01T00:00:00")
    of = {one.number: one.category for one in history}
    for category, (title, text) in ABOUT.items():
        assert {of[number] for number in made.nearest(f"{title}{text}", 5)} == {category}


def test_numbers_width_and_script_do_not_make_another_text():
    known = vocabulary(["园区停电3次，希望增容"])
    assert alike(known.vector("園區停電１２次，希望增容"), known.vector("园区停电3次，希望增容")) == pytest.approx(1)


def test_macro_f1_weighs_small_labels_as_large_ones():
    assert macro_f1(["a", "a", "a", "b"], ["a", "a", "a", "a"]) == pytest.approx((6 / 7) / 2)


def test_staff_are_told_what_solved_such_cases_how_long_it_took_and_what_may_be_the_same(store, people, learnt):
    found = solved_before(store, actor=people.staff, text="夜间停电，织机停机，希望增容改造线路")
    assert found is not None
    assert not [*learning.folder().glob("*.jsonl")], "what was handed over is gone"
    assert {one.case.category for one in found.solved[:4]} == {"utilities"}
    assert found.solved[0].case.answer_text == "已经送电"
    assert found.solved[0].days == 0
    assert [one.case.id for one in found.duplicates] == [learnt.open.id]
    assert found.category[0].label == "utilities"


def test_a_category_that_was_offered_and_pressed_begins_the_choice_anew_and_is_what_is_sent(people, learnt, open_page):
    """Put into the choice that stands, it would be undone by what a page says that does not show it yet."""
    page = open_page(people.officer, "report", enterprise=people.firm.id)
    title, text = ABOUT["utilities"]
    page.text_input(key="issue_title").set_value(title).run()
    page.text_area(key="issue_text").set_value(text).run()
    page.button(key="offer-category-utilities").click().run()
    assert page.selectbox(key="issue_category_1").value == "utilities"
    page.selectbox(key="issue_category_1").set_value("tax").run()
    page.button(key="offer-category-utilities").click().run()
    page.button_group(key="issue_kind").set_value("problem").run()
    page.button(key="issue_submit").click().run()
    assert page.session_state["issue"].receipt
    assert page.session_state["issue"].kept["category"] == "utilities"


def test_a_case_that_was_solved_is_read_in_a_tab_of_its_own_and_what_is_typed_here_stays(people, learnt, open_page):
    shown = "".join(str(block.proto.body) for block in open_page(people.staff, "desk", case=learnt.open.id).get("html"))
    links = re.findall(r'<a href="/desk\?case=[^>]*>', shown)
    assert links and all('target="_blank"' in link for link in links)


def test_a_case_is_not_like_itself_and_one_raised_since_is_found(store, people, learnt):
    text = similar.said(learnt.open.title, learnt.open.text)
    found = solved_before(store, actor=people.staff, text=text, besides=learnt.open.number)
    assert found is not None and found.duplicates == ()
    fresh = raise_case(store, people, NOON + timedelta(days=1), title="夜里停电", text=ABOUT["utilities"][1])
    found = solved_before(store, actor=people.staff, text=text, besides=learnt.open.number)
    assert found is not None
    assert [one.case.id for one in found.duplicates] == [fresh.id]


def test_nobody_is_told_of_a_case_that_they_may_not_read(store, people, learnt):
    stranger = replace(people.officer, id="another-officer")
    found = solved_before(store, actor=stranger, text="夜间停电，织机停机，希望增容")
    assert found is not None
    assert (found.solved, found.duplicates) == ((), ())
    for nobody in (people.enterprise, people.department, people.town, people.leader, people.admin):
        with pytest.raises(Refused) as refused:
            solved_before(store, actor=nobody, text="夜间停电，织机停机")
        assert refused.value.code == "forbidden"


def test_the_first_choice_is_kept_beside_what_was_suggested(store, people, learnt):
    def keep(chosen, who=people.staff):
        choice = {"version": 1, "likely": Likely("power", 0.8), "chosen": chosen, "at": NOON}
        keep_choice(store, actor=who, case_id=learnt.open.id, what="lead", **choice)

    keep("tax")
    keep("power")
    assert store.read(similar.taken) == [similar.Taken("lead", 1, 0)]
    with pytest.raises(Refused):
        keep("power", people.enterprise)


def test_nothing_is_asked_of_a_history_that_nobody_learnt_and_of_too_few_cases(store, people, monkeypatch, tmp_path):
    monkeypatch.setattr(learning, "folder", lambda: tmp_path / "learnt")
    assert solved_before(store, actor=people.staff, text="夜间停电，织机停机") is None
    with pytest.raises(ValueError, match="fewer than"):
        learning.start(store, NOON)


def test_it_is_learnt_once_a_week_after_the_server_has_been_up_for_a_while(store, people, learnt, monkeypatch):
    started = []
    monkeypatch.setattr(learning, "start", lambda _, at: started.append(at) or SimpleNamespace(poll=lambda: 0))
    monkeypatch.setattr(learning, "_STARTED", {})
    for minutes in (0, 5, 60 * 24 * 6):
        learning.learn_when_due(store, NOON + timedelta(minutes=minutes))
    assert started == []
    for hours in (0, 1, 25):
        learning.learn_when_due(store, NOON + timedelta(days=8, hours=hours))
        monkeypatch.setattr(learning, "_STARTED", {"server": NOON})  # another process of the store
    assert started == [NOON + timedelta(days=8), NOON + timedelta(days=9, hours=1)]


def test_what_was_never_learnt_is_learnt_soon(store, monkeypatch, tmp_path):
    started = []
    monkeypatch.setattr(learning, "folder", lambda: tmp_path / "learnt")
    monkeypatch.setattr(learning, "start", lambda _, at: started.append(at))
    monkeypatch.setattr(learning, "_STARTED", {})
    for seconds in (0, 30, 60):
        learning.learn_when_due(store, NOON + timedelta(seconds=seconds))
    assert started == [NOON + timedelta(seconds=60)]


@pytest.mark.parametrize("left", ["", "2023-12-0", "\udcff"])
def test_a_mark_that_was_cut_off_stops_no_later_try(store, people, learnt, monkeypatch, left):
    started = []
    monkeypatch.setattr(learning, "start", lambda _, at: started.append(at))
    monkeypatch.setattr(learning, "_STARTED", {"server": NOON})
    mark, at = learning.folder() / learning.TRIED, NOON + timedelta(days=8)
    mark.write_text(left, errors="surrogateescape")
    learning.learn_when_due(store, at)
    assert started == [at] and datetime.fromisoformat(mark.read_text()) == at
    assert [one.name for one in learning.folder().iterdir() if one.name.startswith(learning.TRIED)] == [mark.name]


def test_a_dispatch_keeps_what_was_suggested_at_its_moment(store, people, learnt):
    case = take(store, people.staff, learnt.open, "accept")
    found = solved_before(store, actor=people.staff, text=similar.said(case.title, case.text))
    assert found is not None and found.about.version == 1
    assert datetime.fromisoformat(found.about.learnt_at) == NOON


def test_the_command_line_suggests(store, people, learnt, monkeypatch, capsys):
    monkeypatch.setattr("casework.__main__.open_for_operator", lambda: SimpleNamespace(
        migrate=lambda: [], read=store.read, kept=store.kept, close=lambda: None))  # fmt: skip
    assert main(["suggest", "--text", "夜间停电，织机停机，希望增容"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("category: utilities ")
    assert f"duplicates: {learnt.open.number}" in said
    assert asking.SHOWN >= said.count("solved: ") > 0
