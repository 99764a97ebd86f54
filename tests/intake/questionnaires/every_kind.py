"""One example of each kind of question: whoever adds a kind says here what everybody asks of it."""

from dataclasses import dataclass
from typing import Any

from tests.intake.questionnaires.kinds import CHANNELS, an_item

ROWS = [{"code": "price", "zh": "价格", "en": "Price"}, {"code": "speed", "zh": "速度", "en": "Speed"}]
AB = [{"code": "yes", "zh": "是", "en": "Yes"}, {"code": "no", "zh": "否", "en": "No"}]
DAYS = {"actual": 12, "promised": 10}
PARTS = [{"code": "actual", "zh": "实际", "en": "Actual"}, {"code": "promised", "zh": "承诺", "en": "Promised"}]


@dataclass(frozen=True)
class Example:
    """`wrong`: an answer that cannot be taken, and the sentence. `unfit`: changes of the item that keep it from being
    asked, and the problem. `rule`: op, value, the expression of a form, the words on paper; `no_rule`: a value that no
    answer can have, and the problem. `boxes` in the designer: the fields that are its limits. `paper`: what is printed,
    what is typed. `form`: the type of its first row. `column`: heading and values of a file of answers, the answer to
    the first; `choose`: for a column, a value that this kind can have and one that it cannot, '' where there is none.
    None: the kind has nothing of it.
    """

    item: dict[str, Any]
    given: Any
    stored: list[tuple[Any, ...]]
    said: str
    wrong: tuple[Any, str] | None
    unfit: tuple[dict[str, Any], str] | None
    rule: tuple[str, Any, str, str] | None
    no_rule: tuple[Any, str] | None
    boxes: tuple[str, ...]
    paper: tuple[str, str] | None
    form: str
    column: tuple[str, list[str], Any] | None
    choose: tuple[str, str] | None


def _choice(kind, **more):
    return {"item": an_item("Q", kind, **more), "boxes": ()}


_UNKNOWN = ("c", "请在列出的选项里选一个。")
EXAMPLES = {
    "level5": Example(
        **_choice("level5"), given="satisfied", stored=[("Q", 75, None, None)], said="满意", wrong=_UNKNOWN,
        unfit=({"options": AB}, "level_value"), rule=("is", "satisfied", "${Q} = 'satisfied'", "第 1 题选“满意”"),
        no_rule=("c", "rule_impossible"), paper=("□ 5 非常满意", "4"), form="select_one level5",
        column=("1、总体满意度", ["满意", "一般"], "l4"),
        choose=("4", "满意"),
    ),
    "change5": Example(
        **_choice("change5"), given="better", stored=[("Q", 75, None, None)], said="有所改善", wrong=_UNKNOWN,
        unfit=({"options": AB}, "level_value"), rule=("is", "better", "${Q} = 'better'", "第 1 题选“有所改善”"),
        no_rule=("c", "rule_impossible"), paper=("□ 5 明显改善", "4"), form="select_one change5", column=None,
        choose=None,
    ),
    "scale10": Example(
        an_item("Q", "scale10", low=0, high=10), given=9, stored=[("Q", 9, None, None)], said="9",
        wrong=(11, "请填 0 到 10 之间的数。"), unfit=({"high": 5}, "scale10_limits"),
        rule=("ge", 9, "${Q} >= 9", "第 1 题不小于 9"), no_rule=("many", "rule_number"), boxes=(),
        paper=("□9 □10", "9 "), form="integer", column=("1、推荐的可能性", ["9", "0", "9", "3", "7"], 9),
        choose=("10", "11"),
    ),
    "yes_no": Example(
        **_choice("yes_no", options=AB), given="yes", stored=[("Q", None, "yes", None)], said="是", wrong=_UNKNOWN,
        unfit=({"options": AB[:1]}, "few_options"), rule=("is", "yes", "${Q} = 'yes'", "第 1 题选“是”"),
        no_rule=("c", "rule_impossible"), paper=("□ 1 是", "1"), form="select_one Q_choices", column=None,
        choose=None,
    ),
    "single": Example(
        **_choice("single", options=CHANNELS[:2]), given="web", stored=[("Q", None, "web", None)], said="网站",
        wrong=_UNKNOWN, unfit=({"options": []}, "few_options"),
        rule=("one_of", ["web", "desk"], "${Q} = 'web' or ${Q} = 'desk'", "第 1 题选“网站/窗口”之一"),
        no_rule=("c", "rule_impossible"), paper=("□ 2 窗口", "1"), form="select_one Q_choices",
        column=("1、行业", ["纺织", "机械"], "o2"),
        choose=("纺织", "长" * 201),
    ),
    "multiple": Example(
        an_item("Q", "multiple", options=CHANNELS, most=2), given=["web", "desk"],
        stored=[("Q", None, "web", None), ("Q", None, "desk", None)], said="网站，窗口",
        wrong=(["web", "desk", "other"], "最多选 2 项。"), unfit=({"options": []}, "few_options"),
        rule=("selected", "desk", "selected(${Q}, 'desk')", "第 1 题选了“窗口”"), no_rule=("c", "rule_impossible"),
        boxes=("most",), paper=("□ 2 窗口", "12 "), form="select_multiple Q_choices",
        column=("1、渠道", ["网站┋窗口", "网站"], ["o1", "o2"]),
        choose=("网站", ""),
    ),
    "matrix": Example(
        **_choice("matrix", rows=ROWS, required=True), given={"price": "satisfied", "speed": "dissatisfied"},
        stored=[("Q.price", 75, None, None), ("Q.speed", 25, None, None)], said="价格 — 满意，速度 — 不满意",
        wrong=({"price": "satisfied"}, "每一行都要选。"), unfit=({"rows": []}, "no_rows"),
        rule=("is", "satisfied", "${Q__price} = 'satisfied'", "第 1 题选“满意”"), no_rule=("c", "rule_impossible"),
        paper=("□ 5 非常满意", "42"), form="begin_group", column=None,
        choose=None,
    ),
    "number": Example(
        an_item("Q", "number", low=0, high=9.5, decimals=1, unit={"zh": "万元", "en": "10,000 yuan"}), given=2.5,
        stored=[("Q", 2.5, None, None)], said="2.5 万元", wrong=(10, "请填 0 到 9.5 之间的数。"),
        unfit=({"low": 20}, "limits"), rule=("gt", 2.5, "${Q} > 2.5", "第 1 题大于 2.5"),
        no_rule=("many", "rule_number"), boxes=("low", "high", "decimals"), paper=("________ 万元", "2.5 "),
        form="decimal", column=("1、人数", ["35", "12"], 35),
        choose=("-3.5", "三"),
    ),
    "two_numbers": Example(
        an_item("Q", "two_numbers", low=0, high=400, parts=PARTS), given=DAYS,
        stored=[("Q", 12, "actual", None), ("Q", 10, "promised", None)], said="实际 12，承诺 10",
        wrong=({"actual": 1}, "两个数字都要填。"), unfit=({"parts": []}, "no_parts"), rule=None, no_rule=None,
        boxes=("low", "high", "decimals"), paper=("实际 ______", "12/10 "), form="begin_group", column=None,
        choose=None,
    ),
    "date": Example(
        an_item("Q", "date", earliest="2023-01-01", latest="2024-02-01"), given="2023-11-30",
        stored=[("Q", None, None, "2023-11-30")], said="2023年11月30日",
        wrong=("2024-02-02", "日期不能晚于 2024年2月1日。"), unfit=({"latest": "2024-2-1"}, "limit_day"),
        rule=("ge", "2023-11-01", "${Q} >= date('2023-11-01')", "第 1 题不小于 2023年11月1日"),
        no_rule=("soon", "rule_day"), boxes=("earliest", "latest"), paper=("____年__月__日", "20231130 "), form="date",
        column=("1、日期", ["2023/5/6", "2023年11月30日", "2023-1-2"], "2023-05-06"),
        choose=("2023.5.6", "2023-W48-4"),
    ),
    "text": Example(
        an_item("Q", "text", longest=9), given=" 窗口排队 ", stored=[("Q", None, None, "窗口排队")], said=" 窗口排队 ",
        wrong=("长" * 10, "最多 9 字，请缩短一些。"), unfit=({"longest": 0}, "longest"), rule=None, no_rule=None,
        boxes=("longest",), paper=None, form="text", column=("1、意见", ["一", "二", "三"], "一"),
        choose=("意见", ""),
    ),
    "consent": Example(
        an_item("Q", "consent"), given=True, stored=[("Q", None, "yes", None)], said="同意",
        wrong=("yes", "请在列出的选项里选一个。"), unfit=None, rule=None, no_rule=None, boxes=(),
        paper=("□ 1 同意", "1"), form="acknowledge", column=None,
        choose=None,
    ),
    "section": Example(
        an_item("Q", "section"), given="x", stored=[], said="", wrong=None, unfit=None, rule=None, no_rule=None,
        boxes=(), paper=None, form="note", column=None,
        choose=None,
    ),
}  # fmt: skip
