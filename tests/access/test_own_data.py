"""An enterprise takes along all that is kept under its name, and nothing of others."""

import json

import pytest

from access.own_data import own_data
from db.refused import Refused
from tests.casework.cases.steps import bring_to, raise_case, take
from tests.conftest import NOON


def test_an_enterprise_gets_what_it_said_and_was_told_and_nothing_of_others_or_that_others_noted(store, people):
    case = bring_to(store, people, "awaiting", title="自己的题目")
    take(store, people.staff, case, "note", note="内部的备注")
    raise_case(store, people, enterprise_id=people.other_firm.id, title="别家的题目")
    said = own_data(store, actor=people.enterprise, at=NOON).decode()
    told = json.loads(said)
    assert [one["title"] for one in told["cases"]] == ["自己的题目"] and told["cases"][0]["answer_text"] == "已经送电"
    assert told["enterprise"][0]["uscc"] == people.firm.uscc and len(told["account"]) == 2
    for others in ("别家的题目", people.other_firm.uscc, "内部的备注", "password", "token"):
        assert others not in said


@pytest.mark.parametrize("role", ["staff", "officer", "admin", "leader", "department", "town"])
def test_nobody_else_takes_it_along(store, people, role):
    with pytest.raises(Refused, match="forbidden"):
        own_data(store, actor=getattr(people, role), at=NOON)
