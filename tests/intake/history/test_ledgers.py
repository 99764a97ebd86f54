"""Old ledgers come in with their true days, states and closers, once; nobody is told and no clock begins anew."""

import io
import subprocess
import sys
from datetime import date

import pytest

from access import admin
from access.own_password import set_password
from casework.documents.exports import to_workbook
from db import events, references, sql
from db.cases import cases
from db.cases.cases import CaseFilters
from db.figures.figures import EVERYTHING
from db.figures.stood import Asked
from db.forums import forums
from db.people import accounts
from db.refused import Refused
from db.scope import ALL
from db.system import erasure, integrity, rebuild
from insight.cases.facts import read_days
from intake.__main__ import main
from intake.files.upload import Upload
from intake.history.importing import LEDGERS, check_ledger, import_ledger, ledger_template, refused_of_ledger
from intake.history.reading import Lists, number
from intake.history.sheets.every import SHEETS
from tests.conftest import NOON, make_enterprise, url_of
from tests.paths import ROOT
from tests.there import there

HEAD = ["编号", "企业名称", "标题", "类别", "提出日期", "受理日期", "交办日期", "牵头部门", "答复日期", "答复方式",
        "承诺日期", "兑现日期", "销号日期", "销号人", "满意度"]  # fmt: skip


def rows_of(people, *changes):
    """A ledger's rows, each a closed case but for its changes."""
    whole = ["A-1", people.firm.name_zh, "园区夜间停电", "水电气热与能耗", "2021-03-01", "2021-03-02", "2021年3月3日",
             "economy_it", "2021/3/9", "已解决", "", "", "2021-03-12", "企业", "满意"]  # fmt: skip
    made = []
    for n, change in enumerate(changes or ({},), start=1):
        row = dict(zip(HEAD, whole, strict=True)) | {"编号": f"A-{n}"} | change
        made.append([row[name] for name in HEAD])
    return made


def book(head, rows, name="旧台账.xlsx"):
    return Upload(name, to_workbook([("台账", head, rows, "")]))


def bring(store, people, ledger, upload, **how):
    return import_ledger(store, ledger, actor=people.staff, upload=upload, at=NOON, **how)


OPEN = dict.fromkeys(("答复日期", "答复方式", "销号日期", "销号人", "满意度"), "")


def facts_on(store, day):
    return store.read(lambda con: read_days(con, Asked(ALL, EVERYTHING, day)))[0].counts


def test_old_cases_stand_on_past_days_as_they_were_and_nobody_is_told(store, people):
    promised = dict.fromkeys(("销号日期", "销号人", "满意度"), "") | {"答复方式": "承诺", "承诺日期": "2021-06-30"}
    upload = book(HEAD, rows_of(people, {}, OPEN, {"销号人": "专班", "满意度": ""}, promised))
    checked = check_ledger(store, "cases", actor=people.staff, upload=upload, at=NOON)
    assert (checked.refused, [row.kind for row in checked.read]) == ((), ["new"] * 4)
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM cases")) == 0
    assert bring(store, people, "cases", upload).written == 4
    found = store.read(lambda con: cases.find(con, ALL, CaseFilters(date(2021, 4, 1)), sort="oldest")).rows
    assert [case.state for case in found] == ["closed", "dispatched", "closed", "committed"]
    assert [case.number for case in found] == [f"2021-000{n}" for n in range(1, 5)]
    assert found[1].due_on == date(2021, 3, 12), "seven working days from the true dispatch"
    assert (found[3].due_on, found[3].promised_on) == (date(2021, 6, 30), date(2021, 6, 30))
    counted = [facts_on(store, date(2021, 3, day)) for day in (1, 5, 9, 12)]
    assert [(c["issues"], c["accepted"], c["settled"]) for c in counted] == [(4, 0, 0), (4, 4, 0), (4, 4, 2), (4, 4, 2)]
    assert facts_on(store, date(2021, 2, 28))["issues"] == 0
    assert counted[3]["satisfaction_top2"] == (1, 1), "who was no enterprise has not judged"
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM outbox")) == 0
    closers = [store.read(lambda con, c=c: cases.history(con, ALL, c.id))[-1] for c in (found[0], found[2])]
    assert [(one.kind, one.actor_role) for one in closers] == [("close", "enterprise"), ("strike_off", "staff")]
    assert store.read(lambda con: cases.find(con, ALL, CaseFilters(NOON.date(), text="A-2"), sort="due")).total == 1
    assert store.read(rebuild.compare).differing == 0 and store.read(integrity.verify) == []


def test_a_ledger_with_headings_on_two_rows_and_a_row_of_notes_is_what_it_is_with_one(store, people):
    upper = [*HEAD[:4], "提出日期", "受理日期", "交办", "", "答复", "", "承诺日期", "兑现日期", "销号", "", ""]
    lower = [*[""] * 6, "日期", "牵头部门", "日期", "方式", "", "", "日期", "人", "满意度"]
    notes = ["（必填）", "（全称）", *["（选填）"] * 13]
    rows = rows_of(people, {}, OPEN)
    two = check_ledger(store, "cases", actor=people.staff, upload=book(upper, [lower, notes, *rows]), at=NOON)
    one = check_ledger(store, "cases", actor=people.staff, upload=book(HEAD, rows), at=NOON)
    assert two.refused == one.refused == () and one.warnings == ()
    assert [row.values for row in two.read] == [row.values for row in one.read]
    assert [(found.row, found.code) for found in two.warnings] == [(3, "row_of_notes")]


def test_the_same_ledger_a_second_time_writes_nothing_and_only_what_is_new_is_added(store, people):
    bring(store, people, "cases", book(HEAD, rows_of(people)))
    longer = book(HEAD, rows_of(people, {"标题": "另一个标题"}, {}))
    checked = check_ledger(store, "cases", actor=people.staff, upload=longer, at=NOON)
    assert [row.kind for row in checked.read] == ["same", "new"]
    bring(store, people, "cases", longer)
    titles = store.read(lambda con: sql.column(con, "SELECT title FROM cases ORDER BY number"))
    assert titles == ["园区夜间停电", "园区夜间停电"]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"企业名称": "没有这家"}, "enterprise", "old_enterprise_unknown"),
        ({"类别": "没有"}, "category", "old_category_unknown"),
        ({"牵头部门": "区某局"}, "lead", "old_body_unknown"),
        ({"答复日期": "2021-03-01"}, "answered", "old_days_turned"),
        ({"提出日期": "去年"}, "submitted", "old_day"),
        ({"提出日期": "2099-01-01"}, "submitted", "old_day_ahead"),
        ({"销号人": ""}, "closer", "old_step_missing"),
        ({"销号人": "专班"}, "rating", "old_rating"),
        ({"答复方式": "承诺"}, "promised", "old_promise"),
        ({"标题": ""}, "title", "blank"),
        ({"编号": "A-1"}, "old_number", "row_again"),
    ],
)
def test_what_cannot_have_been_is_refused_and_the_rest_may_be_taken(store, people, change, field, code):
    upload = book(HEAD, rows_of(people, {}, change))
    outcome = bring(store, people, "cases", upload)
    assert [(one.row, one.field, one.code) for one in outcome.refused] == [(3, field, code)]
    assert outcome.written is None and store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM cases")) == 0
    assert bring(store, people, "cases", upload, take_good=True).written == 1
    back = refused_of_ledger(store, "cases", actor=people.staff, upload=upload, at=NOON, language="zh")
    again = check_ledger(store, "cases", actor=people.staff, upload=Upload("x.xlsx", back), at=NOON)
    assert len(again.refused) == (0 if code == "row_again" else 1)


def test_forums_attendance_and_policies_come_in_once_under_their_numbers(store, people):
    firm = people.firm.name_zh
    held = book(["场次", "主题", "举办日期", "地点", "形式", "主持班子", "主持人职务"],
                [[1, "纺织印染", "2018-12-20", "区行政中心", "多对多", "区委", "区委书记"],
                 ["第2场", "对外贸易", "2019-01-18", "区行政中心", "多对一", "district_committee", "区委书记"],
                 ])  # fmt: skip
    came = book(["场次", "人员类别", "姓名", "单位", "职务"],
                [[1, "企业家", "甲示例", firm, "总经理"], [2, "企业家", "甲示例", firm, "总经理"],
                 [2, "企业家", "乙示例", "外地企业", ""]])  # fmt: skip
    issued = book(
        ["文号", "标题", "发文部门", "印发日期"], [["区政〔2021〕3号", "技改意见", "economy_it", "2021-06-01"]]
    )
    refused = bring(store, people, "attendance", came).refused
    assert {one.code for one in refused} == {"forum_unknown"}
    for _ in range(2):
        for name, upload, n in (("forums", held, 2), ("attendance", came, 3), ("policies", issued, 1)):
            outcome = bring(store, people, name, upload)
            assert (outcome.refused, outcome.written) == ((), n), name
    count = "SELECT (SELECT count(*) FROM forum), (SELECT count(*) FROM attendance), (SELECT count(*) FROM policy)"
    assert store.read(lambda con: con.execute(count).fetchall()) == [(2, 3, 1)]
    assert store.read(lambda con: forums.known_as(con, ["甲示例"]))[0].forums == 2, "the same person at both"
    day = read_days_of(store, date(2019, 1, 1))
    assert (len(day.forums), day.attendance["entrepreneurs"]) == (1, 1)
    linked = book([*HEAD, "场次"], [[*rows_of(people)[0], 2]])
    bring(store, people, "cases", linked)
    assert store.read(lambda con: sql.scalar(con, "SELECT count(*) FROM cases WHERE forum_id IS NOT NULL")) == 1
    assert store.read(integrity.verify) == []


@pytest.mark.parametrize("sign", ["—", "无", "/", "N/A"])
def test_a_sign_for_nothing_in_an_optional_column_of_a_ledger_is_nothing_and_in_a_needed_one_no_word(
    store, people, sign
):
    made = rows_of(people, dict.fromkeys(HEAD[5:], sign), {"类别": sign})
    outcome = bring(store, people, "cases", book(HEAD, made))
    assert [(one.row, one.field) for one in outcome.refused] == [(3, "category")]


@pytest.mark.parametrize(
    ("written", "n"),
    [("第12场", 12), ("第一期", 1), ("二十一", 21), ("十", 10), ("⑫", 12), ("十二次", 12), ("百", None), ("场", None)],
)
def test_a_forums_number_is_read_in_figures_and_in_words(written, n):
    try:
        read = number(written, Lists({}, date(2024, 3, 1)))
    except Refused as refusal:
        assert (n, refusal.code) == (None, "not_a_number")
    else:
        assert read == n


def read_days_of(store, day):
    return store.read(lambda con: read_days(con, Asked(ALL, EVERYTHING, day)))[0]


def who_brings(people, ledger):
    return people.staff if people.staff.may(LEDGERS[ledger].permission) else people.admin


@pytest.mark.parametrize("ledger", LEDGERS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_has_every_heading_that_is_read_and_a_row(store, people, ledger, language):
    made = store.read(lambda con: ledger_template(con, language, ledger=ledger))
    who = who_brings(people, ledger)
    found = check_ledger(store, ledger, actor=who, upload=Upload("x.xlsx", made), at=NOON)
    assert [one for one in (*found.refused, *found.warnings) if one.row <= 1] == []
    assert io.BytesIO(made).read(2) == b"PK"


def test_only_those_who_may_bring_ledgers_in(store, people):
    for who in (people.officer, people.department, people.leader, people.enterprise):
        with pytest.raises(Refused):
            check_ledger(store, "cases", actor=who, upload=book(HEAD, rows_of(people)), at=NOON)


def test_the_command_line_checks_brings_in_and_writes_templates(store, people, tmp_path, monkeypatch, capsys):
    url = url_of(store.path)
    file = tmp_path / "旧台账.xlsx"
    file.write_bytes(book(HEAD, rows_of(people)).content)
    store.close()
    monkeypatch.setenv("STORE_URL", url)
    assert main(["import", "cases", str(file), "--check"]) == 0 and main(["import", "cases", str(file)]) == 0
    assert '"change": "new"' in capsys.readouterr().out
    assert main(["template", "cases", str(tmp_path / "t.xlsx"), "--language", "zh"]) == 0
    assert (tmp_path / "t.xlsx").stat().st_size > 1000


def test_what_the_store_refuses_comes_back_too_and_a_comma_in_a_cell_parts_nothing(store, people):
    held = book(["场次", "主题", "举办日期", "地点", "形式", "主持班子", "主持人职务"],
                [[1, "纺织印染", "2018-12-20", "区行政中心", "多对多", "区委", "区委书记"]])  # fmt: skip
    bring(store, people, "forums", held)
    came = book(["场次", "人员类别", "姓名", "单位", "国别", "职务"],
                [[1, "企业家", "甲示例", people.firm.name_zh, "中国", "总经理, 董事"],
                 [1, "企业家", "乙示例", "外地企业, 一厂", "没有这国", "总经理"],
                 [7, "企业家", "丙示例", people.firm.name_zh, "中国", "总经理"]])  # fmt: skip
    back = refused_of_ledger(store, "attendance", actor=people.staff, upload=came, at=NOON, language="zh")
    again = check_ledger(store, "attendance", actor=people.staff, upload=Upload("x.xlsx", back), at=NOON)
    assert [one.code for one in again.refused] == ["person_country", "forum_unknown"] and again.read == ()
    assert bring(store, people, "attendance", came, take_good=True).written == 1
    assert store.read(lambda con: sql.column(con, "SELECT office FROM attendance")) == ["总经理, 董事"]


OFFICERS = ["账号", "姓名", "角色", "所属部门", "镇街", "企业名称"]


def test_a_districts_accounts_come_from_a_file_once_and_each_sets_a_password_by_a_link_that_works_once(store, people):
    upload = book(OFFICERS, [["li.si", "李示例", "驻企服务员", "", "", ""], 
                             ["wang.wu", "王示例", "承办部门", "区税务局", "", ""],
                             ["firm.a", "企业甲", "企业", "", "", people.firm.name_zh],
                             ["zhen", "镇示例", "镇街", "", "330603001", ""]])  # fmt: skip
    for _ in range(2):
        outcome = import_ledger(store, "accounts", actor=people.admin, upload=upload, at=NOON)
        assert (outcome.refused, outcome.written) == ((), 4)
    logins = ("wang.wu", "firm.a", "zhen")
    by_login = {one: there(store.read(lambda con, one=one: accounts.by_login(con, one))) for one in logins}
    assert (by_login["wang.wu"].body_code, by_login["zhen"].town_code) == ("tax", "330603001")
    assert by_login["firm.a"].enterprise_id == people.firm.id and by_login["firm.a"].password_hash is None
    (one,) = admin.account_imports(store, actor=people.admin)
    first = admin.first_links(store, actor=people.admin, import_id=one.id, at=NOON)
    again = admin.first_links(store, actor=people.admin, import_id=one.id, at=NOON)
    second = {account.login: token for account, token in again}
    assert len(first) == len(second) == one.n == 4
    chosen = {"new": "correct horse 1", "again": "correct horse 1", "address": "", "at": NOON}
    with pytest.raises(Refused, match="reset_unknown"):
        set_password(store, token=first[0][1], **chosen)
    set_password(store, token=second["zhen"], **chosen)
    assert [one.n for one in admin.account_imports(store, actor=people.admin)] == [3]
    assert "zhen" not in [a.login for a, _ in admin.first_links(store, actor=people.admin, import_id=one.id, at=NOON)]
    assert store.read(integrity.verify) == []


def test_logins_that_differ_by_case_alone_are_one_account(store, people):
    logins = (people.accounts.staff.login.upper(), "li.si", "Li.Si")
    rows = [[login, "李示例", "驻企服务员", "", "", ""] for login in logins]
    found = check_ledger(store, "accounts", actor=people.admin, upload=book(OFFICERS, rows), at=NOON)
    assert [one.row for one in found.refused] == [4] and len(found.read) == 2
    import_ledger(store, "accounts", actor=people.admin, upload=book(OFFICERS, rows[:2]), at=NOON)
    same = {"login": people.accounts.staff.login}
    assert store.read(lambda con: sql.column(con, "SELECT login FROM account WHERE lower(login) = $login", same)) == [
        same["login"]
    ]


def test_the_command_line_brings_in_accounts_and_lists_and_gives_back_what_is_wrong(tmp_path, monkeypatch):
    monkeypatch.setenv("STORE_URL", f"duckdb:{tmp_path}/store.duckdb")
    towns, back = tmp_path / "towns.csv", tmp_path / "back.csv"
    towns.write_text("代码,中文名称,英文名称,类型\n110101120,示例镇,Shili Town,town\n,无码镇,No Code,town\n")
    assert main(["import", "towns", str(towns), "--take-good", str(back)]) == 1
    officers = tmp_path / "officers.csv"
    officers.write_text("账号,姓名,角色,镇街\nzhen,镇示例,镇街,示例镇\n")
    assert main(["import", "accounts", str(officers)]) == 0
    assert "无码镇" in back.read_text("utf-8-sig") and "示例镇" not in back.read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        (["x y", "李示例", "驻企服务员", "", "", ""], "login", "login_invalid"),
        (["li.si", "李示例", "承办部门", "", "", ""], "own_body", "place_missing"),
        (["li.si", "李示例", "皇帝", "", "", ""], "role", "old_word_unknown"),
        (["li.si", "李示例", "镇街", "", "某某镇", ""], "town", "old_town_unknown"),
        (["li.si", "", "镇街", "", "330603001", ""], "account_name", "blank"),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_its_row(store, people, row, field, code):
    outcome = import_ledger(store, "accounts", actor=people.admin, upload=book(OFFICERS, [row]), at=NOON)
    assert [(one.row, one.field, one.code) for one in outcome.refused] == [(2, field, code)] and not outcome.written


def test_bodies_and_towns_come_from_files_and_what_is_there_stays(store, people):
    heads = ["代码", "中文名称", "英文名称", "类型"]
    for ledger, rows, name in (
        ("bodies", [["heritage", "区文保所", "Heritage Office", "部门"], ["tax", "别的名字", "Other", "部门"]], "body"),
        ("towns", [["330603999", "示例镇", "Shili Town", "镇"], ["330603001", "别的名字", "Other", "街道"]], "town"),
    ):
        before = {item.code: item for item in store.read(lambda con, of=name: references.items(con, of))}
        for _ in range(2):
            assert import_ledger(store, ledger, actor=people.admin, upload=book(heads, rows), at=NOON).written == 2
        after = {item.code: item for item in store.read(lambda con, of=name: references.items(con, of))}
        new = after.pop(rows[0][0])
        assert after == before and (new.name_zh, new.name_en) == (rows[0][1], rows[0][2])


def test_only_an_administrator_brings_accounts_and_lists_in(store, people):
    for ledger in ("accounts", "bodies", "towns"):
        for who in (people.staff, people.leader, people.department):
            with pytest.raises(Refused, match="forbidden"):
                check_ledger(store, ledger, actor=who, upload=book(OFFICERS, []), at=NOON)


def test_a_name_that_a_list_does_not_take_is_told_with_its_row_and_an_erased_account_does_not_come_again(store, people):
    row = ["heritage", "区文保所", "x" * 81, "部门"]
    upload = book(["代码", "中文名称", "英文名称", "类型"], [row])
    (one,) = import_ledger(store, "bodies", actor=people.admin, upload=upload, at=NOON).refused
    assert (one.row, one.field, one.code) == (2, "list_name_en", "too_long")
    officer = book(OFFICERS, [["li.si", "李示例", "驻企服务员", "", "", ""]])
    import_ledger(store, "accounts", actor=people.admin, upload=officer, at=NOON)
    whose = store.read(lambda con: erasure.of_account(con, "li.si"))
    asked = {"reason": "要求", "actor_id": "a", "role": "admin", "at": NOON}
    store.rewrite(lambda con: erasure.erase(con, whose, **asked))
    (row,) = check_ledger(store, "accounts", actor=people.admin, upload=officer, at=NOON).read
    assert row.kind == "same"


def test_links_are_made_by_who_may_now_and_for_those_alone_who_never_had_a_password(store, people):
    officers = [["li.si", "李示例", "驻企服务员", "", "", ""], ["wang.wu", "王示例", "驻企服务员", "", "", ""]]
    import_ledger(store, "accounts", actor=people.admin, upload=book(OFFICERS, officers), at=NOON)
    (one,) = admin.account_imports(store, actor=people.admin)
    account = there(store.read(lambda con: accounts.by_login(con, "li.si")))
    admin.reset_password(store, actor=people.admin, account_id=account.id, seen=1, at=NOON)
    made = admin.first_links(store, actor=people.admin, import_id=one.id, at=NOON)
    assert [account.login for account, _ in made] == ["wang.wu"]
    last = store.read(lambda con: events.of_subject(con, one.id))[-1]
    assert (last["kind"], len(last["detail"]["accounts"])) == ("first_links", 1)
    gone = {"id": people.admin.id}
    store.write(lambda con: sql.run(con, "UPDATE account SET active = FALSE WHERE id = $id", gone))
    with pytest.raises(Refused, match="forbidden"):
        admin.first_links(store, actor=people.admin, import_id=one.id, at=NOON)


ONE_FIRM = {"enterprise": "示例纺织有限公司", "uscc": None}
OWN = {
    "cases": lambda n: ONE_FIRM | {"old_number": f"2021-{n}", "forum": None},
    "12345": lambda n: ONE_FIRM | {"order_number": f"KQ20231128{n:04}"},
    "forums": lambda n: {"forum": n},
    "policies": lambda n: {"old_number": f"区政〔2021〕{n}号"},
    "accounts": lambda n: {"login": f"zhang.{n}"},
    "bodies": lambda n: {"list_code": f"bureau_{n}"},
    "towns": lambda n: {"list_code": f"330799{n:03}"},
}


def template_rows(ledger, numbers):
    """The template's row again and again, each under a number of its own; the headings first."""
    columns = SHEETS[ledger].columns
    rows = [{name: column.example for name, column in columns.items()} | OWN[ledger](n) for n in numbers]
    return book([column.words[0] for column in columns.values()], [list(row.values()) for row in rows])


@pytest.mark.parametrize("ledger", OWN)
def test_a_ledger_is_written_together_however_many_rows_it_has(store, people, monkeypatch, ledger):
    written, insert = list[str](), sql.insert_many
    make_enterprise(store, name_zh=ONE_FIRM["enterprise"])
    who = who_brings(people, ledger)

    def counted(con, table, records):
        written.append(table)
        insert(con, table, records)

    monkeypatch.setattr(sql, "insert_many", counted)
    taken = []
    for numbers in (range(1, 4), range(100, 140)):
        written.clear()
        upload = template_rows(ledger, numbers)
        done = import_ledger(store, ledger, actor=who, upload=upload, at=NOON)
        assert (done.refused, done.written) == ((), len(numbers))
        taken.append(sorted(written))
    assert taken[0] == taken[1]
    assert store.read(integrity.verify) == []


def test_the_process_that_reads_a_file_loads_no_database_and_nothing_of_what_is_done_with_the_rows():
    loads = "import sys, intake.history.sheets.every; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", loads], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(said.stdout.split())
    assert "intake.history.sheets.orders" in loaded
    assert loaded.isdisjoint({"duckdb", "pandas", "numpy", "sklearn", "streamlit", "cryptography",
                              "casework.cases.act", "intake.history.importing"})  # fmt: skip
