"""What the short form of an answer asks: words in one language or two, the body in charge, a day."""

from datetime import date

import streamlit as st

from casework.cases.two_languages import in_two_languages
from casework.forums.rota import HOSTS
from db import clock
from db.cases import cases
from db.cases.cases import Case
from db.forums.forum_day import AgendaItem, AgendaLine
from i18n.writing import LANGUAGES, MAIN
from pages.forum_day.asked import AnswerForm
from pages.shared.choices import choose, names, pick_day
from pages.shared.here import actor, now, store, t
from pages.shared.plain import told


def in_another_language(item: AgendaItem) -> Case | None:
    """The case, where what is answered to it stands in two languages."""
    scope, case_id = actor().scope, item.case_id
    case = store().read(lambda con: cases.get(con, scope, case_id)) if case_id else None
    return case if case and in_two_languages(case) else None


def typed_line(name: str, before: str | None, asked: AnswerForm, *, hint: str = "", of: str = "") -> str:
    """One line, in which Enter records. `of`: the language of what is typed, where there are two."""
    label, hint = t(f"forum_day.{name}"), t(f"forum_day.{hint or name}_hint")
    label = t("desk.in_language", words=label, of=LANGUAGES[of].own_name) if of else label
    key = f"{name}-{asked.key}" if of in ("", MAIN) else f"other-{name}-{of}-{asked.key}"
    return st.text_input(label, value=before or "", key=key, placeholder=hint) or ""


def picked_day(asked: AnswerForm) -> date | None:
    """Last of all: the keyboard goes from the day that is typed straight to the rest."""
    today, label = clock.day_of(now()), t("forum_day.day_pick")
    picked = pick_day(label, value=None, min_value=today, key=f"pick-{asked.key}")
    return picked if isinstance(picked, date) else None


def lead_of(line: AgendaLine, asked: AnswerForm) -> str | None:
    """Some letters of its name find it; the one in charge, or that settled such cases most often, is there already."""
    item = line.item
    bodies = {code: name for code, name in names("body", active_only=True).items() if code not in HOSTS}
    lead = choose(t("spot.lead"), bodies, key=f"lead-{asked.key}", value=item.lead_body or line.lead or item.suggested)
    usual = store().read(lambda con: cases.usual_leads(con, actor().scope, item.category))
    if usual:
        said = t("desk.comma").join(t("desk.usual_one", body=bodies.get(code, code), n=n) for code, n in usual)
        st.caption(told("forum_day.usual", bodies=said))
    return lead
