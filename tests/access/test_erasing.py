"""An administrator erases on request: what would go is read first, the name is typed once more, facts of cases stay."""

from datetime import timedelta
from uuid import uuid4

import pytest

from access import entrance, erasing
from access.actor import Actor
from casework.forums.attendance import NewPerson
from db import events, sql
from db.cases import cases
from db.refused import Refused
from db.scope import ALL
from db.system import integrity
from db.system.erasure import MARK
from tests.casework.cases.steps import bring_to, raise_case, take
from tests.casework.forums.test_forums import attended, held
from tests.conftest import NOON, make_account

LATER = NOON + timedelta(days=1)


def asked(store, people, kind, key, typed, **changes):
    given = {"actor": people.admin, "path": store.path, "reason": "本人申请", "forget": False, "at": LATER, **changes}
    return erasing.erase(store, kind=kind, key=key, typed=typed, **given)


def test_what_would_go_is_what_goes_and_is_read_without_a_change(store, people):
    case = bring_to(store, people, "closed")
    other = raise_case(store, people, enterprise_id=people.other_firm.id, text=f"同{people.firm.name_zh}的情况一样")
    before, rows = store.revision(), len(store.read(lambda con: events.of_subject(con, case.id)))
    would = erasing.what_would_go(store, actor=people.admin, kind="enterprise", key=people.firm.uscc)
    assert store.revision() == before and would.name == people.firm.uscc
    assert (would.marked["cases"], would.marked["enterprise"]) == (1, 1)
    assert would.marked["account"] == 2 and would.quoting >= 1
    asked(store, people, "enterprise", people.firm.uscc, people.firm.uscc)
    after = store.read(lambda con: cases.get(con, ALL, case.id))
    assert (after.title, after.text) == (MARK, MARK)
    kept = ("number", "state", "submitted_at", "closed_at", "lead_body", "answer_kind", "rating")
    assert [getattr(after, name) for name in kept] == [getattr(case, name) for name in kept], "the facts stay"
    assert people.firm.name_zh not in store.read(lambda con: cases.get(con, ALL, other.id)).text
    told = store.read(lambda con: events.of_subject(con, people.firm.id))[-1]
    assert (told["kind"], told["actor_id"], told["detail"]["reason"]) == ("erase", people.admin.id, "本人申请")
    assert len(store.read(lambda con: events.of_subject(con, case.id))) == rows
    assert store.read(integrity.verify) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"typed": ""}, "erase_typed"),
        ({"typed": "别的"}, "erase_typed"),
        ({"reason": " \u200b"}, "erase_reason"),
        ({"key": "没有"}, "erase_unknown"),
        ({"kind": "cases"}, "erase_unknown"),
    ],
)
def test_without_the_name_typed_once_more_and_a_reason_nothing_is_erased(store, people, change, code):
    before = store.revision()
    given = {"kind": "enterprise", "key": people.firm.uscc, "typed": people.firm.uscc, **change}
    with pytest.raises(Refused, match=code):
        asked(store, people, **given)
    assert store.revision() == before


def test_nobody_erases_the_account_that_they_are_in_under(store, people, password_hash):
    own = people.accounts.admin
    with pytest.raises(Refused, match="erase_oneself"):
        asked(store, people, "account", own.id, own.login)
    another = make_account(store, "admin", password_hash)
    asked(store, people, "account", own.login, own.login, actor=Actor(another.id, "admin", another.name))
    row = store.read(lambda con: sql.one(con, "SELECT name, active FROM account WHERE id = $id", {"id": own.id}))
    assert row == {"name": MARK, "active": False}


def test_of_several_of_one_name_one_is_chosen(store, people):
    forum = held(store, people)
    attended(store, people, forum, NewPerson("张示范", "entrepreneur", enterprise_id=people.firm.id))
    attended(store, people, forum, NewPerson("张示范", "financial", organisation="示例银行"))
    found = erasing.matching(store, actor=people.admin, kind="person", typed=" 张示范 ")
    assert sorted((one.place, one.forums) for one in found) == [("", 1), ("示例银行", 1)]
    (bank,) = (one for one in found if one.place)
    with pytest.raises(Refused, match="erase_typed") as refused:
        asked(store, people, "person", bank.key, "张")
    assert refused.value.facts["name"] == "张**", "a refusal tells nobody's name"
    asked(store, people, "person", bank.key, "张示范")
    names = store.read(lambda con: sql.column(con, "SELECT person_name FROM attendance ORDER BY person_name"))
    assert names == ["张示范", MARK]
    assert erasing.matching(store, actor=people.admin, kind="person", typed=str(uuid4())) == []


def test_a_case_that_was_corrected_still_is_what_the_history_says_once_it_is_erased(store, people):
    raise_case(store, people, title="停电")
    case = take(store, people.staff, bring_to(store, people, "submitted"), "correct", category="finance")
    assert store.read(integrity.verify) == []
    asked(store, people, "enterprise", people.firm.uscc, people.firm.uscc)
    assert store.read(lambda con: cases.get(con, ALL, case.id)).category == "finance"
    assert store.read(integrity.verify) == []


def test_what_was_altered_before_is_not_sealed_by_an_erasure(store, people):
    other = raise_case(store, people, enterprise_id=people.other_firm.id, text=f"同{people.firm.name_zh}的情况一样")
    store.write(lambda con: sql.run(con, "UPDATE cases SET title = '改过' WHERE id = $id", {"id": other.id}))
    asked(store, people, "enterprise", people.firm.uscc, people.firm.uscc)
    assert [one.record for one in store.read(integrity.verify)] == [f"cases {other.id}"]


@pytest.mark.parametrize("login", ["Li.Si", "Straße", "Ölmühle"])
def test_what_was_tried_under_a_name_in_any_letters_goes_with_it(store, people, password_hash, login):
    account = make_account(store, "officer", password_hash, login=login)
    with pytest.raises(Refused, match="sign_in_failed"):
        entrance.sign_in(store, login=login, password="wrong", address="10.0.0.1", at=NOON)
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM sign_in")) == 1
    asked(store, people, "account", account.login, account.login)
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM sign_in")) == 0
