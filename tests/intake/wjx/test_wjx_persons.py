"""Who somebody is in a result workbook: left out by heading and by content, kept only with a reason."""

import json
import re

import pytest

from db import events, sql
from db.refused import Refused
from db.survey import questionnaires
from intake import __main__ as command
from intake.foreign_files import read_result_file, results_as_json
from intake.wjx.wave import import_wjx
from tests.conftest import NOON
from tests.intake.wjx.test_wjx import META, a_file
from tests.there import there

pytestmark = pytest.mark.usefixtures("read_here")


def about(*columns):
    """A file of eight answer sheets with these (heading, answers) beside a question of satisfaction."""
    headings = [*META, *(heading for heading, _ in columns), "9、您满意吗？"]
    rows = [
        [n + 1, f"2024/3/{n + 1} 10:0{n}:00", "61秒", "微信", "N/A", "10.0.0.1(浙江-绍兴)",
         *(answers[n % len(answers)] for _, answers in columns), ["满意", "不满意"][n % 2]]
        for n in range(8)
    ]  # fmt: skip
    return a_file(rows, headings)


def left_out(upload):
    return [r.column for r in read_result_file(upload).reading.unsupported if r.code == "wjx_person"]


WHO = """
1、您的姓名|姓名|2、所在单位|贵公司名称|您的单位是？|填报单位|4、家庭常住地址(定位到小区即可):|经纬度|纬度|法定代表人|openid
微信OpenID|uid|微信昵称|请留下您的手机号，以便我们联系您|3、联系信息—姓名|统一社会信用代码|联系人及联系电话|电子邮箱|车牌号码
老板贵姓|提交者|填写人|店名|厂名|员工编号|港澳通行证|居住证号码|设备号|您的定位
1. Your name|Full name|2. Company name|What is your company?|Home address|Latitude|GPS coordinates|user_id|Nickname
device_id
Legal representative|E-mail address|Mobile phone number|Contact person|Please leave your phone so that we can call
"""


@pytest.mark.parametrize("heading", re.split(r"[|\n]", WHO.strip()))
def test_a_heading_that_asks_who_somebody_is_leaves_its_column_out_also_where_people_answered_twice(heading):
    upload = about((heading, ["甲乙", "丙丁", "戊己"]))
    assert left_out(upload) == [heading]
    assert "甲乙" not in f"{results_as_json(read_result_file(upload), 'zh')}{read_result_file(upload)}"


def test_a_number_that_everybody_has_for_themselves_is_no_code_of_a_choice():
    """Eight people with the numbers 1 to 8; where a file has choices by number, people share them."""
    assert left_out(about(("UserID", [str(n) for n in range(1, 9)]))) == ["UserID"]
    assert left_out(about(("7、您留下的联系方式", ["1", "2"]))) == []


SHOWN = [
    ["13812345678", "0575-88880001转801"],
    ["11010519491231002X"],
    ["91330602MA200002XB", "91330603MA200003XT"],
    ["someone@example.cn", "other@example.cn"],
    ["oABCD1234567890abcdefghijklm"],
    ["120.511,30.012"],
    ["示例路1号[120.51,30.01]", "绍兴市柯桥区湖塘街道示例苑3幢201室"],
    ["12 Example Road", "7 Sample Street, Shaoxing"],
    ["示例印染有限公司", "示例机械股份有限公司"],
    ["Example Textile Co., Ltd."],
    ["欧阳明", "李雷", "韩梅梅", "王小五", "张三丰"],
    ["李某", "王某", "张某"],
    ["欧阳明┋李雷", "韩梅梅", "王小五┋张三丰", "赵某某"],
    ["示例印染有限公司┋示例机械有限公司", "示例纺织有限公司"],
    ["浙DA1234"],
]


@pytest.mark.parametrize("answers", SHOWN)
def test_answers_that_say_who_somebody_is_leave_their_column_out_whatever_its_heading(answers):
    assert left_out(about(("5、第五题", answers))) == ["5、第五题"]


ORDINARY = """
单位性质: 国有企业 民营企业
您的单位类型: 股份有限公司 有限责任公司 一人有限公司
企业规模: 大型 小型
您的孩子所在学校: 一小 二小
所在镇街: 柯桥街道 钱清街道 安昌街道
您住在哪个镇: 柯桥 钱清 华舍
您最满意的单位: 税务局 人社局
什么政策最能帮助您的企业: 减税 贷款
您希望的联系方式: 电话 微信
联系方式: 电话┋微信 电话
是否愿意留下姓名: 是 否
法定代表人年龄: 45 52
企业的市场定位: 高端 中端
主要产品: 面料 家纺
上年产值（元）: 13800000000 250000 9000000
增长率: 35.7142 -2.5
早上上学: 7:00-7:30 7:00前
您最看重什么: 安全 方便 舒适 高效
企业联系的部门: 经信局 商务局
单位: 非常满意 一般
Brand name: A B
How satisfied are you with your company: good bad
Town: Keqiao Anchang
What would most help your company: loans people
Number of employees: 35 120
"""


@pytest.mark.parametrize("line", ORDINARY.strip().splitlines())
def test_an_ordinary_question_stays(line):
    heading, _, answers = line.partition(": ")
    assert left_out(about((heading, answers.split()))) == []


def test_a_comment_stays_without_the_telephone_number_in_it(store, people):
    said = [
        "希望加快审批",
        "请致电13812345678张工",
        "邮箱 a.b@example.cn",
        "产值13800000000元",
        "无",
        "材料多",
        "好",
        "慢",
    ]
    upload = about(("8、您的意见建议（可留下联系方式）", said))
    found = read_result_file(upload)
    assert [(r.column, r.code, r.facts["n"]) for r in found.reading.unsupported if r.code == "wjx_masked"] == [
        ("8、您的意见建议（可留下联系方式）", "wjx_masked", 2)
    ]
    import_wjx(store, actor=people.staff, content=upload.content, found=found, at=NOON)
    stored = store.read(lambda con: sql.rows(con, "SELECT text FROM answer WHERE item = 'Q8'"))
    assert {"请致电****张工", "邮箱 ****", "产值13800000000元"} <= {row["text"] for row in stored}


def test_who_somebody_is_stays_only_where_staff_say_why_and_the_event_keeps_the_reason(store, people):
    upload = about(("1、您的姓名", ["李某", "王某"]), ("2、所在单位", ["示例印染有限公司", "示例机械有限公司"]))
    kept = read_result_file(upload, keep=["2、所在单位"])
    assert there(kept.results).kept == ("2、所在单位",) and left_out(upload) == ["1、您的姓名", "2、所在单位"]
    with pytest.raises(Refused, match="wjx_keep_reason"):
        import_wjx(store, actor=people.staff, content=upload.content, found=kept, at=NOON, reason=" ")
    taken = import_wjx(
        store, actor=people.staff, content=upload.content, found=kept, at=NOON, reason="逐户回访，企业已书面同意"
    )
    [event] = store.read(lambda con: events.of_subject(con, taken.wave_id))
    assert (event["detail"]["kept"], event["detail"]["reason"]) == (["2、所在单位"], "逐户回访，企业已书面同意")
    asked = json.loads(store.read(lambda con: questionnaires.version(con, taken.code, 1)).content)
    assert "示例印染有限公司" in str(asked) and "李某" not in str(asked)


def test_the_command_line_keeps_a_column_only_with_a_reason(tmp_path, capsysbinary):
    path = tmp_path / "f.xlsx"
    path.write_bytes(about(("2、所在单位", ["甲厂", "乙厂"])).content)
    keep = ["import", "wjx", str(path), "--check", "--language", "zh", "--keep"]

    def said(*options):
        code = command.main([*keep, *options])
        return code, json.loads(capsysbinary.readouterr().out)

    code, answer = said("2、所在单位")
    assert (code, answer["responses"], answer["refused"][0]["code"]) == (1, 0, "wjx_keep_reason")
    code, answer = said("3、没有这一列", "--reason", "回访")
    assert code == 1 and "3、没有这一列" in answer["refused"][0]["reason"]
    code, answer = said("2、所在单位", "--reason", "回访")
    assert (code, answer["responses"], [item["name"] for item in answer["read"]]) == (
        0,
        8,
        ["2、所在单位", "9、您满意吗？"],
    )
