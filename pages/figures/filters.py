"""As-of date, period, sector and town over the leader's page: codes in the address, so that it can be sent on."""

from collections.abc import Mapping
from datetime import date, timedelta

import streamlit as st

from db.figures.figures import Filters
from insight.drawing.charts import CodeNames
from pages.shared.choices import pick_day
from pages.shared.here import t

PERIODS = ("all", "this_year", "months_12", "days_90", "custom")
FIRST = date(2000, 1, 1)


def asked_filters(address: Mapping[str, str], today: date) -> tuple[Filters, date]:
    """(filters, as-of date) of an address. What is no date or no period is left out rather than refused."""
    as_of = min(max(_day(address.get("as_of")) or today, FIRST), today)
    since, until = _period(address, as_of)
    return Filters(since, until, address.get("sector", "")[:3], address.get("town", "")[:12]), as_of


def leader_filters(names: CodeNames, sectors: list[str], today: date) -> None:
    """Draw them. Each writes itself into the address when a person changes it."""
    with st.container(horizontal=True, key="f2f-leader-filters"):
        _choice("period", {code: t(f"period.{code}") for code in PERIODS}, default="all")
        if st.query_params.get("period") == "custom":
            _date("from", t("dashboard.from"), None, today)
            _date("to", t("dashboard.to"), None, today)
        _choice("sector", {"": t("dashboard.every_sector")} | sector_words(names, sectors), default="")
        _choice("town", {"": t("dashboard.every_town")} | names.lists["town"], default="")
        _date("as_of", t("dashboard.as_of"), today, today)


def as_of_filter(today: date) -> None:
    with st.container(horizontal=True, key="f2f-leader-filters"):
        _date("as_of", t("dashboard.as_of"), today, today)


def _choice(name: str, words: dict[str, str], default: str) -> None:
    asked = st.query_params.get(name, default)
    st.session_state[f"board-{name}"] = asked if asked in words else default
    st.selectbox(
        t(f"dashboard.{name}"), list(words), key=f"board-{name}", format_func=lambda code: words[code],
        on_change=_to_address, args=(name, default),
    )  # fmt: skip


def _date(name: str, label: str, default: date | None, today: date) -> None:
    st.session_state[f"board-{name}"] = _day(st.query_params.get(name)) or default
    pick_day(
        label,
        value=None,  # what stands above in the session is the value
        min_value=FIRST,
        max_value=today,
        key=f"board-{name}",
        on_change=_to_address,
        args=(name, default),
    )


def _to_address(name: str, default: object) -> None:
    value = st.session_state[f"board-{name}"]
    if value and value != default:
        st.query_params[name] = str(value)
    else:
        st.query_params.pop(name, None)


def sector_words(names: CodeNames, codes: list[str]) -> dict[str, str]:
    """The divisions in use, below their section where it has several of them."""
    known, found = names.lists["sector"], dict[str, str]()
    for section in sorted({code[:1] for code in codes}):
        divisions = [code for code in codes if code[:1] == section and len(code) > 1]
        if len(divisions) != 1:
            found[section] = known.get(section, section)
        found |= {code: known.get(code, code) for code in divisions}
    return found


def _period(address: Mapping[str, str], as_of: date) -> tuple[date | None, date | None]:
    asked = address.get("period")
    if asked == "custom":
        since, until = (_day(address.get(name)) for name in ("from", "to"))
        return since and max(since, FIRST), until and max(until, FIRST)
    if asked == "this_year":
        return as_of.replace(month=1, day=1), None
    days = {"months_12": 365, "days_90": 90}.get(asked or "")
    return (as_of - timedelta(days=days - 1), None) if days else (None, None)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
