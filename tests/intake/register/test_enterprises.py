"""The register is imported all or nothing, an enterprise known by its credit code; or kept by hand."""

import csv
import io
import json
from contextlib import closing
from datetime import datetime

import openpyxl
import pytest
import xlsxwriter
from stdnum.cn import uscc

from access.actor import Actor
from casework.documents.exports import to_workbook
from db import events, sql
from db.people import enterprises
from db.people.enterprises import EnterpriseFilter
from db.refused import MovedOn, Refused
from db.scope import ALL, Scope
from db.store import open_store
from intake.files.spreadsheets import Upload
from intake.register.enterprises import (
    InvalidEnterprise,
    check_enterprises,
    import_enterprises,
    refused_enterprises,
    save_enterprise,
)
from tests.there import there

AT = datetime(2024, 3, 1, 4, 0)
CLERK = Actor("clerk", "staff", "示例")
HEAD = "企业名称,英文名称,统一社会信用代码,行业,镇街,规模,外资,服务员,联系人,联系电话"


def code_of(n: int) -> str:
    """A valid credit code, fictitious."""
    body = f"91330603MA{n:07d}"
    return body + uscc.calc_check_digit(body)


ONE = f"云锦示范纺织有限公司,Yunjin Demo Textile,{code_of(1)},纺织业,柯桥街道,中型,否,,示例联系人,138 0000 5678"
TWO = f"远帆示范机电有限公司,,{code_of(2)},C34,马鞍,小型,是,,,0575-84120000"


def upload(*rows: str, head: str = HEAD) -> Upload:
    return Upload("名录.csv", "\n".join([head, *rows]).encode("gb18030"))


def bring(store, *rows, **options):
    return import_enterprises(store, actor=CLERK, upload=upload(*rows, **options), at=AT)


def check(store, *rows, **options):
    return check_enterprises(store, actor=CLERK, upload=upload(*rows, **options), at=AT)


def register(store):
    return store.read(lambda con: enterprises.by_uscc(con, ALL, [code_of(n) for n in range(10)]))


def codes(findings):
    return [(found.row, found.field, found.code) for found in findings]


def with_cell(row: str, name: str, value: str) -> str:
    cells = row.split(",")
    cells[list[str](HEAD.split(",")).index(name)] = value
    return ",".join(cells)


def test_where_there_is_no_town_yet_it_is_said_once_beside_what_else_is_wrong(tmp_path):
    with closing(open_store(f"duckdb:{tmp_path}/store.duckdb")) as empty:
        empty.migrate()
        rows = (ONE, TWO.replace("0575-84120000", "8.4E+07"))
        refused = check_enterprises(empty, actor=CLERK, upload=upload(*rows), at=AT).refused
    assert [(one.row, one.code) for one in refused] == [(0, "towns_missing"), (3, "phone_as_number")]


def test_a_formula_that_no_program_has_worked_out_is_no_empty_cell(store):
    book = openpyxl.Workbook()  # which saves no results
    for row in (HEAD.split(","), with_cell(ONE, "联系人", '="王"&"某"').split(",")):
        book.worksheets[0].append([*row, "=ROW()"])
    book.worksheets[0]["K1"] = "序号"  # which nobody reads
    made = io.BytesIO()
    book.save(made)
    outcome = check_enterprises(store, actor=CLERK, upload=Upload("名录.xlsx", made.getvalue()), at=AT)
    assert codes(outcome.refused) == [(2, "contact", "formula_unsaved")]
    assert "联系人" in outcome.refused[0].reason("zh")


def test_rows_become_enterprises_with_codes_for_words(store):
    outcome = bring(store, ONE, TWO)
    assert (outcome.written, [entry.kind for entry in outcome.read]) == (2, ["new", "new"])
    first, second = register(store)[code_of(1)], register(store)[code_of(2)]
    assert (first.sector_code, first.town_code, first.size, first.foreign_funded) == (
        "C17", "330603001", "medium", False
    )  # fmt: skip
    assert (first.contact_phone, second.contact_phone) == ("13800005678", "057584120000")
    assert (second.sector_code, second.town_code, second.size, second.foreign_funded) == (
        "C34", "330603011", "small", True
    )  # fmt: skip


def test_english_headings_and_words(store):
    head = "name_zh,name_en,uscc,sector,town,size,foreign,officer,contact,phone"
    row = f"丝路示范,Silk Demo,{code_of(3)},Textiles,Xialu,Micro,Yes,,,+44 20 7946 0958"
    (entry,) = check(store, row, head=head).read
    assert (entry.enterprise.sector_code, entry.enterprise.town_code, entry.enterprise.size) == (
        "C17", "330603114", "micro"
    )  # fmt: skip
    assert entry.enterprise.foreign_funded
    assert entry.enterprise.contact_phone == "+442079460958"


@pytest.mark.parametrize(
    ("column", "value", "field", "code"),
    [
        ("企业名称", "", "name_zh", "blank"),
        ("企业名称", "长" * 101, "name_zh", "too_long"),
        ("统一社会信用代码", "91330603MA0000001X", "uscc", "uscc_wrong"),
        ("统一社会信用代码", "12345", "uscc", "uscc_wrong"),
        ("统一社会信用代码", "", "uscc", "blank"),
        ("行业", "制造业", "sector", "sector_too_wide"),
        ("行业", "C", "sector", "sector_too_wide"),
        ("行业", "炼金术", "sector", "sector_unknown"),
        ("镇街", "月球", "town", "town_unknown"),
        ("规模", "巨型", "size", "size_unknown"),
        ("外资", "也许", "foreign", "foreign_unclear"),
        ("服务员", "nobody", "officer", "officer_unknown"),
        ("联系电话", "12345", "phone", "phone_wrong"),
        ("联系电话", "138****5678", "phone", "phone_wrong"),
        ("联系电话", "****", "phone", "phone_wrong"),
    ],
)
def test_a_cell_that_means_nothing_is_refused_and_nothing_written(store, column, value, field, code):
    before = store.revision()
    outcome = bring(store, TWO, with_cell(ONE, column, value))
    assert codes(outcome.refused) == [(3, field, code)]
    assert all(outcome.refused[0].reason(language) for language in ("zh", "en"))
    assert outcome.written is None
    assert store.revision() == before
    assert register(store) == {}


def test_a_credit_code_twice_in_the_file_is_refused(store):
    assert codes(check(store, ONE, ONE).refused) == [(3, "uscc", "uscc_in_file")]


def test_an_officer_is_known_by_login(store, people):
    login = people.accounts.officer.login
    (entry,) = check(store, with_cell(ONE, "服务员", login)).read
    assert entry.enterprise.officer_id == people.officer.id
    assert codes(check(store, with_cell(ONE, "服务员", people.accounts.town.login)).refused) == [
        (2, "officer", "officer_unknown")
    ]


def test_names_lose_what_cannot_be_seen(store):
    (entry,) = check(store, with_cell(ONE, "企业名称", " 云锦\u200b示范\u202e  纺织e\u0301 ")).read
    assert entry.enterprise.name_zh == "云锦示范 纺织é"


def test_a_known_credit_code_changes_that_enterprise_and_leaves_missing_columns(store):
    bring(store, ONE, TWO)
    before = register(store)[code_of(1)]
    head = "企业名称,统一社会信用代码,行业,镇街,规模"
    row = f"云锦新材料有限公司,{code_of(1)},C26,柯桥,大型"
    same = f"远帆示范机电有限公司,{code_of(2)},C34,马鞍街道,小型"
    outcome = bring(store, row, same, head=head)
    assert [(entry.kind, entry.changed) for entry in outcome.read] == [
        ("changed", ("name_zh", "sector", "size")),
        ("same", ()),
    ]
    after = register(store)[code_of(1)]
    assert (after.id, after.seq, after.name_zh, after.size) == (before.id, 2, "云锦新材料有限公司", "large")
    assert (after.contact_phone, after.name_en) == (before.contact_phone, before.name_en)
    assert register(store)[code_of(2)].seq == 1
    history = store.read(lambda con: events.of_subject(con, before.id))
    assert [(event["kind"], event["seq"]) for event in history] == [("add", 1), ("save", 2)]
    assert "13800005678" not in str(history)


def test_an_import_is_one_event_and_a_second_try_of_it_none(store):
    for _ in range(2):
        done = import_enterprises(store, actor=CLERK, upload=upload(ONE, TWO), at=AT, import_id="one")
        assert done.written == 2
    (event,) = store.read(lambda con: events.of_subject(con, "one"))
    assert (event["area"], event["kind"]) == ("enterprise", "import")
    assert {key: event["detail"][key] for key in ("rows", "new", "changed", "same")} == {
        "rows": 2, "new": 2, "changed": 0, "same": 0
    }  # fmt: skip
    assert store.read(events.verify) == []


def test_a_large_register_is_imported_and_changed_at_once(store):
    rows = [with_cell(ONE, "统一社会信用代码", code_of(n)) for n in range(1000)]
    assert bring(store, *rows).written == 1000
    changed = [with_cell(row, "规模", "大型") for row in rows]
    assert {entry.kind for entry in bring(store, *changed).read} == {"changed"}
    assert {e.size for e in register(store).values()} == {"large"}


def test_the_register_is_searched_within_ones_scope_and_shows_masked_numbers(store):
    bring(store, ONE, TWO)

    def found(scope=ALL, **wanted):
        listed = store.read(lambda con: enterprises.find(con, scope, EnterpriseFilter(**wanted), limit=25))
        assert len(listed) == store.read(lambda con: enterprises.count(con, scope, EnterpriseFilter(**wanted)))
        return {e.uscc: e.contact_phone for e in listed}

    one, two = code_of(1), code_of(2)
    assert found() == {one: "138****5678", two: "0575****0000"}
    assert set(found(text="yunjin")) == set(found(text="云锦")) == set(found(text=one)) == {one}
    assert set(found(sector="C")) == {one, two}
    assert set(found(sector="C17")) == set(found(town="330603001")) == {one}
    assert set(found(Scope("town", "330603011"))) == {two}
    assert found(Scope("none")) == {}
    assert found(text="%") == {}


def typed(**changes):
    return {"name_zh": "新企业", "uscc": code_of(5), "sector": "C17", "town": "330603001", "size": "small"} | changes


def save(store, enterprise_id="e1", seen=0, **changes):
    return save_enterprise(store, actor=CLERK, enterprise_id=enterprise_id, seen=seen, typed=typed(**changes), at=AT)


def test_an_enterprise_is_added_by_hand_once_and_changed_as_it_was_read(store):
    assert save(store) == save(store)
    assert save(store, seen=1, name_zh="改名").seq == 2
    with pytest.raises(MovedOn):
        save(store, seen=1, name_zh="又改名")
    assert register(store)[code_of(5)].name_zh == "改名"


def test_a_form_says_which_fields_and_why(store):
    save(store)
    with pytest.raises(InvalidEnterprise) as caught:
        save(store, enterprise_id="e2", phone="1", name_zh="")
    assert {name: refusal.code for name, refusal in caught.value.fields.items()} == {
        "name_zh": "blank", "phone": "phone_wrong", "uscc": "uscc_taken"
    }  # fmt: skip


@pytest.mark.parametrize("role", ["enterprise", "officer", "department", "town", "leader"])
def test_others_neither_import_nor_edit(store, role):
    actor = Actor("x", role, "示例")
    with pytest.raises(Refused, match="forbidden"):
        import_enterprises(store, actor=actor, upload=upload(ONE), at=AT)
    with pytest.raises(Refused, match="forbidden"):
        save_enterprise(store, actor=actor, enterprise_id="e", seen=0, typed=typed(), at=AT)


FORMULAS = ("=HYPERLINK(1)", "＝cmd", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "＠SUM(1)", "\u200b=1+1", "|calc")


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("column", ["企业名称", "英文名称", "联系人"])
def test_a_formula_is_nobodys_name(store, column, formula):
    outcome = bring(store, with_cell(ONE, column, formula), TWO)
    field = {"企业名称": "name_zh", "英文名称": "name_en", "联系人": "contact"}[column]
    assert codes(outcome.refused) == [(2, field, "name_formula")]
    assert outcome.written is None and register(store) == {}
    for language, said in (("zh", "以公式符号"), ("en", "starts like a formula")):
        assert said in outcome.refused[0].reason(language)


def test_a_formula_typed_as_a_name_is_refused_beside_its_field(store):
    bring(store, ONE)
    firm = register(store)[code_of(1)]
    with pytest.raises(InvalidEnterprise) as refusal:
        save_enterprise(store, actor=CLERK, enterprise_id=firm.id, seen=1, typed={"name_zh": "=1+1"}, at=AT)
    assert refusal.value.fields["name_zh"].code == "name_formula"


def test_a_sign_within_a_name_and_a_dash_for_nothing_may_stay(store):
    outcome = bring(store, with_cell(with_cell(ONE, "英文名称", "A+B = C @ Demo"), "联系人", "-"))
    assert (outcome.written, register(store)[code_of(1)].name_en) == (1, "A+B = C @ Demo")


@pytest.mark.parametrize("sign", ["—", "－", "/", "无", "暂无", "N/A", "n/a", "NA", "None", "", "——",
                                  "（空）", "-无-", "#N/A", "未提供", "未知", "待补充", "。", "0", "0.0", "0000",
                                  "？", "暂缺", "无。", "无联系方式", "保密", "#REF!",
                                  "#VALUE!", "#DIV/0!", "*", "＊", "无此项", "（无此项）", "未填", "-"])  # fmt: skip
def test_a_sign_for_nothing_in_an_optional_column_is_nothing(store, sign):
    row = ONE
    for column in ("英文名称", "外资", "服务员", "联系人", "联系电话"):
        row = with_cell(row, column, sign)
    assert check(store, row).refused == ()
    bring(store, row)
    kept = register(store)[code_of(1)]
    assert (kept.name_en, kept.foreign_funded, kept.officer_id, kept.contact_name, kept.contact_phone) == (
        "", False, None, None, None
    )  # fmt: skip
    assert codes(check(store, with_cell(TWO, "企业名称", sign)).refused) == [(2, "name_zh", "blank")]


@pytest.mark.parametrize("column", ["企业名称", "统一社会信用代码", "行业", "规模", "外资", "联系人", "联系电话"])
@pytest.mark.parametrize("sign", ["同上", "（同上）", "同上行", "〃", "Ditto"])
def test_a_cell_that_points_to_the_row_above_is_refused_with_what_to_write(store, column, sign):
    (refused,) = check(store, ONE, with_cell(TWO, column, sign)).refused
    assert (refused.row, refused.code) == (3, "as_above")
    assert "请把上一行的内容填到这一格" in refused.reason("zh")
    assert bring(store, with_cell(ONE, "联系人", "同上官")).written == 1  # a name that begins so


def test_a_mask_is_nobodys_name(store):
    (refused,) = check(store, with_cell(ONE, "联系人", "***")).refused
    assert (refused.field, refused.code) == ("contact", "contact_wrong")
    assert "没有就留空" in refused.reason("zh")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0575-88880001转801", "057588880001-801"),
        ("0575-88880001-801", "057588880001-801"),
        ("0575 88880001 ext. 12", "057588880001-12"),
        ("（0575）88880001分机6", "057588880001-6"),
        ("138-0000-5678", "13800005678"),
        ("13800005678转2", "13800005678-2"),
        ("0575-88880001*203", "057588880001-203"),
    ],
)
def test_an_extension_is_kept_behind_its_number(store, typed, kept):
    bring(store, with_cell(ONE, "联系电话", typed))
    assert register(store)[code_of(1)].contact_phone == kept
    assert [entry.kind for entry in check(store, with_cell(ONE, "联系电话", kept)).read] == ["same"]


def test_what_excel_put_before_a_text_is_no_part_of_it(store):
    guarded = with_cell(ONE, "统一社会信用代码", f'"=""{code_of(1)}"""')
    guarded = with_cell(guarded, "联系电话", "'057588880001")
    called = with_cell(ONE, "统一社会信用代码", f"统一社会信用代码：{code_of(1)}")
    assert [entry.kind for entry in check(store, called).read] == ["new"]
    bring(store, guarded, with_cell(TWO, "企业名称", "'远帆示范机电有限公司"))
    kept = register(store)
    assert kept[code_of(1)].contact_phone == "057588880001"
    assert kept[code_of(2)].name_zh == "远帆示范机电有限公司"


def test_a_code_or_a_telephone_that_excel_shortened_is_refused_with_how_to_mend_it(store):
    row = with_cell(with_cell(ONE, "统一社会信用代码", "9.13306E+17"), "联系电话", "1.38E+10")
    refused = check(store, row).refused
    assert codes(refused) == [(2, "uscc", "uscc_as_number"), (2, "phone", "phone_as_number")]
    assert all("设为文本" in found.reason("zh") for found in refused)
    rounded = with_cell(ONE, "统一社会信用代码", "913306030000000000")  # fifteen digits are all that Excel keeps
    assert codes(check(store, rounded).refused) == [(2, "uscc", "uscc_as_number")]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("13800005678/0575-88880001", "13800005678 / 057588880001"),
        ("13800005678、13900005678", "13800005678 / 13900005678"),
        ("13800005678；0575-88880001转801", "13800005678 / 057588880001-801"),
        ("13800005678 13900005678", "13800005678 / 13900005678"),
        ("0575-88880001/88880002", "057588880001 / 057588880002"),
        ("13800005678（王某）", "13800005678 (王某)"),
        ("0575-88880001(801)", "057588880001-801"),
        ("057588880001转分机801", "057588880001-801"),
        ("88880001", "88880001"),
        ("'057588880001", "057588880001"),
        ("手机13800005678 座机88880001", "手机13800005678 座机88880001"),
        ("联系电话：13800005678", "13800005678"),
        ("王总13800005678", "王总13800005678"),
        ("95588", "95588"),
        ('"13,800,005,678"', "13800005678"),
        ("13800005678.0", "13800005678"),
        ("0575-88880001/1/2", "0575-88880001/1/2"),
        ("0575-88880001转801或802", "0575-88880001转801或802"),
        ("0575-88880001总机", "0575-88880001总机"),
    ],
)
def test_telephones_of_a_cell_are_split_and_what_stands_in_brackets_stays(store, written, kept):
    bring(store, with_cell(ONE, "联系电话", written))
    assert register(store)[code_of(1)].contact_phone == kept
    assert [entry.kind for entry in check(store, with_cell(ONE, "联系电话", kept)).read] == ["same"]


@pytest.mark.parametrize("written", ["1380000567", "138****5678", "13800005678 33062119800101123X", "转801"])
def test_a_slip_and_a_mask_are_no_telephone(store, written):
    assert codes(check(store, with_cell(ONE, "联系电话", written)).refused) == [(2, "phone", "phone_wrong")]


def test_a_telephone_among_words_is_masked_too(store):
    bring(store, with_cell(ONE, "联系电话", "手机13800005678 座机88880001"))
    [listed] = store.read(lambda con: enterprises.find(con, ALL, EnterpriseFilter(), limit=25))
    assert not any(number in (listed.contact_phone or "") for number in ("13800005678", "88880001", "0000"))


def test_every_number_of_a_contact_is_masked(store):
    bring(store, with_cell(ONE, "联系电话", "13800005678/0575-88880001转801"), with_cell(TWO, "联系电话", "88880001"))
    listed = store.read(lambda con: enterprises.find(con, ALL, EnterpriseFilter(), limit=25))
    shown = {e.uscc: e.contact_phone for e in listed}
    assert shown == {code_of(1): "138****5678 / 0575****0001-801", code_of(2): "****"}


@pytest.mark.parametrize("written", ['="{}"', "'{}", "‘{}’", '"{}"', "`{}"])
def test_what_guards_a_code_from_being_a_number_is_no_part_of_it_in_a_workbook_either(store, written):
    cells = ONE.split(",")
    cells[2] = written.format(code_of(1))
    file = Upload("名录.xlsx", to_workbook([("名录", HEAD.split(","), [cells], "")]))
    outcome = import_enterprises(store, actor=CLERK, upload=file, at=AT)
    assert (outcome.refused, set(register(store))) == ((), {code_of(1)})


def test_a_shortened_code_is_quoted_in_the_reason(store):
    refused = check(store, with_cell(ONE, "统一社会信用代码", "9.13306E+17")).refused
    assert all("9.13306E+17" in refused[0].reason(language) for language in ("zh", "en"))


@pytest.mark.parametrize("row", [ONE, with_cell(with_cell(ONE, "服务员", "无"), "联系人", "无")])
def test_a_file_whose_first_row_is_data_is_told_that_its_headings_are_missing(store, row):
    refused = check(store, TWO, head=row).refused
    assert codes(refused) == [(0, "file", "file_no_headings")]
    assert "第 1 行" in refused[0].reason("zh") and "Row 1" in refused[0].reason("en")


def test_headings_as_other_offices_write_them(store):
    head = "企业名称,英文名称,统一社会信用代码（18位）,所属行业,所在镇街,企业规模,外资,服务员,企业联系人,联系方式"
    assert [entry.kind for entry in check(store, ONE, head=head).read] == ["new"]


def test_headings_that_a_list_repeats_on_each_page_are_no_row(store):
    outcome = bring(store, ONE, HEAD, TWO, HEAD)
    assert (outcome.written, codes(outcome.refused)) == (2, [])


def test_the_good_rows_alone_are_taken_and_the_others_come_back_with_their_reasons(store):
    bad, again = with_cell(with_cell(ONE, "镇街", "月球"), "规模", "巨型"), TWO.replace("远帆", "远航")
    file = upload(bad, TWO, again)
    outcome = import_enterprises(store, actor=CLERK, upload=file, at=AT, take_good=True)
    assert (outcome.written, {one.row for one in outcome.refused}) == (1, {2, 4})
    assert [one.name_zh for one in register(store).values()] == ["远帆示范机电有限公司"]
    (event,) = [one for one in store.read(lambda con: sql.rows(con, "SELECT * FROM event WHERE kind = 'import'"))]
    assert json.loads(event["detail"])["refusals"] == 3

    back = refused_enterprises(store, actor=CLERK, upload=file, at=AT, language="zh").decode("utf-8-sig")
    head, first, second = csv.reader(io.StringIO(back))
    assert head == [*HEAD.split(","), "未导入的原因"]
    assert first[:-1] == bad.split(",") and "月球" in first[-1] and "巨型" in first[-1]
    assert second[0] == "远航示范机电有限公司" and "第 3 行" in second[-1]


def test_more_refused_rows_than_are_listed_all_come_back(store):
    rows = [with_cell(ONE, "企业名称", f"示范{n}").replace(code_of(1), "12345") for n in range(130)]
    back = refused_enterprises(store, actor=CLERK, upload=upload(*rows), at=AT, language="en").decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(back))][1:] == [f"示范{n}" for n in range(130)]


def test_more_rows_with_a_code_of_another_row_than_are_listed_all_come_back(store):
    rows = [with_cell(ONE, "企业名称", f"示范{n}") for n in range(130)]
    back = refused_enterprises(store, actor=CLERK, upload=upload(*rows), at=AT, language="en").decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(back))][1:] == [f"示范{n}" for n in range(1, 130)]


def test_a_file_without_a_good_row_writes_nothing(store):
    file = upload(with_cell(ONE, "镇街", "月球"))
    assert import_enterprises(store, actor=CLERK, upload=file, at=AT, take_good=True).written is None
    assert register(store) == {}


TWO_ROWS = {
    "one spans": ("企业名称,统一社会信用代码,行业,镇街,规模,联系人,", ",,,,,姓名,电话"),
    "all span": ("企业,,,,,联系人,", "名称,统一社会信用代码,行业,镇街,规模,姓名,电话"),
    "groups": ("基本信息,,,,,联系方式,", "企业名称,统一社会信用代码,所属行业,所在镇街,企业规模,联系人,联系电话"),
    "two people": ("企业名称,统一社会信用代码,行业,镇街,规模,联系人,,法定代表人,", ",,,,,姓名,电话,姓名,电话"),
    "English": ("Enterprise,,,,,Contact,", "name,uscc,sector,town,size,name,phone"),
}
THREE_ROWS = {
    "spanned within spanned": (
        "企业名称,统一社会信用代码,分类,,,联系信息,",
        ",,,,,联系人,",
        ",,行业,镇街,规模,姓名,电话",
    ),
    "groups of groups": (
        "基本信息,,,,,联系信息,",
        "企业,,分类,,,联系人,",
        "企业名称,统一社会信用代码,行业,镇街,规模,姓名,电话",
    ),
    "two people": (
        "企业名称,统一社会信用代码,行业,镇街,规模,人员,,,",
        ",,,,,联系人,,法定代表人,",
        ",,,,,姓名,电话,姓名,电话",
    ),
}
ROW = f"云锦示范纺织有限公司,{code_of(1)},C17,柯桥,中型,示例联系人,13800005678"


@pytest.mark.parametrize("name", TWO_ROWS)
@pytest.mark.parametrize("title", [(), ("柯桥区企业名录",)])
def test_headings_on_two_rows_are_read_together(store, name, title):
    upper, lower = TWO_ROWS[name]
    file = upload(lower, ROW + ("" if name != "two people" else ",王示例,13900005678"), head="\n".join([*title, upper]))
    outcome = import_enterprises(store, actor=CLERK, upload=file, at=AT)
    assert (codes(outcome.refused), outcome.written) == ([], 1)
    firm = register(store)[code_of(1)]
    assert (firm.contact_name, firm.contact_phone, firm.size) == ("示例联系人", "13800005678", "medium")
    ignored = [one.facts["column"] for one in outcome.warnings]
    assert ignored == (["法定代表人 姓名", "法定代表人 电话"] if name == "two people" else [])


@pytest.mark.parametrize("name", THREE_ROWS)
@pytest.mark.parametrize("title", [(), ("柯桥区企业名录",)])
def test_headings_on_three_rows_are_read_together(store, name, title):
    *upper, lower = THREE_ROWS[name]
    file = upload(
        lower, ROW + ("" if name != "two people" else ",王示例,13900005678"), head="\n".join([*title, *upper])
    )
    outcome = import_enterprises(store, actor=CLERK, upload=file, at=AT)
    assert (codes(outcome.refused), outcome.written) == ([], 1)
    firm = register(store)[code_of(1)]
    assert (firm.contact_name, firm.contact_phone, firm.size) == ("示例联系人", "13800005678", "medium")


def under_merged(merged, last, *rows):
    """A workbook whose headings are merged over several rows, the contact's own in row `last`."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        page = book.add_worksheet()
        for place, words in [("A1:G1", "企业名录"), *merged]:
            page.merge_range(place, words)
        page.write_row(f"F{last}", ["姓名", "电话"])
        for n, row in enumerate(rows, start=last):
            page.write_row(n, 0, row.split(","))
    return Upload("名录.xlsx", made.getvalue())


def test_merged_headings_over_three_rows_are_read(store):
    merged = [("A2:A4", "企业名称"), ("B2:B4", "统一社会信用代码"), ("C2:E2", "分类"), ("C3:C4", "行业"),
              ("D3:D4", "镇街"), ("E3:E4", "规模"), ("F2:G2", "联系信息"), ("F3:G3", "联系人")]  # fmt: skip
    outcome = import_enterprises(store, actor=CLERK, upload=under_merged(merged, 4, ROW), at=AT)
    assert (codes(outcome.refused), outcome.written) == ([], 1)
    assert register(store)[code_of(1)].contact_name == "示例联系人"


def test_merged_headings_over_two_rows_are_read_and_refused_rows_come_back_under_them_and_are_read_again(store):
    merged = [("A2:A3", "企业名称"), ("B2:B3", "统一社会信用代码"), ("C2:C3", "行业"), ("D2:D3", "镇街"),
              ("E2:E3", "规模"), ("F2:G2", "联系人")]  # fmt: skip
    file = under_merged(merged, 3, ROW, with_code(2), with_code(3).replace("中型", "巨型"))
    outcome = import_enterprises(store, actor=CLERK, upload=file, at=AT, take_good=True)
    assert (codes(outcome.refused), outcome.written) == ([(6, "size", "size_unknown")], 2)
    back = refused_enterprises(store, actor=CLERK, upload=file, at=AT, language="zh")
    sheet = openpyxl.load_workbook(io.BytesIO(back)).worksheets[0]
    title, upper, lower, row = sheet.iter_rows(values_only=True)
    assert title[0] and upper[5:] == ("联系人", None, "未导入的原因") and lower[5:] == ("姓名", "电话", None)
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A1:G1", *(one for one, _ in merged)}
    assert row[4] == "巨型"
    again = check_enterprises(store, actor=CLERK, upload=Upload("退回.xlsx", back), at=AT)
    assert codes(again.refused) == [(4, "size", "size_unknown")]
    sheet["E4"] = "中型"
    mended = io.BytesIO()
    there(sheet.parent).save(mended)
    whole = import_enterprises(store, actor=CLERK, upload=Upload("退回.xlsx", mended.getvalue()), at=AT)
    assert (whole.refused, whole.written) == ((), 1)


def with_code(n: int) -> str:
    return ROW.replace(code_of(1), code_of(n))


@pytest.mark.parametrize(
    "notes",
    ["（必填）,（18位）,（代码或名称）,（必填）,（大中小微）,（选填）,（选填）", "甲,乙,1,2,3,4,5", "1,2,3,4,5,6,7",
     "必填,18位,必填,必填,下拉选择,选填,选填", "填表说明：每户一行,,,,,,",
     "示例：某某公司,如9133…,如C17,如柯桥街道,如小型,请填姓名,填手机或座机"],
)  # fmt: skip
def test_a_row_of_notes_under_the_headings_is_told_and_is_no_enterprise(store, notes):
    head = "企业名称,统一社会信用代码,行业,镇街,规模,联系人,联系电话"
    outcome = import_enterprises(store, actor=CLERK, upload=upload(notes, ROW, head=head), at=AT)
    assert (codes(outcome.refused), codes(outcome.warnings), outcome.written) == ([], [(2, "row", "row_of_notes")], 1)


def test_a_row_of_data_under_the_headings_is_no_heading_and_no_note(store):
    head = "企业名称,统一社会信用代码,行业,镇街,规模,联系人,"
    wrong = ",,,,,如示例,138"
    assert (2, "name_zh", "blank") in codes(check(store, wrong, ROW, head=head).refused)
    alone = "如东示范公司,,,,,,"
    assert (2, "uscc", "blank") in codes(check(store, alone, head=head).refused)
