"""Beneficiaries of a policy: a list comes in whole or not at all, and each enterprise counts once."""

import os
import signal
import subprocess
import sys
from datetime import date, datetime

import pytest
from stdnum.cn import uscc

from casework.documents.exports import to_workbook
from casework.policies import PolicyForm, add_policy
from db import demo, events, policies, sql
from db.refused import Refused
from db.scope import ALL
from db.store import open_store
from intake.__main__ import OPERATOR, main
from intake.beneficiaries import beneficiaries_template, check_beneficiaries, import_beneficiaries
from intake.files.upload import Upload
from tests.conftest import make_enterprise
from tests.paths import ROOT

AT = datetime(2023, 12, 1, 4, 0)
HEAD = "统一社会信用代码,受益日期"


def code_of(n: int) -> str:
    """A valid credit code, fictitious."""
    body = f"91330603MA{n:07d}"
    return body + uscc.calc_check_digit(body)


@pytest.fixture
def policy(store, people):
    form = PolicyForm("用电保障办法", "Securing power", "economy_it", date(2023, 1, 10))
    return add_policy(store, actor=people.staff, policy_id="p1", form=form, at=AT)


def upload(*rows: str, head: str = HEAD, encoding: str = "gb18030") -> Upload:
    return Upload("受益企业.csv", "\n".join([head, *rows]).encode(encoding))


def listed(store) -> dict[str, date]:
    rows = store.read(lambda con: sql.rows(con, "SELECT uscc, benefited_on FROM policy_beneficiary"))
    assert len(rows) == len({row["uscc"] for row in rows})
    return {row["uscc"]: row["benefited_on"] for row in rows}


def codes(findings):
    return [(found.row, found.field, found.code) for found in findings]


def test_a_list_in_gb18030_comes_in_and_each_enterprise_counts_once(store, people, policy):
    known = make_enterprise(store, uscc=code_of(1), name_zh="云锦甲")
    rows = [f"{code_of(1)},2023-05-01", f"{code_of(2)},2023年6月1日", f" {code_of(1).lower()} ,2023-03-01"]
    outcome = import_beneficiaries(store, actor=people.staff, policy_id="p1", upload=upload(*rows), at=AT)
    assert (outcome.written, [entry.kind for entry in outcome.read]) == (2, ["new", "new"])
    assert outcome.read[0].name_zh == known.name_zh
    assert codes(outcome.warnings) == [(4, "uscc", "beneficiary_again")]
    assert listed(store) == {code_of(1): date(2023, 3, 1), code_of(2): date(2023, 6, 1)}
    assert store.read(lambda con: policies.registered_beneficiaries(con, ALL, "p1")) == 1


def test_the_next_list_adds_only_those_who_are_new(store, people, policy):
    for rows in ([1, 2, 3], [2, 3, 4]):
        content = upload(*(f"{code_of(n)},2023-05-0{n}" for n in rows))
        outcome = import_beneficiaries(store, actor=people.staff, policy_id="p1", upload=content, at=AT)
    assert (outcome.written, [entry.kind for entry in outcome.read]) == (1, ["same", "same", "new"])
    assert len(listed(store)) == 4
    reach = store.read(policies.reach)
    assert (reach.enterprises, reach.benefits) == (4, 4)
    assert store.read(lambda con: policies.beneficiaries_by_year(con, "p1")) == [(2023, 4)]


def test_a_workbook_and_english_headings_do_as_well(store, people, policy):
    book = to_workbook([("Data", ["USCC", "Date of benefit"], [[code_of(7), "2023-08-09"]], "")])
    outcome = check_beneficiaries(store, actor=people.staff, policy_id="p1", upload=Upload("x.xlsx", book), at=AT)
    assert [(entry.uscc, entry.benefited_on) for entry in outcome.read] == [(code_of(7), date(2023, 8, 9))]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_is_understood_but_for_its_example(store, people, policy, language):
    book = store.read(lambda con: beneficiaries_template(con, language))
    outcome = check_beneficiaries(store, actor=people.staff, policy_id="p1", upload=Upload("t.xlsx", book), at=AT)
    assert codes(outcome.refused) == [(2, "uscc", "example_row")]


def test_without_a_date_the_day_of_the_import_is_taken_and_said(store, people, policy):
    content = upload(code_of(1), code_of(2), head="信用代码")
    outcome = import_beneficiaries(store, actor=people.staff, policy_id="p1", upload=content, at=AT)
    assert codes(outcome.warnings) == [(0, "benefited_on", "benefit_day_taken")]
    assert "2" in outcome.warnings[0].reason("en")
    assert set(listed(store).values()) == {date(2023, 12, 1)}


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        (code_of(1)[:-1] + ("0" if code_of(1)[-1] != "0" else "1") + ",2023-05-01", "uscc", "uscc_wrong"),
        (",2023-05-01", "uscc", "blank"),
        (f"{code_of(1)},很久以前", "benefited_on", "benefit_day"),
        (f"{code_of(1)},2023-12-02", "benefited_on", "benefit_in_future"),
        (f"{code_of(1)},2023-01-09", "benefited_on", "benefit_before_issue"),
        (f"{code_of(1)},2023-05-01,多", "row", "row_surplus"),
    ],
)
def test_one_refused_row_keeps_the_whole_list_out(store, people, policy, row, field, code):
    before = store.revision()
    content = upload(f"{code_of(2)},2023-05-01", row)
    outcome = import_beneficiaries(store, actor=people.staff, policy_id="p1", upload=content, at=AT)
    assert codes(outcome.refused) == [(3, field, code)]
    assert all(outcome.refused[0].reason(language) for language in ("zh", "en"))
    assert (outcome.written, listed(store), store.revision()) == (None, {}, before)


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"%PDF-1.7", HEAD.encode() + b"\n"])
def test_what_is_no_list_is_refused_as_a_whole(store, people, policy, content):
    outcome = import_beneficiaries(store, actor=people.staff, policy_id="p1", upload=Upload("x", content), at=AT)
    assert outcome.refused and outcome.written is None
    assert listed(store) == {}


def test_an_import_is_one_event_and_a_second_press_none(store, people, policy):
    content = upload(f"{code_of(1)},2023-05-01", f"{code_of(1)},2023-05-01")
    for _ in range(2):
        done = import_beneficiaries(store, actor=people.staff, policy_id="p1", upload=content, at=AT, import_id="one")
        assert done.written == 1
    told = store.read(lambda con: events.of_subject(con, "p1"))
    assert [(event["area"], event["kind"], event["seq"]) for event in told] == [
        ("policy", "issue", 1), ("policy", "import", 2)
    ]  # fmt: skip
    assert (told[1]["detail"]["rows"], told[1]["detail"]["new"]) == (1, 1)
    assert store.read(events.verify) == []


@pytest.mark.parametrize("role", ["enterprise", "officer", "department", "town", "leader", "admin"])
def test_others_import_nothing(store, people, policy, role):
    with pytest.raises(Refused, match="forbidden"):
        import_beneficiaries(store, actor=getattr(people, role), policy_id="p1", upload=upload(code_of(1)), at=AT)


def test_a_policy_that_is_not_there_takes_no_list(store, people):
    with pytest.raises(Refused, match="policy_unknown"):
        import_beneficiaries(store, actor=people.staff, policy_id="none", upload=upload(code_of(1)), at=AT)


KILLED = """
import os, signal, sys
from db import events, policies
from db.store import open_store
from intake import beneficiaries
from intake.files.upload import Upload
from access.actor import Actor
from datetime import datetime
store = open_store()
def killed(*_): os.kill(os.getpid(), signal.SIGKILL)
events.append = killed  # the rows are written, the event not yet, the transaction is open
content = sys.stdin.buffer.read()
beneficiaries.import_beneficiaries(store, actor=Actor("clerk", "staff", "x"), policy_id="p1",
                                   upload=Upload("x.csv", content), at=datetime(2023, 12, 1, 4, 0))
"""


def test_killed_midway_nothing_of_the_list_is_kept(store, people, policy, tmp_path):
    store.close()
    content = upload(*(f"{code_of(n)},2023-05-01" for n in range(300))).content
    environment = {**os.environ, "STORE_URL": f"duckdb:{tmp_path / 'store.duckdb'}"}
    ran = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, env=environment, input=content, capture_output=True)
    assert ran.returncode == -signal.SIGKILL, ran.stderr.decode()
    again = open_store(environment["STORE_URL"])
    try:
        assert listed(again) == {}
        assert [event["kind"] for event in again.read(lambda con: events.of_subject(con, "p1"))] == ["issue"]
        assert again.read(events.verify) == []
    finally:
        again.close()


def test_the_command_line_takes_the_good_rows_of_a_list_and_gives_the_others_back(tmp_path, monkeypatch, capsysbinary):
    monkeypatch.setenv("STORE_URL", f"duckdb:{tmp_path}/store.duckdb")
    store = open_store()
    store.migrate()
    demo.begin_district(store)
    form = PolicyForm("用电保障办法", "Securing power", "economy_it", date(2023, 1, 10))
    number = add_policy(store, actor=OPERATOR, policy_id="p1", form=form, at=AT).number
    store.close()
    file, back = tmp_path / "list.csv", tmp_path / "back.csv"
    file.write_bytes(upload(f"{code_of(1)},2023-05-01", "9.13306E+17,2023-05-01").content)
    known = ["import", "beneficiaries", str(file), "--language", "zh", "--policy", str(number)]
    assert main(known) == 1 and not listed_there()
    assert main([*known, "--take-good", str(tmp_path / "nowhere" / "back.csv")]) == 1 and not listed_there()
    assert main([*known, "--take-good", str(back)]) == 1
    assert listed_there() == {code_of(1): date(2023, 5, 1)}
    assert [line.startswith("9.13306E+17,") for line in back.read_text("utf-8-sig").splitlines()] == [False, True]
    capsysbinary.readouterr()
    assert main(["import", "beneficiaries", str(file), "--language", "zh"]) == 1
    assert "没有这项政策" in capsysbinary.readouterr().out.decode()


def listed_there() -> dict[str, date]:
    store = open_store()
    try:
        return listed(store)
    finally:
        store.close()
