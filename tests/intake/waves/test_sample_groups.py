"""Groups of sizes, sectors and towns: staff change them for the waves to come; a wave keeps those it opened with."""

import json
from uuid import uuid4

import pytest

from db import sql
from db.survey import samples
from intake.waves import groups as sample_groups
from intake.waves import running as waves
from intake.waves.groups import MOST, GroupForm, grouping
from intake.waves.samples import Design, plan, redraw, strata_of
from tests.conftest import NOON, make_enterprise
from tests.intake.survey.test_survey import a_form, refusal

SOFTWARE = GroupForm("软件和专业服务", "Software and professional services", ("I65", "M"))


def save(store, people, form, *, code=None, list_name="sector", seen=1, actor=None):
    told = {"actor": actor or people.staff, "list_name": list_name, "code": code, "form": form, "seen": seen}
    return sample_groups.save_group(store, **told, at=NOON)


def a_wave(store, people, **sample):
    form = a_form(sample=Design(**sample))
    return waves.open_wave(store, actor=people.staff, wave_id=str(uuid4()), form=form, at=NOON)


def test_a_new_group_takes_its_members_and_says_so_in_one_event(store, people):
    made = save(store, people, SOFTWARE)
    assert (made.version, made.group_of("sector", "I65"), made.group_of("sector", "M73")) == (2, "g1", "g1")
    assert (made.group_of("sector", "I64"), made.group_of("sector", "C17")) == ("others", "textile")
    told = "SELECT * FROM event WHERE kind = 'groups' AND seq = 2"
    event = store.read(lambda con: sql.one(con, told))
    assert json.loads(event["detail"])["groups"]["g1"]["members"] == ["I65", "M"]
    assert grouping(store, actor=people.staff).groups == made.groups


def test_a_member_leaves_the_group_that_it_was_in_and_names_change(store, people):
    form = GroupForm("  纺织  ", "Textiles", ("C17", "C18", "C28", "C33"))
    made = save(store, people, form, code="textile")
    assert made.group_of("sector", "C33") == "textile" and made.names("zh")["sector", "textile"] == "纺织"
    assert "C33" not in next(group for group in made.of("sector") if group.code == "machinery").members
    assert [group.code for group in made.of("sector")] == ["textile", "machinery", "industry", "trade", "others"]


def test_what_a_removed_group_held_falls_to_the_rest(store, people):
    made = sample_groups.remove_group(store, actor=people.staff, list_name="town", code="centre", seen=1, at=NOON)
    assert made.group_of("town", "330603001") == "south"
    last = {"actor": people.staff, "list_name": "town", "code": "south", "seen": 2, "at": NOON}
    assert refusal(sample_groups.remove_group, store, **last) == "group_rest"
    assert refusal(sample_groups.remove_group, store, **last | {"seen": 1}) == "moved_on"


def test_the_rest_takes_a_name_and_never_a_member(store, people):
    made = save(store, people, GroupForm("别的", "Others", ("C17",)), code="others")
    rest = next(group for group in made.of("sector") if group.code == "others")
    assert (rest.name_zh, rest.members, made.group_of("sector", "C17")) == ("别的", ("*",), "textile")


@pytest.mark.parametrize(
    ("form", "changes", "code"),
    [
        (GroupForm("", "x", ("C17",)), {}, "group_names"),
        (GroupForm("x", "x" * 41, ("C17",)), {}, "group_names"),
        (GroupForm("x", "x"), {}, "group_members"),
        (GroupForm("x", "x", ("C99",)), {}, "group_members"),
        (GroupForm("x", "x", ("*",)), {}, "group_members"),
        (GroupForm("x", "x", ("F",)), {}, "group_emptied"),  # trade would hold nothing
        (SOFTWARE, {"code": "nonsense"}, "group_unknown"),
        (SOFTWARE, {"list_name": "colour"}, "group_unknown"),
        (SOFTWARE, {"seen": 7}, "moved_on"),
    ],
)
def test_a_group_that_makes_no_sense_is_refused(store, people, form, changes, code):
    assert refusal(save, store, people, form, **changes) == code
    assert grouping(store, actor=people.staff).version == 1


def test_there_are_not_more_groups_than_strata_can_bear(store, people):
    towns = store.read(lambda con: sql.rows(con, "SELECT code FROM reference_item WHERE list = 'sector'"))
    codes = [row["code"] for row in towns if len(row["code"]) == 3 and row["code"][0] in "EGHIJ"]
    seen = 1
    for code in codes[: MOST - 5]:
        seen = save(store, people, GroupForm(code, code, (code,)), seen=seen).version
    assert refusal(save, store, people, GroupForm("x", "x", (codes[MOST],)), seen=seen) == "group_most"


def test_a_wave_keeps_the_strata_and_names_with_which_it_opened(store, people):
    for n in range(6):
        make_enterprise(store, sector_code="I65", size="small" if n % 2 else "micro")
    before = a_wave(store, people, design="stratified", size=6, minimum=1, seed="7")
    save(store, people, SOFTWARE)
    after = a_wave(store, people)
    strata = {wave.id: {one.stratum for one in strata_of(store, actor=people.staff, wave_id=wave.id)}
              for wave in (before, after)}  # fmt: skip
    assert "small|others|centre" in strata[before.id] and "small|g1|centre" not in strata[before.id]
    assert "small|g1|centre" in strata[after.id]
    assert redraw(store, actor=people.staff, wave_id=before.id)
    assert [grouping(store, actor=people.staff, wave_id=wave.id).version for wave in (before, after)] == [1, 2]
    assert "small|g1|centre" in plan(store, actor=people.staff, design=Design()).population
    assert {unit.stratum for unit in store.read(lambda con: samples.units(con, before.id))} == strata[before.id]


def test_only_staff_see_and_change_the_groups(store, people):
    for who in ("leader", "officer", "admin", "enterprise"):
        assert refusal(grouping, store, actor=getattr(people, who)) == "forbidden"
        assert refusal(save, store, people, SOFTWARE, actor=getattr(people, who)) == "forbidden"
