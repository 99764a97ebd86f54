"""The rows behind a figure, as a table in the reader's language."""

from dataclasses import dataclass, replace

import pandas as pd

from db.figures import case_figures, figure_rows
from db.figures.case_figures import COUNTS, QUEUES, SHARES, Asked
from db.scope import Scope
from db.sql import Connection
from db.states import APART
from i18n.names import name_in
from insight.cases.facts import Facts
from insight.drawing.charts import Brush
from insight.frames import Column, Frame

MOST = 200
_ATTENDANCES = {
    "entrepreneur_attendances": "entrepreneur",
    "district_leader_attendances": "district_leader",
    "department_head_attendances": "department_head",
}
_DAYS = ("held_on", "issued_on", "submitted", "dispatched", "settled", "responded", "answer_due", "promised_on")
_NAMES = ("number", "organisation")
_NAMED = ("number", "title")
_WITH_WHOM = ("body", "late")
_CASE_COLUMNS = (*_NAMED, *_WITH_WHOM, "state", "submitted", "settled", "town")
_HANDLED_COLUMNS = (*_NAMED, *_WITH_WHOM, "dispatched", "settled", "state")
_SHARED = {
    "response": ("dispatched", "answer_due", "responded"),
    "solution": ("answered_as", "settled", "state"),
    "explained": ("answered_as", "settled", "state"),
    "committed": ("answered_as", "promised_on", "state"),
    "promises": ("promised_on", "settled", "state"),
    "satisfaction": ("rating", "settled", "state"),
    "prompt": ("dispatched", "settled", "state"),
}
_CODED = {"state": "state", "answered_as": "answer", "rating": "rating"}


@dataclass(frozen=True)
class Rows:
    """The first of `total` rows. `allowed` False: this reader may see the figure, not its rows. `leads`: the address
    that each row's first column leads to, where rows are cases or forums."""

    table: Frame
    total: int
    allowed: bool = True
    leads: tuple[str, ...] = ()


def rows_behind(
    con: Connection, *, scope: Scope, facts: Facts, code: str, total: int, brush: Brush, most: int = MOST
) -> Rows:
    """Only for those who may see every case: the rows name people and enterprises."""
    if scope.kind != "all":
        return Rows(pd.DataFrame(), total, allowed=False)
    table = _other(con, facts, code, brush, most)
    if table is None:
        table = _cases(con, Asked(scope, facts.filters, facts.as_of), code, brush, most)
    leads = tuple(table.pop("leads")) if "leads" in table else ()
    return Rows(_worded(table, brush), total, leads=leads)


def _cases(con: Connection, asked: Asked, code: str, brush: Brush, most: int) -> Frame:
    """The cases behind a figure, all of its denominator, with the columns that show why each is in it."""
    of, columns = _chosen(code)
    asked = replace(asked, states=APART[code]) if code in APART else asked
    counts = SHARES[code][1] if "counts" in columns else "false"
    stored = ["id", *("town_code" if name == "town" else name for name in columns if name != "counts")]
    found = case_figures.rows(con, asked, of, stored, counts=counts, limit=most)
    table = pd.DataFrame(found, columns=[*stored, "counts"])
    words = {name: _coded(table[name], f"case.{prefix}", brush) for name, prefix in _CODED.items() if name in table}
    places = {"town": [brush.names.of("town", town) for town in table["town_code"]]} if "town" in columns else {}
    led = {"body": [_body(code, brush) for code in table["body"]], "late": table["late"].astype("Int64")}
    leads = [f"desk?case={one}" for one in table["id"]]
    shown = table.assign(counts=_coded(table["counts"], "figures.counted", brush), **places, **words, **led)
    return shown[list(columns)].assign(leads=leads)


def _chosen(code: str) -> tuple[str, tuple[str, ...]]:
    """The condition of the figure's denominator, and the columns to show."""
    kind = code.partition("_")[0]
    if kind in _SHARED:
        return SHARES[code][0], (*_NAMED, *_WITH_WHOM, *_SHARED[kind], "counts")
    if code.startswith("handling_days"):
        clock = "working" if "working" in code else "calendar"
        every = "dispatched_on IS NOT NULL"
        return (every if "_km" in code else f"{every} AND settled"), (*_HANDLED_COLUMNS, clock)
    conditions = {
        **COUNTS,
        **dict.fromkeys(APART, "true"),
        **{queue: condition for queue, (condition, _) in QUEUES.items()},
    }
    return SHARES[code][0] if code in SHARES else conditions[code], _CASE_COLUMNS


def _coded(codes: Column, prefix: str, brush: Brush) -> list[str]:
    """Each code in the reader's words; nothing where there is none."""
    return [brush.t(f"{prefix}.{code}".lower()) if pd.notna(code) else "" for code in codes]


def _other(con: Connection, facts: Facts, code: str, brush: Brush, most: int) -> Frame | None:
    """None where the rows are cases."""
    asked = {"con": con, "filters": facts.filters, "as_of": facts.as_of, "limit": most}
    if code in _ATTENDANCES:
        return _attendances(figure_rows.attendances(**asked, kind=_ATTENDANCES[code]), brush)
    if code in ("forums", "secretaries", "forums_hosted_by_secretaries", "secretary_share"):
        return _forums(facts, code, brush, most)
    if code == "policies":
        return _policies(figure_rows.policies(**asked), brush)
    if code == "bodies":
        found = figure_rows.bodies(**asked)
        return pd.DataFrame({"body": [_body(c, brush) for c in found["body_code"]], "times": found["times"]})
    simple = {
        "entrepreneurs": figure_rows.entrepreneurs,
        "policy_beneficiaries": figure_rows.beneficiaries,
        "service_officers": figure_rows.officers,
    }
    return simple[code](**asked) if code in simple else None


def _attendances(found: Frame, brush: Brush) -> Frame:
    bodies = [_body(code, brush) for code in found["body_code"]]
    organisations = [
        o or body
        for o, body in zip(found["organisation"].where(found["organisation"].notna(), ""), bodies, strict=True)
    ]
    return found.assign(organisation=organisations)[["number", "held_on", "person", "organisation"]]


def _forums(facts: Facts, code: str, brush: Brush, most: int) -> Frame:
    found = facts.forums[::-1][:most]
    if code in ("secretaries", "forums_hosted_by_secretaries"):
        found = [one for one in found if one.host_office == "party_secretary"]
    rows = [
        (one.number, one.held_on, one.say(brush.language, "theme"), brush.t(f"host_office.{one.host_office}"),
         f"forums?forum={one.id}")
        for one in found
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["number", "held_on", "theme", "host", "leads"])


def _policies(found: Frame, brush: Brush) -> Frame:
    title = _names(found, "title", brush)
    body = [_body(code, brush) for code in found["body_code"]]
    return found.assign(title=title, body=body)[["number", "title", "body", "issued_on"]]


def _names(found: Frame, what: str, brush: Brush) -> list[str]:
    return [name_in(row, what, brush.language) for row in found.to_dict("records")]


def _body(code: str | None, brush: Brush) -> str:
    """A town takes part under its own code."""
    if not code:
        return ""
    named = brush.names.of("body", code)
    return brush.names.of("town", code) if named == code else named


def _worded(table: Frame, brush: Brush) -> Frame:
    """Columns named for the reader; days without a time; numbers that are names as text."""
    days = {
        column: pd.to_datetime(table[column]).dt.strftime("%Y-%m-%d").fillna("") for column in table if column in _DAYS
    }
    names = {column: table[column].fillna("").astype(str) for column in table if column in _NAMES}
    return table.assign(**days, **names).rename(
        columns={column: brush.t(f"figures.column.{column}") for column in table}
    )
