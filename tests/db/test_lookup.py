"""Finding by words as people type them: width, script, case, order, signs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.cases import supervision
from db import sql
from db.cases import cases
from db.cases.cases import CaseFilters
from db.forums import forum_links
from db.lookup import KEPT_WITH
from db.people import accounts, care, enterprises
from db.people.accounts import AccountFilter
from db.people.enterprises import EnterpriseFilter
from db.scope import ALL
from db.system import rebuild, refold
from i18n import folding
from tests.casework.cases.steps import TODAY, raise_case, take
from tests.conftest import NOON, make_account, make_enterprise

NAME = "示例（中国）光电有限公司"


@pytest.fixture
def some(store, people):
    """One case of a firm with full-width brackets, answered, rejected and dispatched anew; another that has nothing to
    do with it."""
    firm = make_enterprise(store, name_zh=NAME, name_en="Demo O'Neil Söhne (China)", uscc="91330600MA2AU0001X")
    case = raise_case(store, people, title="LED 生产线 停电", text="产能下降 100%，见“国办函〔2025〕66号”")
    store.write(lambda con: sql.run(con, "UPDATE cases SET enterprise_id = $firm", {"firm": firm.id}))
    case = take(store, people.staff, case, "accept", note="原件在档案室")
    case = take(store, people.staff, case, "dispatch")
    case = take(store, people.department, case, "answer", text="變壓器增容後恢復")
    raise_case(store, people, NOON - timedelta(days=1), title="普通", text="普通")
    return case


def found(store, typed, who=ALL):
    asked = CaseFilters(TODAY, text=typed)
    page = store.read(lambda con: cases.find(con, who, asked, sort="newest"))
    counted = store.read(lambda con: cases.counts(con, who, asked))
    assert (
        page.total
        == len(page.rows)
        == sum(counted.town.values())
        == store.read(lambda con: cases.how_many(con, who, asked))
    )
    return [case.number for case in page.rows]


@pytest.mark.parametrize(
    "typed",
    [
        "ＬＥＤ", "led", "LED生产线", "停电 led", "  停电　产能  ", "生產線", "100%", "[2025]66号", "〔２０２５〕66號",
        "示例(中国)", "示例（中國）光電", "o’neil", "DEMO söhne", "sohne", "91330600ma2au0001x", "变压器", "增容后",
        "档案室", "区经信局 停电", "税务 led", "柯桥街道 led",
    ],
)  # fmt: skip
def test_a_case_is_found_by_what_it_says_however_it_is_typed(store, people, some, typed):
    assert found(store, typed) == [some.number]
    assert found(store, f"{typed} {some.number}") == [some.number]


@pytest.mark.parametrize(
    "typed", ["没有这样的事", "停电 没有", "％％", "100_", "_", "\\", "1000%", "led普通", "电产", "--"]
)
def test_what_nobody_wrote_finds_nothing(store, people, some, typed):
    assert found(store, typed) == []


def test_a_case_is_found_within_a_persons_scope_alone(store, people, some):
    assert found(store, "led", people.department.scope) == [some.number]
    assert found(store, "led", people.other_department.scope) == []


def test_a_firm_an_officer_and_an_account_are_found_as_a_case_is(store, people, some):
    make_account(store, "officer", None, name="陳衛國", login="ChenWG", town_code="330603001")
    for typed in ("(中国) 示例", "光電", "ＤＥＭＯ (china)", "ma2au0001x"):
        listed = store.read(lambda con, typed=typed: enterprises.find(con, ALL, EnterpriseFilter(typed), limit=9))
        named = store.read(lambda con, typed=typed: care.named(con, ALL, typed, None, limit=9))
        assert [one.name_zh for one in listed] == [one.name_zh for one in named] == [NAME]
    for typed in ("陈卫国", "ｃｈｅｎｗｇ", "国 陈卫"):
        found = store.read(lambda con, typed=typed: accounts.find(con, AccountFilter(text=typed), limit=9, offset=0))
        assert [one.login for one in found] == ["ChenWG"]
    officers, n = supervision.officers(store, actor=people.staff, words="柯橋 陈卫国", page=1, size=9, today=TODAY)
    assert ([one.name for one in officers], n) == (["陳衛國"], 1)


def test_the_wall_knows_a_firm_by_its_whole_name_however_it_is_typed_and_not_by_a_part(store, people, some):
    firm = store.read(lambda con: cases.get(con, ALL, some.id)).enterprise_id
    for typed in ("示例(中國)光电有限公司", "demo o'neil sohne (CHINA)", "91330600ma2au0001x"):
        assert store.read(lambda con, typed=typed: forum_links.enterprise_called(con, typed)) == firm
    assert store.read(lambda con: forum_links.enterprise_called(con, "示例(中国)光电")) is None


def test_a_firm_that_was_renamed_is_found_by_its_new_name_and_no_more_by_the_old_one(store, people, some):
    (firm,) = store.read(lambda con: enterprises.find(con, ALL, EnterpriseFilter("示例(中国)"), limit=2))
    store.write(
        lambda con: enterprises.save_all(con, [], [replace(firm, name_zh="新名有限公司", seq=firm.seq + 1)], [])
    )
    assert found(store, "新名") == [some.number]
    assert found(store, "光电") == []


def test_what_is_folded_again_is_what_was_folded_with_the_rows(store, people, some):
    folded = " UNION ALL ".join("SELECT id, words FROM " + name for name in KEPT_WITH)  # noqa: S608
    stood = store.read(lambda con: sql.pairs(con, folded))
    for name in KEPT_WITH:
        store.write(lambda con, name=name: sql.run(con, "UPDATE " + name + " SET words = ''"))  # noqa: S608
    store.write(rebuild.rebuild)
    assert store.read(lambda con: sql.pairs(con, folded)) == stood


def test_a_store_that_was_folded_otherwise_is_folded_again_when_it_is_migrated(store, people, some):
    assert not store.read(refold.is_old)
    store.write(lambda con: sql.run(con, "UPDATE cases SET words = ''"))
    store.write(lambda con: sql.run(con, "UPDATE setting SET value = 'older' WHERE name = 'folding'"))
    store.migrate()
    assert found(store, "ＬＥＤ") == [some.number]


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("ＬＥＤ 生產線停電", "led生产线", ["ＬＥＤ 生產線"]),
        ("示例（中国）光电", "(中国) 光电", ["（中国）光电"]),
        ("Straße und Söhne", "strasse SOHNE", ["Straße", "Söhne"]),
        ("停电，停电", "停电", ["停电", "停电"]),
        ("普通", "停电", []),
    ],
)
def test_a_hit_is_shown_in_the_letters_as_they_were_written(text, typed, shown):
    assert [text[start:end] for start, end in folding.hits(text, folding.words_of(typed))] == shown
