"""All indicators at once: a picture whose panels open them, and which figure is due next."""

from collections.abc import Sequence

import streamlit as st

import i18n
from insight import wording
from insight.economy.due import NextRelease, due
from insight.economy.published import Indicator
from insight.glance.compared import month_choices
from pages.figures import live_economy
from pages.figures.live_view import View
from pages.shared.charts import draw_chart, draw_picture
from pages.shared.choices import pick
from pages.shared.here import lang, t
from pages.shared.look import room
from pages.shared.markup import Markup, show

YEAR = 365  # days
SHOWN = 6  # of those that come next; late ones are all told
_PRESSES = "economy_presses"


def every_indicator(view: View) -> None:
    """A press on a panel is the choice of the page; the picture begins anew after it, as on the glance."""
    hung = live_economy.overview(view, "sheet" if room() == "desk" else room())
    if hung.figure is None:
        return
    pressed = st.session_state.get(_PRESSES, 0)
    with st.container(border=True, key="card-economy-every", gap=None):
        show(Markup('<h2 class="f2f-finding">{}</h2>').format(hung.picture.title))
        points = draw_picture(hung.figure, f"economy-every-{pressed}", hung.picture.title, height="content")
        show(hung.foot)
    if points:
        st.session_state[_PRESSES] = pressed + 1
        st.query_params["i"] = points[0].partition("#")[0].removeprefix("economy:")


def two_periods(found: Sequence[Indicator], view: View) -> None:
    """The newest month beside the same one of the year before, unless others are chosen."""
    months = month_choices(found)
    if len(months) < 2:
        return
    year_ago = next((n for n, day in enumerate(months) if (months[0] - day).days >= YEAR), len(months) - 1)
    with st.container(horizontal=True, key="economy-two"):
        now, before = (
            pick(st.selectbox, t(f"economy.compare_{name}"), {day: i18n.month(day, lang()) for day in months},
                 index=place, key=f"economy-compare-{name}")
            for name, place in (("now", 0), ("before", year_ago))
        )  # fmt: skip
    draw_chart(live_economy.compared_of(view, now, before), "compared")


def due_list(found: Sequence[Indicator], view: View) -> None:
    """Late ones first, then the next by their day."""
    known = due(found, view.as_of)
    late = [one for one in known if one.late]
    lines = Markup().join(map(_line, [*late, *[one for one in known if not one.late][:SHOWN]]))
    show(Markup('<section class="f2f-due-list"><h2 class="f2f-finding">{}</h2><ul>{}</ul><p class="f2f-source">{}</p>'
                "</section>").format(t("economy.due"), lines, t("economy.due_how")))  # fmt: skip


def _line(one: NextRelease) -> Markup:
    period = wording.dated_period(one.indicator, one.point, lang())
    day = i18n.day(one.day, lang())
    when = t("economy.due_late", day=day, n=one.late) if one.late else t("economy.due_by", day=day)
    line = Markup('<li><a href="?i={}" target="_self">{}</a> <span>{}</span> <b class="{}">{}</b></li>')
    return line.format(one.indicator.code, one.indicator.say(lang()), period, "f2f-late" if one.late else "", when)
