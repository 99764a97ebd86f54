"""Every command line: exit code 1, and words instead of a traceback, where something is refused or cannot be done."""

import argparse
import json
from types import ModuleType

import pytest

import access.__main__
import casework.__main__
import db.__main__
import i18n.__main__
import insight.__main__
import intake.__main__
from tests.intake.wjx.test_wjx import a_file, a_row
from tests.intake.xlsform.test_xlsform import a_form

MODULES: dict[str, ModuleType] = {
    "access": access.__main__,
    "casework": casework.__main__,
    "db": db.__main__,
    "i18n": i18n.__main__,
    "insight": insight.__main__,
    "intake": intake.__main__,
}
STORELESS = "STORE"  # the store's file is none
REGISTER = """企业名称,统一社会信用代码,行业,镇街,规模
示例1有限公司,91330601MA200001XU,C17,钱清街道,小型
示例2有限公司,1,C17,钱清街道,小型
"""
FIGURES = "指标,时期,单位,数值,发布日期,来源\n没有这个指标,2023年1-10月,亿元,1,2023-11-20,统计局\n"

# What each verb is given that it must refuse, in part or in whole; None: it takes nothing that could be wrong.
BAD: dict[str, list[str] | None] = {
    "access admin": ["zhang"],  # never migrated
    "casework due": ["9999-12-30", "--working-days", "9"],
    "casework recompute": [STORELESS],
    "casework lifecycle": None,
    "casework learn": [STORELESS],
    "casework suggest": ["--text", "x", STORELESS],
    "db migrate": [STORELESS],
    "db district": ["new", "{folder}/missing"],
    "db backup": ["{folder}/answers.xlsx/inside"],
    "db restore": ["{folder}/missing.duckdb"],
    "db recover": [STORELESS],
    "db copy": ["duckdb:{folder}/store.duckdb", "mysql://somewhere", STORELESS],
    "db demo": [STORELESS],
    "db verify": [],  # never migrated
    "db rebuild": [],
    "db erase": ["account", "nobody", "--reason", "x"],
    "db retention": [],
    "i18n texts": ["tlh"],
    "i18n check": ["tlh"],
    "insight figures": [],
    "insight demo": [],
    "insight leaf": ["--out", "{folder}/missing/leaf.pdf"],
    "insight estimate": ["{folder}/missing.csv", "--value", "x"],
    "intake template": ["cases", "{folder}/missing/cases.xlsx"],
    "intake import": ["enterprises", "{folder}/register.csv"],
}
PARTLY = {
    "enterprises": ("register.csv", 3),
    "indicators": ("figures.csv", 2),
    "xlsform": ("form.xlsx", 3),
    "wjx": ("answers.xlsx", 3),
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Files with one bad row each, and the address of a store that is not there yet."""
    monkeypatch.setenv("STORE_URL", f"duckdb:{tmp_path / 'store.duckdb'}")
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    (tmp_path / "figures.csv").write_text(FIGURES, encoding="utf-8")
    (tmp_path / "form.xlsx").write_bytes(
        a_form(["text", "a", "问题", "Question"], ["nonsense", "b", "题", "Q"]).content
    )
    rows = [a_row(1), a_row(2), a_row(3)]
    rows[1][1] = "不详"
    (tmp_path / "answers.xlsx").write_bytes(a_file(rows).content)
    return tmp_path


def verbs(module: ModuleType) -> list[str]:
    actions = module._parser()._actions
    return [verb for a in actions if isinstance(a, argparse._SubParsersAction) for verb in a.choices]


def test_every_verb_of_every_command_line_is_tried_here():
    assert {f"{name} {verb}" for name, module in MODULES.items() for verb in verbs(module)} == set(BAD)


@pytest.mark.parametrize("command", [command for command, options in BAD.items() if options is not None])
def test_what_cannot_be_done_exits_1_and_says_why(command, folder, capfd):
    options = BAD[command] or []
    if STORELESS in options:
        (folder / "store.duckdb").write_bytes(b"no database")
    name, verb = command.split()
    given = [option.format(folder=folder) for option in options if option != STORELESS]
    assert MODULES[name].main([verb, *given]) == 1
    said = capfd.readouterr()
    assert (said.out + said.err).strip() and "Traceback" not in said.err


@pytest.mark.parametrize("what", PARTLY)
def test_an_import_that_is_partly_refused_exits_1_and_names_the_row_with_its_reason(what, folder, capsysbinary):
    file, row = PARTLY[what]
    for check in (["--check"], []):
        code = intake.__main__.main(["import", what, str(folder / file), "--language", "zh", *check])
        answer = json.loads(capsysbinary.readouterr().out)
        named = [found for found in answer["refused"] if found["row"] == row]
        assert code == 1 and named and all(found["reason"] and found["code"] for found in named)


@pytest.mark.parametrize("what", PARTLY)
def test_an_import_whose_store_cannot_be_opened_says_so(what, folder, capsysbinary):
    (folder / "store.duckdb").write_bytes(b"no database")
    assert intake.__main__.main(["import", what, str(folder / PARTLY[what][0]), "--language", "zh"]) == 1
    assert [found["code"] for found in json.loads(capsysbinary.readouterr().out)["refused"]] == ["store_not_opened"]
