"""Guidance: written anew from solved cases or of a policy, with nothing of an enterprise; versioned, withdrawn."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from casework.cases.act import open_cases
from casework.guidance.guidance import (
    GuidanceForm,
    answers_case,
    change_guidance,
    guidance_kept,
    publish_guidance,
    withdraw_guidance,
)
from casework.guidance.matching import may_help
from casework.policies import PolicyForm, add_policy, link_cases
from db import events, guidance, sql
from db.hotline import Order
from db.refused import MovedOn, Refused
from db.scope import ALL, Scope
from db.system import erasure, integrity
from tests.casework.cases.steps import WAY_TO, bring_to, new_case, take
from tests.conftest import NOON, make_enterprise
from tests.there import there

AT = NOON + timedelta(hours=2)
FORM = GuidanceForm(
    title_zh="计划停电去哪里查",
    title_en="Where planned power cuts are announced",
    audience_zh="所有用电企业",
    audience_en="",
    text_zh="计划检修提前七天公布，可以登记连续生产时段。",
    text_en="Planned work is announced seven days ahead.",
    category="utilities",
    body_code="power",
    since=date(2023, 11, 1),
)
ASKED = "我厂夜间经常停电，染缸里的布全部报废，损失二十万元。"


@pytest.fixture
def solved(store, people):
    return bring_to(store, people, "awaiting", title="夜间停电三次", text=ASKED)


def publish(store, actor, *cases, form=FORM, confirmed=True, name="g1", policy=None):
    form = replace(form, numbers=tuple(case.number for case in cases))
    more = {"guidance_id": name, "policy_id": policy, "form": form, "confirmed": confirmed}
    return publish_guidance(store, actor=actor, at=AT, **more)


def open_ones(store, typed=""):
    return [one.number for one in store.read(lambda con: guidance.published(con, typed))]


def test_what_solved_a_case_is_published_once_found_in_any_spelling_and_withdrawn(store, people, solved):
    first = publish(store, people.staff, solved)
    assert publish(store, people.staff, solved) == first and (first.number, first.state) == (1, "published")
    for typed in ("停电 公布", "停電 公佈", "POWER　cuts", "供电公司", "能耗"):
        assert open_ones(store, typed) == [1], typed
    assert open_ones(store, "染缸") == [] and open_ones(store, "停电 拆迁") == []
    with pytest.raises(Refused, match="needs_reason"):
        withdraw_guidance(store, actor=people.staff, guidance_id="g1", reason=" ", seen=1, at=AT)
    with pytest.raises(Refused, match="too_long"):
        withdraw_guidance(store, actor=people.staff, guidance_id="g1", reason="长" * 3001, seen=1, at=AT)
    withdraw_guidance(store, actor=people.staff, guidance_id="g1", reason="办法改了", seen=1, at=AT)
    assert open_ones(store) == []
    (line,) = guidance_kept(store, actor=people.leader, typed="停电")
    assert (line.guidance.state, line.cases) == ("withdrawn", 1)
    told = store.read(lambda con: events.of_subject(con, "g1"))
    assert [(one["kind"], one["state"]) for one in told] == [("publish", "published"), ("withdraw", "withdrawn")]
    assert told[1]["detail"]["reason"] == "办法改了" and told[0]["detail"]["text_zh"] == FORM.text_zh


def test_a_change_is_the_next_version_brings_it_back_and_the_second_of_two_clerks_is_told(store, people, solved):
    publish(store, people.staff, solved)
    withdraw_guidance(store, actor=people.staff, guidance_id="g1", reason="要改", seen=1, at=AT)
    form = replace(FORM, title_zh="检修停电提前告知", numbers=(solved.number,))
    change = {"actor": people.staff, "guidance_id": "g1", "form": form, "confirmed": True, "at": AT}
    assert change_guidance(store, seen=2, **change).seq == 3
    assert open_ones(store, "提前告知") == [1] and open_ones(store, "去哪里查") == []
    with pytest.raises(MovedOn):
        change_guidance(store, seen=2, **change)
    assert store.read(integrity.verify) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title_zh": "", "text_zh": "", "audience_zh": "", "title_en": " ", "text_en": ""}, "guidance_language"),
        ({"text_en": ""}, "guidance_language"),
        ({"title_zh": "长" * 61}, "guidance_long"),
        ({"category": "moon"}, "guidance_about"),
        ({"body_code": "moon"}, "guidance_about"),
        ({"since": date(2023, 12, 2)}, "guidance_day"),
        ({"text_zh": "云锦示范纺织的停电已经处理。"}, "guidance_names"),
        ({"text_zh": "云锦的停电已经处理。"}, "guidance_names"),
        ({"text_zh": "可以找示例联系人了解。"}, "guidance_names"),
        ({"text_zh": "请打13800005678。"}, "guidance_names"),
        ({"text_zh": "请打138 0000 5678。"}, "guidance_names"),
        ({"text_zh": "请打138-0000-5678。"}, "guidance_names"),
        ({"text_zh": "请打１３８００００５６７８。"}, "guidance_names"),
        ({"text_zh": "参照诉求2023-0001办理。"}, "guidance_names"),
        ({"text_zh": "例如：我厂夜间经常停电，染缸里的布全部报废。"}, "guidance_quotes"),
    ],
)
def test_what_is_not_whole_or_tells_of_the_enterprise_is_refused_and_nothing_is_written(
    store, people, solved, change, code
):
    before = store.revision()
    with pytest.raises(Refused, match=code):
        publish(store, people.staff, solved, form=replace(FORM, **change))
    assert store.revision() == before


@pytest.mark.parametrize("typed", [str, str.lower, " ".join])
def test_the_credit_code_is_a_name_however_it_is_typed(store, people, solved, typed):
    with pytest.raises(Refused, match="guidance_names"):
        publish(store, people.staff, solved, form=replace(FORM, text_zh=f"代码{typed(people.firm.uscc)}可以登记。"))


@pytest.mark.parametrize("said", ["可以找陈小样了解。", "请打0575-8000 1111登记。", "请打８０００１１１１登记。"])
def test_who_called_the_hotline_is_not_named_either(store, people, said):
    new, order = new_case(people), Order("KQ1", caller="陈小样", phone="0575-80001111")
    called = {"actor": people.enterprise, "at": NOON, "orders": {new.id: order}}
    (case,) = store.write(lambda con: open_cases(con, [new], **called))
    for step in WAY_TO["awaiting"]:
        case = take(store, people.staff, case, step)
    with pytest.raises(Refused, match="guidance_names"):
        publish(store, people.staff, case, form=replace(FORM, text_zh=said))
    assert publish(store, people.staff, case).seq == 1


def test_a_case_that_the_clerk_may_not_see_any_more_stays_behind_it_and_what_is_said_is_held_against_it(
    store, people, solved
):
    publish(store, people.staff, solved)
    take(store, people.staff, solved, "confide", readers=(people.leader.id,))
    change = {"actor": people.staff, "guidance_id": "g1", "confirmed": True, "seen": 1, "at": AT}
    for text in ("云锦的停电已经处理。", "例如：我厂夜间经常停电，染缸里的布全部报废。"):
        with pytest.raises(Refused, match="guidance_hidden") as caught:
            change_guidance(store, form=replace(FORM, text_zh=text), **change)
        assert caught.value.facts == {}
    other = bring_to(store, people, "awaiting", title="另一件", text="另一件的内容")
    after = change_guidance(store, form=replace(FORM, title_zh="停电去哪里查", numbers=(other.number,)), **change)
    assert after.title_zh == "停电去哪里查"
    assert set(store.read(lambda con: guidance.linked(con, "g1"))) == {solved.id, other.id}
    change_guidance(store, form=FORM, **{**change, "seen": 2})
    assert store.read(lambda con: guidance.linked(con, "g1")) == [solved.id]
    assert store.read(integrity.verify) == []


def test_a_person_confirms_and_only_what_was_solved_openly_is_written_of(store, people, solved):
    with pytest.raises(Refused, match="guidance_confirm"):
        publish(store, people.staff, solved, confirmed=False)
    with pytest.raises(Refused, match="guidance_cases"):
        publish(store, people.staff)
    with pytest.raises(Refused, match="guidance_unsettled"):
        publish(store, people.staff, bring_to(store, people, "dispatched"))
    hidden = take(store, people.staff, bring_to(store, people, "awaiting"), "confide", readers=(people.staff.id,))
    staff = replace(people.staff, named=(hidden.id,))
    with pytest.raises(Refused, match="guidance_confidential"):
        publish(store, staff, hidden)
    with pytest.raises(Refused, match="guidance_case_unknown"):
        publish(store, people.staff, hidden)


def test_another_case_that_it_answered_is_added_and_told_to_those_alone_who_see_it(store, people, solved):
    publish(store, people.staff, solved)
    theirs = SimpleNamespace(**{**vars(people), "enterprise": people.stranger})
    other = bring_to(store, theirs, "closed", enterprise_id=people.other_firm.id)
    link = {"actor": people.staff, "guidance_id": "g1", "at": AT}
    assert answers_case(store, case_id=other.id, seen=1, **link).seq == 2
    assert answers_case(store, case_id=other.id, seen=2, **link).seq == 2
    seen = {scope: [case.id for case in store.read(lambda con, scope=scope: guidance.cases_of(con, scope, "g1"))]
            for scope in (ALL, Scope("enterprise", people.firm.id))}  # fmt: skip
    assert set(seen[ALL]) == {solved.id, other.id} and seen[Scope("enterprise", people.firm.id)] == [solved.id]
    own = store.read(lambda con: guidance.of_case(con, Scope("enterprise", people.firm.id), other.id))
    assert own == [] and store.read(integrity.verify) == []


def test_numbers_are_those_of_enterprises_and_a_sector_of_few_is_nobodys_to_know(store, people, solved):
    publish(store, people.staff, solved)
    assert store.read(lambda con: guidance.behind(con, "g1")) == guidance.Behind(1, (), 1)
    for n in range(guidance.FEWEST):
        make_enterprise(store, name_zh=f"某某示范{n}", name_en=f"Demo {n}")
    assert store.read(lambda con: guidance.behind(con, "g1")).sectors == ("C17",)
    take(store, people.staff, solved, "confide", readers=(people.staff.id,))
    assert store.read(lambda con: guidance.behind(con, "g1")) == guidance.Behind(0, (), 0)


def test_a_policy_is_explained_once_with_its_own_cases_and_beneficiaries(store, people, solved):
    form = PolicyForm("用电保障办法", "Securing power", "economy_it", date(2023, 1, 10))
    add_policy(store, actor=people.staff, policy_id="p1", form=form, at=NOON)
    link_cases(store, actor=people.staff, policy_id="p1", numbers=[solved.number], seen=1, at=NOON)
    benefits = [{"policy_id": "p1", "uscc": str(n), "benefited_on": date(2023, 2, 1)} for n in range(12)]
    store.write(lambda con: sql.insert_many(con, "policy_beneficiary", benefits))
    with pytest.raises(Refused, match="guidance_names"):
        publish(store, people.staff, policy="p1", form=replace(FORM, text_zh="云锦的停电已经处理。"))
    publish(store, people.staff, policy="p1")
    with pytest.raises(Refused, match="guidance_quotes"):
        form = replace(FORM, text_zh="例如：我厂夜间经常停电，染缸里的布全部报废。")
        change_guidance(store, actor=people.staff, guidance_id="g1", form=form, confirmed=True, seen=1, at=AT)
    found = store.read(lambda con: guidance.behind(con, "g1"))
    assert (found.raised_by, found.benefited) == (1, 12)
    assert there(store.read(lambda con: guidance.of_policy(con, "p1"))).number == 1
    with pytest.raises(Refused, match="guidance_twice"):
        publish(store, people.staff, policy="p1", name="g2")
    with pytest.raises(Refused, match="policy_unknown"):
        publish(store, people.staff, policy="p9", name="g3")


def test_who_types_an_issue_is_offered_what_is_like_it_and_nothing_else(store, people, solved):
    assert may_help(store, "停电了怎么办，有没有公布") == []
    publish(store, people.staff, solved)
    text = "每年五月凭劳动合同和居住证明登记。"
    other = replace(FORM, title_zh="员工子女入学登记", title_en="", text_en="", audience_zh="", text_zh=text,
                    category="living", body_code="education")  # fmt: skip
    publish(store, people.staff, solved, form=other, name="g2")
    asked = {"我们车间下周会不会计划停电，去哪里查公布": [1], "職工子女入學怎麼登記": [2],
             "Is a power cut announced?": [1], "厂房租金太高，想换地方": [], "停": [], "停电": [1], "停电频繁": [1],
             "The road in front of our gate is broken, who will see to it?": []}  # fmt: skip
    assert {text: [one.number for one in may_help(store, text)] for text in asked} == asked
    withdraw_guidance(store, actor=people.staff, guidance_id="g1", reason="旧", seen=1, at=AT)
    assert may_help(store, "我们车间下周会不会计划停电，去哪里查公布") == []


def test_who_is_erased_is_taken_out_of_what_everybody_reads(store, people, solved):
    other = bring_to(store, people, "awaiting", enterprise_id=people.other_firm.id)
    publish(store, people.staff, other, form=replace(FORM, text_zh="见云锦示范纺织有限公司的做法。"))
    whose = there(store.read(lambda con: erasure.of_enterprise(con, people.firm.id)))
    store.write(lambda con: erasure.erase(con, whose, reason="申请", actor_id=None, role=None, at=AT))
    assert "云锦" not in there(store.read(lambda con: guidance.get(con, "g1"))).text_zh
    assert store.read(integrity.verify) == []
