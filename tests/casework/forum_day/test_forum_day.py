"""A forum's day: its agenda, what is recorded at the table, and the end that makes cases, letters and notices of it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from casework.cases.act import Given, act, open_case
from casework.documents.documents import text_of
from casework.forum_day.forum_day import Spoken, here, record
from casework.forum_day.forum_finish import finish, hand_overs, outcome
from casework.forum_day.minutes import minutes
from casework.forum_day.spoken_days import read_day
from casework.forums.agenda import (
    Matter,
    add_items,
    agenda,
    describe_item,
    move_item,
    proposals,
    raise_matter,
    remove_item,
)
from casework.forums.forums import ForumPlan, cancel_forum, plan_forum
from casework.letters.letters import rebuild
from db import clock, events, sql
from db.cases import cases, past
from db.cases.cases import NewCase
from db.forums import forums
from db.notices import outbox
from db.refused import MovedOn, Refused
from db.scope import ALL
from db.system import rebuild as rebuilt
from tests.conftest import NOON
from tests.there import there

PLAN = ForumPlan("印染绿色转型", "Green dyeing", "C17", NOON.date(), "马鞍印染园", "Ma'an park", "many_to_many",
            "district_committee", "party_secretary")  # fmt: skip
PROMISED = date(2023, 12, 29)


@pytest.fixture
def forum(store, people):
    return plan_forum(store, actor=people.staff, forum_id=str(uuid4()), plan=PLAN, at=NOON - timedelta(days=9))


def submitted(store, people, firm=None, **changes):
    firm = firm or people.firm
    said = {"id": str(uuid4()), "kind": "problem", "category": "utilities", "enterprise_id": firm.id,
            "sector_code": firm.sector_code, "town_code": firm.town_code, "title": "蒸汽价格过高",
            "text": "三年上涨四成。", "channel": "point", "language": "zh", "notice_version": 1}  # fmt: skip
    case = NewCase(**said | changes)
    return store.write(lambda con: open_case(con, case=case, actor=people.staff, at=NOON - timedelta(days=2)))


def put(store, people, forum, *titles):
    """These issues on the agenda, with a lead proposed; returns its lines."""
    ids = [submitted(store, people, title=title).id for title in titles]
    for item in add_items(store, actor=people.staff, forum_id=forum.id, case_ids=ids, at=NOON):
        describe_item(store, actor=people.staff, forum_id=forum.id, item_id=item.id, speaker="", named=False,
                      suggested="economy_it", seen=item.seq, at=NOON)  # fmt: skip
    return [line.item for line in agenda(store, actor=people.staff, forum_id=forum.id)]


def say(store, people, item, kind="solved", **given):
    spoken = replace(Spoken(kind, words="今天办好"), **given)
    return record(store, actor=people.staff, item_id=item.id, spoken=spoken, seen=item.seq, at=NOON)


def end(store, people, forum, **given):
    return finish(store, actor=people.staff, forum_id=forum.id, **({"summary": "议了几件事", "at": NOON} | given))


def stands(store, item):
    return store.read(lambda con: cases.get(con, ALL, item.subject))


def kinds_of(store, subject):
    return [event["kind"] for event in store.read(lambda con: events.of_subject(con, subject))]


def test_issues_of_the_sector_and_of_invited_enterprises_are_proposed_first(store, people, forum):
    of_sector, other = submitted(store, people), submitted(store, people, people.other_firm, title="用工难")
    answered = submitted(store, people, title="已经答复")
    for action, given in (("accept", Given()), ("dispatch", Given(lead="economy_it")),
                          ("answer", Given(answer_kind="solved", text="已解决"))):  # fmt: skip
        answered = act(
            store,
            actor=people.staff,
            case_id=answered.id,
            action=action,
            seen=answered.seq,
            at=NOON,
            given=given,
        )
    found = proposals(store, actor=people.staff, forum_id=forum.id, at=NOON)
    assert [(one.case.id, one.sector) for one in found] == [(of_sector.id, True), (other.id, False)]
    add_items(store, actor=people.staff, forum_id=forum.id, case_ids=[of_sector.id], at=NOON)
    assert [one.case.id for one in proposals(store, actor=people.staff, forum_id=forum.id, at=NOON)] == [other.id]


def test_the_agenda_is_put_in_order_and_an_issue_can_be_taken_off(store, people, forum):
    first, second, third = put(store, people, forum, "甲", "乙", "丙")
    move_item(store, actor=people.staff, forum_id=forum.id, item_id=third.id, to=1, at=NOON)
    remove_item(store, actor=people.staff, forum_id=forum.id, item_id=second.id, at=NOON)
    lines = agenda(store, actor=people.leader, forum_id=forum.id)
    assert [(line.item.title, line.item.position) for line in lines] == [("丙", 1), ("甲", 2)]
    assert kinds_of(store, f"agenda:{forum.id}")[-2:] == ["agenda_order", "agenda_remove"]
    again = add_items(store, actor=people.staff, forum_id=forum.id, case_ids=[there(first.case_id)], at=NOON)
    assert again == [], "it stands there already"


def test_one_issue_is_on_one_agenda(store, people, forum):
    (item,) = put(store, people, forum, "甲")
    other = plan_forum(store, actor=people.staff, forum_id=str(uuid4()), plan=PLAN, at=NOON)
    with pytest.raises(Refused, match="agenda_elsewhere"):
        add_items(store, actor=people.staff, forum_id=other.id, case_ids=[there(item.case_id)], at=NOON)


def test_what_is_recorded_is_kept_with_who_said_it_and_can_be_corrected(store, people, forum):
    (item,) = put(store, people, forum, "甲")
    kept = say(store, people, item, "committed", promised_on=PROMISED, who=" 示范局长 ", words="年底前完成")
    assert (kept.answer_kind, kept.lead_body, kept.promised_on) == ("committed", "economy_it", PROMISED)
    assert (kept.answered_by, kept.words, kept.recorded_by) == ("示范局长", "年底前完成", people.staff.id)
    assert say(store, people, kept, "explained", lead="tax").lead_body == "tax"
    assert kinds_of(store, item.id) == ["record", "correct"]


@pytest.mark.parametrize(("kind", "given", "code"), [
    ("wrong", {}, "spot_kind"), ("committed", {}, "needs_promised_on"),
    ("solved", {"promised_on": PROMISED}, "promise_not_here"),
    ("committed", {"promised_on": date(2023, 11, 29)}, "promise_in_the_past"),
    ("solved", {"words": ""}, "needs_spot_words"), ("explained", {"words": " \u3000"}, "needs_spot_words"),
    ("committed", {"words": "", "promised_on": PROMISED}, "needs_spot_words"),
    ("solved", {"lead": "cppcc"}, "body_unknown"), ("solved", {"lead": "nobody"}, "body_unknown"),
    ("solved", {"words": "长" * 1001}, "too_long"),
])  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_written(store, people, forum, kind, given, code):
    (item,) = put(store, people, forum, "甲")
    before = store.revision()
    with pytest.raises(Refused, match=code):
        say(store, people, item, kind, **given)
    assert store.revision() == before


def test_two_clerks_the_second_is_told(store, people, forum):
    (item,) = put(store, people, forum, "甲")
    other = replace(people.staff, id=people.accounts.leader.id)
    assert here(store, actor=people.staff, forum_id=forum.id, at=NOON) == []
    assert here(store, actor=other, forum_id=forum.id, at=NOON) == [people.staff.name]
    assert here(store, actor=other, forum_id=forum.id, at=NOON + timedelta(minutes=5)) == [], "the first has left"
    say(store, people, item, "solved")
    with pytest.raises(MovedOn):
        say(store, people, item, "explained")
    assert [line.item.answer_kind for line in agenda(store, actor=people.staff, forum_id=forum.id)] == ["solved"]


def test_before_its_day_nothing_is_recorded_and_a_cancelled_forum_has_no_agenda(store, people, forum):
    (item,) = put(store, people, forum, "甲")
    with pytest.raises(Refused, match="forum_not_yet"):
        record(store, actor=people.staff, item_id=item.id, spoken=Spoken("solved", words="好"), seen=item.seq,
               at=NOON - timedelta(days=1))  # fmt: skip
    cancel_forum(store, actor=people.staff, forum_id=forum.id, reason="改期", seen=forum.seq, at=NOON)
    with pytest.raises(Refused, match="agenda_closed"):
        say(store, people, item, "solved")


def test_the_end_makes_every_answer_a_fact_and_sends_the_rest_out(store, people, forum):
    solved, promised, explained, later = put(store, people, forum, "甲", "乙", "丙", "丁")
    say(store, people, solved, "solved", words="今日起执行新价格", who="示范局长")
    say(store, people, promised, "committed", lead="tax", promised_on=PROMISED)
    say(store, people, explained, "explained")
    matter = raise_matter(store, actor=people.staff, forum_id=forum.id, item_id=str(uuid4()),
                          matter=Matter(people.other_firm.id, "夜班公交", "transport"), at=NOON)  # fmt: skip
    say(store, people, matter, "committed", lead="transport", promised_on=PROMISED)
    done = end(store, people, forum)
    found = [stands(store, item) for item in (solved, promised, explained, later, matter)]
    assert [(c.state, c.on_spot, c.lead_body) for c in found] == [
        ("awaiting", "solved", "economy_it"), ("committed", "committed", "tax"),
        ("awaiting", "explained", "economy_it"), ("dispatched", None, "economy_it"),
        ("committed", "committed", "transport"),
    ]  # fmt: skip
    assert {c.forum_id for c in found} == {forum.id}
    assert found[0].answer_text == "示范局长：今日起执行新价格" and found[0].channel == "point"
    assert found[1].answer_text.startswith("区税务局负责人：") and found[1].promised_on == PROMISED
    assert (found[4].channel, found[4].town_code) == ("forum", people.other_firm.town_code)
    assert kinds_of(store, matter.id) == ["record", "submit", "accept", "dispatch", "answer"]
    assert sorted(letter.lead_body for letter in done.letters) == ["economy_it", "tax", "transport"]
    assert [letter.items for letter in done.letters] == [1, 1, 1], "what was settled at the table needs no letter"
    _, word = rebuild(store, actor=people.staff, letter_id=done.letters[0].id)
    assert "第1场政企面对面“印染绿色转型”清单交办事项" in text_of(word)
    held = store.read(lambda con: forums.get(con, forum.id))
    assert (held.state, held.summary) == ("held", "议了几件事")


def test_a_case_that_comes_to_the_table_was_not_the_forums_before(store, people, forum):
    """Submitted two days before: on that day it was nobody's forum, and the events say when that changed."""
    (item,) = put(store, people, forum, "蒸汽价格过高")
    say(store, people, item)
    end(store, people, forum)
    stood = {}
    for day in (NOON - timedelta(days=1), NOON):
        params = {"end": clock.end_of_day(clock.day_of(day))}
        (row,) = store.read(lambda con, params=params: sql.rows(con, past.stood(), params))
        stood[day] = (row["state"], row["forum_id"], row["on_spot"])
    assert list(stood.values()) == [("submitted", None, None), ("awaiting", forum.id, "solved")]
    assert store.read(rebuilt.compare).differing == 0


def test_a_second_finish_gives_the_first_and_writes_nothing(store, people, forum):
    put(store, people, forum, "甲", "乙")
    first = end(store, people, forum)
    before = store.revision()
    assert end(store, people, forum, summary="别的", at=NOON + timedelta(seconds=2)) == first
    assert store.revision() == before
    assert outcome(store, actor=people.leader, forum_id=forum.id) == first
    (item,) = [line.item for line in agenda(store, actor=people.staff, forum_id=forum.id)][:1]
    with pytest.raises(Refused, match="agenda_closed"):
        say(store, people, item, "solved")


def test_where_one_item_has_no_lead_nothing_at_all_is_written(store, people, forum):
    first, second = put(store, people, forum, "甲", "乙")
    say(store, people, first, "solved")
    describe_item(store, actor=people.staff, forum_id=forum.id, item_id=second.id, speaker="", suggested=None,
                  named=False, seen=second.seq, at=NOON)  # fmt: skip
    before = store.revision()
    with pytest.raises(Refused, match="agenda_no_lead") as refused:
        end(store, people, forum)
    assert refused.value.facts == {"places": "2"}
    assert store.revision() == before and stands(store, first).state == "submitted"


def test_an_answer_recorded_without_words_before_this_release_is_not_made_up_at_the_end(store, people, forum):
    _, second = put(store, people, forum, "甲", "乙")
    kept = say(store, people, second, "solved")
    store.write(lambda con: sql.run(con, "UPDATE agenda_item SET words = NULL"))
    before = store.revision()
    with pytest.raises(Refused, match="agenda_no_words") as refused:
        end(store, people, forum)
    assert refused.value.facts == {"places": "2"} and store.revision() == before
    assert say(store, people, kept, "later", words="").words is None


def test_a_refusal_half_way_leaves_nothing_behind(store, people, forum):
    first, second = put(store, people, forum, "甲", "乙")
    say(store, people, first, "solved")
    say(store, people, second, "committed", promised_on=NOON.date())
    before = store.revision()
    with pytest.raises(Refused, match="promise_in_the_past"):
        end(store, people, forum, at=NOON + timedelta(days=1))
    assert store.revision() == before and stands(store, first).state == "submitted"


def test_an_issue_answered_elsewhere_meanwhile_stays_as_it_is(store, people, forum):
    first, second = put(store, people, forum, "甲", "乙")
    case = stands(store, first)
    act(store, actor=people.staff, case_id=case.id, action="return", seen=case.seq, at=NOON,
        given=Given(reason="不属本区"))  # fmt: skip
    done = end(store, people, forum)
    assert stands(store, first).state == "returned" and stands(store, first).forum_id is None
    assert [item.id for item in done.left] == [first.id] and done.finish.reached == 1
    assert stands(store, second).state == "dispatched"


def test_an_issue_under_way_is_answered_at_the_table_by_the_body_that_has_it(store, people, forum):
    (item,) = put(store, people, forum, "甲")
    case = act(store, actor=people.staff, case_id=there(item.case_id), action="accept", seen=1, at=NOON)
    case = act(store, actor=people.staff, case_id=case.id, action="dispatch", seen=2, at=NOON,
               given=Given(lead="economy_it", co=("tax",)))  # fmt: skip
    say(store, people, item, "committed", promised_on=PROMISED)
    end(store, people, forum, at=NOON + timedelta(hours=1))
    assert kinds_of(store, case.id) == ["submit", "accept", "dispatch", "belong", "answer"]
    assert stands(store, item).co == ("tax",)


def test_what_nobody_recorded_stays_with_the_body_that_has_it(store, people, forum):
    kept, new = put(store, people, forum, "甲", "乙")
    case = act(store, actor=people.staff, case_id=there(kept.case_id), action="accept", seen=1, at=NOON)
    act(
        store,
        actor=people.staff,
        case_id=case.id,
        action="dispatch",
        seen=2,
        given=Given(lead="tax", co=("finance_office",)),
        at=NOON,
    )
    assert hand_overs(store, actor=people.staff, forum_id=forum.id) == []
    done = end(store, people, forum, at=NOON + timedelta(hours=1))
    assert (stands(store, kept).lead_body, stands(store, kept).co) == ("tax", ("finance_office",))
    assert kinds_of(store, kept.case_id) == ["submit", "accept", "dispatch", "belong"]
    assert stands(store, new).lead_body == "economy_it"
    assert sorted(letter.lead_body for letter in done.letters) == ["economy_it", "tax"]
    assert [line.item.lead_body for line in agenda(store, actor=people.staff, forum_id=forum.id)] == [
        "tax",
        "economy_it",
    ]


def test_an_issue_recorded_without_a_word_about_its_lead_stays_with_the_body_that_has_it(store, people, forum):
    (item,) = put(store, people, forum, "甲")
    case = act(store, actor=people.staff, case_id=there(item.case_id), action="accept", seen=1, at=NOON)
    act(store, actor=people.staff, case_id=case.id, action="dispatch", seen=2, given=Given(lead="tax"), at=NOON)
    assert say(store, people, item).lead_body == "tax"


def test_every_change_of_lead_is_shown_and_asked_for_before_the_end(store, people, forum):
    item, other = put(store, people, forum, "甲", "乙")
    say(store, people, item, "later", words="")
    case = act(store, actor=people.staff, case_id=there(item.case_id), action="accept", seen=1, at=NOON)
    case = act(store, actor=people.staff, case_id=case.id, action="dispatch", seen=2, given=Given(lead="tax"), at=NOON)
    (change,) = hand_overs(store, actor=people.staff, forum_id=forum.id)
    assert (change.position, change.number, change.before, change.after) == (1, case.number, "tax", "economy_it")
    before = store.revision()
    with pytest.raises(Refused, match="agenda_hand_over") as refused:
        end(store, people, forum)
    assert refused.value.facts == {"places": "1"} and store.revision() == before
    act(store, actor=people.staff, case_id=case.id, action="dispatch", seen=3, given=Given(lead="transport"), at=NOON)
    with pytest.raises(Refused, match="agenda_hand_over"):
        end(store, people, forum, agreed=[change])
    again = hand_overs(store, actor=people.staff, forum_id=forum.id)
    end(store, people, forum, agreed=again, at=NOON + timedelta(hours=1))
    assert stands(store, item).lead_body == "economy_it" and stands(store, other).lead_body == "economy_it"


def test_an_enterprise_is_told_once_what_became_of_its_issue(store, people, forum):
    contact = outbox.Contact("enterprise", people.firm.id, "mailto://firm@example.cn", "zh", True)
    store.write(lambda con: outbox.save_contact(con, contact, actor_id="tests", role="admin", at=NOON))
    first, second = put(store, people, forum, "甲", "乙")
    say(store, people, first, "solved")
    done = end(store, people, forum)
    told = store.read(lambda con: sql.rows(con, "SELECT subject, kind FROM outbox WHERE created_at = $at_end",
                                           {"at_end": NOON}))  # fmt: skip
    assert {(row["subject"], row["kind"]) for row in told} == {
        (first.case_id, "answered"),
        (second.case_id, "dispatched"),
    }
    assert done.told == 1


def test_the_minutes_follow_the_agenda_and_say_what_was_answered_at_the_table(store, people, forum):
    first, second = put(store, people, forum, "蒸汽", "排污")
    say(store, people, first, "committed", promised_on=PROMISED, who="示范局长", words="年底前降到位")
    say(store, people, second, "solved", words="今天办好")
    move_item(store, actor=people.staff, forum_id=forum.id, item_id=second.id, to=1, at=NOON)
    end(store, people, forum)
    said = text_of(minutes(store, actor=people.leader, forum_id=forum.id))
    assert "示范局长：年底前降到位" in said and "2023年12月29日" in said and "议了几件事" in said
    assert said.index("排污") < said.index("蒸汽"), "in the order of the table"


@pytest.mark.parametrize("role", ["enterprise", "officer", "department", "town", "leader", "admin"])
def test_only_staff_run_a_forum_whatever_a_browser_sends(store, people, forum, role):
    (item,) = put(store, people, forum, "甲")
    forged, before = getattr(people, role), store.revision()
    for attempt in (
        lambda: record(store, actor=forged, item_id=item.id, spoken=Spoken("solved"), seen=item.seq, at=NOON),
        lambda: finish(store, actor=forged, forum_id=forum.id, summary="x", at=NOON),
        lambda: add_items(store, actor=forged, forum_id=forum.id, case_ids=[there(item.case_id)], at=NOON),
        lambda: move_item(store, actor=forged, forum_id=forum.id, item_id=item.id, to=1, at=NOON),
        lambda: remove_item(store, actor=forged, forum_id=forum.id, item_id=item.id, at=NOON),
        lambda: raise_matter(store, actor=forged, forum_id=forum.id, item_id="x",
                             matter=Matter(people.firm.id, "甲", "tax"), at=NOON),
        lambda: here(store, actor=forged, forum_id=forum.id, at=NOON),
        lambda: proposals(store, actor=forged, forum_id=forum.id, at=NOON),
    ):  # fmt: skip
        with pytest.raises(Refused, match="forbidden"):
            attempt()
    if role != "leader":
        with pytest.raises(Refused, match="forbidden"):
            agenda(store, actor=forged, forum_id=forum.id)
    assert store.revision() == before


@pytest.mark.parametrize(("typed", "day"), [
    ("", None), ("12-31", date(2023, 12, 31)), ("１２．３１", date(2023, 12, 31)), ("1/15", date(2024, 1, 15)),
    ("12月5日", date(2023, 12, 5)), ("2024年2月29日", date(2024, 2, 29)), ("2024-02-29", date(2024, 2, 29)),
    ("+7", date(2023, 12, 11)), ("月底", date(2023, 11, 30)), ("Year End", date(2023, 12, 31)),
])  # fmt: skip
def test_a_day_is_read_as_a_clerk_types_it(typed, day):
    assert read_day(typed, NOON.date()) == day


@pytest.mark.parametrize("typed", ["soon", "13-45", "2-30", "+0", "+999", "31", "2023-2-29", "12-31 x"])
def test_a_day_that_is_none_is_said_so(typed):
    with pytest.raises(Refused, match="day_unreadable"):
        read_day(typed, NOON.date())


def test_an_answer_at_the_table_to_a_case_in_another_language_stands_in_both(store, people, forum):
    theirs = submitted(store, people, title="Power cuts at night", language="en")
    ours = submitted(store, people, title="夜间停电")
    add_items(store, actor=people.staff, forum_id=forum.id, case_ids=[theirs.id, ours.id], at=NOON)
    for item in (line.item for line in agenda(store, actor=people.staff, forum_id=forum.id)):
        say(store, people, item, words="今天送电", translated="Power is back today", lead="economy_it")
    kept = {line.item.case_id: line.item for line in agenda(store, actor=people.staff, forum_id=forum.id)}
    assert kept[theirs.id].words_translated == "Power is back today"
    assert kept[ours.id].words_translated is None, "a case in the house's language has one"
    end(store, people, forum)
    case = stands(store, kept[theirs.id])
    assert "今天送电" in case.answer_text and case.answer_translated == (
        "the head of the Bureau of Economy and Information Technology: Power is back today"
    )
    assert stands(store, kept[ours.id]).answer_translated is None
