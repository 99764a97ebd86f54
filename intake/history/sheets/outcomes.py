"""The file of what is the hotline's, as it comes back filled in."""

from collections.abc import Iterator

from casework.hotline.files import CELLS, FILLED_IN
from db.hotline import HANDED
from db.refused import Refused
from intake.history.order_cells import order_number, said, until
from intake.history.reading import LedgerSheet, OldCell, Values, line, words


def _filled_in(values: Values) -> Iterator[tuple[str, Refused]]:
    """Of a row that the hotline left as it went out nobody is told."""
    if not any(values[name] for name in FILLED_IN):
        yield "outcome", Refused("blank")


SHEET = LedgerSheet(
    {
        "case_number": OldCell(
            ("我方编号", "来源编号", "来源单号", "第三方编号", "外部编号", "our number"),
            line, needed=True, example="2023-0001"),
        "order_number": OldCell(
            ("工单编号", "工单号", "工单编码", "热线工单编号", "12345工单编号", "order number"),
            order_number, needed=True, example="KQ2311280017"),
        "order_body": OldCell(
            ("承办单位", "主办单位", "责任单位", "办理单位", "处置单位", "承办部门", "body"), said, example="区人社局"),
        "outcome": OldCell(
            ("办理结果", "处理结果", "办理情况", "答复内容", "回复内容", "办理意见", "结果", "outcome"),
            words, example="已约双方调解，达成一致。"),
        "outcome_on": OldCell(
            ("办结时间", "办结日期", "办理时间", "回复时间", "答复时间", "done"), until, example="2023-12-05"),
        "outcome_rating": OldCell(
            ("热线满意度", "满意度", "回访满意度", "回访结果", "评价结果", "rating"), said, example="满意"),
    },
    lambda values: values["case_number"],
    _filled_in,
    lenient=True,
    passed=tuple(CELLS[HANDED]),
)  # fmt: skip
