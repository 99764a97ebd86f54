"""Officers' visits: recorded by the officer, spoken of by the enterprise, counted for the office and nobody else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.conduct import (
    ToldForm,
    VisitForm,
    WordForm,
    conduct_of_officers,
    own_visits,
    record_visit,
    recorded,
    say_of_visit,
    tell_visit,
    told_visits,
    visits_here,
    words_to_office,
)
from db import conduct, events, sql
from db.conduct import Made
from db.people import care
from db.refused import MovedOn, Refused
from db.scope import Scope
from db.system import erasure, integrity
from tests.conftest import NOON
from tests.there import there

DAY = date(2023, 11, 29)
VISIT = VisitForm(DAY, "theirs", True, "看看用电的事")
WORD = WordForm(False, "disturbing", "一个月来了三次")


def record(store, people, name="v1", form=VISIT, firm=None, at=NOON):
    given = {"visit_id": name, "enterprise_id": (firm or people.firm).id, "form": form}
    record_visit(store, actor=people.officer, at=at, **given)


def say(store, actor, name="v1", form=WORD, seen=1, at=NOON):
    say_of_visit(store, actor=actor, visit_id=name, form=form, seen=seen, at=at)


def of_office(store, people):
    return conduct_of_officers(store, actor=people.staff, at=NOON)


def words_of(store, people):
    return words_to_office(store, actor=people.staff, at=NOON)


def test_a_visit_is_recorded_once_seen_by_its_enterprise_and_heard_of_by_the_office(store, people):
    record(store, people)
    record(store, people)
    (seen,) = visits_here(store, actor=people.enterprise, at=NOON)
    assert (seen.visit.day, seen.visit.place, seen.visit.asked, seen.officer) == (DAY, "theirs", True, "示例officer")
    assert visits_here(store, actor=people.stranger, at=NOON) == []
    (own,) = recorded(store, actor=people.officer)
    assert own.enterprise("zh") == people.firm.name_zh
    (one,) = of_office(store, people)
    assert (one.visits, one.asked, one.theirs, one.spoken) == (1, 1, 1, 0)
    (firm,) = store.read(lambda con: care.enterprises(con, people.officer.scope))
    assert (firm.heard_on, firm.visited_on) == (DAY, DAY)
    say(store, people.enterprise, form=WordForm(None, "absent"))
    assert store.read(lambda con: care.enterprises(con, people.officer.scope)) == [firm], "an officer learns nothing"
    told = store.read(lambda con: events.of_subject(con, "v1"))
    assert [(one["kind"], one["seq"]) for one in told] == [("record", 1), ("say", 2)]
    assert "absent" not in str(told[1]["detail"]) and "用电" not in str(told[0]["detail"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"day": date(2023, 12, 1)}, "visit_day"),
        ({"day": date(2023, 9, 1)}, "visit_day"),
        ({"place": "moon"}, "visit_place"),
        ({"asked": None}, "visit_asked"),
        ({"about": "长" * 301}, "too_long"),
    ],
)
def test_what_is_not_whole_is_refused_and_nothing_is_written(store, people, change, code):
    before = store.revision()
    with pytest.raises(Refused, match=code):
        record(store, people, form=replace(VISIT, **change))
    with pytest.raises(Refused, match="visit_enterprise"):
        record(store, people, firm=people.other_firm)
    assert store.revision() == before


def test_an_enterprise_speaks_of_its_own_visits_and_the_last_word_counts(store, people):
    record(store, people)
    for form, code in ((replace(WORD, felt="great"), "visit_felt"), (replace(WORD, asked=None), "visit_asked"),
                       (replace(WORD, said="长" * 301), "too_long")):  # fmt: skip
        with pytest.raises(Refused, match=code):
            say(store, people.enterprise, form=form)
    with pytest.raises(Refused, match="visit_unknown"):
        say(store, people.stranger)
    say(store, people.enterprise)
    with pytest.raises(MovedOn):
        say(store, people.colleague)
    say(store, people.colleague, form=WordForm(True, "useful"), seen=2)
    (seen,) = visits_here(store, actor=people.enterprise, at=NOON)
    assert (seen.visit.felt, seen.visit.said, seen.visit.seq) == ("useful", "", 3)
    assert store.read(integrity.verify) == []


def test_words_go_to_the_office_alone_and_without_a_name_that_was_not_given(store, people):
    record(store, people)
    say(store, people.enterprise)
    (word,) = words_of(store, people)
    assert (word.said, word.felt, word.named) == (WORD.said, "disturbing", False)
    assert people.firm.name_zh not in repr(word) and people.firm.id not in repr(word)
    say(store, people.enterprise, form=replace(WORD, named=True), seen=2)
    (word,) = words_of(store, people)
    assert word.enterprise("zh") == people.firm.name_zh
    for who in (people.officer, people.leader, people.department, people.town, people.admin, people.stranger):
        with pytest.raises(Refused, match="forbidden"):
            words_to_office(store, actor=who, at=NOON)
    others = (people.officer.scope, people.staff.scope, people.town.scope, Scope("enterprise", people.other_firm.id))
    for scope in others:
        assert store.read(lambda con, scope=scope: conduct.get(con, scope, "v1")) is None


def test_the_office_counts_what_enterprises_say_and_an_officer_reads_nothing_of_it(store, people):
    for n, felt in enumerate(("useful", "useful", "disturbing", "absent", None)):
        record(store, people, f"v{n}", replace(VISIT, day=DAY - timedelta(days=n), asked=n < 2))
        before = [recorded(store, actor=people.officer), own_visits(store, actor=people.officer, at=NOON)]
        if felt:
            say(store, people.enterprise, f"v{n}", WordForm(n < 3, felt))
        assert [recorded(store, actor=people.officer), own_visits(store, actor=people.officer, at=NOON)] == before
    assert before[1] == Made(visits=5, asked=2, theirs=5)
    (one,) = of_office(store, people)
    assert (one.officer, one.visits, one.asked, one.spoken) == ("示例officer", 5, 2, 4)
    assert (one.useful, one.neutral, one.disturbing, one.absent, one.unlike) == (2, 0, 1, 1, 1)


TOLD = ToldForm(DAY, "economy_it", "theirs")


def tell(store, actor, name="t1", told=TOLD, form=WORD, at=NOON):
    tell_visit(store, actor=actor, visit_id=name, told=told, form=form, at=at)


def test_a_visit_that_nobody_recorded_is_the_enterprises_word_and_the_office_alone_counts_it(store, people):
    before = store.read(lambda con: care.enterprises(con, people.officer.scope))
    tell(store, people.enterprise)
    tell(store, people.enterprise)
    (one,) = told_visits(store, actor=people.staff, at=NOON)
    assert (one.body_code, one.spoken, one.asked, one.disturbing, one.unlike) == ("economy_it", 1, 0, 1, 0)
    (word,) = words_of(store, people)
    assert (word.officer, word.body_code, word.said) == ("", "economy_it", WORD.said)
    assert people.firm.id not in repr(word) and people.firm.name_zh not in repr(word)
    assert of_office(store, people) == [] and recorded(store, actor=people.officer) == []
    assert store.read(lambda con: care.enterprises(con, people.officer.scope)) == before, "an officer learns nothing"
    (seen,) = visits_here(store, actor=people.enterprise, at=NOON)
    theirs = (seen.officer, seen.visit.officer_id, seen.visit.asked, seen.visit.body_code)
    assert theirs == ("", None, None, "economy_it")
    assert visits_here(store, actor=people.stranger, at=NOON) == []
    say(store, people.enterprise, "t1", WordForm(True, "useful"))
    (one,) = told_visits(store, actor=people.staff, at=NOON)
    assert (one.asked, one.useful, one.disturbing) == (1, 1, 0)
    say(store, people.enterprise, "t1", WordForm(None, "absent"), seen=2)
    assert told_visits(store, actor=people.staff, at=NOON) == [], "what was taken back is held against nobody"
    told = store.read(lambda con: events.of_subject(con, "t1"))
    assert [(e["kind"], e["seq"]) for e in told] == [("record", 1), ("say", 2), ("say", 3)]
    assert "disturbing" not in str(told) and "economy_it" not in str(told)
    assert store.read(integrity.verify) == []
    for who in (people.officer, people.leader, people.department, people.town, people.admin, people.enterprise):
        with pytest.raises(Refused, match="forbidden"):
            told_visits(store, actor=who, at=NOON)


@pytest.mark.parametrize(
    ("told", "form", "code"),
    [
        (replace(TOLD, day=date(2023, 12, 1)), WORD, "visit_day"),
        (replace(TOLD, body_code="nobody"), WORD, "visit_body"),
        (replace(TOLD, place="moon"), WORD, "visit_place"),
        (TOLD, replace(WORD, asked=None), "visit_asked"),
        (TOLD, replace(WORD, felt="absent"), "visit_felt"),
        (TOLD, replace(WORD, said="长" * 301), "too_long"),
    ],
)
def test_what_is_told_of_a_visit_has_to_be_whole(store, people, told, form, code):
    before = store.revision()
    with pytest.raises(Refused, match=code):
        tell(store, people.enterprise, told=told, form=form)
    assert store.revision() == before


def test_officers_stand_by_name_whatever_is_said_of_them(store, people):
    names = {"甲": 1, "乙": 3, "丙": 2}
    for n, name in enumerate(names):
        add = {"id": name, "login": name, "name": name, "role": "officer", "active": True, "created_at": NOON, "seq": 1}
        store.write(lambda con, add=add: sql.insert(con, "account", add))
        for k in range(names[name]):
            visit = conduct.OfficerVisit(f"{name}{k}", people.firm.id, name, DAY, "phone", bool(n), "", NOON)
            store.write(lambda con, visit=visit: conduct.add(con, visit))
    assert [one.officer for one in of_office(store, people)] == sorted(names)


def test_who_is_erased_leaves_a_visit_without_words(store, people):
    record(store, people)
    say(store, people.enterprise)
    whose = there(store.read(lambda con: erasure.of_enterprise(con, people.firm.id)))
    store.write(lambda con: erasure.erase(con, whose, reason="申请", actor_id=None, role=None, at=NOON))
    row = store.read(lambda con: sql.one(con, "SELECT about, said, felt FROM visit"))
    assert row == {"about": erasure.MARK, "said": erasure.MARK, "felt": "disturbing"}
    assert store.read(integrity.verify) == []
